"""One run of `summarize` or `extract`: paths to items, items to results, results to the output, and the exit code."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from yoyak import __version__, batch, inputs, outputs
from yoyak.app import arguments, results, terminal
from yoyak.app.dedupe import deduped
from yoyak.app.exit_codes import ExitCode, interrupted
from yoyak.app.filters import in_order
from yoyak.app.reports import Reports
from yoyak.app.values import NoInputError, nearest
from yoyak.core.errors import MissingExtraError, OptionError, OutputError, UnreadableError
from yoyak.core.messages import plural, text
from yoyak.nlp import document_frequency
from yoyak.outputs.files import is_special, journal_of, part_of, refuse_input, refuse_missing_folder

if TYPE_CHECKING:
    from yoyak.app.arguments import CommonArgs, FilterArgs, InputArgs, OutputArgs, RunArgs
    from yoyak.app.results import Rendered
    from yoyak.batch import Result, Tally, Task
    from yoyak.batch.drive import Hold
    from yoyak.batch.worker import Stage
    from yoyak.core.options import Options
    from yoyak.inputs import Item

STANDARD_OUTPUT = (Path("-"), Path("/dev/stdout"))
"""/dev/stdout is standard output even if the shell redirected it to a file, which would then exist already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A parsed command line of `summarize` or `extract`."""

    stage: Stage
    view: terminal.View
    options: Options
    inputs: InputArgs
    filters: FilterArgs
    output: OutputArgs
    running: RunArgs
    common: CommonArgs


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A job with its inputs, reports and counts."""

    job: Job
    paths: list[str]
    reports: Reports
    settings: dict[str, str]
    tally: Tally
    skipped: Counter[str]
    """Skipped files of folders by file extension."""


class InputStream(NamedTuple):
    """Items to read, and what is known of them before they are read."""

    items: Iterator[Item]
    several: bool
    live: bool
    """Whether the next item may take long to arrive."""


def run(paths: list[str], job: Job) -> int:
    """Do the job on `paths` and return the exit code."""
    if job.output.output in STANDARD_OUTPUT:
        job = replace(job, output=replace(job.output, output=None))
    named = named_paths(paths, job)
    _reject_misspelled_command(paths)
    check_output_conflicts(named, job)
    if job.running.engine != "local":
        from yoyak.app.cluster import run_on_cluster

        return run_on_cluster(named, job)
    _check_filters(job)
    if job.running.address is not None:
        raise OptionError(text("--address needs --engine ray"))
    if is_finished(job.output):
        return ExitCode.OK
    tally = batch.Tally()
    skipped: Counter[str] = Counter()
    stream = lookahead(_discover(named, job, tally, skipped), live=inputs.live(named))
    if stream is None:
        say_skipped(skipped, job)
        return exit_code(named, tally)
    reports = Reports(job.output.report, force=job.output.force, resume=job.output.resume)
    shape = results.shape_of(job, several=stream.several, page=reports.wants_sections)
    job = for_format(job, shape)
    task = batch.Task(
        stage=job.stage,
        options=job.options,
        finish=partial(results.finish, shape),
        is_wanted=partial(results.is_wanted, shape),
    )
    settings = batch.fingerprint(task, version=__version__, format=results.signature(shape))
    return _run_local(
        Run(job=job, paths=named, reports=reports, settings=settings, tally=tally, skipped=skipped),
        stream,
        task,
        shape,
        partial(results.open_sink, job, shape, settings),
    )


def for_format(job: Job, shape: results.Shape) -> Job:
    """Job with what its format needs: a database always has quotations, so that it can be searched for them later."""
    if shape.format != "sqlite":
        return job
    return replace(job, options=replace(job.options, quotes=True))


def _check_filters(job: Job) -> None:
    """Raise OptionError for --resume with an option that changes which results are written, and where."""
    args = job.filters
    given = {"--since": args.since, "--until": args.until, "--press": args.press, "--match": args.match}
    ordered = {"--sort": args.sort, "--dedupe": args.dedupe}
    names = [name for name, value in {**given, **ordered}.items() if value]
    if names and job.output.resume:
        raise OptionError(text("{options} cannot be combined", options=", ".join(["--resume", *names])))


def named_paths(paths: list[str], job: Job) -> list[str]:
    """Paths to read: those given, else standard input unless it is a terminal. Raises OptionError and NoInputError."""
    listed = job.inputs.files_from
    if listed is not None:
        if listed == "-" and "-" in paths:
            raise OptionError(text("- cannot be both the list of files and an input"))
        try:
            return [*paths, *inputs.files_from(listed)]
        except UnreadableError as error:
            raise OptionError(error.message) from error
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise NoInputError
    return ["-"]


def _reject_misspelled_command(paths: list[str]) -> None:
    """Raise OptionError if the first path does not exist and is nearly the name of a command."""
    from yoyak.app.commands import RESERVED, unknown_command

    if paths and nearest(paths[0], RESERVED) and not os.path.lexists(paths[0]):
        raise OptionError(unknown_command(paths[0]))


def check_output_conflicts(named: list[str], job: Job) -> None:
    """Refuse to overwrite an input or to write two outputs to one file. Raises OptionError and OutputError."""
    taken: set[str] = set()
    for path in (job.output.output, *job.output.report):
        if path is None:
            continue
        refuse_missing_folder(path)
        refuse_input(path, named)
        if (real := os.path.realpath(path)) in taken:
            raise OptionError(text("{path} is given twice as an output", path=path))
        taken.add(real)


def walk_rules(job: Job) -> inputs.Walk:
    """Rules for walking folders; a run never reads its own outputs."""
    written = (job.output.output, job.output.output_dir, *job.output.report)
    paths = tuple(str(path) for path in written if path is not None)
    return replace(arguments.walk_rules(job.inputs), outputs=paths)


def is_finished(args: OutputArgs) -> bool:
    """Whether `--resume` names a file that an earlier run finished, which is then said.

    Only a run with `--resume` keeps its journal, which a later one needs to find new inputs.
    """
    target = args.output
    if not args.resume or target is None or outputs.format_of(target) == "sqlite":
        return False
    real = Path(os.path.realpath(target))
    if not real.is_file() or not real.stat().st_size or part_of(real).exists() or journal_of(real).exists():
        return False
    terminal.say(
        text(
            "{path} is already complete: there is no unfinished run; use --force to write it again",
            path=target,
        )
    )
    return True


def _discover(paths: Iterable[str], job: Job, tally: Tally, skipped: Counter[str]) -> Iterator[Item]:
    """Items of all paths; skipped files are counted, and listed with -v."""

    def on_skip(skip: inputs.Skip) -> None:
        tally.skipped += 1
        skipped[Path(skip.source).suffix.lower()] += 1
        if job.common.verbose:
            terminal.say(text("{source}: skipped: {reason}", source=skip.source, reason=skip.reason))

    return inputs.discover(paths, read=job.options.read, rules=walk_rules(job), on_skip=on_skip)


def lookahead(found: Iterator[Item], *, live: bool) -> InputStream | None:
    """Read as many items as needed to know whether there are several; None if there is none."""
    first = next(found, None)
    if first is None:
        return None
    if live and not isinstance(first.content, inputs.File | inputs.Page):
        # A row from a pipe: its result must not wait for the next row.
        return InputStream(chain([first], found), several=True, live=True)
    second = list(islice(found, 1))
    return InputStream(chain([first], second, found), several=bool(second), live=live and bool(second))


def _run_local(
    run: Run,
    stream: InputStream,
    task: Task[Rendered],
    shape: results.Shape,
    open_sink: Callable[[], outputs.Sink[Any]],
) -> int:
    """Do the work in processes of this machine; however the run ends, keep the finished results and report."""
    sink: outputs.Sink[Any] | None = None
    stop: BaseException | None = None
    try:
        with batch.interrupts() as hold:
            with nullcontext() if _may_wait(run.job.output) else hold():
                sink = open_sink()
            run.tally.resumed, run.tally.resumed_failed = len(sink.keys), sink.failed
            _work(run, stream, task, sink, hold)
    except BaseException as error:
        if sink is not None:
            sink.suspend()
        if sink is None or isinstance(error, OptionError | MissingExtraError):
            raise  # nothing was started
        stop = error
    # A filtered, sorted or deduplicated output cannot be resumed.
    is_resumable = shape.articles is None and shape.sort is None and shape.dedupe is None
    return close(run, stop, hint=sink.resume_hint() if is_resumable else "")


def _may_wait(output: OutputArgs) -> bool:
    """Whether opening the output may take long: checking earlier results, or waiting for the reader of a named pipe."""
    return output.resume or (output.output is not None and is_special(output.output))


def _work(run: Run, stream: InputStream, task: Task[Rendered], sink: outputs.Sink[Any], hold: Hold) -> None:
    job = run.job
    with _progress(run, several=stream.several) as bar:
        rendered = batch.run(
            outputs.resumed(
                stream.items,
                sink,
                force=job.output.force,
                on_skip=lambda item: bar.skip(item.weight),
            ),
            task,
            jobs=job.running.jobs,
            timeout=job.running.timeout,
            live=stream.live,
        )
        with closing(rendered):
            kept = _kept(rendered, run.tally, bar)
            if job.filters.dedupe is not None:
                kept = deduped(kept, job.filters.dedupe, document_frequency.load(job.options.background))
            batch.drive(
                _unpacked(in_order(kept) if job.filters.sort else kept, run.reports, job, bar),
                sink,
                tally=run.tally,
                on_result=partial(_show_failure, job, bar),
                fail_fast=job.running.fail_fast,
                hold=hold,
            )


def _kept(
    rendered: Iterator[Result[Rendered]], tally: Tally, bar: terminal.Progress
) -> Iterator[Result[Rendered]]:
    """Drop the results of excluded articles, and show the progress of all."""
    for done, result in enumerate(rendered, start=1):
        bar.loaded()
        bar.advance(result.weight, done)
        if result.value.is_excluded:
            tally.excluded += 1
        else:
            yield result


def _unpacked(
    rendered: Iterator[Result[Rendered]], reports: Reports, job: Job, bar: terminal.Progress
) -> Iterator[Result[Any]]:
    """Hand the section of each result to the web page and its notices to the user; what is left goes to the output."""
    for result in rendered:
        made = result.value
        if made.section is not None:
            reports.add(made.section)
        notices = made.verbose_notices if job.common.verbose else () if job.common.quiet else made.notices
        for message in notices:
            bar.say(text("{source}: {message}", source=result.source, message=message))
        yield result._replace(value=made.value)


def _show_failure(job: Job, bar: terminal.Progress, result: Result[Any], _tally: Tally) -> None:
    if result.failed is not None:
        bar.error(result.failed.message)
        if job.common.debug and result.trace:
            terminal.traceback(result.trace)


def _progress(run: Run, *, several: bool) -> terminal.Progress:
    job = run.job
    # Articles that appear on the same terminal show the progress themselves.
    prints = job.output.output is None and job.output.output_dir is None and not results.shows_only_page(job)
    on_screen = prints and sys.stdout.isatty()
    kind = terminal.progress_kind(job.running.progress, quiet=job.common.quiet or on_screen or not several)
    loads_kiwi = job.stage == "summarize" and not job.common.quiet
    return terminal.Progress(
        kind,
        weights=inputs.weights(run.paths, rules=walk_rules(job)),
        loading=text("Loading the Kiwi analyzer ...") if loads_kiwi else "",
    )


# -- the end of a run


def close(run: Run, stop: BaseException | None, *, hint: str) -> int:
    """Write the reports, print the summary line and return the exit code; raise an error that ended the run again.

    `hint` says where the finished results are and how to continue, for a run that did not finish.
    """
    job, tally = run.job, run.tally
    if isinstance(stop, KeyboardInterrupt):
        # Every result was flushed; what is left after a second Ctrl-C would block again.
        terminal.abandon_stdout()
    _write_reports(run, stop)
    count = tally.done + tally.resumed
    if count == 0:
        hint = ""
    if stop is None:
        if not job.common.quiet:
            _say_counts(run)
        if hint and job.running.fail_fast and tally.failed:
            terminal.say(hint)
        return exit_code(run.paths, tally)
    # Report a crash only if results were written; never report a closed pipe.
    if isinstance(stop, KeyboardInterrupt) or (tally.done and not isinstance(stop, BrokenPipeError)):
        terminal.say(
            plural("Interrupted: {count} article done.", "Interrupted: {count} articles done.", count)
        )
        if hint:
            terminal.say(hint)
    if isinstance(stop, KeyboardInterrupt):
        return interrupted(stop)
    raise stop


def _say_counts(run: Run) -> None:
    """Print how many articles were done, which reports were written, and what was left out."""
    job, tally = run.job, run.tally
    if tally.done + tally.resumed > 1:
        terminal.say(_summary_line(job.stage, tally))
    elif tally.resumed and not tally.done:
        terminal.say(text("already complete"))
    if run.reports.paths:
        terminal.say(text("written: {paths}", paths=", ".join(map(str, run.reports.paths))))
    say_skipped(run.skipped, job)
    if tally.excluded:
        terminal.say(
            plural(
                "{count} article excluded by the filters",
                "{count} articles excluded by the filters",
                tally.excluded,
            )
        )


def _write_reports(run: Run, stop: BaseException | None) -> None:
    """Write the reports, however the run ended. Raises OutputError unless another error ended the run."""
    was_stopped = isinstance(stop, KeyboardInterrupt | BrokenPipeError)
    error = None if was_stopped else stop
    try:
        run.reports.write(run.tally.record(run.settings, interrupted=was_stopped, error=error))
    except OutputError as problem:
        if error is None:
            raise
        # The disk that is full for the results may be full for the report.
        terminal.error(str(problem))


def _summary_line(stage: Stage, tally: Tally) -> str:
    total, failed = tally.done + tally.resumed, tally.failed_in_all
    line = _counts_line(stage, total, failed)
    return text("already complete: {counts}", counts=line) if tally.resumed and not tally.done else line


def _counts_line(stage: Stage, total: int, failed: int) -> str:
    counts = {"good": total - failed, "failed": failed}
    if stage == "extract":
        if failed:
            return text("{total} articles: {good} extracted, {failed} failed", total=total, **counts)
        return plural("{count} article extracted", "{count} articles extracted", total)
    if failed:
        return text("{total} articles: {good} summarized, {failed} failed", total=total, **counts)
    return plural("{count} article summarized", "{count} articles summarized", total)


MAX_LISTED_TYPES = 3
"""File types that the line about skipped files names."""


def say_skipped(skipped: Counter[str], job: Job) -> None:
    """Print how many files of folders were skipped, with the most frequent file types."""
    count = skipped.total()
    if not count or job.common.verbose:
        return
    # Sorted by name first, so that types of the same count always come in the same order.
    common = sorted(sorted(skipped.items()), key=lambda item: -item[1])
    types = [
        f"{number} {ending or text('without extension')}" for ending, number in common[:MAX_LISTED_TYPES]
    ]
    if len(common) > MAX_LISTED_TYPES:
        types.append("...")
    terminal.say(
        plural(
            "{count} file skipped: {types}; -v lists them",
            "{count} files skipped: {types}; -v lists them",
            count,
            types=", ".join(types),
        )
    )


def exit_code(named: list[str], tally: Tally) -> int:
    """Exit code of a run that reached its end: USAGE if there was nothing to read or no path exists."""
    if tally.done + tally.resumed == 0 and tally.excluded:
        return ExitCode.OK
    if tally.done + tally.resumed == 0:
        terminal.error(text("nothing to read: no articles in {paths}", paths=", ".join(named)))
        return ExitCode.USAGE
    if len(inputs.missing(named)) == len(named):
        return ExitCode.USAGE
    return ExitCode.FAILED if tally.failed_in_all else ExitCode.OK

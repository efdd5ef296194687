"""What summarize and extract share: paths to items, items to results, results to the reader."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from yoyak import __version__, batch, console, inputs, outputs, render
from yoyak.app.finish import Shape, finish
from yoyak.app.pages import Reports
from yoyak.app.route import COMMANDS
from yoyak.app.values import NothingGivenError, nearest
from yoyak.errors import OptionError, UnreadableError
from yoyak.messages import text
from yoyak.outputs.files import refuse_input

if TYPE_CHECKING:
    from yoyak.app.finish import Made
    from yoyak.app.flags import ClusterFlags, CommonFlags, InputFlags, OutputFlags, RunFlags
    from yoyak.batch import Result, Tally
    from yoyak.batch.work import Stage
    from yoyak.inputs import Item
    from yoyak.options import Options

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One command line of summarize or extract, read."""

    stage: Stage
    view: console.View
    options: Options
    inputs: InputFlags
    output: OutputFlags
    running: RunFlags
    cluster: ClusterFlags
    progress: str
    common: CommonFlags


def carry_out(paths: list[str], job: Job) -> int:
    """Do the job on `paths` and return the exit code."""
    if job.output.output == Path("-"):
        job = replace(job, output=replace(job.output, output=None))
    named = _named(paths, job)
    _keep_apart(named, job)
    if job.cluster.engine != "local":
        from yoyak.app.cluster import carry_out_there

        return carry_out_there(named, job)
    if job.cluster.address is not None:
        raise OptionError(text("--address needs --engine ray"))
    tally = batch.Tally()
    several, items = _peek(_items(named, job, tally))
    if items is None:
        return exit_code(named, tally)
    reports = Reports(job.output.report, force=job.output.force)
    shape = _shape(job, several=several, page=reports.wants_sections)
    task = batch.Task(stage=job.stage, options=job.options, finish=partial(finish, shape))
    settings = batch.fingerprint(task, version=__version__, format=_signature(shape))
    sink = _sink(job, shape, settings)
    tally.resumed, tally.resumed_failed = len(sink.keys), sink.failed
    interrupted = False
    try:
        with _progress(job, named, several=several) as bar:
            made = batch.run(
                outputs.resumed(items, sink), task, jobs=job.running.jobs, timeout=job.running.timeout
            )
            results = _unpacked(made, reports, job)
            on_result = partial(_told, job, bar)
            batch.drive(results, sink, tally=tally, on_result=on_result, fail_fast=job.running.fail_fast)
    except KeyboardInterrupt:
        interrupted = True
    reports.write(tally.record(settings, interrupted=interrupted))
    close(job, tally, several=several, hint=_hint(sink, tally) if interrupted else None)
    if job.running.fail_fast and tally.failed and not interrupted and (hint := _hint(sink, tally)):
        console.say(hint)
    return INTERRUPTED if interrupted else exit_code(named, tally)


# -- inputs ---------------------------------------------------------------------------------------------------


def _named(paths: list[str], job: Job) -> list[str]:
    """Paths to read. Given paths, standard input is never read; without any, it is, unless it is a keyboard."""
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
        raise NothingGivenError
    return ["-"]


def _keep_apart(named: list[str], job: Job) -> None:
    """Refuse to write over an input, or two outputs into one file. Raises OptionError and OutputError."""
    taken: set[str] = set()
    for path in (job.output.output, *job.output.report):
        if path is None:
            continue
        refuse_input(path, named)
        if (real := os.path.realpath(path)) in taken:
            raise OptionError(text("{path} is named twice as an output", path=path))
        taken.add(real)


def _items(paths: Iterable[str], job: Job, tally: Tally) -> Iterator[Item]:
    def on_skip(skip: inputs.Skip) -> None:
        tally.skipped += 1
        if job.common.verbose:
            console.say(text("{source}: skipped: {reason}", source=skip.source, reason=skip.reason))

    return inputs.discover(paths, read=job.options.read, rules=walk_rules(job), on_skip=on_skip)


def walk_rules(job: Job) -> inputs.Walk:
    """Rules of walking folders; a run never reads what it writes."""
    flags = job.inputs
    made = (job.output.output, job.output.output_dir, *job.output.report)
    return inputs.Walk(
        include=tuple(flags.include),
        exclude=tuple(flags.exclude),
        hidden=flags.hidden,
        outputs=tuple(str(path) for path in made if path is not None),
    )


def _peek(items: Iterator[Item]) -> tuple[bool, Iterator[Item] | None]:
    """Whether there is more than one item; all of them still to come, None where there are none."""
    first = list(islice(items, 2))
    return len(first) > 1, chain(first, items) if first else None


# -- outputs --------------------------------------------------------------------------------------------------


def _format(job: Job) -> str:
    """Format asked for, else the one the file's ending names, else what suits the reader."""
    flags = job.output
    if flags.format is not None:
        return "markdown" if flags.format == "md" else flags.format
    if flags.output is not None:
        found = outputs.format_of(flags.output)
        if found is None:
            raise OptionError(
                text(
                    "{path}: its ending names no format; give --format, or one of {endings}",
                    path=flags.output,
                    endings=" ".join(outputs.FORMAT_BY_ENDING),
                )
            )
        return found
    if job.view in ("explain", "highlight"):
        return "text"
    if flags.output_dir is not None:
        return "plain"
    return "text" if sys.stdout.isatty() else "plain"


_VIEWS: dict[console.View, tuple[str, ...]] = {
    "explain": ("text", "json", "jsonl"),
    "highlight": ("text", "markdown"),
    "removed": ("text", "plain", "json", "jsonl", "parquet"),
}


def _shape(job: Job, *, several: bool, page: bool) -> Shape:
    kind = _format(job)
    if kind not in _VIEWS.get(job.view, (kind,)):
        raise OptionError(
            text(
                "--{view} does not go with --format {format}; it goes with: {formats}",
                view=job.view,
                format=kind,
                formats=", ".join(_VIEWS[job.view]),
            )
        )
    screen = job.output.output is None and job.output.output_dir is None
    colour = console.coloured(job.common.color, sys.stdout, os.environ) if screen else False
    width = console.width() if screen else 80
    return Shape(
        format=kind,
        view=job.view,
        several=several,
        colour=colour,
        width=width,
        page=page,
    )


def _signature(shape: Shape) -> str:
    """Format and view, for `--resume`: another of either is another output."""
    return shape.format if shape.view == "summary" else f"{shape.format} {shape.view}"


_SEPARATED = ("text", "plain", "markdown")


def _sink(job: Job, shape: Shape, settings: Mapping[str, str]) -> outputs.Sink[Any]:
    flags = job.output
    if flags.output is not None and flags.output_dir is not None:
        raise OptionError(text("--output and --output-dir exclude each other"))
    if flags.resume and shape.page:
        raise OptionError(
            text("--report page.html does not go with --resume: finished articles are not read again")
        )
    if flags.output_dir is not None:
        ending = _ENDINGS.get(shape.format)
        if ending is None:
            raise OptionError(text("--output-dir does not go with --format {format}", format=shape.format))
        return outputs.open_folder(
            Path(flags.output_dir),
            ending=ending,
            fingerprint=settings,
            force=flags.force,
            resume=flags.resume,
        )
    frame = outputs.Frame(
        header=render.csv_header() + "\n" if shape.format == "csv" else "",
        separator="\n" if shape.format in _SEPARATED else "",
    )
    if flags.output is None and shape.format in ("json", "jsonl"):
        console.write_utf8()
    return outputs.open_sink(
        flags.output,
        format=cast("outputs.Format", shape.format),
        fingerprint=settings,
        force=flags.force,
        resume=flags.resume,
        frame=frame,
    )


_ENDINGS = {
    "text": ".txt",
    "plain": ".txt",
    "markdown": ".md",
    "csv": ".csv",
    "json": ".json",
    "jsonl": ".jsonl",
}


# -- results --------------------------------------------------------------------------------------------------


def _unpacked(results: Iterator[Result[Made]], reports: Reports, job: Job) -> Iterator[Result[Any]]:
    """Share out what a worker made: the section to the page, asides to the reader, the value to the output."""
    for result in results:
        made = result.value
        if made.section is not None:
            reports.add(made.section)
        if job.common.verbose:
            for aside in made.asides:
                console.say(text("{source}: {message}", source=result.source, message=aside))
        yield result._replace(value=made.value)


def _told(job: Job, bar: console.Progress, result: Result[Any], tally: Tally) -> None:
    bar.advance(result.weight, tally.done)
    if result.failed is not None:
        bar.error(result.failed.message)
        if job.common.debug and result.trace:
            console.traceback(result.trace)


def _progress(job: Job, named: list[str], *, several: bool) -> console.Progress:
    # Articles shown on the same terminal are progress enough.
    screen = job.output.output is None and job.output.output_dir is None and sys.stdout.isatty()
    quiet = job.common.quiet or screen or not several
    choice = console.progress_kind(job.progress, quiet=quiet)
    total = inputs.total_weight(named, rules=walk_rules(job)) if choice == "bar" else None
    return console.Progress(choice, total=total)


def _hint(sink: outputs.Sink[Any], tally: Tally) -> str:
    """Where what is done is; nothing where nothing is."""
    return sink.resume_hint() if tally.done + tally.resumed else ""


def close(job: Job, tally: Tally, *, several: bool, hint: str | None) -> None:
    """Say how it went, on stderr: where there were several, or it was interrupted."""
    if hint is not None:
        console.say(text("Interrupted: {count} articles done.", count=tally.done + tally.resumed))
        if hint:
            console.say(hint)
    elif several and not job.common.quiet:
        console.say(_closing(job.stage, tally))


def _closing(stage: Stage, tally: Tally) -> str:
    total = tally.done + tally.resumed
    good = total - tally.failed_in_all
    if stage == "extract":
        if tally.failed_in_all:
            return text(
                "{total} articles, {good} extracted, {failed} failed",
                total=total,
                good=good,
                failed=tally.failed_in_all,
            )
        return text("{total} articles extracted", total=total)
    if tally.failed_in_all:
        return text(
            "{total} articles, {good} summarized, {failed} failed",
            total=total,
            good=good,
            failed=tally.failed_in_all,
        )
    return text("{total} articles summarized", total=total)


def exit_code(named: list[str], tally: Tally) -> int:
    """Return 0, 1 where something failed, 2 where there was nothing to read or nothing that was named is there."""
    if tally.done + tally.resumed == 0:
        console.error(text("nothing to read: no file in {paths} is an article", paths=", ".join(named)))
        return USAGE
    missing = inputs.missing(named)
    for path in missing:
        if command := nearest(path, COMMANDS):
            console.say(text("Did you mean the command {command}?", command=command))
    if len(missing) == len(named):
        return USAGE
    return FAILED if tally.failed_in_all else OK

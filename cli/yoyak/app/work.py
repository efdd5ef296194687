"""What summarize and extract share: paths to items, items to results, results to the reader."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yoyak import __version__, batch, inputs, outputs
from yoyak.app import console, reading, writing
from yoyak.app.ending import Run, close, exit_code
from yoyak.app.finish import finish
from yoyak.app.reports import Reports
from yoyak.core.errors import MissingExtraError, OptionError
from yoyak.core.messages import text
from yoyak.outputs.files import is_special

if TYPE_CHECKING:
    from yoyak.app.finish import Made
    from yoyak.app.flags import OutputFlags
    from yoyak.app.job import Job
    from yoyak.batch import Result, Tally, Task
    from yoyak.batch.drive import Hold


# By its name too: where a shell has sent it into a file, that file is there already.
_STANDARD_OUTPUT = (Path("-"), Path("/dev/stdout"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _LocalRun(Run):
    """A run on this machine, ready to begin."""

    coming: reading.Coming
    task: Task[Made]


def carry_out(paths: list[str], job: Job) -> int:
    """Do the job on `paths` and return the exit code."""
    if job.output.output in _STANDARD_OUTPUT:
        job = replace(job, output=replace(job.output, output=None))
    named = reading.named_in(paths, job)
    reading.keep_apart(named, job)
    if job.cluster.engine != "local":
        from yoyak.app.cluster import carry_out_there

        return carry_out_there(named, job)
    if job.cluster.address is not None:
        raise OptionError(text("--address needs --engine ray"))
    tally = batch.Tally()
    coming = reading.peek(reading.items(named, job, tally), live=inputs.live(named))
    if coming is None:
        return exit_code(named, tally)
    reports = Reports(job.output.report, force=job.output.force, resume=job.output.resume)
    shape = writing.shape_of(job, several=coming.several, page=reports.wants_sections)
    task = batch.Task(stage=job.stage, options=job.options, finish=partial(finish, shape))
    settings = batch.fingerprint(task, version=__version__, format=writing.signature(shape))
    return _guarded(
        _LocalRun(
            job=job, named=named, coming=coming, reports=reports, task=task, settings=settings, tally=tally
        ),
        partial(writing.open_sink, job, shape, settings),
    )


def _guarded(run: _LocalRun, open_sink: Callable[[], outputs.Sink[Any]]) -> int:
    """Carry a run out, keep what is done however it ends, and say how it ended."""
    sink: outputs.Sink[Any] | None = None
    stop: BaseException | None = None
    try:
        with batch.interrupts() as hold:
            with nullcontext() if _may_wait(run.job.output) else hold():
                sink = open_sink()
            run.tally.resumed, run.tally.resumed_failed = len(sink.keys), sink.failed
            _work(run, sink, hold)
    except BaseException as error:
        if sink is not None:
            sink.suspend()
        if sink is None or isinstance(error, OptionError | MissingExtraError):
            raise  # nothing was begun
        stop = error
    return close(run, stop, hint=sink.resume_hint())


def _may_wait(output: OutputFlags) -> bool:
    """Whether opening it may take long, to check what an earlier run left or for want of a reader; nothing is half made then."""
    return output.resume or (output.output is not None and is_special(output.output))


def _work(run: _LocalRun, sink: outputs.Sink[Any], hold: Hold) -> None:
    with _progress(run) as bar:
        made = batch.run(
            outputs.resumed(
                run.coming.items,
                sink,
                force=run.job.output.force,
                on_skip=lambda item: bar.skip(item.weight),
            ),
            run.task,
            jobs=run.job.running.jobs,
            timeout=run.job.running.timeout,
            live=run.coming.live,
        )
        with closing(made):
            batch.drive(
                _unpacked(made, run.reports, run.job, bar),
                sink,
                tally=run.tally,
                on_result=partial(_told, run.job, bar),
                fail_fast=run.job.running.fail_fast,
                hold=hold,
            )


def _unpacked(
    results: Iterator[Result[Made]], reports: Reports, job: Job, bar: console.Progress
) -> Iterator[Result[Any]]:
    """Share out what a worker made: the section to the page, notices and asides to the reader, the value to the output."""
    for result in results:
        made = result.value
        if made.section is not None:
            reports.add(made.section)
        said = made.asides if job.common.verbose else () if job.common.quiet else made.notices
        for message in said:
            bar.say(text("{source}: {message}", source=result.source, message=message))
        yield result._replace(value=made.value)


def _told(job: Job, bar: console.Progress, result: Result[Any], tally: Tally) -> None:
    bar.advance(result.weight, tally.done)
    if result.failed is not None:
        bar.error(result.failed.message)
        if job.common.debug and result.trace:
            console.traceback(result.trace)


def _progress(run: _LocalRun) -> console.Progress:
    job = run.job
    # Articles shown on the same terminal are progress enough.
    screen = job.output.output is None and job.output.output_dir is None and sys.stdout.isatty()
    quiet = job.common.quiet or screen or not run.coming.several
    choice = console.progress_kind(job.progress, quiet=quiet)
    return console.Progress(choice, weights=inputs.weights(run.named, rules=reading.walk_rules(job)))

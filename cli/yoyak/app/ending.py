"""How a run ends: what is said of it, and its exit code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yoyak import inputs
from yoyak.app import codes, console
from yoyak.app.route import NAMES
from yoyak.app.values import nearest
from yoyak.core.errors import OutputError
from yoyak.core.messages import plural, text

if TYPE_CHECKING:
    from yoyak.app.job import Job
    from yoyak.app.reports import Reports
    from yoyak.batch import Tally
    from yoyak.batch.worker import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of summarize or extract: what it is to do, and what it has come to."""

    job: Job
    named: list[str]
    reports: Reports
    settings: dict[str, str]
    tally: Tally


def close(run: Run, stop: BaseException | None, *, hint: str) -> int:
    """Write the reports, say how it went, and return the exit code; raise again what broke.

    `hint` says where what is done is and how to go on, for a run that did not come to its end.
    """
    job, tally = run.job, run.tally
    _report(run, stop)
    if tally.done + tally.resumed == 0:
        hint = ""
    if stop is None:
        if tally.done + tally.resumed > 1 and not job.common.quiet:
            console.say(_closing(job.stage, tally))
        if hint and job.running.fail_fast and tally.failed:
            console.say(hint)
        return exit_code(run.named, tally)
    # Of what broke by itself it is told only where something is done, of a reader that went away not at all.
    if isinstance(stop, KeyboardInterrupt) or (tally.done and not isinstance(stop, BrokenPipeError)):
        console.say(
            plural(
                "Interrupted: {count} article done.",
                "Interrupted: {count} articles done.",
                tally.done + tally.resumed,
            )
        )
        if hint:
            console.say(hint)
    if isinstance(stop, KeyboardInterrupt):
        return codes.interrupted(stop)
    raise stop


def _report(run: Run, stop: BaseException | None) -> None:
    """Write the reports of a run, however it ended. Raises OutputError where that is all that went wrong."""
    ended = isinstance(stop, KeyboardInterrupt | BrokenPipeError)
    error = None if ended else stop
    try:
        run.reports.write(run.tally.record(run.settings, interrupted=ended, error=error))
    except OutputError as problem:
        if error is None:
            raise
        # The disk that is full for the results may be full for the report.
        console.error(str(problem))


def _closing(stage: Stage, tally: Tally) -> str:
    total, failed = tally.done + tally.resumed, tally.failed_in_all
    counts = {"total": total, "good": total - failed, "failed": failed}
    if stage == "extract":
        some = text("{total} articles, {good} extracted, {failed} failed", **counts)
        return some if failed else text("{total} articles extracted", **counts)
    some = text("{total} articles, {good} summarized, {failed} failed", **counts)
    return some if failed else text("{total} articles summarized", **counts)


def exit_code(named: list[str], tally: Tally) -> int:
    """Return 0, 1 where something failed, 2 where there was nothing to read or nothing that was named is there."""
    if tally.done + tally.resumed == 0:
        console.error(text("nothing to read: no file in {paths} is an article", paths=", ".join(named)))
        return codes.USAGE
    missing = inputs.missing(named)
    for path in missing:
        if command := nearest(path, NAMES):
            console.say(text("Did you mean the command {command}?", command=command))
    if len(missing) == len(named):
        return codes.USAGE
    return codes.FAILED if tally.failed_in_all else codes.OK

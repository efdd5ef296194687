"""How a run ends: what is said of it, and its exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yoyak import console, inputs
from yoyak.app import codes
from yoyak.app.route import COMMANDS
from yoyak.app.values import nearest
from yoyak.errors import OutputError
from yoyak.messages import text

if TYPE_CHECKING:
    from yoyak.app.job import Job
    from yoyak.app.reports import Reports
    from yoyak.batch import Tally
    from yoyak.batch.work import Stage


def report(reports: Reports, tally: Tally, settings: dict[str, str], stop: BaseException | None) -> None:
    """Write the reports of a run, however it ended. Raises OutputError where that is all that went wrong."""
    ended = isinstance(stop, KeyboardInterrupt | BrokenPipeError)
    error = None if ended else stop
    try:
        reports.write(tally.record(settings, interrupted=ended, error=error))
    except OutputError as problem:
        if error is None:
            raise
        # The disk that is full for the results may be full for the report.
        console.error(str(problem))


def say_stopped(stop: BaseException, tally: Tally, hint: str) -> None:
    """Say how far a run came that was stopped, and how to go on; of what broke by itself only where something is done."""
    if not (isinstance(stop, KeyboardInterrupt) or (tally.done and not isinstance(stop, BrokenPipeError))):
        return
    console.say(text("Interrupted: {count:article|articles} done.", count=tally.done + tally.resumed))
    if hint:
        console.say(hint)


def say_closing(job: Job, tally: Tally) -> None:
    """Say what a run came to, where that is more than one article."""
    if tally.done + tally.resumed > 1 and not job.common.quiet:
        console.say(_closing(job.stage, tally))


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
        if command := nearest(path, COMMANDS):
            console.say(text("Did you mean the command {command}?", command=command))
    if len(missing) == len(named):
        return codes.USAGE
    return codes.FAILED if tally.failed_in_all else codes.OK

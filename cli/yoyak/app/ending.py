"""How a run ends: what is said of it, and its exit code."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from yoyak import batch, console, inputs
from yoyak.app.route import COMMANDS
from yoyak.app.values import nearest
from yoyak.errors import OutputError
from yoyak.messages import text

if TYPE_CHECKING:
    from yoyak.app.job import Job
    from yoyak.app.pages import Reports
    from yoyak.batch import Tally
    from yoyak.batch.work import Stage

OK, FAILED, USAGE = 0, 1, 2


def interrupted(stop: KeyboardInterrupt) -> int:
    """Return the exit code of a run that was told to stop: 130 for Ctrl-C, 143 for a plain kill."""
    return 128 + (stop.number if isinstance(stop, batch.Stopped) else signal.SIGINT)


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

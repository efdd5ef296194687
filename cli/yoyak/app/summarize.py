"""`yoyak summarize`, which is `yoyak`."""

from __future__ import annotations

from typing import Annotated

import typer

from yoyak.app import work
from yoyak.app.flags import CommonFlags, InputFlags, OutputFlags, RunFlags, SummaryFlags
from yoyak.messages import text


def summarize(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH...]", help=text("Files, folders, or - for stdin."))
    ] = None,
    *,
    inputs: InputFlags,
    summary: SummaryFlags,
    output: OutputFlags,
    running: RunFlags,
    common: CommonFlags,
) -> int:
    """Summarize articles."""
    return work.show(work.outcomes(paths or [], work.options(inputs, summary), stage="summarize"), output.format)

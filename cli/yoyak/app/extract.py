"""`yoyak extract`."""

from __future__ import annotations

from typing import Annotated

import typer

from yoyak.app import work
from yoyak.app.flags import CommonFlags, InputFlags, OutputFlags, RunFlags
from yoyak.messages import text
from yoyak.options import Options


def extract(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH...]", help=text("Files, folders, or - for stdin."))
    ] = None,
    *,
    inputs: InputFlags,
    output: OutputFlags,
    running: RunFlags,
    common: CommonFlags,
) -> int:
    """Extract articles."""
    opts = Options(read=work.read_options(inputs))
    return work.show(work.outcomes(paths or [], opts, stage="extract"), output.format)

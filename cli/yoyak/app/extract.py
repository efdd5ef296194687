"""`yoyak extract`."""

from __future__ import annotations

from typing import Annotated

import typer

from yoyak.app.flags import (
    ArticleViewFlags,
    ClusterFlags,
    CommonFlags,
    InputFlags,
    OutputFlags,
    ProgressFlags,
    RunFlags,
)
from yoyak.core.messages import text
from yoyak.core.options import Options


def extract(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH...]", help=text("Files, folders, or - for stdin."))
    ] = None,
    *,
    view: ArticleViewFlags,
    inputs: InputFlags,
    output: OutputFlags,
    running: RunFlags,
    cluster: ClusterFlags,
    progress: ProgressFlags,
    common: CommonFlags,
) -> int:
    """Extract articles."""
    from yoyak.app import work
    from yoyak.app.job import Job
    from yoyak.app.options import read_options

    job = Job(
        stage="extract",
        view="removed" if view.removed else "article",
        options=Options(read=read_options(inputs)),
        inputs=inputs,
        output=output,
        running=running,
        cluster=cluster,
        progress=progress.progress,
        common=common,
    )
    return work.carry_out(paths or [], job)

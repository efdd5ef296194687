"""`yoyak summarize`, which is `yoyak`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from yoyak.app.flags import (
    ClusterFlags,
    CommonFlags,
    DictionaryFlags,
    InputFlags,
    ModelFlags,
    OutputFlags,
    ProgressFlags,
    RunFlags,
    SummaryFlags,
    ViewFlags,
)
from yoyak.core.errors import OptionError
from yoyak.core.messages import text

if TYPE_CHECKING:
    from yoyak.app.console import View

_VIEWS: tuple[Literal["explain", "highlight", "keywords_only"], ...] = (
    "explain",
    "highlight",
    "keywords_only",
)


def summarize(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH...]", help=text("Files, folders, or - for stdin."))
    ] = None,
    *,
    summary: SummaryFlags,
    dictionary: DictionaryFlags,
    model: ModelFlags,
    view: ViewFlags,
    inputs: InputFlags,
    output: OutputFlags,
    running: RunFlags,
    cluster: ClusterFlags,
    progress: ProgressFlags,
    common: CommonFlags,
) -> int:
    """Summarize articles."""
    from yoyak.app import work
    from yoyak.app.job import Job
    from yoyak.app.options import options

    job = Job(
        stage="summarize",
        view=_view(view),
        options=options(inputs, summary, dictionary, model, common),
        inputs=inputs,
        output=output,
        running=running,
        cluster=cluster,
        progress=progress.progress,
        common=common,
    )
    return work.carry_out(paths or [], job)


def _view(flags: ViewFlags) -> View:
    asked = [name for name in _VIEWS if getattr(flags, name)]
    if len(asked) > 1:
        names = ", ".join("--" + name.replace("_", "-") for name in asked)
        raise OptionError(text("{options} exclude each other", options=names))
    if not asked:
        return "summary"
    return "keywords" if asked[0] == "keywords_only" else asked[0]

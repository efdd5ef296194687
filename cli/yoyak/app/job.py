"""One command line of summarize or extract, read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yoyak.app import console
    from yoyak.app.flags import ClusterFlags, CommonFlags, InputFlags, OutputFlags, RunFlags
    from yoyak.batch.worker import Stage
    from yoyak.core.options import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be done, to what, and how it is told."""

    stage: Stage
    view: console.View
    options: Options
    inputs: InputFlags
    output: OutputFlags
    running: RunFlags
    cluster: ClusterFlags
    progress: str
    common: CommonFlags

"""`yoyak evaluate`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from yoyak import console
from yoyak.app.flags import (
    CommonFlags,
    DictionaryFlags,
    EvaluateFlags,
    FiguresFlags,
    InputFlags,
    ModelFlags,
    ProgressFlags,
    SummaryFlags,
)
from yoyak.errors import OptionError
from yoyak.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yoyak.evaluation import Report
    from yoyak.options import Method


def evaluate(
    labels: Annotated[
        Path | None,
        typer.Argument(
            metavar="LABELS", help=text("A JSONL file of articles with chosen sentences, decks or keywords.")
        ),
    ] = None,
    *,
    evaluation: EvaluateFlags,
    dictionary: DictionaryFlags,
    model: ModelFlags,
    figures: FiguresFlags,
    progress: ProgressFlags,
    common: CommonFlags,
) -> int:
    """Score methods on a label file, and hold the scores over their floors."""
    from yoyak import evaluation as measuring
    from yoyak.app.choose import options

    if labels is None:
        raise OptionError(text("{option} is missing", option="LABELS"))
    if evaluation.raise_floors and evaluation.floors is None:
        raise OptionError(text("{option} is missing", option="--floors FILE"))
    with console.Progress(console.progress_kind(progress.progress, quiet=common.quiet), total=None) as bar:
        report = measuring.run(
            labels,
            methods=cast("Sequence[Method]", evaluation.methods),
            options=options(InputFlags(), SummaryFlags(), dictionary, model, common),
            on_article=partial(bar.advance, 0),
        )
    if figures.json:
        console.figures_json(report.to_json())
    else:
        _print(report)
    if evaluation.floors is None:
        return 0
    if evaluation.raise_floors:
        measuring.update(report, evaluation.floors)
        return 0
    misses = measuring.check(report, evaluation.floors)
    for miss in misses:
        console.error(miss.message)
    return 1 if misses else 0


def _print(report: Report) -> None:
    """Print a row for each measure of each set, a column for each method; 95 % intervals in brackets."""
    methods = list(dict.fromkeys(row.method for row in report.rows))
    cells = {(row.set, row.measure, row.method): row for row in report.rows}
    rows = []
    for name, measure in dict.fromkeys((row.set, row.measure) for row in report.rows):
        found = [cells.get((name, measure, method)) for method in methods]
        count = max(row.n for row in found if row is not None)
        figures = ["" if r is None else f"{r.mean:.3f} [{r.low:.3f}, {r.high:.3f}]" for r in found]
        rows.append([f"{name} {measure}", str(count), *figures])
    console.table([text("measure"), text("articles"), *methods], rows)

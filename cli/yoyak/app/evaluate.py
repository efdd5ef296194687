"""`yoyak evaluate`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from yoyak.app import codes, console
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
from yoyak.core.errors import OptionError
from yoyak.core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yoyak.core.options import Method
    from yoyak.training.evaluation import Report, Row
    from yoyak.training.floors import Rise


def evaluate(
    labels: Annotated[
        Path | None,
        typer.Argument(
            metavar="LABELS", help=text("A JSONL file of articles with chosen sentences, decks or keywords.")
        ),
    ] = None,
    *,
    asked: EvaluateFlags,
    dictionary: DictionaryFlags,
    model: ModelFlags,
    figures: FiguresFlags,
    progress: ProgressFlags,
    common: CommonFlags,
) -> int:
    """Score methods on a label file, and hold the scores over their floors."""
    from yoyak.app.options import options
    from yoyak.training import evaluation, floors

    if labels is None:
        raise OptionError(text("{option} is missing", option="LABELS"))
    _check_files(labels, asked)
    with console.Progress(console.progress_kind(progress.progress, quiet=common.quiet)) as bar:
        report = evaluation.run(
            labels,
            methods=cast("Sequence[Method]", asked.methods.split(",")),
            options=options(InputFlags(), SummaryFlags(), dictionary, model, common),
            on_article=partial(bar.advance, 0),
        )
    if figures.json:
        console.figures_json(report.to_json())
    else:
        _print(report, quiet=common.quiet)
    if asked.floors is None:
        return codes.OK
    if asked.raise_floors:
        rises = floors.update(report, asked.floors)
        if not common.quiet:
            _say_rises(rises, asked.floors)
        return codes.OK
    misses = floors.check(report, asked.floors)
    for miss in misses:
        console.error(miss.message)
    return codes.FAILED if misses else codes.OK


def _check_files(labels: Path, asked: EvaluateFlags) -> None:
    """Say before the work what would be said after it. Raises OptionError and OutputError."""
    from yoyak.app.files import refuse_target, there

    if asked.raise_floors and asked.floors is None:
        raise OptionError(text("{option} is missing", option="--floors FILE"))
    there([labels])
    if asked.floors is not None and asked.raise_floors:
        refuse_target(asked.floors, force=True)
    elif asked.floors is not None:
        there([asked.floors])


def _say_rises(rises: Sequence[Rise], path: Path) -> None:
    for rise in rises:
        before = "-" if rise.before is None else f"{rise.before:.3f}"
        console.say(f"{rise.name}: {before} → {rise.floor:.3f}")
    if not rises:
        console.say(text("{path}: no floor rose", path=path))


KEYWORDS = "keywords"  # scored once, whatever the method


def _print(report: Report, *, quiet: bool) -> None:
    """Print a row for each measure of each set and a column for each method, then the keywords."""
    chosen = [row for row in report.rows if row.method != KEYWORDS]
    keywords = [row for row in report.rows if row.method == KEYWORDS]
    for rows in (chosen, keywords):
        if rows:
            _table(rows)
    if not quiet:
        console.say(text("±: half of the 95 % bootstrap interval over articles"))


def _table(rows: list[Row]) -> None:
    sets = dict.fromkeys(row.set for row in rows)
    methods = list(dict.fromkeys(row.method for row in rows))
    lines = []
    for name in sets:
        # With one set, "all" says it twice.
        if len(sets) == 2 and name == "all":
            continue
        for measure in dict.fromkeys(row.measure for row in rows if row.set == name):
            found = {row.method: row for row in rows if (row.set, row.measure) == (name, measure)}
            figures = [_figure(found.get(method)) for method in methods]
            lines.append([f"{name} {measure}", str(max(row.n for row in found.values())), *figures])
    console.table([text("measure"), text("articles"), *methods], lines)


def _figure(row: Row | None) -> str:
    return "" if row is None else f"{row.mean:.3f} ±{(row.high - row.low) / 2:.3f}"

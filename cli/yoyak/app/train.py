"""`yoyak train`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from yoyak import console
from yoyak.app.flags import (
    CommonFlags,
    DictionaryFlags,
    FiguresFlags,
    MakeFlags,
    ProgressFlags,
    ProvenanceFlags,
    TrainFlags,
)
from yoyak.errors import OptionError
from yoyak.messages import text


def train(
    labels: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="LABELS...", help=text("JSONL files of articles with chosen sentences or decks.")
        ),
    ] = None,
    *,
    training: TrainFlags,
    dictionary: DictionaryFlags,
    making: MakeFlags,
    provenance: ProvenanceFlags,
    figures: FiguresFlags,
    progress: ProgressFlags,
    common: CommonFlags,
) -> int:
    """Fit a ranking model."""
    from yoyak import learned, morphology
    from yoyak import training as fitting
    from yoyak.app.pages import target, there, write_whole

    if not labels:
        raise OptionError(text("{option} is missing", option="LABELS"))
    there(labels)
    path = target(making)
    words = morphology.read_user_dict(dictionary.user_dict) if dictionary.user_dict else ()
    with console.Progress(console.progress_kind(progress.progress, quiet=common.quiet), total=None) as bar:
        trained = fitting.run(
            labels,
            words=words,
            provenance=provenance.provenance or "",
            ablate=training.ablate,
            on_article=partial(bar.advance, 0),
        )
    write_whole(path, [learned.to_json(trained.ranker, trained.report).encode()], force=making.force)
    if figures.json:
        console.figures_json(trained.report)
    elif not common.quiet:
        _print(trained.report)
    return 0


def _print(report: dict[str, Any]) -> None:
    heads = {
        "lead": text("first sentences"),
        "cross_validated": text("cross-validated"),
        "never_seen": text("kind never seen"),
    }
    scores: dict[str, dict[str, float]] = report["scores"]
    columns = [name for name in heads if any(name in row for row in scores.values())]
    rows = [
        [kind, str(report["articles"][kind]), *(_three(scores[kind].get(name)) for name in columns)]
        for kind in scores
    ]
    console.table([text("labels"), text("articles"), *(heads[name] for name in columns)], rows)
    if without := report.get("without"):
        kinds = list(scores)
        lost = [[name, *(_signed(row.get(kind)) for kind in kinds)] for name, row in without.items()]
        console.table([text("without"), *kinds], lost)


def _three(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _signed(value: float | None) -> str:
    return "" if value is None else f"{value:+.3f}"

"""`yoyak train`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from yoyak.app import codes, console
from yoyak.app.flags import (
    CommonFlags,
    DictionaryFlags,
    FiguresFlags,
    MakeFlags,
    ProgressFlags,
    ProvenanceFlags,
    TrainFlags,
)
from yoyak.core.errors import OptionError
from yoyak.core.messages import plural, text


def train(
    labels: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="LABELS...", help=text("JSONL files of articles with chosen sentences or decks.")
        ),
    ] = None,
    *,
    ranker: TrainFlags,
    dictionary: DictionaryFlags,
    making: MakeFlags,
    provenance: ProvenanceFlags,
    figures: FiguresFlags,
    progress: ProgressFlags,
    common: CommonFlags,
) -> int:
    """Fit a ranking model."""
    from yoyak.app.files import target, there
    from yoyak.nlp import kiwi
    from yoyak.outputs.files import write_whole

    if not labels:
        raise OptionError(text("{option} is missing", option="LABELS"))
    there(labels)
    path = target(making)
    words = kiwi.read_user_dict(dictionary.user_dict) if dictionary.user_dict else ()
    source = provenance.provenance or ""
    with console.Progress(console.progress_kind(progress.progress, quiet=common.quiet)) as bar:
        fit = _fit_keywords if ranker.learn_keywords else _fit_ranker
        document, report = fit(labels, words, source, ranker.ablate, partial(bar.advance, 0))
    write_whole(path, [document.encode()], force=making.force)
    if figures.json:
        console.figures_json(report)
    elif not common.quiet:
        (_print_keywords if ranker.learn_keywords else _print_ranker)(report)
    return codes.OK


Words = tuple[tuple[str, str], ...]


def _fit_ranker(
    labels: list[Path], words: Words, provenance: str, ablate: bool, told: Callable[[int], None]
) -> tuple[str, dict[str, Any]]:
    from yoyak.ranking import model as ranker_model
    from yoyak.training import ranker

    trained = ranker.run(labels, words=words, provenance=provenance, ablate=ablate, on_article=told)
    return ranker_model.to_json(trained.ranker, trained.report), trained.report


def _fit_keywords(
    labels: list[Path], words: Words, provenance: str, ablate: bool, told: Callable[[int], None]
) -> tuple[str, dict[str, Any]]:
    from yoyak.nlp import document_frequency
    from yoyak.training import keywords

    if ablate:
        raise OptionError(text("--ablate does not go with --keywords"))
    model = keywords.run(
        labels, background=document_frequency.load(), words=words, provenance=provenance, on_article=told
    )
    report = {key: model[key] for key in ("provenance", "digest", "articles", "scores")}
    return keywords.to_json(model), report


def _print_keywords(report: dict[str, Any]) -> None:
    scores = report["scores"]
    rows = [
        [way, *(_with_interval(scores, measure, way) for measure in ("f1_exact", "f1_partial"))]
        for way in scores["f1_exact"]
    ]
    console.table(
        [plural("{count} article", "{count} articles", scores["articles"]), "F1@5", text("F1@5 partial")],
        rows,
    )


def _with_interval(scores: dict[str, dict[str, Any]], measure: str, way: str) -> str:
    low, high = scores[f"{measure}_interval"][way]
    return f"{scores[measure][way]:.3f} [{low:.3f}, {high:.3f}]"


def _print_ranker(report: dict[str, Any]) -> None:
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

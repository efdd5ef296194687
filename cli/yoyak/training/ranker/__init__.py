"""Fit the ranking model: `yoyak train LABELS... -o MODEL`.

labels -> samples (features, wording, graded target) -> one logistic regression -> Ranker -> JSON

run(labels, ...) -> Trained(ranker, report)     fit and cross-validate; raises OptionError, InputError
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.options import Options, RankOptions
from yoyak.nlp import kiwi
from yoyak.ranking import model
from yoyak.ranking.model import Ranker
from yoyak.training import evaluation, labels
from yoyak.training.ranker import validation
from yoyak.training.ranker.fitting import fit
from yoyak.training.ranker.samples import Sample, sample_of

MIN_ARTICLES = 20  # with fewer labelled articles a fit is noise
CHECK_MEASURES = ("P@3", "accepted@3", "first choice", "ROUGE-2 recall@250")


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted model and the report of its training, ready to be written."""

    ranker: Ranker
    report: dict[str, Any]


def run(
    paths: Sequence[Path],
    *,
    checks: Sequence[Path] = (),
    user_dict: Path | None = None,
    provenance: str = "",
    ablate: bool = False,
    on_article: Callable[[int], None] | None = None,
) -> Trained:
    """Fit on label files and cross-validate by article.

    `checks` are other label files, which are only scored. `user_dict` is a custom dictionary, used to fit and to score.
    `on_article` is called with the number of label rows read so far. Raises OptionError if there are too few labels,
    InputError for a bad row.
    """
    words = kiwi.read_user_dict(user_dict) if user_dict else ()
    samples: list[Sample] = []
    for count, label in enumerate(labels.read(paths), start=1):
        analysis = kiwi.analyze(label.article, words)
        labels.check_indices(label, len(analysis.sentences))
        sample = sample_of(label, analysis)
        if sample is not None:
            samples.append(sample)
        if on_article:
            on_article(count)
    if len(samples) < MIN_ARTICLES:
        raise OptionError(
            text(
                "training needs at least {fewest} articles with usable labels; there are {count}",
                count=len(samples),
                fewest=MIN_ARTICLES,
            )
        )
    ranker = fit(samples)
    report: dict[str, Any] = {
        "provenance": provenance,
        "digest": labels.digest(paths),
        "articles": len(samples),
        "measured": validation.MEASURED,
        "scores": validation.cross_validate(samples),
        "learning_curve": validation.learning_curve(samples),
    }
    if ablate:
        report["without"] = validation.ablation(samples)
    if checks:
        report["transfer"] = {
            name: _transfer(ranker, path, user_dict)
            for name, path in zip(_names(checks), checks, strict=True)
        }
    return Trained(ranker, report)


def _names(paths: Sequence[Path]) -> list[str]:
    """Names of files without folder and ending; a repeated name gets a number."""
    names: list[str] = []
    for path in paths:
        name, number = path.stem, 1
        while name in names:
            number += 1
            name = f"{path.stem} ({number})"
        names.append(name)
    return names


def _transfer(ranker: Ranker, path: Path, user_dict: Path | None) -> dict[str, Any]:
    """Scores of the model on a label file it was not fitted on, beside the first sentences."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model.json"
        file.write_text(model.to_json(ranker, {}), encoding="utf-8")
        options = Options(rank=RankOptions(model=file), user_dict=user_dict)
        report = evaluation.run(path, methods=("hybrid", "lead"), options=options)
    scores: dict[str, Any] = {"articles": report.articles}
    for row in report.rows:
        if row.measure in CHECK_MEASURES:
            name = row.measure if row.set == evaluation.ALL else f"{row.measure}, {row.set}"
            figures = [round(value, 4) for value in (row.mean, row.low, row.high)]
            scores.setdefault(name, {})[row.method] = figures
    return scores

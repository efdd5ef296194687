"""Fit the learned ranker: `yoyak train LABELS... -o MODEL`.

labels -> samples (features and a target) -> gates -> listwise logit -> Ranker -> JSON
decks  -> lessons -> logit of pairs -> Cover, which chooses whole summaries

run(labels, ...) -> Trained(ranker, report)     fit and cross-validate; raises OptionError, InputError
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.nlp import kiwi
from yoyak.ranking.model import Ranker
from yoyak.training import labels
from yoyak.training.ranker.fitting import fit, fit_cover
from yoyak.training.ranker.pairs import Vocabulary
from yoyak.training.ranker.samples import Sample, sample_of
from yoyak.training.ranker.validation import MEASURED, THINNING, ablation, cross_validate

FEWEST = 20  # labelled articles without which a fit is noise


@dataclass(frozen=True, slots=True)
class Trained:
    """A fitted ranker and what is known of it, ready to be written."""

    ranker: Ranker
    report: dict[str, Any]


def run(
    paths: Sequence[Path],
    *,
    words: tuple[tuple[str, str], ...] = (),
    provenance: str = "",
    ablate: bool = False,
    on_article: Callable[[int], None] | None = None,
) -> Trained:
    """Fit on label files and cross-validate by article; `on_article` hears of every article read.

    Raises OptionError where there is too little to learn from, InputError for a bad row.
    """
    samples: list[Sample] = []
    vocabulary = Vocabulary()
    for count, label in enumerate(labels.read(paths), start=1):
        analysis = kiwi.analyze(label.article, words)
        labels.check_indices(label, len(analysis.sentences))
        sample = sample_of(label, analysis, words, vocabulary)
        if sample is not None:
            scored = sample.view is None or len(samples) % THINNING == 0
            samples.append(sample if scored else replace(sample, analysis=None))
        if on_article:
            on_article(count)
    if len(samples) < FEWEST:
        raise OptionError(
            text(
                "training needs at least {fewest} articles with usable labels; there are {count}",
                count=len(samples),
                fewest=FEWEST,
            )
        )
    cover = fit_cover(samples, vocabulary)
    scores, intervals = cross_validate(samples, vocabulary, cover)
    report: dict[str, Any] = {
        "provenance": provenance,
        "digest": labels.digest(paths),
        "articles": dict(sorted(Counter(s.collection for s in samples).items())),
        "measured": MEASURED,
        "scores": scores,
        "over_lead": intervals,
    }
    if ablate:
        report["without"] = ablation(samples)
    return Trained(replace(fit(samples), cover=cover), report)

"""Scores of the keyword model on articles it was not fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from yoyak.keywords.features import FEATURES
from yoyak.keywords.model import compile_model
from yoyak.keywords.select import choose
from yoyak.training import measures
from yoyak.training.keywords.fit import fit
from yoyak.training.keywords.samples import Sample
from yoyak.training.measures import KEYWORDS

FOLDS = 5
ROUNDS = 1000  # bootstrap samples
MEASURED = {
    "f1_exact": f"F1 of the first {KEYWORDS} keywords against the chosen ones; spaces, case and marks are ignored",
    "f1_partial": "the same, where a match may contain or be contained",
    "shortlist_recall": "share of the chosen keywords that the model scores at all",
    "cross_validated": f"each article scored by a model fitted without it and its copies: {FOLDS} folds of whole articles",
    "tfidf": "count times rarity, tripled for terms of the title, without a model",
    "transfer": "labels of other people, scored by the final model and never fitted to",
    "intervals": f"95 %, percentile bootstrap over articles, {ROUNDS} samples",
}


def cross_validate(samples: Sequence[Sample]) -> dict[str, Any]:
    """F1@5 of the model and of TF-IDF, each article scored by a model that never saw it."""
    from sklearn.model_selection import GroupKFold

    fitted: list[tuple[float, float]] = [(0.0, 0.0)] * len(samples)
    groups = [sample.group for sample in samples]
    for train, test in GroupKFold(FOLDS, shuffle=True, random_state=0).split(samples, groups=groups):
        model = fit([samples[i] for i in train])
        for i, scores in zip(test, score_model(model, [samples[i] for i in test]), strict=True):
            fitted[i] = scores
    count, cover = FEATURES.index("mass"), FEATURES.index("title_cover")
    plain = [score(s, [row[count] * (1 + 2 * (row[cover] > 0)) for row in s.rows]) for s in samples]
    chosen = sum(len(sample.keys) for sample in samples)
    return {
        "shortlist_recall": round(sum(sum(sample.hits) for sample in samples) / max(1, chosen), 4),
        "cross_validated": summary(fitted),
        "tfidf": summary(plain),
    }


def score_model(model: dict[str, Any], samples: Sequence[Sample]) -> list[tuple[float, float]]:
    """Exact and partial F1 of a model on each sample."""
    compiled = compile_model(model)
    return [score(sample, compiled.probabilities(sample.candidates, sample.rows)) for sample in samples]


def score(sample: Sample, scores: Sequence[float]) -> tuple[float, float]:
    """Exact and partial F1 of the keywords chosen by these scores."""
    chosen = choose(sample.candidates, scores, sample.found, KEYWORDS)
    return measures.keyword_f1(sample.keys, [sample.candidates[i].key for i, _ in chosen])


def summary(scores: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Return the number of articles, and means with intervals of exact and partial F1."""
    found: dict[str, Any] = {"articles": len(scores)}
    for name, values in zip(("f1_exact", "f1_partial"), zip(*scores, strict=True), strict=True):
        found[name] = round(float(np.mean(values)), 4)
        found[f"{name}_interval"] = [
            round(end, 4) for end in measures.interval(values, rounds=ROUNDS, seed=0)
        ]
    return found

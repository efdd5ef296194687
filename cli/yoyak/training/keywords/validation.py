"""What the keywords are worth on articles they were not learned from, beside simpler ways to choose them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from yoyak import keywords
from yoyak.keywords import model
from yoyak.ranking.graph import Vector
from yoyak.training import measures
from yoyak.training.keywords.samples import Sample
from yoyak.training.keywords.trees import export, fit, table
from yoyak.training.measures import KEYWORDS

Chances: TypeAlias = list[float]

FOLDS = 10
# Ways to part the articles into folds: one of them alone says 0.003 more or less than another.
SPLITS = 3
ROUNDS = 1000  # bootstrap samples
MEASURED = {
    "f1_exact": f"F1 of the first {KEYWORDS} keywords against the publisher's own: equal but for spaces, case and marks",
    "f1_partial": "the same, where one of the two may hold the other",
    "shortlist_recall": "share of the publishers' keywords that are weighed at all",
    "scores": "mean over the articles with keywords of their own, each scored by models fitted without it and without "
    f"copies of it: {FOLDS} folds of whole articles, {SPLITS} splits into folds; hashtags and titles only teach",
    "intervals": f"95 %, percentile bootstrap over articles, {ROUNDS} samples",
    "ways": "trees: the ones of this file; logistic: regression on the same features; tfidf: mass, tripled in titles",
}
"""What the figures of a model are, kept beside them in its file."""


def cross_validate(samples: Sequence[Sample], first: Any = None) -> dict[str, Any]:
    """F1@5 of the trees and of simpler ways, each article scored by models that never saw it or a copy of it."""
    from sklearn.model_selection import GroupKFold

    scored = [sample for sample in samples if sample.scored]
    groups = [sample.group for sample in samples]
    figures: dict[str, Any] = {"trees": [], "logistic": [], "tfidf": []}
    for split in range(SPLITS):
        given: dict[int, dict[str, Chances]] = {}
        for train, test in GroupKFold(FOLDS, shuffle=True, random_state=split).split(samples, groups=groups):
            ways = _ways([samples[i] for i in train], first)
            for i in test:
                given[i] = {name: chances(samples[i].rows) for name, chances in ways.items()}
        for name, found in figures.items():
            found.append([score(sample, given[i][name]) for i, sample in enumerate(samples) if sample.scored])
    # One pair of figures for each article: exact and partial, the mean of the splits.
    means = {name: np.mean(found, axis=0) for name, found in figures.items()}
    wanted = sum(len(sample.keys) for sample in scored)
    report: dict[str, Any] = {
        "articles": len(scored),
        "shortlist_recall": round(sum(sum(sample.hits) for sample in scored) / max(1, wanted), 4),
    }
    for column, measure in enumerate(("f1_exact", "f1_partial")):
        report[measure] = {name: round(float(values[:, column].mean()), 4) for name, values in means.items()}
        report[f"{measure}_interval"] = {name: _interval(values[:, column]) for name, values in means.items()}
    return report


def _ways(seen: Sequence[Sample], first: Any) -> dict[str, Callable[[Sequence[model.Row]], Chances]]:
    """Fit the trees and what they are compared with; each gives the chances of the rows of an article."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows, hits = table(seen)
    trees = model.compile_trees({"features": list(model.FEATURES), **export(fit(seen, first), first)})
    logistic = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=500)).fit(rows, hits)
    mass, title = model.FEATURES.index("mass"), model.FEATURES.index("title")
    return {
        "trees": trees.probability,
        "logistic": lambda rows: logistic.predict_proba(rows)[:, 1].tolist() if len(rows) else [],
        "tfidf": lambda rows: [row[mass] * (1 + 2 * (row[title] > 0)) for row in rows],
    }


def score(sample: Sample, chances: Chances) -> tuple[float, float]:
    """F1 of the keywords that are chosen by these chances, exact and partial."""
    found = sample.candidates
    chosen = keywords.choose(found, keywords.rate(found, chances), KEYWORDS)
    return measures.keyword_f1(sample.keys, [found[i].key for i in chosen])


def _interval(values: Vector) -> list[float]:
    return [round(end, 4) for end in measures.interval(values, rounds=ROUNDS, seed=0)]

"""Gradient boosting on histograms (scikit-learn, after LightGBM: Ke et al., NIPS 2017), exported as plain numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from yoyak.keywords.candidates import Candidate
from yoyak.keywords.features import FEATURES
from yoyak.keywords.model import MAX_LEAVES, RATE_FEATURES, rate_keys
from yoyak.training.keywords.samples import Sample

SETTINGS: dict[str, Any] = {
    "max_iter": 100,
    "learning_rate": 0.15,
    "max_leaf_nodes": MAX_LEAVES,
    "max_features": 0.3,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
    "early_stopping": False,
    "random_state": 0,
}
# A rate counts as much as this many candidates of the overall rate do, so that rare words say little.
PRIOR = 10.0
# Fewer candidates than this have no rate of their own.
MIN_CANDIDATES = 6


class Rates:
    """Counts of candidates and of keywords among them, for each of RATE_FEATURES."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self.candidates: Counter[tuple[str, str]] = Counter()
        self.keywords: Counter[tuple[str, str]] = Counter()
        for sample in samples:
            candidates, keywords = _counts(sample)
            self.candidates.update(candidates)
            self.keywords.update(keywords)
        hits = [hit for sample in samples for hit in sample.hits]
        self.overall = sum(hits) / max(1, len(hits))

    def rows_without(self, sample: Sample) -> list[list[float]]:
        """RATE_FEATURES of the candidates of one of the samples, counted without this sample."""
        candidates, keywords = _counts(sample)
        return [
            [self._rate(item, candidates[item], keywords[item]) for item in _items(candidate)]
            for candidate in sample.candidates
        ]

    def tables(self) -> dict[str, dict[str, float]]:
        """Rates by feature and value, as the model file has them; `""` is the overall rate."""
        tables = {name: {"": round(self.overall, 4)} for name in RATE_FEATURES}
        for (name, value), count in sorted(self.candidates.items()):
            if count >= MIN_CANDIDATES:
                tables[name][value] = round(self._rate((name, value)), 4)
        return tables

    def _rate(self, item: tuple[str, str], own_candidates: int = 0, own_keywords: int = 0) -> float:
        count = self.candidates[item] - own_candidates
        if count < MIN_CANDIDATES:
            return self.overall
        return (self.keywords[item] - own_keywords + PRIOR * self.overall) / (count + PRIOR)


def _items(candidate: Candidate) -> Iterator[tuple[str, str]]:
    return zip(RATE_FEATURES, rate_keys(candidate), strict=True)


def _counts(sample: Sample) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    candidates: Counter[tuple[str, str]] = Counter()
    keywords: Counter[tuple[str, str]] = Counter()
    for candidate, hit in zip(sample.candidates, sample.hits, strict=True):
        for item in _items(candidate):
            candidates[item] += 1
            keywords[item] += hit
    return candidates, keywords


def fit(samples: Sequence[Sample]) -> dict[str, Any]:
    """Fit a model to all candidates of the samples: `base`, `trees` and `rates`, as `model.compile_model` reads them."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rates = Rates(samples)
    rows = np.array(
        [
            [*row, *known]
            for sample in samples
            for row, known in zip(sample.rows, rates.rows_without(sample), strict=True)
        ],
        dtype=np.float64,
    )
    hits = np.concatenate([np.array(sample.hits, dtype=np.int64) for sample in samples])
    return {**export(HistGradientBoostingClassifier(**SETTINGS).fit(rows, hits)), "rates": rates.tables()}


def export(classifier: Any) -> dict[str, Any]:
    """Fitted trees as names and numbers.

    scikit-learn has no public access to the nodes of histogram trees, hence the private names.
    """
    base = float(np.ravel(classifier._baseline_prediction)[0])  # noqa: SLF001
    trees = []
    for (predictor,) in classifier._predictors:  # noqa: SLF001
        tree = _branch(predictor.nodes, 0)
        if isinstance(tree, float):
            base += tree
        else:
            trees.append(tree)
    return {"base": round(base, 6), "trees": trees}


def _branch(nodes: npt.NDArray[Any], at: int) -> float | list[Any]:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 5)
    return [
        (*FEATURES, *RATE_FEATURES)[int(node["feature_idx"])],
        float(node["num_threshold"]),
        _branch(nodes, int(node["left"])),
        _branch(nodes, int(node["right"])),
    ]


def settings() -> Mapping[str, Any]:
    """Return the settings of the fit, for the model file."""
    return {**SETTINGS, "prior": PRIOR, "min_candidates": MIN_CANDIDATES}

"""Fit the ranking model: one logistic regression on sentences, with graded targets.

A sentence with target t counts as t of a positive example and 1 - t of a negative one. The inputs are the standardized
features and the morpheme patterns. The scale of the patterns sets how strongly the penalty holds them back compared
with the features.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from yoyak.ranking.features import NAMES
from yoyak.ranking.model import Ranker
from yoyak.training.ranker.samples import Sample

MIN_SENTENCES = 5  # sentences a pattern must occur in
PATTERN_SCALE = 0.5  # 0.3, 0.5 and 0.8 were tried: cross-validated P@3 0.517, 0.522, 0.523
INVERSE_PENALTY = 0.03  # scikit-learn's C; 0.02 and 0.03 were tried
MIN_WEIGHT = 0.002  # smaller weights of patterns are left out of the model file
DIGITS = 4


def fit(samples: Sequence[Sample], *, without: Sequence[str] = ()) -> Ranker:
    """Fit on `samples`. The features named in `without` get no weight; `wording` names the patterns."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    patterns = {} if "wording" in without else _vocabulary(samples)
    dense = np.vstack([np.array(sample.matrix.standardized()).T for sample in samples])
    dense[:, [NAMES.index(name) for name in without if name in NAMES]] = 0.0
    design = sparse.hstack([sparse.csr_matrix(dense), _pattern_matrix(samples, patterns)]).tocsr()
    target = np.concatenate([sample.target for sample in samples])
    rows = np.concatenate([np.flatnonzero(target > 0), np.flatnonzero(target < 1)])
    positive = np.arange(len(rows)) < np.count_nonzero(target > 0)
    model = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear", tol=1e-3, max_iter=200, random_state=0)
    model.fit(design[rows], positive, sample_weight=np.where(positive, target[rows], 1 - target[rows]))
    weights = model.coef_[0]
    wording = weights[len(NAMES) :] * PATTERN_SCALE
    return Ranker(
        weights=tuple(round(float(weight), DIGITS) for weight in weights[: len(NAMES)]),
        wording=_by_kind(dict(zip(patterns, wording.tolist(), strict=True))),
    )


def _by_kind(weights: Mapping[tuple[str, str], float]) -> dict[str, dict[str, float]]:
    tables: dict[str, dict[str, float]] = {}
    for (kind, pattern), weight in weights.items():
        if abs(weight) >= MIN_WEIGHT:
            tables.setdefault(kind, {})[pattern] = round(weight, DIGITS)
    return tables


def _vocabulary(samples: Sequence[Sample]) -> dict[tuple[str, str], int]:
    counts = Counter(chain.from_iterable(chain.from_iterable(sample.patterns for sample in samples)))
    common = sorted(pattern for pattern, count in counts.items() if count >= MIN_SENTENCES)
    return {pattern: at for at, pattern in enumerate(common)}


def _pattern_matrix(samples: Sequence[Sample], vocabulary: dict[tuple[str, str], int]) -> Any:
    from scipy import sparse

    columns: list[int] = []
    ends = [0]
    for own in chain.from_iterable(sample.patterns for sample in samples):
        columns += [at for pattern in own if (at := vocabulary.get(pattern)) is not None]
        ends.append(len(columns))
    values = np.full(len(columns), PATTERN_SCALE)
    return sparse.csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(vocabulary)))

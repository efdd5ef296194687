"""Fit what the words of an article tell of its kind, for `topics`.

A regularized logistic regression (scikit-learn) for each kind that has a name, but the largest, against all other
articles; the articles of rows that name no kind have no subject in common but that of the paper they are from. What
a logit says of an article it has learned from is too sure of itself; the gates learn how far to trust it, so they are
shown what fits without that article say (cross-fitting, as in stacking, Wolpert 1992).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from yoyak.ranking.graph import Matrix
from yoyak.ranking.topics import Topics
from yoyak.training.labels import GENERAL
from yoyak.training.ranker.samples import Sample

C = 1.0  # inverse penalty; 0.1 to 10 tell the kinds apart alike
FEWEST = 20  # articles without which the words of a kind are those of its stories
HELD = 5  # articles of the kind that have a word: in fewer it is a name
COMMON = 0.05  # share of all articles that have a word, from which on its absence tells something
FOLDS = 5


def fit(samples: Sequence[Sample], kinds: Sequence[str]) -> tuple[Topics, Matrix]:
    """Fit on all samples; also the scores of each sample (a row) by a fit without it."""
    own = np.array([sample.collection for sample in samples])
    terms = [sample.sheet.terms for sample in samples]
    able = [kind for kind in kinds[1:] if kind != GENERAL and (own == kind).sum() >= FEWEST]
    parts = np.zeros(len(samples), dtype=int)
    generator = np.random.default_rng(0)
    for kind in kinds:
        rows = np.flatnonzero(own == kind)
        parts[rows] = generator.permutation(len(rows)) % FOLDS
    crossed = np.zeros((len(samples), len(able)))
    for fold in range(FOLDS):
        taught = np.flatnonzero(parts != fold)
        topics = _fit([terms[i] for i in taught], own[taught].tolist(), able)
        for i in np.flatnonzero(parts == fold):
            crossed[i] = topics.scores(terms[i])
    return _fit(terms, own.tolist(), able), crossed


def _fit(terms: Sequence[Sequence[str]], own: Sequence[str], kinds: Sequence[str]) -> Topics:
    """Fit one logit for each of `kinds` on the articles that have these terms and are of the kinds `own`."""
    everywhere = Counter(chain.from_iterable(terms))
    common = {term for term, count in everywhere.items() if count >= COMMON * len(terms)}
    columns: list[dict[str, float]] = []
    bias: list[float] = []
    for kind in kinds:
        inside = np.array([name == kind for name in own])
        held = Counter(
            chain.from_iterable([words for words, mine in zip(terms, inside, strict=True) if mine])
        )
        vocabulary = sorted(common | {term for term, count in held.items() if count >= HELD})
        weights, start = _logit(terms, inside, vocabulary)
        columns.append(dict(zip(vocabulary, weights, strict=True)))
        bias.append(start)
    words = sorted(set(chain.from_iterable(columns)))
    return Topics(
        kinds=tuple(kinds),
        words={word: tuple([column.get(word, 0.0) for column in columns]) for word in words},
        bias=tuple(bias),
    )


def _logit(
    terms: Sequence[Sequence[str]], inside: npt.NDArray[np.bool_], vocabulary: Sequence[str]
) -> tuple[list[float], float]:
    """Weights of the words of a vocabulary, and the intercept, of the logit that tells what is inside from what is not."""
    if not vocabulary:
        return [], 0.0
    from scipy.sparse import csr_array
    from sklearn.linear_model import LogisticRegression

    numbers = {word: at for at, word in enumerate(vocabulary)}
    rows = [sorted([numbers[term] for term in own if term in numbers]) for own in terms]
    values = [1.0 / math.sqrt(max(1, len(own))) for own in terms]
    sizes = [len(row) for row in rows]
    table = csr_array(
        (
            np.repeat(values, sizes),
            np.fromiter(chain.from_iterable(rows), dtype=np.int64),
            np.cumsum([0, *sizes]),
        ),
        shape=(len(terms), len(vocabulary)),
    )
    logit = LogisticRegression(C=C, class_weight="balanced", max_iter=1000).fit(table, inside)
    return logit.coef_[0].tolist(), float(logit.intercept_[0])

"""Fit gates and weights of the learned ranker.

Kinds. Collections of labels disagree. A multinomial logit (scikit-learn) tells them apart by the traits of an
article and by what its words tell (`subjects`); each collection but the largest gets weights of its own beside the shared ones, and how much they count in
an article is that logit's say. Weights minimize the listwise cross entropy (ListNet, Cao et al. 2007; for one
choice the conditional logit of McFadden 1974) with ridge penalties, by L-BFGS: convex, so the same labels
give the same model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from yoyak.ranking import features
from yoyak.ranking.cover import Cover
from yoyak.ranking.features import Sheet
from yoyak.ranking.graph import Matrix, Vector
from yoyak.ranking.model import Ranker, Row
from yoyak.training.ranker import pairs, subjects
from yoyak.training.ranker.pairs import Vocabulary
from yoyak.training.ranker.samples import Sample

WEAK = 2.0  # all decks together weigh this much of all human choices; 12 costs 0.05 on both human sets
RIDGE = 8.0  # penalty of the shared weights; 1 to 16 give the same scores within their noise
EXPERT_RIDGE = 16.0  # penalty of what a kind has of its own: 50 articles bear little; 8 to 32 score alike
GATE_C = 1.0  # inverse penalty of the kinds' logit, on standardized traits
DIVERSITY = 0.1  # of the selection; 0 to 0.2 give the same scores, and 0.1 less repetition


def fit_cover(samples: Sequence[Sample], vocabulary: Vocabulary) -> Cover | None:
    """Fit what pairs are worth; None where there are no decks."""
    taught = [(sample.lesson, sample.collection) for sample in samples if sample.lesson]
    if not taught:
        return None
    return pairs.fit([lesson for lesson, _ in taught], vocabulary, [kind for _, kind in taught])


def fit(samples: Sequence[Sample], *, without: Sequence[int] = (), by_words: bool = True) -> Ranker:
    """Fit gates and weights; the features at the positions `without` get no weight, nor words unless `by_words`."""
    counts = Counter(sample.collection for sample in samples)
    kinds = tuple(sorted(counts, key=lambda kind: (-counts[kind], kind)))
    topics, told = subjects.fit(samples, kinds if by_words else ())
    traits = np.hstack([np.array([sample.sheet.traits for sample in samples]), told])
    mean, scale, gates, bias = _gates(traits, [sample.collection for sample in samples], kinds)
    width = len(features.NAMES)
    blank = Ranker(
        kinds=kinds, mean=tuple(mean.tolist()), scale=tuple(scale.tolist()), gates=_plain(gates),
        bias=tuple(bias.tolist()), shared=(), experts=(), diversity=DIVERSITY,
        topics=topics if topics.kinds else None,
    )  # fmt: skip
    ridge = np.sqrt(np.repeat([RIDGE, *[EXPERT_RIDGE] * (len(kinds) - 1)], width))
    columns = np.ones(width)
    columns[list(without)] = 0.0
    ridge /= np.tile(np.maximum(columns, 1e-9), len(kinds))
    designs = [
        _design(sample.sheet, blank.gate(own)) / ridge
        for sample, own in zip(samples, traits.tolist(), strict=True)
    ]
    human = sum(1 for sample in samples if sample.view is None)
    weak = len(samples) - human
    share = WEAK * human / weak if human and weak else 1.0
    weights = np.array([share if sample.view else 1.0 for sample in samples])
    found = listwise(designs, [sample.target for sample in samples], weights) / ridge
    table = found.reshape(len(kinds), width)
    shared, *experts = _plain(table)
    return replace(blank, shared=shared, experts=tuple(experts))


def _plain(table: Matrix) -> tuple[Row, ...]:
    return tuple(map(tuple, table.tolist()))


def _gates(
    traits: Matrix, names: Sequence[str], kinds: tuple[str, ...]
) -> tuple[Vector, Vector, Matrix, Vector]:
    """Mean and scale of the traits, and the logit that tells the kinds apart by them."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(traits)
    if len(kinds) == 1:
        return scaler.mean_, scaler.scale_, np.zeros((1, traits.shape[1])), np.zeros(1)
    logit = LogisticRegression(C=GATE_C, class_weight="balanced", max_iter=1000)
    logit.fit(scaler.transform(traits), names)
    if len(kinds) == 2:  # scikit-learn gives one row for two classes: the odds of the second
        coefficients = np.vstack((np.zeros_like(logit.coef_), logit.coef_))
        intercepts = np.array([0.0, logit.intercept_[0]])
    else:
        coefficients, intercepts = logit.coef_, logit.intercept_
    order = [list(logit.classes_).index(kind) for kind in kinds]
    return scaler.mean_, scaler.scale_, coefficients[order], intercepts[order]


def _design(sheet: Sheet, kind: Sequence[float]) -> Matrix:
    """Features once for the shared weights, then once for each expert, times its gate."""
    values = sheet.values
    return np.hstack([values, *[gate * values for gate in kind[1:]]])


def listwise(designs: Sequence[Matrix], targets: Sequence[Vector], weights: Vector) -> Vector:
    """Minimize the weighted cross entropy between targets and the softmax of scores, plus the squares of the result."""
    from scipy.optimize import minimize

    rows = np.vstack(designs)
    sizes = [len(design) for design in designs]
    starts = np.cumsum([0, *sizes[:-1]])
    owner = np.repeat(np.arange(len(sizes)), sizes)
    wanted = np.concatenate(targets)
    weight = weights[owner]

    def loss(found: Vector) -> tuple[float, Vector]:
        scores = rows @ found
        top = np.maximum.reduceat(scores, starts)
        odds = np.exp(scores - top[owner])
        total = np.add.reduceat(odds, starts)
        value = float(
            (weights * (np.log(total) + top)).sum() - (weight * wanted * scores).sum() + found @ found
        )
        return value, rows.T @ (weight * (odds / total[owner] - wanted)) + 2 * found

    return np.asarray(
        minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    )

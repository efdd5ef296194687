"""Gradient boosting (Friedman 2001; scikit-learn), and its trees as plain names and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from yoyak.keywords import model as keyword_model
from yoyak.ranking.graph import Matrix
from yoyak.training.keywords.samples import Sample

# Small trees that see a fifth of the features at a time, slowly: of some twenty settings, which differ by 0.01 at most.
SETTINGS: dict[str, Any] = {
    "n_estimators": 110,
    "max_leaf_nodes": keyword_model.MOST_LEAVES,
    "max_depth": 6,
    "max_features": 0.2,
    "learning_rate": 0.07,
    "min_samples_leaf": 30,
    "subsample": 0.7,
    "random_state": 0,
}
TITLE_SETTINGS: dict[str, Any] = {
    **SETTINGS,
    "n_estimators": 60,
    "max_features": 0.3,
    "learning_rate": 0.16,
    "min_samples_leaf": 100,
    "subsample": 0.4,
}


def fit_titles(samples: Sequence[Sample]) -> Any:
    """Gradient boosting that tells from a body what its title takes up, but not by what titles usually take up."""
    from sklearn.ensemble import GradientBoostingClassifier

    rows, hits = table(samples)
    rows[:, keyword_model.FEATURES.index("title_share")] = 0.0
    return GradientBoostingClassifier(**TITLE_SETTINGS).fit(rows, hits)


def fit(samples: Sequence[Sample], first: Any = None) -> Any:
    """Gradient boosting fitted to the candidates of all samples, on top of what `first` says, as far as it is right."""
    from sklearn.ensemble import GradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    start = None
    if first is not None:
        odds = FunctionTransformer(lambda rows: first.decision_function(rows)[:, None])
        start = make_pipeline(odds, LogisticRegression(C=10.0))
    return GradientBoostingClassifier(init=start, **SETTINGS).fit(*table(samples))


def table(samples: Sequence[Sample]) -> tuple[Matrix, npt.NDArray[np.int64]]:
    """Stack the candidates of all samples: their features, and 1 for those the publisher chose."""
    rows = np.array([row for sample in samples for row in sample.rows], dtype=np.float64)
    return rows, np.concatenate([np.array(sample.hits, dtype=np.int64) for sample in samples])


def export(model: Any, first: Any = None) -> dict[str, Any]:
    """Fitted trees as plain names and numbers, as `scoring.compile_trees` reads them: those of `first` come first.

    A tree is a number or `[feature, threshold, branch if at most, branch if above]`.
    """
    base, trees = _unfold(model, 1.0)
    if first is None:
        base += _prior(model)
    else:
        start = model.init_[-1]
        weight = float(start.coef_[0, 0])
        more, others = _unfold(first, weight)
        base += more + float(start.intercept_[0]) + weight * _prior(first)
        trees = others + trees
    return {"base": round(base, 6), "trees": trees}


def _prior(model: Any) -> float:
    share = float(model.init_.class_prior_[1])
    return float(np.log(share / (1 - share)))


def _unfold(model: Any, weight: float) -> tuple[float, list[Any]]:
    """Return what the trees that ask nothing add up to, and the others; all values times `weight`."""
    rate = weight * float(model.learning_rate)
    base, trees = 0.0, []
    for (stage,) in model.estimators_:
        tree = stage.tree_

        def branch(node: int, tree: Any = tree) -> Any:
            if tree.children_left[node] < 0:
                return round(rate * float(tree.value[node][0][0]), 5)
            return [
                keyword_model.FEATURES[tree.feature[node]],
                float(f"{tree.threshold[node]:.6g}"),
                branch(int(tree.children_left[node])),
                branch(int(tree.children_right[node])),
            ]

        if tree.node_count > 1:
            trees.append(branch(0))
        else:
            base += branch(0)
    return base, trees

"""Cross-validate the ranking model: scores on articles that it was not fitted on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

import numpy as np

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.options import Length, RankOptions
from yoyak.core.values import Sentence
from yoyak.ranking import rank, select
from yoyak.ranking.explain import GROUPS
from yoyak.ranking.graph import Vector
from yoyak.ranking.model import Ranker
from yoyak.training import measures
from yoyak.training.measures import SENTENCES, Score
from yoyak.training.ranker.fitting import fit
from yoyak.training.ranker.samples import Sample

FOLDS = 5
SEEDS = 2  # splits into folds; one split alone can be 0.01 off
CURVE_SHARES = (0.25, 0.5, 1.0)
LENGTH = Length(sentences=SENTENCES)

MEASURED = {
    "scores": f"summaries of {SENTENCES} sentences of articles that were not fitted on: {FOLDS} folds by article, "
    f"{SEEDS} splits; mean and 95 % bootstrap interval over articles; `lead` is the first sentences",
    "over_lead": "paired difference in P@3 to the first sentences, with its 95 % interval",
    "learning_curve": "P@3 by number of articles fitted on, the same folds of one split",
    "without": "change of P@3 without a group of features, the same folds of one split",
    "transfer": "scores on label files that were never fitted on; mean, low and high of the 95 % interval",
}
"""What the figures of a report mean, stored with them in the model file."""

Fit = Callable[[Sequence[Sample]], Ranker]


def cross_validate(samples: Sequence[Sample]) -> dict[str, Any]:
    """Scores of the model and of the first sentences. Raises OptionError if too few articles differ."""
    values: dict[str, dict[str, dict[int, float]]] = {"hybrid": {}, "lead": {}}
    for seed in range(SEEDS):
        for train, test in _folds(samples, seed):
            ranker = fit([samples[i] for i in train])
            for at in test:
                for method, model in (("hybrid", ranker), ("lead", None)):
                    for score in score_summary(samples[at], model):
                        own = values[method].setdefault(score.measure, {})
                        own[at] = own.get(at, 0.0) + score.value / SEEDS
    scores: dict[str, Any] = {
        method: {measure: _figures(_in_order(means)) for measure, means in own.items()}
        for method, own in values.items()
    }
    name = f"P@{SENTENCES}"
    scores["over_lead"] = _figures(_in_order(values["hybrid"][name]) - _in_order(values["lead"][name]))
    return scores


def _in_order(means: Mapping[int, float]) -> Vector:
    """Values in the order of the articles; an article without labels for a measure has none."""
    return np.array([means[at] for at in sorted(means)])


def _figures(values: Vector) -> list[float]:
    """Mean over articles and the ends of its interval."""
    ends = measures.interval(values, rounds=measures.BOOTSTRAP_ROUNDS, seed=measures.BOOTSTRAP_SEED)
    return [round(value, 4) for value in (float(values.mean()), *ends)]


def score_summary(sample: Sample, ranker: Ranker | None) -> Iterator[Score]:
    """Measures of the summary that `ranker` gives; None: the first sentences."""
    chosen = _choose(sample, ranker)
    ordered = [sentence.index for sentence in chosen]
    yield from measures.choice_scores(sorted(ordered), sample.chosen)
    yield from measures.first_choice_scores(ordered[:1], sample.chosen)
    yield from measures.editor_scores(sorted(chosen, key=lambda s: s.index), sample.chosen, sample.acceptable)


def _choose(sample: Sample, ranker: Ranker | None) -> list[Sentence]:
    """Sentences of the summary, the best first."""
    options = RankOptions(method="hybrid" if ranker else "lead", length=LENGTH)
    ranking = rank.rank_with(ranker, sample.analysis, options=options)
    chosen = select.select_ordered(sample.analysis, ranking, options=options)
    return [sample.analysis.sentences[index] for index in chosen]


def learning_curve(samples: Sequence[Sample]) -> dict[str, float]:
    """P@3 by number of articles fitted on."""
    curve: dict[str, float] = {}
    for share in CURVE_SHARES:
        size = int(len(samples) * (FOLDS - 1) / FOLDS * share)
        curve[str(size)] = _precision(samples, fit, size)
    return curve


def ablation(samples: Sequence[Sample]) -> dict[str, float]:
    """Change of P@3 without each group of features."""
    whole = _precision(samples, fit)
    changes: dict[str, float] = {}
    for name, group in GROUPS.items():
        fit_without = partial(fit, without=group)
        changes[name] = round(_precision(samples, fit_without) - whole, 4)
    return changes


def _precision(samples: Sequence[Sample], fit_on: Fit, size: int | None = None) -> float:
    """P@3 over one split, fitted on at most `size` articles of each training part."""
    values = list(
        chain.from_iterable(
            _fold_precision(samples, test, fit_on([samples[i] for i in train[:size]]))
            for train, test in _folds(samples, 0)
        )
    )
    return round(float(np.mean(values)), 4)


def _fold_precision(samples: Sequence[Sample], test: Iterable[int], ranker: Ranker) -> Iterator[float]:
    for at in test:
        chosen = _choose(samples[at], ranker)
        yield len(samples[at].chosen.intersection(s.index for s in chosen)) / SENTENCES


def _folds(samples: Sequence[Sample], seed: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield indices to fit on, in random order, and indices to score. Copies of an article stay on one side."""
    seen: dict[str, int] = {}
    groups = np.array([seen.setdefault(sample.analysis.article.text, len(seen)) for sample in samples])
    if len(seen) < FOLDS:
        raise OptionError(text("cross-validation needs at least {fewest} different articles", fewest=FOLDS))
    order = np.random.default_rng(seed).permutation(len(seen))
    for fold in range(FOLDS):
        held = np.isin(groups, order[fold::FOLDS])
        train = np.flatnonzero(~held)
        yield np.random.default_rng(seed).permutation(train).tolist(), np.flatnonzero(held).tolist()

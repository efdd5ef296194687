"""What a fit is worth on articles it has not seen, beside the first sentences and without some features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.options import Length, RankOptions
from yoyak.core.values import Ranking
from yoyak.ranking import features, select
from yoyak.ranking.cover import Cover
from yoyak.ranking.graph import Vector
from yoyak.ranking.model import Ranker
from yoyak.training import measures
from yoyak.training.measures import BUDGET
from yoyak.training.ranker.fitting import fit, fit_cover
from yoyak.training.ranker.pairs import Vocabulary
from yoyak.training.ranker.samples import SENTENCES, Sample

FOLDS = 5
# Splits into folds that articles with chosen sentences are scored by: one of them alone is 0.02 off.
REPEATS = 5
ROUNDS = 2000  # bootstrap samples of an interval
# One deck in so many is scored, and is learned from where fits are many: the ablation, repeated folds. All decks
# together weigh the same, many or few.
THINNING = 6
GROUPS: dict[str, tuple[str, ...]] = {
    "position": ("order", "relative", "first", "second", "last"),
    "length": ("length", "log_length"),
    "mass": ("mass", "frequency", "weight", "density", "terms"),
    "centroid": ("centroid", "coverage"),
    "title": ("title", "title_share"),
    "quote": ("quote", "opens_quote", "before_quote"),
    "counts": ("numbers", "names", "foreign", "brackets", "units", "commas", "date"),
    "verbs": ("source", "speech", "announce", "finding", "plan", "definition", "past"),
    "cues": ("topic", "leans", "adds", "turns", "aside", "stresses", "concludes", "leaned_on"),
    "research": ("research",),
    "neighbours": ("before_length", "after_length"),
}
"""What features are left out together when the report says what each is worth."""

MEASURED = {
    "chosen sentences": f"precision of {SENTENCES} sentences",
    "decks": f"recall of the deck's bigrams in the first {BUDGET} characters of {SENTENCES} sentences",
    "lead": "the first sentences instead of the best",
    "cross_validated": f"summaries as yoyak chooses them, of articles not learned from: {FOLDS} folds by article, mean of "
    f"{REPEATS} splits for chosen sentences, one split and one deck in {THINNING} for decks",
    "by_score": "the same without choosing the summary as a whole",
    "over_lead": f"95 % interval of cross_validated minus lead, paired, percentile bootstrap over articles, {ROUNDS} samples",
    "never_seen": "fitted on the other collections alone",
    "without": f"cross-validated without a group of features, or the words that tell the kind, minus with it; by score, one split, one deck in {THINNING}",
}
"""What the figures of a report are, kept beside them in the model file."""


def cross_validate(
    samples: Sequence[Sample], vocabulary: Vocabulary, cover: Cover | None
) -> tuple[dict[str, dict[str, float]], dict[str, list[float]]]:
    """Score articles the fit has not seen, collection by collection, beside lead; and whole collections it has not seen.

    Scores are precision of three sentences against people's choice, or recall of a deck's bigrams in 250
    characters: of the first three sentences (`lead`), of a fit on other articles (`cross_validated`, and `by_score`
    without choosing summaries as a whole), and of a fit on the other collections alone (`never_seen`). The second
    result has the interval of cross_validated minus lead. `cover` is fitted on all decks, for articles that have none.
    Raises OptionError where too few articles differ.
    """
    whole, alone, scored = _unseen(samples, vocabulary, cover)
    report: dict[str, dict[str, float]] = {}
    intervals: dict[str, list[float]] = {}
    kinds = sorted({sample.collection for sample in samples})
    for kind in kinds:
        own = [i for i, sample in enumerate(samples) if sample.collection == kind and scored[i]]
        lead = np.array([judge(samples[i], None) for i in own])
        report[kind] = {
            "lead": _mean(lead),
            "cross_validated": _mean(whole[own]),
            "by_score": _mean(alone[own]),
        }
        ends = measures.interval(whole[own] - lead, rounds=ROUNDS, seed=0)
        intervals[kind] = [round(end, 4) for end in ends]
        if len(kinds) > 1:
            others = [sample for sample in samples if sample.collection != kind]
            decked = any(samples[i].lesson for i in own)
            stranger = replace(fit(others), cover=fit_cover(others, vocabulary) if decked else cover)
            report[kind]["never_seen"] = _mean(judge(samples[i], stranger) for i in own)
    return report, intervals


def _unseen(
    samples: Sequence[Sample], vocabulary: Vocabulary, cover: Cover | None
) -> tuple[Vector, Vector, npt.NDArray[np.bool_]]:
    """Scores of each sample by fits without it: of whole summaries, and by score; and which samples were scored at all."""
    whole, alone, runs = (np.zeros(len(samples)) for _ in range(3))
    people = [i for i, sample in enumerate(samples) if sample.view is None]
    decks = [i for i, sample in enumerate(samples) if sample.view is not None]

    def score(rows: Iterable[int], ranker: Ranker) -> None:
        for i in rows:
            whole[i] += judge(samples[i], ranker)
            alone[i] += judge(samples[i], replace(ranker, cover=None))
            runs[i] += 1

    wanted = {*people, *([i for i in decks if samples[i].analysis] or decks)}
    for train, test in _folds(samples, range(len(samples)), 0):
        taught = [samples[i] for i in train]
        score(wanted.intersection(test), replace(fit(taught), cover=fit_cover(taught, vocabulary)))
    for repeat in range(1, REPEATS if people else 1):
        for train, test in _folds(samples, people, repeat):
            score(test, replace(fit([samples[i] for i in (*train, *decks[::THINNING])]), cover=cover))
    counted = np.maximum(runs, 1)
    return whole / counted, alone / counted, runs > 0


def _folds(
    samples: Sequence[Sample], rows: Sequence[int], repeat: int
) -> Iterable[tuple[list[int], list[int]]]:
    """Part `rows` into what is learned from and what is scored, FOLDS times."""
    from sklearn.model_selection import GroupKFold

    seen: dict[bytes, int] = {}  # copies of an article never stand on both sides of a fold
    groups = [seen.setdefault(samples[i].sheet.values.tobytes(), len(seen)) for i in rows]
    if len(seen) < FOLDS:
        raise OptionError(
            text(
                "training needs at least {fewest} different articles; there are {count}",
                count=len(seen),
                fewest=FOLDS,
            )
        )
    # Of the groups: GroupKFold keeps their order unless told.
    order = np.random.default_rng(repeat).permutation(len(seen))
    shuffled = [int(order[group]) % FOLDS for group in groups]
    for train, test in GroupKFold(FOLDS).split(rows, groups=shuffled):
        yield [rows[i] for i in train], [rows[i] for i in test]


def judge(sample: Sample, ranker: Ranker | None) -> float:
    """Score of the summary of three sentences of one article; ranker None takes the first three."""
    best = _summary(sample, ranker)
    if sample.view is not None:
        return float(sample.view.shown(np.array([best]))[0])
    return len(sample.chosen.intersection([sample.sheet.rows[i] for i in best])) / SENTENCES


def _summary(sample: Sample, ranker: Ranker | None) -> list[int]:
    """Rows of the sheet that are chosen: as `selection` does where the analysis was kept, else the best three."""
    rows = sample.sheet.rows
    if ranker is None:
        return [*range(min(SENTENCES, len(rows)))]
    scores = ranker.scores(sample.sheet)
    if sample.analysis is None:
        return sorted(np.argsort(-np.array(scores), kind="stable")[:SENTENCES].tolist())
    everywhere = [min(scores)] * len(sample.analysis.sentences)
    for row, score in zip(rows, scores, strict=True):
        everywhere[row] = score
    kinds = dict(zip(ranker.kinds, ranker.kind(sample.sheet), strict=True))
    chosen = select.choose(
        sample.analysis,
        Ranking(scores=tuple(everywhere), kinds=kinds),
        options=RankOptions(length=Length(sentences=SENTENCES)),
        model=ranker,
    )
    return [rows.index(index) for index in chosen]


def ablation(samples: Sequence[Sample]) -> dict[str, dict[str, float]]:
    """Tell what every group of features is worth: cross-validated scores without it, minus those with all.

    Of articles with a deck one in THINNING is used; decks keep their weight as a whole.
    """
    decks = [sample for sample in samples if sample.view is not None]
    kept = [sample for sample in samples if sample.view is None] + decks[::THINNING]
    whole = _by_score(kept, ())
    left_out = {
        name: _by_score(kept, [features.NAMES.index(column) for column in columns])
        for name, columns in GROUPS.items()
    }
    left_out["words"] = _by_score(kept, (), by_words=False)
    return {
        name: {kind: round(score - whole[kind], 4) for kind, score in scores.items()}
        for name, scores in left_out.items()
    }


def _by_score(
    samples: Sequence[Sample], without: Sequence[int], *, by_words: bool = True
) -> dict[str, float]:
    """Cross-validated scores of each collection without some features or words, sentences chosen by their scores."""
    found = np.zeros(len(samples))
    for train, test in _folds(samples, range(len(samples)), 0):
        ranker = fit([samples[i] for i in train], without=without, by_words=by_words)
        found[test] = [judge(samples[i], ranker) for i in test]
    kinds = np.array([sample.collection for sample in samples])
    return {kind: _mean(found[kinds == kind]) for kind in sorted(set(kinds.tolist()))}


def _mean(values: Iterable[float]) -> float:
    return round(float(np.mean(list(values))), 4)

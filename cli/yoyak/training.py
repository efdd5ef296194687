"""Fit the learned ranker: `yoyak train LABELS... -o MODEL`.

    labels -> samples (features and a target) -> gates -> listwise logit -> Ranker -> JSON
    decks  -> lessons -> logit of pairs (`cover_training`) -> Cover, which chooses whole summaries

Targets. Where people chose sentences, each chosen one is as good as the other. Where an editor wrote a deck, the
target of a sentence is the share of good summaries it is in: every set of three sentences is scored by the
deck's bigrams that its first 250 characters hold, and sets count by exp(SHARPNESS x score). So a sentence is judged
by the set it helps to make, with its length and what others say already, and not alone.

Kinds. Collections of labels disagree. A multinomial logit (scikit-learn) tells them apart by the traits of an
article; each collection but the largest gets weights of its own beside the shared ones, and how much they count in
an article is that logit's say. Weights minimize the listwise cross entropy (ListNet, Cao et al. 2007; for one
choice the conditional logit of McFadden 1974) with ridge penalties, by L-BFGS: convex, so the same labels
give the same model.

    run(labels, ...) -> Trained(ranker, report)     fit and cross-validate; raises OptionError, InputError
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from yoyak import cover_training, features, labels, morphology, rouge, selection
from yoyak.cover import Cover
from yoyak.cover_training import Lesson, Vocabulary
from yoyak.errors import OptionError
from yoyak.features import Sheet
from yoyak.graphs import Indices, Matrix, Vector
from yoyak.labels import Label
from yoyak.learned import Ranker, Row
from yoyak.messages import text
from yoyak.model import Analysis, Ranking
from yoyak.options import Length, RankOptions

SENTENCES = 3  # the length of a summary that targets and reports are about
BUDGET = 250  # characters of a summary that a deck is compared with
SHARPNESS = 40.0  # sets within 0.02 of the best count about as much as the best
WIDEST = 24  # sentences from which sets are made: 2,024 sets; the others share no bigram that matters
WEAK = 2.0  # all decks together weigh this much of all human choices; 12 costs 0.05 on both human sets
RIDGE = 8.0  # penalty of the shared weights; 1 to 16 give the same scores within their noise
EXPERT_RIDGE = (
    16.0  # penalty of what a kind has of its own: 50 articles bear little; 8 to 32 give the same scores
)
GATE_C = 1.0  # inverse penalty of the kinds' logit, on standardized traits
FOLDS = 5
REPEATS = (
    5  # splits into folds that articles with chosen sentences are scored by: one of them alone is 0.02 off
)
ROUNDS = 2000  # bootstrap samples of an interval
FEWEST = 20  # labelled articles without which a fit is noise
DIVERSITY = 0.1  # of the selection; 0 to 0.2 give the same scores, and 0.1 less repetition
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
    "without": f"cross-validated without a group of features, minus with it; by score, one split, one deck in {THINNING}",
}
"""What the figures of a report are, kept beside them in the model file."""


@dataclass(frozen=True, slots=True)
class View:
    """What sets of sentences show of a deck.

    `reach[i, b]`: characters of sentence i after which it holds bigram b; `weight[b]`: b's share of the deck.
    """

    reach: Indices
    weight: Vector
    lengths: Indices

    def shown(self, sets: Indices) -> Vector:
        """Recall of the deck's bigrams in the first BUDGET characters of each set, a row of indices in order."""
        starts = np.zeros(sets.shape, dtype=np.int64)
        starts[:, 1:] = np.cumsum(self.lengths[sets[:, :-1]] + 1, axis=1)
        held = np.zeros((len(sets), len(self.weight)), dtype=bool)
        for column in range(sets.shape[1]):
            held |= self.reach[sets[:, column]] <= (BUDGET - starts[:, column])[:, None]
        return np.asarray(held @ self.weight)


@dataclass(frozen=True, slots=True)
class Sample:
    """One article to learn from; `target` and the sets of `view` are over the sheet's rows.

    `lesson`: what it teaches of pairs, where it has a deck. `analysis` is kept of articles that are scored as well.
    """

    collection: str
    sheet: Sheet
    target: Vector
    chosen: frozenset[int]
    view: View | None
    lesson: Lesson | None = None
    analysis: Analysis | None = None


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
        sample = sample_of(label, morphology.analyze(label.article, words), words, vocabulary)
        if sample is not None:
            scored = sample.view is None or len(samples) % THINNING == 0
            samples.append(sample if scored else replace(sample, analysis=None))
        if on_article:
            on_article(count)
    if len(samples) < FEWEST:
        raise OptionError(
            text(
                "Only {count} articles have labels to rank by; {fewest} are the least.",
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


def sample_of(
    label: Label, analysis: Analysis, words: tuple[tuple[str, str], ...], vocabulary: Vocabulary
) -> Sample | None:
    """Make a sample; None where nothing tells its sentences apart. Morphemes are numbered in `vocabulary`."""
    if not analysis.sentences:
        return None
    sentences = features.candidates(analysis)
    sheet = features.sheet(analysis, sentences)
    if label.chosen:
        picked = np.array([float(row in label.chosen) for row in sheet.rows])
        if not picked.any():
            return None
        return Sample(label.collection, sheet, picked / picked.sum(), label.chosen, None, None, analysis)
    if not label.deck:
        return None
    deck = morphology.tokenize(label.deck, words)
    view = view_of(analysis, sheet.rows, rouge.units(deck))
    shares = _shares(view)
    if shares is None:
        return None
    lesson = cover_training.lesson_of(sentences, deck, vocabulary)
    return Sample(label.collection, sheet, shares, frozenset(), view, lesson, analysis)


def view_of(analysis: Analysis, rows: Sequence[int], deck: Sequence[str]) -> View:
    """Where the bigrams of a deck stand in the sentences `rows`."""
    wanted = rouge.grams(deck, 2)
    columns = {gram: at for at, gram in enumerate(wanted)}
    sentences = [analysis.sentences[row] for row in rows]
    reach = np.full((len(sentences), len(columns)), np.iinfo(np.int32).max, dtype=np.int64)
    for at, sentence in enumerate(sentences):
        held = [token for token in sentence.tokens if rouge.is_unit(token)]
        names = rouge.units(held)
        for pair, second in zip(pairwise(names), held[1:], strict=False):
            column = columns.get(pair)
            if column is not None:
                reach[at, column] = min(reach[at, column], second.end - sentence.start)
    weight = np.array(list(wanted.values()), dtype=np.float64)
    return View(reach, weight / max(1.0, weight.sum()), np.array([len(s.text) for s in sentences]))


@lru_cache(maxsize=64)
def _sets(n: int) -> Indices:
    return np.array(list(combinations(range(n), min(SENTENCES, n))), dtype=np.int64)


def _shares(view: View) -> Vector | None:
    """Share of good sets that each sentence is in, summing to 1; None where no set shows anything of the deck."""
    n = len(view.lengths)
    alone = (view.reach <= BUDGET) @ view.weight
    keep = np.sort(np.argsort(-alone, kind="stable")[:WIDEST])
    sets = keep[_sets(len(keep))]
    scores = view.shown(sets)
    if not scores.any():
        return None
    odds = np.exp(SHARPNESS * (scores - scores.max()))
    shares = np.bincount(sets.ravel(), weights=np.repeat(odds, sets.shape[1]), minlength=n)
    return np.asarray(shares / shares.sum())


def fit_cover(samples: Sequence[Sample], vocabulary: Vocabulary) -> Cover | None:
    """Fit what pairs are worth; None where there are no decks."""
    taught = [(sample.lesson, sample.collection) for sample in samples if sample.lesson]
    if not taught:
        return None
    return cover_training.fit([lesson for lesson, _ in taught], vocabulary, [kind for _, kind in taught])


def fit(samples: Sequence[Sample], *, without: Sequence[int] = ()) -> Ranker:
    """Fit gates and weights; the features at the positions `without` get no weight."""
    counts = Counter(sample.collection for sample in samples)
    kinds = tuple(sorted(counts, key=lambda kind: (-counts[kind], kind)))
    mean, scale, gates, bias = _gates(samples, kinds)
    width = len(features.NAMES)
    blank = Ranker(
        kinds=kinds, mean=tuple(mean.tolist()), scale=tuple(scale.tolist()), gates=_plain(gates),
        bias=tuple(bias.tolist()), shared=(), experts=(), diversity=DIVERSITY,
    )  # fmt: skip
    ridge = np.sqrt(np.repeat([RIDGE, *[EXPERT_RIDGE] * (len(kinds) - 1)], width))
    columns = np.ones(width)
    columns[list(without)] = 0.0
    ridge /= np.tile(np.maximum(columns, 1e-9), len(kinds))
    designs = [_design(sample.sheet, blank) / ridge for sample in samples]
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


def _gates(samples: Sequence[Sample], kinds: tuple[str, ...]) -> tuple[Vector, Vector, Matrix, Vector]:
    """Mean and scale of the traits, and the logit that tells the kinds apart by them."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    traits = np.array([sample.sheet.traits for sample in samples])
    scaler = StandardScaler().fit(traits)
    if len(kinds) == 1:
        return scaler.mean_, scaler.scale_, np.zeros((1, traits.shape[1])), np.zeros(1)
    names = [sample.collection for sample in samples]
    logit = LogisticRegression(C=GATE_C, class_weight="balanced", max_iter=1000)
    logit.fit(scaler.transform(traits), names)
    if len(kinds) == 2:  # scikit-learn gives one row for two classes: the odds of the second
        coefficients = np.vstack((np.zeros_like(logit.coef_), logit.coef_))
        intercepts = np.array([0.0, logit.intercept_[0]])
    else:
        coefficients, intercepts = logit.coef_, logit.intercept_
    order = [list(logit.classes_).index(kind) for kind in kinds]
    return scaler.mean_, scaler.scale_, coefficients[order], intercepts[order]


def _design(sheet: Sheet, ranker: Ranker) -> Matrix:
    """Features once for the shared weights, then once for each expert, times its gate."""
    gates = ranker.kind(sheet.traits)[1:]
    values = sheet.values
    return np.hstack([values, *[gate * values for gate in gates]])


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
    whole, alone, runs = (np.zeros(len(samples)) for _ in range(3))
    people = [i for i, sample in enumerate(samples) if sample.view is None]
    decks = [i for i, sample in enumerate(samples) if sample.view is not None]
    scored = [i for i in decks if samples[i].analysis] or decks
    for train, test in _folds(samples, range(len(samples)), 0):
        taught = [samples[i] for i in train]
        ranker = replace(fit(taught), cover=fit_cover(taught, vocabulary))
        for i in set(test) & {*scored, *people}:
            whole[i], alone[i], runs[i] = (
                judge(samples[i], ranker),
                judge(samples[i], replace(ranker, cover=None)),
                1,
            )
    for repeat in range(1, REPEATS if people else 1):
        for train, test in _folds(samples, people, repeat):
            ranker = fit([samples[i] for i in (*train, *decks[::THINNING])])
            for i in test:
                whole[i] += judge(samples[i], replace(ranker, cover=cover))
                alone[i] += judge(samples[i], ranker)
                runs[i] += 1
    report: dict[str, dict[str, float]] = {}
    intervals: dict[str, list[float]] = {}
    kinds = sorted({sample.collection for sample in samples})
    for kind in kinds:
        own = [i for i, sample in enumerate(samples) if sample.collection == kind and runs[i]]
        lead = np.array([judge(samples[i], None) for i in own])
        report[kind] = {
            "lead": _mean(lead),
            "cross_validated": _mean(whole[own] / runs[own]),
            "by_score": _mean(alone[own] / runs[own]),
        }
        intervals[kind] = _interval(whole[own] / runs[own] - lead)
        if len(kinds) > 1:
            others = [sample for sample in samples if sample.collection != kind]
            decked = any(samples[i].lesson for i in own)
            stranger = replace(fit(others), cover=fit_cover(others, vocabulary) if decked else cover)
            report[kind]["never_seen"] = _mean(judge(samples[i], stranger) for i in own)
    return report, intervals


def _folds(
    samples: Sequence[Sample], rows: Sequence[int], repeat: int
) -> Iterable[tuple[list[int], list[int]]]:
    """Part `rows` into what is learned from and what is scored, FOLDS times."""
    from sklearn.model_selection import GroupKFold

    seen: dict[bytes, int] = {}  # copies of an article never stand on both sides of a fold
    groups = [seen.setdefault(samples[i].sheet.values.tobytes(), len(seen)) for i in rows]
    if len(seen) < FOLDS:
        raise OptionError(
            text("Only {count} articles differ; {fewest} are the least.", count=len(seen), fewest=FOLDS)
        )
    order = np.random.default_rng(repeat).permutation(
        len(seen)
    )  # of the groups: GroupKFold itself does not shuffle
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
    kinds = dict(zip(ranker.kinds, ranker.kind(sample.sheet.traits), strict=True))
    chosen = selection.choose(
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
    report: dict[str, dict[str, float]] = {}
    for name, columns in GROUPS.items():
        scores = _by_score(kept, [features.NAMES.index(column) for column in columns])
        report[name] = {kind: round(score - whole[kind], 4) for kind, score in scores.items()}
    return report


def _by_score(samples: Sequence[Sample], without: Sequence[int]) -> dict[str, float]:
    """Cross-validated scores of each collection without some features, sentences chosen by their scores."""
    found = np.zeros(len(samples))
    for train, test in _folds(samples, range(len(samples)), 0):
        ranker = fit([samples[i] for i in train], without=without)
        found[test] = [judge(samples[i], ranker) for i in test]
    kinds = np.array([sample.collection for sample in samples])
    return {kind: _mean(found[kinds == kind]) for kind in sorted(set(kinds.tolist()))}


def _interval(values: Vector) -> list[float]:
    """95 % percentile bootstrap interval of a mean."""
    draws = np.random.default_rng(0).integers(0, len(values), (ROUNDS, len(values)))
    return [round(float(edge), 4) for edge in np.quantile(values[draws].mean(axis=1), (0.025, 0.975))]


def _mean(values: Iterable[float]) -> float:
    return round(float(np.mean(list(values))), 4)

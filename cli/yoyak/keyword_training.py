"""Fit the weights of the keywords: what publishers tag their own articles with teaches what a keyword is.

    rows with a title            -> features of the shortlist without the title, in the title or not -> first trees
    rows with keywords, or with hashtags at their foot -> features of the shortlist, in the tags or not -> more trees
    all of them, by gradient boosting (Friedman 2001; scikit-learn) -> data/keywords.json, readable, with its scores

Labels are few and titles are many: what of a body its title takes up is nearly what its publisher tags, so the trees
begin with it (worth 0.005 of F1@5). No feature knows a term's letters, so no name of the labels' weeks is learned.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from yoyak import article as articles
from yoyak import inputs, keywords, labels, morphology
from yoyak.background import Background
from yoyak.errors import EmptyArticleError, OptionError, RowError
from yoyak.keywords import scoring
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.runs import squash
from yoyak.messages import text
from yoyak.options import KeywordOptions, ReadOptions

Vector: TypeAlias = npt.NDArray[np.float64]
Chances: TypeAlias = list[float]

# How many keywords a score is about.
LIMIT = 5
FOLDS = 10
# Ways to part the articles into folds: one of them alone says 0.003 more or less than another.
SPLITS = 3
ROUNDS = 1000  # bootstrap samples
# Fewer labelled articles than this teach nothing.
LEAST = 40
# Small trees that see a fifth of the features at a time, slowly: of some twenty settings, which differ by 0.01 at most.
SETTINGS: dict[str, Any] = {
    "n_estimators": 110,
    "max_leaf_nodes": scoring.MOST_LEAVES,
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
# Articles whose titles teach: drawn from those without keywords, if there are enough of them. More teach no more.
MOST_TITLES = 3_000
FEWEST_TITLES = 300
MEASURED = {
    "f1_exact": f"F1 of the first {LIMIT} keywords against the publisher's own: equal but for spaces, case and marks",
    "f1_partial": "the same, where one of the two may hold the other",
    "shortlist_recall": "share of the publishers' keywords that are weighed at all",
    "scores": "mean over the articles with keywords of their own, each scored by models fitted without it and without "
    f"copies of it: {FOLDS} folds of whole articles, {SPLITS} splits into folds; hashtags and titles only teach",
    "intervals": f"95 %, percentile bootstrap over articles, {ROUNDS} samples",
    "ways": "trees: the ones of this file; logistic: regression on the same features; tfidf: mass, tripled in titles",
}
"""What the figures of a model are, kept beside them in its file."""
# Hashtags at the foot of a text: at least three, and nothing after them but more of them and a name.
_HASHTAG = re.compile(r"#([가-힣A-Za-z0-9_]{2,})")
_FEWEST_TAGS, _MOST_TAGS = 3, 15
_LEAST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled article: its candidates, their features, and which of them its publisher chose."""

    candidates: list[Candidate]
    rows: Sequence[scoring.Row]
    keys: frozenset[str]
    """The publisher's keywords, squashed."""
    scored: bool
    """Whether it is a label of its own (`keywords`) and not a text with hashtags or a title alone."""
    group: str
    """Equal for copies of one text, which must not stand on both sides of a fold."""

    @property
    def hits(self) -> list[bool]:
        """Which candidates the publisher chose."""
        return [candidate.key in self.keys for candidate in self.candidates]


def run(
    paths: Sequence[Path],
    *,
    background: Background,
    words: tuple[tuple[str, str], ...] = (),
    provenance: str = "",
    on_article: Callable[[], object] | None = None,
) -> dict[str, Any]:
    """Fit on the rows of `paths` and cross-validate by article; the model as it is written to JSON.

    Raises OptionError when there are too few labelled articles, InputError for rows that cannot be read.
    """
    samples: list[Sample] = []
    drawn = _Draw(MOST_TITLES)
    digest = hashlib.sha256()

    def take(row: Mapping[str, Any], tags: Sequence[str]) -> Sample:
        digest.update(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())
        if on_article is not None:
            on_article()
        return _sample(row, tags, background=background, words=words)

    for row, tags in labelled(paths):
        if tags:
            samples.append(take(row, tags))
        else:
            drawn.offer(row)
    # Copies are one article, and keywords that stand nowhere in theirs teach nothing.
    scored = len({sample.group for sample in samples if sample.scored and any(sample.hits)})
    if scored < LEAST:
        raise OptionError(
            text("Keywords need at least {least} labelled articles; there are {n}.", least=LEAST, n=scored)
        )
    copies = {sample.group for sample in samples}
    titled = [sample for row in drawn.rows if (sample := take(row, ())).group not in copies]
    first = fit_titles(titled) if len(titled) >= FEWEST_TITLES else None
    return {
        "schema": 1,
        "kind": "keywords",
        "provenance": provenance,
        "articles": len(samples),
        "titles": len(titled) if first is not None else 0,
        "digest": digest.hexdigest(),
        "settings": SETTINGS,
        "measured": MEASURED,
        "scores": cross_validate(samples, first),
        "features": list(scoring.FEATURES),
        **export(fit(samples, first), first),
    }


class _Draw:
    """Draw so many of a stream of rows, each with the same chance (reservoir sampling, Vitter 1985)."""

    def __init__(self, size: int) -> None:
        self.rows: list[Mapping[str, Any]] = []
        self.size = size
        self.seen = 0
        self.chance = np.random.default_rng(0)

    def offer(self, row: Mapping[str, Any]) -> None:
        """Take the next row of the stream."""
        self.seen += 1
        if len(self.rows) < self.size:
            self.rows.append(row)
        elif (place := int(self.chance.integers(self.seen))) < self.size:
            self.rows[place] = row


def labelled(paths: Sequence[Path]) -> Iterator[tuple[Mapping[str, Any], list[str]]]:
    """Rows with keywords of their own, or with hashtags, which are cut off the text, and, without either, with a title.

    A row and its keywords, which are none where only the title teaches; other rows are passed over.
    Raises RowError for what is no row or has keywords that are no list of strings.
    """
    options = ReadOptions()
    for path in paths:
        for item in inputs.discover([path], read=options):
            row = inputs.load(item, options)
            if not isinstance(row, Mapping):
                raise RowError(
                    text("{source}: labels are JSONL rows.", source=item.source), source=item.source
                )
            tags = labels.keywords_of(row, source=item.source)
            if tags:
                yield row, list(tags)
                continue
            body = str(row.get("text") or "")
            found = list(dict.fromkeys(_HASHTAG.findall(body)))
            start = body.find("#")
            if start >= _LEAST_TEXT and _FEWEST_TAGS <= len(found) <= _MOST_TAGS:
                press = str(row.get("media") or "\0")
                yield {**row, "text": body[:start]}, [tag.removesuffix(press) for tag in found]
            elif row.get("title") and body:
                yield row, []


def _sample(
    row: Mapping[str, Any], tags: Sequence[str], *, background: Background, words: tuple[tuple[str, str], ...]
) -> Sample:
    """Take from a row what there is to learn; no candidates where no article is left of it.

    A row without tags teaches by its title, which it is weighed without.
    """
    options = ReadOptions()
    known = {key: row[key] for key in ("id", "title", "text", "sentences") if row.get(key) is not None}
    keys = frozenset(squash(tag) for tag in tags) - {""}
    scored = bool(row.get("keywords"))
    try:
        article = articles.from_row(known, source=str(row.get("id") or ""), fields=options.fields)
    except EmptyArticleError:
        return Sample([], [], keys, scored, "")
    heading = squash(article.title or "")
    if not tags:
        article = replace(article, title=None)
    analysis = morphology.analyze(article, words)
    found, rows = keywords.weigh(analysis, background=background, options=KeywordOptions(limit=LIMIT))
    if not tags:
        keys = frozenset(candidate.key for candidate in found if candidate.key in heading)
    letters = squash(article.text)
    return Sample(found, rows, keys, scored, group=letters[len(letters) // 4 :][:80])


def fit_titles(samples: Sequence[Sample]) -> Any:
    """Gradient boosting that tells from a body what its title takes up, but not by what titles usually take up."""
    from sklearn.ensemble import GradientBoostingClassifier

    rows, hits = _table(samples)
    rows[:, scoring.FEATURES.index("title_share")] = 0.0
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
    return GradientBoostingClassifier(init=start, **SETTINGS).fit(*_table(samples))


def _table(samples: Sequence[Sample]) -> tuple[Vector, npt.NDArray[np.int64]]:
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
                scoring.FEATURES[tree.feature[node]],
                float(f"{tree.threshold[node]:.6g}"),
                branch(int(tree.children_left[node])),
                branch(int(tree.children_right[node])),
            ]

        if tree.node_count > 1:
            trees.append(branch(0))
        else:
            base += branch(0)
    return base, trees


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


def _ways(seen: Sequence[Sample], first: Any) -> dict[str, Callable[[Sequence[scoring.Row]], Chances]]:
    """Fit the trees and what they are compared with; each gives the chances of the rows of an article."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    rows, hits = _table(seen)
    trees = scoring.compile_trees({"features": list(scoring.FEATURES), **export(fit(seen, first), first)})
    logistic = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=500)).fit(rows, hits)
    mass, title = scoring.FEATURES.index("mass"), scoring.FEATURES.index("title")
    return {
        "trees": trees.probability,
        "logistic": lambda rows: logistic.predict_proba(rows)[:, 1].tolist() if len(rows) else [],
        "tfidf": lambda rows: [row[mass] * (1 + 2 * (row[title] > 0)) for row in rows],
    }


def score(sample: Sample, chances: Chances) -> tuple[float, float]:
    """F1 of the keywords that are chosen by these chances, exact and partial."""
    found = sample.candidates
    chosen = keywords.choose(found, keywords.rate(found, chances), LIMIT)
    return f1(sample.keys, [found[i].key for i in chosen])


def _interval(values: Vector) -> list[float]:
    draws = np.random.default_rng(0).integers(0, len(values), (ROUNDS, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), (2.5, 97.5))
    return [round(float(low), 4), round(float(high), 4)]


def f1(wanted: frozenset[str], got: Sequence[str]) -> tuple[float, float]:
    """F1 of the first five keywords, exact and partial (one holds the other), spaces, case and marks ignored."""
    hits = len(wanted & set(got))
    exact = _harmonic(hits / LIMIT, hits / len(wanted)) if wanted else 0.0
    found = sum(any(key in other or other in key for other in wanted) for key in got)
    met = sum(any(key in other or other in key for key in got) for other in wanted)
    return exact, _harmonic(found / LIMIT, met / len(wanted)) if wanted else 0.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def to_json(model: Mapping[str, Any]) -> str:
    """Write the model file: one line for each tree, so that two of them can be compared by eye and by diff."""
    head = {key: value for key, value in model.items() if key != "trees"}
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    trees = ",\n  ".join(json.dumps(tree) for tree in model["trees"])
    return f'{opening},\n "trees": [\n  {trees}\n ]\n}}\n'

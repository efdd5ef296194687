"""Score ranking methods against label files: `yoyak evaluate LABELS.jsonl`.

Every measure of `measures` is a mean over the articles that have its reference, with a 95 % interval. The first
method is compared with each other one on the same articles: a paired difference with its interval.

    run(path, methods=..., options=...) -> Report       raises InputError for a bad label row
    floors.check(report, path) -> misses                the quality gate: empty if no score is below its floor
    floors.update(report, path) -> rises                raise floors; refuses to lower one
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from yoyak import pipeline
from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.options import Length, Method, Options, RankOptions
from yoyak.core.values import Ranking, Sentence, Summary
from yoyak.nlp import kiwi
from yoyak.ranking import rank as ranking
from yoyak.ranking import select
from yoyak.training import labels, measures
from yoyak.training.labels import Label
from yoyak.training.measures import SENTENCES, Score, Tally

ALL = "all"
"""The set that holds every article."""
KEYWORDS = "keywords"
"""Takes the place of the method in the scores of keywords, which do not depend on the method."""

Tallies: TypeAlias = Mapping[tuple[str, str, str], Tally]
"""Scores by method, set and measure."""


class Row(NamedTuple):
    """One measure of one method on one set of articles."""

    method: str
    set: str
    measure: str
    n: int
    mean: float
    low: float
    high: float


class Difference(NamedTuple):
    """A measure of `method` minus the same measure of `other`, on the same `n` articles."""

    method: str
    other: str
    set: str
    measure: str
    n: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Scores of an evaluation. `digest` identifies the label file."""

    articles: int
    digest: str
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "schema": 1,
            "articles": self.articles,
            "digest": self.digest,
            "scores": [_rounded(row) for row in self.rows],
            "differences": [_rounded(row) for row in self.differences],
        }


def _rounded(row: Row | Difference) -> dict[str, Any]:
    return {**row._asdict(), **{key: round(getattr(row, key), 4) for key in ("mean", "low", "high")}}


def run(
    path: Path,
    *,
    methods: Sequence[Method],
    options: Options,
    on_article: Callable[[int], None] | None = None,
) -> Report:
    """Summarize every labelled article with each method and score the summaries.

    Summaries have three sentences. Keywords are scored once, with the method name "keywords". Rows with a `kind` are
    also scored by kind. Raises InputError for a bad row, OptionError for a bad model, without a method, or if no row
    has a reference.
    """
    if not methods:
        raise OptionError(text("name at least one method to evaluate"))
    limit = max(measures.KEYWORDS, options.keywords.limit)
    options = replace(
        options,
        rank=replace(options.rank, length=Length(sentences=SENTENCES)),
        keywords=replace(options.keywords, limit=limit),
    )
    words = kiwi.read_user_dict(options.user_dict) if options.user_dict else ()
    tallies: defaultdict[tuple[str, str, str], Tally] = defaultdict(Tally)
    articles = 0
    for label in labels.read([path], fields=options.read.fields):
        articles += 1
        for method, score in _scores(label, methods, options, words):
            for group in (ALL, label.kind) if label.kind else (ALL,):
                tallies[method, group, score.measure].add(score)
        if on_article:
            on_article(articles)
    if not tallies:
        raise OptionError(text("{path}: no article has labels to score against", path=path))
    return Report(
        articles=articles,
        digest=labels.digest([path]),
        rows=tuple(
            Row(*key, len(tally.values), tally.mean(), *measures.percentiles(tally.bootstrap()))
            for key, tally in tallies.items()
        ),
        differences=tuple(_differences(tallies, methods)),
    )


def _differences(tallies: Tallies, methods: Sequence[Method]) -> Iterator[Difference]:
    """Compare the first method with each other one, on all articles."""
    first, *others = dict.fromkeys(methods)
    for other in others:
        for (method, group, measure), tally in tallies.items():
            if method != first or group != ALL:
                continue
            against = tallies[other, group, measure]
            ends = measures.percentiles(tally.bootstrap() - against.bootstrap())
            mean = tally.mean() - against.mean()
            yield Difference(first, other, group, measure, len(tally.values), mean, *ends)


def _scores(
    label: Label, methods: Sequence[Method], options: Options, words: tuple[tuple[str, str], ...]
) -> Iterator[tuple[str, Score]]:
    """Score one article: the method and its scores. Kiwi analyzes the article once for all methods."""
    reference = measures.units(label.reference) if label.reference else ()
    summary: Summary | None = None
    for method in dict.fromkeys(methods):
        rank = replace(options.rank, method=method)
        if summary is None:
            summary = pipeline.summarize(label.article, replace(options, rank=rank))
            labels.check_indices(label, len(summary.analysis.sentences))
            for score in measures.keyword_scores([k.term for k in summary.keywords], label.keywords):
                yield KEYWORDS, score
            ranked, chosen = summary.ranking, summary.sentences
        else:
            ranked = ranking.rank(summary.analysis, options=rank, words=words)
            chosen = _select(summary, ranked, rank)
        for score in _summary_scores(label, chosen, reference):
            yield method, score
        one = _select(summary, ranked, replace(rank, length=Length(sentences=1)))
        for score in measures.first_choice_scores([s.index for s in one], label.chosen):
            yield method, score


def _select(summary: Summary, ranked: Ranking, options: RankOptions) -> tuple[Sentence, ...]:
    chosen = select.select(summary.analysis, ranked, options=options)
    return tuple(summary.analysis.sentences[index] for index in chosen)


def _summary_scores(label: Label, chosen: Sequence[Sentence], reference: Sequence[str]) -> Iterator[Score]:
    yield from measures.choice_scores([sentence.index for sentence in chosen], label.chosen)
    yield from measures.editor_scores(chosen, label.chosen, label.acceptable)
    yield from measures.text_scores([sentence.text for sentence in chosen], reference)

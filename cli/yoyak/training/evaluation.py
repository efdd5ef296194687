"""Score methods against label files: `yoyak evaluate LABELS.jsonl`.

Each of `measures` as a mean over the articles that have its reference, with a 95 % interval.

    run(path, methods=..., options=...) -> Report       score; raises InputError for a bad label row
    floors.check(report, path) -> misses                the gate: empty when every floor holds
    floors.update(report, path) -> rises                raise floors; refuses to lower one
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from yoyak import pipeline
from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.options import Method, Options
from yoyak.core.values import Summary
from yoyak.nlp import document_frequency, kiwi
from yoyak.ranking import rank as ranking
from yoyak.ranking import select
from yoyak.training import labels, measures
from yoyak.training.labels import Label

ROUNDS = 1000  # bootstrap samples
SEED = 7
SENTENCES = 3  # the n of P@n where no length is asked for


class Row(NamedTuple):
    """One measure of one method on one set of articles."""

    method: str
    set: str
    measure: str
    n: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an evaluation found. `digest` names the label file it was made on."""

    articles: int
    digest: str
    rows: tuple[Row, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "schema": 1,
            "articles": self.articles,
            "digest": self.digest,
            "scores": [
                {**row._asdict(), **{key: round(getattr(row, key), 4) for key in ("mean", "low", "high")}}
                for row in self.rows
            ],
        }


def run(
    path: Path,
    *,
    methods: Sequence[Method],
    options: Options,
    on_article: Callable[[int], None] | None = None,
) -> Report:
    """Summarize every labelled article by each method and score what comes out.

    n is the length asked for, 3 where it is not given. Keywords do not depend on the method and are scored once, under the
    method "keywords". Raises InputError for a bad row, OptionError for a bad model, no method or nothing to score against.
    """
    if not methods:
        raise OptionError(text("name at least one method to evaluate"))
    limit = max(measures.KEYWORDS, options.keywords.limit)
    wanted = replace(options, keywords=replace(options.keywords, limit=limit))
    words = kiwi.read_user_dict(options.user_dict) if options.user_dict else ()
    tallies: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    collections: set[str] = set()
    articles = 0
    for label in labels.read([path], fields=options.read.fields):
        articles += 1
        collections.add(label.collection)
        for method, measure, value in _scores(label, methods, wanted, words):
            for group in ("all", label.collection):
                tallies[method, group, measure].append(value)
        if on_article:
            on_article(articles)
    if not tallies:
        raise OptionError(text("{path}: no article has labels to score against", path=path))
    shown = {"all"} if len(collections) == 1 else {"all", *collections}
    rows = tuple(
        Row(method, group, measure, len(values), *mean(values))
        for (method, group, measure), values in tallies.items()
        if group in shown
    )
    return Report(articles=articles, digest=labels.digest([path]), rows=rows)


def mean(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean of a measure over articles, and the ends of its interval."""
    return float(np.mean(values)), *measures.interval(values, rounds=ROUNDS, seed=SEED)


def _scores(
    label: Label, methods: Sequence[Method], options: Options, words: tuple[tuple[str, str], ...]
) -> Iterator[tuple[str, str, float]]:
    """Score one article: (method, measure, value). It is analyzed once, whatever the number of methods."""
    table = document_frequency.load(options.background)
    reference = measures.units(label.reference) if label.reference else ()
    summary: Summary | None = None
    for method in methods:
        rank = replace(options.rank, method=method)
        if summary is None:
            summary = pipeline.summarize(label.article, replace(options, rank=rank))
            labels.check_indices(label, len(summary.analysis.sentences))
            chosen = tuple(sentence.index for sentence in summary.sentences)
            for measure, value in measures.keyword_scores([k.term for k in summary.keywords], label.keywords):
                yield "keywords", measure, value
        else:
            ranked = ranking.rank(summary.analysis, options=rank, background=table, words=words)
            chosen = select.select(summary.analysis, ranked, options=rank)
        n = options.rank.length.sentences or SENTENCES
        for measure, value in measures.choice_scores(chosen, label.chosen, n):
            yield method, measure, value
        printed = [summary.analysis.sentences[index].text for index in chosen]
        for measure, value in measures.text_scores(printed, reference):
            yield method, measure, value

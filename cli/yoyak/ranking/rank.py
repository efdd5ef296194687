"""Score every sentence of an article.

Methods, each with its source:

lead      position: the first sentence is the best one.
tfidf     cosine with the centroid of TF-IDF vectors (Radev et al. 2004, MEAD).
textrank  PageRank on content overlap (Mihalcea and Tarau 2004).
lexrank   PageRank on TF-IDF cosine (Erkan and Radev 2004, continuous LexRank over a threshold).
hybrid    the learned model of `ranker.json`, see `training`.

A query, or else the title, is where the random surfer of the graphs starts again (Kazemi et al. 2020,
Biased TextRank). Scores are finite, and the same input gives the same scores.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import pstdev
from typing import TYPE_CHECKING, overload

from yoyak.core.values import Analysis, Ranking
from yoyak.nlp import kiwi
from yoyak.ranking import model as ranker_model
from yoyak.ranking.features import CONTENT, NAMES, candidates, sheet, terms_of

if TYPE_CHECKING:
    from yoyak.core.options import RankOptions
    from yoyak.core.values import Sentence
    from yoyak.nlp.document_frequency import Background

# The sentence that answers a query best outranks any that does not: scores of one article lie within
# about four standard deviations.
QUERY_WEIGHT = 4.0


def rank(
    analysis: Analysis,
    *,
    options: RankOptions,
    background: Background,  # noqa: ARG001 - no shipped method gains from it (corpus IDF costs 0.11 on science news)
    words: tuple[tuple[str, str], ...] = (),
) -> Ranking:
    """Score every sentence by `options.method`; those that may not be chosen get the lowest score of the article.

    `parts` of a sentence that may be chosen sum to its score; the hybrid names its features, the others their
    method. Raises OptionError for a bad model file.
    """
    sentences = candidates(analysis)
    if not sentences:
        return Ranking(scores=())
    terms = [terms_of(sentence.tokens) for sentence in sentences] if options.query else []
    wanted = answers(sentences, terms, options.query, words) if options.query else None
    kinds: dict[str, float] = {}
    if options.method == "hybrid":
        model, measured = ranker_model.load(options.model), sheet(analysis, sentences)
        kind = model.kind(measured)
        slopes = model.slopes(measured, kind)
        scores = measured.weighed(slopes)
        table = list(zip(NAMES, slopes, measured.means, measured.columns, strict=True))
        if wanted is None:  # what answers a query is no summary of the whole
            kinds = dict(zip(model.kinds, kind, strict=True))
    else:
        scores = _classic(analysis, sentences, wanted, options)
        table = [(options.method, 1.0, 0.0, scores)]
    if wanted is not None:
        extra = _near(wanted, terms, scores)
        scores = [score + more for score, more in zip(scores, extra, strict=True)]
        table.append(("query", 1.0, 0.0, extra))
    places = {sentence.index: at for at, sentence in enumerate(sentences)}
    lowest = min(scores)
    everywhere = range(len(analysis.sentences))
    return Ranking(
        scores=tuple([scores[places[i]] if i in places else lowest for i in everywhere]),
        parts=Parts(len(everywhere), places, table),
        kinds=kinds,
        answered=wanted is not None or not options.query,
    )


@dataclass(frozen=True, slots=True)
class Parts(Sequence[dict[str, float]]):
    """What each score is the sum of, worked out where it is asked for: it takes longer than the scores.

    A row (name, slope, mean, values) of the table gives sentence i the part `slope * (values[places[i]] - mean)`; a
    sentence without a place has no parts.
    """

    size: int
    places: Mapping[int, int]
    table: Sequence[tuple[str, float, float, Sequence[float]]]

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> dict[str, float]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, float]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, float] | list[dict[str, float]]:
        if isinstance(index, slice):
            return [self[i] for i in range(self.size)[index]]
        at = self.places.get(range(self.size)[index])
        if at is None:
            return {}
        return {
            name: slope * (values[at] - mean) if slope else 0.0 for name, slope, mean, values in self.table
        }


def _near(wanted: Sequence[float], terms: Sequence[Sequence[str]], scores: Sequence[float]) -> list[float]:
    """Return what the query adds to each score: for what answers it, and for what stands near answers."""
    from yoyak.ranking import graph

    table = graph.Incidence.of(terms)
    near = graph.pagerank(len(terms), *graph.overlap_edges(table), restart=wanted).tolist()
    spread = pstdev(scores) or 1.0
    return [QUERY_WEIGHT * spread * (own + more) for own, more in zip(wanted, near, strict=True)]


def _classic(
    analysis: Analysis, sentences: Sequence[Sentence], wanted: Sequence[float] | None, options: RankOptions
) -> list[float]:
    """Score by one of the methods of the literature."""
    n = len(sentences)
    if options.method == "lead":
        return [1.0 - at / n for at in range(n)]
    from yoyak.ranking import graph

    terms = [terms_of(sentence.tokens) for sentence in sentences]
    table = graph.Incidence.of(terms)
    if options.method == "tfidf":
        found = graph.centroid(table)
    else:
        restart = affinity(terms, terms_of(analysis.title)) if wanted is None else wanted
        edges = graph.overlap_edges(table) if options.method == "textrank" else graph.cosine_edges(table)
        found = graph.pagerank(n, *edges, restart=restart)
    scores: list[float] = found.tolist()
    return scores


def answers(
    sentences: Sequence[Sentence],
    terms: Sequence[Sequence[str]],
    query: str,
    words: tuple[tuple[str, str], ...],
) -> list[float] | None:
    """How much of a query each sentence answers, 1 for the best; None where no sentence answers any of it.

    A word of the query counts whole where the sentence prints it, its particle aside, or holds all its terms: Kiwi
    may cut a compound one way in a query and another in a sentence.
    """
    tokens = kiwi.tokenize(query, words)
    shares = [0.0] * len(sentences)
    for word in re.finditer(r"\S+", query):
        own = [token for token in tokens if word.start() <= token.start < word.end()]
        wanted = frozenset(terms_of(own))
        if not wanted:
            continue
        last = max(token.end for token in own if token.tag in CONTENT)
        printed = query[word.start() : last].strip("“”‘’\"'([<")
        for at, (sentence, held) in enumerate(zip(sentences, terms, strict=True)):
            whole = printed in sentence.text
            shares[at] += 1.0 if whole else len(wanted.intersection(held)) / len(wanted)
    most = max(shares)
    return [share / most for share in shares] if most else None


def affinity(terms: Sequence[Sequence[str]], bias: Sequence[str]) -> list[float] | None:
    """Share of the wanted terms that each sentence holds; None where nothing is wanted or nothing matches."""
    wanted = set(bias)
    shares = [len(wanted.intersection(own)) / len(wanted) for own in terms] if wanted else []
    return shares if any(shares) else None

"""Score every sentence of an article.

Methods, each with its source:

lead      position: the first sentence is the best.
tfidf     cosine with the centroid of TF-IDF vectors (Radev et al. 2004, MEAD).
textrank  PageRank on content overlap (Mihalcea and Tarau 2004).
lexrank   PageRank on TF-IDF cosine (Erkan and Radev 2004, continuous LexRank over a threshold).
hybrid    the fitted model of `ranker.json`, see `model`.

The graph methods restart at the query, or else at the title (Kazemi et al. 2020, Biased TextRank). Scores are finite,
and the same input gives the same scores.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import pstdev
from typing import TYPE_CHECKING

from yoyak.core.values import Analysis, Ranking
from yoyak.nlp import kiwi
from yoyak.ranking import model as ranker_model
from yoyak.ranking.features import CONTENT, candidates, measure, terms_of

if TYPE_CHECKING:
    from yoyak.core.options import RankOptions
    from yoyak.core.values import Sentence
    from yoyak.ranking.model import Ranker

# Scores of one article lie within about four standard deviations, so that the sentence that answers a query best
# outranks all that do not.
QUERY_WEIGHT = 4.0
UNTITLED_LEAD_WEIGHT = 2.0
"""Standard deviations of the scores. On 38 untitled articles with the choices of people, 1 to 3 give a P@3 of 0.62 to
0.63; 0 gives 0.56, and the first three sentences 0.58."""


def rank(
    analysis: Analysis,
    *,
    options: RankOptions,
    words: tuple[tuple[str, str], ...] = (),
) -> Ranking:
    """Score every sentence by `options.method`; sentences that cannot be chosen get the lowest score of the article.

    The parts of a candidate sum to its score: the hybrid method names its features, the others their method. `words`
    is the user's dictionary, for the query. Raises OptionError for a bad model file.
    """
    model = ranker_model.load(options.model) if options.method == "hybrid" else None
    return rank_with(model, analysis, options=options, words=words)


def rank_with(
    model: Ranker | None,
    analysis: Analysis,
    *,
    options: RankOptions,
    words: tuple[tuple[str, str], ...] = (),
) -> Ranking:
    """Score as `rank` does, with a loaded model; None: by `options.method`."""
    sentences = candidates(analysis)
    if not sentences:
        return Ranking(scores=())
    terms = [terms_of(sentence.tokens) for sentence in sentences] if options.query else []
    wanted = answers(sentences, terms, options.query, words) if options.query else None
    if model is not None:
        parts = model.parts(measure(analysis, sentences), sentences)
        if not analysis.title:
            parts["untitled"] = _untitled_part(_sums(parts))
    else:
        parts = {options.method: _classic(analysis, sentences, wanted, options)}
    scores = _sums(parts)
    if wanted is not None:
        parts["query"] = _query_part(wanted, terms, scores)
        scores = _sums(parts)
    return _ranking(analysis, sentences, scores, parts, answered=wanted is not None or not options.query)


def _untitled_part(scores: Sequence[float]) -> list[float]:
    """Score for the first sentence of an article without a title: it has to tell what the title would have told.

    The model was fitted on articles with titles, whose first sentence often repeats the title.
    """
    return [UNTITLED_LEAD_WEIGHT * (pstdev(scores) or 1.0), *[0.0] * (len(scores) - 1)]


def _sums(parts: Mapping[str, Sequence[float]]) -> list[float]:
    return [sum(values) for values in zip(*parts.values(), strict=True)]


def _ranking(
    analysis: Analysis,
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    parts: Mapping[str, Sequence[float]],
    *,
    answered: bool,
) -> Ranking:
    everywhere = [min(scores)] * len(analysis.sentences)
    table: list[dict[str, float]] = [{} for _ in analysis.sentences]
    names = tuple(parts)
    for sentence, score, row in zip(sentences, scores, zip(*parts.values(), strict=True), strict=True):
        everywhere[sentence.index] = score
        table[sentence.index] = dict(zip(names, row, strict=True))
    return Ranking(scores=tuple(everywhere), parts=table, answered=answered)


def _query_part(
    wanted: Sequence[float], terms: Sequence[Sequence[str]], scores: Sequence[float]
) -> list[float]:
    """Score for sentences that answer the query, and for sentences similar to those."""
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
    """How well each sentence answers a query, 1 for the best; None if no sentence contains a word of it.

    A word of the query counts fully if the sentence prints it, apart from its particle, or contains all its terms:
    Kiwi can split a compound differently in a query and in a sentence.
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
    """Share of the bias terms that each sentence contains; None if there are none or no sentence contains any."""
    wanted = set(bias)
    shares = [len(wanted.intersection(own)) / len(wanted) for own in terms] if wanted else []
    return shares if any(shares) else None

"""Score every sentence of an article.

Methods, each with its source:

lead      position: the first sentence is the best one.
tfidf     cosine with the centroid of TF-IDF vectors (Radev et al. 2004, MEAD).
textrank  PageRank on content overlap (Mihalcea and Tarau 2004).
lexrank   PageRank on TF-IDF cosine (Erkan and Radev 2004, continuous LexRank over a threshold).
hybrid    the learned model of `data/ranker.json`, see `training`.

A query, or else the title, is where the random surfer of the graphs starts again (Kazemi et al. 2020,
Biased TextRank). Scores are finite, and the same input gives the same scores.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from yoyak import learned, morphology
from yoyak.features import CONTENT, NAMES, Incidence, Vector, candidates, sheet, terms_of
from yoyak.model import Analysis, Ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yoyak.background import Background
    from yoyak.features import Indices, Matrix
    from yoyak.model import Sentence
    from yoyak.options import RankOptions

DAMPING = 0.85  # both papers; hardly matters
ROUNDS = 30  # the scores of news-sized graphs stand still to 1e-4 after about 20
LEXRANK_THRESHOLD = 0.1  # Erkan and Radev's own
DENSE_CELLS = (
    4_000_000  # a table, and its square, up to this size are multiplied dense: 32 MB, some milliseconds
)
# In a text too long for that, a term that stands in more sentences than this says little and would cost its square.
COMMON = 64
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
    if options.method == "hybrid":
        measured = sheet(analysis, sentences)
        table, names = learned.load(options.model).parts(measured), NAMES
    else:
        table, names = _classic(analysis, sentences, wanted, options)[:, None], (options.method,)
    if wanted is not None:
        near = wanted + pagerank(len(terms), *overlap_edges(Incidence.of(terms)), restart=wanted)
        spread = float(table.sum(axis=1).std()) or 1.0
        table, names = np.column_stack((table, QUERY_WEIGHT * spread * near)), (*names, "query")
    return _spread(table, names, sentences, len(analysis.sentences))


def _spread(table: Matrix, names: tuple[str, ...], sentences: Sequence[Sentence], n: int) -> Ranking:
    """Scores and parts of the candidates, at their places among all `n` sentences."""
    sums = table.sum(axis=1).tolist()
    scores = [min(sums)] * n
    parts: list[dict[str, float]] = [{} for _ in range(n)]
    for sentence, score, row in zip(sentences, sums, table.tolist(), strict=True):
        scores[sentence.index] = score
        parts[sentence.index] = dict(zip(names, row, strict=True))
    return Ranking(scores=tuple(scores), parts=tuple(parts))


def _classic(
    analysis: Analysis, sentences: Sequence[Sentence], wanted: Vector | None, options: RankOptions
) -> Vector:
    """Score by one of the methods of the literature."""
    n = len(sentences)
    if options.method == "lead":
        return np.asarray(1.0 - np.arange(n) / n)
    terms = [terms_of(sentence.tokens) for sentence in sentences]
    table = Incidence.of(terms)
    if options.method == "tfidf":
        return centroid(table)
    restart = affinity(terms, terms_of(analysis.title)) if wanted is None else wanted
    edges = overlap_edges(table) if options.method == "textrank" else cosine_edges(table)
    return pagerank(n, *edges, restart=restart)


def answers(
    sentences: Sequence[Sentence],
    terms: Sequence[Sequence[str]],
    query: str,
    words: tuple[tuple[str, str], ...],
) -> Vector | None:
    """How much of a query each sentence answers, 1 for the best; None where no sentence answers any of it.

    A word of the query counts whole where the sentence prints it, its particle aside, or holds all its terms: Kiwi
    may cut a compound one way in a query and another in a sentence.
    """
    tokens = morphology.tokenize(query, words)
    shares = np.zeros(len(sentences))
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
    return shares / shares.max() if shares.any() else None


def affinity(terms: Sequence[Sequence[str]], bias: Sequence[str]) -> Vector | None:
    """Share of the wanted terms that each sentence holds; None where nothing is wanted or nothing matches."""
    wanted = set(bias)
    if not wanted:
        return None
    shares = np.array([len(wanted.intersection(own)) / len(wanted) for own in terms])
    return shares if shares.any() else None


def centroid(table: Incidence) -> Vector:
    """Cosine of each sentence's TF-IDF vector with the sum of all of them."""
    vectors = table.tfidf()
    middle = np.bincount(vectors.columns, weights=vectors.counts, minlength=max(vectors.width, 1))
    norm = float(np.sqrt((middle**2).sum())) or 1.0
    shares = vectors.counts * middle[vectors.columns] / norm
    return np.bincount(vectors.rows, weights=shares, minlength=table.size).astype(np.float64)


def products(table: Incidence) -> tuple[Indices, Indices, Vector]:
    """Inner products of all pairs of rows that share a column, as (i, j, value) with i != j, both ways."""
    if table.size * max(table.size, table.width) <= DENSE_CELLS:
        dense = np.zeros((table.size, table.width))
        dense[table.rows, table.columns] = table.counts
        square = dense @ dense.T
        np.fill_diagonal(square, 0.0)
        i, j = np.nonzero(square)
        return i, j, square[i, j]
    order = np.argsort(table.columns, kind="stable")
    columns, rows, values = table.columns[order], table.rows[order], table.counts[order]
    starts = np.searchsorted(columns, np.arange(table.width + 1))
    keys: list[Indices] = []
    weights: list[Vector] = []
    for first, last in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        if 2 <= last - first <= COMMON:
            own, held = rows[first:last], values[first:last]
            keys.append((own[:, None] * table.size + own[None, :]).ravel())
            weights.append((held[:, None] * held[None, :]).ravel())
    if not keys:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0)
    pairs, where = np.unique(np.concatenate(keys), return_inverse=True)
    sums = np.bincount(where, weights=np.concatenate(weights))
    i, j = pairs // table.size, pairs % table.size
    apart = i != j
    return i[apart], j[apart], sums[apart]


def overlap_edges(table: Incidence) -> tuple[Indices, Indices, Vector]:
    """Mihalcea and Tarau's similarity: shared terms over the sum of the logs of both lengths."""
    i, j, shared = products(table.weighted(np.ones_like(table.counts)))
    lengths = np.bincount(table.rows, weights=table.counts, minlength=table.size)
    logs = np.log(np.maximum(lengths, 1.0))
    return i, j, shared / np.maximum(logs[i] + logs[j], 1.0)


def cosine_edges(table: Incidence) -> tuple[Indices, Indices, Vector]:
    """Cosines of TF-IDF vectors over the LexRank threshold."""
    i, j, cosine = products(table.tfidf())
    near = cosine > LEXRANK_THRESHOLD
    return i[near], j[near], cosine[near]


def pagerank(n: int, i: Indices, j: Indices, weight: Vector, *, restart: Vector | None = None) -> Vector:
    """Stationary scores of a random surfer on a weighted graph, summing to 1.

    A sentence without a neighbour sends its surfer to the restart vector.
    """
    start = np.full(n, 1.0 / n) if restart is None else 0.5 / n + 0.5 * restart / restart.sum()
    out = np.bincount(i, weights=weight, minlength=n)
    lonely = out == 0.0
    share = weight / out[i]
    scores = start.copy()
    for _ in range(ROUNDS):
        flow = np.bincount(j, weights=scores[i] * share, minlength=n)
        scores = (1.0 - DAMPING) * start + DAMPING * (flow + scores[lonely].sum() * start)
    return scores

"""Graphs of sentences, and rankers on them: what the literature has, kept to compare with and for queries.

`Incidence` is the sparse sentence-term table, `centroid` the cosine with its middle, `overlap_edges` and `cosine_edges`
are graphs, `pagerank` walks them. numpy is imported here, so only where one of these is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vector: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]

DAMPING = 0.85  # both papers; hardly matters
ROUNDS = 30  # the scores of news-sized graphs stand still to 1e-4 after about 20
LEXRANK_THRESHOLD = 0.1  # Erkan and Radev's own
DENSE_CELLS = (
    4_000_000  # a table, and its square, up to this size are multiplied dense: 32 MB, some milliseconds
)
# In a text too long for that, a term that stands in more sentences than this says little and would cost its square.
COMMON = 64


@dataclass(frozen=True, slots=True)
class Incidence:
    """Sentence-term counts in coordinates: `counts[k]` is how often sentence `rows[k]` holds term `columns[k]`."""

    size: int
    width: int
    rows: Indices
    columns: Indices
    counts: Vector

    @classmethod
    def of(cls, terms: Sequence[Sequence[str]]) -> Incidence:
        """Count the terms of each sentence; columns are numbered in order of first mention."""
        vocabulary: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        counts: list[int] = []
        for row, own in enumerate(terms):
            tally: dict[int, int] = {}
            for term in own:
                column = vocabulary.setdefault(term, len(vocabulary))
                tally[column] = tally.get(column, 0) + 1
            rows.extend([row] * len(tally))
            columns.extend(tally)
            counts.extend(tally.values())
        return cls(
            len(terms),
            len(vocabulary),
            np.array(rows, dtype=np.int64),
            np.array(columns, dtype=np.int64),
            np.array(counts, dtype=np.float64),
        )

    def document_frequency(self) -> Vector:
        """In how many sentences each term stands."""
        return np.bincount(self.columns, minlength=self.width).astype(np.float64)

    def weighted(self, values: Vector) -> Incidence:
        """Return the same table with other cell values."""
        return Incidence(self.size, self.width, self.rows, self.columns, values)

    def tfidf(self, idf: Vector | None = None) -> Incidence:
        """Rows of count times the `idf` of each term, each of length 1; as scikit-learn's with the same `idf`.

        Without one, the inverse sentence frequency of this very table: `log(1 + n / sf)`.
        """
        rare = np.log1p(self.size / self.document_frequency()) if idf is None else idf
        weights = self.counts * rare[self.columns]
        norms = np.sqrt(np.bincount(self.rows, weights=weights**2, minlength=self.size))
        norms[norms == 0.0] = 1.0
        return self.weighted(weights / norms[self.rows])


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


def pagerank(
    n: int, i: Indices, j: Indices, weight: Vector, *, restart: Sequence[float] | None = None
) -> Vector:
    """Stationary scores of a random surfer on a weighted graph, summing to 1.

    A sentence without a neighbour sends its surfer to the restart vector.
    """
    start = np.full(n, 1.0 / n)
    if restart is not None:
        start = 0.5 * start + 0.5 * np.array(restart) / sum(restart)
    out = np.bincount(i, weights=weight, minlength=n)
    lonely = out == 0.0
    share = weight / out[i]
    scores = start.copy()
    for _ in range(ROUNDS):
        flow = np.bincount(j, weights=scores[i] * share, minlength=n)
        scores = (1.0 - DAMPING) * start + DAMPING * (flow + scores[lonely].sum() * start)
    return scores

"""Term vectors of articles, and the pairs that are similar enough to be compared further."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from yoyak.nlp.document_frequency import Background
from yoyak.stories.record import ArticleRecord

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

# Document frequencies are counted over the articles of one day plus this many articles of the background corpus: words
# of the day (베네수엘라) count less on it, and a small folder has no odd frequencies.
BACKGROUND_ARTICLES = 1_000
# Pairs under this cosine are never one event: none of 1,480 labelled pairs is.
MIN_COSINE = 0.2
# Two reports on one event are at most so many days apart.
MAX_DAYS_APART = 3.0
# Rows of one sparse product.
BLOCK_ROWS = 512
# Pairs whose features are computed at once.
BLOCK_PAIRS = 50_000
SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: indices `left` < `right`, the cosine of their terms and the days between them."""

    left: Ints
    right: Ints
    cosine: Floats
    days: Floats

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.left)


def term_vectors(records: Sequence[ArticleRecord], background: Background) -> Any:
    """Return TF-IDF vectors of length 1: a sparse matrix with one row for each article."""
    import numpy as np
    from scipy import sparse

    columns: dict[str, int] = {}
    matrix = _rows(
        ([columns.setdefault(term, len(columns)) for term in record.terms.split("\n")] for record in records),
        columns,
    )
    counts = np.concatenate([np.frombuffer(record.counts or b"\x01", dtype=np.uint8) for record in records])
    matrix.data = 1.0 + np.log(counts.astype(np.float64))
    common = np.array([_background_share(term, background) for term in columns])
    days = np.array([_day(record.published) for record in records])
    for day in np.unique(days):
        rows = np.arange(len(records)) if day == UNDATED else np.flatnonzero(days == day)
        frequency = np.bincount(matrix[rows].indices, minlength=len(columns))
        idf = 1.0 + np.log(
            (1 + len(rows) + BACKGROUND_ARTICLES) / (1 + frequency + BACKGROUND_ARTICLES * common)
        )
        for row in np.flatnonzero(days == day):
            span = slice(matrix.indptr[row], matrix.indptr[row + 1])
            matrix.data[span] *= idf[matrix.indices[span]]
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sparse.diags(1.0 / np.where(lengths == 0, 1.0, lengths)) @ matrix).tocsr()


UNDATED = -1


def _day(published: datetime | None) -> int:
    return UNDATED if published is None else published.date().toordinal()


def _background_share(term: str, background: Background) -> float:
    if term.startswith("#"):
        return 0.0
    return background.df(f"{term}/N") / max(1.0, background.documents)


def _rows(rows: Iterable[Sequence[int]], columns: Any) -> Any:
    """Make a sparse matrix of ones from the column indices of each row; `columns` grows while rows are read."""
    import numpy as np
    from scipy import sparse

    indices: list[Any] = []
    ends = [0]
    for row in rows:
        indices.append(np.array(row, dtype=np.int32))
        ends.append(ends[-1] + len(row))
    flat = np.concatenate(indices) if indices else np.zeros(0, dtype=np.int32)
    shape = (len(ends) - 1, max(1, len(columns)))
    return sparse.csr_matrix((np.ones(len(flat)), flat, np.array(ends)), shape=shape)


def bigram_matrix(titles: Sequence[str]) -> Any:
    """Return character pairs of titles: a sparse matrix of ones with one row for each title."""
    columns: dict[str, int] = {}
    pairs = (dict.fromkeys(title[i : i + 2] for i in range(len(title) - 1)) for title in titles)
    return _rows(([columns.setdefault(pair, len(columns)) for pair in own] for own in pairs), columns)


def shingle_matrix(records: Sequence[ArticleRecord]) -> Any:
    """Return sampled character runs of texts: a sparse matrix of ones with one row for each article."""
    import numpy as np
    from scipy import sparse

    own = [np.frombuffer(record.shingles, dtype="<u4") for record in records]
    ends = np.cumsum([0, *map(len, own)])
    values, flat = np.unique(np.concatenate([*own, np.zeros(0, dtype="<u4")]), return_inverse=True)
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(records), max(1, len(values))))


def shared_share(matrix: Any, pairs: Pairs) -> Floats:
    """For each pair, the common elements of two rows of ones as a share of the shorter row."""
    import numpy as np

    sizes = np.diff(matrix.indptr)
    shared = np.zeros(len(pairs))
    for start in range(0, len(pairs), BLOCK_PAIRS):
        part = slice(start, start + BLOCK_PAIRS)
        common = matrix[pairs.left[part]].multiply(matrix[pairs.right[part]]).sum(axis=1)
        shared[part] = np.asarray(common).ravel()
    return np.asarray(shared / np.maximum(1, np.minimum(sizes[pairs.left], sizes[pairs.right])))


def candidate_pairs(vectors: Any, records: Sequence[ArticleRecord]) -> Pairs:
    """All pairs with a cosine of at least MIN_COSINE that are at most MAX_DAYS_APART days apart.

    Records are in order of time, those without one last, so that each block of rows is multiplied with the rows of
    its time window only. Articles without a time are compared with all.
    """
    import numpy as np

    times = np.array([_seconds(record.published) for record in records]) / SECONDS_A_DAY
    dated = int(np.searchsorted(times, np.inf))
    left, right, cosine = [], [], []
    for start, end in _blocks(len(records)):
        limit = np.searchsorted(times[:dated], times[min(end, dated) - 1] + MAX_DAYS_APART, side="right")
        windows = [(start, max(end, int(limit))), (max(dated, end), len(records))] if start < dated else []
        for low, high in windows or [(start, len(records))]:
            if low >= high:
                continue
            product = (vectors[start:end] @ vectors[low:high].T).tocoo()
            keep = (product.data >= MIN_COSINE) & (product.col + low > product.row + start)
            left.append(product.row[keep].astype(np.int64) + start)
            right.append(product.col[keep].astype(np.int64) + low)
            cosine.append(product.data[keep])
    a, b = np.concatenate([*left, np.zeros(0, np.int64)]), np.concatenate([*right, np.zeros(0, np.int64)])
    with np.errstate(invalid="ignore"):
        days = np.nan_to_num(np.abs(times[a] - times[b]), nan=0.0, posinf=0.0)
    near = days <= MAX_DAYS_APART
    order = np.lexsort((b[near], a[near]))
    values = np.concatenate([*cosine, np.zeros(0)])
    return Pairs(a[near][order], b[near][order], values[near][order], days[near][order])


def _seconds(published: datetime | None) -> float:
    return float("inf") if published is None else published.timestamp()


def _blocks(count: int) -> Iterator[tuple[int, int]]:
    for start in range(0, count, BLOCK_ROWS):
        yield start, min(count, start + BLOCK_ROWS)

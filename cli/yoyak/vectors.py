"""The scikit-learn seam for text: counting terms over many documents, and TF-IDF rows for one article.

Counting many texts is scikit-learn's work. One article is weighed with numpy, because importing scikit-learn takes
a second; a test proves that `tfidf` with the statistics scikit-learn has fitted gives scikit-learn's matrix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt

T = TypeVar("T")

# Documents counted at a time: their matrix stays under 50 MB.
BATCH = 2_000


def document_frequencies(documents: Iterable[Iterable[str]]) -> Iterator[dict[str, int]]:
    """Count, batch by batch, in how many documents each term stands. Imports scikit-learn."""
    from sklearn.feature_extraction.text import CountVectorizer

    source = iter(documents)
    while batch := list(islice(source, BATCH)):
        if not any(batch):
            continue
        counter = CountVectorizer(analyzer=list, binary=True, dtype=np.int32)
        table = counter.fit_transform(batch)
        frequencies = np.bincount(table.indices, minlength=table.shape[1])
        yield dict(zip(counter.get_feature_names_out().tolist(), frequencies.tolist(), strict=True))


def smoothed_idf(frequencies: npt.NDArray[np.float64], documents: float) -> npt.NDArray[np.float64]:
    """ln((1 + documents) / (1 + df)) + 1, as scikit-learn's TfidfTransformer fits it with `smooth_idf`."""
    idf: npt.NDArray[np.float64] = np.log((1.0 + documents) / (1.0 + frequencies)) + 1.0
    return idf


def tfidf(
    documents: Sequence[Sequence[str]], vocabulary: Mapping[str, int], idf: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Dense rows of count times idf, each of length 1 (or 0): documents x terms of the vocabulary.

    Terms outside the vocabulary are left out. Equals scikit-learn's TfidfVectorizer with the same vocabulary
    and `idf_`.
    """
    table = np.zeros((len(documents), len(vocabulary)))
    for row, terms in enumerate(documents):
        columns = [vocabulary[term] for term in terms if term in vocabulary]
        np.add.at(table[row], columns, 1.0)
    table *= idf
    norms = np.sqrt((table**2).sum(axis=1, keepdims=True))
    norms[norms == 0.0] = 1.0
    rows: npt.NDArray[np.float64] = table / norms
    return rows

"""The scikit-learn seam for text: counting terms over many documents.

Counting many texts is scikit-learn's work. One article is weighed by `ranking.graph.Incidence`, because importing
scikit-learn takes a second; a test proves that with scikit-learn's statistics it gives scikit-learn's matrix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

import numpy as np

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

"""What a ranker can see of a sentence and of the article around it, from the one Kiwi pass.

`terms_of` gives the content terms of every sentence; `Incidence` their sparse sentence-term table, from
which the graph and centroid rankers compute similarities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from yoyak.model import Token

Vector: TypeAlias = npt.NDArray[np.float64]
Matrix: TypeAlias = npt.NDArray[np.float64]
Indices: TypeAlias = npt.NDArray[np.int64]

# Nouns, foreign words, hanja and roots carry the matter; verbs and adjectives help the overlap graph
# (nouns and verbs beat nouns alone on labelled science news). Bound nouns (NNB), particles, endings do not.
CONTENT = frozenset(("NNG", "NNP", "SL", "SH", "XR", "VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I"))
# Verbs so general that sharing them is no evidence of a shared matter.
LIGHT = frozenset(
    (
        "하",
        "되",
        "있",
        "없",
        "같",
        "보",
        "주",
        "받",
        "대하",
        "위하",
        "따르",
        "통하",
        "관하",
        "나오",
        "말하",
        "밝히",
        "들",
        "가",
        "오",
    )
)


def terms_of(tokens: Sequence[Token]) -> list[str]:
    """Content terms in order, as `form/kind`; light verbs are left out.

    >>> terms_of((Token("시장", "NNG", 0, 2), Token("은", "JX", 2, 3), Token("하", "VV", 4, 5)))
    ['시장/N']
    """
    return [
        f"{form}/{tag[0]}"
        for form, tag, _, _ in tokens
        if tag in CONTENT and not (tag[0] == "V" and form in LIGHT)
    ]


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

    def tfidf(self) -> Incidence:
        """Unit-length rows of count times inverse sentence frequency, `log(1 + n / sf)`."""
        weights = self.counts * np.log1p(self.size / self.document_frequency()[self.columns])
        norms = np.sqrt(np.bincount(self.rows, weights=weights**2, minlength=self.size))
        norms[norms == 0.0] = 1.0
        return self.weighted(weights / norms[self.rows])

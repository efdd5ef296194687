"""Document frequencies of terms in Korean news."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """How many documents each term stands in, out of `documents`.

    A term is a morpheme ("경제/NNG") or a compound as printed, without its spaces ("데이터센터").
    """

    documents: float
    frequencies: Mapping[str, float] = field(repr=False)

    def df(self, term: str) -> float:
        """Documents that hold `term`; 0 for one that was never seen."""
        return self.frequencies.get(term, 0.0)

    def idf(self, term: str) -> float:
        """Smoothed inverse document frequency, as scikit-learn's TfidfTransformer has it."""
        return math.log((1.0 + self.documents) / (1.0 + self.frequencies.get(term, 0.0))) + 1.0


@lru_cache(maxsize=2)
def load(path: Path | None = None) -> Background:
    """Load a table."""
    return Background(documents=1.0, frequencies={})

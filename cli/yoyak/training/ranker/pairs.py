"""Fit what a pair of morphemes is worth from editors' decks, for `cover`.

    article + deck -> Lesson (its pairs, the cells each is in, whether the deck has it) -> logit -> Cover

A regularized logistic regression in which every input is a cell of a table: it is fitted by looking weights up and
adding gradients to the cells, so millions of pairs take a second a round. Weights of a morpheme and of its part of
speech are both learned, and added up where the morpheme is frequent enough to have its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from yoyak.core.values import Sentence, Token
from yoyak.ranking import cover
from yoyak.ranking.cover import PARTS, Cover, Pair

WEIGHT = 5.0  # of an expected pair beside scores of 0 to 1 a sentence; tried: 0.5 to 12, even from 3 to 6
FREQUENT = 300  # pairs of all articles a morpheme is half of to have weights of its own; with 60 the scores are the same
RIDGE = 3.0  # penalty of a cell's weight
MORPHEME_RIDGE = 10.0  # penalty of a morpheme's weights; 5 to 60 give the same scores within their noise
ROUNDS = 60  # of L-BFGS; the chances stand still to the third digit after about 40

_PLACES, _TOTALS = len(cover.PLACES) + 1, len(cover.TOTALS) + 1
_COUNTS, _RESTS, _LENGTHS = len(cover.COUNTS) + 1, len(cover.RESTS) + 1, len(cover.LENGTHS) + 1
_PART = {part: at for at, part in enumerate(PARTS)}


@dataclass(slots=True)
class Vocabulary:
    """Numbers of morphemes in order of first sight, and the part of speech of each."""

    numbers: dict[str, int] = field(default_factory=dict)
    parts: list[int] = field(default_factory=list)

    def number(self, unit: str, tag: str) -> int:
        """Return the number of a morpheme, a new one where it was never seen."""
        found = self.numbers.setdefault(unit, len(self.parts))
        if found == len(self.parts):
            self.parts.append(_PART[tag])
        return found


@dataclass(frozen=True, slots=True)
class Lesson:
    """Pairs of one article where they stand first: a column each; `held`: whether the deck has it.

    Rows of `cells`: place x total, length, place x count, place x rest, first morpheme, second morpheme.
    """

    cells: npt.NDArray[np.int32]
    held: npt.NDArray[np.bool_]


def lesson_of(sentences: Sequence[Sentence], deck: Sequence[Token], vocabulary: Vocabulary) -> Lesson:
    """Sort the pairs of the candidates of an article into their cells."""
    own = [(token.form + token.tag, token.tag) for token in deck if token.tag in _PART]
    wanted: set[Pair] = {(one, two) for (one, _), (two, _) in pairwise(own)}
    units = [*map(cover.morphemes, sentences)]
    often = Counter(chain.from_iterable(map(pairwise, units)))
    total = bisect_right(cover.TOTALS, len(sentences))
    columns: dict[Pair, tuple[int, ...]] = {}
    for at, (sentence, words) in enumerate(zip(sentences, units, strict=True)):
        place = bisect_right(cover.PLACES, at)
        tags = [token.tag for token in sentence.tokens if token.tag in _PART]
        numbers = [*map(vocabulary.number, words, tags)]
        length = bisect_right(cover.LENGTHS, len(sentence.text))
        for k, pair in enumerate(pairwise(words)):
            if pair not in columns:
                columns[pair] = (
                    place * _TOTALS + total,
                    length,
                    place * _COUNTS + bisect_right(cover.COUNTS, often[pair]),
                    place * _RESTS + bisect_right(cover.RESTS, len(words) - 2 - k),
                    numbers[k],
                    numbers[k + 1],
                )
    return Lesson(
        np.array([*columns.values()], dtype=np.int32).reshape(-1, 6).T,
        np.array([pair in wanted for pair in columns], dtype=bool),
    )


def fit(lessons: Sequence[Lesson], vocabulary: Vocabulary, kinds: Iterable[str]) -> Cover | None:
    """Fit a cover for articles of these kinds; None where no deck has a pair of its article."""
    cells = np.hstack([lesson.cells for lesson in lessons])
    held = np.concatenate([lesson.held for lesson in lessons]).astype(np.float64)
    if not held.any():
        return None
    frequent = _frequent(cells, vocabulary)
    bias, rows = _logit(_tables(cells, vocabulary, frequent), held)
    names = list(vocabulary.numbers)
    first, second = (
        {
            names[number]: float(word[at] + part[vocabulary.parts[number]])
            for at, number in enumerate(frequent.tolist())
        }
        for part, word in ((rows[4], rows[6]), (rows[5], rows[7]))
    )
    return Cover(
        kinds=tuple(sorted(set(kinds))),
        weight=WEIGHT,
        bias=bias,
        places=_rows(rows[0], _TOTALS),
        lengths=tuple(rows[1].tolist()),
        again=_rows(rows[2], _COUNTS),
        rests=_rows(rows[3], _RESTS),
        parts=dict(zip(PARTS, zip(rows[4].tolist(), rows[5].tolist(), strict=True), strict=True)),
        first=first,
        second=second,
    )


def _frequent(cells: npt.NDArray[np.int32], vocabulary: Vocabulary) -> npt.NDArray[np.intp]:
    """Numbers of the morphemes that have weights of their own: names are of the weeks of the decks, not of the language."""
    parts = np.array(vocabulary.parts)
    uses = np.bincount(cells[4], minlength=len(parts)) + np.bincount(cells[5], minlength=len(parts))
    return np.flatnonzero((uses >= FREQUENT) & (parts != _PART["NNP"]))


class _Table(NamedTuple):
    """One input of the logit: the cell of each pair, of so many, and the penalty of a cell's weight."""

    cells: npt.NDArray[Any]
    size: int
    ridge: float = RIDGE
    rest: bool = False
    """Whether the last cell is for all that have none of their own, and has no weight."""


def _tables(
    cells: npt.NDArray[np.int32], vocabulary: Vocabulary, frequent: npt.NDArray[np.intp]
) -> list[_Table]:
    """Rows of `Lesson.cells`, with parts of speech for the two morphemes, then the morphemes that are frequent."""
    parts = np.array(vocabulary.parts)
    own = np.full(len(parts), len(frequent))
    own[frequent] = np.arange(len(frequent))
    sizes = (_PLACES * _TOTALS, _LENGTHS, _PLACES * _COUNTS, _PLACES * _RESTS)
    return [
        *(_Table(row, size) for row, size in zip(cells, sizes, strict=False)),
        *(_Table(parts[row], len(PARTS)) for row in cells[4:]),
        *(_Table(own[row], len(frequent) + 1, MORPHEME_RIDGE, rest=True) for row in cells[4:]),
    ]


def _logit(
    tables: Sequence[_Table], held: npt.NDArray[np.float64]
) -> tuple[float, list[npt.NDArray[np.float64]]]:
    """Fit the chance that a pair is held: the bias, and the weights of each table's cells."""
    from scipy.optimize import minimize

    ends = np.cumsum([1, *(table.size for table in tables)])
    own = [slice(end - table.size, end) for table, end in zip(tables, ends[1:], strict=True)]
    ridge = np.zeros(ends[-1])  # the bias has no penalty
    free = np.ones(ends[-1])
    for table, at in zip(tables, own, strict=True):
        ridge[at] = table.ridge
        free[at.stop - 1] = not table.rest

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        powers = np.full(len(held), weights[0])
        for table, at in zip(tables, own, strict=True):
            powers += weights[at][table.cells]
        chance = 1.0 / (1.0 + np.exp(-powers))
        value = np.logaddexp(0.0, powers).sum() - held @ powers + 0.5 * (ridge * weights * weights).sum()
        miss = chance - held
        slope = [miss.sum(keepdims=True), *(np.bincount(table.cells, miss, table.size) for table in tables)]
        return float(value), (np.concatenate(slope) + ridge * weights) * free

    found = minimize(loss, np.zeros(ends[-1]), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return float(found[0]), [found[at] for at in own]


def _rows(table: npt.NDArray[np.float64], width: int) -> tuple[tuple[float, ...], ...]:
    return tuple(map(tuple, table.reshape(-1, width).tolist()))

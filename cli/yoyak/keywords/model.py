"""Scores of candidates: boosted trees, read from `keywords.json`.

The file holds plain numbers and names. A tree is a number (a leaf) or `[feature, limit, branch if at most, branch if
above]`. All trees are evaluated at once with bit masks (QuickScorer: Lucchese et al., SIGIR 2015): each leaf is a
bit, each question answered "above" removes the leaves of its other branch, and the leftmost leaf that remains is the
one reached. The masks of all trees are one integer, so numpy, which takes 0.1 s to load, is not needed.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain
from operator import getitem
from pathlib import Path
from typing import Any

from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.features import FEATURES, Row

MAX_LEAVES = 8
RATE_FEATURES = ("last_letter", "last_letters", "last_word")
"""How often candidates with the same last letter, last two letters or last word were keywords in the training labels.

The end of a Korean term says what kind of thing it is (특검법, 유출, 위원회)."""
_LOWEST_BIT = bytes([8, *[(n & -n).bit_length() - 1 for n in range(1, 256)]])


def rate_keys(candidate: Candidate) -> tuple[str, ...]:
    """Values of a candidate by which `RATE_FEATURES` are looked up."""
    key = candidate.key
    return key[-1:], key[-2:], candidate.parts[-1]


@dataclass(frozen=True, slots=True)
class Model:
    """Boosted trees as tables.

    `questions` has, for each feature, its column, its limits in ascending order, and the leaves that remain when 0, 1,
    2, ... of the limits are exceeded, one byte per tree. `leaves` holds the values of each tree from left to right.
    """

    base: float
    questions: tuple[tuple[int, tuple[float, ...], tuple[int, ...]], ...]
    leaves: tuple[tuple[float, ...], ...]
    rates: tuple[Mapping[str, float], ...]
    """For each of `RATE_FEATURES`, the rate of keywords by its value; `""` is the rate of all candidates."""

    def probabilities(self, candidates: Sequence[Candidate], rows: Sequence[Row]) -> list[float]:
        """Probability of each candidate to be a keyword, from its row of `FEATURES`."""
        return self.evaluate([(*row, *self._rates(c)) for c, row in zip(candidates, rows, strict=True)])

    def _rates(self, candidate: Candidate) -> list[float]:
        return [
            rates.get(value, rates[""]) for rates, value in zip(self.rates, rate_keys(candidate), strict=True)
        ]

    def evaluate(self, rows: Sequence[Row]) -> list[float]:
        """Probability of each row of `FEATURES` and `RATE_FEATURES`."""
        trees = len(self.leaves)
        probabilities = []
        for row in rows:
            left = (1 << 8 * trees) - 1
            for column, limits, masks in self.questions:
                left &= masks[bisect_left(limits, row[column])]
            reached = left.to_bytes(trees, "little").translate(_LOWEST_BIT)
            odds = self.base + sum(map(getitem, self.leaves, reached))
            # The logistic function, in a form that never overflows.
            probabilities.append(0.5 + 0.5 * math.tanh(0.5 * odds))
        return probabilities


def compile_model(model: Mapping[str, Any]) -> Model:
    """Make a model of its readable form. Raises ValueError, KeyError, TypeError or IndexError for anything else."""
    questions: list[tuple[int, float, int, int]] = []
    """(column, limit, tree, leaves that remain above the limit)"""
    leaves: list[list[float]] = []
    column = {name: index for index, name in enumerate((*FEATURES, *RATE_FEATURES))}

    def walk(node: Any, own: list[float]) -> None:
        if isinstance(node, (int, float)):
            own.append(float(node))
            return
        name, limit, low, high = node
        before = len(own)
        walk(low, own)
        removed = sum(1 << leaf for leaf in range(before, len(own)))
        questions.append((column[name], float(limit), len(leaves), 255 & ~removed))
        walk(high, own)

    for tree in model["trees"]:
        own: list[float] = []
        walk(tree, own)
        if not 1 < len(own) <= MAX_LEAVES:
            raise ValueError(len(own))
        leaves.append(own)
    questions.sort()
    base = float(model["base"])
    rates = [{str(key): float(rate) for key, rate in model["rates"][name].items()} for name in RATE_FEATURES]
    if not all(map(math.isfinite, (base, *[rate[""] for rate in rates], *chain.from_iterable(leaves)))):
        raise ValueError(base)
    return Model(
        base=base,
        questions=tuple(
            _table(at, [question for question in questions if question[0] == at], len(leaves))
            for at in sorted({question[0] for question in questions})
        ),
        leaves=tuple(map(tuple, leaves)),
        rates=tuple(rates),
    )


def _table(
    column: int, questions: Sequence[tuple[int, float, int, int]], trees: int
) -> tuple[int, tuple[float, ...], tuple[int, ...]]:
    """Make one row of `Model.questions` of the questions about a feature, sorted by limit."""
    masks = [(1 << 8 * trees) - 1]
    for _, _, tree, remaining in questions:
        masks.append(masks[-1] & ~((255 ^ remaining) << 8 * tree))
    return column, tuple(limit for _, limit, _, _ in questions), tuple(masks)


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Model:
    """Read a model once: that of the package, or one written by `yoyak train --keywords`. Raises OptionError."""
    if path is None:
        written = resources.files("yoyak.keywords").joinpath("keywords.json").read_text(encoding="utf-8")
        return compile_model(json.loads(written))
    try:
        return compile_model(json.loads(path.read_bytes()))
    except OSError as error:
        reason = describe_os_error(error)
        raise OptionError(text("{path}: cannot be read: {reason}", path=path, reason=reason)) from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise OptionError(
            text("{path}: not a keyword model; create one with `yoyak train --keywords`", path=path)
        ) from error

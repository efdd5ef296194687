"""What tells a keyword, as numbers, and the weights learned from publishers' own keywords.

    candidates -> eligible -> shortlist (a straight sum of what costs nothing) -> features -> boosted trees

The trees are read from `keywords.json`, plain numbers and names, and walked all at once: each leaf is a bit,
each question that is answered "high" strikes out the leaves under its low branch, and the leftmost bit left is the
leaf reached (QuickScorer: Lucchese et al., SIGIR 2015). What is struck out for a value of a feature is worked out
beforehand for all questions about it, and the bits of all trees are one whole number: that needs no numpy, which
takes a tenth of a second to load.
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
from typing import Any, TypeAlias

from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.lexicon import Lexicon
from yoyak.keywords.runs import is_korean_name, squash
from yoyak.nlp.document_frequency import Background

Row: TypeAlias = Sequence[float]
Matrix: TypeAlias = list[Row]

FEATURES = (
    "count",  # ln(1 + mentions in the body), 조 사장 counted for 조주완
    "count_share",  # mentions over those of the most mentioned
    "title",  # mentions in the title
    "within_title",  # the title holds its letters, if only inside a longer word
    "subtitle",
    "first",  # ln of the position of the first mention among all noun runs
    "lead",  # sentence of the first mention
    "sentences",  # share of the sentences that hold it
    "rarity",  # -ln of its share of the background's documents
    "title_share",  # how often the background's articles that hold it hold it in the title
    "mass",  # count times rarity: TF-IDF
    "mass_share",  # over the greatest of the article
    "length",  # characters
    "words",
    "proper",  # it holds a proper noun
    "latin",
    "verbal",  # share of mentions that 하다 or 되다 makes a verb of
    "nested",  # share of mentions beside another noun
    "person",  # share of mentions before a title
    "first_part",  # of the mentions of its first word, how many are its own
    "last_part",
    "association",  # how much oftener its words meet in the background than chance would have them
    "size",  # ln of the noun runs of the article
)
# Candidates that are weighed with care, for each keyword wanted and at least; more of them changed no score.
SHORTLIST = 24
SHORTLIST_EACH = 3

# A name that in this share of its documents stands before one and the same other is half of a name.
HALF = 0.4


def eligible(found: Mapping[str, Candidate], lexicon: Lexicon, stop: frozenset[str]) -> list[Candidate]:
    """Candidates that can be keywords at all."""
    never, surnames, roles = lexicon.never, lexicon.surnames, lexicon.roles
    kept: list[Candidate] = []
    for key, candidate in found.items():
        if len(key) < 2 or key in never or key in stop:
            continue
        parts = candidate.parts
        if candidate.latin and not candidate.title and _is_gloss(found.get(parts[0])):
            continue
        if candidate.role and key not in lexicon.offices and 2 * candidate.titled >= candidate.count:
            continue
        if len(parts) > 1:
            if len(parts) > 2 and candidate.count < 2 and not candidate.title:
                continue
            if parts[0] in never or parts[-1] in never or parts[0] in surnames or parts[0] in roles:
                continue
            if parts[-1] in roles and _is_person(found.get(parts[-2])):
                continue
            if candidate.proper and any(_is_whole_name(found.get(part), lexicon) for part in parts):
                continue
        kept.append(candidate)
    return kept


def _is_gloss(candidate: Candidate | None) -> bool:
    """Whether it only ever stands in parentheses, for a reader who knows the original."""
    return candidate is not None and 0 < candidate.count <= candidate.gloss


def _is_person(candidate: Candidate | None) -> bool:
    return candidate is not None and candidate.proper and candidate.person > 0


def shortlist(candidates: list[Candidate], size: int) -> list[Candidate]:
    """Keep the `size` likeliest candidates, by what costs nothing to know, in the order given."""
    if len(candidates) <= size:
        return candidates
    log = math.log
    scores = [
        0.7 * log(1 + c.count)
        + 1.2 * bool(c.title)
        - 0.4 * log(c.first if c.first > 0 else 200)
        - 1.5 * (len(c.parts) - 1)
        + 0.15 * len(c.key)
        + 0.6 * c.proper
        - 1.2 * (c.verbal > c.count / 2)
        + 3.0 * bool(c.coined or (c.named and c.title))
        for c in candidates
    ]
    floor = sorted(scores, reverse=True)[size - 1]
    return [c for c, score in zip(candidates, scores, strict=True) if score >= floor][:size]


def _is_whole_name(candidate: Candidate | None, lexicon: Lexicon) -> bool:
    """Whether it is a person's whole name, which a noun beside it is no part of (조주완 LG전자)."""
    return candidate is not None and candidate.person > 0 and is_korean_name(candidate.key, lexicon)


def features(
    candidates: Sequence[Candidate],
    found: Mapping[str, Candidate],
    *,
    title: str,
    sentences: int,
    background: Background,
) -> Matrix:
    """One row of `FEATURES` for each candidate."""
    if not candidates:
        return []
    heading = squash(title)
    everything = found.values()
    runs = max([c.last for c in everything]) + 1
    most = max([c.count + c.names for c in everything]) or 1
    size = math.log(runs + 1)
    documents = background.documents
    common = math.log(documents + 1.0)
    log = math.log
    look_up = background.look_up
    rows: list[list[float]] = []
    for c in candidates:
        parts = c.parts
        frequency, share = look_up(c.key)
        rarity = common - log(frequency + 0.5)
        if c.proper and c.partner and frequency:
            c.half = look_up(c.key + c.partner)[0] >= HALF * frequency
        mentions = (c.count + c.title + c.subtitle) or 1
        counted = c.count + c.names
        log_count = log(1 + counted)
        first_part = last_part = 1.0
        association = 0.0
        if len(parts) > 1:
            head, tail = found.get(parts[0]), found.get(parts[-1])
            if head is not None:
                first_part = mentions / (head.count + head.title or 1)
            if tail is not None:
                last_part = mentions / (tail.count + tail.title or 1)
            expected = (look_up(parts[0])[0] + 1) * (look_up(parts[-1])[0] + 1)
            association = log((frequency + 0.2) * (documents + 1.0) / expected)
        rows.append(
            [
                log_count, counted / most, c.title, c.key in heading, c.subtitle,
                log(c.first) if c.first > 0 else size, c.lead, c.sentences / sentences,
                rarity, share, log_count * rarity, 0.0, len(c.key), len(parts), c.proper, c.latin,
                c.verbal / mentions, c.nested / mentions, c.person / mentions,
                first_part, last_part, association, size,
            ]
        )  # fmt: skip
    greatest = max([1e-9, *[row[_MASS] for row in rows]])
    for row in rows:
        row[_MASS + 1] = row[_MASS] / greatest
    return [*rows]


_MASS = FEATURES.index("mass")


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees as tables: what the value of one feature leaves of the leaves of every tree.

    A question asks whether a feature is at most a limit, and a "no" strikes out some leaves of its tree. `asked` has
    for each feature that is asked about its place, the limits in order, and what is left with no limit passed, with
    one, with two and so on: a byte of leaves for each tree. `leaves` are the values of those of a tree, from left to
    right.
    """

    base: float
    asked: tuple[tuple[int, tuple[float, ...], tuple[int, ...]], ...]
    leaves: tuple[tuple[float, ...], ...]

    def probability(self, rows: Sequence[Row]) -> list[float]:
        """Chance of each row to be a keyword, as the publishers of the labels chose them."""
        trees = len(self.leaves)
        chances = []
        for row in rows:
            left = (1 << 8 * trees) - 1
            for place, limits, masks in self.asked:
                left &= masks[bisect_left(limits, row[place])]
            reached = left.to_bytes(trees, "little").translate(_LOWEST_BIT)
            odds = self.base + sum(map(getitem, self.leaves, reached))
            # The logistic function, in a form that never overflows.
            chances.append(0.5 + 0.5 * math.tanh(0.5 * odds))
        return chances


_LOWEST_BIT = bytes([8, *[(n & -n).bit_length() - 1 for n in range(1, 256)]])
MOST_LEAVES = 8


def compile_trees(model: Mapping[str, Any]) -> Trees:
    """Trees from their readable form. Raises ValueError, KeyError or TypeError if it is not one.

    A tree is a number (a leaf) or `[feature name, threshold, low branch, high branch]`.
    """
    questions: list[tuple[int, float, int, int]] = []
    """(feature, limit, tree, leaves that a "no" leaves)"""
    leaves: list[list[float]] = []
    place = {name: index for index, name in enumerate(model["features"])}

    def walk(node: Any, own: list[float]) -> None:
        if isinstance(node, (int, float)):
            own.append(float(node))
            return
        name, limit, low, high = node
        before = len(own)
        walk(low, own)
        struck = sum(1 << leaf for leaf in range(before, len(own)))
        questions.append((place[name], float(limit), len(leaves), 255 & ~struck))
        walk(high, own)

    for tree in model["trees"]:
        own: list[float] = []
        walk(tree, own)
        if not 1 < len(own) <= MOST_LEAVES:
            raise ValueError(len(own))
        leaves.append(own)
    questions.sort()
    asked = [
        _asked(place, [question for question in questions if question[0] == place], len(leaves))
        for place in sorted({question[0] for question in questions})
    ]
    base = float(model["base"])
    if not all(map(math.isfinite, (base, *chain.from_iterable(leaves)))):
        raise ValueError(base)
    return Trees(base=base, asked=tuple(asked), leaves=tuple(map(tuple, leaves)))


def _asked(
    place: int, questions: Sequence[tuple[int, float, int, int]], trees: int
) -> tuple[int, tuple[float, ...], tuple[int, ...]]:
    """Make a row of `Trees.asked` of the questions about one feature, in order."""
    left = [(1 << 8 * trees) - 1]
    for _, _, tree, kept in questions:
        left.append(left[-1] & ~((255 ^ kept) << 8 * tree))
    return place, tuple(limit for _, limit, _, _ in questions), tuple(left)


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Trees:
    """Read weights once: those in the package, or those of `yoyak train --keywords`. Raises OptionError."""
    if path is None:
        written = resources.files("yoyak.keywords").joinpath("keywords.json").read_text(encoding="utf-8")
        return compile_trees(json.loads(written))
    try:
        return compile_trees(json.loads(path.read_bytes()))
    except OSError as error:
        reason = describe_os_error(error)
        raise OptionError(text("{path}: cannot be read: {reason}", path=path, reason=reason)) from error
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise OptionError(
            text("{path}: not a keyword model; create one with `yoyak train --keywords`", path=path)
        ) from error


# A term the article coins, in quotation marks and with its original in parentheses, is what it wants understood
# ('공감지능(Affectionate Intelligence)'). Labels hold too few of them to learn from: its odds are taken times this.
COINED_ODDS = 8.0


def chances(
    candidates: Sequence[Candidate], rows: Sequence[Row], *, model: Path | None = None
) -> list[float]:
    """Chance of each candidate to be a keyword. Raises OptionError for a wrong model file."""
    scores = load(model).probability(rows)
    for i, candidate in enumerate(candidates):
        if candidate.coined:
            odds = COINED_ODDS * scores[i] / (1.0 - scores[i])
            scores[i] = odds / (1.0 + odds)
    return scores

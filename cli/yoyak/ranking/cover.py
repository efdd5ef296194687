"""Choose a summary as a whole: the set that shows, on its first screen, most of what an editor would say.

An editor's deck is not made of the best sentences but of the article's matter, said once. So what counts is the
set: every pair of adjacent morphemes has a chance to stand in a deck (after the supervised bigrams of Li, Liu and
Zhao 2013), and of all sets among the best sentences the one wins whose scores, and whose expected number of such
pairs within the characters that a reader sees first, come to most. A pair counts once, however many sentences hold
it, and no sentence wins by running long.

The chance is a logit whose terms are looked up: what the two morphemes weigh, each and together, their parts of
speech, how often the article has them, and where the sentence stands that holds the pair. Plain numbers, for the
reasons of `features`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, combinations, compress, pairwise, repeat
from operator import add
from typing import NamedTuple, TypeAlias

from yoyak.core.values import Sentence

Pair: TypeAlias = tuple[str, str]
Row: TypeAlias = tuple[float, ...]

POOL = 6  # best sentences that sets are made of: 20 sets of three; with 8 to 16 the scores are the same
MOST = 5  # sentences of a summary up to which every set is looked at
SCREEN = 250  # characters a reader sees first, the screen of a telephone; a longer summary has more of them

# Parts of speech of morphemes; other tags are of marks.
PARTS = (
    "NNG", "NNP", "NNB", "NR", "NP", "SL", "SN", "SH", "XR", "XPN", "XSN", "XSV", "XSA", "XSA-R", "XSA-I", "XSM",
    "VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I", "VX", "VX-R", "VX-I", "VCP", "VCN", "MM", "MAG", "MAJ", "IC",
    "JKS", "JKO", "JKB", "JKG", "JKC", "JKV", "JKQ", "JX", "JC", "EP", "EF", "EC", "ETN", "ETM",
)  # fmt: skip
_IS_MORPHEME = frozenset(PARTS).__contains__

# Where the steps of a measure begin, above the first.
PLACES = (1, 2, 3, 4, 6, 9, 13)  # sentences before the one that holds the pair
TOTALS = (6, 9, 12, 16, 22, 30)  # sentences of the article
LENGTHS = (40, 60, 80, 100, 130)  # characters of the sentence
COUNTS = (2, 3, 4, 5, 7)  # times that the article has the pair
RESTS = (1, 2, 3, 5, 8, 12, 20)  # morphemes between the pair and the end of its sentence


def morphemes(sentence: Sentence) -> list[str]:
    """Morphemes of a sentence in order, form and part of speech written together, without marks.

    >>> from yoyak.core.values import Token
    >>> morphemes(Sentence(0, 0, 2, "눈.", (Token("눈", "NNG", 0, 1), Token(".", "SF", 1, 2)), 0))
    ['눈NNG']
    """
    if not sentence.tokens:
        return []
    forms, tags, _, _ = zip(*sentence.tokens, strict=True)
    return [*compress(map(add, forms, tags), map(_IS_MORPHEME, tags))]


@dataclass(frozen=True, kw_only=True)
class Cover:
    """What a pair is worth, and how much an expected pair counts beside scores of 0 to 1 a sentence.

    `kinds` names the kinds of article that have decks. A row of `places` is for a step of PLACES and has a weight for
    each of TOTALS, rows of `again` likewise for COUNTS, of `rests` for RESTS; `lengths` is for LENGTHS. `first` and
    `second` weigh a morpheme as either half of a pair; `parts` does for its part of speech where it is not among them.
    """

    kinds: tuple[str, ...]
    weight: float
    bias: float
    places: tuple[Row, ...]
    lengths: Row
    again: tuple[Row, ...]
    rests: tuple[Row, ...]
    parts: Mapping[str, tuple[float, float]]
    first: Mapping[str, float]
    second: Mapping[str, float]

    def serves(self, kinds: Mapping[str, float]) -> bool:
        """Whether an article is rather of a kind that has decks than of any other."""
        others = [share for kind, share in kinds.items() if kind not in self.kinds]
        return sum([kinds.get(kind, 0.0) for kind in self.kinds]) > max(others, default=0.0)

    @cached_property
    def _by_count(self) -> tuple[dict[int, float], ...]:
        """Rows of `again` by the count itself; what is not in them is on the last step."""
        return tuple({n: row[bisect_right(COUNTS, n)] for n in range(COUNTS[-1])} for row in self.again)

    @cached_property
    def _by_rest(self) -> tuple[list[float], ...]:
        return tuple([row[bisect_right(RESTS, n)] for n in range(RESTS[-1])] for row in self.rests)

    @cached_property
    def _unknown(self) -> tuple[dict[str, float], dict[str, float]]:
        return tuple({part: own[half] for part, own in self.parts.items()} for half in (0, 1))  # type: ignore[return-value]

    def chances(
        self, sentence: Sentence, units: Sequence[str], counts: Sequence[int], at: int, total: int
    ) -> list[float]:
        """Chance to stand in a deck of each pair of a sentence, `at` position `at` of `total`.

        `units` are its morphemes, `counts` how often the article has each pair of neighbours.
        """
        place = bisect_right(PLACES, at)
        base = self.bias + self.places[place][bisect_right(TOTALS, total)]
        base += self.lengths[bisect_right(LENGTHS, len(sentence.text))]
        parts = [*filter(_IS_MORPHEME, [token.tag for token in sentence.tokens])]
        first, second = self._unknown
        last = self.again[place][-1]
        near = self._by_rest[place]
        rests = [*repeat(self.rests[place][-1], len(counts) - len(near)), *near[len(counts) - 1 :: -1]]
        columns = zip(
            map(self.first.get, units, map(first.__getitem__, parts)),
            map(self.second.get, units[1:], map(second.__getitem__, parts[1:])),
            map(self._by_count[place].get, counts, repeat(last)),
            rests,
            strict=False,
        )
        exp = math.exp
        return [1.0 / (1.0 + exp(-base - one - two - again - rest)) for one, two, again, rest in columns]


class _Screen(NamedTuple):
    """What a sentence shows: `ends[k]` characters hold its first k+1 pairs, whose own worth is `lone[k+1]`.

    Own are the pairs that stand nowhere else; `shared` numbers the others, with the character each ends at.
    """

    length: int
    ends: list[int]
    lone: list[float]
    shared: dict[int, int]


def best_set(
    cover: Cover,
    sentences: Sequence[Sentence],
    *,
    scores: Sequence[float],
    penalties: Sequence[float],
    count: int,
) -> tuple[int, ...]:
    """Positions of the best set of `count` sentences (1 to MOST), in order.

    `scores` lie between 0 and 1; a sentence costs its penalty unless the one before it in the article is in the set.
    """
    alone = [score - penalty for score, penalty in zip(scores, penalties, strict=True)]
    pool = sorted(sorted(range(len(alone)), key=lambda at: (-alone[at], at))[:POOL])
    screens, worth = _screens(cover, sentences, pool)
    screen = max(SCREEN, SCREEN * count // 3)
    most = [
        scores[at] + cover.weight * (own.lone[-1] + sum([worth[n] for n in own.shared]))
        for at, own in zip(pool, screens, strict=True)
    ]
    # From the set that could be worth most downwards, until none can be better than the best so far.
    hopes = sorted(
        [(-sum([most[k] for k in ks]), ks) for ks in combinations(range(len(pool)), min(count, len(pool)))]
    )
    best, chosen = -math.inf, hopes[0][1]
    for hope, ks in hopes:
        if -hope <= best:
            break
        value = cover.weight * _shown([screens[k] for k in ks], worth, screen)
        before = -1
        for k in ks:
            at = pool[k]
            follows = before >= 0 and sentences[at].index == sentences[before].index + 1
            value += scores[at] if follows else alone[at]
            before = at
        if value > best:
            best, chosen = value, ks
    return tuple([pool[k] for k in chosen])


def _screens(
    cover: Cover, sentences: Sequence[Sentence], pool: Sequence[int]
) -> tuple[list[_Screen], list[float]]:
    """Tell what each sentence of the pool shows, and what the shared pairs are worth by their numbers."""
    units = [*map(morphemes, sentences)]
    pairs = [[*pairwise(own)] for own in units]
    often = Counter(chain.from_iterable(pairs))
    numbers: dict[Pair, int] = {}
    worth: list[float] = []
    screens: list[_Screen] = []
    for at in pool:
        sentence = sentences[at]
        counts = [*map(often.__getitem__, pairs[at])]
        chances = cover.chances(sentence, units[at], counts, at, len(sentences))
        ends = [end - sentence.start for _, tag, _, end in sentence.tokens if _IS_MORPHEME(tag)][1:]
        shared: dict[int, int] = {}
        for pair, chance, end, count in zip(pairs[at], chances, ends, counts, strict=True):
            if count > 1:
                number = numbers.setdefault(pair, len(worth))
                if number == len(worth):
                    worth.append(chance)
                shared.setdefault(number, end)
        lone = accumulate(
            [chance if count == 1 else 0.0 for chance, count in zip(chances, counts, strict=True)],
            initial=0.0,
        )
        screens.append(_Screen(len(sentence.text), ends, [*lone], shared))
    return screens, worth


def _shown(screens: Sequence[_Screen], worth: Sequence[float], left: int) -> float:
    """Worth of the pairs that stand in the first `left` characters of sentences joined by a space."""
    value = 0.0
    seen: set[int] = set()
    for length, ends, lone, shared in screens:
        if length <= left:
            value += lone[-1]
            seen.update(shared)
        else:
            value += lone[bisect_right(ends, left)]
            seen.update([number for number, end in shared.items() if end <= left])
        left -= length + 1
    return value + sum([worth[number] for number in seen])

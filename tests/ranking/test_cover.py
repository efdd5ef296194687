"""A summary chosen as a whole: the best of all sets, pairs counted once, nothing past the screen."""

from __future__ import annotations

import math
import random
import time
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.core.values import Sentence, Token
from yoyak.ranking import cover
from yoyak.ranking.cover import COUNTS, LENGTHS, PARTS, PLACES, RESTS, TOTALS, Cover, best_set, morphemes

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = ("솔내시", "도서관", "개관", "주민", "투표", "예산", "달빛", "다리", "가을", "강변")


def sentence_of(index: int, words: Sequence[str], start: int) -> Sentence:
    tokens: list[Token] = []
    at = start
    for word in words:
        tokens.append(Token(word, "NNG", at, at + len(word)))
        at += len(word) + 1
    end = at - 1
    tokens.append(Token(".", "SF", end, end + 1))
    return Sentence(index, start, end + 1, " ".join(words) + ".", tuple(tokens), 0)


def article_of(texts: Sequence[Sequence[str]]) -> list[Sentence]:
    made: list[Sentence] = []
    for index, words in enumerate(texts):
        made.append(sentence_of(index, words, made[-1].end + 1 if made else 0))
    return made


def flat(rows: int, edges: Sequence[int], value: float = 0.0) -> tuple[tuple[float, ...], ...]:
    return ((value,) * (len(edges) + 1),) * rows


def cover_of(first: dict[str, float] | None = None, **changes: object) -> Cover:
    """Make a cover in which a pair has even odds, and what `first` says."""
    places = len(PLACES) + 1
    fields: dict[str, object] = {
        "kinds": ("deck",),
        "weight": 4.0,
        "bias": 0.0,
        "places": flat(places, TOTALS),
        "lengths": (0.0,) * (len(LENGTHS) + 1),
        "again": flat(places, COUNTS),
        "rests": flat(places, RESTS),
        "parts": dict.fromkeys(PARTS, (0.0, 0.0)),
        "first": first or {},
        "second": {},
    } | changes
    return Cover(**fields)  # type: ignore[arg-type]


def worth_of(known: Cover, sentences: Sequence[Sentence], chosen: Sequence[int], screen: int) -> float:
    """Work out what a set shows, pair by pair and character by character; a pair's chance is where it stands first."""
    units = [morphemes(sentence) for sentence in sentences]
    pairs = [[*pairwise(own)] for own in units]
    often = [pair for own in pairs for pair in own]
    pool = range(len(sentences))
    chance: dict[tuple[str, str], float] = {}
    for at in pool:
        counts = [often.count(pair) for pair in pairs[at]]
        found = known.chances(sentences[at], units[at], counts, at, len(sentences))
        for pair, value in zip(pairs[at], found, strict=True):
            chance.setdefault(pair, value)
    shown: set[tuple[str, str]] = set()
    left = screen
    for at in chosen:
        ends = [token.end - sentences[at].start for token in sentences[at].tokens if token.tag in PARTS][1:]
        shown |= {pair for pair, end in zip(pairs[at], ends, strict=True) if end <= left}
        left -= len(sentences[at].text) + 1
    return sum(chance[pair] for pair in shown)


TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), min_size=2, max_size=cover.POOL)


@given(TEXTS, st.integers(1, cover.MOST), st.randoms(use_true_random=False))
def test_the_set_is_the_best_of_all(texts: list[list[str]], count: int, chance: random.Random) -> None:
    sentences = article_of(texts)
    scores = [chance.random() for _ in texts]
    penalties = [chance.choice((0.0, 0.15)) for _ in texts]
    known = cover_of({f"{word}NNG": chance.uniform(-3, 1) for word in WORDS})
    chosen = best_set(known, sentences, scores=scores, penalties=penalties, count=count)

    def value(places: Sequence[int]) -> float:
        costs = sum(penalties[at] for at in places if at - 1 not in places)
        screen = max(cover.SCREEN, cover.SCREEN * count // 3)
        return (
            known.weight * worth_of(known, sentences, places, screen)
            + sum(scores[at] for at in places)
            - costs
        )

    everything = combinations(range(len(texts)), min(count, len(texts)))
    assert list(chosen) == sorted(set(chosen))
    assert value(chosen) == pytest.approx(max(map(value, everything)))
    assert chosen == best_set(known, sentences, scores=scores, penalties=penalties, count=count)


def test_what_is_said_twice_counts_once() -> None:
    sentences = article_of(
        [["솔내시", "도서관", "개관"], ["솔내시", "도서관", "개관"], ["주민", "투표", "예산"]]
    )
    chosen = best_set(cover_of(), sentences, scores=[1.0, 0.9, 0.5], penalties=[0.0] * 3, count=2)
    assert chosen == (0, 2)


def test_what_stands_past_the_screen_counts_nothing() -> None:
    long, short = ["가나다라마바사아자차"] * 30, ["주민", "투표", "예산"]
    sentences = article_of([long, short, ["달빛", "다리", "가을"]])
    known = cover_of({"주민NNG": 3.0})
    before = best_set(known, article_of([short, long, short]), scores=[0.5] * 3, penalties=[0.0] * 3, count=2)
    assert before[0] == 0
    assert best_set(known, sentences, scores=[0.5] * 3, penalties=[0.0] * 3, count=2) == (1, 2)


def test_a_chance_is_the_logit_of_the_cells_a_pair_is_in() -> None:
    places = len(PLACES) + 1
    steps = {
        "places": tuple(tuple(0.01 * (p + t) for t in range(len(TOTALS) + 1)) for p in range(places)),
        "lengths": tuple(0.1 * n for n in range(len(LENGTHS) + 1)),
        "again": tuple(tuple(0.2 * n + p for n in range(len(COUNTS) + 1)) for p in range(places)),
        "rests": tuple(tuple(-0.3 * n for n in range(len(RESTS) + 1)) for p in range(places)),
        "parts": dict.fromkeys(PARTS, (0.5, 0.25)),
    }
    known = cover_of({"개관NNG": 2.0}, bias=-1.0, **steps)
    sentence = sentence_of(2, ["도서관", "개관", "투표"], 0)
    chances = known.chances(sentence, morphemes(sentence), [1, 9], 2, 7)
    base = -1.0 + 0.01 * (2 + 1) + 0.0
    expected = [base + 0.5 + 0.25 + 2.0 - 0.3, base + 2.0 + 0.25 + (0.2 * 5 + 2.0)]
    assert chances == pytest.approx([1 / (1 + math.exp(-power)) for power in expected])


def test_only_an_article_of_a_kind_that_has_decks_is_covered() -> None:
    known = cover_of()
    assert known.serves({"deck": 0.4, "general": 0.35, "science": 0.25})
    assert not known.serves({"deck": 0.3, "general": 0.6, "science": 0.1})
    assert not known.serves({})
    assert not known.serves({"general": 1.0})
    both = cover_of(kinds=("deck", "digest"))
    assert both.serves({"deck": 0.3, "digest": 0.3, "general": 0.4})


def test_a_sentence_without_morphemes_shows_nothing() -> None:
    bare = Sentence(0, 0, 3, "…!?", (Token("…", "SE", 0, 1), Token("!?", "SF", 1, 3)), 0)
    none = Sentence(1, 4, 5, "?", (), 0)
    assert best_set(cover_of(), [bare, none], scores=[0.0, 1.0], penalties=[0.0, 0.0], count=1) == (1,)


def test_time_grows_with_the_text_and_not_with_its_square() -> None:
    def seconds(n: int) -> float:
        chance = random.Random(n)
        sentences = article_of([[chance.choice(WORDS) for _ in range(20)] for _ in range(n)])
        scores = [chance.random() for _ in range(n)]
        start = time.process_time()
        best_set(cover_of(), sentences, scores=scores, penalties=[0.0] * n, count=3)
        return time.process_time() - start

    short, long = (min(seconds(n) for _ in range(3)) for n in (500, 5000))
    assert long < 30 * short

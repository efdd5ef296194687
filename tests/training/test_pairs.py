"""What is planted in invented decks is found: words that decks have, and where they come from."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest

from yoyak.core.values import Sentence, Token
from yoyak.ranking import cover
from yoyak.ranking.cover import morphemes
from yoyak.training.ranker import pairs
from yoyak.training.ranker.pairs import Lesson, Vocabulary, lesson_of

DECKED, PLAIN = ("추진", "확대", "개관"), ("고개", "얘기", "사람", "생각")


def tokens_of(words: list[str], start: int = 0) -> tuple[Token, ...]:
    made: list[Token] = []
    for word in words:
        made.append(Token(word, "NNG", start, start + len(word)))
        start += len(word) + 1
    return tuple(made)


def article_of(chance: random.Random) -> tuple[list[Sentence], tuple[Token, ...]]:
    """Invent an article whose deck has every pair of two deck words of its first four sentences."""
    sentences: list[Sentence] = []
    deck: list[str] = []
    at = 0
    for index in range(8):
        words = [chance.choice(DECKED + PLAIN) for _ in range(12)]
        tokens = tokens_of(words, at)
        sentences.append(Sentence(index, at, tokens[-1].end, " ".join(words), tokens, 0))
        at = tokens[-1].end + 1
        if index < 4:
            for one, two in pairwise(words):
                if one in DECKED and two in DECKED:
                    deck += [one, two, "과"]
    return sentences, tokens_of(deck)


def lessons(n: int) -> tuple[list[Lesson], Vocabulary]:
    chance, vocabulary = random.Random(4), Vocabulary()
    return [lesson_of(*article_of(chance), vocabulary) for _ in range(n)], vocabulary


def test_words_of_decks_weigh_more_than_words_of_bodies() -> None:
    known = pairs.fit(*lessons(150), ["deck"])
    assert known is not None
    assert known.kinds == ("deck",)
    for halves in (known.first, known.second):
        assert (
            min(halves[f"{word}NNG"] for word in DECKED) > max(halves[f"{word}NNG"] for word in PLAIN) + 1.0
        )


def test_pairs_of_words_of_decks_are_likelier_than_others_in_articles_not_learned_from() -> None:
    taught, vocabulary = lessons(150)
    known = pairs.fit(taught, vocabulary, ["deck"])
    assert known is not None
    sentences, _ = article_of(random.Random(9))
    units = [morphemes(sentence) for sentence in sentences]
    neighbours = [[*pairwise(own)] for own in units]
    often = [pair for own in neighbours for pair in own]
    means = []
    for at, sentence in enumerate(sentences):
        found = known.chances(sentence, units[at], [often.count(pair) for pair in neighbours[at]], at, 8)
        means += [
            value
            for pair, value in zip(neighbours[at], found, strict=True)
            if {word[:-3] for word in pair} <= set(DECKED)
        ]
    share = np.concatenate([lesson.held for lesson in taught]).mean()
    assert np.mean(means) > 2 * share


def test_a_pair_is_in_the_cells_of_its_first_place() -> None:
    words = ["솔내시", "도서관", "개관", "주민"]
    tokens = tokens_of(words)
    first = Sentence(0, 0, tokens[-1].end, " ".join(words), tokens, 0)
    second = Sentence(1, 0, tokens[-1].end, " ".join(words), tokens, 0)
    vocabulary = Vocabulary()
    lesson = lesson_of([first, second], tokens_of(["도서관", "개관"]), vocabulary)
    assert lesson.held.tolist() == [False, True, False]
    assert list(vocabulary.numbers) == [f"{word}NNG" for word in words]
    counts, rests = len(cover.COUNTS) + 1, len(cover.RESTS) + 1
    assert (lesson.cells[2] % counts).tolist() == [1, 1, 1]  # each stands there twice
    assert (lesson.cells[3] // rests).tolist() == [0, 0, 0]  # in the first sentence
    assert (lesson.cells[3] % rests).tolist() == [2, 1, 0]
    assert lesson.cells[4:].tolist() == [[0, 1, 2], [1, 2, 3]]


def test_decks_that_have_nothing_of_their_articles_teach_nothing() -> None:
    sentences, _ = article_of(random.Random(1))
    vocabulary = Vocabulary()
    assert pairs.fit([lesson_of(sentences, (), vocabulary)], vocabulary, ["deck"]) is None


def test_the_same_lessons_give_the_same_cover() -> None:
    taught, vocabulary = lessons(20)
    known = pairs.fit(taught, vocabulary, ["deck"])
    again = pairs.fit(taught, vocabulary, ["deck"])
    assert known is not None
    assert again is not None
    assert known.bias == pytest.approx(again.bias)
    assert known == again

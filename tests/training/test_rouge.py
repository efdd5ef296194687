"""ROUGE by hand-counted examples and its laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.core.values import Token
from yoyak.training.rouge import grams, rouge_l, rouge_n, units

WORDS = st.lists(st.sampled_from("가나다라"), max_size=12)


def test_recall_precision_and_f1_by_hand() -> None:
    found = rouge_n(["가", "나", "다", "라"], ["가", "나", "마"], 1)
    assert found.recall == pytest.approx(2 / 3)
    assert found.precision == pytest.approx(2 / 4)
    assert found.f1 == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))
    assert rouge_n(["가", "나", "다"], ["나", "다", "가"], 2).recall == pytest.approx(1 / 2)


def test_counts_are_clipped() -> None:
    assert rouge_n(["가"] * 5, ["가", "가", "나"], 1).recall == pytest.approx(2 / 3)


def test_the_longest_common_subsequence_keeps_the_order() -> None:
    assert rouge_l(["가", "나", "다", "라"], ["나", "가", "라"]).recall == pytest.approx(2 / 3)


def test_punctuation_is_no_unit_but_letters_numbers_and_hanja_are() -> None:
    tags = ("NNG", "SF", "SL", "SN", "SH", "SSO", "SW")
    held = tuple(Token(tag.lower(), tag, at, at + 1) for at, tag in enumerate(tags))
    assert units(held) == ["nng/NNG", "sl/SL", "sn/SN", "sh/SH"]


def test_nothing_shared_scores_zero() -> None:
    assert rouge_n([], ["가"], 1) == rouge_l(["나"], ["가"]) == (0.0, 0.0, 0.0)


@given(WORDS.filter(bool))
def test_a_text_says_all_of_itself(words: list[str]) -> None:
    assert rouge_n(words, words, 1).f1 == pytest.approx(1.0)
    assert rouge_l(words, words).f1 == pytest.approx(1.0)


@given(WORDS, WORDS)
def test_recall_one_way_is_precision_the_other(one: list[str], other: list[str]) -> None:
    for measure in (lambda a, b: rouge_n(a, b, 2), rouge_l):
        assert measure(one, other).recall == pytest.approx(measure(other, one).precision)


@given(WORDS, st.integers(1, 3))
def test_as_many_grams_as_places(words: list[str], n: int) -> None:
    assert grams(words, n).total() == max(0, len(words) - n + 1)

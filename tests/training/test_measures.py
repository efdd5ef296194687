"""Measures by hand."""

from __future__ import annotations

import pytest

from yoyak.training.measures import choice_scores, interval, keyword_f1, keyword_scores, text_scores


def test_choice_by_hand() -> None:
    scores = dict(choice_scores((2, 5), frozenset((2, 3, 4, 9)), 3))
    assert scores["P@3"] == pytest.approx(1 / 3)
    assert scores["R@3"] == pytest.approx(1 / 4)
    assert scores["F1@3"] == pytest.approx(2 / 7)
    assert dict(choice_scores((), frozenset((1,)), 3))["F1@3"] == 0.0
    assert dict(choice_scores((1,), frozenset(), 3)) == {}


def test_keywords_by_hand() -> None:
    scores = dict(keyword_scores(["AI 데이터센터", "예산", "예산"], ["ai데이터센터", "예산안", "#도서관"]))
    assert scores["keywords F1@5 exact"] == pytest.approx(2 * (1 / 5) * (1 / 3) / (1 / 5 + 1 / 3))
    assert scores["keywords F1@5 partial"] == pytest.approx(2 * (2 / 5) * (2 / 3) / (2 / 5 + 2 / 3))


def test_keywords_that_are_squashed_already_count_alike() -> None:
    exact, partial = keyword_f1(frozenset({"예산", "국회의장", "날씨"}), ["예산", "국회", "눈"])

    assert exact == pytest.approx(2 * (1 / 5) * (1 / 3) / (1 / 5 + 1 / 3))
    assert partial == pytest.approx(2 * (2 / 5) * (2 / 3) / (2 / 5 + 2 / 3))


def test_a_keyword_without_a_letter_is_in_no_tag() -> None:
    assert dict(keyword_scores(["★★"], ["도서관"]))["keywords F1@5 partial"] == 0.0


def test_without_a_reference_there_is_no_score() -> None:
    assert dict(text_scores(["글"], ())) == {}
    assert dict(keyword_scores(["글"], ())) == {}


def test_the_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    low, high = interval([0.0, 1.0] * 50, rounds=1000, seed=7)
    assert low < 0.5 < high
    assert high - low == pytest.approx(4 * 0.05, abs=0.03)
    assert interval([0.25] * 9, rounds=1000, seed=7) == (0.25, 0.25)
    assert interval([0.0, 1.0] * 50, rounds=1000, seed=7) == (low, high)

"""Measures, with values computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yoyak.core.values import Sentence
from yoyak.training import measures
from yoyak.training.measures import Score, Tally, interval, keyword_f1

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiwipiepy import Kiwi


def values(scores: Iterable[Score]) -> dict[str, float]:
    return {score.measure: score.value for score in scores}


def choice_scores(chosen: tuple[int, ...], gold: frozenset[int], n: int) -> dict[str, float]:
    return values(measures.choice_scores(chosen, gold, n))


def keyword_scores(terms: list[str], tags: list[str]) -> dict[str, float]:
    return values(measures.keyword_scores(terms, tags))


def test_precision_recall_and_f1_of_chosen_sentences() -> None:
    scores = choice_scores((2, 5), frozenset((2, 3, 4, 9)), 3)
    assert scores["P@3"] == pytest.approx(1 / 3)
    assert scores["R@3"] == pytest.approx(1 / 4)
    assert scores["F1@3"] == pytest.approx(2 / 7)
    assert (choice_scores((), frozenset((1,)), 3))["F1@3"] == 0.0
    assert (choice_scores((1,), frozenset(), 3)) == {}


def test_keywords_match_exactly_or_in_part() -> None:
    scores = keyword_scores(["AI 데이터센터", "예산", "예산"], ["ai데이터센터", "예산안", "#도서관"])
    assert scores["keywords F1@5 exact"] == pytest.approx(2 * (1 / 5) * (1 / 3) / (1 / 5 + 1 / 3))
    assert scores["keywords F1@5 partial"] == pytest.approx(2 * (2 / 5) * (2 / 3) / (2 / 5 + 2 / 3))


def test_keyword_f1_takes_squashed_terms() -> None:
    exact, partial = keyword_f1(frozenset({"예산", "국회의장", "날씨"}), ["예산", "국회", "눈"])

    assert exact == pytest.approx(2 * (1 / 5) * (1 / 3) / (1 / 5 + 1 / 3))
    assert partial == pytest.approx(2 * (2 / 5) * (2 / 3) / (2 / 5 + 2 / 3))


def test_a_keyword_without_letters_matches_nothing() -> None:
    assert (keyword_scores(["★★"], ["도서관"]))["keywords F1@5 partial"] == 0.0


def test_without_a_reference_there_is_no_score() -> None:
    assert values(measures.text_scores(["글"], ())) == {}
    assert (keyword_scores(["글"], [])) == {}


def test_the_interval_contains_the_mean_and_is_reproducible() -> None:
    low, high = interval([0.0, 1.0] * 50, rounds=1000, seed=7)
    assert low < 0.5 < high
    assert high - low == pytest.approx(4 * 0.05, abs=0.03)
    assert interval([0.25] * 9, rounds=1000, seed=7) == (0.25, 0.25)
    assert interval([0.0, 1.0] * 50, rounds=1000, seed=7) == (low, high)


ARTICLE = [
    "하늬군이 낡은 등대를 고쳐 내년 5월 여행자 숙소로 연다.",
    "숙소에는 방 6개와 작은 책방이 들어선다.",
    "이에 주민들은 하루 두 번 다니는 버스를 늘려 달라고 했다.",
    "하늬군은 낡은 등대를 고쳐 숙소로 여는 데 9억원을 쓴다.",
    "군수는 버스 회사와 의논하겠다고 답했다.",
]
GOLD, ACCEPTABLE = frozenset((0, 1, 4)), frozenset((2,))


def editor_scores(*picks: int) -> dict[str, float]:
    sentences = [Sentence(i, 0, len(ARTICLE[i]), ARTICLE[i], (), 0) for i in picks]
    return values(measures.editor_scores(sentences, GOLD, ACCEPTABLE))


@pytest.mark.usefixtures("kiwi")
@pytest.mark.parametrize(
    ("picks", "accepted", "misses", "repeats", "dangling"),
    [
        ((0, 1, 4), 1, 0, 0, 0),
        # "이에" has the sentence before it in the first summary, and not in the second.
        ((0, 1, 2), 1, 0, 0, 0),
        ((0, 2, 4), 1, 0, 0, 1 / 3),
        # Sentence 3 is in neither list and says what sentence 0 says.
        ((0, 1, 3), 2 / 3, 1, 1, 0),
        ((2,), 1 / 3, 0, 0, 1),
        ((), 0, 1, 0, 0),
    ],
)
def test_editor_measures(
    picks: tuple[int, ...], accepted: float, misses: float, repeats: float, dangling: float
) -> None:
    scores = editor_scores(*picks)
    expected = {"accepted@3": accepted, "misses": misses, "repeats": repeats, "dangling": dangling}
    assert scores == pytest.approx(expected)


def test_editor_measures_need_both_lists() -> None:
    sentence = Sentence(0, 0, 3, "글.", (), 0)
    assert list(measures.editor_scores([sentence], GOLD, None)) == []
    assert list(measures.editor_scores([sentence], frozenset(), ACCEPTABLE)) == []
    assert list(measures.first_choice_scores((0,), frozenset())) == []


def test_content_words_are_nouns_numbers_and_latin_words(kiwi: Kiwi) -> None:
    assert kiwi is not None
    assert measures.content_words("하늬군은 AI로 등대 6곳을 고쳐 연다.") >= {"등대", "AI", "6"}
    assert not measures.content_words("그리고 매우 빨리 달렸다.")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("이에 군은 버스를 늘렸다.", True),
        ("그는 고개를 저었다.", True),
        ("이 등대는 백 년을 버텼다.", True),
        ("이 대통령은 등대를 찾았다.", False),
        ("이번 공사에는 9억원이 든다.", False),
        ("이날 문을 연 책방은 작다.", False),
    ],
)
def test_dangling_openers(sentence: str, expected: bool) -> None:
    assert bool(measures.DANGLING.match(sentence)) is expected


def test_the_first_choice_is_right_if_people_chose_it() -> None:
    assert values(measures.first_choice_scores((4,), GOLD)) == {"first choice": 1.0}
    assert values(measures.first_choice_scores((3,), GOLD)) == {"first choice": 0.0}
    assert values(measures.first_choice_scores((), GOLD)) == {"first choice": 0.0}


def test_a_mean_weighs_articles_by_what_was_counted() -> None:
    tally = Tally()
    for score in (Score("dangling", 1 / 3, 3), Score("dangling", 1.0, 1), Score("dangling", 0.0, 0)):
        tally.add(score)
    assert tally.mean() == pytest.approx(2 / 4)
    low, high = measures.percentiles(tally.bootstrap())
    assert 0.0 <= low <= 0.5 <= high <= 1.0

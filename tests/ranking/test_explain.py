"""Reasons agree with what was chosen; marked bodies lose nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article, summary
from yoyak import summarize
from yoyak.core import messages
from yoyak.ranking import explain
from yoyak.ranking.features import NAMES

if TYPE_CHECKING:
    from kiwipiepy import Kiwi


@pytest.fixture(autouse=True)
def _english() -> None:
    messages.use("en")


def test_a_verdict_for_each_sentence() -> None:
    verdicts = explain.verdicts(summary())
    assert [v.rank for v in verdicts] == [1, 3, 2, 4]
    assert [v.chosen for v in verdicts] == [True, False, True, False]
    assert [round(v.share, 2) for v in verdicts] == [1.0, 0.38, 0.75, 0.0]
    assert verdicts[3].reason.startswith("rank 4 of 4: ")
    assert verdicts[0].reason.startswith("chosen, rank 1 of 4: ")


def test_a_sentence_that_repeats_another() -> None:
    made = summary(
        article(paragraphs=("가람시가 도서관을 짓는다. 가람시가 도서관을 새로 짓는다. 비가 왔다.",)),
        chosen=(0, 2),
        scores=(0.9, 0.8, 0.2),
    )
    assert explain.verdicts(made)[1].reason == "rank 2 of 3: says what sentence 1 says"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("가람시는 예산이 부족하기 때문이라고 설명했다.", "gives the cause"),
        ("가람시는 내년에 다리를 놓을 계획이다.", "says what comes next"),
        ("한여울 시장은 “도서관은 모두의 거실이다. 늦은 밤까지 열겠다”고 했다.", "quotes a position"),
        ("이용객은 3만 명으로 지난해보다 늘었다.", "gives a number and its change"),
        ("앞서 가람시는 터를 닦았다.", "background"),
        ("시의회는 예산안을 의결했다.", "tells the outcome"),
    ],
)
def test_a_reason_says_what_the_sentence_does(kiwi: Kiwi, sentence: str, role: str) -> None:
    assert kiwi is not None
    made = summarize(f"비가 많이 왔다.\n\n{sentence}\n\n바다에서 고래가 보였다.", sentences=1)
    verdict = next(v for v in explain.verdicts(made) if v.sentence.text == sentence)

    assert verdict.reason.endswith(f": {role}")


def test_a_sentence_that_refers_back_says_so() -> None:
    made = summary(
        article(paragraphs=("가람시가 도서관을 짓는다. 이에 따라 길이 막힌다. 비가 왔다.",)),
        chosen=(2,),
        scores=(0.1, 0.2, 0.9),
    )
    assert explain.verdicts(made)[1].reason == "rank 2 of 3: refers back to a sentence that is not chosen"


def test_a_sentence_that_may_not_be_chosen() -> None:
    made = summary()
    first, *others = made.analysis.sentences
    barred = replace(made.analysis, sentences=(replace(first, candidate=False), *others))
    verdict = explain.verdicts(replace(made, analysis=barred, sentences=made.sentences[1:], scores=(0.7,)))[0]
    assert (verdict.rank, verdict.chosen) == (None, False)
    assert "not body text" in verdict.reason


def test_every_feature_of_the_ranker_has_a_group() -> None:
    grouped = [feature for group in explain.GROUPS.values() for feature in group]
    assert sorted(grouped) == sorted([*NAMES, "wording", "untitled"])


def test_groups_keep_the_sum_and_leave_out_what_rounds_to_nothing() -> None:
    parts = (("order", 0.5), ("first", -0.2), ("quote", 0.001), ("anything", 0.1))
    assert [(name, round(value, 3)) for name, value in explain.grouped(parts)] == [
        ("position", 0.3),
        ("anything", 0.1),
    ]


def test_equal_scores_all_have_a_full_bar() -> None:
    assert {v.share for v in explain.verdicts(summary(scores=(0.5,)))} == {1.0}


def test_a_latin_keyword_is_marked_as_a_whole_word_only() -> None:
    made = summary(article(paragraphs=("AI는 MAIL이 아니다. AI 시대다.",)), chosen=(1,), keywords=("AI",))
    [pieces] = explain.paragraphs(made)
    assert [piece.text for piece in pieces if piece.keyword] == ["AI", "AI"]


def test_the_longest_keyword_wins() -> None:
    made = summary(
        article(paragraphs=("데이터센터를 짓는다.",)), chosen=(0,), keywords=("데이터", "데이터센터")
    )
    [pieces] = explain.paragraphs(made)
    assert [piece.text for piece in pieces if piece.keyword] == ["데이터센터"]


@given(
    st.lists(st.text("가나 AI.", min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=4),
    st.sets(st.integers(0, 5)),
    st.lists(st.text("가나AI", min_size=1, max_size=3), max_size=3),
)
def test_pieces_joined_are_the_paragraph(texts: list[str], chosen: set[int], terms: list[str]) -> None:
    of = article(paragraphs=tuple(texts), subheadings=())
    made = summary(of, chosen=tuple(sorted(chosen)), keywords=tuple(terms))
    assert ["".join(p.text for p in pieces) for pieces in explain.paragraphs(made)] == texts

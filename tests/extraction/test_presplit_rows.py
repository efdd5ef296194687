"""Which of the sentences a row came with may be chosen."""

from __future__ import annotations

import pytest

from yoyak.extraction.rows import is_body, is_byline, is_caption


@pytest.mark.parametrize(
    "line",
    [
        "한여울 기자 yeoul@example.com",
        "한여울 yeoul@example.com",
        "[솔내=한여울 기자]",
        "사진·글 한여울 기자",
        "2031.4.2 yeoul@example.com",
    ],
)
def test_a_line_that_only_signs_is_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line", ["한여울 기자는 솔내에서 자랐다.", "문의는 garam@example.com으로 하면 된다고 시는 밝혔다."]
)
def test_a_sentence_about_a_reporter_or_with_an_address_is_none(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "▲ 솔내 도서관 전경",
        "[솔내시 제공]",
        "사진=솔내시 제공",
        "◇두 번째 달의 비밀",
        "(자료: 솔내연구원 제공)",
    ],
)
def test_a_marked_line_or_a_credit_is_a_caption(line: str) -> None:
    assert is_caption(line)


def test_the_deck_and_the_byline_over_the_body_are_not_chosen_verb_or_not() -> None:
    lines = [
        "주민이 직접 고른다",
        "한여울 기자 yeoul@example.com",
        "솔내시는 새 도서관의 이름을 주민 투표로 정한다고 4일 밝혔다.",
        "투표는 다음 달 열린다.",
        "이름은 여섯 가지가 후보에 올랐다.",
    ]
    assert is_body(lines) == [False, False, True, True, True]


def test_a_byline_at_the_end_takes_nothing_with_it() -> None:
    lines = ["솔내시는 새 도서관을 연다.", "문은 다음 달 열린다.", "한여울 기자 yeoul@example.com"]
    assert is_body(lines) == [True, True, False]


def test_a_missing_full_stop_is_no_reason() -> None:
    assert is_body(["솔내시는 새 도서관을 연다", "개관은 다음 달로 예정돼 있다"]) == [True, True]


def test_the_title_said_again_is_not_chosen() -> None:
    lines = ["솔내시, 새 도서관 연다", "솔내시는 새 도서관을 다음 달 연다."]
    assert is_body(lines, "솔내시 새 도서관 연다") == [False, True]


def test_a_long_clause_that_ends_with_a_noun_is_a_sentence_and_a_short_one_a_heading() -> None:
    long = "시는 오래된 청사를 고쳐 어린이와 노인이 함께 쓰는 도서관으로 바꾼다는 방침."
    assert is_body(["도서관 확대 방침", long]) == [False, True]


def test_where_nothing_looks_like_a_body_everything_may_be_chosen() -> None:
    assert is_body(["도서관 개관", "주민 참여"]) == [True, True]


def test_a_noun_that_ends_like_a_verb_is_a_heading() -> None:
    assert is_body(["음성 도서 서비스 잇따라", "시설 투자", "솔내시는 음성 도서를 늘린다."]) == [
        False,
        False,
        True,
    ]

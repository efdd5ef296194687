"""Quotations: verbatim, attributed as the text attributes them, and measured on labelled articles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.score_quotes import MIN_SCORE, quotes_of, score

pytestmark = pytest.mark.usefixtures("kiwi")

CASES = [
    # before the quotation, with a role on either side of the name
    ("정다온 가람시장은 “누구나 머물 수 있다”고 말했다.", [("정다온", "가람시장", "누구나 머물 수 있다")]),
    ("가람시장 정다온은 2일 “누구나 머물 수 있다”고 했다.", [("정다온", "가람시장", "누구나 머물 수 있다")]),
    ("회사원 오세림(41)씨는 “반갑다”며 웃었다.", [("오세림", "회사원", "반갑다")]),
    # two parts of one statement, and a speaker between quotation and verb
    (
        "이정원 연구원은 “값이 오른다”며 “내년까지 간다”고 내다봤다.",
        [("이정원", "연구원", "값이 오른다"), ("이정원", "연구원", "내년까지 간다")],
    ),
    ("이정원 모아증권 연구원은 “값이 오른다”고 했다.", [("이정원", "모아증권 연구원", "값이 오른다")]),
    ("공성배 용인대 교수는 “씨름이 좋다”고 했다.", [("공성배", "용인대 교수", "씨름이 좋다")]),
    (
        "가람시의회 교통위원장 봉시내 의원은 “늦다”고 했다.",
        [("봉시내", "가람시의회 교통위원장 의원", "늦다")],
    ),
    ("“값이 오른다”고 이정원 연구원은 내다봤다.", [("이정원", "연구원", "값이 오른다")]),
    # the next and the previous sentence
    ("“그물을 못 친다.” 한서윤 어촌계장의 말이다.", [("한서윤", "어촌계장", "그물을 못 친다.")]),
    ("한서윤 어촌계장은 이렇게 말했다. “그물을 못 친다.”", [("한서윤", "어촌계장", "그물을 못 친다.")]),
    # short names and pronouns
    (
        "정다온 시장은 “짓는다”고 말했다. 정 시장은 “곧 짓는다”고 덧붙였다. 그는 “꼭 짓는다”고 했다.",
        [("정다온", "시장", "짓는다"), ("정다온", "시장", "곧 짓는다"), ("정다온", "시장", "꼭 짓는다")],
    ),
    # organizations and unnamed people
    ("가람교통공사는 “전원이 끊겼다”고 밝혔다.", [("가람교통공사", None, "전원이 끊겼다")]),
    ("시 관계자는 “조사하고 있다”고 전했다.", [("시 관계자", None, "조사하고 있다")]),
    ("영화 단체 ‘빛의 자리’는 “간판만 남는다”고 비판했다.", [("빛의 자리", None, "간판만 남는다")]),
    # a question and its answer in one sentence
    (
        "우상호 의원이 “언제 정했나”라고 묻자 한민우 장관은 “어제 정했다”고 답했다.",
        [("우상호", "의원", "언제 정했나"), ("한민우", "장관", "어제 정했다")],
    ),
    # no attribution
    ("시는 이 사업에 “한 동네 한 서재”라는 이름을 붙였다.", []),
    ("역 벽에는 “안전은 멈추지 않습니다”라고 적힌 현수막이 걸렸다.", []),
    ("정다온 시장은 “혁신”을 강조했다.", []),
    ("반서윤 감독의 영화 “긴 겨울”이 상을 받았다.", []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_quotation_has_the_speaker_the_text_gives_it(
    text: str, wanted: list[tuple[str, str | None, str]]
) -> None:
    assert [(q.speaker, q.role, q.text) for q in quotes_of(text)] == wanted


def test_labelled_articles_reach_the_minimum() -> None:
    result, errors = score()
    assert result.labelled >= 120
    assert result.precision >= MIN_SCORE, errors
    assert result.recall >= MIN_SCORE, errors


PIECES = [
    "정다온 시장은 ",
    "“",
    "”",
    '"',
    "비가 온다",
    "고 말했다. ",
    "며 ",
    "그는 ",
    "\n\n",
    " 씨는",
    ".",
    "‘",
    "’",
    "의 말이다. ",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16))
def test_quotes_are_slices_in_order_and_do_not_overlap(pieces: list[str]) -> None:
    text = "\n\n".join(part for part in "".join(pieces).split("\n\n") if part.strip())
    found = quotes_of(text) if text else ()
    at = 0
    for quote in found:
        assert at <= quote.start < quote.end
        assert text[quote.start : quote.end] == quote.text
        assert text[quote.start - 1] in '“"'
        at = quote.end

"""Rows: a text runs the road of every page, sentences keep their places."""

from __future__ import annotations

from typing import Any

import pytest

from yoyak import extraction as articles
from yoyak.core.errors import EmptyArticleError, RowError
from yoyak.core.options import Fields, ReadOptions
from yoyak.core.values import Article

FIRST = "가온시가 강변에 새 도서관을 짓는다. 책 20만 권이 들어가는 5층 건물이다."
SECOND = "공사는 내년 3월에 시작해 이듬해 가을에 끝난다. 시는 시민 설문으로 이름을 정하기로 했다."


def read(**row: Any) -> Article:
    return articles.from_row(row, source="rows.jsonl:1", read=ReadOptions())


def test_a_row_gives_its_id_title_and_time() -> None:
    article = read(
        id=7,
        title="가온시, 도서관 짓는다",
        text=f"{FIRST}\n\n{SECOND}",
        published="2026-03-05T14:07:00+09:00",
    )

    assert (article.id, article.title) == ("7", "가온시, 도서관 짓는다")
    assert article.published is not None
    assert article.published.isoformat() == "2026-03-05T14:07:00+09:00"
    assert article.paragraphs == (FIRST, SECOND)


def test_a_title_that_is_given_wins_over_the_page() -> None:
    assert read(title="주어진 제목", text=f"쪽이 말하는 제목\n\n{FIRST}\n\n{SECOND}").title == "주어진 제목"


def test_the_fields_may_have_other_names() -> None:
    fields = Fields(text="body", title="headline", id="key")
    row = {"body": FIRST, "headline": "가온시, 도서관 짓는다", "key": "a-1"}
    article = articles.from_row(row, source="rows.jsonl:1", read=ReadOptions(fields=fields))

    assert (article.id, article.title, article.paragraphs) == ("a-1", "가온시, 도서관 짓는다", (FIRST,))


@pytest.mark.parametrize(
    "row", [{}, {"title": "제목만"}, {"text": 3}, {"text": None}, {"sentences": "글"}, {"sentences": [1]}]
)
def test_a_row_that_is_no_article_is_an_error(row: dict[str, Any]) -> None:
    with pytest.raises(RowError, match=r"rows\.jsonl:1"):
        read(**row)


@pytest.mark.parametrize("row", [{"text": " \n "}, {"sentences": []}, {"sentences": ["", " "]}])
def test_a_row_without_words_is_empty(row: dict[str, Any]) -> None:
    with pytest.raises(EmptyArticleError, match=r"rows\.jsonl:1"):
        read(**row)


def test_sentences_keep_their_places_and_bylines_are_no_candidates() -> None:
    article = read(sentences=["이보람 기자 boram@hanbit.example", FIRST, SECOND])

    assert article.spans is not None
    assert [span.candidate for span in article.spans] == [False, True, True]
    assert [article.text[span.start : span.end] for span in article.spans] == list(article.paragraphs)


def test_a_deck_before_the_dateline_is_the_deck() -> None:
    article = read(
        title="가온시, 도서관 짓는다",
        text=f"밤 11시까지 여는 도서관…내년 3월 공사\n\n(가온=한빛뉴스) 이보람 기자 = {FIRST}\n\n{SECOND}\n\nboram@hanbit.example",
    )

    assert article.subtitles == ("밤 11시까지 여는 도서관…내년 3월 공사",)
    assert article.paragraphs == (FIRST, SECOND)
    assert (article.reporters, article.press) == (("이보람",), "한빛뉴스")


def test_a_caption_glued_before_the_lead_leaves_it() -> None:
    article = read(
        title="가온시, 도서관 짓는다",
        text=f"[가온시가 공개한 도서관 그림 (한빛=연합뉴스 자료사진)]{FIRST}{SECOND}",
    )

    assert article.paragraphs == (FIRST + SECOND,)


def test_a_caption_glued_among_sentences_leaves_them() -> None:
    article = read(title="가온시, 도서관 짓는다", text=f"{FIRST} 강변 도서관 그림. [사진 가온시]{SECOND}")

    assert article.paragraphs == (FIRST, SECOND)


def test_a_text_without_full_stops_is_kept_whole() -> None:
    text = "당근 할아버지에서 요리사로 변신한 배우 석 달 전 갈빗집을 인수한 배우 “내 가게 음식은 내가 할 줄 알아야” 아내와는 대학에서 만난 사이 가족 모두가 가게 일을 돕는다고"

    assert read(title="배우, 요리사 되다", text=text).paragraphs == (text,)


def test_the_same_row_gives_the_same_article_whatever_came_before() -> None:
    rows = [{"title": "하나", "text": FIRST}, {"title": "둘", "text": SECOND}]
    alone = read(**rows[1])
    read(**rows[0])

    assert read(**rows[1]) == alone

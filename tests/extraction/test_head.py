"""Metadata in the head of a page: title, press, reporters and times from meta tags, JSON-LD and application state."""

from __future__ import annotations

import json

import pytest

from yoyak import extraction
from yoyak.core.errors import EmptyArticleError
from yoyak.core.values import Article, Decoded

TITLE = "가람천에 돌아온 물억새, 개개비도 함께 왔다"
BODY = (
    "가람천에 물억새 군락이 돌아왔다. 주민들이 3년 동안 외래종을 걷어 낸 결과다.",
    "환경단체 ‘물길지기’는 올봄 조사에서 물억새 1만2000그루를 확인했다고 밝혔다.",
    "온새미 대표는 “새들이 먼저 알고 찾아왔다”고 말했다. 개개비 둥지는 41개로 늘었다.",
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)


def extract(head: str = "", *, title: str = TITLE, above: str = "", below: str = "") -> Article:
    markup = (
        f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body><h1>{title}</h1>{above}"
        f"<div class=article_body>{PARAGRAPHS}</div>{below}</body></html>"
    )
    return extraction.extract(Decoded(text=markup, encoding="utf-8", evidence="given"), source="a.html")


@pytest.mark.parametrize(
    ("head", "press"),
    [
        ('<meta property="og:site_name" content="KBS 뉴스">', "KBS"),
        ('<meta property="og:site_name" content="MBC NEWS">', "MBC"),
        ('<meta property="og:site_name" content="가온일보">', "가온일보"),
        (f"<title>{TITLE} - YTN</title>", "YTN"),
        (f"<title>{TITLE} : 사회일반 : 사회 : 뉴스 : 한겨레</title>", "한겨레"),
        ("<title>관점이 있는 뉴스 - 프레시안</title>", "프레시안"),
        ('<meta property="og:url" content="https://imnews.imbc.com/news/2026/1.html">', "MBC"),
        (
            '<meta property="og:article:author" content="네이버 뉴스"><meta property="og:site_name" content="가온신문">',
            "가온신문",
        ),
        (
            f'<meta name="author" content="OnNews"><meta property="og:title" content="{TITLE} #OnNews">',
            "OnNews",
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"name": "JTBC 뉴스"}}</script>',
            "JTBC",
        ),
    ],
)
def test_the_outlet_is_named_by_the_head(head: str, press: str) -> None:
    assert extract(head).press == press


@pytest.mark.parametrize("author", ["가람 한", "한가람", "한가람 기자", "한가람 기자 (garam@example.com)"])
def test_a_person_is_a_reporter_in_korean_order_and_no_outlet(author: str) -> None:
    article = extract(
        f'<meta property="og:article:author" content="{author}"><meta name="author" content="{author}">'
    )

    assert article.reporters == ("한가람",)
    assert article.press is None


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2026-03-05T14:07:00+09:00", "2026-03-05T14:07:00+09:00"),
        ("2026-03-05T05:07:00Z", "2026-03-05T14:07:00+09:00"),
        ("2026-03-05T05:07:00.123Z", "2026-03-05T14:07:00+09:00"),
        ("Thu, 05 Mar 2026 05:07:00 GMT", "2026-03-05T14:07:00+09:00"),
        ("1772687220", "2026-03-05T14:07:00+09:00"),
        ("1772687220000", "2026-03-05T14:07:00+09:00"),
        ("20260305140700", "2026-03-05T14:07:00+09:00"),
    ],
)
@pytest.mark.parametrize("form", ["meta", "json-ld", "time", "state"])
def test_times_are_read_in_every_form_and_place(stated: str, moment: str, form: str) -> None:
    state = {"props": {"article": {"title": TITLE, "content": "\n".join(BODY), "publishedAt": stated}}}
    head, above = {
        "meta": (f'<meta property="article:published_time" content="{stated}">', ""),
        "json-ld": (
            f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{stated}"}}</script>',
            "",
        ),
        "time": ("", f'<time datetime="{stated}">어제</time>'),
        "state": (f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>', ""),
    }[form]
    published = extract(head, above=above).published

    assert published is not None
    assert published.isoformat() == moment


def test_the_printed_time_wins_over_the_time_of_the_draft() -> None:
    article = extract(
        '<meta property="article:published_time" content="2026-03-05T14:03:12+09:00">',
        above="<p>승인 2026.03.05 14:07</p>",
    )

    assert article.published is not None
    assert article.published.isoformat() == "2026-03-05T14:07:00+09:00"


def test_a_printed_time_of_another_day_does_not() -> None:
    article = extract(
        '<meta property="article:published_time" content="2026-03-05T14:03:12+09:00">',
        above="<p>등록 2010.01.02 10:00</p>",
    )

    assert article.published is not None
    assert article.published.isoformat() == "2026-03-05T14:03:12+09:00"


def test_a_longer_heading_wins_over_a_shortened_document_title() -> None:
    article = extract(f"<title>{TITLE} - YTN</title>", title=f"{TITLE}...주민들 “물길 더 넓혀야”")

    assert article.title == f"{TITLE}...주민들 “물길 더 넓혀야”"


def test_a_deck_is_not_joined_and_buttons_are_none() -> None:
    article = extract(
        above="<div class=control_area><a href='#p'>프린트<span>기사본문 인쇄하기</span></a><strong>글자 크기</strong></div>"
        "<strong class=summary_view>물억새 1만2000그루 확인한 물길지기<br>외래종 걷어 낸 지 3년 만의 일로<br>개개비 둥지도 41개로 늘어난 가람천</strong>",
    )

    assert article.subtitles == (
        "물억새 1만2000그루 확인한 물길지기",
        "외래종 걷어 낸 지 3년 만의 일로",
        "개개비 둥지도 41개로 늘어난 가람천",
    )
    assert article.paragraphs == BODY


def refuse(markup: str) -> None:
    with pytest.raises(EmptyArticleError):
        extraction.extract(Decoded(text=markup, encoding="utf-8", evidence="given"), source="a.html")


def test_a_list_whose_headlines_and_leads_share_a_line_is_no_article() -> None:
    entries = "".join(
        f"<li><a href='/{number}'>물억새 소식 {number}호, 군락 넓어져</a> 가람천의 물억새 군락이 {number}미터 넓어졌다. 주민들은 이를 반겼다.. <span>가온일보</span></li>"
        for number in range(1, 15)
    )
    refuse(f"<!doctype html><html><body><h2>사회</h2><ul>{entries}</ul></body></html>")


def test_a_page_of_comments_is_no_article() -> None:
    rows = "".join(
        f"<tr><td>{number}</td><td>abcd****</td><td>{text}</td></tr>" for number, text in enumerate(BODY * 4)
    )
    refuse(f"<!doctype html><html><body><table>{rows}</table></body></html>")

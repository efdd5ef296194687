"""Markdown: sections of one file, and notes of a vault with front matter that YAML readers accept."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article, failed, summary
from yoyak.core import messages
from yoyak.outputs import markdown

anything = st.text(st.characters(), max_size=60)


@pytest.fixture(autouse=True)
def _english() -> None:
    messages.use("en")


@pytest.mark.parametrize(
    ("said", "escaped"),
    [
        ("[단독] 값 *세 배*", r"\[단독\] 값 \*세 배\*"),
        ("# 제목", r"\# 제목"),
        ("1. 첫째", r"1\. 첫째"),
        ("- 줄", r"\- 줄"),
        ("<script>", r"\<script\>"),
        ("a_b `c` ![그림](x)", r"a\_b \`c\` \!\[그림\](x)"),
        ("&amp;", r"\&amp;"),
    ],
)
def test_text_is_printed_unchanged(said: str, escaped: str) -> None:
    assert markdown.escape_markdown(said) == escaped


def test_a_section_of_a_longer_file() -> None:
    assert markdown.section(summary()).split("\n\n") == [
        "## 가람시, 강변 도서관 짓는다",
        "*책 20만 권, 밤 11시까지*",
        "한빛신문 · 이보람, 정다온 · 2026.03.02 09:10",
        "- 가람시가 강변 도서관을 새로 짓는다.\n- 공사는 내년 3월에 시작한다.",
        "**Keywords**: 도서관, 가람시",
        "Source: library.txt",
    ]


def test_a_document_starts_with_front_matter() -> None:
    matter, *parts = markdown.document(summary(), linked=True).split("\n\n")
    assert matter.split("\n") == [
        "---",
        'title: "가람시, 강변 도서관 짓는다"',
        'press: "한빛신문"',
        'reporters: ["이보람", "정다온"]',
        "published: 2026-03-02T09:10:00+09:00",
        'source: "library.txt"',
        'keywords: ["도서관", "가람시"]',
        "---",
    ]
    assert parts == [
        "# 가람시, 강변 도서관 짓는다",
        "*책 20만 권, 밤 11시까지*",
        "- 가람시가 강변 도서관을 새로 짓는다.\n- 공사는 내년 3월에 시작한다.",
        "**Keywords**: [[도서관]], [[가람시]]",
    ]


def test_a_link_holds_no_character_that_obsidian_refuses() -> None:
    made = markdown.document(summary(keywords=("[[a|b]]#c^d",)), linked=True)
    assert made.endswith("[[a b c d]]")


@given(anything, anything)
def test_front_matter_is_a_line_of_json_for_each_value(title: str, press: str) -> None:
    made = markdown.document(summary(article(title=title, press=press, source="a.txt")))
    lines = made.split("\n")
    end = lines.index("---", 1)
    for line in lines[1:end]:
        name, _, value = line.partition(": ")
        if name != "published":
            json.loads(value)
    assert {line.partition(":")[0] for line in lines[1:end]} >= {"title", "keywords"}


def test_key_sentences_are_bold_in_the_body() -> None:
    made = markdown.section(summary(), marked=True)
    assert "**가람시가 강변 도서관을 새로 짓는다.** 책 20만 권이 들어간다." in made
    assert made.index("### 내년 3월 첫 삽") < made.index("**공사는 내년 3월에 시작한다.**")


def test_an_article_and_a_failure() -> None:
    assert "### 내년 3월 첫 삽" in markdown.section(article())
    assert markdown.section(failed()) == "## menu.txt\n\n> menu.txt: no article in it"
    assert markdown.document(failed()) == "# menu.txt\n\n> menu.txt: no article in it"

"""Renderers: the documented formats, without control characters or formulas of an article."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article, failed, summary
from yoyak.core import messages
from yoyak.core.values import Notice, Outcome, Quote
from yoyak.outputs import markdown, render

HOSTILE = "\x1b[31m빨강\x1b[0m \x1b]0;제목\x07 \x9b31m \u202e거꾸로\u202c \x00끝\ud800"
OBEYED = set("\x1b\x07\x00\x9b\u202e\u202c\ud800")

anything = st.text(st.characters(), max_size=60)


@pytest.fixture(autouse=True)
def _english() -> None:
    messages.use("en")


# -- JSON


def test_summary_record_has_the_promised_keys_in_order() -> None:
    record = render.record(summary())
    assert list(record) == (
        [
            "schema",
            "source",
            "id",
            "title",
            "subtitles",
            "published",
            "modified",
            "reporters",
            "press",
            "url",
            "section",
            "summary",
            "keywords",
            "warnings",
        ]
    )
    assert record["schema"] == 1
    assert record["published"] == "2026-03-02T09:10:00+09:00"
    assert list(record["summary"][0]) == ["index", "start", "end", "text", "score"]
    assert record["keywords"][0] == {"term": "도서관", "score": 1.0, "count": 2}


def test_sentences_of_a_record_are_slices_of_the_body() -> None:
    made = summary()
    for entry in render.record(made)["summary"]:
        assert made.article.text[entry["start"] : entry["end"]] == entry["text"]


def test_article_record() -> None:
    record = render.record(article())
    assert record["paragraphs"] == list(article().paragraphs)
    assert record["text"] == "\n\n".join(record["paragraphs"])
    assert record["subheadings"] == [{"text": "내년 3월 첫 삽", "paragraph": 1}]
    assert record["removed"][0] == {"rule": "control", "text": "글자 크기 조절"}


def test_failed_record() -> None:
    assert render.record(failed(id="7")) == {
        "schema": 1,
        "source": "menu.txt",
        "id": "7",
        "error": {"code": "empty", "message": "menu.txt: no article in it"},
    }


def test_an_explained_record_has_every_sentence() -> None:
    record = render.record(summary(), explained=True)
    assert [entry["index"] for entry in record["explained"]] == [0, 1, 2, 3]
    assert [entry["chosen"] for entry in record["explained"]] == [True, False, True, False]
    assert record["explained"][0]["parts"] == {"position": 0.45, "title": 0.45}


def test_a_json_line_is_one_line_and_keeps_hangul() -> None:
    line = render.json_line(summary(article(title="가\n나")))
    assert "\n" not in line
    assert "도서관" in line


@given(anything)
def test_json_keeps_any_text_and_escapes_control_characters(text: str) -> None:
    line = render.json_line(failed(source=text, message=text))
    assert json.loads(line)["source"] == text
    assert not OBEYED & set(line)
    line.encode("utf-8")


# -- plain


def test_plain_has_one_sentence_per_line() -> None:
    assert render.plain(summary()) == "가람시가 강변 도서관을 새로 짓는다.\n공사는 내년 3월에 시작한다."
    assert render.plain(summary(), keywords_only=True) == "도서관\n가람시"
    assert render.plain(article()).split("\n") == list(article().paragraphs)
    assert render.plain(failed()) == ""


def test_a_plain_sentence_stays_on_one_line() -> None:
    made = summary(article(paragraphs=("첫 줄\n둘째 줄\x1b[2J이다.",)), chosen=(0,))
    assert "\x1b" not in render.plain(made)


def test_a_heading_says_which_of_several_articles_the_lines_belong_to() -> None:
    made = summary()
    lines = render.with_heading(made, render.plain(made)).split("\n")
    assert lines[0] == "# 가람시, 강변 도서관 짓는다 (library.txt)"
    assert lines[1:] == render.plain(made).split("\n")
    untitled = article(title=None, source="a\x1b[2J\nb.txt")
    assert render.with_heading(untitled, "") == "# a[2J b.txt"
    assert render.with_heading(failed(), "") == ""


QUOTE = Quote("정다온", "가람시장", "누구나 밤늦게까지 머물 수 있는 곳", 58, 77)


def test_quotes_are_printed_only_if_they_were_asked_for() -> None:
    assert "quotes" not in render.record(summary())
    quoted = replace(summary(), quotes=(QUOTE,))
    assert render.record(quoted)["quotes"] == [QUOTE._asdict()]
    assert render.plain(quoted).split("\n")[-1] == "정다온 (가람시장): “누구나 밤늦게까지 머물 수 있는 곳”"
    assert "> — 정다온 (가람시장)" in markdown.document(quoted)
    assert render.record(replace(summary(), quotes=()))["quotes"] == []


def test_removed_is_rule_tab_text() -> None:
    assert render.removed(article()).split("\n")[0] == "control\t글자 크기 조절"


def test_byline_and_midnight() -> None:
    assert render.byline(article()) == "한빛신문 · 이보람, 정다온 · 2026.03.02 09:10"
    day = article().published
    assert day is not None
    assert render.when(day.replace(hour=0, minute=0)) == "2026.03.02"
    assert render.byline(article(press=None, reporters=(), published=None)) == ""


# -- CSV


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝", "\u200b="])
def test_text_like_a_formula_stays_text_in_csv(start: str) -> None:
    title = start + "HYPERLINK(0)"
    [row] = csv.reader(io.StringIO(render.csv_line(summary(article(title=title)))))
    assert row[2].startswith("'")


@given(anything, anything)
def test_csv_has_one_record_with_a_cell_for_each_column(title: str, source: str) -> None:
    line = render.csv_line(summary(article(title=title, source=source)))
    [row] = csv.reader(io.StringIO(line))
    assert len(row) == len(render.CSV_HEADER)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert not OBEYED & set(line)


def test_csv_of_failures_and_articles() -> None:
    [header] = csv.reader(io.StringIO(render.csv_header()))
    [bad] = csv.reader(io.StringIO(render.csv_line(failed())))
    assert dict(zip(header, bad, strict=True))["error"] == "menu.txt: no article in it"
    [good] = csv.reader(io.StringIO(render.csv_line(summary())))
    assert dict(zip(header, good, strict=True))["keywords"] == "도서관; 가람시"


# -- width


@pytest.mark.parametrize(("said", "wide"), [("abc", 3), ("가나", 4), ("“가”", 4), ("e\u0301", 1), ("ＡB", 3)])
def test_columns(said: str, wide: int) -> None:
    assert render.cells(said) == wide


@given(st.text("가나 ab", max_size=60), st.integers(8, 30))
def test_wrapped_lines_fit_and_keep_all_words(said: str, width: int) -> None:
    lines = render.wrap(said, width)
    assert " ".join(lines).split() == said.split()
    assert all(render.cells(line) <= width or " " not in line for line in lines)


def test_warnings_are_in_the_record() -> None:
    record = render.record(summary(warnings=(Notice("short", "짧은 기사"),)))
    assert record["warnings"] == [{"code": "short", "message": "짧은 기사"}]


@pytest.mark.parametrize(
    "hostile",
    [
        summary(article(title=HOSTILE, source=HOSTILE, id=HOSTILE), keywords=(HOSTILE,)),
        article(title=HOSTILE, press=HOSTILE, reporters=(HOSTILE,)),
        failed(source=HOSTILE, message=HOSTILE),
    ],
)
def test_no_format_prints_control_characters(hostile: Outcome) -> None:
    for renderer in (
        render.json_line,
        render.json_object,
        render.plain,
        render.csv_line,
        markdown.section,
        markdown.document,
    ):
        printed = renderer(hostile)
        assert not OBEYED & set(printed)
        printed.encode("utf-8")

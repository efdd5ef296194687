"""Options of reading on the command line: fields, columns and formats reach the output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commandline import LEAD, Run

BODY = "가람시가 강변에 도서관을 짓는다고 2일 밝혔다. 책 20만 권을 갖춘다. 내년 3월에 문을 연다."
pytestmark = pytest.mark.usefixtures("elsewhere")


def test_other_fields_of_a_row_reach_the_output(yoyak: Run) -> None:
    row = {"번호": 7, "제목": "도서관 짓는다", "본문": BODY, "언론사": "한빛신문", "기자": "이보람 기자, 정다온", "링크": "https://news.example/7", "분류": "사회", "조회수": 31, "댓글": ["좋다"]}  # fmt: skip
    Path("rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    ran = yoyak(*LEAD, "--format", "json", "--extra", "rows.jsonl")
    record = json.loads(ran.out)
    assert (record["id"], record["title"], record["press"]) == ("7", "도서관 짓는다", "한빛신문")
    assert record["reporters"] == ["이보람", "정다온"]
    assert (record["url"], record["section"]) == ("https://news.example/7", "사회")
    assert record["extra"] == {"조회수": 31}


def test_fields_are_chosen_by_name_or_dotted_path(yoyak: Run) -> None:
    row = {
        "doc": {"head": "도서관", "parts": [{"t": BODY}]},
        "by": "한빛신문",
        "at": "x",
        "where": "u",
        "part": "s",
    }
    Path("rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    ran = yoyak(
        "extract", "--format", "json", "--text-field", "doc.parts.0.t", "--title-field", "doc.head",
        "--press-field", "by", "--url-field", "where", "--section-field", "part", "rows.jsonl",
    )  # fmt: skip
    record = json.loads(ran.out)
    assert (record["title"], record["press"], record["url"], record["section"]) == (
        "도서관",
        "한빛신문",
        "u",
        "s",
    )
    assert record["text"] == BODY


def test_a_wrong_field_name_is_one_error_that_names_the_fields(yoyak: Run) -> None:
    rows = [{"제목": "가", "본문": BODY}] * 30
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ran = yoyak("--text-field", "내용문", "rows.jsonl")
    assert ran.code == 1
    assert ran.err.count("내용문") == 1
    assert "제목, 본문" in ran.err


def test_a_table_without_header_is_read_with_columns(yoyak: Run) -> None:
    Path("table.csv").write_text(f"2026-05-12,사회,한빛신문,도서관,{BODY}\n", encoding="cp949")
    assert "--columns" in yoyak("table.csv").err
    ran = yoyak("extract", "--format", "json", "--columns", "일자,분류,언론사,제목,본문", "table.csv")
    record = json.loads(ran.out)
    assert (record["title"], record["section"], record["text"]) == ("도서관", "사회", BODY)


def test_an_input_format_that_is_asked_for_is_used(yoyak: Run) -> None:
    Path("many.txt").write_text(f"{BODY}\n{BODY}\n", encoding="utf-8")
    ran = yoyak("extract", "--format", "jsonl", "--input-format", "lines", "many.txt")
    assert [json.loads(line)["source"] for line in ran.out.splitlines()] == ["many.txt:1", "many.txt:2"]

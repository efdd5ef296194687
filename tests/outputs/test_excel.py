"""Excel workbooks: the sheets, texts that stay texts, the same bytes for the same results."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from invented import article, failed, summary
from sinks import file, fill, left
from yoyak import outputs
from yoyak.core.errors import MissingExtraError, OptionError, OutputError
from yoyak.core.values import Outcome, Quote
from yoyak.outputs import excel


def workbook(folder: Path, *outcomes: Outcome) -> Any:
    sink = file(folder / "out.xlsx", "xlsx")
    fill(sink, *map(outputs.parquet_row, outcomes))
    sink.commit()
    return openpyxl.load_workbook(folder / "out.xlsx")


def rows(sheet: Any) -> list[dict[str, Any]]:
    header, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in others]


def test_articles_sentences_and_keywords_have_a_sheet_each(tmp_path: Path) -> None:
    book = workbook(tmp_path, summary(), failed(), article())
    articles, sentences, keywords = (rows(book[name]) for name in ("articles", "sentences", "keywords"))
    assert [row["number"] for row in articles] == [1, 2, 3]
    assert articles[0]["summary"] == "가람시가 강변 도서관을 새로 짓는다. 공사는 내년 3월에 시작한다."
    assert articles[0]["reporters"] == "이보람; 정다온"
    assert articles[1]["error"] == "menu.txt: no article in it"
    assert articles[2]["summary"] == article().text.replace("\n\n", " ")
    assert [(row["number"], row["index"], row["start"]) for row in sentences] == [(1, 0, 0), (1, 2, 37)]
    assert [(row["rank"], row["term"], row["count"]) for row in keywords] == [
        (1, "도서관", 2),
        (2, "가람시", 2),
    ]


def test_quotations_have_a_sheet(tmp_path: Path) -> None:
    quote = Quote("정다온", "가람시장", "=머물 수 있다", 58, 66)
    book = workbook(tmp_path, replace(summary(), quotes=(quote,)))
    [row] = rows(book["quotes"])
    assert (row["number"], row["speaker"], row["text"]) == (1, "정다온", "=머물 수 있다")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "{=", "https://", "12"])
def test_text_stays_text(tmp_path: Path, start: str) -> None:
    book = workbook(tmp_path, summary(article(title=f"{start}1+1\x1b[2J")))
    cell = book["articles"]["B2"]
    assert (cell.value, cell.data_type) == (f"{start}1+1[2J", "s")


def test_a_text_too_long_for_a_cell_is_cut_and_the_row_says_so(tmp_path: Path) -> None:
    book = workbook(tmp_path, article(paragraphs=("가" * 40_000,)))
    [row] = rows(book["articles"])
    assert len(row["summary"]) == excel.MAX_CELL_CHARS
    assert "32767" in row["notes"]


def test_a_full_sheet_ends_the_run_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_SHEET_ROWS", 4)
    sink = file(tmp_path / "out.xlsx", "xlsx")
    with pytest.raises(OutputError, match=r"sentences.*out\.sqlite"):
        fill(sink, *[outputs.parquet_row(summary())] * 2)
    sink.suspend()
    assert left(tmp_path) == ["out.xlsx.part"]
    with (tmp_path / "out.xlsx.part").open("rb") as part:
        assert len(rows(openpyxl.load_workbook(part)["sentences"])) >= 2


def test_the_same_results_are_the_same_bytes(tmp_path: Path) -> None:
    contents = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        workbook(tmp_path / name, summary())
        contents.append((tmp_path / name / "out.xlsx").read_bytes())
    assert contents[0] == contents[1]


def test_unsupported_options_of_a_workbook_are_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OptionError, match=r"out\.jsonl"):
        file(tmp_path / "out.xlsx", "xlsx", resume=True)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"yoyak\[excel\]"):
        file(tmp_path / "out.xlsx", "xlsx")
    assert left(tmp_path) == []

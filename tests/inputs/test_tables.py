"""Tables: every row as it stands, or an error of its own."""

from __future__ import annotations

import csv
import gzip
import io
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import BRIDGE, GARLIC, LIBRARY, TEXTS, TITLES, read, read_path
from yoyak import inputs
from yoyak.core.options import Fields, ReadOptions
from yoyak.core.values import Record
from yoyak.inputs.records import read_record


def table(
    delimiter: str = ",",
    header: str = "번호 제목 일자 본문",
    *,
    quoting: int = csv.QUOTE_MINIMAL,
    end: str = "\r\n",
) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerow(header.split())
    for number, (title, text) in enumerate(zip(TITLES, TEXTS, strict=True), 1):
        writer.writerow([number, title, "2026.05.12 10:30", text])
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("comma.csv", table().encode()),
        ("excel.csv", table().encode("cp949")),
        ("semicolon.csv", table(";").encode("cp949")),
        ("pipe.csv", table("|").encode()),
        ("tabs.csv", table("\t").encode("utf-16")),
        ("unicode.txt", table("\t").encode("utf-16")),
        ("named-text.txt", table().encode("cp949")),
        ("big-endian.csv", b"\xfe\xff" + table().encode("utf-16-be")),
        ("unmarked-utf16.csv", table().encode("utf-16-le")),
        ("bom.csv", table().encode("utf-8-sig")),
        ("quoted.csv", table(quoting=csv.QUOTE_ALL).encode("utf-8-sig")),
        ("separator-line.csv", ("sep=;\r\n" + table(";")).encode("cp949")),
        ("separator-line-bom.csv", ("sep=;\r\n" + table(";")).encode("utf-8-sig")),
        ("old-mac.csv", table(end="\r").encode()),
        ("packed.csv.gz", gzip.compress(table().encode("cp949"))),
        ("trailing-commas.csv", table().replace("\r\n", ",,\r\n").encode()),
        ("empty-rows.csv", table().replace("\r\n2,", "\r\n,,,\r\n\r\n2,").encode()),
        ("title-above.csv", ("2026년 5월 기사 목록,,,\r\n,,,\r\n" + table()).encode()),
        ("rows.tsv", table("\t").encode()),
        ("spaces.csv", table(quoting=csv.QUOTE_ALL).replace('","', '", "').encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_tables_as_korean_programs_write_them(name: str, data: bytes) -> None:
    seen = read(data, name)
    assert seen.errors == {}
    assert seen.texts == list(TEXTS)
    assert seen.titles == list(TITLES)
    assert [article.id for article in seen.articles] == ["1", "2", "3"]
    assert all(str(article.published) == "2026-05-12 10:30:00+09:00" for article in seen.articles)


def test_a_bigkinds_export() -> None:
    header = "뉴스 식별자,일자,언론사,기고자,제목,통합 분류1,통합 분류2,키워드,특성추출(가중치순 상위 50개),본문,URL,분석제외 여부"
    row = f'01100101.20260512,20260512,한빛신문,이보람;정다온,{TITLES[0]},지역>충북,,"도서관,강변",도서관,"{LIBRARY}",https://news.example/1,'
    (article,) = read(f"{header}\n{row}\n".encode("cp949"), "NewsResult.csv").articles
    assert (article.id, article.title, article.press) == ("01100101.20260512", TITLES[0], "한빛신문")
    assert (article.reporters, article.section) == (("이보람", "정다온"), "지역>충북")
    assert (article.url, article.text) == ("https://news.example/1", LIBRARY)


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (f"2,둘,{BRIDGE}", "4 cells, but the header has 3"),
        ("2,둘", "2 cells, but the header has 3"),
        ("이어지는 줄이다.", "1 cell, but the header has 3; a cell with line breaks needs quotes around it"),
        (f'2,둘,"{GARLIC}', "line 3: a quote is not closed"),
        (f'2,둘,"그는 "좋다"고 했다. {GARLIC}"', "line 3: text follows a closing quote"),
    ],
)
def test_a_bad_row_is_an_error_and_the_others_are_read(lines: str, error: str) -> None:
    seen = read(f'번호,제목,본문\n1,하나,"{LIBRARY}"\n{lines}\n3,셋,"{GARLIC}"\n4,넷,"{GARLIC}"\n', "a.csv")
    assert list(seen.errors) == ["a.csv:2"]
    assert error in seen.errors["a.csv:2"]
    assert seen.texts == [LIBRARY, GARLIC, GARLIC]


def test_quotes_in_an_unquoted_tsv_are_characters() -> None:
    rows = [('"좋다"…강변 도서관', LIBRARY), ('"열었다', BRIDGE), ('값 "들썩"', GARLIC)]
    seen = read("제목\t본문\n" + "".join(f"{title}\t{text}\n" for title, text in rows), "a.tsv")
    assert seen.errors == {}
    assert list(zip(seen.titles, seen.texts, strict=True)) == rows


def test_a_row_in_the_other_korean_encoding_is_read() -> None:
    data = "제목,본문\n".encode() + f"하나,{GARLIC}\n".encode("cp949") + f"둘,{GARLIC}\n".encode()
    assert read(data, "a.csv").texts == [GARLIC, GARLIC]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ("가,나,다\n1,2,3\n", "no field is known to hold the text; the fields are: 가, 나, 다"),
        (
            f"2026-05-12 10:00,사회,한빛신문,하나,{GARLIC}\n",
            "the first line is no header (2026-05-12 10:00, 사회, ",
        ),
        ("제목,본문\n", "the table has no rows"),
        ("", "the table is empty"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_error(data: str, error: str) -> None:
    seen = read(data, "a.csv")
    assert list(seen.errors) == ["a.csv"]
    assert error in seen.errors["a.csv"]


def test_columns_without_a_header_and_with_one() -> None:
    row = f"2026-05-12,한빛신문,하나,{GARLIC}\n"
    columns = ("일자", "언론사", "제목", "본문")
    for data in (row, ",".join(columns) + "\n" + row):
        (article,) = read(data, "a.csv", columns=columns).articles
        assert (article.press, article.title, article.text) == ("한빛신문", "하나", GARLIC)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_in_a_pipe_is_known_by_columns_or_a_chosen_field(delimiter: str) -> None:
    row = f'1{delimiter}하나{delimiter}"{GARLIC}"\n'
    assert read(row, "noending", columns=("번호", "제목", "본문")).texts == [GARLIC]
    assert read(f"x{delimiter}y{delimiter}z\n{row}", "noending", fields=Fields(text="z")).texts == [GARLIC]


def test_a_wrong_field_is_one_error_that_names_all() -> None:
    seen = read(table(), "a.csv", fields=Fields(text="내용물"))
    assert seen.errors == {"a.csv": "a.csv: there is no field 내용물; the fields are: 번호, 제목, 일자, 본문"}
    seen = read(table(), "a.csv", fields=Fields(press="신문"))
    assert seen.errors == {"a.csv": "a.csv: there is no field 신문; the fields are: 번호, 제목, 일자, 본문"}


def test_a_field_is_known_in_any_spelling() -> None:
    fields = Fields(text="기사_본문", title="ＨＥＡＤ")
    seen = read(f"기사 본문,ＨＥＡＤ\n{GARLIC},하나\n", "a.csv", fields=fields)
    assert (seen.texts, seen.titles) == ([GARLIC], ["하나"])


def test_markup_and_escapes_of_a_database_are_undone() -> None:
    data = f'제목,본문\n"해솔군 <b>다리</b> &quot;열어&quot;<br>",{GARLIC}\\n\\n{LIBRARY}\\t끝.\n'
    (article,) = read(data, "a.csv").articles
    assert article.title == '해솔군 다리 "열어"'
    assert article.paragraphs[0] == GARLIC
    assert "\\" not in article.text


def test_a_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import datetime as dt

    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["2026년 5월 기사"], [], ["번호", "제목", "일자", "본문"]):
        sheet.append(row)
    for number, (title, text) in enumerate(zip(TITLES, TEXTS, strict=True), 1):
        sheet.append([number, title, dt.datetime(2026, 5, 12, 10, 30), text])  # noqa: DTZ001  as Excel has it
    sheet.append([None, None, None])
    buffer = io.BytesIO()
    book.save(buffer)
    seen = read(buffer.getvalue(), "a.xlsx")
    assert (seen.errors, seen.texts, seen.titles) == ({}, list(TEXTS), list(TITLES))
    assert seen.articles[0].id == "1"
    assert str(seen.articles[0].published) == "2026-05-12 10:30:00+09:00"


@pytest.mark.parametrize("data", [b"PK\x03\x04 no workbook", b"", b"\xd0\xcf\x11\xe0 old"])
def test_a_broken_workbook_is_an_error(data: bytes) -> None:
    assert list(read(data, "a.xlsx").errors) == ["a.xlsx"]


def test_rows_of_a_pipe_come_as_they_are_written() -> None:
    near, far = os.pipe()
    os.write(far, f"제목,본문\n하나,{GARLIC}\n".encode())
    with os.fdopen(near, "rb", buffering=0) as pipe:
        items = inputs.discover(["-"], read=ReadOptions(), stdin=pipe)
        assert next(items).source == "-:1"
        os.write(far, f"둘,{GARLIC}\n".encode())
        assert next(items).source == "-:2"
        os.close(far)
        assert list(items) == []


@pytest.mark.parametrize(
    "row",
    ['x","z', 'x"",""",z', '"', 'a,"b', '"""'],
    ids=["alternating", "escaped", "lone", "opened", "triple"],
)
def test_quotes_that_never_close_take_bounded_time(tmp_path: Path, row: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("제목,본문\n" + (row + "\n") * 60_000)
    begun = time.process_time()
    count = sum(1 for _ in inputs.discover([path], read=ReadOptions(max_bytes=1_000_000)))
    assert count > 0
    assert time.process_time() - begun < 20


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30).map(
    lambda cell: cell + "글"
)


@given(
    st.lists(
        st.lists(CELL | CELL.map(lambda cell: f'{cell}\n"{cell}",'), min_size=3, max_size=3),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(",;\t|"),
)
def test_rows_written_as_csv_come_back(rows: list[list[str]], delimiter: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["제목", "본문", "비고"])
    writer.writerows(rows)
    reading = ReadOptions()
    items = inputs.discover(["-"], read=reading, stdin=io.BytesIO(buffer.getvalue().encode()))
    assert [list(inputs.load(item, reading).values()) for item in items] == rows  # type: ignore[union-attr]


def test_a_row_is_a_record_by_what_its_fields_hold() -> None:
    row = {
        "TITLE": "하나",
        "Content": GARLIC,
        "PubDate": "Tue, 12 May 2026 10:30:00 +0900",
        "author": {"name": "이보람 기자"},
    }
    record = read_record(row, source="a", read=ReadOptions())
    assert record == Record(
        title="하나", text=GARLIC, published="2026-05-12T10:30:00+09:00", reporters=("이보람",)
    )


@pytest.mark.parametrize("path", sorted(Path("samples/inputs").glob("*.csv")), ids=lambda path: path.name)
def test_sample_tables_are_read(path: Path) -> None:
    seen = read_path(path)
    assert seen.articles
    assert seen.errors == {}

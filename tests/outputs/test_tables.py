"""Databases and Parquet files: the rows of the JSON record, and a search for nouns."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import parquet

from sinks import file, fill, left, made
from yoyak import outputs, pipeline
from yoyak.core.errors import MissingExtraError, OptionError
from yoyak.core.options import Options
from yoyak.core.values import Failed, Summary
from yoyak.nlp import kiwi as analyzer
from yoyak.outputs.tables import search_terms

BODY = (
    "가람시가 데이터센터를 짓는다. 데이터센터는 2028년에 문을 연다.\n\n"
    "반서윤 시장은 “전력은 바닷바람으로 댄다”고 말했다. 주민들은 냉각수를 걱정했다."
)


@pytest.fixture(scope="module")
def outcomes(kiwi: object) -> list[Summary | Failed]:  # noqa: ARG001
    options = Options(quotes=True)
    article = pipeline.read(f"가람시 데이터센터\n\n{BODY}".encode(), source="a.txt", options=options)
    other = pipeline.read_row(
        {"id": "n2", "title": "쌀값", "text": "쌀값이 크게 올랐다. 농민들이 반겼다. 정부는 지켜본다고 했다."},
        source="b:2",
        options=options,
    )
    return [
        pipeline.summarize(article, options),
        Failed(source="c.txt", id=None, code="empty", message="c.txt: nothing"),
        pipeline.summarize(other, options),
    ]


@pytest.fixture
def database(tmp_path: Path, outcomes: list[Summary | Failed]) -> Iterator[sqlite3.Connection]:
    sink = file(tmp_path / "out.sqlite", "sqlite")
    fill(sink, *map(outputs.sqlite_row, outcomes))
    sink.commit()
    database = sqlite3.connect(tmp_path / "out.sqlite")
    yield database
    database.close()


@pytest.mark.parametrize("format", ["sqlite", "parquet"])
def test_a_lone_surrogate_in_an_id_is_written_as_its_escape(tmp_path: Path, format: str) -> None:  # noqa: A002
    options = Options()
    article = pipeline.read_row({"id": "ㄱ\ud800", "text": BODY}, source="a:1", options=options)
    summary = pipeline.summarize(article, options)
    row = outputs.sqlite_row(summary) if format == "sqlite" else outputs.parquet_row(summary)
    sink = file(tmp_path / f"out.{format}", format)
    fill(sink, row)
    sink.commit()
    assert row["id"] == "ㄱ\\ud800"


def test_a_database_holds_every_outcome(
    database: sqlite3.Connection, outcomes: list[Summary | Failed]
) -> None:
    found = database.execute("SELECT number, source, error_code FROM articles ORDER BY number").fetchall()
    assert found == [(1, "a.txt", None), (2, "c.txt", "empty"), (3, "b:2", None)]
    first = outcomes[0]
    assert isinstance(first, Summary)
    kept = database.execute("SELECT text FROM sentences WHERE article = 1 ORDER BY position").fetchall()
    assert [text for (text,) in kept] == [s.text for s in first.sentences]
    terms = database.execute("SELECT term FROM keywords WHERE article = 1 ORDER BY rank").fetchall()
    assert [term for (term,) in terms] == [k.term for k in first.keywords]
    assert database.execute("SELECT body FROM articles WHERE number = 1").fetchone() == (first.article.text,)


def test_a_database_holds_quotations_with_their_speakers(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT article, speaker, role, text FROM quotes").fetchall()
    assert found == [(1, "반서윤", "시장", "전력은 바닷바람으로 댄다")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("데이터센터", [1]),
        ("데이터", [1]),
        ("바닷바람", [1]),
        ("쌀값 정부", [3]),
        ("title:쌀값", [3]),
        ("반서*", [1]),
        ("강아지", []),
    ],
)
def test_a_database_is_searched_by_nouns_without_particles(
    database: sqlite3.Connection, query: str, found: list[int]
) -> None:
    sql = "SELECT a.number FROM search JOIN articles a ON a.number = search.rowid WHERE search MATCH ? ORDER BY search.rank"
    assert [number for (number,) in database.execute(sql, (query,))] == found


def test_the_query_in_the_documentation_runs(database: sqlite3.Connection) -> None:
    from yoyak.outputs import database as module

    query = (module.__doc__ or "").partition("SELECT")[2].partition(";")[0]
    assert len(database.execute("SELECT" + query).fetchall()) == 1


def test_a_database_is_resumed_row_by_row(tmp_path: Path, outcomes: list[Summary | Failed]) -> None:
    results = made(*map(outputs.sqlite_row, outcomes))
    for resume in (True, False):
        target = tmp_path / f"{resume}.sqlite"
        sink = file(target, "sqlite", resume=resume)
        for result in results[:2]:
            sink.write(result)
        sink.suspend()
        with pytest.raises(OptionError, match="settings"):
            outputs.open_sink(target, format="sqlite", fingerprint={"yoyak": "2"}, resume=True)
        sink = file(target, "sqlite", resume=True)
        assert len(sink.keys) == 2
        sink.write(results[2])
        sink.commit()
        connection = sqlite3.connect(target)
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        connection.close()


def test_search_terms_are_nouns_as_printed(kiwi: object) -> None:  # noqa: ARG001
    text = "가람시의 데이터센터를 둘러봤다."
    terms = list(search_terms(text, analyzer.tokenize(text)))
    assert {"데이터센터", "데이터", "센터"} <= set(terms)
    assert not any(term.endswith(("를", "의")) for term in terms)


def test_parquet_has_the_columns_of_the_record(tmp_path: Path, outcomes: list[Summary | Failed]) -> None:
    sink = file(tmp_path / "out.parquet", "parquet")
    fill(sink, *map(outputs.parquet_row, outcomes))
    sink.commit()
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    for row, outcome in zip(rows, outcomes, strict=True):
        kept = {name: value for name, value in row.items() if value is not None}
        wanted = {name: value for name, value in outputs.parquet_row(outcome).items() if value is not None}
        assert kept == wanted


def test_an_interrupted_parquet_file_is_readable(tmp_path: Path, outcomes: list[Summary | Failed]) -> None:
    sink = file(tmp_path / "out.parquet", "parquet")
    fill(sink, outputs.parquet_row(outcomes[0]))
    sink.suspend()
    assert left(tmp_path) == ["out.parquet.part"]
    assert parquet.read_table(tmp_path / "out.parquet.part").num_rows == 1


def test_without_pyarrow_parquet_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"yoyak\[parquet\]"):
        file(tmp_path / "out.parquet", "parquet")
    assert left(tmp_path) == []

"""Search in a database: the query without particles, the sentences that match, and the conditions."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from commandline import Run
from yoyak.outputs import search
from yoyak.outputs.search import Query

ROWS = [
    {
        "id": "센터",
        "press": "한빛신문",
        "published": "2026-03-02T09:10:00+09:00",
        "title": "가람시, 데이터센터 짓는다",
        "text": "가람시가 데이터센터를 짓는다고 2일 밝혔다. 데이터센터는 내년 3월에 문을 연다.\n\n"
        "센터에서는 120명이 일한다. 시장은 “공장이 아니라 센터다”라고 말했다.",
    },
    {
        "id": "공장",
        "press": "나루일보",
        "published": "2026-06-01T00:30:00+09:00",
        "title": "나루시에 안경 공장",
        "text": "누리온전자가 나루시에 안경 공장을 세운다고 1일 밝혔다. 공장에서는 하루 300개를 만든다. "
        "회사는 KBN 방송에 나와 계획을 설명했다.",
    },
]


@pytest.fixture
def database(elsewhere: None, yoyak: Run) -> Path:  # noqa: ARG001
    Path("rows.jsonl").write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8"
    )
    assert yoyak("rows.jsonl", "-o", "news.sqlite", "-n", "1", "--method", "lead", "-j", "1").code == 0
    return Path("news.sqlite")


def ids(yoyak: Run, *arguments: str) -> list[str]:
    ran = yoyak("search", "news.sqlite", *arguments, "-f", "json")
    return [hit["id"] for hit in json.loads(ran.out)]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("공장을", ["공장", "센터"]),
        ("안경 공장에서", ["공장"]),
        ("데이터센터에", ["센터"]),
        ("데이터", ["센터"]),
        ("kbn", ["공장"]),
        ("바다", []),
    ],
)
def test_particles_do_not_matter(yoyak: Run, query: str, found: list[str]) -> None:
    assert ids(yoyak, query) == found
    assert ids(yoyak, *query.split()) == found


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--press", "한빛신문"], ["센터"]),
        (["--since", "2026-03-03"], ["공장"]),
        (["--until", "2026-03-02T00:10:00+00:00"], ["센터"]),
        (["--limit", "1"], ["공장"]),
    ],
)
def test_conditions(yoyak: Run, arguments: list[str], found: list[str]) -> None:
    assert ids(yoyak, "공장", *arguments) == found


@pytest.mark.usefixtures("database")
def test_key_sentences_come_first_and_terms_are_marked(yoyak: Run) -> None:
    hits = json.loads(yoyak("search", "news.sqlite", "데이터센터가", "-f", "json").out)
    [hit] = hits
    body = ROWS[0]["text"]
    assert [s["text"] for s in hit["sentences"]] == [
        "가람시가 데이터센터를 짓는다고 2일 밝혔다.",
        "데이터센터는 내년 3월에 문을 연다.",
    ]
    for sentence in hit["sentences"]:
        assert body[sentence["start"] : sentence["end"]] == sentence["text"]
        assert {sentence["text"][a:b] for a, b in sentence["terms"]} == {"데이터센터"}
    shown = yoyak("search", "news.sqlite", "데이터센터가", "-f", "text").out.splitlines()
    assert shown[:3] == [
        "가람시, 데이터센터 짓는다",
        "한빛신문 · 2026.03.02 09:10 · rows.jsonl:1",
        "  가람시가 【데이터센터】를 짓는다고 2일 밝혔다.",
    ]
    assert (
        "\x1b[1;32m데이터센터\x1b[0m"
        in yoyak("search", "news.sqlite", "데이터센터", "-f", "text", "--color", "always").out
    )
    plain = yoyak("search", "news.sqlite", "데이터센터").out.splitlines()
    assert plain[0].split("\t") == [
        "rows.jsonl:1",
        "가람시, 데이터센터 짓는다",
        "가람시가 데이터센터를 짓는다고 2일 밝혔다.",
    ]


@pytest.mark.usefixtures("database")
def test_nothing_found_and_wrong_queries(yoyak: Run) -> None:
    ran = yoyak("search", "news.sqlite", "바다")
    assert (ran.code, ran.out, ran.err) == (1, "", "no article matches\n")
    assert "no noun in the query “가는”" in yoyak("search", "news.sqlite", "가는").err
    assert yoyak("search", "news.sqlite").code == 2
    assert yoyak("search", "none.sqlite", "공장").code == 2
    Path("text.sqlite").write_text("no database", encoding="utf-8")
    ran = yoyak("search", "text.sqlite", "공장")
    assert ran.code == 2
    assert "not a database that yoyak can search" in ran.err


def test_terms_are_data_and_the_file_is_not_written(database: Path) -> None:
    before = database.read_bytes()
    found = search.search(
        database, Query(words=(('공장" OR "센터', "*"),), press=("'; DROP TABLE articles",))
    )
    assert found == []
    assert database.read_bytes() == before
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (2,)
    connection.close()

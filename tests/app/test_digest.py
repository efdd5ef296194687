"""`yoyak digest`: inputs of every kind, choices, formats, exit codes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from commandline import Run
from story_articles import BRIDGE, LIBRARY, LIBRARY_REACTION, OTHER_LIBRARY

ROWS = [
    {"id": "library-1", "title": "가람시, 강변 도서관 짓는다", "press": "한빛신문", "published": "2026-03-03 10:00", "text": LIBRARY},
    {"id": "library-copy", "title": "(종합) 가람시, 강변 도서관 짓는다", "press": "누리일보", "published": "2026-03-03 12:00", "text": LIBRARY},
    {"id": "library-2", "title": "강변 도서관에 주민들 “버스부터”…가람시 “자전거 300대”", "press": "샛별뉴스", "published": "2026-03-03 11:00", "text": LIBRARY_REACTION},
    {"id": "bridge", "title": "한들군 물안교 붕괴…트럭 2대 추락", "press": "한빛신문", "published": "2026-03-04 09:00", "text": BRIDGE},
    {"id": "closing", "title": "새결군 산골 도서관 문 닫는다", "press": "누리일보", "text": OTHER_LIBRARY},
]  # fmt: skip


def write(path: str, rows: Sequence[Mapping[str, Sequence[str]]]) -> None:
    lines = [json.dumps({**row, "text": "\n".join(row["text"])}, ensure_ascii=False) for row in rows]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def rows(elsewhere: None) -> None:  # noqa: ARG001
    write("rows.jsonl", ROWS)


def stories(out: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(out)["stories"]
    return found


@pytest.mark.usefixtures("rows")
def test_the_json_document_has_stories_with_verbatim_sentences_and_folded_copies(yoyak: Run) -> None:
    ran = yoyak("digest", "rows.jsonl", "-f", "json")
    document = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "5 articles, 3 stories\n")
    assert {"schema", "stories", "topics", "failed"} <= document.keys()
    library = document["stories"][0]
    assert library["headline"] in {row["title"] for row in ROWS}
    assert library["outlets"] == ["한빛신문", "샛별뉴스"]
    assert {a["id"]: a["copy_of"] for a in library["articles"]} == {
        "library-1": None,
        "library-copy": "library-1",
        "library-2": None,
    }
    bodies = {row["id"]: "\n\n".join(row["text"]) for row in ROWS}
    assert len(library["sentences"]) == 3
    for sentence in library["sentences"]:
        assert bodies[sentence["id"]][sentence["start"] : sentence["end"]] == sentence["text"]
    assert {sentence["press"] for sentence in library["sentences"]} == {"한빛신문", "샛별뉴스"}


@pytest.mark.usefixtures("rows")
def test_neither_input_order_nor_jobs_change_a_byte(yoyak: Run) -> None:
    first = yoyak("digest", "rows.jsonl", "-f", "json", "-j", "1").out.replace("rows.jsonl", "")
    write("turned.jsonl", ROWS[::-1])
    second = yoyak("digest", "turned.jsonl", "-f", "json", "-j", "2").out.replace("turned.jsonl", "")
    strip = [line for line in first.splitlines() if '"source"' not in line]
    assert strip == [line for line in second.splitlines() if '"source"' not in line]


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--min-articles", "2"], ["library-1"]),
        (["--top", "1"], ["library-1"]),
        (["--press", "누리일보"], ["library-1", "closing"]),
        (["--match", "물안교 트럭"], ["bridge"]),
        (["--query", "정류장"], ["library-1"]),
        (["--since", "2026-03-04"], ["bridge"]),
        (["--until", "2026-03-03"], ["library-1"]),
        (["--sort", "time"], ["library-1", "bridge", "closing"]),
    ],
)
def test_options_choose_stories(arguments: list[str], expected: list[str], yoyak: Run) -> None:
    out = yoyak("digest", "rows.jsonl", "-f", "json", *arguments).out
    assert [story["articles"][0]["id"] for story in stories(out)] == expected  # type: ignore[index]


@pytest.mark.usefixtures("rows")
def test_every_format_tells_the_stories(yoyak: Run) -> None:
    for ending in ("json", "md", "html", "txt"):
        assert yoyak("digest", "rows.jsonl", "-o", f"out.{ending}").code == 0
        written = Path(f"out.{ending}").read_text(encoding="utf-8")
        assert "가람시" in written
        assert "산골 도서관" in written
    page = Path("out.html").read_text(encoding="utf-8")
    assert "<script src" not in page
    assert "http-equiv" in page
    again = yoyak("digest", "rows.jsonl", "-o", "out.md")
    assert again.code == 1
    assert "--force" in again.err


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("width", [60, 100, 160])
def test_the_front_page_fits_its_columns(width: int, yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from yoyak.outputs.render import cells

    monkeypatch.setenv("COLUMNS", str(width))
    lines = yoyak("digest", "rows.jsonl", "-f", "text").out.splitlines()
    assert max(map(cells, lines)) <= width
    assert any("한빛신문, 샛별뉴스" in line for line in lines)


@pytest.mark.usefixtures("rows")
def test_the_overview_counts_days_keywords_and_outlets(yoyak: Run) -> None:
    out = yoyak("digest", "rows.jsonl", "--topics", "-f", "text").out
    assert "2026-03-03 ██" in out
    assert "누리일보 1+1" in out
    assert "도서관" in out
    assert yoyak("digest", "rows.jsonl", "--topics", "-f", "html").code == 2


def test_a_bad_row_costs_only_itself(yoyak: Run, elsewhere: None) -> None:  # noqa: ARG001
    write("rows.jsonl", ROWS)
    with Path("rows.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"title": "본문 없음"}\n')
    ran = yoyak("digest", "rows.jsonl", "-f", "json")
    assert ran.code == 1
    assert [failed["source"] for failed in json.loads(ran.out)["failed"]] == ["rows.jsonl:6"]
    assert ran.err.endswith("5 articles, 3 stories, 1 failed\n")
    assert yoyak("digest", "rows.jsonl", "--fail-fast").code == 1


def test_wrong_dates_and_missing_files_are_usage_errors(yoyak: Run, elsewhere: None) -> None:  # noqa: ARG001
    assert yoyak("digest", "none.jsonl").code == 2
    write("rows.jsonl", ROWS)
    ran = yoyak("digest", "rows.jsonl", "--since", "yesterday")
    assert ran.code == 2
    assert "--since" in ran.err


@pytest.mark.usefixtures("rows")
def test_a_summary_without_digest_data_says_what_to_do(yoyak: Run) -> None:
    yoyak("rows.jsonl", "-o", "earlier.jsonl")
    ran = yoyak("digest", "earlier.jsonl")
    assert ran.code == 1
    assert "--digest-data" in ran.err


def without_sources(out: str) -> list[str]:
    return [line for line in out.splitlines() if '"source"' not in line]


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("target", ["earlier.jsonl", "earlier.jsonl.gz", "earlier.sqlite"])
def test_results_with_digest_data_are_not_analyzed_again(
    target: str, yoyak: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yoyak.stories import record

    expected = yoyak("digest", "rows.jsonl", "-f", "json").out
    assert yoyak("rows.jsonl", "-o", target, "--digest-data").code == 0
    monkeypatch.setattr(record, "make_record", None)
    ran = yoyak("digest", target, "-f", "json")
    assert ran.code == 0
    assert ran.out == expected


@pytest.mark.usefixtures("rows")
def test_a_folder_of_results_is_read_as_results(yoyak: Run) -> None:
    Path("parts").mkdir()
    yoyak("rows.jsonl", "-o", "parts/part-1.jsonl", "--digest-data")
    assert yoyak("digest", "parts", "-f", "json").out == yoyak("digest", "rows.jsonl", "-f", "json").out


@pytest.mark.usefixtures("rows")
def test_a_database_without_digest_data_is_analyzed_again_and_says_so(yoyak: Run) -> None:
    yoyak("rows.jsonl", "-o", "plain.sqlite")
    ran = yoyak("digest", "plain.sqlite", "-f", "json")
    assert "5 articles had no digest data and were analyzed again" in ran.err
    assert without_sources(ran.out) == without_sources(yoyak("digest", "rows.jsonl", "-f", "json").out)
    Path("other.sqlite").write_bytes(b"SQLite format 3\0" + b"broken" * 40)
    assert yoyak("digest", "other.sqlite").code == 2


@pytest.mark.usefixtures("rows")
def test_dedupe_drops_or_marks_copies(yoyak: Run) -> None:
    ids = [
        json.loads(line)["id"]
        for line in yoyak("rows.jsonl", "-f", "jsonl", "--dedupe", "drop").out.splitlines()
    ]
    assert ids == ["library-1", "library-2", "bridge", "closing"]
    marked = [
        json.loads(line) for line in yoyak("rows.jsonl", "-f", "jsonl", "--dedupe", "mark").out.splitlines()
    ]
    assert {row["id"]: row["copy_of"] for row in marked}["library-copy"] == "library-1"
    assert sum(row["copy_of"] is None for row in marked) == 4
    assert yoyak("rows.jsonl", "-f", "csv", "--dedupe", "mark").code == 2
    assert "누리일보" not in yoyak("rows.jsonl", "-f", "markdown", "--dedupe", "drop").out.split("새결군")[0]


@pytest.mark.usefixtures("rows")
def test_an_interrupted_run_writes_nothing_and_says_how_to_resume(
    yoyak: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yoyak import batch

    def stopped(*_: object, **__: object) -> Iterator[object]:
        raise batch.Stopped(2)
        yield

    monkeypatch.setattr(batch, "run", stopped)
    ran = yoyak("digest", "rows.jsonl", "-o", "out.json")
    assert ran.code == 130
    assert "no digest was written" in ran.err
    assert "--digest-data" in ran.err
    assert not Path("out.json").exists()

"""--since, --until, --press, --match and --sort: which articles are kept, and in which order."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandline import ARTICLE, MENU, Run
from invented import article
from yoyak.app import filters, values
from yoyak.app.filters import ArticleFilter

pytestmark = pytest.mark.usefixtures("elsewhere")

ROWS = [
    {"id": "봄", "press": "한빛신문", "published": "2026-03-02T09:10:00+09:00", "title": "가람시 도서관"},
    {"id": "여름", "press": "나루일보", "published": "2026-06-01T00:30:00+09:00", "title": "나루시 다리"},
    {"id": "모름", "press": "한빛신문", "title": "다온시 시장"},
]


@pytest.fixture
def rows() -> str:
    body = ARTICLE.split("\n\n", 2)[2].replace("이보람 기자 = ", "").replace("[가람=한빛신문] ", "")
    lines = [json.dumps({**row, "text": body}, ensure_ascii=False) for row in ROWS]
    Path("rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return "rows.jsonl"


def kept(yoyak: Run, *arguments: str) -> list[str]:
    ran = yoyak(*arguments, "-f", "jsonl", "-n", "1", "-j", "1")
    assert ran.code == 0, ran.err
    return [json.loads(line)["id"] for line in ran.out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--since", "2026-06-01"], ["여름"]),
        (["--since", "2026-05-31T15:29:00+00:00"], ["여름"]),
        (["--until", "2026-03-02"], ["봄"]),
        (["--until", "2026-03-02T09:00"], []),
        (["--since", "2026-01-01", "--until", "2026-12-31"], ["봄", "여름"]),
        (["--press", "한빛신문"], ["봄", "모름"]),
        (["--press", "한빛신문", "--press", "나루일보"], ["봄", "여름", "모름"]),
        (["--match", "다온시"], ["모름"]),
        (["--match", "412억"], ["봄", "여름", "모름"]),
        (["--sort", "published"], ["여름", "봄", "모름"]),
        (["--sort", "press"], ["여름", "봄", "모름"]),
        (["--sort", "title"], ["봄", "여름", "모름"]),
        (["--sort", "title", "--since", "2026-01-01"], ["봄", "여름"]),
    ],
)
def test_articles_are_kept_and_sorted(yoyak: Run, rows: str, arguments: list[str], ids: list[str]) -> None:
    assert kept(yoyak, rows, *arguments) == ids


def test_excluded_articles_are_counted_and_failures_are_kept(yoyak: Run, rows: str) -> None:
    Path("menu.txt").write_text(MENU, encoding="utf-8")
    ran = yoyak(rows, "menu.txt", "--press", "나루일보", "-o", "out.jsonl", "--report", "run.json")
    assert ran.code == 1
    assert ran.err.splitlines()[1:] == [
        "2 articles: 1 summarized, 1 failed",
        "written: run.json",
        "2 articles excluded by the filters",
    ]
    assert json.loads(Path("run.json").read_text(encoding="utf-8"))["excluded"] == 2


def test_an_excluded_article_is_not_analyzed(yoyak: Run, rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("an excluded article was analyzed")

    monkeypatch.setattr("yoyak.pipeline.tag", fail)
    Path("one.jsonl").write_text(Path(rows).read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    ran = yoyak("one.jsonl", "--press", "없는신문")
    assert (ran.code, ran.out) == (0, "")
    assert "1 article excluded by the filters" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "어제"], "--since: '어제' is not a date such as 2026-03-02"),
        (["--since", "2026-03-02", "--until", "2026-03-01"], "--since is later than --until"),
        (["--sort", "publishd"], "did you mean published?"),
        (["--sort", "title", "-o", "a.jsonl", "--resume"], "--resume, --sort cannot be combined"),
        (["--press", "가", "-o", "a.jsonl", "--resume"], "--resume, --press cannot be combined"),
    ],
)
def test_filters_that_cannot_be_used(yoyak: Run, rows: str, arguments: list[str], said: str) -> None:
    ran = yoyak(rows, *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_a_date_is_korean_time_and_reaches_to_its_last_second() -> None:
    first, last = values.moment(end_of_day=False), values.moment(end_of_day=True)
    assert first("2026-03-02").isoformat() == "2026-03-02T00:00:00+09:00"
    assert last("2026-03-02").isoformat() == "2026-03-02T23:59:59+09:00"
    assert last("2026-03-02T10:00").isoformat() == "2026-03-02T10:00:00+09:00"


def test_names_are_compared_without_case_and_composition() -> None:
    chosen = ArticleFilter(press=("kbn 뉴스",), match="가람")
    assert chosen.accepts(article(press="KBN 뉴스", title="가람시"))
    assert not chosen.accepts(article(press="KBN", title="가람시"))
    assert not chosen.accepts(article(press=None))


class Value(NamedTuple):
    sort_key: filters.SortKey | None


class Row(NamedTuple):
    number: int
    value: Value


keys = st.none() | st.tuples(st.booleans(), st.sampled_from([0.0, -5.0]), st.text(max_size=2))


@given(st.lists(keys, max_size=20), st.sampled_from([1, 50_000_000]))
def test_sorting_is_stable_and_loses_nothing(found: list[Any], memory: int) -> None:
    rows = [Row(number, Value(key)) for number, key in enumerate(found)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(filters, "MAX_MEMORY_BYTES", memory)
        ordered = list(filters.in_order(iter(rows)))  # type: ignore[arg-type]
    missing = (True, 0.0, "")
    assert [pickle.loads(pickle.dumps(row)) for row in ordered] == sorted(
        rows, key=lambda row: (row.value.sort_key is None, row.value.sort_key or missing, row.number)
    )

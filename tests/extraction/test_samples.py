"""The samples come out as the gold beside them says: exactly the article, and who wrote it, where and when."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from yoyak import pipeline
from yoyak.app.entry import run
from yoyak.core import messages
from yoyak.core.errors import EmptyArticleError
from yoyak.core.options import Options

if TYPE_CHECKING:
    from yoyak.core.values import Article

SAMPLES = Path(__file__).parents[2] / "samples"
NEGATIVES = Path(__file__).parents[1] / "cases" / "negatives"
NO_ARTICLE = SAMPLES / "no-article"
GOLD = sorted((SAMPLES / "pages").glob("*.gold.json"))


def page_of(gold: Path) -> Path:
    stem = gold.name.removesuffix(".gold.json")
    (page,) = [p for p in gold.parent.glob(f"{stem}.*") if not p.name.endswith(".gold.json")]
    return page


def read(page: Path) -> Article:
    data = page.read_bytes()
    if page.suffix == ".gz":
        data = gzip.decompress(data)
    return pipeline.read(data, source=page.name, options=Options())


def squash(text: str) -> str:
    """Without white space: where a paragraph breaks is the page's business, what it says is not."""
    return "".join(text.split())


# What is wrong today, as (sample, what of it): each is a strict expected failure.
KNOWN_FAILURES: set[tuple[str, str]] = set()


def cases(what: str) -> list[Any]:
    return [
        pytest.param(
            gold,
            id=gold.name.removesuffix(".gold.json"),
            marks=[pytest.mark.xfail(strict=True)]
            if (gold.name.removesuffix(".gold.json"), what) in KNOWN_FAILURES
            else [],
        )
        for gold in GOLD
    ]


def expected(gold: Path) -> dict[str, Any]:
    return dict(json.loads(gold.read_text(encoding="utf-8")))


def test_there_are_samples_of_every_shape() -> None:
    assert len(GOLD) >= 20
    assert {"".join(page_of(gold).suffixes) for gold in GOLD} >= {
        ".txt",
        ".html",
        ".md",
        ".amp.html",
        ".txt.gz",
    }


@pytest.mark.parametrize("gold", cases("body"))
def test_the_body_is_exactly_the_article(gold: Path) -> None:
    assert [squash(p) for p in read(page_of(gold)).paragraphs] == [
        squash(p) for p in expected(gold)["body"]
    ] or (squash("".join(read(page_of(gold)).paragraphs)) == squash("".join(expected(gold)["body"])))


@pytest.mark.parametrize("gold", cases("head"))
def test_the_head_is_what_the_page_says(gold: Path) -> None:
    article, want = read(page_of(gold)), expected(gold)
    published = article.published.isoformat() if article.published else None

    assert article.title == want["title"]
    assert list(article.subtitles) == want["subtitles"]
    assert list(article.reporters) == want["reporters"]
    assert article.press == want["press"]
    assert (published or "").startswith(want["published"] or "")
    assert bool(published) == bool(want["published"])


@pytest.mark.parametrize("gold", cases("subheadings"))
def test_subheadings_are_structure(gold: Path) -> None:
    assert [squash(h.text) for h in read(page_of(gold)).subheadings] == [
        squash(h) for h in expected(gold)["subheadings"]
    ]


@pytest.mark.parametrize("gold", cases("removed"))
def test_nothing_of_the_article_is_listed_as_removed(gold: Path) -> None:
    body = squash("".join(expected(gold)["body"]))

    assert [
        r for r in read(page_of(gold)).removed if len(squash(r.text)) > 30 and squash(r.text) in body
    ] == []


@pytest.mark.parametrize(
    "page",
    sorted(page for page in [*NEGATIVES.glob("*"), *NO_ARTICLE.glob("*")] if page.suffix != ".json"),
    ids=lambda page: page.name,
)
def test_a_page_without_an_article_is_refused(page: Path) -> None:
    with pytest.raises(EmptyArticleError):
        read(page)


def labels() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / "labels.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_labelled_set_is_complete_and_consistent() -> None:
    rows = labels()

    assert len({row["id"] for row in rows}) == len(rows) >= 44
    for row in rows:
        chosen, acceptable, keywords = row["gold_extractive"], row["acceptable"], row["keywords"]
        assert row["title"], row["id"]
        assert len(chosen) == len(set(chosen)) == 3, row["id"]
        assert len(acceptable) <= 3, row["id"]
        assert not set(chosen) & set(acceptable), row["id"]
        assert max(chosen + acceptable) < len(row["sentences"]), row["id"]
        assert len(set(map(squash, keywords))) == 5, row["id"]
        article = squash(row["title"] + "".join(row["sentences"]))
        assert [keyword for keyword in keywords if squash(keyword) not in article] == [], row["id"]


def test_the_labelled_set_has_long_articles_and_does_not_favour_the_first_sentence() -> None:
    rows = labels()

    assert sum(len(row["sentences"]) >= 25 for row in rows) >= 6
    assert 0.3 < sum(0 in row["gold_extractive"] for row in rows) / len(rows) < 0.55


CLEAN_ROWS = [row for row in labels() if not any(s.startswith("[") for s in row["sentences"])]
"""Rows without a dateline and speaker names in brackets, which are no part of the body."""


@pytest.mark.parametrize("row", CLEAN_ROWS, ids=lambda row: row["id"])
def test_a_row_of_clean_text_loses_nothing(row: dict[str, Any]) -> None:
    text = " ".join(row["sentences"])
    article = pipeline.read_row({"title": row["title"], "text": text}, source="row", options=Options())

    assert squash("".join(article.paragraphs)) == squash(text)
    assert article.title == row["title"]


KINDS = {
    "horoscope": "kind-horoscope",
    "market-close": "kind-market",
    "people-notices": "kind-obituary",
    "photo-cherry": "kind-photo",
    "weather-tomorrow": "kind-weather",
}


@pytest.mark.parametrize("gold", cases("warnings"))
def test_only_kinds_that_summarize_badly_are_warned_of(gold: Path) -> None:
    kind = KINDS.get(gold.name.removesuffix(".gold.json"))

    assert [warning.code for warning in read(page_of(gold)).warnings] == ([kind] if kind else [])


@pytest.mark.usefixtures("kiwi")
def test_the_labelled_set_holds_its_floors(capsys: pytest.CaptureFixture[str]) -> None:
    """The gate of `make eval`: no score under its floor, and the labels are the ones the floors were measured on."""
    labels, floors = str(SAMPLES / "labels.jsonl"), str(SAMPLES / "floors.json")

    code = run(["evaluate", labels, "--methods", "hybrid", "--floors", floors, "--no-config"])
    messages.use(None)

    assert code == 0, capsys.readouterr().err

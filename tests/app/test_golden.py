"""What a reader sees, whole: stdout of every sample and command, kept as files to read and compare.

`make golden` rewrites them; a person who reads Korean reads the difference before it is committed.
A file stands at golden/<name of the test>/<sample>, without colours.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from yoyak.app.entry import run
from yoyak.core import messages

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = sorted(
    path.name for path in (ROOT / "samples" / "pages").iterdir() if not path.name.endswith(".gold.json")
)
WRITE = os.environ.get("YOYAK_GOLDEN") == "write"

Same: TypeAlias = Callable[..., None]

pytestmark = pytest.mark.usefixtures("kiwi")


@pytest.fixture
def same(
    request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Same]:
    """Run yoyak in samples/ and hold what it prints against the golden file of this test."""
    monkeypatch.chdir(ROOT / "samples")
    for name in [name for name in os.environ if name.startswith(("YOYAK_", "NO_COLOR", "FORCE_COLOR"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")

    def check(*arguments: str, file: str, code: int = 0) -> None:
        returned = run([*arguments, "--no-config", "--color", "never"])
        printed = capsys.readouterr()
        shown = printed.out + (f"--- stderr\n{printed.err}" if code else "")
        path = GOLDEN / request.node.originalname / file
        if WRITE:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(shown, encoding="utf-8")
        expected = path.read_text(encoding="utf-8") if path.exists() else ""
        difference = "\n".join(
            difflib.unified_diff(expected.splitlines(), shown.splitlines(), "golden", "now", lineterm="", n=1)
        )

        assert returned == code, printed.err
        assert "\x1b" not in shown
        assert shown == expected, f"{path.relative_to(ROOT)} (make golden rewrites it):\n{difference}"

    yield check
    messages.use(None)


@pytest.mark.parametrize("page", PAGES)
def test_terminal_view_of_a_page(same: Same, page: str) -> None:
    same(f"pages/{page}", "--format", "text", file=f"{page}.txt")


@pytest.mark.parametrize("page", PAGES)
def test_plain_summary_of_a_page(same: Same, page: str) -> None:
    same(f"pages/{page}", "--format", "plain", file=f"{page}.txt")


@pytest.mark.parametrize("page", PAGES)
def test_json_of_a_page(same: Same, page: str) -> None:
    same(f"pages/{page}", "--format", "json", file=f"{page}.json")


@pytest.mark.parametrize("page", PAGES)
def test_extract_with_what_was_removed(same: Same, page: str) -> None:
    same("extract", f"pages/{page}", "--removed", "--format", "text", file=f"{page}.txt")


@pytest.mark.parametrize(
    "page",
    ["chip-plant.txt", "curling-gold.txt", "dementia-drug.html", "subway-flood.txt", "wooden-satellite.md"],
)
def test_extract_of_a_page(same: Same, page: str) -> None:
    same("extract", f"pages/{page}", "--format", "text", file=f"{page}.txt")


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (["--format", "text"], "text.txt"),
        (["--format", "plain"], "plain.txt"),
        (["--format", "jsonl"], "jsonl.jsonl"),
        (["--format", "csv"], "csv.csv"),
        (["--format", "markdown"], "markdown.md"),
        (["--keywords-only", "-k", "5", "--format", "plain"], "keywords.txt"),
        (["-n", "1", "--format", "plain"], "one-sentence.txt"),
        (["--chars", "120", "--format", "plain"], "chars.txt"),
        (["--method", "lead", "--format", "plain"], "lead.txt"),
        (["--format", "text", "--lang", "en"], "english.txt"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_rows_in_every_shape(same: Same, arguments: list[str], file: str) -> None:
    same("rows.jsonl", *arguments, "--jobs", "1", file=file)


def test_explained(same: Same) -> None:
    same("pages/rail-strike.txt", "--explain", "--format", "text", file="rail-strike.txt")


def test_highlighted(same: Same) -> None:
    same("pages/wooden-satellite.md", "--highlight", "--format", "text", file="wooden-satellite.txt")


def test_query(same: Same) -> None:
    same("pages/chip-plant.txt", "--query", "전력 송전선", "--format", "text", file="chip-plant.txt")


def test_a_page_without_an_article_says_what_was_seen(same: Same) -> None:
    same("../tests/cases/negatives/section-list.txt", "--format", "text", file="section-list.txt", code=1)


COMMANDS = ("summarize", "extract", "watch", "search", "digest", "evaluate", "train", "background", "config")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_page(same: Same, command: str, language: str) -> None:
    same("help", command, "--lang", language, file=f"{command}.{language}.txt")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("command", COMMANDS)
def test_short_help_page(same: Same, command: str, language: str) -> None:
    same(command, "-h", "--lang", language, file=f"{command}.{language}.txt")


ERRORS = {
    "missing-file": (["none.txt"], 2),
    "misspelled-command": (["serch", "news.sqlite", "공장"], 2),
    "misspelled-option": (["rows.jsonl", "--sentnces", "2"], 2),
    "wrong-value": (["rows.jsonl", "-n", "many"], 2),
    "wrong-choice": (["rows.jsonl", "--method", "textrnk"], 2),
    "wrong-date": (["rows.jsonl", "--since", "어제"], 2),
    "missing-model": (["rows.jsonl", "--model", "none.json"], 2),
    "unknown-extension": (["rows.jsonl", "-o", "out.docx"], 2),
    "missing-folder": (["rows.jsonl", "-o", "none/out.jsonl"], 1),
    "web-address": (["https://news.example/1"], 2),
    "json-cannot-be-resumed": (["rows.jsonl", "-o", "none.json", "--resume"], 2),
    "views-exclude-each-other": (["rows.jsonl", "--explain", "--highlight"], 2),
}


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("case", ERRORS)
def test_error(same: Same, case: str, language: str) -> None:
    arguments, code = ERRORS[case]
    same(*arguments, "--lang", language, file=f"{case}.{language}.txt", code=code)


@pytest.mark.parametrize("width", [60, 80, 160])
def test_digest_front_page(same: Same, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    same("digest", "stories/articles.jsonl", "--format", "text", "--top", "6", file=f"{width}.txt")


def test_digest_overview(same: Same) -> None:
    same("digest", "stories/articles.jsonl", "--format", "text", "--topics", file="topics.txt")


def test_no_golden_is_left_over() -> None:
    """Each file belongs to a sample or a case of this module."""
    kept = {path.parent.name for path in GOLDEN.glob("*/*")}

    assert kept <= {name for name in globals() if name.startswith("test_")}
    for folder in ("test_terminal_view_of_a_page", "test_plain_summary_of_a_page"):
        assert {path.stem for path in (GOLDEN / folder).glob("*")} == set(PAGES)

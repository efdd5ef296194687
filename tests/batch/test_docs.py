"""The commands of docs/batch.md and docs/outputs.md run, and their Korean twins have the same ones."""

from __future__ import annotations

import re
import shlex
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from commandline import Run
from invented import article, summary
from yoyak.outputs import database, render

ROOT = Path(__file__).parents[2]
NAMES = ["batch.md", "outputs.md"]


def blocks(name: str, language: str) -> list[str]:
    found: list[str] = re.findall(
        rf"```{language}\n(.*?)```", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.DOTALL
    )
    return found


def commands(name: str) -> list[str]:
    """Commands without their comments."""
    return [re.sub(r"\s{2,}#.*", "", line) for block in blocks(name, "sh") for line in block.splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_commands(name: str) -> None:
    assert commands(name) == commands(f"ko/{name}")
    assert blocks(name, "sql") == blocks(f"ko/{name}", "sql")
    assert len(commands(name)) > 6


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("batch.md", {"summaries.jsonl", "news.sqlite", "notes", "news.xlsx", "page.html", "run.json"}),
        ("outputs.md", {"news.txt", "news.csv", "news.xlsx", "vault", "news.sqlite", "page.html"}),
    ],
)
def test_the_commands_run(yoyak: Run, name: str, written: set[str]) -> None:
    shutil.copytree(ROOT / "samples", "samples")
    for line in commands(name):
        program, *arguments = shlex.split(line.partition(" | ")[0])
        if program != "yoyak" or "ray" in arguments:
            continue
        ran = yoyak(*arguments)
        assert ran.code == 0, (line, ran.err)
    assert written <= {path.name for path in Path().iterdir()}
    connection = sqlite3.connect("news.sqlite")
    for query in "".join(blocks(name, "sql")).split(";"):
        connection.execute(query).fetchall()
    connection.close()


def test_the_documented_fields_are_those_of_the_record() -> None:
    text = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    quoted = replace(summary(article(extra={"a": 1})), quotes=())
    for field in render.record(quoted, explained=True):
        assert f"`{field}`" in text
    assert ", ".join(f"`{column}`" for column in render.CSV_HEADER[:3]) in text
    for column in re.findall(r"(\w+) (?:TEXT|INTEGER|REAL)", database.SCHEMA):
        assert column == "stamp" or f"`{column.strip(chr(34))}`" in text or column in ("name", "value")

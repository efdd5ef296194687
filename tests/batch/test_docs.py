"""The commands of docs/batch.md run, and its Korean twin has the same ones."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from commandline import Run

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / "batch.md", ROOT / "docs" / "ko" / "batch.md"]


def commands(page: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]


def test_both_languages_have_the_same_commands() -> None:
    english, korean = map(commands, PAGES)
    assert english == korean
    assert len(english) > 6


@pytest.mark.usefixtures("elsewhere")
def test_the_commands_run(yoyak: Run) -> None:
    shutil.copytree(ROOT / "samples", "samples")
    for line in commands(PAGES[0]):
        name, *arguments = shlex.split(line)
        if name != "yoyak" or "ray" in arguments:
            continue
        ran = yoyak(*arguments)
        assert ran.code == 0, (line, ran.err)
    assert {"summaries.jsonl", "news.sqlite", "notes", "news.xlsx", "page.html", "run.json"} <= {
        path.name for path in Path().iterdir()
    }

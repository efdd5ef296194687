"""The commands of docs/formats.md run, its Korean twin has the same ones, and its field names are recognized."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from commandline import Run
from yoyak.inputs.field_names import role_of

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    language: (DOCS / name).read_text(encoding="utf-8")
    for language, name in (("en", "formats.md"), ("ko", "ko/formats.md"))
}


def commands(language: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", PAGES[language], re.DOTALL)
    return [re.sub(r"\s{2,}#.*", "", line) for block in blocks for line in block.splitlines()]


def test_both_languages_have_the_same_commands() -> None:
    assert commands("en") == commands("ko")


@pytest.mark.usefixtures("elsewhere")
def test_the_commands_run(yoyak: Run) -> None:
    shutil.copytree(DOCS.parent / "samples", "samples")
    ran = [yoyak(*shlex.split(line)[1:]) for line in commands("en") if line.startswith("yoyak")]
    assert [(run.code, run.err) for run in ran if run.code] == []
    assert len(ran) > 6
    assert Path("all.jsonl").read_text(encoding="utf-8").count("\n") == 13


@pytest.mark.parametrize("language", PAGES)
def test_the_documented_names_are_recognized(language: str) -> None:
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| `--(\w+)-field` \|$", PAGES[language], re.MULTILINE)
    assert len(rows) == 9
    for names, role in rows:
        assert {role_of(name) for name in re.findall(r"`([^`]+)`", names)} == {role}

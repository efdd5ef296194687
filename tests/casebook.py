"""Reads cases kept as Markdown documents: a `##` heading, why it is there, what is given, what is expected.

    ## A quotation that ends in a full stop, then its speaker
    The stop belongs to the quotation.

    > “경제가 어렵다.” 한 상인이 말했다.

    1. “경제가 어렵다.” 한 상인이 말했다.

A heading ending in `(known failure)` marks a strict expected failure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

CASES = Path(__file__).parent / "cases"
KNOWN_FAILURE = "(known failure)"
_ITEM = re.compile(r"(\d+)\. ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: the paragraphs given and the numbered lines expected."""

    label: str
    reason: str
    given: tuple[str, ...]
    expected: tuple[str, ...]
    known_failure: bool


def read(path: Path) -> list[Case]:
    """Return every case of one document, in order."""
    sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [_case(section) for section in sections]


def parameters(folder: str) -> list[ParameterSet]:
    """Every case of a folder of documents as pytest parameters, known failures as strict xfail."""
    return [
        pytest.param(
            case,
            id=f"{path.stem}: {case.label}",
            marks=[pytest.mark.xfail(reason=case.reason, strict=True)] if case.known_failure else [],
        )
        for path in sorted((CASES / folder).glob("*.md"))
        if path.name != "README.md"
        for case in read(path)
    ]


def _case(section: str) -> Case:
    heading, _, rest = section.partition("\n")
    reason: list[str] = []
    given: list[str] = []
    expected: list[str] = []
    for line in rest.splitlines():
        if line.startswith(">"):
            given.append(line[1:].removeprefix(" "))
        elif item := _ITEM.match(line):
            expected.append(line[item.end() :])
        elif line and expected:
            expected[-1] += "\n" + line
        elif line:
            reason.append(line)
    return Case(
        label=heading.removesuffix(KNOWN_FAILURE).strip(),
        reason=" ".join(reason),
        given=tuple("\n".join(given).split("\n\n")),
        expected=tuple(expected),
        known_failure=heading.endswith(KNOWN_FAILURE),
    )

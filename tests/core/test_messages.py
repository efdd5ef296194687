"""Both languages say everything, and say it with the same values."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from tools import catalogue
from yoyak.core import messages

FOUND = catalogue.messages()


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_catalogue_is_complete_and_holds_nothing_else(language: str) -> None:
    entries = catalogue.read_po(catalogue.po_path(language))
    assert set(entries) - {""} == set(FOUND), "run `make messages`"
    assert [message for message, translated in entries.items() if not translated] == []


def test_messages_are_said_under_no_other_name() -> None:
    """The catalogue knows a message by `text(...)` or `messages.text(...)`."""
    renamed = [
        path.name
        for path in catalogue.PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "yoyak.core.messages"
        for name in node.names
        if name.asname
    ]
    assert renamed == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_translations_have_the_values_of_their_message(language: str) -> None:
    entries = catalogue.read_po(catalogue.po_path(language))
    wrong = [m for m, translated in entries.items() if m and fields(m) != fields(translated)]
    assert wrong == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_compiled_catalogue_is_that_of_the_text(language: str) -> None:
    path = catalogue.po_path(language)
    compiled = path.with_suffix(".mo").read_bytes()
    assert compiled == catalogue.compiled(catalogue.read_po(path)), "run `make messages`"


def test_korean_is_korean() -> None:
    entries = catalogue.read_po(catalogue.po_path("ko"))
    same = [m for m, translated in entries.items() if m == translated and any(c.isalpha() for c in bare(m))]
    assert same == ["yoyak: {message}"]


def bare(message: str) -> str:
    return "".join(literal for literal, *_ in string.Formatter().parse(message))


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ko", "LANG": "en"}, "ko"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
    ],
)
def test_the_readers_language(environ: dict[str, str], language: str) -> None:
    assert messages.preferred(environ) == language


def test_refusals_of_the_system_are_in_the_readers_language() -> None:
    messages.use("ko")
    try:
        assert (
            messages.refusal(FileNotFoundError(2, "No such file or directory"))
            == "그런 파일이나 폴더가 없습니다"
        )
        assert messages.refusal(OSError(999, "Odd")) == "Odd"
        assert messages.refusal(OSError("bare")) == "bare"
    finally:
        messages.use(None)


def test_values_are_not_read_as_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_chosen", ["ko"])
    assert messages.text("{source}: {reason}", source="{0}", reason="{x!r}") == "{0}: {x!r}"


def test_one_is_told_from_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_chosen", ["en"])
    said = [messages.text("{path}: {count:word|words} loaded", path="a|b", count=n) for n in (0, 1, 2)]
    assert said == ["a|b: 0 words loaded", "a|b: 1 word loaded", "a|b: 2 words loaded"]
    monkeypatch.setattr(messages, "_chosen", ["ko"])
    assert "1개" in messages.text("{path}: {count:word|words} loaded", path="a", count=1)


def test_a_po_file_survives_a_round_trip(tmp_path: Path) -> None:
    found = {'줄\n바꿈 "따옴표"\\\t{a}\n': ["x.py"], "b": ["y.py"]}
    known = {m: m.upper() for m in found}
    catalogue.write_po(tmp_path / "t.po", "ko", found, known)
    entries = catalogue.read_po(tmp_path / "t.po")
    assert {m: t for m, t in entries.items() if m} == known

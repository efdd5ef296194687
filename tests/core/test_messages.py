"""The Korean catalogue is complete, and its translations take the same values as their messages."""

from __future__ import annotations

import ast
import gettext
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import catalogue
from yoyak.core import messages

FOUND = catalogue.messages()
ENTRIES = [
    (catalogue.forms(entry.id), catalogue.forms(entry.string or "")) for entry in catalogue.read() if entry.id
]


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


def test_catalogue_is_complete_and_holds_nothing_else() -> None:
    assert {tuple(forms) for forms, _ in ENTRIES} == {tuple(catalogue.forms(m)) for m in FOUND}, (
        "run `make messages`"
    )
    assert catalogue.untranslated(catalogue.read()) == []


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


def test_translations_have_the_values_of_their_message() -> None:
    wrong = [forms for forms, translated in ENTRIES if fields(forms[0]) != fields(translated[0])]
    assert wrong == []


def test_compiled_catalogue_is_that_of_the_text() -> None:
    with catalogue.PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for forms, translated in ENTRIES:
        found = compiled.gettext(forms[0]) if len(forms) == 1 else compiled.ngettext(forms[0], forms[1], 2)
        assert found == translated[0], "run `make messages`"


def test_korean_is_korean() -> None:
    same = [m[0] for m, (translated,) in ENTRIES if m[0] == translated and any(map(str.isalpha, bare(m[0])))]
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


def test_system_errors_are_translated() -> None:
    messages.use("ko")
    try:
        assert (
            messages.describe_os_error(FileNotFoundError(2, "No such file or directory"))
            == "파일이나 폴더가 없습니다"
        )
        assert messages.describe_os_error(OSError(999, "Odd")) == "Odd"
        assert messages.describe_os_error(OSError("bare")) == "bare"
    finally:
        messages.use(None)


def test_values_are_not_read_as_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_chosen", ["ko"])
    assert messages.text("{source}: {reason}", source="{0}", reason="{x!r}") == "{0}: {x!r}"


def test_plural_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = ("{path}: {count} word loaded", "{path}: {count} words loaded")
    monkeypatch.setattr(messages, "_chosen", ["en"])
    said = [messages.plural(*forms, n, path="a|b") for n in (0, 1, 2)]
    assert said == ["a|b: 0 words loaded", "a|b: 1 word loaded", "a|b: 2 words loaded"]
    monkeypatch.setattr(messages, "_chosen", ["ko"])
    assert [messages.plural(*forms, n, path="a") for n in (1, 2)] == [
        "a: 단어 1개를 읽었습니다",
        "a: 단어 2개를 읽었습니다",
    ]


def test_an_update_keeps_translations_and_drops_unused_messages(tmp_path: Path) -> None:
    source = (
        'text("줄\\n\\"{a}\\"\\t")\nplural("{count} b", "{count} bs", 2)\nmarked("c")\ntext = "no call"\n'
    )
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    found = catalogue.messages(tmp_path)
    assert found == {'줄\n"{a}"\t', ("{count} b", "{count} bs"), "c"}
    known = Catalog(locale="ko")
    known.add('줄\n"{a}"\t', "가{a}")
    known.add("unused", "나")
    known.add(("{count} b", "{count} bs"), ("{count}개",))
    path = tmp_path / "t.po"
    path.write_bytes(catalogue.po_bytes(catalogue.updated(known, found)))
    again = catalogue.read(path)
    assert {entry.id: entry.string for entry in again if entry.id} == {
        '줄\n"{a}"\t': "가{a}",
        ("{count} b", "{count} bs"): ("{count}개",),
        "c": "",
    }
    assert catalogue.untranslated(again) == ["c"]

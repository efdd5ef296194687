"""Keep the message catalogues in step with the source: `python tests/tools/catalogue.py`, which is `make messages`.

Finds every `text("...")` of the package in its syntax tree, brings the .po of each language up to date (new
messages come empty and last year's go; English is the source and fills itself) and compiles the .mo beside it.
"""

from __future__ import annotations

import ast
import json
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cli" / "yoyak"
LANGUAGES = ("ko", "en")


def messages(package: Path = PACKAGE) -> dict[str, list[str]]:
    """Every message of the package with the modules that say it."""
    found: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_text(node.func) and node.args:
                message = node.args[0]
                if not (isinstance(message, ast.Constant) and isinstance(message.value, str)):
                    raise SystemExit(f"{path}:{node.lineno}: a message must be a plain string")
                places = found.setdefault(message.value, [])
                place = path.relative_to(package).as_posix()
                if place not in places:
                    places.append(place)
    return found


def _is_text(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "text"
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "text"
        and isinstance(function.value, ast.Name)
        and function.value.id == "messages"
    )


def po_path(language: str) -> Path:
    return PACKAGE / "core" / "locale" / language / "LC_MESSAGES" / "yoyak.po"


def read_po(path: Path) -> dict[str, str]:
    """Messages and their translations; the header stands under the empty message."""
    entries: dict[str, str] = {}
    parts = {"msgid": "", "msgstr": ""}
    current = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), "msgid"]:
        keyword, _, quoted = line.partition(" ")
        if keyword == "msgid":
            if current:
                entries[parts["msgid"]] = parts["msgstr"]
            parts = {"msgid": "", "msgstr": ""}
        if keyword in parts:
            current = keyword
        else:
            quoted = line
        if quoted.startswith('"'):
            parts[current] += json.loads(quoted)
    return entries


def write_po(path: Path, language: str, found: dict[str, list[str]], known: dict[str, str]) -> None:
    """Messages in alphabetical order: a moved line of code changes no catalogue."""
    header = f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    lines = ['msgid ""', 'msgstr ""', *(_quoted(line) for line in header.splitlines(keepends=True)), ""]
    for message in sorted(found):
        translated = message if language == "en" else known.get(message, "")
        lines += [f"#: {' '.join(found[message])}"]
        lines += [f"msgid {_entry(message)}", f"msgstr {_entry(translated)}", ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def _entry(value: str) -> str:
    lines = value.splitlines(keepends=True)
    return _quoted(value) if len(lines) < 2 else "\n".join(['""', *map(_quoted, lines)])


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def compiled(entries: dict[str, str]) -> bytes:
    """The .mo file of a catalogue (GNU gettext manual, "The Format of GNU MO Files"), without a hash table."""
    pairs = sorted((m.encode(), t.encode()) for m, t in entries.items() if t)
    ids = b"".join(m + b"\0" for m, _ in pairs)
    strings = b"".join(t + b"\0" for _, t in pairs)
    start = 28 + 16 * len(pairs)
    tables: list[int] = []
    for offset, side in ((start, 0), (start + len(ids), 1)):
        at = offset
        for pair in pairs:
            tables += [len(pair[side]), at]
            at += len(pair[side]) + 1
    head = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return struct.pack(f"<7I{len(tables)}I", *head, *tables) + ids + strings


def main() -> int:
    found = messages()
    missing = 0
    for language in LANGUAGES:
        path = po_path(language)
        known = read_po(path) if path.is_file() else {}
        write_po(path, language, found, known)
        entries = read_po(path)
        path.with_suffix(".mo").write_bytes(compiled(entries))
        empty = [message for message, translated in entries.items() if not translated]
        missing += len(empty)
        for message in empty:
            print(f"{language}: not translated: {message!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

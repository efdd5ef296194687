"""Update the Korean message catalogue from the source: `python tests/tools/catalogue.py`, which is `make messages`.

Messages are the literals of `text("...")`, `marked("...")` and `plural("...", "...", n)`. New ones are added to the .po
file without a translation, unused ones are dropped, and the .mo file beside it is compiled. Exit code 1 if a
translation is missing.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[2] / "cli" / "yoyak"
PO = PACKAGE / "core" / "locale" / "ko" / "LC_MESSAGES" / "yoyak.po"
Message = str | tuple[str, str]
"""A message, or its singular and plural."""
LITERALS = {"text": 1, "marked": 1, "plural": 2}
"""How many arguments of a call are messages."""
# A fixed date: an update without new messages changes no byte.
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def messages(package: Path = PACKAGE) -> set[Message]:
    """Every message of the package. Babel's own extractor takes any variable named `text` for a call."""
    found = {
        message
        for path in sorted(package.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (message := _message(node, path)) is not None
    }
    for message in found:
        if isinstance(message, tuple) and message[0] in found:
            raise SystemExit(f"{message[0]!r} is a message with a plural form and one without")
    return found


def _message(call: ast.Call, path: Path) -> Message | None:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="messages"), attr=name) if name in LITERALS:
            count = LITERALS[name]
        case _:
            return None
    match call.args[:count]:
        case [ast.Constant(value=str(one))] if count == 1:
            return one
        case [ast.Constant(value=str(one)), ast.Constant(value=str(many))]:
            return one, many
        case [ast.Name() | ast.Attribute() | ast.BoolOp(), *_]:
            return None  # a constant that is `marked` elsewhere
    raise SystemExit(f"{path}:{call.lineno}: a message must be a plain string")


def read(path: Path = PO) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="ko")


def updated(known: Catalog, found: set[Message]) -> Catalog:
    """A catalogue of `found` with the translations of `known`."""
    made = Catalog(
        locale="ko",
        project="yoyak",
        version=" ",
        header_comment="",
        creation_date=CREATED,
        revision_date=CREATED,
        last_translator="yoyak",
        language_team="yoyak",
        msgid_bugs_address=" ",
        fuzzy=False,
    )
    for message in found:
        before = known.get(message)
        made.add(message, before.string if before and _same_form(before.id, message) else "")
    return made


def _same_form(before: object, message: object) -> bool:
    return isinstance(before, str) == isinstance(message, str)


def po_bytes(catalogue: Catalog) -> bytes:
    file = BytesIO()
    # Sorted and without places, so that moved code changes nothing.
    write_po(file, catalogue, width=0, no_location=True, sort_output=True)
    return file.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def untranslated(catalogue: Catalog) -> list[object]:
    return [entry.id for entry in catalogue if entry.id and not all(forms(entry.string or ""))]


def forms(message: str | Sequence[str]) -> list[str]:
    """A message or translation and its plural forms."""
    return [message] if isinstance(message, str) else list(message)


def main() -> int:
    catalogue = updated(read(), messages())
    PO.write_bytes(po_bytes(catalogue))
    PO.with_suffix(".mo").write_bytes(mo_bytes(read()))
    missing = untranslated(catalogue)
    for message in missing:
        print(f"ko: not translated: {message!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

"""Excel workbooks (.xlsx), a row at a time; openpyxl is loaded only here."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from yoyak.core.errors import InputError, UnreadableError
from yoyak.core.messages import text
from yoyak.inputs.compression import BOMB_FLOOR, BOMB_RATIO, BROKEN, bomb, too_large, unreadable
from yoyak.inputs.tables import Cells, named_rows

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions

STRINGS_SHARE = 4
"""The table of a workbook's strings, which is held in memory, may be four times as large as a document."""
_DOCTYPE_WITHIN = 2_000


def workbook_rows(
    file: BinaryIO, *, source: str, read: ReadOptions
) -> Iterator[tuple[str, Mapping[str, Any] | InputError]]:
    """Rows of a workbook, named `source:row` below the header, or `source:sheet:row` where several sheets hold articles."""
    try:
        import openpyxl
    except ImportError:
        reason = text("Excel files need openpyxl: pip install 'yoyak[excel]'")
        yield source, UnreadableError(text("{source}: {reason}", source=source, reason=reason), source=source)
        return
    try:
        if (problem := _refusal(file, source, read)) is not None:
            yield source, problem
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions, which are not read
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if _has_rows(sheet)]
            for sheet in sheets:
                name = source if len(sheets) == 1 else f"{source}:{sheet.title}"
                sheet.reset_dimensions()
                yield from named_rows(_records(sheet), source=name, read=read)
            if not sheets:
                yield (
                    source,
                    UnreadableError(text("{source}: the table is empty", source=source), source=source),
                )
    except (
        *BROKEN,
        zipfile.BadZipFile,
        KeyError,
        SyntaxError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:
        yield source, unreadable(source, error)


def _refusal(file: BinaryIO, source: str, read: ReadOptions) -> InputError | None:
    """Refuse a workbook that unpacks to far more than it should, or whose XML has a document type."""
    with zipfile.ZipFile(file) as packed:
        parts = packed.infolist()
        size = sum(part.file_size for part in parts)
        if size > max(BOMB_FLOOR, BOMB_RATIO * sum(part.compress_size for part in parts)):
            return bomb(source)
        for part in parts:
            name = part.filename.lower()
            if name.endswith("sharedstrings.xml") and part.file_size > STRINGS_SHARE * read.max_bytes:
                return too_large(source, STRINGS_SHARE * read.max_bytes)
            if name.endswith((".xml", ".rels")):
                with packed.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(_DOCTYPE_WITHIN).replace(b"\0", b""):
                        return unreadable(source, ValueError(text("its XML defines a document type")))
    return None


def _has_rows(sheet: Any) -> bool:
    """Whether a sheet has a cell with a value in its first rows."""
    sheet.reset_dimensions()
    return any(
        any(cell is not None for cell in cells) for cells in sheet.iter_rows(max_row=20, values_only=True)
    )


def _records(sheet: Any) -> Iterator[tuple[int, Cells]]:
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [_plain(cell) for cell in cells]


def _plain(value: object) -> object:
    """Return a cell as JSON would have it; error values such as #N/A are empty."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if (
        isinstance(value, str)
        and value.startswith("#")
        and value in ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
    ):
        return None
    return value

"""Tables: CSV and TSV as Excel, BIGKinds and crawlers write them, a row at a time.

A row is read as it stands or is an error of its own: a quote that is never closed, text behind a closing quote, or
more or fewer cells than the header has. Nothing is cut, and no two rows are merged.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from yoyak.core.errors import DecodeError, InputError, RowError
from yoyak.core.messages import plural, text
from yoyak.core.patterns import lazy_pattern
from yoyak.inputs.compression import BROKEN, bomb, unreadable
from yoyak.inputs.field_names import known_count, match, resolve
from yoyak.inputs.formats import DELIMITERS, SNIFF_BYTES, has_line, stream_encoding, table_delimiter
from yoyak.inputs.records import missing_field, missing_text, unseen_fields

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Stream

Row = Mapping[str, Any]
Cells = Sequence[Any]

HEADER_ROWS = 10
"""First rows among which the header is looked for: exports put a title and empty lines above it."""
MAX_NAME_CHARS = 40
"""Characters of a column name."""
MIN_RECORD_CHARS = 131_072
"""The csv module's own limit of a cell."""
RECORD_SHARE = 10
"""A row may have a tenth as many characters as a document may have bytes."""
REREAD_SHARE = 4
"""Rows with unclosed quotes may cost four rows of the largest size to read again; a file that needs more is given up."""
_DATA = lazy_pattern(r"\d{4}[-./년]\s?\d{1,2}|^\d{8}$|^-?[\d,.]+$|https?://|[.?!]\s*$")


def table_rows(
    stream: Stream, *, source: str, read: ReadOptions, delimiter: str | None = None
) -> Iterator[tuple[str, Row | InputError]]:
    """Rows of a CSV or TSV file, named `source:row`, counted from 1 below the header."""
    head = stream.head(SNIFF_BYTES, until=has_line)
    encoding = stream_encoding(head, read)
    words = head.decode(encoding, "replace").lstrip("\ufeff")
    delimiter = table_delimiter(words, read) or _commonest(words, preferred=delimiter)
    limit = max(MIN_RECORD_CHARS, read.max_bytes // RECORD_SHARE)
    try:
        # Bytes that do not fit become lone surrogates here, so that they cost one row and not the file.
        errors = "surrogateescape" if not encoding.startswith(("utf-16", "utf-32")) else "replace"
        lines = _Lines(
            io.TextIOWrapper(stream, encoding, errors=errors, newline=""), limit, packed=stream.packed
        )
        header = words.partition("\n")[0]
        spaced = delimiter != "\t" and header.count(delimiter) == header.count(delimiter + " ") > 0
        records = _records(lines, delimiter, source=source, limit=limit, spaced=spaced)
        for name, row in named_rows(records, source=source, read=read):
            yield name, row if isinstance(row, InputError) else _decoded(row, name, encoding)
    except _BlankBombError:
        yield source, bomb(source)
    except (*BROKEN, LookupError) as error:
        yield source, unreadable(source, error)


def _commonest(words: str, *, preferred: str | None) -> str:
    """Return the delimiter that the first line has most of, where no name in it is known."""
    line = words.partition("\n")[0]
    if preferred and preferred in line:
        return preferred
    return max(DELIMITERS, key=line.count) if any(mark in line for mark in DELIMITERS) else preferred or ","


# -- records ------------------------------------------------------------------------------------------------


class _TooLongError(Exception):
    """Raised where a line, or the lines of one record, are over the limit."""


class _BlankBombError(Exception):
    """Raised where a compressed table unpacks to empty lines without end."""


class _Lines:
    """Lines of a table, of which the last ones read can be given back."""

    def __init__(self, words: io.TextIOWrapper, limit: int, *, packed: bool) -> None:
        self._words = words
        self._limit = limit
        self._packed = packed
        self._back: deque[str] = deque()
        self._blank = 0
        self._size = 0
        self.taken: list[str] = []
        """Lines read since `begin`."""
        self.number = 0
        """Number of the last line read."""
        self.reread = 0
        """Characters given back so far."""

    def begin(self) -> None:
        """Start a new record."""
        self.taken = []
        self._size = 0

    def give_back(self) -> None:
        """Give back all lines of the record but the first."""
        rest = self.taken[1:]
        self.number -= len(rest)
        self.reread += sum(map(len, rest))
        self._back.extendleft(reversed(rest))
        del self.taken[1:]

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._words.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._size += len(line)
        if self._size > self._limit:
            if len(line) > self._limit:
                self._skip(line)
                self.taken.append("")
            else:
                self.taken.append(line)
            raise _TooLongError
        self.taken.append(line)
        if self._packed:
            self._blank = self._blank + len(line) if line.isspace() else 0
            if self._blank > self._limit:
                raise _BlankBombError
        return line

    def _skip(self, line: str) -> None:
        """Pass over the rest of a line."""
        while line and not line.endswith(("\n", "\r")):
            line = self._words.readline(MIN_RECORD_CHARS)


def _records(
    lines: _Lines, delimiter: str, *, source: str, limit: int, spaced: bool
) -> Iterator[tuple[int, Cells | InputError]]:
    """Give each record with the number of its first line. After a broken one, reading goes on with its second line."""
    csv.field_size_limit(limit)
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=spaced)
    columns = 0
    while True:
        lines.begin()
        first = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _TooLongError) as error:
            several = len(lines.taken) > 1
            lines.give_back()
            plain = _unquoted(lines.taken[0], delimiter, columns)
            if plain is not None:
                yield first, plain
                continue
            name = text("{source}, line {line}", source=source, line=first)
            yield first, RowError(_problem(name, error, limit, several=several), source=source)
            if lines.reread > REREAD_SHARE * limit:
                yield (
                    first,
                    RowError(
                        text(
                            "{source}: too many quotes that are never closed; the rest was not read",
                            source=name,
                        ),
                        source=source,
                    ),
                )
                return
            continue
        if first == 1 and len(cells) == 1 and cells[0].lstrip("\ufeff").lower() == f"sep={delimiter}":
            continue
        if len(lines.taken) > 1 and delimiter == "\t" and columns and _are_rows(lines.taken[:2], columns):
            # Titles that open and close with quotes, in a table that does not quote its cells.
            lines.give_back()
            cells = lines.taken[0].rstrip("\r\n").split("\t")
        if not columns and any(cells):
            cells[0] = cells[0].removeprefix("\ufeff")
            columns = len(cells)
        if cells:
            yield first, cells


def _unquoted(line: str, delimiter: str, columns: int) -> list[str] | None:
    """Read a line of a tab-separated table, where quotes may be ordinary characters; None if it has other columns."""
    cells = line.rstrip("\r\n").split(delimiter)
    return cells if delimiter == "\t" and len(cells) == columns > 1 else None


def _are_rows(lines: Sequence[str], columns: int) -> bool:
    return all(line.count("\t") == columns - 1 for line in lines)


def _problem(name: str, error: Exception, limit: int, *, several: bool) -> str:
    """Say in the user's language what is wrong with a record; the csv module's own words are English only."""
    if isinstance(error, _TooLongError) or "limit" in str(error):
        return text(
            "{source}: a quote is not closed, or the row is over {limit} characters", source=name, limit=limit
        )
    if several or "end of data" in str(error):
        return text("{source}: a quote is not closed", source=name)
    return text("{source}: text follows a closing quote; quotes inside a cell must be doubled", source=name)


def _decoded(row: Row, name: str, encoding: str) -> Row | InputError:
    """Return a row; where its bytes did not fit the encoding of the file, try the other Korean one."""
    try:
        "".join(cell for cell in row.values() if isinstance(cell, str)).encode()
    except UnicodeEncodeError:
        other = "utf-8" if encoding == "cp949" else "cp949"
        try:
            return {
                key: cell.encode(encoding.removesuffix("-sig"), "surrogateescape").decode(other)
                if isinstance(cell, str)
                else cell
                for key, cell in row.items()
            }
        except (UnicodeError, LookupError):
            return DecodeError(
                text(
                    "{source}: not valid {encoding}; set the encoding with --encoding",
                    source=name,
                    encoding=encoding.removesuffix("-sig"),
                ),
                source=name,
            )
    return row


# -- header and rows ----------------------------------------------------------------------------------------


def named_rows(
    records: Iterable[tuple[int, Cells | InputError]], *, source: str, read: ReadOptions
) -> Iterator[tuple[str, Row | InputError]]:
    """Rows of a table under its header. A table without a known column of text is one error."""
    records = iter(records)
    first: list[tuple[int, Cells | InputError]] = []
    header: Cells | None = None
    above = 0
    # No further than the header: rows of a pipe are given as they come.
    for record in records:
        if _is_blank(record[1]):
            continue
        first.append(record)
        header, above = _header([cells for _, cells in first], read)
        if header is not None or len(first) == HEADER_ROWS:
            break
    if header is None:
        yield source, _without_header(first, source, read)
        return
    names = _unique(header)
    if unseen := unseen_fields(dict.fromkeys(names), read):
        yield source, RowError(missing_field(source, unseen[0], names), source=source)
        return
    below = first[above:] if above else first
    number = 0
    for _, cells in chain(below, records):
        if isinstance(cells, InputError):
            number += 1
            yield f"{source}:{number}", RowError(cells.message, source=f"{source}:{number}")
        elif not _is_blank(cells):
            number += 1
            yield f"{source}:{number}", _row(cells, names, f"{source}:{number}")
    if number == 0:
        yield source, RowError(text("{source}: the table has no rows", source=source), source=source)


def _header(rows: Sequence[Cells | InputError], read: ReadOptions) -> tuple[Cells | None, int]:
    """Return the names of the columns, and how many of the first rows stand above the first row of data."""
    cells = rows[-1]
    if isinstance(cells, InputError):
        return (read.columns, 0) if read.columns else (None, 0)
    if read.columns:
        return read.columns, 1 if _is_header(cells, read) else 0
    if _is_header(cells, read) and (len(rows) == 1 or known_count(map(str, cells), read.fields) > 1):
        return _trimmed(cells), len(rows)
    return None, 0


def _without_header(
    first: Sequence[tuple[int, Cells | InputError]], source: str, read: ReadOptions
) -> InputError:
    for _, cells in first:
        if isinstance(cells, InputError):
            return cells
        return RowError(_no_header(source, cells, read), source=source)
    return RowError(text("{source}: the table is empty", source=source), source=source)


def _is_header(cells: Cells, read: ReadOptions) -> bool:
    names = tuple("" if cell is None else str(cell).strip() for cell in cells)
    chosen = read.fields.text or read.fields.sentences
    if chosen is not None:
        return match(chosen, names) is not None
    if any(len(name) > MAX_NAME_CHARS or _DATA.search(name) for name in names):
        return False
    resolved = resolve(names, read.fields)
    return "text" in resolved or "sentences" in resolved


def _no_header(source: str, cells: Cells, read: ReadOptions) -> str:
    """Say why the first row is no header: no name in it is known, or it is a row of data."""
    names = [" ".join(str(cell).split()) for cell in _trimmed(cells) if not _is_empty(cell)]
    if read.fields.text is None and any(len(name) > MAX_NAME_CHARS or _DATA.search(name) for name in names):
        shown = ", ".join(
            name[: MAX_NAME_CHARS // 2] + ("…" if len(name) > MAX_NAME_CHARS // 2 else "") for name in names
        )
        return text(
            "{source}: the first line is no header ({cells}); name its columns in order, "
            "for example --columns published,section,press,title,text,url",
            source=source,
            cells=shown,
        )
    return missing_text(source, names, read)


def _trimmed(cells: Cells) -> Cells:
    """Return the cells without empty ones at the end."""
    end = len(cells)
    while end and _is_empty(cells[end - 1]):
        end -= 1
    return cells[:end]


def _unique(header: Cells) -> list[str]:
    """Return a name for each column: an empty one is numbered, a repeated one gets a number behind it."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = "" if cell is None else " ".join(str(cell).split())
        name = name or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def _row(cells: Cells, names: Sequence[str], name: str) -> Row | InputError:
    """Pair the cells of a row with the names of the columns."""
    cells = _trimmed(cells) if len(cells) > len(names) else cells
    if len(cells) == 1 < len(names):
        problem = text(
            "{source}: 1 cell, but the header has {columns}; a cell with line breaks needs quotes around it",
            source=name,
            columns=len(names),
        )
        return RowError(problem, source=name)
    if len(cells) != len(names):
        return RowError(
            text(
                "{source}: {cells}, but the header has {columns}",
                source=name,
                cells=plural("{count} cell", "{count} cells", len(cells)),
                columns=len(names),
            ),
            source=name,
        )
    return {key: None if _is_empty(cell) else cell for key, cell in zip(names, cells, strict=True)}


def _is_blank(cells: Cells | InputError) -> bool:
    return not isinstance(cells, InputError) and all(_is_empty(cell) for cell in cells)


def _is_empty(cell: object) -> bool:
    return cell is None or cell == ""

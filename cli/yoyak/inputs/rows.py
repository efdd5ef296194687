"""Row files: JSONL, JSON, CSV and Parquet, a row at a time, whatever their size."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from yoyak.core.errors import DecodeError, InputError, MissingExtraError, RowError, UnreadableError
from yoyak.core.messages import text
from yoyak.inputs.compression import BROKEN, HEAD, bomb, too_large, unreadable

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Stream

Row = Mapping[str, Any]

# Both marks of UTF-16; PowerShell writes it, and a newline there is two bytes.
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PARQUET_ROWS = 64
# What the csv module allows a cell by itself.
_CSV_FIELD = 131_072


def parse_line(line: bytes, *, source: str, encoding: str | None = None) -> Row:
    """Read one JSONL line. Raises DecodeError and RowError."""
    words = _decode_line(line, source=source, encoding=encoding)
    try:
        row = json.loads(words.rstrip("\r\n"))
    except (ValueError, RecursionError) as error:
        raise RowError(_no_json(source, error), source=source) from error
    return check_row(row, source=source)


def _no_json(source: str, error: Exception) -> str:
    """Say where a line is no JSON; what the parser says of it is English only."""
    if not isinstance(error, json.JSONDecodeError):
        return text("{source}: not valid JSON", source=source)
    if error.msg.startswith("Invalid control character"):
        return text(
            "{source}: not valid JSON: unescaped control character (column {column})",
            source=source,
            column=error.colno,
        )
    return text("{source}: not valid JSON (column {column})", source=source, column=error.colno)


def check_row(row: object, *, source: str) -> Row:
    """Refuse what is no row of an article. Raises RowError."""
    if not isinstance(row, dict):
        raise RowError(text("{source}: each row must be a JSON object", source=source), source=source)
    return row


def _decode_line(line: bytes, *, source: str, encoding: str | None) -> str:
    for name in (encoding,) if encoding else ("utf-8", "cp949"):
        try:
            return line.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise DecodeError(
        text(
            "{source}: not valid {encoding}; set the encoding with --encoding",
            source=source,
            encoding=encoding or "UTF-8, CP949",
        ),
        source=source,
    )


def jsonl(stream: Stream, *, source: str, read: ReadOptions) -> Iterator[tuple[str, bytes | InputError]]:
    """Every line that is not blank, with its name `source:line`; a line over the limit is an error in its place."""
    number = blank = 0
    lines = _utf8_lines(stream, read)
    limit = read.max_bytes
    try:
        while line := lines.readline(limit + 1):
            number += 1
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            name = f"{source}:{number}"
            if len(line) > limit and not line.endswith(b"\n"):
                yield name, too_large(name, limit)
                if not _skip_line(lines, limit, packed=stream.packed):
                    yield source, bomb(source)
                    return
            elif line.isspace() or not line:
                # Nothing but line ends is how a bomb looks that never holds a row.
                blank += len(line)
                if stream.packed and blank > limit:
                    yield source, bomb(source)
                    return
            else:
                blank = 0
                yield name, line
    except BROKEN as error:
        yield f"{source}:{number + 1}", unreadable(source, error)


def _utf8_lines(stream: Stream, read: ReadOptions) -> BinaryIO | io.BufferedReader:
    """Give lines of bytes that end in one line-feed byte: wide encodings are turned into UTF-8 first."""
    if stream.head(2).startswith(UTF16) or (read.encoding or "").lower().startswith(
        ("utf-16", "utf_16", "utf-32")
    ):
        encoding = read.encoding or "utf-16"
        return io.BufferedReader(
            _Narrow(io.TextIOWrapper(stream, encoding, errors="replace", newline="")), HEAD
        )
    return stream


class _Narrow(io.RawIOBase):
    """UTF-8 bytes of a text stream."""

    def __init__(self, words: io.TextIOWrapper) -> None:
        self._words = words

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # any writable buffer will do
        # A character is at most four bytes.
        chunk = self._words.read(len(buffer) // 4).encode()
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _skip_line(lines: BinaryIO | io.BufferedReader, limit: int, *, packed: bool) -> bool:
    """Pass over the rest of a line; False where a packed line has no end worth waiting for."""
    passed = 0
    while rest := lines.readline(HEAD):
        passed += len(rest)
        if rest.endswith(b"\n"):
            return True
        if packed and passed > limit:
            return False
    return True


def json_rows(data: bytes, *, read: ReadOptions) -> list[Row] | None:
    """Rows of a JSON document: one object, or a list of objects; None where it is neither."""
    try:
        found = json.loads(data.decode(read.encoding or json.detect_encoding(data)).removeprefix("\ufeff"))
    except (ValueError, LookupError, RecursionError):
        return None
    rows = found if isinstance(found, list) else [found]
    return rows if rows and all(isinstance(row, dict) for row in rows) else None


def csv_rows(
    stream: Stream, *, source: str, read: ReadOptions, delimiter: str
) -> Iterator[tuple[str, Row | InputError]]:
    """Rows of a CSV file under its header line, named `source:row` counted from 1."""
    encoding = read.encoding or _table_encoding(stream.head())
    number = 0
    try:
        # Undecodable bytes become lone surrogates here, so that they cost one row and not the file.
        words = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
        longest = max(_CSV_FIELD, read.max_bytes)
        csv.field_size_limit(longest)
        table = csv.DictReader(_bounded_lines(words, read.max_bytes), delimiter=delimiter)
        while True:
            number += 1
            name = f"{source}:{number}"
            try:
                row = next(table)
            except StopIteration:
                return
            except csv.Error:  # its own words are English only, and this is what they come to
                problem = text(
                    "{source}: not valid CSV: a quote is not closed, or a cell is longer than {limit} characters",
                    source=name,
                    limit=longest,
                )
                yield name, RowError(problem, source=name)
                continue
            yield name, _clean_row(row, name, encoding)
    except (*BROKEN, LookupError) as error:
        yield f"{source}:{number}", unreadable(source, error)


def _bounded_lines(words: io.TextIOWrapper, limit: int) -> Iterator[str]:
    while line := words.readline(limit + 1):
        if len(line) > limit:
            raise ValueError(text("a line is longer than {limit} characters", limit=limit))
        yield line


def _table_encoding(head: bytes) -> str:
    if head.startswith(UTF16):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp949"
    return "utf-8-sig"


def _clean_row(row: dict[str | Any, Any], name: str, encoding: str) -> Row | InputError:
    cells = {key: value or None for key, value in row.items() if isinstance(key, str)}
    try:
        "".join(value for value in cells.values() if value).encode()
    except UnicodeEncodeError:
        return DecodeError(
            text(
                "{source}: not valid {encoding}; set the encoding with --encoding",
                source=name,
                encoding=encoding,
            ),
            source=name,
        )
    return cells


def parquet_rows(path: str | BinaryIO, *, source: str) -> Iterator[tuple[str, Row | InputError]]:
    """Rows of a Parquet file, named `source:row` counted from 1. Raises MissingExtraError without pyarrow."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtraError(text("Parquet needs pyarrow: pip install 'yoyak[parquet]'")) from error
    number = 0
    try:
        with ParquetFile(path) as table:
            for batch in table.iter_batches(batch_size=_PARQUET_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{source}:{number}", {key: _plain(value) for key, value in row.items()}
    except (OSError, ArrowException) as error:
        yield (
            source,
            UnreadableError(
                text("{source}: cannot be read: {reason}", source=source, reason=str(error).split("\n")[0]),
                source=source,
            ),
        )


def _plain(value: object) -> object:
    """Give times as text, as JSON would have them."""
    return value.isoformat() if isinstance(value, dt.date) else value

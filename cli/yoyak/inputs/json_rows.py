"""JSON: one object a line, or documents in the shapes that programs write articles in.

{"title": ..., "text": ...}                     one article; several may follow each other
[{...}, {...}]                                  articles
["text", "text"]                                articles without other fields
{"items": [{...}]}, {"hits": {"hits": [...]}}   articles inside other objects
{"a1": {...}, "a2": {...}}                      articles by id
{"title": {"0": ...}, "text": {"0": ...}}       pandas columns; also lists, and `split`
[["title", "text"], ["...", "..."]]             a table with a header
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from yoyak.core.errors import DecodeError, InputError, RowError
from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern
from yoyak.inputs.compression import BROKEN, HEAD, bomb, read_all, too_large, unreadable
from yoyak.inputs.field_names import comparable, resolve, role_of
from yoyak.inputs.formats import stream_encoding
from yoyak.inputs.records import field_value, has_text_field
from yoyak.inputs.tables import named_rows

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Stream

Row = Mapping[str, Any]

MIN_TEXT_CHARS = 50
"""Characters of a text in an object of texts by their ids."""
MAX_DEPTH = 6
"""Levels of objects below which articles are looked for."""
_GAP = lazy_pattern(r"[\s,\x1e]*")
_SPACE = lazy_pattern(r"\s*")
_DECODER = json.JSONDecoder()
# Lists inside a row whose objects are no articles.
_NO_ARTICLES = frozenset(
    map(comparable, ("comments", "replies", "댓글", "keywords", "related", "images", "photos"))
)


# -- one object a line --------------------------------------------------------------------------------------


def parse_line(line: bytes, *, source: str, encoding: str | None = None) -> Row:
    """Read one JSONL line. Raises DecodeError and RowError."""
    words = _decode(line, source=source, encodings=(encoding,) if encoding else ("utf-8", "cp949"))
    try:
        row = json.loads(words.rstrip("\r\n"))
    except (ValueError, RecursionError) as error:
        raise RowError(_not_json(source, error, one_line=True), source=source) from error
    if not isinstance(row, dict):
        raise RowError(text("{source}: each row must be a JSON object", source=source), source=source)
    return row


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
                # A bomb that never holds a row unpacks to nothing but line ends.
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
    encoding = stream_encoding(stream.head(HEAD, until=lambda ahead: b"\n" in ahead), read)
    if encoding.lower().startswith(("utf-16", "utf_16", "utf-32")):
        return io.BufferedReader(
            _Utf8(io.TextIOWrapper(stream, encoding, errors="replace", newline="")), HEAD
        )
    return stream


class _Utf8(io.RawIOBase):
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
    """Pass over the rest of a line; False where a compressed line is longer than any document may be."""
    passed = 0
    while rest := lines.readline(HEAD):
        passed += len(rest)
        if rest.endswith(b"\n"):
            return True
        if packed and passed > limit:
            return False
    return True


# -- documents ----------------------------------------------------------------------------------------------


def json_rows(stream: Stream, *, source: str, read: ReadOptions) -> Iterator[tuple[str, Row | InputError]]:
    """Articles of a JSON document, named `source:number` where there are several.

    What does not parse is an error with line and column, after the articles that stand before it.
    """
    try:
        data = read_all(stream, source=source, limit=read.max_bytes)
        encodings = (read.encoding,) if read.encoding else _encodings(data)
        words = _decode(data, source=source, encodings=encodings).removeprefix("\ufeff")
    except InputError as error:
        yield source, error
        return
    values: list[Any] = []
    problem: InputError | None = None
    try:
        values.extend(_values(words, values))
    except (ValueError, RecursionError) as error:
        problem = RowError(_not_json(source, error), source=source)
    rows: list[tuple[str, Row | InputError]] = list(_rows(values, source, read)) if values else []
    several = len(rows) > 1 or problem is not None
    for number, (_, row) in enumerate(rows, 1):
        yield f"{source}:{number}" if several else source, row
    if problem is not None:
        yield source, problem
    elif not rows:
        yield (
            source,
            RowError(text("{source}: the JSON document holds no article", source=source), source=source),
        )


def _encodings(data: bytes) -> tuple[str, ...]:
    detected = json.detect_encoding(data)
    return ("utf-8", "cp949") if detected.startswith("utf-8") else (detected,)


def _decode(data: bytes, *, source: str, encodings: Sequence[str]) -> str:
    for name in encodings:
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    raise DecodeError(
        text(
            "{source}: not valid {encoding}; set the encoding with --encoding",
            source=source,
            encoding=", ".join(name.upper() for name in encodings),
        ),
        source=source,
    )


def _values(words: str, found: list[Any]) -> Iterator[Any]:
    """Add the values of a text to `found` one by one: those of a list at its top, or of documents in a row.

    A list is given as one value where it does not hold objects alone. Raises ValueError and RecursionError.
    """
    at = _end(_GAP, words, 0)
    while at < len(words):
        if words[at] == "[" and words[_end(_SPACE, words, at + 1) :][:1] == "{":
            at = _objects(words, at, found)
        else:
            value, at = _DECODER.raw_decode(words, at)
            found.append(value)
        at = _end(_GAP, words, at)
    return iter(())


def _objects(words: str, at: int, found: list[Any]) -> int:
    """Add the elements of a list to `found`, and return the offset behind it."""
    while True:
        at = _end(_SPACE, words, at + 1)
        value, at = _DECODER.raw_decode(words, at)
        found.append(value)
        at = _end(_SPACE, words, at)
        if words[at : at + 1] == "]":
            return at + 1
        if words[at : at + 1] != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", words, at)


def _end(pattern: re.Pattern[str], words: str, at: int) -> int:
    found = pattern.match(words, at)
    return found.end() if found else at


def _not_json(source: str, error: Exception, *, one_line: bool = False) -> str:
    """Say where a text is not JSON; the words of the parser are English only."""
    if not isinstance(error, json.JSONDecodeError):
        return text("{source}: not valid JSON", source=source)
    control = error.msg.startswith("Invalid control character")
    if one_line and control:
        return text(
            "{source}: not valid JSON: unescaped control character (column {column})",
            source=source,
            column=error.colno,
        )
    if one_line:
        return text("{source}: not valid JSON (column {column})", source=source, column=error.colno)
    place = {"source": source, "line": error.lineno, "column": error.colno}
    if control:
        return text(
            "{source}: not valid JSON: unescaped tab, line end or other control character (line {line}, column {column})",
            **place,
        )
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return text(
            "{source}: not valid JSON: the file ends too early (line {line}, column {column})", **place
        )
    return text("{source}: not valid JSON (line {line}, column {column})", **place)


# -- the shapes ---------------------------------------------------------------------------------------------


def _rows(values: list[Any], source: str, read: ReadOptions) -> Iterator[tuple[str, Row | InputError]]:
    """Give the articles of top-level values: those of objects that hold some, and any other object as it is."""
    if _is_split(values):
        yield source, {"text": values}
        return
    for value in values:
        if isinstance(value, dict):
            found = list(_inside(value, source, read, 0))
            yield from found or [(source, value)]
        elif isinstance(value, list):
            yield from _of_list(value, source, read, 0)
        elif isinstance(value, str):
            yield source, {"text": value}
        else:
            yield (
                source,
                RowError(text("{source}: each row must be a JSON object", source=source), source=source),
            )


def _is_split(values: Sequence[Any]) -> bool:
    """Whether values are the sentences of one article."""
    return bool(values) and all(
        isinstance(value, dict) and "sentence" in value and "text" not in value for value in values
    )


def _of_list(
    values: list[Any], source: str, read: ReadOptions, depth: int
) -> Iterator[tuple[str, Row | InputError]]:
    if values and all(isinstance(value, str) for value in values):
        yield from ((source, {"text": value}) for value in values)
    elif values and all(isinstance(value, list) for value in values):
        if _is_split([part for value in values for part in value]):
            yield source, {"text": values}
        else:
            yield from named_rows(enumerate(values, 1), source=source, read=read)
    else:
        for value in values:
            if isinstance(value, dict):
                found = list(_inside(value, source, read, depth + 1))
                yield from found or [(source, value)]
            elif isinstance(value, list):
                yield from _of_list(value, source, read, depth + 1)
            elif value is not None:
                yield source, {"text": value}


def _inside(
    value: dict[str, Any], source: str, read: ReadOptions, depth: int
) -> Iterator[tuple[str, Row | InputError]]:
    """Give an object that is an article, or else the articles somewhere inside it."""
    if has_text_field(value, read):
        columns = _columns(value, read)
        yield from ((source, row) for row in columns) if columns is not None else [(source, value)]
    elif (table := _split_table(value)) is not None:
        yield from named_rows(enumerate(table, 1), source=source, read=read)
    elif _are_texts(value):
        yield from ((source, {"id": key, "text": words}) for key, words in value.items())
    elif depth < MAX_DEPTH:
        for key, inner in value.items():
            if isinstance(inner, dict):
                for name, row in _inside(inner, source, read, depth + 1):
                    if row is inner and "id" not in resolve(tuple(inner), read.fields):
                        yield name, {"id": key, **inner}  # an object of articles by their ids
                    else:
                        yield name, row
            elif isinstance(inner, list) and comparable(key) not in _NO_ARTICLES:
                rows = list(_of_list(inner, source, read, depth + 1)) if _may_hold_rows(inner) else []
                yield from (
                    rows
                    if any(isinstance(row, dict) and has_text_field(row, read) for _, row in rows)
                    else ()
                )


def _are_texts(value: dict[str, Any]) -> bool:
    """Whether an object holds nothing but long texts by their ids."""
    return len(value) > 1 and all(
        isinstance(words, str) and len(words) >= MIN_TEXT_CHARS and role_of(key) is None
        for key, words in value.items()
    )


def _may_hold_rows(values: list[Any]) -> bool:
    return any(isinstance(value, dict | list) for value in values)


def _split_table(value: dict[str, Any]) -> list[list[Any]] | None:
    """Read what pandas writes with orient="split": the names of the columns, then the rows."""
    columns, data = value.get("columns"), value.get("data")
    if not isinstance(columns, list) or not isinstance(data, list):
        return None
    return [columns, *(row for row in data if isinstance(row, list))]


def _columns(value: dict[str, Any], read: ReadOptions) -> list[Row] | None:
    """Read an object of columns, as `DataFrame.to_json` writes it; None for an object that is one article."""
    names = resolve(tuple(value), read.fields)
    body = next(
        (
            field_value(value, name)
            for name in (*names.get("text", ()), *names.get("sentences", ()))
            if name in value
        ),
        None,
    )
    if isinstance(body, dict) and len(body) > 0 and all(key.isdecimal() for key in body):
        keys = list(body)
        return [
            {name: column.get(key) for name, column in value.items() if isinstance(column, dict)}
            for key in keys
        ]
    if isinstance(body, list):
        others = [
            column
            for name, column in value.items()
            if column is not body and role_of(name) in ("title", "id", "published", "press", "url")
        ]
        if others and all(isinstance(column, list) and len(column) == len(body) for column in others):
            columns = {name: column for name, column in value.items() if isinstance(column, list)}
            return [
                {name: column[at] for name, column in columns.items() if at < len(column)}
                for at in range(len(body))
            ]
    return None

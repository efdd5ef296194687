"""An opened file to items: its format, then the reader of that format."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from yoyak.core.errors import InputError, RowError, UnreadableError
from yoyak.core.messages import text
from yoyak.inputs.compression import BROKEN, Stream, read_all, unreadable
from yoyak.inputs.formats import (
    SNIFF_BYTES,
    Format,
    format_of_name,
    head_text,
    inner_ending,
    is_json_document,
    is_row_format,
    recognize,
)
from yoyak.inputs.items import Content, Line, Page, Skip
from yoyak.inputs.names import inner_path
from yoyak.inputs.walk import Walk, no_article

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.archives import Member
    from yoyak.inputs.compression import Raw

Named = Iterator[tuple[str, Content | bytes]]
Piece = tuple[str, Content, int, str]
"""Name, content, weight and place of an item that has no number yet."""

MAX_ROWS_WITHOUT_FIELD = 20
"""First rows in which the text and the chosen fields are looked for; a file without them is one error."""
_SEEKABLE = frozenset(("parquet", "xlsx", "zip"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What readers of all formats need."""

    read: ReadOptions
    rules: Walk
    on_skip: Callable[[Skip], None]
    inside: bool = False
    """Whether the file is a member of an archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A file that a reader takes its items from."""

    stream: Stream
    file: BinaryIO
    """The same bytes in a file that can seek, for formats that need one."""
    name: str
    reading: Reading

    @property
    def read(self) -> ReadOptions:
        return self.reading.read


def file_format(stream: Stream, path: str, reading: Reading) -> Format:
    """Return the format that was asked for, or that the name tells, or that the first bytes show."""
    chosen = reading.read.input_format
    if chosen != "auto":
        return chosen
    named = format_of_name(path)
    if named not in (None, "json", "jsonl"):
        return named
    head = stream.head(SNIFF_BYTES, until=lambda ahead: is_row_format(ahead, reading.read))
    if named == "jsonl":
        return "json" if is_json_document(head_text(head, reading.read)) else named
    shown = recognize(head, reading.read)
    return shown if named is None or shown == "jsonl" else named


def opened_pieces(
    stream: Stream,
    name: str,
    place: str,
    reading: Reading,
    *,
    kind: Format | None = None,
    raw: BinaryIO | Raw | None = None,
    size: int = 0,
) -> Iterator[Piece]:
    """Items of a stream, each with its share of the bytes that were read."""
    try:
        kind = kind or file_format(stream, name, reading)
        pieces = _contents(stream, name, kind, reading, raw=raw)
    except BROKEN as error:
        yield name, unreadable(name, error), 0, place
        return
    except InputError as error:
        yield name, error, 0, place
        return
    taken = 0
    for source, content in pieces:
        if kind in _SEEKABLE:
            weight, size = size, 0
        elif isinstance(content, bytes) and not stream.packed:
            # Bytes are taken from a file in chunks of many lines; a line of JSONL is as long as it was in the file.
            weight = len(content)
        else:
            weight = stream.taken - taken
        taken += weight
        own = Line(content) if isinstance(content, bytes) else content
        yield source, own, weight, _place(place, name, source)


def _place(place: str, name: str, source: str) -> str:
    """Rows and members of a file stand in a folder named after it."""
    below = source[len(name) + 1 :]
    if not below:
        return place
    stem, ending = os.path.splitext(place)
    if inner_ending(place) != ending.lower():
        stem = os.path.splitext(stem)[0]
    return f"{stem}/{inner_path(below.replace(':', '/'))}"


def _contents(
    stream: Stream, name: str, kind: Format, reading: Reading, *, raw: BinaryIO | Raw | None
) -> Named:
    """Read a stream of a known format. Raises InputError."""
    file: Any = _seekable(stream, name, reading.read, raw) if kind in _SEEKABLE else stream
    return _READERS[kind](_Opened(stream=stream, file=file, name=name, reading=reading))


def _table(own: _Opened, *, delimiter: str | None = None) -> Named:
    from yoyak.inputs.tables import table_rows

    return table_rows(own.stream, source=own.name, read=own.read, delimiter=delimiter)


def _workbook(own: _Opened) -> Named:
    from yoyak.inputs.workbook import workbook_rows

    return workbook_rows(own.file, source=own.name, read=own.read)


def _json(own: _Opened) -> Named:
    from yoyak.inputs.json_rows import json_rows

    return _with_text(json_rows(own.stream, source=own.name, read=own.read), own)


def _jsonl(own: _Opened) -> Named:
    from yoyak.inputs.json_rows import jsonl

    return _with_text(jsonl(own.stream, source=own.name, read=own.read), own)


def _parquet(own: _Opened) -> Named:
    from yoyak.inputs.parquet import parquet_rows

    return _with_text(parquet_rows(own.file, source=own.name), own)


def _lines(own: _Opened) -> Named:
    from yoyak.inputs.lines import line_articles

    return line_articles(own.stream, source=own.name, read=own.read)


def _feed(own: _Opened) -> Named:
    from yoyak.inputs.feeds import feed_entries

    return feed_entries(own.stream, source=own.name, read=own.read)


def _mail(own: _Opened) -> Named:
    from yoyak.inputs.mail import mail_articles

    return mail_articles(own.stream, source=own.name, read=own.read)


def _warc(own: _Opened) -> Named:
    from yoyak.inputs.warc import warc_pages

    return warc_pages(own.stream, source=own.name, read=own.read, on_skip=own.reading.on_skip)


def _zip(own: _Opened) -> Named:
    from yoyak.inputs.archives import zip_members

    return _members(zip_members(own.file, source=own.name, read=own.read), own)


def _tar(own: _Opened) -> Named:
    from yoyak.inputs.archives import tar_members

    return _members(tar_members(own.stream, source=own.name), own)


# Each loads its module when it is first needed: start-up time is measured.
_READERS: dict[Format, Callable[[_Opened], Named]] = {
    "page": lambda own: _page(own.stream, own.name, own.read),
    "lines": _lines,
    "csv": _table,
    "tsv": partial(_table, delimiter="\t"),
    "json": _json,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "xlsx": _workbook,
    "feed": _feed,
    "mail": _mail,
    "warc": _warc,
    "zip": _zip,
    "tar": _tar,
}


def _seekable(stream: Stream, name: str, read: ReadOptions, raw: BinaryIO | Raw | None) -> BinaryIO:
    """Return a file that can seek: the opened one, or its bytes in memory. Raises InputError."""
    if raw is not None and not stream.packed and isinstance(raw, io.FileIO) and raw.seekable():
        raw.seek(0)
        return open(raw.fileno(), "rb", closefd=False)
    seekable = getattr(raw, "seekable", None)
    if seekable is not None and not stream.packed and seekable():
        cast("BinaryIO", raw).seek(0)
        return cast("BinaryIO", raw)
    return io.BytesIO(read_all(stream, source=name, limit=read.max_bytes))


def _page(stream: Stream, name: str, read: ReadOptions) -> Named:
    try:
        yield name, Page(read_all(stream, source=name, limit=read.max_bytes))
    except InputError as error:
        yield name, error


def _members(members: Iterable[Member], own: _Opened) -> Named:
    """Items of the members of an archive, chosen by the rules for folders."""
    reading = own.reading
    if reading.inside:
        problem = text("{source}: an archive inside an archive; unpack the outer one first", source=own.name)
        yield own.name, UnreadableError(problem, source=own.name)
        return
    inner = replace(reading, inside=True)
    for path, content in members:
        source = f"{own.name}/{path}" if path else own.name
        if isinstance(content, InputError):
            yield source, content
            continue
        skipped = no_article(path, reading.rules, partial(content.head, SNIFF_BYTES))
        if skipped is not None:
            reading.on_skip(Skip(source, skipped))
            continue
        for name, found, _, _ in opened_pieces(content, source, path, inner):
            yield name, found


def _with_text(rows: Named, own: _Opened) -> Named:
    """Give rows as they come; rows that all lack the text or a chosen field are one error that names their fields.

    Rows are held back only until these fields were seen.
    """
    from yoyak.inputs.records import has_text_field, missing_field, missing_text, unseen_fields

    waiting: list[tuple[str, Content | bytes]] = []
    errors: list[tuple[str, Content | bytes]] = []
    names: dict[str, None] = {}
    has_text = False
    unseen = unseen_fields({}, own.read)
    for source, content in rows:
        waiting.append((source, content))
        row = _parsed(content, source, own.read)
        if row is None:
            errors.append((source, content))
        else:
            names.update(dict.fromkeys(map(str, row)))
            has_text = has_text or has_text_field(row, own.read)
            unseen = [name for name in unseen if name in unseen_fields(row, own.read)]
        if (has_text and not unseen) or len(waiting) == MAX_ROWS_WITHOUT_FIELD:
            break
    problem = ""
    if not has_text and len(waiting) - len(errors) > 1 and names:
        problem = missing_text(own.name, tuple(names), own.read)
    elif has_text and unseen:
        problem = missing_field(own.name, unseen[0], tuple(names))
    if problem:
        yield from errors
        yield own.name, RowError(problem, source=own.name)
        return
    yield from waiting
    yield from rows


def _parsed(content: Content | bytes, source: str, read: ReadOptions) -> Mapping[str, Any] | None:
    if isinstance(content, bytes):
        from yoyak.inputs.json_rows import parse_line

        try:
            return parse_line(content, source=source, encoding=read.encoding)
        except InputError:
            return None
    return content if isinstance(content, Mapping) else None

"""From the paths a person gave to items, in order."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from yoyak.core.errors import InputError, MissingExtraError, UnreadableError
from yoyak.core.messages import text
from yoyak.inputs.compression import BROKEN, HEAD, open_stream, read_all, unreadable
from yoyak.inputs.items import Content, File, Item, Line, Page, Skip, stamp_of
from yoyak.inputs.paths import STDIN, AnyPath, is_address, printable
from yoyak.inputs.rows import UTF16, csv_rows, json_rows, jsonl, parquet_rows
from yoyak.inputs.walk import ROWS, Walk, inner_ending, walk

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Raw, Stream

Piece = tuple[str, Content, int, str]
"""Name, content, weight and place of an item that has no number yet."""

# A byte order mark and white space.
_BLANK = b"\xef\xbb\xbf \t\r\n"


def discover(
    paths: Iterable[AnyPath],
    *,
    read: ReadOptions,
    rules: Walk | None = None,
    stdin: BinaryIO | None = None,
    on_skip: Callable[[Skip], None] | None = None,
) -> Iterator[Item]:
    """Items of all paths in the order given; folders are walked in order of name, row files row by row.

    Lazy: nothing is opened before its turn, and memory does not depend on how much there is. What cannot be
    read is an item with an InputError in it. "-" is `stdin`.
    """
    index = 0
    for path in paths:
        for piece in _pieces(os.fspath(path), read, rules or Walk(), stdin, on_skip):
            yield _item(index, piece)
            index += 1


def items_of(raw: BinaryIO, name: str, *, read: ReadOptions) -> Iterator[Item]:
    """Items of one opened file, which must be able to seek if it is Parquet."""
    place = os.path.basename(name)
    kind = ROWS.get(inner_ending(name))
    if kind == "parquet":
        pieces = _parquet_pieces(raw, name, place, 0)
    elif kind is None:
        pieces = _stream_pieces(open_stream(raw), name, place, read)
    else:
        pieces = _row_pieces(open_stream(raw), name, place, read, kind)
    for number, piece in enumerate(pieces):
        yield _item(number, piece)


def _item(number: int, piece: Piece) -> Item:
    name, content, weight, place = piece
    return Item(number, name, content, weight, place, stamp_of(content, weight))


def _pieces(
    path: str,
    read: ReadOptions,
    rules: Walk,
    stdin: BinaryIO | None,
    on_skip: Callable[[Skip], None] | None,
) -> Iterator[Piece]:
    if path == STDIN:
        if stdin is None and sys.stdin is None:
            yield STDIN, unreadable(STDIN, OSError(None, text("standard input is closed"))), 0, "stdin"
            return
        yield from _stream_pieces(open_stream(stdin or _standard_input()), STDIN, "stdin", read)
        return
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        yield _unread(path, error)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder_pieces(path, read, rules, on_skip)
    else:
        yield from _file_pieces(path, os.path.basename(path), status, read)


def _folder_pieces(
    folder: str, read: ReadOptions, rules: Walk, on_skip: Callable[[Skip], None] | None
) -> Iterator[Piece]:
    for path, skipped, error in walk(folder, rules):
        if error is not None:
            yield _unread(path, error)
        elif skipped is not None:
            if on_skip:
                on_skip(Skip(printable(path), skipped))
        else:
            try:
                status = os.stat(path)
            except OSError as gone:
                yield _unread(path, gone)
            else:
                yield from _file_pieces(path, os.path.relpath(path, folder), status, read)


def _standard_input() -> Raw:
    """Return standard input without its buffer: what is held back there, another thread's fork would hold too."""
    buffered = sys.stdin.buffer
    return getattr(buffered, "raw", buffered)


def _unread(path: str, error: BaseException) -> Piece:
    name = printable(path)
    said = _not_fetched(name) if is_address(path) else unreadable(name, error)
    return name, said, 0, printable(os.path.basename(path))


def _not_fetched(address: str) -> InputError:
    return UnreadableError(
        text(
            "{source}: yoyak does not download pages; save the page to a file or pipe it in",
            source=address,
        ),
        source=address,
    )


def _file_pieces(path: str, below: str, status: os.stat_result, read: ReadOptions) -> Iterator[Piece]:
    name, place = printable(path), printable(below)
    kind = ROWS.get(inner_ending(path))
    if kind is None and stat.S_ISREG(status.st_mode):
        yield name, File(path, int(status.st_mtime)), status.st_size, place
    elif kind == "parquet":
        yield from _parquet_pieces(path, name, place, status.st_size)
    else:
        try:
            with open(path, "rb", buffering=0) as raw:
                stream = open_stream(raw)
                yield from (
                    _row_pieces(stream, name, place, read, kind)
                    if kind
                    else _stream_pieces(stream, name, place, read)
                )
        except BROKEN as error:
            yield _unread(path, error)


def _stream_pieces(stream: Stream, name: str, place: str, read: ReadOptions) -> Iterator[Piece]:
    """Read what says nothing of itself: rows if its first line is a JSON object, otherwise one page."""
    try:
        head = stream.head(HEAD, until=lambda ahead: b"\n" in ahead.lstrip(_BLANK)).lstrip(_BLANK)
    except BROKEN as error:
        yield name, unreadable(name, error), 0, place
        return
    if head.startswith(UTF16):
        head = head.decode("utf-16", "replace").encode().lstrip(_BLANK)
    line, newline, _ = head.partition(b"\n")
    if line.startswith(b"{") and (json_rows(line, read=read) if newline or len(head) < HEAD else True):
        yield from _row_pieces(stream, name, place, read, "jsonl")
    else:
        yield from _row_pieces(stream, name, place, read, "json" if line.startswith((b"{", b"[")) else "page")


def _row_pieces(stream: Stream, name: str, place: str, read: ReadOptions, kind: str) -> Iterator[Piece]:
    pieces: Iterable[tuple[str, Content | bytes]]
    if kind == "jsonl":
        pieces = jsonl(stream, source=name, read=read)
    elif kind in ("csv", "tsv"):
        pieces = csv_rows(stream, source=name, read=read, delimiter="\t" if kind == "tsv" else ",")
    else:
        pieces = _whole(stream, name, read)
    taken = 0
    for source, content in pieces:
        # What was taken comes in chunks of many lines; where a line is as long as it was in the file, it is told by line.
        weight = len(content) if isinstance(content, bytes) and not stream.packed else stream.taken - taken
        taken += weight
        yield (
            source,
            Line(content) if isinstance(content, bytes) else content,
            weight,
            _row_place(place, name, source),
        )


def _row_place(place: str, name: str, source: str) -> str:
    """Rows of a file stand in a folder named after it."""
    number = source[len(name) + 1 :]
    return f"{os.path.splitext(place)[0]}/{number}" if number else place


def _whole(stream: Stream, name: str, read: ReadOptions) -> Iterator[tuple[str, Content]]:
    """One document: the rows of it where it is JSON, otherwise a page."""
    try:
        data = read_all(stream, source=name, limit=read.max_bytes)
    except InputError as error:
        yield name, error
        return
    rows = json_rows(data, read=read) if data.lstrip(_BLANK)[:1] in (b"{", b"[") else None
    if rows is None:
        yield name, Page(data)
    elif len(rows) == 1:
        yield name, rows[0]
    else:
        yield from ((f"{name}:{number}", row) for number, row in enumerate(rows, 1))


def _parquet_pieces(path: str | BinaryIO, name: str, place: str, size: int) -> Iterator[Piece]:
    weight = size
    try:
        for source, content in parquet_rows(path, source=name):
            yield source, content, weight, _row_place(place, name, source)
            weight = 0
    except MissingExtraError as error:
        yield (
            name,
            UnreadableError(text("{source}: {reason}", source=name, reason=error), source=name),
            weight,
            place,
        )

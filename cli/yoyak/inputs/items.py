"""Items, which the reading process hands to the workers, and how a worker loads them."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from yoyak.core.errors import InputError
from yoyak.core.messages import text
from yoyak.core.values import Record
from yoyak.inputs.compression import open_stream, read_all, unreadable

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions


class File(NamedTuple):
    """A regular file, opened by the worker. The name may hold undecodable bytes."""

    path: str
    modified: int = 0
    """Time of the last change, in seconds."""


class Page(NamedTuple):
    """A page that was read already: it came through a pipe, or out of an archive."""

    data: bytes
    url: str | None = None
    """Where it was saved from, if its container says so."""


class Line(NamedTuple):
    """One line of a JSONL file, not parsed yet."""

    data: bytes


Content: TypeAlias = File | Page | Line | Record | Mapping[str, Any] | InputError


class Item(NamedTuple):
    """One future article, counted from 0. `source` is its printed name, `weight` its share of the bytes to read.

    `place` is its path below the given path, for outputs that mirror the tree.
    """

    number: int
    source: str
    content: Content
    weight: int = 0
    place: str = ""
    stamp: int = 0
    """A number that changes when the input is edited, from `stamp_of`."""


class Skip(NamedTuple):
    """A file in a folder that is not read, and why."""

    source: str
    reason: str


def stamp_of(content: Content, weight: int) -> int:
    """Return 32 bits that an edit changes: a checksum of a row or page, size and time of a file; 0 for an error."""
    match content:
        case File(_, modified):
            return zlib.crc32(f"{weight} {modified}".encode())
        case Page(data, _):
            return zlib.crc32(data)
        case Line(data):
            # The last line may get its end when more rows come after it.
            return zlib.crc32(data.rstrip(b"\r\n"))
        case InputError():
            return 0
        case row:
            return zlib.crc32(repr(row).encode("utf-8", "surrogatepass"))


def load(item: Item, read: ReadOptions) -> bytes | Record | Mapping[str, Any]:
    """Return the bytes of a page, or a row or record. Raises InputError."""
    match item.content:
        case File(path, _):
            return read_file(path, source=item.source, limit=read.max_bytes)
        case Page(data, _):
            return data
        case Line(data):
            from yoyak.inputs.json_rows import parse_line

            return parse_line(data, source=item.source, encoding=read.encoding)
        case InputError() as error:
            raise error
        case row:
            return row


def read_file(path: str, *, source: str, limit: int) -> bytes:
    """Return the bytes of a file, unpacked. Raises UnreadableError, and TooLargeError over `limit` bytes."""
    try:
        # O_NONBLOCK: a file that became a FIFO since it was listed must not hang the run.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as raw:
            if stat.S_ISREG(os.fstat(descriptor).st_mode):
                return read_all(open_stream(raw), source=source, limit=limit)
    except OSError as error:
        raise unreadable(source, error) from error
    raise unreadable(source, OSError(None, text("it is no longer a file")))

"""From the given paths to items, in order."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from yoyak.core.errors import InputError, UnreadableError
from yoyak.core.messages import text
from yoyak.inputs.compression import open_stream, unreadable
from yoyak.inputs.formats import format_of_name
from yoyak.inputs.items import File, Item, Skip, stamp_of
from yoyak.inputs.names import existing, printable
from yoyak.inputs.paths import STDIN, AnyPath, is_address
from yoyak.inputs.readers import Piece, Reading, file_format, opened_pieces
from yoyak.inputs.walk import Walk, walk

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Raw


def discover(
    paths: Iterable[AnyPath],
    *,
    read: ReadOptions,
    rules: Walk | None = None,
    stdin: BinaryIO | None = None,
    on_skip: Callable[[Skip], None] | None = None,
) -> Iterator[Item]:
    """Items of all paths in the order given; folders are walked in order of name, row files row by row.

    Lazy: nothing is opened before its turn, and memory does not depend on the number of articles. What cannot be
    read is an item with an InputError in it. A file that is given twice is read once. "-" is `stdin`.
    """
    reading = Reading(read=read, rules=rules or Walk(), on_skip=on_skip or (lambda _: None))
    number = 0
    once = _Once(paths)
    for path in once.paths:
        for piece in _pieces(os.fspath(path), reading, stdin, once):
            yield _item(number, piece)
            number += 1


def items_of(raw: BinaryIO, name: str, *, read: ReadOptions) -> Iterator[Item]:
    """Items of one opened file, which must be able to seek if it is Parquet, a workbook or a ZIP archive."""
    reading = Reading(read=read, rules=Walk(), on_skip=lambda _: None)
    stream = open_stream(raw)
    for number, piece in enumerate(opened_pieces(stream, name, os.path.basename(name), reading, raw=raw)):
        yield _item(number, piece)


def _item(number: int, piece: Piece) -> Item:
    name, content, weight, place = piece
    return Item(number, name, content, weight, place, stamp_of(content, weight))


# -- paths --------------------------------------------------------------------------------------------------


class _Once:
    """Remembers the files that were read, where several paths were given."""

    def __init__(self, paths: Iterable[AnyPath]) -> None:
        self.paths = paths if isinstance(paths, list | tuple) else list(paths)
        self._several = len(self.paths) > 1
        self._seen: set[tuple[int, int]] = set()

    def is_repeated(self, status: os.stat_result) -> bool:
        """Whether a regular file was given before, under whatever name."""
        if not self._several or not stat.S_ISREG(status.st_mode) or not status.st_ino:
            return False
        own = (status.st_dev, status.st_ino)
        if own in self._seen:
            return True
        self._seen.add(own)
        return False


def _pieces(path: str, reading: Reading, stdin: BinaryIO | None, once: _Once) -> Iterator[Piece]:
    if path == STDIN:
        if stdin is None and sys.stdin is None:
            yield STDIN, unreadable(STDIN, OSError(None, text("standard input is closed"))), 0, "stdin"
            return
        yield from opened_pieces(open_stream(stdin or _standard_input()), STDIN, "stdin", reading)
        return
    try:
        path = existing(path)
        status = os.stat(path)
    except (OSError, ValueError) as error:
        yield _unread(path, error)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder_pieces(path, reading, once)
    elif once.is_repeated(status):
        reading.on_skip(_given_twice(path))
    else:
        yield from _file_pieces(path, os.path.basename(path), status, reading)


def _folder_pieces(folder: str, reading: Reading, once: _Once) -> Iterator[Piece]:
    for found in walk(folder, reading.rules):
        if found.error is not None:
            yield _unread(found.path, found.error)
        elif found.skipped is not None:
            reading.on_skip(Skip(printable(found.path), found.skipped))
        else:
            try:
                status = os.stat(found.path)
            except OSError as gone:
                yield _unread(found.path, gone)
                continue
            if once.is_repeated(status):
                reading.on_skip(_given_twice(found.path))
            else:
                yield from _file_pieces(found.path, os.path.relpath(found.path, folder), status, reading)


def _given_twice(path: str) -> Skip:
    return Skip(printable(path), text("given twice; read once"))


def _standard_input() -> Raw:
    """Return standard input without its buffer: what is held back there, another thread's fork would hold too."""
    buffered = sys.stdin.buffer
    return getattr(buffered, "raw", buffered)


def _unread(path: str, error: BaseException) -> Piece:
    name = printable(path)
    problem = _not_fetched(name) if is_address(path) else unreadable(name, error)
    return name, problem, 0, printable(os.path.basename(path))


def _not_fetched(address: str) -> InputError:
    return UnreadableError(
        text(
            "{source}: yoyak does not download pages; save the page to a file or pipe it in",
            source=address,
        ),
        source=address,
    )


# -- files --------------------------------------------------------------------------------------------------


def _file_pieces(path: str, below: str, status: os.stat_result, reading: Reading) -> Iterator[Piece]:
    """Items of one file. A page is left to the worker to open."""
    name, place = printable(path), printable(below)
    regular = stat.S_ISREG(status.st_mode)
    if regular and reading.read.input_format == "auto" and format_of_name(path) == "page":
        yield name, File(path, int(status.st_mtime)), status.st_size, place
        return
    try:
        # Unbuffered: of a pipe nothing may be held back.
        with open(path, "rb", buffering=0) as raw:
            stream = open_stream(raw)
            kind = file_format(stream, path, reading)
            if kind == "page" and regular:
                yield name, File(path, int(status.st_mtime)), status.st_size, place
            else:
                yield from opened_pieces(
                    stream, name, place, reading, kind=kind, raw=raw, size=status.st_size
                )
    except OSError as error:
        yield _unread(path, error)

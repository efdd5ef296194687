"""The given paths before they are read: which exist, which are listed in a file, how many bytes they have."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from yoyak.inputs.compression import HEAD, open_stream, unreadable
from yoyak.inputs.names import existing, printable
from yoyak.inputs.walk import Walk, walk

AnyPath = str | os.PathLike[str]

STDIN = "-"


def is_address(path: str) -> bool:
    """Whether a path that is no file is the address of a page."""
    return path.lower().startswith(("http://", "https://"))


def live(paths: Iterable[AnyPath]) -> bool:
    """Whether any of the paths is a pipe or a terminal, which may be slow to give its next row."""
    return any(_is_live(os.fspath(path)) for path in paths)


def _is_live(path: str) -> bool:
    try:
        status = os.fstat(sys.stdin.fileno()) if path == STDIN else os.stat(path)
    except (AttributeError, OSError, ValueError):
        return False  # closed, not there, or no real file
    return not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode))


def missing(paths: Iterable[AnyPath]) -> list[str]:
    """Return the paths that do not exist. Addresses of other file systems (s3://...) are not checked."""
    named = [os.fspath(path) for path in paths]
    return [
        path
        for path in named
        if path != STDIN and ("://" not in path or is_address(path)) and not os.path.lexists(existing(path))
    ]


def files_from(name: str, *, stdin: BinaryIO | None = None) -> Iterator[str]:
    """Paths listed in a file, or in standard input for "-": one per line, or separated by NUL if it holds any.

    Raises UnreadableError.
    """
    try:
        if name == STDIN:
            yield from _listed(stdin or sys.stdin.buffer)
        else:
            with open(name, "rb") as listing:
                yield from _listed(listing)
    except OSError as error:
        raise unreadable(printable(name), error) from error


def _listed(listing: BinaryIO) -> Iterator[str]:
    stream = open_stream(listing)
    mark = b"\0" if b"\0" in stream.head() else b"\n"
    rest = b""
    while chunk := stream.read1(HEAD):
        *whole, rest = (rest + chunk).split(mark)
        yield from _names(whole, mark)
    yield from _names([rest], mark)


def _names(listed: Iterable[bytes], mark: bytes) -> Iterator[str]:
    for name in listed:
        path = name if mark == b"\0" else name.rstrip(b"\r")
        if path.strip():
            yield os.fsdecode(path)


def list_files(path: str, *, rules: Walk | None = None) -> Iterator[str]:
    """Files that `discover` would read for a path: the file itself, or those below the folder."""
    path = existing(path)
    if os.path.isdir(path):
        yield from (found.path for found in walk(path, rules or Walk()) if found.skipped is None)
    else:
        yield path


def weights(paths: Iterable[AnyPath], *, rules: Walk | None = None) -> Iterator[int | None]:
    """Sizes in bytes of the files that `discover` will read, each once; None for a pipe. Lazy."""
    named = list(paths)
    seen: set[tuple[int, int]] = set()
    for given in named:
        path = existing(os.fspath(given))
        if path == STDIN or not (os.path.isdir(path) or os.path.isfile(path)):
            yield None
            continue
        for file in list_files(path, rules=rules):
            # A file that is gone becomes an error in its turn and counts nothing here.
            with contextlib.suppress(OSError):
                status = os.stat(file)
                own = (status.st_dev, status.st_ino)
                if len(named) == 1 or own not in seen:
                    yield status.st_size
                if len(named) > 1:
                    seen.add(own)

"""Texts to a packed file: `-o out.jsonl.gz`, also .xz, .bz2 and .zst."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import sys
from collections.abc import Callable, Mapping, Sequence
from io import FileIO
from pathlib import Path
from typing import BinaryIO, cast

from yoyak.errors import YoyakError
from yoyak.messages import text
from yoyak.outputs.files import (
    discard,
    open_raw,
    paths_of,
    promote,
    sync,
    unwritable,
)
from yoyak.outputs.sink import Frame, Written


def _gzip(raw: FileIO) -> BinaryIO:
    # Neither name nor time: the same results are the same bytes.
    return cast("BinaryIO", gzip.GzipFile("", "wb", fileobj=raw, mtime=0))


def _zstd(raw: FileIO) -> BinaryIO:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return cast("BinaryIO", zstd.ZstdFile(raw, "w"))


PACKERS: Mapping[str, Callable[[FileIO], BinaryIO]] = {
    ".gz": _gzip,
    ".xz": lambda raw: cast("BinaryIO", lzma.LZMAFile(raw, "w")),  # noqa: SIM115 - closed by commit
    ".bz2": lambda raw: cast("BinaryIO", bz2.BZ2File(raw, "w")),
    ".zst": _zstd,
}


class PackedFile:
    """Texts to a packed file. It cannot be resumed: what a packer holds back dies with the run."""

    keys: Sequence[int] = ()
    failed = 0

    def __init__(self, target: Path, *, frame: Frame, force: bool) -> None:
        self._target, self._path = paths_of(target, force=force)
        self._force = force
        self._raw = open_raw(self._path, fresh=True)
        self._packer = PACKERS[target.suffix.lower()](self._raw)
        self._next = frame.header
        self._separator = frame.separator
        self._count = 0

    def write(self, result: Written[str | None]) -> None:
        """Write one text."""
        if result.value is not None:
            self._write(self._next + result.value + "\n")
            self._next = self._separator
        self._count += 1

    def _write(self, words: str) -> None:
        try:
            self._packer.write(words.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise unwritable(self._path, error) from error

    def _end(self) -> None:
        if not self._count:
            self._write(self._next)
        try:
            self._packer.close()
        except OSError as error:
            raise unwritable(self._path, error) from error

    def commit(self) -> None:
        """End the archive and give the file its name."""
        self._end()
        sync(self._raw, self._path)
        self._raw.close()
        promote(self._path, self._target, force=self._force)

    def suspend(self) -> None:
        """End the archive under its unfinished name, so that what is there can be unpacked."""
        if self._raw.closed:
            return
        with contextlib.suppress(YoyakError, OSError):
            self._end()
        with contextlib.suppress(OSError):
            self._raw.close()
        if not self._count:
            discard(self._path)

    def resume_hint(self) -> str:
        """Say where what is done is."""
        return text("{count:result is|results are} in {path}", count=self._count, path=self._path)

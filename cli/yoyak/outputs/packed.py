"""Texts to a packed file: `-o out.jsonl.gz`, also .xz, .bz2 and .zst."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
from collections.abc import Callable, Mapping
from io import FileIO
from pathlib import Path
from typing import BinaryIO, cast

from yoyak.outputs.files import unwritable
from yoyak.outputs.once import AllAtOnce
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


class PackedFile(AllAtOnce):
    """Texts to a packed file. It cannot be resumed: what a packer holds back dies with the run."""

    def __init__(self, target: Path, *, frame: Frame, force: bool) -> None:
        super().__init__(target, force=force)
        self._packer = PACKERS[target.suffix.lower()](self._raw)
        self._next = frame.header
        self._separator = frame.separator

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

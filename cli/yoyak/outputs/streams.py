"""Sinks that are written in one pass and cannot be resumed: streams, devices, JSON documents, compressed files."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import lzma
import sys
from collections.abc import Callable, Mapping, Sequence
from io import FileIO
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from yoyak.core.errors import YoyakError
from yoyak.core.messages import plural
from yoyak.outputs.files import discard, open_raw, paths_of, promote, sync, unwritable, write_all
from yoyak.outputs.sinks import Frame, Written


class StreamSink:
    """Texts to standard output, flushed one by one."""

    keys: Sequence[int] = ()
    failed = 0

    def __init__(self, stream: TextIO | None, frame: Frame) -> None:
        self._stream = stream or sys.stdout
        self._next = frame.header
        self._separator = frame.separator
        if frame.header:
            self._print("")

    def write(self, result: Written[str | None]) -> None:
        """Print one text."""
        if result.value is not None:
            self._print(result.value + "\n")
            self._next = self._separator

    def _print(self, content: str) -> None:
        try:
            self._stream.write(self._next + content)
            self._next = ""
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritable(Path("stdout"), error) from error

    def commit(self) -> None:
        """Do nothing: every text was flushed."""

    def suspend(self) -> None:
        """Do nothing: every text was flushed."""

    def resume_hint(self) -> str:
        """Empty: a stream cannot be continued."""
        return ""


class NullSink:
    """Results that are written elsewhere: only on the page of a report."""

    keys: Sequence[int] = ()
    failed = 0

    def write(self, result: Written[object]) -> None:
        """Drop the result."""

    def commit(self) -> None:
        """Do nothing."""

    def suspend(self) -> None:
        """Do nothing."""

    def resume_hint(self) -> str:
        """Empty: nothing can be continued."""
        return ""


class JsonDocument:
    """A JSON document, built piece by piece: a single value stands alone, several values form an array."""

    def __init__(self) -> None:
        self._first: str | None = None
        self._count = 0

    def add(self, value: str) -> str:
        """Text to write after `value` was added. The first value is held until a second one shows its layout."""
        self._count += 1
        if self._count == 1:
            self._first = value
            return ""
        first, self._first = self._first, None
        return ("[\n" + _indent(first) if first is not None else "") + ",\n" + _indent(value)

    def end(self) -> str:
        """Text that completes the document."""
        if self._count == 0:
            return "[]\n"
        first, self._first = self._first, None
        return first + "\n" if first is not None else "\n]\n"


def _indent(value: str) -> str:
    # A line end in a JSON text is layout: line ends inside its strings are escaped.
    return "  " + value.replace("\n", "\n  ")


class JsonStream(StreamSink):
    """A JSON document to standard output."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__(stream, Frame())
        self._document = JsonDocument()
        self._open = True

    def write(self, result: Written[str | None]) -> None:
        """Print one value; the first is held until the second arrives."""
        if result.value is not None:
            self._print(self._document.add(result.value))

    def commit(self) -> None:
        """Complete the document."""
        self._open = False
        self._print(self._document.end())

    def suspend(self) -> None:
        """Complete the document, so that it can be parsed."""
        with contextlib.suppress(YoyakError, OSError):
            if self._open:
                self.commit()


class NonResumableSink:
    """Base of files that must be written in one run.

    An interrupted file is completed under its unfinished name, so that it can still be read. Subclasses write,
    count the results in `_count`, and complete the file in `_end`.
    """

    keys: Sequence[int] = ()
    failed = 0

    def __init__(self, target: Path, *, force: bool) -> None:
        self._target, self._path = paths_of(target, force=force)
        self._force = force
        self._raw = open_raw(self._path, fresh=True)
        self._count = 0

    def _end(self) -> None:
        """Write the end of the file. Raises OutputError."""
        raise NotImplementedError

    def commit(self) -> None:
        """Complete the file and give it its final name."""
        self._end()
        sync(self._raw, self._path)
        self._raw.close()
        promote(self._path, self._target, force=self._force)

    def suspend(self) -> None:
        """Complete the file under its unfinished name; remove it if it holds no result."""
        if self._raw.closed:
            return
        with contextlib.suppress(YoyakError, OSError):
            self._end()
        with contextlib.suppress(OSError):
            self._raw.close()
        if not self._count:
            discard(self._path)

    def resume_hint(self) -> str:
        """Message that says where the written results are."""
        return plural(
            "{count} result is in {path}", "{count} results are in {path}", self._count, path=self._path
        )


class DeviceFile(NonResumableSink):
    """Texts to a device or a named pipe, which is written under its own name."""

    def __init__(self, target: Path, frame: Frame) -> None:
        super().__init__(target, force=True)
        self._next = ""
        self._separator = frame.separator
        write_all(self._raw, frame.header.encode(), self._path)

    def write(self, result: Written[str | None]) -> None:
        """Write one text."""
        if result.value is not None:
            content = self._next + result.value + "\n"
            write_all(self._raw, content.encode("utf-8", "backslashreplace"), self._path)
            self._next = self._separator

    def _end(self) -> None:
        """Write nothing: texts have no end mark."""

    def resume_hint(self) -> str:
        """Empty: a device does not keep what was written."""
        return ""


class JsonFile(NonResumableSink):
    """A JSON document to a file. It cannot be resumed: only the second article shows whether it is an array."""

    def __init__(self, target: Path, *, force: bool) -> None:
        super().__init__(target, force=force)
        self._document = JsonDocument()

    def write(self, result: Written[str | None]) -> None:
        """Write one value; the first is held until the second arrives."""
        if result.value is not None:
            self._write(self._document.add(result.value))
            self._count += 1

    def _write(self, content: str) -> None:
        write_all(self._raw, content.encode("utf-8", "backslashreplace"), self._path)

    def _end(self) -> None:
        self._write(self._document.end())


def _gzip(raw: FileIO) -> BinaryIO:
    # Without a name and a time, the same results give the same bytes.
    return cast("BinaryIO", gzip.GzipFile("", "wb", fileobj=raw, mtime=0))


def _zstd(raw: FileIO) -> BinaryIO:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return cast("BinaryIO", zstd.ZstdFile(raw, "w"))


COMPRESSORS: Mapping[str, Callable[[FileIO], BinaryIO]] = {
    ".gz": _gzip,
    ".xz": lambda raw: cast("BinaryIO", lzma.LZMAFile(raw, "w")),  # noqa: SIM115 - closed by commit
    ".bz2": lambda raw: cast("BinaryIO", bz2.BZ2File(raw, "w")),
    ".zst": _zstd,
}
"""Suffix of a compressed file -> what writes it."""


class CompressedFile(NonResumableSink):
    """Texts to a compressed file (.gz, .xz, .bz2, .zst).

    It cannot be resumed: the data inside the compressor is lost when the run ends.
    """

    def __init__(self, target: Path, *, frame: Frame, force: bool) -> None:
        super().__init__(target, force=force)
        self._compressor = COMPRESSORS[target.suffix.lower()](self._raw)
        self._next = frame.header
        self._separator = frame.separator

    def write(self, result: Written[str | None]) -> None:
        """Write one text."""
        if result.value is not None:
            self._write(self._next + result.value + "\n")
            self._next = self._separator
        self._count += 1

    def _write(self, content: str) -> None:
        try:
            self._compressor.write(content.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise unwritable(self._path, error) from error

    def _end(self) -> None:
        if not self._count:
            self._write(self._next)
        try:
            self._compressor.close()
        except OSError as error:
            raise unwritable(self._path, error) from error

"""Sinks of JSON, which is one value and cannot be resumed."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TextIO

from yoyak.core.errors import YoyakError
from yoyak.outputs.files import write_all
from yoyak.outputs.once import AllAtOnce
from yoyak.outputs.sink import Frame, Written
from yoyak.outputs.texts import StreamSink


class JsonArray:
    """The text of a JSON document, piece by piece: one value stands alone, several are an array."""

    def __init__(self) -> None:
        self._held: str | None = None
        self._count = 0

    def add(self, value: str) -> str:
        """Return what to write now that `value` has come."""
        self._count += 1
        if self._count == 1:
            self._held = value
            return ""
        first, self._held = self._held, None
        return ("[\n" + _indent(first) if first is not None else "") + ",\n" + _indent(value)

    def end(self) -> str:
        """Return what to write when nothing more comes."""
        if self._count == 0:
            return "[]\n"
        held, self._held = self._held, None
        return held + "\n" if held is not None else "\n]\n"


def _indent(value: str) -> str:
    # A line end inside a JSON text is layout: strings hold theirs escaped.
    return "  " + value.replace("\n", "\n  ")


class JsonStream(StreamSink):
    """JSON to standard output."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__(stream, Frame())
        self._array = JsonArray()
        self._open = True

    def write(self, result: Written[str | None]) -> None:
        """Print one value, or hold it back while it is the only one."""
        if result.value is not None:
            self._say(self._array.add(result.value))

    def commit(self) -> None:
        """End the document."""
        self._open = False
        self._say(self._array.end())

    def suspend(self) -> None:
        """End the document, so that what is there can be parsed."""
        with contextlib.suppress(YoyakError, OSError):
            if self._open:
                self.commit()


class JsonFile(AllAtOnce):
    """JSON to a file. It cannot be resumed: only the second article shows whether it is an array."""

    def __init__(self, target: Path, *, force: bool) -> None:
        super().__init__(target, force=force)
        self._array = JsonArray()

    def write(self, result: Written[str | None]) -> None:
        """Write one value, or hold it back while it is the only one."""
        if result.value is not None:
            self._write(self._array.add(result.value))
            self._count += 1

    def _write(self, words: str) -> None:
        write_all(self._raw, words.encode("utf-8", "backslashreplace"), self._path)

    def _end(self) -> None:
        self._write(self._array.end())

"""Sinks of text: a stream, a device, and a file that can be resumed."""

from __future__ import annotations

import contextlib
import os
import sys
import zlib
from collections.abc import Mapping, Sequence
from io import FileIO
from pathlib import Path
from typing import TextIO

from yoyak.core.errors import OutputError
from yoyak.core.messages import text
from yoyak.outputs.files import (
    discard,
    is_special,
    journal_of,
    open_raw,
    part_of,
    promote,
    refuse_existing,
    refuse_unfinished,
    sync,
    unwritable,
    write_all,
)
from yoyak.outputs.journal import Journal
from yoyak.outputs.once import AllAtOnce
from yoyak.outputs.sink import Frame, Written, key_of


class StreamSink:
    """Texts to standard output, each flushed."""

    keys: Sequence[int] = ()
    failed = 0

    def __init__(self, stream: TextIO | None, frame: Frame) -> None:
        self._stream = stream or sys.stdout
        self._next = frame.header
        self._separator = frame.separator
        if frame.header:
            self._say("")

    def write(self, result: Written[str | None]) -> None:
        """Print one text."""
        if result.value is not None:
            self._say(result.value + "\n")
            self._next = self._separator

    def _say(self, words: str) -> None:
        try:
            self._stream.write(self._next + words)
            self._next = ""
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritable(Path("stdout"), error) from error

    def commit(self) -> None:
        """Nothing is left to do: every text was flushed."""

    def suspend(self) -> None:
        """Nothing is left to do: every text was flushed."""

    def resume_hint(self) -> str:
        """Say nothing: what was printed was printed."""
        return ""


class DeviceFile(AllAtOnce):
    """Texts to a device or a pipe with a name, which is written as it is."""

    def __init__(self, target: Path, frame: Frame) -> None:
        super().__init__(target, force=True)
        self._next = ""
        self._separator = frame.separator
        write_all(self._raw, frame.header.encode(), self._path)

    def write(self, result: Written[str | None]) -> None:
        """Write one text."""
        if result.value is not None:
            words = self._next + result.value + "\n"
            write_all(self._raw, words.encode("utf-8", "backslashreplace"), self._path)
            self._next = self._separator

    def _end(self) -> None:
        """Nothing stands last."""

    def resume_hint(self) -> str:
        """Say nothing: what was written is gone."""
        return ""


class TextFile:
    """Texts to a file, with a journal: it can be stopped at any moment and resumed."""

    def __init__(
        self,
        target: Path,
        path: Path,
        raw: FileIO,
        journal: Journal,
        frame: Frame,
        *,
        end: int,
        keep: bool,
        force: bool,
    ) -> None:
        self._target = target
        self._path = path
        self._raw = raw
        self._journal = journal
        self._separator = frame.separator.encode()
        self._end = end
        self._empty = end == len(frame.header.encode())
        self._keep = keep
        self._force = force
        self._count = len(journal.keys)

    @property
    def keys(self) -> Sequence[int]:
        """Keys of what is in the file already."""
        return self._journal.keys

    @property
    def failed(self) -> int:
        """How many of those are failures."""
        return self._journal.failed

    def write(self, result: Written[str | None]) -> None:
        """Write one text, then vouch for it."""
        data = b""
        if result.value is not None:
            data = (
                (b"" if self._empty else self._separator)
                + result.value.encode("utf-8", "backslashreplace")
                + b"\n"
            )
            write_all(self._raw, data, self._path)
            self._empty = False
            self._end += len(data)
        key = key_of(result.source, result.stamp)
        self._journal.add(zlib.crc32(data), key, str(self._end), failed=result.failed is not None)
        self._count += 1

    def commit(self) -> None:
        """Give the file its name. The journal stays where the run was a resumable one by request."""
        sync(self._raw, self._path)
        self._close()
        promote(self._path, self._target, force=self._force)
        if not self._keep:
            self._journal.path.unlink(missing_ok=True)

    def _close(self) -> None:
        self._raw.close()
        self._journal.close()

    def suspend(self) -> None:
        """Leave the file unfinished, with its journal; leave nothing where nothing was done."""
        with contextlib.suppress(OSError):
            self._close()
        if not self._count:
            discard(self._path)
            discard(self._journal.path)

    def resume_hint(self) -> str:
        """Say where what is done is, and how to go on."""
        return text(
            "{count:result is|results are} in {path}; the same command with --resume goes on",
            count=self._count,
            path=self._path,
        )


def open_text(
    target: Path, *, frame: Frame, fingerprint: Mapping[str, str], force: bool, resume: bool
) -> TextFile | DeviceFile:
    """Open a file for texts, fresh or where an earlier run stopped. Raises OutputError and OptionError."""
    if is_special(target):
        return DeviceFile(target, frame)
    real = Path(os.path.realpath(target))
    part, journal = part_of(real), journal_of(real)
    if resume and journal.exists() and (part.exists() or real.exists()):
        return _reopen(real, frame, fingerprint, force=force)
    if resume:
        # A resumable run writes under the final name: that it is unfinished is what its journal says.
        if real.exists() and (real.is_dir() or real.stat().st_size):
            raise OutputError(
                text(
                    "cannot resume {path}: it has no journal beside it; --force without --resume starts over",
                    path=real,
                )
            )
        path = real
    else:
        refuse_existing(real, force=force)
        if part.exists() and journal.exists() and not force:
            raise OutputError(
                text(
                    "an unfinished run is in {path}; --resume goes on with it, --force starts over", path=part
                )
            )
        if not journal.exists():
            refuse_unfinished(part, force=force)
        path = part
    return _begin(real, path, frame, fingerprint, resume=resume, force=force)


def _begin(
    real: Path, path: Path, frame: Frame, fingerprint: Mapping[str, str], *, resume: bool, force: bool
) -> TextFile:
    raw = open_raw(path, fresh=True)
    journal = Journal.create(journal_of(real), fingerprint)
    if resume:
        part_of(real).unlink(missing_ok=True)
    header = frame.header.encode()
    write_all(raw, header, path)
    return TextFile(real, path, raw, journal, frame, end=len(header), keep=resume, force=force or resume)


def _reopen(real: Path, frame: Frame, fingerprint: Mapping[str, str], *, force: bool) -> TextFile:
    part = part_of(real)
    path = part if part.exists() else real
    if path == part:
        refuse_existing(real, force=force)
    raw = open_raw(path, fresh=False)
    header = frame.header.encode()
    end = len(header)
    whole = raw.read(end) == header

    def check(checksum: int, where: str) -> bool:
        nonlocal end
        if not whole or not where.isdigit() or int(where) < end:
            return False
        data = _read_exactly(raw, int(where) - end)
        if zlib.crc32(data) != checksum or len(data) != int(where) - end:
            return False
        end += len(data)
        return True

    try:
        journal = Journal.recover(journal_of(real), fingerprint, check, force=force)
    except BaseException:
        raw.close()
        raise
    if not whole:
        raw.seek(0)
        write_all(raw, header, path)
    raw.truncate(end)
    raw.seek(end)
    return TextFile(real, path, raw, journal, frame, end=end, keep=True, force=True)


def _read_exactly(raw: FileIO, size: int) -> bytes:
    chunks = []
    while size > 0 and (chunk := raw.read(min(size, 1 << 24))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)

"""Sinks that can be stopped at any moment and resumed: a text file and a folder of files, each with a journal."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Mapping, Sequence
from io import FileIO
from pathlib import Path

from yoyak.core.errors import OutputError
from yoyak.core.messages import plural, text
from yoyak.outputs.files import (
    discard,
    is_special,
    journal_of,
    open_raw,
    part_of,
    promote,
    refuse_existing,
    refuse_input,
    refuse_unfinished,
    safe_place,
    sync,
    unwritable,
    write_all,
)
from yoyak.outputs.journal import Journal
from yoyak.outputs.sinks import Frame, Written, key_of
from yoyak.outputs.streams import DeviceFile

FOLDER_JOURNAL = ".yoyak.journal"


class JournaledSink:
    """Base of sinks with a journal: what they know of an earlier run, and how they leave an unfinished one."""

    def __init__(self, path: Path, journal: Journal, *, force: bool, keep_journal: bool) -> None:
        self._path = path
        self._journal = journal
        self._force = force
        self._keep_journal = keep_journal
        self._count = len(journal.keys)

    @property
    def keys(self) -> Sequence[int]:
        """Keys of the results that are already written."""
        return self._journal.keys

    @property
    def failed(self) -> int:
        """How many of those results are failures."""
        return self._journal.failed

    def _record(self, result: Written[str | None], data: bytes, where: str) -> None:
        """Add a journal line for a result that was written."""
        key = key_of(result.source, result.stamp)
        self._journal.add(zlib.crc32(data), key, where, failed=result.failed is not None)
        self._count += 1

    def _close_journal(self) -> None:
        """Close the journal of a finished run. It stays if the run was started with `--resume`."""
        self._journal.close()
        if not self._keep_journal:
            self._journal.path.unlink(missing_ok=True)

    def resume_hint(self) -> str:
        """Message that says where the results are and how to continue."""
        return plural(
            "{count} result is in {path}; repeat the command with --resume to continue",
            "{count} results are in {path}; repeat the command with --resume to continue",
            self._count,
            path=self._path,
        )


class TextFile(JournaledSink):
    """Texts to one file."""

    def __init__(
        self, target: Path, path: Path, raw: FileIO, journal: Journal, frame: Frame, *, end: int,
        keep_journal: bool, force: bool,
    ) -> None:  # fmt: skip
        super().__init__(path, journal, force=force, keep_journal=keep_journal)
        self._target = target
        self._raw = raw
        self._separator = frame.separator.encode()
        self._end = end
        self._empty = end == len(frame.header.encode())

    def write(self, result: Written[str | None]) -> None:
        """Write one text, then its journal line."""
        data = b""
        if result.value is not None:
            separator = b"" if self._empty else self._separator
            data = separator + result.value.encode("utf-8", "backslashreplace") + b"\n"
            write_all(self._raw, data, self._path)
            self._empty = False
            self._end += len(data)
        self._record(result, data, str(self._end))

    def commit(self) -> None:
        """Give the file its final name."""
        sync(self._raw, self._path)
        self._raw.close()
        promote(self._path, self._target, force=self._force)
        self._close_journal()

    def suspend(self) -> None:
        """Leave the file unfinished, with its journal; remove both if they hold no result."""
        with contextlib.suppress(OSError):
            self._raw.close()
            self._journal.close()
        if not self._count:
            discard(self._path)
            discard(self._journal.path)


def open_text(
    target: Path, *, frame: Frame, fingerprint: Mapping[str, str], force: bool, resume: bool
) -> TextFile | DeviceFile:
    """Open a text file, new or where an earlier run stopped. Raises OutputError and OptionError."""
    if is_special(target):
        return DeviceFile(target, frame)
    real = Path(os.path.realpath(target))
    part, journal = part_of(real), journal_of(real)
    if resume and journal.exists() and (part.exists() or real.exists()):
        return _reopen_text(real, frame, fingerprint, force=force)
    if resume:
        # A resumable run writes under the final name; the journal says that the file is unfinished.
        if real.exists() and (real.is_dir() or real.stat().st_size):
            raise OutputError(
                text(
                    "cannot resume {path}: its journal file is missing; use --force without --resume to start over",
                    path=real,
                )
            )
        path = real
    else:
        refuse_existing(real, force=force)
        if part.exists() and journal.exists() and not force:
            raise unfinished(part)
        if not journal.exists():
            refuse_unfinished(part, force=force)
        path = part
    return _create_text(real, path, frame, fingerprint, resume=resume, force=force)


def _create_text(
    real: Path, path: Path, frame: Frame, fingerprint: Mapping[str, str], *, resume: bool, force: bool
) -> TextFile:
    raw = open_raw(path, fresh=True)
    journal = Journal.create(journal_of(real), fingerprint)
    if resume:
        part_of(real).unlink(missing_ok=True)
    header = frame.header.encode()
    write_all(raw, header, path)
    return TextFile(
        real, path, raw, journal, frame, end=len(header), keep_journal=resume, force=force or resume
    )


def _reopen_text(real: Path, frame: Frame, fingerprint: Mapping[str, str], *, force: bool) -> TextFile:
    part = part_of(real)
    path = part if part.exists() else real
    if path == part:
        refuse_existing(real, force=force)
    raw = open_raw(path, fresh=False)
    header = frame.header.encode()
    end = len(header)
    has_header = raw.read(end) == header

    def check(checksum: int, where: str) -> bool:
        nonlocal end
        if not has_header or not where.isdigit() or int(where) < end:
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
    if not has_header:
        raw.seek(0)
        write_all(raw, header, path)
    raw.truncate(end)
    raw.seek(end)
    return TextFile(real, path, raw, journal, frame, end=end, keep_journal=True, force=True)


def _read_exactly(raw: FileIO, size: int) -> bytes:
    chunks = []
    while size > 0 and (chunk := raw.read(min(size, 1 << 24))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def unfinished(path: Path) -> OutputError:
    """Error for an output that an earlier run left unfinished and that can be resumed."""
    return OutputError(
        text(
            "{path} holds an unfinished run; use --resume to continue it or --force to start over", path=path
        )
    )


class FolderSink(JournaledSink):
    """One file per article, in a tree like that of the inputs. Every file is complete or absent."""

    def __init__(
        self, folder: Path, journal: Journal, taken: set[int], *, ending: str, header: str, force: bool,
        keep_journal: bool,
    ) -> None:  # fmt: skip
        super().__init__(folder, journal, force=force, keep_journal=keep_journal)
        self._taken = taken
        self._ending = ending
        self._header = header

    def write(self, result: Written[str | None]) -> None:
        """Write one file, then its journal line."""
        name, data = "", b""
        if result.value is not None:
            name = self._free_name(safe_place(result.place, result.id, self._ending))
            data = (self._header + result.value + "\n").encode("utf-8", "backslashreplace")
            self._write(self._path / name, data, source=result.source)
        self._record(result, data, name)

    def _free_name(self, name: str) -> str:
        """`name`, or the first of name-2, name-3... that no result of this run has, ignoring case."""
        stem = name.removesuffix(self._ending)
        number = 1
        while _folded(name) in self._taken:
            number += 1
            name = f"{stem}-{number}{self._ending}"
        self._taken.add(_folded(name))
        return name

    def _write(self, path: Path, data: bytes, *, source: str) -> None:
        part = part_of(path)
        try:
            # A link inside the output folder could lead out of it: check before any folder is made.
            if not path.parent.resolve().is_relative_to(self._path):
                raise OutputError(text("{path} is outside the output folder", path=path))
            path.parent.mkdir(parents=True, exist_ok=True)
            refuse_existing(path, force=self._force)
            refuse_input(path, [source])
            part.write_bytes(data)
            part.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise unwritable(path, error) from error

    def commit(self) -> None:
        """Finish: all files have their names already."""
        self._close_journal()

    def suspend(self) -> None:
        """Leave the journal; remove it if there is no result."""
        with contextlib.suppress(OSError):
            self._journal.close()
        if not self._count:
            discard(self._journal.path)


def _folded(name: str) -> int:
    """64-bit hash of a name without case, as file systems compare names; a million of them fit in memory."""
    return int.from_bytes(hashlib.blake2b(name.casefold().encode(), digest_size=8).digest())


def open_folder(
    folder: Path,
    *,
    ending: str,
    fingerprint: Mapping[str, str],
    header: str = "",
    force: bool = False,
    resume: bool = False,
) -> FolderSink:
    """Open a folder for one file per article, each starting with `header`; create it if needed.

    Raises OutputError and OptionError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        real = folder.resolve()
    except OSError as error:
        raise unwritable(folder, error) from error
    path = real / FOLDER_JOURNAL
    taken: set[int] = set()
    if path.exists() and resume:

        def check(checksum: int, where: str) -> bool:
            try:
                data = (real / where).read_bytes() if where else b""
            except OSError:
                return False
            if zlib.crc32(data) != checksum:
                return False
            taken.add(_folded(where))
            return True

        journal = Journal.recover(path, fingerprint, check, force=force)
        # A file that was written without a journal line is written again in place.
        return FolderSink(real, journal, taken, ending=ending, header=header, force=True, keep_journal=True)
    if path.exists() and not force:
        raise unfinished(real)
    journal = Journal.create(path, fingerprint)
    return FolderSink(real, journal, taken, ending=ending, header=header, force=force, keep_journal=resume)

"""Files that take their final name only when they are whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable
from io import FileIO
from pathlib import Path

from yoyak.core.errors import OutputError
from yoyak.core.messages import refusal, text


def refuse_existing(target: Path, *, force: bool) -> None:
    """Raise OutputError if `target` is there and may not be replaced, or is a folder."""
    if target.is_dir():
        raise OutputError(
            text("{path} is a folder; one file for each article goes there with --output-dir", path=target)
        )
    if target.exists() and not force:
        raise OutputError(text("{path} is there already; --force replaces it", path=target))


def refuse_missing_folder(target: Path) -> None:
    """Raise OutputError where the folder `target` is to stand in is not there."""
    folder = target.parent
    if not folder.is_dir():
        raise OutputError(
            text("{path}: cannot be written: there is no folder {folder}", path=target, folder=folder)
        )


def refuse_input(target: Path, sources: Iterable[str]) -> None:
    """Raise OutputError if `target` is one of the files that are read: --force is not meant to lose them."""
    if is_special(target) or not target.exists():
        return
    for source in sources:
        with contextlib.suppress(OSError, ValueError):
            if target.samefile(source):
                raise OutputError(text("{path} is read by this run; write to another place", path=target))


def is_special(target: Path) -> bool:
    """Tell a device or pipe, which is written as it is, from a file. Not by its real path: /dev/stdout may have none."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def refuse_unfinished(part: Path, *, force: bool) -> None:
    """Raise OutputError if an earlier run left results that cannot be gone on with: nothing is lost unasked."""
    with contextlib.suppress(OSError):
        if not force and part.stat().st_size:
            raise OutputError(
                text(
                    "{path} is left of an unfinished run and cannot be resumed; move it away, or --force starts over",
                    path=part,
                )
            )


def paths_of(target: Path, *, force: bool) -> tuple[Path, Path]:
    """Return the real target and the name it has while unfinished, for what cannot be resumed; a device has only one.

    Raises OutputError where either is there already.
    """
    if is_special(target):
        return target, target
    real = Path(os.path.realpath(target))
    refuse_existing(real, force=force)
    refuse_unfinished(part_of(real), force=force)
    return real, part_of(real)


def part_of(target: Path) -> Path:
    """Return the name of `target` while it is unfinished."""
    return target.with_name(target.name + ".part")


def journal_of(target: Path) -> Path:
    """Return the name of the journal of `target`."""
    return target.with_name(target.name + ".journal")


def unwritable(path: Path, error: OSError) -> OutputError:
    """Say that something cannot be written, and why."""
    return OutputError(text("{path}: cannot be written: {reason}", path=path, reason=refusal(error)))


def open_raw(path: Path, *, fresh: bool) -> FileIO:
    """Open a file for writing without buffers, locked against a second run. Raises OutputError."""
    # Of a pipe only the end that is written: who holds the other one too never hears that its reader went away.
    mode = "w" if is_special(path) else "r+" if path.exists() else "x+"
    try:
        raw = FileIO(path, mode)
        _lock(raw, path)
        if fresh and not is_special(path):
            raw.truncate(0)
    except OSError as error:
        raise unwritable(path, error) from error
    return raw


def _lock(raw: FileIO, path: Path) -> None:
    if sys.platform == "win32":
        return  # Windows refuses a second writer by itself
    import fcntl

    try:
        fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raw.close()
        raise OutputError(text("{path} is being written by another run", path=path)) from error


def write_all(raw: FileIO, data: bytes, path: Path) -> None:
    """Write all of `data`, however little the system takes at a time. Raises OutputError; BrokenPipeError as it is."""
    view = memoryview(data)
    try:
        while view:
            view = view[raw.write(view) :]
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def promote(part: Path, target: Path, *, force: bool) -> None:
    """Give a finished file its name, where it has not had it from the start, as a device has. Raises OutputError."""
    if part == target:
        return
    refuse_existing(target, force=force)
    try:
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise unwritable(target, error) from error


def write_whole(path: Path, pieces: Iterable[bytes], *, force: bool) -> None:
    """Write a file that takes its name when it is whole. Raises OutputError."""
    part = part_of(path)
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise unwritable(path, error) from error
    promote(part, path, force=force)


def discard(path: Path) -> None:
    """Remove an unfinished file with nothing in it; a device stays."""
    if not is_special(path):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def sync(raw: FileIO, path: Path) -> None:
    """Have the disk hold what was written. Raises OutputError."""
    try:
        os.fsync(raw.fileno())
    except OSError as error:
        if not is_special(path):
            raise unwritable(path, error) from error


def sync_folder(folder: Path) -> None:
    """Have the disk hold a new name; not all systems can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

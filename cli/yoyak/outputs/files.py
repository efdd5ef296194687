"""Files that take their final name only when they are complete, and names that are safe on every system."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import sys
import unicodedata
from collections.abc import Iterable
from io import FileIO
from pathlib import Path, PurePath

from yoyak.core.errors import OutputError
from yoyak.core.messages import describe_os_error, text
from yoyak.core.patterns import lazy_pattern

# -- names --------------------------------------------------------------------------------------------------

# Characters that some file system refuses or some shell interprets.
_UNSAFE_CHARS = lazy_pattern(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd]'
)
_UNLINKABLE_CHARS = lazy_pattern(r"[\[\]#^|]")
_RESERVED_NAMES = lazy_pattern(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_COMPRESSED_ENDING = lazy_pattern(r"\.(gz|xz|bz2|zst)$", re.IGNORECASE)
# Most file systems allow 255 bytes; a number and the endings need some of them.
MAX_NAME_BYTES = 200


def safe_name(name: str) -> str:
    """Return a file name that is a single path component on every system, and never "." or "..".

    >>> safe_name("../../etc/passwd"), safe_name("CON"), safe_name(".."), safe_name("예산안.txt")
    ('_.._etc_passwd', '_CON', '_', '예산안.txt')
    """
    name = _UNSAFE_CHARS.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    if len(data := name.encode()) > MAX_NAME_BYTES:
        digest = hashlib.sha256(data).hexdigest()[:12]
        name = data[: MAX_NAME_BYTES - 13].decode(errors="ignore").rstrip(" .") + "-" + digest
    return f"_{name}" if not name or _RESERVED_NAMES.match(name) else name


def safe_place(place: str, own_id: str | None, ending: str) -> str:
    """Path of a result below the output folder, from the path of its input and the article's own id.

    >>> safe_place("2024/03/a.txt.gz", None, ".json"), safe_place("rows/17", "../x", ".json")
    ('2024/03/a.json', 'rows/_x.json')
    """
    if ending == ".md":
        # Obsidian cannot link to a note with one of these in its name.
        place, own_id = _UNLINKABLE_CHARS.sub("_", place), own_id and _UNLINKABLE_CHARS.sub("_", own_id)
    *folders, name = place.replace(os.sep, "/").split("/")
    # The last part is the name of a file, or the number of a row; a row's own id replaces its number.
    name = own_id or PurePath(_COMPRESSED_ENDING.sub("", name)).stem or name
    kept = [safe_name(folder) for folder in folders if folder not in ("", ".")]
    return "/".join([*kept, safe_name(name) + ending])


def part_of(target: Path) -> Path:
    """Name of `target` while it is unfinished."""
    return target.with_name(target.name + ".part")


def journal_of(target: Path) -> Path:
    """Name of the journal of `target`."""
    return target.with_name(target.name + ".journal")


def paths_of(target: Path, *, force: bool) -> tuple[Path, Path]:
    """Real path of a target that cannot be resumed, and its unfinished name; a device has only one name.

    Raises OutputError if either exists.
    """
    if is_special(target):
        return target, target
    real = Path(os.path.realpath(target))
    refuse_existing(real, force=force)
    refuse_unfinished(part_of(real), force=force)
    return real, part_of(real)


# -- checks before writing ----------------------------------------------------------------------------------


def is_special(target: Path) -> bool:
    """Whether `target` is a device or a pipe, which is written under its own name.

    Its real path is not used: /dev/stdout may have none.
    """
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def refuse_existing(target: Path, *, force: bool) -> None:
    """Raise OutputError if `target` is a folder, or exists and may not be replaced."""
    if target.is_dir():
        raise OutputError(
            text("{path} is a folder; use --output-dir to write one file per article", path=target)
        )
    if target.exists() and not force:
        raise OutputError(text("{path} already exists; use --force to overwrite", path=target))


def refuse_missing_folder(target: Path) -> None:
    """Raise OutputError if the parent folder of `target` does not exist."""
    folder = target.parent
    if not folder.is_dir():
        raise OutputError(
            text("{path}: cannot be written: folder {folder} does not exist", path=target, folder=folder)
        )


def refuse_input(target: Path, sources: Iterable[str]) -> None:
    """Raise OutputError if `target` is one of the input files, even with --force."""
    if is_special(target) or not target.exists():
        return
    for source in sources:
        with contextlib.suppress(OSError, ValueError):
            if target.samefile(source):
                raise OutputError(text("{path} is an input of this run; choose another output", path=target))


def refuse_unfinished(part: Path, *, force: bool) -> None:
    """Raise OutputError if an earlier run left results that cannot be resumed; only `force` deletes them."""
    with contextlib.suppress(OSError):
        if not force and part.stat().st_size:
            raise OutputError(
                text(
                    "{path} is left over from an unfinished run and cannot be resumed; move it, or use --force to start over",
                    path=part,
                )
            )


def unwritable(path: Path, error: OSError) -> OutputError:
    """Error that says what cannot be written, and why."""
    return OutputError(
        text("{path}: cannot be written: {reason}", path=path, reason=describe_os_error(error))
    )


# -- writing ------------------------------------------------------------------------------------------------


def open_raw(path: Path, *, fresh: bool) -> FileIO:
    """Open a file for unbuffered writing, locked against a second run. Raises OutputError."""
    # Open only the writing end of a pipe: holding the reading end would hide that its reader has gone.
    mode = "w" if is_special(path) else "r+" if path.exists() else "x+"
    try:
        raw = FileIO(path, mode)
        _lock(raw, path)
        if fresh and not is_special(path):
            raw.truncate(0)
    except OSError as error:
        raise unwritable(path, error) from error
    return raw


# The largest position that msvcrt.locking accepts is a 32-bit number.
WINDOWS_LOCK_OFFSET = 0x7FFF_FFF0


def _lock(raw: FileIO, path: Path) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            # A lock on Windows also stops others from reading the range, so lock one byte where no result is.
            raw.seek(WINDOWS_LOCK_OFFSET)
            msvcrt.locking(raw.fileno(), msvcrt.LK_NBLCK, 1)
            raw.seek(0)
        except OSError as error:
            raw.close()
            raise OutputError(text("another run is writing to {path}", path=path)) from error
        return
    import fcntl

    try:
        fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raw.close()
        raise OutputError(text("another run is writing to {path}", path=path)) from error


def write_all(raw: FileIO, data: bytes, path: Path) -> None:
    """Write all of `data`, even if the system takes it in pieces. Raises OutputError; BrokenPipeError passes."""
    view = memoryview(data)
    try:
        while view:
            view = view[raw.write(view) :]
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error) from error


def promote(part: Path, target: Path, *, force: bool) -> None:
    """Rename a finished file to its final name, unless it has it already. Raises OutputError."""
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
    """Write a small file that takes its name when it is complete. Raises OutputError."""
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
    """Remove an unfinished file without results; a device stays."""
    if not is_special(path):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def sync(raw: FileIO, path: Path) -> None:
    """Flush a file to the disk. Raises OutputError."""
    try:
        os.fsync(raw.fileno())
    except OSError as error:
        if not is_special(path):
            raise unwritable(path, error) from error


def sync_folder(folder: Path) -> None:
    """Flush a new file name to the disk, on systems that support it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

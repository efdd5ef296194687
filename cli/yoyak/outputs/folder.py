"""One file for each article, in a tree like the inputs'."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from yoyak.core.errors import OutputError
from yoyak.core.messages import text
from yoyak.outputs.files import discard, refuse_existing, refuse_input, unwritable
from yoyak.outputs.journal import Journal
from yoyak.outputs.sink import Written, key_of

JOURNAL = ".yoyak.journal"

# What some file system refuses or some shell obeys; a name is made of the rest.
_UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_PACKING = re.compile(r"\.(gz|xz|bz2|zst)$", re.IGNORECASE)
# Most file systems take 255 bytes; a number and the endings need some.
_LONGEST = 200


def safe_name(name: str) -> str:
    """Return a file name that is one component everywhere, and never "." or "..".

    >>> safe_name("../../etc/passwd"), safe_name("CON"), safe_name(".."), safe_name("예산안.txt")
    ('_.._etc_passwd', '_CON', '_', '예산안.txt')
    """
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    if len(data := name.encode()) > _LONGEST:
        digest = hashlib.sha256(data).hexdigest()[:12]
        name = data[: _LONGEST - 13].decode(errors="ignore").rstrip(" .") + "-" + digest
    return f"_{name}" if not name or _RESERVED.match(name) else name


def safe_place(place: str, own_id: str | None, ending: str) -> str:
    """Return where a result goes below the output folder, from where its input stands and its article's id.

    >>> safe_place("2024/03/a.txt.gz", None, ".json"), safe_place("rows/17", "../x", ".json")
    ('2024/03/a.json', 'rows/_x.json')
    """
    *folders, name = place.replace(os.sep, "/").split("/")
    # The last part is a file's name, or the number of a row, which gives way to the row's own id.
    name = own_id or PurePath(_PACKING.sub("", name)).stem or name
    kept = [safe_name(folder) for folder in folders if folder not in ("", ".")]
    return "/".join([*kept, safe_name(name) + ending])


class FolderSink:
    """Texts into a folder, a file each; every file is whole or not there."""

    def __init__(
        self, folder: Path, journal: Journal, taken: set[int], *, ending: str, force: bool, keep: bool
    ) -> None:
        self._folder = folder
        self._journal = journal
        self._taken = taken
        self._ending = ending
        self._force = force
        self._keep = keep
        self._count = len(journal.keys)

    @property
    def keys(self) -> Sequence[int]:
        """Keys of the results that are there already."""
        return self._journal.keys

    @property
    def failed(self) -> int:
        """How many of those are failures."""
        return self._journal.failed

    def write(self, result: Written[str | None]) -> None:
        """Write one file, then vouch for it."""
        name, data = "", b""
        if result.value is not None:
            name = self._free_name(safe_place(result.place, result.id, self._ending))
            data = result.value.encode("utf-8", "backslashreplace") + b"\n"
            self._write(self._folder / name, data, source=result.source)
        self._journal.add(
            zlib.crc32(data), key_of(result.source, result.stamp), name, failed=result.failed is not None
        )
        self._count += 1

    def _free_name(self, name: str) -> str:
        """Return `name`, or the first of name-2, name-3... that no result of this run has; case counts nowhere."""
        stem = name.removesuffix(self._ending)
        number = 1
        while _folded(name) in self._taken:
            number += 1
            name = f"{stem}-{number}{self._ending}"
        self._taken.add(_folded(name))
        return name

    def _write(self, path: Path, data: bytes, *, source: str) -> None:
        part = path.with_name(path.name + ".part")
        try:
            # A link inside the output folder could lead out of it: looked at before any folder is made.
            if not path.parent.resolve().is_relative_to(self._folder):
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
        """Finish: all files are there already."""
        self._journal.close()
        if not self._keep:
            self._journal.path.unlink(missing_ok=True)

    def suspend(self) -> None:
        """Leave the journal, unless nothing was done."""
        with contextlib.suppress(OSError):
            self._journal.close()
        if not self._count:
            discard(self._journal.path)

    def resume_hint(self) -> str:
        """Say where what is done is, and how to go on."""
        return text(
            "{count:result is|results are} in {path}; the same command with --resume goes on",
            count=self._count,
            path=self._folder,
        )


def _folded(name: str) -> int:
    """Return a name as file systems compare it, as a number: a million of them must fit in memory."""
    return int.from_bytes(hashlib.blake2b(name.casefold().encode(), digest_size=8).digest())


def open_folder(
    folder: Path, *, ending: str, fingerprint: Mapping[str, str], force: bool = False, resume: bool = False
) -> FolderSink:
    """Open a folder for one file for each article, made if it is not there. Raises OutputError and OptionError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        real = folder.resolve()
    except OSError as error:
        raise unwritable(folder, error) from error
    path = real / JOURNAL
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
        # What was written and not vouched for is written again over itself.
        return FolderSink(real, journal, taken, ending=ending, force=True, keep=True)
    if path.exists() and not force:
        raise OutputError(
            text("an unfinished run is in {path}; --resume goes on with it, --force starts over", path=real)
        )
    return FolderSink(real, Journal.create(path, fingerprint), taken, ending=ending, force=force, keep=resume)

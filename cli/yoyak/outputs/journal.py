"""The journal of an unfinished output: which results are written, and with which settings.

The first line is the settings, as JSON. Then one line per result, in order:

    checksum of the written bytes   key of the input (name and stamp)   + for a result, - for a failure   place

The place is the end offset in the output, or the name of a file.

A line is written after its result. Whenever a run is killed, the lines with a right checksum are exactly the
finished results. The rest, result or line, is cut off and done again.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Callable, Mapping
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from yoyak.core.errors import OptionError, OutputError
from yoyak.core.messages import text
from yoyak.outputs.files import open_raw, part_of, sync, sync_folder, unwritable, write_all
from yoyak.outputs.sinks import new_keys

Check = Callable[[int, str], bool]
"""(checksum, place) -> whether the bytes at that place have that checksum."""


class Journal:
    """An open journal."""

    def __init__(self, path: Path, raw: FileIO, keys: array[int], *, failed: int = 0) -> None:
        self.path = path
        self.keys = keys
        self.failed = failed
        self._raw = raw

    @classmethod
    def create(cls, path: Path, settings: Mapping[str, str]) -> Journal:
        """Start a journal. Raises OutputError."""
        fresh = part_of(path)
        raw = open_raw(fresh, fresh=True)
        write_all(raw, json.dumps(settings, ensure_ascii=False).encode() + b"\n", fresh)
        sync(raw, fresh)
        raw.close()  # Windows does not rename an open file
        try:
            fresh.replace(path)
        except OSError as error:
            raise unwritable(path, error) from error
        sync_folder(path.parent)
        raw = open_raw(path, fresh=False)
        raw.seek(0, os.SEEK_END)
        return cls(path, raw, new_keys())

    @classmethod
    def recover(cls, path: Path, settings: Mapping[str, str], check: Check, *, force: bool) -> Journal:
        """Open an unfinished journal and cut off the lines that fail the check.

        Raises OptionError if the run was started with other settings and `force` is not set.
        """
        keys = new_keys()
        failed = 0
        with path.open("rb") as lines:
            header = lines.readline()
            if not force:
                _compare(path, header, settings)
            end = len(header)
            for line in lines:
                entry = _parse(line)
                if entry is None or not check(entry.checksum, entry.where):
                    break
                keys.append(entry.key)
                failed += entry.failed
                end += len(line)
        raw = open_raw(path, fresh=False)
        raw.truncate(end)
        raw.seek(end)
        return cls(path, raw, keys, failed=failed)

    def add(self, checksum: int, key: int, where: str, *, failed: bool) -> None:
        """Add the line of one written result. Raises OutputError."""
        mark = "-" if failed else "+"
        write_all(self._raw, f"{checksum:08x} {key:016x} {mark} {where}\n".encode(), self.path)

    def close(self) -> None:
        """Close the file and leave it in place."""
        self._raw.close()


class _Entry(NamedTuple):
    checksum: int
    key: int
    failed: bool
    where: str


def _parse(line: bytes) -> _Entry | None:
    """Entry of a complete, well-formed line."""
    try:
        checksum, key, mark, where = line.decode().removesuffix("\n").split(" ", 3)
        entry = _Entry(int(checksum, 16), int(key, 16), mark == "-", where)
    except ValueError:
        return None
    return entry if line.endswith(b"\n") and (len(checksum), len(key)) == (8, 16) and mark in "+-" else None


def _compare(path: Path, header: bytes, settings: Mapping[str, str]) -> None:
    try:
        earlier = json.loads(header)
    except ValueError as error:
        raise OutputError(text("{path}: not the journal of an unfinished run", path=path)) from error
    check_settings(path, earlier, settings)


def check_settings(path: Path, earlier: Mapping[str, str], settings: Mapping[str, str]) -> None:
    """Raise OptionError naming the settings that differ between the earlier run and this one."""
    if changes := differences(earlier, settings):
        raise OptionError(
            text(
                "cannot resume {path}: it was started with other settings ({changes}); add --force to resume anyway",
                path=path,
                changes=changes,
            )
        )


def differences(earlier: Mapping[str, str], settings: Mapping[str, str]) -> str:
    """Return the settings that differ, with the value before and now; "" if all are the same."""
    return ", ".join(
        f"{name} {earlier.get(name, '-')} → {settings.get(name, '-')}"
        for name in sorted({*earlier, *settings})
        if earlier.get(name) != settings.get(name)
    )

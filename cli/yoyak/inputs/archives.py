"""ZIP and tar archives: their members one by one, never written to the disk."""

from __future__ import annotations

import contextlib
import io
import tarfile
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from yoyak.core.errors import InputError
from yoyak.core.messages import text
from yoyak.inputs.compression import (
    BOMB_FLOOR,
    BOMB_RATIO,
    BROKEN,
    Checked,
    Stream,
    bomb,
    open_stream,
    too_large,
    unreadable,
)
from yoyak.inputs.names import inner_path

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_BAD_ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError, KeyError)


class Member(NamedTuple):
    """A file inside an archive: its path there, with `/`, never leading out of it, and its bytes or an error."""

    path: str
    content: Stream | InputError


def zip_members(file: BinaryIO, *, source: str, read: ReadOptions) -> Iterator[Member]:
    """Files of a ZIP archive, in order of name."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [(_zip_name(info), info) for info in archive.infolist() if not info.is_dir()]
            for path, info in sorted(members, key=lambda member: member[0]):
                name = f"{source}/{path}"
                if (problem := _zip_problem(info, name, read)) is not None:
                    yield Member(path, problem)
                    continue
                try:
                    with archive.open(info) as opened:
                        yield Member(path, open_stream(cast("BinaryIO", opened)))
                except (*BROKEN, *_BAD_ZIP) as error:
                    yield Member(path, unreadable(name, error))
    except zipfile.BadZipFile:
        yield Member("", unreadable(source, ValueError(text("the ZIP archive is broken or cut short"))))
    except (*BROKEN, *_BAD_ZIP) as error:
        yield Member("", unreadable(source, error))


def _zip_problem(info: zipfile.ZipInfo, name: str, read: ReadOptions) -> InputError | None:
    if info.flag_bits & _ENCRYPTED:
        return unreadable(name, ValueError(text("it is encrypted")))
    if info.file_size > max(BOMB_FLOOR, BOMB_RATIO * info.compress_size):
        return bomb(name)
    return too_large(name, read.max_bytes) if info.file_size > read.max_bytes * BOMB_RATIO else None


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Path of a member; Korean Windows writes names in CP949 and does not say so."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        with contextlib.suppress(UnicodeError):
            raw = name.encode("cp437")
            try:
                name = raw.decode("utf-8")
            except UnicodeDecodeError:
                name = raw.decode("cp949")
    return inner_path(name)


def tar_members(stream: Stream, *, source: str) -> Iterator[Member]:
    """Regular files of a tar archive, in the order they stand in it."""
    checked = io.BufferedReader(Checked(stream, source))
    try:
        with tarfile.open(fileobj=checked, mode="r|") as archive:
            for info in archive:
                if not info.isfile():
                    continue
                path = inner_path(info.name)
                opened = archive.extractfile(info)
                if opened is not None:
                    yield Member(path, open_stream(cast("BinaryIO", opened)))
    except InputError as error:
        yield Member("", error)
    except (*BROKEN, tarfile.TarError) as error:
        yield Member("", unreadable(source, error))

"""Which files of a folder are read, in the same order on every system."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from yoyak.core.messages import describe_os_error, text
from yoyak.core.options import ReadOptions
from yoyak.core.patterns import lazy_pattern
from yoyak.inputs.compression import BROKEN
from yoyak.inputs.formats import format_of_name, inner_ending, recognize
from yoyak.inputs.names import argument_text

# File types that lie beside articles. Other extensions, and files without one, are read if they are text.
_NO_ARTICLES = frozenset((
    ".json", ".geojson", ".js", ".mjs", ".css", ".map", ".svg", ".toml", ".yaml", ".yml",
    ".ini", ".cfg", ".conf", ".lock", ".log", ".py", ".sh", ".bat", ".ps1", ".c", ".h", ".java", ".ts",
    ".sql", ".ipynb", ".tar", ".tgz", ".txz", ".tbz2", ".zip", ".7z", ".rar", ".alz", ".egg", ".pdf", ".doc", ".docx", ".xls",
    ".ppt", ".pptx", ".hwp", ".hwpx", ".odt", ".epub", ".png", ".jpg", ".jpeg", ".gif",
    ".webp", ".ico", ".bmp", ".avif", ".mp3", ".mp4", ".m4a", ".mov", ".avi", ".woff", ".woff2", ".ttf",
    ".otf", ".eot", ".exe", ".dll", ".so", ".o", ".a", ".pyc", ".sqlite", ".db", ".pkl", ".npy", ".npz",
    ".bin", ".part", ".journal",
))  # fmt: skip
_SNIFF = 4096
_BINARY_FORMATS = frozenset(("parquet", "xlsx", "warc", "zip", "tar"))
_KOREAN = lazy_pattern(r"[\t\n\r -~가-힣]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Which files of a folder are read."""

    include: tuple[str, ...] = ()
    """Globs; with any, only files that match one. Matched against the name and the path inside the folder."""
    exclude: tuple[str, ...] = ()
    """Globs of files and folders to skip."""
    hidden: bool = False
    """Read names that start with a dot."""
    outputs: tuple[str, ...] = ()
    """Files and folders that this run writes; they are never its input."""


class Found(NamedTuple):
    """A file below a folder, read or skipped, or a path that could not be checked."""

    path: str
    skipped: str | None = None
    """Why it is not read; None: it is read."""
    error: OSError | None = None
    """Why it could not be checked; None: it could."""


def walk(folder: str, rules: Walk) -> Iterator[Found]:
    """Every file below `folder`, sorted by name at each level, with the reason if it is skipped.

    Folders behind symbolic links are not entered: a link may lead back to where it came from.
    """
    outputs = {os.path.realpath(path) for path in rules.outputs}
    levels = [_entries(folder)]
    while levels:
        found = next(levels[-1], None)
        if found is None:
            levels.pop()
            continue
        path, mode, linked, error = found
        name = os.path.basename(path)
        inside = os.path.relpath(path, folder)
        if error is not None:
            # A link that leads nowhere is nobody's article.
            dangling = text("cannot be checked: {reason}", reason=describe_os_error(error))
            yield Found(path, dangling) if linked else Found(path, error=error)
        elif reason := _unwanted(name, inside, mode, linked, rules):
            yield Found(path, reason)
        elif os.path.realpath(path) in outputs:
            yield Found(path, text("output of this run"))
        elif stat.S_ISDIR(mode):
            if reason := _companion(path):
                yield Found(path, reason)
            else:
                levels.append(_entries(path))
        else:
            skipped = no_article(inside, rules, partial(_head, path), path=path)
            yield Found(path, skipped)


def _entries(folder: str) -> Iterator[tuple[str, int, bool, OSError | None]]:
    """Path, mode, whether it is a link, and the error, of each entry of a folder, sorted by NFC name."""
    try:
        names = sorted(os.listdir(folder), key=lambda name: (unicodedata.normalize("NFC", name), name))
    except OSError as error:
        yield folder, 0, False, error
        return
    for name in names:
        path = os.path.join(folder, name)
        linked = False
        try:
            mode = os.lstat(path).st_mode
            linked = stat.S_ISLNK(mode)
            if linked:
                mode = os.stat(path).st_mode
        except OSError as error:
            yield path, 0, linked, error
        else:
            yield path, mode, linked, None


def _unwanted(name: str, inside: str, mode: int, linked: bool, rules: Walk) -> str | None:
    if name.startswith(".") and not rules.hidden:
        return text("hidden; use --hidden to read it")
    if _matches(rules.exclude, name, inside):
        return text("excluded by --exclude")
    if stat.S_ISDIR(mode):
        return text("a symbolic link to a folder") if linked else None
    if not stat.S_ISREG(mode):
        return text("a pipe, socket or device")
    return None


def _companion(folder: str) -> str | None:
    """Whether a folder holds the pictures and programs of a saved page, which is named like it."""
    for ending in ("_files", ".files"):
        stem = folder.removesuffix(ending)
        if stem != folder and any(os.path.exists(stem + page) for page in (".html", ".htm")):
            return text("files that belong to a saved web page")
    return None


def no_article(inside: str, rules: Walk, head: Callable[[], bytes], *, path: str | None = None) -> str | None:
    """Why a regular file is skipped; None: it is read.

    `inside` is its path below the folder or in the archive, `head` gives its first bytes.
    """
    name = os.path.basename(inside)
    if path is None and (reason := _hidden(inside.split("/"), rules) or _excluded(name, inside, rules)):
        return reason
    ending = inner_ending(name)
    if rules.include:
        if not _matches(rules.include, name, inside):
            return text("not matched by --include")
    elif ending in _NO_ARTICLES:
        return text("not an article file type; name the file or use --include to read it")
    if format_of_name(name) in _BINARY_FORMATS:
        return None
    try:
        begin = head()
    except BROKEN:
        return None  # reading it reports what is wrong
    if is_binary(begin):
        return text("binary file")
    if (
        ending == ".xml"
        and not rules.include
        and recognize(begin, ReadOptions()) != "feed"
        and b"<html" not in begin
    ):
        return text("not a feed; name the file or use --include to read it")
    return None


def _hidden(parts: Sequence[str], rules: Walk) -> str | None:
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return text("hidden; use --hidden to read it") if hidden and not rules.hidden else None


def _excluded(name: str, inside: str, rules: Walk) -> str | None:
    parents = inside.split("/")[:-1]
    folders = ["/".join(parents[: end + 1]) for end in range(len(parents))]
    excluded = _matches(rules.exclude, name, inside) or any(
        _matches(rules.exclude, os.path.basename(folder), folder) for folder in folders
    )
    return text("excluded by --exclude") if excluded else None


def _head(path: str) -> bytes:
    """First bytes of a file."""
    # O_NONBLOCK: a file that became a FIFO since it was listed must not hang the run.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        return os.read(descriptor, _SNIFF)
    finally:
        os.close(descriptor)


def is_binary(head: bytes) -> bool:
    """Whether the first bytes are not text: text has no NUL, unless it is UTF-16. Compressed files are not binary."""
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"\xff\xfe", b"\xfe\xff")):
        return False
    if head.startswith((b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")):
        return True
    return b"\0" in head and not any(_reads_as(head, encoding) for encoding in ("utf-16-le", "utf-16-be"))


def _reads_as(head: bytes, encoding: str) -> bool:
    """Whether nearly all characters are Hangul, ASCII and spaces in a wide encoding; by chance a sixth are."""
    words = head[: len(head) // 2 * 2].decode(encoding, "replace")
    return len(_KOREAN.findall(words)) > 0.9 * len(words)


def _matches(globs: tuple[str, ...], name: str, inside: str) -> bool:
    if not globs:
        return False
    name = argument_text(name)
    # The slash before lets **/x match an x at the top.
    inside = "/" + argument_text(inside.replace(os.sep, "/"))
    return any(glob.match(name) or glob.match(inside) or glob.match(inside[1:]) for glob in _compiled(globs))


@lru_cache(maxsize=8)
def _compiled(globs: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(fnmatch.translate(argument_text(glob.rstrip("/")))) for glob in globs)

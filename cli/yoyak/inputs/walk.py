"""Which files of a folder are articles, in an order that is the same everywhere."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from yoyak.core.messages import describe_os_error, text

PACKINGS = (".gz", ".xz", ".bz2", ".zst")
ROWS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}

# What lies beside articles and is none. Unknown endings and no ending at all are read if they are text.
_NO_ARTICLES = frozenset((
    ".json", ".js", ".mjs", ".css", ".map", ".svg", ".xml", ".rss", ".atom", ".toml", ".yaml", ".yml",
    ".ini", ".cfg", ".conf", ".lock", ".log", ".py", ".sh", ".bat", ".ps1", ".c", ".h", ".java", ".ts",
    ".sql", ".ipynb", ".tar", ".tgz", ".zip", ".7z", ".rar", ".pdf", ".doc", ".docx", ".xls", ".xlsx",
    ".ppt", ".pptx", ".hwp", ".hwpx", ".odt", ".epub", ".mhtml", ".mht", ".png", ".jpg", ".jpeg", ".gif",
    ".webp", ".ico", ".bmp", ".avif", ".mp3", ".mp4", ".m4a", ".mov", ".avi", ".woff", ".woff2", ".ttf",
    ".otf", ".eot", ".exe", ".dll", ".so", ".o", ".a", ".pyc", ".sqlite", ".db", ".pkl", ".npy", ".npz",
    ".bin", ".part", ".journal",
))  # fmt: skip
_SNIFF = 4096
_KOREAN = re.compile(r"[\t\n\r -~가-힣]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What of a folder is read."""

    include: tuple[str, ...] = ()
    """Globs; with any, only files that match one. Matched against the name and the path inside the folder."""
    exclude: tuple[str, ...] = ()
    """Globs of files and folders to pass over."""
    hidden: bool = False
    """Read names that start with a dot."""
    outputs: tuple[str, ...] = ()
    """Files and folders this run writes: never its own input."""


class Found(NamedTuple):
    """A file below a folder, or what could not be looked at."""

    path: str
    skipped: str | None = None
    """Why it is not to be read; None: it is."""
    error: OSError | None = None
    """Why it could not be looked at; None: it could."""


def walk(folder: str, rules: Walk) -> Iterator[Found]:
    """Every file below `folder`, sorted by name at each level, with the reason where it is not to be read.

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
            yield Found(path, skipped=dangling) if linked else Found(path, error=error)
        elif reason := _unwanted(name, inside, mode, linked, rules):
            yield Found(path, skipped=reason)
        elif os.path.realpath(path) in outputs:
            yield Found(path, skipped=text("output of this run"))
        elif stat.S_ISDIR(mode):
            if reason := _companion(path):
                yield Found(path, skipped=reason)
            else:
                levels.append(_entries(path))
        else:
            yield Found(path, skipped=_no_article(path, name, inside, rules))


def _entries(folder: str) -> Iterator[tuple[str, int, bool, OSError | None]]:
    """Path, mode, whether it is a link, and what went wrong, of all in one folder, in order of NFC name."""
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
    """Browsers save a page's pictures and programs in a folder named after it."""
    for ending in ("_files", ".files"):
        stem = folder.removesuffix(ending)
        if stem != folder and any(os.path.exists(stem + page) for page in (".html", ".htm")):
            return text("files that belong to a saved web page")
    return None


def _no_article(path: str, name: str, inside: str, rules: Walk) -> str | None:
    """Why a regular file is no article, or None."""
    if rules.include:
        if not _matches(rules.include, name, inside):
            return text("not matched by --include")
    elif inner_ending(name) in _NO_ARTICLES:
        return text("not an article file type; name the file or use --include to read it")
    if inner_ending(name) == ".parquet":
        return None
    try:
        # O_NONBLOCK for the same reason as where files are read: it may have become a FIFO.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            head = os.read(descriptor, _SNIFF)
        finally:
            os.close(descriptor)
    except OSError:
        return None  # reading it will say what is wrong, as an outcome of its own
    return text("binary file") if is_binary(head) else None


def is_binary(head: bytes) -> bool:
    """Tell text from anything else by its first bytes, the way grep does: text has no NUL, unless it is UTF-16.

    Packed files are looked at once they are unpacked.
    """
    if head.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"\xff\xfe", b"\xfe\xff")):
        return False
    if head.startswith((b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")):
        return True
    return b"\0" in head and not any(_reads_as(head, encoding) for encoding in ("utf-16-le", "utf-16-be"))


def _reads_as(head: bytes, encoding: str) -> bool:
    """Tell whether nearly all of it is Hangul, ASCII and spaces in a wide encoding: by chance a sixth is."""
    words = head[: len(head) // 2 * 2].decode(encoding, "replace")
    return len(_KOREAN.findall(words)) > 0.9 * len(words)


def inner_ending(name: str) -> str:
    """Return the ending without the packing: `.jsonl` of `rows.jsonl.gz`, in lower case."""
    stem, ending = os.path.splitext(name)
    if ending.lower() in PACKINGS:
        ending = os.path.splitext(stem)[1]
    return ending.lower()


def _matches(globs: tuple[str, ...], name: str, inside: str) -> bool:
    if not globs:
        return False
    name = unicodedata.normalize("NFC", name)
    # The slash before lets **/x match an x at the top.
    inside = "/" + unicodedata.normalize("NFC", inside.replace(os.sep, "/"))
    return any(glob.match(name) or glob.match(inside) or glob.match(inside[1:]) for glob in _compiled(globs))


@lru_cache(maxsize=8)
def _compiled(globs: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(fnmatch.translate(unicodedata.normalize("NFC", glob.rstrip("/")))) for glob in globs
    )

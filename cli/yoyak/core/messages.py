"""The words yoyak says to a person: English in the source, Korean from the catalogue.

Everything printed for a reader passes through `text`; what the article says never does. The catalogues are
gettext's: `locale/<language>/LC_MESSAGES/yoyak.po`, compiled to `.mo` by `make messages`.
"""

from __future__ import annotations

import errno
import gettext
import locale
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

LANGUAGES = ("ko", "en")
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "yoyak"

_chosen: list[str] = []


def use(language: str | None) -> None:
    """Speak `language` from now on in this process; None: ask the environment."""
    _chosen[:] = [language] if language else []


def language() -> str:
    """Return the language spoken: the one chosen by `use`, else the reader's own."""
    if not _chosen:
        _chosen.append(preferred(os.environ))
    return _chosen[0]


def preferred(environ: Mapping[str, str]) -> str:
    """`ko` where the locale is Korean, else `en`: `LC_ALL` over `LC_MESSAGES` over `LANG` (POSIX), then the system.

    >>> preferred({"LANG": "ko_KR.UTF-8"}), preferred({"LC_ALL": "C", "LANG": "ko_KR"})
    ('ko', 'en')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "ko" if value.lower().startswith("ko") else "en"
    system = locale.getlocale()[0] or ""
    return "ko" if system.lower().startswith("ko") else "en"


def text(message: str, /, **values: object) -> str:
    """Return `message` in the reader's language with `values` filled in.

    `{count:line|lines}` is "1 line" and "2 lines", for languages that tell one from many.
    """
    translated = _catalogue(language()).gettext(message)
    if "|" in translated:
        return _FORMATTER.vformat(translated, (), values)
    return translated.format(**values) if values else translated


class _Counting(Formatter):
    """The format language of `str.format` with counted nouns."""

    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(format(value, format_spec))
        return f"{value} {one if value == 1 else many}"


_FORMATTER = _Counting()


def refusal(error: OSError) -> str:
    """Say in the reader's language why the system refused; what has no words here keeps the system's own."""
    words = {
        errno.ENOENT: lambda: text("no such file or folder"),
        errno.EACCES: lambda: text("permission denied"),
        errno.EPERM: lambda: text("permission denied"),
        errno.EISDIR: lambda: text("it is a folder"),
        errno.ENOTDIR: lambda: text("part of the path is no folder"),
        errno.ENOSPC: lambda: text("the disk is full"),
        errno.EROFS: lambda: text("the disk is read-only"),
        errno.ENAMETOOLONG: lambda: text("the name is too long"),
        errno.ELOOP: lambda: text("links that lead in a circle"),
        errno.EMFILE: lambda: text("too many open files"),
        errno.EIO: lambda: text("the disk reports an error"),
    }
    found = words.get(error.errno or 0)
    return found() if found else str(error.strerror or error)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(name: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, languages=[name], fallback=True)

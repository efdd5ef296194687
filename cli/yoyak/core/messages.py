"""Messages for the user: English in the source, Korean from a gettext catalogue.

Every message passes through `text` or `plural`; text of an article never does. The catalogue is
`locale/ko/LC_MESSAGES/yoyak.po`, compiled to `.mo` by `make messages`.
"""

from __future__ import annotations

import errno
import gettext
import locale
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("ko", "en")
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "yoyak"

_chosen: list[str] = []


def use(language: str | None) -> None:
    """Set the language of this process; None: take it from the environment at the next message."""
    _chosen[:] = [language] if language else []


def language() -> str:
    """Language of messages: the one set with `use`, else the one of the environment."""
    if not _chosen:
        _chosen.append(preferred(os.environ))
    return _chosen[0]


def preferred(environ: Mapping[str, str]) -> str:
    """`ko` if the locale is Korean, else `en`: `LC_ALL`, then `LC_MESSAGES`, then `LANG` (POSIX), then the system.

    >>> preferred({"LANG": "ko_KR.UTF-8"}), preferred({"LC_ALL": "C", "LANG": "ko_KR"})
    ('ko', 'en')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "ko" if value.lower().startswith("ko") else "en"
    system = locale.getlocale()[0] or ""
    return "ko" if system.lower().startswith("ko") else "en"


def marked(message: str) -> str:
    """Mark a message for translation at a later call of `text`: constants are made before the language is known."""
    return message


def text(message: str, /, **values: object) -> str:
    """Translate `message` and fill in `values` as `str.format` does."""
    translated = _catalogue(language()).gettext(message)
    return translated.format(**values) if values else translated


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """Translate `one` or `many`, whichever the language uses for `count`, which is filled in as `{count}`.

    >>> plural("{count} line", "{count} lines", 1)
    '1 line'
    """
    translated = _catalogue(language()).ngettext(one, many, count)
    return translated.format(count=count, **values)


def describe_os_error(error: OSError) -> str:
    """Reason of a system error in the user's language; rare errors keep the wording of the system."""
    words = {
        errno.ENOENT: lambda: text("no such file or folder"),
        errno.EACCES: lambda: text("permission denied"),
        errno.EPERM: lambda: text("permission denied"),
        errno.EISDIR: lambda: text("it is a folder"),
        errno.ENOTDIR: lambda: text("a part of the path is not a folder"),
        errno.ENOSPC: lambda: text("the disk is full"),
        errno.EROFS: lambda: text("the disk is read-only"),
        errno.ENAMETOOLONG: lambda: text("the name is too long"),
        errno.ELOOP: lambda: text("symbolic links form a loop"),
        errno.EMFILE: lambda: text("too many open files"),
        errno.EIO: lambda: text("the disk reports an error"),
    }
    found = words.get(error.errno or 0)
    return found() if found else str(error.strerror or error)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(name: str) -> gettext.NullTranslations:
    """Catalogue of a language; English needs none, since its messages are in the source."""
    return gettext.translation(DOMAIN, LOCALE, languages=[name], fallback=True)

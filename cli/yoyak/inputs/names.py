"""Names of files, and words from the command line, as text: undecodable bytes, CP949, composed and decomposed Korean."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata

MAX_MEMBER_NAME_CHARS = 500


def printable(path: str) -> str:
    """Return a file name or argument as text: bytes that are not UTF-8 are read as CP949, otherwise they become U+FFFD."""
    if path.isprintable():
        return path
    data = os.fsencode(path)
    for encoding in ("utf-8", "cp949"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("utf-8", "replace")


def argument_text(value: str) -> str:
    """Return words or a pattern from the command line, composed (NFC), also if the terminal writes CP949."""
    return unicodedata.normalize("NFC", printable(value))


def existing(path: str) -> str:
    """Return a path as the disk has it.

    A Korean name may be composed (NFC) in one place and decomposed (NFD) in the other, or come from a list in CP949.
    """
    if not os.path.lexists(path):
        for form in ("NFC", "NFD"):
            if os.path.lexists(other := unicodedata.normalize(form, printable(path))):
                return other
    return path


def inner_path(name: str) -> str:
    r"""Return the path of a member as parts that lead nowhere but down.

    >>> inner_path("../../etc\\passwd")
    'etc/passwd'
    """
    plain = re.sub(r"[\x00-\x1f\x7f]", "", name.encode("utf-8", "replace").decode()).replace("\\", "/")
    parts = [part for part in os.path.normpath("/" + plain).split("/") if part and part != ".."]
    return "/".join(parts)[-MAX_MEMBER_NAME_CHARS:] or "_"

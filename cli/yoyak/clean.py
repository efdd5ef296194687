"""Small text rules, each `str -> str` and public.

Source of the character classes: Unicode general categories Cc, Cf, Cs, Co; kiwipiepy cuts words at
zero-width characters, so they go before anything is read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Kept: tab and newline. Everything else a terminal could obey goes: C0 and C1 controls, ESC above all.
# Cf: zero-width space and joiners, soft hyphen, BOM, bidi overrides. U+3164 and U+115F..1160, U+FFA0 are
# Hangul fillers: invisible letters. U+FE0E/FE0F only choose how an emoji is drawn. U+FFFC stands where a
# word processor had a picture.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\ud800-\udfff\ue000-\uf8ff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
_MARKS_ON_A_LETTER = 30
_LAST_MARK = 0x1E94A  # the highest character with a combining class, Unicode 15


def normalize_lines(text: str) -> str:
    """Every kind of line end becomes `\\n`."""
    return _LINE_END.sub("\n", text)


def strip_invisible(text: str) -> str:
    """Drop characters that print nothing or that a terminal obeys.

    >>> strip_invisible("서\\u200b울\\x1b[31m시")
    '서울[31m시'
    """
    return _INVISIBLE.sub("", text)


def plain_spaces(text: str) -> str:
    """Exotic spaces (no-break, ideographic) become the ordinary one."""
    return _SPACE.sub(" ", text)


def normalize(text: str) -> str:
    """NFC, `\\n` line ends, ordinary spaces, no invisible characters: the first thing done to any text.

    >>> normalize("\\u1109\\u1165\\u110b\\u116e\\u11af 시\\u00a0")
    '서울 시 '
    """
    text = strip_invisible(plain_spaces(normalize_lines(text)))
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", limit_marks(text))


def limit_marks(text: str) -> str:
    """At most 30 combining marks in a row: Unicode's Stream-Safe Text Format (UAX #15, section 13).

    Sorting a longer run is what makes normalization quadratic; no writing has one.
    """
    return _long_marks().sub(r"\1", text)


@cache
def _long_marks() -> re.Pattern[str]:
    """Built when the first text needs it: finding the marks takes some 10 ms."""
    marks = "".join(c for c in map(chr, range(0x300, _LAST_MARK + 1)) if unicodedata.combining(c))
    return re.compile(f"([{marks}]{{{_MARKS_ON_A_LETTER}}})[{marks}]+")


def squeeze(text: str) -> str:
    """One line: any run of white space becomes one space, none at the ends."""
    return " ".join(text.split())

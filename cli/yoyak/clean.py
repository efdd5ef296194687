"""Small text rules, each `str -> str` and public.

Source of the character classes: Unicode general categories Cc, Cf, Cs, Co; kiwipiepy cuts words at
zero-width characters, so they go before anything is read.
"""

from __future__ import annotations

import re
import unicodedata

# Kept: tab and newline. Everything else a terminal could obey goes: C0 and C1 controls, ESC above all.
# Cf: zero-width space and joiners, soft hyphen, BOM, bidi overrides. U+3164 and U+115F..1160, U+FFA0 are
# Hangul fillers: invisible letters. U+FE0E/FE0F only choose how an emoji is drawn.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BLANKS = re.compile(r"[ \t]+")


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
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """One line: any run of white space becomes one space, none at the ends."""
    return " ".join(text.split())

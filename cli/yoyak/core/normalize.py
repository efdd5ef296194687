"""Small text rules, each `str -> str` and public.

Source of the character classes: Unicode general categories Cc, Cf, Cs, Co; kiwipiepy cuts words at
zero-width characters, so they go before anything is read.
"""

from __future__ import annotations

import re
import unicodedata

# Kept: tab and newline. Everything else a terminal could obey goes: C0 and C1 controls, ESC above all.
# Cf: zero-width space and joiners, soft hyphen, BOM, bidi overrides. U+3164 and U+115F..1160, U+FFA0 are
# Hangul fillers: invisible letters. U+FE0E/FE0F only choose how an emoji is drawn. U+FFFC stands where a
# word processor had a picture.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\ud800-\udfff\ue000-\uf8ff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
_LINE_END = re.compile(f"\r\n?|[{_BREAKS}]")
_SPACE = re.compile(f"[{_BLANKS}]")
_ODD = re.compile(f"[\r{_HIDDEN}{_BREAKS}{_BLANKS}]")
_MARKS_ON_A_LETTER = 30
# A run that opens with a character from the parts of Unicode where combining marks are, and is long enough
# to hold too many. Korean, Chinese, Japanese and Latin text hardly ever match; one class is all it costs.
_MAYBE_MARKS = re.compile(
    "[^\x00-\u02ff\u0370-\u0482\u2000-\u20cf\u2100-\u2cee\u3000-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ufb1d\ufb1f-\ufe1f\ufe30-\uffff]"
    "[^\x00-\u02ff]{30,}"
)


def normalize_lines(text: str) -> str:
    """Turn every kind of line end into a newline."""
    return _LINE_END.sub("\n", text)


def strip_invisible(text: str) -> str:
    r"""Drop characters that print nothing or that a terminal obeys.

    >>> strip_invisible("서\u200b울\x1b[31m시")
    '서울[31m시'
    """
    return _INVISIBLE.sub("", text)


def plain_spaces(text: str) -> str:
    """Exotic spaces (no-break, ideographic) become the ordinary one."""
    return _SPACE.sub(" ", text)


def normalize(text: str) -> str:
    r"""NFC, newlines, ordinary spaces, no invisible characters: the first thing done to any text.

    >>> normalize("\u1109\u1165\u110b\u116e\u11af 시\u00a0")
    '서울 시 '
    """
    if _ODD.search(text):
        text = strip_invisible(plain_spaces(normalize_lines(text)))
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", limit_marks(text))


def limit_marks(text: str) -> str:
    """At most 30 combining marks in a row: Unicode's Stream-Safe Text Format (UAX #15, section 13).

    Sorting a longer run is what makes normalization quadratic; no writing has one.
    """
    return _MAYBE_MARKS.sub(_drop_marks, text)


def _drop_marks(run: re.Match[str]) -> str:
    """Leave out the combining marks of a run after the 30th in a row."""
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MARKS_ON_A_LETTER:
            kept.append(character)
    return "".join(kept)


def squeeze(text: str) -> str:
    """One line: any run of white space becomes one space, none at the ends."""
    return " ".join(text.split())

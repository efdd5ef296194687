"""Text normalization: small public functions `str -> str` that are applied to every input.

The character classes come from the Unicode general categories Cc, Cf, Cs and Co. kiwipiepy splits words at
zero-width characters, so they are removed first. Letters that a reader sees are never replaced: a search for a
printed sentence in the source must find it.
"""

from __future__ import annotations

import re
import unicodedata

from yoyak.core.patterns import lazy_pattern

# Removed: all C0 and C1 controls except tab and newline, because a terminal could obey them (ESC above all), and
# format characters (Cf): zero-width spaces and joiners, soft hyphen, BOM, bidirectional overrides. U+3164,
# U+115F..1160 and U+FFA0 are Hangul fillers (invisible letters), U+FE0E/FE0F only select how an emoji is drawn, and
# U+FFFC marks the place of a picture in a word processor.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\ud800-\udfff\ue000-\uf8ff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
_INVISIBLE = lazy_pattern(f"[{_HIDDEN}]")
_LINE_END = lazy_pattern(f"\r\n?|[{_BREAKS}]")
_SPACE = lazy_pattern(f"[{_BLANKS}]")
_ODD = lazy_pattern(f"[\r{_HIDDEN}{_BREAKS}{_BLANKS}]")
# Characters that NFC would replace by a different, single character although they look the same: the units Ω, K and
# Å, angle brackets, and compatibility ideographs. Korean encodings have several code points for one Hanja, one for
# each reading (金 is U+91D1 as 금 and U+F90A as 김 or 금), so they are common in Korean text.
_SINGLETON = lazy_pattern("([\u2126\u212a\u212b\u2329\u232a\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
MAX_MARKS_ON_A_LETTER = 30
# A run that may hold too many combining marks: it begins in a part of Unicode that has combining marks. Korean,
# Chinese, Japanese and Latin text rarely match, so the check costs one scan with one character class.
_MAYBE_MARKS = lazy_pattern(
    "[^\x00-\u02ff\u0370-\u0482\u2000-\u20cf\u2100-\u2cee\u3000-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ufb1d\ufb1f-\ufe1f\ufe30-\uffff]"
    "[^\x00-\u02ff]{30,}"
)


def normalize_lines(text: str) -> str:
    """Replace every kind of line end by a newline."""
    return _LINE_END.sub("\n", text)


def strip_invisible(text: str) -> str:
    r"""Remove characters that print nothing or that a terminal obeys.

    >>> strip_invisible("서\u200b울\x1b[31m시")
    '서울[31m시'
    """
    return _INVISIBLE.sub("", text)


def plain_spaces(text: str) -> str:
    """Replace no-break, ideographic and other spaces by the ordinary space."""
    return _SPACE.sub(" ", text)


def normalize(text: str) -> str:
    r"""Compose Hangul (NFC), unify line ends and spaces, remove invisible characters.

    Every text that enters the program passes through here first. Compatibility ideographs keep their code points.

    >>> normalize("\u1109\u1165\u110b\u116e\u11af 시\u00a0")
    '서울 시 '
    >>> normalize("\uf90a 대표") == "\uf90a 대표"
    True
    """
    if _ODD.search(text):
        text = strip_invisible(plain_spaces(normalize_lines(text)))
    if unicodedata.is_normalized("NFC", text):
        return text
    return _compose(limit_marks(text))


def _compose(text: str) -> str:
    """Return a text in NFC, with the characters of `_SINGLETON` unchanged."""
    parts = _SINGLETON.split(text)
    parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
    return "".join(parts)


def limit_marks(text: str) -> str:
    """Limit combining marks to 30 in a row, as Unicode's Stream-Safe Text Format does (UAX #15, section 13).

    Normalization sorts each run of marks, which would take quadratic time on a longer run. No language needs one.
    """
    return _MAYBE_MARKS.sub(_drop_marks, text)


def _drop_marks(run: re.Match[str]) -> str:
    """Remove the combining marks of a run after the 30th in a row."""
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS_ON_A_LETTER:
            kept.append(character)
    return "".join(kept)


def squeeze(text: str) -> str:
    """Return a text on one line: each run of white space becomes one space, the ends are stripped."""
    return " ".join(text.split())

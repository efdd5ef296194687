"""Subtitle files (SubRip, WebVTT, SAMI) and transcripts with time codes -> the spoken text, one line for each cue.

The codes are dropped and a cue that repeats the one before, as rolling captions do, is dropped too. What a cue cuts
in the middle of a sentence is joined later, by `reflow`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from yoyak.core.patterns import lazy_pattern

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_CUE = lazy_pattern(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$", re.MULTILINE)
_NUMBER = lazy_pattern(r"^\s*\d{1,6}\s*$")
_NOTE = lazy_pattern(r"^(?:(?:WEBVTT|NOTE|STYLE|REGION)\b|(?:Kind|Language|X-TIMESTAMP-MAP)\s?[:=])")
_CUE_TAG = lazy_pattern(
    r"<(?:/?[cvibu]|/?lang|/?ruby|/?rt|/?font|\d)[^<>\n]{0,200}>|\{\\[^{}\n]{1,60}\}", re.IGNORECASE
)
_SAMI = lazy_pattern(r"<SAMI>|<SYNC\s+Start\s*=", re.IGNORECASE)
_SAMI_CUE = lazy_pattern(r"<SYNC\b[^<>]{0,200}>", re.IGNORECASE)
_SAMI_COMMENT = lazy_pattern(r"<!--.*?-->|<(HEAD|STYLE)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_TAG = lazy_pattern(r"<[^<>]{0,300}>")
_CODE_LINE = lazy_pattern(rf"^\s*[\[(<]?{_TIME}(?:\s?[-~–]\s?{_TIME})?[\])>]?\s*(?:[-–|:]\s)?")
_HEAD = 4_000
"""Characters at the start of a file in which a subtitle format shows itself."""
_FEWEST_CODES = 4
"""Lines with a time code that a transcript has at least; an article may print the times of a few events."""


def is_sami(text: str) -> bool:
    """Whether a text is a SAMI file, which looks like HTML."""
    return bool(_SAMI.search(text[:_HEAD]))


def spoken_lines(text: str) -> list[str] | None:
    r"""Return the spoken lines of a subtitle file or transcript, or None for any other text.

    >>> spoken_lines("1\n00:00:00,000 --> 00:00:04,000\n도서관이 밤\n\n2\n00:00:04,000 --> 00:00:08,000\n12시까지 문을 연다.\n")
    ['도서관이 밤', '12시까지 문을 연다.']
    """
    if is_sami(text):
        return _without_repeats(_sami_lines(text))
    head = text[:_HEAD]
    if len(_CUE.findall(head)) >= 2 or (head.lstrip().startswith("WEBVTT") and _CUE.search(head)):
        return _without_repeats(_cue_lines(text))
    if _is_transcript(text):
        return _without_repeats(_CODE_LINE.sub("", line) for line in text.split("\n"))
    return None


def _cue_lines(text: str) -> Iterator[str]:
    """Yield the lines of SubRip and WebVTT cues: no numbers, times, notes and tags."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _CUE.match(line) or _NOTE.match(line) or (_NUMBER.match(line) and _CUE.match(following)):
            continue
        yield _CUE_TAG.sub("", line)


def _sami_lines(text: str) -> Iterator[str]:
    """Yield the lines of SAMI cues."""
    import html

    _, *cues = _SAMI_CUE.split(_SAMI_COMMENT.sub("", text))
    for cue in cues:
        broken = re.sub(r"<br\s*/?>", "\n", cue, flags=re.IGNORECASE)
        yield from html.unescape(_TAG.sub("", broken)).split("\n")


def _is_transcript(text: str) -> bool:
    """Whether most lines begin with a time code, or every other line is one."""
    lines = [line for line in text[:_HEAD].split("\n") if line.strip()]
    coded = sum(bool(_CODE_LINE.match(line)) for line in lines)
    return coded >= _FEWEST_CODES and coded >= 0.4 * len(lines)


def _without_repeats(lines: Iterable[str]) -> list[str]:
    """Return the lines with text, without those that repeat one of the two before."""
    kept: list[str] = []
    for line in lines:
        spoken = " ".join(line.split()).removeprefix("- ")
        if spoken and spoken not in kept[-2:]:
            kept.append(spoken)
    return kept

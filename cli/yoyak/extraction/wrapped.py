"""Article texts whose lines are cut at a width or at a clause: mail, PDF and HWP text, scripts, subtitles.

Only running text is joined here, where nearly every line belongs to a sentence. Dumps of web pages have menus and
paragraphs on one line each; `reflow` joins the few lines of them that were cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from yoyak.extraction import bylines
from yoyak.extraction.line_shape import SENTENCE_END

GappedLine = tuple[str, bool]
"""A line and whether a blank line stands before it."""

MAX_WRAPPED_CHARS = 130
"""The longest line of a wrapped text. A text with a longer line has its paragraphs on one line each."""
COLUMNS, CHARS = (24, 260), (16, 130)
"""Limits of a wrap width in columns, of which a Hangul syllable takes two, and in characters."""
HALF = 0.5
"""Share of the width below which a line may be a heading above its paragraph."""
FULL_SHARE = 0.85
"""Share of the width that a line in a proportional font fills when the next word does not fit."""
MIN_FULL_BREAKS = 0.75
"""Share of the open lines that must fill the width before the width is believed."""
MAX_LOOSE_SHARE = 0.12
"""Share of lines that look like menus or headings in a text that still counts as running text."""
MAX_LINES_OF_SENTENCE = 12
"""Lines below an open line within which its sentence must end."""
MAX_FOOT_CHARS = 60
PARAGRAPH_CHARS = 300
"""Characters after which a paragraph of subtitles ends with the next sentence."""

_CLOSED = re.compile(r"[.!?…][\"'”’)\]」』》〉]*$")
# Official notes end their sentences with a noun: 근무, 계획임, 열었다고 밝힘.
_NOMINAL_END = re.compile(
    r"(?:[함임음됨짐침힘]|예정|계획|실시|개최|추진|근무|판매|운영|지원|완료|시행|참여)[.)]*$"
)
_NEW_POINT = re.compile(
    r"^(?:[-–—·•‣◦▪○●◎□■◇◆△▲▷▶▽▼↑↓※☞☆★①-⑳㉠-㉻ㅇ*<\[【]|[QA문답][.:)]\s|[가-힣]{2,8}\s?[:：>])"
)
# Also the end of a sentence that was cut: 열었 | 다. 시는 …
_NUMBERED = re.compile(r"^(?:\d{1,2}|[가나다라마바사아자차카타파하])[.)]\s")
_OPEN_BY_LETTERS = re.compile(r"[은는이가을를의에로와과도만고며서면지,·]$")
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—]\s?\d{1,4}\s?[-–—]|[\[(<]\s?\d{1,4}\s?[\])>]|\d{1,4}\s?/\s?\d{1,4}|(?:page|p\.|쪽|페이지)\s?\d{1,4}|\d{1,4}\s?(?:쪽|페이지))$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"[ⓒ©]|저작권자|무단\s?전재")
_MAX_HEADER_CHARS = 40
_FEW_LINES = 4
_MANY_BREAKS = 8
_CLAUSE_CHARS = 40
_CAPTION_OR_QUESTION = re.compile(r"[-–—▲△▼▽↑↓←→※☞]")
_QUOTED = re.compile(r"^(?:>\s?)+")
_MIN_SENTENCE_CHARS = 25


class Wrap(NamedTuple):
    """The width at which a text was cut."""

    measure: Callable[[str], int]
    width: int

    def is_full(self, text: str, following: str) -> bool:
        """Whether a line has no room for the first word of the next one."""
        own = self.measure(text)
        fits = own + 1 + self.measure(following.split(" ", 1)[0]) <= self.width
        return own >= HALF * self.width and (not fits or own >= FULL_SHARE * self.width)


def join_running_text(lines: Sequence[GappedLine]) -> list[GappedLine] | None:
    """Join the cut lines of a running text. Return None for any other text, and where no line is cut."""
    spread = _without_double_spacing(lines)
    if not _has_open_break(spread) or not _is_running_text(spread):
        return None
    wrap = _find_wrap(spread)
    groups: list[list[str]] = []
    gaps: list[bool] = []
    for at, (text, gap) in enumerate(spread):
        if groups and not gap and _continues(spread, at, wrap):
            groups[-1].append(text)
        else:
            groups.append([text])
            gaps.append(gap)
    return list(zip(_join(groups, whole_words=wrap is None), gaps, strict=True))


def join_cues(lines: Sequence[str]) -> list[GappedLine]:
    """Join the lines of subtitles to paragraphs that end where a sentence ends.

    Automatic subtitles have no full stops; Kiwi splits them into sentences, one on each line.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        groups[-1].append(line)
        if _CLOSED.search(line) and sum(map(len, groups[-1])) >= PARAGRAPH_CHARS:
            groups.append([])
    joined = _join([group for group in groups if group], whole_words=False)
    if joined and not any(SENTENCE_END.search(text) for text in joined):
        from yoyak.nlp import kiwi

        joined = _with_short_ones(
            [span.text for text in joined for span in kiwi.load().split_into_sents(text)]
        )
    return [(text, True) for text in joined]


def _with_short_ones(sentences: Sequence[str]) -> list[str]:
    """Return sentences without full stops; one too short to be told from a heading stays on the line above."""
    lines: list[str] = []
    for sentence in sentences:
        if lines and len(sentence) < _MIN_SENTENCE_CHARS:
            lines[-1] += f" {sentence}"
        else:
            lines.append(sentence)
    return lines


def without_quote_marks(text: str) -> str:
    """Remove the `>` with which mail programs quote, if most lines begin with it."""
    lines = text.split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    if quoted < 0.6 * sum(bool(line.strip()) for line in lines):
        return text
    return "\n".join(_QUOTED.sub("", line) for line in lines)


def _join(groups: Sequence[Sequence[str]], *, whole_words: bool) -> list[str]:
    """Join the pieces of each group with a space, or with nothing where a word was cut."""
    if all(len(group) == 1 for group in groups):
        return [group[0] for group in groups]
    from yoyak.nlp import line_breaks  # Kiwi is loaded only for text that was cut

    return line_breaks.join(groups, whole_words=whole_words)


def separate_page_numbers(lines: Sequence[GappedLine]) -> tuple[list[GappedLine], list[str]]:
    """Separate page numbers and the running headers beside them from the text.

    Where a sentence goes on behind a page number, its two halves come to stand together.
    """
    numbers = {at for at, (text, _) in enumerate(lines) if _PAGE_NUMBER.match(text)}
    if not numbers:
        return list(lines), []
    furniture = set(numbers)
    for at in numbers:
        for beside, touching in (
            (at - 1, not lines[at][1]),
            (at + 1, at + 1 < len(lines) and not lines[at + 1][1]),
        ):
            if touching and 0 < beside < len(lines) and _is_header(lines[beside][0]):
                furniture.add(beside)
    kept: list[GappedLine] = []
    crossed = False
    for at, (text, gap) in enumerate(lines):
        if at in furniture:
            crossed = True
            continue
        goes_on = crossed and kept and not _CLOSED.search(kept[-1][0]) and not _NEW_POINT.match(text)
        kept.append((text, (gap or crossed) and not goes_on))
        crossed = False
    return kept, [lines[at][0] for at in sorted(furniture)]


def _is_header(text: str) -> bool:
    return len(text) <= _MAX_HEADER_CHARS and not _CLOSED.search(text) and not _OPEN_BY_LETTERS.search(text)


def _without_double_spacing(lines: Sequence[GappedLine]) -> list[GappedLine]:
    """Return the lines without the blank line between each two, where the lines are cut at a width."""
    close = [(text, gap and not at) for at, (text, gap) in enumerate(lines)]
    if len(lines) < 4 or not all(gap for _, gap in lines[1:]):
        return list(lines)
    body = [close[0], (close[1][0], True), *close[2:]]
    return body if _find_wrap(body) and _has_open_break(body) else list(lines)


def _has_open_break(lines: Sequence[GappedLine]) -> bool:
    """Whether some line ends without a full stop right above another line."""
    return any(not following[1] and not _is_closed(line[0]) for line, following in pairwise(lines))


def _is_running_text(lines: Sequence[GappedLine]) -> bool:
    """Whether nearly every line below the title belongs to a sentence."""
    texts = [text for text, _ in lines]
    longest = max(map(len, texts))
    if longest > MAX_WRAPPED_CHARS or not any(
        _CLOSED.search(text) or _NOMINAL_END.search(text) for text in texts
    ):
        return False
    widest = max(map(_columns, texts))
    loose = 0
    for at, text in enumerate(texts[1:], 1):
        if _is_closed(text) or _is_foot(text):
            continue
        last = at + 1 == len(lines) or lines[at + 1][1]  # nothing follows that could complete it
        cut = not last and not _NEW_POINT.match(texts[at + 1])
        loose += not cut or (_columns(text) < HALF * widest and not _OPEN_BY_LETTERS.search(text))
    return loose <= max(1, MAX_LOOSE_SHARE * len(texts))


def _find_wrap(lines: Sequence[GappedLine]) -> Wrap | None:
    """Return the width at which the lines were cut, in columns or characters, or None where they end at clauses."""
    breaks = [
        (line[0], following[0])
        for line, following in pairwise(
            lines[1:] if len(lines) > _FEW_LINES else lines
        )  # the first may be the title
        if not following[1] and not _is_closed(line[0]) and not _NEW_POINT.match(following[0])
    ]
    if len(breaks) < 2:
        return None
    inner = {text for pair in breaks for text in pair}
    for measure, limits in ((_columns, COLUMNS), (len, CHARS)):
        wrap = Wrap(measure, max(map(measure, inner)))
        full = sum(wrap.is_full(text, following) for text, following in breaks)
        if limits[0] <= wrap.width <= limits[1] and full >= MIN_FULL_BREAKS * len(breaks):
            return wrap if len(breaks) > _MANY_BREAKS or _cuts_sentences(breaks) else None
    return None


def _cuts_sentences(breaks: Sequence[tuple[str, str]]) -> bool:
    """Whether one of a few breaks surely falls inside a sentence; headers of a note may be of one length by chance."""
    if any(_OPEN_BY_LETTERS.search(before) for before, _ in breaks):
        return True
    from yoyak.nlp import line_breaks

    decided = (line_breaks.read_break(before, after) for before, after in breaks)
    return any(one.sure and not one.spaced for one in decided)


def _continues(lines: Sequence[GappedLine], at: int, wrap: Wrap | None) -> bool:
    """Whether a line is the rest of the one above it."""
    before, text = lines[at - 1][0], lines[at][0]
    if _NEW_POINT.match(text) or _is_foot(before) or _is_foot(text):
        return False
    full = wrap is not None and wrap.is_full(before, text)
    if _is_closed(before) or (_NUMBERED.match(text) and not full):
        return full and bool(_CLOSED.search(before))
    if not _ends_below(lines, at):
        return False
    from yoyak.nlp import line_breaks

    if wrap and at == 1:  # the first line may be the title
        return full and wrap.measure(before) <= wrap.width and not line_breaks.is_finite(before)
    if wrap and wrap.measure(before) >= HALF * wrap.width:
        return True

    if _CAPTION_OR_QUESTION.match(before):
        return False
    end = line_breaks.open_end(before)
    if end == "strong":
        return True
    if len(text) > max(_CLAUSE_CHARS, 1.5 * len(before)):
        return False  # a heading above its paragraph
    if end == "weak":
        return at > 1 or _OPEN_BY_LETTERS.search(before) is not None
    one = line_breaks.read_break(before, text)
    return one.sure and not one.spaced


def _ends_below(lines: Sequence[GappedLine], at: int) -> bool:
    """Whether a sentence ends in a line or soon below it, without a blank line between."""
    for below in range(at, min(at + MAX_LINES_OF_SENTENCE, len(lines))):
        if below > at and lines[below][1]:
            return False
        if _is_closed(lines[below][0]) or SENTENCE_END.search(lines[below][0]):
            return True
    return False


def _is_closed(text: str) -> bool:
    """Whether a line ends with its sentence: a full stop, or a noun after the bullet of an official note."""
    return bool(_CLOSED.search(text)) or (
        bool(_NOMINAL_END.search(text)) and not _OPEN_BY_LETTERS.search(text)
    )


def _is_foot(text: str) -> bool:
    """Whether a short line is a byline or a copyright notice."""
    if len(text) > MAX_FOOT_CHARS:
        return False
    return "@" in text or bool(_OWNED.search(text)) or (len(text) <= 22 and bool(bylines.signers(text)))


def _columns(text: str) -> int:
    """Return the columns a text takes in a font where Hangul is twice as wide as Latin letters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)

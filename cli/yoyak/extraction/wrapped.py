"""Article texts whose lines are cut at a width or at a clause: mail, PDF and HWP text, scripts, subtitles.

Only running text is joined here, where nearly every line belongs to a sentence. Dumps of web pages have menus, and
paragraphs on one line each; `reflow` joins the few lines of them that were cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import bylines
from yoyak.extraction.line_shape import SENTENCE_END

GappedLine = tuple[str, bool]
"""A line and whether a blank line stands before it."""

MAX_WRAPPED_CHARS = 130
"""The longest line of a wrapped text. A text with a longer line has its paragraphs on one line each."""
COLUMNS, CHARS = (24, 260), (16, 130)
"""Limits of a wrap width in columns, of which a Hangul syllable takes two, and in characters."""
MIN_HEADING_SHARE = 0.5
"""Share of the width below which a line may be a heading above its paragraph."""
FULL_SHARE = 0.78
"""Share of the width that a line in a proportional font fills when the next word does not fit."""
MIN_FULL_BREAKS = 0.75
"""Share of the open lines that must fill the width before the width is believed."""
SURE_BREAKS = 8
"""Open lines from which on one common width is enough. Fewer lines may be of one length by chance."""
MAX_OVERHANG = 1.15
"""How much wider than the other lines the first line of a text may be; a wider one is the title."""
MAX_LOOSE_SHARE = 0.12
"""Share of lines that look like menus or headings in a text that still counts as running text."""
MAX_LINES_OF_SENTENCE = 12
"""Lines below an open line within which its sentence must end."""
MIN_BULLETS = 2
"""Lines with a bullet from which on a text is an official note."""
MIN_CLAUSES, MIN_CLAUSE_SHARE = 4, 0.5
"""Open lines, and the share of them that end in a particle or ending, from which on a text has one clause per line."""
MIN_BOUND_MORPHEMES = 3
"""Particles and endings in a line from which on it is part of a sentence and no heading."""
MAX_CLAUSE_CHARS = 40
"""Characters of the longest heading, and of the longest line of a text with one clause per line."""
MAX_FOOT_CHARS, MAX_SIGNER_CHARS, MAX_HEADER_CHARS = 60, 22, 40
"""Characters of the longest line with an address or copyright notice, with only a name, and of a running header."""
MAX_KIWI_LINES = 500
"""Lines of the longest text without a known width in which Kiwi reads each open line."""
MIN_DOUBLE_SPACED = 3
PARAGRAPH_CHARS = 300
"""Characters after which a paragraph of subtitles ends with the next sentence."""
MIN_SENTENCE_CHARS = 25
"""Characters of the shortest sentence without a full stop that is told from a heading."""
MIN_QUOTED_SHARE = 0.6

_CLOSED = lazy_pattern(r"[.!?…][\"'”’)\]」』》〉]*$")
# Official notes end their sentences with a noun: 근무, 계획임, 열었다고 밝힘.
_NOMINAL_END = lazy_pattern(
    r"(?:[함임음됨짐침힘]|예정|계획|실시|개최|추진|근무|판매|운영|지원|완료|시행|참여)[.)]*$"
)
_BULLET = lazy_pattern(r"[□○●■◇◆ㅇ▪※*-]\s?\S")
_NEW_POINT = lazy_pattern(
    r"^(?:[-–—·•‣◦▪○●◎□■◇◆△▲▷▶▽▼↑↓※☞☆★①-⑳㉠-㉻ㅇ*<\[【]|[QA문답][.:)]\s|[가-힣]{2,8}\s?[:：>])"
)
# Also the end of a sentence that was cut: 열었 | 다. 시는 …
_NUMBERED = lazy_pattern(r"^(?:\d{1,2}|[가나다라마바사아자차카타파하])[.)]\s")
_CLOSING_MARK = lazy_pattern(r"[.,!?…)\]”’」』》〉]")
_CLOSING_QUOTES = '"”'
_ATTRIBUTION = lazy_pattern(r"(?:이?라|이?란|고|며|면서|는|하고|했|말|밝|전)")
_CAPTION_OR_QUESTION = lazy_pattern(r"[-–—▲△▼▽↑↓←→※☞]")
_OPEN_BY_LETTERS = lazy_pattern(r"[은는이가을를의에로와과도만고며서면지,·]$")
_PAGE_NUMBER = lazy_pattern(
    r"^(?:[-–—]\s?\d{1,4}\s?[-–—]|[\[(<]\s?\d{1,4}\s?[\])>]|\d{1,4}\s?/\s?\d{1,4}|(?:page|p\.|쪽|페이지)\s?\d{1,4}|\d{1,4}\s?(?:쪽|페이지))$",
    re.IGNORECASE,
)
_OWNED = lazy_pattern(r"[ⓒ©]|저작권자|무단\s?전재")
_QUOTED = lazy_pattern(r"^(?:>\s?)+")


class Wrap(NamedTuple):
    """The width at which a text was cut."""

    measure: Callable[[str], int]
    width: int

    def is_full(self, text: str, following: str) -> bool:
        """Whether a line has no room for the first word of the next one."""
        own = self.measure(text)
        fits = own + 1 + self.measure(following.split(" ", 1)[0]) <= self.width
        return own >= MIN_HEADING_SHARE * self.width and (not fits or own >= FULL_SHARE * self.width)


def join_running_text(lines: Sequence[GappedLine]) -> list[GappedLine] | None:
    """Join the cut lines of a running text. Return None for any other text, and where no line is cut."""
    text = _Text(lines)
    text = text.without_double_spacing() or text
    if not text.has_open_line() or not text.is_running():
        return None
    wrap = text.find_wrap()
    groups: list[list[str]] = []
    gaps: list[bool] = []
    for at, (line, gap) in enumerate(text.lines):
        if groups and not gap and text.continues(at, wrap):
            groups[-1].append(line)
        else:
            groups.append([line])
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

        sentences = [span.text for text in joined for span in kiwi.load().split_into_sents(text)]
        joined = _attach_short_sentences(sentences)
    return [(text, True) for text in joined]


def without_quote_marks(text: str) -> str:
    """Remove the `>` with which mail programs quote, if most lines begin with it."""
    lines = text.split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    if quoted < MIN_QUOTED_SHARE * sum(bool(line.strip()) for line in lines):
        return text
    return "\n".join(_QUOTED.sub("", line) for line in lines)


def separate_page_numbers(lines: Sequence[GappedLine]) -> tuple[list[GappedLine], list[str]]:
    """Separate page numbers and the running headers beside them from the text.

    Where a sentence continues behind a page number, no blank line stays between its two halves.
    """
    removed = {at for at, (text, _) in enumerate(lines) if _PAGE_NUMBER.match(text)}
    if not removed:
        return list(lines), []
    removed |= {
        beside
        for at in removed
        for beside, gap_between in (
            (at - 1, lines[at][1]),
            (at + 1, at + 1 == len(lines) or lines[at + 1][1]),
        )
        if not gap_between and beside > 0 and _is_header(lines[beside][0])
    }
    kept: list[GappedLine] = []
    crossed = False
    for at, (text, gap) in enumerate(lines):
        if at in removed:
            crossed = True
            continue
        half = crossed and kept and not _CLOSED.search(kept[-1][0]) and not _NEW_POINT.match(text)
        kept.append((text, (gap or crossed) and not half))
        crossed = False
    return kept, [lines[at][0] for at in sorted(removed)]


class _Text:
    """The lines of a text that may be wrapped, with what is known of all of them."""

    def __init__(self, lines: Sequence[GappedLine]) -> None:
        self.lines = lines
        bullets = sum(bool(_BULLET.match(text)) for text, _ in lines)
        self.is_note = bullets >= MIN_BULLETS
        open_lines = [
            text for (text, _), (_, gap) in pairwise(lines[1:]) if not gap and not self.is_closed(text)
        ]
        open_ended = sum(bool(_OPEN_BY_LETTERS.search(text)) for text in open_lines)
        self.is_clausal = len(open_lines) >= MIN_CLAUSES and open_ended >= MIN_CLAUSE_SHARE * len(open_lines)

    def is_closed(self, text: str) -> bool:
        """Whether a line ends with its sentence: at a full stop or, in an official note, at a noun."""
        if _CLOSED.search(text):
            return True
        return self.is_note and bool(_NOMINAL_END.search(text)) and not _OPEN_BY_LETTERS.search(text)

    def has_open_line(self) -> bool:
        """Whether a line above another line does not end with its sentence."""
        return any(not gap and not self.is_closed(text) for (text, _), (_, gap) in pairwise(self.lines))

    def is_running(self) -> bool:
        """Whether nearly every line below the title belongs to a sentence."""
        texts = [text for text, _ in self.lines]
        if max(map(len, texts)) > MAX_WRAPPED_CHARS or not any(map(self.is_closed, texts)):
            return False
        widest = max(map(_columns, texts[1:] or texts))
        loose = 0
        for at, text in enumerate(texts[1:], 1):
            if self.is_closed(text) or _is_foot(text):
                continue
            last = at + 1 == len(texts) or self.lines[at + 1][1]
            complete = last or bool(_NEW_POINT.match(texts[at + 1]))
            short = _columns(text) < MIN_HEADING_SHARE * widest and not _OPEN_BY_LETTERS.search(text)
            loose += complete or short
        return loose <= max(1, MAX_LOOSE_SHARE * len(texts))

    def without_double_spacing(self) -> _Text | None:
        """Return the text without the blank line between each two lines, or None if it is not double-spaced."""
        if len(self.lines) < MIN_DOUBLE_SPACED or not all(gap for _, gap in self.lines[1:]):
            return None
        body = _Text([(text, at == 1) for at, (text, _) in enumerate(self.lines)])
        if not body.has_open_line():
            return None
        return body if body.find_wrap() or body._has_only_cut_lines() else None

    def _has_only_cut_lines(self) -> bool:
        """Whether each open line of a short text is cut, and not only one of several paragraphs is unfinished."""
        if len(self.lines) > MAX_LINES_OF_SENTENCE:
            return False
        breaks = [
            (text, following)
            for (text, _), (following, _) in pairwise(self.lines[1:])
            if not self.is_closed(text)
        ]
        if len(breaks) < 2 and len(self.lines) > MIN_DOUBLE_SPACED:
            return False
        return bool(breaks) and all(_is_cut(*pair, may_be_title=True) for pair in breaks)

    def find_wrap(self) -> Wrap | None:
        """Return the width at which the lines were cut, in columns or characters, or None where they end at clauses."""
        start = 1 if len(self.lines) > MIN_DOUBLE_SPACED + 1 else 0  # the first line may be the title
        breaks = [
            (text, following)
            for (text, _), (following, gap) in pairwise(self.lines[start:])
            if not gap and not self.is_closed(text) and not _NEW_POINT.match(following)
        ]
        if len(breaks) < 2:
            return None
        inner = {text for pair in breaks for text in pair}
        for measure, (least, most) in ((_columns, COLUMNS), (len, CHARS)):
            wrap = Wrap(measure, max(map(measure, inner)))
            full = sum(wrap.is_full(text, following) for text, following in breaks)
            if least <= wrap.width <= most and full >= MIN_FULL_BREAKS * len(breaks):
                return wrap if len(breaks) > SURE_BREAKS or _cuts_sentences(breaks) else None
        return None

    def continues(self, at: int, wrap: Wrap | None) -> bool:
        """Whether a line is the rest of the one above it."""
        before, text = self.lines[at - 1][0], self.lines[at][0]
        if _NEW_POINT.match(text) or _is_foot(before) or _is_foot(text):
            return False
        if _CLOSING_MARK.match(text):
            return True
        full = wrap is not None and wrap.is_full(before, text)
        if self.is_closed(before) or (self.is_note and _NUMBERED.match(text) and not full):
            return full and bool(_CLOSED.search(before))
        if not self._ends_below(at):
            return False
        if wrap and at == 1:  # the line above may be the title
            fits = wrap.measure(before) <= MAX_OVERHANG * wrap.width
            return full and fits and _is_cut(before, text, may_be_title=False)
        if wrap and wrap.measure(before) >= MIN_HEADING_SHARE * wrap.width:
            return True
        if _CAPTION_OR_QUESTION.match(before):
            return False
        if before[-1] in _CLOSING_QUOTES and before.count('"') % 2 == 0:
            return bool(_ATTRIBUTION.match(text))
        if len(self.lines) > MAX_KIWI_LINES:
            return _OPEN_BY_LETTERS.search(before) is not None
        inside_block = at > 1 and not self.lines[at - 1][1]
        return (self.is_clausal and inside_block) or _is_cut(before, text, may_be_title=at == 1)

    def _ends_below(self, at: int) -> bool:
        """Whether a sentence ends in a line or soon below it, without a blank line between."""
        for below in range(at, min(at + MAX_LINES_OF_SENTENCE, len(self.lines))):
            text, gap = self.lines[below]
            if below > at and gap:
                return False
            if self.is_closed(text) or SENTENCE_END.search(text):
                return True
        return False


def _cuts_sentences(breaks: Sequence[tuple[str, str]]) -> bool:
    """Whether a few breaks fall inside sentences; headers of a note may be of one length by chance."""
    if any(_OPEN_BY_LETTERS.search(before) for before, _ in breaks):
        return True
    from yoyak.nlp import line_breaks

    decided = (line_breaks.read_break(before, after) for before, after in breaks)
    if any(one.sure and not one.spaced for one in decided):
        return True
    return all(line_breaks.count_bound_morphemes(before) >= MIN_BOUND_MORPHEMES for before, _ in breaks)


def _is_cut(before: str, text: str, *, may_be_title: bool) -> bool:
    """Whether Kiwi says that a line ends in the middle of a sentence, without a known width."""
    from yoyak.nlp import line_breaks

    end = line_breaks.open_end(before)
    if end == "strong":
        return True
    if len(text) > max(MAX_CLAUSE_CHARS, 1.5 * len(before)):
        return False  # a heading above its paragraph
    if line_breaks.count_bound_morphemes(before) >= MIN_BOUND_MORPHEMES + may_be_title:
        return True
    if end == "weak":
        return not may_be_title or _OPEN_BY_LETTERS.search(before) is not None
    one = line_breaks.read_break(before, text)
    return one.sure and not one.spaced


def _join(groups: Sequence[Sequence[str]], *, whole_words: bool) -> list[str]:
    """Join the pieces of each group with a space, or with nothing where a word was cut."""
    if all(len(group) == 1 for group in groups):
        return [group[0] for group in groups]
    from yoyak.nlp import line_breaks  # Kiwi is loaded only for text that was cut

    return line_breaks.join(groups, whole_words=whole_words)


def _attach_short_sentences(sentences: Sequence[str]) -> list[str]:
    """Return sentences without full stops as lines; one that could be taken for a heading stays on the line above."""
    lines: list[str] = []
    for sentence in sentences:
        if lines and len(sentence) < MIN_SENTENCE_CHARS:
            lines[-1] += f" {sentence}"
        else:
            lines.append(sentence)
    return lines


def _is_header(text: str) -> bool:
    return len(text) <= MAX_HEADER_CHARS and not _CLOSED.search(text) and not _OPEN_BY_LETTERS.search(text)


def _is_foot(text: str) -> bool:
    """Whether a short line is a byline or a copyright notice."""
    if len(text) > MAX_FOOT_CHARS:
        return False
    signed = len(text) <= MAX_SIGNER_CHARS and bool(bylines.signers(text))
    return "@" in text or bool(_OWNED.search(text)) or signed


@lru_cache(maxsize=1024)
def _columns(text: str) -> int:
    """Return the columns of a text in a font where Hangul is twice as wide as Latin letters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)

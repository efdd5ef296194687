"""Lines that are not lines: paragraphs cut at a fixed width, and whole pages on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yoyak.article import names, words
from yoyak.article.lines import SENTENCE_END, continues
from yoyak.article.page import Line

NARROWEST, WIDEST = 22, 130
"""Characters. Between these a block of lines of one width is taken for a paragraph that was cut."""
_CLOSED = re.compile(r"[.!?…:;][\"'”’)\]」』]*$|[\])>】]$")
_OPEN = re.compile(
    r"[은는이가을를의에로와과도만서며고해면지게라나한된인할히던린운등약총또]$|(?:마다|까지|부터|처럼|보다|에게|께서|때문에|대해|위해|통해)$|[,·]$|\d[일년월명시분개원%]?$"
)
_MARK = re.compile(r"^[▲△◆■◇□▶▷●○※☞\[【<]")
_FURNITURE = re.compile(
    r"본문 ?바로가기|전체 ?메뉴|로그인|회원가입|글자 ?크기|공유하기|무단 ?전재|저작권자|많이 본|관련 ?기사|Copyright|(?:입력|수정|등록|승인)\s?:?\s?20\d\d|구독하기|댓글 ?\d|이용약관|개인정보처리방침"
)
_MARKS = (
    "바로가기",
    "바로 가기",
    "메뉴",
    "로그인",
    "회원가입",
    "크기",
    "공유하기",
    "전재",
    "저작권자",
    "많이 본",
    "기사",
    "Copyright",
    "20",
    "구독하기",
    "댓글",
    "이용약관",
    "방침",
)
_STAMP = re.compile(
    r"^(.{10,120}?)\s((?:기사\s?|최초\s?)?(?:입력|등록|승인|송고|발행)\s?(?:일시|시간|일)?\s?[:：|]?\s?(?:19|20)\d\d[.\-/년].*)$"
)
_DATE = re.compile(r"^\(?(?:19|20)\d\d(?:[.\-/년]\S*)?$")
_CLOCK = re.compile(r"^(?:\(?\d{1,2}:\d{2}(?::\d{2})?\)?|\d{1,2}[월일시분.]|오전|오후|\([월화수목금토일]\))$")
_DIVIDER = re.compile(r"^[:|·>›»/\-]+$")
_LABEL = re.compile(
    r"^(?:기사|최종|최초)?(?:입력|수정|등록|승인|송고|업데이트|발행|작성)(?:일|시간|일시)?:?(?:(?:19|20)\d\d\S*)?$"
)
_CLOSING = re.compile(r"[\"'”’)\]」』》〉]*\s+")
_ROLES = frozenset({"기자", "특파원", "인턴기자", "선임기자", "논설위원", "앵커"})
LONG_LINE = 300
"""Characters. A line this long with two different pieces of page furniture in it is a page on one line."""


def join_wrapped(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join lines that are pieces of one paragraph, given each line and whether a gap stands before it.

    A block is taken for wrapped text where its lines but the last of a paragraph fill one width and most of
    them stop in the middle of a sentence. Lines joined are divided by one space, as they were by the cut.
    """
    blocks: list[list[str]] = []
    for text, before in lines:
        if before or not blocks:
            blocks.append([])
        blocks[-1].append(text)
    wrapped = [_is_wrapped(block) for block in blocks]
    width = max((max(map(len, block)) for block, cut in zip(blocks, wrapped, strict=True) if cut), default=0)
    width = width or _common_width(blocks)
    joined: list[tuple[str, bool]] = []
    for block, cut in zip(blocks, wrapped, strict=True):
        same = not cut and _fills(block, width)
        pieces = _join(block) if cut or same else block
        joined.extend((line, index == 0) for index, line in enumerate(pieces))
    return joined


def _is_wrapped(block: Sequence[str]) -> bool:
    """Whether the lines of a block are one text cut at one width."""
    if len(block) < 3:
        return False
    widest = max(map(len, block))
    if not NARROWEST <= widest <= WIDEST or any(_MARK.match(line) for line in block[1:]):
        return False
    full = [line for line in block[:-1] if len(line) >= 0.7 * widest]
    open_ended = sum(not _CLOSED.search(line) for line in full)
    stops = sum(bool(SENTENCE_END.search(line)) for line in block)
    return (
        len(full) >= 0.75 * (len(block) - 1)
        and open_ended >= 0.5 * len(full)
        and stops >= max(1, len(block) // 6)
    )


def _common_width(blocks: Sequence[Sequence[str]]) -> int:
    """Return the width most short blocks of a page were cut at, or 0: text of two-line paragraphs has no longer block."""
    cut = [
        block
        for block in blocks
        if len(block) > 1 and not _CLOSED.search(block[0]) and SENTENCE_END.search(block[-1])
    ]
    width = max((max(map(len, block)) for block in cut), default=0)
    if len(cut) < 3 or not NARROWEST <= width <= WIDEST:
        return 0
    full = [line for block in cut for line in block[:-1]]
    return width if sum(len(line) >= 0.7 * width for line in full) >= 0.8 * len(full) else 0


def _fills(block: Sequence[str], width: int) -> bool:
    """Whether a block fills the width that other blocks of the page were cut at."""
    full = block[:-1]
    if not full or not all(0.7 * width <= len(line) <= 1.15 * width for line in full):
        return False
    return 2 * sum(not _CLOSED.search(line) for line in full) > len(full)


def _join(block: Sequence[str]) -> list[str]:
    """Return the paragraphs of a wrapped block: a short line that ends a sentence ends one."""
    widest = max(map(len, block))
    paragraphs: list[list[str]] = [[]]
    for line in block:
        paragraphs[-1].append(line)
        if len(line) < 0.7 * widest and _CLOSED.search(line):
            paragraphs.append([])
    return [" ".join(paragraph) for paragraph in paragraphs if paragraph]


_PIPES = 8
"""Bars with spaces around them on one line from which on they stand for the ends of lines; an imprint has up to seven."""
_LONGEST_JOIN = 2_000
"""Characters after which no further piece is joined to a line: longer than any paragraph of news."""


def split_stamp(text: str) -> tuple[str, str] | None:
    """Return a headline and the labelled time glued to it, apart; None for a byline or a plain label.

    >>> split_stamp("가온시 새 도서관 문 연다 입력 2026.03.05 14:07")
    ('가온시 새 도서관 문 연다', '입력 2026.03.05 14:07')
    """
    match = _STAMP.match(text)
    if match is None or names.reporters(match.group(1)) or len(match.group(1)) < 12:
        return None
    return match.group(1), match.group(2)


def rejoin(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join sentences that a converter cut at their links and bold words, one piece a line.

    Done only where two lines of the text open with a particle or a closing mark, which no line of a page does.
    Pieces are joined without a space before a particle, else with one, so that words stay words.
    """
    if sum(continues(text) for text, _ in lines) < 2:
        return list(lines)
    joined: list[tuple[str, bool]] = []
    for text, gap in lines:
        if (
            not joined
            or gap
            or len(joined[-1][0]) > _LONGEST_JOIN
            or not continues(text)
            or SENTENCE_END.search(joined[-1][0][-6:])
        ):
            joined.append((text, gap))
            continue
        word, before = joined.pop()
        whole = word + text
        if joined and not before and _is_open(joined[-1][0]):
            opening, before = joined.pop()
            whole = f"{opening} {whole}"
        joined.append((whole, before))
    return joined


def _is_open(text: str) -> bool:
    """Whether a line stops in the middle of a sentence: it ends like no headline does, or is too long for one."""
    end = text[-12:]
    return not _CLOSED.search(end) and (bool(_OPEN.search(end)) or len(text) >= 40)


def split_page(line: Line) -> list[Line]:
    """Return a page on one line as lines: its furniture apart from its sentences, which carry `hard` to be joined again."""
    text = line.text
    if len(text) < LONG_LINE:
        return [line]
    if text.count(" | ") >= _PIPES:
        parts = [part.strip(" |") for part in text.split(" | ")]
        return [
            Line(part, line.tag, line.links, index == 0 and line.gap, line.inside)
            for index, part in enumerate(parts)
            if part
        ]
    edges = text[:3_000] + text[-3_000:] if len(text) > 6_000 else text
    if sum(mark in edges for mark in _MARKS) < 2 or len(set(_FURNITURE.findall(edges))) < 2:
        return [line]
    pieces: list[Line] = []
    for index, sentence in enumerate(_sentences(text)):
        parts = _parts(sentence) if index == 0 or _FURNITURE.search(sentence) else [sentence]
        for part in parts:
            pieces.append(Line(part, "", 0.0, line.gap and not pieces, line.inside, bool(pieces)))
    return pieces


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    start = 0
    for stop in SENTENCE_END.finditer(text):
        if (space := _CLOSING.match(text, stop.end())) and space.group().endswith(" "):
            found.append(text[start : space.end()].strip())
            start = space.end()
    if text[start:].strip():
        found.append(text[start:].strip())
    return found


def _parts(sentence: str) -> list[str]:
    """Return a sentence with furniture before it, cut where words of menus, labels and times stop and begin.

    One such word alone between others belongs to a headline or to the sentence (경제, 사회).
    """
    tokens = sentence.split(" ")
    marks = _marks(tokens)
    for index, mark in enumerate(marks):
        lonely = (
            mark and not (index and marks[index - 1]) and not (index + 1 < len(marks) and marks[index + 1])
        )
        if lonely and 0 < index < len(marks) - 1 and not _LABEL.match(tokens[index]):
            marks[index] = False
    parts: list[list[str]] = []
    for index, token in enumerate(tokens):
        if index and marks[index] == marks[index - 1]:
            parts[-1].append(token)
        else:
            parts.append([token])
    return [" ".join(part) for part in parts]


def _marks(tokens: Sequence[str]) -> list[bool]:
    """Which words are furniture: menus and widgets, breadcrumbs, labels with their dates, bylines."""
    known = words.load()
    marks: list[bool] = []
    dated = False
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else ""
        after = tokens[index + 1] if index + 1 < len(tokens) else ""
        if _DATE.match(token) and (_LABEL.match(before) or before == ":" or (marks and marks[-1])):
            dated = True
            marks.append(True)
        elif dated and _CLOCK.match(token):
            marks.append(True)
        else:
            dated = False
            named = (names.is_name(token) and after in _ROLES) or (token in _ROLES and names.is_name(before))
            marks.append(
                token in known.controls
                or token in known.sections
                or bool(_DIVIDER.match(token))
                or before in {">", "›", "»"}
                or bool(_LABEL.match(token))
                or named
            )
    return marks

"""Whole pages on one line, as `get_text(" ")` leaves them: cut where furniture, sentences and credits meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from yoyak.article import names, words
from yoyak.article.lines import SENTENCE_END
from yoyak.article.page import Line

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
_DATE = re.compile(r"^\(?(?:19|20)\d\d(?:[.\-/년]\S*)?$")
_CLOCK = re.compile(r"^(?:\(?\d{1,2}:\d{2}(?::\d{2})?\)?|\d{1,2}[월일시분.]|오전|오후|\([월화수목금토일]\))$")
_DIVIDER = re.compile(r"^[:|·>›»/\-]+$")
_LABEL = re.compile(
    r"^(?:기사|최종|최초)?(?:입력|수정|등록|승인|송고|업데이트|발행|작성)(?:일|시간|일시)?:?(?:(?:19|20)\d\d\S*)?$"
)
_CLOSING = re.compile(r"[\"'”’)\]」』》〉]*\s+")
_ROLES = frozenset({"기자", "특파원", "인턴기자", "선임기자", "논설위원", "앵커"})
_TITLE = re.compile(r"^(.{10,120}?)\s(?:[|<›»:-]|[–—])\s")
_SCENE = re.compile(r"(?:있다|모습|있습니다)[.]$")
LONG_LINE = 200
"""Characters. A line this long with two different pieces of page furniture in it is a page on one line."""
_PIPES = 8
"""Bars with spaces around them on one line from which on they stand for the ends of lines; an imprint has up to seven."""


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """Furniture of several words, in any spacing, that stands alone between spaces."""
    known = words.load()
    spelled = sorted(
        (
            r"\s?".join(map(re.escape, word))
            for word in known.controls
            if len(word) >= 4 and not word.startswith("기자")
        ),
        key=len,
        reverse=True,
    )
    return re.compile(rf"(?<=\s)(?:{'|'.join(spelled)})(?=\s)")


@lru_cache(maxsize=1)
def _credit() -> re.Pattern[str]:
    """Whose a photo is, at the head of a piece: what follows a caption's full stop."""
    return re.compile(rf"(?:{words.load().agencies}|[가-힣]{{2,4}}\s기자|[가-힣A-Za-z]{{2,10}}\s제공)(?=\s)")


def split_page(line: Line) -> list[Line]:
    """Return a page on one line as lines: its furniture apart from its sentences, which carry `hard` to be joined again."""
    text = line.text
    if " | " in text and text.count(" | ") >= _PIPES and _FURNITURE.search(text):
        parts = [part.strip(" |") for part in text.split(" | ")]
        return [
            Line(part, line.tag, line.links, index == 0 and line.gap, line.inside)
            for index, part in enumerate(parts)
            if part
        ]
    if len(text) < LONG_LINE:
        return [line]
    edges = text[:3_000] + text[-3_000:] if len(text) > 6_000 else text
    if sum(mark in edges for mark in _MARKS) < 2 or len(set(_FURNITURE.findall(edges))) < 2:
        return [line]
    pieces: list[str] = []
    for passage in _passages(text):
        for index, sentence in enumerate(_sentences(passage)):
            parts = _parts(sentence) if index == 0 or _FURNITURE.search(sentence) else [sentence]
            pieces.extend(parts)
    return [
        Line(piece, "", 0.0, line.gap and not index, line.inside, bool(index))
        for index, piece in enumerate(_with_credits(pieces))
    ]


def _passages(text: str) -> list[str]:
    """Return the text cut at every copy of its title and at furniture of several words."""
    title = _TITLE.match(text)
    if title and text.count(title.group(1)) > 1:
        text = text.replace(title.group(1), f"\n{title.group(1)}\n")
    text = _phrases().sub(lambda phrase: f"\n{phrase.group()}\n", text)
    return [passage.strip() for passage in text.split("\n") if passage.strip()]


def _with_credits(pieces: Iterable[str]) -> list[str]:
    """Give captions back the credit that stands behind their full stop."""
    whole: list[str] = []
    for piece in pieces:
        credit = _credit().match(piece) if whole and _SCENE.search(whole[-1]) else None
        if credit:
            whole[-1] = f"{whole[-1]} {credit.group()}"
            whole.append(piece[credit.end() :].strip())
        else:
            whole.append(piece)
    return [piece for piece in whole if piece]


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

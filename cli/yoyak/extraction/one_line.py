"""Pages and paragraphs that a converter wrote on one line: cut where menus, labels, sentences and credits meet.

`get_text(" ")` of an HTML library writes a whole page on one line; other converters write nothing between two elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import bylines, word_lists
from yoyak.extraction.line_shape import SENTENCE_END
from yoyak.extraction.page import Line

_MENU_OR_LABEL = lazy_pattern(
    r"본문 ?내용은 이 글자 ?크기로|본문 ?바로가기|전체 ?메뉴|로그인|회원가입|글자 ?크기|공유하기|무단 ?전재|저작권자|많이 본|관련 ?기사|Copyright|"
    r"(?:입력|수정|등록|승인)\s?:?\s?20\d\d|구독하기|댓글 ?\d|이용약관|개인정보처리방침"
)
# An article that comes as one line may end in its owner and a call; a page goes on.
_FOOT = lazy_pattern(r"많이|관련|댓글|이용약관|개인정보|본문|전체|글자")
_DATE = lazy_pattern(r"^\(?(?:19|20)\d\d(?:[.\-/년]\S*)?$")
_FULL_DATE = lazy_pattern(r"^\(?(?:19|20)\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}[.)]?$")
_CLOCK = lazy_pattern(
    r"^(?:\(?\d{1,2}:\d{2}(?::\d{2})?\)?|\d{1,2}[월일시분.]|\d{1,2}[.]|오전|오후|\([월화수목금토일]\))$"
)
_DIVIDER = lazy_pattern(r"^[:|·>›»</\-–—ㅣ｜]+$")
_LABEL = lazy_pattern(
    r"^(?:기사|최종|최초)?(?:입력|수정|등록|승인|송고|업데이트|발행|작성|기사입력)(?:일|시간|일시)?:?(?:(?:19|20)\d\d\S*)?$"
)
_CLOSING = lazy_pattern(r"[\"'”’)\]」』》〉]*\s+")
_ROLES = frozenset({"기자", "특파원", "인턴기자", "선임기자", "논설위원", "앵커"})
_SIGNED = lazy_pattern(r"^([가-힣]{2,4})(?:기자|특파원)$")
_MAIL = lazy_pattern(r"^\(?[\w.+-]+@[\w-]+(?:[.][\w-]+)+\)?$")
_TITLE = lazy_pattern(r"^(.{10,120}?)\s(?:[|<›»:ㅣ｜-]|[–—])\s")
_GLUED_TIME = lazy_pattern(
    r"(?<=[가-힣)\d])(?<!기사)(?<!최종)(?=(?:기사\s?|최종\s?)?(?:입력|수정|등록|승인|송고)\s?:?\s?20\d\d)|(?<=기자)(?=20\d\d[.-])"
)
"""Where a name and a time were joined without a space."""
_SCENE = lazy_pattern(r"(?:있다|모습|있습니다)[.]$")
_TOLD = lazy_pattern(r"[다요죠까]\s?[.][\"'”’)\]]*$")
_BUTTONS = lazy_pattern(r"[가-힣](?:전체메뉴|바로가기|로그인|회원가입|구독하기)$")
"""The name of a site with a button glued to it."""
_ADVERT = frozenset({"AD", "ad", "광고", "배너"})
_HEADING = lazy_pattern(
    r"(?<!\S)(?:[■▶◆●★◇※▣]\s?)?"
    r"(?:이\s?시각\s?)?(?:관련|연관|추천|주요|인기|최신|랭킹|베스트|핫|실시간|함께\s?(?:본|볼\s?만한)|많이\s?(?:본|읽은)|가장\s?많이\s?본|다른|지금\s?뜨는|포토|헤드라인)"
    r"\s?(?:뉴스|기사|포토|영상|이슈)(?:\s?TOP\s?\d+)?(?=\s)"
    r"|(?<!\S)이\s?기사와\s?함께\s?(?:본|볼|읽은)\s?(?:기사|뉴스)(?=\s)|(?<!\S)이\s?기자의\s?다른\s?기사(?=\s)|(?<!\S)(?:전체\s?)?댓글\s?\(?\d+\)?개?(?=\s)"
    r"|(?<!\S)(?:AI|인공지능)\s?(?:뉴스|기사|핵심|자동|[3세]\s?줄)?\s?요약(?=\s)|(?<!\S)(?:[3세]\s?줄|핵심)\s?요약(?=\s)"
    r"|(?<!\S)요약\s?보기(?:\s자동\s?추출\s?요약)?(?=\s)"
)
"""Headings of boxes that are a complete phrase and no sentence. They count only behind a complete line."""
MIN_PAGE_CHARS = 200
"""Characters from which on a line with two different menu items or labels is a page on one line."""
MIN_BARS = 8
"""Number of ` | ` on one line from which on they stand for line ends; an imprint has up to seven."""
MIN_MENU_WORDS = 4
"""Names of sections and buttons in a row that make a menu; prose lists up to three (정치, 경제, 사회)."""
MAX_HEAD_CHARS = 1_500
"""Characters at the start of a page in which its first menu stands."""
MIN_PHRASE_WORDS = 4
"""Words of the shortest headline that is searched again on the page; a shorter phrase may be a name."""
MAX_SEARCHED_PIECES = 600
"""Pieces at the start of a page in which headlines are searched."""
MAX_PHRASES = 40
"""Headlines that are searched again."""


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """Return the pattern of buttons and labels of several words, in any spacing, that stand alone between spaces."""
    known = word_lists.load()
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
    """Return the pattern of a photo credit at the start of a piece."""
    return re.compile(
        rf"(?:(?:사진|그래픽|자료)\s?[=:/]\s?\S+(?:\s제공)?|{word_lists.load().agencies}|[가-힣]{{2,4}}\s기자|"
        r"[가-힣A-Za-z]{2,10}\s(?:제공|자료\s?사진|캡처))(?=\s)"
    )


# An element ended where a sentence follows a full stop without a space. A straight quotation mark may close one.
_GLUED_STOP = lazy_pattern(r"(?<=[가-힣][다요죠][.])(?=[가-힣A-Z“‘\"\[(<◆■▶△▲▷○●◇□※ⓒ])")
MIN_GLUED_STOPS = 2
_CREDITED_SCENE = lazy_pattern(r"((?:있다|모습|있습니다)[.]\s?\[[^\[\]]{2,14}\])(?=[가-힣A-Z“\"])")
_BRACKETED_CREDIT = lazy_pattern(
    r"[\[(<](?:사진|자료|그래픽)?\s?[=:]?\s?[가-힣A-Za-z0-9·]{2,12}(?:\s?(?:제공|기자|캡처|DB))?[\])>]"
)


def split_glued(line: Line) -> list[Line]:
    """Return the paragraphs of a line in which a converter left nothing between elements."""
    if line.text.count(".") <= MIN_GLUED_STOPS:
        return [line]
    pieces = [
        part for piece in _CREDITED_SCENE.sub(r"\1\n", line.text).split("\n") for part in _cut_at_stops(piece)
    ]
    if len(pieces) <= MIN_GLUED_STOPS:
        return [line]
    first, *others = _with_bracketed_credits(pieces)
    return [
        line._replace(text=first),
        *(Line(piece, "", 0.0, blank_before=True, in_body=line.in_body) for piece in others),
    ]


def _cut_at_stops(text: str) -> list[str]:
    """Return a text cut at glued full stops, but not before the closing mark of a quotation."""
    pieces: list[str] = []
    start = quotes = counted = 0
    for stop in _GLUED_STOP.finditer(text):
        at = stop.start()
        quotes += text.count('"', counted, at)
        counted = at
        if text[at] != '"' or quotes % 2 == 0:
            pieces.append(text[start:at])
            start = at
    return [*pieces, text[start:]]


def _with_bracketed_credits(pieces: Sequence[str]) -> list[str]:
    """Return the pieces with each credit in brackets at the end of its caption, not before the paragraph that follows."""
    whole = [pieces[0]]
    for piece in pieces[1:]:
        credit = _BRACKETED_CREDIT.match(piece)
        if credit and _is_scene(whole[-1]):
            whole[-1] += f" {credit.group()}"
            whole.append(piece[credit.end() :].strip())
        else:
            whole.append(piece)
    return [piece for piece in whole if piece]


def split_page(line: Line) -> list[Line]:
    """Return the lines of a page on one line: menus and labels apart from sentences, which have `soft_break` set."""
    text = line.text
    if len(text) < MIN_PAGE_CHARS:
        return [line]
    if text.count(" | ") >= MIN_BARS and (_MENU_OR_LABEL.search(text) or SENTENCE_END.search(text)):
        return [
            Line(part.strip(" |"), line.tag, line.links, index == 0 and line.blank_before, line.in_body)
            for index, part in enumerate(text.split(" | "))
            if part.strip(" |")
        ]
    if not _is_page(text):
        return [line]
    pieces: list[str] = []
    for passage in _passages(_GLUED_TIME.sub(" ", text)):
        for index, sentence in enumerate(_sentences(passage)):
            pieces.extend(_parts(sentence, whole=index == 0))
    return [
        Line(piece, "", 0.0, line.blank_before and not index, line.in_body, bool(index))
        for index, piece in enumerate(_with_credits(_cut_at_phrases(pieces)))
    ]


def _is_page(text: str) -> bool:
    """Whether a long line has two different menu items or labels, or a menu before its sentences."""
    edges = text[:3_000] + text[-3_000:] if len(text) > 6_000 else text
    furniture = set(_MENU_OR_LABEL.findall(edges))
    if len(furniture) > 1:
        stop = SENTENCE_END.search(text)
        head = text[: stop.end()] if stop else text
        if _MENU_OR_LABEL.search(head) or any(_FOOT.match(word) for word in furniture):
            return True
    known = word_lists.load()
    run = 0
    for token in text[:MAX_HEAD_CHARS].split(" "):
        run = run + 1 if token in known.sections or token in known.controls else 0
        if run == MIN_MENU_WORDS:
            return SENTENCE_END.search(text) is not None
    title = _TITLE.match(text)
    return title is not None and text.find(title.group(1), title.end()) > 0


def _passages(text: str) -> list[str]:
    """Return the text cut at every copy of its title, and at buttons and labels of several words."""
    title = _TITLE.match(text)
    if title and text.count(title.group(1)) > 1:
        text = text.replace(title.group(1), f"\n{title.group(1)}\n")
    text = _phrases().sub(lambda phrase: f"\n{phrase.group()}\n", text)
    return [passage.strip() for passage in text.split("\n") if passage.strip()]


def _cut_at_phrases(pieces: Sequence[str]) -> list[str]:
    """Cut pieces where they contain a phrase that is a complete piece elsewhere, such as the headline."""
    known = list(
        dict.fromkeys(
            piece
            for piece in pieces
            if 12 <= len(piece) <= 120
            and piece.count(" ") >= MIN_PHRASE_WORDS - 1
            and not SENTENCE_END.search(piece)
        )
    )[:MAX_PHRASES]
    cut: list[str] = []
    for index, piece in enumerate(pieces):
        parts = [piece]
        if index < MAX_SEARCHED_PIECES and len(piece) < MAX_HEAD_CHARS:
            for phrase in known:
                if phrase != piece and phrase in piece:
                    parts = [part for whole in parts for part in _around(whole, phrase)]
        cut.extend(parts)
    return cut


def _around(text: str, phrase: str) -> list[str]:
    """Return a text cut before and behind a phrase that stands between spaces."""
    at = text.find(phrase)
    end = at + len(phrase)
    if at < 0 or (at and text[at - 1] != " ") or (end < len(text) and text[end] != " "):
        return [text]
    return [part for part in (text[:at].strip(), phrase, text[end:].strip()) if part]


def _with_credits(pieces: Iterable[str]) -> list[str]:
    """Return the pieces with each photo credit at the end of its caption, not before the sentence that follows."""
    whole: list[str] = []
    for piece in pieces:
        shown = bool(whole) and whole[-1][-1] in ".'\"’”" and _is_scene(whole[-1])
        credit = _credit().match(piece) if shown else None
        if credit:
            whole[-1] = f"{whole[-1]} {credit.group()}"
            whole.append(piece[credit.end() :].strip())
        else:
            whole.append(piece)
    return [piece for piece in whole if piece]


def _is_scene(text: str) -> bool:
    """Whether a sentence describes a picture: it is in a progressive form, or ends without a verb."""
    return bool(_SCENE.search(text)) or (SENTENCE_END.search(text) is not None and not _TOLD.search(text))


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


def _parts(sentence: str, *, whole: bool) -> list[str]:
    """Return a sentence cut at the menus, labels and times before it.

    One such word alone between others belongs to a headline or to the sentence (경제, 사회). Only the first
    of a passage is read as a whole, and those that hold furniture of their own; of the others, the head.
    """
    if (at := bylines.find_glued(sentence, len(sentence))) is not None:
        return [*_parts(sentence[:at].strip(), whole=True), sentence[at:]]
    headings = list(_HEADING.finditer(sentence))
    if not headings or not (whole or _is_closed(sentence[: headings[0].start()])):
        return _split(sentence, whole=whole)
    pieces: list[str] = []
    start = 0
    for heading in headings:
        pieces.extend(_split(sentence[start : heading.start()].strip(), whole=True))
        pieces.append(heading.group())
        start = heading.end()
    return [*pieces, *_split(sentence[start:].strip(), whole=True)]


def _split(sentence: str, *, whole: bool) -> list[str]:
    """Return a text cut where menu words and other words meet."""
    if not sentence:
        return []
    tokens = sentence.split(" ")
    marks = _marks(tokens)
    if not whole and not _MENU_OR_LABEL.search(sentence):
        marks = _leading(tokens, marks)
    for index, mark in enumerate(marks):
        lonely = (
            mark and not (index and marks[index - 1]) and not (index + 1 < len(marks) and marks[index + 1])
        )
        if lonely and 0 < index < len(marks) - 1 and not _stands_alone(tokens[index]):
            marks[index] = False
    parts: list[list[str]] = []
    for index, token in enumerate(tokens):
        if index and marks[index] == marks[index - 1]:
            parts[-1].append(token)
        else:
            parts.append([token])
    return [" ".join(part) for part in parts]


def _is_closed(text: str) -> bool:
    """Whether a text is empty or complete: it ends in an address or a byline."""
    last = text.split()[-2:]
    return not last or bool(_MAIL.match(last[-1])) or last[-1] in _ROLES or last[-1] in _ADVERT


def _stands_alone(token: str) -> bool:
    return bool(_LABEL.match(token) or _MAIL.match(token) or _FULL_DATE.match(token) or token in _ADVERT)


def _leading(tokens: Sequence[str], marks: Sequence[bool]) -> list[bool]:
    """Keep only the marked words at the start: two or more in a row, or the label of an advertisement.

    A byline, an address and a full date count wherever they stand.
    """
    end = next((index for index, mark in enumerate(marks) if not mark), len(marks))
    kept = [index < end and (end > 1 or tokens[0] in _ADVERT) for index in range(len(marks))]
    for index, (first, second) in enumerate(pairwise(tokens)):
        if second in _ROLES and bylines.is_name(first):
            kept[index] = kept[index + 1] = True
    return [
        kept[index] or bool(_MAIL.match(token) or (_FULL_DATE.match(token) and marks[index]))
        for index, token in enumerate(tokens)
    ]


def _marks(tokens: Sequence[str]) -> list[bool]:
    """Mark the words of menus and buttons, breadcrumbs, labels with their dates, and bylines."""
    known = word_lists.load()
    marks: list[bool] = []
    dated = False
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else ""
        after = tokens[index + 1] if index + 1 < len(tokens) else ""
        if _FULL_DATE.match(token) or (
            _DATE.match(token) and (_LABEL.match(before) or before == ":" or (marks and marks[-1]))
        ):
            dated = True
            marks.append(True)
        elif dated and _CLOCK.match(token):
            marks.append(True)
        else:
            dated = False
            signed = _SIGNED.match(token)
            named = (
                (bylines.is_name(token) and after in _ROLES)
                or (token in _ROLES and bylines.is_name(before))
                or (signed is not None and bylines.is_name(signed.group(1)))
            )
            marks.append(
                token in known.controls
                or bool(_BUTTONS.search(token))
                or token in known.sections
                or bool(_DIVIDER.match(token))
                or before in {">", "›", "»"}
                or bool(_LABEL.match(token))
                or bool(_MAIL.match(token))
                or named
            )
    return marks

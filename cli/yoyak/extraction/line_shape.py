"""The form of a line: prose, a short utterance, or the short text of menus and headings.

Korean news prose ends its sentences with a verb and a full stop. Menus, headings, buttons and lists do not.
This separates the body from most of a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from yoyak.core.patterns import lazy_pattern

Kind = Literal["prose", "weak", "short", "time", "empty"]
"""`prose` has sentences; `weak` is one question, exclamation or very short sentence, body only among prose; `short` has
no sentence; `time` is a date or clock time and nothing else; `empty` has no letter."""

# A full stop after Hangul, a closing quote or bracket, a digit or %: the end of a sentence. A new sentence
# may be glued to it, but not a digit (1.5) and not a Latin letter (No.1, yna.co.kr).
SENTENCE_END = lazy_pattern(
    r"[가-힣)\]”’\"'%℃]\s?[.](?=[\"'”’)\]」』》〉]*(?:$|[\s가-힣“\"‘'(\[<◆■▶▷※△▲◇○●【〈《…·#-]))"
)
_FINITE = lazy_pattern(r"[다요까죠]['\"”’)\]]*$")
_TOLD = lazy_pattern(r"(?:[했였었았]|[한된난긴힌린인]|이)다\s")
_QUESTION = lazy_pattern(r"[?!]['\"”’)\]]*$")
_LETTER = lazy_pattern(r"[가-힣A-Za-z一-龥]")
_HANGUL = lazy_pattern(r"[가-힣]")
_PLAIN = lazy_pattern(r"(?<!니)다[.](?=[\"'”’)\]」』]*(?:\s|$|[가-힣“\"‘'(\[]))")
_POLITE = lazy_pattern(
    r"(?:니다|세요|어요|아요|에요|예요|네요|군요|거든요|데요|고요|시오|까요|죠|지요)[.?!]?['\"”’)\]]*(?=\s|$|[가-힣])"
)
_IMPERATIVE = lazy_pattern(
    r"(?:주세요|하세요|보세요|으세요|마세요|가세요|해요|십시오|시오|바랍니다|부탁드립니다|겠습니까|드립니다|드려요)[.?!~]*['\"”’)\]]*$"
)
_CLOCK = lazy_pattern(
    r"^[(\[<]?\s*(?:20|19)\d\d\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d{1,2}\s?[.일]?"
    r"(?:\s*[(\[]?[월화수목금토일](?:요일)?[)\]]?)?[\sT]*(?:(?:오전|오후|AM|PM|am|pm)\s?)?"
    r"(?:\d{1,2}\s?[:시]\s?\d{1,2}\s?(?:[:분]\s?\d{0,2}\s?초?)?)?(?:\s?(?:AM|PM|am|pm|KST|GMT|[+]09:?00))?\s*[)\]>]?$"
)

MIN_UNSTOPPED_CHARS = 60
"""Characters: a line this long that ends like a verb is prose even without its full stop. Headlines seldom pass 50."""


NOTE_MARKS = frozenset("□○◦■●▪ㅇ·∙-–")
"""Marks that the sentences of an official note begin with."""
_MIN_NOTE_CHARS, _MIN_NOTE_SENTENCES = 15, 2
_MIEUM = 16
"""Number of the final consonant ㅁ in the Unicode order of Hangul syllables."""


class Shape(NamedTuple):
    """The form of a line. `sentences` counts full stops that end a Korean sentence."""

    kind: Kind
    sentences: int
    plain: bool
    """Whether it uses the plain style of newspapers (…다.) and not the polite style of broadcasters and buttons."""


EMPTY = Shape("empty", 0, False)
SHORT = Shape("short", 0, False)
WEAK = Shape("weak", 0, False)
TIME = Shape("time", 0, False)


def read_shape(text: str) -> Shape:
    """Return the shape of a line.

    >>> read_shape("정부는 28일 국무회의를 열고 예산안을 의결했다.").kind
    'prose'
    >>> read_shape("많이 본 뉴스").kind
    'short'
    """
    size = len(text)
    if size < 3 or not _LETTER.search(text):
        return TIME if size > 5 and _CLOCK.match(text) else EMPTY
    stops = SENTENCE_END.findall(text) if "." in text else ()
    if not stops:
        if size < MIN_UNSTOPPED_CHARS:
            if _QUESTION.search(text):
                return WEAK
            return TIME if text[-1] in "0123456789)일분초M" and _CLOCK.match(text) else SHORT
        told = _FINITE.search(text) or _TOLD.search(text)
        return Shape("prose", 1, plain=True) if told and text.count(" ") > size // 12 else SHORT
    if size < 15 or not _HANGUL.search(text):
        return WEAK
    return Shape("prose", len(stops), plain=bool(_PLAIN.search(text)))


def without_stops(shapes: Sequence[Shape], texts: Sequence[str]) -> list[Shape]:
    """Return the shapes of lines, for a text that was stripped of its full stops: a line that ends in a verb is prose.

    The shapes are unchanged if any line has a full stop.
    """
    if any(own.sentences and "." in text for own, text in zip(shapes, texts, strict=True)):
        return list(shapes)
    return [
        Shape("prose", 1, plain=True)
        if own.kind == "short" and len(text) >= 25 and _FINITE.search(text)
        else own
        for own, text in zip(shapes, texts, strict=True)
    ]


def with_nominal_endings(shapes: Sequence[Shape], texts: Sequence[str]) -> list[Shape]:
    """Return the shapes of lines, for an official note: its marked lines end sentences in a noun (계획임, 밝힘).

    The shapes are unchanged unless two lines behind a mark (□, ○) end so.
    """
    marked = [
        at
        for at, text in enumerate(texts)
        if text[0] in NOTE_MARKS
        and text[-1] != text[0]
        and len(text) >= _MIN_NOTE_CHARS
        and text.count(" ") > 2
    ]
    if sum(_ends_in_noun(texts[at]) for at in marked) < _MIN_NOTE_SENTENCES:
        return list(shapes)
    changed = list(shapes)
    for at in marked:
        if changed[at].kind == "short":
            changed[at] = Shape("prose", 1, plain=True)
    return changed


def _ends_in_noun(text: str) -> bool:
    """Whether a line ends in a verb made a noun: its last syllable closes with ㅁ."""
    last = text.rstrip(".)")[-1:]
    return "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 == _MIEUM


def is_polite(text: str) -> bool:
    """Whether a line ends in the polite style: what buttons, dialogs and broadcasters use."""
    return bool(_POLITE.search(text[-12:]))


def is_imperative(text: str) -> bool:
    """Whether a line asks its reader to do something, as buttons and dialogs do."""
    return bool(_IMPERATIVE.search(text[-14:]))


def ends_in_plain_past(text: str) -> bool:
    """Whether a line ends in the plain past, as news does (했다, 밝혔다), and notices, which forbid and offer, do not.

    ㅆ closes the syllable before 다; so it does in 있다 and 겠다, which notices say too.
    """
    end = text.rstrip(".”\"’' ")[-2:]
    return len(end) == 2 and end[1] == "다" and (ord(end[0]) - ord("가")) % 28 == 20 and end[0] not in "있겠"


def ends_in_past(text: str) -> bool:
    """Whether a line ends in the past, plain or polite as broadcasts have it; a dialog's 되었습니다 is none.

    >>> ends_in_past("그는 광고비를 돌려줬습니다."), ends_in_past("주소복사가 완료되었습니다")
    (True, False)
    """
    end = text.rstrip(".”\"’' ")
    if end.endswith("습니다"):
        return not end.endswith("되었습니다") and ends_in_plain_past(end[:-3] + "다")
    return ends_in_plain_past(text)


_OPENING = lazy_pattern(
    r"^(?:을|를|가|은|는|에|의|로|와|과|에서|으로|에게|까지|부터|이라고|라고|이라며|라며|이다|이며)(?=[\s,.])|^[,.)\]”’…]"
)


def continues(text: str) -> bool:
    """Whether a line opens with a particle or closing mark: the rest of a line a converter cut at an element.

    >>> continues("를 열고 예산안을 의결했다.")
    True
    """
    return len(text) >= 4 and bool(_OPENING.match(text))

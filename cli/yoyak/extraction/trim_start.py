"""What sticks to the sentences of a body: captions before and among them. What follows the last is `endings`'s."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from yoyak.core.values import Removal
from yoyak.extraction import word_lists
from yoyak.extraction.line_shape import SENTENCE_END
from yoyak.extraction.names import EMAIL

# A caption glued before the lead: ▲ … ⓒ 홍길동, [… 자료사진], … 있다. 국방부 제공
_OPENING_BRACKET = re.compile(
    r"^[\[(<][^\[\]<>\n]{2,90}?(?:자료사진|사진\s?=[^\])]{0,30}|연합뉴스|뉴시스|뉴스1|로이터|게티이미지\S{0,4}|\s제공|캡처)\s?\)?\s?[\])>]\s*(?=\S)"
)
_OPENING_BUTTON = re.compile(
    r"^(?:이미지|사진|그림)\s?(?:확대\s?보기|크게\s?보기|확대)\s*(?=[가-힣“\"‘'\[(])"
)
_OPENING_WORD = re.compile(
    r"^[(\[/]?\s?사진\s?(?:제공|출처)?\s?[=:ㅣ|]\s?(?:([^\s.]{2,14}?)(?:\s제공)?[)\]]?\s*(?=\1)|[^\s.]{2,24}[)\]]?\s+(?=\S))"
)
# … 있다. 2026.3.4 gildong@example.com /사진=가온통신
_OPENING_STAMP = re.compile(
    rf"^[^\n]{{10,200}}?(?:있다|모습|장면)[.]?\s*20\d\d[.]\s?\d{{1,2}}[.]\s?\d{{1,2}}[.]?\s*(?:{EMAIL.pattern}\s*)?(?:/?\s?사진\s?=\s?[가-힣A-Za-z0-9]{{2,8}}\s+)?(?=\S)"
)
# The outlet on its own text: `이 기사는 …에 게재된 기사입니다.`, and what stands before [편집자주].
_OPENING_NOTE = re.compile(
    r"^(?:이|본)\s(?:기사|콘텐츠|글)[은는]\s[^.\n]{4,100}(?:기사|콘텐츠|보도|글)입니다[.]\s*(?=\S)"
    r"|^\[[^\[\]\n]{8,120}니다[.]?\]\s*(?=\S)"
)
_OPENING_EDITOR = re.compile(r"^[^.\n]{0,160}\[편집자\s?주\]\s*(?=\S)")
# The notice of a font dialog, as flat dumps have it before the first sentence.
_OPENING_FONT = re.compile(
    r"^(?:글자\s?크기\s?(?:설정|조절|변경)?\s?)?(?:가[+-]?\s){0,6}(?:기사의\s)?본문\s?내용은\s이\s글자\s?크기로\s변경됩니다[.]\s*"
)
_OPENING_PREFACE = re.compile(
    r"^(?:■\s?(?:진행|출연|방송|방송일|일시|대담|토크|연결)\s?:\s?[^■*\n]{2,80}){1,7}(?:\*\s?아래\s텍스트는[^.\n]*[.](?:\s?인용\s시[^.\n]*[.])?)?\s*(?=\S)"
)
_OPENING_WIRE = re.compile(r"^.{10,300}?\*\s?재판매 및 DB 금지\s*")
# Credits among sentences: ▲ … ⓒ 홍길동 in one paragraph with the body, `설명. [사진 회사]` before the next sentence.
_INLINE_MARK = re.compile(r"[▲△]\s?[^▲△ⓒ©\n]{4,260}?[ⓒ©]\s?")
_INLINE_BRACKET = re.compile(r"[\[(〔]\s?사진(?:\s?[=:ㅣ|,·]|\s|제공|출처|자료)[^\])〕\n]{0,40}[\])〕]")

# `사진=나라해운 제공나라해운은 …`: the credit ends where the name begins again.
_INLINE_ECHO = re.compile(r"/?사진\s?[=:ㅣ|]\s?([가-힣A-Za-z0-9&·]{2,14}?)(?:\s?제공)?(?=\1)")


class Trimmed(NamedTuple):
    """A paragraph without what stuck to it, what that was, and who it named."""

    text: str
    removed: tuple[Removal, ...]
    reporters: tuple[str, ...] = ()
    press: str | None = None


@lru_cache(maxsize=1)
def _opening_credit() -> re.Pattern[str]:
    agencies = word_lists.load().agencies
    owned = rf"(?:{agencies})(?=[가-힣“\"‘'\[(])(?![가는은이의에와과를을도로만]|닷컴)"
    return re.compile(
        rf"^(?:[^.\n]{{2,40}}(?<![다요죠까])[.]\s|[ⓒ©]\s?)?{owned}|^[^.\n]{{10,200}}(?:있다|모습|전경|장면)[.]?\s(?:[가-힣A-Za-z0-9·&]{{2,14}}(?:\s[가-힣A-Za-z]{{2,10}})?\s제공|(?:{agencies})(?=[가-힣A-Z“\"‘'\[(]))\s*"
    )


@lru_cache(maxsize=1)
def _owner() -> re.Pattern[str]:
    """Whose a photo is, after ⓒ: an agency, a name of three syllables glued to what follows, or words to the end."""
    agencies = word_lists.load().agencies
    return re.compile(
        rf"(?:{agencies})|[가-힣]{{3}}(?=[가-힣\"“'‘(\[])|[가-힣A-Za-z0-9·() ]{{2,24}}(?=$|[▲△])|[가-힣A-Za-z]{{2,8}}(?=\s)"
    )


def trim_start(text: str) -> Trimmed:
    """Cut captions and notes that are glued before the first sentence."""
    removed: list[Removal] = []
    for rule, sign, pattern in (
        ("control", "", _OPENING_BUTTON),
        ("interface", "글자", _OPENING_FONT),
        ("caption", "", _OPENING_BRACKET),
        ("caption", "", _OPENING_WORD),
        ("caption", "", _opening_credit()),
        ("caption", "재판매", _OPENING_WIRE),
        ("caption", "20", _OPENING_STAMP),
        ("promotion", "니다", _OPENING_NOTE),
        ("credits", "■", _OPENING_PREFACE),
        ("promotion", "편집자", _OPENING_EDITOR),
    ):
        match = pattern.match(text) if sign in text[:300] else None
        if match and len(text) - match.end() > 20:
            removed.append(Removal(rule, match.group().strip()))
            text = text[match.end() :]
    return Trimmed(text, tuple(removed))


def cut_inside(text: str) -> tuple[list[str], list[Removal]]:
    """Cut captions that stand among the sentences of one paragraph; the pieces between are slices of it."""
    spans: list[tuple[int, int]] = []
    if "ⓒ" in text or "©" in text:
        for match in _INLINE_MARK.finditer(text):
            if match.group()[0] == "△" and len(SENTENCE_END.findall(match.group())) > 1:
                continue  # a list's triangle, and who owns the article
            owner = _owner().match(text, match.end())
            spans.append((match.start(), owner.end() if owner else match.end()))
    if "사진" in text:
        spans.extend(
            (_caption_start(text, match.start()), match.end())
            for match in (*_INLINE_BRACKET.finditer(text), *_INLINE_ECHO.finditer(text))
        )
    pieces: list[str] = []
    removed: list[Removal] = []
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        pieces.append(text[at:start].strip())
        removed.append(Removal("caption", text[start:end].strip()))
        at = end
    pieces.append(text[at:].strip())
    return [piece for piece in pieces if piece], removed


def _caption_start(text: str, credit: int) -> int:
    """Where the caption before a credit begins: after the last sentence of the body, or at the credit itself."""
    head = text[max(0, credit - 220) : credit].rstrip()
    offset = max(0, credit - 220)
    ends = [stop.end() for stop in SENTENCE_END.finditer(head)]
    if ends and ends[-1] == len(head):
        ends.pop()
        own_sentence = True
    else:
        own_sentence = False
    start = ends[-1] if ends else 0
    caption = head[start:].strip()
    telling = (
        own_sentence and caption.endswith(("다.", "요.")) and not caption.endswith(("있다.", "모습이다."))
    )
    return credit if telling or len(caption) > 160 else offset + start

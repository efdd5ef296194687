"""Trim what is glued to the sentences of a body: captions and notes before and among them, bylines and calls behind them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Removal
from yoyak.extraction import bylines, word_lists
from yoyak.extraction.bylines import EMAIL, ROLE
from yoyak.extraction.line_shape import SENTENCE_END

# A caption glued before the lead: ▲ … ⓒ 홍길동, [… 자료사진], … 있다. 국방부 제공
_OPENING_BRACKET = lazy_pattern(
    r"^[\[(<][^\[\]<>\n]{2,90}?(?:자료사진|사진\s?=[^\])]{0,30}|연합뉴스|뉴시스|뉴스1|로이터|게티이미지\S{0,4}|\s제공|캡처)\s?\)?\s?[\])>]\s*(?=\S)"
)
_OPENING_BUTTON = lazy_pattern(
    r"^(?:이미지|사진|그림)\s?(?:확대\s?보기|크게\s?보기|확대)\s*(?=[가-힣“\"‘'\[(])"
)
_OPENING_WORD = lazy_pattern(
    r"^[(\[/]?\s?사진\s?(?:제공|출처)?\s?[=:ㅣ|]\s?(?:([^\s.]{2,14}?)(?:\s제공)?[)\]]?\s*(?=\1)|[^\s.]{2,24}[)\]]?\s+(?=\S))"
)
# … 있다. 2026.3.4 gildong@example.com /사진=가온통신
_OPENING_STAMP = lazy_pattern(
    rf"^[^\n]{{10,200}}?(?:있다|모습|장면)[.]?\s*20\d\d[.]\s?\d{{1,2}}[.]\s?\d{{1,2}}[.]?\s*(?:{EMAIL.pattern}\s*)?(?:/?\s?사진\s?=\s?[가-힣A-Za-z0-9]{{2,8}}\s+)?(?=\S)"
)
# The outlet on its own text: `이 기사는 …에 게재된 기사입니다.`, and what stands before [편집자주].
_OPENING_NOTE = lazy_pattern(
    r"^(?:이|본)\s(?:기사|콘텐츠|글)[은는]\s[^.\n]{4,100}(?:기사|콘텐츠|보도|글)입니다[.]\s*(?=\S)"
    r"|^\[[^\[\]\n]{8,120}니다[.]?\]\s*(?=\S)"
)
_OPENING_EDITOR = lazy_pattern(r"^[^.\n]{0,160}\[편집자\s?주\]\s*(?=\S)")
# The notice of a font dialog, as flat dumps have it before the first sentence.
_OPENING_FONT = lazy_pattern(
    r"^(?:글자\s?크기\s?(?:설정|조절|변경)?\s?)?(?:가[+-]?\s){0,6}(?:기사의\s)?본문\s?내용은\s이\s글자\s?크기로\s변경됩니다[.]\s*"
)
_OPENING_PREFACE = lazy_pattern(
    r"^(?:■\s?(?:진행|출연|방송|방송일|일시|대담|토크|연결)\s?:\s?[^■*\n]{2,80}){1,7}(?:\*\s?아래\s텍스트는[^.\n]*[.](?:\s?인용\s시[^.\n]*[.])?)?\s*(?=\S)"
)
_OPENING_WIRE = lazy_pattern(r"^.{10,300}?\*\s?재판매 및 DB 금지\s*")
# Credits among sentences: ▲ … ⓒ 홍길동 in one paragraph with the body, `설명. [사진 회사]` before the next sentence.
_INLINE_MARK = lazy_pattern(r"[▲△]\s?[^▲△ⓒ©\n]{4,260}?[ⓒ©]\s?")
_INLINE_BRACKET = lazy_pattern(r"[\[(〔]\s?사진(?:\s?[=:ㅣ|,·]|\s|제공|출처|자료)[^\])〕\n]{0,40}[\])〕]")

# `사진=나라해운 제공나라해운은 …`: the credit ends where the name begins again.
_INLINE_ECHO = lazy_pattern(r"/?사진\s?[=:ㅣ|]\s?([가-힣A-Za-z0-9&·]{2,14}?)(?:\s?제공)?(?=\1)")

# Calls for tips, subscriptions and disclaimers, glued or not to the last sentence. Each phrase is the outlet
# speaking of itself. A report that quotes one goes on afterwards.
_CALL = lazy_pattern(
    r"(?<=[.!?\"'”’)\]>…다요\s])\s*(?:"
    r"[■▶※◆◇▷☎★●\[<(【*#-]*\s?['\"‘“]?(?:당신의\s제보|여러분의\s제보|제보\s?하기|제보하실|시청자\s여러분의|독자\s여러분의\s(?:소중한|제보)|기사\s?제보|기사문의|카카오톡\s?제보|발로\s뛰는\s[^.]{0,30}제보)"
    r"|[※■▶◆◇]\s?[^\n.]{0,40}?(?:제보를|제보는|제보로|제보\s:|구독해|구독하기|채널\s?추가|뉴스레터|무단\s?전재|저작권|온라인\s?기사|자살예방|상담전화|홈페이지|바로가기|기사보기|더\s?보기)"
    r"|[가-힣A-Za-z]{2,10}(?:\s?뉴스)?[은는]\s(?:24시간\s)?(?:시청자|독자)?\s?여러분의\s제보"
    r"|덧붙이는\s글\s?[|ㅣ]"
    r"|※\s?(?:우울|이\s?기사|본\s?기사|자세한|취재)"
    r"|[▶▷☞➡👉]\s?[^\n.]{0,60}?(?:https?:|www[.]|구독하기|채널\s?추가|기사\s?보기|바로\s?가기|클릭)"
    r"|(?:[<〈\[(]\s?)?(?:저작권자\s?[(ⓒ©]|Copyright\s?[(ⓒ©]|무단\s?전재)"
    r")"
)
_WRITERS = r"(?:인턴|수습|선임|전문|객원|시민)?기자|특파원|논설위원|앵커|아나운서|PD"
_CREWS = r"영상|촬영|편집|디자인|그래픽|자막|사진|화면"
_SENTENCE = lazy_pattern(r"[다요죠까임]\s?[.?!][\"'”’)\]]*")
# What no sentence of a report has: an address, an owner, a reporter's name, a credit, a telephone, a mark of a link.
_FOREIGN = lazy_pattern(
    rf"{EMAIL.pattern}|[ⓒ©☎☏]|저작권자|무단\s?전재|https?:|www[.]|[가-힣]{{2,4}}\s?(?:{_WRITERS})(?![가-힣,])"
    rf"|(?:{_CREWS}|이메일|홈페이지|카카오톡|PD|VJ)\S{{0,4}}\s?[:;=/ㅣ|]|(?:영상취재|영상편집|촬영기자|VJ)\s[가-힣]{{2,4}}|^\s*[▶☞※👉]|^\s*[/|]\s?[가-힣]{{2,4}}\s"
)
# What may be all that stands behind the last sentence: a bracket of the page's own, the word for the end, an address.
_REST = lazy_pattern(
    r"[\[<(〈【][^\[\]<>〈〉【】]{0,60}(?:기사|기자|AI|플랫폼|동영상|사진|자료|끝|정리|옮김|작성)[^\[\]<>〈〉【】]{0,40}[\]>)〉】](?:\s?전체\s목록\s보기)?"
    r"|\S{0,2}끝\S?|.{0,200}https?:\S+"
)
_MAX_STUB_CHARS = 25
"""Characters of a name or a word that is left of a call: `가온뉴스TV`, `※가온뉴스는`."""
_MARKED = lazy_pattern(r"\s*[※■▶◆◇▷][^※■▶◆◇▷.]{0,20}$")
_FILMED = lazy_pattern(_CREWS)
_MAX_SIGN_DISTANCE = 40
"""Characters behind a sentence within which such a sign makes all of it no piece of the report."""
_CALL_WORDS = (
    "제보",
    "덧붙이는",
    "구독",
    "기사문의",
    "▶",
    "▷",
    "☞",
    "➡",
    "👉",
    "※",
    "■",
    "◆",
    "◇",
    "저작권",
    "Copyright",
    "무단",
)
_MAX_CALL_CHARS = 700
_PLAIN_END = lazy_pattern(r"(?<!니)다[.]")
_TAGS = lazy_pattern(r"\s*(?:#[^\s#]{1,20}\s*){2,}$|(?<=[.!?\"”)\]])\s*(?:#[^\s#]{1,30}\s*)+$")
_MAIL = lazy_pattern(
    rf"(?<=[.!?\"'”’)\]>…\s])\s*(?:[/|]\s?)?(?:[가-힣·,=\s]{{0,12}}\s)?(?:{ROLE}\s?)?[(\[<]?{EMAIL.pattern}[)\]>]?\s*[.]?\s*$"
)
_BYLINE = lazy_pattern(
    rf"(?<=[.!?\"'”’)\]>])\s*[/\[(<|■▶·-]*\s?(?:글[·=\s]|취재[·=\s]|[가-힣]{{2,4}}\s?=\s?)?(?:[가-힣]{{2,8}}\s)?(?:[가-힣]{{2,4}}\s?[·,/ㆍ]\s?)*[가-힣]{{2,4}}\s?{ROLE}(?:[\s,·]+[가-힣]{{2,4}}\s?{ROLE})*[\])>]?\s*(?:/\s?사진\s?[=:]\s?\S.{{0,20}})?\s*$"
)
_CREDIT = lazy_pattern(
    r"(?<=[.!?\"'”’)\]])\s*[(\[<【]\s*(?:사진|자료|그래픽|영상|이미지|출처|도움말|참고|촬영|취재|편집|디자인|자막|화면|제작|글·|구성)[^)\]>】\n]{0,80}[)\]>】]\s*$"
    r"|(?<=[.!?\"”)])\s*/?\s?사진\s?[=:]\s?[^.\n]{2,30}$|(?<=[.!?\"”)])\s*[ⓒ©]\s?[^.\n]{2,30}$"
)
_DESK = lazy_pattern(
    r"(?<=[.!?\"”)])\s*[<〈\[(][가-힣A-Za-z·\s]{2,10}(?:부|팀|국|실|본부|데스크|편집국|뉴스룸)[>〉\])]\s*$"
)
_ROLES = (
    "기자",
    "위원",
    "특파원",
    "칼럼니스트",
    "통신원",
    "리포터",
    "앵커",
    "아나운서",
    "캐스터",
    "에디터",
    "PD",
    "피디",
    "국장",
    "장",
)
# Rule, what must stand in the last words for it to be worth looking, pattern.
_ENDINGS = (
    ("tags", ("#",), _TAGS),
    ("byline", ("@",), _MAIL),
    ("byline", _ROLES, _BYLINE),
    ("caption", ("사진", "]", ")", "ⓒ", "©", ">", "】"), _CREDIT),
    ("byline", (">", "〉", "]", ")"), _DESK),
)

_UNFINISHED = lazy_pattern(r"[가-힣A-Za-z0-9](?<![다요죠까네지군])\s?(?:…|[.]{2,})$")

_AUTHOR = lazy_pattern(
    r"^[▲△※■]?\s?([가-힣]{2,4})\s[^.,\"“]{0,24}(?:작가|교수|시인|소설가|변호사|평론가|칼럼니스트|연구위원|연구원|대표|원장|소장|박사|화가|의사|번역가|전문의)[.]\s(?=\S)"
)
_MAX_NOTE_CHARS = 240
"""Characters of the longest note on an author."""


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


def trim_end(text: str) -> Trimmed:
    """Cut credits, addresses, calls and tags from the end of a body.

    >>> trim_end("예산안을 의결했다고 밝혔다. gildong@example.co.kr").text
    '예산안을 의결했다고 밝혔다.'
    """
    removed: list[Removal] = []
    found: dict[str, None] = {}
    press: str | None = None
    if (behind := _behind(text)) is not None:
        piece = text[behind:].strip()
        found.update(dict.fromkeys(bylines.reporters(_FILMED.split(piece, maxsplit=1)[0])))
        press = _press_of(piece)
        removed.append(Removal("byline" if found or EMAIL.match(piece) else "promotion", piece))
        text = text[:behind]
    call = _call(text)
    if call is not None:
        removed.append(Removal("promotion", text[call:].strip()))
        press = _press_of(text[call:]) or press
        text = text[: _before_stub(text[:call])].rstrip(" ■▶※◆◇▷")
    for _ in range(4):
        cut = _last(text)
        if cut is None:
            break
        rule, start = cut
        piece = text[start:].strip()
        for name in bylines.reporters(piece):
            found[name] = None
        press = _press_of(piece) or press
        removed.append(Removal(rule, piece))
        text = text[:start].rstrip()
    return Trimmed(text, tuple(removed), tuple(found), press)


def _press_of(piece: str) -> str | None:
    """Return the outlet that a byline at the end of a sentence names in its brackets: [가온신문 홍길동 기자]."""
    opening = bylines.read_dateline(piece) if piece[0] in "[(【<" else None
    return opening.press if opening else None


def _behind(text: str) -> int | None:
    """Where a sentence ends behind which no piece of the report stands: a sign of that follows, and no sentence that tells."""
    if text.endswith("다."):
        return None
    start = max(0, len(text) - _MAX_CALL_CHARS)
    ends = [sentence.end() for sentence in _SENTENCE.finditer(text, start)]
    told = text.rfind("다.", start)
    for end, following in pairwise([*ends, len(text)]):
        if end > told and _is_foreign(text[end:following], last=following == len(text)):
            return end
    return None


def _is_foreign(piece: str, *, last: bool) -> bool:
    """Whether what stands between the ends of two sentences, or behind the `last`, is no piece of the report."""
    sign = _FOREIGN.search(piece)
    if sign and sign.start() <= _MAX_SIGN_DISTANCE:
        return True
    rest = piece.strip()
    return last and bool(rest) and bool(_REST.fullmatch(rest) or bylines.is_signature(rest))


def _before_stub(text: str) -> int:
    """Where a text ends without the name or word that a call behind it has left of its sentence."""
    if marked := _MARKED.search(text):
        return marked.start()
    end = 0
    for sentence in _SENTENCE.finditer(text, max(0, len(text) - 4 * _MAX_STUB_CHARS)):
        end = sentence.end()
    return end if end and len(text) - end <= _MAX_STUB_CHARS else len(text)


def _call(text: str) -> int | None:
    """Where the first call begins after which no report goes on."""
    tail = text[-_MAX_CALL_CHARS:]
    if not any(mark in tail for mark in _CALL_WORDS):
        return None
    for match in _CALL.finditer(text, max(0, len(text) - _MAX_CALL_CHARS)):
        if match.start() > 0 and len(_PLAIN_END.findall(text, match.end())) <= 1:
            return match.start()
    return None


def _last(text: str) -> tuple[str, int] | None:
    """Return the rule and start of the piece at the very end that is no part of the body."""
    if text.endswith(("다.", "요.")):
        return None
    start = max(0, len(text) - 160)
    end = text[start:]
    for rule, signs, pattern in _ENDINGS:
        match = pattern.search(end) if any(sign in end for sign in signs) else None
        if match and text[: start + match.start()].strip():
            return rule, start + match.start()
    return None


def is_author_note(paragraph: str) -> bool:
    """Whether a last paragraph says who wrote the column: it opens with a name and a calling, and no verb.

    >>> is_author_note("한아름 동화 작가. 2009년 첫 책을 냈다.")
    True
    """
    match = _AUTHOR.match(paragraph) if len(paragraph) <= _MAX_NOTE_CHARS else None
    return match is not None and bylines.is_name(match.group(1))


def is_unfinished(paragraph: str) -> bool:
    """Whether a paragraph ends in a sentence that its source cut.

    >>> is_unfinished("예산안을 의결했다. 시는 내년 봄까지 새 도서…"), is_unfinished("봄은 다시 온다…")
    (True, False)
    """
    return bool(_UNFINISHED.search(paragraph[-20:]))

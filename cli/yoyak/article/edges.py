"""What sticks to the first and last words of a body: decks and captions before it, credits and calls after it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from yoyak.article import names, words
from yoyak.article.names import EMAIL, ROLE
from yoyak.model import Removal

_AFTER = r"(?<=[.!?\"'”’)\]>…])"
# Calls for tips, subscriptions and disclaimers, glued or not to the last sentence.
_CALL = re.compile(
    r"(?<=[.!?\"'”’)\]>…다요\s])\s*(?:"
    r"[■▶※◆◇▷☎★●\[<(【*#-]*\s?['\"‘“]?(?:당신의\s제보|여러분의\s제보|제보\s?하기|제보하실|시청자\s여러분의|독자\s여러분의|기사\s?제보|기사문의|카카오톡\s?제보|발로\s뛰는)"
    r"|[※■▶◆◇]\s?[^\n]{0,40}?(?:제보|구독|채널|뉴스레터|카카오톡|무단|저작권|온라인\s?기사|자살예방|상담|이메일|홈페이지|바로가기|기사보기|더\s?보기)"
    r"|[▶▷☞➡👉]\s?[^\n]{0,60}?(?:https?:|www[.]|구독|제보|채널|기사|영상|바로|보기|클릭|앱|뉴스|카카오|네이버|유튜브)"
    r"|\[(?:영상|촬영|취재|편집|그래픽|사진|디자인|자막|화면|제작|글)[^\]\n]{0,60}\]|\((?:영상|촬영|취재|편집|화면|디자인|글·구성)[^)\n]{0,80}\)|<(?:영상|촬영|취재|편집)[^>\n]{0,60}>"
    r"|(?:저작권자|Copyright|무단\s?전재|[ⓒ©])"
    r")"
)
_TAGS = re.compile(r"\s*(?:#[^\s#]{1,20}\s*){2,}$|(?<=[.!?\"”)\]])\s*(?:#[^\s#]{1,30}\s*)+$")
_MAIL = re.compile(rf"{_AFTER}?\s*(?:[/|]\s?)?(?:[가-힣·,\s]{{0,12}}\s)?(?:{ROLE}\s?)?[(\[<]?{EMAIL.pattern}[)\]>]?\s*[.]?\s*$")
_BYLINE = re.compile(
    rf"(?<=[.!?\"'”’)\]>])\s*[/\[(<|■▶·-]*\s?(?:글[·=\s]|취재[·=\s]|[가-힣]{{2,4}}\s?=\s?)?(?:[가-힣]{{2,8}}\s)?(?:[가-힣]{{2,4}}\s?[·,/ㆍ]\s?)*[가-힣]{{2,4}}\s?{ROLE}(?:[\s,·]+[가-힣]{{2,4}}\s?{ROLE})*[\])>]?\s*(?:/\s?사진\s?[=:]\s?\S.{{0,20}})?\s*$"
)
_CREDIT = re.compile(r"(?<=[.!?\"'”’)\]])\s*[(\[<【]\s*(?:사진|자료|그래픽|영상|이미지|출처|도움말|자료제공|참고)[^)\]>】\n]{0,50}[)\]>】]\s*$|(?<=[.!?\"”)])\s*/?\s?사진\s?[=:]\s?[^.\n]{2,30}$")
_DESK = re.compile(r"(?<=[.!?\"”)])\s*[<〈\[(][가-힣A-Za-z·\s]{2,10}(?:부|팀|국|실|본부|데스크|편집국|뉴스룸)[>〉\])]\s*$")
_SIGN_OFF = re.compile(
    r"(?:^|(?<=[.!?\"”’\])>]))\s*(?:지금까지\s[^.]{0,40}?)?(?:[A-Za-z가-힣0-9]{2,8}\s?(?:뉴스\s?)?)\s?([가-힣]{2,4})(?:\s?기자)?(?:였|이었)?(?:입니다|습니다)[.]?\s*$"
)
# A caption glued before the lead: ▲ … ⓒ 홍길동, [… 자료사진], … 있다. 국방부 제공
_OPENING_MARK = re.compile(r"^[▲△▴][^ⓒ©\n]{5,240}?(?:[ⓒ©]\s?(?:[가-힣]{3}(?=[가-힣\s])|[A-Za-z가-힣0-9 ]{2,20}(?=\s{2}|$)|연합뉴스|뉴시스)|[\[(]\s?사진[^\])]{0,40}[\])])\s*")
_OPENING_BRACKET = re.compile(r"^[\[(<][^\[\]<>\n]{2,90}?(?:자료사진|사진\s?=[^\])]{0,30}|연합뉴스|뉴시스|뉴스1|로이터|게티이미지\S{0,4}|\s제공|캡처)\s?\)?\s?[\])>]\s*(?=\S)")
_OPENING_WORD = re.compile(r"^[(\[]?사진\s?(?:제공|출처)?\s?[=:]\s?[^\s.]{2,24}[)\]]?\s+(?=\S)")


@lru_cache(maxsize=1)
def _opening_credit() -> re.Pattern[str]:
    agencies = words.load().agencies
    return re.compile(rf"^[^.\n]{{10,200}}(?:있다|모습|전경|장면)[.]?\s(?:[가-힣A-Za-z0-9·&]{{2,14}}(?:\s[가-힣A-Za-z]{{2,10}})?\s제공|(?:{agencies})(?=[가-힣A-Z“\"‘'\[(]))\s*")


class Trimmed(NamedTuple):
    """A paragraph without what stuck to it, what that was, and who it named."""

    text: str
    removed: tuple[Removal, ...]
    reporters: tuple[str, ...] = ()
    press: str | None = None


def trim_end(text: str) -> Trimmed:
    """Cut credits, addresses, calls and tags from the end of a body.

    >>> trim_end("예산안을 의결했다고 밝혔다. gildong@example.co.kr").text
    '예산안을 의결했다고 밝혔다.'
    """
    removed: list[Removal] = []
    found: dict[str, None] = {}
    press: str | None = None
    window = max(0, len(text) - 700)
    if (call := _CALL.search(text, window)) and call.start() > 0:
        removed.append(Removal("promotion", text[call.start() :].strip()))
        text = text[: call.start()].rstrip()
    for _ in range(4):
        cut = _last(text)
        if cut is None:
            break
        rule, start = cut
        piece = text[start:].strip()
        for name in names.reporters(piece) or _signed(piece):
            found[name] = None
        press = press or names.press_of_email(piece)
        removed.append(Removal(rule, piece))
        text = text[:start].rstrip()
    return Trimmed(text, tuple(removed), tuple(found), press)


def _last(text: str) -> tuple[str, int] | None:
    """The rule and start of the piece at the very end that is no part of the body."""
    start = max(0, len(text) - 160)
    end = text[start:]
    for rule, pattern in _ENDINGS:
        match = pattern.search(end)
        if match and start + match.start() > 0 and text[start : start + match.start()].strip():
            return rule, start + match.start()
    return None


def _signed(piece: str) -> tuple[str, ...]:
    match = _SIGN_OFF.search(piece)
    return (match.group(1),) if match and names.is_name(match.group(1)) else ()


_ENDINGS = (("tags", _TAGS), ("byline", _MAIL), ("byline", _BYLINE), ("caption", _CREDIT), ("byline", _DESK))


def trim_start(text: str) -> Trimmed:
    """Cut a caption that is glued before the first sentence."""
    for pattern in (_OPENING_MARK, _OPENING_BRACKET, _OPENING_WORD, _opening_credit()):
        match = pattern.match(text)
        if match and len(text) - match.end() > 20:
            return Trimmed(text[match.end() :], (Removal("caption", match.group().strip()),))
    return Trimmed(text, ())

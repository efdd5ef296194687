"""Broadcast scripts: remove the tags that name the speaker, keep what is said, and read the reporter and the station."""

from __future__ import annotations

from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Removal
from yoyak.extraction import bylines

_SPEAKER = r"앵커\s?멘트|앵커|남녀\s?앵커|기자|리포트|리포터|아나운서|캐스터|인터뷰|녹취|현장음|질문|답변|진행자|진행|출연자|출연|VCR|INT|SYN|Int|영상|스튜디오|클로징|오프닝|내레이션|자막|PD"
_HEARD = r"[<\[〈【]\s?(?:인터뷰|녹취|현장음|싱크|INT|SYN)\s?[>\]〉】]\s*"
_TAG = lazy_pattern(
    rf"\s*(?:▶\s?(?:인터뷰|스탠딩|녹취|현장음)\s?:\s?[^\"“”\n]{{2,60}}?(?:-\s?)?(?=[\"“])|{_HEARD}[^\"“”<>\n]{{2,50}}?:\s?(?=[\"“])|⊙\s?[^:⊙\n]{{2,30}}:|\[\s?(?:{_SPEAKER})\s?\d?\s?\]|【\s?(?:{_SPEAKER})\s?】|◀\s?(?:{_SPEAKER})\s?▶|<\s?(?:{_SPEAKER})\s?>|〈\s?(?:{_SPEAKER})\s?〉|《\s?(?:{_SPEAKER})\s?》)\s*:?\s*"
)
# Interview name tags: <홍길동/서울시 마포구> "…", [홍길동/변호사 : "…"], ◀INT▶ 홍길동/주민 "…"
_NAME_TAG = lazy_pattern(
    r"\s*[<〈\[](?!\s?(?:사진|자료|영상|그래픽))([^<>〈〉\[\]\n\"“”]{2,40}[/／][^<>〈〉\[\]\n\"“”]{2,40}?)\s?(?:[>〉\]]|:\s?(?=[\"“][^\]]{2,400}\]))\s*(?=[\"“(])"
)
_SIGN_OFF = lazy_pattern(
    r"(?:^|(?<=[.!?\"”’\])>]))\s*(?:지금까지\s[^.]{0,40}?\s)?(?P<house>[A-Z가-힣][A-Za-z가-힣0-9]{1,7}\s?뉴스|[A-Z]{2,5}(?:\s?TV)?|[가-힣A-Z]{2,8}(?:TV|방송))\s?(?P<name>[가-힣]{2,4})(?:\s?기자)?(?:이었습니다|였습니다|입니다)"
)
_STATION = lazy_pattern(r"([A-Z]{2,5})\s?뉴스")
_REPORTS = lazy_pattern(
    r"(?:^|(?<=[.!?\"”]))\s*([가-힣]{2,4})\s?(?:기자|특파원)(?:가|의)?\s?(?:보도합니다|보도입니다|취재했습니다|단독\s?보도합니다|입니다|전합니다)[.]"
)


_WHOLE = lazy_pattern(
    r"^[\[<(]([^\[\]<>\"“”:]{2,40}?)\s?[:：]\s?(?=[\"“])(.+[\"”])\s?[\]>)]$"
    r"|^\[([^\[\]<>\"“”:/]{2,30}/[^\[\]<>\"“”:]{2,40}?)\s?[:：]\s?([^\[\]]{4,})\]$"
)
_CLOSING = lazy_pattern(r"(?<=[.!?…\"”])\s?\]")
_QUOTED = lazy_pattern(rf"^(?:⊙\s?[^:⊙]{{2,30}}:|{_HEARD}[^\"“”<>]{{2,50}}?:\s?[\"“])")
_SPEAKER_LINE = lazy_pattern(
    rf"^(?:{_SPEAKER})\s?>(?:\s[^.>]{{2,40}})?$|^(?:[\[【◀<〈《(]\s?(?:{_SPEAKER})\s?\d?\s?[\]】▶>〉》)]|[\[<〈◀【](?!\s?(?:사진|자료|영상|그래픽))[^<>〈〉\[\]\n]{{2,40}}[/／][^<>〈〉\[\]\n]{{2,40}}[>〉\]▶】])\s?:?$"
)


def is_tag(text: str) -> bool:
    """Whether a line is only a tag that names the speaker.

    >>> is_tag("◀ 리포트 ▶"), is_tag("[문가람/급식 조리사]")
    (True, True)
    """
    return bool(_SPEAKER_LINE.match(text))


def is_spoken(text: str) -> bool:
    """Whether a line is one name tag with what that person says.

    >>> is_spoken("[위솔/연구원 : 물이 먼저 맑아져야 물고기가 돌아옵니다….]")
    True
    """
    return text[0] in "[<(〈【⊙" and bool(_WHOLE.match(text) or _QUOTED.match(text))


def is_script(text: str) -> bool:
    """Whether a text contains a tag that names the speaker.

    >>> is_script("[앵커]오늘 첫 소식입니다.")
    True
    """
    return bool(("앵커" in text or "기자" in text or "리포트" in text or "⊙" in text) and _TAG.search(text))


def split(paragraph: str) -> tuple[list[str], list[Removal], list[str]]:
    """Cut a paragraph at its tags. Return what is said, the tags, and the reporters who sign off or are announced."""
    removed: list[Removal] = []
    if whole := _WHOLE.match(paragraph):
        return [whole.group(2) or whole.group(4)], [Removal("speaker", whole.group(1) or whole.group(3))], []
    reporters = [name for match in _REPORTS.finditer(paragraph) if bylines.is_name(name := match.group(1))]
    pieces: list[str] = []
    at = 0
    cuts = [*_TAG.finditer(paragraph), *_NAME_TAG.finditer(paragraph)]
    reporters += [match["name"] for match in _SIGN_OFF.finditer(paragraph) if bylines.is_name(match["name"])]
    cuts += [
        closing
        for cut in cuts
        if ":" in cut.group() and (closing := _CLOSING.search(paragraph, cut.end(), cut.end() + 600))
    ]
    for match in sorted(cuts, key=lambda cut: cut.start()):
        if match.start() < at:
            continue
        pieces.append(paragraph[at : match.start()].strip())
        removed.append(Removal("speaker", match.group().strip()))
        at = match.end()
    pieces.append(paragraph[at:].strip())
    return [piece for piece in pieces if piece], removed, reporters


def station(text: str) -> str | None:
    """Return the station a reporter signs off for, or None.

    >>> station("지금까지 가온항에서 GBN 뉴스 하늘찬입니다.")
    'GBN'
    """
    for match in _SIGN_OFF.finditer(text):
        house = match["house"]
        called = _STATION.fullmatch(house)
        if bylines.is_name(match["name"]) and (called or bylines.is_press(house)):
            spoken = house.removesuffix("뉴스").rstrip()  # 가온방송 뉴스
            return called.group(1) if called else spoken if bylines.is_press(spoken) else house
    return None


def is_sign_off(text: str) -> bool:
    """Whether a paragraph is nothing but a reporter's sign-off.

    >>> is_sign_off("GBN 뉴스 하늘찬입니다."), is_sign_off("지금까지 가온항에서 GBN 뉴스 하늘찬이었습니다.")
    (True, True)
    """
    match = _SIGN_OFF.match(text)
    return match is not None and not text[match.end() :].strip(" .") and bylines.is_name(match["name"])

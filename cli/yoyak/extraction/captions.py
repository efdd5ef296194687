"""Recognize photo captions by their mark, their credit or their ending."""

from __future__ import annotations

import re
from functools import lru_cache

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import broadcast, bylines, word_lists
from yoyak.extraction.line_shape import Shape

MAX_CAPTION_CHARS = 260
"""Captions of wire photos have up to 200 characters; a longer paragraph with a credit holds a sentence of the body."""

_PICTURE = r"(?:사진|그래픽|자료|영상|이미지|출처|촬영|일러스트|삽화|캡처|도표|표)"
_BRACKET = lazy_pattern(
    rf"[\[(<〈【［]\s*(?:{_PICTURE}[^\])>〉】］]{{0,60}}|[^\])>〉】］]{{0,50}}(?:제공|자료사진|캡처|캡쳐|갈무리|DB|촬영|연합뉴스|뉴시스|뉴스1|로이터|AFP|게티이미지\S{{0,4}}))\s*[\])>〉】］]\s*[.]?$"
)
_PICTURED = lazy_pattern(rf"[\[(<〈【]\s*(?:{_PICTURE}|제공|설명|캡션)+(?![가-힣])")
_CREDIT_LINE = lazy_pattern(
    rf"^[\[(<〈【/▲△↑■※\s]*{_PICTURE}\s?(?:출처|제공|촬영|설명|자료|캡처|=|:|/|ㅣ|\||-|–|·)\s*(?:출처|제공|촬영|설명|자료|캡처)?\s*[=:/ㅣ|\-–)]?.{{0,60}}$"
)
_SCENE = r"(?:있다|있는\s?모습(?:이다)?|모습(?:이다|들)?|장면(?:이다)?|전경(?:이다)?|풍경|기념\s?촬영(?:하고 있다|을 하고 있다)?|포즈(?:를 취하고 있다)?|조감도|투시도|포스터|갈무리|캡처|이미지|사진이다|사진|현장|보인다|보이고 있다|있습니다|모습입니다)"
_SCENE_END = lazy_pattern(rf"{_SCENE}[.]?\s*$")
_STANDING = lazy_pattern(
    r"(?:[고어아여서] 있(?:다|는 모습(?:이다)?|습니다)|(?:는|은|한|된|던|의|린|진) (?:모습|장면|전경)(?:이다)?)[.]?\s*$"
)
_SETTING = lazy_pattern(r"\d{1,2}일|오전|오후|에서|왼쪽|오른쪽|가운데|모습|전경")
_MAX_SCENE_CHARS = 160
_PEOPLE_SCENE = lazy_pattern(
    r"\d{1,2}일(?:\s|\().*(?:에서|앞|도착해|마친 뒤)\s.*"
    r"(?:표시|답|답변|발언|인사|참석|입장|이동|대화|기념촬영|악수|설명|바라보|살펴보|들어서|나서|지켜보|도착|묵념|절|외치|촉구|박수|환호|포즈를 취|손을 흔들|회견을|연설|브리핑)"
    r"(?:하)?고 있다[.]$"
)
_NOUN_SCENE = lazy_pattern(
    r"(?:는|은|한|된|던|의|진|인|린|친|킨|있는|하는)\s?(?:모습|전경|조감도|투시도|장면|포스터|현장\s?모습|사진|풍경)[.]?$"
)
_NOUN_BRACKET = lazy_pattern(r"(?<=[가-힣])(?<![다요])[.]\s?\[[^\[\]]{2,20}\]$")
_PLAIN_CREDIT = lazy_pattern(
    r"\s?/?\s?(?:사진|자료|그래픽|영상)\s?(?:제공|출처)?\s?[=:ㅣ|]\s?[^\s.][^.]{1,30}$"
)
_TELLS = lazy_pattern(r"(?:다|요)[.]?[\"'”’]?$")
_REPORTS = lazy_pattern(
    r"(?:예정이다|계획이다|방침이다|전망이다|(?:밝혔|말했|전했|설명했|덧붙였|강조했)다)[.]$"
)
"""How sentences of a body end and captions do not."""
_STAMPED = lazy_pattern(
    r"20\d\d[.]\s?\d{1,2}[.]\s?\d{1,2}[.]?\s*(?:/\s?\S+.{0,30}|[(\[]?\S+@\S+[)\]]?|\[email.protected\]|연합뉴스|\S{2,5}\s?기자)?$"
)
_COPYLEFT = lazy_pattern(r"[ⓒ©]\s?[^ⓒ©.]{1,30}$")
_MARK = lazy_pattern(r"^[▲△▴↑]\s?")


@lru_cache(maxsize=1)
def _credit() -> re.Pattern[str]:
    """Return a credit after the caption's last sentence: agency, `… 제공`, `홍길동 기자`."""
    agencies = word_lists.load().agencies
    return re.compile(
        rf"(?P<scene>{_SCENE})?\s?[.)\]”\"'/]\s*/?\s*(?:사진\s?[=:/]?\s?)?(?:(?P<sure>[가-힣A-Za-z0-9·&㈜() ]{{2,22}}\s?(?:제공|캡처|캡쳐|갈무리|촬영|자료사진|DB))"
        rf"|(?P<agency>[가-힣]{{2,8}}=[A-Za-z가-힣·/ ]{{2,16}}|(?:[A-Za-z가-힣]{{2,8}}[=/·]?\s?)?(?:{agencies})|[가-힣A-Za-z]{{2,8}}(?:통신|일보|신문|뉴스|데일리|경제|투데이|타임스|방송|TV|미디어|저널))|(?P<reporter>[가-힣]{{2,4}}\s?(?:사진\s?|선임\s?|인턴\s?|전문\s?)?기자|[가-힣]{{2,4}}\s?촬영))\s*[.]?$"
    )


def is_caption(text: str, shape: Shape) -> bool:
    """Whether a line is a photo caption or credit.

    A caption ends in a credit, opens with ▲, or describes one scene without a verb of reporting (`…하고 있다.`,
    `…하는 모습.`) together with one of those. A sentence about a photo is no caption, nor is a quotation behind a name tag.
    """
    if len(text) > MAX_CAPTION_CHARS or (broadcast.is_spoken(text) and not _PICTURED.match(text)):
        return False
    if text[0] in "▲△" and "기자]" in text and bylines.find_opening(text):
        return False  # a caption glued to the first paragraph
    credited = _by_credit(text, shape)
    return _by_shape(text, shape) if credited is None else credited


def _by_credit(text: str, shape: Shape) -> bool | None:
    """Whether the credit at the end of a line makes it a caption; None if there is no credit."""
    size = len(text)
    if "재판매 및 DB" in text or (size < 70 and shape.sentences == 0 and _CREDIT_LINE.match(text)):
        return True
    end = text[-60:]
    credit = _BRACKET.search(text, max(0, size - 90)) if text[-1] in "])>〉】］." else None
    if credit is None and ("=" in end or ":" in end or "ㅣ" in end or "|" in end):
        credit = _PLAIN_CREDIT.search(text, max(0, size - 60))
    if credit and credit.start() > 0:
        told = text[: credit.start()].rstrip()
        if _REPORTS.search(told):
            return False  # a credit glued to a sentence of the body
        return shape.sentences < 2 or not _TELLS.search(told) or bool(_SCENE_END.search(told))
    if credit or (("ⓒ" in text or "©" in text) and _COPYLEFT.search(text)):
        return True
    if "20" in end and _STAMPED.search(end):
        return shape.kind in {"prose", "short"}
    # Nearly every line of a body ends in a verb. No credit does, unless it is signed with "=".
    if end.endswith("다.") and "=" not in end:
        return None
    if shape.sentences <= 3 and (match := _credit().search(end)):
        return bool(match["sure"] or match["scene"]) or "사진은" in text
    return None


def _by_shape(text: str, shape: Shape) -> bool:
    """Whether a line without a credit is a caption: by its mark, or as a scene that ends in a noun."""
    if text[-1] == "]" and shape.sentences <= 1 and len(text) < 150 and _NOUN_BRACKET.search(text):
        return True
    if _MARK.match(text):
        shown = _SCENE_END.search(text) or bylines.is_person(_MARK.sub("", text))
        return shape.sentences in {1, 2} or (shape.sentences == 0 and bool(shown))
    if shape.sentences <= 1 and len(text) < 160:
        return bool(_NOUN_SCENE.search(text)) and not text.startswith(("“", '"', "‘", "'"))
    return False


def is_scene(text: str, shape: Shape) -> bool:
    """Whether a line could be a caption if something beside it says so: one sentence that shows a scene."""
    return (
        len(text) <= 150
        and shape.sentences <= 1
        and bool(_STANDING.search(text))
        and bool(_SETTING.search(text))
    )


def shows_people(text: str) -> bool:
    """Whether a sentence shows what people do on a day at a place, as captions do and leads do not.

    >>> shows_people("나하린 시장이 10일 가람시청 앞에서 취재진의 질문에 답하고 있다.")
    True
    >>> shows_people("가람시에서 10일 오전부터 비가 내리면서 피해가 늘고 있다.")
    False
    """
    return len(text) <= _MAX_SCENE_CHARS and bool(_PEOPLE_SCENE.search(text)) and text.count("다.") == 1

"""Datelines (발신지): `(서울=연합뉴스) 홍길동 기자 = `, `[파이낸셜뉴스]`, `【서울】`: read for metadata, cut from the sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from yoyak.article import words
from yoyak.article.names import EMAIL, ROLE, is_name, reporters

_NAMES = rf"(?:[가-힣]{{2,4}}(?:\s?[·,ㆍ/]\s?|\s)){{0,5}}[가-힣]{{2,4}}\s?(?:[가-힣]{{2,6}}\s)?{ROLE}"
_TAIL = rf"(?:\s*(?:{_NAMES}[\s,·]*){{1,4}}(?:\(?{EMAIL.pattern}\)?\s*)?(?:\s?[=＝:│|]\s*|(?=\n|$)))?"
_OPEN = "[\\[(【〔<〈［（]"
_CLOSE = "[\\])】〕>〉］）]"
_INSIDE = (
    r"[^\[\]【】〔〕<>〈〉［］\n()（）]{1,60}(?:\([^()\n]{1,15}\)[^\[\]【】〔〕<>〈〉［］\n()（）]{0,40})?"
)
_BRACKET = re.compile(rf"\s*+({_OPEN})\s*+({_INSIDE})\s*+{_CLOSE}\s*({_TAIL})\s*")
_BARE = re.compile(rf"\s*(?:[가-힣·]{{2,8}}\s?[=/]\s?)?{_NAMES}\s*(?:\(?{EMAIL.pattern}\)?\s*)?\s?[=＝]\s*")
_MID = re.compile(
    rf"(?:{_OPEN})(?:[가-힣·]{{2,12}}\s?=\s?[^\[\]()<>\n]{{2,14}}|[^\[\]()<>\n]{{2,14}}\s?[= ㅣ│|]\s?[가-힣]{{2,4}}\s?{ROLE})\s?{_CLOSE}"
)
_BRACKETS = re.compile(rf"{_OPEN}(?=[^\n]{{0,60}}{ROLE})")
_SEPARATOR = re.compile(r"[=＝│ㅣ|]|\sl\s")
_PICTURE = re.compile(r"사진|캡션|자료|그래픽|영상|이미지|출처|촬영|제공")
_PRESS = re.compile(
    r"(?:신문|일보|뉴스|뉴스\d+|경제|방송|타임스|타임즈|저널|투데이|데일리|미디어|닷컴|통신|헤럴드|TV|포스트|매일|리뷰|위클리|매거진|경향|시사|프레스|코리아|인사이트|매경|이코노미|스포츠|언론)$"
)
_PORTAL = re.compile(
    r"네이버|다음|네이트|카카오|줌|구글|빙|포털|NAVER|Daum|NATE|MSN|Google|ZUM", re.IGNORECASE
)
_CITIES = (
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|수원|성남|용인|고양|창원|청주|전주|천안|포항|춘천|원주|강릉|의정부|안양|안산|평택|"
    "워싱턴|뉴욕|도쿄|베이징|상하이|런던|파리|베를린|모스크바|브뤼셀|제네바|홍콩|하노이|방콕|자카르타|싱가포르|뉴델리|카이로|두바이|로스앤젤레스|샌프란시스코|라스베이거스"
)
_CITY = re.compile(_CITIES)
_PLACE = re.compile(rf"^(?:{_CITIES}|[가-힣]{{2,3}}[시군구도])(?:[·ㆍ/,]\s?[가-힣]{{2,6}})*$")
_SIGNED = re.compile(rf"(?<![가-힣])(?:{_CITIES})\s?=\s?([가-힣]{{3}}\s?(?:기자|특파원))\s?")
_WORD = re.compile(r"(?<![가-힣])[가-힣]{2,4}(?![가-힣])")
_ROLES = re.compile(rf"{ROLE}(?![가-힣])")
_TOWN = re.compile(r"[가-힣]{2,4}")
_SHORTEST = 3
"""Letters of an outlet before its place; a shorter word is the first half of a name in two: 더 가온."""
_HEAD = 420
"""Characters at the start of a body in which its dateline can stand behind what was glued before it."""
_TELLING = re.compile(r"(?<!니)(?<!있)(?<!모습이)다[.]")
_CREDITED = re.compile(r"(?:[\])]|사진\s?[|=ㅣ]\s?\S{1,12}|기자[.]?|제공|캡처)\s*$")
_REPORTED = re.compile(rf"(?:[가-힣]{{2,4}}\s?[·,ㆍ/]\s?)*[가-힣]{{2,4}}\s?{ROLE}")


class Dateline(NamedTuple):
    """What stands before the first sentence: `end` is where that begins."""

    end: int
    reporters: tuple[str, ...]
    press: str | None


def read(text: str) -> Dateline | None:
    """Read the dateline a paragraph opens with, or None.

    >>> read("(서울=가온통신) 홍길동 기자 = 정부는 28일")
    Dateline(end=19, reporters=('홍길동',), press='가온통신')
    """
    match = _BRACKET.match(text)
    if match:
        inside, tail = match.group(2), match.group(3) or ""
        found = _inside(inside, paren=match.group(1) in "(（<〈", tail=bool(tail.strip()))
        if found is not None:
            names = found.reporters or _signers(tail)
            return Dateline(match.end(), names, found.press)
    if text[:60].find("=") > 0 and (bare := _BARE.match(text)):
        return Dateline(bare.end(), _signers(bare.group()), None)
    return None


def find_glued(text: str, within: int = 260) -> int | None:
    """Where a dateline stands inside the head of a paragraph, glued to a deck before it."""
    match = _MID.search(text, 4, within) if len(text) > 8 else None
    return match.start() if match else None


class Glued(NamedTuple):
    """A dateline inside a paragraph, from `start` on."""

    start: int
    line: Dateline


def find_opening(text: str) -> Glued | None:
    """Find the dateline that a deck or a caption is glued to, as pages without a mark between elements leave it.

    Only one that names outlet and reporter counts, or one that is signed: a bracket in a sentence is neither.

    >>> find_opening("내년 봄 첫 삽[가온경제 홍길동 기자] 정부는 28일")
    Glued(start=8, line=Dateline(end=22, reporters=('홍길동',), press='가온경제'))
    """
    head = text[:_HEAD]
    if "기자" not in head and "특파원" not in head:
        return None
    for bracket in _BRACKETS.finditer(head, 1):
        start = bracket.start()
        line = read(text[start : start + _HEAD])
        if line is not None and line.reporters and (line.press or "=" in text[start : start + line.end]):
            return _before(text, start, line._replace(end=start + line.end))
    if (signed := _SIGNED.search(head, 1)) and (names := reporters(signed.group(1))):
        return _before(text, signed.start(), Dateline(signed.end(), names, None))
    return None


def _before(text: str, start: int, line: Dateline) -> Glued | None:
    """Return the dateline where what stands before it is no body: sentences that tell are one, without a photo's credit."""
    told = len(_TELLING.findall(text, 0, start))
    caption = told < 3 and _CREDITED.search(text, max(0, start - 20), start)
    return Glued(start, line) if not told or caption else None


def is_press(text: str) -> bool:
    """Whether a short text names an outlet: one we know, or one with a word only outlets end with."""
    return text in words.load().outlets or (len(text) <= 14 and bool(_PRESS.search(text)))


def is_outlet(text: str) -> bool:
    """Whether a short text names an outlet, and none that only carries what others write: a portal."""
    return is_press(text) and not _PORTAL.search(text)


def _signers(text: str) -> tuple[str, ...]:
    """Names in what signs a dateline, where a space alone may divide them: 홍길동 김철수 기자."""
    words = _WORD.findall(_ROLES.sub(" ", EMAIL.sub(" ", text)))
    return tuple(dict.fromkeys(word for word in words if is_name(word) and not _CITY.fullmatch(word)))


def _inside(text: str, *, paren: bool, tail: bool) -> Dateline | None:
    """Read what stands between the brackets of a dateline; None where it is something else."""
    parts = [part.strip() for part in _SEPARATOR.split(text) if part.strip()]
    if _PICTURE.match(text):
        return None
    if len(parts) >= 2:
        return _parts(parts, signed=tail)
    names = reporters(text)
    if names:
        rest = EMAIL.sub("", _REPORTED.sub("", text)).strip(" ,/·")
        return Dateline(0, names, rest if 1 < len(rest) <= 14 else None)
    if is_press(text.rsplit("/", maxsplit=1)[-1].strip()):
        return Dateline(0, (), text.rsplit("/", maxsplit=1)[-1].strip())
    if tail or (not paren and _PLACE.match(text)):
        return Dateline(0, (), None)
    return None


def _parts(parts: list[str], *, signed: bool) -> Dateline | None:
    """Read place, outlet and reporter divided by = or |; `signed` says that a reporter follows the bracket."""
    names = tuple(name for part in parts for name in reporters(part))
    if names:
        # [홍성=가온경제 홍길동 기자] as well as [가온경제=홍길동 기자]
        signed_parts = [EMAIL.sub("", _REPORTED.sub("", part)).strip(" ,/·") for part in parts]
        outlets = [_clean(part) or "" for part in reversed(signed_parts)]
        press = next((o for o in outlets if 1 < len(o) <= 20 and not _PLACE.match(o)), None)
        return Dateline(0, names, _without_place(press) if press else None)
    last = parts[-1].split("/")[-1].strip()
    if is_press(last) or (signed and len(last) <= 12) or (_PLACE.match(parts[0]) and len(last) <= 12):
        return Dateline(0, (), _clean(last))
    return None


def _without_place(press: str) -> str:
    """Return the outlet without the place that a space divides from it: [스포츠가온 잠실=홍길동 기자]."""
    outlet, _, place = press.rpartition(" ")
    placed = _TOWN.fullmatch(place) and not is_press(place) and not is_press(press.replace(" ", ""))
    return outlet if len(outlet) >= _SHORTEST and placed else press


def _clean(press: str | None) -> str | None:
    """Return the outlet without the place in brackets after it."""
    if press is None:
        return None
    return re.sub(r"\s*\([^()]*\)?\s*$", "", press).strip() or None

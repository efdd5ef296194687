"""Bylines and datelines (발신지) as Korean newsrooms write them: who wrote an article, for which outlet, from where.

A dateline stands before the first sentence: `(서울=연합뉴스) 홍길동 기자 = `, `[파이낸셜뉴스]`, `【서울】`. It is read for the
metadata and cut from the sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import word_lists

ROLE = (
    r"(?:인턴기자|인턴\s?기자|수습기자|선임기자|전문기자|대기자|大記者|객원기자|명예기자|시민기자|사진기자|의학전문기자|"
    r"논설위원|편집위원|논설실장|논설고문|칼럼니스트|특파원|통신원|리포터|앵커|아나운서|기상\s?캐스터|캐스터|에디터|PD|피디|편집국장|편집장|"
    r"[가-힣]{1,5}전문기자|[가-힣]{2,4}(?:부장|팀장|국장|차장)|기자)"
)
_ROLE = lazy_pattern(ROLE)
# No more of the word follows, or a link of the page that is glued to the byline: 홍길동 기자기자 페이지.
_ROLE_END = r"(?:(?![가-힣])|(?=(?:기자|구독|프로필|페이지|다른\s?기사)(?![가-힣])|[가-힣]{2,4}\s?기자))"
EMAIL = lazy_pattern(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DOMAIN = lazy_pattern(r"@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
# An outlet or desk between name and role: 홍길동 가온닷컴 기자, 홍길동 경제부 기자.
_HOUSE = (
    r"(?:[A-Za-z가-힣]{0,5}(?:닷컴|신문|일보|뉴스|투데이|데일리|경제|미디어|타임[스즈]|저널|방송|스포츠)[A-Za-z가-힣]{0,4}"
    r"|[가-힣]{2,4}[부팀])"
)
_IS_HOUSE = lazy_pattern(_HOUSE)
# A name before a role: 홍길동 기자, 홍길동기자, 홍길동·김철수 기자, 뉴욕=홍길동 특파원. Three syllables are by far
# the most; two and four only with a space or a mark around them.
_NAMED = lazy_pattern(
    rf"(?<![가-힣])((?:[가-힣]{{2,4}}\s?[·,/ㆍ∙、]\s?)*[가-힣]{{2,4}}?)(?:\s{_HOUSE}\s|\s?(?:[가-힣]{{2,6}}(?:담당|전문)\s?)?){ROLE}{_ROLE_END}"
)
# Of a house without such a word: only at the head of a line, before an address.
_HOUSED = lazy_pattern(
    rf"([가-힣]{{2,4}})\s[A-Za-z가-힣]{{2,8}}(?:\([^()]{{2,20}}\))?\s기자\s?[(\[]?{EMAIL.pattern}"
)
_ADDRESSED = lazy_pattern(
    rf"(?:[A-Z]{{2,5}}\s)?([가-힣]{{3,4}})\s?[\[(<]\s?{EMAIL.pattern}\s?[\])>]|([가-힣]{{3}})\s?{EMAIL.pattern}$"
)
_GLUED = lazy_pattern(rf"([가-힣]{{3}})\s?{ROLE}(?=입니다|이다|의\s|가\s|\W|$)")
_OFFICE = lazy_pattern(
    r"(?:대표|후보|의원|장관|차관|교수|회장|사장|감독|선수|배우|작가|가수|씨|위원장|위원|대통령|총리|시장|군수|구청장|지사|원장|소장|센터장|연구원|변호사|의사|박사|기자|대변인|수석|실장|국장|과장|팀장|이사|총장|본부장|CEO|관계자|주민|시민)$"
)
_CALLING = lazy_pattern(
    r"[가-힣A-Za-z·\s]*(?:대표|교수|작가|시인|평론가|변호사|목사|신부|스님|박사|연구원|연구위원|위원|원장|소장|회장|이사장|의사|전문의|칼럼니스트|에디터|매니저|대사|강사|교사|총장|명예교수)(?:\([^()]*\))?"
)
_NAME = lazy_pattern(r"[가-힣]{2,4}")

_NAMES = rf"(?:[가-힣]{{2,4}}(?:\s?[·,ㆍ/]\s?|\s)){{0,5}}[가-힣]{{2,4}}\s?(?:[가-힣]{{2,6}}\s)?{ROLE}"
_TAIL = rf"(?:\s*(?:{_NAMES}[\s,·]*){{1,4}}(?:\(?{EMAIL.pattern}\)?\s*)?(?:\s?[=＝:│|]\s*|(?=[\n\"“‘']|$)))?"
_OPEN = "[\\[(【〔<〈［（]"
_CLOSE = "[\\])】〕>〉］）]"
_INSIDE = (
    r"[^\[\]【】〔〕<>〈〉［］\n()（）]{1,60}(?:\([^()\n]{1,15}\)[^\[\]【】〔〕<>〈〉［］\n()（）]{0,40})?"
)
_BRACKET = lazy_pattern(rf"\s*+({_OPEN})\s*+({_INSIDE})\s*+{_CLOSE}\s*({_TAIL})\s*")
_BARE = lazy_pattern(rf"\s*(?:[가-힣·]{{2,8}}\s?[=/]\s?)?{_NAMES}\s*(?:\(?{EMAIL.pattern}\)?\s*)?\s?[=＝]\s*")
_LED = lazy_pattern(
    rf"\s*([가-힣A-Za-z0-9]{{2,10}})(?:\s?[|ㅣ/]\s?[가-힣]{{2,6}})?\s?[=＝]\s?({_NAMES})\s*(?:\(?{EMAIL.pattern}\)?\s*)?[|│ㅣ]?\s*(?=\S)"
)
_MID_DATELINE = lazy_pattern(
    rf"(?:{_OPEN})(?:[가-힣·]{{2,12}}\s?=\s?[^\[\]()<>\n]{{2,14}}|[^\[\]()<>\n]{{2,14}}\s?[= ㅣ│|]\s?[가-힣]{{2,4}}\s?{ROLE})\s?{_CLOSE}"
)
_BRACKETS = lazy_pattern(rf"{_OPEN}(?=[^\n]{{0,60}}{ROLE})")
_OUTLET_BRACKET = lazy_pattern(r"[\[【]\s?([가-힣A-Za-z0-9]{2,10})\s?[\]】]\s*")
_PROGRAMME = lazy_pattern(r"\s*\[(?:뉴스[가-힣]{1,4}|[A-Z]{2,4}\s[가-힣]{2})\]\s*")
_SEPARATOR = lazy_pattern(r"[=＝│ㅣ|]|\sl\s")
_PICTURE = lazy_pattern(r"사진|캡션|자료|그래픽|영상|이미지|출처|촬영|제공")
_WORK = lazy_pattern(rf"{_PICTURE.pattern}|글|취재|편집|정리|진행|구성|대담|기획")
_PRESS = lazy_pattern(
    r"(?:신문|일보|뉴스|뉴스\d+|경제|방송|타임스|타임즈|저널|투데이|데일리|미디어|닷컴|통신|헤럴드|TV|포스트|매일|리뷰|위클리|매거진|경향|시사|시사위크|MBC|KBS|프레스|코리아|인사이트|매경|이코노미|스포츠|언론)$"
)
_PORTAL = lazy_pattern(
    r"네이버|다음|네이트|카카오|줌|구글|빙|포털|NAVER|Daum|NATE|MSN|Google|ZUM", re.IGNORECASE
)
# Provinces, cities and counties (행정안전부, 행정구역 현황), and where foreign correspondents sit.
_CITIES = (
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|서귀포|"
    "수원|성남|의정부|안양|부천|광명|평택|동두천|안산|고양|과천|구리|남양주|오산|시흥|군포|의왕|하남|용인|파주|이천|안성|김포|화성|양주|포천|여주|연천|가평|양평|"
    "춘천|원주|강릉|동해|태백|속초|삼척|홍천|횡성|영월|평창|정선|철원|화천|양구|인제|고성|양양|"
    "청주|충주|제천|보은|옥천|영동|증평|진천|괴산|음성|단양|천안|공주|보령|아산|서산|논산|계룡|당진|금산|부여|서천|청양|홍성|예산|태안|"
    "전주|군산|익산|정읍|남원|김제|완주|진안|무주|장수|임실|순창|고창|부안|목포|여수|순천|나주|광양|담양|곡성|구례|고흥|보성|화순|장흥|강진|해남|영암|무안|함평|영광|장성|완도|진도|신안|"
    "포항|경주|김천|안동|구미|영주|영천|상주|문경|경산|군위|의성|청송|영양|영덕|청도|고령|성주|칠곡|예천|봉화|울진|울릉|"
    "창원|진주|통영|사천|김해|밀양|거제|양산|의령|함안|창녕|남해|하동|산청|함양|거창|합천|"
    "워싱턴|뉴욕|도쿄|베이징|상하이|런던|파리|베를린|모스크바|브뤼셀|제네바|홍콩|하노이|방콕|자카르타|싱가포르|뉴델리|카이로|두바이|로스앤젤레스|샌프란시스코|라스베이거스"
)
_CITY = lazy_pattern(_CITIES)
_PLACE = lazy_pattern(rf"^(?:{_CITIES}|[가-힣]{{2,3}}[시군구도])(?:[·ㆍ/,]\s?[가-힣]{{2,6}})*$")
_SIGNED = lazy_pattern(
    rf"(?:(?<![가-힣])|(?<=연합뉴스|자료사진)|(?<=뉴시스)|(?<=뉴스1|로이터)|(?<=제공|캡처))(?:{_CITIES})\s?=\s?([가-힣]{{3}}\s?(?:기자|특파원))\s?"
)
_WORD = lazy_pattern(r"(?<![가-힣])[가-힣]{2,4}(?![가-힣])")
_ROLES = lazy_pattern(rf"{ROLE}(?![가-힣])")
_TOWN = lazy_pattern(r"[가-힣]{2,4}")
_MIN_OUTLET_CHARS = 3
"""Letters of an outlet before its place; a shorter word is the first half of a name in two: 더 가온."""
_NAME_CHARS = 3
_MAX_HEAD_CHARS = 420
"""Characters at the start of a body in which its dateline can stand behind what was glued before it."""
_MAX_DECK_CHARS = 200
"""Characters of a deck before it."""
_REPORTING_END = lazy_pattern(r"(?<!니)(?<!있)(?<!모습이)다[.]")
_CREDITED = lazy_pattern(r"(?:[\])]|[ⓒ©]\s?\S{1,12}|사진\s?[|=ㅣ]\s?\S{1,12}|기자[.]?|제공|캡처)\s*$")
_REPORTED = lazy_pattern(rf"(?:[가-힣]{{2,4}}\s?[·,ㆍ/]\s?)*[가-힣]{{2,4}}\s?{ROLE}")


def is_person(text: str) -> bool:
    """Whether a short line presents a person: a name, an office, or both, as under a quotation.

    >>> is_person("나하린 은하구의회 의원"), is_person("◆ 남은 과제")
    (True, False)
    """
    if not text or len(text) > 40 or not text[0].isalnum():
        return False
    return bool(_OFFICE.search(text)) or (" " in text and is_name(text.split(" ", 1)[0]))


def is_signature(text: str) -> bool:
    """Whether a few words name one who wrote: a name of three syllables and what he is.

    >>> is_signature("나하린 은하대 교수"), is_signature("나래구 문의 000-0000")
    (True, False)
    """
    first, _, calling = text.partition(" ")
    return (
        2 <= len(calling) <= 20 and len(first) == 3 and is_name(first) and bool(_CALLING.fullmatch(calling))
    )


def is_name(text: str) -> bool:
    """Whether a Hangul word can be a Korean person's name: two to four syllables, the first a family name."""
    known = word_lists.load()
    if not 2 <= len(text) <= 4 or text in known.not_names or (len(text) > 2 and _IS_HOUSE.fullmatch(text)):
        return False
    return text[0] in known.surnames or text[:2] in known.surnames_long


def reporters(text: str) -> tuple[str, ...]:
    """Names that stand before 기자, 특파원, 앵커 and the like, each once.

    >>> reporters("홍길동·김철수 기자, 이영희 인턴기자")
    ('홍길동', '김철수', '이영희')
    """
    found = dict.fromkeys(signers(text))
    if not found and _ROLE.search(text):
        for match in _GLUED.finditer(text):
            if is_name(match.group(1)):
                found[match.group(1)] = None
    return tuple(found)


def signers(text: str) -> tuple[str, ...]:
    """Names that stand before a role as bylines have it, with no particle behind; or with nothing but an address.

    >>> signers("GBN 홍길동 [gildong@example.com]"), signers("홍길동 기자의 하루")
    (('홍길동',), ())
    """
    if not _ROLE.search(text):
        alone = _ADDRESSED.match(text) if "@" in text else None
        name = alone.group(1) or alone.group(2) if alone else ""
        return (name,) if is_name(name) and not _OFFICE.search(name) else ()
    named = (name for match in _NAMED.finditer(text) for name in _NAME.findall(match.group(1)))
    found = tuple(dict.fromkeys(name for name in named if is_name(name)))
    housed = _HOUSED.match(text) if not found else None
    return (housed.group(1),) if housed and is_name(housed.group(1)) else found


def press_of_email(text: str) -> str | None:
    """Return the outlet whose domain an e-mail address in the text carries."""
    known = word_lists.load().press
    for match in _DOMAIN.finditer(text):
        parts = match.group(1).lower().split(".")
        for start in range(len(parts) - 1):
            if name := known.get(".".join(parts[start:])):
                return name
    return None


class Dateline(NamedTuple):
    """What stands before the first sentence: `end` is where that begins."""

    end: int
    reporters: tuple[str, ...]
    press: str | None


def read_dateline(text: str) -> Dateline | None:
    """Read the dateline a paragraph opens with, or None.

    >>> read_dateline("(서울=가온통신) 홍길동 기자 = 정부는 28일")
    Dateline(end=19, reporters=('홍길동',), press='가온통신')
    """
    if programme := _PROGRAMME.match(text):
        return Dateline(programme.end(), (), None)
    match = _BRACKET.match(text)
    if match:
        inside, tail = match.group(2), match.group(3) or ""
        found = _inside(inside, paren=match.group(1) in "(（<〈", tail=bool(tail.strip()))
        if found is not None:
            names = found.reporters or _signers(tail)
            return Dateline(match.end(), names, found.press)
    if text[:60].find("=") > 0:
        if bare := _BARE.match(text):
            return Dateline(bare.end(), _signers(bare.group()), None)
        if (led := _LED.match(text)) and not _WORK.match(led.group(1)):
            house = led.group(1) if is_press(led.group(1)) else None
            return Dateline(led.end(), _signers(led.group(2)), house)
    return None


def is_signed(text: str) -> bool:
    """Whether a line opens with a dateline that names its reporter: no headline does."""
    return unsigned(text) != text


def unsigned(text: str) -> str:
    """Return a deck without the reporter it opens with.

    >>> unsigned("[홍길동 기자] 내년 봄 첫 삽")
    '내년 봄 첫 삽'
    """
    line = read_dateline(text) if text[0] in "([【" and "기자" in text else None
    return (line and line.reporters and text[line.end :]) or text


def find_glued(text: str, within: int = 260) -> int | None:
    """Where a dateline stands inside the head of a paragraph, glued to a deck before it."""
    match = _MID_DATELINE.search(text, 4, within) if len(text) > 8 else None
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
    head = text[:_MAX_HEAD_CHARS]
    if "기자" not in head and "특파원" not in head:
        return _find_house(text)
    for bracket in _BRACKETS.finditer(head, 1):
        start = bracket.start()
        line = read_dateline(text[start : start + _MAX_HEAD_CHARS])
        if line is None or not line.reporters:
            continue
        alone = "다." not in text[:start]  # else it may be the photographer's
        if line.press or alone or "=" in text[start : start + line.end]:
            return _before(text, start, line._replace(end=start + line.end))
    if (signed := _SIGNED.search(head, 1)) and (names := reporters(signed.group(1))):
        return _before(text, signed.start(), Dateline(signed.end(), names, None))
    return _find_house(text)


def _find_house(text: str) -> Glued | None:
    """Find the bracket of a known outlet that a deck or caption without a sentence is glued to."""
    house = (
        _OUTLET_BRACKET.search(text, 1, _MAX_DECK_CHARS)
        if "[" in text[:_MAX_DECK_CHARS] or "【" in text[:_MAX_DECK_CHARS]
        else None
    )
    if house is None or house.group(1) not in word_lists.load().outlets or "다." in text[: house.start()]:
        return None
    return Glued(house.start(), Dateline(house.end(), (), house.group(1)))


def _before(text: str, start: int, line: Dateline) -> Glued | None:
    """Return the dateline where what stands before it is no body: sentences that tell are one, without a photo's credit."""
    told = len(_REPORTING_END.findall(text, 0, start))
    caption = told < 3 and _CREDITED.search(text, max(0, start - 20), start)
    return Glued(start, line) if not told or caption else None


def is_press(text: str) -> bool:
    """Whether a short text names an outlet: one we know, or one with a word only outlets end with."""
    return text in word_lists.load().outlets or (len(text) <= 14 and bool(_PRESS.search(text)))


def is_outlet(text: str) -> bool:
    """Whether a short text names an outlet, and none that only carries what others write: a portal."""
    return is_press(text) and not is_portal(text)


def is_portal(text: str) -> bool:
    """Whether a short text names a portal, which publishes articles of other outlets."""
    return bool(_PORTAL.search(text))


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
        rest = EMAIL.sub("", _unsigned(text)).strip(" ,/·")
        return Dateline(0, names, rest if 1 < len(rest) <= 14 else None)
    outlet, _, name = text.rpartition(" ")
    if not paren and len(name) == _NAME_CHARS and is_name(name) and is_press(outlet):
        return Dateline(0, (name,), outlet)  # [가온경제 홍길동]
    if is_press(text.rsplit("/", maxsplit=1)[-1].strip()):
        return Dateline(0, (), text.rsplit("/", maxsplit=1)[-1].strip())
    if tail or (not paren and _PLACE.match(text)):
        outlet = text.partition(",")[0]
        return Dateline(0, (), outlet if is_press(outlet) else None)
    return None


def _parts(parts: list[str], *, signed: bool) -> Dateline | None:
    """Read place, outlet and reporter divided by = or |; `signed` says that a reporter follows the bracket."""
    names = tuple(name for part in parts for name in reporters(part))
    if names:
        # [홍성=가온경제 홍길동 기자] as well as [가온경제=홍길동 기자]
        signed_parts = [EMAIL.sub("", _unsigned(part)).strip(" ,/·") for part in parts]
        outlets = [_clean(_of_house(part)) or "" for part in reversed(signed_parts)]
        press = next((o for o in outlets if 1 < len(o) <= 20 and not _PLACE.match(o)), None)
        return Dateline(0, names, _without_place(press) if press else None)
    last = parts[-1].split("/")[-1].strip()
    if is_press(last) or (signed and len(last) <= 12) or (_PLACE.match(parts[0]) and len(last) <= 12):
        return Dateline(0, (), _clean(last))
    return None


def _unsigned(part: str) -> str:
    """Return a part of a dateline without its reporter; one of a house has its name before it: 홍길동 가온닷컴 기자."""
    rest = _REPORTED.sub("", part)
    named = next((name for name in reporters(part) if name in rest), None)
    if not named:
        return rest
    house = EMAIL.sub("", _ROLES.sub("", part.replace(named, ""))).strip()
    return house if is_press(house) else ""


def _of_house(part: str) -> str:
    """Return the outlet of a part that names its place behind a slash: 가온신문/가람."""
    house = part.partition("/")[0].strip()
    return house if house != part and is_press(house) else part


def _without_place(press: str) -> str:
    """Return the outlet without the place that a space divides from it: [스포츠가온 잠실=홍길동 기자]."""
    outlet, _, place = press.rpartition(" ")
    placed = _TOWN.fullmatch(place) and not is_press(place) and not is_press(press.replace(" ", ""))
    return outlet if len(outlet) >= _MIN_OUTLET_CHARS and placed else press


def _clean(press: str | None) -> str | None:
    """Return the outlet without the place in brackets after it."""
    if press is None:
        return None
    return re.sub(r"\s*\([^()]*\)?\s*$", "", press).strip() or None

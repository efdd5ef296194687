"""Who wrote it and for whom: bylines, datelines, e-mail addresses, as Korean newsrooms write them."""

from __future__ import annotations

import re

from yoyak.extraction import word_lists

ROLE = (
    r"(?:인턴기자|인턴\s?기자|수습기자|선임기자|전문기자|대기자|大記者|객원기자|명예기자|시민기자|사진기자|의학전문기자|"
    r"논설위원|편집위원|논설실장|논설고문|칼럼니스트|특파원|통신원|리포터|앵커|아나운서|기상\s?캐스터|캐스터|에디터|PD|피디|편집국장|편집장|"
    r"[가-힣]{1,5}전문기자|[가-힣]{2,4}(?:부장|팀장|국장|차장)|기자)"
)
_ROLE = re.compile(ROLE)
# No more of the word follows, or a link of the page that is glued to the byline: 홍길동 기자기자 페이지.
_ROLE_END = r"(?:(?![가-힣])|(?=(?:기자|구독|프로필|페이지|다른\s?기사)(?![가-힣])|[가-힣]{2,4}\s?기자))"
EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_DOMAIN = re.compile(r"@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
# An outlet or desk between name and role: 홍길동 가온닷컴 기자, 홍길동 경제부 기자.
_HOUSE = (
    r"(?:[A-Za-z가-힣]{0,5}(?:닷컴|신문|일보|뉴스|투데이|데일리|경제|미디어|타임[스즈]|저널|방송|스포츠)[A-Za-z가-힣]{0,4}"
    r"|[가-힣]{2,4}[부팀])"
)
_IS_HOUSE = re.compile(_HOUSE)
# A name before a role: 홍길동 기자, 홍길동기자, 홍길동·김철수 기자, 뉴욕=홍길동 특파원. Three syllables are by far
# the most; two and four only with a space or a mark around them.
_NAMED = re.compile(
    rf"(?<![가-힣])((?:[가-힣]{{2,4}}\s?[·,/ㆍ∙、]\s?)*[가-힣]{{2,4}}?)(?:\s{_HOUSE}\s|\s?(?:[가-힣]{{2,6}}(?:담당|전문)\s?)?){ROLE}{_ROLE_END}"
)
# Of a house without such a word: only at the head of a line, before an address.
_HOUSED = re.compile(
    rf"([가-힣]{{2,4}})\s[A-Za-z가-힣]{{2,8}}(?:\([^()]{{2,20}}\))?\s기자\s?[(\[]?{EMAIL.pattern}"
)
_ADDRESSED = re.compile(
    rf"(?:[A-Z]{{2,5}}\s)?([가-힣]{{3,4}})\s?[\[(<]\s?{EMAIL.pattern}\s?[\])>]|([가-힣]{{3}})\s?{EMAIL.pattern}$"
)
_GLUED = re.compile(rf"([가-힣]{{3}})\s?{ROLE}(?=입니다|이다|의\s|가\s|\W|$)")
_OFFICE = re.compile(
    r"(?:대표|후보|의원|장관|차관|교수|회장|사장|감독|선수|배우|작가|가수|씨|위원장|위원|대통령|총리|시장|군수|구청장|지사|원장|소장|센터장|연구원|변호사|의사|박사|기자|대변인|수석|실장|국장|과장|팀장|이사|총장|본부장|CEO|관계자|주민|시민)$"
)
_CALLING = re.compile(
    r"[가-힣A-Za-z·\s]*(?:대표|교수|작가|시인|평론가|변호사|목사|신부|스님|박사|연구원|연구위원|위원|원장|소장|회장|이사장|의사|전문의|칼럼니스트|에디터|매니저|대사|강사|교사|총장|명예교수)(?:\([^()]*\))?"
)
_NAME = re.compile(r"[가-힣]{2,4}")
_NOT_NAMES = frozenset(
    [
        "취재",
        "담당",
        "수습",
        "인턴",
        "사진",
        "전문",
        "선임",
        "본지",
        "소속",
        "출입",
        "현직",
        "전직",
        "해당",
        "일부",
        "방송",
        "신문",
        "영상",
        "다른",
        "모든",
        "우리",
        "여러",
        "이번",
        "특별",
        "국제",
        "문화",
        "정치",
        "경제",
        "사회",
        "온라인",
        "디지털",
        "편집",
        "외신",
        "현장",
        "내외신",
        "취재진",
        "동료",
        "남성",
        "여성",
        "한국",
        "미국",
        "일본",
        "중국",
        "유럽",
        "서울",
        "객원",
        "시민",
        "명예",
        "청소년",
        "주재",
        "파견",
        "선배",
        "후배",
        "일본인",
        "외국인",
        "대학생",
        "이상",
        "저자",
        "필자",
        "기사",
        "기자",
        "국장",
        "부장",
        "차장",
        "피디",
        "편집장",
        "편집국",
        "독자",
        "구독",
        "뉴스",
        "이메일",
        "방금",
        "당시",
        "이날",
        "오늘",
        "어제",
        "최근",
        "관련",
        "전체",
        "주간",
        "월간",
        "스포츠",
        "연예",
        "경찰",
        "검찰",
        "법조",
        "국회",
        "지역",
        "전국",
        "본사",
        "자사",
        "타사",
        "각사",
        "두",
        "세",
    ]
)


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
    if not 2 <= len(text) <= 4 or text in _NOT_NAMES or (len(text) > 2 and _IS_HOUSE.fullmatch(text)):
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

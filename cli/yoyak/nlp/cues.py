"""Expressions that tell what kind of sentence it is: verbs of saying, openers, fillers.

The lists hold closed word classes of Korean; none holds the name of an outlet or of an event.
"""

from __future__ import annotations

from functools import lru_cache

from yoyak.core.patterns import lazy_pattern

QUOTED = lazy_pattern(r"[“\"][^“”\"]{2,}(?:[”\"]|$)")
RESEARCH = lazy_pattern(r"연구|실험|과학|논문|교수팀|학술|기술|로봇|분석|개발")
DAY = lazy_pattern(r"\d일")
PLAN = lazy_pattern(r"(?:계획|예정|방침|목표)(?:이|입)|기로 했")
OPENING = "“\"‘'「『《〈<[( "

# Verbs so general that two sentences which share them may be about different things.
LIGHT = frozenset(
    ("하", "되", "있", "없", "같", "보", "주", "받", "대하", "위하", "따르", "통하", "관하", "나오", "말하", "밝히", "들", "가", "오")
)  # fmt: skip
SAYING = frozenset(
    (
        "말하", "설명하", "강조하", "덧붙이", "전하", "지적하", "주장하", "당부하", "언급하", "답하", "토로하", "비판하", "반박하", "촉구하",
        "평가하", "조언하", "호소하", "약속하", "내다보", "경고하", "진단하", "분석하",
    )
)  # fmt: skip
ANNOUNCING = frozenset(("밝히", "발표하", "공개하", "보도하"))
FINDING = frozenset(
    ("나타나", "조사되", "집계되", "확인되", "드러나", "알려지", "파악되", "보이", "기록하", "나오", "추정되")
)
# Openers that refer to somebody or something in the sentence before.
DANGLING = (
    "그는", "그가", "그의", "그녀", "그러면서", "그러자", "이어", "이는", "이에", "이를", "이로", "이와", "이같은", "이 같은",
    "이런", "이러한", "이들",
)  # fmt: skip
# Openers that refer back; some refer to the whole article (이번, 해당) and can stand alone.
POINTERS = (*DANGLING, "이후", "당시", "해당", "이번", "이 ", "그 ")
ADDITIONS = (
    "또 ",
    "또,",
    "또한",
    "아울러",
    "이와 함께",
    "이와함께",
    "이 밖에",
    "이밖에",
    "여기에",
    "더불어",
    "게다가",
)
TURNS = ("그러나", "하지만", "다만", "반면", "그럼에도", "그런데", "물론")
CONSEQUENCES = ("이에 따라", "따라서", "결국", "그 결과", "그래서")

STUB = 12  # characters, as in "점수는 0-5."; a shorter sentence cannot say who did what
_HAND_OVER = lazy_pattern(
    r"기자(?:가|의)\s?[^.]{0,30}(?:보도(?:합니다|입니다|했습니다)|취재했습니다|전합니다|전해드립니다|봤습니다|만났습니다)\.?$"
    r"|(?:뉴스|방송|TV)\S{0,6}\s[가-힣]{2,4}입니다\.?$"
)
# A caption points at people in a photo (왼쪽), describes what they are doing, or ends in a noun such as 모습.
_CAPTION = lazy_pattern(
    r"\([^()]{0,12}(?:왼쪽|오른쪽|가운데|앞줄|뒷줄)[^()]{0,14}\)|(?:왼쪽|오른쪽)부터"
    r"|(?:인사|발언|모두발언|답변|묵념|선서|서명|악수|기념\s?촬영을?|포즈를|파이팅을)\s?(?:하고|취하고|외치고) 있다\.?$"
    r"|모습\.?$"
)
# Where to find more: 자세한 내용은 누리집에서 확인할 수 있다. A comma means that the sentence says something else as well.
_ADVICE = lazy_pattern(
    r"(?:확인|참고|참조|문의|안내받을|볼)[^,]{0,4}(?:수 있|가능하|가능합|면 된|면 됩|바란|바랍|세요|십시오)[^,]{0,3}\.?$"
)
_DETAILS = lazy_pattern(
    r"(?:한편,? )?(?=[^,“”\"]*(?:누리집|홈페이지|홈피|블로그|게시글|전화))"
    r"[^,“”\"]{0,50}(?:자세한|세부|구체적인|궁금한|관련|정보|사항|방법|위치|일정|내용)[^,“”\"]*$"
)
# Where or how the article was published: 이 기사는 …에 게재된 기사입니다. A converter may glue it to a deck before it.
_ABOUT_THE_ARTICLE = lazy_pattern(
    r"(?:이|본) 기사는 [^“”\"]{0,110}(?:표출|게재|작성|송고|보도|지원)[^,]{0,10}(?:습니다|입니다|다)\.?$"
)
# Who spoke where, without what was said: …는 기자들과 만나 이같이 말했다.
_BARE_ATTRIBUTION = lazy_pattern(
    r"(?:이같이|이렇게|이와 같이) (?:말|밝|전|설명|강조|덧붙|주장|답|지적|언급|당부)\S{0,6}\.?$"
)
_REPORTED = lazy_pattern(r"[“”\"‘’']|[다라자냐](?:며|고|면서|는|던) ")


@lru_cache(maxsize=1024)  # ranking, and then selection, look at the same sentences
def is_filler(line: str) -> bool:
    """Whether a sentence of the body tells nothing alone.

    Such are: a very short sentence, a question, a caption, where to find details, how the article was published, who
    spoke without what was said, and a reporter's hand-over or sign-off.

    >>> is_filler("한여울 기자가 보도합니다."), is_filler("― 언제 문을 여나?")
    (True, True)
    """
    return (
        len(line) < STUB
        or line.rstrip()[-1:] == "?"
        or _CAPTION.search(line) is not None
        or is_pointer_to_details(line)
        or _ABOUT_THE_ARTICLE.search(line) is not None
        or is_bare_attribution(line)
        or is_hand_over(line)
    )


def is_pointer_to_details(line: str) -> bool:
    """Whether a sentence only says where to find details.

    >>> is_pointer_to_details("자세한 내용은 솔내시 누리집에서 확인할 수 있다.")
    True
    """
    return _ADVICE.search(line, max(0, len(line) - 24)) is not None and _DETAILS.match(line) is not None


def is_bare_attribution(line: str) -> bool:
    """Whether a sentence only says who spoke, and what was said stands in another sentence.

    >>> is_bare_attribution("시장은 이날 기자들과 만나 이같이 말했다.")
    True
    """
    tail = _BARE_ATTRIBUTION.search(line, max(0, len(line) - 20))
    return tail is not None and _REPORTED.search(line) is None


def is_hand_over(line: str) -> bool:
    """Whether a sentence hands over to a reporter or signs off."""
    return _HAND_OVER.search(line, max(0, len(line) - 60)) is not None


def is_loose(line: str) -> bool:
    """Whether a sentence needs another one: it opens with a reference or an addition (또), or is a quotation without speaker.

    >>> is_loose("그는 고개를 저었다."), is_loose("“숨은 참는 게 아니에요.”"), is_loose("“안 된다”고 시장은 말했다.")
    (True, True, False)
    """
    return line.startswith((*DANGLING, *ADDITIONS)) or (
        line[:1] in ("“", '"') and line.rstrip()[-1:] in ("”", '"')
    )

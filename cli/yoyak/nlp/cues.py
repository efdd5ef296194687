"""Words and shapes a Korean sentence of news is known by: verbs of saying, openers, fillers.

Lists are closed classes of the language, written down once; none names an outlet or an event.
"""

from __future__ import annotations

import re

QUOTED = re.compile(r"[“\"][^“”\"]{2,}(?:[”\"]|$)")
RESEARCH = re.compile(r"연구|실험|과학|논문|교수팀|학술|기술|로봇|분석|개발")
DAY = re.compile(r"\d일")
PLAN = re.compile(r"(?:계획|예정|방침|목표)(?:이|입)|기로 했")
OPENING = "“\"‘'「『《〈<[( "

# Verbs so general that sharing them is no evidence of a shared matter.
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
# Openers that dangle when the sentence before is not there: whoever and whatever they point at is in it.
DANGLING = (
    "그는", "그가", "그의", "그녀", "그러면서", "그러자", "이어", "이는", "이에", "이를", "이로", "이와", "이같은", "이 같은",
    "이런", "이러한", "이들",
)  # fmt: skip
# Openers that point back, some at the whole article (이번, 해당), which does not dangle.
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

STUB = 12  # characters: a score line ("점수는 0-5."); no sentence of news that says who did what is shorter
_HAND_OVER = re.compile(
    r"기자(?:가|의)\s?[^.]{0,30}(?:보도(?:합니다|입니다|했습니다)|취재했습니다|전합니다|전해드립니다|봤습니다|만났습니다)\.?$"
    r"|(?:뉴스|방송|TV)\S{0,6}\s[가-힣]{2,4}입니다\.?$"
)
_QUESTION = re.compile(r"\s*(?:[―—–-]|Q\s?[.:)]|문\s?[.:)])[^“\"]*\?\s*$")


def is_filler(line: str) -> bool:
    """Whether a sentence of the body says nothing alone: a stub, a hand-over, a sign-off, an interviewer's question.

    >>> is_filler("한여울 기자가 보도합니다."), is_filler("― 언제 문을 여나?")
    (True, True)
    """
    if len(line) < STUB:
        return True
    if line.endswith(("니다", "니다.")):
        return is_hand_over(line)
    return line.rstrip().endswith("?") and _QUESTION.match(line) is not None


def is_hand_over(line: str) -> bool:
    """Whether a sentence hands over to a reporter or signs off."""
    return _HAND_OVER.search(line, max(0, len(line) - 60)) is not None


def is_loose(line: str) -> bool:
    """Whether a sentence dangles alone: it opens by pointing back or adding (또), or is a quotation that names no speaker.

    >>> is_loose("그는 고개를 저었다."), is_loose("“숨은 참는 게 아니에요.”"), is_loose("“안 된다”고 시장은 말했다.")
    (True, True, False)
    """
    return line.startswith((*DANGLING, *ADDITIONS)) or (
        line[:1] in ("“", '"') and line.rstrip()[-1:] in ("”", '"')
    )

"""Which of the sentences a row came with are the body: not bylines, decks, captions, headings.

Lists of sentences made by other programs hold the lines around the body too. Taking those out of the
candidates is worth more than any ranking (+0.10 to +0.29 precision on labelled Korean news). Each rule looks at
the shape of a line; none knows an outlet. A line without a full stop is no reason: whole data sets have none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_REPORTER = re.compile(
    r"[가-힣]{2,4}\s?(?:[가-힣]{0,6}\s?)?(?:기자|특파원|통신원|리포터|논설위원|객원기자|인턴기자)(?![가-힣])"
)
# A heading or a caption opens with a mark: ◇소제목, ■소제목, ▲사진 설명, ▷, ☞, 【, ※, and `사진=`.
_MARK = re.compile(
    r"^\s*(?:[◇◆■□▲△▶▷▼▽☞※★☆●○◎]|\[?\s?(?:사진|그래픽|자료|이미지|영상|출처)(?:\s?[=:/·|]|\s?(?:제공|출처|설명)))"
)
_CREDIT = re.compile(
    r"(?:사진|자료|이미지|그래픽|영상|출처)?\s*[=:]?\s*[^.]{0,25}(?:제공|캡처|캡쳐|갈무리|무단전재|재배포\s?금지|연합뉴스|뉴시스|뉴스1|게티이미지\w*)\s*[\])>】.]*\s*$"
)
_COPYRIGHT = re.compile(r"저작권자|무단\s?전재|재배포\s?금지|ⓒ|©|Copyright", re.IGNORECASE)
_STAMP = re.compile(r"^[\s\d.:/년월일시분()-]*\d[\s\d.:/년월일시분()-]*$")
_WRAPPING = re.compile(r"[\s.,!?…·\"'”’」』〉》)\]】>`]+$")
_ASIDE = re.compile(r"\s*[(\[<【][^()\[\]<>【】]{0,40}[)\]>】]\s*[.\"'”’]*\s*$")
# How a finite Korean clause ends. The second kind ends nouns and adverbs too (투자, 잇따라, 누구나): it is
# believed only of a line too long for a heading.
_FINITE = "다요죠까냐"
_DOUBTFUL = "네군라자지나니오소걸데며고"
# A clause that news ends with a noun: "…할 방침.", "…한 것."; only believed of a line too long for a heading.
_NOMINAL = re.compile(
    r"(?:방침|예정|계획|전망|것|때문|수준|상황|모습|셈|터|뿐|분위기|이유|설명|중|대목|평가|지적|주장|판단|입장|얘기|이야기|함|됨|임|음|했음|있음|덕분|정도|까닭|만|기대|관측)$"
)
HEADING = 40  # characters: decks and headings without a verb are shorter, clauses ending with a noun longer
LONG = 80  # characters: no heading, byline or deck line of news is longer
HEAD = 4  # a byline over the body is among the first lines


def is_body(sentences: Sequence[str], title: str | None = None) -> list[bool]:
    """Whether each sentence may be chosen. Where nothing looks like a body, everything may.

    >>> is_body(["주민 참여 확대", "김가람 기자 garam@example.com", "솔내시는 도서관을 새로 연다고 밝혔다."])
    [False, False, True]
    """
    heading = _squash(title) if title else ""
    body = [_is_sentence(line) and (not heading or _squash(line) != heading) for line in sentences]
    for end in range(min(HEAD, len(sentences) // 2), 0, -1):
        if is_byline(sentences[end]) and all(len(line) < LONG for line in sentences[:end]):
            body[: end + 1] = [False] * (end + 1)  # what stands over the byline is the deck, verb or not
            break
    return body if any(body) else [True] * len(body)


def is_byline(line: str) -> bool:
    """Whether a line names its writer and says nothing: 홍길동 기자, hong@example.com, both, with a date or a desk.

    >>> is_byline("[솔내=한여울 기자] yeoul@example.com")
    True
    """
    rest = _EMAIL.sub(" ", line)
    signed = len(rest) < len(line) or _REPORTER.search(rest) is not None
    rest = _REPORTER.sub(" ", rest)
    return signed and len(rest.strip()) <= 25 and not _is_finite(rest)


def is_caption(line: str) -> bool:
    """Whether a line is a heading or a caption by its mark, or a credit.

    >>> is_caption("▲ 새로 문을 연 도서관"), is_caption("[솔내시 제공]")
    (True, True)
    """
    if _MARK.match(line):
        return len(line) < LONG or not _is_finite(line)
    return not _is_finite(line) and _CREDIT.search(line) is not None


def _is_sentence(line: str) -> bool:
    if not line.strip() or is_byline(line) or is_caption(line) or _STAMP.match(line):
        return False
    if _COPYRIGHT.search(line) and len(line) < LONG:
        return False
    if _is_finite(line):
        return True
    end = _bare(line)
    return len(line) >= HEADING and (len(line) >= LONG or _NOMINAL.search(end) is not None)


def _is_finite(line: str) -> bool:
    end = _bare(line)
    return bool(end) and (end[-1] in _FINITE or (end[-1] in _DOUBTFUL and len(line) >= HEADING))


def _bare(line: str) -> str:
    """Return the line without closing marks and closing asides: `말했다.”(사진)` ends with 다."""
    for _ in range(3):
        shorter = _WRAPPING.sub("", _ASIDE.sub("", line))
        if shorter == line:
            break
        line = shorter
    return line


def _squash(line: str) -> str:
    return "".join(char for char in line if char.isalnum())

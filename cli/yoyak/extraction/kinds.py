"""Kinds of news that a summary says little about: they are read, and the reader is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from yoyak.core.messages import text
from yoyak.core.values import Notice
from yoyak.extraction import names
from yoyak.extraction.page import Line

_TITLES = (
    (
        "obituary",
        re.compile(
            r"^\s*[\[【<(〈■◇]?\s?(?:(?:인사·|동정·)?부고|부음|訃告|訃音|궂긴\s?소식)(?:[\]】>)〉■◇:\s]|$)|\s?(?:부친상|모친상|빙부상|빙모상|장인상|장모상|시부상|시모상|배우자상|남편상|조부상|조모상)(?:\s|$|…)"
        ),
    ),
    (
        "appointments",
        re.compile(
            r"^\s*[\[【<(〈■◇]?\s?(?:인사(?:·부고|·동정)?|人事|승진\s?인사|임원\s?인사|동정)(?:[\]】>)〉■◇:]|$)"
        ),
    ),
    (
        "weather",
        re.compile(
            r"^\s*[\[【<(〈]?\s?(?:오늘의?\s?날씨|내일\s?날씨|주말\s?날씨|출근길\s?날씨|날씨(?:종합|예보)?|기상)(?:[\]】>)〉:\s]|$)|오늘(?:의)?\s?날씨|날씨\s?\(|\[날씨"
        ),
    ),
    (
        "market",
        re.compile(
            r"^\s*[\[【<(〈](?:[^\]】>)〉]{0,6}(?:시황|마감|개장|환율|증시|코스피|코스닥)[^\]】>)〉]{0,6})[\]】>)〉]|(?:코스피|코스닥|환율|뉴욕증시|유가)[^.]{0,30}(?:마감|출발|개장|장\s?마감)(?:\s|$|…|\()"
        ),
    ),
    ("horoscope", re.compile(r"운세|띠별|별자리|사주|타로")),
    (
        "photo",
        re.compile(
            r"^\s*[\[【<(〈■]?\s?(?:포토|사진|화보|PHOTO|Photo|포토뉴스|사진뉴스|포토무비|포토엔|[^\]】>)〉\s]{0,6}포토|스타샷|뉴스샷|카드뉴스)(?:[\]】>)〉:]|$)|\[포토|\[사진\]"
        ),
    ),
)
_NAMES = {
    "obituary": lambda: text("This is an obituary notice; a summary may miss most of it."),
    "appointments": lambda: text("This is a list of appointments; a summary may miss most of it."),
    "weather": lambda: text("This is a weather report; its forecast goes out of date quickly."),
    "market": lambda: text("This is a market report; its figures go out of date quickly."),
    "horoscope": lambda: text("This is a horoscope."),
    "photo": lambda: text("This is a photo article; its text is the caption."),
}
# Bodies that give their kind away where the title does not: funeral halls and processions, lists of ranks.
_FUNERAL = re.compile(r"발인\s?(?:은|일)?[^.\n]{0,20}\d{1,2}일|빈소[^.\n]{0,40}(?:장례식장|병원|\d호실)")
_RANKS = re.compile(r"[◇△▲]\s?[가-힣]{2,12}(?:과장|국장|부장|실장|팀장|본부장|급|서기관|사무관|장)?\s(?!\d)")

_MARKED = re.compile(r"[▲△▶▷◇◆○●■□◎▣]\s?[가-힣A-Za-z\d]|<[^<>ⓒ©]{2,20}>$")
_OVER = frozenset({"byline", "copyright", "tail", "related", "promotion", "comments", "address"})
"""What stands below a list and never in it."""
_LISTED, _NAME = 60, 3
"""Characters of the longest line of a list that has no mark; syllables of the name it ends in."""
_APART = 3
"""Lines between two entries: a heading, an advertisement."""


def announced(title: str | None, lines: Sequence[Line], found: Sequence[str]) -> str | None:
    """Return the kind a page gives itself: by its title, or by the first bracketed headline near its top."""
    if title:
        return _by_title(title)
    for at, line in enumerate(lines[:60]):
        if line.text[0] in "[【<(〈■◇" and not found[at] and len(line.text) < 60:
            for kind, pattern in _TITLES:
                if pattern.match(line.text):
                    return kind
    return None


def entries(lines: Sequence[Line], found: Sequence[str]) -> list[int]:
    """Return the lines of a list of appointments: from its first mark below the title to its last name, headings among them.

    Marks are those of ranks, offices and names: ◇ 승진 ▲ 과장 홍길동.
    """
    titles = (at for at, line in enumerate(lines[:60]) if not found[at] and _by_title(line.text))
    taken: list[int] = []
    marked = last = 0
    for at in range(next(titles, -1) + 1, len(lines)):
        text, rule = lines[at].text, found[at]
        mark = bool(_MARKED.match(text))
        named = len(text) < _LISTED and names.is_name(word := text.rpartition(" ")[2]) and len(word) == _NAME
        if (mark and (rule in {"", "caption"} or named)) or (marked and named and not rule):
            marked += mark
            taken.append(at)
            last = len(taken)
        elif marked and (rule in _OVER or at - taken[last - 1] > _APART):
            break
        elif marked and not rule:
            taken.append(at)
    return taken[:last]


@lru_cache(maxsize=64)
def _by_title(title: str) -> str | None:
    """Return the kind a title names, remembered: an article asks twice."""
    return next((kind for kind, pattern in _TITLES if pattern.search(title)), None)


def kind_of(title: str | None, paragraphs: Sequence[str]) -> str | None:
    """Return the kind of an article that is no ordinary report, or None."""
    if title and (kind := _by_title(title)):
        return kind
    body = "\n".join(paragraphs)
    if len(body) < 400 and _FUNERAL.search(body) and ("씨" in body or "상" in body):
        return "obituary"
    if len(body) > 60 and len(_RANKS.findall(body[:3000])) >= max(6, len(body[:3000]) // 60):
        return "appointments"
    return None


def notices(title: str | None, paragraphs: Sequence[str]) -> tuple[Notice, ...]:
    """Say what a reader should know of the kind of an article."""
    kind = kind_of(title, paragraphs)
    return (Notice(f"kind-{kind}", _NAMES[kind]()),) if kind else ()

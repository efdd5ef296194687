"""Detect kinds of news that a summary says little about, read them by rules of their own, and warn the user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Notice
from yoyak.extraction import bylines
from yoyak.extraction.headline import headlines_of_page
from yoyak.extraction.page import Line, Lines, Page, relabel

_TITLES = (
    (
        "obituary",
        lazy_pattern(
            r"^\s*[\[【<(〈■◇]?\s?(?:(?:인사·|동정·)?부고|부음|訃告|訃音|궂긴\s?소식)(?:[\]】>)〉■◇:\s]|$)|\s?(?:부친상|모친상|빙부상|빙모상|장인상|장모상|시부상|시모상|배우자상|남편상|조부상|조모상)(?:\s|$|…)"
        ),
    ),
    (
        "appointments",
        lazy_pattern(
            r"^\s*[\[【<(〈■◇]?\s?(?:인사(?:·부고|·동정)?|人事|승진\s?인사|임원\s?인사|동정)(?:[\]】>)〉■◇:]|$)"
        ),
    ),
    (
        "weather",
        lazy_pattern(
            r"^\s*[\[【<(〈]?\s?(?:오늘의?\s?날씨|내일\s?날씨|주말\s?날씨|출근길\s?날씨|날씨(?:종합|예보)?|기상)(?:[\]】>)〉:\s]|$)|오늘(?:의)?\s?날씨|날씨\s?\(|\[날씨"
        ),
    ),
    (
        "market",
        lazy_pattern(
            r"^\s*[\[【<(〈](?:[^\]】>)〉]{0,6}(?:시황|마감|개장|환율|증시|코스피|코스닥)[^\]】>)〉]{0,6})[\]】>)〉]|(?:코스피|코스닥|환율|뉴욕증시|유가)[^.]{0,30}(?:마감|출발|개장|장\s?마감)(?:\s|$|…|\()"
        ),
    ),
    ("horoscope", lazy_pattern(r"운세|띠별|별자리|사주|타로")),
    (
        "photo",
        lazy_pattern(
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
# Bodies that show their kind where the title does not: funeral halls and processions, lists of ranks.
_FUNERAL = lazy_pattern(r"발인\s?(?:은|일)?[^.\n]{0,20}\d{1,2}일|빈소[^.\n]{0,40}(?:장례식장|병원|\d호실)")
_RANKS = lazy_pattern(
    r"[◇△▲]\s?[가-힣]{2,12}(?:과장|국장|부장|실장|팀장|본부장|급|서기관|사무관|장)?\s(?!\d)"
)

_MARKED = lazy_pattern(r"[▲△▶▷◇◆○●■□◎▣]\s?[가-힣A-Za-z\d]|<[^<>ⓒ©]{2,20}>$")
_ENDS_LIST = frozenset({"byline", "copyright", "tail", "related", "promotion", "comments", "address"})
"""Labels of lines that stand below a list and never in it."""
_MAX_ENTRY_CHARS = 60
"""Length of the longest line of a list that has no mark."""
_NAME_CHARS = 3
"""Syllables of the name that such a line ends in."""
_MAX_ENTRY_DISTANCE = 3
"""Lines between two entries: a heading, an advertisement."""
_FOLLOWING_LINES = 6
"""Lines below a bracketed headline in which its article begins; below the entry of a menu stands the next entry."""
_MAX_HEAD_LINES = 60
"""Lines at the top of a page in which its headline is looked for."""


def announced(lines: Lines, page: Page) -> str | None:
    """Return the kind a page gives itself: by its title, or by the first bracketed headline near its top."""
    title = page.title or next((lines[at].text for at in headlines_of_page(lines, page)), None)
    if title:
        return _by_title(title)
    for at, line in enumerate(lines[:_MAX_HEAD_LINES]):
        if line.text[0] in "[【<(〈■◇" and line.is_candidate and len(line.text) < _MAX_ENTRY_CHARS:
            kind = next((kind for kind, pattern in _TITLES if pattern.match(line.text)), None)
            if kind and any(map(_follows_headline, lines[at + 1 : at + 1 + _FOLLOWING_LINES])):
                return kind
    return None


def _follows_headline(line: Line) -> bool:
    """Whether a line is of those that stand below a headline: text, its time or byline, a marked entry."""
    return line.shape.kind == "prose" or line.label in {"time", "byline"} or bool(_MARKED.match(line.text))


def apply_kind_rules(lines: Lines, page: Page) -> Lines:
    """Read lines as their kind of page asks: a photo article is its caption, a notice is its entries."""
    kind = announced(lines, page)
    if kind == "photo":
        return relabel(
            lines,
            {
                at: ""
                for at, line in enumerate(lines)
                if line.label == "caption" and line.shape.sentences and line.text != lines[at - 1].text
            },
        )
    if kind == "obituary":
        return _mark_as_prose(
            lines, [at for at, line in enumerate(lines) if line.text[0] in "▲△▶▷" and len(line.text) > 8]
        )
    return _mark_as_prose(lines, _entries(lines)) if kind == "appointments" else lines


def _mark_as_prose(lines: Lines, indices: Iterable[int]) -> Lines:
    """Return the lines with some of them read as prose that no rule removes."""
    changed = list(lines)
    for at in indices:
        shape = changed[at].shape._replace(kind="prose", plain=True)
        changed[at] = changed[at]._replace(label="", shape=shape)
    return tuple(changed)


def _entries(lines: Lines) -> list[int]:
    """Return the lines of a list of appointments, headings included: from the first mark below the title to the last name.

    Marks are those of ranks, offices and names: ◇ 승진 ▲ 과장 홍길동.
    """
    titles = (
        at for at, line in enumerate(lines[:_MAX_HEAD_LINES]) if not line.label and _by_title(line.text)
    )
    taken: list[int] = []
    marked = last = 0
    for at in range(next(titles, -1) + 1, len(lines)):
        text, label = lines[at].text, lines[at].label
        mark = bool(_MARKED.match(text))
        named = (
            len(text) < _MAX_ENTRY_CHARS
            and bylines.is_name(word := text.rpartition(" ")[2])
            and len(word) == _NAME_CHARS
        )
        if (mark and (label in {"", "caption"} or named)) or (marked and named and not label):
            marked += mark
            taken.append(at)
            last = len(taken)
        elif marked and (label in _ENDS_LIST or at - taken[last - 1] > _MAX_ENTRY_DISTANCE):
            break
        elif marked and not label:
            taken.append(at)
    return taken[:last]


@lru_cache(maxsize=64)
def _by_title(title: str) -> str | None:
    """Return the kind that a title names. Cached: it is needed several times per article."""
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


def notices(title: str | None, paragraphs: Sequence[str], *, is_cut: bool = False) -> tuple[Notice, ...]:
    """Return the warnings about the kind of an article, and about a text that its source cut."""
    kind = kind_of(title, paragraphs)
    found = [Notice(f"kind-{kind}", _NAMES[kind]())] if kind else []
    if is_cut:
        found.append(Notice("cut-text", text("The source cut the text: its last sentence is incomplete.")))
    return tuple(found)

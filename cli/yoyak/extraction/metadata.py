"""Read the metadata (times, reporters, outlet) from the lines around the body and from what the markup states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import bylines, line_rules, times, word_lists
from yoyak.extraction.page import Hints, Line, Lines, indices_of

_OWNER = (
    lazy_pattern(
        r"(?:저작권자|Copyrights?|COPYRIGHT|[ⓒ©])\s?(?:\(c\)|\(C\)|[ⓒ©:=])?\s?(?:by\s)?(?P<name>[^<>()\[\]{}|,.]{2,20}?)\s?(?:[(<>\[\],.|&]|무단|재배포|All|ALL|Corp|Inc|Co|$)"
    ),
    lazy_pattern(r"^[\[<(]?(?P<name>[가-힣A-Za-z0-9]{2,14})\s?[ⓒ©]"),
    lazy_pattern(
        r"(?:저작권자|[ⓒ©])\s?(?:\(c\)|[ⓒ©:])?\s?(?P<owner>[가-힣][가-힣A-Za-z0-9]{1,11})"
        r"\s?(?:\(\s?(?:www|http)[^\s()]{1,60}\)\s?)?[,.]?\s?(?:무단|All)"
    ),
    lazy_pattern(r"[’”'\"]\s?(?P<name>[가-힣A-Za-z0-9]{2,12})\s?,\s?무단"),
    lazy_pattern(r"(?P<name>[가-힣A-Za-z0-9]{2,12})\s?\((?:www|http)"),
    lazy_pattern(r"^[\[(<-]?\s?(?P<name>[가-힣A-Za-z0-9]{2,14}),?\s무단\s?전재"),
)
_LETTERS = (
    lazy_pattern(r"(?:저작권자|[ⓒ©])\s?(?:\([cC]\)|[ⓒ©:])?\s?(?P<owner>[A-Z]{2,5})[,.]?\s?(?:무단|[Aa]ll\s)"),
)
"""A station by its letters. Used last: the top of a page may give its full name."""
_PHOTO_CREDIT = lazy_pattern(r"[\[(<]?\s?(?:사진|영상|그래픽|촬영|편집)\s?[=:/ㅣ|·]")
_SOURCE = lazy_pattern(
    r"^[\[(<【]?\s?(?:Source|출처|기사\s?제공)\s?[:=：]\s?(?P<name>[가-힣A-Za-z0-9 ]{2,14}?)\s?[\])>】]?$"
)
"""The outlet of an article that a portal carries."""
_CALL = lazy_pattern(
    r"(?P<name>[가-힣A-Za-z0-9]{3,12})(?:\s?뉴스)?[은는]\s(?:24시간\s)?(?:시청자\s?|독자\s?)?여러분의\s(?:소중한\s)?제보"
)
"""The outlet in its call for tips."""
_SIGNED_LINES = 40
"""Lines below the body in which the reporter's own line can stand, behind calls for tips and buttons."""
_MAX_SIGNED_CHARS = 40
_MAX_NAMING_CHARS = 300
_BRACKET = lazy_pattern(r"[\[\]()]")
_WORDS_AFTER_LOGO = 4
"""Words behind an outlet's name at the head of a page that say whether it stands alone there."""
_MAX_TITLE_CHARS = 160
"""Characters of the longest title with a site's name behind it."""
_SITE = lazy_pattern(r"\s+(?:[|｜<>:»›ㅣ–—-]|::)\s+(?P<name>[가-힣A-Za-z0-9· ]{2,14})$")
_WRITER_LINE = lazy_pattern(
    r"^(?:(?:기자명|글쓴이|작성자)\s?[:=|]?|(?:취재|글|글·사진|기자|by|By|BY)\s?(?:[:=|]|(?=\s[가-힣]+(?:\s?기자|\s\S+@\S+)?$)))"
    r"\s?([가-힣]{2,4})(?:\s?기자)?(?:\s|$)"
)


class Metadata(NamedTuple):
    """The metadata of an article."""

    published: datetime | None
    modified: datetime | None
    reporters: tuple[str, ...]
    press: str | None


class Named(NamedTuple):
    """Names found while the body was cleaned: in datelines, bylines at its end, sign-offs."""

    reporters: tuple[str, ...] = ()
    press: str | None = None
    trailing_text: tuple[str, ...] = ()
    """The text cut behind the last sentence; it may name the outlet."""
    station: str | None = None
    """The station that the reporter of a broadcast signs off for."""


def gather(lines: Lines, *, hints: Hints, named: Named) -> Metadata:
    """Gather the metadata from the head of a page, its lines right below the body, and the markup.

    A time needs a label, or a place between title and body: a page's own clock stands above the title.
    """
    body = indices_of(lines)
    first, last = body[0], body[-1]
    title_at = next(iter(indices_of(lines, "headline")), None)
    top = max(0, (title_at if title_at is not None else first) - 12)
    head = [line.text for line in lines[top:first]]
    below = _below(lines, last)
    stamps = times.labelled(head)
    stamps_below = times.labelled(below)
    published = (
        hints.published
        or stamps.published
        or stamps_below.published
        or _bare(lines, title_at, first)
        or times.sent(below)
    )
    modified = hints.modified or stamps.modified or stamps_below.modified
    writers = _merge(
        named.reporters,
        _bylines(
            lines[max(top, title_at or 0) : first],
            title=lines[title_at].text if title_at is not None else "",
        ),
        _bylines(lines[last + 1 : last + 1 + len(below)], title=""),
    )
    if not writers:
        writers = (
            hints.reporters
            or _merge(_bylines(lines[top:first], title=""))
            or _signed_below(lines, last)
            or _photographers(lines, first, last)
        )
    press = (
        named.press
        or hints.press
        or _owner(line.text for line in lines[last + 1 :])
        or _owner(named.trailing_text)
        or _named(_SOURCE, [line.text for line in lines[last + 1 :]])
        or _named(_CALL, [*(line.text for line in lines[last + 1 :]), *named.trailing_text])
        or _site(lines[at] for at in {0, title_at or 0} if len(lines[at].text) <= _MAX_TITLE_CHARS)
        or (hints.site if hints.site and bylines.is_outlet(hints.site) else None)
        or _masthead(lines, first)
        or _bracketed([*head, *below])
        or _mail([*head, *below, *named.trailing_text])
        or _owner((line.text for line in lines[last + 1 :]), _LETTERS)
        or named.station
        or hints.site
    )
    return Metadata(published, modified, writers, press)


def _named(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    """Return the first outlet that a pattern finds in some lines."""
    matches = (pattern.search(text) for text in texts if len(text) < _MAX_NAMING_CHARS)
    return next((match["name"] for match in matches if match and bylines.is_press(match["name"])), None)


def _signed_below(lines: Lines, last: int) -> tuple[str, ...]:
    """Return the reporter whose own line stands further below the body, after its calls and buttons."""
    for line in lines[last + 1 : last + 1 + _SIGNED_LINES]:
        if line.label in {"comments", "title", "headline"}:
            break
        if (
            line.label == "byline"
            and len(line.text) <= _MAX_SIGNED_CHARS
            and (signers := bylines.signers(line.text))
        ):
            return signers
    return ()


def _photographers(lines: Lines, first: int, last: int) -> tuple[str, ...]:
    """Return reporters credited with a photo of the article: who is named where no byline names anyone."""
    ends = [line.text[-40:] for line in lines[max(0, first - 3) : last + 1] if line.label == "caption"]
    return _merge(*(bylines.reporters(end) for end in ends))


def _below(lines: Lines, last: int, limit: int = 14) -> list[str]:
    """Return the lines right below the body, up to the first heading of another box or the next headline."""
    texts = []
    for at in range(last + 1, min(last + 1 + limit, len(lines))):
        text = lines[at].text
        if line_rules.rule_is_box(lines[at]) or (
            lines[at].label in {"after", "other-article", "repeat", "title"} and len(text) > 12
        ):
            break
        texts.append(text)
    return texts


def _merge(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _bylines(lines: Sequence[Line], *, title: str) -> list[str]:
    """Names on byline lines; a name and its 기자 may stand on two lines."""
    found: list[str] = []
    for index, line in enumerate(lines):
        text = line.text
        if text == title or len(text) > 160 or line.label == "caption" or _PHOTO_CREDIT.match(text):
            continue
        if line_rules.is_byline(text) or times.has_labelled_time(text) or bylines.is_signed(text):
            found.extend(bylines.reporters(text))
        if match := _WRITER_LINE.match(text):
            found.extend([match.group(1)] if bylines.is_name(match.group(1)) else [])
        if line.label == "time" and bylines.is_name(name := line_rules.name_before_time(text)):
            found.append(name)
        if (
            bylines.is_name(text)
            and index + 1 < len(lines)
            and re.fullmatch(bylines.ROLE, lines[index + 1].text)
        ):
            found.append(text)
    return found


def _bare(lines: Lines, title_at: int | None, first: int) -> datetime | None:
    """Return a time without a label, between the title and the body."""
    if title_at is None:
        return None
    for at in range(title_at + 1, min(first, title_at + 12)):
        if (
            lines[at].label in {"time", "byline", "table"}
            and (moment := times.parse_time(lines[at].text))
            and not times.is_label(lines[at].text)
        ):
            return moment
    return None


def _owner(texts: Iterable[str], patterns: Sequence[re.Pattern[str]] = _OWNER) -> str | None:
    """Return the outlet a copyright line names."""
    for text in texts:
        if len(text) > 300 or not any(
            mark in text for mark in ("ⓒ", "©", "저작권자", "opyright", "OPYRIGHT", "무단")
        ):
            continue
        for pattern in reversed(patterns):
            for match in pattern.finditer(text):
                if owner := match.groupdict().get("owner"):
                    house = owner.removesuffix("사")  # 저작권자ⓒ가온일보사
                    return house if bylines.is_press(house) else owner
                name = match.group("name").strip(" -·'\"“”‘’")
                if bylines.is_press(name):
                    return name
    return None


def _site(lines: Iterable[Line]) -> str | None:
    """Return the site's name behind a title: the document's, on the first line, or the article's own."""
    names = (match.group("name").strip() for line in lines if (match := _SITE.search(line.text)))
    return next((name for name in names if bylines.is_press(name)), None)


def _masthead(lines: Sequence[Line], body: int) -> str | None:
    """Return the outlet's name among the first lines of a page: alone, as a logo, or before its buttons or its reporter.

    Below a short article's first line stand headings of boxes too: 하루뉴스. There only an outlet we know is one.
    """
    for at, line in enumerate(lines[:12]):
        text = line.text.strip("[]<>")
        if len(text) <= 12 and _is_logo(text) and (at < body or text in word_lists.load().outlets):
            return text
        first = text[:13].partition(" ")[0]
        if (
            at < 4
            and _is_logo(first)
            and _stands_alone(text.split(" ", _WORDS_AFTER_LOGO)[1:_WORDS_AFTER_LOGO])
        ):
            return first
    return None


def _is_logo(word: str) -> bool:
    """Whether a short text is an outlet's name, and no button, section or heading of a box that sounds like one."""
    squashed = word.replace(" ", "")
    return (
        len(word) >= 3
        and not _BRACKET.search(word)
        and bylines.is_press(word)
        and squashed not in word_lists.load().controls
        and not word_lists.load().menu.fullmatch(squashed)
        and not line_rules.is_box_heading(squashed)
    )


def _stands_alone(behind: Sequence[str]) -> bool:
    """Whether the words behind a name are buttons or a reporter's, and no headline about the outlet."""
    known = word_lists.load()
    buttons = sum(word in known.controls or word in known.sections or word.isascii() for word in behind)
    return 2 * buttons >= len(behind) or bool(bylines.signers(" ".join(behind)))


def _bracketed(texts: Iterable[str]) -> str | None:
    """Return the outlet a byline names: [가온신문=홍길동 기자]."""
    signed = (
        text
        for text in texts
        if text[0] in "([【" and (line_rules.is_byline(text) or bylines.is_signed(text))
    )
    lines = map(bylines.read_dateline, signed)
    return next((line.press for line in lines if line and line.press), None)


def _mail(texts: Iterable[str]) -> str | None:
    return next((press for text in texts if "@" in text and (press := bylines.press_of_email(text))), None)

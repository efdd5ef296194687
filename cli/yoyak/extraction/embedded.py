"""The body that a page's data holds, as lines: JSON-LD and application state have no layout but their own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from yoyak.core.normalize import normalize, squeeze
from yoyak.extraction.app_state import Stated, find_articles
from yoyak.extraction.blocks import line_of, read_blocks
from yoyak.extraction.dom import parse
from yoyak.extraction.headline import loose
from yoyak.extraction.page import Line

_ANY_TAG = re.compile(
    r"<(?:/?(?:p|div|br|b|strong|span|a|h[1-6]|img|figure|em|i|ul|li|table|section)\b|!--)|&lt;(?:p|br|div)\b",
    re.IGNORECASE,
)
_ALONE = 2
"""How many times longer than the next one a body must be that no title vouches for: else the data is a list."""


def choose_stated(values: Sequence[Any], claims: Sequence[str]) -> Stated | None:
    """Return the article among those in a page's data: one that has a claimed title, or the only long one."""
    found = sorted(find_articles(values), key=lambda one: one.size, reverse=True)
    if not found:
        return None
    named = next((one for one in found if bears_title(one, claims)), None)
    if named:
        return named
    others = [one for one in found if one.parts != found[0].parts]
    return found[0] if not others or found[0].size >= _ALONE * others[0].size else None


def bears_title(stated: Stated, claims: Sequence[str]) -> bool:
    """Whether one of the titles that a page claims begins with the title of an article in its data."""
    own = loose(stated.title) if stated.title else ""
    return bool(own) and any(loose(claim).startswith(own) for claim in claims)


def stated_lines(stated: Stated) -> tuple[Line, ...]:
    """Return the lines of a body that came as data: each part markup or plain text."""
    lines: list[Line] = []
    for part in stated.parts:
        if _ANY_TAG.search(part):
            text = part if "<" in part else html.unescape(part)
            blocks = [block for block in read_blocks(parse(text).root)[0] if not block.hidden]
            lines += [line_of(block, inside=not block.node.aside) for block in blocks]
        else:
            lines += _plain_lines(html.unescape(part))
    return tuple(lines)


def _plain_lines(text: str) -> Iterator[Line]:
    gap = True
    for line in normalize(text).split("\n"):
        plain = squeeze(line)
        if plain:
            yield Line(plain, "", 0.0, gap, in_body=True)
        gap = not plain

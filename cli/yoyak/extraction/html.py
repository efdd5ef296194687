"""HTML -> `Page`: lines with what the markup says of each, and what the head states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from yoyak.extraction.app_state import read_scripts
from yoyak.extraction.blocks import Block, in_figure, in_link, join_wrapped, read_blocks
from yoyak.extraction.container import find_container, lists_articles, weigh
from yoyak.extraction.dom import Node, parse
from yoyak.extraction.embedded import bears_title, choose_stated, stated_lines
from yoyak.extraction.head import hints, is_article, read_head, title_of
from yoyak.extraction.layout import body_lines
from yoyak.extraction.line_shape import SENTENCE_END
from yoyak.extraction.page import Hints, Line, Page
from yoyak.extraction.times import labelled, parse_stated_time

_OPENS = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|br|table|article|section|script|span|h1)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_PIECE = re.compile(
    r"</?(?:p|div|br|span|strong|b|table|tr|td|ul|li|a|img|h[1-6]|font|em|figure|section)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_PIECES = 3
_HEAD = 4_000
_MIN_DUMP_LINES = 30
"""With this many lines near its beginning, a text with tags in fewer than a tenth of them is a text dump."""
_ENOUGH = 200
"""Weight of prose from which on a page is believed to show its body."""
_MASKED_ACCOUNT = re.compile(r"[\w.-]{1,8}\*{2,6}")
_FEWEST_ACCOUNTS = 5
"""Masked account names that a page of comments shows at least; an article with comments below it shows them outside."""
_NEAR = 40
"""Elements after the start of the body among which its <time> may stand."""
_ONE_DAY = timedelta(days=1)
_HEAD_LINES = 40
"""Lines above the body that may print its times."""


def is_html(text: str) -> bool:
    """Whether a text is markup: it opens with a tag, names a document, or has several tags near its beginning.

    A piece of an article from a database is markup too; `<앵커>` and `<사진=…>` are not, nor is a text dump of many lines
    in one of which a converter left the markup of an advertisement.
    """
    start = text[:_HEAD].lstrip()
    if start.startswith("<") and _OPENS.search(start):
        return True
    if _DOCUMENT.search(start):
        return True
    if sum(1 for _ in islice(_PIECE.finditer(start), _PIECES)) < _PIECES:
        return False
    lines = [line for line in start.split("\n") if line.strip()]
    return len(lines) < _MIN_DUMP_LINES or sum(bool(_PIECE.search(line)) for line in lines) > len(lines) // 10


def read_page(text: str) -> Page:
    """Read a page of markup, however broken, in time linear in its length."""
    markup = parse(text)
    linked, states = read_scripts(markup.scripts)
    head = read_head(markup, linked)
    blocks, nodes = read_blocks(markup.root)
    shown = join_wrapped(_shown(blocks))
    title = title_of(head, shown)
    container = find_container(shown, nodes, title)
    lines, subtitles = body_lines(shown, nodes, container, title)
    if _is_comment_page(lines) or (
        container is not None and not is_article(head) and lists_articles(shown, nodes)
    ):
        lines = tuple(line._replace(in_body=False) for line in lines)
    claims = [*head.metas.get("og:title", ()), head.document_title]
    claims += [block.text for block in shown if block.tag == "title"]
    stated = choose_stated([*linked, *states], claims)
    if stated and _body_size(lines) < 0.6 * _prose_size(body := stated_lines(stated)):
        lines = (*(line._replace(in_body=False) for line in lines), *body)
    elif stated and not bears_title(stated, claims):
        stated = None
    found = hints(head, title, stated, subtitles)
    if found.published is None:
        found = replace(found, published=_marked_time(nodes, container))
    return Page(lines=lines, hints=_with_printed_times(found, lines))


def _is_comment_page(lines: Sequence[Line]) -> bool:
    """Whether the body is a list of readers' comments: many of its lines are masked account names."""
    body = [line.text for line in lines if line.in_body]
    masked = sum(bool(_MASKED_ACCOUNT.fullmatch(text)) for text in body)
    return masked >= max(_FEWEST_ACCOUNTS, len(body) // 15)


def _marked_time(nodes: Sequence[Node], container: Node | None) -> datetime | None:
    """Return the time of the first <time> element or `datePublished` property before the end of the body."""
    for node in nodes:
        if container is not None and node.order > container.order + _NEAR:
            return None
        if node.tag == "time" or node.get("itemprop").lower() == "datepublished":
            texts = [
                node.get("datetime"),
                node.get("content"),
                *(c for c in node.children if isinstance(c, str)),
            ]
            moment = next((found for text in texts if text and (found := parse_stated_time(text))), None)
            if moment and not node.aside and not in_link(node):
                return moment
    return None


def _with_printed_times(stated: Hints, lines: Sequence[Line]) -> Hints:
    """Return the hints with the printed times where both are known: readers see the printed ones."""
    body = next((at for at, line in enumerate(lines) if line.in_body), 0)
    printed = labelled([line.text for line in lines[max(0, body - _HEAD_LINES) : body]])
    return replace(
        stated,
        published=_truer(stated.published, printed.published),
        modified=_truer(stated.modified, printed.modified),
    )


def _truer(stated: datetime | None, printed: datetime | None) -> datetime | None:
    """Return the printed time if it has a clock and is less than a day from the stated one, else the stated one.

    Metadata may hold only a date, the time the draft was saved, or Korean time declared as UTC.
    """
    if stated is None or printed is None:
        return stated
    same_minute = stated.replace(second=0, microsecond=0) == printed.replace(second=0, microsecond=0)
    has_clock = (printed.hour, printed.minute) != (0, 0)
    return printed if has_clock and not same_minute and abs(stated - printed) < _ONE_DAY else stated


def _shown(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks a reader sees.

    Where that leaves no body, names are not believed: a script has yet to show what they hide, or what
    they call the text of a video is the article.
    """
    seen = [block for block in blocks if not block.hidden]
    size = sum(map(weigh, seen))
    if size >= _ENOUGH:
        return seen
    captions = [block for block in seen if block.tag == "caption" and not in_figure(block.node)]
    hidden = [block for block in blocks if block.hidden]
    for block in captions:
        block.tag = ""
    for block in hidden:
        block.hidden = False
    if sum(map(weigh, hidden)) > 2 * max(size, sum(map(weigh, captions))):
        return list(blocks)
    if sum(map(weigh, captions)) <= 2 * size:
        for block in captions:
            block.tag = "caption"
    return seen


def _body_size(lines: Sequence[Line]) -> float:
    """Characters of the sentences a page shows in its body."""
    return _prose_size([line for line in lines if line.in_body])


def _prose_size(lines: Sequence[Line]) -> float:
    return sum(
        len(line.text) * (1 - line.links)
        for line in lines
        if line.tag in {"", "item"} and SENTENCE_END.search(line.text)
    )

"""HTML pages: from markup to a `Page`, lines with what the markup says of each, and what the head states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction.blocks import Block, in_figure, in_link, join_wrapped, read_blocks
from yoyak.extraction.container import find_container, lists_articles, weigh
from yoyak.extraction.dom import Node, parse
from yoyak.extraction.embedded import (
    EmbeddedArticle,
    bears_title,
    choose_article,
    embedded_lines,
    read_scripts,
)
from yoyak.extraction.head import Head, hints, is_article, read_head, title_of
from yoyak.extraction.layout import body_lines
from yoyak.extraction.line_shape import SENTENCE_END
from yoyak.extraction.page import Hints, Line, Page
from yoyak.extraction.times import labelled, parse_stated_time
from yoyak.extraction.titles import is_service_page

_OPENING_TAG = lazy_pattern(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|br|table|article|section|script|span|h1)\b",
    re.IGNORECASE,
)
_DOCUMENT = lazy_pattern(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = lazy_pattern(
    r"</?(?:p|div|br|span|strong|b|table|tr|td|ul|li|a|img|h[1-6]|font|em|figure|section)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_FEWEST_TAGS = 3
"""Tags near the beginning of a text from which on it is markup."""
_MAX_LINES_PER_TAG = 5
_START_CHARS = 4_000
"""Characters at the start of a text that decide whether it is markup."""
_ENOUGH_PROSE = 200
"""Weight of prose from which on the visible part of a page is taken to hold its body."""
_MIN_BODY_SHARE = 0.6
"""Share of the body in the page's data that the visible body must have, or the data is used."""
_MAX_HEAD_LINES = 40
"""Lines above the body in which its times may be printed."""
_MASKED_ACCOUNT = lazy_pattern(r"[\w.-]{1,8}\*{2,6}")
_FEWEST_ACCOUNTS = 5
"""Masked account names on a page of comments. An article with comments below it shows them outside of its body."""
_NEAR_ELEMENTS = 40
"""Elements after the start of the body among which its <time> may stand."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Body:
    """The lines of a page, and what was learned while they were found."""

    lines: tuple[Line, ...]
    subtitles: tuple[str, ...]
    container: Node | None
    embedded: EmbeddedArticle | None = None
    """The article in the page's data, if the page shows it or takes its body from it."""


def is_html(text: str) -> bool:
    """Whether a text is markup: it begins with a tag, declares a document, or has a tag in every few lines.

    A piece of an article from a database is markup too. `<앵커>` and `<사진=…>` are not, nor is a text dump in which a
    converter left the markup of a banner.
    """
    start = text[:_START_CHARS].lstrip()
    if start.startswith("<") and _OPENING_TAG.search(start):
        return True
    if _DOCUMENT.search(start):
        return True
    needed = max(_FEWEST_TAGS, start.count("\n") // _MAX_LINES_PER_TAG)
    return sum(1 for _ in islice(_TAG.finditer(start), needed)) == needed


def read_page(text: str) -> Page:
    """Read a page of markup of any quality, in time linear in its length."""
    markup = parse(text)
    linked, states = read_scripts(markup.scripts)
    blocks, nodes = read_blocks(markup.root)
    head = read_head(markup, linked, nodes)
    shown = join_wrapped(_visible(blocks))
    title = title_of(head, shown)
    claims = [*head.metas.get("og:title", ()), head.document_title]
    headings = [block.text for block in shown if block.tag == "title"]
    body = _find_body(shown, nodes, title)
    if _is_service_page(claims, headings) or _is_list(body, shown, nodes, head):
        body = replace(body, lines=_outside(body.lines))
    body = _with_embedded_article(body, [*linked, *states], [*claims, *headings])
    found = hints(head, title, body.embedded, body.subtitles)
    if found.published is None:
        found = replace(found, published=_marked_time(nodes, body.container))
    return Page(lines=body.lines, hints=_with_printed_times(found, body.lines))


def _visible(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that a reader sees.

    If they hold no body, class names are not believed: a script shows later what they hide, or the text of a video is
    named a caption and is the article.
    """
    seen = [block for block in blocks if not block.hidden]
    size = sum(map(weigh, seen))
    if size >= _ENOUGH_PROSE:
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


def _find_body(blocks: Sequence[Block], nodes: Sequence[Node], title: str | None) -> _Body:
    """Find the element that holds the body and return the lines of the page."""
    container = find_container(blocks, nodes, title)
    lines, subtitles = body_lines(blocks, nodes, container, title)
    return _Body(lines, subtitles, container)


def _is_service_page(claims: Sequence[str], headings: Sequence[str]) -> bool:
    """Whether a page is about the outlet and its service, by its claimed titles or by all of its headings."""
    return any(map(is_service_page, claims)) or (bool(headings) and all(map(is_service_page, headings)))


def _is_list(body: _Body, blocks: Sequence[Block], nodes: Sequence[Node], head: Head) -> bool:
    """Whether a page is a list of articles or of readers' comments."""
    if body.container is not None and not is_article(head) and lists_articles(blocks, nodes):
        return True
    texts = [line.text for line in body.lines if line.in_body]
    masked = sum(bool(_MASKED_ACCOUNT.fullmatch(text)) for text in texts)
    return masked >= max(_FEWEST_ACCOUNTS, len(texts) // 15)


def _outside(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines marked as outside of the body."""
    return tuple(line._replace(in_body=False) for line in lines)


def _with_embedded_article(body: _Body, values: Sequence[Any], claims: Sequence[str]) -> _Body:
    """Add the article in the page's data: its lines if the page shows less of it, else its metadata."""
    article = choose_article(values, claims)
    if article is None:
        return body
    lines = embedded_lines(article)
    if _prose_size([line for line in body.lines if line.in_body]) < _MIN_BODY_SHARE * _prose_size(lines):
        return replace(body, lines=(*_outside(body.lines), *lines), embedded=article)
    return replace(body, embedded=article) if bears_title(article, claims) else body


def _prose_size(lines: Sequence[Line]) -> float:
    """Return the characters of the lines with sentences, without their links."""
    return sum(
        len(line.text) * (1 - line.links)
        for line in lines
        if line.tag in {"", "item"} and SENTENCE_END.search(line.text)
    )


def _marked_time(nodes: Sequence[Node], container: Node | None) -> datetime | None:
    """Return the time of the first <time> element or `datePublished` property above or near the start of the body."""
    for node in nodes:
        if container is not None and node.order > container.order + _NEAR_ELEMENTS:
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
    printed = labelled([line.text for line in lines[max(0, body - _MAX_HEAD_LINES) : body]])
    return replace(
        stated,
        published=_prefer_printed(stated.published, printed.published),
        modified=_prefer_printed(stated.modified, printed.modified),
    )


def _prefer_printed(stated: datetime | None, printed: datetime | None) -> datetime | None:
    """Return the printed time if it has a clock and is less than a day from the stated one, else the stated one.

    Metadata may hold only a date, the time when the draft was saved, or Korean time declared as UTC.
    """
    if stated is None or printed is None:
        return stated
    same_minute = stated.replace(second=0, microsecond=0) == printed.replace(second=0, microsecond=0)
    has_clock = (printed.hour, printed.minute) != (0, 0)
    return printed if has_clock and not same_minute and abs(stated - printed) < _ONE_DAY else stated

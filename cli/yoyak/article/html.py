"""HTML -> `Page`: lines with what the markup says of each, and what the head states."""

from __future__ import annotations

import re

from yoyak.article.blocks import Block, read_blocks
from yoyak.article.container import find_container
from yoyak.article.markup import Markup, Node, parse
from yoyak.article.page import Hints, Line, Page

_LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|br|table|article|section|script|span|h1)\b", re.IGNORECASE)
_HEAD = 4_000


def is_html(text: str) -> bool:
    """Whether a text is markup: it opens with a tag, or has the tags of a document near its beginning."""
    start = text[:_HEAD].lstrip()
    if not start.startswith("<"):
        return False
    return bool(_LOOKS_LIKE_HTML.search(start))


def read_page(text: str) -> Page:
    """Read a page of markup, however broken, in time linear in its length."""
    markup = parse(text)
    lines, subtitles = _lines(markup)
    return Page(lines=lines, hints=Hints(subtitles=subtitles, title=markup.title or None))


def _lines(markup: Markup) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    blocks, nodes = read_blocks(markup.root)
    shown = [block for block in blocks if not block.hidden]
    container = find_container(shown, nodes)
    if container is None:
        return tuple(_line(block, inside=None) for block in shown), ()
    held = {container}
    for node in nodes:
        if node.parent in held:
            held.add(node)
    lines: list[Line] = []
    subtitles: list[str] = []
    begun = False
    for block in shown:
        inside = block.node in held and block.aside is None
        if block.deck and not begun and len(block.text) < 150:
            subtitles.append(block.text)
            inside = False
        elif inside and not block.tag and len(block.text) > 40:
            begun = True
        lines.append(_line(block, inside=inside))
    return tuple(lines), tuple(subtitles)


def _line(block: Block, *, inside: bool | None) -> Line:
    return Line(block.text, block.tag, round(block.links, 2), block.gap, inside, block.hard)

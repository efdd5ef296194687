"""HTML -> `Page`: lines with what the markup says of each, and what the head states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, pairwise

from yoyak.article import coherence, names
from yoyak.article.blocks import Block, in_figure, join_wrapped, line_of, name_of, read_blocks, starts_aside
from yoyak.article.container import find_container, lists_articles, weigh
from yoyak.article.head import hints, is_article, read_head, title_of
from yoyak.article.headline import loose
from yoyak.article.lines import SENTENCE_END
from yoyak.article.markup import Node, parse
from yoyak.article.page import Hints, Line, Page
from yoyak.article.rules import is_byline
from yoyak.article.state import read_scripts
from yoyak.article.stated import choose_stated, stated_lines
from yoyak.article.times import labelled, parse_time

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
_LIST = 3
"""Lines of links in a row that make a list of other articles; one or two may be sources."""
_ENOUGH = 200
"""Characters by whose words two texts can be told to be about different things."""
_KNOWN = 4_000
"""Characters of an article from which its subject is known."""
_HEAD_LINES = 40
"""Lines above the body that may print its times."""


def is_html(text: str) -> bool:
    """Whether a text is markup: it opens with a tag, names a document, or has several tags near its beginning.

    A piece of an article from a database is markup too; `<앵커>` and `<사진=…>` are not.
    """
    start = text[:_HEAD].lstrip()
    if start.startswith("<") and _OPENS.search(start):
        return True
    if _DOCUMENT.search(start):
        return True
    return sum(1 for _ in islice(_PIECE.finditer(start), _PIECES)) == _PIECES


def read_page(text: str) -> Page:
    """Read a page of markup, however broken, in time linear in its length."""
    markup = parse(text)
    linked, states = read_scripts(markup.scripts)
    head = read_head(markup, linked)
    blocks, nodes = read_blocks(markup.root)
    shown = join_wrapped(_shown(blocks))
    title = title_of(head, shown)
    container = find_container(shown, nodes, title)
    lines, subtitles = _lines(shown, nodes, container, title)
    if container is not None and not is_article(head) and lists_articles(shown, nodes):
        lines = tuple(line._replace(inside=False) for line in lines)
    stated = choose_stated([*linked, *states], head)
    if stated and _body_size(lines) < 0.6 * _prose_size(body := stated_lines(stated)):
        lines = (*(line._replace(inside=False) for line in lines), *body)
    else:
        stated = None
    return Page(lines=lines, hints=_with_printed_times(hints(head, title, stated, subtitles), lines))


def _with_printed_times(stated: Hints, lines: Sequence[Line]) -> Hints:
    """Return the hints with the printed times, where a tag's is only a date, or Korean time that is called UTC."""
    body = next((at for at, line in enumerate(lines) if line.inside), 0)
    printed = labelled([line.text for line in lines[max(0, body - _HEAD_LINES) : body]])
    return replace(
        stated,
        published=_truer(stated.published, printed.published),
        modified=_truer(stated.modified, printed.modified),
    )


def _truer(stated: datetime | None, printed: datetime | None) -> datetime | None:
    if stated is None or printed is None:
        return stated
    late = abs(stated - printed - timedelta(hours=9)) < timedelta(minutes=1)
    bare = stated.date() == printed.date() and (stated.hour, stated.minute, stated.second) == (0, 0, 0)
    return printed if late or bare else stated


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


def _lines(
    blocks: Sequence[Block], nodes: Sequence[Node], container: Node | None, title: str | None
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the blocks as lines, and the subtitles among them."""
    if container is None:
        return tuple(line_of(block, inside=None) for block in blocks), ()
    held = {container}
    for node in nodes:
        if node.parent in held:
            held.add(node)
    insides = [block.node in held and not block.node.aside for block in blocks]
    _leave_out_link_lists(blocks, insides)
    _leave_out_other_articles(blocks, insides, title)
    body = {
        block.text for block, inside in zip(blocks, insides, strict=True) if inside and len(block.text) >= 30
    }
    wanted = loose(title) if title else ""
    lines: list[Line] = []
    subtitles: list[str] = []
    titled = begun = False
    for block, inside in zip(blocks, insides, strict=True):
        titled = titled or (bool(wanted) and loose(block.text) == wanted)
        if block.deck and not begun and (titled or inside) and _is_subtitle(block, wanted):
            subtitles.append(block.text)
            lines.append(line_of(block, inside=False))
            continue
        begun = begun or (inside and not block.tag and len(block.text) > 40)
        if inside and _in_data_table(block.node, container):
            block.tag = "cell"
        if inside or block.text not in body:  # a summary box or a caption list repeats what the body says
            lines.append(line_of(block, inside=inside))
    return tuple(_together(lines)), tuple(dict.fromkeys(subtitles))


def _leave_out_link_lists(blocks: Sequence[Block], insides: list[bool]) -> None:
    """Take runs of lines that are nothing but links, and the short line above them, out of the body."""
    run: list[int] = []
    for at, block in enumerate([*blocks, None]):
        if block is not None and block.tag == "link":
            run.append(at)
            continue
        if len(run) >= _LIST:
            above = run[0] - 1
            if above >= 0 and len(blocks[above].text) <= 20 and blocks[above].tag != "title":
                run.append(above)
            for line in run:
                insides[line] = False
        run = []


def _leave_out_other_articles(blocks: Sequence[Block], insides: list[bool], title: str | None) -> None:
    """Take what stands under a second headline out of the body, if it is about something else."""
    article = title or ""
    starts = [
        at
        for at, block in enumerate(blocks)
        if insides[at] and block.node.tag in {"h1", "h2"} and block.text != title
    ]
    for start, end in pairwise([0, *starts, len(blocks)]):
        text = " ".join(blocks[at].text for at in range(start, end) if insides[at])
        long = len(text) >= _ENOUGH and len(article) >= _ENOUGH
        signed = start > 0 and len(blocks[start - 1].text) < 80 and is_byline(blocks[start - 1].text)
        least = (2 if signed else 1) * coherence.SAME  # a byline above it ends the article before
        if long and not coherence.belongs(text, coherence.stems(article), least=least):
            insides[start:end] = [False] * (end - start)
        elif len(article) < _KNOWN:
            article += " " + text


def _in_data_table(node: Node, container: Node) -> bool:
    """Whether an element stands in a row of several cells inside the body."""
    while node is not container and node.parent is not None:
        if node.tag in {"td", "th"}:
            return (
                sum(isinstance(cell, Node) and cell.tag in {"td", "th"} for cell in node.parent.children) > 1
            )
        node = node.parent
    return False


def _is_subtitle(block: Block, title: str) -> bool:
    """Whether a line in an element named for a subtitle is one, and not a section, a time or the title."""
    text = block.text
    fits = (
        6 <= len(text) < 150
        and loose(text) != title
        and not names.reporters(text)
        and parse_time(text) is None
    )
    return fits and (not block.node.aside or _only_in_header(block.node))


def _only_in_header(node: Node) -> bool:
    """Whether an element is beside the body only because it stands in a <header>."""
    while node.aside:
        if (
            name_of(node).aside
            or name_of(node).widget
            or (starts_aside(node) and node.tag != "header")
            or node.parent is None
        ):
            return False
        node = node.parent
    return True


def _together(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with the boxes that stand in the middle of the body moved behind it, so that prose follows prose."""
    inside = [at for at, line in enumerate(lines) if line.inside]
    if not inside:
        return list(lines)
    first, end = inside[0], inside[-1] + 1
    middle = lines[first:end]
    return [
        *lines[:first],
        *(line for line in middle if line.inside),
        *(line for line in middle if not line.inside),
        *lines[end:],
    ]


def _body_size(lines: Sequence[Line]) -> float:
    """Characters of the sentences a page shows in its body."""
    return _prose_size([line for line in lines if line.inside])


def _prose_size(lines: Sequence[Line]) -> float:
    return sum(
        len(line.text) * (1 - line.links)
        for line in lines
        if line.tag in {"", "item"} and SENTENCE_END.search(line.text)
    )

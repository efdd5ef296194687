"""The blocks of a page as lines of a `Page`: which are inside the body, which beside it, and in which order.

Lines of the body are put together, because later steps search for prose that follows prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from yoyak.extraction import bylines, coherence
from yoyak.extraction.blocks import Block, hints_of, line_of, starts_aside
from yoyak.extraction.dom import Node
from yoyak.extraction.headline import normalize_title
from yoyak.extraction.line_rules import is_byline
from yoyak.extraction.line_shape import SENTENCE_END
from yoyak.extraction.page import Line
from yoyak.extraction.times import parse_time

MIN_LINK_LIST = 3
"""Lines of links in a row that make a list of other articles. One or two may be sources."""
MIN_SUBJECT_CHARS = 200
"""Characters of the shortest texts whose words show whether they are about the same subject."""
MAX_CONTROL_CHARS = 40
"""Characters of the longest line that is a button because of the name of its element."""
MAX_COMPARED_CHARS = 4_000
"""Characters of an article that are compared with a text below it."""


def body_lines(
    blocks: Sequence[Block], nodes: Sequence[Node], container: Node | None, title: str | None
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the blocks as lines with `in_body` set, and the subtitles among them."""
    if container is None:
        return tuple(line_of(block, inside=None) for block in blocks), ()
    held = {container}
    for node in nodes:
        if node.parent in held:
            held.add(node)
    insides = [block.node in held and not block.node.aside and block.tag != "control" for block in blocks]
    _exclude_link_lists(blocks, insides)
    _exclude_other_articles(blocks, insides, title)
    body = {
        block.text for block, inside in zip(blocks, insides, strict=True) if inside and len(block.text) >= 30
    }
    wanted = normalize_title(title) if title else ""
    later = _boxes_of_text(blocks, insides, wanted)
    lines: list[Line] = []
    moved: list[Line] = []
    rows: dict[Node, bool] = {}
    subtitles: list[str] = []
    title_seen = body_begun = False
    for block, inside in zip(blocks, insides, strict=True):
        title_seen = title_seen or (bool(wanted) and normalize_title(block.text) == wanted)
        if block.deck and not body_begun and (title_seen or inside) and _is_subtitle(block, wanted):
            subtitles.append(block.text)
            lines.append(line_of(block, inside=False))
            continue
        if not inside and _is_control(block):
            block.tag = "control"
        body_begun = body_begun or (inside and not block.tag and len(block.text) > 40)
        if inside and _in_data_table(block.node, container, rows):
            block.tag = "cell"
        if (
            inside or block.text not in body
        ):  # summary boxes and lists of captions repeat sentences of the body
            (moved if _outermost(block.node) in later else lines).append(line_of(block, inside=inside))
    return tuple(_together(lines, moved)), tuple(dict.fromkeys(subtitles))


def _outermost(node: Node) -> Node:
    """Return the outermost side box around an element, or the element itself."""
    while node.aside and node.parent is not None and node.parent.aside:
        node = node.parent
    return node


def _boxes_of_text(blocks: Sequence[Block], insides: Sequence[bool], title: str) -> set[Node]:
    """Return the side boxes above the body with sentences but without headline, byline or time: summaries and teasers."""
    telling: set[Node] = set()
    others: set[Node] = set()
    first = next((at for at, inside in enumerate(insides) if inside), 0)
    for block in blocks[:first]:
        if block.node.aside:
            box = _outermost(block.node)
            if SENTENCE_END.search(block.text):
                telling.add(box)
            if (
                normalize_title(block.text) == title
                or bylines.reporters(block.text)
                or parse_time(block.text)
            ):
                others.add(box)
    return telling - others


def _exclude_link_lists(blocks: Sequence[Block], insides: list[bool]) -> None:
    """Mark runs of lines of links, and the short line above each, as outside of the body."""
    run: list[int] = []
    for at, block in enumerate([*blocks, None]):
        if block is not None and block.tag == "link":
            run.append(at)
            continue
        if len(run) >= MIN_LINK_LIST:
            above = run[0] - 1
            if above >= 0 and len(blocks[above].text) <= 20 and blocks[above].tag != "title":
                run.append(above)
            for line in run:
                insides[line] = False
        run = []


def _exclude_other_articles(blocks: Sequence[Block], insides: list[bool], title: str | None) -> None:
    """Mark the text below a second headline as outside of the body, if it is about another subject.

    A heading is a headline if it has the same tag and class as that of this article, or stands below a byline. Others are
    subheadings.
    """
    article = title or ""
    looks = {(block.node.tag, block.node.get("class")) for block in blocks if block.text == title} | {
        ("h1", "")
    }
    starts = [
        at
        for at, block in enumerate(blocks)
        if insides[at]
        and block.tag in {"title", "heading"}
        and block.text != title
        and (
            (block.node.tag, block.node.get("class")) in looks
            or (at > 0 and _is_signature(blocks[at - 1].text))
        )
    ]
    for start, end in pairwise([0, *starts, len(blocks)]):
        text = " ".join(blocks[at].text for at in range(start, end) if insides[at])
        long = len(text) >= MIN_SUBJECT_CHARS and len(article) >= MIN_SUBJECT_CHARS
        if long and not coherence.is_same_topic(
            text, coherence.stems(article), least=2 * coherence.MIN_OVERLAP
        ):
            insides[start:end] = [False] * (end - start)
        elif len(article) < MAX_COMPARED_CHARS:
            article += " " + text


def _is_signature(text: str) -> bool:
    """Whether a line is a byline at the end of an article."""
    return len(text) < 80 and is_byline(text)


def _in_data_table(node: Node, container: Node, rows: dict[Node, bool]) -> bool:
    """Whether an element stands in a table row of several cells inside the body; `rows` caches the answer for each row."""
    while node is not container and node.parent is not None:
        if node.tag in {"td", "th"}:
            row = node.parent
            if row not in rows:
                rows[row] = (
                    sum(isinstance(cell, Node) and cell.tag in {"td", "th"} for cell in row.children) > 1
                )
            return rows[row]
        node = node.parent
    return False


def _is_subtitle(block: Block, title: str) -> bool:
    """Whether a line in an element named for a subtitle is no section, time, sentence or title."""
    text = block.text
    fits = (
        6 <= len(text) < 150
        and not SENTENCE_END.search(text)
        and normalize_title(text) != title
        and not bylines.reporters(text)
        and parse_time(text) is None
    )
    return fits and (not block.node.aside or _only_in_header(block.node))


def _is_control(block: Block) -> bool:
    """Whether a short line stands directly in an element named for buttons, and is no byline or time."""
    return (
        not block.tag
        and block.node.aside
        and hints_of(block.node).widget
        and len(block.text) <= MAX_CONTROL_CHARS
        and not bylines.reporters(block.text)
        and parse_time(block.text) is None
    )


def _only_in_header(node: Node) -> bool:
    """Whether an element is a side box only because it stands in a <header>."""
    while node.aside:
        if (
            hints_of(node).aside
            or hints_of(node).widget
            or (starts_aside(node) and node.tag != "header")
            or node.parent is None
        ):
            return False
        node = node.parent
    return True


def _together(lines: Sequence[Line], moved: Sequence[Line]) -> list[Line]:
    """Return the lines with the side boxes inside the body, and the lines of `moved`, behind the body."""
    inside = [at for at, line in enumerate(lines) if line.in_body]
    if not inside:
        return [*moved, *lines]
    first, end = inside[0], inside[-1] + 1
    middle = lines[first:end]
    return [
        *lines[:first],
        *(line for line in middle if line.in_body),
        *(line for line in middle if not line.in_body),
        *lines[end:],
        *moved,
    ]

"""From a tree of markup to the blocks that a reader sees: one for each paragraph, cell, item or line between two <br>."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from yoyak.core.normalize import normalize, squeeze
from yoyak.core.patterns import lazy_pattern
from yoyak.extraction.dom import Node
from yoyak.extraction.markup import ClassNameHints, read_class_names
from yoyak.extraction.page import Line, Tag
from yoyak.extraction.reflow import is_clause_per_line

_HEADING_TAGS: dict[str, Tag] = {
    "h1": "title",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
}
_LINE_TAGS: dict[str, Tag] = {
    **_HEADING_TAGS,
    "li": "item",
    "dd": "item",
    "dt": "item",
    "figcaption": "caption",
    "caption": "caption",
    "button": "control",
    "label": "control",
    "legend": "control",
}
_ASIDE_TAGS = frozenset(("nav", "header", "footer", "aside", "form", "address", "fieldset", "menu"))
_FIGURE_TAGS = frozenset(("figure", "figcaption"))
_BOLD_TAGS = frozenset(("b", "strong"))
_NEVER_CAPTION_TAGS = frozenset(("body", "html", "main", "article", "section"))
_HIDING_STYLE = lazy_pattern(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_KEEPING_LINES = lazy_pattern(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
FULL_SHARE = 0.7
"""Share of the width that a line cut at that width fills at least: the next Korean word did not fit into the rest."""
MIN_WRAP_CHARS, MAX_WRAP_CHARS = 20, 90
"""Limits of the width at which old pages cut lines with <br>."""
_NEW_POINT = lazy_pattern(r"[-–―·•▲△▶▷■□◆◇○●※*<\[(]|\d{1,2}[.)]\s")
_SENTENCE = lazy_pattern(r"[.!?…][\"'”’)\]]*(?:\s|$)")


@dataclass(slots=True)
class Block:
    """One line of the page and its place in the tree."""

    text: str
    node: Node
    """The nearest element around it that starts a line."""
    tag: Tag
    links: float
    gap: bool
    hard: bool
    """Whether a line break ends it, and not the end of an element."""
    deck: bool
    """Whether it stands in an element named for a subtitle."""
    hidden: bool


@dataclass(slots=True, frozen=True)
class _Around:
    """What is known of a text from the elements around it."""

    block: Node
    tag: Tag = ""
    deck: bool = False
    hidden: bool = False
    link: bool = False
    bold: bool = False
    lines: bool = False


class _Reader:
    """Walks a tree with an explicit stack and cuts its text into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.nodes: list[Node] = []
        self.parts: list[str] = []
        self.linked = 0
        self.bold = 0
        self.size = 0
        self.around: _Around | None = None
        self.gap = True

    def read(self, root: Node) -> None:
        stack: list[tuple[Node | str | None, _Around]] = [(root, _Around(root))]
        while stack:
            item, around = stack.pop()
            if item is None:
                self.flush()
                self.gap = True
            elif isinstance(item, str):
                self.take(item, around)
            elif item.tag == "br":
                self.flush(hard=True)
            elif item.tag != "hr":
                self.enter(item, around, stack)
            else:
                self.flush()
                self.gap = True
        self.flush()

    def enter(self, node: Node, outer: _Around, stack: list[tuple[Node | str | None, _Around]]) -> None:
        self.nodes.append(node)
        around = _inside(node, outer)
        if around.block is node:
            self.flush()
            self.gap = True
            stack.append((None, around))
        stack.extend((child, around) for child in reversed(node.children))

    def take(self, text: str, around: _Around) -> None:
        if around.lines and "\n" in text:
            first, *others = text.split("\n")
            self.add(first, around)
            for line in others:
                self.flush(hard=True)
                self.add(line, around)
        else:
            self.add(text, around)

    def add(self, text: str, around: _Around) -> None:
        size = len(text.strip())
        self.parts.append(text)
        if not size:
            return
        self.size += size
        self.linked += size * around.link
        self.bold += size * around.bold
        if self.around is None:
            self.around = around

    def flush(self, *, hard: bool = False) -> None:
        """End the current block; `hard` if a line break ends it. Two line breaks leave a gap before the next block."""
        around = self.around
        text = squeeze(normalize("".join(self.parts)))  # character references may stand for anything
        if around is None or not text:
            self.parts.clear()
            self.linked = self.bold = self.size = 0
            self.around = None
            self.gap = self.gap or hard
            return
        links = min(1.0, self.linked / self.size)
        bold = self.bold >= 0.9 * self.size
        self.blocks.append(
            Block(
                text=text,
                node=around.block,
                tag=_tag(around.tag, text, links, bold=bold),
                links=links,
                gap=self.gap,
                hard=hard,
                deck=around.deck,
                hidden=around.hidden,
            )
        )
        self.parts.clear()
        self.linked = self.bold = self.size = 0
        self.around = None
        self.gap = False


def read_blocks(root: Node) -> tuple[list[Block], list[Node]]:
    """Return the blocks of a tree and its elements, both in document order."""
    reader = _Reader()
    reader.read(root)
    return reader.blocks, reader.nodes


def line_of(block: Block, *, inside: bool | None) -> Line:
    """Return a block as a line of the page."""
    return Line(block.text, block.tag, round(block.links, 2), block.gap, inside)


def in_figure(node: Node) -> bool:
    """Whether an element stands in a figure."""
    return node.tag in _FIGURE_TAGS or any(outer.tag in _FIGURE_TAGS for outer in node.ancestors())


def in_link(node: Node) -> bool:
    """Whether an element stands in a link, or in a list item with links to other articles."""
    return any(outer.tag in {"a", "li"} for outer in node.ancestors())


def starts_aside(node: Node) -> bool:
    """Whether the tag or role of an element marks it as beside the article."""
    return node.tag in _ASIDE_TAGS or node.attributes.get("role") in _ASIDE_ROLES


def join_wrapped(blocks: Sequence[Block]) -> list[Block]:
    """Join lines that <br> cuts at a fixed width or at clauses, in elements where most lines are cut that way."""
    cuts: dict[Node, list[str]] = {}
    for block, following in pairwise(blocks):
        if _goes_on(block, following):
            cuts.setdefault(block.node, []).append(block.text)
    widths = {node: width for node, lines in cuts.items() if (width := _wrapped_at(lines))}
    clause_lines = _with_clause_lines(blocks, cuts.keys() - widths.keys())
    if not widths and not clause_lines:
        return list(blocks)
    joined: list[Block] = []
    open_ended = False
    for at, block in enumerate(blocks):
        full = (
            not _SENTENCE.search(block.text[-2:])
            if block.node in clause_lines
            else len(block.text) >= FULL_SHARE * widths.get(block.node, 1_000)
        )
        goes_on = full and at + 1 < len(blocks) and _goes_on(block, blocks[at + 1])
        if open_ended:
            joined[-1].text += " " + block.text
            joined[-1].hard = block.hard
        else:
            joined.append(block)
        open_ended = goes_on
    return joined


def _with_clause_lines(blocks: Sequence[Block], nodes: AbstractSet[Node]) -> set[Node]:
    """Return the elements whose text has one clause per line."""
    lines: dict[Node, list[str]] = {}
    for block in blocks:
        if block.node in nodes:
            lines.setdefault(block.node, []).append(block.text)
    return {node for node, texts in lines.items() if is_clause_per_line(texts)}


def _goes_on(block: Block, following: Block) -> bool:
    """Whether a single line break divides two blocks of the same element."""
    return (
        block.hard
        and not following.gap
        and block.node is following.node
        and not block.deck
        and block.tag != "heading"
        and not _NEW_POINT.match(following.text)
    )


def _wrapped_at(lines: Sequence[str]) -> int:
    """Return the width at which lines are cut, or 0 if most of them end with their sentence."""
    if len(lines) < 3:
        return 0
    width = max(map(len, lines))
    full = sum(len(line) >= FULL_SHARE * width for line in lines)
    cut = sum(not _SENTENCE.search(line[-2:]) for line in lines)
    return (
        width
        if MIN_WRAP_CHARS <= width <= MAX_WRAP_CHARS and full >= 0.7 * len(lines) and cut >= 0.5 * len(lines)
        else 0
    )


def hints_of(node: Node) -> ClassNameHints:
    """Return the hints in the id and class of an element."""
    attributes = node.attributes
    return read_class_names(f"{attributes.get('id', '')} {attributes.get('class', '')}".strip())


def _inside(node: Node, outer: _Around) -> _Around:
    """Return what is known of the text in an element, from the element and what is known around it."""
    tag = node.tag
    attributes = node.attributes
    if node.inline and not attributes:
        return _replace(outer, bold=True) if tag in _BOLD_TAGS and not outer.bold else outer
    name = hints_of(node)
    style = attributes.get("style", "")
    hidden = (
        outer.hidden
        or name.hidden
        or "hidden" in attributes
        or (bool(style) and bool(_HIDING_STYLE.search(style)))
        or (attributes.get("aria-hidden") == "true" and node.inline)
    )
    own = _LINE_TAGS.get(tag, "")
    if name.caption and tag not in _NEVER_CAPTION_TAGS and not name.body:
        own = "caption"
    if tag == "figure":
        own = "caption"
    deck = outer.deck or (name.deck and tag not in {"body", "main", "article"})
    node.aside = (
        not node.inline and tag not in _HEADING_TAGS and (name.aside or name.widget or starts_aside(node))
    )
    starts = (
        not node.inline
        or own == "caption"
        or (deck and not outer.deck)
        or "display:block" in style.replace(" ", "")
    )
    return _Around(
        block=node if starts else outer.block,
        tag=own if own and outer.tag != "caption" else outer.tag,
        deck=deck,
        hidden=hidden,
        link=outer.link or (tag == "a" and "href" in attributes),
        bold=outer.bold or tag in _BOLD_TAGS,
        lines=outer.lines or tag == "pre" or (bool(style) and bool(_KEEPING_LINES.search(style))),
    )


_ASIDE_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "tablist",
    )
)


def _replace(around: _Around, *, bold: bool) -> _Around:
    return _Around(around.block, around.tag, around.deck, around.hidden, around.link, bold, around.lines)


def _tag(tag: Tag, text: str, links: float, *, bold: bool) -> Tag:
    """Return the tag of a line: that of its elements, or `link` or `heading` for a line that is all link or all bold."""
    if links > 0.9 and tag in {"", "item"}:
        return "link"
    if not tag and bold and len(text) < 60 and not _SENTENCE.search(text):
        return "heading"
    return tag

"""Where on a page the article stands: the element that holds its body.

Names decide first, since newsrooms name the body for search engines, share buttons and readers' aids;
the amount of prose under an element checks them, and decides alone where no name helps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yoyak.extraction.blocks import Block, hints_of, starts_aside
from yoyak.extraction.dom import Node

_END = re.compile(r"[가-힣)\]”’\"'%][.!?](?=[\"'”’)\]]*(?:\s|$|[가-힣]))")
_MICRODATA = re.compile(r"articlebody", re.IGNORECASE)
_HOLDERS = frozenset(
    (
        "div",
        "section",
        "article",
        "td",
        "main",
        "p",
        "span",
        "dd",
        "li",
        "table",
        "tbody",
        "tr",
        "form",
        "center",
        "font",
        "pre",
    )
)
_OWNS_PAGE = 0.6
"""An element with this share of the page's prose is no side box, whatever its name says."""
_ITEMS = 5
"""Like elements that make a page a list. Articles have sections too, but their headings are no links."""
_FEW = 3
"""Like elements that make a box of teasers beside an article."""
_TEASER = 600
"""Characters of prose a teaser has at most: a headline's lead, not an article."""
_HEADLINE = 12
"""Linked characters with which a list entry is taken for a teaser of another article."""
_WIDGET_SHARE = 0.12
"""The same for one named after buttons, links or pictures."""
_ENOUGH = 250
"""Characters of prose with which an element called the body, right below the headline, needs no further proof."""
_ABOVE_TITLE = 0.2
"""What prose above the headline weighs: teasers, notices, the page's own summary."""
_BODY_SHARE = 0.25
"""The same for one around the headline, and one whose name has also a word for the body."""


def weigh(block: Block) -> float:
    """How much prose a block holds: its characters, less where it is linked, short or without a sentence."""
    size = len(block.text) * (1.0 - block.links)
    if block.hidden or block.tag in {"caption", "control", "title", "cell"}:
        return 0.0
    if block.tag in {"item", "link"}:
        size *= 0.3  # teasers of other articles stand in lists
    if _END.search(block.text):
        return size
    return 0.15 * size if size > 40 else 0.02 * size


def find_container(blocks: Sequence[Block], nodes: Sequence[Node], title: str | None = None) -> Node | None:
    """Return the element that holds the body, or None where the page has no prose.

    With several articles on a page it is the first below the `title`.
    Afterwards `aside` is true of exactly the elements that are beside the article, or in such a one.
    """
    weights = [weigh(block) for block in blocks]
    total = _accumulate(blocks, weights, nodes)
    _judge_asides(blocks, nodes, total, title)
    if not total:
        return None
    _judge_teasers(blocks, nodes, total)
    start = next(
        (at for at, block in enumerate(blocks) if title and block.text == title and not block.node.aside), 0
    )
    weights = [
        0.0 if block.node.aside else weight if at >= start else _ABOVE_TITLE * weight
        for at, (block, weight) in enumerate(zip(blocks, weights, strict=True))
    ]
    total = _accumulate(blocks, weights, nodes)
    if not total:
        return None
    return _named(nodes, total, blocks[start].node if start else None) or _descend(nodes[0], 0.85)


def lists_articles(blocks: Sequence[Block], nodes: Sequence[Node]) -> bool:
    """Whether a page is a list of articles: most of its prose stands in like elements, each with a link of its own.

    To be asked after `find_container`, whose weights it reads.
    """
    total = nodes[0].prose if nodes else 0.0
    return any(
        len(items) >= _ITEMS and sum(item.prose for item in items) >= _OWNS_PAGE * total
        for items in _teasers(blocks, nodes)
    )


def _teasers(blocks: Sequence[Block], nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield groups of like elements side by side of which each holds a line of links and a little prose."""
    linked = {block.node for block in blocks if _is_linked(block) and not block.node.aside}
    for node in reversed(nodes):
        if node in linked and node.parent is not None and not node.aside:
            linked.add(node.parent)
    for node in nodes:
        if node not in linked:
            continue
        alike: dict[tuple[str, str], list[Node]] = {}
        for child in node.children:
            if isinstance(child, Node) and 0 < child.prose < _TEASER:
                alike.setdefault((child.tag, child.get("class")), []).append(child)
        for items in alike.values():
            if len(items) >= _FEW and sum(item in linked for item in items) >= 0.8 * len(items):
                yield items


def _is_linked(block: Block) -> bool:
    """Whether a line is mostly a link, or an entry of a list whose headline and lead stand on one line."""
    return block.links > 0.5 or (block.tag == "item" and block.links * len(block.text) >= _HEADLINE)


def _judge_teasers(blocks: Sequence[Block], nodes: Sequence[Node], total: float) -> None:
    """Take teasers of other articles for boxes beside this one, unless the page is nothing but teasers."""
    found = [
        items for items in _teasers(blocks, nodes) if sum(item.prose for item in items) < _OWNS_PAGE * total
    ]
    for items in found:
        for item in items:
            item.aside = True
    for node in nodes:
        node.aside = node.aside or (node.parent is not None and node.parent.aside)


def _accumulate(blocks: Sequence[Block], weights: Sequence[float], nodes: Sequence[Node]) -> float:
    """Set each element's `prose` to the weight of all blocks under it; returns the page's."""
    for node in nodes:
        node.prose = 0.0
    for block, weight in zip(blocks, weights, strict=True):
        block.node.prose += weight
    for node in reversed(nodes):
        if node.parent is not None:
            node.parent.prose += node.prose
    return nodes[0].prose if nodes else 0.0


def _judge_asides(blocks: Sequence[Block], nodes: Sequence[Node], total: float, title: str | None) -> None:
    """Take back the verdict of a name on elements that hold much of the page; hand the others' down."""
    around_titles = {
        node for block in blocks if title and block.text == title for node in block.node.ancestors()
    }
    for node in nodes:
        if node.parent is not None and node.parent.aside:
            node.aside = True
        elif node.aside:
            node.aside = not total or node.prose < _least_share(node, node in around_titles) * total


def _least_share(node: Node, around_title: bool) -> float:
    """Return the share of the page's prose from which on an element is no box beside the article."""
    name = hints_of(node)
    if not name.aside and not starts_aside(node):
        return _WIDGET_SHARE
    return _BODY_SHARE if around_title or name.body else _OWNS_PAGE


def _strength(node: Node) -> int:
    """How plainly an element is called the body."""
    if _MICRODATA.fullmatch(node.get("itemprop")):
        return 4
    if node.tag not in _HOLDERS:
        return 0
    name = hints_of(node)
    if name.body and not name.deck and not name.caption:
        return 3
    if node.tag == "article":
        return 2
    return 1 if name.content or node.tag == "main" else 0


def _named(nodes: Sequence[Node], total: float, headline: Node | None) -> Node | None:
    """Return the first element called the body that holds a good part of the prose, narrowed to its core."""
    for strength in (4, 3, 2, 1):
        candidates = [node for node in nodes if node.prose > 0.05 * total and _strength(node) >= strength]
        if not candidates:
            continue
        most = max(node.prose for node in candidates)
        chosen = _at_title(candidates, headline, most)
        if chosen is None or chosen.prose < (_ENOUGH if strength > 1 else 0.3 * total):
            if most < 0.3 * total:
                continue
            chosen = next(node for node in candidates if node.prose >= 0.3 * most)
        for node in candidates:
            if node.order > chosen.order and node.prose >= 0.75 * chosen.prose and chosen in node.ancestors():
                chosen = node
        chosen = _with_siblings(chosen)
        return chosen if strength > 1 else _descend(chosen, 0.85)
    return None


def _at_title(candidates: Sequence[Node], headline: Node | None, most: float) -> Node | None:
    """Return the candidate that belongs to the headline: the one around it, or the first below it."""
    if headline is None:
        return None
    around_it = {headline, *headline.ancestors()}
    holder = next((node for node in reversed(candidates) if node in around_it), None)
    after = next(
        (node for node in candidates if node.order > headline.order and node.prose >= 0.2 * most), None
    )
    if holder is None:
        return after
    if after is not None and holder in after.ancestors() and after.prose >= 0.5 * holder.prose:
        return after
    return holder


def _with_siblings(node: Node) -> Node:
    """Return the parent, where an article is cut into several elements of the same name."""
    parent = node.parent
    if parent is None or node.tag == "p":
        return parent or node
    signature = node.get("class")
    twins = [
        child
        for child in parent.children
        if isinstance(child, Node)
        and child.tag == node.tag
        and child.get("class") == signature
        and child.prose > 0
    ]
    if any(inner.tag in {"h1", "h2"} for twin in twins[1:] for inner in twin.walk()):
        return node  # articles one below the other, not parts of one
    return parent if signature and len(twins) > 1 else node


def _descend(node: Node, share: float) -> Node:
    """Follow the prose down while one child holds nearly all of it."""
    while True:
        inner = max(
            (child for child in node.children if isinstance(child, Node)),
            key=lambda child: child.prose,
            default=None,
        )
        if inner is None or inner.inline or inner.prose < share * node.prose or inner.tag == "p":
            return node
        node = inner

"""The element of a page that holds the body of its article.

Class names decide first, because newsrooms name the body for search engines, share buttons and screen readers. The amount
of prose under an element confirms them, and decides alone where no name helps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction.blocks import Block, hints_of, starts_aside
from yoyak.extraction.dom import Node

_END = lazy_pattern(r"[가-힣)\]”’\"'%][.!?](?=[\"'”’)\]]*(?:\s|$|[가-힣]))")
_BODY_PROPERTY = lazy_pattern(r"articlebody", re.IGNORECASE)
_BODY_TAGS = frozenset(
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
MIN_PAGE_SHARE = 0.6
"""Share of the page's prose from which on an element is no side box, whatever its name says."""
MIN_LIST_ITEMS = 5
"""Similar elements that make a page a list. Sections of articles are similar too, but their headings are no links."""
MIN_TEASERS = 3
"""Similar elements that make a box of teasers beside an article."""
MAX_TEASER_CHARS = 600
"""Characters of prose of the longest teaser."""
MIN_HEADLINE_CHARS = 12
"""Linked characters from which on a list entry is a teaser of another article."""
MIN_WIDGET_SHARE = 0.12
"""Share of the page's prose from which on an element named after buttons, links or pictures is no side box."""
SURE_BODY_CHARS = 250
"""Characters of prose from which on an element named as the body, right below the headline, is the body."""
ABOVE_TITLE_WEIGHT = 0.2
"""Weight of prose above the headline: teasers, notices, the summary of the page."""
MIN_NAMED_SHARE = 0.25
"""Share of the page's prose from which on an element around the headline, or one whose name also has a word for the
body, is no side box."""


def weigh(block: Block) -> float:
    """Return the weight of the prose of a block: its characters, less if it is linked, short or without a sentence."""
    size = len(block.text) * (1.0 - block.links)
    if block.hidden or block.tag in {"caption", "control", "title", "cell"}:
        return 0.0
    if block.tag in {"item", "link"}:
        size *= 0.3  # teasers of other articles stand in lists
    if _END.search(block.text):
        return size
    return 0.15 * size if size > 40 else 0.02 * size


def find_container(blocks: Sequence[Block], nodes: Sequence[Node], title: str | None = None) -> Node | None:
    """Return the element that holds the body, or None if the page has no prose.

    With several articles on a page it is the first below the `title`.
    Afterwards `aside` is true of exactly the elements that are beside the article, or in such a one.
    """
    weights = [weigh(block) for block in blocks]
    total = _accumulate(blocks, weights, nodes)
    _mark_asides(blocks, nodes, total, title)
    if not total:
        return None
    _mark_teasers(blocks, nodes, total)
    start = next(
        (at for at, block in enumerate(blocks) if title and block.text == title and not block.node.aside), 0
    )
    weights = [
        0.0 if block.node.aside else weight if at >= start else ABOVE_TITLE_WEIGHT * weight
        for at, (block, weight) in enumerate(zip(blocks, weights, strict=True))
    ]
    total = _accumulate(blocks, weights, nodes)
    if not total:
        return None
    return _named(nodes, total, blocks[start].node if start else None) or _descend(nodes[0], 0.85)


def lists_articles(blocks: Sequence[Block], nodes: Sequence[Node]) -> bool:
    """Whether a page is a list of articles: most of its prose stands in similar elements, each with its own link.

    Uses the weights that `find_container` sets.
    """
    total = nodes[0].prose if nodes else 0.0
    return any(
        len(items) >= MIN_LIST_ITEMS and sum(item.prose for item in items) >= MIN_PAGE_SHARE * total
        for items in _teasers(blocks, nodes)
    )


def _teasers(blocks: Sequence[Block], nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield groups of similar elements side by side, each with a line of links and a little prose."""
    linked = {block.node for block in blocks if _is_linked(block) and not block.node.aside}
    for node in reversed(nodes):
        if node in linked and node.parent is not None and not node.aside:
            linked.add(node.parent)
    for node in nodes:
        if node not in linked:
            continue
        alike: dict[tuple[str, str], list[Node]] = {}
        for child in node.children:
            if isinstance(child, Node) and 0 < child.prose < MAX_TEASER_CHARS:
                alike.setdefault((child.tag, child.get("class")), []).append(child)
        for items in alike.values():
            if len(items) >= MIN_TEASERS and sum(item in linked for item in items) >= 0.8 * len(items):
                yield items


def _is_linked(block: Block) -> bool:
    """Whether a line is mostly a link, or an entry of a list whose headline and lead stand on one line."""
    return block.links > 0.5 or (block.tag == "item" and block.links * len(block.text) >= MIN_HEADLINE_CHARS)


def _mark_teasers(blocks: Sequence[Block], nodes: Sequence[Node], total: float) -> None:
    """Mark teasers of other articles as side boxes, unless the page consists of teasers."""
    found = [
        items
        for items in _teasers(blocks, nodes)
        if sum(item.prose for item in items) < MIN_PAGE_SHARE * total
    ]
    for items in found:
        for item in items:
            item.aside = True
    for node in nodes:
        node.aside = node.aside or (node.parent is not None and node.parent.aside)


def _accumulate(blocks: Sequence[Block], weights: Sequence[float], nodes: Sequence[Node]) -> float:
    """Set `prose` of each element to the weight of all blocks under it. Return that of the page."""
    for node in nodes:
        node.prose = 0.0
    for block, weight in zip(blocks, weights, strict=True):
        block.node.prose += weight
    for node in reversed(nodes):
        if node.parent is not None:
            node.parent.prose += node.prose
    return nodes[0].prose if nodes else 0.0


def _mark_asides(blocks: Sequence[Block], nodes: Sequence[Node], total: float, title: str | None) -> None:
    """Unmark side boxes that hold much of the page's prose; mark everything inside the others."""
    around_titles = {
        node for block in blocks if title and block.text == title for node in block.node.ancestors()
    }
    for node in nodes:
        if node.parent is not None and node.parent.aside:
            node.aside = True
        elif node.aside:
            node.aside = not total or node.prose < _least_share(node, node in around_titles) * total


def _least_share(node: Node, around_title: bool) -> float:
    """Return the share of the page's prose from which on an element is no side box."""
    name = hints_of(node)
    if not name.aside and not starts_aside(node):
        return MIN_WIDGET_SHARE
    return MIN_NAMED_SHARE if around_title or name.body else MIN_PAGE_SHARE


def _strength(node: Node) -> int:
    """Return how clearly an element is named as the body, from 0 to 4."""
    if _BODY_PROPERTY.fullmatch(node.get("itemprop")):
        return 4
    if node.tag not in _BODY_TAGS:
        return 0
    name = hints_of(node)
    if name.body and not name.deck and not name.caption:
        return 3
    if node.tag == "article":
        return 2
    return 1 if name.content or node.tag == "main" else 0


def _named(nodes: Sequence[Node], total: float, headline: Node | None) -> Node | None:
    """Return the first element named as the body that holds much of the prose, narrowed to its core."""
    for strength in (4, 3, 2, 1):
        candidates = [node for node in nodes if node.prose > 0.05 * total and _strength(node) >= strength]
        if not candidates:
            continue
        most = max(node.prose for node in candidates)
        chosen = _at_title(candidates, headline, most)
        if chosen is None or chosen.prose < (SURE_BODY_CHARS if strength > 1 else 0.3 * total):
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
    """Return the candidate of the headline: the one around it, or the first below it."""
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
    """Return the parent if an article is divided into several elements of the same name, else the element."""
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
        return node  # articles below each other, not parts of one
    return parent if signature and len(twins) > 1 else node


def _descend(node: Node, share: float) -> Node:
    """Return the innermost element that still holds nearly all of the prose."""
    while True:
        inner = max(
            (child for child in node.children if isinstance(child, Node)),
            key=lambda child: child.prose,
            default=None,
        )
        if inner is None or inner.inline or inner.prose < share * node.prose or inner.tag == "p":
            return node
        node = inner

"""Markup -> a light tree of blocks, in one pass and without recursion.

libxml2 tokenizes and repairs the markup and calls `_Builder`; no tree of its own is built, so neither
its depth limit nor its quadratic attribute lists apply. What a reader of the page does not see
(scripts, styles, templates) is left out; scripts that hold data are kept aside as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yoyak.extraction.markup import word_set

MAX_DEPTH = 400
"""Nesting of real pages stays under 60, with unclosed <font> tags under 300. libxml2 walks its stack of
open tags for a stray end tag, so the limit is also what keeps hostile markup linear."""

_SILENT = word_set("silent")
_CHUNK = 65_536
"""Bytes given to the parser at a time: it hears of an exception only between two chunks."""
_VOID = word_set("void")
_DATA_TYPES = ("json",)
_STATE = re.compile(
    r"__NEXT_DATA__|__next_f|__NUXT|Fusion\.|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__|articleBody"
)
_BLOCKS_KEPT = frozenset(("p", "br", "title", "meta", "script", "style"))
_ANY_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>")
_INLINE = word_set("inline")
_MAX_SCRIPTS = 30_000_000  # characters of data scripts kept


class Node:
    """An element: its tag, attributes, parent and children (elements and text, in order)."""

    __slots__ = ("aside", "attributes", "children", "inline", "order", "parent", "prose", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None, order: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node | str] = []
        self.inline = tag in _INLINE
        self.order = order
        self.prose = 0.0
        self.aside = False

    def get(self, name: str) -> str:
        """Return an attribute's value, or nothing."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Node]:
        """Every element under this one and itself, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def ancestors(self) -> Iterator[Node]:
        """Return the elements this one stands in, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True)
class Markup:
    """A page's tree, what its head states, and the scripts that hold data."""

    root: Node
    metas: list[dict[str, str]] = field(default_factory=list)
    title: str = ""
    scripts: list[tuple[dict[str, str], str]] = field(default_factory=list)


class _TooDeepError(Exception):
    """Raised inside the parser to leave a document nested beyond `MAX_DEPTH`."""


class _Builder:
    """Receives the parser's events and builds the tree."""

    def __init__(self) -> None:
        self.markup = Markup(Node("html", {}, None, 0))
        self.node = self.markup.root
        self.depth = 0
        self.count = 0
        self.silent = 0
        self.kept: list[str] | None = None
        self.kept_size = 0
        self.title: list[str] | None = None
        self.texts: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.texts:
            self._end_text()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _TooDeepError
        if self.silent:
            if tag not in _VOID:
                self.silent += 1
            return
        if tag in _SILENT:
            self._begin_silence(tag, attributes)
            return
        if tag == "meta":
            self.markup.metas.append(dict(attributes))
            if not attributes.get("itemprop"):
                return
        if tag == "title":
            self.title = []
            return
        self.count += 1
        node = Node(tag, dict(attributes), self.node, self.count)
        self.node.children.append(node)
        if tag not in _VOID:
            self.node = node

    def _begin_silence(self, tag: str, attributes: dict[str, str]) -> None:
        """Pass over an element nobody reads; the text of a script is kept until its end."""
        self.silent = 1
        if tag == "script":
            self.kept = []
            self.markup.scripts.append((dict(attributes), ""))

    def end(self, tag: str) -> None:
        if self.texts:
            self._end_text()
        self.depth -= 1
        if self.silent:
            if tag in _VOID:
                return
            self.silent -= 1
            if not self.silent and tag == "script":
                self._end_script()
            return
        if tag == "title":
            if self.title is not None:
                self.markup.title = self.markup.title or " ".join("".join(self.title).split())
            self.title = None
            return
        if tag not in _VOID and self.node.parent is not None and self.node.tag == tag:
            self.node = self.node.parent

    def data(self, text: str) -> None:
        if self.title is not None:
            self.title.append(text)
        elif not self.silent:
            self.texts.append(text)
        elif self.kept is not None:
            self.kept.append(text)

    def comment(self, text: str) -> None:
        """Leave comments out."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Leave processing instructions out."""

    def close(self) -> Markup:
        if self.texts:
            self._end_text()
        return self.markup

    def _end_text(self) -> None:
        """Join what the parser gave in pieces: one for each entity."""
        self.node.children.append("".join(self.texts))
        self.texts.clear()

    def _end_script(self) -> None:
        attributes, _ = self.markup.scripts.pop()
        text = "".join(self.kept or ())
        self.kept = None
        kind = attributes.get("type", "").lower()
        wanted = any(word in kind for word in _DATA_TYPES) or _STATE.search(text)
        if wanted and self.kept_size + len(text) <= _MAX_SCRIPTS:
            self.kept_size += len(text)
            self.markup.scripts.append((attributes, text))


def parse(text: str) -> Markup:
    """Parse markup of any quality. Linear in its length; never raises for what the text holds."""
    try:
        return _parse(text)
    except _TooDeepError:
        return _parse(_ANY_TAG.sub(_flatten, text))


def _parse(text: str) -> Markup:
    from lxml import etree  # loaded for HTML only

    builder = _Builder()
    parser = etree.HTMLParser(encoding="utf-8", target=builder, huge_tree=True)
    data = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        if data:
            parser.close()
    except etree.ParseError:
        pass  # libxml2 gave up: what it read so far stands
    return builder.close()


def _flatten(tag: re.Match[str]) -> str:
    """Keep the tags that cannot nest; the others become a line break, or nothing inside a line."""
    name = tag[1].lower()
    if name in _BLOCKS_KEPT:
        return tag[0]
    return "" if name in _INLINE else "<br>"

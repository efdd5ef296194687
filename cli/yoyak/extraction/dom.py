"""From markup to a light tree of elements, in one pass and without recursion.

libxml2 tokenizes and repairs the markup and calls `_Builder`. It builds no tree itself, so its depth limit and its
quadratic attribute lists do not apply. Text that readers do not see (scripts, styles, templates) is left out; scripts
that hold data are kept as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction.markup import word_set

MAX_DEPTH = 400
"""Real pages nest less than 60 elements, with unclosed <font> tags less than 300. libxml2 searches its stack of open tags
for every stray end tag, so this limit also keeps hostile markup linear."""

_SILENT_TAGS = word_set("silent")
_VOID_TAGS = word_set("void")
_INLINE_TAGS = word_set("inline")
CHUNK_BYTES = 65_536
"""Bytes given to the parser at a time: it stops for an exception only between two chunks."""
MAX_SCRIPT_CHARS = 30_000_000
"""Characters of data scripts kept of one page."""
_STATE_SCRIPT = lazy_pattern(
    r"__NEXT_DATA__|__next_f|__NUXT|Fusion\.|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__|articleBody"
)
_FLAT_TAGS = frozenset(("p", "br", "title", "meta", "script", "style"))
_ANY_TAG = lazy_pattern(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>")


class Node:
    """An element: its tag, attributes, parent and children (elements and text, in order)."""

    __slots__ = ("aside", "attributes", "children", "inline", "order", "parent", "prose", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None, order: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Node | str] = []
        self.inline = tag in _INLINE_TAGS
        self.order = order
        self.prose = 0.0
        self.aside = False

    def get(self, name: str) -> str:
        """Return the value of an attribute, or an empty string."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Node]:
        """Yield this element and every element under it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def ancestors(self) -> Iterator[Node]:
        """Yield the elements around this one, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


@dataclass(slots=True)
class Markup:
    """The tree of a page, its meta tags and title, and its scripts that hold data."""

    root: Node
    metas: list[dict[str, str]] = field(default_factory=list)
    title: str = ""
    scripts: list[tuple[dict[str, str], str]] = field(default_factory=list)


class _TooDeepError(Exception):
    """Raised inside the parser where a document is nested deeper than `MAX_DEPTH`."""


class _Builder:
    """Builds the tree from the events of the parser."""

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
            if tag not in _VOID_TAGS:
                self.silent += 1
            return
        if tag in _SILENT_TAGS:
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
        if tag not in _VOID_TAGS:
            self.node = node

    def _begin_silence(self, tag: str, attributes: dict[str, str]) -> None:
        """Skip an element that readers do not see; the text of a script is kept until its end."""
        self.silent = 1
        if tag == "script":
            self.kept = []
            self.markup.scripts.append((dict(attributes), ""))

    def end(self, tag: str) -> None:
        if self.texts:
            self._end_text()
        self.depth -= 1
        if self.silent:
            if tag in _VOID_TAGS:
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
        if tag not in _VOID_TAGS and self.node.parent is not None and self.node.tag == tag:
            self.node = self.node.parent

    def data(self, text: str) -> None:
        if self.title is not None:
            self.title.append(text)
        elif not self.silent:
            self.texts.append(text)
        elif self.kept is not None:
            self.kept.append(text)

    def comment(self, text: str) -> None:
        """Ignore comments."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Ignore processing instructions."""

    def close(self) -> Markup:
        if self.texts:
            self._end_text()
        return self.markup

    def _end_text(self) -> None:
        """Join the pieces of a text; the parser gives one for each character reference."""
        self.node.children.append("".join(self.texts))
        self.texts.clear()

    def _end_script(self) -> None:
        attributes, _ = self.markup.scripts.pop()
        text = "".join(self.kept or ())
        self.kept = None
        kind = attributes.get("type", "").lower()
        wanted = "json" in kind or _STATE_SCRIPT.search(text)
        if wanted and self.kept_size + len(text) <= MAX_SCRIPT_CHARS:
            self.kept_size += len(text)
            self.markup.scripts.append((attributes, text))


def parse(text: str) -> Markup:
    """Parse markup of any quality, in time linear in its length. No content of the text raises an exception."""
    try:
        return _parse(text)
    except _TooDeepError:
        return _parse(_ANY_TAG.sub(_flatten, text))


def _parse(text: str) -> Markup:
    from lxml import etree  # slow to import, needed for HTML only

    builder = _Builder()
    parser = etree.HTMLParser(encoding="utf-8", target=builder, huge_tree=True)
    data = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), CHUNK_BYTES):
            parser.feed(data[start : start + CHUNK_BYTES])
        if data:
            parser.close()
    except etree.ParseError:
        pass  # libxml2 gave up; keep what it read so far
    return builder.close()


def _flatten(tag: re.Match[str]) -> str:
    """Return a tag that cannot nest unchanged, a line break for another block, nothing for an inline element."""
    name = tag[1].lower()
    if name in _FLAT_TAGS:
        return tag[0]
    return "" if name in _INLINE_TAGS else "<br>"

"""RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom: one article an entry.

The XML is decoded like any page and parsed without entities, network or large trees.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from yoyak.core.errors import InputError, RowError
from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Record
from yoyak.inputs.compression import read_all
from yoyak.inputs.encoding import decode
from yoyak.inputs.inline_markup import has_block_tags, plain_line, plain_text, unescape_markup
from yoyak.inputs.records import people_of, time_of

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Stream

MAX_PRESS_CHARS = 20
"""A longer title of a channel is a slogan, not the name of a newspaper."""
BYTES_PER_PIECE = 512
# The longest of them is the text: some feeds put a teaser into the description and the article into content:encoded.
_TEXTS = ("encoded", "content", "description", "summary", "body")
_TIMES = ("pubDate", "published", "date", "issued", "updated", "modified")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DECLARATION = lazy_pattern(r"^\s*<\?xml[^>]{0,300}\?>")
_ENTITY = lazy_pattern(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_BARE_AMPERSAND = lazy_pattern(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_PRESS_BREAK = lazy_pattern(r"\s*[|>»:·/]\s*|\s+[-–]\s+")


def feed_entries(
    stream: Stream, *, source: str, read: ReadOptions
) -> Iterator[tuple[str, Record | InputError]]:
    """Entries of a feed, named `source:entry`, counted from 1."""
    try:
        data = read_all(stream, source=source, limit=read.max_bytes)
        words = decode(data, source=source, encoding=read.encoding).text
        if "<!ENTITY" in words:
            problem = text("{source}: the feed defines XML entities, which are not read", source=source)
            raise RowError(problem, source=source)
    except InputError as error:
        yield source, error
        return
    entries, press, position = _entries(words)
    for number, entry in enumerate(entries, 1):
        name = f"{source}:{number}"
        record = _record(entry, press)
        if record.text is None:
            yield name, RowError(text("{source}: the entry has no text", source=name), source=name)
        else:
            yield name, record
    if position is not None:
        problem = text(
            "{source}: the feed is not well-formed XML (line {line}, column {column})",
            source=source,
            line=position[0],
            column=position[1],
        )
        yield source, RowError(problem, source=source)
    elif not entries:
        yield source, RowError(text("{source}: the feed has no entries", source=source), source=source)


def _entries(words: str) -> tuple[list[Any], str | None, tuple[int, int] | None]:
    """Return the entries of a feed, its newspaper, and where it stops being XML; None: nowhere.

    A feed that is broken by a stray `&` or an HTML entity is mended.
    """
    content = _DECLARATION.sub("", words)
    entries, press, position = _parsed(content)
    if position is None:
        return entries, press, None
    mended, mended_press, still = _parsed(_mended(content))
    return (
        (mended, mended_press, position if still else None)
        if len(mended) >= len(entries)
        else (entries, press, position)
    )


def _parsed(content: str) -> tuple[list[Any], str | None, tuple[int, int] | None]:
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    data = content.lstrip().encode("utf-8", "replace")
    entries: list[Any] = []
    titles: list[Any] = []
    position: tuple[int, int] | None = None
    try:
        # In small pieces: what is complete before the piece with an error is kept.
        for at in range(0, len(data), BYTES_PER_PIECE):
            parser.feed(data[at : at + BYTES_PER_PIECE])
            _collect(parser, entries, titles)
        parser.close()
    except etree.XMLSyntaxError as error:
        skipped = content[: len(content) - len(content.lstrip())].count("\n")
        position = error.position[0] + skipped, error.position[1]
    press = _press(titles[0]) if titles and _local(titles[0].getparent()) in ("channel", "feed") else None
    return entries, press, position


def _collect(parser: Any, entries: list[Any], titles: list[Any]) -> None:
    for _, node in parser.read_events():
        name = _local(node)
        if name in ("item", "entry") and len(node):
            entries.append(node)
        elif name == "title" and not titles:
            titles.append(node)


def _mended(content: str) -> str:
    """Replace HTML entities that XML does not know, and escape ampersands that begin none."""
    named = _ENTITY.sub(
        lambda found: found[0] if found[1] in _XML_ENTITIES else html.escape(html.unescape(found[0])), content
    )
    return _BARE_AMPERSAND.sub("&amp;", named)


def _local(node: Any) -> str:
    """Name of an element without its namespace; nothing for comments and entities."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _inner(node: Any) -> str:
    """Text of an element; of XHTML content its markup."""
    if len(node):
        from lxml import etree

        parts = [node.text or ""]
        parts += [etree.tostring(child, encoding="unicode", method="html") for child in node]
        return "".join(parts).strip()
    return (node.text or "").strip()


def _record(entry: Any, press: str | None) -> Record:
    children: dict[str, list[Any]] = {}
    for child in entry:
        children.setdefault(_local(child), []).append(child)

    def first(*names: str) -> str | None:
        for name in names:
            for node in children.get(name, ()):
                if value := plain_line(_inner(node)):
                    return value
        return None

    texts = [_inner(node) for name in _TEXTS for node in children.get(name, ())]
    body = max((_plain(value) for value in texts if value), key=len, default=None)
    categories = [
        plain_line(node.get("label") or node.get("term") or _inner(node))
        for node in children.get("category", ())
    ]
    return Record(
        id=first("guid", "id"),
        title=first("title"),
        text=body or None,
        published=next((time_of(value) for name in _TIMES if (value := first(name))), None),
        press=first("publisher") or press,
        reporters=tuple(dict.fromkeys(_authors(children))),
        url=_link(children) or first("origLink"),
        section=next((name for name in (*categories, first("subject")) if name), None),
    )


def _plain(value: str) -> str:
    markup = unescape_markup(value)
    return markup if has_block_tags(markup) else plain_text(markup)


def _authors(children: dict[str, list[Any]]) -> Iterator[str]:
    for node in (*children.get("creator", ()), *children.get("author", ())):
        names = [child for child in node if _local(child) == "name"]
        for value in [_inner(child) for child in names] or [_inner(node)]:
            yield from people_of(value)


def _link(children: dict[str, list[Any]]) -> str | None:
    links = children.get("link", ())
    for node in links:
        if address := (node.text or "").strip():
            return address
    for node in links:
        if node.get("href") and node.get("rel", "alternate") == "alternate":
            return str(node.get("href"))
    return None


def _press(title: Any) -> str | None:
    """Return the name of a newspaper that the title of a feed is, or begins with: `하늬일보 | 사회`."""
    name = _PRESS_BREAK.split(plain_line(_inner(title)))[0]
    return name if 0 < len(name) <= MAX_PRESS_CHARS else None

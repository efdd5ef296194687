"""Articles that a page carries as data: JSON-LD `articleBody`, and the state of Next.js, Nuxt and Arc Publishing.

Data is parsed, never executed. Field names and paths differ from site to site, so any object that holds a long text or a
list of paragraphs may be an article. The one whose title the page bears is taken, or else the only long one.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from yoyak.core.normalize import normalize, squeeze
from yoyak.core.patterns import lazy_pattern
from yoyak.extraction.blocks import line_of, read_blocks
from yoyak.extraction.dom import parse
from yoyak.extraction.headline import normalize_title
from yoyak.extraction.markup import word_set
from yoyak.extraction.page import Line

_BODY_KEYS = word_set("body_fields")
_LIST_KEYS = word_set("list_fields")
_TEXT_KEYS = ("content", "text", "value", "html", "body", "paragraph", "data", "contents")
_TITLE_KEYS = (
    "headline",
    "title",
    "subject",
    "articletitle",
    "newstitle",
    "headlines",
    "maintitle",
    "arttitle",
    "contenttitle",
    "newstitlename",
    "tit",
)
_DECK_KEYS = (
    "subtitle",
    "subheadlines",
    "subheadline",
    "subtitles",
    "alternativeheadline",
    "articlesubtitle",
    "newssubtitle",
    "deck",
)
_TEXT_TYPES = word_set("text_types")
_ASSIGNMENT = lazy_pattern(
    r"(?:Fusion\.globalContent|window\.__NUXT__|__NUXT__|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__|__NEXT_DATA__|__INITIAL_DATA__)[\"'\]]*\s*=\s*(?:JSON\.parse\()?"
)
_FLIGHT = lazy_pattern(r"__next_f\.push\(\s*(?=\[)")
_FLIGHT_ROW = lazy_pattern(r"([0-9a-f]+):(?:T([0-9a-f]+),)?")
_LITERAL = lazy_pattern(r'"((?:[^"\\\n]|\\.){80,}+)"')
_TRAILING_COMMA = lazy_pattern(r",(\s*[}\]])")
_WRAPPING = lazy_pattern(
    r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)?|(?:-->|(?://)?\s*\]\]>|/\*\s*\]\]>\s*\*/)?\s*;?\s*$"
)
_SENTENCE_END = lazy_pattern(r"[다요죠까]\s?[.!?]")
MAX_LIST_DEPTH = 4
MAX_ASSIGNMENTS = 20
"""Assignments tried in one script. Each one that is no JSON costs a scan of the script."""
MAX_VALUES = 400_000
"""Values visited in one document; the state of a page has some ten thousand."""
MAX_LINKED_OBJECTS = 200
MIN_BODY_CHARS = 80
ALONE_FACTOR = 2
"""How many times longer than the next one a body must be if no title confirms it; otherwise the data is a list."""
_MARKUP = lazy_pattern(
    r"<(?:/?(?:p|div|br|b|strong|span|a|h[1-6]|img|figure|em|i|ul|li|table|section)\b|!--)|&lt;(?:p|br|div)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class EmbeddedArticle:
    """An article in the data of a page."""

    parts: tuple[str, ...]
    """Its text, or its paragraphs, each markup or plain text."""
    title: str | None
    subtitles: tuple[str, ...]
    fields: dict[str, Any] = field(default_factory=dict)
    """The object that holds it."""

    @property
    def size(self) -> int:
        """Number of characters of the body."""
        return sum(map(len, self.parts))


def read_scripts(scripts: Sequence[tuple[dict[str, str], str]]) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return the JSON-LD objects of a page, and the values of its application state."""
    linked: list[dict[str, Any]] = []
    states: list[Any] = []
    flight: list[str] = []
    for attributes, text in scripts:
        if "ld+json" in attributes.get("type", "").lower():
            linked += _objects(_loads(text))
        elif "json" in attributes.get("type", "").lower():
            value = _loads(text)
            if (
                isinstance(value, list)
                and "nuxt" in (attributes.get("id", "") + str(attributes.get("data-nuxt-data", ""))).lower()
            ):
                value = _revive(value)
            states.append(value)
        elif "__next_f" in text:
            flight += _flight_chunks(text)
        else:
            states += _assigned(text)
    if flight:
        states.append(_flight_rows("".join(flight)))
    return linked, [state for state in states if state is not None]


def find_articles(values: Iterable[Any]) -> list[EmbeddedArticle]:
    """Return every object in the data that holds a body, in the order of the data."""
    found: list[EmbeddedArticle] = []
    for value in values:
        if isinstance(value, str):
            if _is_prose(value):
                found.append(EmbeddedArticle((value,), None, ()))
            continue
        for holder in _dicts(value):
            article = _as_article(holder)
            if article is not None:
                found.append(article)
    return found


def choose_article(values: Sequence[Any], claims: Sequence[str]) -> EmbeddedArticle | None:
    """Return the article among those in a page's data: one that has a claimed title, or the only long one."""
    found = sorted(find_articles(values), key=lambda one: one.size, reverse=True)
    if not found:
        return None
    named = next((one for one in found if bears_title(one, claims)), None)
    if named:
        return named
    others = [one for one in found if one.parts != found[0].parts]
    return found[0] if not others or found[0].size >= ALONE_FACTOR * others[0].size else None


def bears_title(article: EmbeddedArticle, claims: Sequence[str]) -> bool:
    """Whether one of the titles that a page claims begins with the title of an article in its data."""
    own = normalize_title(article.title) if article.title else ""
    return bool(own) and any(normalize_title(claim).startswith(own) for claim in claims)


def embedded_lines(article: EmbeddedArticle) -> tuple[Line, ...]:
    """Return the lines of an article in data."""
    lines: list[Line] = []
    for part in article.parts:
        if _MARKUP.search(part):
            text = part if "<" in part else html.unescape(part)
            blocks = [block for block in read_blocks(parse(text).root)[0] if not block.hidden]
            lines += [line_of(block, inside=not block.node.aside) for block in blocks]
        else:
            lines += _plain_lines(html.unescape(part))
    return tuple(lines)


def _plain_lines(text: str) -> Iterator[Line]:
    gap = True
    for line in normalize(text).split("\n"):
        plain = squeeze(line)
        if plain:
            yield Line(plain, "", 0.0, gap, in_body=True)
        gap = not plain


def text_of(value: Any) -> str | None:
    """Return a string, or the string in an object such as {"basic": ...} or {"name": ...}, on one line."""
    if isinstance(value, dict):
        value = next(
            (
                value[key]
                for key in ("basic", "name", "text", "value", "main", "rendered")
                if isinstance(value.get(key), str)
            ),
            None,
        )
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), None)
    if not isinstance(value, str):
        return None
    plain = squeeze(normalize(html.unescape(re.sub(r"<[^<>]{0,300}>", " ", value))))
    return plain or None


def plain_key(key: str) -> str:
    """Return a field's name without marks and capitals: `article_body`, `articleBody` -> `articlebody`."""
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _loads(text: str) -> Any:
    """Parse JSON as templates write it, with comment or CDATA marks, raw line ends or a trailing comma."""
    text = _WRAPPING.sub("", text)
    for attempt in (text, None):
        try:
            return json.loads(
                attempt if attempt is not None else _TRAILING_COMMA.sub(r"\1", text), strict=False
            )
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a JSON-LD script: one, a list, or a graph."""
    queue = list(value) if isinstance(value, list) else [value]
    objects: list[dict[str, Any]] = []
    for item in queue[:MAX_LINKED_OBJECTS]:
        if isinstance(item, dict):
            objects.append(item)
            graph = item.get("@graph")
            if isinstance(graph, list):
                objects += [node for node in graph[:MAX_LINKED_OBJECTS] if isinstance(node, dict)]
            for key in ("mainEntity", "mainEntityOfPage"):
                if isinstance(item.get(key), dict):
                    objects.append(item[key])
    return objects


def _assigned(text: str) -> Iterator[Any]:
    """Yield the values assigned to known names in a script; its long strings if no value is JSON."""
    decoder = json.JSONDecoder(strict=False)
    read = False
    for match in islice(_ASSIGNMENT.finditer(text), MAX_ASSIGNMENTS):
        start = match.end()
        if text[start : start + 1] not in {"{", "[", '"'}:
            continue
        try:
            value, _ = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        read = True
        yield _loads(value) if isinstance(value, str) else value
    if not read:
        for match in _LITERAL.finditer(text):
            literal = _loads(f'"{match[1]}"') if "\\" in match[1] else match[1]
            if isinstance(literal, str):
                yield literal


def _revive(flat: list[Any]) -> Any:
    """Rebuild the object graph that Nuxt 3 writes as a flat list whose members are indices (the devalue format)."""
    shells: list[Any] = [
        dict.fromkeys(item) if isinstance(item, dict) else [] if isinstance(item, list) else item
        for item in flat
    ]

    def at(index: Any) -> Any:
        return shells[index] if isinstance(index, int) and 0 <= index < len(shells) else None

    for shell, item in zip(shells, flat, strict=True):
        if isinstance(item, dict):
            shell.update({key: at(index) for key, index in item.items()})
        elif isinstance(item, list):
            wrapped = item and isinstance(item[0], str)
            shell.extend(at(index) for index in (item[1:] if wrapped else item))
    return shells[:1]


def _flight_chunks(text: str) -> Iterator[str]:
    """Yield the strings that a Next.js page pushes to its stream."""
    decoder = json.JSONDecoder(strict=False)
    for match in _FLIGHT.finditer(text):
        try:
            value, _ = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            return
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def _flight_rows(stream: str) -> list[Any]:
    """Return the rows of a Next.js stream: JSON, or texts with their length in bytes. `$id` refers to the text of a row."""
    data = stream.encode("utf-8", "replace")
    rows: list[Any] = []
    texts: dict[str, str] = {}
    at = 0
    pattern = re.compile(_FLIGHT_ROW.pattern.encode())
    while at < len(data):
        match = pattern.match(data, at)
        if match and match[2]:
            end = match.end() + min(int(match[2], 16), len(data))
            texts["$" + match[1].decode()] = data[match.end() : end].decode("utf-8", "replace")
            at = end
            continue
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        if match:
            row = data[match.end() : end].decode("utf-8", "replace")
            if row[:1] in {"[", "{", '"'}:
                rows.append(_loads(row))
        at = end + 1
    for holder in _dicts(rows):
        for key, value in holder.items():
            if isinstance(value, str) and value in texts:
                holder[key] = texts[value]
    return [*rows, *texts.values()]


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside a value, itself included, outermost first and each once."""
    stack = [value]
    seen: set[int] = set()
    left = MAX_VALUES
    while stack and left:
        item = stack.pop()
        left -= 1
        if isinstance(item, dict):
            if id(item) in seen:
                continue
            seen.add(id(item))
            yield item
            stack.extend(child for child in reversed(item.values()) if isinstance(child, (dict, list)))
        elif isinstance(item, list):
            if id(item) in seen:
                continue
            seen.add(id(item))
            stack.extend(child for child in reversed(item) if isinstance(child, (dict, list)))


def _as_article(holder: dict[str, Any]) -> EmbeddedArticle | None:
    """Return an object as an article, if a field of it holds a body."""
    plain = {plain_key(key): value for key, value in holder.items() if isinstance(key, str)}
    best: tuple[str, ...] = ()
    for key, value in plain.items():
        if key in _BODY_KEYS and (
            isinstance(value, str) or (isinstance(value, dict) and isinstance(value.get("rendered"), str))
        ):
            text = value if isinstance(value, str) else value["rendered"]
            parts: tuple[str, ...] = (text,) if _is_prose(text) else ()
        elif key in _LIST_KEYS and isinstance(value, list):
            parts = _elements(value)
        else:
            continue
        if sum(map(len, parts)) > sum(map(len, best)):
            best = parts
    if not best:
        return None
    title = next((found for key in _TITLE_KEYS if (found := text_of(plain.get(key)))), None)
    subtitles = next((lines for key in _DECK_KEYS if (lines := _decks(plain.get(key)))), ())
    return EmbeddedArticle(best, title, subtitles, holder)


def _decks(value: Any) -> tuple[str, ...]:
    """Return the lines of a subtitle field."""
    if isinstance(value, dict):
        value = value.get("basic")
    items = value if isinstance(value, list) else [value]
    lines = [line for item in items if isinstance(item, str) for line in re.split(r"<br\s*/?>|\n", item)]
    return tuple(found for line in lines if (found := text_of(line)))


def _elements(items: Sequence[Any], depth: int = 0) -> tuple[str, ...]:
    """Return the texts of a list of content elements (Arc Publishing, block editors), or nothing if there is no prose."""
    parts: list[str] = []
    for item in items:
        if isinstance(item, str):
            parts.append(item)
            continue
        if (
            not isinstance(item, dict)
            or str(item.get("type") or item.get("kind") or "").lower() not in _TEXT_TYPES
        ):
            continue
        if isinstance(item.get("items"), list) and depth < MAX_LIST_DEPTH:
            parts += _elements(item["items"], depth + 1)
        text = next((item[key] for key in _TEXT_KEYS if isinstance(item.get(key), str)), None)
        if text is None and isinstance(item.get("data"), dict):
            text = next(
                (item["data"][key] for key in _TEXT_KEYS if isinstance(item["data"].get(key), str)), None
            )
        if text:
            parts.append(text)
    return tuple(parts) if _is_prose(" ".join(parts)) else ()


def _is_prose(text: str) -> bool:
    """Whether a string has the length and the sentences of an article."""
    return len(text) >= MIN_BODY_CHARS and bool(_SENTENCE_END.search(text))

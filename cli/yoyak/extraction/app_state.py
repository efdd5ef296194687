"""Bodies that a page carries as data: JSON-LD `articleBody`, and the state of Next.js, Nuxt and Arc Fusion.

Data is parsed, never run. What a format calls its fields differs from site to site, so nothing depends on a
path: any object that holds a long text or a list of paragraphs may be an article, and the one whose title
the page bears, or else the longest, is taken.
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
from yoyak.extraction.markup_words import word_set

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
_SPOKEN_TYPES = word_set("text_types")
_ASSIGNMENT = re.compile(
    r"(?:Fusion\.globalContent|window\.__NUXT__|__NUXT__|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__|__NEXT_DATA__|__INITIAL_DATA__)[\"'\]]*\s*=\s*(?:JSON\.parse\()?"
)
_FLIGHT = re.compile(r"__next_f\.push\(\s*(?=\[)")
_FLIGHT_ROW = re.compile(r"([0-9a-f]+):(?:T([0-9a-f]+),)?")
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.){80,}+)"')
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPING = re.compile(
    r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)?|(?:-->|(?://)?\s*\]\]>|/\*\s*\]\]>\s*\*/)?\s*;?\s*$"
)
_SENTENCES = re.compile(r"[다요죠까]\s?[.!?]")
_LISTS_IN_LISTS = 4
_ASSIGNMENTS = 20
"""Assignments tried in one script. Each that is no JSON costs the script's length."""
_NODE_LIMIT = 400_000
"""Values visited in one document; a page's state has some ten thousand."""


@dataclass(slots=True)
class Stated:
    """An article found in data: its text or its paragraphs, as markup or plain, and the object it stood in."""

    parts: tuple[str, ...]
    title: str | None
    subtitles: tuple[str, ...]
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Characters of the body."""
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


def find_articles(values: Iterable[Any]) -> list[Stated]:
    """Every object in the data that holds a body, in the order it stands there."""
    found: list[Stated] = []
    for value in values:
        if isinstance(value, str):
            if _is_prose(value):
                found.append(Stated((value,), None, ()))
            continue
        for holder in _dicts(value):
            stated = _as_article(holder)
            if stated is not None:
                found.append(stated)
    return found


def text_of(value: Any) -> str | None:
    """Return a string, or the one inside an object such as {"basic": ...} or {"name": ...}, on one line."""
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
    """Parse JSON that a template wrote: comment or CDATA marks, raw line ends, a trailing comma."""
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
    for item in queue[:200]:
        if isinstance(item, dict):
            objects.append(item)
            graph = item.get("@graph")
            if isinstance(graph, list):
                objects += [node for node in graph[:200] if isinstance(node, dict)]
            for key in ("mainEntity", "mainEntityOfPage"):
                if isinstance(item.get(key), dict):
                    objects.append(item[key])
    return objects


def _assigned(text: str) -> Iterator[Any]:
    """Values assigned to the known names in a script; of a script that is no JSON, its long strings."""
    decoder = json.JSONDecoder(strict=False)
    read = False
    for match in islice(_ASSIGNMENT.finditer(text), _ASSIGNMENTS):
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
    """Rebuild the object graph that Nuxt 3 writes flat: members are indices into one list (devalue)."""
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
    """Return the strings a Next.js page pushes to its stream."""
    decoder = json.JSONDecoder(strict=False)
    for match in _FLIGHT.finditer(text):
        try:
            value, _ = decoder.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            return
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def _flight_rows(stream: str) -> list[Any]:
    """Return the rows of a Next.js stream: JSON, or texts with their length in bytes; `$id` stands for a row's text."""
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
    """Every object inside a value, itself included, outermost first; each once."""
    stack = [value]
    seen: set[int] = set()
    left = _NODE_LIMIT
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


def _as_article(holder: dict[str, Any]) -> Stated | None:
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
    return Stated(best, title, subtitles, holder)


def _decks(value: Any) -> tuple[str, ...]:
    """Return the lines of a subtitle field."""
    if isinstance(value, dict):
        value = value.get("basic")
    items = value if isinstance(value, list) else [value]
    lines = [line for item in items if isinstance(item, str) for line in re.split(r"<br\s*/?>|\n", item)]
    return tuple(found for line in lines if (found := text_of(line)))


def _elements(items: Sequence[Any], depth: int = 0) -> tuple[str, ...]:
    """Return the texts of a list of content elements (Arc, editors of the block kind); nothing if there is no prose."""
    parts: list[str] = []
    for item in items:
        if isinstance(item, str):
            parts.append(item)
            continue
        if (
            not isinstance(item, dict)
            or str(item.get("type") or item.get("kind") or "").lower() not in _SPOKEN_TYPES
        ):
            continue
        if isinstance(item.get("items"), list) and depth < _LISTS_IN_LISTS:
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
    """Whether a string is long enough and has the sentences of an article."""
    return len(text) >= 80 and bool(_SENTENCES.search(text))

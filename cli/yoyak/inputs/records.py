"""A row of any table or JSON document as a `Record`: its fields by what they hold, as plain text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from yoyak.core.errors import RowError
from yoyak.core.messages import text
from yoyak.core.options import ReadOptions
from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Record, Scalar
from yoyak.inputs.field_names import ROLES, WRAPPERS, comparable, match, resolve, role_of
from yoyak.inputs.inline_markup import has_block_tags, plain_line, plain_text, undo_escapes, unescape_markup

MAX_NAMES_SHOWN = 30
"""Field names in an error message."""

_MISSING = frozenset(("nan", "none", "null", "n/a", "#n/a", "nat", "<na>", "undefined", "\\n"))
# Keys of objects that wrap a single text: WordPress (rendered), XML as JSON (#text, $t), schema.org (name).
_VALUE_KEYS = (
    "rendered",
    "text",
    "#text",
    "$t",
    "_text",
    "value",
    "content",
    "form",
    "paragraph",
    "name",
    "@value",
)
_SENTENCE_KEYS = ("sentence", "문장")
_EPOCH = lazy_pattern(r"\d{10}(?:\d{3})?(?:\.\d{1,6})?$")
# Milliseconds have 13 digits until the year 2286.
_FIRST_MILLISECOND = 10**11
_EMAIL = lazy_pattern(r"[(<\[]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)>\]]?")
_NAME_BREAK = lazy_pattern(
    r"[,;/|·ㆍ&\n]|(?<=[가-힣])\s*(?:선임|수습|인턴|객원|시민|명예|전문|대)?(?:기자|특파원|논설위원|편집위원|앵커|리포터|PD)\b"
)
_PARENTHESES = lazy_pattern(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]")
_PLACE = lazy_pattern(r"^[^=]{1,20}=\s*")
_NO_PRESS = lazy_pattern(r"[/\\]|:\d|\.(?:jsonl?|csv|tsv|txt|html?|xlsx?|parquet|xml)\b", re.IGNORECASE)


def read_record(row: Mapping[str, Any], *, source: str, read: ReadOptions) -> Record:
    """Read the fields of a row. Raises RowError for a row without text, and for fields of a wrong type."""
    flat = _unwrapped(row)
    names = resolve(tuple(str(name) for name in flat), read.fields)
    used: list[str] = []

    def candidates(role: str) -> Iterator[tuple[str, Any]]:
        for name in names.get(role, ()):
            value = field_value(flat, name)
            if not _is_missing(value):
                yield name, value

    def first(role: str) -> Any:
        for name, value in candidates(role):
            used.append(name)
            return value
        return None

    split = [
        (name, value) for name in names.get("sentences", ()) if (value := field_value(flat, name)) is not None
    ]
    sentences, body = _body(split, list(candidates("text")), used, source)
    if sentences is None and body is None:
        raise RowError(
            missing_text(source, tuple(map(str, flat)), read, present=_has_field(flat, names)), source=source
        )
    title = first("title")
    press = _line(first("press"))
    return Record(
        id=_line(first("id")),
        title=_title(title, source, read),
        text=body,
        sentences=sentences,
        published=time_of(first("published")),
        press=None if press is None or _NO_PRESS.search(press) else press,
        reporters=tuple(_without_press(people_of(first("reporters")), press)),
        url=_line(first("url")),
        section=_line(first("section")),
        extra=_others(flat, used) if read.extra else None,
    )


def row_id(row: Mapping[str, Any], read: ReadOptions) -> str | None:
    """Return the id of a row that may be no article."""
    flat = _unwrapped(row)
    names = resolve(tuple(str(name) for name in flat), read.fields).get("id", ())
    return next((line for name in names if (line := _line(field_value(flat, name))) is not None), None)


def missing_text(source: str, names: Sequence[str], read: ReadOptions, *, present: bool = False) -> str:
    """Say that a row or a table has no text; where no field of it can hold one, name the fields there are."""
    if present or not names:
        return text("{source}: the row has no text", source=source)
    chosen = read.fields.text or read.fields.sentences
    if chosen is not None:
        return missing_field(source, chosen, names)
    return text(
        "{source}: no field is known to hold the text; the fields are: {names}; name one with --text-field",
        source=source,
        names=_shown(names),
    )


def missing_field(source: str, chosen: str, names: Sequence[str]) -> str:
    """Say that a chosen field is not there, and which are."""
    return text(
        "{source}: there is no field {field}; the fields are: {names}",
        source=source,
        field=chosen,
        names=_shown(names),
    )


def _shown(names: Sequence[str]) -> str:
    return ", ".join([*names[:MAX_NAMES_SHOWN], *(["…"] if len(names) > MAX_NAMES_SHOWN else [])])


def unseen_fields(row: Mapping[str, Any], read: ReadOptions) -> list[str]:
    """Return the fields chosen with options, but for the text, that a row does not have."""
    chosen = [name for role in ROLES[2:] if (name := getattr(read.fields, role)) is not None]
    if not chosen:
        return []
    flat = _unwrapped(row)
    names = tuple(str(name) for name in flat)
    return [name for name in chosen if match(name, names) is None and field_value(flat, name) is None]


def has_text_field(row: Mapping[str, Any], read: ReadOptions) -> bool:
    """Whether a row has a field for the text, even an empty one."""
    flat = _unwrapped(row)
    return _has_field(flat, resolve(tuple(str(name) for name in flat), read.fields))


def _has_field(flat: Mapping[str, Any], names: Mapping[str, Sequence[str]]) -> bool:
    return any(
        (name in flat or field_value(flat, name) is not None) and _may_be_text(field_value(flat, name))
        for role in ("text", "sentences")
        for name in names.get(role, ())
    )


def _may_be_text(value: Any) -> bool:
    """Whether a field can hold a text, and is no object around other fields, nor a list of articles."""
    if isinstance(value, Mapping):
        return any(key in value for key in _VALUE_KEYS) or str(next(iter(value), "")).isdecimal()
    if isinstance(value, list):
        return not any(
            isinstance(part, Mapping) and any(role_of(str(key)) == "title" for key in part) for part in value
        )
    return True


def field_value(row: Mapping[str, Any], name: str) -> Any:
    """Return a field by its name, or by its dotted path through objects and lists; None where there is none."""
    if name in row:
        return row[name]
    if "." not in name:
        return None
    value: Any = row
    for part in name.split("."):
        if isinstance(value, Mapping):
            value = value.get(part)
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value


def _unwrapped(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a row with the fields of objects that only wrap it; its own fields win."""
    inner = [
        (name, value) for name, value in row.items() if isinstance(value, Mapping) and _is_wrapper(str(name))
    ]
    if not inner:
        return row
    flat = dict(row)
    for name, value in inner:
        if not any(key in value for key in _VALUE_KEYS[:6]) or len(value) > 1:
            flat.pop(name, None)
            for key, own in value.items():
                flat.setdefault(key, own)
    # Dotted paths still start at the object.
    return {**flat, **{name: value for name, value in inner if name not in flat}}


def _is_wrapper(name: str) -> bool:
    plain = comparable(name)
    return plain in _WRAPPERS or plain.startswith("meta(")


_WRAPPERS = frozenset(map(comparable, WRAPPERS))


# -- text ---------------------------------------------------------------------------------------------------


def _body(
    sentence_fields: list[tuple[str, Any]], text_fields: list[tuple[str, Any]], used: list[str], source: str
) -> tuple[tuple[str, ...] | None, str | None]:
    """Return the sentences of a row, or else its text. Raises RowError for a field of the wrong type."""
    for name, value in sentence_fields:
        used.append(name)
        found = _sentences(value)
        if found is None:
            raise RowError(
                text("{source}: the sentences field is not a list of strings", source=source),
                source=source,
            )
        return found, None
    wrong = ""
    for name, value in text_fields:
        if isinstance(value, list) and (found := _nested_sentences(value)) is not None:
            used.append(name)
            return found, None
        body = _text(value)
        if body is None:
            wrong = wrong or name
        elif body.strip() or len(text_fields) == 1:
            used.append(name)
            return None, body
    if wrong:
        raise RowError(
            text("{source}: the field {field} is not a string", source=source, field=wrong), source=source
        )
    return None, None


def _sentences(value: Any) -> tuple[str, ...] | None:
    """Read a list of sentences: strings, or objects with a `sentence`; None for anything else."""
    if isinstance(value, list):
        if all(isinstance(part, str) for part in value):
            return tuple(value)
        return _nested_sentences(value)
    return None


def _nested_sentences(value: list[Any]) -> tuple[str, ...] | None:
    """Read sentences as AI Hub's corpora have them, `[[{"sentence": ...}], ...]`; None for anything else."""
    found: list[str] = []
    for part in value:
        if isinstance(part, list):
            inner = _nested_sentences(part)
            if inner is None:
                return None
            found.extend(inner)
        elif isinstance(part, Mapping):
            sentence = next((part[key] for key in _SENTENCE_KEYS if isinstance(part.get(key), str)), None)
            if sentence is None:
                return None
            found.append(sentence)
        else:
            return None
    return tuple(found) if found else None


def _text(value: Any) -> str | None:
    """Read a text: a string, a list of paragraphs, each a string or a list of sentences, or an object that holds it."""
    if isinstance(value, str):
        plain = unescape_markup(undo_escapes(value))
        return plain if has_block_tags(plain) else plain_text(plain)
    if isinstance(value, list):
        paragraphs = [
            " ".join(part)
            if isinstance(part, list) and all(isinstance(s, str) for s in part)
            else _text(part)
            for part in value
            if not _is_missing(part)
        ]
        if any(paragraph is None for paragraph in paragraphs):
            return None
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if isinstance(value, Mapping):
        own = next((value[key] for key in _VALUE_KEYS if not _is_missing(value.get(key))), None)
        return None if own is None else _text(own)
    return None


# -- other fields -------------------------------------------------------------------------------------------


def _title(value: Any, source: str, read: ReadOptions) -> str | None:
    if value is None or isinstance(value, str | Mapping | list):
        return _line(value)
    raise RowError(
        text(
            "{source}: the field {field} is not a string", source=source, field=read.fields.title or "title"
        ),
        source=source,
    )


def _is_missing(value: Any) -> bool:
    if value is None or value in ([], {}):
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return value == "" or (
        isinstance(value, str) and len(value) < 20 and value.strip().casefold() in _MISSING
    )


def _line(value: Any) -> str | None:
    """Read a field of one line: a scalar, the first of a list, or an object with a name."""
    if isinstance(value, list):
        value = next((part for part in value if not _is_missing(part)), None)
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", *_VALUE_KEYS) if not _is_missing(value.get(key))), None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, list | Mapping) or _is_missing(value):
        return None
    return plain_line(str(value)) or None


def time_of(value: Any) -> str | None:
    """Read a time as it was written; epoch seconds, milliseconds and RFC 2822 become ISO 8601."""
    line = _line(value)
    if line is None:
        return None
    if _EPOCH.match(line):
        number = float(line)
        seconds = number / 1_000 if number >= _FIRST_MILLISECOND else number
        return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
    if line[:1].isalpha() and line.isascii():
        from email.utils import parsedate_to_datetime

        with suppress(ValueError, IndexError):
            return parsedate_to_datetime(line).isoformat()
    return line


def people_of(value: Any) -> Iterator[str]:
    """Read names of reporters: a list, or one string with several, with or without 기자 and mail addresses."""
    parts = value if isinstance(value, list) else [value]
    for part in parts:
        line = _line(part)
        if line is None:
            continue
        for name in _NAME_BREAK.split(_PARENTHESES.sub(" ", _EMAIL.sub(" ", line))):
            plain = _PLACE.sub("", name).strip(" .=-")
            if plain and not _is_missing(plain):
                yield unicodedata.normalize("NFC", plain)


def _without_press(names: Iterable[str], press: str | None) -> Iterator[str]:
    """Drop the newspaper from names such as `한빛신문 이보람`."""
    for name in names:
        own = name.removeprefix(press).strip() if press else name
        if own:
            yield own


def _others(flat: Mapping[str, Any], used: Sequence[str]) -> dict[str, Scalar]:
    """Return the scalar fields that no role took, in order."""
    return {
        str(name): value
        for name, value in flat.items()
        if name not in used and isinstance(value, str | int | float | bool) and not _is_missing(value)
    }

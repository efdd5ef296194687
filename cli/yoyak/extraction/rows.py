"""JSONL rows: a `text` runs the road of every page, `sentences` keep their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from yoyak.core.errors import EmptyArticleError, RowError
from yoyak.core.messages import text
from yoyak.core.normalize import normalize, squeeze
from yoyak.core.options import Fields
from yoyak.core.values import Article, Span
from yoyak.extraction import kinds, presplit, times

NAMED = 8  # fields of a row that has no text, told to whoever must choose one


def read(row: Mapping[str, Any], *, source: str, fields: Fields, extract: Callable[..., Article]) -> Article:
    """Read one row. A row with `sentences` is never split or cleaned: its indices are its owner's.

    Raises RowError where a field has the wrong type or both texts are missing, EmptyArticleError where
    there is nothing to summarize.
    """
    title = _string(row, fields.title, source)
    given_id = row.get(fields.id)
    name = None if given_id is None else str(given_id)
    published = times.parse_time(str(row[fields.published])) if row.get(fields.published) else None
    sentences = row.get(fields.sentences)
    if sentences is not None:
        return _given(sentences, source=source, name=name, title=title, published=published)
    body = _string(row, fields.text, source)
    if body is None:
        raise RowError(_without_text(row, source, fields), source=source)
    return extract(body, source=source, name=name, title=title, published=published)


def _without_text(row: Mapping[str, Any], source: str, fields: Fields) -> str:
    """Say that a row has no text, and, where the field of it is not there, which there are."""
    names = [str(name) for name in row]
    if not names or fields.text in row or fields.sentences in row:
        return text(
            "{source}: the row has no {text_field} or {sentences_field} field",
            source=source,
            text_field=fields.text,
            sentences_field=fields.sentences,
        )
    return text(
        "{source}: the row has no {text_field} or {sentences_field} field; it has: {names}; choose one with --text-field",
        source=source,
        text_field=fields.text,
        sentences_field=fields.sentences,
        names=", ".join([*names[:NAMED], "…"] if len(names) > NAMED else names),
    )


def _string(row: Mapping[str, Any], field: str, source: str) -> str | None:
    """Return a field that must be a string where it is there; an empty one counts as missing."""
    value = row.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise RowError(
            text("{source}: the field {field} is not a string", source=source, field=field), source=source
        )
    return value or None


def _given(
    sentences: object, *, source: str, name: str | None, title: str | None, published: datetime | None
) -> Article:
    """Return an article whose sentences came split: each is a paragraph and a span."""
    if (
        not isinstance(sentences, Sequence)
        or isinstance(sentences, str)
        or not all(isinstance(s, str) for s in sentences)
    ):
        raise RowError(
            text("{source}: the sentences field is not a list of strings", source=source), source=source
        )
    cleaned = [squeeze(normalize(sentence)) for sentence in sentences]
    if not any(cleaned):
        raise EmptyArticleError(
            text("{source}: no article found: the page has no text", source=source), source=source
        )
    spans: list[Span] = []
    at = 0
    for sentence, candidate in zip(cleaned, presplit.is_body(cleaned, title), strict=True):
        spans.append(Span(at, at + len(sentence), candidate))
        at += len(sentence) + 2
    return Article(
        source=source,
        id=name,
        title=squeeze(normalize(title)) if title else None,
        published=published,
        paragraphs=tuple(cleaned),
        spans=tuple(spans),
        warnings=kinds.notices(title, cleaned),
    )

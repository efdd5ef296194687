"""A row to its article: a text is extracted like a page, sentences that came split keep their indices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from yoyak.core.errors import EmptyArticleError
from yoyak.core.messages import text
from yoyak.core.normalize import normalize, squeeze
from yoyak.core.options import ReadOptions
from yoyak.core.values import Article, Record, Span
from yoyak.extraction import kinds, presplit, times
from yoyak.inputs.inline_markup import plain_line
from yoyak.inputs.records import read_record


def read(
    row: Mapping[str, Any] | Record, *, source: str, read: ReadOptions, extract: Callable[..., Article]
) -> Article:
    """Read one row. Sentences that came split are never split again or cleaned: labels refer to their indices.

    What the row says of press, reporters, address and section wins over what its text says.
    Raises RowError where a field has the wrong type or there is no text, EmptyArticleError where the text is empty.
    """
    record = row if isinstance(row, Record) else read_record(row, source=source, read=read)
    if record.sentences is not None:
        article = _presplit(record, record.sentences, source=source)
    else:
        article = extract(
            record.text or "",
            source=source,
            name=record.id,
            title=record.title,
            published=times.parse_time(record.published) if record.published else None,
        )
    return replace(
        article,
        press=record.press or article.press,
        reporters=record.reporters or article.reporters,
        url=record.url,
        section=record.section,
        extra=record.extra,
    )


def _presplit(record: Record, sentences: Sequence[str], *, source: str) -> Article:
    """Return an article whose sentences came split: each is a paragraph and a span."""
    cleaned = [squeeze(normalize(plain_line(sentence))) for sentence in sentences]
    if not any(cleaned):
        raise EmptyArticleError(
            text("{source}: no article found: the page has no text", source=source), source=source
        )
    spans: list[Span] = []
    at = 0
    for sentence, candidate in zip(cleaned, presplit.is_body(cleaned, record.title), strict=True):
        spans.append(Span(at, at + len(sentence), candidate))
        at += len(sentence) + 2
    title = squeeze(normalize(record.title)) if record.title else None
    return Article(
        source=source,
        id=record.id,
        title=title,
        published=times.parse_time(record.published) if record.published else None,
        paragraphs=tuple(cleaned),
        spans=tuple(spans),
        warnings=kinds.notices(record.title, cleaned),
    )

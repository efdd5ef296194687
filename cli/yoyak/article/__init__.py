"""From a page to its article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yoyak.errors import EmptyArticleError, RowError
from yoyak.model import Article, Decoded, Span
from yoyak.options import Fields


def extract(page: Decoded, *, source: str, id: str | None = None, title: str | None = None) -> Article:
    """Extract the article of a page."""
    lines = [line.strip() for line in page.text.split("\n") if line.strip()]
    body = tuple(line for line in lines if line.endswith((".", "”", '"')))
    if not body:
        raise EmptyArticleError(f"{source}: no article in it", source=source)
    return Article(source=source, id=id, title=title or lines[0], paragraphs=body)


def from_row(row: Mapping[str, Any], *, source: str, fields: Fields) -> Article:
    """Read one JSONL row."""
    sentences = row.get(fields.sentences)
    id = row.get(fields.id)
    title = row.get(fields.title)
    if sentences is not None:
        spans, at = [], 0
        for s in sentences:
            spans.append(Span(at, at + len(s), True))
            at += len(s) + 2
        return Article(source=source, id=id, title=title, paragraphs=tuple(sentences), spans=tuple(spans))
    if not isinstance(row.get(fields.text), str):
        raise RowError(f"{source}: no text", source=source)
    return extract(Decoded(text=row[fields.text], encoding="utf-8", evidence="given"), source=source, id=id, title=title)

"""Extraction: from a page to its article, with a label for every line that was removed.

    text dump ─ plaintext.read_page ─┐
                                     ├─ Page ─ build.build ─ Article
    HTML ────── html.read_page ──────┘

Text: `plaintext` reads the lines and joins those that were cut, with `wrapped` (article files), `subtitles`, `reflow`
(dumps of web pages) and `one_line` (pages and paragraphs on one line). HTML: `dom` parses, `blocks` cuts the page into
lines, `container` and `layout` find the body, `embedded` reads data in scripts, `head`, `titles` and `times` the metadata;
`markup` holds what names mean.

A `Page` holds the lines of the input. `build.PASSES` lists the passes that give each line a label, in order: single
lines (`line_rules`), neighbours (`context_rules`), the body (`body`), other articles, the headline. Then `build` cleans
the edges of the paragraphs and `metadata` reads who wrote the article and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from yoyak.core.normalize import normalize
from yoyak.core.options import ReadOptions
from yoyak.core.values import Article, Decoded, Record
from yoyak.extraction import build, plaintext, rows, subtitles
from yoyak.extraction.page import Page
from yoyak.inputs.inline_markup import has_block_tags, plain_line, plain_text

__all__ = ["extract", "from_row"]


def extract(
    page: Decoded,
    *,
    source: str,
    id: str | None = None,  # noqa: A002 - the name of the field in rows and articles
    title: str | None = None,
    published: datetime | None = None,
) -> Article:
    """Extract the article of a page: a text dump, Markdown or HTML. Paragraphs are slices of its lines.

    A given `title` or `published` replaces what the page states. Raises EmptyArticleError if the page holds no
    article.
    """
    lines = replace(_read(page.text), given_title=plain_line(title) if title else None)
    return build.build(lines, source=source, id=id, published=published)


def _read(content: str) -> Page:
    if "<" in content[:4_000] and not subtitles.is_sami(content):
        from yoyak.extraction import html  # lxml is loaded only for input that may be HTML

        if html.is_html(content):
            return html.read_page(content)
    return plaintext.read_page(content)


def from_row(row: Mapping[str, Any] | Record, *, source: str, read: ReadOptions) -> Article:
    """Read one row: `text` is extracted like a page, `sentences` stay as they are.

    Raises RowError if the row is no article, EmptyArticleError if its text holds none.
    """

    def extract_text(
        content: str, *, source: str, name: str | None, title: str | None, published: datetime | None
    ) -> Article:
        decoded = Decoded(text=normalize(_without_stray_tags(content)), encoding="utf-8", evidence="given")
        return extract(
            decoded, source=source, id=name, title=normalize(title) if title else None, published=published
        )

    return rows.read(row, source=source, read=read, extract=extract_text)


def _without_stray_tags(content: str) -> str:
    """Undo the markup of a text that has too little of it to be read as a page of HTML."""
    if not has_block_tags(content):
        return content
    from yoyak.extraction import html

    return content if html.is_html(content) else plain_text(content)

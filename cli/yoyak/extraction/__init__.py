"""From a page to its article: exactly the body, who wrote it, where and when, and what was thrown away and why.

    text dump ─ text.read_page ─┐
                                ├─ Page ─ road.build ─ Article
    HTML ────── html.read_page ─┘

`rules` names single lines, `boxes` lines by their neighbours, `body` finds the densest run of prose, `strangers`
what of it is another article, `headline` title and subtitles, `metadata` the rest, `edges`, `endings` and `dateline` what
sticks to the first and last sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yoyak.core.normalize import normalize, squeeze
from yoyak.core.options import Fields
from yoyak.core.values import Article, Decoded
from yoyak.extraction import build, plaintext, rows
from yoyak.extraction.page import Page

__all__ = ["extract", "from_row"]


def extract(
    page: Decoded,
    *,
    source: str,
    id: str | None = None,  # noqa: A002 - what rows and articles call it
    title: str | None = None,
    published: datetime | None = None,
) -> Article:
    """Extract the article of a page: a text dump, Markdown or HTML. Paragraphs are slices of its lines.

    A `title` or `published` that is given wins over what the page says. Raises EmptyArticleError where
    the page holds no article.
    """
    lines = _read(page.text)
    return build.build(
        lines, source=source, id=id, title=squeeze(title) if title else None, published=published
    )


def _read(content: str) -> Page:
    if "<" in content[:4_000]:
        from yoyak.extraction import html  # lxml is loaded only for input that may be HTML

        if html.is_html(content):
            return html.read_page(content)
    return plaintext.read_page(content)


def from_row(row: Mapping[str, Any], *, source: str, fields: Fields) -> Article:
    """Read one JSONL row: `text` is extracted like a page, `sentences` stay as they are.

    Raises RowError where the row is no article, EmptyArticleError where its text holds none.
    """

    def extract_text(
        content: str, *, source: str, name: str | None, title: str | None, published: datetime | None
    ) -> Article:
        decoded = Decoded(text=normalize(content), encoding="utf-8", evidence="given")
        return extract(
            decoded, source=source, id=name, title=normalize(title) if title else None, published=published
        )

    return rows.read(row, source=source, fields=fields, extract=extract_text)

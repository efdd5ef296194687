"""Results as JSON values and as a snippet of HTML. The fields are described in docs/outputs.md."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any

from yoyak.core.messages import text
from yoyak.core.values import Article, Failed, Summary

SCHEMA = 1
"""Version of the JSON format. It changes when the meaning of a field changes, not when a field is added."""


def summary_record(summary: Summary) -> dict[str, Any]:
    """JSON values of a summary."""
    return {
        **_head(summary.article),
        "summary": [
            {"index": s.index, "start": s.start, "end": s.end, "text": s.text, "score": round(score, 4)}
            for s, score in zip(summary.sentences, summary.scores, strict=True)
        ],
        "keywords": [
            {"term": k.term, "score": round(k.score, 4), "count": k.count} for k in summary.keywords
        ],
        **({} if summary.quotes is None else {"quotes": [quote._asdict() for quote in summary.quotes]}),
        "warnings": [{"code": notice.code, "message": notice.message} for notice in summary.warnings],
    }


def article_record(article: Article) -> dict[str, Any]:
    """JSON values of an article."""
    return {
        **_head(article),
        "text": article.text,
        "paragraphs": list(article.paragraphs),
        "subheadings": [{"text": s.text, "paragraph": s.paragraph} for s in article.subheadings],
        "removed": [{"rule": r.rule, "text": r.text} for r in article.removed],
        "warnings": [{"code": notice.code, "message": notice.message} for notice in article.warnings],
    }


def failure_record(failed: Failed) -> dict[str, Any]:
    """JSON values of an input that failed."""
    return {
        "schema": SCHEMA,
        "source": failed.source,
        "id": failed.id,
        "error": {"code": failed.code, "message": failed.message},
    }


def summary_html(summary: Summary) -> str:
    """Title, key sentences and keywords of a summary as HTML, for notebooks."""
    title = summary.article.title or summary.article.source
    sentences = "".join(f"<li>{escape(sentence.text)}</li>" for sentence in summary.sentences)
    keywords = ", ".join(escape(keyword.term) for keyword in summary.keywords)
    terms = f"<p><em>{escape(text('Keywords'))}</em> {keywords}</p>" if keywords else ""
    return f'<div lang="ko"><h4>{escape(title)}</h4><ol>{sentences}</ol>{terms}</div>'


def _head(article: Article) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "source": article.source,
        "id": article.id,
        "title": article.title,
        "subtitles": list(article.subtitles),
        "published": iso_time(article.published),
        "modified": iso_time(article.modified),
        "reporters": list(article.reporters),
        "press": article.press,
        "url": article.url,
        "section": article.section,
        **({} if article.extra is None else {"extra": dict(article.extra)}),
    }


def iso_time(moment: datetime | None) -> str | None:
    """ISO 8601 time, or None."""
    return moment.isoformat() if moment else None

"""Outcomes as text for files and pipes: plain lines, JSON, CSV, Markdown. Pure: no streams, no terminal.

Nothing here lets a control character through: JSON escapes them, the other formats drop them.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from yoyak.core import normalize
from yoyak.core.messages import text
from yoyak.core.values import Article, Failed, Outcome, Summary
from yoyak.ranking import explain

SCHEMA = 1
"""Version of the JSON shapes. It changes when a field changes its meaning, not when one is added."""

CSV_HEADER = ("source", "id", "title", "press", "reporters", "published", "summary", "keywords", "error")

# C0 but tab and newline (JSON escapes C0 itself), DEL, C1, bidi controls, lone surrogates: valid inside a JSON
# string, and either obeyed by a terminal or impossible to encode.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
# A cell that starts like this is a formula to a spreadsheet (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!$&])")
# What begins a list, a heading or a rule at the start of a line: "- ", "1. ", "===".
_LINE_START = re.compile(r"^((?:\d+(?=[.)](?:\s|$)))?)([-+=:.)])")


def printable(value: str) -> str:
    r"""Return one line that a terminal cannot obey: names, ids and titles from anywhere.

    >>> printable("a\x1b[31m\nb")
    'a[31m b'
    """
    return normalize.squeeze(normalize.normalize(value))


def cells(value: str) -> int:
    """Columns a terminal needs for `value`: two for Hangul and its like (UAX 11), none for combining marks."""
    if value.isascii():
        return len(value)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in value
    )


def wrap(value: str, width: int) -> list[str]:
    """Break a text at its spaces into lines of at most `width` columns; a longer word stands alone."""
    lines: list[str] = []
    line, used = "", 0
    for word in value.split():
        needed = cells(word)
        if line and used + 1 + needed > width:
            lines.append(line)
            line, used = word, needed
        else:
            used += needed + (1 if line else 0)
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


# -- JSON ---------------------------------------------------------------------------------------------------


def record(outcome: Outcome, *, explained: bool = False) -> dict[str, Any]:
    """JSON-ready record of one outcome; the shapes are in the README. Values are whatever JSON holds.

    `explained` adds a verdict on every sentence of a summary.
    """
    if isinstance(outcome, Summary):
        made = _summary_dict(outcome)
        return {**made, "explained": [_verdict(v) for v in explain.verdicts(outcome)]} if explained else made
    if isinstance(outcome, Article):
        return _article_dict(outcome)
    return {
        "schema": SCHEMA,
        "source": outcome.source,
        "id": outcome.id,
        "error": {"code": outcome.code, "message": outcome.message},
    }


def json_line(outcome: Outcome, *, explained: bool = False) -> str:
    """One outcome as one line of JSONL, without its line end."""
    value = record(outcome, explained=explained)
    return escaped(_ENCODER.encode(value))


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_object(outcome: Outcome, *, explained: bool = False) -> str:
    """One outcome as indented JSON, without its line end."""
    return escaped(json.dumps(record(outcome, explained=explained), ensure_ascii=False, indent=2))


def escaped(document: str) -> str:
    """Return a JSON document with the characters that a terminal obeys, or no file can hold, by their numbers."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", document)


def _summary_dict(summary: Summary) -> dict[str, Any]:
    return {
        **_head(summary.article),
        "summary": [
            {"index": s.index, "start": s.start, "end": s.end, "text": s.text, "score": round(score, 4)}
            for s, score in zip(summary.sentences, summary.scores, strict=True)
        ],
        "keywords": [
            {"term": k.term, "score": round(k.score, 4), "count": k.count} for k in summary.keywords
        ],
        "warnings": [{"code": notice.code, "message": notice.message} for notice in summary.warnings],
    }


def _verdict(verdict: explain.Verdict) -> dict[str, Any]:
    sentence = verdict.sentence
    return {
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "score": round(verdict.score, 4),
        "rank": verdict.rank,
        "chosen": verdict.chosen,
        "reason": verdict.reason,
        "parts": {name: round(value, 4) for name, value in verdict.parts},
    }


def _article_dict(article: Article) -> dict[str, Any]:
    return {
        **_head(article),
        "text": article.text,
        "paragraphs": list(article.paragraphs),
        "subheadings": [{"text": s.text, "paragraph": s.paragraph} for s in article.subheadings],
        "removed": [{"rule": r.rule, "text": r.text} for r in article.removed],
        "warnings": [{"code": notice.code, "message": notice.message} for notice in article.warnings],
    }


def _head(article: Article) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "source": article.source,
        "id": article.id,
        "title": article.title,
        "subtitles": list(article.subtitles),
        "published": _iso(article.published),
        "modified": _iso(article.modified),
        "reporters": list(article.reporters),
        "press": article.press,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


# -- plain --------------------------------------------------------------------------------------------------


def plain(outcome: Outcome, *, keywords_only: bool = False) -> str:
    """Lines for a pipe: a sentence a line, or a keyword a line, or a paragraph a line. Failures give none."""
    if isinstance(outcome, Failed):
        return ""
    if isinstance(outcome, Article):
        return "\n".join(printable(paragraph) for paragraph in outcome.paragraphs)
    if keywords_only:
        return "\n".join(printable(keyword.term) for keyword in outcome.keywords)
    return "\n".join(printable(sentence.text) for sentence in outcome.sentences)


def removed(article: Article) -> str:
    """Return what was taken off the page, a piece a line: rule, tab, text."""
    return "\n".join(f"{printable(r.rule)}\t{printable(r.text)}" for r in article.removed)


def when(moment: datetime | None) -> str:
    """Time as Korean pages print it: `2026.03.02 09:10`; without the clock where it is midnight exactly."""
    if moment is None:
        return ""
    return moment.strftime("%Y.%m.%d" if (moment.hour, moment.minute) == (0, 0) else "%Y.%m.%d %H:%M")


def byline(article: Article) -> str:
    """`press · reporter, reporter · time`, with what the page says of it."""
    names = ", ".join(printable(name) for name in article.reporters)
    reporters = text("{reporters}", reporters=names) if names else ""
    parts = (printable(article.press or ""), reporters, when(article.published))
    return " · ".join(part for part in parts if part)


# -- CSV ----------------------------------------------------------------------------------------------------


def csv_header() -> str:
    """First line of a CSV file."""
    return _csv_line(CSV_HEADER)


def csv_line(outcome: Outcome) -> str:
    """One outcome as one CSV record (RFC 4180) without its line end, with cells a spreadsheet would run made harmless.

    Sentences are joined by a space, keywords and reporters by `; `.
    """
    if isinstance(outcome, Failed):
        return _csv_line((outcome.source, outcome.id or "", "", "", "", "", "", "", outcome.message))
    article = outcome.article if isinstance(outcome, Summary) else outcome
    head = (
        article.source,
        article.id or "",
        article.title or "",
        article.press or "",
        "; ".join(article.reporters),
        _iso(article.published) or "",
    )
    if isinstance(outcome, Summary):
        body = " ".join(s.text for s in outcome.sentences)
        return _csv_line((*head, body, "; ".join(k.term for k in outcome.keywords), ""))
    return _csv_line((*head, article.text, "", ""))


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([_cell(cell) for cell in cells])
    return buffer.getvalue()


def _cell(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula, after spaces too."""
    value = printable(value)
    return "'" + value if value.startswith(_FORMULA) else value


# -- Markdown -----------------------------------------------------------------------------------------------


def escape_markdown(value: str) -> str:
    r"""Text that Markdown prints as it stands.

    >>> escape_markdown("[속보] 1*2")
    '\\[속보\\] 1\\*2'
    """
    return _at_line_start(_MARKDOWN.sub(r"\\\1", printable(value)))


def markdown(outcome: Outcome, *, marked: bool = False) -> str:
    """One outcome as a Markdown section: title, byline, key sentences as a list, keywords.

    `marked` gives the whole body instead of the list, with key sentences in bold.
    """
    if isinstance(outcome, Failed):
        name = escape_markdown(outcome.id or outcome.source)
        return f"## {name}\n\n> {escape_markdown(outcome.message)}"
    article = outcome.article if isinstance(outcome, Summary) else outcome
    parts = [f"## {escape_markdown(article.title or article.id or article.source)}"]
    if line := byline(article):
        parts.append(escape_markdown(line))
    if isinstance(outcome, Article):
        return "\n\n".join([*parts, *_with_headings(article, map(escape_markdown, article.paragraphs))])
    if marked:
        parts += _with_headings(article, map(_bold, explain.paragraphs(outcome)))
    elif outcome.sentences:
        parts.append("\n".join(f"- {escape_markdown(s.text)}" for s in outcome.sentences))
    if outcome.keywords:
        terms = ", ".join(escape_markdown(k.term) for k in outcome.keywords)
        parts.append(f"**{text('Keywords')}**: {terms}")
    return "\n\n".join(parts)


def _with_headings(article: Article, paragraphs: Iterable[str]) -> Iterator[str]:
    headings = article.headings()
    for index, paragraph in enumerate(paragraphs):
        yield from (f"### {escape_markdown(heading)}" for heading in headings.get(index, ()))
        yield paragraph


def _bold(pieces: list[explain.Piece]) -> str:
    """Key sentences between asterisks; a mark inside white space would not be one (CommonMark 6.2)."""
    runs = groupby(pieces, key=lambda piece: piece.chosen)
    parts = []
    for chosen, run in runs:
        written = _MARKDOWN.sub(r"\\\1", normalize.normalize("".join(piece.text for piece in run)))
        parts.append(f"**{written.strip()}**" if chosen is not None else written)
    return _at_line_start(normalize.squeeze("".join(parts)))


def _at_line_start(value: str) -> str:
    return _LINE_START.sub(r"\1\\\2", value)

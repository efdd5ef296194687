"""Outcomes as JSON, plain text and CSV. Pure functions: no streams, no terminal.

The fields of JSON are made in `core.records`, the columns of CSV here.

No control character gets through: JSON escapes them, the other formats remove them.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from yoyak.core import normalize
from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern
from yoyak.core.records import article_record, failure_record, iso_time, summary_record
from yoyak.core.values import Article, Failed, Outcome, Quote, Summary
from yoyak.ranking import explain

CSV_HEADER = (
    "source",
    "id",
    "title",
    "press",
    "reporters",
    "published",
    "summary",
    "keywords",
    "error",
    "url",
)

# DEL, C1, bidi controls and lone surrogates are valid inside a JSON string, but a terminal may interpret them or they
# cannot be encoded. JSON itself escapes C0.
_UNSAFE_CHARS = lazy_pattern("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
# Spreadsheets read a cell that starts with one of these as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def printable(value: str) -> str:
    r"""Return a single line without control characters, for names, ids and titles from any source.

    >>> printable("a\x1b[31m\nb")
    'a[31m b'
    """
    return normalize.squeeze(normalize.normalize(value))


def cells(value: str) -> int:
    """Columns that `value` takes on a terminal: two for Hangul and other wide characters (UAX 11)."""
    if value.isascii():
        return len(value)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in value
    )


def wrap(value: str, width: int) -> list[str]:
    """Break a text at spaces into lines of at most `width` columns; a longer word gets a line of its own."""
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
    """JSON-ready record of one outcome; the fields are described in docs/outputs.md.

    `explained` adds the score and the reason for every sentence of a summary.
    """
    if isinstance(outcome, Summary):
        summary = summary_record(outcome)
        if explained:
            summary["explained"] = [_verdict(v) for v in explain.verdicts(outcome)]
        return summary
    return article_record(outcome) if isinstance(outcome, Article) else failure_record(outcome)


def json_line(outcome: Outcome, *, explained: bool = False, digest: Mapping[str, Any] | None = None) -> str:
    """One outcome as one line of JSONL, without the line end; `digest` is added under that key."""
    return escaped(_ENCODER.encode(_with_digest(record(outcome, explained=explained), digest)))


def _with_digest(row: dict[str, Any], digest: Mapping[str, Any] | None) -> dict[str, Any]:
    return row if digest is None else {**row, "digest": digest}


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_object(outcome: Outcome, *, explained: bool = False, digest: Mapping[str, Any] | None = None) -> str:
    """One outcome as indented JSON, without the line end; `digest` is added under that key."""
    row = _with_digest(record(outcome, explained=explained), digest)
    return escaped(json.dumps(row, ensure_ascii=False, indent=2))


def escaped(document: str) -> str:
    """Return a JSON document in which unsafe characters are escaped."""
    return _UNSAFE_CHARS.sub(lambda match: f"\\u{ord(match.group()):04x}", document)


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


# -- plain --------------------------------------------------------------------------------------------------


def plain(outcome: Outcome, *, keywords_only: bool = False) -> str:
    """Lines for a pipe: one sentence, keyword or paragraph per line. Failures give none."""
    if isinstance(outcome, Failed):
        return ""
    if isinstance(outcome, Article):
        return "\n".join(printable(paragraph) for paragraph in outcome.paragraphs)
    if keywords_only:
        return "\n".join(printable(keyword.term) for keyword in outcome.keywords)
    lines = [printable(sentence.text) for sentence in outcome.sentences]
    lines += [f"{speaker_of(quote)}: “{printable(quote.text)}”" for quote in outcome.quotes or ()]
    return "\n".join(lines)


def speaker_of(quote: Quote) -> str:
    """Name and role of a speaker in one line."""
    name = printable(quote.speaker)
    return f"{name} ({printable(quote.role)})" if quote.role else name


def with_heading(outcome: Outcome, lines: str) -> str:
    """Plain lines under a heading, `# title (source)`, which says which of several articles they belong to."""
    if isinstance(outcome, Failed):
        return lines
    article = outcome.article if isinstance(outcome, Summary) else outcome
    source = printable(article.source)
    title = printable(article.title or "")
    heading = f"# {title} ({source})" if title else f"# {source}"
    return f"{heading}\n{lines}" if lines else heading


def removed(article: Article) -> str:
    """Return the removed pieces of the page, one per line: rule, tab, text."""
    return "\n".join(f"{printable(r.rule)}\t{printable(r.text)}" for r in article.removed)


def when(moment: datetime | None) -> str:
    """Time as Korean pages print it: `2026.03.02 09:10`; only the date if it is exactly midnight."""
    if moment is None:
        return ""
    return moment.strftime("%Y.%m.%d" if (moment.hour, moment.minute) == (0, 0) else "%Y.%m.%d %H:%M")


def byline(article: Article) -> str:
    """`press · reporter, reporter · time`, as far as the page states them."""
    names = ", ".join(printable(name) for name in article.reporters)
    reporters = text("{reporters}", reporters=names) if names else ""
    parts = (printable(article.press or ""), reporters, when(article.published))
    return " · ".join(part for part in parts if part)


# -- CSV ----------------------------------------------------------------------------------------------------


def csv_header() -> str:
    """First line of a CSV file."""
    return _csv_line(CSV_HEADER)


def csv_line(outcome: Outcome) -> str:
    """One outcome as one CSV record (RFC 4180) without the line end.

    Sentences are joined by a space, keywords and reporters by `; `. Text that looks like a formula stays text.
    """
    if isinstance(outcome, Failed):
        return _csv_line((outcome.source, outcome.id or "", "", "", "", "", "", "", outcome.message, ""))
    article = outcome.article if isinstance(outcome, Summary) else outcome
    url = article.url or ""
    head = (
        article.source,
        article.id or "",
        article.title or "",
        article.press or "",
        "; ".join(article.reporters),
        iso_time(article.published) or "",
    )
    if isinstance(outcome, Summary):
        body = " ".join(s.text for s in outcome.sentences)
        return _csv_line((*head, body, "; ".join(k.term for k in outcome.keywords), "", url))
    return _csv_line((*head, article.text, "", "", url))


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([_cell(cell) for cell in cells])
    return buffer.getvalue()


def _cell(value: str) -> str:
    """Put an apostrophe before text that a spreadsheet would read as a formula."""
    value = printable(value)
    return "'" + value if value.startswith(FORMULA_STARTS) else value

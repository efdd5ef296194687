"""Search in a database of summaries: which articles contain the words, and in which sentences."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern

MAX_SHOWN_SENTENCES = 2
"""Sentences shown per article."""

# End of a sentence in running text: a full stop with closing marks before a space, or the end of a paragraph.
_SENTENCE_END = lazy_pattern(r"(?<=[.!?])[\"'”’)\]]*(?=\s)|\n")


class Extract(NamedTuple):
    """A sentence of the body that contains a term: `body[start:end]`."""

    text: str
    start: int
    end: int
    terms: tuple[tuple[int, int], ...]
    """Where the terms stand in `text`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that matches a query."""

    source: str
    id: str | None
    title: str | None
    press: str | None
    published: str | None
    sentences: tuple[Extract, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to search for."""

    words: tuple[tuple[str, ...], ...]
    """Terms of each word of the query: the whole compound first, then its parts. An article must have every word."""
    press: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 10


def search(database: Path, query: Query) -> list[Hit]:
    """Find articles, best match first (BM25 of FTS5), then newest. Raises OptionError for another kind of file."""
    conditions, values = ["search MATCH ?"], [_expression(query.words)]
    if query.press:
        conditions.append(f"lower(a.press) IN ({', '.join('?' * len(query.press))})")
        values += [name.lower() for name in query.press]
    for moment, sign in ((query.since, ">="), (query.until, "<=")):
        if moment is not None:
            conditions.append(f"julianday(a.published) {sign} julianday(?)")
            values.append(moment.isoformat())
    statement = (
        "SELECT a.number, a.source, a.id, a.title, a.press, a.published, a.body"  # noqa: S608 - only placeholders vary
        f" FROM search JOIN articles a ON a.number = search.rowid WHERE {' AND '.join(conditions)}"
        " ORDER BY search.rank, a.published DESC, a.number LIMIT ?"
    )
    terms = sorted({term for word in query.words for term in word}, key=lambda term: (-len(term), term))
    try:
        with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as connection:
            rows = connection.execute(statement, [*values, query.limit]).fetchall()
            return [_hit(connection, row, terms) for row in rows]
    except sqlite3.Error as error:
        raise OptionError(
            text(
                "{path}: not a database that yoyak can search ({reason}); make one with -o FILE.sqlite",
                path=database,
                reason=error,
            )
        ) from error


def _expression(words: Sequence[Sequence[str]]) -> str:
    """Query of FTS5: all words; a compound matches as a whole or with all its parts."""
    parts = []
    for whole, *rest in words:
        together = " AND ".join(map(_quoted, rest))
        parts.append(f"({_quoted(whole)} OR ({together}))" if rest else _quoted(whole))
    return " AND ".join(parts)


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _hit(connection: sqlite3.Connection, row: Sequence[str], terms: Sequence[str]) -> Hit:
    number, source, own_id, title, press, published, body = row
    chosen = connection.execute(
        'SELECT start, "end" FROM sentences WHERE article = ? ORDER BY position', (number,)
    )
    pattern = re.compile("|".join(map(re.escape, terms)), re.IGNORECASE)
    found = list(_extracts(body, chosen.fetchall(), pattern))
    return Hit(
        source=source,
        id=own_id,
        title=title,
        press=press,
        published=published,
        sentences=tuple(sorted(found[:MAX_SHOWN_SENTENCES], key=lambda extract: extract.start)),
    )


def _extracts(body: str, chosen: Sequence[tuple[int, int]], pattern: re.Pattern[str]) -> Iterator[Extract]:
    """Sentences with a term: first the key sentences, then others that hold a term outside the key sentences."""
    terms = [match.span() for match in pattern.finditer(body)]
    others = [term for term in terms if not any(_holds(span, term) for span in chosen)]
    shown = [*((span, terms) for span in chosen), *((span, others) for span in _sentences(body))]
    for (start, end), needed in shown:
        if any(_holds((start, end), term) for term in needed):
            places = tuple((a - start, b - start) for a, b in terms if _holds((start, end), (a, b)))
            yield Extract(body[start:end], start, end, places)


def _holds(span: tuple[int, int], term: tuple[int, int]) -> bool:
    return span[0] <= term[0] and term[1] <= span[1]


def _sentences(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(body)), len(body)]:
        sentence = body[start:end]
        if sentence.strip():
            first = start + len(sentence) - len(sentence.lstrip())
            yield first, start + len(sentence.rstrip())
        start = end

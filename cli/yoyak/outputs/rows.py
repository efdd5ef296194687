"""Outcomes as rows: what a worker sends back for tables and databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from yoyak.core.values import Failed, Outcome, Summary, Token
from yoyak.outputs import render

Row: TypeAlias = dict[str, Any]

_NOUNS = frozenset(("NNG", "NNP", "NNB", "NR", "SL", "SH", "SN", "XPN", "XSN", "XR"))


def parquet_row(outcome: Outcome) -> Row:
    """One outcome as the JSON record has it; columns that do not apply are null."""
    return _record(outcome)


def sqlite_row(outcome: Outcome) -> Row:
    """One outcome as the JSON record has it, with the body and the terms it is found by."""
    row = _record(outcome)
    if isinstance(outcome, Failed):
        return row
    article = outcome.article if isinstance(outcome, Summary) else outcome
    row["text"] = article.text
    row["title_terms"], row["body_terms"] = (
        _search_terms(outcome) if isinstance(outcome, Summary) else (article.title or "", article.text)
    )
    return row


def _record(outcome: Outcome) -> Row:
    """Return the JSON record; half a surrogate pair in an id, which only JSON can hold, stands as its escape."""
    row = render.record(outcome)
    if row["id"] is not None:
        row["id"] = row["id"].encode("utf-8", "backslashreplace").decode()
    return row


def _search_terms(summary: Summary) -> tuple[str, str]:
    analysis = summary.analysis
    article = analysis.article
    title = " ".join(search_terms(article.title or "", analysis.title))
    body = " ".join(term for s in analysis.sentences for term in search_terms(article.text, s.tokens))
    return title, body


def search_terms(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Nouns as printed, without particles: each compound whole, then its parts.

    데이터센터를 is found as 데이터센터, as 데이터 and as 센터.
    """
    run: list[Token] = []
    for token in tokens:
        if token.tag in _NOUNS and (not run or token.start == run[-1].end):
            run.append(token)
            continue
        yield from _of_run(text, run)
        run = [token] if token.tag in _NOUNS else []
    yield from _of_run(text, run)


def _of_run(text: str, run: Sequence[Token]) -> Iterator[str]:
    if len(run) > 1:
        yield text[run[0].start : run[-1].end]
    for token in run:
        yield text[token.start : token.end]

"""Rows for Parquet and SQLite, and the Parquet file. CSV is written in `render`, Excel in `excel`."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from yoyak.core.errors import MissingExtraError, YoyakError
from yoyak.core.messages import text
from yoyak.core.values import Failed, Outcome, Summary, Token
from yoyak.outputs import render
from yoyak.outputs.files import discard, unwritable
from yoyak.outputs.sinks import Written
from yoyak.outputs.streams import NonResumableSink

Row: TypeAlias = dict[str, Any]

_NOUN_TAGS = frozenset(("NNG", "NNP", "NNB", "NR", "SL", "SH", "SN", "XPN", "XSN", "XR"))


def parquet_row(outcome: Outcome) -> Row:
    """Return the JSON record of an outcome; columns that do not apply are null."""
    return _record(outcome)


def sqlite_row(outcome: Outcome, *, digest: Mapping[str, Any] | None = None) -> Row:
    """Return the JSON record of an outcome, with the body, its search terms and digest data."""
    row = _record(outcome)
    if digest is not None:
        row["digest"] = render.escaped(json.dumps(digest, ensure_ascii=False))
    if isinstance(outcome, Failed):
        return row
    article = outcome.article if isinstance(outcome, Summary) else outcome
    row["text"] = article.text
    row["title_terms"], row["body_terms"] = (
        _search_terms(outcome) if isinstance(outcome, Summary) else (article.title or "", article.text)
    )
    return row


def _record(outcome: Outcome) -> Row:
    """Return the JSON record, `extra` as a JSON string.

    A lone surrogate in an id, which only JSON can hold, is written as its escape.
    """
    row = render.record(outcome)
    if row["id"] is not None:
        row["id"] = row["id"].encode("utf-8", "backslashreplace").decode()
    if "extra" in row:
        row["extra"] = render.escaped(json.dumps(row["extra"], ensure_ascii=False))
    return row


def _search_terms(summary: Summary) -> tuple[str, str]:
    analysis = summary.analysis
    article = analysis.article
    title = " ".join(search_terms(article.title or "", analysis.title))
    body = " ".join(term for s in analysis.sentences for term in search_terms(article.text, s.tokens))
    return title, body


def search_terms(text: str, tokens: Sequence[Token]) -> Iterator[str]:
    """Nouns as printed, without particles: each compound as a whole, then its parts.

    데이터센터를 gives 데이터센터, 데이터 and 센터.
    """
    run: list[Token] = []
    for token in tokens:
        if token.tag in _NOUN_TAGS and (not run or token.start == run[-1].end):
            run.append(token)
            continue
        yield from _terms_of_run(text, run)
        run = [token] if token.tag in _NOUN_TAGS else []
    yield from _terms_of_run(text, run)


def _terms_of_run(text: str, run: Sequence[Token]) -> Iterator[str]:
    if len(run) > 1:
        yield text[run[0].start : run[-1].end]
    for token in run:
        yield text[token.start : token.end]


# -- Parquet ------------------------------------------------------------------------------------------------

# Rows of one row group: a reader loads a group at once, and this process holds it in memory.
MAX_GROUP_ROWS = 1_000
PARQUET_BUFFER_BYTES = 1 << 16


def schema(stage: str) -> Any:
    """Columns of the results of a stage, as in the JSON record. Raises MissingExtraError without pyarrow."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError(text("Parquet needs pyarrow: pip install 'yoyak[parquet]'")) from error
    strings = pa.list_(pa.string())
    sentence = {
        "index": pa.int32(),
        "start": pa.int32(),
        "end": pa.int32(),
        "text": pa.string(),
        "score": pa.float64(),
    }
    notice = pa.struct({"code": pa.string(), "message": pa.string()})
    head = {
        "schema": pa.int8(), "source": pa.string(), "id": pa.string(), "title": pa.string(), "subtitles": strings,
        "published": pa.string(), "modified": pa.string(), "reporters": strings, "press": pa.string(),
        "url": pa.string(), "section": pa.string(), "extra": pa.string(),
    }  # fmt: skip
    summary = {
        "summary": pa.list_(pa.struct(sentence)),
        "keywords": pa.list_(pa.struct({"term": pa.string(), "score": pa.float64(), "count": pa.int32()})),
    }
    quote = {
        "speaker": pa.string(), "role": pa.string(), "text": pa.string(), "start": pa.int32(), "end": pa.int32(),
    }  # fmt: skip
    summary["quotes"] = pa.list_(pa.struct(quote))
    article = {
        "text": pa.string(),
        "paragraphs": strings,
        "subheadings": pa.list_(pa.struct({"text": pa.string(), "paragraph": pa.int32()})),
        "removed": pa.list_(pa.struct({"rule": pa.string(), "text": pa.string()})),
    }
    own = article if stage == "extract" else summary
    return pa.schema({**head, **own, "warnings": pa.list_(notice), "error": notice})


class ParquetSink(NonResumableSink):
    """Results to row groups. It cannot be resumed: the index of the file is written last."""

    def __init__(self, target: Path, *, stage: str, force: bool) -> None:
        self._schema = schema(stage)
        from pyarrow.parquet import ParquetWriter

        super().__init__(target, force=force)
        self._rows: list[Row] = []
        # A raw file may write less than it is given, and pyarrow does not check.
        self._file = io.BufferedWriter(self._raw, PARQUET_BUFFER_BYTES)
        try:
            self._writer = ParquetWriter(self._file, self._schema, compression="zstd")
        except OSError as error:
            raise unwritable(self._path, error) from error

    def write(self, result: Written[Row]) -> None:
        """Take one row; a whole group is written at once."""
        self._rows.append(result.value)
        if len(self._rows) >= MAX_GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        # Rows that could not be written are not tried again: the writer has closed its file.
        rows, self._rows = self._rows, []
        try:
            if rows:
                self._writer.write_table(pa.Table.from_pylist(rows, schema=self._schema))
        except OSError as error:
            raise unwritable(self._path, error) from error
        self._count += len(rows)

    def _end(self) -> None:
        self._flush()
        try:
            self._writer.close()
            self._file.flush()
        except OSError as error:
            raise unwritable(self._path, error) from error

    def suspend(self) -> None:
        """Write the index under the unfinished name, so that the file can be read."""
        # A writer that has failed may raise other errors when it is closed.
        with contextlib.suppress(YoyakError, OSError, ValueError):
            self._flush()
        with contextlib.suppress(OSError, ValueError):
            self._writer.close()
        with contextlib.suppress(OSError, ValueError):
            self._file.close()
        if not self._count:
            discard(self._path)

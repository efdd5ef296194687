"""What an earlier run wrote, as records of a digest: no article is analyzed twice.

A JSONL row or a database of `yoyak PATH... --digest-data` holds what grouping needs. A database without it holds the
articles, which are then analyzed again. A JSONL row without it holds no article, and is an error.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yoyak.core.errors import InputError, OptionError, RowError
from yoyak.core.messages import text
from yoyak.core.values import Failed
from yoyak.extraction.times import parse_time
from yoyak.inputs import Walk, list_files
from yoyak.inputs.compression import open_stream
from yoyak.stories.record import ArticleRecord, from_dict

DIGEST_KEY = "digest"
_DATABASE_HEAD = b"SQLite format 3\0"
_RESULT_KEYS = frozenset((DIGEST_KEY, "summary", "error"))
# The first row of a file that is no JSONL may be the whole file.
MAX_ROW_BYTES = 1_000_000
_COLUMNS = ("source", "id", "title", "press", "published")


@dataclass(frozen=True, slots=True)
class Unread:
    """An article without digest data: a row to be analyzed, and its source."""

    source: str
    row: Mapping[str, Any]


def is_database(path: str) -> bool:
    """Whether a path is a SQLite database."""
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_DATABASE_HEAD)) == _DATABASE_HEAD
    except OSError:
        return False


def read_database(path: str) -> Iterator[ArticleRecord | Unread | Failed]:
    """Articles of a database that yoyak wrote, in order. Raises OptionError for any other database."""
    try:
        with closing(sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            if "articles" not in tables:
                raise OptionError(text("{path}: not a database that yoyak wrote", path=path))
            kept = "d.data" if "digest" in tables else "NULL"
            join = "LEFT JOIN digest d ON d.article = a.number" if "digest" in tables else ""
            rows = database.execute(
                f"SELECT a.source, a.id, a.title, a.press, a.published, a.body, a.error_code, a.error_message, {kept} "  # noqa: S608 - no value of a user
                f"FROM articles a {join} ORDER BY a.number"
            )
            for *head, body, code, message, data in rows:
                row = dict(zip(_COLUMNS, head, strict=True))
                if code is not None:
                    yield Failed(source=row["source"], id=row["id"], code=code, message=message)
                elif data is not None:
                    yield record_of({**row, DIGEST_KEY: json.loads(data)}, source=path)
                else:
                    yield Unread(row["source"], {**row, "text": body})
    except (sqlite3.Error, RowError, ValueError) as error:
        raise OptionError(text("{path}: cannot be read: {reason}", path=path, reason=error)) from error


def is_jsonl(path: str) -> bool:
    """Whether a path is a JSONL file of results that yoyak wrote: its first row says so."""
    try:
        if not Path(path).is_file():
            return False
        with Path(path).open("rb") as raw:
            row = json.loads(open_stream(raw).readline(MAX_ROW_BYTES))
    except (OSError, EOFError, ValueError, InputError):
        return False
    return isinstance(row, dict) and {"schema", "source"} <= row.keys() and bool(_RESULT_KEYS & row.keys())


def results_in(path: str, rules: Walk) -> tuple[str, ...]:
    """JSONL files of results in a folder; none if `path` is no folder."""
    if not Path(path).is_dir():
        return ()
    files = (file for file in list_files(path, rules=rules) if file.endswith(".jsonl"))
    return tuple(file for file in files if is_jsonl(file))


def read_jsonl(path: str) -> Iterator[ArticleRecord | Unread | Failed]:
    """Articles of a JSONL file that yoyak wrote, in order; a row that holds no article is a failure."""
    with Path(path).open("rb") as raw:
        for number, line in enumerate(open_stream(raw), 1):
            source = f"{path}:{number}"
            try:
                yield _read_row(json.loads(line), source)
            except (ValueError, RowError) as error:
                problem = (
                    error.message
                    if isinstance(error, RowError)
                    else text("{path}: cannot be read: {reason}", path=source, reason=error)
                )
                yield Failed(source=source, id=None, code=RowError.code, message=problem)


def _read_row(row: Mapping[str, Any], source: str) -> ArticleRecord | Unread | Failed:
    if DIGEST_KEY in row:
        return record_of(row, source=source)
    if "error" in row:
        own = row["error"]
        return Failed(source=row["source"], id=row.get("id"), code=own["code"], message=own["message"])
    if "text" in row:
        return Unread(row["source"], row)
    message = text(
        "{source}: this summary holds no article; write it with --digest-data, or digest the articles",
        source=source,
    )
    raise RowError(message, source=source)


def record_of(row: Mapping[str, Any], *, source: str) -> ArticleRecord:
    """Record of a row with digest data. Raises RowError."""
    try:
        return from_dict(
            row[DIGEST_KEY],
            source=str(row["source"]),
            id=None if row.get("id") is None else str(row["id"]),
            title=row.get("title"),
            press=row.get("press"),
            published=parse_time(row["published"]) if row.get("published") else None,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise RowError(
            text(
                "{source}: the digest data of this row are of another version; write them again with --digest-data",
                source=source,
            ),
            source=source,
        ) from error

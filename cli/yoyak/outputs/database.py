"""A SQLite database of summaries that can be searched offline.

    run        settings of the run, for --resume
    articles   one row per input, in order: title, press, times, body, or the error; `stamp` changes with the input
    sentences  the key sentences
    keywords   the keywords
    digest     what `yoyak digest` needs, if asked for (--digest-data)
    quotes     quotations with their speakers
    search     full-text index (FTS5) of title and body: nouns as printed and their compounds, without particles

    SELECT a.published, a.title FROM search JOIN articles a ON a.rowid = search.rowid
     WHERE search MATCH '데이터센터' ORDER BY search.rank;

`search` holds terms, not sentences: query nouns (데이터센터, 반도체 수출, title:금리, 배터*), without particles.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
import time
from collections.abc import Mapping
from io import FileIO
from pathlib import Path
from typing import Any

from yoyak.core.errors import OptionError, OutputError
from yoyak.core.messages import plural, text
from yoyak.outputs.files import discard, open_raw, part_of, promote, refuse_existing, unwritable
from yoyak.outputs.journal import check_settings
from yoyak.outputs.resumable import unfinished
from yoyak.outputs.sinks import Written, key_of, new_keys
from yoyak.outputs.tables import Row

SCHEMA = """
CREATE TABLE run (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE articles (
  number INTEGER PRIMARY KEY, source TEXT NOT NULL, id TEXT, title TEXT, subtitles TEXT, published TEXT,
  modified TEXT, reporters TEXT, press TEXT, body TEXT, warnings TEXT, error_code TEXT, error_message TEXT,
  stamp INTEGER NOT NULL, url TEXT, section TEXT, extra TEXT
);
CREATE TABLE sentences (
  article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, text TEXT NOT NULL, score REAL NOT NULL, PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE TABLE keywords (
  article INTEGER NOT NULL REFERENCES articles, rank INTEGER NOT NULL, term TEXT NOT NULL, score REAL NOT NULL,
  count INTEGER NOT NULL, PRIMARY KEY (article, rank)
) WITHOUT ROWID;
CREATE TABLE quotes (
  article INTEGER NOT NULL REFERENCES articles, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  speaker TEXT NOT NULL, role TEXT, text TEXT NOT NULL, PRIMARY KEY (article, start)
) WITHOUT ROWID;
CREATE TABLE digest (article INTEGER PRIMARY KEY REFERENCES articles, data TEXT NOT NULL);
CREATE INDEX quotes_by_speaker ON quotes (speaker);
CREATE INDEX keywords_by_term ON keywords (term);
CREATE INDEX articles_by_time ON articles (published);
CREATE VIRTUAL TABLE search USING fts5 (title, body, content='', tokenize="unicode61 remove_diacritics 0");
"""
# A commit is a write to the disk. Results since the last commit are lost in a crash and done again.
MAX_UNCOMMITTED_RESULTS = 256
MAX_UNCOMMITTED_SECONDS = 1.0


class DatabaseSink:
    """Results to a database, in transactions of complete results."""

    def __init__(
        self, target: Path, path: Path, database: sqlite3.Connection, raw: FileIO, *, force: bool
    ) -> None:
        self._target = target
        self._raw = raw
        self._path = path
        self._database = database
        self._force = force
        self.keys = new_keys()
        self.failed = 0
        finished = database.execute("SELECT source, stamp, error_code FROM articles ORDER BY number")
        for source, stamp, error in finished:
            self.keys.append(key_of(source, stamp))
            self.failed += error is not None
        self._count = self._kept = len(self.keys)
        self._pending = 0
        self._committed = time.monotonic()

    def write(self, result: Written[Row]) -> None:
        """Insert one result with its sentences, keywords and search terms."""
        try:
            if not self._pending:
                self._database.execute("BEGIN")
            self._insert(self._count + 1, result.value, result.stamp)
            self._count += 1
            self._pending += 1
            if self._pending >= MAX_UNCOMMITTED_RESULTS or self._is_overdue():
                self._flush()
        except sqlite3.Error as error:
            raise _unwritable(self._path, error) from error
        except BaseException:
            # A second Ctrl-C may come between two tables: drop the open transaction, half a result with it.
            self._database.execute("ROLLBACK")
            self._count, self._pending = self._kept, 0
            raise

    def _insert(self, number: int, row: Row, stamp: int) -> None:
        error = row.get("error", {})
        head = (
            number, row["source"], row["id"], row.get("title"), _json(row.get("subtitles")), row.get("published"),
            row.get("modified"), _json(row.get("reporters")), row.get("press"), row.get("text"),
            _json(row.get("warnings")), error.get("code"), error.get("message"), stamp,
            row.get("url"), row.get("section"), row.get("extra"),
        )  # fmt: skip
        insert = self._database.execute
        insert("INSERT INTO articles VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", head)
        for s in row.get("summary", ()):
            insert(
                "INSERT INTO sentences VALUES (?,?,?,?,?,?)",
                (number, s["index"], s["start"], s["end"], s["text"], s["score"]),
            )
        for rank, k in enumerate(row.get("keywords", ()), 1):
            insert(
                "INSERT INTO keywords VALUES (?,?,?,?,?)", (number, rank, k["term"], k["score"], k["count"])
            )
        for q in row.get("quotes", ()):
            insert(
                "INSERT INTO quotes VALUES (?,?,?,?,?,?)",
                (number, q["start"], q["end"], q["speaker"], q["role"], q["text"]),
            )
        if "digest" in row:
            insert("INSERT INTO digest VALUES (?,?)", (number, row["digest"]))
        if "body_terms" in row:
            insert(
                "INSERT INTO search (rowid, title, body) VALUES (?,?,?)",
                (number, row["title_terms"], row["body_terms"]),
            )

    def _is_overdue(self) -> bool:
        return time.monotonic() - self._committed > MAX_UNCOMMITTED_SECONDS

    def _flush(self) -> None:
        if self._pending:
            self._database.execute("COMMIT")
        self._pending = 0
        self._kept = self._count
        self._committed = time.monotonic()

    def commit(self) -> None:
        """Give the database its final name."""
        try:
            self._flush()
            self._database.execute("INSERT INTO search (search) VALUES ('optimize')")
            _close(self._database, self._raw)
        except sqlite3.Error as error:
            raise _unwritable(self._path, error) from error
        promote(self._path, self._target, force=self._force)

    def suspend(self) -> None:
        """Commit the complete results and leave the database unfinished."""
        with contextlib.suppress(sqlite3.Error):
            self._flush()
        with contextlib.suppress(sqlite3.Error):
            _close(self._database, self._raw)
        if not self._kept:
            discard(self._path)

    def resume_hint(self) -> str:
        """Message that says where the results are and how to continue."""
        return plural(
            "{count} result is in {path}; repeat the command with --resume to continue",
            "{count} results are in {path}; repeat the command with --resume to continue",
            self._kept,
            path=self._path,
        )


def open_database(target: Path, *, fingerprint: Mapping[str, str], force: bool, resume: bool) -> DatabaseSink:
    """Open a database, new or where an earlier run stopped. Raises OutputError and OptionError."""
    real = Path(os.path.realpath(target))
    part = part_of(real)
    path = part if part.exists() or not resume else real
    if path == part:
        refuse_existing(real, force=force)
    if part.exists() and not resume and not force:
        raise unfinished(part)
    # Opening the file first gives the system's reason for a failure, and locks it against a second run.
    raw = open_raw(path, fresh=path == part and not resume)
    try:
        database = sqlite3.connect(path, isolation_level=None, timeout=0)
    except sqlite3.Error as error:
        raw.close()
        raise _unwritable(path, error) from error
    try:
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        if _is_new(database):
            _begin(database, fingerprint)
        elif not force:
            check_settings(path, dict(database.execute("SELECT name, value FROM run")), fingerprint)
        database.execute("COMMIT")
        return DatabaseSink(real, path, database, raw, force=force or resume)
    except sqlite3.Error as error:
        _close(database, raw)
        raise _unwritable(path, error) from error
    except OptionError:
        _close(database, raw)
        raise


def _close(database: sqlite3.Connection, raw: FileIO) -> None:
    """Close the database before the raw file: in the other order POSIX would drop SQLite's own locks."""
    database.close()
    raw.close()


def _is_new(database: sqlite3.Connection) -> bool:
    return database.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _begin(database: sqlite3.Connection, fingerprint: Mapping[str, str]) -> None:
    for statement in SCHEMA.split(";\n"):
        database.execute(statement)
    database.executemany("INSERT INTO run VALUES (?,?)", fingerprint.items())


def _json(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def _unwritable(path: Path, error: sqlite3.Error) -> OutputError:
    if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return unwritable(path, OSError(errno.ENOSPC, ""))
    return OutputError(text("{path}: cannot be written: {reason}", path=path, reason=error))

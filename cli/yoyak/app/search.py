"""`yoyak search`: find articles in a database of summaries."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from yoyak.app import options as o
from yoyak.app import terminal
from yoyak.app.arguments import FilterArgs, collect
from yoyak.app.exit_codes import ExitCode
from yoyak.app.files import require_files
from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.outputs import render

if TYPE_CHECKING:
    from yoyak.outputs.search import Hit

MAX_HITS = 10


def search(
    ctx: typer.Context,
    database: o.Database = None,
    words: o.QueryWords = None,
    *,
    limit: o.Limit = MAX_HITS,
    press: o.Press = None,
    since: o.Since = None,
    until: o.Until = None,
    user_dict: o.UserDict = None,
    format: o.SearchFormat = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    debug: o.Debug = False,
    color: o.Color = "auto",
    lang: o.Lang = None,
    config: o.Config = None,
    no_config: o.NoConfig = False,
    version: o.Version = False,
    short_help: o.ShortHelp = False,
    help: o.Help = False,
) -> int:
    """Search a database."""
    from yoyak.outputs import search as index

    if database is None or not words:
        raise OptionError(text("{option} is required", option="DATABASE QUERY"))
    path = Path(database)
    require_files([path])
    args = collect(FilterArgs, ctx.params)
    query = index.Query(
        words=_terms(" ".join(words), user_dict),
        press=args.press,
        since=args.since,
        until=args.until,
        limit=limit,
    )
    hits = index.search(path, query)
    _print(hits, format or ("text" if sys.stdout.isatty() else "plain"), color=color)
    if not hits and not quiet:
        terminal.say(text("no article matches"))
    return ExitCode.OK if hits else ExitCode.FAILED


def _terms(query: str, user_dict: Path | None) -> tuple[tuple[str, ...], ...]:
    """Nouns of each word of the query, without particles: 데이터센터를 is (데이터센터, 데이터, 센터)."""
    from yoyak.nlp import kiwi
    from yoyak.outputs.tables import search_terms

    known = kiwi.read_user_dict(user_dict) if user_dict else ()
    found = []
    for word in query.split():
        terms = tuple(dict.fromkeys(search_terms(word, kiwi.tokenize(word, known))))
        if terms:
            found.append(terms)
    if not found:
        raise OptionError(text("no noun in the query “{query}”; the search finds only nouns", query=query))
    return tuple(found)


def _print(hits: list[Hit], form: str, *, color: str) -> None:
    if form == "json":
        terminal.write_utf8()
        rows = [
            {**dataclasses.asdict(hit), "sentences": [extract._asdict() for extract in hit.sentences]}
            for hit in hits
        ]
        sys.stdout.write(render.escaped(json.dumps(rows, ensure_ascii=False, indent=2)) + "\n")
    elif form == "plain":
        for hit in hits:
            # A hit in the title only has no sentence.
            for sentence in [extract.text for extract in hit.sentences] or [""]:
                cells = (hit.source, hit.title or "", sentence)
                sys.stdout.write("\t".join(map(render.printable, cells)) + "\n")
    elif hits:
        is_colored = terminal.uses_color(color, sys.stdout, os.environ)
        sys.stdout.write(terminal.hits_view(hits, color=is_colored, width=terminal.width()) + "\n")

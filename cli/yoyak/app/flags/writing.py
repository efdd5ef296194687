"""Options of where results go, and in which shape."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from yoyak.app.flags.declare import choice_option, option
from yoyak.core.messages import text

FORMATS = ("text", "plain", "json", "jsonl", "csv", "markdown", "md", "sqlite", "parquet", "xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFlags:
    """Where results go and in which shape."""

    format: Annotated[
        str | None,
        choice_option(
            text("Output"),
            "--format",
            "-f",
            among=FORMATS,
            help=text("Shape of the output. By default text on a terminal, plain in a pipe."),
        ),
    ] = None
    output: Annotated[
        Path | None,
        option(
            text("Output"),
            "--output",
            "-o",
            metavar="FILE",
            help=text("Write to a file; its ending decides the format where --format is not given."),
        ),
    ] = None
    output_dir: Annotated[
        str | None,
        option(
            text("Output"),
            "--output-dir",
            metavar="FOLDER",
            help=text("Write one file per article into a folder."),
        ),
    ] = None
    report: Annotated[
        list[Path],
        option(
            text("Output"),
            "--report",
            metavar="FILE",
            help=text("Also write a page of all articles (.html), or a record of the run (.json)."),
        ),
    ] = ()  # type: ignore[assignment]
    force: Annotated[
        bool, option(text("Output"), "--force", help=text("Overwrite files that are already there."))
    ] = False
    resume: Annotated[
        bool,
        option(
            text("Output"), "--resume", help=text("Go on with an output that an earlier run left unfinished.")
        ),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeFlags:
    """The one file a command makes."""

    output: Annotated[
        Path | None, option(text("Output"), "--output", "-o", metavar="FILE", help=text("The file to make."))
    ] = None
    force: Annotated[
        bool, option(text("Output"), "--force", help=text("Overwrite files that are already there."))
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceFlags:
    """What is kept with what was made."""

    provenance: Annotated[
        str | None,
        option(
            text("Output"),
            "--provenance",
            metavar="TEXT",
            help=text("Where the articles are from, kept in the file."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFlags:
    """What is shown of a summary."""

    keywords_only: Annotated[
        bool, option(text("View"), "--keywords-only", help=text("Only the keywords."))
    ] = False
    explain: Annotated[
        bool,
        option(
            text("View"),
            "--explain",
            help=text("Every sentence with its score and why it was chosen or not."),
        ),
    ] = False
    highlight: Annotated[
        bool,
        option(
            text("View"),
            "--highlight",
            help=text("The whole article with key sentences and keywords marked."),
        ),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleViewFlags:
    """What is shown of an article."""

    removed: Annotated[
        bool,
        option(
            text("View"), "--removed", help=text("What was taken off the page, and the rule that did it.")
        ),
    ] = False

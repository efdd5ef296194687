"""How results look and where they go: the format, rendering in the workers, and the sink."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from yoyak import outputs
from yoyak.app import terminal
from yoyak.app.filters import ArticleFilter, SortKey, article_filter, sort_key
from yoyak.app.reports import is_page
from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.values import Article, Failed, Outcome, Summary
from yoyak.outputs import markdown, render

if TYPE_CHECKING:
    from yoyak.app.run import Job
    from yoyak.outputs.html_report import Section
    from yoyak.stories.record import ArticleRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How outcomes are rendered; plain data, because it is sent to worker processes."""

    format: str
    view: terminal.View = "summary"
    several: bool = False
    color: bool = False
    width: int = 80
    page: bool = False
    """Whether a section of the web page is rendered too."""
    is_linked: bool = False
    """Whether the keywords of a Markdown file link to each other's notes."""
    articles: ArticleFilter | None = None
    """Articles to keep; None: all."""
    sort: str | None = None
    """What results are sorted by; None: the order of the inputs."""
    digest_data: bool = False
    """Whether rows hold what `yoyak digest` needs."""
    dedupe: str | None = None
    """What is done with copies; None: nothing."""
    shows_notices: bool = False
    """Whether the results themselves show the notices: on the terminal, or in the data of many articles."""


class Rendered(NamedTuple):
    """An outcome as the main process needs it."""

    value: Any
    """What the sink writes; None: nothing."""
    section: Section | None
    """Section of the web page."""
    notices: tuple[str, ...]
    """Messages for the user."""
    verbose_notices: tuple[str, ...]
    """Messages for the user with -v."""
    sort_key: SortKey | None = None
    is_excluded: bool = False
    """Whether the filter excludes the article."""
    record: ArticleRecord | None = None
    """What copies are recognized by, if they are to be."""


# -- what is rendered

_FORMATS_OF_VIEW: dict[terminal.View, tuple[str, ...]] = {
    "explain": ("text", "json", "jsonl"),
    "highlight": ("text", "markdown"),
    "removed": ("text", "plain", "json", "jsonl", "parquet"),
}
_DATA_FORMATS = ("json", "jsonl", "sqlite", "parquet", "xlsx")


NO_FORMAT = "none"
"""Nothing is printed: a web page was asked for, and no other output."""


def shows_only_page(job: Job) -> bool:
    """Whether the results go to a web page alone."""
    args = job.output
    no_other = args.output is None and args.output_dir is None and args.format is None
    return no_other and any(is_page(path) for path in args.report)


def _format(job: Job) -> str:
    """Format of --format, else of the file extension, else of the reader: a terminal or a pipe."""
    args = job.output
    if args.format is not None:
        return "markdown" if args.format == "md" else args.format
    if args.output is not None:
        found = outputs.format_of(args.output)
        if found is None:
            raise OptionError(
                text(
                    "{path}: unknown file extension; use --format, or one of {endings}",
                    path=args.output,
                    endings=" ".join(outputs.FORMAT_BY_ENDING),
                )
            )
        return found
    if shows_only_page(job):
        return NO_FORMAT
    if job.view in ("explain", "highlight"):
        return "text"
    if args.output_dir is not None:
        return "plain"
    return "text" if sys.stdout.isatty() else "plain"


def shape_of(job: Job, *, several: bool, page: bool) -> Shape:
    """Shape of the results. Raises OptionError if the view is not available in the format."""
    kind = _format(job)
    if kind != NO_FORMAT and kind not in _FORMATS_OF_VIEW.get(job.view, (kind,)):
        raise OptionError(
            text(
                "--{view} cannot be combined with --format {format}; use one of: {formats}",
                view=job.view,
                format=kind,
                formats=", ".join(_FORMATS_OF_VIEW[job.view]),
            )
        )
    if job.options.quotes and kind == "csv":
        raise OptionError(
            text(
                "--{view} cannot be combined with --format {format}; use one of: {formats}",
                view="quotes",
                format=kind,
                formats="jsonl, xlsx, sqlite",
            )
        )
    _check_copies(job, kind)
    on_screen = job.output.output is None and job.output.output_dir is None and kind != NO_FORMAT
    # In a folder every article has a file of its own.
    several = several and (job.output.output_dir is None or kind not in ("plain", "markdown"))
    return Shape(
        format=kind,
        view=job.view,
        several=several,
        color=on_screen and terminal.uses_color(job.common.color, sys.stdout, os.environ),
        width=terminal.width() if on_screen else 80,
        page=page,
        articles=article_filter(job.filters),
        sort=job.filters.sort,
        digest_data=job.output.digest_data,
        dedupe=job.filters.dedupe,
        is_linked=job.output.output_dir is not None,
        shows_notices=(kind == "text" and on_screen and sys.stdout.isatty())
        or (several and kind in _DATA_FORMATS),
    )


def _check_copies(job: Job, kind: str) -> None:
    """Raise OptionError if the format has no place for digest data, or for marks of copies."""
    if job.output.digest_data and kind not in ("json", "jsonl", "sqlite"):
        raise OptionError(
            text(
                "--{view} cannot be combined with --format {format}; use one of: {formats}",
                view="digest-data",
                format=kind,
                formats="jsonl, json, sqlite",
            )
        )
    if job.filters.dedupe == "mark" and kind not in ("json", "jsonl"):
        raise OptionError(
            text(
                "--{view} cannot be combined with --format {format}; use one of: {formats}",
                view="dedupe mark",
                format=kind,
                formats="jsonl, json",
            )
        )


def signature(shape: Shape) -> str:
    """Format, view and digest data: an output can be resumed only with the same."""
    written = shape.format if shape.view == "summary" else f"{shape.format} {shape.view}"
    return f"{written} digest-data" if shape.digest_data else written


# -- rendering, in the workers


def finish(shape: Shape, outcome: Outcome) -> Rendered:
    """Render an outcome."""
    if isinstance(outcome, Failed):
        key = None
    else:
        article = outcome.article if isinstance(outcome, Summary) else outcome
        if not is_wanted(shape, article):
            return Rendered(None, None, (), (), is_excluded=True)
        key = sort_key(article, shape.sort) if shape.sort else None
    section = _section(outcome) if shape.page else None
    if shape.view == "keywords" and isinstance(outcome, Summary) and shape.format != "text":
        outcome = replace(outcome, sentences=(), scores=())
    # An empty text is not written: a failure in a format that has no place for it.
    return Rendered(
        _value(shape, outcome) or None,
        section,
        _notices(shape, outcome),
        _verbose_notices(outcome),
        sort_key=key,
        record=_record(outcome) if shape.dedupe else None,
    )


def _record(outcome: Outcome) -> ArticleRecord | None:
    from yoyak.stories.record import keep

    return keep(outcome)


def _digest_data(shape: Shape, outcome: Outcome) -> dict[str, Any] | None:
    """Return what `yoyak digest` needs of a summary, if asked for."""
    record = _record(outcome) if shape.digest_data else None
    return None if record is None else record.to_dict()


def is_wanted(shape: Shape, article: Article) -> bool:
    """Whether the filter keeps the article. Workers also ask before the costly stages."""
    return shape.articles is None or shape.articles.accepts(article)


def _section(outcome: Outcome) -> Section:
    from yoyak.outputs import html_report

    return html_report.section(outcome)


# Warnings about unmet requests are always shown.
_UNMET_REQUESTS = frozenset(("over-length", "no-answer"))


def _notices(shape: Shape, outcome: Outcome) -> tuple[str, ...]:
    if shape.shows_notices or not isinstance(outcome, Summary):
        return ()
    return tuple([notice.message for notice in outcome.warnings if notice.code in _UNMET_REQUESTS])


def _verbose_notices(outcome: Outcome) -> tuple[str, ...]:
    if isinstance(outcome, Failed):
        return ()
    article = outcome.article if isinstance(outcome, Summary) else outcome
    encoding = (text("read as {encoding}", encoding=article.encoding),) if article.encoding else ()
    return (*encoding, *(notice.message for notice in outcome.warnings))


def _value(shape: Shape, outcome: Outcome) -> Any:
    match shape.format:
        case "none":
            return None
        case "text":
            return terminal.view(
                outcome, view=shape.view, several=shape.several, color=shape.color, width=shape.width
            )
        case "plain":
            return _plain(shape, outcome)
        case "json":
            return render.json_object(
                outcome, explained=shape.view == "explain", digest=_digest_data(shape, outcome)
            )
        case "jsonl":
            return render.json_line(
                outcome, explained=shape.view == "explain", digest=_digest_data(shape, outcome)
            )
        case "csv":
            return render.csv_line(outcome)
        case "markdown":
            is_marked = shape.view == "highlight"
            if shape.several:
                return markdown.section(outcome, marked=is_marked)
            return markdown.document(outcome, marked=is_marked, linked=shape.is_linked)
        case _:
            if shape.format == "sqlite":
                return outputs.sqlite_row(outcome, digest=_digest_data(shape, outcome))
            return outputs.parquet_row(outcome)


def _plain(shape: Shape, outcome: Outcome) -> str:
    if shape.view == "removed" and isinstance(outcome, Article):
        lines = render.removed(outcome)
    else:
        lines = render.plain(outcome, keywords_only=shape.view == "keywords")
    return render.with_heading(outcome, lines) if shape.several else lines


# -- where results go

_SEPARATED_FORMATS = ("text", "plain", "markdown")
_FOLDER_ENDINGS = {
    "text": ".txt",
    "plain": ".txt",
    "markdown": ".md",
    "csv": ".csv",
    "json": ".json",
    "jsonl": ".jsonl",
}


def open_sink(job: Job, shape: Shape, settings: Mapping[str, str]) -> outputs.Sink[Any]:
    """Open the output. Raises OptionError and OutputError."""
    args = job.output
    if shape.format == NO_FORMAT:
        return outputs.NullSink()
    if args.output is not None and args.output_dir is not None:
        raise OptionError(text("--output and --output-dir cannot be combined"))
    if args.output_dir is not None:
        ending = _FOLDER_ENDINGS.get(shape.format)
        if ending is None:
            raise OptionError(
                text("--output-dir cannot be combined with --format {format}", format=shape.format)
            )
        return outputs.open_folder(
            Path(args.output_dir),
            ending=ending,
            header=outputs.EXCEL_BOM + render.csv_header() + "\n" if shape.format == "csv" else "",
            fingerprint=settings,
            force=args.force,
            resume=args.resume,
        )
    frame = outputs.Frame(
        header=render.csv_header() + "\n" if shape.format == "csv" else "",
        separator="\n" if shape.format in _SEPARATED_FORMATS else "",
    )
    if args.output is None and shape.format in ("json", "jsonl"):
        terminal.write_utf8()
    return outputs.open_sink(
        args.output,
        format=cast("outputs.Format", shape.format),
        fingerprint=settings,
        force=args.force,
        resume=args.resume,
        frame=frame,
    )

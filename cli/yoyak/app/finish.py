"""What a worker makes of an outcome before it is sent back: finished text, so that the parent only writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from yoyak.app import console
from yoyak.core.messages import text
from yoyak.core.values import Article, Failed, Outcome, Summary
from yoyak.outputs import markdown, render

if TYPE_CHECKING:
    from yoyak.outputs.html_report import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How outcomes are printed; plain data, it crosses process boundaries."""

    format: str
    view: console.View = "summary"
    several: bool = False
    colour: bool = False
    width: int = 80
    page: bool = False
    """Whether an HTML page is made too."""
    linked: bool = False
    """Whether the keywords of a Markdown file link to each other's notes."""
    shown: bool = False
    """Whether notices need not be told beside the results: they stand on the screen with them, or in the data of many."""


class Made(NamedTuple):
    """What the parent gets: the value for the output, a section of the HTML page, what to say, what to say with -v."""

    value: Any
    section: Section | None
    notices: tuple[str, ...]
    asides: tuple[str, ...]


def finish(shape: Shape, outcome: Outcome) -> Made:
    """Turn an outcome into what is written."""
    section = _section(outcome) if shape.page else None
    if shape.view == "keywords" and isinstance(outcome, Summary) and shape.format != "text":
        outcome = replace(outcome, sentences=(), scores=())
    # An empty text is nothing to write: a failure in a format that has no place for one.
    return Made(_value(shape, outcome) or None, section, _notices(shape, outcome), _asides(outcome))


def _section(outcome: Outcome) -> Section:
    from yoyak.outputs import html_report  # one article on a terminal needs no page

    return html_report.section(outcome)


# What was asked for and could not be had: to be told unasked.
_UNMET = frozenset(("over-length", "no-answer"))


def _notices(shape: Shape, outcome: Outcome) -> tuple[str, ...]:
    if shape.shown or not isinstance(outcome, Summary):
        return ()
    return tuple([notice.message for notice in outcome.warnings if notice.code in _UNMET])


def _asides(outcome: Outcome) -> tuple[str, ...]:
    if isinstance(outcome, Failed):
        return ()
    article = outcome.article if isinstance(outcome, Summary) else outcome
    read = (text("read as {encoding}", encoding=article.encoding),) if article.encoding else ()
    return (*read, *(notice.message for notice in outcome.warnings))


def _value(shape: Shape, outcome: Outcome) -> Any:
    match shape.format:
        case "text":
            return console.view(
                outcome, view=shape.view, several=shape.several, colour=shape.colour, width=shape.width
            )
        case "plain":
            return _plain(shape, outcome)
        case "json":
            return render.json_object(outcome, explained=shape.view == "explain")
        case "jsonl":
            return render.json_line(outcome, explained=shape.view == "explain")
        case "csv":
            return render.csv_line(outcome)
        case "markdown":
            marked = shape.view == "highlight"
            if shape.several:
                return markdown.section(outcome, marked=marked)
            return markdown.document(outcome, marked=marked, linked=shape.linked)
        case _:
            from yoyak import outputs

            return outputs.sqlite_row(outcome) if shape.format == "sqlite" else outputs.parquet_row(outcome)


def _plain(shape: Shape, outcome: Outcome) -> str:
    if shape.view == "removed" and isinstance(outcome, Article):
        lines = render.removed(outcome)
    else:
        lines = render.plain(outcome, keywords_only=shape.view == "keywords")
    return render.with_heading(outcome, lines) if shape.several else lines

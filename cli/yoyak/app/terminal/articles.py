"""Articles as a person reads them.

Article text reaches rich as `Text`, never as markup: `[/단독] 제목` is printed unchanged.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Literal

from yoyak.core.messages import plural, text
from yoyak.core.values import Article, Outcome, Quote, Summary
from yoyak.outputs import render
from yoyak.ranking import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text

View = Literal["summary", "explain", "highlight", "keywords", "article", "removed"]

MAX_COLUMNS = 100
"""Fifty Hangul per line; longer lines are hard to read."""
# Blanks at the end of a line, with codes that begin and end styles among them.
_BLANKS = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)
BAR_COLUMNS = 12
"""Width of a score bar."""


def view(outcome: Outcome, *, view: View, several: bool, color: bool, width: int) -> str:
    """One article without its last line end, or nothing for a failure; one of `several` starts with its file name."""
    article = outcome.article if isinstance(outcome, Summary) else outcome
    if not isinstance(article, Article):
        return ""
    screen = new_screen(color=color, width=width)
    if several:
        screen.print(ink(article.source, "dim"), overflow="fold")
    _head(screen, article)
    if isinstance(outcome, Summary):
        bodies = {"explain": _explained, "highlight": _highlighted, "keywords": _keywords_only}
        bodies.get(view, _summary)(screen, outcome)
        notices = outcome.warnings
    else:
        (_removed if view == "removed" else _body)(screen, article)
        notices = article.warnings
    for notice in notices:
        screen.print(ink(f"※ {notice.message}", "magenta"))
    return drawn(screen)


def new_screen(*, color: bool, width: int) -> Console:
    """Console of rich that prints to a string, and takes no text as markup."""
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        width=min(width, MAX_COLUMNS),
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def drawn(screen: Console) -> str:
    """Return what was printed, without the blanks that rich adds to the ends of lines."""
    drawn: str = screen.file.getvalue()  # type: ignore[attr-defined]  # a StringIO, see above
    return _BLANKS.sub(lambda end: end.group().replace(" ", ""), drawn).rstrip("\n")


def ink(value: str, style: str = "") -> Text:
    """Return one line of rich's own text, without control characters and without markup."""
    from rich.text import Text

    return Text(render.printable(value), style=style)


def _head(screen: Console, article: Article) -> None:
    if article.title:
        screen.print(ink(article.title, "bold"))
    for subtitle in article.subtitles:
        screen.print(ink(subtitle))
    if line := render.byline(article):
        screen.print(ink(line, "dim"))
    if article.title or line or article.subtitles:
        screen.print()


def _summary(screen: Console, summary: Summary) -> None:
    rows = [
        (ink(str(number), "cyan"), ink(sentence.text))
        for number, sentence in enumerate(summary.sentences, start=1)
    ]
    _grid(screen, rows)
    if summary.quotes:
        if rows:
            screen.print()
        _quotes(screen, summary.quotes)
    if summary.keywords:
        if rows or summary.quotes:
            screen.print()
        _keywords(screen, summary)


def _quotes(screen: Console, quotes: Sequence[Quote]) -> None:
    """Speakers, each once, with their quotations below."""
    before = None
    for quote in quotes:
        speaker = render.speaker_of(quote)
        if speaker != before:
            screen.print(ink(speaker, "cyan"), overflow="fold")
        before = speaker
        _grid(screen, [(ink("  "), ink(f"“{quote.text}”"))], indent=0)


def _keywords(screen: Console, summary: Summary) -> None:
    line = ", ".join(render.printable(k.term) for k in summary.keywords)
    _grid(screen, [(ink(text("Keywords"), "dim"), ink(line, "green"))], indent=0)


def _keywords_only(screen: Console, summary: Summary) -> None:
    rows = [
        (ink(k.term, "green"), ink(plural("{count} time", "{count} times", k.count), "dim"))
        for k in summary.keywords
    ]
    _grid(screen, rows, indent=0)


def _grid(screen: Console, rows: list[tuple[Text, Text]], *, indent: int = 1) -> None:
    from rich.padding import Padding
    from rich.table import Table

    if not rows:
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for left, right in rows:
        grid.add_row(left, right)
    screen.print(Padding(grid, (0, 0, 0, indent)))


def _explained(screen: Console, summary: Summary) -> None:
    from rich.text import Text

    rows: list[tuple[Text, Text]] = []
    for verdict in explain.verdicts(summary):
        mark = "●" if verdict.chosen else "○" if verdict.sentence.candidate else "·"
        style = "bold" if verdict.chosen else "" if verdict.sentence.candidate else "dim"
        said = Text(render.printable(verdict.sentence.text), style=style)
        said.append("\n")
        said.append_text(_bar(verdict.share if verdict.sentence.candidate else 0.0))
        said.append(f" {verdict.score:.3f}  {verdict.reason}", "dim")
        if parts := explain.grouped(verdict.parts):
            said.append("\n" + "  ".join(f"{name} {value:+.2f}" for name, value in parts), "dim")
        rows.append((Text(f"{mark} {verdict.sentence.index + 1}", "cyan" if verdict.chosen else "dim"), said))
    _grid(screen, rows, indent=0)
    if summary.keywords:
        screen.print()
        _keywords(screen, summary)


def _bar(share: float) -> Text:
    from rich.text import Text

    full = round(share * BAR_COLUMNS)
    return Text("━" * full, "cyan").append("─" * (BAR_COLUMNS - full), "dim")


def _highlighted(screen: Console, summary: Summary) -> None:
    from rich.text import Text

    plain = screen.no_color
    headings = summary.article.headings()
    for index, pieces in enumerate(explain.paragraphs(summary)):
        for heading in headings.get(index, ()):
            screen.print(ink(heading, "bold"))
        line = Text()
        before: int | None = None
        for piece in pieces:
            # Without color, brackets mark what bold marks with it.
            if plain and piece.chosen != before:
                line.append(("】" if before is not None else "") + ("【" if piece.chosen is not None else ""))
            before = piece.chosen
            style = "bold" if piece.chosen is not None else "dim"
            line.append(piece.text, f"{style} green" if piece.keyword else style)
        if plain and before is not None:
            line.append("】")
        screen.print(line, overflow="fold")
        screen.print()
    if summary.keywords:
        _keywords(screen, summary)


def _body(screen: Console, article: Article) -> None:
    headings = article.headings()
    for index, paragraph in enumerate(article.paragraphs):
        for heading in headings.get(index, ()):
            screen.print(ink(heading, "bold"))
        screen.print(ink(paragraph), overflow="fold")
        if index + 1 < len(article.paragraphs):
            screen.print()


def _removed(screen: Console, article: Article) -> None:
    names = _rule_names()
    rows = [(ink(names.get(r.rule, r.rule), "magenta"), ink(r.text, "dim")) for r in article.removed]
    _grid(screen, rows, indent=0)


def _rule_names() -> dict[str, str]:
    """Names of the extraction rules for the user; a rule without one is shown as in JSON."""
    return {
        "before": text("above the article"),
        "after": text("below the article"),
        "tail": text("end of the page"),
        "control": text("control"),
        "link": text("link"),
        "menu": text("menu"),
        "time": text("time"),
        "interface": text("interface"),
        "summary-box": text("summary box"),
        "promotion": text("promotion"),
        "byline": text("byline"),
        "caption": text("caption"),
        "table": text("table"),
        "copyright": text("copyright"),
        "address": text("address"),
        "title": text("title again"),
        "comments": text("comments"),
        "label": text("label"),
        "pull-quote": text("pull quote"),
        "other-article": text("other article"),
        "speaker": text("speaker"),
        "dateline": text("dateline"),
        "list": text("list"),
        "related": text("related articles"),
        "credits": text("credits"),
    }

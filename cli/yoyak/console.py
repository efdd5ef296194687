"""The terminal: the only place that knows rich, colours and streams.

Article text reaches rich as `Text`, never as markup: `[/단독] 제목` prints as it stands.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Self, TextIO

from yoyak import clean, explain, render
from yoyak.messages import text
from yoyak.model import Article, Outcome, Summary

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID
    from rich.text import Text

View = Literal["summary", "explain", "highlight", "keywords", "article", "removed"]

WIDEST = 100  # columns: fifty Hangul a line; longer lines are hard to follow
# What ends a line without being seen: blanks, and the codes that begin and end styles among them.
_BLANKS = re.compile(r"(?: |\x1b\[[0-9;]*m)+$", re.MULTILINE)
BAR = 12  # columns of a score bar

# -- streams ------------------------------------------------------------------------------------------------


def prepare_streams() -> None:
    """Never let a character the console lacks end a run: cp949 consoles know no em dash and no emoji."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def write_utf8() -> None:
    """Write JSON as UTF-8 whatever the console is (RFC 8259, 8.1): a replaced character would be a wrong value."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")


def abandon_stdout() -> None:
    """Stop writing, in silence: the reader of our pipe has gone (Python documentation, "Note on SIGPIPE")."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        return  # not a real file: nothing will be flushed to it at exit


def coloured(choice: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to colour a stream: flag, then NO_COLOR (no-color.org), then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


_choice = ["auto"]


def choose_colour(choice: str) -> None:
    """Obey `--color` from now on."""
    _choice[0] = choice


def width() -> int:
    """Columns of the terminal: `COLUMNS` over what it says of itself, 80 where nobody knows."""
    return max(shutil.get_terminal_size().columns, 20)


# -- messages -----------------------------------------------------------------------------------------------


def say(message: str) -> None:
    """One line for the person, on stderr."""
    sys.stderr.write(render.printable(message) + "\n")
    sys.stderr.flush()


def error(message: str) -> None:
    """One line that says what went wrong."""
    mark = "yoyak:"
    if coloured(_choice[0], sys.stderr, os.environ):
        mark = f"\x1b[1;31m{mark}\x1b[0m"
    sys.stderr.write(f"{mark} {render.printable(message)}\n")
    sys.stderr.flush()


def traceback(problem: BaseException | str) -> None:
    """Where it happened, for --debug."""
    import traceback as tracebacks

    lines = problem if isinstance(problem, str) else "".join(tracebacks.format_exception(problem))
    for line in lines.splitlines():
        sys.stderr.write(clean.strip_invisible(line) + "\n")


# -- articles -----------------------------------------------------------------------------------------------


def view(outcome: Outcome, *, view: View, several: bool, colour: bool, width: int) -> str:
    """One article as a person reads it, without its last line end; nothing for a failure.

    Where there are several, the name of the file stands above.
    """
    from rich.console import Console

    article = outcome.article if isinstance(outcome, Summary) else outcome
    if not isinstance(article, Article):
        return ""
    screen = Console(
        file=io.StringIO(),
        width=min(width, WIDEST),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    if several:
        screen.print(_text(article.source, "dim"), overflow="fold")
    _head(screen, article)
    if isinstance(outcome, Summary):
        bodies = {"explain": _explained, "highlight": _highlighted, "keywords": _keywords_only}
        bodies.get(view, _summary)(screen, outcome)
        notices = outcome.warnings
    else:
        (_removed if view == "removed" else _body)(screen, article)
        notices = article.warnings
    for notice in notices:
        screen.print(_text(f"※ {notice.message}", "yellow"))
    return _drawn(screen)


def _drawn(screen: Console) -> str:
    """Return what was printed, without the blanks rich fills lines with."""
    drawn: str = screen.file.getvalue()  # type: ignore[attr-defined]  # a StringIO, see above
    return _BLANKS.sub(lambda end: end.group().replace(" ", ""), drawn).rstrip("\n")


def _text(value: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(render.printable(value), style=style)


def _head(screen: Console, article: Article) -> None:
    if article.title:
        screen.print(_text(article.title, "bold"))
    for subtitle in article.subtitles:
        screen.print(_text(subtitle))
    if line := render.byline(article):
        screen.print(_text(line, "dim"))
    if article.title or line or article.subtitles:
        screen.print()


def _summary(screen: Console, summary: Summary) -> None:
    rows = [
        (_text(str(number), "cyan"), _text(sentence.text))
        for number, sentence in enumerate(summary.sentences, start=1)
    ]
    _grid(screen, rows)
    if summary.keywords:
        if rows:
            screen.print()
        _keywords(screen, summary)


def _keywords(screen: Console, summary: Summary) -> None:
    line = ", ".join(render.printable(k.term) for k in summary.keywords)
    _grid(screen, [(_text(text("Keywords"), "dim"), _text(line, "green"))], indent=0)


def _keywords_only(screen: Console, summary: Summary) -> None:
    rows = [
        (_text(k.term, "green"), _text(text("{count} times", count=k.count), "dim")) for k in summary.keywords
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

    full = round(share * BAR)
    return Text("━" * full, "cyan").append("─" * (BAR - full), "dim")


def _highlighted(screen: Console, summary: Summary) -> None:
    from rich.text import Text

    plain = screen.no_color
    headings = summary.article.headings()
    for index, pieces in enumerate(explain.paragraphs(summary)):
        for heading in headings.get(index, ()):
            screen.print(_text(heading, "bold"))
        line = Text()
        before: int | None = None
        for piece in pieces:
            # Without colour, brackets mark what bold marks with it.
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
            screen.print(_text(heading, "bold"))
        screen.print(_text(paragraph), overflow="fold")
        if index + 1 < len(article.paragraphs):
            screen.print()


def _removed(screen: Console, article: Article) -> None:
    _grid(screen, [(_text(r.rule, "yellow"), _text(r.text, "dim")) for r in article.removed], indent=0)


# -- figures ------------------------------------------------------------------------------------------------


def table(heads: list[str], rows: list[list[str]]) -> None:
    """Print a table on stdout: the first column is a name, the others are figures."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    colour = coloured(_choice[0], sys.stdout, os.environ)
    drawn = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        drawn.add_column(_text(head), justify="right" if number else "left", no_wrap=True)
    for row in rows:
        drawn.add_row(*(_text(cell) for cell in row))
    screen = Console(
        file=io.StringIO(),
        width=max(
            width(), sum(max(map(render.cells, column)) + 3 for column in zip(heads, *rows, strict=True))
        ),
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
    )
    screen.print(drawn)
    sys.stdout.write(_drawn(screen) + "\n\n")


def figures_json(figures: object) -> None:
    """Print figures as indented JSON on stdout."""
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")


# -- progress -----------------------------------------------------------------------------------------------

EVERY = 5.0  # seconds between two plain lines


def progress_kind(choice: str, *, quiet: bool) -> str:
    """Return what `--progress auto` comes to: a bar where a person watches stderr."""
    if choice != "auto":
        return choice
    return "none" if quiet or os.environ.get("TERM") == "dumb" or not sys.stderr.isatty() else "bar"


class Progress:
    """How far a run is, on stderr: a bar, plain lines for logs, or nothing. A context manager."""

    def __init__(self, kind: str, *, total: int | None) -> None:
        self._kind = kind
        self._total = total
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._begun = self._last = time.monotonic()

    def __enter__(self) -> Self:
        if self._kind == "bar":
            self._start_bar()
        return self

    def _start_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        screen = Console(stderr=True, markup=False, emoji=False, highlight=False)
        columns = (
            BarColumn(),
            TextColumn("{task.fields[done]}", markup=False),
            TimeRemainingColumn(elapsed_when_finished=True),
        )
        self._bar = Bar(*columns, console=screen, transient=True)
        self._task = self._bar.add_task("", total=self._total, done="")
        self._bar.start()

    def advance(self, weight: int, done: int) -> None:
        """Count one article of `weight` bytes; `done` are done by now."""
        now = time.monotonic()
        rate = done / max(now - self._begun, 1e-9)
        if self._bar is not None and self._task is not None:
            said = text("{done} articles, {rate:.0f}/s", done=done, rate=rate)
            self._bar.update(self._task, advance=weight, done=said)
        elif self._kind == "plain" and now - self._last >= EVERY:
            self._last = now
            say(text("{done} articles, {rate:.0f}/s", done=done, rate=rate))

    def error(self, message: str) -> None:
        """Print an error above the bar."""
        if self._bar is None:
            error(message)
            return
        line = _text(text("yoyak: {message}", message=render.printable(message)))
        self._bar.console.print(line, soft_wrap=True)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

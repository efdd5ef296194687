"""How far a run is, on stderr."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from yoyak.app.terminal.articles import ink
from yoyak.app.terminal.streams import error, say
from yoyak.core.messages import plural, text
from yoyak.outputs import render

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

EVERY = 5.0  # seconds between two plain lines
PATIENCE = 0.002  # seconds after each article for the total


def progress_kind(choice: str, *, quiet: bool) -> str:
    """Return what `--progress auto` comes to: a bar where a person watches stderr."""
    if choice != "auto":
        return choice
    return "none" if quiet or os.environ.get("TERM") == "dumb" or not sys.stderr.isatty() else "bar"


class Progress:
    """How far a run is, on stderr: a bar, plain lines for logs, or nothing. A context manager."""

    def __init__(self, kind: str, *, weights: Iterable[int | None] = ()) -> None:
        """`weights`: bytes of each input, None where one does not tell; added up little by little on the way."""
        self._kind = kind
        self._weights = iter(weights)
        self._total: int | None = 0
        self._skipped = 0
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
        self._task = self._bar.add_task("", total=None, done="")
        self._bar.start()

    def advance(self, weight: int, done: int) -> None:
        """Count one article of `weight` bytes; `done` are done by now."""
        now = time.monotonic()
        rate = done / max(now - self._begun, 1e-9)
        if self._bar is not None and self._task is not None:
            said = plural("{count} article, {rate:.0f}/s", "{count} articles, {rate:.0f}/s", done, rate=rate)
            self._bar.update(self._task, advance=weight + self._skipped, done=said)
            self._skipped = 0
            self._add_up(now)
        elif self._kind == "plain" and now - self._last >= EVERY:
            self._last = now
            say(plural("{count} article, {rate:.0f}/s", "{count} articles, {rate:.0f}/s", done, rate=rate))

    def skip(self, weight: int) -> None:
        """Count an article that an earlier run has done."""
        self._skipped += weight

    def _add_up(self, now: float) -> None:
        """Go on adding weights for a moment: to look at 100,000 files before the first result would be to keep it back."""
        if self._bar is None or self._task is None or self._total is None:
            return
        for weight in self._weights:
            if weight is None:
                self._total = None
                return
            self._total += weight
            if time.monotonic() - now > PATIENCE:
                return
        self._bar.update(self._task, total=self._total or None)
        self._total = None

    def error(self, message: str) -> None:
        """Print an error above the bar."""
        if self._bar is None:
            error(message)
            return
        self.say(text("yoyak: {message}", message=render.printable(message)))

    def say(self, message: str) -> None:
        """Print a line above the bar."""
        if self._bar is None:
            say(message)
        else:
            self._bar.console.print(ink(message), soft_wrap=True)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

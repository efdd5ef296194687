"""Progress of a run, on standard error."""

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

PLAIN_LINE_SECONDS = 5.0
"""Time between two plain lines."""
WEIGHING_SECONDS = 0.002
"""Time after each article for adding up the input sizes."""


def progress_kind(choice: str, *, quiet: bool) -> str:
    """Meaning of `--progress auto`: a bar if a person watches standard error, else nothing."""
    if choice != "auto":
        return choice
    return "none" if quiet or not _is_watched() else "bar"


def _is_watched() -> bool:
    return os.environ.get("TERM") != "dumb" and sys.stderr.isatty()


class Progress:
    """Progress on standard error: a bar, plain lines for logs, or nothing. A context manager."""

    def __init__(self, kind: str, *, weights: Iterable[int | None] = (), loading: str = "") -> None:
        """Prepare the progress of a run.

        `weights` are the sizes of the inputs in bytes, None for an unknown one; they are added up little by little,
        because looking at 100,000 files first would delay the first result. `loading` is shown on a terminal until
        the first result.
        """
        self._kind = kind
        self._weights = iter(weights)
        self._weighed = 0
        self._total: int | None = None
        self._done_weight = self._skipped_weight = 0
        self._loading = loading if _is_watched() else ""
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._started = self._last = time.monotonic()

    def __enter__(self) -> Self:
        if self._kind == "bar":
            self._start_bar()
        elif self._loading:
            sys.stderr.write(self._loading)
            sys.stderr.flush()
        return self

    def _start_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        screen = Console(stderr=True, markup=False, emoji=False, highlight=False)
        columns = (BarColumn(), TextColumn("{task.fields[status]}", markup=False))
        self._bar = Bar(*columns, console=screen, transient=True)
        self._task = self._bar.add_task("", total=None, status=self._loading)
        self._bar.start()

    def loaded(self) -> None:
        """Remove the loading message, before the first result is printed."""
        if self._loading and self._bar is None:
            sys.stderr.write("\r" + " " * render.cells(self._loading) + "\r")
            sys.stderr.flush()
        self._loading = ""

    def advance(self, weight: int, done: int) -> None:
        """Count one article of `weight` bytes; `done` articles are done by now."""
        now = time.monotonic()
        self._done_weight += weight
        if self._bar is not None and self._task is not None:
            self._add_up(now)
            completed = self._done_weight + self._skipped_weight
            self._bar.update(
                self._task, completed=completed, total=self._total, status=self._status(now, done)
            )
        elif self._kind == "plain" and now - self._last >= PLAIN_LINE_SECONDS:
            self._last = now
            self._add_up(now)
            say(self._status(now, done))

    def _status(self, now: float, done: int) -> str:
        """Word the number of articles, the rate and, if the total size is known, the time left."""
        elapsed = max(now - self._started, 1e-9)
        status = plural(
            "{count} article, {rate:.0f}/s", "{count} articles, {rate:.0f}/s", done, rate=done / elapsed
        )
        if self._total is None or not self._done_weight:
            return status
        left = max(self._total - self._skipped_weight - self._done_weight, 0)
        return f"{status}, {text('{time} left', time=_clock(left / self._done_weight * elapsed))}"

    def skip(self, weight: int) -> None:
        """Count an article that an earlier run has done."""
        self._skipped_weight += weight

    def _add_up(self, now: float) -> None:
        """Add up input sizes for a moment; the total is known once all are added, never if one is unknown."""
        if self._total is not None:
            return
        for weight in self._weights:
            if weight is None:
                self._weights = iter([None])
                return
            self._weighed += weight
            if time.monotonic() - now > WEIGHING_SECONDS:
                return
        self._total = self._weighed or None

    def error(self, message: str) -> None:
        """Print an error above the bar."""
        if self._bar is None:
            self.loaded()
            error(message)
            return
        self.say(text("yoyak: {message}", message=render.printable(message)))

    def say(self, message: str) -> None:
        """Print a line above the bar."""
        if self._bar is None:
            self.loaded()
            say(message)
        else:
            self._bar.console.print(ink(message), soft_wrap=True)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
        self.loaded()


def _clock(seconds: float) -> str:
    """Duration as 0:05, 12:34 or 1:02:03."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"

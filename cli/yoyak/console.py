"""The terminal: the only place that knows rich, colours and streams."""

from __future__ import annotations

import io
import os
import sys

from yoyak import render
from yoyak.messages import text


def prepare_streams() -> None:
    """Never let a character the console lacks end a run: cp949 consoles know no em dash and no emoji."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def abandon_stdout() -> None:
    """The reader of our pipe has gone: leave in silence (Python documentation, "Note on SIGPIPE")."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """One line for the person, on stderr."""
    sys.stderr.write(render.printable(message) + "\n")


def error(message: str) -> None:
    """One line that says what went wrong."""
    say(text("yoyak: {message}", message=message))


def traceback(problem: Exception) -> None:
    """Where it happened, for --debug."""
    import traceback as tracebacks

    for line in "".join(tracebacks.format_exception(problem)).splitlines():
        sys.stderr.write(render.clean.strip_invisible(line) + "\n")

"""Standard output and error: encodings, colors, and one-line messages."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Mapping
from typing import TextIO

from yoyak.core import normalize
from yoyak.outputs import render

_choice = ["auto"]


def prepare_streams() -> None:
    """Replace characters that the console cannot print: a cp949 console has no em dash and no emoji."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the parent process: `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def write_utf8() -> None:
    """Write JSON as UTF-8 on any console (RFC 8259, 8.1): a replaced character would be a wrong value."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")


def abandon_stdout() -> None:
    """Drop what is not written yet: nobody reads the pipe (Python documentation, "Note on SIGPIPE")."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        return  # not a real file: nothing will be flushed to it at exit


def uses_color(choice: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to color a stream: flag, then NO_COLOR (no-color.org), then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


def set_color(choice: str) -> None:
    """Set the choice of `--color`."""
    _choice[0] = choice


def color_choice() -> str:
    """Choice of `--color`."""
    return _choice[0]


def width() -> int:
    """Columns of the terminal: `COLUMNS`, else what the terminal reports, else 80."""
    return max(shutil.get_terminal_size().columns, 20)


def say(message: str) -> None:
    """Print one line on standard error."""
    sys.stderr.write(render.printable(message) + "\n")
    sys.stderr.flush()


def error(message: str) -> None:
    """Print one line that says what went wrong."""
    mark = "yoyak:"
    if uses_color(color_choice(), sys.stderr, os.environ):
        mark = f"\x1b[1;31m{mark}\x1b[0m"
    sys.stderr.write(f"{mark} {render.printable(message)}\n")
    sys.stderr.flush()


def traceback(problem: BaseException | str) -> None:
    """Print a traceback, for --debug."""
    import traceback as tracebacks

    lines = problem if isinstance(problem, str) else "".join(tracebacks.format_exception(problem))
    for line in lines.splitlines():
        sys.stderr.write(normalize.strip_invisible(line) + "\n")

"""Help pages and the version line. Nothing heavy is imported here."""

from __future__ import annotations

import shutil
import sys
from itertools import groupby
from typing import Any

import typer

from yoyak import __version__
from yoyak.core.messages import text
from yoyak.outputs import render

MAX_HELP_COLUMNS = 110
"""Longer lines are hard to read."""
MAX_NAME_COLUMNS = 26
"""An option with a longer name gets a line of its own."""

SHORT_PAGES: dict[str, tuple[str, ...]] = {
    "summarize": (
        *("sentences", "chars", "keywords", "query", "explain"),
        *("format", "output", "output_dir", "report", "resume"),
    ),
    "extract": ("removed", "format", "output", "output_dir", "report", "resume", "encoding"),
    "watch": ("sentences", "keywords", "include", "exclude", "output"),
    "search": ("limit", "press", "since", "until", "format"),
    "digest": (
        *("query", "press", "since", "until", "sentences"),
        *("top", "topics", "sort", "format", "output"),
    ),
    "evaluate": ("methods", "floors", "raise_floors", "model", "json"),
    "train": ("learn_keywords", "ablate", "output", "force", "json"),
    "background": ("output", "force", "include", "exclude", "jobs"),
    "config": ("config", "no_config"),
}
"""Parameters shown by `-h`, by command: at most ten, so that the page fits on one screen."""


def print_version(value: bool) -> None:
    """Print the versions that results depend on, and exit."""
    if not value:
        return
    sys.stdout.write(version_line() + "\n")
    raise typer.Exit


def version_line() -> str:
    """Versions of yoyak, Kiwi and its model."""
    from importlib.metadata import PackageNotFoundError, version

    parts = [f"yoyak {__version__}"]
    for label, package in (("Kiwi", "kiwipiepy"), (text("Kiwi model"), "kiwipiepy_model")):
        try:
            parts.append(f"{label} {version(package)}")
        except PackageNotFoundError:
            parts.append(text("{label} not installed", label=label))
    return ", ".join(parts)


def print_full(ctx: typer.Context, value: bool) -> None:
    """Print all options of a command, and exit."""
    if value and not ctx.resilient_parsing:
        sys.stdout.write(page(ctx.command, width=_width()))
        raise typer.Exit


def print_short(ctx: typer.Context, value: bool) -> None:
    """Print the most used options of a command, and exit."""
    if value and not ctx.resilient_parsing:
        sys.stdout.write(page(ctx.command, width=_width(), short=True))
        raise typer.Exit


def _width() -> int:
    return min(shutil.get_terminal_size().columns, MAX_HELP_COLUMNS)


def page(command: Any, *, width: int, short: bool = False) -> str:
    """Help page of a command: usage, description, and options by group, or only the most used ones if `short`."""
    from yoyak.app.commands import DEFAULT

    is_default = command.name == DEFAULT
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    about = (command.help or "").split("\n\n")
    lines = [
        _usage(command),
        "",
        *_paragraphs("\n\n".join(about[:1] + about[-1:] if short else about), width),
    ]
    if is_default and not short:
        lines += ["", text("Commands"), *_table(_summaries(), width)]
        for note in (
            text("To read a file that is named like a command, write ./NAME."),
            text("To complete commands and options with Tab, run `yoyak --install-completion` once."),
        ):
            lines += ["", *render.wrap(note, width)]
    if short:
        used = [option for option in options if option.name in (*SHORT_PAGES[command.name], "help")]
        rows = [(_names(p, short=True), text(p.help or "")) for p in used]
        lines += ["", text("Options"), *_table(rows, width)]
        return "\n".join(lines) + "\n"
    # The options of a group stand side by side in every command.
    for panel, members in groupby(options, key=lambda p: p.rich_help_panel):
        lines += ["", text(panel), *_table([(_names(p), text(p.help or "")) for p in members], width)]
    return "\n".join(lines) + "\n"


def _usage(command: Any) -> str:
    from yoyak.app.commands import DEFAULT

    arguments = [p.metavar for p in command.params if p.param_type_name == "argument"]
    name = "yoyak" if command.name == DEFAULT else f"yoyak {command.name}"
    return " ".join([text("Usage:"), name, *arguments, text("[OPTIONS]")])


def _names(option: Any, *, short: bool = False) -> str:
    """Names of an option and its value; `short` does not list the values that it may take."""
    names = sorted(option.opts, key=len)
    aligned = ", ".join(names) if len(names[0]) == 2 else "    " + ", ".join(names)
    if option.is_flag:
        return aligned
    return f"{aligned} {'NAME' if short and '|' in option.metavar else option.metavar}"


def _summaries() -> list[tuple[str, str]]:
    from yoyak.app.commands import COMMANDS

    return [
        *((command.name, text(command.summary)) for command in COMMANDS),
        ("help", text("Show the help page of a command: yoyak help COMMAND.")),
        ("version", text("Print the versions of yoyak, Kiwi and its model.")),
    ]


def _table(rows: list[tuple[str, str]], width: int) -> list[str]:
    """Two columns; a name that is too long for its column gets a line of its own."""
    column = min(max(render.cells(name) for name, _ in rows), MAX_NAME_COLUMNS) + 4
    lines = []
    for name, description in rows:
        wrapped = render.wrap(description, width - column)
        gap = column - 2 - render.cells(name)
        if gap >= 2:
            first, *wrapped = wrapped or [""]
            lines.append("  " + name + " " * gap + first)
        else:
            lines.append("  " + name)
        lines += [" " * column + line for line in wrapped]
    return lines


def _paragraphs(description: str, width: int) -> list[str]:
    lines: list[str] = []
    for line in description.strip().split("\n"):
        # Indented lines are examples and stay as they are.
        lines += [line] if line.startswith(" ") or not line else render.wrap(line, width)
    return lines

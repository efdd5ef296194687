"""What `--help` and `--version` print: no heavy import on the way."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import Any

import typer

from yoyak import __version__
from yoyak.app.route import DEFAULT, NAMES
from yoyak.core.messages import text
from yoyak.outputs import render


def version(value: bool) -> None:
    """Print the versions results depend on, and leave."""
    if not value:
        return
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    parts = [f"yoyak {__version__}"]
    for label, package in (("Kiwi", "kiwipiepy"), (text("Kiwi model"), "kiwipiepy_model")):
        try:
            parts.append(f"{label} {installed(package)}")
        except PackageNotFoundError:
            parts.append(text("{label} not installed", label=label))
    sys.stdout.write(", ".join(parts) + "\n")
    raise typer.Exit


def help_page(ctx: typer.Context, value: bool) -> None:
    """Print the page of one command, and leave."""
    if value and not ctx.resilient_parsing:
        sys.stdout.write(page(ctx.command, width=_width()))
        raise typer.Exit


def _width() -> int:
    import shutil

    return min(shutil.get_terminal_size().columns, 110)


def page(command: Any, *, width: int) -> str:
    """Help of a command: usage, what it does, examples, options by panel."""
    name = command.name
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join(
        ["yoyak" if name == DEFAULT else f"yoyak {name}", *(p.metavar for p in arguments), text("[OPTIONS]")]
    )
    lines = [f"{text('Usage:')} {usage}", "", *_paragraphs(command.help or "", width)]
    if name == DEFAULT:
        lines += ["", text("Commands"), *_commands(width)]
        lines += ["", *render.wrap(text("A file named like a command is read as ./config."), width)]
    # Panels in the order they first appear; groupby needs them side by side, and they are.
    for panel, members in groupby(options, key=lambda p: p.rich_help_panel):
        rows = [(_names(p), p.help or "") for p in members]
        lines += ["", panel, *_table(rows, width)]
    return "\n".join(lines) + "\n"


def _names(option: Any) -> str:
    names = sorted(option.opts, key=len)
    short = ", ".join(names) if len(names[0]) == 2 else "    " + ", ".join(names)
    return short if option.is_flag else f"{short} {option.metavar}"


def _commands(width: int) -> list[str]:
    helps = {
        "summarize": text("Key sentences and keywords; the default."),
        "extract": text("The article alone: title, body, what was removed."),
        "evaluate": text("Score methods against what people chose or wrote."),
        "train": text("Fit a ranking model to your own choices."),
        "background": text("Count words in a collection, for better keywords."),
        "config": text("Show each setting and where it comes from."),
    }
    return _table([(name, helps[name]) for name in NAMES], width)


def _table(rows: list[tuple[str, str]], width: int) -> list[str]:
    """Two columns; a name too long for its column stands on a line of its own."""
    column = min(max(render.cells(name) for name, _ in rows), 26) + 4
    lines = []
    for name, said in rows:
        wrapped = render.wrap(said, width - column)
        gap = column - 2 - render.cells(name)
        if gap >= 2:
            first, *wrapped = wrapped or [""]
            lines.append("  " + name + " " * gap + first)
        else:
            lines.append("  " + name)
        lines += [" " * column + line for line in wrapped]
    return lines


def _paragraphs(said: str, width: int) -> list[str]:
    lines: list[str] = []
    for line in said.strip().split("\n"):
        # Examples are set in and stay as they are written.
        lines += [line] if line.startswith(" ") or not line else render.wrap(line, width)
    return lines

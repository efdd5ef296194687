"""Figures of training and evaluation, as tables and as JSON."""

from __future__ import annotations

import io
import json
import os
import sys

from yoyak.app.terminal.articles import drawn, ink
from yoyak.app.terminal.streams import color_choice, uses_color, width
from yoyak.outputs import render


def table(heads: list[str], rows: list[list[str]]) -> None:
    """Print a table on stdout: the first column is a name, the others are figures."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    color = uses_color(color_choice(), sys.stdout, os.environ)
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        grid.add_column(ink(head), justify="right" if number else "left", no_wrap=True)
    for row in rows:
        grid.add_row(*(ink(cell) for cell in row))
    screen = Console(
        file=io.StringIO(),
        width=max(
            width(), sum(max(map(render.cells, column)) + 3 for column in zip(heads, *rows, strict=True))
        ),
        force_terminal=color,
        no_color=not color,
        highlight=False,
    )
    screen.print(grid)
    sys.stdout.write(drawn(screen) + "\n\n")


def print_json(figures: object) -> None:
    """Print figures as indented JSON on stdout."""
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")

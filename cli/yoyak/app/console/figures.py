"""Figures of training and evaluation, as tables and as JSON."""

from __future__ import annotations

import io
import json
import os
import sys

from yoyak.app.console.articles import drawn, ink
from yoyak.app.console.streams import colour_choice, coloured, width
from yoyak.outputs import render


def table(heads: list[str], rows: list[list[str]]) -> None:
    """Print a table on stdout: the first column is a name, the others are figures."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    colour = coloured(colour_choice(), sys.stdout, os.environ)
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
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
    )
    screen.print(grid)
    sys.stdout.write(drawn(screen) + "\n\n")


def figures_json(figures: object) -> None:
    """Print figures as indented JSON on stdout."""
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")

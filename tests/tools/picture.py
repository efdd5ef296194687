"""Draw the picture of the README: `python -m tests.tools.picture`, which is `make picture`.

The picture is the terminal view of one sample as SVG, made by rich. The web fonts of rich's template are left out, so
that the file loads nothing from the network.
"""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from yoyak import summarize
from yoyak.app import terminal
from yoyak.core import messages

ROOT = Path(__file__).parents[2]
SAMPLE = Path("samples/pages/xr-glasses.txt")
TARGET = ROOT / "docs" / "terminal.svg"
COLUMNS = 84
COLUMN_WIDTH = 12.2  # of rich's SVG template, in its units


def draw() -> str:
    """Return the picture."""
    messages.use("ko")
    summary = summarize(ROOT / SAMPLE)
    screen = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    screen.print(Text(f"$ yoyak {SAMPLE}", "bold"))
    screen.print(
        Text.from_ansi(terminal.view(summary, view="summary", several=False, color=True, width=COLUMNS))
    )
    picture = screen.export_svg(title="yoyak", unique_id="yoyak")
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    return re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', _with_width, picture)


def _with_width(found: re.Match[str]) -> str:
    """Set the length of a text by columns: rich counts characters, and a Hangul syllable has two columns."""
    attributes, content = found.groups()
    columns = cell_len(html.unescape(content))
    return f'textLength="{COLUMN_WIDTH * columns:.1f}"{attributes}>{content}<'


def main() -> None:
    """Write the picture."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()

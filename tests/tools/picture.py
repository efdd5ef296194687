"""Draw the picture of the README: `python -m tests.tools.picture`, which is `make picture`.

The picture is the terminal view of one sample as SVG, made by rich. The web fonts of rich's template are left out, so
that the file loads nothing from the network.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from yoyak import summarize
from yoyak.app import terminal
from yoyak.core import messages

ROOT = Path(__file__).parents[2]
SAMPLE = Path("samples/pages/xr-glasses.txt")
TARGET = ROOT / "docs" / "terminal.svg"
COLUMNS = 84


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
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)


def main() -> None:
    """Write the picture."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()

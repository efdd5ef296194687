"""The commands: parse, call, render, exit code. No logic lives here.

`run` is the whole program as a function: arguments in, exit code out (0 all fine, 1 something failed, 2 usage,
130 interrupted).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from yoyak.app.start import run

__all__ = ["main", "run"]


def main(argv: Sequence[str] | None = None) -> None:
    """Run yoyak and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if argv is None else argv))

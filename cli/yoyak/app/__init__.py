"""The commands: parse, call, render, exit code. No logic lives here.

Exit codes: 0 all fine, 1 something failed and the rest was done, 2 usage or nothing to read, 130 interrupted.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run yoyak and leave with its exit code."""
    from yoyak.app.start import run

    sys.exit(run(sys.argv[1:]))

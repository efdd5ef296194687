"""The commands: parse, call, render, exit code. No logic lives here.

start     from arguments to an exit code; route, settings, build and usage are its steps, shown is what --help prints
commands  the commands and their help; a module for each: summarize extract evaluate train background config
flags     every option, in groups; values read what is written, options makes records of it
work      a run of summarize or extract, a job: reading, then finish in the workers, then writing and reports;
          cluster is the same on Ray, ending what is said of either

Exit codes: 0 all fine, 1 something failed and the rest was done, 2 usage or nothing to read, 130 interrupted
(143 by a plain kill, 129 by a terminal that closed).
"""

from __future__ import annotations

import gc
import signal
import sys


def main() -> None:
    """Run yoyak and leave with its exit code."""
    # Starting makes a hundred thousand objects and no garbage, and at the end everything goes at once:
    # looking for garbage then took 6 % of a one-article run.
    gc.set_threshold(100_000, 20, 20)
    from yoyak.app.start import run

    code = run(sys.argv[1:])
    # The end is near: a second Ctrl-C must not change how it is told.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    sys.exit(code)

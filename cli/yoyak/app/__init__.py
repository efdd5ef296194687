"""The command line: parse options, call the pipeline, write results, return an exit code.

entry      from arguments to an exit code: language, settings, command, errors
commands   the commands, their descriptions and their registration; a module per command with code of its own:
           summarize (and extract), watch, search, digest, evaluate, train, background, settings (config)
options    every option, declared once; values parses them, arguments collects them as records
help       help pages and the version line; man makes the manual page; usage words errors of the command line
run        one run of summarize or extract; cluster is the same on Ray; filters keep and sort articles
results    format, rendering and destination of results; reports writes the files of --report
files      checks of named files before the work; exit_codes what the exit code means
terminal/  streams, colors, progress, and the terminal view of an article
"""

from __future__ import annotations

import gc
import signal
import sys


def main() -> None:
    """Run yoyak and exit."""
    # Starting creates about 100,000 objects and no garbage: looking for garbage took 6 % of a one-article run.
    gc.set_threshold(100_000, 20, 20)
    from yoyak.app.entry import run

    code = run(sys.argv[1:])
    # A second Ctrl-C must not change the exit code.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    sys.exit(code)

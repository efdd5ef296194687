"""Exit codes of every command."""

from __future__ import annotations

import signal
from enum import IntEnum


class ExitCode(IntEnum):
    """What the exit code of a run means; after a signal it is 128 plus the signal's number, as in a shell."""

    OK = 0
    FAILED = 1
    """Something failed; everything else was done."""
    USAGE = 2
    """The command line is wrong, or there was nothing to read."""


def interrupted(stop: KeyboardInterrupt) -> int:
    """Exit code after a signal: 130 for Ctrl-C, 143 for SIGTERM, 129 for a closed terminal."""
    return 128 + int(getattr(stop, "number", signal.SIGINT))

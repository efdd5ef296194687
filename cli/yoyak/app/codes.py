"""Exit codes."""

from __future__ import annotations

import signal

OK, FAILED, USAGE = 0, 1, 2


def interrupted(stop: KeyboardInterrupt) -> int:
    """Return the exit code of a run that was told to stop: 130 for Ctrl-C, 143 for a plain kill."""
    return 128 + int(getattr(stop, "number", signal.SIGINT))

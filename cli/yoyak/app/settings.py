"""`yoyak config`."""

from __future__ import annotations

from yoyak.app.flags import CommonFlags


def config(*, common: CommonFlags) -> int:
    """Show settings."""
    return 0

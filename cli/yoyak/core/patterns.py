"""Regular expressions that are compiled on first use.

yoyak has several hundred of them, and compiling all takes longer than reading an article. Most articles need a few.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "split")


class _LazyPattern:
    """Stands for a compiled pattern: its methods become attributes at the first use of any, so later calls cost nothing more."""

    __slots__ = ("flags", "pattern", *_METHODS)

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""Return a pattern that is compiled at its first use. It has the methods for searching, replacing and splitting.

    >>> lazy_pattern(r"\d+").sub("#", "2026년 3월")
    '#년 #월'
    """
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))

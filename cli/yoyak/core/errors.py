"""Everything that can go wrong, in one tree.

    YoyakError
    ├── InputError(source)         one input cannot be summarized; the run goes on
    │   ├── UnreadableError        it cannot be opened, read or unpacked
    │   ├── DecodeError            its bytes are text in no encoding we know
    │   ├── RowError               a JSONL row is not an article
    │   ├── EmptyArticleError      it was read, and there is no article in it
    │   ├── TooLargeError          it is over a size limit
    │   └── AnalysisError          the analyzer failed, ran out of time or died on it
    ├── OutputError                a result cannot be written where it should go
    ├── OptionError                an option's value makes no sense
    └── MissingExtraError          an optional dependency is not installed

`str(error)` is a finished sentence: what happened, where, and what to try.
"""

from __future__ import annotations

from typing import ClassVar


class YoyakError(Exception):
    """Base of every error yoyak raises on purpose."""

    code: ClassVar[str] = "error"


class InputError(YoyakError):
    """One input cannot be turned into a summary. `source` names the input."""

    code: ClassVar[str] = "input"

    def __init__(self, message: str, *, source: str) -> None:
        super().__init__(message)
        self.message = message
        self.source = source

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.source)


def _rebuild(kind: type[InputError], message: str, source: str) -> InputError:
    """Rebuild an error that crossed a process boundary."""
    return kind(message, source=source)


class UnreadableError(InputError):
    """Raised when an input cannot be opened, read or unpacked."""

    code = "unreadable"


class DecodeError(InputError):
    """Raised when the bytes of an input are text in no encoding that was tried."""

    code = "decode"


class RowError(InputError):
    """Raised when a JSONL row is not JSON, or holds neither text nor sentences."""

    code = "row"


class EmptyArticleError(InputError):
    """Raised when a page was read and holds no article."""

    code = "empty"


class TooLargeError(InputError):
    """Raised when an input, packed or unpacked, is over its size limit."""

    code = "too-large"


class AnalysisError(InputError):
    """Raised when the analyzer failed on one article, ran out of time, or died."""

    code = "analysis"


class OutputError(YoyakError):
    """Raised when a result cannot be written: full disk, existing file, folder that is not there."""

    code = "output"


class OptionError(YoyakError):
    """Raised when an option's value makes no sense, or two options contradict each other."""

    code = "option"


class MissingExtraError(YoyakError):
    """Raised when a feature needs an optional dependency that is not installed."""

    code = "missing-extra"

"""All errors that yoyak raises, in one tree.

    YoyakError
    ├── InputError(source)         one input cannot be summarized; the run goes on
    │   ├── UnreadableError        it cannot be opened, read or unpacked
    │   ├── DecodeError            its bytes are not text in a known encoding
    │   ├── RowError               a JSONL row is not an article
    │   ├── EmptyArticleError      it was read but contains no article
    │   ├── TooLargeError          it exceeds a size limit
    │   └── AnalysisError          the analyzer failed, timed out or crashed
    ├── OutputError                a result cannot be written
    ├── OptionError                the value of an option is not valid
    └── MissingExtraError          an optional dependency is not installed

`str(error)` is a complete message: what happened, where, and what to try.
"""

from __future__ import annotations

from typing import ClassVar


class YoyakError(Exception):
    """Base class of all errors that yoyak raises."""

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
    """Rebuild an error that was sent from another process."""
    return kind(message, source=source)


class UnreadableError(InputError):
    """Raised when an input cannot be opened, read or unpacked."""

    code = "unreadable"


class DecodeError(InputError):
    """Raised when the bytes of an input are not text in any encoding that was tried."""

    code = "decode"


class RowError(InputError):
    """Raised when a JSONL row is not JSON, or has neither text nor sentences."""

    code = "row"


class EmptyArticleError(InputError):
    """Raised when a page was read but contains no article."""

    code = "empty"


class TooLargeError(InputError):
    """Raised when an input exceeds its size limit, compressed or uncompressed."""

    code = "too-large"


class AnalysisError(InputError):
    """Raised when the analyzer fails, times out or crashes on one article."""

    code = "analysis"


class OutputError(YoyakError):
    """Raised when a result cannot be written: full disk, existing file, missing folder."""

    code = "output"


class OptionError(YoyakError):
    """Raised when the value of an option is not valid, or two options contradict each other."""

    code = "option"


class MissingExtraError(YoyakError):
    """Raised when a feature needs an optional dependency that is not installed."""

    code = "missing-extra"

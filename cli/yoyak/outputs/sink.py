"""What every sink can do, and how a resumed run finds its place."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from yoyak.core.errors import OutputError
from yoyak.core.messages import text

T_co = TypeVar("T_co", covariant=True)
V_contra = TypeVar("V_contra", contravariant=True)


class Sourced(Protocol):
    """Anything that knows where it is from."""

    @property
    def source(self) -> str:
        """Name of the input."""
        ...

    @property
    def stamp(self) -> int:
        """32 bits that an edit of the input changes; 0: nobody knows."""
        ...


class Written(Sourced, Protocol[T_co]):
    """What a sink reads of a result."""

    @property
    def place(self) -> str:
        """Where the input stands below the path that was given."""
        ...

    @property
    def id(self) -> str | None:
        """The article's own id."""
        ...

    @property
    def failed(self) -> object | None:
        """Why there is no article; None: there is."""
        ...

    @property
    def value(self) -> T_co:
        """What is to be written; None: nothing."""
        ...


class Sink(Protocol[V_contra]):
    """A place for results."""

    @property
    def keys(self) -> Sequence[int]:
        """Keys of the results that an earlier run wrote, in order."""
        ...

    @property
    def failed(self) -> int:
        """How many of those say that an article failed."""
        ...

    def write(self, result: Written[V_contra]) -> None:
        """Write one result. Raises OutputError."""
        ...

    def commit(self) -> None:
        """Finish: what was written takes its final name. Raises OutputError."""
        ...

    def suspend(self) -> None:
        """Stop early and keep what is done; never raises."""
        ...

    def resume_hint(self) -> str:
        """Say where what is done is, and how to go on; "" if there is nothing to say."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around texts: before the first, and between two."""

    header: str = ""
    separator: str = ""


S = TypeVar("S", bound=Sourced)


def key_of(source: str, stamp: int) -> int:
    """Return the 64 bits by which a finished input is known again: of its name above, its stamp below."""
    return _checksum(source) << 32 | stamp


def _checksum(source: str) -> int:
    return zlib.crc32(source.encode("utf-8", "surrogatepass"))


def resumed(
    items: Iterator[S], sink: Sink[Any], *, force: bool = False, on_skip: Callable[[S], None] | None = None
) -> Iterator[S]:
    """Items that the sink does not have yet; `on_skip` hears of the others.

    Raises OutputError where those it has are of other names, or were edited since and `force` does not say to go on.
    """
    for number, key in enumerate(sink.keys, 1):
        name, stamp = divmod(key, 1 << 32)
        item = next(items, None)
        if item is None:
            raise OutputError(
                text(
                    "cannot resume: the inputs changed; there are {count} now, fewer than the results; --force without --resume starts over",
                    count=number - 1,
                )
            )
        if _checksum(item.source) != name:
            raise OutputError(
                text(
                    "cannot resume: the inputs changed; result {number} is of another input than {name}, which is now in its place; --force without --resume starts over",
                    number=number,
                    name=item.source,
                )
            )
        if stamp and item.stamp not in (0, stamp) and not force:
            raise OutputError(
                text(
                    "cannot resume: {name} changed since its result was written; --force keeps that result and goes on, --force without --resume starts over",
                    name=item.source,
                )
            )
        if on_skip is not None:
            on_skip(item)
    yield from items


def new_keys() -> array[int]:
    """Return an empty list of keys: eight bytes each, for a million articles."""
    return array("Q")

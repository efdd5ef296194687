"""What every sink can do, and how a resumed run skips the inputs it has finished."""

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
    """Anything with the name of its input."""

    @property
    def source(self) -> str:
        """Name of the input."""
        ...

    @property
    def stamp(self) -> int:
        """32 bits that change when the input is edited; 0 if unknown."""
        ...


class Written(Sourced, Protocol[T_co]):
    """The parts of a result that a sink reads."""

    @property
    def place(self) -> str:
        """Path of the input relative to the path that was given."""
        ...

    @property
    def id(self) -> str | None:
        """The article's own id."""
        ...

    @property
    def failed(self) -> object | None:
        """Why there is no article; None if there is one."""
        ...

    @property
    def value(self) -> T_co:
        """What to write; None for nothing."""
        ...


class Sink(Protocol[V_contra]):
    """A destination for results, which arrive one by one in input order."""

    @property
    def keys(self) -> Sequence[int]:
        """Keys of the results that an earlier run wrote, in order."""
        ...

    @property
    def failed(self) -> int:
        """How many of those results are failures."""
        ...

    def write(self, result: Written[V_contra]) -> None:
        """Write one result. Raises OutputError."""
        ...

    def commit(self) -> None:
        """Finish: give the output its final name. Raises OutputError."""
        ...

    def suspend(self) -> None:
        """Stop early and keep what is written. Never raises."""
        ...

    def resume_hint(self) -> str:
        """Message that says where unfinished results are and how to continue; "" if there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Text before the first result and between two results."""

    header: str = ""
    separator: str = ""


S = TypeVar("S", bound=Sourced)


def key_of(source: str, stamp: int) -> int:
    """64 bits that identify a finished input: checksum of its name, then its stamp."""
    return _checksum(source) << 32 | stamp


def new_keys() -> array[int]:
    """Empty list of keys. It takes eight bytes per key, so a million of them fit in memory."""
    return array("Q")


def _checksum(source: str) -> int:
    return zlib.crc32(source.encode("utf-8", "surrogatepass"))


def resumed(
    items: Iterator[S], sink: Sink[Any], *, force: bool = False, on_skip: Callable[[S], None] | None = None
) -> Iterator[S]:
    """Items that the sink does not have yet; `on_skip` is called with each of the others.

    Raises OutputError if the finished results belong to other inputs, or if an input was edited after its result
    was written and `force` is not set.
    """
    for number, key in enumerate(sink.keys, 1):
        name, stamp = divmod(key, 1 << 32)
        item = next(items, None)
        if item is None:
            raise OutputError(
                text(
                    "cannot resume: the inputs changed; there are only {count}, fewer than the results; use --force without --resume to start over",
                    count=number - 1,
                )
            )
        if _checksum(item.source) != name:
            raise OutputError(
                text(
                    "cannot resume: the inputs changed; result {number} belongs to another input than {name}; use --force without --resume to start over",
                    number=number,
                    name=item.source,
                )
            )
        if stamp and item.stamp not in (0, stamp) and not force:
            raise OutputError(
                text(
                    "cannot resume: {name} changed after its result was written; add --force to keep that result, or use --force without --resume to start over",
                    name=item.source,
                )
            )
        if on_skip is not None:
            on_skip(item)
    yield from items

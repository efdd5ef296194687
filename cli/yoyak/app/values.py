"""Parsers of option values: from a string or a TOML value to a checked value, or a usage error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from difflib import get_close_matches

from typer import BadParameter

from yoyak.core.errors import OptionError
from yoyak.core.messages import text


class NoInputError(OptionError):
    """Raised if no path is given and standard input is a terminal; the help page is printed instead of an error."""


def whole(least: int) -> Callable[[object], int]:
    """Parser of a whole number of at least `least`."""

    def read(value: object) -> int:
        try:
            number = int(str(value))
        except ValueError:
            raise BadParameter(text("{value} is not a whole number", value=repr(value))) from None
        if number < least:
            raise BadParameter(
                text("{value} is too small; the minimum is {least}", value=number, least=least)
            )
        return number

    return read


def real(*, above: float, to: float, closed: bool = False) -> Callable[[object], float]:
    """Parser of a number in (above, to], or [above, to] if `closed`; a percentage such as `20%` is 0.2."""

    def read(value: object) -> float:
        written = str(value).strip()
        try:
            number = float(written[:-1]) / 100 if written.endswith("%") else float(written)
        except ValueError:
            raise BadParameter(text("{value} is not a number", value=repr(value))) from None
        if closed and not above <= number <= to:
            raise BadParameter(
                text(
                    "{value} is out of range; it must be at least {least} and at most {to}",
                    value=written,
                    least=above,
                    to=to,
                )
            )
        if not closed and not above < number <= to:
            raise BadParameter(
                text(
                    "{value} is out of range; it must be above {above} and at most {to}",
                    value=written,
                    above=above,
                    to=to,
                )
            )
        return number

    return read


def choice(names: Sequence[str]) -> Callable[[object], str]:
    """Parser of one of `names`."""

    def read(value: object) -> str:
        written = str(value).lower()
        if written in names:
            return written
        raise BadParameter(not_one_of(str(value), names))

    return read


def choices(names: Sequence[str]) -> Callable[[object], str]:
    """Parser of several of `names`, separated by commas; duplicates are dropped."""
    one = choice(names)

    def read(value: object) -> str:
        found = dict.fromkeys(one(name.strip()) for name in str(value).split(",") if name.strip())
        if not found:
            raise BadParameter(not_one_of(str(value), names))
        return ",".join(found)

    return read


def not_one_of(value: str, names: Sequence[str]) -> str:
    """Message that `value` is none of `names`, with the nearest one."""
    if near := nearest(value, names):
        return text("{value} is not valid; did you mean {near}?", value=repr(value), near=near)
    return text("{value} is not valid; choose one of: {names}", value=repr(value), names=", ".join(names))


def nearest(value: str, names: Sequence[str]) -> str | None:
    """Name most similar to `value`; None if none is similar."""
    return next(iter(get_close_matches(value.lower(), names, n=1)), None)


KOREA = timezone(timedelta(hours=9))
"""Korean news pages state Korean time."""


def moment(*, end_of_day: bool) -> Callable[[object], datetime]:
    """Parser of an ISO date or time, in Korean time unless it has a zone; a date is its first or its last second."""

    def read(value: object) -> datetime:
        if isinstance(value, datetime):
            return value
        written = str(value).strip()
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            raise BadParameter(
                text(
                    "{value} is not a date such as 2026-03-02 or a time such as 2026-03-02T09:00",
                    value=repr(written),
                )
            ) from None
        if end_of_day and len(written) <= len("2026-03-02"):
            found = found.replace(hour=23, minute=59, second=59)
        return found if found.tzinfo else found.replace(tzinfo=KOREA)

    return read


_UNITS = {"": 1, "b": 1, "k": 1_000, "kb": 1_000, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9}


def size(value: object) -> int:
    """Parse a number of bytes: 500000, 500k, 50MB."""
    written = str(value).strip().lower().replace("_", "")
    digits = written.rstrip("bgkm")
    unit = _UNITS.get(written[len(digits) :])
    if unit is None or not digits.isdecimal() or int(digits) == 0:
        raise BadParameter(text("{value} is not a size such as 500k or 50MB", value=repr(value)))
    return int(digits) * unit

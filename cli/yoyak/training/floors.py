"""The gate: floors that the scores of an evaluation may not fall under, and that are only ever raised."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.outputs.files import write_whole
from yoyak.training.evaluation import Report, Row

SLACK = 0.0005  # floors are kept to three digits


class Miss(NamedTuple):
    """A floor that does not hold."""

    name: str
    message: str


class Rise(NamedTuple):
    """A floor that was raised; `before` is None where there was none."""

    name: str
    before: float | None
    floor: float


def check(report: Report, path: Path) -> tuple[Miss, ...]:
    """Hold a report against a floors file; empty when every floor holds. Raises OptionError for a bad floors file."""
    return tuple(_misses(report, path, *_read_floors(path)))


def _misses(report: Report, path: Path, digest: str, floors: dict[str, float]) -> Iterator[Miss]:
    if digest != report.digest:
        message = text(
            "these are not the labels that {path} was made for (digest {digest}, expected {wanted})",
            path=path,
            digest=report.digest,
            wanted=digest,
        )
        yield Miss("labels", message)
    means = {_name(row): row.mean for row in report.rows}
    for name, floor in floors.items():
        mean, least = means.get(name), f"{floor:.3f}"
        if mean is None:
            yield Miss(name, text("{name}: not measured; its floor is {floor}", name=name, floor=least))
        elif mean < floor - SLACK:
            message = text(
                "{name}: {mean} is below its floor {floor}", name=name, mean=f"{mean:.4f}", floor=least
            )
            yield Miss(name, message)


def update(report: Report, path: Path) -> tuple[Rise, ...]:
    """Raise the floors of a file to what the report reached, and return those that rose.

    A file that is there says what is held: only the floors it has are raised. A new one holds everything measured.
    Raises OptionError, and writes nothing, where a floor would fall or the labels are others: floors are only raised.
    Raises OutputError where the file cannot be written.
    """
    reached = {_name(row): int(row.mean * 1000) / 1000 for row in report.rows}
    held: Mapping[str, float | None] = dict.fromkeys(reached)
    if path.exists():
        if misses := check(report, path):
            raise OptionError(text("floors cannot be lowered: {reason}", reason=misses[0].message))
        held = _read_floors(path)[1]
    floors = {name: max(before or 0.0, reached[name]) for name, before in held.items()}
    tree = {"schema": 1, "digest": report.digest, "floors": floors}
    write_whole(path, [(json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()], force=True)
    rises = (Rise(name, held[name], floor) for name, floor in floors.items())
    return tuple(rise for rise in rises if rise.before is None or rise.floor > rise.before)


def _name(row: Row) -> str:
    return f"{row.method}: {row.set}: {row.measure}"


def _read_floors(path: Path) -> tuple[str, dict[str, float]]:
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
        floors = {str(name): float(floor) for name, floor in tree["floors"].items()}
        return str(tree["digest"]), floors
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=describe_os_error(error))
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OptionError(text("{path}: not a floors file: {reason}", path=path, reason=error)) from error

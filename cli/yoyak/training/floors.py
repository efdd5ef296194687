"""The quality gate: lowest permitted scores of an evaluation (floors), which can be raised but not lowered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.outputs.files import write_whole
from yoyak.training.evaluation import Report, Row

ROUNDING = 0.0005  # floors have three digits
LOWER_IS_BETTER = frozenset(("misses", "repeats", "dangling"))  # a floor would bound the wrong side


class Miss(NamedTuple):
    """A score below its floor, a score that was not measured, or labels other than those of the floors."""

    name: str
    message: str


class Rise(NamedTuple):
    """A floor that was raised; `before` is None for a new one."""

    name: str
    before: float | None
    floor: float


def check(report: Report, path: Path) -> tuple[Miss, ...]:
    """Return the scores below their floors; empty if the gate is passed. Raises OptionError for a bad floors file."""
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
        elif mean < floor - ROUNDING:
            message = text(
                "{name}: {mean} is below its floor {floor}", name=name, mean=f"{mean:.4f}", floor=least
            )
            yield Miss(name, message)


def update(report: Report, path: Path) -> tuple[Rise, ...]:
    """Raise the floors of a file to the measured scores, and return those that rose.

    An existing file keeps its choice of measures; a new one gets every measure for which a higher score is better.
    Raises OptionError, and writes nothing, if a score is below its floor or the labels differ; OutputError if the file
    cannot be written.
    """
    reached = {
        _name(row): int(row.mean * 1000) / 1000 for row in report.rows if row.measure not in LOWER_IS_BETTER
    }
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

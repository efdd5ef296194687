"""Counts of a run, for the closing message and the run report, and the settings that identify a run."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yoyak.core.messages import language
from yoyak.nlp import kiwi as analyzer

if TYPE_CHECKING:
    from yoyak.batch.worker import Result, Task
    from yoyak.core.values import Failed

# The report lists this many failures and counts the rest, so that a million bad rows do not fill the memory.
MAX_NAMED_FAILURES = 1_000


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of a run in progress."""

    resumed: int = 0
    """Results that an earlier run wrote."""
    resumed_failed: int = 0
    """How many of those are failures."""
    skipped: int = 0
    """Files in folders that were not read."""
    excluded: int = 0
    """Articles that a filter excluded; they are not counted as results."""
    succeeded: int = 0
    failed: int = 0
    weight: int = 0
    """Input bytes of the results so far."""
    failures: list[Failed] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def done(self) -> int:
        """Number of results of this run."""
        return self.succeeded + self.failed

    @property
    def failed_in_all(self) -> int:
        """Failures of this run and of the earlier runs that it continues."""
        return self.failed + self.resumed_failed

    @property
    def seconds(self) -> float:
        """Duration of the run so far, or of the finished run."""
        return (time.monotonic() if self.ended is None else self.ended) - self.started

    @property
    def rate(self) -> float:
        """Articles per second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    def add(self, result: Result[Any]) -> None:
        """Count one result."""
        self.weight += result.weight
        if result.failed is None:
            self.succeeded += 1
            return
        self.failed += 1
        if len(self.failures) < MAX_NAMED_FAILURES:
            self.failures.append(result.failed)

    def add_many(self, weight: int, count: int, failures: list[Failed]) -> None:
        """Count the results of a part that another machine finished."""
        self.weight += weight
        self.failed += len(failures)
        self.succeeded += count - len(failures)
        self.failures.extend(failures[: MAX_NAMED_FAILURES - len(self.failures)])

    def stop(self) -> None:
        """Stop the clock."""
        self.ended = time.monotonic()

    def record(
        self, settings: Mapping[str, str], *, interrupted: bool = False, error: BaseException | None = None
    ) -> dict[str, Any]:
        """Return the run report as JSON values. `error` is the error that ended the run."""
        return {
            "schema": 1,
            "interrupted": interrupted,
            "error": None
            if error is None
            else {"code": getattr(error, "code", "error"), "message": str(error)},
            "articles": self.done + self.resumed,
            "summarized": self.done + self.resumed - self.failed_in_all,
            "failed": self.failed_in_all,
            "resumed": self.resumed,
            "skipped": self.skipped,
            "excluded": self.excluded,
            "bytes": self.weight,
            "seconds": round(self.seconds, 3),
            "articles_per_second": round(self.rate, 2),
            "failures": [
                {"source": f.source, "id": f.id, "code": f.code, "message": f.message} for f in self.failures
            ],
            "settings": dict(settings),
        }


def fingerprint(task: Task[Any], *, version: str, format: str) -> dict[str, str]:  # noqa: A002  what the option is called
    """Return all settings that results depend on; a run can only be resumed with the same settings.

    Files among the options (a dictionary, a model) are represented by a digest of their content. Raises OSError.
    """
    kiwi, model = analyzer.versions()
    settings = {"yoyak": version, "kiwipiepy": kiwi, "kiwipiepy_model": model}
    settings |= {"format": format, "stage": task.stage, "language": language()}
    settings |= _flat(task.options)
    return settings


def _flat(options: Any, prefix: str = "") -> dict[str, str]:
    pairs: dict[str, str] = {}
    for part in dataclasses.fields(options):
        value = getattr(options, part.name)
        name = prefix + part.name
        if dataclasses.is_dataclass(value):
            pairs |= _flat(value, name + ".")
        elif isinstance(value, Path):
            pairs[name] = f"{value.name} {hashlib.sha256(value.read_bytes()).hexdigest()[:16]}"
        elif isinstance(value, frozenset):
            pairs[name] = " ".join(sorted(value))
        else:
            pairs[name] = str(value)
    return pairs

"""What a run came to, for the closing line and the run report."""

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

# A report names so many failures and counts the rest: a million wrong rows must not fill the memory.
NAMED_FAILURES = 1_000


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of a run, as it goes."""

    resumed: int = 0
    """Results an earlier run had written."""
    resumed_failed: int = 0
    """How many of those were failures."""
    skipped: int = 0
    """Files of folders that were not read."""
    succeeded: int = 0
    failed: int = 0
    weight: int = 0
    """Bytes of input behind the results so far."""
    failures: list[Failed] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    ended: float | None = None

    @property
    def done(self) -> int:
        """Results of this run."""
        return self.succeeded + self.failed

    @property
    def failed_in_all(self) -> int:
        """Failures of this run and of those before it that it goes on with."""
        return self.failed + self.resumed_failed

    @property
    def seconds(self) -> float:
        """How long the run took, or has taken."""
        return (time.monotonic() if self.ended is None else self.ended) - self.started

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    def add(self, result: Result[Any]) -> None:
        """Count one result."""
        self.weight += result.weight
        if result.failed is None:
            self.succeeded += 1
            return
        self.failed += 1
        if len(self.failures) < NAMED_FAILURES:
            self.failures.append(result.failed)

    def add_many(self, weight: int, count: int, failures: list[Failed]) -> None:
        """Count the results of a part that was done elsewhere."""
        self.weight += weight
        self.failed += len(failures)
        self.succeeded += count - len(failures)
        self.failures.extend(failures[: NAMED_FAILURES - len(self.failures)])

    def stop(self) -> None:
        """Stop the clock."""
        self.ended = time.monotonic()

    def record(
        self, settings: Mapping[str, str], *, interrupted: bool = False, error: BaseException | None = None
    ) -> dict[str, Any]:
        """Return the run report: plain JSON values. `error` is what ended the run."""
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
            "bytes": self.weight,
            "seconds": round(self.seconds, 3),
            "articles_per_second": round(self.rate, 2),
            "failures": [
                {"source": f.source, "id": f.id, "code": f.code, "message": f.message} for f in self.failures
            ],
            "settings": dict(settings),
        }


def fingerprint(task: Task[Any], *, version: str, format: str) -> dict[str, str]:  # noqa: A002  what the option is called
    """Return everything results depend on, as readable pairs: a run may be resumed only with the same.

    Files among the options (a dictionary, a model) stand with a digest of their content. Raises OSError.
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

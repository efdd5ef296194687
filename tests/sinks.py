"""Results to write, and a sink to write them to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yoyak import outputs

SETTINGS = {"yoyak": "1", "format": "jsonl"}


@dataclass(frozen=True)
class Made:
    value: Any
    source: str = "a.txt"
    place: str = "a.txt"
    stamp: int = 0
    id: str | None = None
    failed: object | None = None


def made(*values: Any) -> list[Made]:
    return [
        Made(value, source=f"rows:{number}", place=f"rows/{number}") for number, value in enumerate(values, 1)
    ]


def file(path: Path, format: str = "jsonl", **options: Any) -> Any:  # noqa: A002
    return outputs.open_sink(path, format=format, fingerprint=SETTINGS, **options)  # type: ignore[arg-type]


def folder(path: Path, **options: Any) -> Any:
    return outputs.open_folder(path, ending=".json", fingerprint=SETTINGS, **options)


def fill(sink: Any, *values: Any) -> None:
    for result in made(*values):
        sink.write(result)


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))

"""The articles that are measured, as rows of one JSONL file."""

from __future__ import annotations

import json
from itertools import cycle, islice
from pathlib import Path
from typing import TypedDict

from yoyak import inputs, pipeline
from yoyak.core.errors import InputError
from yoyak.core.options import Options

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "pages"
OPTIONS = Options()


class Row(TypedDict):
    """An article, already extracted, so that yoyak and bare Kiwi read the same text."""

    id: str
    title: str
    text: str


def articles(source: Path | None) -> list[Row]:
    """Extract every article of a folder or row file (default: samples/pages) once."""
    rows: list[Row] = []
    for item in inputs.discover([source or SAMPLES], read=OPTIONS.read):
        try:
            payload = inputs.load(item, OPTIONS.read)
            if isinstance(payload, bytes):
                article = pipeline.read(payload, source=item.source, options=OPTIONS)
            else:
                article = pipeline.read_row(payload, source=item.source, options=OPTIONS)
        except InputError:
            continue
        rows.append({"id": str(len(rows)), "title": article.title or "", "text": article.text})
    return rows


def write(rows: list[Row], count: int, path: Path) -> Path:
    """Write `count` rows, repeating the articles."""
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(islice(cycle(rows), count)):
            file.write(json.dumps({**row, "id": str(number)}, ensure_ascii=False) + "\n")
    return path


def short(rows: list[Row]) -> list[Row]:
    """Keep the first two paragraphs of every article, for measurements of the number of articles."""
    return [{**row, "text": "\n\n".join(row["text"].split("\n\n")[:2])} for row in rows]

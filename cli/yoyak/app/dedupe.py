"""`--dedupe`: leave out the copies among the results of a run, or mark them with `copy_of`."""

from __future__ import annotations

import json
import pickle
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from yoyak.app.filters import MAX_MEMORY_BYTES
from yoyak.outputs import render
from yoyak.outputs.files import unwritable

if TYPE_CHECKING:
    from yoyak.app.results import Rendered
    from yoyak.batch import Result
    from yoyak.nlp.document_frequency import Background
    from yoyak.stories.record import ArticleRecord

MARK, DROP = "mark", "drop"


def deduped(
    results: Iterator[Result[Rendered]], mode: str, background: Background
) -> Iterator[Result[Rendered]]:
    """Yield results in their order, without copies (`drop`) or with `copy_of` in each JSON record (`mark`).

    All results wait in a temporary file until the last article is read. Raises OutputError if its disk is full.
    """
    with tempfile.SpooledTemporaryFile(MAX_MEMORY_BYTES) as waiting:
        places: list[int] = []
        records: dict[int, ArticleRecord] = {}
        for result in results:
            if result.value.record is not None:
                records[len(places)] = result.value.record
            places.append(waiting.tell())
            try:
                pickle.dump(_without_record(result), waiting, pickle.HIGHEST_PROTOCOL)
            except OSError as error:
                raise unwritable(Path(tempfile.gettempdir()), error) from error
        originals = find_copies(records, background)
        for number, place in enumerate(places):
            if mode == DROP and number in originals:
                continue
            waiting.seek(place)
            result = pickle.load(waiting)  # noqa: S301 - written above, by this process
            yield result if mode == DROP else _marked(result, originals.get(number))


def _without_record(result: Result[Rendered]) -> Result[Rendered]:
    return result._replace(value=result.value._replace(record=None))


def find_copies(records: Mapping[int, ArticleRecord], background: Background) -> dict[int, str]:
    """Return the number of each copy, and the id (or source) of the article that it repeats."""
    from yoyak.stories import grouping

    order = sorted(records, key=lambda number: records[number].key())
    ordered: Sequence[ArticleRecord] = [records[number] for number in order]
    return {
        order[copy]: ordered[original].id or ordered[original].source
        for group in grouping.group(ordered, background)
        for copy, original in group.copy_of.items()
    }


def _marked(result: Result[Rendered], copy_of: str | None) -> Result[Rendered]:
    """Put `copy_of` into the JSON record of a result; failures have none."""
    if result.failed is not None or result.value.value is None:
        return result
    written = str(result.value.value)
    row = {**json.loads(written), "copy_of": copy_of}
    is_indented = written.startswith("{\n")
    document = json.dumps(
        row,
        ensure_ascii=False,
        indent=2 if is_indented else None,
        separators=None if is_indented else (",", ":"),
    )
    return result._replace(value=result.value._replace(value=render.escaped(document)))

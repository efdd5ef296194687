"""A Parquet file of results, a row each."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

from yoyak.core.errors import MissingExtraError, YoyakError
from yoyak.core.messages import text
from yoyak.outputs.files import discard, unwritable
from yoyak.outputs.once import AllAtOnce
from yoyak.outputs.rows import Row
from yoyak.outputs.sink import Written

# A row group is what a reader loads at once and what this process holds back.
_GROUP = 1_000
_BUFFER = 1 << 16


def schema(stage: str) -> Any:
    """Return the columns of a stage's results: those of the JSON record. Raises MissingExtraError without pyarrow."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError(text("Parquet needs pyarrow: pip install 'yoyak[parquet]'")) from error
    words = pa.list_(pa.string())
    span = {
        "index": pa.int32(),
        "start": pa.int32(),
        "end": pa.int32(),
        "text": pa.string(),
        "score": pa.float64(),
    }
    notice = pa.struct({"code": pa.string(), "message": pa.string()})
    head = {
        "schema": pa.int8(), "source": pa.string(), "id": pa.string(), "title": pa.string(), "subtitles": words,
        "published": pa.string(), "modified": pa.string(), "reporters": words, "press": pa.string(),
    }  # fmt: skip
    summary = {
        "summary": pa.list_(pa.struct(span)),
        "keywords": pa.list_(pa.struct({"term": pa.string(), "score": pa.float64(), "count": pa.int32()})),
    }
    page = {
        "text": pa.string(),
        "paragraphs": words,
        "subheadings": pa.list_(pa.struct({"text": pa.string(), "paragraph": pa.int32()})),
        "removed": pa.list_(pa.struct({"rule": pa.string(), "text": pa.string()})),
    }
    own = page if stage == "extract" else summary
    return pa.schema({**head, **own, "warnings": pa.list_(notice), "error": notice})


class ParquetSink(AllAtOnce):
    """Results into row groups. It cannot be resumed: the index is written last."""

    def __init__(self, target: Path, *, stage: str, force: bool) -> None:
        self._schema = schema(stage)
        from pyarrow.parquet import ParquetWriter

        super().__init__(target, force=force)
        self._rows: list[Row] = []
        # A raw file may take less than it is given, and pyarrow does not ask.
        self._file = io.BufferedWriter(self._raw, _BUFFER)
        try:
            self._writer = ParquetWriter(self._file, self._schema, compression="zstd")
        except OSError as error:
            raise unwritable(self._path, error) from error

    def write(self, result: Written[Row]) -> None:
        """Take one row; a thousand are written together."""
        self._rows.append(result.value)
        if len(self._rows) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        # What could not be written is not tried again: the writer has closed its file.
        rows, self._rows = self._rows, []
        try:
            if rows:
                self._writer.write_table(pa.Table.from_pylist(rows, schema=self._schema))
        except OSError as error:
            raise unwritable(self._path, error) from error
        self._count += len(rows)

    def _end(self) -> None:
        self._flush()
        try:
            self._writer.close()
            self._file.flush()
        except OSError as error:
            raise unwritable(self._path, error) from error

    def suspend(self) -> None:
        """Write the index under the unfinished name, so that what is there can be read."""
        # A writer that has failed raises what it likes when it is closed.
        with contextlib.suppress(YoyakError, OSError, ValueError):
            self._flush()
        with contextlib.suppress(OSError, ValueError):
            self._writer.close()
        with contextlib.suppress(OSError, ValueError):
            self._file.close()
        if not self._count:
            discard(self._path)

"""Parquet files, a batch of rows at a time; pyarrow is loaded only here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from yoyak.core.errors import InputError, UnreadableError
from yoyak.core.messages import text

ROWS_PER_BATCH = 64


def parquet_rows(file: BinaryIO, *, source: str) -> Iterator[tuple[str, Mapping[str, Any] | InputError]]:
    """Rows of a Parquet file, named `source:row`, counted from 1."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        reason = text("Parquet needs pyarrow: pip install 'yoyak[parquet]'")
        yield source, UnreadableError(text("{source}: {reason}", source=source, reason=reason), source=source)
        return
    number = 0
    try:
        with ParquetFile(file) as table:
            for batch in table.iter_batches(batch_size=ROWS_PER_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield f"{source}:{number}", {key: _plain(value) for key, value in row.items()}
    except (OSError, ArrowException) as error:
        yield (
            source,
            UnreadableError(
                text("{source}: cannot be read: {reason}", source=source, reason=str(error).split("\n")[0]),
                source=source,
            ),
        )


def _plain(value: object) -> object:
    """Return times as text, as JSON has them."""
    return value.isoformat() if isinstance(value, dt.date) else value

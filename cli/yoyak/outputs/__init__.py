"""Where results go: standard output, a file, a folder, a database. Nothing half written under a final name.

Every sink takes results one by one in input order and ends with `commit` or, when the run ends early,
`suspend`, which keeps what is done.

    sink                      unfinished                    --resume
    jsonl csv plain markdown  .part beside it + .journal    goes on, byte for byte as if never stopped
    output folder             whole files + .journal        goes on
    sqlite                    .part beside it               goes on, row for row
    json                      .part, a valid array          no: whether it is an array shows at the second article
    parquet                   .part, a valid file           no: its index is written last
    jsonl.gz, csv.xz, ...     .part, a valid archive        no: what the packer holds back dies with the run

What is left unfinished is never written over unasked: it is resumed, moved away, or given up with --force.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TextIO

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.outputs.arrays import JsonFile, JsonStream
from yoyak.outputs.folder import FolderSink, open_folder
from yoyak.outputs.packed import PACKERS, PackedFile
from yoyak.outputs.rows import parquet_row, sqlite_row
from yoyak.outputs.sink import Frame, Sink, Written, resumed
from yoyak.outputs.texts import StreamSink, open_text

__all__ = [
    "FORMAT_BY_ENDING",
    "FolderSink",
    "Format",
    "Frame",
    "Sink",
    "Written",
    "format_of",
    "open_folder",
    "open_sink",
    "parquet_row",
    "resumed",
    "sqlite_row",
]

Format = Literal["text", "plain", "markdown", "csv", "jsonl", "json", "sqlite", "parquet"]

FORMAT_BY_ENDING: Mapping[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".parquet": "parquet",
}


def format_of(target: Path) -> Format | None:
    """Return the format a file's ending names, under a packing too; None where it names none.

    >>> format_of(Path("news.CSV.gz"))
    'csv'
    """
    inner = target.with_suffix("") if target.suffix.lower() in PACKERS else target
    return FORMAT_BY_ENDING.get(inner.suffix.lower())


def open_sink(
    target: Path | None,
    *,
    format: Format,  # noqa: A002  what the option is called
    fingerprint: Mapping[str, str],
    force: bool = False,
    resume: bool = False,
    stream: TextIO | None = None,
    frame: Frame | None = None,
) -> Sink[Any]:
    """Open the sink for one file, or for `stream` (standard output) where `target` is None.

    `fingerprint` is what an unfinished file must have been begun with to be gone on with. Raises OutputError
    where the file is there already or cannot be made, OptionError for `resume` where there is no such thing,
    MissingExtraError for Parquet without pyarrow.
    """
    if target is None:
        if resume or format in ("sqlite", "parquet"):
            raise OptionError(text("this needs a file to write to: -o FILE"))
        return JsonStream(stream) if format == "json" else StreamSink(stream, frame or Frame())
    packed = target.suffix.lower() in PACKERS
    if problem := _impossible(target, format, packed=packed, resume=resume):
        raise OptionError(problem)
    frame = frame or Frame()
    if packed:
        return PackedFile(target, frame=frame, force=force)
    if format == "sqlite":
        from yoyak.outputs.database import open_database

        return open_database(target, fingerprint=fingerprint, force=force, resume=resume)
    if format == "parquet":
        from yoyak.outputs.parquet import ParquetSink

        return ParquetSink(target, stage=fingerprint.get("stage", "summarize"), force=force)
    if format == "json":
        return JsonFile(target, force=force)
    return open_text(target, frame=frame, fingerprint=fingerprint, force=force, resume=resume)


def _impossible(target: Path, format: Format, *, packed: bool, resume: bool) -> str | None:  # noqa: A002
    """Say why a file cannot be written or resumed so, and what can."""
    lines = target.with_suffix(".jsonl")
    if packed and (resume or format in ("json", "sqlite", "parquet")):
        return text(
            "a packed file holds JSONL or text and cannot be resumed; write {file} and pack it afterwards",
            file=target.with_suffix(""),
        )
    if resume and format == "json":
        return text("a JSON array cannot be resumed; write JSONL: -o {file}", file=lines)
    if resume and format == "parquet":
        return text(
            "a Parquet file cannot be resumed: its index is written last; write JSONL: -o {file}", file=lines
        )
    return None

"""Where results are written: standard output, a file, a folder, a database.

A final name always belongs to a complete output. Every sink takes results one by one in input order and ends with
`commit` or, when the run ends early, with `suspend`, which keeps the finished results.

    sink                      unfinished                        --resume
    jsonl csv plain markdown  .part and .journal beside it      continues; the bytes are those of an unbroken run
    output folder             complete files and a journal      continues
    sqlite                    .part beside it                   continues, row by row
    json                      .part, a valid document           no: only the second article shows that it is an array
    parquet                   .part, a valid file               no: its index is written last
    xlsx                      .part, a valid file               no: it is a zip archive, completed last
    jsonl.gz, csv.xz, ...     .part, a valid compressed file    no: data inside the compressor is lost

Unfinished outputs are never overwritten unless the user asks: resume them, move them, or delete them with --force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TextIO

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.outputs.files import is_special
from yoyak.outputs.resumable import FolderSink, open_folder, open_text
from yoyak.outputs.sinks import Frame, Sink, Written, resumed
from yoyak.outputs.streams import COMPRESSORS, CompressedFile, JsonFile, JsonStream, NullSink, StreamSink
from yoyak.outputs.tables import parquet_row, sqlite_row

__all__ = [
    "EXCEL_BOM",
    "FILE_FORMATS",
    "FORMAT_BY_ENDING",
    "FolderSink",
    "Format",
    "Frame",
    "NullSink",
    "Sink",
    "Written",
    "format_of",
    "open_folder",
    "open_sink",
    "parquet_row",
    "resumed",
    "sqlite_row",
]

Format = Literal["text", "plain", "markdown", "csv", "jsonl", "json", "sqlite", "parquet", "xlsx"]

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
    ".xlsx": "xlsx",
}

# Excel reads a CSV file as UTF-8 only if it starts with a byte order mark.
EXCEL_BOM = "\ufeff"
# Formats that need a file: they cannot be written to standard output.
FILE_FORMATS = ("sqlite", "parquet", "xlsx")


def format_of(target: Path) -> Format | None:
    """Format named by the ending of a file, also inside a compressed one; None if it names no format.

    >>> format_of(Path("news.CSV.gz"))
    'csv'
    """
    inner = target.with_suffix("") if target.suffix.lower() in COMPRESSORS else target
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
    """Open the sink for one file, or for `stream` (default: standard output) if `target` is None.

    An unfinished file can only be resumed with the same `fingerprint`. Raises OutputError if the file exists or
    cannot be created, OptionError for `resume` with a format that does not support it, MissingExtraError for
    Parquet without pyarrow or Excel without XlsxWriter.
    """
    if target is None:
        if resume or format in FILE_FORMATS:
            raise OptionError(text("this needs an output file: -o FILE"))
        return JsonStream(stream) if format == "json" else StreamSink(stream, frame or Frame())
    compressed = target.suffix.lower() in COMPRESSORS
    if problem := _impossible(target, format, compressed=compressed, resume=resume):
        raise OptionError(problem)
    frame = frame or Frame()
    if format == "csv" and not is_special(target):
        frame = replace(frame, header=EXCEL_BOM + frame.header)
    if compressed:
        return CompressedFile(target, frame=frame, force=force)
    if format == "sqlite":
        from yoyak.outputs.database import open_database

        return open_database(target, fingerprint=fingerprint, force=force, resume=resume)
    if format == "parquet":
        from yoyak.outputs.tables import ParquetSink

        return ParquetSink(target, stage=fingerprint.get("stage", "summarize"), force=force)
    if format == "xlsx":
        from yoyak.outputs.excel import ExcelSink

        return ExcelSink(target, force=force)
    if format == "json":
        return JsonFile(target, force=force)
    return open_text(target, frame=frame, fingerprint=fingerprint, force=force, resume=resume)


def _impossible(target: Path, format: Format, *, compressed: bool, resume: bool) -> str | None:  # noqa: A002
    """Why a file cannot be written or resumed in this format, and what to do instead; None if it can."""
    lines = target.with_suffix(".jsonl")
    if compressed and (resume or format in ("json", *FILE_FORMATS)):
        return text(
            "a compressed output must be JSONL, CSV or text and cannot be resumed; write {file} and compress it afterwards",
            file=target.with_suffix(""),
        )
    if resume and format == "json":
        return text("a JSON array cannot be resumed; write JSONL instead: -o {file}", file=lines)
    if resume and format == "xlsx":
        return text("an Excel file cannot be resumed; write JSONL instead: -o {file}", file=lines)
    if resume and format == "parquet":
        return text(
            "a Parquet file cannot be resumed, because its index is written last; write JSONL instead: -o {file}",
            file=lines,
        )
    return None

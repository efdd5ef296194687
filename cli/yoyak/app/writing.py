"""From the flags of a job to the shape of its results and the place they go."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from yoyak import outputs
from yoyak.app import console
from yoyak.app.finish import Shape
from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.outputs import render

if TYPE_CHECKING:
    from yoyak.app.job import Job


def _format(job: Job) -> str:
    """Format asked for, else the one the file's ending names, else what suits the reader."""
    flags = job.output
    if flags.format is not None:
        return "markdown" if flags.format == "md" else flags.format
    if flags.output is not None:
        found = outputs.format_of(flags.output)
        if found is None:
            raise OptionError(
                text(
                    "{path}: its ending names no format; give --format, or one of {endings}",
                    path=flags.output,
                    endings=" ".join(outputs.FORMAT_BY_ENDING),
                )
            )
        return found
    if job.view in ("explain", "highlight"):
        return "text"
    if flags.output_dir is not None:
        return "plain"
    return "text" if sys.stdout.isatty() else "plain"


_VIEWS: dict[console.View, tuple[str, ...]] = {
    "explain": ("text", "json", "jsonl"),
    "highlight": ("text", "markdown"),
    "removed": ("text", "plain", "json", "jsonl", "parquet"),
}


_DATA = ("json", "jsonl", "sqlite", "parquet", "xlsx")


def shape_of(job: Job, *, several: bool, page: bool) -> Shape:
    """Read how results are to look. Raises OptionError where view and format do not go together."""
    kind = _format(job)
    if kind not in _VIEWS.get(job.view, (kind,)):
        raise OptionError(
            text(
                "--{view} does not go with --format {format}; it goes with: {formats}",
                view=job.view,
                format=kind,
                formats=", ".join(_VIEWS[job.view]),
            )
        )
    screen = job.output.output is None and job.output.output_dir is None
    # In a folder every article has a file of its own.
    several = several and (job.output.output_dir is None or kind not in ("plain", "markdown"))
    colour = console.coloured(job.common.color, sys.stdout, os.environ) if screen else False
    width = console.width() if screen else 80
    return Shape(
        format=kind,
        view=job.view,
        several=several,
        colour=colour,
        width=width,
        page=page,
        linked=job.output.output_dir is not None,
        shown=(kind == "text" and screen and sys.stdout.isatty()) or (several and kind in _DATA),
    )


def signature(shape: Shape) -> str:
    """Format and view, for `--resume`: another of either is another output."""
    return shape.format if shape.view == "summary" else f"{shape.format} {shape.view}"


_SEPARATED = ("text", "plain", "markdown")


def open_sink(job: Job, shape: Shape, settings: Mapping[str, str]) -> outputs.Sink[Any]:
    """Open the place where results go. Raises OptionError and OutputError."""
    flags = job.output
    if flags.output is not None and flags.output_dir is not None:
        raise OptionError(text("--output and --output-dir exclude each other"))
    if flags.output_dir is not None:
        ending = _ENDINGS.get(shape.format)
        if ending is None:
            raise OptionError(text("--output-dir does not go with --format {format}", format=shape.format))
        return outputs.open_folder(
            Path(flags.output_dir),
            ending=ending,
            header=outputs.EXCEL_BOM + render.csv_header() + "\n" if shape.format == "csv" else "",
            fingerprint=settings,
            force=flags.force,
            resume=flags.resume,
        )
    frame = outputs.Frame(
        header=render.csv_header() + "\n" if shape.format == "csv" else "",
        separator="\n" if shape.format in _SEPARATED else "",
    )
    if flags.output is None and shape.format in ("json", "jsonl"):
        console.write_utf8()
    return outputs.open_sink(
        flags.output,
        format=cast("outputs.Format", shape.format),
        fingerprint=settings,
        force=flags.force,
        resume=flags.resume,
        frame=frame,
    )


_ENDINGS = {
    "text": ".txt",
    "plain": ".txt",
    "markdown": ".md",
    "csv": ".csv",
    "json": ".json",
    "jsonl": ".jsonl",
}

"""Options of what is read and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from yoyak.app import values
from yoyak.app.flags.declare import option
from yoyak.core.messages import text


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFlags:
    """What is read and how."""

    include: Annotated[
        list[str],
        option(
            text("Input"), "--include", metavar="GLOB", help=text("Of folders, read only files that match.")
        ),
    ] = ()  # type: ignore[assignment]
    exclude: Annotated[
        list[str],
        option(
            text("Input"), "--exclude", metavar="GLOB", help=text("Of folders, leave out files that match.")
        ),
    ] = ()  # type: ignore[assignment]
    hidden: Annotated[
        bool, option(text("Input"), "--hidden", help=text("Of folders, read hidden files too."))
    ] = False
    files_from: Annotated[
        str | None,
        option(
            text("Input"),
            "--files-from",
            metavar="FILE|-",
            help=text("Read more paths from a file, one a line or between NULs."),
        ),
    ] = None
    encoding: Annotated[
        str | None,
        option(
            text("Input"),
            "--encoding",
            metavar="NAME",
            help=text("Encoding of the files (utf-8, cp949, ...). Found out where it is not given."),
        ),
    ] = None
    max_bytes: Annotated[
        int | None,
        option(
            text("Input"),
            "--max-bytes",
            metavar="SIZE",
            parser=values.size,
            help=text("Refuse documents larger than this, unpacked (50MB)."),
        ),
    ] = None
    text_field: Annotated[
        str | None,
        option(text("Input"), "--text-field", metavar="KEY", help=text("JSONL key of the text (text).")),
    ] = None
    sentences_field: Annotated[
        str | None,
        option(
            text("Input"),
            "--sentences-field",
            metavar="KEY",
            help=text("JSONL key of a text that comes split into sentences (sentences)."),
        ),
    ] = None
    id_field: Annotated[
        str | None,
        option(text("Input"), "--id-field", metavar="KEY", help=text("JSONL key of the id (id).")),
    ] = None
    title_field: Annotated[
        str | None,
        option(text("Input"), "--title-field", metavar="KEY", help=text("JSONL key of the title (title).")),
    ] = None
    published_field: Annotated[
        str | None,
        option(
            text("Input"),
            "--published-field",
            metavar="KEY",
            help=text("JSONL key of the time of publication (published)."),
        ),
    ] = None

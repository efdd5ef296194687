"""A file of one article per line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from yoyak.core.errors import DecodeError, InputError
from yoyak.core.messages import text
from yoyak.core.values import Record
from yoyak.inputs.compression import BROKEN, bomb, too_large, unreadable
from yoyak.inputs.formats import SNIFF_BYTES, has_line, stream_encoding
from yoyak.inputs.inline_markup import plain_text, undo_escapes

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Stream

REST_CHARS = 1 << 16


def line_articles(
    stream: Stream, *, source: str, read: ReadOptions
) -> Iterator[tuple[str, Record | InputError]]:
    """Every line that is not blank as an article, named `source:line`."""
    encoding = stream_encoding(stream.head(SNIFF_BYTES, until=has_line), read)
    errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    number = blank = 0
    try:
        words = io.TextIOWrapper(stream, encoding, errors=errors, newline=None)
        while line := words.readline(read.max_bytes):
            number += 1
            name = f"{source}:{number}"
            if not line.endswith("\n") and len(line) == read.max_bytes:
                yield name, too_large(name, read.max_bytes)
                while line and not line.endswith("\n"):
                    line = words.readline(REST_CHARS)
            elif not line.strip():
                blank += len(line)
                if stream.packed and blank > read.max_bytes:
                    yield source, bomb(source)
                    return
            else:
                blank = 0
                yield name, _article(line.strip(), name, encoding)
    except (*BROKEN, LookupError) as error:
        yield f"{source}:{number + 1}", unreadable(source, error)


def _article(line: str, name: str, encoding: str) -> Record | InputError:
    try:
        line.encode()
    except UnicodeEncodeError:
        return DecodeError(
            text(
                "{source}: not valid {encoding}; set the encoding with --encoding",
                source=name,
                encoding=encoding.removesuffix("-sig"),
            ),
            source=name,
        )
    return Record(text=plain_text(undo_escapes(line)))

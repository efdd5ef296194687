"""Web archives (.warc, .warc.gz): one page a response; warcio is loaded only here."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from yoyak.core.errors import InputError, RowError, UnreadableError
from yoyak.core.messages import text
from yoyak.inputs.compression import BROKEN, Checked, too_large, unreadable
from yoyak.inputs.items import Page, Skip

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Stream

MAX_LINE_BYTES = 10_000_000
"""Bytes without a line end: warcio takes time quadratic in the length of a header."""
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def warc_pages(
    stream: Stream, *, source: str, read: ReadOptions, on_skip: Callable[[Skip], None]
) -> Iterator[tuple[str, Page | InputError]]:
    """Pages of a web archive, named `source:record`, counted from 1. Pictures and errors of servers are skipped."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        missing = text("Web archives need warcio: pip install 'yoyak[warc]'")
        yield (
            source,
            UnreadableError(text("{source}: {reason}", source=source, reason=missing), source=source),
        )
        return
    number = pages = 0
    checked = io.BufferedReader(Checked(stream, source, max_line=MAX_LINE_BYTES))
    try:
        for number, record in enumerate(ArchiveIterator(checked), 1):
            if record.rec_type not in ("response", "resource"):
                continue
            pages += 1
            name = f"{source}:{number}"
            if (reason := _unwanted(record)) is not None:
                on_skip(Skip(name, reason))
                continue
            body = record.content_stream().read(read.max_bytes + 1)
            if len(body) > read.max_bytes:
                yield name, too_large(name, read.max_bytes)
            else:
                yield name, Page(body, record.rec_headers.get_header("WARC-Target-URI"))
        if pages == 0:
            yield (
                source,
                RowError(text("{source}: the web archive holds no page", source=source), source=source),
            )
    except InputError as error:
        yield source, error
    except (*BROKEN, ArchiveLoadFailed) as error:
        yield f"{source}:{number + 1}", unreadable(source, error)


def _unwanted(record: object) -> str | None:
    """Why a record is no page; None: it is one."""
    http = getattr(record, "http_headers", None)
    headers = http or getattr(record, "rec_headers", None)
    if headers is None:
        return text("a record without headers")
    status = http.get_statuscode() if http else "200"
    if status != "200":
        return text("the server answered {status}", status=status)
    kind = (headers.get_header("Content-Type") or "text/html").partition(";")[0].strip().lower()
    return None if kind in _PAGES else text("not a page: {kind}", kind=kind)

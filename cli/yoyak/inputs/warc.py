"""Web archives (.warc, .warc.gz): one page a response; warcio is loaded only here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from yoyak.core.errors import InputError, UnreadableError
from yoyak.core.messages import text
from yoyak.inputs.compression import BROKEN, too_large, unreadable
from yoyak.inputs.items import Page, Skip

if TYPE_CHECKING:
    from typing import BinaryIO

    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Stream

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
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(cast("BinaryIO", stream)), 1):
            if record.rec_type not in ("response", "resource"):
                continue
            name = f"{source}:{number}"
            if (reason := _unwanted(record)) is not None:
                on_skip(Skip(name, reason))
                continue
            body = record.content_stream().read(read.max_bytes + 1)
            if len(body) > read.max_bytes:
                yield name, too_large(name, read.max_bytes)
            else:
                yield name, Page(body, record.rec_headers.get_header("WARC-Target-URI"))
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

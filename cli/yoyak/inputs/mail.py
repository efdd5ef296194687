"""Saved web pages (.mhtml, .mht) and mails (.eml, .mbox), decoded with the standard library's email package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import TYPE_CHECKING

from yoyak.core.errors import EmptyArticleError, InputError
from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Record
from yoyak.inputs.compression import read_all, unreadable
from yoyak.inputs.encoding import codec_of, decode
from yoyak.inputs.inline_markup import has_block_tags, plain_line
from yoyak.inputs.items import Page
from yoyak.inputs.records import time_of

if TYPE_CHECKING:
    from yoyak.core.options import ReadOptions
    from yoyak.inputs.compression import Stream

MAX_PARTS = 1_000
"""Parts of a mail that are looked at for its text."""
_FORWARDED = lazy_pattern(r"^(?:(?:re|fwd?|답장|회신|전달)\s*:\s*)+", re.IGNORECASE)
_NEXT_MAIL = re.compile(rb"(?:^|(?<=\n\n)|(?<=\r\n\r\n))From [^\n]{1,200}\d{4}\r?\n(?=[\w-]+:)")


def mail_articles(
    stream: Stream, *, source: str, read: ReadOptions
) -> Iterator[tuple[str, Page | Record | InputError]]:
    """Read the page of a saved page, the text of a mail with its subject and time, or each mail of a mailbox."""
    try:
        data = read_all(stream, source=source, limit=read.max_bytes)
    except InputError as error:
        yield source, error
        return
    starts = [found.end() for found in _NEXT_MAIL.finditer(data)] if data.startswith(b"From ") else []
    if len(starts) < 2:
        yield source, _read(data[starts[0] :] if starts else data, source, read)
        return
    ends = [*[found.start() for found in _NEXT_MAIL.finditer(data)][1:], len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        name = f"{source}:{number}"
        yield name, _read(data[start:end], name, read)


def _read(data: bytes, source: str, read: ReadOptions) -> Page | Record | InputError:
    try:
        message = BytesParser(policy=compat32).parsebytes(data.lstrip(b"\r\n"))
        part = _text_part(message)
        if part is None:
            return EmptyArticleError(text("{source}: the mail has no text", source=source), source=source)
        payload = part.get_payload(decode=True)
        body = payload if isinstance(payload, bytes) else b""
        if _is_saved_page(message):
            return Page(body, _address(message, part))
        return _letter(message, part, body, source, read)
    except InputError as error:
        return error
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        return unreadable(source, error)


def _is_saved_page(message: Message) -> bool:
    return (
        message.get_content_type() == "multipart/related"
        and (
            "Snapshot-Content-Location" in message
            or "Saved by" in str(message.get("From", ""))
            or "Received" not in message
        )
        and "To" not in message
    )


def _address(message: Message, part: Message) -> str | None:
    for value in (message.get("Snapshot-Content-Location"), part.get("Content-Location")):
        if value and "://" in str(value):
            return _header(value)
    return None


def _text_part(message: Message) -> Message | None:
    """Return the part to read: the first HTML, otherwise the first plain text, that is no attachment."""
    plain: Message | None = None
    for number, part in enumerate(message.walk()):
        if number == MAX_PARTS:
            break
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml"):
            return part
        if kind == "text/plain" and plain is None:
            plain = part
    return plain


def _letter(message: Message, part: Message, body: bytes, source: str, read: ReadOptions) -> Record:
    """Read a mail: the subject is the title. Raises DecodeError."""
    words = _decoded(body, part, source, read)
    if part.get_content_type() == "text/plain":
        words = _unflowed(words) if _is_flowed(part) else words
    elif not has_block_tags(words):
        words = f"<p>{words}</p>"
    subject = _FORWARDED.sub("", plain_line(_header(_raw_header(message, "subject"))))
    return Record(text=words, title=subject or None, published=time_of(_header(_raw_header(message, "date"))))


def _decoded(body: bytes, part: Message, source: str, read: ReadOptions) -> str:
    """Decode a part with the charset it names where that fits, otherwise as any page."""
    codec = codec_of(part.get_content_charset() or "")
    if codec and not read.encoding and codec not in ("utf-8", "ascii"):
        try:
            return body.decode(codec)
        except UnicodeError:
            pass
    return decode(body, source=source, encoding=read.encoding).text


def _header(value: object) -> str:
    """Decode a header: encoded words in any charset, or raw bytes in UTF-8 or CP949."""
    if value is None:
        return ""
    pieces: list[str] = []
    for chunk, charset in decode_header(str(value)):
        if isinstance(chunk, str):
            pieces.append(_raw(chunk))
            continue
        codec = codec_of(charset) if charset else None
        try:
            pieces.append(chunk.decode(codec or "utf-8"))
        except (UnicodeError, LookupError):
            pieces.append(chunk.decode("cp949", "replace"))
    return " ".join("".join(pieces).split())


def _raw_header(message: Message, name: str) -> str | None:
    """Return a header as it stands, its raw bytes as lone surrogates."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name), None)


def _raw(value: str) -> str:
    """Return a header of raw bytes, which the parser keeps as lone surrogates, as text."""
    data = value.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp949", "replace")


def _is_flowed(part: Message) -> bool:
    return str(part.get_param("format", "")).lower() == "flowed"


def _unflowed(words: str) -> str:
    """Join the soft line breaks of format=flowed (RFC 3676): lines that end in a space go on."""
    lines = words.replace("\r\n", "\n").split("\n")
    joined = ""
    for line in lines:
        own = line.removeprefix(" ") if line.startswith(" ") else line
        joined += own if own.endswith(" ") and own != "-- " else own + "\n"
    return joined

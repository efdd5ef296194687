"""Which format a file is in: by the ending of its name, or by its first bytes."""

from __future__ import annotations

import codecs
import json
import os
import re
from contextlib import suppress
from typing import Literal

from yoyak.core.options import ReadOptions
from yoyak.core.patterns import lazy_pattern
from yoyak.inputs.encoding import unmarked_utf16

Format = Literal[
    "page", "lines", "csv", "tsv", "xlsx", "json", "jsonl", "parquet", "feed", "mail", "warc", "zip", "tar"
]

COMPRESSED = (".gz", ".xz", ".bz2", ".zst")
SNIFF_BYTES = 32_768
"""Bytes from which the format of a file is recognized."""
MAX_HEADER_CHARS = 2_000
MAX_HEADER_NAME_CHARS = 40
MIN_HEADER_NAMES = 2
"""Known column names in the first line of a table: an article does not begin with `제목,본문`."""

_BY_ENDING: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".geojson": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".parquet": "parquet",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".eml": "mail",
    ".mbox": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".warc": "warc",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".txz": "tar",
    ".tbz2": "tar",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".md": "page",
}
DELIMITERS = ",;\t|"
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FEED = lazy_pattern(
    r"\s*(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->|<\?[^>]{0,500}>|<!DOCTYPE[^>\[]{0,300}(?:\[[^\]]{0,5000}\]\s*)?>|\s)*<(?:\w+:)?(rss|feed|RDF)\b",
    re.DOTALL,
)
_MAIL_HEADER = lazy_pattern(
    r"(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|Content-Type|Reply-To|Sender|"
    r"Snapshot-Content-Location|DKIM-Signature|ARC-[\w-]+|X-[\w-]+): ?",
    re.IGNORECASE,
)
_MAIL_SIGN = lazy_pattern(
    r"^(?:MIME-Version|Message-ID|Content-Transfer-Encoding|Received): ?", re.IGNORECASE | re.MULTILINE
)
_MBOX = lazy_pattern(r"From \S+ .{0,60}\d{4}\r?\n[\w-]+: ")
# Prose begins with brackets too: [앵커], {광고}, ["한겨레"].
_JSON = lazy_pattern(
    r"""\s*(?:\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\})|\[\s*(?:[\[{]|\]\s*$|"(?:[^"\\]|\\.)*(?:"\s*(?:,|\]\s*$)|$)))"""
)
_HANGUL = lazy_pattern("[가-힣]{2}")
_SEPARATOR_LINE = lazy_pattern(r"sep=(.)\r?\n", re.IGNORECASE)


def inner_ending(name: str) -> str:
    """Return the ending without the compression, in lower case: `.jsonl` of `rows.jsonl.gz`."""
    stem, ending = os.path.splitext(name)
    if ending.lower() in COMPRESSED:
        ending = os.path.splitext(stem)[1]
    return ending.lower()


def format_of_name(name: str) -> Format | None:
    """Return the format that a file's ending names; None for `.txt`, `.xml`, other endings and none."""
    return _BY_ENDING.get(inner_ending(name))


def recognize(head: bytes, read: ReadOptions) -> Format:
    """Return the format that the first bytes of a file show, uncompressed; a page if they show nothing else."""
    if head.startswith(b"PK\x03\x04"):
        return _zipped(head)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith(b"WARC/"):
        return "warc"
    words = head_text(head, read).lstrip("\ufeff \t\r\n")
    if _FEED.match(words):
        return "feed"
    if _is_mail(words):
        return "mail"
    if kind := recognize_json(words):
        return kind
    delimiter = table_delimiter(words, read)
    if delimiter is not None:
        return "tsv" if delimiter == "\t" else "csv"
    from yoyak.inputs.line_files import is_article_per_line

    whole = len(head) < SNIFF_BYTES
    return "lines" if is_article_per_line(words if whole else words[: words.rfind("\n")]) else "page"


def _zipped(head: bytes) -> Format:
    """Tell a workbook from an archive of pages; documents of office programs are left to the decoder to refuse."""
    if b"xl/" in head or (
        b"[Content_Types].xml" in head[:100] and b"word/" not in head and b"ppt/" not in head
    ):
        return "xlsx"
    # A member has a name: length at offset 26 of its header.
    named = any(head[26:28])
    office = not named or b"[Content_Types].xml" in head or head[30:38] == b"mimetype"
    return "page" if office else "zip"


def _is_mail(words: str) -> bool:
    if _MBOX.match(words):
        return True
    if not _MAIL_HEADER.match(words):
        return False
    headers = re.split(r"\r?\n\r?\n", words, maxsplit=1)[0]
    lines = headers.splitlines()
    return bool(_MAIL_SIGN.search(headers)) and all(
        re.match(r"[!-9;-~]+:|[ \t]", line) for line in (lines[:-1] or lines)
    )


def is_row_format(ahead: bytes, read: ReadOptions) -> bool:
    """Whether the first line of a pipe, which may be long in giving the next, shows that rows follow."""
    return has_line(ahead) and recognize(ahead, read) in ("jsonl", "csv", "tsv")


def has_line(ahead: bytes) -> bool:
    """Whether the first line that is not blank is complete."""
    return b"\n" in ahead.lstrip(b"\xef\xbb\xbf \t\r\n")


def recognize_json(words: str) -> Literal["json", "jsonl"] | None:
    """Return whether a text is one JSON document or a JSON object a line; None for any other text."""
    if not _JSON.match(words):
        return None
    line, newline, rest = words.partition("\n")
    if not newline or not line.startswith("{"):
        return "json" if newline or not line.startswith("{") or not _is_json(line) else "jsonl"
    return "jsonl" if _is_json(line) and (not rest.strip() or rest.lstrip()[0] == "{") else "json"


def is_json_document(words: str) -> bool:
    """Whether a file that is named like rows of JSON is one document: a list, or an object over several lines."""
    line = words.lstrip("\ufeff \t\r\n").partition("\n")[0].strip()
    return (line.startswith("[") and bool(_JSON.match(words))) or line == "{"


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def head_text(head: bytes, read: ReadOptions) -> str:
    """Decode the first bytes of a file, with a replacement for what does not fit."""
    return head.decode(stream_encoding(head, read), "replace")


def stream_encoding(head: bytes, read: ReadOptions) -> str:
    """Return the encoding of a stream of rows by its first bytes: UTF-16, UTF-8, otherwise CP949."""
    if read.encoding:
        return read.encoding
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith(UTF16_MARKS):
        return "utf-16"
    if wide := unmarked_utf16(head):
        return wide
    with suppress(UnicodeDecodeError):
        if _HANGUL.search(head.partition(b"\n")[0].decode("utf-8")):
            return "utf-8-sig"
    utf8 = codecs.getincrementaldecoder("utf-8")("replace").decode(head).count("\ufffd")
    if utf8:
        # One broken byte in a file of UTF-8 must not turn all of it into CP949.
        cp949 = codecs.getincrementaldecoder("cp949")("replace").decode(head).count("\ufffd")
        return "cp949" if cp949 < utf8 else "utf-8-sig"
    return "utf-8-sig"


def table_delimiter(words: str, read: ReadOptions) -> str | None:
    """Return what divides the columns of a table by its first line; None where that line is no header."""
    if marked := _SEPARATOR_LINE.match(words):
        return marked[1]
    line = words[:MAX_HEADER_CHARS].partition("\n")[0].rstrip("\r")
    if read.columns:
        return max(DELIMITERS, key=line.count) if any(mark in line for mark in DELIMITERS) else ","
    from yoyak.inputs.field_names import known_count, match

    best, most = None, MIN_HEADER_NAMES - 1
    for delimiter in DELIMITERS:
        names = [cell.strip().strip('"') for cell in line.split(delimiter)]
        if len(names) < 2 or any(len(name) > MAX_HEADER_NAME_CHARS for name in names):
            continue
        if read.fields.text is not None and match(read.fields.text, names) is not None:
            return delimiter
        count = known_count(names, read.fields)
        if count > most and 2 * count >= len(names) - 2:
            best, most = delimiter, count
    return best

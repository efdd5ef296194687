"""Decode bytes to text. An encoding that cannot be shown to be right is an error, never mojibake.

The order, and why:

1. `forced`: the encoding that the user chose.
2. `bom`: a byte order mark.
3. `utf-16`: Korean UTF-16 without a mark has NULs on one side of each pair. ISO-2022-KR, which
   is all ASCII, is recognized by its escape sequence.
4. `utf-8`: text in other encodings is practically never valid UTF-8, so validity overrules a wrong
   declaration; Korean servers still declare EUC-KR for UTF-8 files.
5. `declared`: `<meta charset>`, `http-equiv` or an XML declaration.
6. `cp949`: accepted only if the result is Korean, because most bytes are valid CP949.
7. UTF-8 or CP949 with a few broken bytes (at most `DAMAGE` of the characters), which become U+FFFD.

If the decoded text is Korean that was saved after a wrong decoding (`mojibake`), that is undone.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from yoyak.core import messages
from yoyak.core.errors import DecodeError
from yoyak.core.normalize import normalize
from yoyak.core.values import Decoded, Evidence
from yoyak.inputs import mojibake
from yoyak.inputs.mojibake import reads_as_korean

DAMAGE = 0.001
"""Share of broken characters a scraped page may have (a cut in the middle of a syllable, a foreign
advertisement) and still be read. A file in another encoding is over it a hundredfold."""

_BOMS = (  # UTF-32 first: its little-endian mark begins with the one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What begins like this is no text, whatever its name says. Marks that are plain letters count only
# together with NUL bytes.
_MAGIC = (
    (b"\x89PNG", "PNG"),
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP, DOCX, HWPX"),
    (b"\xd0\xcf\x11\xe0", "HWP, DOC, XLS"),
    (b"\x7fELF", "ELF"),
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!\x1a", "RAR"),
    (b"ALZ\x01", "ALZ"),
    (b"EGGA", "EGG"),
    (b"PAR1", "Parquet"),
)
_LETTER_MAGIC = (
    (b"HWP Document File", "HWP"),
    (b"MZ", "EXE"),
    (b"BZh", "bzip2"),
    (b"RIFF", "RIFF"),
    (b"OggS", "Ogg"),
    (b"ID3", "MP3"),
)

# EUC-KR and ks_c_5601-1987 are what pages say; CP949, which holds all 11,172 syllables, is what they mean.
_CP949_NAMES = frozenset(
    [
        "cp949",
        "euc_kr",
        "euckr",
        "euc_kr_2002",
        "ks_c_5601",
        "ks_c_5601_1987",
        "ksc5601",
        "ksc_5601",
        "ks_x_1001",
        "ks_x_1001_2002",
        "ms949",
        "uhc",
        "x_windows_949",
        "windows_949",
        "949",
        "korean",
        "iso_ir_149",
    ]
)
# Python's codecs that are transformations of text, or the platform's choice; no document is written in one.
_NO_CHARSETS = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem", "charmap")
)
_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,30})|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,30})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 16_384  # bytes; the standard says 1,024, old pages put scripts first
_ISO_2022_KR = b"\x1b$)C"

# Bytes that text does not have: C0 controls except backspace, tab, line ends and escape (terminal logs).
_CONTROL = bytes(b for b in range(32) if b not in b"\b\t\n\v\f\r\x1b")
_CONTROL_SHARE = 0.01
_SAMPLE = 200_000  # characters looked at to judge whether a decoding reads as Korean


class _Reading(NamedTuple):
    """One attempt to decode the bytes."""

    encoding: str
    text: str
    bad: int  # sequences that had to be replaced
    offset: int  # of the first of them, in bytes; -1 if none


def decode(data: bytes, *, source: str, encoding: str | None = None) -> Decoded:
    """Decode one document and normalize its text (NFC, newlines, nothing invisible).

    `encoding` forces one; otherwise the evidence in the bytes decides, in the module's order.
    Raises DecodeError: the bytes are no text, or text in no encoding that was tried.

    >>> decode("오늘".encode("cp949"), source="a.txt")
    Decoded(text='오늘', encoding='cp949', evidence='cp949', replaced=0)
    """
    if encoding is not None:
        return _as_text(_forced(data, encoding, source), "forced")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(_marked(data, mark, name, source), "bom", source)
    _refuse_magic(data, source)
    wide = _unmarked_utf16(data)
    if wide is not None:
        return _decoded(wide, "utf-16", source)
    if _ISO_2022_KR in data[:_DECLARED_WITHIN]:
        shifted = _read(data, "iso2022_kr")
        if not shifted.bad:
            return _as_text(shifted, "declared")
    _refuse_controls(data, source)
    return _narrow(data, source)


def declared_encoding(data: bytes) -> str | None:
    """Return Python's name of the codec that the head of a page declares; None if it declares none or an unknown one."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    if not found:
        return None
    return _codec((found[1] or found[2]).decode("ascii", "replace"))


def _narrow(data: bytes, source: str) -> Decoded:
    """Try steps 4 to 7 of the order above."""
    declared = declared_encoding(data)
    utf8 = _read(_without_cut_tail(data), "utf-8")
    if not utf8.bad and not _could_be_cp949(utf8.text):
        return _decoded(utf8, "declared" if declared == "utf-8" else "utf-8", source)
    if declared and declared not in ("utf-8", "cp949"):
        named = _read(data, declared)
        if not named.bad and _declared_is_plausible(data, declared, named.text):
            return _as_text(named, "declared")
    korean = _read(data, "cp949")
    if not korean.bad and reads_as_korean(korean.text):
        return _as_text(korean, "declared" if declared == "cp949" else "cp949")
    if not utf8.bad:
        return _decoded(utf8, "declared" if declared == "utf-8" else "utf-8", source)
    for reading in sorted((utf8, korean), key=lambda r: r.bad):
        if _slightly_damaged(reading):
            return _as_text(reading, "declared" if declared == reading.encoding else _evidence(reading))
    raise _undecodable(source, utf8, korean)


def _evidence(reading: _Reading) -> Evidence:
    return "utf-8" if reading.encoding == "utf-8" else "cp949"


def _codec(name: str) -> str | None:
    """Python's name of a text encoding; None if it has none of that name."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_").replace(":", "_")
    if plain in _CP949_NAMES:
        return "cp949"
    try:
        found = codecs.lookup(plain).name
        b"a".decode(found)  # refuses codecs that are not of text, such as hex
    except UnicodeError:
        pass
    except (LookupError, ValueError):
        return None
    return None if found in _NO_CHARSETS else {"utf-8-sig": "utf-8", "euc_kr": "cp949"}.get(found, found)


def _read(data: bytes, encoding: str) -> _Reading:
    """Decode, replacing what does not fit and counting it."""
    try:
        return _Reading(encoding, data.decode(encoding), 0, -1)
    except UnicodeDecodeError as error:
        offset = error.start
    except UnicodeError:  # a codec's own complaint, without a place
        offset = 0
    try:
        text = data.decode(encoding, "replace")
    except UnicodeError:
        return _Reading(encoding, "", len(data), offset)
    already = data.count("\ufffd".encode()) if encoding == "utf-8" else 0
    return _Reading(encoding, text, max(1, text.count("\ufffd") - already), offset)


def _decoded(reading: _Reading, evidence: Evidence, source: str) -> Decoded:
    """Return decoded text, with mojibake undone."""
    undone = mojibake.undo(reading.text)
    if undone is None:
        return _as_text(reading, evidence)
    if undone.lost > DAMAGE * len(undone.text):
        raise DecodeError(
            messages.text(
                "{source}: the Korean text was damaged by a wrong encoding before it was saved and cannot be restored; save the page again",
                source=source,
            ),
            source=source,
        )
    return _as_text(_Reading(undone.encoding, undone.text, undone.lost, -1), "mojibake")


def _as_text(reading: _Reading, evidence: Evidence) -> Decoded:
    return Decoded(
        text=normalize(reading.text), encoding=reading.encoding, evidence=evidence, replaced=reading.bad
    )


def _forced(data: bytes, name: str, source: str) -> _Reading:
    """Decode with the encoding that the user chose."""
    codec = _codec(name)
    if codec is None:
        raise DecodeError(
            messages.text(
                "{source}: unknown encoding {name}; try utf-8, cp949 or utf-16", source=source, name=name
            ),
            source=source,
        )
    for mark, marked in _BOMS:
        if data.startswith(mark) and codec in (marked, marked.rsplit("-", 1)[0]):
            data = data[len(mark) :]
            codec = marked
            break
    reading = _read(data, codec)
    if reading.bad and not _slightly_damaged(reading):
        raise DecodeError(
            messages.text(
                "{source}: not valid {encoding} (byte {offset}); remove --encoding to detect the encoding",
                source=source,
                encoding=codec,
                offset=reading.offset,
            ),
            source=source,
        )
    return reading


def _marked(data: bytes, mark: bytes, encoding: str, source: str) -> _Reading:
    """Decode as the byte order mark states."""
    body = data[len(mark) :]
    unit = {"utf-8": 1, "utf-16-le": 2, "utf-16-be": 2}.get(encoding, 4)
    body = _without_cut_tail(body) if unit == 1 else body[: len(body) - len(body) % unit]
    reading = _read(body, encoding)
    if reading.bad and not _slightly_damaged(reading):
        raise DecodeError(
            messages.text(
                "{source}: starts with a {encoding} byte order mark, but byte {offset} is not valid; set the encoding with --encoding",
                source=source,
                encoding=encoding,
                offset=reading.offset + len(mark),
            ),
            source=source,
        )
    return reading


def _refuse_magic(data: bytes, source: str) -> None:
    """Raise DecodeError for files that are not text."""
    marks = _MAGIC + (_LETTER_MAGIC if b"\0" in data[:4096] else ())
    for mark, kind in marks:
        if data.startswith(mark):
            if "HWP" in kind or kind == "PDF":
                said = messages.text(
                    "{source}: not text: it looks like a {kind} file; save it as text or HTML",
                    source=source,
                    kind=kind,
                )
            else:
                said = messages.text(
                    "{source}: not text: it looks like a {kind} file", source=source, kind=kind
                )
            raise DecodeError(said, source=source)


def _refuse_controls(data: bytes, source: str) -> None:
    """Raise DecodeError for bytes with more control characters than text has."""
    controls = len(data) - len(data.translate(None, _CONTROL))
    if controls > max(1, len(data) * _CONTROL_SHARE):
        raise DecodeError(
            messages.text(
                "{source}: not text: {share:.0%} of its bytes are control characters",
                source=source,
                share=controls / len(data),
            ),
            source=source,
        )


def unmarked_utf16(data: bytes) -> str | None:
    """Return the codec of UTF-16 without a byte order mark; None for any other bytes."""
    reading = _unmarked_utf16(data)
    return reading.encoding if reading else None


def codec_of(name: str) -> str | None:
    """Return Python's name for the encoding that a document names; None for an unknown one."""
    return _codec(name)


def _unmarked_utf16(data: bytes) -> _Reading | None:
    """Detect UTF-16 without a byte order mark: spaces and digits have a NUL on the same side of each pair."""
    if len(data) < 4 or b"\0" not in data:
        return None
    body = data[: len(data) - len(data) % 2]
    even, odd = body[::2].count(0), body[1::2].count(0)
    many, few, encoding = (odd, even, "utf-16-le") if odd > even else (even, odd, "utf-16-be")
    if many * 50 < len(body) // 2 or few * 3 > many:  # the other side has some too: 가 is U+AC00
        return None
    reading = _read(body, encoding)
    sample = reading.text[:_SAMPLE]
    known = sum(c < "\x7f" or "가" <= c <= "힣" for c in sample)
    if reading.bad or known < 0.6 * len(sample) or sample.count("\0") > 0.01 * len(sample):
        return None
    return reading


def _without_cut_tail(data: bytes) -> bytes:
    """Drop an incomplete UTF-8 character at the end of a truncated file."""
    for back in range(1, min(3, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:  # a first byte: it needs 2, 3 or 4 bytes in all
            need = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data[:-back] if need > back else data
        if byte < 0x80:
            break
    return data


def _could_be_cp949(text: str) -> bool:
    """Whether valid UTF-8 holds non-ASCII text but none of it East Asian.

    A few short CP949 words are valid UTF-8 by accident and read there as Latin, Greek or Arabic.
    """
    return not text.isascii() and len(text) < 200 and max(text) < "\u0800"


def _declared_is_plausible(data: bytes, encoding: str, text: str) -> bool:
    """Whether a declared encoding other than UTF-8 and CP949 is plausible.

    Encodings of one byte a character accept any bytes: a Korean page that still carries its
    template's iso-8859-1 is CP949.
    """
    if encoding.startswith("utf"):
        return False  # a declaration that can be read as bytes contradicts itself
    if len(text) < len(data):
        return "\0" not in text
    return text.isascii() or not reads_as_korean(data.decode("cp949", "replace"))


def _slightly_damaged(reading: _Reading) -> bool:
    """Whether so few characters are broken that the text can be used."""
    if reading.bad > DAMAGE * len(reading.text):
        return False
    wide = sum(c > "\x7f" for c in reading.text[:_SAMPLE])
    if reading.bad * 20 > wide and len(reading.text) <= _SAMPLE:
        return False  # markup is ASCII: what counts is the text that shows the encoding
    return reading.encoding != "cp949" or reads_as_korean(reading.text)


def _undecodable(source: str, utf8: _Reading, korean: _Reading) -> DecodeError:
    if korean.bad:
        message = messages.text(
            "{source}: neither UTF-8 (byte {utf8} is not valid) nor CP949 (byte {cp949} is not valid); "
            "set the encoding with --encoding",
            source=source,
            utf8=utf8.offset,
            cp949=korean.offset,
        )
    else:
        message = messages.text(
            "{source}: not UTF-8 (byte {utf8} is not valid), and no Korean when read as CP949; "
            "set the encoding with --encoding",
            source=source,
            utf8=utf8.offset,
        )
    return DecodeError(message, source=source)

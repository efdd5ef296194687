"""Bytes to text."""

from __future__ import annotations

from yoyak.clean import normalize
from yoyak.errors import DecodeError
from yoyak.model import Decoded


def decode(data: bytes, *, source: str, encoding: str | None = None) -> Decoded:
    """Decode one document."""
    for name in (encoding,) if encoding else ("utf-8-sig", "cp949"):
        try:
            return Decoded(text=normalize(data.decode(name)), encoding=name, evidence="utf-8")
        except UnicodeDecodeError:
            continue
    raise DecodeError(f"{source}: cannot decode", source=source)

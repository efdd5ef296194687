"""Bytes of a file or a pipe, decompressed as they are read, with limits on their size."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import select
import sys
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from yoyak.core.errors import InputError, TooLargeError, UnreadableError
from yoyak.core.messages import describe_os_error, text

if TYPE_CHECKING:
    from collections.abc import Callable

# News compresses 3 to 10 times, the same article repeated up to 150 times, a bomb 1,000 times (gzip) to 40,000 times
# (zstd). Small documents may have any ratio.
BOMB_RATIO = 200
BOMB_FLOOR = 1_000_000
CHUNK = 1 << 18
HEAD = 1 << 16

# gzip.BadGzipFile is an OSError; a file cut short is an EOFError.
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)


class Raw(Protocol):
    """A source of bytes: a file, a pipe, a buffer."""

    def read(self, size: int = -1, /) -> bytes | None:
        """Return at most `size` bytes."""
        ...


class Tap(io.RawIOBase):
    """A raw stream with lookahead, which counts the bytes that were read from it."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._read = cast("Callable[[int], bytes | None]", getattr(raw, "read1", raw.read))
        self._ahead = b""
        self.taken = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # any writable buffer will do
        """Fill `buffer` with the bytes that are ready; 0 means the end."""
        chunk = self._ahead[: len(buffer)] or self._more(len(buffer))
        self._ahead = self._ahead[len(chunk) :]
        buffer[: len(chunk)] = chunk
        self.taken += len(chunk)
        return len(chunk)

    def _more(self, size: int) -> bytes:
        """Return the bytes that are ready; wait if a non-blocking pipe has none yet."""
        while (chunk := self._read(size)) is None:
            select.select([cast("BinaryIO", self._raw)], [], [])
        return chunk

    def head(self, size: int, *, until: Callable[[bytes], bool] | None = None) -> bytes:
        """Look at the first `size` bytes, or fewer when `until` is true of them, without taking them.

        Where the source is broken, fewer are given, and the read that gets there raises what is wrong.
        """
        while len(self._ahead) < size and not (until and until(self._ahead)):
            try:
                chunk = self._more(size - len(self._ahead))
            except BROKEN:
                break
            if not chunk:
                break
            self._ahead += chunk
        return self._ahead


class Stream(io.BufferedReader):
    """Decompressed bytes. `packed` says whether the source is compressed, `taken` how many bytes of it were read."""

    def __init__(self, raw: Tap, counter: Tap, *, packed: bool) -> None:
        super().__init__(raw, HEAD)
        self._head = raw
        self._counter = counter
        self.packed = packed

    @property
    def taken(self) -> int:
        """Bytes read from the file or pipe."""
        return self._counter.taken

    def head(self, size: int = HEAD, *, until: Callable[[bytes], bool] | None = None) -> bytes:
        """Return the first bytes without reading them. Only valid before the first read."""
        return self._head.head(size, until=until)


class Checked(io.RawIOBase):
    """The bytes of a stream, for libraries that read it by themselves; a bomb ends in TooLargeError."""

    def __init__(self, stream: Stream, source: str, *, max_line: int | None = None) -> None:
        self._stream = stream
        self._source = source
        self._max_line = max_line
        self._size = 0
        self._line = 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # any writable buffer will do
        """Fill `buffer` with the bytes that are ready; 0 means the end."""
        chunk = self._stream.read1(len(buffer))
        buffer[: len(chunk)] = chunk
        self._size += len(chunk)
        self._line = len(chunk) - chunk.rindex(b"\n") if b"\n" in chunk else self._line + len(chunk)
        if self._stream.packed and self._size > max(BOMB_FLOOR, BOMB_RATIO * self._stream.taken):
            raise bomb(self._source)
        if self._max_line is not None and self._line > self._max_line:
            raise too_large(self._source, self._max_line)
        return len(chunk)


def open_stream(raw: Raw) -> Stream:
    """Decompress gzip, bzip2, xz and zstd, recognized by their first bytes; other bytes pass unchanged."""
    tap = Tap(raw)
    unpacked = _unpacker(tap)
    if unpacked is None:
        return Stream(tap, tap, packed=False)
    return Stream(Tap(unpacked), tap, packed=True)


def _unpacker(tap: Tap) -> Raw | None:
    head = tap.head(10)
    source = cast("BinaryIO", tap)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=source)
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return bz2.BZ2File(source)
    if head.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile(source)
    if head.startswith(b"\x28\xb5\x2f\xfd"):
        return _zstd(source)
    return None


def _zstd(source: BinaryIO) -> Raw:
    """Open zstd: in the standard library since Python 3.14, before that in a package with the same interface."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return cast("Raw", zstd.ZstdFile(source))


def read_all(stream: Stream, *, source: str, limit: int) -> bytes:
    """Read a whole document.

    Raises TooLargeError over `limit` unpacked bytes, UnreadableError for a broken archive or a bomb.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        while chunk := stream.read1(CHUNK):
            chunks.append(chunk)
            size += len(chunk)
            if stream.packed and size > max(BOMB_FLOOR, BOMB_RATIO * stream.taken):
                raise bomb(source)
            if size > limit:
                raise too_large(source, limit)
    except BROKEN as error:
        raise unreadable(source, error) from error
    return b"".join(chunks)


def bomb(source: str) -> InputError:
    """Error for a file that decompresses to far more than any article would."""
    return TooLargeError(
        text(
            "{source}: decompresses to more than {ratio} times its size; if you trust the file, decompress it first",
            source=source,
            ratio=BOMB_RATIO,
        ),
        source=source,
    )


def too_large(source: str, limit: int) -> InputError:
    """Error for a document over the size limit."""
    return TooLargeError(
        text(
            "{source}: larger than the limit of {limit} bytes; raise the limit with --max-bytes",
            source=source,
            limit=limit,
        ),
        source=source,
    )


def unreadable(source: str, error: BaseException) -> InputError:
    """Error for something that cannot be opened, read or decompressed, with the reason."""
    why = describe_os_error(error) if isinstance(error, OSError) else str(error)
    return UnreadableError(
        text("{source}: cannot be read: {reason}", source=source, reason=why or type(error).__name__),
        source=source,
    )

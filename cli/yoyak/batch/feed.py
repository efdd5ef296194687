"""Items from a pipe that is still being written: they come when they come, and results must not wait for them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from multiprocessing import Pipe
from queue import Empty, Queue
from typing import NamedTuple

from yoyak.inputs import Item

# Enough that workers do not wait for the reader, few enough that what is held is little.
_AHEAD = 16


class _End(NamedTuple):
    error: BaseException | None


class Feed:
    """Items read ahead by a thread; `bell` can be waited for together with the workers' pipes."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._queue: Queue[Item | _End] = Queue(_AHEAD)
        self.bell, self._ring = Pipe(duplex=False)
        self._closed = threading.Event()
        # A daemon: nothing ends a read from a pipe but its writer, and the run must not wait for that.
        threading.Thread(target=self._read, args=(items,), daemon=True).start()

    def _read(self, items: Iterator[Item]) -> None:
        end = _End(None)
        try:
            for item in items:
                if not self._put(item):
                    return
        except BaseException as error:  # noqa: BLE001  it is raised where the items are taken
            end = _End(error)
        self._put(end)

    def _put(self, item: Item | _End) -> bool:
        self._queue.put(item)
        if self._closed.is_set():
            return False
        with contextlib.suppress(OSError):
            self._ring.send_bytes(b".")
        return True

    def has_item(self) -> bool:
        """Whether the next item, or the end, is there already."""
        return self.bell.poll()

    def __iter__(self) -> Iterator[Item]:
        """Items as they come. Raises what reading raised."""
        while True:
            self.bell.recv_bytes()
            item = self._queue.get()
            if not isinstance(item, _End):
                yield item
            elif item.error is not None:
                raise item.error
            else:
                return

    def close(self) -> None:
        """Take no more: the thread ends as soon as its read does."""
        self._closed.set()
        with contextlib.suppress(Empty):
            while True:
                self._queue.get_nowait()

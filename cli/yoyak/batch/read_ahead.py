"""Items from a pipe that is still being written: a thread reads them, so that finished results need not wait."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from multiprocessing import Pipe
from queue import Empty, Queue
from typing import NamedTuple

from yoyak.inputs import Item

# Enough that the workers do not wait for the reader, few enough to need little memory.
MAX_ITEMS_AHEAD = 16


class _End(NamedTuple):
    error: BaseException | None


class ReadAhead:
    """Items read ahead by a thread.

    `ready_event` is a connection that is readable when an item is there. Unlike `threading.Event` it can be waited
    for together with the pipes of the workers.
    """

    def __init__(self, items: Iterator[Item]) -> None:
        self._queue: Queue[Item | _End] = Queue(MAX_ITEMS_AHEAD)
        self.ready_event, self._notify = Pipe(duplex=False)
        self._closed = threading.Event()
        # A daemon thread: only the writer of a pipe can end a read from it, and the run must not wait for that.
        threading.Thread(target=self._read, args=(items,), daemon=True).start()

    def _read(self, items: Iterator[Item]) -> None:
        end = _End(None)
        try:
            for item in items:
                if not self._put(item):
                    return
        except BaseException as error:  # noqa: BLE001  it is raised again where the items are used
            end = _End(error)
        self._put(end)

    def _put(self, item: Item | _End) -> bool:
        self._queue.put(item)
        if self._closed.is_set():
            return False
        with contextlib.suppress(OSError):
            self._notify.send_bytes(b".")
        return True

    def has_item(self) -> bool:
        """Whether the next item, or the end, has arrived."""
        return self.ready_event.poll()

    def __iter__(self) -> Iterator[Item]:
        """Items as they arrive. Raises the error of the reading thread."""
        while True:
            self.ready_event.recv_bytes()
            item = self._queue.get()
            if not isinstance(item, _End):
                yield item
            elif item.error is not None:
                raise item.error
            else:
                return

    def close(self) -> None:
        """Stop: the thread ends as soon as its current read returns."""
        self._closed.set()
        with contextlib.suppress(Empty):
            while True:
                self._queue.get_nowait()

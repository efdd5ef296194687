"""A pool of worker processes that survives the death of any of them.

Each worker has two pipes of its own and shares no lock, so a worker that is killed at any moment does not affect the
others. Where fork is safe (Linux), the model is built once, without threads, and the workers share its memory; on
other systems each worker builds its own.

The alternative, one process that feeds Kiwi's own threads, was measured too: 240 articles on two cores took 8.8 s
instead of 8.0 s (medians of four runs each, alternating). The work outside Kiwi, a fifth of the total, would use one
core only, and a crash in the analyzer would end the run.

A worker gets a bundle of items and works on them together (`worker.do_all`). If a bundle takes longer than one article
may, or its worker dies, the bundle is split: slow items are tried one by one, and the items of a dead worker are tried
one at a time while all other workers are idle.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import sys
import time
import warnings
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from yoyak.batch.process import blocked_signals, exit_cause, run_worker
from yoyak.batch.read_ahead import ReadAhead
from yoyak.batch.worker import Done, Result, Task, do, fail, prepare, result
from yoyak.core.errors import AnalysisError, InputError, YoyakError
from yoyak.core.messages import language, text
from yoyak.inputs import File, Item, Line, Page, load

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")

# A single item up to this size is done in this process, which is faster than starting a worker. Ctrl-C cannot
# interrupt the analyzer, so larger items need a worker.
MAX_LOCAL_BYTES = 200_000
# With 16 items per bundle, throughput is 2 % lower; with 64 it is the same, and more work is lost with a worker.
MAX_BUNDLE_ITEMS = 32
# Larger items take long enough that bundling them gains nothing.
MAX_BUNDLE_BYTES = 100_000
# Results that wait behind a slow article, per worker, and bytes of input read ahead.
MAX_WAITING_ITEMS = 4 * MAX_BUNDLE_ITEMS
MAX_WAITING_BYTES = 64_000_000
# The run ends after this many workers in a row died before they were ready.
MAX_FAILED_STARTS = 3


def run(
    items: Iterable[Item],
    task: Task[T],
    *,
    jobs: int | None = None,
    timeout: float | None = None,
    live: bool = False,
) -> Generator[Result[T]]:
    """Work on every item and yield exactly one result for each, in order.

    `jobs` is the number of worker processes (None: one per core), `timeout` the seconds an article may take. With
    `live`, the next item may arrive late, and no finished result waits for it. An article is recorded as failed if
    its worker dies on it twice, the second time alone. A single small article is done in this process.
    Raises OptionError for options that cannot be met, and any error of `items`.
    """
    source = iter(items)
    if not live:
        first = list(islice(source, 2))
        if not first:
            return
        if len(first) == 1 and timeout is None and (item := _small(first[0], task)):
            yield result(item, do(item, task))
            return
        source = chain(first, source)
    pool = Pool(task, jobs=jobs or available_cores(), timeout=timeout)
    ahead = ReadAhead(source) if live else None
    try:
        yield from pool.map(ahead or source)
    finally:
        pool.close()
        if ahead is not None:
            ahead.close()


def available_cores() -> int:
    """Cores that this process may use; a container may have fewer than the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _small(item: Item, task: Task[T]) -> Item | None:
    """Return the item if it can be done in this process, else None. A file is read first: it may be compressed."""
    if isinstance(item.content, File) and item.weight < MAX_LOCAL_BYTES:
        try:
            item = item._replace(content=Page(load(item, task.options.read)))  # type: ignore[arg-type]  # a file is bytes
        except InputError as error:
            item = item._replace(content=error)
    match item.content:
        case Page(data) | Line(data):
            return item if len(data) < MAX_LOCAL_BYTES else None
        case File():
            return None
        case _:
            return item


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    orders: Connection
    reports: Connection
    bundle: list[Item] = field(default_factory=list)
    """Items it is working on."""
    ready: bool = False
    since: float = 0.0
    """When it got the bundle."""


class Pool(Generic[T]):
    """The workers of one run, the items that wait, and the results that are not yet due."""

    def __init__(self, task: Task[T], *, jobs: int, timeout: float | None, start: str | None = None) -> None:
        self._task = task
        self._jobs = max(1, jobs)
        self._timeout = timeout
        self._context = multiprocessing.get_context(start or default_start())
        self._workers: list[_Worker] = []
        self._queue: deque[Item] = deque()
        self._slow: deque[Item] = deque()
        self._suspects: deque[Item] = deque()
        self._deaths: set[int] = set()
        self._results: dict[int, Result[T]] = {}
        self._waiting_bytes = 0
        self._failed_starts = 0
        if self._context.get_start_method() == "fork":
            prepare(task)

    def map(self, items: Iterable[Item]) -> Iterator[Result[T]]:
        """Yield the results of all items in order."""
        following = 0
        ended = False
        number = None
        ahead = items if isinstance(items, ReadAhead) else None
        source = iter(items)
        while True:
            while not ended and self._has_room(following, number) and (ahead is None or ahead.has_item()):
                item = next(source, None)
                if item is None:
                    ended = True
                    break
                if number is None:
                    following = item.number
                number = item.number
                self._take_in(item)
            self._hand_out()
            while following in self._results:
                yield self._results.pop(following)
                following += 1
            wants_item = ahead and not ended and self._has_room(following, number)
            ready_event = ahead.ready_event if ahead and wants_item else None
            if ready_event is not None or any(worker.bundle for worker in self._workers):
                self._collect(ready_event)
                # Before the next read and write, so that no worker is idle meanwhile.
                self._hand_out()
            elif ended and not (self._results or self._queue or self._slow or self._suspects):
                return

    def _take_in(self, item: Item) -> None:
        if isinstance(item.content, InputError):
            self._results[item.number] = result(item, fail(item.content, self._task))
        else:
            self._queue.append(item)
            self._waiting_bytes += _size(item)

    def _has_room(self, following: int, number: int | None) -> bool:
        if len(self._queue) >= 2 * MAX_BUNDLE_ITEMS * self._jobs:
            return False
        if number is not None and number - following >= MAX_WAITING_ITEMS * self._jobs:
            return False
        return self._waiting_bytes < MAX_WAITING_BYTES

    def _hand_out(self) -> None:
        """Send waiting items to idle workers."""
        if self._suspects:
            # One item alone: if memory ran out before, it now has all of it.
            if not any(worker.bundle for worker in self._workers):
                self._send(next(iter(self._workers), None) or self._start(), [self._suspects.popleft()])
            return
        while self._slow or self._queue:
            worker = next((worker for worker in self._workers if not worker.bundle), None)
            if worker is None and len(self._workers) < self._jobs:
                worker = self._start()
            if worker is None:
                return
            self._send(worker, [self._slow.popleft()] if self._slow else self._next_bundle())

    def _next_bundle(self) -> list[Item]:
        """Take half of a worker's share of the waiting items, at most a full bundle.

        Bundles get smaller towards the end, so that all workers finish at about the same time (guided
        self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987).
        """
        count = min(MAX_BUNDLE_ITEMS, max(1, len(self._queue) // (2 * self._jobs)))
        bundle: list[Item] = []
        size = 0
        while self._queue and len(bundle) < count:
            size += max(_size(self._queue[0]), self._queue[0].weight)
            if bundle and size > MAX_BUNDLE_BYTES:
                break
            bundle.append(self._queue.popleft())
        return bundle

    def _send(self, worker: _Worker, bundle: list[Item]) -> None:
        worker.bundle = bundle
        worker.since = time.monotonic()
        # If the worker has died, its last reports are still in the other pipe; `_receive` reads them and then notices.
        with contextlib.suppress(OSError):
            worker.orders.send_bytes(pickle.dumps(bundle, pickle.HIGHEST_PROTOCOL))

    def _collect(self, ready_event: Connection | None) -> None:
        """Wait until a worker reports or runs out of time, or an item arrives."""
        remaining = None
        if self._timeout is not None:
            started = [worker.since for worker in self._workers if worker.bundle and worker.ready]
            remaining = max(0.0, min(started) + self._timeout - time.monotonic()) if started else None
        by_pipe = {worker.reports: worker for worker in self._workers}
        pipes = [*by_pipe] if ready_event is None else [*by_pipe, ready_event]
        for pipe in wait(pipes, remaining):
            if pipe is not ready_event:
                self._receive(by_pipe[pipe])  # type: ignore[index]  # only our pipes were waited for
        if self._timeout is not None:
            now = time.monotonic()
            for worker in [
                w for w in self._workers if w.bundle and w.ready and now - w.since >= self._timeout
            ]:
                self._expire(worker)

    def _receive(self, worker: _Worker) -> None:
        try:
            report = pickle.loads(worker.reports.recv_bytes())  # noqa: S301  our own worker wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            self._handle_worker_exit(worker)
            return
        if not worker.ready:
            if isinstance(report, YoyakError):
                raise report
            worker.ready = True
            worker.since = time.monotonic()
            self._failed_starts = 0
            return
        bundle, worker.bundle = worker.bundle, []
        for item, done in zip(bundle, report, strict=True):
            self._settle(item, done)

    def _settle(self, item: Item, done: Done[T]) -> None:
        self._waiting_bytes -= _size(item)
        self._deaths.discard(item.number)
        self._results[item.number] = result(item, done)

    def _give_up(self, item: Item, problem: str) -> None:
        self._settle(item, fail(AnalysisError(problem, source=item.source), self._task))

    def _expire(self, worker: _Worker) -> None:
        """End a worker whose time is up. A single article fails; the items of a bundle are tried one by one."""
        self._dismiss(worker)
        if len(worker.bundle) > 1:
            self._slow.extend(worker.bundle)
            return
        (item,) = worker.bundle
        problem = text(
            "{source}: stopped after {seconds:g} seconds; allow more time with --timeout",
            source=item.source,
            seconds=self._timeout,
        )
        self._give_up(item, problem)

    def _handle_worker_exit(self, worker: _Worker) -> None:
        """Schedule the items of a dead worker again, each alone; an item on which two workers died fails."""
        cause = self._dismiss(worker, kill=False)
        if not worker.ready:
            self._failed_starts += 1
            self._queue.extendleft(reversed(worker.bundle))
            if self._failed_starts >= MAX_FAILED_STARTS:
                raise YoyakError(text("cannot start worker processes: {cause}", cause=cause))
            return
        item = worker.bundle[0] if len(worker.bundle) == 1 else None
        if item is None or item.number not in self._deaths:
            self._suspects.extend(worker.bundle)
            if item is not None:
                self._deaths.add(item.number)
            return
        problem = text(
            "{source}: the worker process crashed twice on this article: {cause}",
            source=item.source,
            cause=cause,
        )
        self._give_up(item, problem)

    def _dismiss(self, worker: _Worker, *, kill: bool = True) -> str:
        self._workers.remove(worker)
        worker.orders.close()
        worker.reports.close()
        if kill:
            worker.process.kill()
        worker.process.join(1)
        if worker.process.exitcode is None:
            worker.process.kill()
            worker.process.join()
        code = worker.process.exitcode or 0
        worker.process.close()
        return exit_cause(code)

    def _start(self) -> _Worker:
        order_in, order_out = self._context.Pipe(duplex=False)
        report_in, report_out = self._context.Pipe(duplex=False)
        # A forked worker inherits the pipe ends of the earlier workers. It must close them, or those workers would not
        # notice the end of this process.
        others = [end for w in self._workers for end in (w.orders, w.reports)] + [order_out, report_in]
        forked = self._context.get_start_method() == "fork"
        process = _process(
            self._context,
            run_worker,
            (order_in, report_out, self._task, language(), others if forked else None),
        )
        with blocked_signals(), warnings.catch_warnings():
            # Python 3.12 warns about a fork while a thread (the progress bar) runs. The child uses none of its locks.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        order_in.close()
        report_out.close()
        worker = _Worker(process, order_out, report_in)
        self._workers.append(worker)
        return worker

    def close(self) -> None:
        """End all workers at once."""
        for worker in list(self._workers):
            self._dismiss(worker)


def default_start() -> str:
    """Return how workers are started: by fork on Linux, by spawn on systems whose libraries do not support fork."""
    return "fork" if sys.platform == "linux" else "spawn"


def _process(context: BaseContext, target: Any, args: tuple[Any, ...]) -> BaseProcess:
    return context.Process(target=target, args=args, daemon=True)  # type: ignore[attr-defined,no-any-return]  # typeshed: contexts have it


def _size(item: Item) -> int:
    match item.content:
        case Page(data) | Line(data):
            return len(data)
        case File():
            return 100
        case _:
            # A row of a table: its texts are most of its size.
            return _row_size(item.content)


def _row_size(row: Any) -> int:
    values = row.values() if hasattr(row, "values") else ()
    return 200 + sum(3 * len(value) if isinstance(value, str) else 3 * len(str(value)) for value in values)

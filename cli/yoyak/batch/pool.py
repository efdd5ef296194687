"""Worker processes that may die, and a run that does not.

Each worker has two pipes of its own and no lock is shared, so killing one at any moment hurts nobody else.
Where fork is safe (Linux) the model is built once, without threads, and the workers share its memory;
elsewhere each worker builds its own.

The other design, Kiwi's own threads fed by one process, was measured beside this one: on two cores 240 articles
took 8.8 s against 8.0 s (medians of four runs each, in turn). What is not Kiwi, a fifth of the work, then stays
on one core however many there are, and an abort in the analyzer ends the run.

A worker is given a bundle of items and works on them side by side (`work.do_all`). A bundle is broken when it takes
longer than one article may: its items are then tried each by itself. It is broken, too, when its worker dies: they
are then tried one at a time, with nothing beside them on any worker.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import time
import warnings
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from yoyak.batch.feed import Feed
from yoyak.batch.worker import Done, Result, Task, do, do_all, fail, prepare, result
from yoyak.core.errors import AnalysisError, InputError, YoyakError
from yoyak.core.messages import language, text, use
from yoyak.inputs import File, Item, Line, Page, load

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")

# A lone item below this is done in this process: a second one would cost more than it protects. Above, Ctrl-C
# could not interrupt the analyzer.
_SMALL = 200_000
# Items in a bundle at most. Of 16, Kiwi reads 2 % fewer in its time; of 64, no more, and a death costs more to do again.
_BUNDLE = 32
# A bundle of more bytes is one item: what is large takes long, and is not slowed by what is done between.
_BUNDLE_BYTES = 100_000
# Results wait for their turn behind a slow article; this many per worker and this many bytes of pages at most.
_WINDOW = 4 * _BUNDLE
_WINDOW_BYTES = 64_000_000
_STARTS = 3


def run(
    items: Iterable[Item],
    task: Task[T],
    *,
    jobs: int | None = None,
    timeout: float | None = None,
    live: bool = False,
) -> Generator[Result[T]]:
    """Work on every item and give exactly one result for each, in order.

    `jobs` worker processes (None: one for each core), `timeout` seconds for an article. `live`: the next item may
    be long in coming, and no result waits for it. A worker that dies costs at most the article it was at, after a
    second try alone; a lone small article is done in this process, where there is nothing beside it to lose.
    Raises OptionError for options that cannot be met, and whatever `items` raises.
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
    feed = Feed(source) if live else None
    try:
        yield from pool.map(feed or source)
    finally:
        pool.close()
        if feed is not None:
            feed.close()


def available_cores() -> int:
    """Cores this process may use, which in a container are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _small(item: Item, task: Task[T]) -> Item | None:
    """Return the item as it can be done here, None where it is too large; a file is read, for it may be packed."""
    if isinstance(item.content, File) and item.weight < _SMALL:
        try:
            item = item._replace(content=Page(load(item, task.options.read)))  # type: ignore[arg-type]  # a file is bytes
        except InputError as error:
            item = item._replace(content=error)
    match item.content:
        case Page(data) | Line(data):
            return item if len(data) < _SMALL else None
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
    """What it is at."""
    ready: bool = False
    since: float = 0.0
    """When the bundle was begun."""


class Pool(Generic[T]):
    """The workers of one run and what they are at."""

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
        self._false_starts = 0
        if self._context.get_start_method() == "fork":
            prepare(task)

    def map(self, items: Iterable[Item]) -> Iterator[Result[T]]:
        """Give the results of all items in order."""
        following = 0
        ended = False
        number = None
        feed = items if isinstance(items, Feed) else None
        source = iter(items)
        while True:
            while not ended and self._has_room(following, number) and (feed is None or feed.has_item()):
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
            bell = feed.bell if feed and not ended and self._has_room(following, number) else None
            if bell is not None or any(worker.bundle for worker in self._workers):
                self._collect(bell)
                # Before more is read and written: no worker waits for that.
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
        if len(self._queue) >= 2 * _BUNDLE * self._jobs:
            return False
        if number is not None and number - following >= _WINDOW * self._jobs:
            return False
        return self._waiting_bytes < _WINDOW_BYTES

    def _hand_out(self) -> None:
        """Send what waits to the workers that are free."""
        if self._suspects:
            # Alone: if it died for want of memory, it gets all there is.
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
        """Take half of a worker's share of what waits, at most a bundle: few items go one by one, and the last of many.

        So nothing is kept back by what it is bundled with where there is little, and all workers end at the same time.
        Guided self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers C-36 (1987).
        """
        count = min(_BUNDLE, max(1, len(self._queue) // (2 * self._jobs)))
        bundle: list[Item] = []
        size = 0
        while self._queue and len(bundle) < count:
            size += max(_size(self._queue[0]), self._queue[0].weight)
            if bundle and size > _BUNDLE_BYTES:
                break
            bundle.append(self._queue.popleft())
        return bundle

    def _send(self, worker: _Worker, bundle: list[Item]) -> None:
        worker.bundle = bundle
        worker.since = time.monotonic()
        # A worker that died has said its last words into the other pipe: they are heard first, then it is buried.
        with contextlib.suppress(OSError):
            worker.orders.send_bytes(pickle.dumps(bundle, pickle.HIGHEST_PROTOCOL))

    def _collect(self, bell: Connection | None) -> None:
        """Wait until some worker has something to say, or has had its time, or an item has come."""
        patience = None
        if self._timeout is not None:
            begun = [worker.since for worker in self._workers if worker.bundle and worker.ready]
            patience = max(0.0, min(begun) + self._timeout - time.monotonic()) if begun else None
        by_pipe = {worker.reports: worker for worker in self._workers}
        for pipe in wait([*by_pipe, bell] if bell is not None else list(by_pipe), patience):
            if pipe is not bell:
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
            self._bury(worker)
            return
        if not worker.ready:
            if isinstance(report, YoyakError):
                raise report
            worker.ready = True
            worker.since = time.monotonic()
            self._false_starts = 0
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
        """End a worker that has had the time of one article: if it was at one, that fails."""
        self._dismiss(worker)
        if len(worker.bundle) > 1:
            self._slow.extend(worker.bundle)
            return
        (item,) = worker.bundle
        problem = text(
            "{source}: gave up after {seconds:g} seconds; --timeout allows more",
            source=item.source,
            seconds=self._timeout,
        )
        self._give_up(item, problem)

    def _bury(self, worker: _Worker) -> None:
        """Clear up after a worker that died: its items are tried again, each alone, until it dies on the same one twice."""
        cause = self._dismiss(worker, kill=False)
        if not worker.ready:
            self._false_starts += 1
            self._queue.extendleft(reversed(worker.bundle))
            if self._false_starts >= _STARTS:
                raise YoyakError(text("worker processes cannot be started: {cause}", cause=cause))
            return
        item = worker.bundle[0] if len(worker.bundle) == 1 else None
        if item is None or item.number not in self._deaths:
            self._suspects.extend(worker.bundle)
            if item is not None:
                self._deaths.add(item.number)
            return
        problem = text(
            "{source}: the worker process died on it twice: {cause}", source=item.source, cause=cause
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
        return _cause(code)

    def _start(self) -> _Worker:
        order_in, order_out = self._context.Pipe(duplex=False)
        report_in, report_out = self._context.Pipe(duplex=False)
        # A forked worker inherits the ends of its elders; while it holds them, they would outlive this process.
        others = [end for w in self._workers for end in (w.orders, w.reports)] + [order_out, report_in]
        forked = self._context.get_start_method() == "fork"
        process = _process(
            self._context, _work, (order_in, report_out, self._task, language(), others if forked else None)
        )
        with _without_interrupts(), warnings.catch_warnings():
            # Python 3.12 warns when a thread (a progress bar's) runs beside a fork. The child touches none of its locks.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        order_in.close()
        report_out.close()
        worker = _Worker(process, order_out, report_in)
        self._workers.append(worker)
        return worker

    def close(self) -> None:
        """End all workers, at once."""
        for worker in list(self._workers):
            self._dismiss(worker)


def default_start() -> str:
    """Return how workers are started: forked on Linux, afresh where system libraries do not survive a fork."""
    return "fork" if sys.platform == "linux" else "spawn"


def _process(context: BaseContext, target: Any, args: tuple[Any, ...]) -> BaseProcess:
    return context.Process(target=target, args=args, daemon=True)  # type: ignore[attr-defined,no-any-return]  # typeshed: contexts have it


# The parent's own answers, which a worker must not give.
_ANSWERED = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class _without_interrupts:  # noqa: N801  reads as a phrase
    """Signals wait until the child had time to ignore them."""

    def __enter__(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, _ANSWERED)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ANSWERED)


def _work(
    orders: Connection, reports: Connection, task: Task[Any], spoken: str, others: list[Connection] | None
) -> None:
    """Be a worker: take bundles until there are no more. A forked one, which has `others` to close, is prepared already."""
    # Ctrl-C goes to all at once, and the parent ends its workers; a kill of a worker alone is obeyed.
    for number in _ANSWERED:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ANSWERED)
    for end in others or ():
        end.close()
    gc.freeze()
    # An article leaves no cycles; looking for them after every 700 of its tokens took 1 to 2 % of the time.
    gc.set_threshold(100_000, 20, 20)
    use(spoken)
    try:
        try:
            if others is None:
                prepare(task)
        except YoyakError as error:
            reports.send_bytes(pickle.dumps(error))
            return
        reports.send_bytes(pickle.dumps(None))
        while True:
            bundle = pickle.loads(orders.recv_bytes())  # noqa: S301  our own parent wrote it
            reports.send_bytes(pickle.dumps(do_all(bundle, task), pickle.HIGHEST_PROTOCOL))
    except (EOFError, BrokenPipeError):
        return  # the run is over


def _size(item: Item) -> int:
    match item.content:
        case Page(data) | Line(data):
            return len(data)
        case File():
            return 100
        case _:
            # A row of a table: its texts are most of it.
            return _row_size(item.content)


def _row_size(row: Any) -> int:
    values = row.values() if hasattr(row, "values") else ()
    return 200 + sum(3 * len(value) if isinstance(value, str) else 3 * len(str(value)) for value in values)


def _cause(code: int) -> str:
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return (
            text("killed by {signal}; out of memory?", signal=name)
            if name == "SIGKILL"
            else text("killed by {signal}", signal=name)
        )
    return text("it exited with status {code}", code=code)

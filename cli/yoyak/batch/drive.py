"""Write results to a sink, safe to interrupt at any moment."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from yoyak.batch.tally import Tally
    from yoyak.batch.worker import Result
    from yoyak.outputs import Sink

T = TypeVar("T")
Hold = Callable[..., AbstractContextManager[None]]
"""Context in which a signal waits until the end of the block."""


class Stopped(KeyboardInterrupt):
    """Raised when the run is asked to end: Ctrl-C, kill, a closed terminal. `number` is the signal number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def drive(
    results: Iterator[Result[T]],
    sink: Sink[T],
    *,
    tally: Tally,
    on_result: Callable[[Result[T], Tally], None] | None = None,
    fail_fast: bool = False,
    hold: Hold | None = None,
) -> None:
    """Write every result and commit the sink; with `fail_fast`, stop at the first failure and suspend the sink.

    If anything ends the run early (Ctrl-C, a full disk, an option that cannot be met), the sink is suspended with
    the finished results, and the error is raised again. A signal never interrupts a result halfway; it is raised as
    Stopped. `hold` comes from `interrupts`, for callers that protect more than this function does.
    """
    try:
        with nullcontext(hold) if hold else interrupts() as hold_signals:
            for result in results:
                with hold_signals():
                    sink.write(result)
                    tally.add(result)
                    if on_result is not None:
                        on_result(result, tally)
                if fail_fast and result.failed is not None:
                    sink.suspend()
                    return
            with hold_signals(last=True):
                sink.commit()
    except BaseException:
        sink.suspend()
        raise
    finally:
        tally.stop()
        if isinstance(results, Generator):
            results.close()


# Signals that ask a run to end, each with its default handler. Windows has no SIGHUP; its Ctrl-Break is SIGBREAK.
DEFAULT_HANDLERS = {
    number: signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
}


@contextmanager
def interrupts() -> Iterator[Hold]:
    """Raise the signals that ask for an end as Stopped.

    The value is a context manager: inside it, a signal waits until the block ends, but a second signal does not: the
    block may be writing to a pipe that nobody reads. At the end of the block with `last=True` the run is complete,
    and the signal is ignored.
    """
    held = False
    received: list[int] = []

    def on_signal(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        if not held or len(received) > 1:
            raise Stopped(number)

    @contextmanager
    def hold(*, last: bool = False) -> Iterator[None]:
        nonlocal held
        held = True
        try:
            yield
        finally:
            held = False
        if received and not last:
            raise Stopped(received[0])

    # Only the main thread may set handlers, and a handler that another library set (or nohup) is left alone.
    main = threading.current_thread() is threading.main_thread()
    ours = [
        number for number, default in DEFAULT_HANDLERS.items() if main and signal.getsignal(number) is default
    ]
    for number in ours:
        signal.signal(number, on_signal)
    try:
        yield hold
    finally:
        for number in ours:
            signal.signal(number, DEFAULT_HANDLERS[number])

"""Results into a sink, safe to interrupt at any moment."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from yoyak.batch.tally import Tally
    from yoyak.batch.work import Result
    from yoyak.outputs import Sink

T = TypeVar("T")


def drive(
    results: Iterator[Result[T]],
    sink: Sink[T],
    *,
    tally: Tally,
    on_result: Callable[[Result[T], Tally], None] | None = None,
    fail_fast: bool = False,
) -> None:
    """Write every result and commit the sink; with `fail_fast`, stop at the first failure and suspend it.

    Whatever ends the run early (Ctrl-C, a full disk, an option that cannot be met), the sink is suspended with
    what is done, and the error goes on. Ctrl-C never cuts a result in half.
    """
    try:
        with _interrupts() as whole:
            for result in results:
                with whole():
                    sink.write(result)
                    tally.add(result)
                    if on_result is not None:
                        on_result(result, tally)
                if fail_fast and result.failed is not None:
                    sink.suspend()
                    return
            with whole():
                sink.commit()
    except BaseException:
        sink.suspend()
        raise
    finally:
        tally.stop()
        if isinstance(results, Generator):
            results.close()


@contextmanager
def _interrupts() -> Iterator[Callable[[], Any]]:
    """Give a context inside which Ctrl-C waits; outside it is a KeyboardInterrupt as ever."""
    inside = asked = False

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if not inside:
            raise KeyboardInterrupt
        asked = True

    @contextmanager
    def whole() -> Iterator[None]:
        nonlocal inside
        inside = True
        try:
            yield
        finally:
            inside = False
        if asked:
            raise KeyboardInterrupt

    # Only the main thread may, and somebody else's handler is left alone.
    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if ours:
        signal.signal(signal.SIGINT, on_signal)
    try:
        yield whole
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)

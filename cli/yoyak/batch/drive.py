"""Results into a sink, safe to interrupt at any moment."""

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


class Stopped(KeyboardInterrupt):
    """Raised where somebody asked for the end: Ctrl-C, kill, a closed terminal. `number` is the signal's."""

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
    """Write every result and commit the sink; with `fail_fast`, stop at the first failure and suspend it.

    `hold` is what `interrupts` gave to a caller who has more to guard than this. Whatever ends the run early (Ctrl-C,
    a full disk, an option that cannot be met), the sink is suspended with what is done, and the error goes on. A
    signal never cuts a result in half; it is raised as Stopped.
    """
    try:
        with nullcontext(hold) if hold else interrupts() as whole:
            for result in results:
                with whole():
                    sink.write(result)
                    tally.add(result)
                    if on_result is not None:
                        on_result(result, tally)
                if fail_fast and result.failed is not None:
                    sink.suspend()
                    return
            with whole(last=True):
                sink.commit()
    except BaseException:
        sink.suspend()
        raise
    finally:
        tally.stop()
        if isinstance(results, Generator):
            results.close()


# The signals that ask for an end, and who answers them where nobody has said otherwise (nohup has).
_ASKS = {
    number: signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if (number := getattr(signal, name, None)) is not None
}


@contextmanager
def interrupts() -> Iterator[Hold]:
    """Raise signals that ask for an end as Stopped, but inside the contexts this gives only when they end.

    At the end of the `last` of them it is too late to stop.
    """
    inside = False
    asked: list[int] = []

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if not inside:
            raise Stopped(number)
        asked.append(number)

    @contextmanager
    def whole(*, last: bool = False) -> Iterator[None]:
        nonlocal inside
        inside = True
        try:
            yield
        finally:
            inside = False
        if asked and not last:
            raise Stopped(asked[0])

    # Only the main thread may, and somebody else's handler is left alone.
    main = threading.current_thread() is threading.main_thread()
    ours = [number for number, before in _ASKS.items() if main and signal.getsignal(number) is before]
    for number in ours:
        signal.signal(number, on_signal)
    try:
        yield whole
    finally:
        for number in ours:
            signal.signal(number, _ASKS[number])

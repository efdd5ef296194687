"""The main function of a worker process, and how its end is described."""

from __future__ import annotations

import gc
import pickle
import signal
from multiprocessing.connection import Connection
from typing import Any

from yoyak.batch.worker import Task, do_all, prepare
from yoyak.core.errors import YoyakError
from yoyak.core.messages import text, use

# Signals that the parent process handles and a worker must not.
PARENT_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
]


class blocked_signals:  # noqa: N801  used like a function, as contextlib's own
    """Block signals while a child process starts, until it has set its own handlers."""

    def __enter__(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, PARENT_SIGNALS)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, PARENT_SIGNALS)


def run_worker(
    orders: Connection, reports: Connection, task: Task[Any], spoken: str, others: list[Connection] | None
) -> None:
    """Work on bundles until the pipe closes: the main function of a worker process.

    `others` are the inherited pipe ends that a forked worker closes. A forked worker was prepared before the fork.
    """
    # Ctrl-C reaches all processes, and the parent ends its workers. A signal to one worker alone ends it.
    for number in PARENT_SIGNALS:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PARENT_SIGNALS)
    for end in others or ():
        end.close()
    gc.freeze()
    # Articles create no reference cycles; the default collection after every 700 tokens took 1 to 2 % of the time.
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


def exit_cause(code: int) -> str:
    """Describe the exit status of a worker process."""
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        return (
            text("killed by signal {signal}, probably out of memory", signal=name)
            if name == "SIGKILL"
            else text("killed by signal {signal}", signal=name)
        )
    return text("exit status {code}", code=code)

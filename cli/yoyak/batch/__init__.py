"""Many inputs to as many results, in input order, even if a worker process dies.

items   -> run   -> Result, Result ...     one small item in this process, everything else in worker processes
results -> drive -> sink                   counts and writes the results; safe to interrupt
"""

from yoyak.batch.drive import Stopped, drive, interrupts
from yoyak.batch.pool import run
from yoyak.batch.tally import Tally, fingerprint
from yoyak.batch.worker import Result, Task

__all__ = ["Result", "Stopped", "Tally", "Task", "drive", "fingerprint", "interrupts", "run"]

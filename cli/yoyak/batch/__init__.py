"""Many items to as many outcomes, in input order, whatever happens: one road for one file and for a million.

items -> run -> Result, Result, Result ...     a lone small item here, anything else in worker processes
results -> drive -> sink                       counted, written, safe to interrupt
"""

from yoyak.batch.drive import Stopped, drive, interrupts
from yoyak.batch.pool import run
from yoyak.batch.tally import Tally, fingerprint
from yoyak.batch.worker import Result, Task

__all__ = ["Result", "Stopped", "Tally", "Task", "drive", "fingerprint", "interrupts", "run"]

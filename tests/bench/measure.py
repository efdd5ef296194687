"""The measurements. Each alternates between yoyak and its baseline, in separate processes, and reports medians."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import yoyak

BARE = Path(__file__).parent / "bare.py"
ROOT = Path(yoyak.__file__).parent.parent

# A run of all rows through the batch; the clock starts when the model is loaded.
MANY = """
import sys, time
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from yoyak import batch, inputs
from yoyak.batch import pool, worker
from yoyak.core.options import Options
from yoyak.outputs import render
pool.MAX_BUNDLE_ITEMS = int(sys.argv[3]) if len(sys.argv) > 3 else pool.MAX_BUNDLE_ITEMS
task = batch.Task(finish=render.json_line)
worker.prepare(task)
def spent():
    return sum(u.ru_utime + u.ru_stime for u in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))
started, before = time.perf_counter(), spent()
for result in batch.run(inputs.discover([sys.argv[1]], read=Options().read), task, jobs=int(sys.argv[2])):
    assert result.failed is None, result
print(time.perf_counter() - started, spent() - before)
"""


@dataclass(frozen=True, slots=True)
class Rates:
    """Articles per second, and the median ratio of the pairs of runs, by wall clock and by processor time."""

    yoyak: float
    kiwi: float
    ratio: float
    processor: float


def python(*arguments: str | Path, cores: int | None = None) -> str:
    """Output of a Python process that may use this many cores."""

    def pin() -> None:
        if cores is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])

    environment = {**os.environ, "PYTHONPATH": str(ROOT), "YOYAK_NO_CONFIG": "1"}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        check=True, capture_output=True, text=True, env=environment, preexec_fn=pin,
    )  # fmt: skip
    return done.stdout


def timed(run: Callable[[], object]) -> float:
    """Seconds a call takes."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def throughput(rows: Path, count: int, cores: int, pairs: int) -> Rates:
    """Articles per second of yoyak with `cores` workers and of bare Kiwi with as many threads, on the same cores."""
    ours, theirs = [], []
    for _ in range(pairs):
        theirs.append(_two(python(BARE, "many", rows, str(cores), cores=cores)))
        ours.append(_two(python("-c", MANY, rows, str(cores), cores=cores)))
    ratios = [median(b[k] / a[k] for a, b in zip(ours, theirs, strict=True)) for k in (0, 1)]
    return Rates(count / median(a for a, _ in ours), count / median(b for b, _ in theirs), *ratios)


def bundles(rows: Path, pairs: int) -> float:
    """Processor time of articles in bundles divided by that of articles one by one, on one core: median ratio."""
    ratios = []
    for _ in range(pairs):
        one = _two(python("-c", MANY, rows, "1", "1", cores=1))
        many = _two(python("-c", MANY, rows, "1", cores=1))
        ratios.append(many[1] / one[1])
    return median(ratios)


def _two(line: str) -> tuple[float, float]:
    clock, processor = map(float, line.split())
    return clock, processor


def peak_memory(rows: Path, folder: Path) -> int:
    """Peak memory of a run and its workers in bytes; shared pages count once (PSS)."""
    target = folder / "memory.jsonl"
    run = subprocess.Popen(
        [sys.executable, "-m", "yoyak", str(rows), "-o", str(target), "--force", "-q"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "YOYAK_NO_CONFIG": "1"},
    )
    peak = 0
    while run.poll() is None:
        peak = max(peak, sum(map(_pss, [run.pid, *_children(run.pid)])))
        time.sleep(0.1)
    target.unlink()
    return peak


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def cold_start(article: Path, pairs: int) -> tuple[float, float, float]:
    """Seconds of `yoyak article.txt` and of the bare Kiwi script, and the median ratio of the pairs."""
    ours, theirs = [], []
    for _ in range(pairs):
        theirs.append(timed(lambda: python(BARE, "one", article)))
        ours.append(timed(lambda: python("-m", "yoyak", article)))
    return median(ours), median(theirs), median(a / b for a, b in zip(ours, theirs, strict=True))


def help_time(times: int) -> float:
    """Seconds of `yoyak --help`."""
    return median(timed(lambda: python("-m", "yoyak", "--help")) for _ in range(times))

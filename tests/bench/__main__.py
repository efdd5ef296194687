"""`make bench`: speed and memory, each next to its baseline, in one run on the same articles.

python -m tests.bench [--corpus FOLDER|ROWS] [--articles N] [--pairs N] [--only NAME ...]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median

from yoyak import pipeline
from yoyak.batch.pool import available_cores

from . import corpus, measure

MEMORY_COUNTS = (1_000, 20_000)
LENGTHS = (1, 10, 100)


def show(name: str, value: str, target: str = "") -> None:
    """Print one figure and its target."""
    print(f"{name:<46}{value:>22}   {target}", flush=True)


def bench_throughput(rows: list[corpus.Row], folder: Path, options: argparse.Namespace) -> None:
    """Articles per second compared with bare Kiwi.

    The baseline is Kiwi with its default settings. yoyak discards unlikely analyses earlier (`nlp.kiwi.CUTOFF`),
    which saves about a sixth of Kiwi's time; the ratio includes that.
    """
    path = corpus.write(rows, options.articles, folder / "rows.jsonl")
    for cores in sorted({1, available_cores()}):
        rates = measure.throughput(path, options.articles, cores, options.pairs)
        show(f"yoyak, {cores} core(s)", f"{rates.yoyak:.1f} articles/s")
        show(f"bare Kiwi, {cores} core(s)", f"{rates.kiwi:.1f} articles/s")
        show("ratio", f"{rates.ratio:.3f}", "target: at least 0.85")
        show(
            "ratio by processor time",
            f"{rates.processor:.3f}",
            "less affected by other load on the machine",
        )


def bench_bundles(rows: list[corpus.Row], folder: Path, options: argparse.Namespace) -> None:
    """Articles in bundles compared with one by one."""
    path = corpus.write(rows, options.articles, folder / "rows.jsonl")
    ratio = measure.bundles(path, options.pairs)
    show("time in bundles / one by one", f"{ratio:.3f}")


def bench_memory(rows: list[corpus.Row], folder: Path, _options: argparse.Namespace) -> None:
    """Peak memory with few and with many articles."""
    peaks = []
    for count in MEMORY_COUNTS:
        path = corpus.write(corpus.short(rows), count, folder / "memory-rows.jsonl")
        peaks.append(measure.peak_memory(path, folder))
        show(f"peak memory, {count:,} articles", f"{peaks[-1] / 2**20:.0f} MiB")
    show("growth", f"{100 * (peaks[1] / peaks[0] - 1):+.1f} %", "target: at most +10 %")


def bench_length(rows: list[corpus.Row], _folder: Path, _options: argparse.Namespace) -> None:
    """Time and length of one article."""
    paragraphs = [paragraph for row in rows for paragraph in row["text"].split("\n\n")]
    # Numbered, because repeated paragraphs of a page are removed.
    body = "\n\n".join(f"{number}번째로, {p}" for number, p in zip(range(10_000), cycle(paragraphs)))
    options = corpus.OPTIONS
    base = 0.0
    for times in LENGTHS:
        text = body[: 3_000 * times]
        row = {"text": text}

        def once(row: dict[str, str] = row) -> None:
            pipeline.summarize(pipeline.read_row(row, source="bench", options=options), options)

        once()
        seconds = median(measure.timed(once) for _ in range(3))
        sentences = len(
            pipeline.summarize(
                pipeline.read_row(row, source="bench", options=options), options
            ).analysis.sentences
        )
        base = base or seconds
        show(
            f"one article of {len(text):,} characters", f"{seconds * 1000:.0f} ms",
            f"{sentences:,} sentences; {seconds / base / times:.2f} x linear",
        )  # fmt: skip


def bench_start(rows: list[corpus.Row], folder: Path, options: argparse.Namespace) -> None:
    """Cold start of one article, and of the help page."""
    lengths = sorted(rows, key=lambda row: len(row["text"]))
    middle = lengths[len(lengths) // 2]
    article = folder / "article.txt"
    article.write_text(f"{middle['title']}\n\n{middle['text']}\n", encoding="utf-8")
    ours, theirs, ratio = measure.cold_start(article, max(5, options.pairs))
    show("cold `yoyak article.txt`", f"{ours:.2f} s")
    show("cold bare Kiwi", f"{theirs:.2f} s")
    show("ratio", f"{ratio:.3f}", "target: at most 1.25")
    show("`yoyak --help`", f"{measure.help_time(5):.2f} s", "target: under 0.2 s")


BENCHES: dict[str, Callable[[list[corpus.Row], Path, argparse.Namespace], None]] = {
    "start": bench_start,
    "throughput": bench_throughput,
    "bundles": bench_bundles,
    "length": bench_length,
    "memory": bench_memory,
}


def main() -> None:
    """Run the selected measurements."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="folder or row file (default: samples/pages)")
    parser.add_argument("--articles", type=int, default=1_000, help="articles per throughput run")
    parser.add_argument(
        "--pairs", type=int, default=3, help="pairs of runs, alternating between yoyak and the baseline"
    )
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=list(BENCHES))
    options = parser.parse_args()
    rows = corpus.articles(options.corpus)
    if not rows:
        sys.exit("no article found")
    characters = sum(len(row["text"]) for row in rows) / len(rows)
    print(
        f"{len(rows)} articles of {characters:.0f} characters, repeated; {available_cores()} cores; load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only:
            BENCHES[name](rows, Path(folder), options)


if __name__ == "__main__":
    main()

"""`make bench`: speed and memory, each beside its baseline, in one run on the same articles.

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


def show(name: str, value: str, wanted: str = "") -> None:
    """Print one figure, beside what is wanted of it."""
    print(f"{name:<46}{value:>22}   {wanted}", flush=True)


def bench_throughput(rows: list[corpus.Row], folder: Path, options: argparse.Namespace) -> None:
    """Articles a second beside bare Kiwi.

    The baseline is Kiwi as it comes. Ours drops unlikely readings sooner (`morphology.CUTOFF`), which is part of what
    the ratio measures: it makes up for a sixth of Kiwi's time.
    """
    path = corpus.write(rows, options.articles, folder / "rows.jsonl")
    for cores in sorted({1, available_cores()}):
        rates = measure.throughput(path, options.articles, cores, options.pairs)
        show(f"yoyak, {cores} core(s)", f"{rates.yoyak:.1f} articles/s")
        show(f"bare Kiwi, {cores} core(s)", f"{rates.kiwi:.1f} articles/s")
        show("ratio", f"{rates.ratio:.3f}", "wanted: at least 0.85")
        show(
            "ratio by processor time",
            f"{rates.processor:.3f}",
            "what a busy machine leaves of the ratio above",
        )


def bench_bundles(rows: list[corpus.Row], folder: Path, options: argparse.Namespace) -> None:
    """Articles in bundles beside the same one by one."""
    path = corpus.write(rows, options.articles, folder / "rows.jsonl")
    ratio = measure.bundles(path, options.pairs)
    show("in bundles, time beside one by one", f"{ratio:.3f}")


def bench_memory(rows: list[corpus.Row], folder: Path, _options: argparse.Namespace) -> None:
    """Peak memory at few and at many articles."""
    peaks = []
    for count in MEMORY_COUNTS:
        path = corpus.write(corpus.short(rows), count, folder / "memory-rows.jsonl")
        peaks.append(measure.peak_memory(path, folder))
        show(f"peak memory, {count:,} articles", f"{peaks[-1] / 2**20:.0f} MiB")
    show("growth", f"{100 * (peaks[1] / peaks[0] - 1):+.1f} %", "wanted: at most +10 %")


def bench_length(rows: list[corpus.Row], _folder: Path, _options: argparse.Namespace) -> None:
    """Time against the length of one article."""
    paragraphs = [paragraph for row in rows for paragraph in row["text"].split("\n\n")]
    # Numbered, for a page that says the same twice says it once.
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
    """One cold run, and the help."""
    lengths = sorted(rows, key=lambda row: len(row["text"]))
    middle = lengths[len(lengths) // 2]
    article = folder / "article.txt"
    article.write_text(f"{middle['title']}\n\n{middle['text']}\n", encoding="utf-8")
    ours, theirs, ratio = measure.cold_start(article, max(5, options.pairs))
    show("cold `yoyak article.txt`", f"{ours:.2f} s")
    show("cold bare Kiwi", f"{theirs:.2f} s")
    show("ratio", f"{ratio:.3f}", "wanted: at most 1.35")
    show("`yoyak --help`", f"{measure.help_time(5):.2f} s", "wanted: under 0.3 s")


BENCHES: dict[str, Callable[[list[corpus.Row], Path, argparse.Namespace], None]] = {
    "start": bench_start,
    "throughput": bench_throughput,
    "bundles": bench_bundles,
    "length": bench_length,
    "memory": bench_memory,
}


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="folder or row file (default: samples/pages)")
    parser.add_argument("--articles", type=int, default=1_000, help="articles a throughput run works on")
    parser.add_argument("--pairs", type=int, default=3, help="pairs of runs, ours and the baseline's in turn")
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=list(BENCHES))
    options = parser.parse_args()
    rows = corpus.articles(options.corpus)
    if not rows:
        sys.exit("no articles there")
    characters = sum(len(row["text"]) for row in rows) / len(rows)
    print(
        f"{len(rows)} articles of {characters:.0f} characters, repeated; {available_cores()} cores; load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only:
            BENCHES[name](rows, Path(folder), options)


if __name__ == "__main__":
    main()

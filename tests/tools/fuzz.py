"""Coverage-guided fuzzing of decode, extract and render: `python -m tests.tools.fuzz --seconds 60`, `make fuzz`.

Inputs are mutated from the sample pages; one that reaches lines no other has reached joins them (the idea of AFL,
Zalewski 2013, with `sys.settrace` for instrumentation). What may happen is an article or an InputError; anything
else, an output that breaks its promise, or more than a few seconds, is a finding: it is printed, kept as a file
where `--keep FOLDER` says so, and makes the exit code 1. The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import re
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yoyak
from yoyak import pipeline
from yoyak.app import terminal
from yoyak.core.errors import InputError
from yoyak.core.options import Options
from yoyak.core.values import Analysis, Article, Keyword, Outcome, Ranking, Sentence, Summary
from yoyak.outputs import html_report, markdown, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "pages"
LONGEST = 24_000  # bytes of an input: long enough for every rule, short enough for thousands of runs
SLOW = 5.0  # seconds of processor time under tracing, which costs a factor of ten
PACKAGE = str(Path(yoyak.__file__).parent)

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
CODES = re.compile(r"\x1b\[[0-9;]*m")

TOKENS = [
    token.encode()
    for token in (
        "<script>",
        "</script>",
        "<!--",
        "<![CDATA[",
        "<p>",
        "<div>" * 50,
        "</article>",
        '<meta charset="euc-kr">',
        '<meta property="og:title" content="',
        '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"',
        "&#0;",
        "&#xD800;",
        "&lt;",
        "\x1b[31m",
        "\x1b]0;x\x07",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\u3164",
        "“",
        "”",
        '"' * 40,
        "‘",
        "(",
        "[",
        "]",
        "=HYPERLINK(",
        " 기자 = ",
        "입력 2026.03.02 09:10",
        "기자 naru@naru.example",
        "▲",
        "▶",
        "ⓒ",
        "무단 전재 및 재배포 금지",
        "관련기사",
        "\n" * 5,
        "\r",
        "\u2028",
        "다.",
        "---",
        "|",
        "![](",
        "# ",
        "{{",
        "}}",
        "%s",
        "[/bold]",
        ":tada:",
    )
] + [
    b"\x00",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xb0\xa1",
    b"\xc2",
    b"\xed\xa0\x80",
    b"\x1b$)C",
    b"\x0e",
]


class Fuzzer:
    """The pool of interesting inputs and the lines they reach."""

    def __init__(self, seed: int) -> None:
        self.pool: list[bytes] = []
        self.reached: set[tuple[str, int]] = set()
        self.runs = 0
        self._chance = random.Random(seed)

    def findings(self, *, runs: int, seconds: float) -> Iterator[tuple[bytes, str]]:
        """Run until one of the limits; give every input that breaks something, with what it breaks."""
        until = time.monotonic() + seconds
        fresh: list[bytes] = [
            path.read_bytes()[:LONGEST] for path in sorted(SAMPLES.iterdir()) if path.is_file()
        ]
        while self.runs < runs and time.monotonic() < until:
            data = fresh.pop() if fresh else self.mutated()
            self.runs += 1
            lines, problem = traced(data)
            if lines - self.reached:
                self.reached |= lines
                self.pool.append(data)
            if problem:
                yield data, problem

    def mutated(self) -> bytes:
        """An input of the pool with one to six changes."""
        data = bytearray(self._chance.choice(self.pool))
        for _ in range(self._chance.randint(1, 6)):
            self._change(data)
        return bytes(data[:LONGEST])

    def _change(self, data: bytearray) -> None:
        chance = self._chance
        at = chance.randint(0, len(data))
        size = min(int(chance.expovariate(1 / 200)) + 1, len(data) - at)
        match chance.randrange(7):
            case 0:
                data[at:at] = chance.choice(TOKENS)
            case 1:
                data[at : at + size] = chance.choice(TOKENS)
            case 2:
                del data[at : at + size]
            case 3:
                data[at:at] = data[at : at + size] * chance.randint(2, 20)
            case 4:
                other = chance.choice(self.pool)
                cut = chance.randint(0, len(other))
                data[at : at + size] = other[cut : cut + int(chance.expovariate(1 / 800))]
            case 5:
                for _ in range(chance.randint(1, 8)):
                    if data:
                        data[chance.randrange(len(data))] = chance.randrange(256)
            case _:
                text = bytes(data).decode("utf-8", "replace")
                data[:] = text.encode(chance.choice(["cp949", "utf-16", "utf-8-sig", "utf-16-le"]), "replace")


def traced(data: bytes) -> tuple[set[tuple[str, int]], str | None]:
    """Lines of the package an input reaches, and what is wrong, if anything is."""
    lines: set[tuple[str, int]] = set()

    def inside(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return inside

    def entered(frame: FrameType, _event: str, _: Any) -> Any:
        return inside if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    begun = time.process_time()
    sys.settrace(entered)
    try:
        check(data)
        problem = None
    except Exception:  # noqa: BLE001 - whatever it is, it is the finding
        problem = traceback.format_exc()
    finally:
        sys.settrace(before)
    spent = time.process_time() - begun
    if problem is None and spent > SLOW:
        problem = f"took {spent:.1f} s for {len(data)} bytes"
    return lines, problem


def check(data: bytes) -> None:
    """Decode, extract and render one input, and hold every promise."""
    try:
        article = pipeline.read(data, source="fuzz", options=Options())
    except InputError as error:
        require(str(error), "an error that says nothing")
        return
    require(article.paragraphs, "an article without paragraphs")
    for piece in (
        article.text,
        article.title or "",
        *article.reporters,
        article.press or "",
        *article.subtitles,
    ):
        require(not OBEYED.search(piece), f"a control character in {piece[:80]!r}")
    for outcome in (article, summary_of(article)):
        check_renderers(outcome)


def check_renderers(outcome: Outcome) -> None:
    """Hold the promises of every output format."""
    require(json.loads(render.json_line(outcome, explained=True)), "no JSON")
    rows = list(csv.reader(io.StringIO(render.csv_line(outcome))))
    require(len(rows) == 1 and len(rows[0]) == len(render.CSV_HEADER), "not one CSV record")
    printed = [
        render.json_line(outcome),
        render.plain(outcome),
        render.csv_line(outcome),
        markdown.section(outcome, marked=True),
        html_report.section(outcome).html,
    ]
    views: tuple[terminal.View, ...] = (
        ("summary", "explain", "highlight") if isinstance(outcome, Summary) else ("article",)
    )
    for view in views:
        drawn = terminal.view(outcome, view=view, several=True, color=True, width=60)
        printed.append(CODES.sub("", drawn))
    for document in printed:
        require(not OBEYED.search(document), f"a control character in {document[:80]!r}")
        document.encode("utf-8")
    require("<script" not in printed[4], "a script in the page")


def summary_of(article: Article) -> Summary:
    """A summary without an analyzer: every paragraph is a sentence, every other one is chosen."""
    sentences: list[Sentence] = []
    at = 0
    for index, paragraph in enumerate(article.paragraphs):
        sentences.append(Sentence(index, at, at + len(paragraph), paragraph, (), index))
        at += len(paragraph) + 2
    scores = tuple(1 / (sentence.index + 1) for sentence in sentences)
    chosen = tuple(sentences[::2])
    words = dict.fromkeys(article.text.split()[:5])
    return Summary(
        article=article,
        sentences=chosen,
        scores=tuple(scores[sentence.index] for sentence in chosen),
        keywords=tuple(Keyword(word, 1.0, 1) for word in words),
        warnings=article.warnings,
        analysis=Analysis(article=article, sentences=tuple(sentences)),
        ranking=Ranking(scores=scores),
    )


def require(held: object, otherwise: str) -> None:
    """A promise, checked with or without Python's -O."""
    if not held:
        raise AssertionError(otherwise)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--runs", type=int, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    fuzzer = Fuzzer(asked.seed)
    found = 0
    for data, problem in fuzzer.findings(runs=asked.runs, seconds=asked.seconds):
        found += 1
        print(f"--- finding {found}, {len(data)} bytes, seed {asked.seed}, run {fuzzer.runs}\n{problem}")
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / f"finding-{found}.bin").write_bytes(data)
    print(
        f"{fuzzer.runs} inputs, {len(fuzzer.pool)} kept, {len(fuzzer.reached)} lines reached, {found} findings"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

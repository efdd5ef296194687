"""Compare yoyak with other summarizers on one label file: `python -m tests.tools.compare LABELS.jsonl [NAME ...]`.

The other systems are installed into `.compare/`, a virtual environment of their own; one that cannot be installed is
reported and left out. Every system gets the same sentences: those of the row, or for rows with a text those of the body
that yoyak extracts. Times are processor times of whole processes, which other work on the machine does not change much:
a cold start with one article, then the time per article of the whole file. A system has `--seconds` for the file; if it
needs longer, the articles that it finished are scored and compared with yoyak's on the same articles.

Do not use the labels that the model was trained on.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import venv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yoyak.core.values import Sentence
from yoyak.nlp import kiwi
from yoyak.training import labels, measures
from yoyak.training.labels import Label
from yoyak.training.measures import Score, Tally

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HOME = ROOT / ".compare"
TIME_LIMIT_SECONDS = 600.0
# Requirements of each system. lexrankr requires a retired alias of scikit-learn, see `install`. kss gets its fastest
# analyzer; without it an article takes six seconds.
PACKAGES = {
    "lead": [],
    "recipe": ["scikit-learn", "networkx", "kiwipiepy"],
    "sumy-textrank-kkma": ["sumy", "konlpy", "setuptools"],
    "sumy-textrank": ["sumy", "kiwipiepy", "setuptools"],
    "sumy-lexrank": ["sumy", "kiwipiepy", "setuptools"],
    "sumy-lsa": ["sumy", "kiwipiepy", "setuptools"],
    "sumy-luhn": ["sumy", "kiwipiepy", "setuptools"],
    "textrankr": ["textrankr", "kiwipiepy"],
    "lexrankr": ["lexrankr", "kiwipiepy"],
    "krwordrank": ["krwordrank"],
    "summa": ["summa", "kiwipiepy"],
    "kss": ["kss", "python-mecab-ko"],
}
COLUMNS = {
    "P@3": "P@3",
    "accepted@3": "accepted@3",
    "misses": "misses",
    "repeats": "repeats",
    "ROUGE-2 recall@250": "ROUGE-2@250",
    "keywords F1@5 exact": "keyword F1@5",
}
YOYAK = [sys.executable, "-m", "yoyak"]
SUMMARIZE = [*YOYAK, "--no-config", "--jobs", "1", "--format", "jsonl", "-n", "3", "-k", "5"]

# Threads that wait for each other would count as processor time.
ONE_THREAD = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

ArticleScores = list[dict[str, Score]]
"""Scores of each article by measure, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Result:
    """Scores by article of one system, seconds of a cold start, and seconds per further article.

    If the system did not finish within `limit` seconds, `scores` are those of the first articles.
    """

    name: str
    scores: ArticleScores
    cold: float
    each: float
    limit: float
    finished: bool


def install(names: Iterable[str]) -> list[str]:
    """Install the systems; return the names of those that could be installed."""
    python = HOME / "bin" / "python"
    if not python.exists():
        venv.create(HOME, with_pip=True)
    installed = []
    allowed = os.environ | {"SKLEARN_ALLOW_DEPRECATED_SKLEARN_PACKAGE_INSTALL": "True"}
    for name in names:
        wanted = PACKAGES[name]
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        done = (
            subprocess.run(pip, env=allowed, capture_output=True, text=True, check=False) if wanted else None
        )
        if done is not None and done.returncode:
            print(f"{name}: left out, it cannot be installed here", file=sys.stderr)
        else:
            installed.append(name)
    return installed


def rows_of(label: Label, row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the row for yoyak and the row for the other systems, without references."""
    own = {key: row[key] for key in ("id", "title", "text", "sentences") if row.get(key) is not None}
    if row.get("sentences"):
        return own, own
    sentences = [sentence.text for sentence in kiwi.analyze(label.article).sentences]
    return own, {"id": row.get("id"), "title": row.get("title"), "sentences": sentences}


def timed(command: list[str], limit: float) -> tuple[list[str], float, bool]:
    """Run a command for at most `limit` seconds.

    Return the complete lines it printed, its processor time, and whether it finished. Raises SubprocessError if it fails.
    """
    start = processor_time()
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=ONE_THREAD
        ) as running,
    ):
        late = threading.Event()

        def stop() -> None:
            late.set()
            running.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        try:
            lines = [line for line in running.stdout or () if line.endswith("\n")]
            code = running.wait()
        except BaseException:
            running.kill()
            raise
        finally:
            timer.cancel()
        if code and not late.is_set():
            errors.seek(0)
            raise subprocess.SubprocessError(errors.read()[-300:].strip() or f"exit code {code}")
    return lines, processor_time() - start, not late.is_set()


def processor_time() -> float:
    """Return the processor time of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def write(rows: list[dict[str, Any]], path: Path) -> Path:
    """Write rows as JSONL."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def measure(
    name: str,
    command: list[str],
    rows: list[dict[str, Any]],
    read: list[Label],
    folder: Path,
    *,
    limit: float,
) -> Result:
    """Run one system on one article, then on all, and score its output."""
    one = write(rows[:1], folder / f"{name}.one.jsonl")
    every = write(rows, folder / f"{name}.jsonl")
    _, cold, in_time = timed([*command, str(one)], limit)
    printed, warm, finished = timed([*command, str(every)], limit) if in_time else ([], limit, False)
    answers = [json.loads(line) for line in printed]
    if finished and len(answers) < len(rows):
        raise subprocess.SubprocessError(f"{len(answers)} answers for {len(rows)} articles")
    each = max(0.0, (warm - cold) / max(1, len(answers) - 1))
    # A system that prints keywords at all scores 0 where it prints none; another has no keyword score.
    has_keywords = any(answer.get("keywords") for answer in answers)
    scores = [
        scores_of(label, answer, has_keywords=has_keywords)
        for label, answer in zip(read, answers, strict=False)
    ]
    return Result(name, scores, cold, each, limit, finished)


def scores_of(label: Label, answer: dict[str, Any], *, has_keywords: bool) -> dict[str, Score]:
    """Score one line of output."""
    summary = [
        Sentence(piece["index"], 0, len(piece["text"]), piece["text"], (), 0)
        for piece in answer.get("summary") or []
    ]
    found = [
        *measures.choice_scores([sentence.index for sentence in summary], label.chosen),
        *measures.editor_scores(summary, label.chosen, label.acceptable),
    ]
    if label.deck:
        found += measures.text_scores([sentence.text for sentence in summary], measures.units(label.deck))
    if has_keywords:
        terms = [word["term"] for word in answer.get("keywords") or []]
        found += measures.keyword_scores(terms, label.keywords)
    return {score.measure: score for score in found}


def table(results: list[Result], count: int) -> str:
    """Return a table of the systems, best first, followed by those that did not finish."""
    finished = [result for result in results if result.finished]
    columns = [name for name in COLUMNS if any(name in own for result in finished for own in result.scores)]
    heads = "  ".join(f"{COLUMNS[name]:>20s}" for name in columns)
    lines = [f"{'system':20s}  {heads}  {'cold start':>10s}  {'per article':>11s}"]
    for result in sorted(finished, key=lambda result: -(mean(result.scores, columns[0]) or 0.0)):
        cells = "  ".join(f"{cell(result.scores, name):>20s}" for name in columns)
        lines.append(f"{result.name:20s}  {cells}  {result.cold:>8.2f} s  {result.each * 1000:>8.1f} ms")
    return "\n".join(
        [
            *lines,
            *(unfinished(result, results[0], columns, count) for result in results if not result.finished),
        ]
    )


def unfinished(result: Result, yoyak: Result, columns: list[str], count: int) -> str:
    """Describe a system that ran out of time and compare it with yoyak on the articles that it finished."""
    n = len(result.scores)
    line = f"{result.name:20s}  did not finish: {n} of {count} articles in {result.limit:.0f} s"
    for name in columns:
        own, other = mean(result.scores, name), mean(yoyak.scores[:n], name)
        if own is not None and other is not None:
            line += f"; {COLUMNS[name]} {own:.3f}, yoyak on the same articles {other:.3f}"
    return line


def tally_of(scores: ArticleScores, name: str) -> Tally:
    """Return the scores of one measure."""
    tally = Tally()
    for own in scores:
        if name in own:
            tally.add(own[name])
    return tally


def mean(scores: ArticleScores, name: str) -> float | None:
    """Return the mean of a measure; None if no article has it."""
    tally = tally_of(scores, name)
    return tally.mean() if tally.values else None


def cell(scores: ArticleScores, name: str) -> str:
    """Format the mean and the 95 % interval of a measure."""
    tally = tally_of(scores, name)
    if not tally.values:
        return "-"
    low, high = measures.percentiles(tally.bootstrap())
    return f"{tally.mean():.3f} [{low:.3f}, {high:.3f}]"


def main() -> None:
    """Print the table for the label file named on the command line."""
    parser = argparse.ArgumentParser(description="Compare yoyak with other summarizers.")
    parser.add_argument("labels", type=Path, metavar="LABELS.jsonl")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(PACKAGES)} (default: all)")
    parser.add_argument(
        "--seconds", type=float, default=TIME_LIMIT_SECONDS, help="time limit per system and file (600)"
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(PACKAGES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    path, limit = arguments.labels, arguments.seconds
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    read = list(labels.read([path]))
    pairs = [rows_of(label, row) for label, row in zip(read, raw, strict=True)]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        results = [measure("yoyak", SUMMARIZE, [own for own, _ in pairs], read, folder, limit=limit)]
        for name in install(arguments.names or PACKAGES):
            command = [str(HOME / "bin" / "python"), str(HERE / "rivals.py"), name]
            try:
                results.append(measure(name, command, [row for _, row in pairs], read, folder, limit=limit))
                print(f"{name}: done", file=sys.stderr)
            except (subprocess.SubprocessError, ValueError, KeyboardInterrupt) as error:
                print(f"{name}: left out: {error}", file=sys.stderr)
    print(f"{path.name}: {len(raw)} articles, the same sentences for every system")
    print("means with 95 % bootstrap intervals over articles; processor time")
    print(table(results, len(raw)))


if __name__ == "__main__":
    main()

"""yoyak beside other summarizers on one label file: `python -m tests.tools.compare LABELS.jsonl [NAME ...]`.

Rivals are installed into `.compare/`, an environment of their own; one that does not install is said so and left
out. Every system gets the same sentences: the given ones, or for rows with a whole text those of the extracted body
(rivals are spared the page). Times are of whole processes: one article cold, then the file, by the article.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yoyak import evaluation, labels, morphology, rouge
from yoyak.labels import Label

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HOME = ROOT / ".compare"
SECONDS = 1_800  # the longest a rival may take for a file
# What each rival needs. lexrankr names a retired alias of scikit-learn, which installs only when told to.
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
    "kss": ["kss"],
}
MEASURES = {
    "P@3": "P@3",
    "ROUGE-2 recall@250": "R2@250",
    "keywords F1@5 exact": "kw F1@5",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one system: means by measure, seconds of a cold start, seconds an article after it."""

    name: str
    means: dict[str, tuple[float, float, float]]
    cold: float
    each: float


def install(names: list[str]) -> list[str]:
    """Install the rivals; return the names of those that are there."""
    python = HOME / "bin" / "python"
    if not python.exists():
        venv.create(HOME, with_pip=True)
    there = []
    allowed = os.environ | {"SKLEARN_ALLOW_DEPRECATED_SKLEARN_PACKAGE_INSTALL": "True"}
    for name in names:
        wanted = PACKAGES[name]
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        done = (
            subprocess.run(pip, env=allowed, capture_output=True, text=True, check=False) if wanted else None
        )
        if done is not None and done.returncode:
            print(f"{name}: left out, it does not install here", file=sys.stderr)
        else:
            there.append(name)
    return there


def rows_of(label: Label, row: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What yoyak is given of an article, and what a rival is given: never the references."""
    own = {key: row[key] for key in ("id", "title", "text", "sentences") if row.get(key) is not None}
    if row.get("sentences"):
        return own, own
    sentences = [sentence.text for sentence in morphology.analyze(label.article).sentences]
    return own, {"id": row.get("id"), "title": row.get("title"), "sentences": sentences}


def timed(command: list[str]) -> tuple[str, float]:
    """Run a command; its output and its seconds."""
    start = time.perf_counter()
    ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    return ran.stdout, time.perf_counter() - start


def write(rows: list[dict[str, Any]], path: Path) -> Path:
    """Write rows as JSONL."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def judge(name: str, command: list[str], rows: list[dict[str, Any]], read: list[Label], folder: Path) -> Line:
    """Run one system on one article, then on all, and score the answers."""
    one = write(rows[:1], folder / f"{name}.one.jsonl")
    every = write(rows, folder / f"{name}.jsonl")
    _, cold = timed([*command, str(one)])
    output, warm = timed([*command, str(every)])
    answers = [json.loads(line) for line in output.splitlines()][: len(rows)]
    values: dict[str, list[float]] = defaultdict(list)
    tags = any(answer.get("keywords") for answer in answers)
    for label, answer in zip(read, answers, strict=True):
        for measure, value in scores(label, answer, tags=tags):
            if measure in MEASURES:
                values[measure].append(value)
    means = {measure: evaluation.interval(found) for measure, found in values.items()}
    return Line(name, means, cold, (warm - cold) / max(1, len(rows) - 1))


def scores(label: Label, answer: dict[str, Any], *, tags: bool) -> list[tuple[str, float]]:
    """Every measure of one answer; `tags`: the system gives keywords, so none for this article is none right."""
    summary = answer.get("summary") or []
    found = list(evaluation.choice_scores([piece["index"] for piece in summary], label.chosen, 3))
    if label.deck:
        units = tuple(rouge.units(morphology.tokenize(label.deck)))
        found += evaluation.text_scores([piece["text"] for piece in summary], units)
    terms = [word["term"] for word in answer.get("keywords") or []]
    if tags:
        found += evaluation.keyword_scores(terms, label.keywords)
    return found


def table(lines: list[Line]) -> str:
    """A table a person reads, best first."""
    measures = [measure for measure in MEASURES if any(measure in line.means for line in lines)]
    heads = "  ".join(f"{MEASURES[measure]:>22s}" for measure in measures)
    printed = [f"{'system':20s}  {heads}  {'cold start':>10s}  {'an article':>10s}"]
    for line in sorted(lines, key=lambda line: [-line.means.get(m, (0,))[0] for m in measures]):
        cells = []
        for measure in measures:
            mean = line.means.get(measure)
            cells.append(f"{mean[0]:.3f} [{mean[1]:.3f}, {mean[2]:.3f}]" if mean else "-")
        shown = "  ".join(f"{cell:>22s}" for cell in cells)
        printed.append(f"{line.name:20s}  {shown}  {line.cold:8.2f} s  {line.each * 1000:7.1f} ms")
    return "\n".join(printed)


def main() -> None:
    """Print the table for the label file named on the command line."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: python -m tests.tools.compare LABELS.jsonl [{' '.join(PACKAGES)}]")
    path = Path(sys.argv[1])
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    read = list(labels.read([path]))
    pairs = [rows_of(label, row) for label, row in zip(read, raw, strict=True)]
    own, given = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    yoyak = [
        sys.executable,
        "-m",
        "yoyak",
        "--no-config",
        "--jobs",
        "1",
        "--format",
        "jsonl",
        "-n",
        "3",
        "-k",
        "5",
    ]
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        lines.append(judge("yoyak", yoyak, own, read, Path(folder)))
        for name in install(sys.argv[2:] or list(PACKAGES)):
            command = [str(HOME / "bin" / "python"), str(HERE / "rivals.py"), name]
            try:
                lines.append(judge(name, command, given, read, Path(folder)))
                print(f"{name}: done", file=sys.stderr)
            except (subprocess.SubprocessError, ValueError, KeyboardInterrupt) as error:
                print(f"{name}: left out: {error!r}", file=sys.stderr)
    print(f"{path.name}: {len(raw)} articles, the same sentences for every system; mean and 95 % interval")
    print(table(lines))


if __name__ == "__main__":
    main()

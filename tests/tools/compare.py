"""yoyak beside other summarizers on one label file: `python -m tests.tools.compare LABELS.jsonl [NAME ...]`.

Rivals are installed into `.compare/`, an environment of their own; one that does not install is said so and left
out. Every system gets the same sentences: the given ones, or for rows with a whole text those of the extracted body
(rivals are spared the page). Times are processor time of whole processes, which other work on the machine does not
lengthen: one article cold, then the file, by the article. A rival has `--seconds` for the file; what it did by then is
scored, and yoyak on the same articles beside it.

The shipped model may have been fitted on the very labels it is scored with. `yoyak-refitted` has not: the articles
are cut into five parts, and each part is summarized with models that `yoyak train` fitted on the other four, and
nothing else.
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

from yoyak.nlp import kiwi
from yoyak.training import evaluation, labels, measures
from yoyak.training.labels import Label

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
HOME = ROOT / ".compare"
SECONDS = 600.0  # what a rival has for a file
FOLDS = 5
REFITTED = "yoyak-refitted"
# What each rival needs. lexrankr names a retired alias of scikit-learn, which installs only when told to. kss takes
# its fastest analyzer; without it an article takes six seconds.
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
MEASURES = {
    "P@3": "P@3",
    "ROUGE-2 recall@250": "R2@250",
    "keywords F1@5 exact": "kw F1@5",
}
YOYAK = [sys.executable, "-m", "yoyak"]
SUMMARIZE = [*YOYAK, "--no-config", "--jobs", "1", "--format", "jsonl", "-n", "3", "-k", "5"]

# Threads that wait for each other would count as work.
ALONE = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

Scores = list[dict[str, float]]
"""Measures of each article, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one system: scores by article, seconds of a cold start, seconds an article after it.

    `scores` are of all articles, but for one that ran out of time after `limit` seconds. Where each part of the file had
    a process of its own there are no times.
    """

    name: str
    scores: Scores
    cold: float | None = None
    each: float | None = None
    limit: float = 0.0
    finished: bool = True


def install(names: Iterable[str]) -> list[str]:
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
    sentences = [sentence.text for sentence in kiwi.analyze(label.article).sentences]
    return own, {"id": row.get("id"), "title": row.get("title"), "sentences": sentences}


def timed(command: list[str], limit: float) -> tuple[list[str], float, bool]:
    """Run a command for `limit` seconds at most: the whole lines it printed, its processor time, whether it came to its end."""
    start = spent()
    with (
        tempfile.TemporaryFile("w+") as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True, env=ALONE) as running,
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
            said.seek(0)
            raise subprocess.SubprocessError(said.read()[-300:].strip() or f"exit code {code}")
    return lines, spent() - start, not late.is_set()


def spent() -> float:
    """Processor time of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def write(rows: list[dict[str, Any]], path: Path) -> Path:
    """Write rows as JSONL."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def judge(
    name: str,
    command: list[str],
    rows: list[dict[str, Any]],
    read: list[Label],
    folder: Path,
    *,
    limit: float,
) -> Line:
    """Run one system on one article, then on all, and score the answers."""
    one = write(rows[:1], folder / f"{name}.one.jsonl")
    every = write(rows, folder / f"{name}.jsonl")
    _, cold, in_time = timed([*command, str(one)], limit)
    printed, warm, finished = timed([*command, str(every)], limit) if in_time else ([], limit, False)
    answers = [json.loads(line) for line in printed]
    if finished and len(answers) < len(rows):
        raise subprocess.SubprocessError(f"{len(answers)} answers for {len(rows)} articles")
    each = (warm - cold) / max(1, len(answers) - 1)
    return Line(name, scores_of(read, answers), cold, each, limit, finished)


def scores_of(read: list[Label], answers: list[dict[str, Any]]) -> Scores:
    """Every measure of every answer; a system that gives keywords has none right where it gives none."""
    tags = any(answer.get("keywords") for answer in answers)
    return [scores(label, answer, tags=tags) for label, answer in zip(read, answers, strict=False)]


def scores(label: Label, answer: dict[str, Any], *, tags: bool) -> dict[str, float]:
    """Every measure of one answer."""
    summary = answer.get("summary") or []
    found = list(measures.choice_scores([piece["index"] for piece in summary], label.chosen, 3))
    if label.deck:
        found += measures.text_scores([piece["text"] for piece in summary], measures.units(label.deck))
    terms = [word["term"] for word in answer.get("keywords") or []]
    if tags:
        found += measures.keyword_scores(terms, label.keywords)
    return dict(found)


# -- yoyak on what its model has not seen -------------------------------------------------------------------------


def refitted(raw: list[dict[str, Any]], own: list[dict[str, Any]], read: list[Label], folder: Path) -> Line:
    """Summarize each fifth of the articles with models fitted on the others; copies of one stand in one fifth."""
    seen: dict[str, int] = {}
    keys = [json.dumps(row.get("sentences") or row.get("text"), ensure_ascii=False) for row in own]
    folds = [seen.setdefault(key, len(seen)) % FOLDS for key in keys]
    answers: list[dict[str, Any]] = [{}] * len(own)
    for fold in range(FOLDS):
        test = [at for at, part in enumerate(folds) if part == fold]
        rest = [row for row, part in zip(raw, folds, strict=True) if part != fold]
        models = _fitted(write(rest, folder / "rest.jsonl"), folder)
        asked = write([own[at] for at in test], folder / "asked.jsonl")
        printed, _, _ = timed([*SUMMARIZE, *models, str(asked)], SECONDS)
        for at, line in zip(test, printed, strict=True):
            answers[at] = json.loads(line)
    return Line(REFITTED, scores_of(read, answers))


def _fitted(rest: Path, folder: Path) -> list[str]:
    """Fit what these labels can teach; the options that use it. Raises SubprocessError where they teach nothing."""
    found, reasons = [], []
    for option, more in (("--model", []), ("--keyword-model", ["--keywords"])):
        model = folder / f"model{option}.json"
        command = [*YOYAK, "train", "--no-config", "-q", "--force", *more, str(rest), "-o", str(model)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode == 0:
            found += [option, str(model)]
        else:
            reasons.append(ran.stderr.strip())
    if not found:
        raise subprocess.SubprocessError("; ".join(reasons))
    return found


# -- the table ------------------------------------------------------------------------------------------------------


def table(lines: list[Line], count: int) -> str:
    """A table a person reads, best first, and under it the systems that did not finish."""
    done = [line for line in lines if line.finished]
    columns = [measure for measure in MEASURES if any(measure in own for line in done for own in line.scores)]
    heads = "  ".join(f"{MEASURES[measure]:>22s}" for measure in columns)
    printed = [f"{'system':20s}  {heads}  {'cold start':>10s}  {'an article':>10s}"]
    for line in sorted(done, key=lambda line: [-mean(line.scores, m)[0] for m in columns]):
        cells = []
        for measure in columns:
            middle, low, high = mean(line.scores, measure)
            cells.append("-" if middle < 0 else f"{middle:.3f} [{low:.3f}, {high:.3f}]")
        shown = "  ".join(f"{cell:>22s}" for cell in cells)
        cold = "-" if line.cold is None else f"{line.cold:.2f} s"
        each = "-" if line.each is None else f"{max(0.0, line.each) * 1000:.1f} ms"
        printed.append(f"{line.name:20s}  {shown}  {cold:>10s}  {each:>10s}")
    return "\n".join(
        printed + [unfinished(line, lines[0], columns, count) for line in lines if not line.finished]
    )


def unfinished(line: Line, yoyak: Line, columns: list[str], count: int) -> str:
    """Say how far a system came, and compare it on the articles it did with yoyak on the same ones."""
    n = len(line.scores)
    said = f"{line.name:20s}  did not finish: {n} of {count} articles in {line.limit:.0f} s"
    for measure in columns if n else ():
        own, other = mean(line.scores, measure)[0], mean(yoyak.scores[:n], measure)[0]
        if own >= 0:
            said += f"; on those {MEASURES[measure]} {own:.3f}, yoyak {other:.3f}"
    return said


def mean(scores: Scores, measure: str) -> tuple[float, float, float]:
    """Mean and interval of a measure; -1 where no article has it."""
    values = [own[measure] for own in scores if measure in own]
    return evaluation.mean(values) if values else (-1.0, -1.0, -1.0)


def main() -> None:
    """Print the table for the label file named on the command line."""
    names = [REFITTED, *PACKAGES]
    parser = argparse.ArgumentParser(description="yoyak beside other summarizers")
    parser.add_argument("labels", type=Path, metavar="LABELS.jsonl")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)} (all)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="what a rival has for the file (600)")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(names):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    names = asked.names or names
    raw = [json.loads(line) for line in asked.labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    read = list(labels.read([asked.labels]))
    pairs = [rows_of(label, row) for label, row in zip(read, raw, strict=True)]
    own, given = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        lines = [judge("yoyak", SUMMARIZE, own, read, folder, limit=SECONDS)]
        for name in [
            *(name for name in names if name == REFITTED),
            *install(n for n in names if n != REFITTED),
        ]:
            command = [str(HOME / "bin" / "python"), str(HERE / "rivals.py"), name]
            try:
                lines.append(
                    refitted(raw, own, read, folder)
                    if name == REFITTED
                    else judge(name, command, given, read, folder, limit=asked.seconds)
                )
                print(f"{name}: done", file=sys.stderr)
            except (subprocess.SubprocessError, ValueError, KeyboardInterrupt) as error:
                print(f"{name}: left out: {error}", file=sys.stderr)
    print(
        f"{asked.labels.name}: {len(raw)} articles, the same sentences for every system; mean and 95 % interval, processor time"
    )
    print(table(lines, len(raw)))
    print(f"yoyak: the model it ships with; {REFITTED}: each article by models that never saw it")


if __name__ == "__main__":
    main()

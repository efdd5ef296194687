"""Score extraction against pages with a gold body: `python -m tests.tools.score_pages [--floor F1] FOLDER...`.

A folder (searched recursively) holds NAME.gold.json and its pages NAME.html, NAME.txt or NAME.<kind>.txt. Gold keys:
`title`, `text` or `body` (a list of paragraphs), where known `subtitles`, `reporters`, `press` (a name or a list of
accepted names) and `published` (ISO 8601, as far as the page states it), or `negative` for a page without an article,
which must be refused.

Recall is the share of the gold body's characters whose sentence is in the output, precision the share of the output's
characters whose sentence is in the gold; white space and the shape of quotes do not count; a refused page scores 0.
The raw page, scored the same way, is the baseline printed beside it. Metadata counts where the gold states a value.
With `--floor` the exit code is 1 if the mean F1 is lower, a stated value is wrong or a page without an article is taken.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yoyak import pipeline
from yoyak.core.errors import InputError
from yoyak.core.options import Options
from yoyak.core.values import Article
from yoyak.inputs.encoding import decode

_QUOTES = str.maketrans("‘’“”`´", "''\"\"''")
_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")
_STOP = re.compile(r"[.!?…][\"')\]]*$")
# Shorter pieces are labels and numbers that stand in any text by chance.
_SHORTEST = 8
_TRAIL = "\"')]."


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of one page's body, by characters."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """The result for one page: body score, the score of the raw page, and which metadata agree with the gold."""

    page: str
    kind: str
    body: Score
    raw: Score
    agrees: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The result for one page without an article."""

    page: str
    refused: bool


def squash(text: str) -> str:
    """`text` without white space, quotes in one shape."""
    return re.sub(r"\s+", "", text.translate(_QUOTES))


def pieces(text: str) -> list[str]:
    """The squashed sentences and lines of a text, short ones left out."""
    return [piece for part in _BREAK.split(text) if len(piece := squash(part)) >= _SHORTEST]


def score(gold: str, output: str) -> Score:
    """Compare a body with its gold."""
    ended = [piece for piece in pieces(gold) if _STOP.search(piece)]
    wanted, given = ended or pieces(gold), pieces(output)
    return Score(precision=_share(given, squash(gold)), recall=_share(wanted, squash(output)))


def _share(parts: list[str], whole: str) -> float:
    """Share of the parts' characters that stand in `whole`."""
    found = sum(len(part) for part in parts if part.rstrip(_TRAIL) in whole)
    return found / max(1, sum(map(len, parts)))


def bare(text: str) -> str:
    """`text` without white space, quotes, hyphens and stops, as titles are compared."""
    return re.sub(r"[\"'\-–…․·.,]", "", squash(text))


def metadata(gold: dict[str, Any], article: Article | None) -> dict[str, bool]:
    """Which of the values that the gold states the article has right."""
    published = article.published.isoformat() if article and article.published else ""
    agrees: dict[str, bool] = {}
    if title := gold.get("title"):
        agrees["title"] = article is not None and bare(article.title or "") == bare(title)
    if decks := gold.get("subtitles"):
        agrees["subtitles"] = article is not None and [*map(bare, article.subtitles)] == [*map(bare, decks)]
    if press := gold.get("press"):
        accepted = press if isinstance(press, list) else [press]
        agrees["press"] = article is not None and squash(article.press or "") in map(squash, accepted)
    if reporters := gold.get("reporters"):
        agrees["reporters"] = article is not None and sorted(article.reporters) == sorted(reporters)
    if stated := gold.get("published"):
        agrees["published"] = published[: len(stated[:16])] == stated[:16]
    return agrees


def score_folder(folder: Path) -> Iterator[Row | Refusal]:
    """Score every page under `folder` that has a gold beside it."""
    for gold_path in sorted(folder.rglob("*.gold.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        stem = gold_path.name.removesuffix(".gold.json")
        for page in sorted(gold_path.parent.glob(stem + ".*")):
            if page == gold_path or page.suffix not in {".txt", ".html", ".md"}:
                continue
            data = page.read_bytes()
            try:
                article: Article | None = pipeline.read(data, source=str(page), options=Options())
            except InputError as error:
                article = None
                if not gold.get("negative"):
                    print(f"refused: {error}", file=sys.stderr)
            if gold.get("negative"):
                yield Refusal(page.name, article is None)
                continue
            text = gold.get("text") or "\n".join(gold["body"])
            output = "\n".join(article.paragraphs) if article else ""
            raw = decode(data, source=str(page)).text
            kind = page.name.removeprefix(stem + ".")
            yield Row(page.name, kind, score(text, output), score(text, raw), metadata(gold, article))


def report(rows: list[Row], refusals: list[Refusal]) -> str:
    """A table by kind of page, the refusals, then the worst pages and every disagreement."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.kind].append(row)
    groups["all"] = rows
    lines = []
    for kind, group in sorted(groups.items(), key=lambda item: item[0] == "all"):
        n = len(group)
        mean = [sum(getattr(row.body, key) for row in group) / n for key in ("precision", "recall", "f1")]
        raw = sum(row.raw.f1 for row in group) / n
        agreed: dict[str, list[bool]] = defaultdict(list)
        for row in group:
            for key, value in row.agrees.items():
                agreed[key].append(value)
        right = "  ".join(f"{key} {sum(values)}/{len(values)}" for key, values in agreed.items())
        lines.append(
            f"{kind:16s} pages {n:3d}  P {mean[0]:.3f}  R {mean[1]:.3f}  F1 {mean[2]:.3f}  (raw {raw:.3f})  {right}"
        )
    taken = [refusal.page for refusal in refusals if not refusal.refused]
    lines.append(f"pages without an article refused {len(refusals) - len(taken)}/{len(refusals)}")
    lines += [f"  taken: {page}" for page in taken]
    for row in sorted(rows, key=lambda row: row.body.f1):
        wrong = [key for key, value in row.agrees.items() if not value]
        if row.body.f1 < 1 or wrong:
            body = f"P {row.body.precision:.3f} R {row.body.recall:.3f} F1 {row.body.f1:.3f}"
            lines.append(f"  {row.page:48s} {body}" + (f"  wrong: {', '.join(wrong)}" if wrong else ""))
    return "\n".join(lines)


def holds(rows: list[Row], refusals: list[Refusal], floor: float) -> bool:
    """Whether the mean F1 reaches the floor, all stated values are right and no page without an article is taken."""
    mean = sum(row.body.f1 for row in rows) / len(rows)
    return (
        mean >= floor
        and all(all(row.agrees.values()) for row in rows)
        and all(refusal.refused for refusal in refusals)
    )


def main() -> int:
    """Print the table for the folders named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.score_pages")
    parser.add_argument("folders", nargs="+", type=Path, help="pages with NAME.gold.json beside them")
    parser.add_argument(
        "--floor", type=float, help="exit code 1 below this mean F1, or if anything else is wrong"
    )
    arguments = parser.parse_args()
    results = [result for folder in arguments.folders for result in score_folder(folder)]
    rows = [result for result in results if isinstance(result, Row)]
    refusals = [result for result in results if isinstance(result, Refusal)]
    if not rows:
        parser.error("no page with a .gold.json beside it")
    print(report(rows, refusals))
    return 0 if arguments.floor is None or holds(rows, refusals, arguments.floor) else 1


if __name__ == "__main__":
    sys.exit(main())

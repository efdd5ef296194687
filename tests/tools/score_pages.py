"""Score extraction against pages with a gold body: `python -m tests.tools.score_pages FOLDER`.

A folder (searched recursively) holds NAME.gold.json and its pages NAME.html, NAME.txt or NAME.<kind>.txt. Gold keys:
`title`, `text` or `body` (a list of paragraphs), and where known `subtitles`, `reporters`, `press`, `published`.

Recall is the share of the gold body's characters whose sentence came out, precision the share of the output's
characters whose sentence stands in the gold; white space and the shape of quotes do not count; a page that is
refused scores 0. The raw page, scored the same way, is the baseline printed beside it.
"""

from __future__ import annotations

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
    """What came of one page: body score, the raw page's, and which metadata agree with the gold."""

    page: str
    kind: str
    body: Score
    raw: Score
    agrees: dict[str, bool]


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


def metadata(gold: dict[str, Any], article: Article | None) -> dict[str, bool]:
    """Which of the gold's metadata the article has right."""
    agrees = {}
    if gold.get("title"):
        bare = [re.sub(r"[\"']", "", squash(t or "")) for t in (gold["title"], article and article.title)]
        agrees["title"] = bare[0] == bare[1]
    for key in ("subtitles", "reporters"):
        if key in gold:
            agrees[key] = article is not None and list(getattr(article, key)) == gold[key]
    if "press" in gold:
        agrees["press"] = article is not None and article.press == gold["press"]
    if "published" in gold:
        time = article.published.isoformat() if article and article.published else None
        agrees["published"] = (
            time is not None and time.startswith(gold["published"])
            if gold["published"]
            else article is not None and time is None
        )
    return agrees


def score_folder(folder: Path) -> Iterator[Row]:
    """Score every page under `folder` that has a gold beside it."""
    for gold_path in sorted(folder.rglob("*.gold.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        body = gold.get("text") or "\n".join(gold["body"])
        stem = gold_path.name.removesuffix(".gold.json")
        for page in sorted(gold_path.parent.glob(stem + ".*")):
            if page == gold_path or page.suffix not in {".txt", ".html", ".md"}:
                continue
            data = page.read_bytes()
            try:
                article: Article | None = pipeline.read(data, source=str(page), options=Options())
            except InputError as error:
                print(f"refused: {error}", file=sys.stderr)
                article = None
            output = "\n".join(article.paragraphs) if article else ""
            raw = decode(data, source=str(page)).text
            kind = page.name.removeprefix(stem + ".")
            yield Row(page.name, kind, score(body, output), score(body, raw), metadata(gold, article))


def report(rows: list[Row]) -> str:
    """A table by kind of page, then the worst pages and every disagreement."""
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
    for row in sorted(rows, key=lambda row: row.body.f1):
        wrong = [key for key, value in row.agrees.items() if not value]
        if row.body.f1 < 1 or wrong:
            body = f"P {row.body.precision:.3f} R {row.body.recall:.3f} F1 {row.body.f1:.3f}"
            lines.append(f"  {row.page:48s} {body}" + (f"  wrong: {', '.join(wrong)}" if wrong else ""))
    return "\n".join(lines)


def main() -> None:
    """Print the table for the folder named on the command line."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m tests.tools.score_pages FOLDER (pages with NAME.gold.json beside them)")
    rows = list(score_folder(Path(sys.argv[1])))
    if not rows:
        sys.exit(f"{sys.argv[1]}: no page with a .gold.json beside it")
    print(report(rows))


if __name__ == "__main__":
    main()

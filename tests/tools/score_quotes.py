"""`make quotes`: precision and recall of --quotes on labelled articles: `python -m tests.tools.score_quotes [FILE]`.

A row has `text` and `quotes` with the fields of the JSON output. A quotation counts as right if its offsets and its
speaker are those of the label; roles are counted among the right ones. Exit code 1 below the minimum of 0.9.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

from yoyak.core.values import Article, Quote
from yoyak.nlp import kiwi
from yoyak.nlp.quotes import find_quotes

SAMPLES = Path(__file__).parents[2] / "samples" / "quotes.jsonl"
MIN_SCORE = 0.9


class Score(NamedTuple):
    labelled: int
    found: int
    right: int
    right_roles: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.labelled if self.labelled else 0.0


def quotes_of(text: str) -> tuple[Quote, ...]:
    article = Article(source="row", paragraphs=tuple(text.split("\n\n")))
    return find_quotes(kiwi.analyze(article))


def score(path: Path = SAMPLES) -> tuple[Score, list[str]]:
    """Score of a file of labels, and a line for each error."""
    labelled = found = right = roles = 0
    errors = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        wanted = {(q["start"], q["end"]): q for q in row["quotes"]}
        labelled += len(wanted)
        for quote in quotes_of(row["text"]):
            found += 1
            label = wanted.pop((quote.start, quote.end), None)
            if label and label["speaker"] == quote.speaker:
                right += 1
                roles += label["role"] == quote.role
            else:
                expected = label["speaker"] if label else "nobody"
                errors.append(f"{row['id']}: {quote.speaker!r} instead of {expected!r}: {quote.text}")
        errors += [f"{row['id']}: missed {q['speaker']!r}: {q['text']}" for q in wanted.values()]
    return Score(labelled, found, right, roles), errors


def main() -> int:
    result, errors = score(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
    print("\n".join(errors))
    print(
        f"{result.labelled} labelled quotations: precision {result.precision:.3f}, recall {result.recall:.3f}, "
        f"roles {result.right_roles / max(1, result.right):.3f} (minimum {MIN_SCORE})"
    )
    return int(min(result.precision, result.recall) < MIN_SCORE)


if __name__ == "__main__":
    sys.exit(main())

"""`make openings DECKS=rows.jsonl.xz`: fit `nlp/deck_split.json`, and say how well it finds leads of other outlets.

Rows have `title`, `deck`, `text` and `media`. Each lead is read twice: as it stands, where nothing is to be cut, and
with its deck glued to it, where one place is right. Nothing is learned about the inside of decks.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from yoyak import inputs, pipeline
from yoyak.core.errors import InputError
from yoyak.core.options import Options
from yoyak.core.values import Article
from yoyak.nlp import deck_split, document_frequency, kiwi

TARGET = Path(deck_split.__file__).parent / "deck_split.json"
FOLDS = 3
# What is seen at fewer places than this is not learned.
FEWEST = 20
PENALTY = 1.0  # C of scikit-learn

Place = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Lead:
    """The places of a lead that was glued to its deck, counted from where it begins, and of the same lead alone."""

    outlet: str
    glued: list[Place]
    alone: list[Place]


def read(path: Path) -> Iterator[Lead]:
    """Leads of rows that have a deck and an article."""
    options = Options()
    table = document_frequency.load(None)
    for item in inputs.discover([path], read=options.read):
        try:
            row = inputs.load(item, options.read)
            if not isinstance(row, Mapping):
                continue
            article = pipeline.read_row(
                {"title": row["title"], "text": row["text"]}, source=item.source, options=options
            )
        except InputError:
            continue
        deck, lead = " ".join(str(row["deck"]).split()), article.text[: deck_split.READ]

        def look(text: str, title: str = article.title or "") -> list[Place]:
            sentences = kiwi.analyze(Article(source="", paragraphs=(text,))).sentences
            return (
                list(deck_split.places(sentences[0].tokens, text, title, background=table))
                if sentences
                else []
            )

        glued = [(at - len(deck), seen) for at, seen in look(deck + lead)]
        yield Lead(str(row["media"]), [place for place in glued if place[0] >= 0], look(lead))


def fit(leads: Sequence[Lead]) -> deck_split.Model:
    """Weights for what is seen often enough."""
    rows = [(seen, at == 0) for lead in leads for at, seen in lead.glued]
    rows += [(seen, False) for lead in leads for _, seen in lead.alone]
    often = Counter(name for seen, _ in rows for name in seen)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{name: 1 for name in seen if often[name] >= FEWEST} for seen, _ in rows]
    )
    fitted = LogisticRegression(C=PENALTY, max_iter=1_000).fit(matrix, np.array([right for _, right in rows]))
    weights = zip(vectorizer.get_feature_names_out(), fitted.coef_[0], strict=True)
    return deck_split.Model(
        bias=round(float(fitted.intercept_[0]), 3),
        weights={str(name): round(float(weight), 3) for name, weight in weights},
    )


def measure(leads: Sequence[Lead]) -> dict[str, int]:
    """Count leads found and leads cut for nothing, each by a model that never saw its outlet."""
    counts: Counter[str] = Counter()
    outlets = sorted({lead.outlet for lead in leads})
    for fold in range(FOLDS):
        asked = frozenset(outlets[fold::FOLDS])
        model = fit([lead for lead in leads if lead.outlet not in asked])
        for lead in leads:
            if lead.outlet in asked:
                counts["leads"] += 1
                counts["to be found"] += any(at == 0 for at, _ in lead.glued)
                counts["found"] += _last(model, lead.glued) == 0
                counts["cut for nothing"] += _last(model, lead.alone) is not None
    return dict(counts)


def _last(model: deck_split.Model, places: Sequence[Place]) -> int | None:
    return max([at for at, seen in places if model.chance(seen) >= deck_split.SURE], default=None)


def main() -> None:
    """Fit, measure, write."""
    if len(sys.argv) != 2:
        sys.exit("make openings DECKS=rows: JSONL with title, deck, text, media")
    leads = list(read(Path(sys.argv[1])))
    measured = measure(leads)
    model = fit(leads)
    table = {
        "provenance": f"decks and leads of {len({lead.outlet for lead in leads})} Korean outlets, 2025",
        "measured": {**measured, "how": f"{FOLDS} folds by outlet, sure at {deck_split.SURE}"},
        "bias": model.bias,
        "weights": dict(sorted(model.weights.items())),
    }
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(json.dumps(table["measured"], ensure_ascii=False), f"{len(model.weights)} weights")


if __name__ == "__main__":
    main()

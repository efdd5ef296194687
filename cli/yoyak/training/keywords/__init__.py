"""Fit the weights of the keywords: what publishers tag their own articles with teaches what a keyword is.

    rows with a title            -> features of the shortlist without the title, in the title or not -> first trees
    rows with keywords, or with hashtags at their foot -> features of the shortlist, in the tags or not -> more trees
    all of them, by gradient boosting -> keywords.json, readable, with its scores

Labels are few and titles are many: what of a body its title takes up is nearly what its publisher tags, so the trees
begin with it (worth 0.005 of F1@5). No feature knows a term's letters, so no name of the labels' weeks is learned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.keywords import model as keyword_model
from yoyak.nlp.document_frequency import Background
from yoyak.training.keywords.samples import Draw, Sample, labelled, sample_of
from yoyak.training.keywords.trees import SETTINGS, export, fit, fit_titles
from yoyak.training.keywords.validation import MEASURED, cross_validate

# Fewer labelled articles than this teach nothing.
LEAST = 40
# Articles whose titles teach: drawn from those without keywords, if there are enough of them. More teach no more.
MOST_TITLES = 3_000
FEWEST_TITLES = 300


def run(
    paths: Sequence[Path],
    *,
    background: Background,
    words: tuple[tuple[str, str], ...] = (),
    provenance: str = "",
    on_article: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Fit on the rows of `paths` and cross-validate by article; the model as it is written to JSON.

    Raises OptionError when there are too few labelled articles, InputError for rows that cannot be read.
    """
    samples: list[Sample] = []
    drawn = Draw(MOST_TITLES)
    digest = hashlib.sha256()
    numbers = count(1)

    def take(row: Mapping[str, Any], tags: Sequence[str]) -> Sample:
        digest.update(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())
        if on_article is not None:
            on_article(next(numbers))
        return sample_of(row, tags, background=background, words=words)

    for row, tags in labelled(paths):
        if tags:
            samples.append(take(row, tags))
        else:
            drawn.offer(row)
    # Copies are one article, and keywords that stand nowhere in theirs teach nothing.
    scored = len({sample.group for sample in samples if sample.scored and any(sample.hits)})
    if scored < LEAST:
        raise OptionError(
            text(
                "a keyword model needs at least {least} labelled articles; there are {n}",
                least=LEAST,
                n=scored,
            )
        )
    copies = {sample.group for sample in samples}
    titled = [sample for row in drawn.rows if (sample := take(row, ())).group not in copies]
    first = fit_titles(titled) if len(titled) >= FEWEST_TITLES else None
    return {
        "schema": 1,
        "kind": "keywords",
        "provenance": provenance,
        "articles": len(samples),
        "titles": len(titled) if first is not None else 0,
        "digest": digest.hexdigest(),
        "settings": SETTINGS,
        "measured": MEASURED,
        "scores": cross_validate(samples, first),
        "features": list(keyword_model.FEATURES),
        **export(fit(samples, first), first),
    }


def to_json(model: Mapping[str, Any]) -> str:
    """Write the model file: one line for each tree, so that two of them can be compared by eye and by diff."""
    head = {key: value for key, value in model.items() if key != "trees"}
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    trees = ",\n  ".join(json.dumps(tree) for tree in model["trees"])
    return f'{opening},\n "trees": [\n  {trees}\n ]\n}}\n'

"""Fit the keyword model to the keywords that editors chose: `yoyak train --keywords LABELS`.

samples     shortlisted candidates of each labelled article, and which of them were chosen
fit         boosted trees, exported to plain numbers
validation  scores by cross-validation, and on other people's labels
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.keywords.features import FEATURES
from yoyak.keywords.model import RATE_FEATURES
from yoyak.nlp.document_frequency import Background
from yoyak.training import labels
from yoyak.training.keywords.fit import fit, settings
from yoyak.training.keywords.samples import read
from yoyak.training.keywords.validation import MEASURED, cross_validate, score_model, summary

MIN_ARTICLES = 40


def run(
    paths: Sequence[Path],
    *,
    background: Background,
    check: Sequence[Path] = (),
    words: tuple[tuple[str, str], ...] = (),
    provenance: str = "",
    on_article: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Fit to the rows of `paths`, cross-validate, and score the rows of `check`; return the model for `to_json`.

    Raises OptionError if there are too few labelled articles, InputError for rows that cannot be read.
    """
    numbers = count(1)

    def report() -> None:
        if on_article is not None:
            on_article(next(numbers))

    samples = list(read(paths, background=background, words=words, on_article=report))
    # Copies count once, and keywords that are not printed in their article teach nothing.
    usable = len({sample.group for sample in samples if any(sample.hits)})
    if usable < MIN_ARTICLES:
        raise OptionError(
            text(
                "a keyword model needs at least {least} labelled articles; there are {n}",
                least=MIN_ARTICLES,
                n=usable,
            )
        )
    others = list(read(check, background=background, words=words, on_article=report))
    model = fit(samples)
    scores = cross_validate(samples)
    if others:
        scores["transfer"] = summary(score_model(model, others))
    return {
        "schema": 2,
        "kind": "keywords",
        "provenance": provenance,
        "background": background.provenance,
        "articles": len(samples),
        "digest": labels.digest(paths),
        "settings": settings(),
        "measured": MEASURED,
        "scores": scores,
        "features": [*FEATURES, *RATE_FEATURES],
        **model,
    }


def to_json(model: Mapping[str, Any]) -> str:
    """Model file: one line per tree, so that diffs can be read."""
    head = {key: value for key, value in model.items() if key not in ("trees", "rates")}
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    rates = ",\n  ".join(
        f"{json.dumps(name)}: {json.dumps(table, ensure_ascii=False)}"
        for name, table in model["rates"].items()
    )
    trees = ",\n  ".join(json.dumps(tree) for tree in model["trees"])
    return f'{opening},\n "rates": {{\n  {rates}\n }},\n "trees": [\n  {trees}\n ]\n}}\n'

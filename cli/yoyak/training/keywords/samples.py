"""Rows to learn from: which rows teach, and the features of what they teach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from yoyak import extraction as articles
from yoyak import keywords
from yoyak.core.errors import EmptyArticleError
from yoyak.core.options import KeywordOptions, ReadOptions
from yoyak.keywords import model
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.runs import squash
from yoyak.nlp import kiwi
from yoyak.nlp.document_frequency import Background
from yoyak.training import labels
from yoyak.training.measures import KEYWORDS

# Hashtags at the foot of a text: at least three, and nothing after them but more of them and a name.
_HASHTAG = re.compile(r"#([가-힣A-Za-z0-9_]{2,})")
_FEWEST_TAGS, _MOST_TAGS = 3, 15
_LEAST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled article: its candidates, their features, and which of them its publisher chose."""

    candidates: list[Candidate]
    rows: Sequence[model.Row]
    keys: frozenset[str]
    """The publisher's keywords, squashed."""
    scored: bool
    """Whether it is a label of its own (`keywords`) and not a text with hashtags or a title alone."""
    group: str
    """Equal for copies of one text, which must not stand on both sides of a fold."""

    @property
    def hits(self) -> list[bool]:
        """Which candidates the publisher chose."""
        return [candidate.key in self.keys for candidate in self.candidates]


class Draw:
    """Draw so many of a stream of rows, each with the same chance (reservoir sampling, Vitter 1985)."""

    def __init__(self, size: int) -> None:
        self.rows: list[Mapping[str, Any]] = []
        self.size = size
        self.seen = 0
        self.chance = np.random.default_rng(0)

    def offer(self, row: Mapping[str, Any]) -> None:
        """Take the next row of the stream."""
        self.seen += 1
        if len(self.rows) < self.size:
            self.rows.append(row)
        elif (place := int(self.chance.integers(self.seen))) < self.size:
            self.rows[place] = row


def labelled(paths: Sequence[Path]) -> Iterator[tuple[Mapping[str, Any], list[str]]]:
    """Rows with keywords of their own, or with hashtags, which are cut off the text, and, without either, with a title.

    A row and its keywords, which are none where only the title teaches; other rows are passed over.
    Raises RowError for what is no row or has keywords that are no list of strings, OptionError for a folder.
    """
    for source, row in labels.rows(paths, ReadOptions()):
        tags = labels.keywords_of(row, source=source)
        if tags:
            yield row, list(tags)
            continue
        body = str(row.get("text") or "")
        found = list(dict.fromkeys(_HASHTAG.findall(body)))
        start = body.find("#")
        if start >= _LEAST_TEXT and _FEWEST_TAGS <= len(found) <= _MOST_TAGS:
            press = str(row.get("media") or "\0")
            yield {**row, "text": body[:start]}, [tag.removesuffix(press) for tag in found]
        elif row.get("title") and body:
            yield row, []


def sample_of(
    row: Mapping[str, Any], tags: Sequence[str], *, background: Background, words: tuple[tuple[str, str], ...]
) -> Sample:
    """Take from a row what there is to learn; no candidates where no article is left of it.

    A row without tags teaches by its title, which it is weighed without.
    """
    known = {key: row[key] for key in ("id", "title", "text", "sentences") if row.get(key) is not None}
    keys = frozenset(squash(tag) for tag in tags) - {""}
    scored = bool(row.get("keywords"))
    try:
        article = articles.from_row(known, source=str(row.get("id") or ""), read=ReadOptions())
    except EmptyArticleError:
        return Sample([], [], keys, scored, "")
    heading = squash(article.title or "")
    if not tags:
        article = replace(article, title=None)
    analysis = kiwi.analyze(article, words)
    found, rows = keywords.weigh(analysis, background=background, options=KeywordOptions(limit=KEYWORDS))
    if not tags:
        keys = frozenset(candidate.key for candidate in found if candidate.key in heading)
    letters = squash(article.text)
    return Sample(found, rows, keys, scored, group=letters[len(letters) // 4 :][:80])

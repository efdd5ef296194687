"""Training samples: the shortlisted candidates of labelled articles, and which of them the editor chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yoyak import extraction as articles
from yoyak import keywords
from yoyak.core.errors import EmptyArticleError
from yoyak.core.options import KeywordOptions, ReadOptions
from yoyak.core.values import Article
from yoyak.keywords import features
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.words import squash
from yoyak.nlp import kiwi
from yoyak.nlp.document_frequency import Background
from yoyak.training import labels


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled article."""

    candidates: Sequence[Candidate]
    rows: features.Matrix
    """One row of `features.FEATURES` per candidate."""
    found: Mapping[str, Candidate]
    """All candidates of the article by key, also those that are not on the shortlist."""
    keys: frozenset[str]
    """The chosen keywords, squashed."""
    group: str
    """Equal for copies of one text, which must not be in two folds."""

    @property
    def hits(self) -> list[bool]:
        """For each candidate, whether it was chosen."""
        return [candidate.key in self.keys for candidate in self.candidates]


def read(
    paths: Sequence[Path],
    *,
    background: Background,
    words: tuple[tuple[str, str], ...] = (),
    on_article: Callable[[], None] | None = None,
) -> Iterator[Sample]:
    """Read the rows that have `keywords`; others, and rows without an article, are skipped.

    Raises RowError for a row that is no object or has keywords that are no list of strings, OptionError for a folder.
    """
    options = ReadOptions()
    for source, row in labels.rows(paths, options):
        keys = frozenset(map(squash, labels.keywords_of(row, source=source))) - {""}
        if not keys:
            continue
        # References (`deck`, `gold_extractive`) stay out of the article.
        known = {key: row[key] for key in ("id", "title", "text", "sentences") if row.get(key) is not None}
        try:
            article = articles.from_row(known, source=source, read=options)
        except EmptyArticleError:
            continue
        if on_article is not None:
            on_article()
        yield _sample(article, keys, background, words)


def _sample(
    article: Article, keys: frozenset[str], background: Background, words: tuple[tuple[str, str], ...]
) -> Sample:
    analysis = kiwi.analyze(article, words)
    found, candidates, rows = keywords.describe(analysis, background=background, options=KeywordOptions())
    letters = squash(article.text)
    return Sample(candidates, rows, found, keys, group=letters[len(letters) // 4 :][:80])

"""Label files: articles with what people chose, wrote or tagged for them.

JSONL rows, plain or compressed. A row has an article and any of these references: `gold_extractive` (indices of the
chosen sentences), `acceptable` (indices of others that could have been chosen), `deck` or `gold_abstractive` (a text
that sums up the article), `keywords`. A row with a `kind` is also scored with the others of its kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yoyak import extraction as articles
from yoyak import inputs
from yoyak.core.errors import OptionError, RowError
from yoyak.core.messages import plural, text
from yoyak.core.options import Fields, ReadOptions
from yoyak.core.values import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One labelled article. A missing reference is empty."""

    article: Article
    chosen: frozenset[int]
    """Indices of the sentences people chose."""
    acceptable: frozenset[int] | None = None
    """Indices of other sentences an editor could have chosen; None: nobody was asked."""
    reference: str
    """The deck, or else the summary people wrote."""
    deck: str
    kind: str = ""
    keywords: tuple[str, ...]


def read(paths: Sequence[Path], *, fields: Fields | None = None) -> Iterator[Label]:
    """Read label rows in order, lazily.

    Raises InputError for a bad row, because a score over some of the rows would mislead, and OptionError for a folder.
    """
    options = ReadOptions(fields=fields or Fields())
    for source, row in rows(paths, options):
        yield label_of(row, source=source, fields=options.fields)


def rows(paths: Sequence[Path], options: ReadOptions) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Read the rows of label files, each with its source. Raises RowError for a page, OptionError for a folder."""
    for path in paths:
        if path.is_dir():
            raise OptionError(text("{path}: labels must be a file, not a folder", path=path))
        for item in inputs.discover([path], read=options):
            row = inputs.load(item, options)
            if not isinstance(row, Mapping):
                raise RowError(
                    text("{source}: labels must be JSONL rows", source=item.source), source=item.source
                )
            yield item.source, row


def label_of(row: Mapping[str, Any], *, source: str, fields: Fields) -> Label:
    """Read one row. Raises RowError if a reference has the wrong type, InputError for a row without an article."""
    article = articles.from_row(row, source=source, read=ReadOptions(fields=fields))
    chosen = _indices(row, "gold_extractive", source)
    keywords = keywords_of(row, source=source)
    deck = _text(row, "deck", source)
    label = Label(
        article=article,
        chosen=chosen,
        acceptable=None if row.get("acceptable") is None else _indices(row, "acceptable", source),
        reference=deck or _text(row, "gold_abstractive", source),
        deck=deck,
        keywords=keywords,
        kind=str(row.get("kind") or ""),
    )
    if article.spans is not None:
        check_indices(label, len(article.spans))
    return label


def check_indices(label: Label, count: int) -> None:
    """Raise RowError if an index is past the last of `count` sentences, known after a text is split."""
    for key, indices in (("gold_extractive", label.chosen), ("acceptable", label.acceptable or ())):
        last = max(indices, default=-1)
        if last < count:
            continue
        source = label.article.source
        raise RowError(
            plural(
                "{source}: “{key}” holds index {index} (counted from 0), but the article has {count} sentence",
                "{source}: “{key}” holds index {index} (counted from 0), but the article has {count} sentences",
                count,
                source=source,
                key=key,
                index=last,
            ),
            source=source,
        )


def keywords_of(row: Mapping[str, Any], *, source: str) -> tuple[str, ...]:
    """Return the keywords of a row; empty if it has none. Raises RowError if they are not a list of strings."""
    keywords = row.get("keywords") or []
    if not isinstance(keywords, list) or not all(isinstance(word, str) for word in keywords):
        raise RowError(
            text("{source}: “{key}” is not a list of strings", source=source, key="keywords"), source=source
        )
    return tuple(keywords)


def _indices(row: Mapping[str, Any], key: str, source: str) -> frozenset[int]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(type(index) is int and index >= 0 for index in value):
        raise RowError(
            text("{source}: “{key}” is not a list of indices", source=source, key=key), source=source
        )
    return frozenset(value)


def _text(row: Mapping[str, Any], key: str, source: str) -> str:
    value = row.get(key) or ""
    if not isinstance(value, str):
        raise RowError(text("{source}: “{key}” is not a string", source=source, key=key), source=source)
    return value


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 of the bytes of label files, in order."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return f"sha256:{whole.hexdigest()}"

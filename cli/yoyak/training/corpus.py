"""Background statistics from any collection of articles: `yoyak background PATHS... -o STATS`.

    articles -> terms of each -> counts of each collection -> one smoothed table

Each path given is one collection. A term far more frequent in one collection than in the others is a fever of
that time or that paper (a trial, a storm), not a common word, and is counted as rarer than it was: see `smooth`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from math import exp, log

from yoyak.core.values import Analysis, Outcome, Summary
from yoyak.keywords import candidates, lexicon
from yoyak.nlp import document_frequency
from yoyak.ranking import features
from yoyak.training import vectors

# Terms held while counting. Over it, the rarest are forgotten (lossy counting, Manku and Motwani 2002).
MOST_TERMS = 3_000_000
# Documents a term must stand in to be kept in a table: one more for each 8,000 read, at most five.
LEAST = 5
PER_LEAST = 8_000
# How many documents of the common rate each collection is given before its own are counted.
PRIOR = 400.0
# Longest term kept, in characters: longer ones are names of one event.
LONGEST = 16


@dataclass(frozen=True, slots=True)
class Terms:
    """Distinct terms of one document, and those of them that its title holds."""

    all: tuple[str, ...]
    title: tuple[str, ...]


@dataclass(slots=True)
class Counts:
    """Document frequencies of one collection."""

    documents: int = 0
    frequencies: dict[str, int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)
    """In how many documents the title holds the term."""


def terms_of(analysis: Analysis) -> Terms:
    """Terms of an article: morphemes as `form/kind`, compounds and names by their letters alone."""
    found = candidates.find(analysis, lexicon.load())
    compounds = [key for key in found if len(key) <= LONGEST]
    morphemes = set(features.terms_of(analysis.title))
    for sentence in analysis.sentences:
        morphemes.update(features.terms_of(sentence.tokens))
    title = [key for key in compounds if found[key].in_title]
    return Terms((*compounds, *sorted(morphemes)), tuple(title))


def finish(outcome: Outcome) -> Terms | None:
    """Terms of a summary; None for anything else. What `batch.run` sends back for each article."""
    return terms_of(outcome.analysis) if isinstance(outcome, Summary) else None


def count(documents: Iterable[Terms]) -> Counts:
    """Count a stream of documents, in memory that does not grow with it."""
    counts = Counts()
    floor = 0
    source = iter(documents)
    while batch := list(islice(source, vectors.BATCH)):
        counts.documents += len(batch)
        for total, parts in (
            (counts.frequencies, (document.all for document in batch)),
            (counts.titles, (document.title for document in batch)),
        ):
            for part in vectors.document_frequencies(parts):
                for term, frequency in part.items():
                    total[term] = total.get(term, 0) + frequency
        if len(counts.frequencies) > MOST_TERMS:
            floor += 1
            counts.frequencies = {t: n for t, n in counts.frequencies.items() if n > floor}
            counts.titles = {t: n for t, n in counts.titles.items() if t in counts.frequencies}
    return counts


def smooth(collections: Sequence[Counts]) -> Iterator[tuple[str, float, float]]:
    """Give (term, frequency, title frequency) over all collections, fevers cooled.

    The frequency is the pooled one, or, if that is less, the geometric mean of the collections' rates, each
    taken with `PRIOR` documents of the pooled rate. A name in 5 % of one collection and in none of another
    counts as standing in about 1.5 %; a name in 0.1 % hardly changes, since its absence proves nothing.
    """
    documents = sum(part.documents for part in collections)
    least = min(LEAST, 1 + documents // PER_LEAST)
    frequencies = [part.frequencies for part in collections]
    sizes = [part.documents for part in collections]
    for term in dict.fromkeys(chain.from_iterable(frequencies)):
        pooled = sum(part.get(term, 0) for part in frequencies)
        if pooled < least:
            continue
        rate = pooled / documents
        mean = sum(
            log((part.get(term, 0) + PRIOR * rate) / (size + PRIOR))
            for part, size in zip(frequencies, sizes, strict=True)
        ) / len(sizes)
        cooled = min(float(pooled), exp(mean) * documents)
        titles = sum(part.titles.get(term, 0) for part in collections)
        yield term, cooled, titles * cooled / pooled


def table(collections: Sequence[Counts], *, provenance: str) -> bytes:
    """Bytes of the table of some collections, as `background.load` reads it."""
    documents = sum(part.documents for part in collections)
    return document_frequency.dump(smooth(collections), documents=documents, provenance=provenance)

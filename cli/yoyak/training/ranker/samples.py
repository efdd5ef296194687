"""Labelled articles to learn from: features, and a target for each sentence.

Targets. Where people chose sentences, each chosen one is as good as the other. Where an editor wrote a deck, the
target of a sentence is the share of good summaries it is in: every set of three sentences is scored by the
deck's bigrams that its first 250 characters hold, and sets count by exp(SHARPNESS x score). So a sentence is judged
by the set it helps to make, with its length and what others say already, and not alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise
from sys import intern

import numpy as np

from yoyak.core.values import Analysis
from yoyak.nlp import kiwi
from yoyak.ranking import features
from yoyak.ranking.features import Sheet
from yoyak.ranking.graph import Indices, Vector
from yoyak.training import rouge
from yoyak.training.labels import Label
from yoyak.training.measures import BUDGET
from yoyak.training.ranker.pairs import Lesson, Vocabulary, lesson_of

SENTENCES = 3  # the length of a summary that targets and reports are about
SHARPNESS = 40.0  # sets within 0.02 of the best count about as much as the best
WIDEST = 24  # sentences from which sets are made: 2,024 sets; the others share no bigram that matters


@dataclass(frozen=True, slots=True)
class View:
    """What sets of sentences show of a deck.

    `reach[i, b]`: characters of sentence i after which it holds bigram b; `weight[b]`: b's share of the deck.
    """

    reach: Indices
    weight: Vector
    lengths: Indices

    def shown(self, sets: Indices) -> Vector:
        """Recall of the deck's bigrams in the first BUDGET characters of each set, a row of indices in order."""
        starts = np.zeros(sets.shape, dtype=np.int64)
        starts[:, 1:] = np.cumsum(self.lengths[sets[:, :-1]] + 1, axis=1)
        held = np.zeros((len(sets), len(self.weight)), dtype=bool)
        for column in range(sets.shape[1]):
            held |= self.reach[sets[:, column]] <= (BUDGET - starts[:, column])[:, None]
        return np.asarray(held @ self.weight)


@dataclass(frozen=True, slots=True)
class Sample:
    """One article to learn from; `target` and the sets of `view` are over the sheet's rows.

    `lesson`: what it teaches of pairs, where it has a deck. `analysis` is kept of articles that are scored as well.
    """

    collection: str
    sheet: Sheet
    target: Vector
    chosen: frozenset[int]
    view: View | None
    lesson: Lesson | None = None
    analysis: Analysis | None = None


def sample_of(
    label: Label, analysis: Analysis, words: tuple[tuple[str, str], ...], vocabulary: Vocabulary
) -> Sample | None:
    """Make a sample; None where nothing tells its sentences apart. Morphemes are numbered in `vocabulary`."""
    if not analysis.sentences:
        return None
    sentences = features.candidates(analysis)
    sheet = features.sheet(analysis, sentences)
    sheet = replace(sheet, terms=tuple(map(intern, sheet.terms)))  # thousands of articles share their words
    if label.chosen:
        picked = np.array([float(row in label.chosen) for row in sheet.rows])
        if not picked.any():
            return None
        return Sample(label.collection, sheet, picked / picked.sum(), label.chosen, None, None, analysis)
    if not label.deck:
        return None
    deck = kiwi.tokenize(label.deck, words)
    view = view_of(analysis, sheet.rows, rouge.units(deck))
    shares = _shares(view)
    if shares is None:
        return None
    lesson = lesson_of(sentences, deck, vocabulary)
    return Sample(label.collection, sheet, shares, frozenset(), view, lesson, analysis)


def view_of(analysis: Analysis, rows: Sequence[int], deck: Sequence[str]) -> View:
    """Where the bigrams of a deck stand in the sentences `rows`."""
    wanted = rouge.grams(deck, 2)
    columns = {gram: at for at, gram in enumerate(wanted)}
    sentences = [analysis.sentences[row] for row in rows]
    reach = np.full((len(sentences), len(columns)), np.iinfo(np.int32).max, dtype=np.int64)
    for at, sentence in enumerate(sentences):
        held = [token for token in sentence.tokens if rouge.is_unit(token)]
        names = rouge.units(held)
        for pair, second in zip(pairwise(names), held[1:], strict=False):
            column = columns.get(pair)
            if column is not None:
                reach[at, column] = min(reach[at, column], second.end - sentence.start)
    weight = np.array(list(wanted.values()), dtype=np.float64)
    return View(reach, weight / max(1.0, weight.sum()), np.array([len(s.text) for s in sentences]))


@lru_cache(maxsize=64)
def _sets(n: int) -> Indices:
    return np.array(list(combinations(range(n), min(SENTENCES, n))), dtype=np.int64)


def _shares(view: View) -> Vector | None:
    """Share of good sets that each sentence is in, summing to 1; None where no set shows anything of the deck."""
    n = len(view.lengths)
    alone = (view.reach <= BUDGET) @ view.weight
    keep = np.sort(np.argsort(-alone, kind="stable")[:WIDEST])
    sets = keep[_sets(len(keep))]
    scores = view.shown(sets)
    if not scores.any():
        return None
    odds = np.exp(SHARPNESS * (scores - scores.max()))
    shares = np.bincount(sets.ravel(), weights=np.repeat(odds, sets.shape[1]), minlength=n)
    return np.asarray(shares / shares.sum())

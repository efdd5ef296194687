"""Choose sentences under a budget: greedy maximal marginal relevance (Carbonell and Goldstein 1998).

Laws: only candidates, each index once, never two sentences with the same words, in article order; the
joined summary keeps every limit of `Length`. At least one sentence is given: where the budget of characters
is smaller than every candidate, the shortest candidate alone, over the budget, because half a
sentence or nothing helps nobody.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from yoyak import learned
from yoyak.errors import OptionError
from yoyak.features import terms_of
from yoyak.messages import text

if TYPE_CHECKING:
    from yoyak.model import Analysis, Ranking, Sentence
    from yoyak.options import Length, RankOptions

DIVERSITY = 0.2  # of the graph and centroid rankers: MMR at 0.7 to 0.9 relevance gave them +0.02


def select(analysis: Analysis, ranking: Ranking, *, options: RankOptions) -> tuple[int, ...]:
    """Return the indices of the chosen sentences, in article order. Raises OptionError for a bad limit."""
    count, chars = limits(options.length, len(analysis.sentences))
    pool = [sentence for sentence in analysis.sentences if sentence.candidate]
    if not pool:
        return ()
    fitting = pool if chars is None else [s for s in pool if len(s.text) <= chars]
    if not fitting:
        return (min(pool, key=lambda s: (len(s.text), s.index)).index,)
    diversity = _diversity(options)
    return tuple(sorted(_greedy(fitting, ranking.scores, count, chars, diversity)))


def _diversity(options: RankOptions) -> float:
    if options.diversity is not None:
        return options.diversity
    if options.method == "hybrid":
        return learned.load(options.model).diversity
    return 0.0 if options.method == "lead" else DIVERSITY


def limits(length: Length, total: int) -> tuple[int, int | None]:
    """Sentences and characters a summary may have: the tightest of what was asked for, at least one sentence."""
    if length.sentences is not None and length.sentences < 1:
        raise OptionError(text("A summary needs at least one sentence, not {count}.", count=length.sentences))
    if length.ratio is not None and not 0.0 < length.ratio <= 1.0:
        raise OptionError(text("A ratio lies over 0 and up to 1, not {ratio}.", ratio=length.ratio))
    if length.chars is not None and length.chars < 1:
        raise OptionError(text("A summary needs at least one character, not {count}.", count=length.chars))
    count = total if length.sentences is None else length.sentences
    if length.ratio is not None:
        count = min(count, math.ceil(total * length.ratio - 1e-9))
    return max(count, 1), length.chars


def _greedy(
    pool: list[Sentence], scores: tuple[float, ...], count: int, chars: int | None, diversity: float
) -> list[int]:
    """Take the best sentence, lower what repeats it, take the next that still fits."""
    values = [scores[s.index] for s in pool]
    low = min(values)
    spread = (max(values) - low) or 1.0
    relevance = {s.index: (scores[s.index] - low) / spread for s in pool}
    terms = {s.index: frozenset(terms_of(s.tokens)) for s in pool} if diversity else {}
    likeness = dict.fromkeys(relevance, 0.0)
    open_ = {s.index: s for s in pool}
    chosen: list[int] = []
    left = chars
    while open_ and len(chosen) < count:
        best = max(
            open_.values(),
            key=lambda s: ((1 - diversity) * relevance[s.index] - diversity * likeness[s.index], -s.index),
        )
        chosen.append(best.index)
        if left is not None:
            left -= len(best.text) + 1
            open_ = {i: s for i, s in open_.items() if len(s.text) <= left}
        words = best.text.split()
        open_ = {i: s for i, s in open_.items() if i != best.index and s.text.split() != words}
        if diversity:
            for i in open_:
                likeness[i] = max(likeness[i], _cosine(terms[i], terms[best.index]))
    return chosen


def _cosine(one: frozenset[str], other: frozenset[str]) -> float:
    """Cosine of two sets: shared members over the geometric mean of their sizes."""
    if not one or not other:
        return 0.0
    return len(one & other) / math.sqrt(len(one) * len(other))

"""Choose the sentences of a summary, best first, within its limits.

The hybrid method skips a sentence that says what a chosen sentence says; the other methods use maximal marginal
relevance (Carbonell and Goldstein 1998). Both take one sentence after the other, so that a summary of two sentences
contains the summary of one.

Laws: only candidates, each at most once, never two sentences with the same words, in article order, within every
limit. There is at least one sentence: if no candidate fits in the number of characters, the shortest one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.nlp.cues import is_loose
from yoyak.ranking.features import CONTENT, candidates, short_sentences

if TYPE_CHECKING:
    from yoyak.core.options import Length, RankOptions
    from yoyak.core.values import Analysis, Ranking, Sentence

DEFAULT_DIVERSITY = 0.2  # of the methods of the literature: MMR at 0.7 to 0.9 relevance gave them +0.02
MAX_SHARED = 0.5
"""Share of the content words of the shorter sentence; above it, two sentences say the same (see `evaluate`)."""
LOOSE_PENALTY = 0.3
"""Standard deviations of the scores that a sentence costs if it refers back to a sentence that is not chosen."""
CONTENT_TAGS = frozenset(("NNG", "NNP", "SL", "SN", "SH", "XR"))
MAX_CHOICES = 40  # sentences; after them only the scores count, so that long summaries take linear time
MAX_CONTENDERS = 200  # sentences with the highest scores that are compared for each choice


def select(analysis: Analysis, ranking: Ranking, *, options: RankOptions) -> tuple[int, ...]:
    """Return the indices of the chosen sentences in article order. Raises OptionError for a bad limit."""
    return tuple(sorted(select_ordered(analysis, ranking, options=options)))


def select_ordered(analysis: Analysis, ranking: Ranking, *, options: RankOptions) -> tuple[int, ...]:
    """Return the indices of the chosen sentences, the best first. Raises OptionError for a bad limit."""
    count, chars = limits(options.length, len(analysis.sentences))
    pool = _distinct([s for s in candidates(analysis) if s.candidate], ranking.scores)
    if not pool:
        return ()
    if options.length.sentences is not None and len(pool) < count:
        held = {s.index for s in pool}
        pool = _distinct(
            [*pool, *(s for s in short_sentences(analysis) if s.index not in held)], ranking.scores
        )
    fitting = pool if chars is None else [s for s in pool if len(s.text) <= chars]
    if not fitting:
        return (min(pool, key=lambda s: (len(s.text), s.index)).index,)
    values = _standardized([ranking.scores[s.index] for s in fitting])
    if options.diversity is not None or options.method != "hybrid":
        diversity = options.diversity
        if diversity is None:
            diversity = 0.0 if options.method == "lead" else DEFAULT_DIVERSITY
        cost = _mmr_cost(fitting, values, diversity)
    else:
        cost = _repetition_cost(fitting)
    return tuple(_take(fitting, values, cost, count, chars))


Cost = Callable[[int, Sequence[int]], float]
"""What the score of a sentence loses if it joins the chosen ones; both are places in the pool."""


def _take(
    pool: Sequence[Sentence], values: Sequence[float], cost: Cost, count: int, chars: int | None
) -> list[int]:
    """Take the sentence with the highest value after costs, again and again, while it fits."""
    left = chars
    waiting = sorted(range(len(pool)), key=lambda at: (-values[at], at))
    chosen: list[int] = []

    def fits(at: int) -> bool:
        return left is None or len(pool[at].text) <= left

    while waiting and len(chosen) < min(count, MAX_CHOICES):
        contenders = [at for at in waiting if fits(at)][:MAX_CONTENDERS]
        if not contenders:
            break
        best = max(contenders, key=lambda at: (values[at] - cost(at, chosen), -at))
        waiting.remove(best)
        chosen.append(best)
        if left is not None:
            left -= len(pool[best].text) + 1
    for at in waiting:
        if len(chosen) == count:
            break
        if fits(at):
            chosen.append(at)
            if left is not None:
                left -= len(pool[at].text) + 1
    return [pool[at].index for at in chosen]


def _repetition_cost(pool: Sequence[Sentence]) -> Cost:
    """Put a sentence that says what a chosen one says behind all others; charge a little for one that refers back."""
    words = [frozenset(token.form for token in s.tokens if token.tag in CONTENT_TAGS) for s in pool]
    loose = [is_loose(s.text) for s in pool]
    places = {s.index: at for at, s in enumerate(pool)}
    before = [places.get(s.index - 1, -1) for s in pool]

    def cost(at: int, chosen: Sequence[int]) -> float:
        total = LOOSE_PENALTY if loose[at] and before[at] not in chosen else 0.0
        if any(_share(words[at], words[other]) > MAX_SHARED for other in chosen):
            total += len(pool)  # more than any two standardized scores differ
        return total

    return cost


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def _mmr_cost(pool: Sequence[Sentence], values: Sequence[float], diversity: float) -> Cost:
    """Maximal marginal relevance as a cost: value - cost = (1 - diversity) * value - diversity * likeness * width.

    `width` is the range of the values, so that both terms have the same scale.
    """
    words = [frozenset(token.form for token in s.tokens if token.tag in CONTENT) for s in pool]
    roots = [math.sqrt(max(1, len(own))) for own in words]
    width = (max(values) - min(values)) or 1.0

    def cost(at: int, chosen: Sequence[int]) -> float:
        likeness = max(
            (len(words[at] & words[other]) / (roots[at] * roots[other]) for other in chosen), default=0.0
        )
        # With full diversity only the likeness counts.
        return diversity * likeness * width + diversity * values[at]

    return cost


def _standardized(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values)) or 1.0
    return [(value - mean) / spread for value in values]


def _distinct(pool: Sequence[Sentence], scores: Sequence[float]) -> list[Sentence]:
    """Drop sentences with the same words, keeping the one with the best score, at its place."""
    best: dict[str, Sentence] = {}
    for sentence in pool:
        words = " ".join(sentence.text.split())
        held = best.get(words)
        if held is None or scores[sentence.index] > scores[held.index]:
            best[words] = sentence
    return sorted(best.values(), key=lambda s: s.index)


def limits(length: Length, total: int) -> tuple[int, int | None]:
    """Largest number of sentences (at least 1) and of characters; None: no limit. Raises OptionError."""
    if length.sentences is not None and length.sentences < 1:
        raise OptionError(text("a summary needs at least 1 sentence, not {count}", count=length.sentences))
    if length.ratio is not None and not 0.0 < length.ratio <= 1.0:
        raise OptionError(text("the ratio must be above 0 and at most 1, not {ratio}", ratio=length.ratio))
    if length.chars is not None and length.chars < 1:
        raise OptionError(text("a summary needs at least 1 character, not {count}", count=length.chars))
    count = total if length.sentences is None else length.sentences
    if length.ratio is not None:
        count = min(count, math.ceil(total * length.ratio - 1e-9))
    return max(count, 1), length.chars

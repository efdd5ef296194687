"""Choose sentences under a budget.

The best set as a whole (`cover`) where a learned model knows how and the summary is short, else greedy maximal
marginal relevance (Carbonell and Goldstein 1998).

Laws: only candidates, each index once, never two sentences with the same words, in article order; the
joined summary keeps every limit of `Length`. At least one sentence is given: where the budget of characters
is smaller than every candidate, the shortest candidate alone, over the budget, because half a
sentence or nothing helps nobody.
"""

from __future__ import annotations

import math
from collections import Counter
from heapq import heapify, heappop, heappush
from itertools import chain
from typing import TYPE_CHECKING

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.nlp.cues import is_loose
from yoyak.ranking import cover
from yoyak.ranking import model as ranker_model
from yoyak.ranking.features import CONTENT, candidates, stubs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yoyak.core.options import Length, RankOptions
    from yoyak.core.values import Analysis, Ranking, Sentence
    from yoyak.ranking.model import Ranker

DIVERSITY = 0.2  # of the graph and centroid rankers: MMR at 0.7 to 0.9 relevance gave them +0.02

# What a sentence that dangles costs, as a share of the spread of scores: people choose such a sentence alone in 6.5 %
# of cases, readers of a summary stumble over each.
PENALTY = 0.15
# What the first sentence is worth beside the scores of 0 to 1 where a summary is chosen as a whole. Decks leave out what
# the title has said, and a summary that opens with the second sentence reads as if something were missing: without
# this a third of them do, with it one in seven. Less of it gains nothing of a deck's bigrams, 2 costs 0.001 to 0.004.
LEAD = 1.25
DIRECT = 200  # sentences up to which comparing each with each costs less than an index
COMMON = 500  # sentences; no article of that length is news, and a word in so many tells none apart


def select(analysis: Analysis, ranking: Ranking, *, options: RankOptions) -> tuple[int, ...]:
    """Return the indices of the chosen sentences, in article order. Raises OptionError for a bad limit."""
    model = ranker_model.load(options.model) if options.method == "hybrid" else None
    return choose(analysis, ranking, options=options, model=model)


def choose(
    analysis: Analysis, ranking: Ranking, *, options: RankOptions, model: Ranker | None
) -> tuple[int, ...]:
    """Choose as `select` with a model at hand; None: the ranker learned nothing."""
    count, chars = limits(options.length, len(analysis.sentences))
    pool = _distinct([s for s in candidates(analysis) if s.candidate], ranking.scores)
    if not pool:
        return ()
    if options.length.sentences is not None and len(pool) < count:
        held = {s.index for s in pool}
        pool = _distinct([*pool, *(s for s in stubs(analysis) if s.index not in held)], ranking.scores)
    fitting = pool if chars is None else [s for s in pool if len(s.text) <= chars]
    if not fitting:
        return (min(pool, key=lambda s: (len(s.text), s.index)).index,)
    diversity = options.diversity
    if diversity is None:
        if model is not None and chars is None:
            whole = _whole(fitting, ranking, count, model)
            if whole:
                return whole
        diversity = model.diversity if model else 0.0 if options.method == "lead" else DIVERSITY
    chosen = _greedy(fitting, ranking.scores, count, chars, diversity, careful=model is not None)
    return tuple(sorted(chosen))


def _whole(pool: list[Sentence], ranking: Ranking, count: int, model: Ranker) -> tuple[int, ...]:
    """Choose a short summary as a whole where the model knows this kind of article; else nothing."""
    known = model.cover
    if known is None or not known.serves(ranking.kinds) or not count <= min(cover.MOST, len(pool) - 1):
        return ()
    values = [ranking.scores[s.index] for s in pool]
    low = min(values)
    width = (max(values) - low) or 1.0
    best = cover.best_set(
        known,
        pool,
        scores=[(value - low) / width + (LEAD if at == 0 else 0.0) for at, value in enumerate(values)],
        penalties=[PENALTY if is_loose(s.text) else 0.0 for s in pool],
        count=count,
    )
    return tuple([pool[at].index for at in best])


def _distinct(pool: list[Sentence], scores: tuple[float, ...]) -> list[Sentence]:
    """Of sentences with the same words the best one, at its place."""
    best: dict[str, Sentence] = {}
    for sentence in pool:
        words = " ".join(sentence.text.split())
        held = best.get(words)
        if held is None or scores[sentence.index] > scores[held.index]:
            best[words] = sentence
    return sorted(best.values(), key=lambda s: s.index)


def limits(length: Length, total: int) -> tuple[int, int | None]:
    """Sentences and characters a summary may have: the tightest of what was asked for, at least one sentence."""
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


def _greedy(
    pool: list[Sentence],
    scores: tuple[float, ...],
    count: int,
    chars: int | None,
    diversity: float,
    *,
    careful: bool,
) -> list[int]:
    """Take the best sentence, lower what repeats it, take the next that still fits.

    `careful`: a sentence that dangles alone is worth less until the one before it is taken. Worths wait in a heap: one
    that has sunk since it was put there is put back when it comes up, so a long text costs what its words share.
    """
    places = {sentence.index: at for at, sentence in enumerate(pool)}
    values = [scores[s.index] for s in pool]
    low = min(values)
    width = (max(values) - low) or 1.0
    loose = [careful and is_loose(s.text) for s in pool]
    worth = [
        (1.0 - diversity) * ((value - low) / width) - PENALTY * dangles
        for value, dangles in zip(values, loose, strict=True)
    ]
    likeness = [0.0] * len(pool)
    redundancy = _Redundancy(pool) if diversity and count > 1 else None
    waiting = [(-value, at) for at, value in enumerate(worth)]
    heapify(waiting)
    chosen: dict[int, None] = {}
    left = chars
    while waiting and len(chosen) < count:
        held, at = heappop(waiting)
        if at in chosen or (left is not None and len(pool[at].text) > left):
            continue
        now = diversity * likeness[at] - worth[at]
        if now > held:
            heappush(waiting, (now, at))
            continue
        chosen[at] = None
        after = places.get(pool[at].index + 1)
        if after is not None and loose[after]:
            worth[after] += PENALTY
            heappush(waiting, (diversity * likeness[after] - worth[after], after))
        if left is not None:
            left -= len(pool[at].text) + 1
        if redundancy is not None and len(chosen) < count:
            for other, cosine in redundancy.cosines(at):
                likeness[other] = max(likeness[other], cosine)
    return [pool[at].index for at in chosen]


class _Redundancy:
    """Cosines of the content words of one sentence with those of all others."""

    def __init__(self, pool: list[Sentence]) -> None:
        self.words = [frozenset([form for form, tag, _, _ in s.tokens if tag in CONTENT]) for s in pool]
        self.roots = [math.sqrt(max(1, len(own))) for own in self.words]
        self.postings: dict[str, list[int]] = {}
        if len(pool) > DIRECT:
            for at, own in enumerate(self.words):
                for word in own:
                    self.postings.setdefault(word, []).append(at)

    def cosines(self, at: int) -> Iterator[tuple[int, float]]:
        """Shared words over the geometric mean of both numbers of words, for every sentence that shares any.

        A long text goes by an inverted index, without words that stand everywhere: linear in what is shared.
        """
        mine, root = self.words[at], self.roots[at]
        if self.postings:
            held = [self.postings[word] for word in mine]
            shared = Counter(chain.from_iterable([own for own in held if len(own) <= COMMON]))
            for other, number in shared.items():
                yield other, number / (self.roots[other] * root)
        else:
            for other, own in enumerate(self.words):
                yield other, len(own & mine) / (self.roots[other] * root)

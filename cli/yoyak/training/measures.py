"""Measures of summaries and keywords against what people chose, wrote or tagged.

gold_extractive         P@3, R@3 and F1@3 of the chosen sentences; first choice: whether the sentence of a summary of
                        one sentence (`-n 1`) is a chosen one
acceptable              other sentences an editor could have chosen: accepted@3, misses, repeats, dangling
deck, gold_abstractive  ROUGE-1/2/L recall and F1 on Kiwi morphemes without punctuation, and ROUGE-1/2 recall of the
                        first 250 characters of the summary
keywords                F1@5, exact and partial; spaces, case and punctuation are ignored

Every function yields `Score` values of one article. A mean over articles is `Tally.mean`, its interval a bootstrap.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yoyak.core.values import Sentence
from yoyak.keywords.words import squash
from yoyak.nlp import kiwi
from yoyak.training import rouge

BUDGET = 250  # characters of a summary that are compared with a deck of 20 to 220 characters
KEYWORDS = 5  # Korean publishers print about five
SENTENCES = 3  # length of the summaries that are scored
BOOTSTRAP_ROUNDS = 1000
BOOTSTRAP_SEED = 7
REPEAT_SHARE = 0.5  # of the content words of the shorter sentence; above it, two sentences say the same
CONTENT_TAGS = frozenset(("NNG", "NNP", "SL", "SN", "SH", "XR"))
# Openers that refer to the sentence before. `이` before a title names a person (이 대통령) and does not count.
DANGLING = re.compile(
    r"(?:이에|이어|이로써|이를|이는|이와|이같|이런|이러한|그는|그가|그의|그러면서|그러나|하지만|또|또한|아울러|반면|따라서|이들은"
    r"|이 (?!대통령|대표|장관|의원|회장|시장|사장|교수|총리|후보|원장|위원장))"
)


class Score(NamedTuple):
    """One measure of one article. `weight` is the number of things `value` is a mean of, 1 for most measures."""

    measure: str
    value: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Tally:
    """One measure of many articles, in the order of the articles."""

    values: list[float] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, score: Score) -> None:
        """Add the score of one article."""
        self.values.append(score.value)
        self.weights.append(score.weight)

    def mean(self) -> float:
        """Weighted mean over the articles."""
        return float(np.average(self.values, weights=self.weights)) if any(self.weights) else 0.0

    def bootstrap(self) -> npt.NDArray[np.float64]:
        """Means of bootstrap samples of the articles. Tallies of the same articles draw the same samples."""
        return bootstrap(self.values, self.weights, rounds=BOOTSTRAP_ROUNDS, seed=BOOTSTRAP_SEED)


def choice_scores(chosen: Sequence[int], gold: frozenset[int], n: int = SENTENCES) -> Iterator[Score]:
    """Precision, recall and F1 of the first `n` chosen sentences. Precision divides by `n` even if fewer were chosen."""
    if not gold:
        return
    hits = len(gold.intersection(chosen[:n]))
    precision, recall = hits / n, hits / len(gold)
    yield Score(f"P@{n}", precision)
    yield Score(f"R@{n}", recall)
    yield Score(f"F1@{n}", _f1(precision, recall))


def first_choice_scores(first: Sequence[int], gold: frozenset[int]) -> Iterator[Score]:
    """Whether the only sentence of a one-sentence summary is one that people chose."""
    if gold:
        yield Score("first choice", float(bool(gold.intersection(first[:1]))))


def editor_scores(
    chosen: Sequence[Sentence], gold: frozenset[int], acceptable: frozenset[int] | None
) -> Iterator[Score]:
    """Measures that need to know which other sentences an editor would accept; nothing if `acceptable` is None.

    accepted@3: share of three sentences in either list; misses: whether a sentence is in neither list, or there is no
    sentence; repeats: whether two sentences share more than half of the content words of the shorter one; dangling:
    share of the sentences that start with a reference to the sentence before, which was not chosen.
    """
    if not gold or acceptable is None:
        return
    picks = chosen[:SENTENCES]
    indices = {sentence.index for sentence in picks}
    accepted = indices & (gold | acceptable)
    yield Score(f"accepted@{SENTENCES}", len(accepted) / SENTENCES)
    yield Score("misses", float(len(accepted) < len(indices) or not indices))
    words = [content_words(sentence.text) for sentence in picks]
    yield Score("repeats", float(any(_say_the_same(one, other) for one, other in combinations(words, 2))))
    loose = sum(bool(DANGLING.match(s.text)) and s.index - 1 not in indices for s in picks)
    yield Score("dangling", loose / max(1, len(picks)), float(len(picks)))


def content_words(sentence: str) -> frozenset[str]:
    """Nouns, roots, Latin words, numbers and hanja of a sentence."""
    return frozenset(token.form for token in kiwi.tokenize(sentence) if token.tag in CONTENT_TAGS)


def _say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) > REPEAT_SHARE * max(1, min(len(one), len(other)))


def text_scores(printed: Sequence[str], reference: Sequence[str]) -> Iterator[Score]:
    """ROUGE of a summary, its sentences joined by spaces, against the units of a reference."""
    if not reference:
        return
    summary = " ".join(printed)
    given = units(summary)
    for name, overlap in (
        ("ROUGE-1", rouge.rouge_n(given, reference, 1)),
        ("ROUGE-2", rouge.rouge_n(given, reference, 2)),
        ("ROUGE-L", rouge.rouge_l(given, reference)),
    ):
        yield Score(f"{name} recall", overlap.recall)
        yield Score(f"{name} F1", overlap.f1)
    start = given if len(summary) <= BUDGET else units(summary[:BUDGET])
    for n in (1, 2):
        yield Score(f"ROUGE-{n} recall@{BUDGET}", rouge.rouge_n(start, reference, n).recall)


def units(written: str) -> tuple[str, ...]:
    """Units of a text that ROUGE counts."""
    return tuple(rouge.units(kiwi.tokenize(written)))


def keyword_scores(terms: Sequence[str], tags: Sequence[str]) -> Iterator[Score]:
    """F1 of the first five terms against the tags people chose, see `keyword_f1`."""
    gold = set(map(squash, tags)) - {""}
    if not gold:
        return
    exact, partial = keyword_f1(gold, set(map(squash, terms[:KEYWORDS])) - {""})
    yield Score(f"keywords F1@{KEYWORDS} exact", exact)
    yield Score(f"keywords F1@{KEYWORDS} partial", partial)


def keyword_f1(wanted: Collection[str], given: Collection[str]) -> tuple[float, float]:
    """F1 of at most five squashed terms: exact, and partial, for which one term may contain the other."""
    if not wanted:
        return 0.0, 0.0
    hits = len(set(wanted).intersection(given))
    right = sum(any(term in tag or tag in term for tag in wanted) for term in given)
    matched = sum(any(term in tag or tag in term for term in given) for tag in wanted)
    return _f1(hits / KEYWORDS, hits / len(wanted)), _f1(right / KEYWORDS, matched / len(wanted))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def bootstrap(
    values: Sequence[float] | npt.NDArray[np.float64],
    weights: Sequence[float] | npt.NDArray[np.float64] | None = None,
    *,
    rounds: int,
    seed: int,
) -> npt.NDArray[np.float64]:
    """Means of `rounds` samples of the articles, drawn with replacement (Efron 1979)."""
    parts = np.asarray(weights if weights is not None else np.ones(len(values)), dtype=np.float64)
    totals = np.asarray(values, dtype=np.float64) * parts
    generator = np.random.default_rng(seed)
    means = np.empty(rounds)
    # One round at a time: a thousand samples of a million articles would need eight gigabytes.
    for at in range(rounds):
        drawn = generator.integers(0, len(totals), len(totals))
        means[at] = totals[drawn].sum() / max(parts[drawn].sum(), 1.0)
    return means


def percentiles(means: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the 95 % percentile interval."""
    low, high = np.quantile(means, (0.025, 0.975), method="nearest")
    return float(low), float(high)


def interval(
    values: Sequence[float] | npt.NDArray[np.float64], *, rounds: int, seed: int
) -> tuple[float, float]:
    """95 % bootstrap interval of a mean over articles."""
    return percentiles(bootstrap(values, rounds=rounds, seed=seed))

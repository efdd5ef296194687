"""How good an answer is, measured against what people chose, wrote or tagged; and how far a mean of it may be off.

gold_extractive         P@n, R@n, F1@n of the chosen indices
deck, gold_abstractive  ROUGE-1/2/L recall and F1 of the summary on Kiwi morphemes without punctuation, and
                        length-limited recall: ROUGE-1/2 of the summary's first 250 characters
keywords                F1@5 exact and partial; spaces, case and marks do not count
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from yoyak.keywords.runs import squash
from yoyak.nlp import kiwi
from yoyak.training import rouge

BUDGET = 250  # characters of a summary that a deck, 20 to 220 characters long, is compared with
KEYWORDS = 5  # publishers print about five


def choice_scores(chosen: Sequence[int], gold: frozenset[int], n: int) -> Iterator[tuple[str, float]]:
    """Precision, recall and F1 of the first `n` chosen sentences; precision is out of `n`, however few there are."""
    if not gold:
        return
    hit = len(gold.intersection(chosen[:n]))
    precision, recall = hit / n, hit / len(gold)
    yield f"P@{n}", precision
    yield f"R@{n}", recall
    yield f"F1@{n}", _f1(precision, recall)


def text_scores(printed: Sequence[str], reference: Sequence[str]) -> Iterator[tuple[str, float]]:
    """ROUGE of a summary, its sentences joined by spaces, with the units of a reference."""
    if not reference:
        return
    whole = " ".join(printed)
    given = units(whole)
    for name, score in (
        ("ROUGE-1", rouge.rouge_n(given, reference, 1)),
        ("ROUGE-2", rouge.rouge_n(given, reference, 2)),
        ("ROUGE-L", rouge.rouge_l(given, reference)),
    ):
        yield f"{name} recall", score.recall
        yield f"{name} F1", score.f1
    seen = given if len(whole) <= BUDGET else units(whole[:BUDGET])
    for n in (1, 2):
        yield f"ROUGE-{n} recall@{BUDGET}", rouge.rouge_n(seen, reference, n).recall


def units(written: str) -> tuple[str, ...]:
    """Units of a text that ROUGE counts."""
    return tuple(rouge.units(kiwi.tokenize(written)))


def keyword_scores(terms: Sequence[str], tags: Sequence[str]) -> Iterator[tuple[str, float]]:
    """F1 of the first five terms against the publisher's tags, as `keyword_f1` has it."""
    gold = set(map(squash, tags)) - {""}
    if not gold:
        return
    exact, partial = keyword_f1(gold, set(map(squash, terms[:KEYWORDS])) - {""})
    yield f"keywords F1@{KEYWORDS} exact", exact
    yield f"keywords F1@{KEYWORDS} partial", partial


def keyword_f1(wanted: Collection[str], given: Collection[str]) -> tuple[float, float]:
    """F1 of at most five squashed terms: exact, and partial, where one of the two may hold the other."""
    if not wanted:
        return 0.0, 0.0
    hits = len(set(wanted).intersection(given))
    right = sum(any(term in tag or tag in term for tag in wanted) for term in given)
    met = sum(any(term in tag or tag in term for term in given) for tag in wanted)
    return _f1(hits / KEYWORDS, hits / len(wanted)), _f1(right / KEYWORDS, met / len(wanted))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def interval(
    values: Sequence[float] | npt.NDArray[np.float64], *, rounds: int, seed: int
) -> tuple[float, float]:
    """95 % interval of a mean over articles: percentile bootstrap of so many rounds (Efron 1979)."""
    held = np.asarray(values)
    chance = np.random.default_rng(seed)
    # One round at a time: a thousand draws of a million articles would be eight gigabytes.
    means = [held[chance.integers(0, len(held), len(held))].mean() for _ in range(rounds)]
    low, high = np.quantile(means, (0.025, 0.975), method="nearest")
    return float(low), float(high)

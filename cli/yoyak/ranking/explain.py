"""Why a summary is what it is: a verdict on each sentence, and the body with what was chosen marked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from yoyak.core.messages import text
from yoyak.core.values import Sentence, Summary

# Set cosine of character pairs over which a Korean sentence mostly repeats another: retold sentences of one
# article lie over 0.45, sentences that merely share their names under 0.35.
REPEATS = 0.4


# What a reader calls the ranker's features: forty numbers a sentence say nothing, ten sums do.
GROUPS: dict[str, tuple[str, ...]] = {
    "position": ("order", "relative", "first", "second", "last"),
    "length": ("length", "log_length", "terms"),
    "matter": ("mass", "weight", "frequency", "density", "centroid", "coverage", "topic"),
    "title": ("title", "title_share"),
    "quotation": ("quote", "opens_quote"),
    "details": ("numbers", "names", "foreign", "brackets", "units", "commas", "date"),
    "ending": ("source", "speech", "announce", "finding", "plan", "definition", "past"),
    "opening": ("leans", "adds", "turns", "aside", "stresses", "concludes"),
    "science": ("research",),
    "neighbours": ("before_length", "before_quote", "after_length", "leaned_on"),
}
_GROUP_OF = {feature: group for group, features in GROUPS.items() for feature in features}
LEAST = 0.005  # smaller sums would be printed as 0.00


class Verdict(NamedTuple):
    """What became of one sentence.

    `share` is its score between the article's lowest (0) and highest (1); `rank` its place by score among the
    candidates, from 1; `parts` the contributions its score is the sum of, largest first.
    """

    sentence: Sentence
    score: float
    share: float
    chosen: bool
    rank: int | None
    reason: str
    parts: tuple[tuple[str, float], ...]


class Piece(NamedTuple):
    """A run of body text; `chosen` is the index of the key sentence it belongs to."""

    text: str
    chosen: int | None
    keyword: bool


def verdicts(summary: Summary) -> tuple[Verdict, ...]:
    """One verdict per sentence of the article, in article order."""
    sentences, scores = summary.analysis.sentences, summary.ranking.scores
    candidates = [s.index for s in sentences if s.candidate]
    ranks = {
        index: rank for rank, index in enumerate(sorted(candidates, key=lambda i: (-scores[i], i)), start=1)
    }
    low = min((scores[i] for i in candidates), default=0.0)
    spread = max((scores[i] for i in candidates), default=0.0) - low
    chosen = {s.index for s in summary.sentences}
    parts = summary.ranking.parts
    return tuple(
        Verdict(
            sentence=sentence,
            score=scores[sentence.index],
            share=min(max((scores[sentence.index] - low) / spread, 0.0), 1.0) if spread else 1.0,
            chosen=sentence.index in chosen,
            rank=ranks.get(sentence.index),
            reason=_reason(sentence, ranks, summary),
            parts=_parts(parts[sentence.index]) if parts else (),
        )
        for sentence in sentences
    )


def _parts(parts: dict[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(parts.items(), key=lambda part: -abs(part[1])))


def grouped(parts: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """Return sums of parts by what a reader calls them, largest first; what would round to nothing is left out.

    >>> grouped((("order", 0.5), ("title", -0.25), ("first", 0.25)))
    (('position', 0.75), ('title', -0.25))
    """
    sums: dict[str, float] = {}
    for feature, value in parts:
        group = _GROUP_OF.get(feature, feature)
        sums[group] = sums.get(group, 0.0) + value
    named = ((name_of(group), value) for group, value in sums.items() if abs(value) >= LEAST)
    return tuple(sorted(named, key=lambda part: -abs(part[1])))


def name_of(group: str) -> str:
    """Name of a group of features in the reader's language."""
    names = {
        "position": text("position"),
        "length": text("length"),
        "matter": text("content"),
        "title": text("title"),
        "quotation": text("quotation"),
        "details": text("details"),
        "ending": text("ending"),
        "opening": text("start of article"),
        "science": text("science"),
        "neighbours": text("neighbouring sentences"),
        "query": text("query"),
    }
    return names.get(group, group)


def _reason(sentence: Sentence, ranks: dict[int, int], summary: Summary) -> str:
    if not sentence.candidate:
        return text("not body text: a byline, heading, deck or caption")
    rank, total = ranks[sentence.index], len(ranks)
    picked = summary.sentences
    if any(s.index == sentence.index for s in picked):
        return text("chosen: rank {rank} of {total}", rank=rank, total=total)
    if rank > max((ranks[s.index] for s in picked), default=0):
        return text(
            "rank {rank} of {total}, not in the top {count}", rank=rank, total=total, count=len(picked)
        )
    likeness, nearest = max(((_likeness(sentence.text, s.text), s) for s in picked), key=lambda pair: pair[0])
    if likeness >= REPEATS:
        return text(
            "rank {rank} of {total}, not chosen: repeats sentence {number}",
            rank=rank,
            total=total,
            number=nearest.index + 1,
        )
    return text(
        "rank {rank} of {total}, not chosen: the chosen sentences fit together better", rank=rank, total=total
    )


def _likeness(one: str, other: str) -> float:
    """Cosine of the sets of character pairs, spaces left out."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / math.sqrt(len(first) * len(second)) if first and second else 0.0


def _pairs(value: str) -> set[str]:
    letters = "".join(value.split())
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def paragraphs(summary: Summary) -> Iterator[list[Piece]]:
    """Give the body, paragraph by paragraph, cut where marks begin and end. Joined pieces give the paragraph back."""
    article = summary.article
    terms = _terms(summary)
    at = 0
    chosen = list(summary.sentences)
    for paragraph in article.paragraphs:
        end = at + len(paragraph)
        own = [(max(s.start, at), min(s.end, end), s.index) for s in chosen if s.start < end and s.end > at]
        yield list(_cut(article.text, at, end, own, terms))
        at = end + 2


def _cut(
    body: str, start: int, end: int, chosen: list[tuple[int, int, int]], terms: re.Pattern[str] | None
) -> Iterator[Piece]:
    at = start
    for first, last, index in chosen:
        yield from _with_terms(body[at:first], None, terms)
        yield from _with_terms(body[first:last], index, terms)
        at = last
    yield from _with_terms(body[at:end], None, terms)


def _with_terms(run: str, chosen: int | None, terms: re.Pattern[str] | None) -> Iterator[Piece]:
    at = 0
    for match in terms.finditer(run) if terms else ():
        if match.start() > at:
            yield Piece(run[at : match.start()], chosen, keyword=False)
        yield Piece(match.group(), chosen, keyword=True)
        at = match.end()
    if at < len(run):
        yield Piece(run[at:], chosen, keyword=False)


def _terms(summary: Summary) -> re.Pattern[str] | None:
    """Longest first, so that a compound wins over its head; a Latin term only as a whole word (AI, not MAIL)."""
    terms = sorted((k.term for k in summary.keywords if k.term), key=len, reverse=True)
    if not terms:
        return None
    guarded = (
        rf"{'(?<![A-Za-z0-9])' if term[0].isascii() else ''}{re.escape(term)}"
        rf"{'(?![A-Za-z0-9])' if term[-1].isascii() else ''}"
        for term in terms
    )
    return re.compile("|".join(guarded))

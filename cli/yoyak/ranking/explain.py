"""Explain a summary: a verdict on each sentence, and the body with the chosen sentences and keywords marked."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Sentence, Summary
from yoyak.nlp import cues
from yoyak.ranking.features import terms_of

MIN_REPEAT_COSINE = 0.4
"""Cosine of the sets of character pairs. Sentences of one article that retell each other lie above 0.45, sentences
that only share names below 0.35."""


# Groups of the model's features under names that a reader understands.
GROUPS: dict[str, tuple[str, ...]] = {
    "position": (
        "order", "relative", "first", "second", "last", "inverse", "first_three", "first_five", "untitled",
    ),
    "length": ("length", "log_length"),
    "content": ("mass",),
    "title": ("title", "title_share", "title_weight", "beyond_title"),
    "repetition": ("repeated", "new_mass", "like_lead", "like_earlier", "like_later"),
    "quotation": ("quote",),
    "details": ("names", "numbers"),
    "wording": ("wording",),
    "neighbors": (
        "like_before", "like_after", "before_length", "before_quote", "after_length", "leaned_on",
    ),
}  # fmt: skip
_GROUP_OF = {feature: group for group, features in GROUPS.items() for feature in features}
MIN_PRINTED = 0.005  # smaller sums would be printed as 0.00

_OUTCOME = lazy_pattern(
    r"결정|확정|의결|통과|합의|체결|선정|승인|선고|판결|구속|기소|임명|선임|우승|별세|발표|출시|개최"
)
_CAUSE = lazy_pattern(r"때문|이유는|이유로|원인|배경|탓에|영향으로|덕분")
_CHANGE = lazy_pattern(r"늘어|늘었|줄어|줄었|증가|감소|상승|하락|급증|급감|올랐|내렸|대비|보다")
_BACKGROUND = lazy_pattern(r"앞서|지난해|지난달|당시|그동안|한편")
MAX_BACKGROUND_CHARS = 8  # a word of background this early opens the sentence
MIN_TITLE_SHARE = 0.6  # of the terms of the title: the sentence repeats the headline
MIN_QUOTED_SHARE = 0.4  # of the characters: the sentence is mostly a quotation


class Verdict(NamedTuple):
    """The result for one sentence.

    `share` is its score, scaled from the lowest (0) to the highest (1) of the article; `rank` its place by score among
    the candidates, from 1; `parts` the contributions that add up to its score, largest first.
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
    """Return sums of parts by group, largest first; sums that would be printed as zero are left out.

    >>> grouped((("order", 0.5), ("title", -0.25), ("first", 0.25)))
    (('position', 0.75), ('title', -0.25))
    """
    sums: dict[str, float] = {}
    for feature, value in parts:
        group = _GROUP_OF.get(feature, feature)
        sums[group] = sums.get(group, 0.0) + value
    named = ((name_of(group), value) for group, value in sums.items() if abs(value) >= MIN_PRINTED)
    return tuple(sorted(named, key=lambda part: -abs(part[1])))


def name_of(group: str) -> str:
    """Name of a group of features in the reader's language."""
    names = {
        "position": text("position"),
        "length": text("length"),
        "content": text("content"),
        "title": text("title"),
        "repetition": text("new or repeated content"),
        "quotation": text("quotation"),
        "details": text("names and numbers"),
        "wording": text("wording"),
        "neighbors": text("neighboring sentences"),
        "query": text("query"),
    }
    return names.get(group, group)


def _reason(sentence: Sentence, ranks: dict[int, int], summary: Summary) -> str:
    if not sentence.candidate:
        return text("not body text: a byline, heading, deck or caption")
    picked = summary.sentences
    place = text("rank {rank} of {total}", rank=ranks[sentence.index], total=len(ranks))
    if any(s.index == sentence.index for s in picked):
        return text("chosen, {place}: {role}", place=place, role=_role(sentence, summary))
    return text("{place}: {role}", place=place, role=_fault(sentence, summary) or _role(sentence, summary))


def _fault(sentence: Sentence, summary: Summary) -> str:
    """Say why a sentence does not suit this summary; empty if only its score is lower."""
    if cues.is_filler(sentence.text):
        return text("filler, says nothing new")
    likeness, nearest = max(
        ((_likeness(sentence.text, s.text), s) for s in summary.sentences),
        key=lambda pair: pair[0],
        default=(0.0, sentence),
    )
    if likeness >= MIN_REPEAT_COSINE:
        return text("says what sentence {number} says", number=nearest.index + 1)
    chosen = {s.index for s in summary.sentences}
    if cues.is_loose(sentence.text) and sentence.index - 1 not in chosen:
        return text("refers back to a sentence that is not chosen")
    return ""


def _role(sentence: Sentence, summary: Summary) -> str:
    """Describe what a sentence does in its article, in a few words."""
    content = sentence.text
    title = set(terms_of(summary.analysis.title))
    quoted = sum(map(len, cues.QUOTED.findall(content)))
    if title and len(title.intersection(terms_of(sentence.tokens))) >= MIN_TITLE_SHARE * len(title):
        return text("repeats the headline")
    if _CAUSE.search(content):
        return text("gives the cause")
    if quoted >= MIN_QUOTED_SHARE * len(content):
        return text("quotes a position")
    if cues.PLAN.search(content):
        return text("says what comes next")
    if _BACKGROUND.search(content, 0, MAX_BACKGROUND_CHARS):
        return text("background")
    if _CHANGE.search(content) and any(token.tag == "SN" for token in sentence.tokens):
        return text("gives a number and its change")
    if _OUTCOME.search(content):
        return text("tells the outcome")
    if sentence.index == 0:
        return text("opens the article")
    if any(token.tag == "SN" for token in sentence.tokens):
        return text("gives figures")
    return text("further detail")


def _likeness(one: str, other: str) -> float:
    """Cosine of the sets of character pairs, spaces left out."""
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / math.sqrt(len(first) * len(second)) if first and second else 0.0


def _pairs(value: str) -> set[str]:
    letters = "".join(value.split())
    return {letters[i : i + 2] for i in range(len(letters) - 1)}


def paragraphs(summary: Summary) -> Iterator[list[Piece]]:
    """Yield each paragraph as pieces, cut where marks start and end. The pieces of a paragraph join to its text."""
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

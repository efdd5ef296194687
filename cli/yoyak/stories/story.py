"""What a story shows: headline, sentences from several articles, keywords and a timeline."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from yoyak.core.patterns import lazy_pattern
from yoyak.nlp import cues
from yoyak.nlp.document_frequency import Background
from yoyak.stories.grouping import Group
from yoyak.stories.record import ArticleRecord, KeptSentence
from yoyak.stories.values import Story, StoryArticle, StorySentence, TimelineStep

# Articles whose titles and sentences are considered: more add time, no new sentence.
MAX_REPORTS = 40
# A sentence is worth the story's terms that no chosen sentence has, a quarter of the others, over a damped length.
SEEN_TERM_WORTH = 0.25
LENGTH_DAMPING = 6
# What each rank below the best sentence of its article costs, and a second sentence of one article or one outlet.
RANK_COST = 0.08
SAME_ARTICLE_WORTH = 0.6
SAME_PRESS_WORTH = 0.85
# Two sentences repeat each other if they share so much of the weight of the shorter one's terms.
MAX_SHARED_WEIGHT = 0.5
QUERY_WORTH = 3.0
NUMBER_RARITY = 3.0
# A story begins with what happened, not with a voice and not with a connection to what was said before.
BAD_OPENING_WORTH = 0.6
MAX_QUOTED_SHARE = 0.4
# Worth of a first sentence that shares nothing with the headline; one that shares all is worth 1 more.
HEADLINE_WORTH = 0.5
_CONNECTIONS = (
    "실제로",
    "특히",
    "한편",
    "이 ",
    "이번 ",
    "해당 ",
    *cues.ADDITIONS,
    *cues.TURNS,
    *cues.CONSEQUENCES,
)
# A headline should say one thing plainly: tags, question marks and odd lengths make it a worse one.
TAGGED_TITLE_WORTH = 0.75
QUESTION_WORTH = 0.85
MIN_HEADLINE_CHARS, MAX_HEADLINE_CHARS = 12, 48
ODD_LENGTH_WORTH = 0.85
COPY_VOTE = 0.3
_TAG = lazy_pattern(r"^\s*[\[(<【〈《]|[\])>】〉》]\s*$|\((?:종합|상보|속보)\d*보?\)")
_LETTERS = lazy_pattern(r"[^0-9a-z가-힣一-鿿]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryOptions:
    """How much of a story is shown; `query` are words that sentences should contain."""

    sentences: int = 3
    keywords: int = 8
    query: tuple[str, ...] = ()


class TermRarity:
    """Inverse document frequency of terms; each is looked up once for all stories. A number counts like a frequent noun."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._known: dict[str, float] = {}

    def __call__(self, term: str) -> float:
        """Return ln((1 + documents) / (1 + documents with the term))."""
        known = self._known.get(term)
        if known is None:
            table = self._background
            share = (1.0 + table.documents) / (1.0 + table.df(f"{term}/N"))
            known = self._known[term] = NUMBER_RARITY if term.startswith("#") else math.log(share)
        return known


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be chosen; `rank` is its place among those of its article, best first."""

    record: ArticleRecord
    kept: KeptSentence
    rank: int
    terms: frozenset[str]

    def value(self) -> StorySentence:
        record, kept = self.record, self.kept
        return StorySentence(
            text=kept.text,
            source=record.source,
            id=record.id,
            press=record.press,
            start=kept.start,
            end=kept.end,
        )


def make_story(
    records: Sequence[ArticleRecord], group: Group, *, rarity: TermRarity, options: StoryOptions
) -> Story:
    """Make the story of a group of articles."""
    reports = [records[member] for member in group.members if member not in group.copy_of]
    copies = [records[member] for member in group.copy_of]
    times = [r.published for r in chain(reports, copies) if r.published is not None]
    pool = _candidates(reports)
    weights = {}
    if len(reports) > 1:
        weights = term_weights(reports, chain.from_iterable(one.terms for one in pool), rarity)
    headline = choose_headline(reports, copies)
    sentences = choose_sentences(pool, weights, options, headline=headline)
    return Story(
        headline=headline,
        sentences=tuple(sentences),
        keywords=choose_keywords(reports, options.keywords),
        first=min(times, default=None),
        last=max(times, default=None),
        outlets=tuple(dict.fromkeys(r.press for r in reports if r.press)),
        articles=tuple(_articles(records, group)),
        timeline=tuple(_timeline(pool, weights, shown=frozenset(one.text for one in sentences))),
    )


def _articles(records: Sequence[ArticleRecord], group: Group) -> Iterable[StoryArticle]:
    """Yield the reports in order, each followed by its copies."""
    copies: dict[int, list[int]] = {}
    for copy, original in group.copy_of.items():
        copies.setdefault(original, []).append(copy)
    for member in group.members:
        if member in group.copy_of:
            continue
        own = records[member]
        yield _article(own, None)
        for copy in copies.get(member, ()):
            yield _article(records[copy], own.id or own.source)


def _article(record: ArticleRecord, copy_of: str | None) -> StoryArticle:
    return StoryArticle(
        source=record.source,
        id=record.id,
        title=record.title,
        press=record.press,
        published=record.published,
        copy_of=copy_of,
    )


# -- headline -----------------------------------------------------------------------------------------------


def choose_headline(reports: Sequence[ArticleRecord], copies: Sequence[ArticleRecord]) -> str:
    """Choose the title that has most in common with the other titles (the medoid by shared character pairs)."""
    titled = [record for record in reports[:MAX_REPORTS] if record.title] or [r for r in copies if r.title]
    if not titled:
        return reports[0].sentences[0].text if reports[0].sentences else reports[0].source
    voters = [(_pairs_of(r.title or ""), 1.0) for r in titled]
    voters += [(_pairs_of(r.title or ""), COPY_VOTE) for r in copies[:MAX_REPORTS] if r.title]
    best = max(range(len(titled)), key=lambda i: (_headline_worth(titled[i].title or "", voters), -i))
    return titled[best].title or ""


def _headline_worth(title: str, voters: Sequence[tuple[frozenset[str], float]]) -> float:
    own = _pairs_of(title)
    worth = sum(vote * 2 * len(own & other) / max(1, len(own) + len(other)) for other, vote in voters) / len(
        voters
    )
    if _TAG.search(title):
        worth *= TAGGED_TITLE_WORTH
    if title.rstrip("'\"”’ ").endswith("?"):
        worth *= QUESTION_WORTH
    if not MIN_HEADLINE_CHARS <= len(title) <= MAX_HEADLINE_CHARS:
        worth *= ODD_LENGTH_WORTH
    return worth


def _pairs_of(title: str) -> frozenset[str]:
    letters = _LETTERS.sub("", title.lower())
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


# -- sentences ----------------------------------------------------------------------------------------------


def term_weights(
    reports: Sequence[ArticleRecord], terms: Iterable[str], rarity: TermRarity
) -> dict[str, float]:
    """Weight of each of some terms: the share of reports that have it, times its inverse document frequency."""
    wanted = frozenset(terms)
    counts = Counter(
        chain.from_iterable(wanted.intersection(report.terms.split("\n")) for report in reports[:MAX_REPORTS])
    )
    total = len(reports[:MAX_REPORTS])
    return {term: counts[term] / total * rarity(term) for term in sorted(counts)}


def _candidates(reports: Sequence[ArticleRecord]) -> list[_Candidate]:
    return [
        _Candidate(record, kept, rank, frozenset(kept.terms.split("\n")) - {""})
        for record in reports[:MAX_REPORTS]
        for rank, kept in enumerate(record.sentences)
    ]


def choose_sentences(
    pool: Sequence[_Candidate], weights: Mapping[str, float], options: StoryOptions, *, headline: str = ""
) -> list[StorySentence]:
    """Choose sentences that together cover the story (greedy maximum coverage); none repeats another.

    The first one carries most of the story and of its headline, and comes first; the others follow in order of time. Of a single report,
    the sentences of its own summary are taken, in order.
    """
    if len({(one.record.source, one.record.id) for one in pool}) == 1 and not options.query:
        summary = sorted(pool[: options.sentences], key=lambda one: one.kept.start)
        return [candidate.value() for candidate in summary]
    chosen: list[_Candidate] = []
    while len(chosen) < options.sentences:
        best = _best(pool, weights, chosen, query=options.query, headline=headline)
        if best is None:
            break
        chosen.append(best)
    rest = sorted(chosen[1:], key=_moment)
    return [candidate.value() for candidate in (*chosen[:1], *rest)]


def _moment(candidate: _Candidate) -> tuple[str, str, int]:
    published = candidate.record.published
    when = published.isoformat() if published else "~"
    return when, candidate.record.source, candidate.kept.start


def _best(
    pool: Sequence[_Candidate],
    weights: Mapping[str, float],
    chosen: Sequence[_Candidate],
    *,
    query: Sequence[str] = (),
    headline: str = "",
) -> _Candidate | None:
    """Return the sentence that adds most to those chosen; None if every other one repeats one of them."""
    covered = frozenset().union(*(candidate.terms for candidate in chosen))
    articles = {(c.record.source, c.record.id) for c in chosen}
    outlets = {c.record.press for c in chosen if c.record.press}
    title = _pairs_of(headline) if headline and not chosen else frozenset()
    best, highest = None, 0.0
    for candidate in pool:
        if any(_repeats(candidate, other, weights) for other in chosen):
            continue
        worth = sum(
            weights.get(term, 0.0) * (SEEN_TERM_WORTH if term in covered else 1.0)
            for term in sorted(candidate.terms)
        )
        worth /= math.sqrt(len(candidate.terms) + LENGTH_DAMPING)
        worth *= max(0.1, 1.0 - RANK_COST * candidate.rank)
        if (candidate.record.source, candidate.record.id) in articles:
            worth *= SAME_ARTICLE_WORTH
        elif candidate.record.press in outlets:
            worth *= SAME_PRESS_WORTH
        if title:
            worth *= HEADLINE_WORTH + len(title & _pairs_of(candidate.kept.text)) / len(title)
        if not chosen and _opens_badly(candidate.kept.text):
            worth *= BAD_OPENING_WORTH
        if query and any(word in candidate.kept.text for word in query):
            worth *= QUERY_WORTH
        if worth > highest:
            best, highest = candidate, worth
    return best


def _opens_badly(said: str) -> bool:
    """Whether a story should not begin with a sentence: it is mostly a quotation, or it continues another one."""
    if said[0] in cues.OPENING or said.startswith(_CONNECTIONS):
        return True
    return sum(len(quoted.group()) for quoted in cues.QUOTED.finditer(said)) > MAX_QUOTED_SHARE * len(said)


def _repeats(one: _Candidate, other: _Candidate, weights: Mapping[str, float]) -> bool:
    """Whether two sentences say the same: the shorter one shares much of the weight of its terms."""
    if one is other or one.kept.text == other.kept.text:
        return True
    shared = sum(weights.get(term, 1.0) for term in sorted(one.terms & other.terms))
    least = min(
        sum(weights.get(term, 1.0) for term in sorted(one.terms)),
        sum(weights.get(term, 1.0) for term in sorted(other.terms)),
    )
    return shared > MAX_SHARED_WEIGHT * least


# -- timeline -----------------------------------------------------------------------------------------------


def _timeline(
    pool: Sequence[_Candidate], weights: Mapping[str, float], *, shown: frozenset[str]
) -> Iterable[TimelineStep]:
    """Yield one step for each day of a story that runs over several: the sentence that adds most to the days before.

    Sentences that the story already shows are used only for a day that has no other.
    """
    days: dict[str, list[_Candidate]] = {}
    for candidate in pool:
        if candidate.record.published is not None:
            days.setdefault(candidate.record.published.date().isoformat(), []).append(candidate)
    if len(days) < 2:
        return
    chosen: list[_Candidate] = []
    for day in sorted(days):
        others = [candidate for candidate in days[day] if candidate.kept.text not in shown]
        best = _best(others, weights, chosen) or _best(days[day], weights, chosen)
        if best is not None:
            chosen.append(best)
            yield TimelineStep(day=day, sentence=best.value())


# -- keywords -----------------------------------------------------------------------------------------------


def choose_keywords(reports: Sequence[ArticleRecord], limit: int) -> tuple[str, ...]:
    """Keywords of the articles by their mean score; none is part of another."""
    scores: dict[str, float] = {}
    for report in reports[:MAX_REPORTS]:
        for term, score in report.keywords:
            scores[term] = scores.get(term, 0.0) + score
    chosen: list[str] = []
    for term in sorted(scores, key=lambda term: (-scores[term], term)):
        if len(chosen) == limit:
            break
        key = _LETTERS.sub("", term.lower())
        others = [_LETTERS.sub("", other.lower()) for other in chosen]
        if not any(key in other or other in key for other in others):
            chosen.append(term)
    return tuple(chosen)

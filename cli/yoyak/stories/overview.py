"""The whole period at a glance: articles per day, rising keywords, people, organizations and outlets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from yoyak.keywords.words import squash
from yoyak.nlp.document_frequency import Background
from yoyak.stories.grouping import Group
from yoyak.stories.record import ArticleRecord
from yoyak.stories.values import DayCount, OutletCount, Overview, Topic, TopicKind

MAX_KEYWORDS = 20
MAX_NAMES = 12
MIN_KEYWORD_ARTICLES = 2


def make_overview(
    records: Sequence[ArticleRecord], groups: Iterable[Group], background: Background
) -> Overview:
    """Count what the articles name. Copies count for their day and outlet, not for keywords and names."""
    copies = {copy for group in groups for copy in group.copy_of}
    reports = [record for number, record in enumerate(records) if number not in copies]
    topics = (
        *rising_keywords(reports, background),
        *_named((record.people for record in reports), "person"),
        *_named((record.organizations for record in reports), "organization"),
    )
    return Overview(
        days=tuple(_days(records, copies)), topics=topics, outlets=tuple(_outlets(records, copies))
    )


def rising_keywords(reports: Sequence[ArticleRecord], background: Background) -> list[Topic]:
    """Keywords that are more frequent than in the background, by the surprise of their frequency.

    The surprise of a keyword in d of n articles is d * ln(ratio), where ratio is its share of articles over its share
    of the background, both smoothed by half an article. It is the main term of the log-likelihood ratio (Dunning 1993).
    """
    counts = Counter(term for report in reports for term in dict.fromkeys(t for t, _ in report.keywords))
    scored = []
    for term, count in counts.items():
        if count >= min(MIN_KEYWORD_ARTICLES, len(reports)):
            usual = (background.df(squash(term)) + 0.5) / (background.documents + 1.0)
            ratio = (count / len(reports)) / usual
            scored.append((count * math.log(max(ratio, 1e-9)), term, count, ratio))
    scored.sort(key=lambda one: (-one[0], one[1]))
    chosen: list[Topic] = []
    for score, term, count, ratio in scored:
        if len(chosen) == MAX_KEYWORDS or score <= 0:
            break
        if not any(term in topic.term or topic.term in term for topic in chosen):
            chosen.append(Topic(term, "keyword", count, round(ratio, 1)))
    return chosen


def _named(names: Iterable[tuple[str, ...]], kind: TopicKind) -> list[Topic]:
    counts = Counter(name for own in names for name in own)
    common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Topic(name, kind, count) for name, count in common[:MAX_NAMES]]


def _days(records: Sequence[ArticleRecord], copies: set[int]) -> Iterable[DayCount]:
    articles: Counter[str] = Counter()
    copied: Counter[str] = Counter()
    for number, record in enumerate(records):
        day = "" if record.published is None else record.published.date().isoformat()
        articles[day] += 1
        copied[day] += number in copies
    for day in sorted(articles, key=lambda day: day or "~"):
        yield DayCount(day or None, articles[day], copied[day])


def _outlets(records: Sequence[ArticleRecord], copies: set[int]) -> list[OutletCount]:
    originals: Counter[str] = Counter()
    copied: Counter[str] = Counter()
    for number, record in enumerate(records):
        (copied if number in copies else originals)[record.press or ""] += 1
    names = sorted(originals.keys() | copied.keys(), key=lambda name: (-originals[name] - copied[name], name))
    return [OutletCount(name or None, originals[name], copied[name]) for name in names]

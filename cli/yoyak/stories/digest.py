"""From records of articles to a digest: group, choose, order.

Articles are sorted by their content first, so that the order of inputs and the number of processes change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from yoyak.core.values import Failed
from yoyak.nlp.document_frequency import Background
from yoyak.stories import grouping, overview
from yoyak.stories.grouping import Group
from yoyak.stories.record import ArticleRecord
from yoyak.stories.story import StoryOptions, TermRarity, make_story
from yoyak.stories.values import Digest, Story

Sort = Literal["size", "time", "press"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestOptions:
    """Which stories a digest has, and in which order.

    `since` and `until` (both inclusive) choose articles by time; articles without one stay if their story has an
    article of that time. `match` keeps stories whose titles or keywords have all these words, `query` those with a
    sentence that has one of them. `press` keeps stories that one of these outlets reports.
    """

    sort: Sort = "size"
    top: int | None = None
    min_articles: int = 1
    since: datetime | None = None
    until: datetime | None = None
    press: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    story: StoryOptions = field(default_factory=StoryOptions)


def make_digest(
    records: Iterable[ArticleRecord],
    *,
    background: Background,
    options: DigestOptions | None = None,
    failed: Sequence[Failed] = (),
) -> Digest:
    """Make the digest of some articles."""
    chosen = options or DigestOptions()
    ordered = sorted((r for r in records if _is_in_period(r, chosen)), key=ArticleRecord.key)
    groups = grouping.group(ordered, background)
    kept = [group for group in groups if _is_wanted(ordered, group, chosen)]
    kept.sort(key=lambda group: _order(ordered, group, chosen.sort))
    shown = kept if chosen.top is None else kept[: chosen.top]
    rarity = TermRarity(background)
    stories = [make_story(ordered, group, rarity=rarity, options=chosen.story) for group in shown]
    return Digest(
        stories=tuple(stories),
        overview=overview.make_overview(ordered, groups, background),
        failed=tuple(failed),
        hidden=len(groups) - len(stories),
    )


def _is_in_period(record: ArticleRecord, options: DigestOptions) -> bool:
    moment = record.published
    if moment is None:
        return True
    return (options.since is None or moment >= options.since) and (
        options.until is None or moment <= options.until
    )


def _is_wanted(records: Sequence[ArticleRecord], group: Group, options: DigestOptions) -> bool:
    members = [records[member] for member in group.members]
    if len(members) < options.min_articles:
        return False
    if (options.since or options.until) and all(record.published is None for record in members):
        return False
    if options.press and not any(record.press in options.press for record in members):
        return False
    if options.match and not all(_mentions(members, word.lower()) for word in options.match):
        return False
    query = options.story.query
    return not query or any(
        word in sentence.text for record in members for sentence in record.sentences for word in query
    )


def _mentions(members: Sequence[ArticleRecord], word: str) -> bool:
    return any(
        word in (record.title or "").lower() or any(word in term.lower() for term, _ in record.keywords)
        for record in members
    )


def _order(records: Sequence[ArticleRecord], group: Group, sort: Sort) -> tuple[object, ...]:
    """Sort key of a story. Single articles come last; the first member decides between equals."""
    reports = [records[member] for member in group.members if member not in group.copy_of]
    outlets = {record.press for record in reports if record.press}
    times = [records[member].published for member in group.members]
    first = min((moment.isoformat() for moment in times if moment is not None), default="~")
    size = (-len(outlets), -len(reports), -len(group.members))
    single = len(group.members) == 1
    if sort == "time":
        return single, first, *size, group.members[0]
    if sort == "press":
        return single, min(outlets, default="~"), *size, first, group.members[0]
    return single, *size, first, group.members[0]


def story_counts(stories: Sequence[Story]) -> tuple[int, int]:
    """Articles and copies of some stories."""
    return sum(len(story.articles) for story in stories), sum(story.copies for story in stories)

"""The frozen values of a digest: stories, their sentences, articles and timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Literal, NamedTuple

from yoyak.core.values import Failed

TopicKind = Literal["keyword", "person", "organization"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySentence:
    """A sentence of a story: a verbatim slice of the body of one article.

    `start` and `end` are code-point offsets into the extracted text of the article.
    """

    text: str
    source: str
    id: str | None
    press: str | None
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object."""
        return {
            "text": self.text,
            "source": self.source,
            "id": self.id,
            "press": self.press,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article of a story. `copy_of` is the id of the article that it repeats, or its source if that has no id."""

    source: str
    id: str | None
    title: str | None
    press: str | None
    published: datetime | None
    copy_of: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object."""
        return {
            "source": self.source,
            "id": self.id,
            "title": self.title,
            "press": self.press,
            "published": iso_time(self.published),
            "copy_of": self.copy_of,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    """One day of a story that runs over several days, and the sentence that tells what was new on it."""

    day: str
    sentence: StorySentence

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object: the day and the fields of the sentence."""
        return {"day": self.day, **self.sentence.to_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles on one event.

    `articles` are in order of publication, each followed by its copies. `outlets` are the outlets with a report of
    their own, in order of publication: an outlet that only printed copies is not among them.
    """

    headline: str
    sentences: tuple[StorySentence, ...]
    keywords: tuple[str, ...]
    first: datetime | None
    last: datetime | None
    outlets: tuple[str, ...]
    articles: tuple[StoryArticle, ...]
    timeline: tuple[TimelineStep, ...] = ()

    @property
    def copies(self) -> int:
        """Number of articles that repeat another article of the story."""
        return sum(article.copy_of is not None for article in self.articles)

    @property
    def reports(self) -> int:
        """Number of articles that are no copies."""
        return len(self.articles) - self.copies

    @property
    def undated(self) -> int:
        """Number of articles without a time of publication."""
        return sum(article.published is None for article in self.articles)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object."""
        return {
            "headline": self.headline,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "keywords": list(self.keywords),
            "first": iso_time(self.first),
            "last": iso_time(self.last),
            "outlets": list(self.outlets),
            "articles": [article.to_dict() for article in self.articles],
            "timeline": [step.to_dict() for step in self.timeline],
        }


class DayCount(NamedTuple):
    """Articles of one day; `day` is None for articles without a date."""

    day: str | None
    articles: int
    copies: int


class Topic(NamedTuple):
    """A rising keyword, a person or an organization, and the number of articles that name it (copies not counted).

    `ratio` is how many times more frequent the term is than in the background corpus; None for names.
    """

    term: str
    kind: TopicKind
    articles: int
    ratio: float | None = None


class OutletCount(NamedTuple):
    """Articles of one outlet: those of its own, and copies of other articles."""

    press: str | None
    originals: int
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The whole period at a glance."""

    days: tuple[DayCount, ...] = ()
    topics: tuple[Topic, ...] = ()
    outlets: tuple[OutletCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The stories of some articles, in order, and the inputs that failed.

    `hidden` is the number of stories that options left out.
    """

    stories: tuple[Story, ...]
    overview: Overview = Overview()
    failed: tuple[Failed, ...] = ()
    hidden: int = 0

    def _repr_html_(self) -> str:
        """Return a list of the stories for notebooks."""
        parts = [
            f"<li><b>{escape(story.headline)}</b> <small>{escape(', '.join(story.outlets))} "
            f"({len(story.articles)})</small><br>{'<br>'.join(escape(s.text) for s in story.sentences)}</li>"
            for story in self.stories
        ]
        return f"<ol>{''.join(parts)}</ol>"

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON document as plain values."""
        return {
            "schema": 1,
            "stories": [story.to_dict() for story in self.stories],
            "topics": [topic._asdict() for topic in self.overview.topics],
            "days": [day._asdict() for day in self.overview.days],
            "outlets": [outlet._asdict() for outlet in self.overview.outlets],
            "failed": [
                {"source": f.source, "id": f.id, "code": f.code, "message": f.message} for f in self.failed
            ],
        }


def iso_time(moment: datetime | None) -> str | None:
    """Return a time in ISO 8601, or None."""
    return None if moment is None else moment.isoformat()

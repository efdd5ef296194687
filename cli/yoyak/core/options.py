"""Every default, once, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from yoyak.core.errors import OptionError
from yoyak.core.messages import text

Method = Literal["lead", "tfidf", "textrank", "lexrank", "hybrid"]
METHODS: tuple[Method, ...] = ("hybrid", "lead", "tfidf", "textrank", "lexrank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Which keys of a JSONL row hold what."""

    text: str = "text"
    sentences: str = "sentences"
    id: str = "id"
    title: str = "title"
    published: str = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How bytes become an article."""

    encoding: str | None = None
    """None: find out. A name: that encoding and no other."""
    fields: Fields = field(default_factory=Fields)
    max_bytes: int = 50_000_000
    """Unpacked size of one document. The longest real article is far under 1 MB; a saved page with
    inline images may reach tens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long a summary is: the tightest of the limits given."""

    sentences: int | None = 3
    """Three: what Korean portals print and what the labelled sets were chosen with."""
    ratio: float | None = None
    """Share of the article's sentences, 0 < ratio <= 1."""
    chars: int | None = None
    """Budget of characters for the whole summary, spaces between sentences counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankOptions:
    """How sentences are scored and chosen."""

    method: Method = "hybrid"
    length: Length = field(default_factory=Length)
    diversity: float | None = None
    """0 ignores redundancy, 1 fears nothing else; None: what the ranker's model was trained with."""
    query: str | None = None
    """Words the summary should answer."""
    model: Path | None = None
    """A model written by `yoyak train`; None: the one in the package."""

    def __post_init__(self) -> None:
        """Refuse a method there is not. Raises OptionError."""
        if self.method not in METHODS:
            raise OptionError(
                text("{value} is unknown; one of: {names}", value=repr(self.method), names=", ".join(METHODS))
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordOptions:
    """How keywords are chosen."""

    limit: int = 8
    """Eight fit one terminal line; publishers print about five."""
    stopwords: frozenset[str] = frozenset()
    """Terms never printed, beside the ones the package knows."""
    model: Path | None = None
    """Weights written by `yoyak train --keywords`; None: the ones in the package."""

    def __post_init__(self) -> None:
        """Refuse a number under none. Raises OptionError."""
        if self.limit < 0:
            raise OptionError(text("{value} is too small: at least {least}", value=self.limit, least=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """One record for the whole pipeline; it crosses process boundaries, so it is plain data."""

    read: ReadOptions = field(default_factory=ReadOptions)
    rank: RankOptions = field(default_factory=RankOptions)
    keywords: KeywordOptions = field(default_factory=KeywordOptions)
    user_dict: Path | None = None
    """Words Kiwi should know."""
    background: Path | None = None
    """Document frequencies written by `yoyak background`; None: the table in the package."""

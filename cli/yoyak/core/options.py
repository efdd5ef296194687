"""All options with their defaults, and the reason for each default."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from yoyak.core.errors import OptionError
from yoyak.core.messages import text

Method = Literal["lead", "tfidf", "textrank", "lexrank", "hybrid"]
METHODS: tuple[Method, ...] = ("hybrid", "lead", "tfidf", "textrank", "lexrank")

InputFormat = Literal[
    "auto",
    "page",
    "lines",
    "csv",
    "tsv",
    "xlsx",
    "json",
    "jsonl",
    "parquet",
    "feed",
    "mail",
    "warc",
    "zip",
    "tar",
]
INPUT_FORMATS: tuple[InputFormat, ...] = get_args(InputFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Which field of a row holds what; None: recognized by the names that exports use (본문, 제목, content, ...)."""

    text: str | None = None
    sentences: str | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    press: str | None = None
    reporters: str | None = None
    url: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How bytes become an article."""

    encoding: str | None = None
    """Encoding to use; None: detect it."""
    fields: Fields = field(default_factory=Fields)
    input_format: InputFormat = "auto"
    """How files without a telling name, and standard input, are read; auto: by their content."""
    columns: tuple[str, ...] = ()
    """Names of the columns of a table without a header line."""
    extra: bool = False
    """Keep the other scalar fields of a row under `extra`."""
    max_bytes: int = 50_000_000
    """Maximum uncompressed size of one document. The longest real article is far under 1 MB; a saved page with
    inline images may reach tens of MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """Length of a summary. If several limits are given, all of them hold."""

    sentences: int | None = 3
    """Three sentences: what Korean portals show, and what the labelled data was made with."""
    ratio: float | None = None
    """Share of the article's sentences: 0 < ratio <= 1."""
    chars: int | None = None
    """Maximum characters of the whole summary, including the spaces between sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankOptions:
    """How sentences are scored and chosen."""

    method: Method = "hybrid"
    length: Length = field(default_factory=Length)
    diversity: float | None = None
    """0 ignores redundancy, 1 considers only redundancy; None: the value the model was trained with."""
    query: str | None = None
    """Words to look for; sentences that contain them come first."""
    model: Path | None = None
    """Model file written by `yoyak train`; None: the model in the package."""

    def __post_init__(self) -> None:
        """Check the method. Raises OptionError."""
        if self.method not in METHODS:
            raise OptionError(
                text(
                    "{value} is not valid; choose one of: {names}",
                    value=repr(self.method),
                    names=", ".join(METHODS),
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordOptions:
    """How keywords are chosen."""

    limit: int = 8
    """Eight keywords fit one terminal line; publishers print about five."""
    stopwords: frozenset[str] = frozenset()
    """Terms that are never printed, in addition to the list in the package."""
    model: Path | None = None
    """Model file written by `yoyak train --keywords`; None: the model in the package."""

    def __post_init__(self) -> None:
        """Check the limit. Raises OptionError."""
        if self.limit < 0:
            raise OptionError(text("{value} is too small; the minimum is {least}", value=self.limit, least=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All options of the pipeline. They are sent to other processes, so they are plain data."""

    read: ReadOptions = field(default_factory=ReadOptions)
    rank: RankOptions = field(default_factory=RankOptions)
    keywords: KeywordOptions = field(default_factory=KeywordOptions)
    user_dict: Path | None = None
    """Custom dictionary for Kiwi."""
    background: Path | None = None
    """Document frequencies written by `yoyak background`; None: the table in the package."""
    quotes: bool = False
    """Whether quotations and their speakers are looked for."""

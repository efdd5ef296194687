"""The frozen values that the stages pass to each other. They use the standard library only.

    bytes -> Decoded -> Article -> Analysis -> Ranking -> Summary -> Outcome

All offsets are code points in `Article.text`; `end` is exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

Scalar: TypeAlias = str | int | float | bool
Evidence = Literal["forced", "bom", "declared", "utf-8", "utf-16", "cp949", "mojibake", "given"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text of one input: NFC, no control characters, lines end with a newline.

    `replaced` counts the invalid byte sequences that became U+FFFD.
    """

    text: str
    encoding: str
    evidence: Evidence
    replaced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An article that came as fields: a row of a table or of JSON, an entry of a feed, a mail.

    Exactly one of `text` and `sentences` is set where the row is an article. `published` is as it was written.
    """

    id: str | None = None
    title: str | None = None
    text: str | None = None
    sentences: tuple[str, ...] | None = None
    published: str | None = None
    press: str | None = None
    reporters: tuple[str, ...] = ()
    url: str | None = None
    section: str | None = None
    extra: Mapping[str, Scalar] | None = None
    """Other scalar fields; None: not asked for."""


class Removal(NamedTuple):
    """A piece of the page that is not part of the article, and the rule that removed it."""

    rule: str
    text: str


class Subheading(NamedTuple):
    """A heading inside the body; `paragraph` is the index of the paragraph that follows it."""

    text: str
    paragraph: int


class Notice(NamedTuple):
    """A warning about a result that is otherwise good."""

    code: str
    message: str


class Span(NamedTuple):
    """A sentence of an input that was already split: its offsets, and whether it may be chosen.

    Bylines, decks and captions in such a list keep their index but are not candidates.
    """

    start: int
    end: int
    candidate: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Article:
    """One article: its body, its metadata, and the text that was removed from the page.

    Invariant: `text` is the paragraphs joined by one empty line.
    """

    source: str
    id: str | None = None
    title: str | None = None
    subtitles: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    reporters: tuple[str, ...] = ()
    press: str | None = None
    url: str | None = None
    section: str | None = None
    extra: Mapping[str, Scalar] | None = None
    """Other fields of the row the article came from; None: not asked for."""
    paragraphs: tuple[str, ...]
    subheadings: tuple[Subheading, ...] = ()
    removed: tuple[Removal, ...] = ()
    spans: tuple[Span, ...] | None = None
    warnings: tuple[Notice, ...] = ()
    encoding: str | None = None
    """Encoding of the bytes; None if the input was text."""
    text: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "\n\n".join(self.paragraphs))

    def __repr__(self) -> str:
        return f"<Article {self.title or self.source!r}: {len(self.text)} characters>"

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of the JSON output of `yoyak extract` as JSON values."""
        from yoyak.core.records import article_record

        return article_record(self)

    def headings(self) -> dict[int, list[str]]:
        """Return the subheadings by the index of the paragraph that follows them."""
        found: dict[int, list[str]] = {}
        for heading in self.subheadings:
            found.setdefault(heading.paragraph, []).append(heading.text)
        return found


class Token(NamedTuple):
    """A morpheme found by Kiwi; `form` may differ from the surface `text[start:end]`."""

    form: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of the article. Invariant: `article.text[start:end] == text`. `index` identifies it."""

    index: int
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    paragraph: int
    candidate: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The article after its single Kiwi pass.

    Token offsets in `title` and `subtitles` refer to those strings, in `sentences` to `Article.text`.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    title: tuple[Token, ...] = ()
    subtitles: tuple[tuple[Token, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A score for each sentence and, if the ranker provides them, the parts of the score.

    `scores[i]` belongs to `sentences[i]`; `parts[i]` maps each feature to its contribution. `answered` is whether a
    sentence contains a word of the query; it is true if there is no query.
    """

    scores: tuple[float, ...]
    parts: Sequence[dict[str, float]] = ()
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Keyword:
    """A compound or name as the article prints it, its score (0 to 1) and its number of occurrences."""

    term: str
    score: float
    count: int


class Quote(NamedTuple):
    """A quotation that the article attributes to a speaker. Invariant: `article.text[start:end] == text`.

    `speaker` is a name, or a noun phrase for an organization or an unnamed person. `role` is the office or calling
    of a named person, if the article states it. `text` is without the quotation marks.
    """

    speaker: str
    role: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Summary:
    """The chosen sentences of one article, in article order, and its keywords.

    `scores[i]` belongs to `sentences[i]`, the chosen ones; `ranking` covers every sentence of `analysis`.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    scores: tuple[float, ...]
    keywords: tuple[Keyword, ...]
    warnings: tuple[Notice, ...]
    analysis: Analysis
    ranking: Ranking
    quotes: tuple[Quote, ...] | None = None
    """Quotations with their speakers; None if they were not asked for."""

    def __repr__(self) -> str:
        name = self.article.title or self.article.source
        return f"<Summary {name!r}: {len(self.sentences)} sentences, {len(self.keywords)} keywords>"

    def to_dict(self) -> dict[str, Any]:
        """Return the fields of the JSON output as JSON values."""
        from yoyak.core.records import summary_record

        return summary_record(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the JSON output as a string."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def _repr_html_(self) -> str:
        """Return the summary as HTML; notebooks call this to show a value."""
        from yoyak.core.records import summary_html

        return summary_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The error of an input that gave no result."""

    source: str
    id: str | None
    code: str
    message: str


Outcome: TypeAlias = Summary | Article | Failed

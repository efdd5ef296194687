"""The frozen values that stages hand to each other. Standard library only.

    bytes -> Decoded -> Article -> Analysis -> Ranking -> Summary -> Outcome

All offsets are code points into `Article.text`, half open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

Evidence = Literal["forced", "bom", "declared", "utf-8", "utf-16", "cp949", "mojibake", "given"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text of one input: NFC, no control characters, lines ended by a newline.

    `replaced` counts the broken byte sequences that became U+FFFD.
    """

    text: str
    encoding: str
    evidence: Evidence
    replaced: int = 0


class Removal(NamedTuple):
    """A piece of the page that is not the article, and the rule that says so."""

    rule: str
    text: str


class Subheading(NamedTuple):
    """A heading inside the body; `paragraph` is the index of the paragraph it stands before."""

    text: str
    paragraph: int


class Notice(NamedTuple):
    """Something a reader should know about a result that is otherwise good."""

    code: str
    message: str


class Span(NamedTuple):
    """A sentence that came split: its offsets, and whether it may be chosen.

    Bylines, decks and captions in a list of sentences keep their index and are not candidates.
    """

    start: int
    end: int
    candidate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article: its body, what the page says of it, and what was thrown away.

    Law: `text` is the paragraphs joined by one empty line.
    """

    source: str
    id: str | None = None
    title: str | None = None
    subtitles: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    reporters: tuple[str, ...] = ()
    press: str | None = None
    paragraphs: tuple[str, ...]
    subheadings: tuple[Subheading, ...] = ()
    removed: tuple[Removal, ...] = ()
    spans: tuple[Span, ...] | None = None
    warnings: tuple[Notice, ...] = ()
    encoding: str | None = None
    """What the bytes were read as; None where the text came as text."""
    text: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "\n\n".join(self.paragraphs))

    def headings(self) -> dict[int, list[str]]:
        """Return the subheadings by the index of the paragraph they stand before."""
        found: dict[int, list[str]] = {}
        for heading in self.subheadings:
            found.setdefault(heading.paragraph, []).append(heading.text)
        return found


class Token(NamedTuple):
    """A morpheme as Kiwi reads it; `form` may differ from the surface `text[start:end]`."""

    form: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of the article. Law: `article.text[start:end] == text`. Identity is `index`."""

    index: int
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    paragraph: int
    candidate: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The article after its one Kiwi pass.

    Token offsets of `title` and `subtitles` are into those strings, of `sentences` into `Article.text`.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    title: tuple[Token, ...] = ()
    subtitles: tuple[tuple[Token, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """A score for each sentence, and, where the ranker has them, the parts it is the sum of.

    `scores[i]` belongs to `sentences[i]`; `parts[i]` names each feature's contribution to it. `kinds` tells how much
    of each kind of news the article is, where the ranker knows kinds and was asked for a summary of the whole.
    `answered` is whether any sentence holds a word of the query; true where there was none.
    """

    scores: tuple[float, ...]
    parts: Sequence[dict[str, float]] = ()
    kinds: Mapping[str, float] = field(default_factory=dict)
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Keyword:
    """A compound or name as the article prints it, its score (0 to 1) and how often it stands there."""

    term: str
    score: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """What is said of an input that gave no result."""

    source: str
    id: str | None
    code: str
    message: str


Outcome: TypeAlias = Summary | Article | Failed

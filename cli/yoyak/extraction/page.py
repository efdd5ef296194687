"""The values between reading a page and finding its article: lines with their shape and label, and what the markup says.

Text dumps (`plaintext.read_page`) and HTML (`html.read_page`) both produce a `Page`. The passes of `build` give each of its
lines a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from yoyak.extraction.line_shape import EMPTY, Shape

Tag = Literal["", "title", "heading", "item", "caption", "cell", "link", "control"]
"""What the markup calls a line: `title` h1, `heading` h2 to h6, `item` li or dd, `caption` figcaption, `cell` td or th,
`link` a line of links only, `control` button, label or input. Empty for a plain paragraph, or where the input has no
markup (a bullet of a text dump counts as `item`, a Markdown `#` as `heading`)."""


BODY = "body"
"""The label of the lines that become paragraphs."""


class Line(NamedTuple):
    """One block of a page on one line, white space squeezed, without bullets or Markdown marks.

    A named tuple and not a dataclass: passes copy lines by the thousand, and a tuple is copied twice as fast.
    """

    text: str
    tag: Tag = ""
    links: float = 0.0
    """Share (0 to 1) of the characters that are link text."""
    blank_before: bool = False
    """Whether a blank line or the edge of a block stands before it."""
    in_body: bool | None = None
    """What the markup says: True inside the element that holds the body, False outside, None where unknown (text dumps)."""
    soft_break: bool = False
    """Whether the line continues the paragraph of the line before it, which the input wrote on one line."""
    shape: Shape = EMPTY
    label: str = ""
    """What the passes found the line to be: `body`, `headline`, or the rule that removes it; empty while unlabelled."""

    @property
    def is_candidate(self) -> bool:
        """Whether no rule has labelled the line as something other than the body."""
        return not self.label or self.label == BODY

    @property
    def is_prose(self) -> bool:
        """Whether the line has sentences that may belong to the body."""
        return self.shape.kind == "prose" and (not self.label or self.label == BODY)


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the head of a document states about its article; weaker or stronger than the lines, see `metadata`.

    `title` has lost the site's name. Times have the offset +09:00. `press` is the outlet that wrote the article (a
    publisher's name, og:article:author of a portal), `site` the name of the site it stands on.
    """

    title: str | None = None
    subtitles: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    reporters: tuple[str, ...] = ()
    press: str | None = None
    site: str | None = None
    article: bool | None = None
    """True where the markup calls the page an article (og:type, JSON-LD NewsArticle), False for a list or site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as lines from top to bottom, what its markup states, and the title its caller gave."""

    lines: Lines
    hints: Hints = Hints()
    given_title: str | None = None
    title_lines: tuple[int, ...] = ()
    """Lines that hold the title the page is named after, see `headline.find_title_lines`."""

    @property
    def title(self) -> str | None:
        """The title that the markup states, or else the caller's: the one that stands on the page."""
        return self.hints.title or self.given_title

    @property
    def stated_title(self) -> str | None:
        """The title that the article gets: the caller's, or else the one that the markup states."""
        return self.given_title or self.hints.title


def relabel(lines: Lines, labels: Mapping[int, str]) -> Lines:
    """Return the lines with new labels at some indices."""
    if not labels:
        return lines
    changed = list(lines)
    for at, label in labels.items():
        changed[at] = changed[at]._replace(label=label)
    return tuple(changed)


def indices_of(lines: Sequence[Line], label: str = BODY) -> list[int]:
    """Return the indices of the lines with a label."""
    return [at for at, line in enumerate(lines) if line.label == label]


def prose_of(lines: Sequence[Line], indices: Sequence[int] | range) -> Iterator[int]:
    """Yield those of some indices whose lines are prose of the body."""
    return (at for at in indices if lines[at].is_prose)

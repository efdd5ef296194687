"""The value every input becomes before the article is looked for: lines of a page, and what its markup says.

Text dumps (`text.read_page`) and HTML (`html.read_page`) both end here; from here on there is one road.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

Tag = Literal["", "title", "heading", "item", "caption", "cell", "link", "control"]
"""What the markup calls a line: `title` h1, `heading` h2 to h6, `item` li or dd, `caption` figcaption,
`cell` td or th, `link` a line that is nothing but links, `control` button, label or input. Empty: a plain
paragraph, or the input had no markup (a bullet of a text dump counts as `item`, a Markdown `#` as `heading`)."""


class Line(NamedTuple):
    """One block of a page on one line: white space squeezed, no bullet or Markdown marks left.

    `links` is the share (0 to 1) of its characters that are link text. `gap` says a blank line or the
    edge of a block stands before it. `inside` is what the markup says of the body: True inside the
    element that holds it, False outside of it, None where nothing is known (every text dump). `hard`
    says that the next line may be the same paragraph, cut by a fixed width.
    """

    text: str
    tag: Tag = ""
    links: float = 0.0
    gap: bool = False
    inside: bool | None = None
    hard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the head of a document states about its article; weaker or stronger than the lines, see `metadata`.

    `title` has lost the site's name. Times have the offset +09:00. `press` is the outlet that wrote the
    article (a publisher's name, og:article:author of a portal), `site` the name of the site it stands on.
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
    """A page as lines from top to bottom, and what its markup states."""

    lines: tuple[Line, ...]
    hints: Hints = Hints()

"""A digest on the terminal: a front page of stories, or the overview of the period."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from yoyak.app.terminal.articles import drawn, ink
from yoyak.core.messages import plural, text
from yoyak.outputs import digest as render_digest
from yoyak.outputs.render import printable, when

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

    from yoyak.stories.values import Digest, Story, Topic

# One column of text is at most 100 columns wide; from 130 on, two stories stand beside each other.
MAX_COLUMN = 100
MIN_TWO_COLUMNS = 130
MAX_WIDTH = 200
GAP = 4
MAX_OUTLETS = 12
BAR_COLUMNS = 30


def front_page(digest: Digest, *, color: bool, width: int) -> str:
    """All stories: the first across the page, the others in one or two columns, single articles as a list."""
    screen = _screen(color=color, width=width)
    stories = [(n, story) for n, story in enumerate(digest.stories, 1) if not render_digest.is_single(story)]
    screen.print(ink(_title_line(digest), "dim"))
    is_wide = width >= MIN_TWO_COLUMNS
    for number, story in stories[: 1 if is_wide else None]:
        screen.print()
        screen.print(_story(number, story))
    rest = stories[1:] if is_wide else []
    for at in range(0, len(rest), 2):
        screen.print()
        screen.print(_side_by_side([_story(number, story) for number, story in rest[at : at + 2]]))
    singles = [story for story in digest.stories if render_digest.is_single(story)]
    if singles:
        screen.print()
        screen.print(ink(text("Single articles"), "bold"))
        for story in singles:
            screen.print(_single(story))
    return drawn(screen)


def _screen(*, color: bool, width: int) -> Console:
    from rich.console import Console

    most = MAX_WIDTH if width >= MIN_TWO_COLUMNS else MAX_COLUMN
    return Console(
        file=io.StringIO(),
        width=min(width, most),
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _title_line(digest: Digest) -> str:
    days = [day.day for day in digest.overview.days if day.day]
    period = "" if not days else days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}"
    articles = sum(day.articles for day in digest.overview.days)
    copies = sum(day.copies for day in digest.overview.days)
    stories = sum(not render_digest.is_single(story) for story in digest.stories)
    parts = [
        period,
        plural("{count} article", "{count} articles", articles),
        plural("{count} copy", "{count} copies", copies) if copies else "",
        plural("{count} story", "{count} stories", stories),
        plural("{count} more not shown", "{count} more not shown", digest.hidden) if digest.hidden else "",
    ]
    return " · ".join(part for part in parts if part)


def _story(number: int, story: Story) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    grid.add_row(ink(str(number), "cyan"), ink(story.headline, "bold"))
    grid.add_row("", ink(render_digest.about_line(story), "dim"))
    for sentence in story.sentences:
        grid.add_row(ink("·", "cyan"), _with_press(sentence.text, sentence.press))
    for step in story.timeline:
        grid.add_row("", _with_press(f"{step.day[5:]} {step.sentence.text}", step.sentence.press))
    if story.keywords:
        grid.add_row("", ink(", ".join(map(printable, story.keywords)), "green"))
    return grid


def _with_press(said: str, press: str | None) -> Text:
    line = ink(said)
    if press:
        line.append(f" {printable(press)}", "dim")
    return line


def _side_by_side(stories: list[RenderableType]) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(expand=True, padding=(0, GAP, 0, 0))
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(*stories, *([""] * (2 - len(stories))))
    return grid


def _single(story: Story) -> Text:
    article = story.articles[0]
    line = ink(f"· {printable(story.headline)}")
    about = " ".join(part for part in (printable(article.press or ""), when(article.published)) if part)
    return line.append(f" {about}", "dim") if about else line


# -- overview -----------------------------------------------------------------------------------------------


def overview(digest: Digest, *, color: bool, width: int) -> str:
    """Return the period in one screen: articles per day, rising keywords, names and outlets."""
    screen = _screen(color=color, width=min(width, MAX_COLUMN))
    screen.print(ink(_title_line(digest), "dim"))
    _days(screen, digest)
    for kind, heading in render_digest.topic_headings():
        named = [topic for topic in digest.overview.topics if topic.kind == kind]
        if named:
            screen.print()
            screen.print(ink(heading, "bold"))
            screen.print(_topics(named))
    _outlets(screen, digest)
    return drawn(screen)


def _days(screen: Console, digest: Digest) -> None:
    most = max((day.articles for day in digest.overview.days), default=0)
    screen.print()
    screen.print(ink(text("Articles per day"), "bold"))
    for day in digest.overview.days:
        line = ink(f"{day.day or text('undated'):<10}")
        line.append(" ")
        line.append_text(_bar(day.articles - day.copies, day.copies, most))
        line.append(f" {day.articles}")
        if day.copies:
            line.append(" (" + plural("{count} copy", "{count} copies", day.copies) + ")", "dim")
        screen.print(line)


def _bar(originals: int, copies: int, most: int) -> Text:
    """Draw a bar for originals, and a lighter one after it for copies."""
    from rich.text import Text

    total = max(1, round((originals + copies) / max(1, most) * BAR_COLUMNS))
    light = round(copies / max(1, originals + copies) * total)
    return Text("█" * (total - light), "cyan").append("░" * light, "dim")


def _topics(topics: list[Topic]) -> Text:
    line = ink("")
    for number, topic in enumerate(topics):
        if number:
            line.append(" · ", "dim")
        line.append(printable(topic.term), "green")
        line.append(f" {topic.articles}", "dim")
    return line


def _outlets(screen: Console, digest: Digest) -> None:
    outlets = digest.overview.outlets
    if not any(outlet.press for outlet in outlets):
        return
    screen.print()
    screen.print(ink(text("Outlets: originals, copies"), "bold"))
    line = ink("")
    for number, outlet in enumerate(outlets[:MAX_OUTLETS]):
        if number:
            line.append(" · ", "dim")
        line.append(printable(outlet.press or text("unknown")))
        line.append(f" {outlet.originals}+{outlet.copies}", "dim")
    if len(outlets) > MAX_OUTLETS:
        line.append(" · ", "dim").append(
            plural("{count} more", "{count} more", len(outlets) - MAX_OUTLETS), "dim"
        )
    screen.print(line)

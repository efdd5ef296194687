"""A digest as JSON, plain lines and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from yoyak.core.messages import plural, text
from yoyak.outputs.markdown import escape_markdown
from yoyak.outputs.render import printable, when
from yoyak.stories.values import Digest, Story, StoryArticle, StorySentence

MAX_NAMED_OUTLETS = 6


def render_json(digest: Digest) -> str:
    """Return the JSON document."""
    return json.dumps(digest.to_dict(), ensure_ascii=False, indent=2) + "\n"


def time_span(first: datetime | None, last: datetime | None) -> str:
    """Return first and last time; one of them if they are the same, "undated" if neither is known."""
    start, end = when(first), when(last)
    if not start:
        return text("undated")
    if start == end:
        return start
    day, _, time = end.partition(" ")
    return f"{start} – {time if time and start.startswith(day) else end}"


def counts_line(story: Story) -> str:
    """Word how many articles a story has, and how many of them are copies."""
    line = plural("{count} article", "{count} articles", len(story.articles))
    if story.copies:
        line += " · " + plural("{count} copy", "{count} copies", story.copies)
    if story.undated and story.first is not None:
        line += " · " + plural("{count} undated", "{count} undated", story.undated)
    return line


def outlets_line(story: Story) -> str:
    """Name the first outlets of a story and count the others."""
    named = [printable(press) for press in story.outlets[:MAX_NAMED_OUTLETS]]
    others = len(story.outlets) - len(named)
    if others:
        named.append(plural("{count} more", "{count} more", others))
    return ", ".join(named)


def about_line(story: Story) -> str:
    """Outlets, counts and time span of a story in one line."""
    parts = (outlets_line(story), counts_line(story), time_span(story.first, story.last))
    return " · ".join(part for part in parts if part)


def is_single(story: Story) -> bool:
    """Whether a story is one article."""
    return len(story.articles) == 1


# -- plain --------------------------------------------------------------------------------------------------


def render_plain(digest: Digest) -> str:
    """Return plain lines: each story with its number, outlets, sentences and keywords; single articles as titles."""
    blocks = [_plain_story(n, s) for n, s in enumerate(digest.stories, 1) if not is_single(s)]
    singles = [_plain_single(story) for story in digest.stories if is_single(story)]
    if singles:
        blocks.append("\n".join([text("Single articles"), *singles]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _plain_story(number: int, story: Story) -> str:
    lines = [f"{number}. {printable(story.headline)}", f"   {about_line(story)}"]
    lines += [f"   - {_with_press(sentence)}" for sentence in story.sentences]
    if story.keywords:
        lines.append(f"   {text('Keywords')}: {', '.join(map(printable, story.keywords))}")
    lines += [f"   {step.day} {_with_press(step.sentence)}" for step in story.timeline]
    return "\n".join(lines)


def _with_press(sentence: StorySentence) -> str:
    said = printable(sentence.text)
    return f"{said} ({printable(sentence.press)})" if sentence.press else said


def _plain_single(story: Story) -> str:
    article = story.articles[0]
    about = ", ".join(part for part in (printable(article.press or ""), when(article.published)) if part)
    return f"- {printable(story.headline)}" + (f" ({about})" if about else "")


def render_plain_topics(digest: Digest) -> str:
    """Return the overview as plain lines."""
    overview = digest.overview
    lines = [text("Articles per day")]
    lines += [
        f"{day.day or text('undated')}\t{day.articles}\t"
        + plural("{count} copy", "{count} copies", day.copies)
        for day in overview.days
    ]
    for kind, heading in topic_headings():
        named = [topic for topic in overview.topics if topic.kind == kind]
        if named:
            lines += ["", heading, *(f"{printable(topic.term)}\t{topic.articles}" for topic in named)]
    lines += ["", text("Outlets: originals, copies")]
    lines += [f"{printable(o.press or text('unknown'))}\t{o.originals}\t{o.copies}" for o in overview.outlets]
    return "\n".join(lines) + "\n"


def topic_headings() -> tuple[tuple[str, str], ...]:
    """Kinds of topics and their headings, in order."""
    return (
        ("keyword", text("Rising keywords")),
        ("person", text("People")),
        ("organization", text("Organizations")),
    )


# -- Markdown -----------------------------------------------------------------------------------------------


def render_markdown(digest: Digest) -> str:
    """Return a Markdown document that Obsidian and mail programs show well."""
    parts: list[str] = [f"# {text('News digest')}"]
    for number, story in enumerate(digest.stories, 1):
        if not is_single(story):
            parts += _markdown_story(number, story)
    singles = [story for story in digest.stories if is_single(story)]
    if singles:
        parts.append(f"## {text('Single articles')}")
        parts.append("\n".join(f"- {escape_markdown(_plain_single(story)[2:])}" for story in singles))
    return "\n\n".join(parts) + "\n"


def _markdown_story(number: int, story: Story) -> Iterator[str]:
    yield f"## {number}. {escape_markdown(story.headline)}"
    yield escape_markdown(about_line(story))
    if story.sentences:
        yield "\n".join(_quoted(sentence) for sentence in story.sentences)
    if story.keywords:
        yield f"**{text('Keywords')}**: {', '.join(map(escape_markdown, story.keywords))}"
    if story.timeline:
        yield f"**{text('Timeline')}**"
        yield "\n".join(
            f"- {step.day} — {escape_markdown(_with_press(step.sentence))}" for step in story.timeline
        )
    yield f"**{text('Articles')}**"
    yield "\n".join(("  - " if a.copy_of else "- ") + _markdown_article(a) for a in story.articles)


def _quoted(sentence: StorySentence) -> str:
    press = f" — *{escape_markdown(sentence.press)}*" if sentence.press else ""
    return f"- {escape_markdown(sentence.text)}{press}"


def _markdown_article(article: StoryArticle) -> str:
    about = ", ".join(part for part in (printable(article.press or ""), when(article.published)) if part)
    title = article.title or article.source
    named = escape_markdown(f"{title} ({about})" if about else title)
    return f"{named} · {text('copy')}" if article.copy_of else named

"""A digest as one self-contained HTML page: a card for each story, search, filters by outlet and date.

Nothing is loaded from anywhere. Every piece of an article is escaped, and a Content-Security-Policy allows only this
page's own style sheet and script, each by its hash (CSP Level 3). Without scripts the page shows all stories.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from html import escape
from importlib import resources

from yoyak.core import messages
from yoyak.core.messages import text
from yoyak.outputs.digest import about_line, is_single
from yoyak.outputs.render import printable, when
from yoyak.stories.values import Digest, Story, StoryArticle, StorySentence

# Columns of the drawing of a timeline.
TIMELINE_BINS = 48


def render_html(digest: Digest) -> str:
    """Return the page."""
    return "\n".join(_page(digest)) + "\n"


def _page(digest: Digest) -> Iterator[str]:
    style, script = _read("digest_page.css"), _read("digest_page.js")
    title = _html(text("News digest"))
    policy = f"default-src 'none'; style-src '{_hash_of(style)}'; script-src '{_hash_of(script)}'; base-uri 'none'; form-action 'none'"
    yield f'<!doctype html>\n<html lang="{messages.language()}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>"
    yield f'<header>\n<h1>{title}</h1>\n<p class="about">{_html(_period(digest))}</p>'
    yield from _form(digest)
    yield "</header>\n<main>"
    stories = [(number, story) for number, story in enumerate(digest.stories, 1) if not is_single(story)]
    yield '<div class="cards" lang="ko">'
    for number, story in stories:
        yield from _card(number, story, is_lead=number == stories[0][0])
    yield "</div>"
    yield f'<p id="none" hidden>{_html(text("No story matches the filters."))}</p>'
    yield from _singles([story for story in digest.stories if is_single(story)])
    yield f"</main>\n<script>{script}</script>\n</body>\n</html>"


def _read(name: str) -> str:
    return resources.files("yoyak.outputs").joinpath(name).read_text(encoding="utf-8")


def _hash_of(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _html(value: str) -> str:
    return escape(printable(value))


def _period(digest: Digest) -> str:
    days = [day.day for day in digest.overview.days if day.day]
    return "" if not days else days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}"


def _form(digest: Digest) -> Iterator[str]:
    outlets = sorted(
        {article.press for story in digest.stories for article in story.articles if article.press}
    )
    yield '<form id="filter" role="search">'
    yield f'<label class="wide">{_html(text("Search"))}<input id="words" type="search"></label>'
    yield f'<label>{_html(text("Outlet"))}<select id="press"><option value="">{_html(text("all"))}</option>'
    yield "".join(f"<option>{_html(press)}</option>" for press in outlets) + "</select></label>"
    yield f'<label>{_html(text("From"))}<input id="since" type="date"></label>'
    yield f'<label>{_html(text("To"))}<input id="until" type="date"></label>'
    yield "</form>"


def _data(story: Story) -> str:
    """Attributes that the filters read."""
    press = sorted({printable(article.press) for article in story.articles if article.press})
    first, last = (
        "" if moment is None else moment.date().isoformat() for moment in (story.first, story.last)
    )
    names = escape(json.dumps(press, ensure_ascii=False))
    return f'data-story data-press="{names}" data-first="{first}" data-last="{last}"'


def _card(number: int, story: Story, *, is_lead: bool) -> Iterator[str]:
    yield f'<article class="card{" lead" if is_lead else ""}" {_data(story)}>'
    yield f'<h2><span class="number">{number}</span>{_html(story.headline)}</h2>'
    yield f'<p class="about">{_html(about_line(story))}</p>'
    yield from (f"<p>{_said(sentence)}</p>" for sentence in story.sentences)
    if story.keywords:
        yield f'<p class="keywords">{_html(", ".join(story.keywords))}</p>'
    yield from _timeline(story)
    yield f"<details><summary>{_html(text('Articles'))}</summary>\n<ul>"
    yield from _articles(story)
    yield "</ul></details>\n</article>"


def _said(sentence: StorySentence) -> str:
    press = f' <span class="press">{_html(sentence.press)}</span>' if sentence.press else ""
    return _html(sentence.text) + press


def _articles(story: Story) -> Iterator[str]:
    """List the reports; the copies of each are folded below it."""
    copies: dict[str, list[StoryArticle]] = {}
    for article in story.articles:
        if article.copy_of is not None:
            copies.setdefault(article.copy_of, []).append(article)
    for article in story.articles:
        if article.copy_of is None:
            own = copies.pop(article.id or article.source, [])
            items = "".join(f"<li>{_article(copy)}</li>" for copy in own)
            label = _html(messages.plural("{count} copy", "{count} copies", len(own)))
            folded = f"<details><summary>{label}</summary><ul>{items}</ul></details>" if own else ""
            yield f"<li>{_article(article)}{folded}</li>"


def _article(article: StoryArticle) -> str:
    about = " ".join(part for part in (article.press or "", when(article.published)) if part)
    return f'{_html(article.title or article.source)} <span class="press">{_html(about)}</span>'


def _timeline(story: Story) -> Iterator[str]:
    """Draw how many articles appeared when; list one sentence for each day."""
    if story.first is not None and story.last is not None and story.first != story.last:
        label = _html(text("Timeline"))
        yield (
            f'<svg class="timeline" viewBox="0 0 {TIMELINE_BINS} 1" role="img" aria-label="{label}" '
            'preserveAspectRatio="none">'
        )
        yield from _columns(story, story.first, (story.last - story.first).total_seconds())
        yield "</svg>"
        yield f'<p class="days"><span>{when(story.first)}</span><span>{when(story.last)}</span></p>'
    if story.timeline:
        yield "<ul>"
        yield from (f"<li>{step.day} {_said(step.sentence)}</li>" for step in story.timeline)
        yield "</ul>"


def _columns(story: Story, first: datetime, span: float) -> Iterator[str]:
    """Draw a column for each part of the time span with articles: originals, with their copies on top."""
    originals: Counter[int] = Counter()
    copies: Counter[int] = Counter()
    for article in story.articles:
        if article.published is not None:
            place = (article.published - first).total_seconds() / span * TIMELINE_BINS
            counted = copies if article.copy_of else originals
            counted[min(int(place), TIMELINE_BINS - 1)] += 1
    highest = max((originals + copies).values())
    for place in sorted(originals.keys() | copies.keys()):
        own, all_of_them = originals[place] / highest, (originals[place] + copies[place]) / highest
        yield f'<rect class="copy" x="{place}" y="{1 - all_of_them:.3f}" width="0.8" height="{all_of_them:.3f}"/>'
        if own:
            yield f'<rect x="{place}" y="{1 - own:.3f}" width="0.8" height="{own:.3f}"/>'


def _singles(stories: list[Story]) -> Iterator[str]:
    if not stories:
        return
    yield f'<h3>{_html(text("Single articles"))}</h3>\n<ul class="singles" lang="ko">'
    for story in stories:
        yield f"<li {_data(story)}>{_article(story.articles[0])}</li>"
    yield "</ul>"

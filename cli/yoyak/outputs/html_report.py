"""All articles of a run as one self-contained web page.

The page loads nothing, and nothing of an article can run: all text is escaped, and a Content-Security-Policy allows
only the page's own style sheet and script, by their hashes (CSP Level 3). The script searches, sorts and groups the
list; without it the page still shows everything. Score bars have their widths by class, because the policy refuses
inline styles.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import NamedTuple

from yoyak.core import messages, normalize
from yoyak.core.messages import plural, text
from yoyak.core.records import iso_time
from yoyak.core.values import Article, Failed, Outcome, Summary
from yoyak.outputs import render
from yoyak.ranking import explain

STYLE = files("yoyak.outputs").joinpath("report.css").read_text(encoding="utf-8")
SCRIPT = files("yoyak.outputs").joinpath("report.js").read_text(encoding="utf-8")
BAR_STEP_PERCENT = 5
"""Difference between two widths of a score bar; the style sheet has a class for each."""


class Entry(NamedTuple):
    """An article in the list of contents."""

    name: str
    failed: bool = False
    press: str = ""
    published: str = ""
    """ISO 8601 time; "" if unknown."""


class Section(NamedTuple):
    """The part of the page for one article."""

    entry: Entry
    html: str


def section(outcome: Outcome) -> Section:
    """Render one outcome."""
    if isinstance(outcome, Failed):
        name = render.printable(outcome.id or outcome.source)
        html = f'<h2>{_html(name)}</h2>\n<p class="error">{_html(outcome.message)}</p>\n'
        return Section(Entry(name, failed=True), html)
    article = outcome.article if isinstance(outcome, Summary) else outcome
    name = render.printable(article.title or article.id or article.source)
    parts = [*_head(article, name)]
    if isinstance(outcome, Summary):
        parts += [
            *_key_sentences(outcome),
            *_keywords(outcome),
            *_quotes(outcome),
            *_notices(outcome),
            *_body(outcome),
        ]
        parts += _scores(outcome)
    else:
        parts += [f"<p>{_html(paragraph)}</p>" for paragraph in article.paragraphs]
    parts.append(_source(article))
    entry = Entry(
        name, press=render.printable(article.press or ""), published=iso_time(article.published) or ""
    )
    return Section(entry, "\n".join(parts) + "\n")


def page(
    sections: Iterable[str], *, contents: Sequence[Entry], version: str, complete: bool = True
) -> Iterator[str]:
    """Yield the page in pieces, from the HTML of its sections and their entries, in the same order.

    If not `complete`, the page says that the run ended early.
    """
    failed = sum(entry.failed for entry in contents)
    line = plural("{count} article", "{count} articles", len(contents))
    if failed:
        line += ", " + text("{count} failed", count=failed)
    if not complete:
        line += ". " + text("The run was interrupted; this page is incomplete.")
    yield _start(line, several=len(contents) > 1)
    if len(contents) > 1:
        yield from _contents(contents)
    yield "<main>\n"
    for number, html in enumerate(sections, start=1):
        yield f'<article id="a{number}" lang="ko">\n{html}</article>\n'
    yield f"</main>\n<footer>yoyak {_html(version)}</footer>\n"
    if len(contents) > 1:
        yield f'<a class="top" href="#top">↑ {_html(text("Top"))}</a>\n<script>{SCRIPT}</script>\n'
    yield "</body>\n</html>\n"


def _contents(contents: Sequence[Entry]) -> Iterator[str]:
    """Yield the list of articles with its search box and menus, which only appear if the script runs."""
    orders = {
        "input": text("input order"),
        "newest": text("newest first"),
        "oldest": text("oldest first"),
        "press": text("press"),
        "title": text("title"),
    }
    groups = {"none": text("none"), "day": text("day"), "press": text("press")}
    search = _html(text("Search"))
    yield f'<details class="contents" open>\n<summary>{_html(text("Contents"))}</summary>\n<div class="tools">\n'
    yield f'<input id="q" type="search" placeholder="{search}" aria-label="{search}" autocomplete="off">\n'
    yield _menu("sort", text("Sort"), orders) + _menu("group", text("Group"), groups)
    yield '<output id="count" aria-live="polite"></output>\n</div>\n<ol>\n'
    for number, entry in enumerate(contents, start=1):
        mark = ' class="failed"' if entry.failed else ""
        origin = " · ".join(part for part in (entry.press, entry.published[:10]) if part)
        line = f'<span class="from">{_html(origin)}</span>' if origin else ""
        yield (
            f'<li{mark} data-id="a{number}" data-press="{_html(entry.press)}" data-time="{_html(entry.published)}">'
            f'<a href="#a{number}">{_html(entry.name)}</a>{line}</li>\n'
        )
    yield "</ol>\n</details>\n"


def _menu(name: str, label: str, options: dict[str, str]) -> str:
    choices = "".join(f'<option value="{value}">{_html(shown)}</option>' for value, shown in options.items())
    return f'<label>{_html(label)} <select id="{name}">{choices}</select></label>\n'


def _source(article: Article) -> str:
    """Where the article comes from, as a link if that is a web address."""
    if article.url and article.url.startswith(("http://", "https://")):
        address = _html(article.url)
        return f'<p class="source"><a href="{address}" rel="noopener noreferrer nofollow">{address}</a></p>'
    return f'<p class="source">{_html(article.source)}</p>'


def _html(value: str) -> str:
    return escape(normalize.squeeze(normalize.normalize(value)))


def _start(line: str, *, several: bool) -> str:
    style, script = (
        "'sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() + "'"
        for content in (STYLE, SCRIPT)
    )
    policy = (
        f"default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
    )
    title = _html(text("News summaries"))
    layout = ' class="several"' if several else ""
    return (
        f'<!doctype html>\n<html lang="{messages.language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f'<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body id="top"{layout}>\n'
        f"<header>\n<h1>{title}</h1>\n<p>{_html(line)}</p>\n</header>\n"
    )


def _head(article: Article, name: str) -> Iterator[str]:
    yield f"<h2>{_html(name)}</h2>"
    for subtitle in article.subtitles:
        yield f'<p class="deck">{_html(subtitle)}</p>'
    if line := render.byline(article):
        yield f'<p class="byline">{_html(line)}</p>'


def _key_sentences(summary: Summary) -> Iterator[str]:
    if summary.sentences:
        yield '<ol class="key">'
        yield from (f"<li>{_html(s.text)}</li>" for s in summary.sentences)
        yield "</ol>"


def _keywords(summary: Summary) -> Iterator[str]:
    if summary.keywords:
        yield f'<ul class="terms" aria-label="{_html(text("Keywords"))}">'
        yield from (f"<li>{_html(k.term)}</li>" for k in summary.keywords)
        yield "</ul>"


def _quotes(summary: Summary) -> Iterator[str]:
    for quote in summary.quotes or ():
        speaker = _html(render.speaker_of(quote))
        yield f"<blockquote>“{_html(quote.text)}”<footer>{speaker}</footer></blockquote>"


def _notices(summary: Summary) -> Iterator[str]:
    yield from (f'<p class="notice">{_html(notice.message)}</p>' for notice in summary.warnings)


def _body(summary: Summary) -> Iterator[str]:
    """Yield the body with key sentences and keywords marked, and with its subheadings."""
    headings = summary.article.headings()
    yield f"<details>\n<summary>{_html(text('Article'))}</summary>"
    for index, pieces in enumerate(explain.paragraphs(summary)):
        yield from (f"<h3>{_html(heading)}</h3>" for heading in headings.get(index, ()))
        yield f"<p>{''.join(_marked(pieces))}</p>"
    yield "</details>"


def _marked(pieces: list[explain.Piece]) -> Iterator[str]:
    inside: int | None = None
    for piece in pieces:
        if piece.chosen != inside:
            yield ("</mark>" if inside is not None else "") + ("<mark>" if piece.chosen is not None else "")
            inside = piece.chosen
        run = escape(normalize.strip_invisible(piece.text))
        yield f"<b>{run}</b>" if piece.keyword else run
    if inside is not None:
        yield "</mark>"


def _scores(summary: Summary) -> Iterator[str]:
    yield f'<details>\n<summary>{_html(text("Scores"))}</summary>\n<ol class="scores">'
    for verdict in explain.verdicts(summary):
        width = (
            round(verdict.share * 100 / BAR_STEP_PERCENT) * BAR_STEP_PERCENT
            if verdict.sentence.candidate
            else 0
        )
        mark = ' class="chosen"' if verdict.chosen else ""
        parts = " · ".join(
            f"<span>{_html(name)} {value:+.2f}</span>" for name, value in explain.grouped(verdict.parts)
        )
        yield (
            f'<li{mark}><p>{_html(verdict.sentence.text)}</p><div class="bar"><i class="w{width}"></i></div>'
            f'<p class="why">{verdict.score:.3f} · {_html(verdict.reason)}</p>'
            + (f'<p class="parts">{parts}</p>' if parts else "")
            + "</li>"
        )
    yield "</ol>\n</details>"

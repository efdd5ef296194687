"""Outcomes as Markdown: sections of one file, or documents of their own with YAML front matter."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from yoyak.core import normalize
from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern
from yoyak.core.records import iso_time
from yoyak.core.values import Article, Failed, Outcome, Summary
from yoyak.outputs.render import byline, printable, speaker_of
from yoyak.ranking import explain

_SPECIAL_CHARS = lazy_pattern(r"([\\`*_{}\[\]<>#|~!$&])")
# Characters that start a list, a heading or a rule at the start of a line: "- ", "1. ", "===".
_LINE_START = lazy_pattern(r"^((?:\d+(?=[.)](?:\s|$)))?)([-+=:.)])")
# Obsidian does not allow these in the name of a linked note.
_LINK_CHARS = lazy_pattern(r"[\[\]#^|\\/:]")


def escape_markdown(value: str) -> str:
    r"""Text that Markdown prints unchanged.

    >>> escape_markdown("[속보] 1*2")
    '\\[속보\\] 1\\*2'
    """
    return _escape_line_start(_SPECIAL_CHARS.sub(r"\\\1", printable(value)))


def _escape_line_start(value: str) -> str:
    return _LINE_START.sub(r"\1\\\2", value)


def section(outcome: Outcome, *, marked: bool = False) -> str:
    """One outcome as a section of a longer file: title, subtitles, byline, key sentences, keywords, source.

    With `marked`, the whole body is printed instead of the list, with the key sentences in bold.
    """
    if isinstance(outcome, Failed):
        return _failure(outcome, "##")
    article = _article(outcome)
    parts = [f"## {escape_markdown(_title(article))}", *_subtitles(article)]
    if line := byline(article):
        parts.append(escape_markdown(line))
    parts += _content(outcome, marked=marked, linked=False)
    parts.append(f"{text('Source')}: {escape_markdown(article.url or article.source)}")
    return "\n\n".join(parts)


def document(outcome: Outcome, *, marked: bool = False, linked: bool = False) -> str:
    """One outcome as a file of its own: YAML front matter, title, subtitles, key sentences, keywords.

    With `linked`, keywords are links between notes, as Obsidian reads them.
    """
    if isinstance(outcome, Failed):
        return _failure(outcome, "#")
    article = _article(outcome)
    parts = [
        _front_matter(article, outcome),
        f"# {escape_markdown(_title(article))}",
        *_subtitles(article),
        *_content(outcome, marked=marked, linked=linked),
    ]
    return "\n\n".join(parts)


def _article(outcome: Summary | Article) -> Article:
    return outcome.article if isinstance(outcome, Summary) else outcome


def _title(article: Article) -> str:
    return next((name for name in (article.title, article.id) if name and printable(name)), article.source)


def _failure(failed: Failed, mark: str) -> str:
    return f"{mark} {escape_markdown(failed.id or failed.source)}\n\n> {escape_markdown(failed.message)}"


def _front_matter(article: Article, outcome: Summary | Article) -> str:
    """Metadata as YAML. A JSON string is also a YAML string (YAML 1.2, section 1.3), so values are written as JSON."""
    keywords = [k.term for k in outcome.keywords] if isinstance(outcome, Summary) else []
    values: list[tuple[str, object]] = [
        ("title", printable(_title(article))),
        ("press", printable(article.press or "")),
        ("reporters", [printable(name) for name in article.reporters]),
        ("published", iso_time(article.published)),
        ("source", printable(article.source)),
        ("url", printable(article.url or "")),
        ("keywords", [printable(term) for term in keywords]),
    ]
    lines = [f"{name}: {_yaml(name, value)}" for name, value in values if value]
    return "\n".join(["---", *lines, "---"])


def _yaml(name: str, value: object) -> str:
    # A time without quotes is a date to YAML readers.
    return str(value) if name == "published" else json.dumps(value, ensure_ascii=False)


def _subtitles(article: Article) -> Iterator[str]:
    yield from (f"*{escape_markdown(subtitle)}*" for subtitle in article.subtitles if subtitle.strip())


def _content(outcome: Summary | Article, *, marked: bool, linked: bool) -> Iterator[str]:
    if isinstance(outcome, Article):
        yield from _with_headings(outcome, map(escape_markdown, outcome.paragraphs))
        return
    if marked:
        yield from _with_headings(outcome.article, map(_bold, explain.paragraphs(outcome)))
    elif outcome.sentences:
        yield "\n".join(f"- {escape_markdown(s.text)}" for s in outcome.sentences)
    if outcome.quotes:
        yield "\n\n".join(
            f"> {escape_markdown(quote.text)}\n> — {escape_markdown(speaker_of(quote))}"
            for quote in outcome.quotes
        )
    if outcome.keywords:
        terms = [_link(k.term) if linked else escape_markdown(k.term) for k in outcome.keywords]
        yield f"**{text('Keywords')}**: {', '.join(terms)}"


def _link(term: str) -> str:
    return f"[[{printable(_LINK_CHARS.sub(' ', term))}]]"


def _with_headings(article: Article, paragraphs: Iterable[str]) -> Iterator[str]:
    headings = article.headings()
    for index, paragraph in enumerate(paragraphs):
        yield from (f"### {escape_markdown(heading)}" for heading in headings.get(index, ()))
        yield paragraph


def _bold(pieces: list[explain.Piece]) -> str:
    """Return a paragraph with its key sentences between asterisks, which must not touch a space (CommonMark 6.2)."""
    runs = groupby(pieces, key=lambda piece: piece.chosen)
    parts = []
    for chosen, run in runs:
        written = _SPECIAL_CHARS.sub(r"\\\1", normalize.normalize("".join(piece.text for piece in run)))
        parts.append(f"**{written.strip()}**" if chosen is not None else written)
    return _escape_line_start(normalize.squeeze("".join(parts)))

"""Detect pages without an article, and say what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from yoyak.core.messages import plural, text
from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import bylines, coherence, kinds, times
from yoyak.extraction.headline import headlines_of_page
from yoyak.extraction.line_rules import interface_words
from yoyak.extraction.line_shape import NOTE_MARKS, is_polite
from yoyak.extraction.page import Lines, Page, indices_of, prose_of, relabel

MIN_ARTICLE_CHARS = 120
"""On a page of many lines, less prose than this is a notice or a teaser, not an article."""
_MIN_DATED_CHARS = 40
"""Prose under a labelled time is an article from this length."""
_MAX_NOTICE_LINES = 12
_MAX_TEASERS = 40
"""Paragraphs that are tested for being teasers."""
_MIN_TEASERS = 4
_MAX_TEASER_PARAGRAPHS = 10
"""A longer body is an article."""
_MIN_TEASER_CHARS = 60
"""A line without a full stop is read as a teaser from this length."""
_MIN_CUT_TEASERS = 2
_MIN_SIGNED_ARTICLES = 4
"""Articles of different reporters, each under a headline, that make a list."""
_MASKED_ACCOUNT = lazy_pattern(r"(?<!\S)[\w.-]{1,8}\*{2,6}(?!\S)")
_MIN_ACCOUNTS = 5
"""Masked account names that a list of comments shows at least."""
_SIGNED_ENTRY = lazy_pattern(r"기자\s?[ㅣ|·]?\s?20\d\d[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}")
"""How an entry of a list ends: the reporter and the date."""
_CLOSING_MARKS = frozenset(".?!\"”’')]>】」』")
_FINITE_END = lazy_pattern(r"(?:[다요까죠음함임됨]|=)$")
_HEADED_SHARE = 0.7
"""Share of the teasers of a list that stand under a headline."""
_MAX_COMMON_SHARE = 0.11
"""Mean share of stems a passage has in common with any other: over 0.10 in 98 % of articles, under 0.095 in 99 % of lists."""
_TIME_LINES = 30
"""Lines above the body in which its labelled time can stand."""


def unlabel_lists_of_teasers(lines: Lines, page: Page) -> Lines:
    """Take the label from the body of a page that lists articles or comments."""
    if page.given_title is not None or kinds.announced(lines, page) is not None:
        return lines
    body = indices_of(lines)
    prose = list(prose_of(lines, body))
    listed = _is_comments(lines, body) or (
        not any(at < body[0] for at in headlines_of_page(lines, page))
        and _is_cut_or_signed_list(lines, prose)
        if body
        else False
    )
    if not listed and not _has_labelled_time(lines):
        listed = are_teasers(lines, prose) or _is_longest_teasers(lines)
    return relabel(lines, dict.fromkeys(body, "")) if listed else lines


def _is_comments(lines: Lines, body: Sequence[int]) -> bool:
    """Whether the body is a list of readers' comments: many of its lines hold masked account names."""
    if len(body) < _MIN_ACCOUNTS:
        return False
    masked = sum(bool(_MASKED_ACCOUNT.search(line.text)) for line in lines[body[0] : body[-1] + 1])
    return masked >= max(_MIN_ACCOUNTS, len(body) // 15)


def _is_cut_or_signed_list(lines: Lines, prose: Sequence[int]) -> bool:
    """Whether paragraphs are teasers that were cut, or articles by several reporters, each under its headline."""
    cut = sum(is_cut(lines, at) for at in prose)
    if cut >= _MIN_CUT_TEASERS and 2 * cut >= len(prose):
        return True
    if any(len(_SIGNED_ENTRY.findall(lines[at].text)) >= _MIN_TEASERS for at in prose):
        return True
    signed = [
        at
        for at, line in enumerate(lines)
        if line.shape.kind == "prose"
        and line.text[0] in "([【"
        and line.label in {"", "body", "repeat", "other-article"}
        and is_under_headline(lines, at)
        and (opening := bylines.read_dateline(line.text)) is not None
        and opening.reporters
    ]
    return len(signed) >= _MIN_SIGNED_ARTICLES


def is_cut(lines: Lines, at: int) -> bool:
    """Whether a paragraph was cut: it ends in an ellipsis, or inside a sentence that the next line does not continue."""
    text = lines[at].text
    if text.endswith(("…", "...")):
        return True
    if len(text) < _MIN_TEASER_CHARS or text[-1] in _CLOSING_MARKS or _FINITE_END.search(text):
        return False
    if text[0] in NOTE_MARKS:
        return False  # official notes end their sentences in nouns
    return at + 1 == len(lines) or not lines[at + 1].is_prose


def _has_labelled_time(lines: Lines) -> bool:
    """Whether a labelled time stands above the body: an article has one, a list a bare one at each teaser."""
    first = next(prose_of(lines, indices_of(lines)), 0)
    above = [line.text for line in lines[max(0, first - _TIME_LINES) : first]]
    return any(map(times.has_labelled_time, above)) or times.labelled(above) != times.Times()


def _is_longest_teasers(lines: Lines) -> bool:
    """Whether the paragraphs of the body are the longest teasers of a page of teasers."""
    own = list(prose_of(lines, indices_of(lines)))
    if not own or len(own) > _MAX_TEASER_PARAGRAPHS:
        return False
    ends = [line.label for line in lines[own[-1] + 1 : own[-1] + 4] if line.label in {"byline", "copyright"}]
    headed = sum(is_under_headline(lines, at) for at in own)
    bylines = sum(line.label == "byline" for line in lines)
    if "copyright" in ends or (ends and headed <= 1 and bylines <= 2):
        return False
    return are_teasers(
        lines,
        [
            at
            for at, line in enumerate(lines)
            if line.is_candidate and (line.shape.kind == "prose" or len(line.text) >= _MIN_TEASER_CHARS)
        ],
    )


def are_teasers(lines: Lines, paragraphs: Sequence[int]) -> bool:
    """Whether paragraphs are teasers of different articles: each under a headline, none about the others."""
    prose = paragraphs[:_MAX_TEASERS]
    if len(prose) < _MIN_TEASERS:
        return False
    if sum(is_under_headline(lines, at) for at in prose) < _HEADED_SHARE * len(prose):
        return False
    own = [coherence.stems(lines[at].text) for at in prose]
    counts = Counter(stem for stems in own for stem in stems)
    shared = [sum(counts[stem] > 1 for stem in stems) / len(stems) for stems in own if stems]
    return sum(shared) < _MAX_COMMON_SHARE * len(shared)


def is_under_headline(lines: Lines, at: int) -> bool:
    """Whether a headline stands right above a line, or above the time or byline over it."""
    above = at - 1
    if above > 0 and lines[above].label in {"time", "byline", "control"}:
        above -= 1
    if above < 0 or lines[above].label in {
        "time",
        "byline",
        "control",
        "menu",
        "label",
        "table",
        "interface",
    }:
        return False
    headline = lines[above].text
    return lines[above].shape.kind != "prose" and 10 <= len(headline) <= 100 and headline.count(" ") >= 2


def is_notice(lines: Lines, paragraphs: Sequence[str]) -> bool:
    """Whether a short body is the text of a dialog, a form or a page of many lines, and no article."""
    size = sum(map(len, paragraphs))
    if size >= MIN_ARTICLE_CHARS:
        return False
    first = indices_of(lines)[0]
    prose = [line.label for line in lines if line.shape.kind == "prose"]
    forms = sum(label in {"interface", "promotion"} for label in prose)
    if any(is_polite(text) and interface_words(text.replace(" ", "")) > 2 for text in paragraphs):
        return len(lines) > _MAX_NOTICE_LINES
    if (
        size >= _MIN_DATED_CHARS
        and times.labelled([line.text for line in lines[max(0, first - 20) : first]]).published
    ):
        return False
    return len(lines) > _MAX_NOTICE_LINES or (forms > 0 and 2 * forms >= len(prose))


def _count_teasers(lines: Lines) -> int:
    """Return the number of paragraphs on a page that are cut, or that stand under a headline of their own."""
    paragraphs = [
        at
        for at, line in enumerate(lines)
        if line.shape.kind == "prose" and line.label in {"", "before", "after", "other-article", "repeat"}
    ]
    teasers = [at for at in paragraphs if is_under_headline(lines, at) or is_cut(lines, at)]
    entries = sum(len(_SIGNED_ENTRY.findall(lines[at].text)) for at in paragraphs)
    return max(entries, len(teasers) if 2 * len(teasers) >= len(paragraphs) else 0)


def describe(source: str, lines: Lines) -> str:
    """Return the message of the error: what the page holds instead of an article."""
    if not lines:
        return text("{source}: no article found: the page has no text", source=source)
    comments = sum(bool(_MASKED_ACCOUNT.search(line.text)) for line in lines)
    if comments >= _MIN_ACCOUNTS and comments >= len(lines) // 15:
        return plural(
            "{source}: no article found: it looks like a page of {count} comment",
            "{source}: no article found: it looks like a page of {count} comments",
            comments,
            source=source,
        )
    teasers = _count_teasers(lines)
    if teasers >= _MIN_TEASERS:
        return plural(
            "{source}: no article found: it looks like a list of {count} article",
            "{source}: no article found: it looks like a list of {count} articles",
            teasers,
            source=source,
        )
    prose = sum(line.shape.kind == "prose" for line in lines)
    forms = sum(line.label in {"interface", "promotion"} for line in lines)
    if prose and forms * 2 >= prose:
        return plural(
            "{source}: no article found: {count} line, mostly menus, forms and notices",
            "{source}: no article found: {count} lines, mostly menus, forms and notices",
            len(lines),
            source=source,
        )
    if prose:
        return plural(
            "{source}: no article found: {count} line, mostly links and headlines, {prose} of them sentences",
            "{source}: no article found: {count} lines, mostly links and headlines, {prose} of them sentences",
            len(lines),
            source=source,
            prose=prose,
        )
    return plural(
        "{source}: no article found: {count} line and no Korean sentence",
        "{source}: no article found: {count} lines and no Korean sentence",
        len(lines),
        source=source,
    )

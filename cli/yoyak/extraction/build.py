"""The one road from `Page` to `Article`: name every line, find the body, read who and when, clean the edges."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yoyak.core.errors import EmptyArticleError
from yoyak.core.values import Article, Removal, Subheading
from yoyak.extraction import (
    broadcast,
    captions,
    context_rules,
    dateline,
    headline,
    kinds,
    line_rules,
    metadata,
    names,
    passage,
    refusal,
    trim_end,
    trim_start,
)
from yoyak.extraction.line_shape import LONG, Shape, continues, shape, without_stops
from yoyak.extraction.page import Line, Page

_CLAUSE = 12
"""Characters. A line of the body that ends in a comma and is no shorter is a clause: some broadcasters write one a line."""

_ENTRY = 12
"""Characters of the shortest entry of a list: `○ 기간: 3월 5일`."""
_LISTED = re.compile(r"(?:[○●▪ㅇ△▲▷▶□∙·-]|[①-⑳㉠-㉻]|\d{1,2}[.)])\s?[^:]{0,30}[:：]|[①-⑳㉠-㉻]|-(?=[가-힣“])")


@dataclass(slots=True, kw_only=True)
class _Draft:
    """The body while it is cleaned: `pieces` are the lines of each paragraph before they are joined."""

    pieces: list[list[str]]
    paragraphs: list[str]
    subheadings: list[Subheading]
    removed: list[Removal]
    reporters: list[str]
    press: str | None = None
    station: str | None = None
    behind: list[str] = field(default_factory=list)


def build(
    page: Page,
    *,
    source: str,
    id: str | None = None,  # noqa: A002 - what rows and articles call it
    title: str | None = None,
    published: datetime | None = None,
) -> Article:
    """Build the article of a page. Raises EmptyArticleError where there is none."""
    lines = page.lines
    shapes = without_stops([shape(line.text) for line in lines], [line.text for line in lines])
    found = [line_rules.rule_of(line, own) for line, own in zip(lines, shapes, strict=True)]
    context_rules.mark_boxes(lines, shapes, found)
    kind = kinds.announced(page.hints.title or title, lines, found)
    if kind:
        _heed(kind, lines, shapes, found)
    kept = passage.find(page, shapes, found, title, kind)
    if not kept and title and not kind:
        kept = passage.unpunctuated(lines, found)
    if not kept:
        raise EmptyArticleError(refusal.what_was_seen(source, lines, shapes, found), source=source)
    head = headline.find(lines, shapes, found, kept, hints=page.hints, given=title)
    _name_leftovers(lines, found, kept, head)
    draft = _draft(lines, shapes, found, kept, head)
    if not draft.paragraphs:  # all there was of it is its title
        raise EmptyArticleError(refusal.what_was_seen(source, lines, shapes, found), source=source)
    if title is None and not kind and refusal.is_notice(draft.paragraphs, kept[0], lines, shapes, found):
        raise EmptyArticleError(refusal.what_was_seen(source, lines, shapes, found), source=source)
    told = metadata.gather(
        lines,
        found,
        title_at=head.line,
        body=kept,
        hints=page.hints,
        named=metadata.Named(
            tuple(dict.fromkeys(draft.reporters)), draft.press, tuple(draft.behind), draft.station
        ),
    )
    marked = any(lines[at].text[0] in "-–―▷" for at in head.subtitles)
    if head.subtitles and not marked and passage.on_board(lines, found, kept[0]):
        draft.paragraphs[:0] = [lines[at].text for at in head.subtitles]
        draft.subheadings = [
            h._replace(paragraph=h.paragraph + len(head.subtitles)) for h in draft.subheadings
        ]
        head = head._replace(subtitles=())
    subtitles = page.hints.subtitles or tuple(
        headline.unlabelled(dateline.unsigned(lines[at].text).strip("-– ")) for at in head.subtitles
    )
    return Article(
        source=source,
        id=id,
        title=head.title,
        subtitles=subtitles,
        published=published or told.published,
        modified=told.modified,
        reporters=told.reporters,
        press=told.press,
        paragraphs=tuple(draft.paragraphs),
        subheadings=tuple(draft.subheadings),
        removed=tuple(draft.removed),
        warnings=kinds.notices(head.title, draft.paragraphs),
    )


def _heed(kind: str, lines: Sequence[Line], shapes: list[Shape], found: list[str]) -> None:
    """Read the lines of a page as its kind asks: a photo article is its caption, a notice is its entries."""
    for at, line in enumerate(lines):
        if (
            kind == "photo"
            and found[at] == "caption"
            and shapes[at].sentences
            and line.text != lines[at - 1].text
        ):
            found[at] = ""
        elif kind == "obituary" and line.text[0] in "▲△▶▷" and len(line.text) > 8:
            _tell(shapes, found, at)
    if kind == "appointments":
        for at in kinds.entries(lines, found):
            _tell(shapes, found, at)


def _tell(shapes: list[Shape], found: list[str], at: int) -> None:
    """Read a line as a piece of the body."""
    found[at] = ""
    shapes[at] = shapes[at]._replace(kind="prose", plain=True)


def _name_leftovers(
    lines: Sequence[Line], found: list[str], kept: Sequence[int], head: headline.Headline
) -> None:
    """Every line that no rule named gets the name of its place."""
    inside = set(kept)
    for at in range(len(lines)):
        if at == head.line or at in head.subtitles:
            found[at] = "headline"
        elif head.title and headline.is_copy(lines[at].text, head.title):
            found[at] = "title"
        elif at not in inside and not found[at]:
            found[at] = "before" if at < kept[0] else "after"


def _draft(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    found: Sequence[str],
    kept: Sequence[int],
    head: headline.Headline,
) -> _Draft:
    """Sort the lines of the body into paragraphs, subheadings and what goes; then clean the edges."""
    draft = _Draft(paragraphs=[], subheadings=[], removed=[], reporters=[], pieces=[])
    inside = set(kept)
    title = context_rules.squashed_title(head.title)
    for at, line in enumerate(lines):
        rule = found[at]
        if at in inside and not rule:
            rule = _inside(lines, shapes, found, kept, at, draft=draft, title=title)
        if rule and rule != "headline":
            draft.removed.append(Removal(rule, line.text))
    draft.paragraphs = [" ".join(pieces) for pieces in draft.pieces]
    _clean(draft)
    return draft


def _inside(
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    found: Sequence[str],
    kept: Sequence[int],
    at: int,
    *,
    draft: _Draft,
    title: str,
) -> str:
    """Take a line of the body as paragraph or subheading; or return the rule that keeps it out."""
    line, kind = lines[at], shapes[at].kind
    if _is_pull_quote(lines, shapes, found, at):
        return "pull-quote"
    if kind == "prose":
        if (
            title
            and len(title) > 10
            and context_rules.opens_with(line.text, title)
            and captions.is_scene(line.text, shapes[at])
        ):
            return "caption"
        _append(draft, line, joined=line.hard and not found[at - 1])
        return ""
    spoken = broadcast.is_spoken(line.text) or (line.text.endswith(",") and len(line.text) >= _CLAUSE)
    if kind == "weak" or spoken or (continues(line.text) and draft.pieces):
        _append(draft, line, joined=line.hard and not found[at - 1])
        return ""
    if not any(shapes[other].kind == "prose" for other in kept):
        _append(draft, line, joined=False)
        return ""
    if draft.pieces and _is_text(line):
        _append(draft, line, joined=False)
        return ""
    if kind == "short" and _is_subheading(lines, shapes, found, at):
        draft.subheadings.append(Subheading(line.text, len(draft.pieces)))
        return ""
    return "list"


def _is_text(line: Line) -> bool:
    """Whether a line without a sentence is a piece of the body: too long for a headline, or an entry of a list."""
    if line.links > 0.2 or line.tag in {"item", "link", "cell"}:
        return False
    return len(line.text) >= LONG or (len(line.text) >= _ENTRY and bool(_LISTED.match(line.text)))


def _append(draft: _Draft, line: Line, *, joined: bool) -> None:
    """Add a paragraph, or the rest of the one before where both were one line of the input."""
    if joined and draft.pieces:
        draft.pieces[-1].append(line.text)
    else:
        draft.pieces.append([line.text])


def _is_pull_quote(lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str], at: int) -> bool:
    """Whether a line is one quotation with its speaker on a short line under it, or that speaker."""
    text = lines[at].text
    if text[0] in '"“' and text[-1] in '"”' and len(text) < 120:
        below = at + 1
        return (
            below < len(lines)
            and not found[below]
            and shapes[below].kind == "short"
            and names.is_person(lines[below].text)
        )
    return shapes[at].kind == "short" and at > 0 and _is_pull_quote(lines, shapes, found, at - 1)


def _is_subheading(lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str], at: int) -> bool:
    """Whether a line is a short one alone before prose."""
    line = lines[at]
    if not 3 <= len(line.text) <= 60 or line.links > 0.5 or line.tag in {"item", "link", "cell"}:
        return False
    box, bar, _ = line.text.partition("|")
    if bar and line_rules.is_box_heading(box.replace(" ", "")):
        return False  # 주요 뉴스 | 다른 기사의 제목
    after = at + 1
    while after < len(lines) and found[after] == "caption":
        after += 1
    if passage.opens_section(line, ""):
        return after < len(lines) and shapes[after].kind == "prose"
    before = at - 1
    while before >= 0 and found[before] == "caption":
        before -= 1
    return (
        after < len(lines)
        and shapes[after].kind == "prose"
        and before >= 0
        and shapes[before].kind in {"prose", "weak"}
    )


def _clean(draft: _Draft) -> None:
    """Cut datelines, captions and tags at the head of the body, and what sticks to its end."""
    _cut_scene(draft)
    for at in range(min(3, len(draft.paragraphs))):
        if _cut_dateline(draft, at):
            _cut_dateline(draft, at)  # the photographer's, and then the reporter's
    if draft.paragraphs:
        trimmed = trim_start.trim_start(draft.paragraphs[0])
        draft.paragraphs[0] = trimmed.text
        draft.removed.extend(trimmed.removed)
        if trimmed.removed:
            _cut_dateline(draft, 0)
    if any("ⓒ" in paragraph or "사진" in paragraph for paragraph in draft.paragraphs):
        _cut(draft, trim_start.cut_inside)
    if any(gone.rule == "speaker" for gone in draft.removed) or any(
        map(broadcast.is_script, draft.paragraphs)
    ):
        _cut(draft, lambda paragraph: _spoken(draft, paragraph))
    draft.paragraphs = [paragraph for paragraph in draft.paragraphs if paragraph]
    if len(draft.paragraphs) > 2 and trim_end.is_author_note(draft.paragraphs[-1]):
        draft.removed.append(Removal("byline", draft.paragraphs.pop()))
    for at in range(len(draft.paragraphs) - 1, max(-1, len(draft.paragraphs) - 3), -1):
        cut = trim_end.trim_end(draft.paragraphs[at])
        draft.paragraphs[at] = cut.text
        draft.removed.extend(cut.removed)
        draft.behind.extend(gone.text for gone in cut.removed)
        draft.reporters.extend(cut.reporters)
        draft.press = draft.press or cut.press
    while len(draft.paragraphs) > 1 and not draft.paragraphs[-1]:
        draft.paragraphs.pop()


def _cut_scene(draft: _Draft) -> None:
    """Cut a caption without a mark: a scene right above the paragraph that opens with the reporter's dateline."""
    if len(draft.paragraphs) > 1 and dateline.is_signed(draft.paragraphs[1]):
        above = draft.paragraphs[0]
        if captions.is_scene(above, shape(above)):
            draft.removed.append(Removal("caption", draft.paragraphs.pop(0)))
            draft.subheadings = [h._replace(paragraph=max(0, h.paragraph - 1)) for h in draft.subheadings]


def _cut_dateline(draft: _Draft, at: int) -> bool:
    """Cut the dateline a paragraph opens with, or what is glued before one; who it names is noted."""
    paragraph = draft.paragraphs[at]
    line = dateline.read(paragraph)
    start = 0
    if line is None and (glued := dateline.find_opening(paragraph)):
        start, line = glued
    if line is None or line.end >= len(paragraph):
        return False
    if start:
        draft.removed.append(Removal("before", paragraph[:start].strip()))
    draft.removed.append(Removal("dateline", paragraph[start : line.end].strip()))
    draft.paragraphs[at] = paragraph[line.end :]
    draft.reporters.extend(line.reporters)
    draft.press = draft.press or line.press
    return True


def _spoken(draft: _Draft, paragraph: str) -> tuple[list[str], list[Removal]]:
    """Say what a paragraph of a broadcast script says, without its tags; its reporters and station are noted."""
    pieces, removed, reporters = broadcast.split(paragraph)
    draft.reporters.extend(reporters)
    draft.station = draft.station or broadcast.station(paragraph)
    return pieces, removed


def _cut(draft: _Draft, cut: Callable[[str], tuple[list[str], list[Removal]]]) -> None:
    """Cut every paragraph into the pieces that stay; subheadings move along."""
    paragraphs: list[str] = []
    starts: list[int] = []
    for paragraph in draft.paragraphs:
        starts.append(len(paragraphs))
        pieces, removed = cut(paragraph)
        paragraphs.extend(pieces)
        draft.removed.extend(removed)
    starts.append(len(paragraphs))
    draft.subheadings = [Subheading(heading.text, starts[heading.paragraph]) for heading in draft.subheadings]
    draft.paragraphs = paragraphs

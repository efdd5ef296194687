"""The stages from `Page` to `Article`: label every line, collect the paragraphs, clean their edges, read the metadata."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from yoyak.core.errors import EmptyArticleError
from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Article, Removal, Subheading
from yoyak.extraction import (
    body,
    broadcast,
    bylines,
    captions,
    context_rules,
    headline,
    kinds,
    line_rules,
    metadata,
    other_articles,
    refusal,
    trim,
)
from yoyak.extraction.line_shape import MIN_UNSTOPPED_CHARS, SENTENCE_END, continues, read_shape
from yoyak.extraction.page import BODY, Line, Lines, Page, indices_of, relabel

_MIN_CLAUSE_CHARS = 12
"""A line of the body that ends in a comma is a clause from this length: some broadcasters write one a line."""
_MIN_ENTRY_CHARS = 12
"""Length of the shortest entry of a list: `○ 기간: 3월 5일`."""
_MIN_TITLE_CHARS = 10
"""A paragraph that opens with a longer title and shows a scene is a caption."""
_MAX_QUOTE_CHARS = 120
_LIST_ENTRY = lazy_pattern(
    r"(?:[○●▪ㅇ△▲▷▶□∙·-]|[①-⑳㉠-㉻]|\d{1,2}[.)])\s?[^:]{0,30}[:：]|[①-⑳㉠-㉻]|-(?=[가-힣“])"
)


@dataclass(slots=True, kw_only=True)
class _Draft:
    """The body while it is cleaned, and what the removed text says of its author."""

    paragraphs: list[str]
    subheadings: list[Subheading]
    removed: list[Removal]
    reporters: list[str] = field(default_factory=list)
    press: str | None = None
    station: str | None = None
    trailing_text: list[str] = field(default_factory=list)
    is_cut: bool = False
    """Whether the source cut the last sentence."""


def label_parts_of_body(lines: Lines, page: Page) -> Lines:
    """Label the lines of the body that are no paragraphs: pull quotes, subheadings, captions, entries of lists."""
    title = headline.normalize_title(headline.title_of(lines, page) or "")
    own = indices_of(lines)
    has_prose = any(lines[at].shape.kind == "prose" for at in own)
    labels: dict[int, str] = {}
    begun = False
    for at in own:
        label = _part_of_body(lines, at, begun=begun, has_prose=has_prose, title=title)
        begun = begun or label == BODY
        labels[at] = label
    return relabel(lines, {at: label for at, label in labels.items() if label != BODY})


def label_rest(lines: Lines, _page: Page) -> Lines:
    """Label every unlabelled line by its place: before or after the body."""
    first = next(iter(indices_of(lines)), len(lines))
    return relabel(lines, {at: "before" if at < first else "after" for at in indices_of(lines, "")})


Pass = Callable[[Lines, Page], Lines]

# The order of the passes is the order of evidence: what a line shows alone, what its neighbours show, the page as a whole.
PASSES: tuple[Pass, ...] = (
    line_rules.label_single_lines,
    context_rules.label_first_halves_of_notices,
    context_rules.label_summary_boxes,
    context_rules.label_marked_captions,
    context_rules.label_repeated_lines,
    context_rules.label_flat_copies,
    context_rules.label_earlier_copy_of_body,
    kinds.apply_kind_rules,  # before the body: it gives captions and marked entries back to it
    body.label_body,
    other_articles.label_passages_on_other_topics,
    other_articles.label_articles_of_other_reporters,
    body.unlabel_text_above_widgets,
    body.restore_sentences,
    refusal.unlabel_lists_of_teasers,  # before the headlines between teasers divide them into articles
    other_articles.label_articles_under_headlines,
    body.label_body_edges,
    body.label_unpunctuated_body,
    body.label_caption_of_photo_news,
    headline.label_headline,
    headline.label_subtitles,
    label_rest,
    headline.label_title_copies,
    label_parts_of_body,  # last: it compares captions with the title
)


def build(
    page: Page,
    *,
    source: str,
    id: str | None = None,  # noqa: A002 - the name of the field in rows and articles
    published: datetime | None = None,
) -> Article:
    """Build the article of a page. Raises EmptyArticleError if there is none."""
    page = replace(page, title_lines=headline.find_title_lines(page))
    lines = page.lines
    for label in PASSES:
        lines = label(lines, page)
    draft = _draft(lines)
    if not draft.paragraphs:
        raise EmptyArticleError(refusal.describe(source, lines), source=source)
    if (
        page.given_title is None
        and not kinds.announced(lines, page)
        and refusal.is_notice(lines, draft.paragraphs)
    ):
        raise EmptyArticleError(refusal.describe(source, lines), source=source)
    named = metadata.Named(
        tuple(dict.fromkeys(draft.reporters)), draft.press, tuple(draft.trailing_text), draft.station
    )
    stated = metadata.gather(lines, hints=page.hints, named=named)
    title = headline.title_of(lines, page)
    subtitles = [lines[at].text for at in indices_of(lines, "subtitle")]
    if headline.is_government_board(lines) and not any(text[0] in "-–―▷" for text in subtitles):
        draft.paragraphs[:0] = subtitles
        draft.subheadings = [
            heading._replace(paragraph=heading.paragraph + len(subtitles)) for heading in draft.subheadings
        ]
        subtitles = []
    return Article(
        source=source,
        id=id,
        title=title,
        subtitles=page.hints.subtitles
        or tuple(headline.without_label(bylines.unsigned(text).strip("-– ")) for text in subtitles),
        published=published or stated.published,
        modified=stated.modified,
        reporters=stated.reporters,
        press=stated.press,
        paragraphs=tuple(draft.paragraphs),
        subheadings=tuple(draft.subheadings),
        removed=tuple(draft.removed),
        warnings=kinds.notices(title, draft.paragraphs, is_cut=draft.is_cut),
    )


def _draft(lines: Lines) -> _Draft:
    """Collect paragraphs, subheadings and removed lines; then clean the edges of the paragraphs."""
    pieces: list[list[str]] = []
    draft = _Draft(paragraphs=[], subheadings=[], removed=[])
    for at, line in enumerate(lines):
        if line.label == BODY:
            if line.soft_break and pieces and lines[at - 1].label == BODY:
                pieces[-1].append(line.text)
            else:
                pieces.append([line.text])
        elif line.label == "subheading":
            draft.subheadings.append(Subheading(line.text, len(pieces)))
        elif line.label not in {"headline", "subtitle"}:
            draft.removed.append(Removal(line.label, line.text))
    draft.paragraphs = [" ".join(parts) for parts in pieces]
    _clean(draft)
    return draft


def _part_of_body(lines: Lines, at: int, *, begun: bool, has_prose: bool, title: str) -> str:
    """Return the label of a line among the lines of the body; `begun` says that a paragraph stands above it."""
    line = lines[at]
    if _is_pull_quote(lines, at):
        return "pull-quote"
    if line.shape.kind == "prose":
        repeats_title = len(title) > _MIN_TITLE_CHARS and context_rules.opens_with(line.text, title)
        return "caption" if repeats_title and captions.is_scene(line.text, line.shape) else BODY
    spoken = broadcast.is_spoken(line.text) or (
        line.text.endswith(",") and len(line.text) >= _MIN_CLAUSE_CHARS
    )
    if (
        line.shape.kind == "weak"
        or spoken
        or not has_prose
        or (begun and (continues(line.text) or _is_list_entry(line)))
    ):
        return BODY
    return "subheading" if line.shape.kind == "short" and _is_subheading(lines, at) else "list"


def _is_list_entry(line: Line) -> bool:
    """Whether a line without a sentence is part of the body: too long for a headline, or an entry of a list."""
    if line.links > 0.2 or line.tag in {"item", "link", "cell"}:
        return False
    return len(line.text) >= MIN_UNSTOPPED_CHARS or (
        len(line.text) >= _MIN_ENTRY_CHARS and bool(_LIST_ENTRY.match(line.text))
    )


def _is_pull_quote(lines: Lines, at: int) -> bool:
    """Whether a line is one quotation with its speaker on a short line under it, or that speaker."""
    line = lines[at]
    if line.text[0] in '"“' and line.text[-1] in '"”' and len(line.text) < _MAX_QUOTE_CHARS:
        below = at + 1
        return (
            below < len(lines)
            and lines[below].is_candidate
            and lines[below].shape.kind == "short"
            and bylines.is_person(lines[below].text)
        )
    return line.shape.kind == "short" and at > 0 and _is_pull_quote(lines, at - 1)


def _is_subheading(lines: Lines, at: int) -> bool:
    """Whether a line is a short one alone before prose."""
    line = lines[at]
    if not 3 <= len(line.text) <= 60 or line.links > 0.5 or line.tag in {"item", "link", "cell"}:
        return False
    box, bar, _ = line.text.partition("|")
    if bar and line_rules.is_box_heading(box.replace(" ", "")):
        return False  # 주요 뉴스 | headline of another article
    below = next((other for other in lines[at + 1 :] if other.label != "caption"), None)
    if below is None or below.shape.kind != "prose":
        return False
    above = next((lines[by] for by in range(at - 1, -1, -1) if lines[by].label != "caption"), None)
    return body.opens_section(line) or (above is not None and above.shape.kind in {"prose", "weak"})


def _clean(draft: _Draft) -> None:
    """Cut datelines, captions and tags at the head of the body, and what sticks to its end."""
    _cut_scene(draft)
    for at in range(min(3, len(draft.paragraphs))):
        if _cut_dateline(draft, at):
            _cut_dateline(draft, at)  # the photographer's, and then the reporter's
    if draft.paragraphs:
        trimmed = trim.trim_start(draft.paragraphs[0])
        draft.paragraphs[0] = trimmed.text
        draft.removed.extend(trimmed.removed)
        if trimmed.removed:
            _cut_dateline(draft, 0)
    if any("ⓒ" in paragraph or "사진" in paragraph for paragraph in draft.paragraphs):
        _cut(draft, trim.cut_inside)
    if any(gone.rule == "speaker" for gone in draft.removed) or any(
        map(broadcast.is_script, draft.paragraphs)
    ):
        _cut(draft, lambda paragraph: _spoken(draft, paragraph))
    draft.paragraphs = [paragraph for paragraph in draft.paragraphs if paragraph]
    _cut_closing(draft)
    for at in range(len(draft.paragraphs) - 1, max(-1, len(draft.paragraphs) - 3), -1):
        cut = trim.trim_end(draft.paragraphs[at])
        draft.paragraphs[at] = cut.text
        draft.removed.extend(cut.removed)
        draft.trailing_text.extend(gone.text for gone in cut.removed)
        draft.reporters.extend(cut.reporters)
        draft.press = draft.press or cut.press
    _cut_unfinished(draft)
    while len(draft.paragraphs) > 1 and not draft.paragraphs[-1]:
        draft.paragraphs.pop()


def _cut_closing(draft: _Draft) -> None:
    """Cut a last paragraph that is a reporter's sign-off or a note on the author."""
    last = draft.paragraphs[-1] if len(draft.paragraphs) > 2 else ""
    if last and broadcast.is_sign_off(last):
        draft.reporters.extend(broadcast.split(last)[2])
        draft.station = draft.station or broadcast.station(last)
    elif not last or not trim.is_author_note(last):
        return
    draft.removed.append(Removal("byline", draft.paragraphs.pop()))


def _cut_unfinished(draft: _Draft) -> None:
    """Cut the last sentence if the source cut it: it ends in an ellipsis behind a word that ends no sentence."""
    last = draft.paragraphs[-1] if draft.paragraphs else ""
    if not trim.is_unfinished(last):
        return
    draft.is_cut = True
    ends = [stop.end() for stop in SENTENCE_END.finditer(last) if stop.end() < len(last) - 3]
    start = ends[-1] if ends else 0
    if start or len(draft.paragraphs) > 1:
        draft.removed.append(Removal("cut", last[start:].strip()))
        draft.paragraphs[-1] = last[:start].rstrip()


def _cut_scene(draft: _Draft) -> None:
    """Cut a caption without a mark above the first paragraph, and the mark of the only one, which is photo news.

    It is a scene above the paragraph that opens with the reporter's dateline, or it shows what people do at a place.
    """
    if len(draft.paragraphs) < 2:
        draft.paragraphs = [text.removeprefix("▲").lstrip() for text in draft.paragraphs]
        return
    above = draft.paragraphs[0]
    signed = bylines.is_signed(draft.paragraphs[1]) and captions.is_scene(above, read_shape(above))
    if signed or (len(draft.paragraphs) > 2 and captions.shows_people(above)):
        draft.removed.append(Removal("caption", draft.paragraphs.pop(0)))
        draft.subheadings = [h._replace(paragraph=max(0, h.paragraph - 1)) for h in draft.subheadings]


def _cut_dateline(draft: _Draft, at: int) -> bool:
    """Cut the dateline a paragraph opens with, or what is glued before one; who it names is noted."""
    paragraph = draft.paragraphs[at]
    line = bylines.read_dateline(paragraph)
    start = 0
    if line is None and (glued := bylines.find_opening(paragraph)):
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

"""The one road from `Page` to `Article`: name every line, find the body, read who and when, clean the edges."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yoyak.article import body as bodies
from yoyak.article import boxes, broadcast, captions, dateline, edges, headline, kinds, metadata, rules, times
from yoyak.article.lines import Shape, continues, is_imperative, is_polite, shape, without_stops
from yoyak.article.page import Line, Page
from yoyak.errors import EmptyArticleError
from yoyak.messages import text
from yoyak.model import Article, Removal, Subheading

SHORTEST = 120
"""Characters. On a page of many lines less prose than this is a notice or a teaser, not an article."""

_AD = re.compile(r"^(?:AD|ad|광고|배너|Advertisement|(?:이미지|사진|그래픽)\s?\S{0,3}\s?(?:확대|크게|보기|닫기|설명).{0,4}|원본\s?보기|사진|이미지)$")
_ENOUGH = 80
"""Characters. A text without a full stop, given as a row, is believed from here on."""


@dataclass(slots=True, kw_only=True)
class _Draft:
    """The body while it is cleaned: `pieces` are the lines of each paragraph before they are joined."""

    pieces: list[list[str]]
    paragraphs: list[str]
    subheadings: list[Subheading]
    removed: list[Removal]
    reporters: list[str]
    press: str | None = None


def build(
    page: Page, *, source: str, id: str | None = None, title: str | None = None, published: datetime | None = None
) -> Article:
    """Build the article of a page. Raises EmptyArticleError where there is none."""
    lines = page.lines
    shapes = without_stops([shape(line.text) for line in lines], [line.text for line in lines])
    found = [rules.rule_of(line, own) for line, own in zip(lines, shapes, strict=True)]
    boxes.mark_boxes(lines, shapes, found)
    kind = kinds.announced(page.hints.title or title, lines, found)
    if kind:
        _heed(kind, lines, shapes, found)
    kept = _body_lines(page, shapes, found, title, kind)
    if not kept and title and not kind:
        kept = _unpunctuated(lines, found)
    if not kept:
        raise EmptyArticleError(_what_was_seen(source, lines, shapes, found), source=source)
    head = headline.find(lines, shapes, found, kept, page.hints, title)
    _name_leftovers(lines, found, kept, head)
    draft = _draft(lines, shapes, found, kept, head)
    if title is None and not kind and _is_notice(draft, lines, shapes, found):
        raise EmptyArticleError(_what_was_seen(source, lines, shapes, found), source=source)
    told = metadata.gather(
        lines, found, title_at=head.line, body=kept, hints=page.hints,
        named=metadata.Named(tuple(dict.fromkeys(draft.reporters)), draft.press),
    )
    marked = any(lines[at].text[0] in "-–―▷" for at in head.subtitles)
    if head.subtitles and not marked and _on_board(lines, found, kept[0]):
        draft.paragraphs[:0] = [lines[at].text for at in head.subtitles]
        draft.subheadings = [h._replace(paragraph=h.paragraph + len(head.subtitles)) for h in draft.subheadings]
        head = head._replace(subtitles=())
    subtitles = page.hints.subtitles or tuple(lines[at].text.strip("-– ") for at in head.subtitles)
    return Article(
        source=source, id=id, title=head.title, subtitles=subtitles, published=published or told.published,
        modified=told.modified, reporters=told.reporters, press=told.press, paragraphs=tuple(draft.paragraphs),
        subheadings=tuple(draft.subheadings), removed=tuple(draft.removed),
        warnings=kinds.notices(head.title, draft.paragraphs),
    )


def _is_notice(draft: _Draft, lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]) -> bool:
    """Whether the little that was found is what a dialog, a form or a page of many lines says beside its menus."""
    if sum(map(len, draft.paragraphs)) >= SHORTEST:
        return False
    prose = [rule for rule, own in zip(found, shapes, strict=True) if own.kind == "prose"]
    forms = sum(rule in {"interface", "promotion"} for rule in prose)
    return len(lines) > 12 or (forms > 0 and 2 * forms >= len(prose))


def _heed(kind: str, lines: Sequence[Line], shapes: list[Shape], found: list[str]) -> None:
    """Read the lines of a page as its kind asks: a photo article is its caption, a notice is its entries."""
    for at, line in enumerate(lines):
        if kind == "photo" and found[at] == "caption" and shapes[at].sentences and line.text != lines[at - 1].text:
            found[at] = ""
        elif kind in {"obituary", "appointments"} and line.text[0] in "▲△▶▷" and len(line.text) > 8:
            found[at] = ""
            shapes[at] = shapes[at]._replace(kind="prose", plain=True)


def _body_lines(
    page: Page, shapes: Sequence[Shape], found: list[str], title: str | None, kind: str | None = None
) -> list[int]:
    """The indices of the lines that are the body, subheadings among them."""
    lines = page.lines
    runs = bodies.find_runs(lines, shapes, found)
    wanted = page.hints.title or title
    copies = [at for at, line in enumerate(lines) if wanted and headline.is_copy(line.text, wanted)]
    chosen = bodies.choose(runs, lines, found, copies[0] if copies else None)
    if chosen is None:
        return []
    kept = bodies.extend(chosen, runs, lines, found)
    bodies.cut_strangers(kept, lines, shapes, found, wanted or "")
    indices = _below_widgets([at for run in kept for at in range(run.start, run.end)], lines, shapes, found)
    _restore(indices, lines, shapes, found)
    if title is None and kind is None and (bodies.is_list(indices, lines, shapes, found) or _is_teaser(indices, lines, shapes, found)):
        return []
    while indices and (found[indices[0]] or shapes[indices[0]].kind != "prose"):
        indices.pop(0)
    if indices and indices[0] and _opens_section(lines[indices[0] - 1], found[indices[0] - 1]):
        indices.insert(0, indices[0] - 1)
    while indices and (found[indices[-1]] or shapes[indices[-1]].kind not in {"prose", "weak"}):
        indices.pop()
    return indices


def _on_board(lines: Sequence[Line], found: Sequence[str], first: int) -> bool:
    """Whether the page is a public office's board: its record counts views and names a department.

    A release has no deck there. What stands between the record and the first sentence is its own text.
    """
    record = " ".join(lines[at].text for at in range(max(0, first - 16), first) if found[at] in {"label", "control", "time"})
    return "조회" in record and any(mark in record for mark in ("부서", "작성자", "등록자", "담당자"))


def _is_teaser(indices: Sequence[int], lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]) -> bool:
    """Whether the paragraphs are the longest teasers of a page of teasers, and no article of its own.

    An article has a labelled time over it; a list has a bare one, or none, at each teaser.
    """
    own = [at for at in indices if shapes[at].kind == "prose" and not found[at]]
    if not own or len(own) > 10 or any(times.has_labelled_time(lines[at].text) for at in range(max(0, own[0] - 30), own[0])):
        return False
    ends = [rule for rule in found[own[-1] + 1 : own[-1] + 4] if rule in {"byline", "copyright"}]
    headed = sum(bodies.under_headline(at, lines, shapes, found) for at in own)
    if "copyright" in ends or (ends and headed <= 1 and found.count("byline") <= 2):
        return False
    teasers = [at for at, line in enumerate(lines) if not found[at] and (shapes[at].kind == "prose" or len(line.text) >= 60)]
    marked = set(teasers)
    return bodies.is_list(teasers, lines, [own_shape._replace(kind="prose") if at in marked else own_shape for at, own_shape in enumerate(shapes)], found)


def _below_widgets(indices: list[int], lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]) -> list[int]:
    """Drop prose above the widgets that stand over the body: a teaser or summary box without a heading.

    Times and share buttons stand between title and body. Where they stand inside the run, with less than a
    third of its prose above them, that prose is not the body.
    """
    total = sum(len(lines[at].text) for at in indices if shapes[at].kind == "prose" and not found[at])
    above, cut, widgets = 0, 0, 0
    for number, at in enumerate(indices):
        if found[at] == "time" or (found[at] == "control" and not _AD.match(lines[at].text)):
            widgets += 3 if found[at] == "time" else 1
            if widgets >= 3 and above:
                cut = number
        elif not found[at] and shapes[at].kind == "prose":
            widgets = 0
            above += len(lines[at].text)
            if 3 * above >= total:
                break
    return indices[cut:]


def _restore(indices: Sequence[int], lines: Sequence[Line], shapes: Sequence[Shape], found: list[str]) -> None:
    """A sentence about services or comments, between two paragraphs of the body, is no dialog."""
    for number in range(1, len(indices) - 1):
        at = indices[number]
        if found[at] in {"interface", "promotion"} and shapes[at].kind == "prose" and not is_imperative(lines[at].text):
            before, after = indices[number - 1], indices[number + 1]
            if not found[before] and not found[after] and shapes[before].kind == shapes[after].kind == "prose":
                found[at] = ""


def _unpunctuated(lines: Sequence[Line], found: Sequence[str]) -> list[int]:
    """The lines of a text given with its title that has no sentence: all that no rule names, if they say enough."""
    rest = [at for at, rule in enumerate(found) if not rule]
    return rest if sum(len(lines[at].text) for at in rest) >= _ENOUGH else []


def _opens_section(line: Line, rule: str) -> bool:
    """Whether a line is a subheading by its mark, so that a body may begin with it."""
    return not rule and line.text[0] in "◆◇■□●○▣" and len(line.text) <= 40 and line.tag not in {"item", "link"}


def _name_leftovers(lines: Sequence[Line], found: list[str], kept: Sequence[int], head: headline.Headline) -> None:
    """Every line that no rule named gets the name of its place."""
    inside = set(kept)
    for at in range(len(lines)):
        if at == head.line or at in head.subtitles:
            found[at] = "headline"
        elif head.title and headline.is_copy(lines[at].text, head.title):
            found[at] = "title"
        elif at not in inside and not found[at]:
            found[at] = "before" if at < kept[0] else "after"


def _draft(lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str], kept: Sequence[int], head: headline.Headline) -> _Draft:
    """Sort the lines of the body into paragraphs, subheadings and what goes; then clean the edges."""
    draft = _Draft(paragraphs=[], subheadings=[], removed=[], reporters=[], pieces=[])
    inside = set(kept)
    title = boxes.squashed_title(head.title)
    polite = sum(is_polite(lines[at].text) for at in kept if shapes[at].kind == "prose") * 2 > sum(shapes[at].kind == "prose" for at in kept)
    for at, line in enumerate(lines):
        rule = found[at]
        if at in inside and not rule:
            rule = _inside(lines, shapes, found, kept, at, draft, title, polite=polite)
        if rule and rule != "headline":
            draft.removed.append(Removal(rule, line.text))
    draft.paragraphs = [" ".join(pieces) for pieces in draft.pieces]
    _clean(draft)
    return draft


def _inside(lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str], kept: Sequence[int], at: int, draft: _Draft, title: str, *, polite: bool) -> str:
    """Take a line of the body as paragraph or subheading; or return the rule that keeps it out."""
    line, kind = lines[at], shapes[at].kind
    if _is_pull_quote(lines, shapes, found, at):
        return "pull-quote"
    if kind == "prose":
        if title and len(title) > 10 and boxes.squashed_title(line.text).startswith(title) and captions.is_scene(line.text, shapes[at]):
            return "caption"
        _append(draft, line, joined=line.hard and not found[at - 1])
        return ""
    if kind == "weak" or (continues(line.text) and draft.pieces):
        _append(draft, line, joined=line.hard and not found[at - 1])
        return ""
    if not any(shapes[other].kind == "prose" for other in kept):
        _append(draft, line, joined=False)
        return ""
    if kind == "short" and _is_subheading(lines, shapes, found, at):
        draft.subheadings.append(Subheading(line.text, len(draft.pieces)))
        return ""
    return "list"


def _append(draft: _Draft, line: Line, *, joined: bool) -> None:
    """Add a paragraph, or the rest of the one before where both were one line of the input."""
    if joined and draft.pieces:
        draft.pieces[-1].append(line.text)
    else:
        draft.pieces.append([line.text])


def _is_pull_quote(lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str], at: int) -> bool:
    """A line that is one quotation, with its speaker on a short line under it; or that speaker."""
    if lines[at].text[0] in "\"“" and lines[at].text[-1] in "\"”" and len(lines[at].text) < 120:
        return at + 1 < len(lines) and not found[at + 1] and shapes[at + 1].kind == "short" and len(lines[at + 1].text) < 40
    return shapes[at].kind == "short" and at > 0 and _is_pull_quote(lines, shapes, found, at - 1)


def _is_subheading(lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str], at: int) -> bool:
    """A short line alone before prose."""
    line = lines[at]
    if not 3 <= len(line.text) <= 60 or line.links > 0.5 or line.tag in {"item", "link", "cell"}:
        return False
    after = at + 1
    while after < len(lines) and found[after] == "caption":
        after += 1
    if _opens_section(line, ""):
        return after < len(lines) and shapes[after].kind == "prose"
    before = at - 1
    while before >= 0 and found[before] == "caption":
        before -= 1
    return after < len(lines) and shapes[after].kind == "prose" and before >= 0 and shapes[before].kind in {"prose", "weak"}


def _clean(draft: _Draft) -> None:
    """Cut datelines, captions and tags at the head of the body, and what sticks to its end."""
    for at in range(min(3, len(draft.paragraphs))):
        paragraph = draft.paragraphs[at]
        if (line := dateline.read(paragraph)) and line.end < len(paragraph):
            draft.removed.append(Removal("dateline", paragraph[: line.end].strip()))
            draft.reporters.extend(line.reporters)
            draft.press = draft.press or line.press
            draft.paragraphs[at] = paragraph[line.end :]
    if draft.paragraphs:
        trimmed = edges.trim_start(draft.paragraphs[0])
        draft.paragraphs[0] = trimmed.text
        draft.removed.extend(trimmed.removed)
    if any("ⓒ" in paragraph or "[사진" in paragraph or "(사진" in paragraph for paragraph in draft.paragraphs):
        _cut(draft, edges.cut_inside)
    if any(gone.rule == "speaker" for gone in draft.removed) or any(map(broadcast.is_script, draft.paragraphs)):
        _cut(draft, lambda paragraph: _spoken(draft, paragraph))
    draft.paragraphs = [paragraph for paragraph in draft.paragraphs if paragraph]
    for at in range(len(draft.paragraphs) - 1, max(-1, len(draft.paragraphs) - 3), -1):
        cut = edges.trim_end(draft.paragraphs[at])
        draft.paragraphs[at] = cut.text
        draft.removed.extend(cut.removed)
        draft.reporters.extend(cut.reporters)
        draft.press = draft.press or cut.press


def _spoken(draft: _Draft, paragraph: str) -> tuple[list[str], list[Removal]]:
    """What a paragraph of a broadcast script says, without its tags; its reporters are noted."""
    pieces, removed, reporters = broadcast.split(paragraph)
    draft.reporters.extend(reporters)
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


def _what_was_seen(source: str, lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]) -> str:
    """The message of the error: what the page holds in place of an article."""
    if not lines:
        return text("{source}: no article in it: it holds no text.", source=source)
    prose = sum(own.kind == "prose" for own in shapes)
    forms = sum(rule in {"interface", "promotion"} for rule in found)
    if prose and forms * 2 >= prose:
        return text("{source}: no article in it: {lines} lines, mostly menus, forms and notices.", source=source, lines=len(lines))
    if prose:
        return text("{source}: no article in it: {lines} lines, mostly links and headlines, {prose} of them sentences.", source=source, lines=len(lines), prose=prose)
    return text("{source}: no article in it: {lines} lines and not one sentence.", source=source, lines=len(lines))

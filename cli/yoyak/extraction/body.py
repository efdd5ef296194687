"""Label the body: the densest run of prose on the page and the runs below it that continue it.

Every line gets a weight: prose its length, other lines a little less than nothing, marks that end an article much less.
The runs with the greatest sum (Kadane's algorithm, cut where the sum falls too far) are the passages of prose on the
page. The first one with enough prose is the article. Linear in the number of lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import coherence, kinds, times
from yoyak.extraction.headline import headlines_of_page, is_copy
from yoyak.extraction.line_shape import is_imperative, is_polite
from yoyak.extraction.page import BODY, Line, Lines, Page, indices_of, prose_of, relabel

# Characters of prose that a line with each label outweighs. A menu has tens of lines, a body a few subheadings between
# paragraphs of a hundred characters: 14 a line ends no body and joins no menu to it.
_LABEL_WEIGHTS = {
    "copyright": -160,
    "tail": -60,
    "address": -120,
    "summary-box": -25,
    "caption": -2,
    "byline": -12,
    "control": -6,
    "comments": -20,
    "time": -10,
    "repeat": -10,
    "promotion": -10,
}
_OTHER_WEIGHT = -14
_ITEM_WEIGHT = -20
_OUTSIDE_WEIGHT = -20
_CELL_WEIGHT = -2
_MAX_WEIGHT = 500
"""A whole article on one line must not outweigh ten paragraphs."""
_MAX_DROP = 260
"""A run ends where the sum has fallen this far below its maximum: about 18 menu lines, or a copyright line and a few."""
_REPORT_WEIGHT = 350
"""Characters of prose with which a run under a headline, a time or a byline is the article, whatever is below it."""
_MIN_HEADED_SHARE = 0.12
_MIN_SHARE = 0.4
"""Shares of the longest run's weight that the article has, with and without a headline over it."""
_HEAD_LINES = 40
"""Lines above a run in which its headline, time or byline is looked for."""
_MAX_CELL_CHARS = 20
"""A longer line between two runs is a heading and no cell of a table."""
_MAX_HEAD_DISTANCE = 120
"""Lines between a headline and its article: widgets, a font dialog, a summary."""
_MIN_PART_WEIGHT = 60
"""A shorter run below the chosen one is not tested for belonging to it."""
_MAX_BOX_LINES = 60
"""Lines of the longest box that can interrupt an article."""
_MIN_UNPUNCTUATED_CHARS = 80
"""A text without a full stop, given with its title, is accepted as a body from this length."""
_MAX_PHOTO_NEWS_LINES = 12
_MIN_CAPTION_CHARS = 60
"""A page without an article shows photos with shorter captions."""
_IMAGE_BUTTON = lazy_pattern(
    r"^(?:AD|ad|광고|배너|Advertisement|(?:이미지|사진|그래픽)\s?\S{0,3}\s?(?:확대|크게|보기|닫기|설명).{0,4}|원본\s?보기|사진|이미지)$"
)


class Run(NamedTuple):
    """A passage of prose: lines `start` to `end` (excluded) and the weight of its prose."""

    start: int
    end: int
    weight: int


def label_body(lines: Lines, page: Page) -> Lines:
    """Label the unlabelled lines of the chosen runs as body."""
    runs = _find_runs(lines)
    chosen = _choose_named(runs, lines, headlines_of_page(lines, page))
    if chosen is None:
        title_at = next(
            (at for at, line in enumerate(lines) if page.title and is_copy(line.text, page.title)), None
        )
        chosen = _choose(runs, lines, title_at)
    if chosen is None:
        return lines
    kept = _extend(chosen, runs, lines)
    return relabel(
        lines, {at: BODY for run in kept for at in range(run.start, run.end) if not lines[at].label}
    )


def _choose_named(runs: Sequence[Run], lines: Lines, headlines: Sequence[int]) -> Run | None:
    """Return the run under the headline that the page is named after, whatever stands below it.

    Such a headline is followed by a time or byline. The run shares two stems with it.
    """
    for at in headlines:
        own = coherence.stems(lines[at].text)
        for run in runs:
            if run.end <= at or run.start > at + _MAX_HEAD_DISTANCE or run.weight < _MIN_PART_WEIGHT:
                continue
            text = " ".join(line.text for line in lines[max(at + 1, run.start) : run.end] if not line.label)
            if len(coherence.stems(text) & own) >= min(2, len(own)):
                return run._replace(start=max(at + 1, run.start))
    return None


def _weight(line: Line) -> int:
    """Return the evidence that a line is body, in characters of prose."""
    if line.tag == "cell" and line.in_body:
        return _CELL_WEIGHT  # a table among the paragraphs of an article
    if line.label:
        return _LABEL_WEIGHTS.get(line.label, _OTHER_WEIGHT)
    if line.in_body is False:
        return _OUTSIDE_WEIGHT
    if line.shape.kind == "prose":
        return min(_MAX_WEIGHT, len(line.text)) * (2 if line.in_body else 1) // (3 if line.links > 0.5 else 1)
    if line.shape.kind == "weak":
        return 0
    return _ITEM_WEIGHT if line.tag in {"item", "link"} else _OTHER_WEIGHT


def _find_runs(lines: Lines) -> list[Run]:
    """Return the passages of prose on a page, from top to bottom."""
    runs: list[Run] = []
    start, total, best, best_end = 0, 0, 0, 0
    for at, line in enumerate(lines):
        total += _weight(line)
        if total > best:
            best, best_end = total, at + 1
        if total <= 0 or total < best - _MAX_DROP:
            if best > 0:
                runs.append(Run(start, best_end, best))
            start, total, best = at + 1, 0, 0
    if best > 0:
        runs.append(Run(start, best_end, best))
    return runs


def _choose(runs: Sequence[Run], lines: Lines, title_at: int | None) -> Run | None:
    """Return the run that is the article: the first with at least 40 % of the weight of the longest one.

    An article's own page opens with it; what stands below may be longer (most-read articles in full). Runs above the
    line of a stated title are not considered. Policies and forms are long too, so a run under a headline of its own
    words, a time or a byline goes before one without.
    """
    below = [run for run in runs if title_at is None or run.end > title_at] or list(runs)
    if not below:
        return None
    longest = max(run.weight for run in below)
    headed = (
        [run for run in below if run.weight >= _MIN_HEADED_SHARE * longest and _is_headed(run, lines)]
        if len(below) > 1
        else []
    )
    if headed:
        longest = max(run.weight for run in headed)
        large = [run for run in headed if run.weight >= min(_MIN_SHARE * longest, _REPORT_WEIGHT)]
        dated = [run for run in large if _is_dated(run, runs, lines)]
        below = dated or headed
        longest = max(run.weight for run in below)
    enough = _MIN_SHARE * longest
    return next(
        run for run in below if run.weight >= (min(enough, _REPORT_WEIGHT) if run in headed else enough)
    )


def _is_dated(run: Run, runs: Sequence[Run], lines: Lines) -> bool:
    """Whether a labelled time stands between the run above and this one: an article has one, teasers do not."""
    above = max((other.end for other in runs if other.end <= run.start), default=0)
    between = lines[max(above, run.start - _HEAD_LINES) : run.start + 3]
    return times.labelled([line.text for line in between]) != times.Times()


def _is_headed(run: Run, lines: Lines) -> bool:
    """Whether a time or byline, or a headline that shares two stems with it, stands above a run."""
    first = max(0, run.start - _HEAD_LINES)
    if any(line.label in {"time", "byline"} for line in lines[first : run.start + 3]):
        return True
    own = coherence.stems(" ".join(line.text for line in lines[run.start : run.start + 6]))
    return any(
        not line.label and 10 <= len(line.text) <= 90 and len(coherence.stems(line.text) & own) >= 2
        for line in lines[first : run.start]
    )


def _extend(chosen: Run, runs: Sequence[Run], lines: Lines) -> list[Run]:
    """Return the chosen run and the runs below it on the same topic: a box in the middle divides an article."""
    kept = [chosen]
    if not any(run.start >= chosen.end and run.weight >= _MIN_PART_WEIGHT for run in runs):
        return kept
    article = coherence.stems(" ".join(line.text for line in lines[chosen.start : chosen.end]))
    for run in runs:
        if run.start < chosen.end or run.weight < _MIN_PART_WEIGHT:
            continue
        between = lines[kept[-1].end : run.start]
        if len(between) > _MAX_BOX_LINES or any(
            line.label in {"copyright", "address", "comments"} for line in between
        ):
            break
        text = " ".join(line.text for line in lines[run.start : run.end] if not line.label)
        if (
            not _is_table(between)
            and coherence.overlap(coherence.stems(text), article) < 2 * coherence.MIN_OVERLAP
        ):
            break
        kept.append(run)
    return kept


def _is_table(between: Lines) -> bool:
    """Whether only cells of a table, one a line, stand between two runs: a table does not end an article."""
    figures = sum(line.label == "table" or line.tag == "cell" for line in between)
    cells = all(
        line.label in {"table", "caption"}
        or line.tag == "cell"
        or (line.label in {"", "menu"} and len(line.text) <= _MAX_CELL_CHARS)
        for line in between
    )
    return cells and figures >= 3 and 3 * figures >= len(between)


def unlabel_text_above_widgets(lines: Lines, _page: Page) -> Lines:
    """Take the label from body lines above the widgets over the body: a teaser or summary box without a heading.

    Times and share buttons stand between title and body. Where they stand inside the run, with less than a third of
    its prose above them, that prose is not the body.
    """
    body = indices_of(lines)
    total = sum(len(lines[at].text) for at in body if lines[at].is_prose)
    above, cut, widgets = 0, _dated_headline(lines, body), 0
    for at in range(body[0], body[-1] + 1) if body and not cut else ():
        line = lines[at]
        if line.label == "time" or (line.label == "control" and not _IMAGE_BUTTON.match(line.text)):
            widgets += 3 if line.label == "time" else 1
            if widgets >= 3 and above:
                cut = at
        elif line.is_prose and line.label:
            widgets = 0
            above += len(line.text)
            if 3 * above >= total:
                break
    return relabel(lines, {at: "" for at in body if at < cut})


def _dated_headline(lines: Lines, body: Sequence[int]) -> int:
    """Return the line of the first labelled time among the body, if a headline stands above it; 0 for none.

    The sentences above are teasers, unless a labelled time of their own stands over them.
    """
    first = next(prose_of(lines, body), 0)
    if (
        not first
        or times.labelled([line.text for line in lines[max(0, first - _HEAD_LINES) : first]]).published
    ):
        return 0
    for at in range(first, body[-1]):
        if (
            lines[at].label != "time"
            or not times.labelled([line.text for line in lines[at : at + 2]]).published
        ):
            continue
        head = next((line for line in reversed(lines[at - 3 : at]) if line.is_candidate), None)
        below = sum(len(lines[by].text) for by in prose_of(lines, range(at, body[-1] + 1)))
        if head is not None and head.shape.kind in {"short", "weak"} and below >= _MIN_PART_WEIGHT:
            return at
    return 0


def restore_sentences(lines: Lines, _page: Page) -> Lines:
    """Label a sentence about services or comments as body again if it stands between two paragraphs: it is no dialog."""
    return relabel(
        lines,
        {
            at: BODY
            for at in range(1, len(lines) - 1)
            if lines[at].label in {"interface", "promotion"}
            and lines[at].shape.kind == "prose"
            and all(lines[by].label == BODY and lines[by].is_prose for by in (at - 1, at + 1))
            and not is_imperative(lines[at].text)
        },
    )


def label_body_edges(lines: Lines, _page: Page) -> Lines:
    """Begin the body at its first paragraph and end it at its last, with short sentences and marked headings beside them."""
    body = indices_of(lines)
    first = next((at for at in body if lines[at].is_prose), len(lines))
    edges = {at: "" for at in body if at < first}
    if 0 < first < len(lines):
        if opens_section(lines[first - 1]):
            first -= 1
            edges[first] = BODY
        while first and _opens_body(lines[first - 1], lines[first]):
            first -= 1
            edges[first] = BODY
    last = next(
        (at for at in reversed(body) if at >= first and lines[at].shape.kind in {"prose", "weak"}), None
    )
    if last is None:
        return relabel(lines, edges | dict.fromkeys(body, ""))
    edges |= {at: "" for at in body if at > last}
    while last + 1 < len(lines) and _closes_body(lines[last + 1]):
        last += 1
        edges[last] = BODY
    return relabel(lines, edges)


def _opens_body(above: Line, first: Line) -> bool:
    """Whether the very short sentence right above the first paragraph is body: no deck ends in a verb and a full stop."""
    in_plain_style = above.text.endswith("다.") and not is_polite(above.text) and above.in_body is not False
    return above.shape.kind == "weak" and above.is_candidate and (in_plain_style or first.soft_break)


def _closes_body(below: Line) -> bool:
    """Whether a very short sentence right below the last paragraph is its end: a sign-off, a word of farewell."""
    return below.shape.kind == "weak" and below.is_candidate and below.text.endswith(".")


def opens_section(line: Line) -> bool:
    """Whether a line is a subheading by its mark, so that a body may begin with it."""
    return (
        line.is_candidate
        and line.text[0] in "◆◇■□●○▣"
        and len(line.text) <= 40
        and line.tag not in {"item", "link"}
    )


def label_unpunctuated_body(lines: Lines, page: Page) -> Lines:
    """Label all unlabelled lines of a text given with its title as body if none is a sentence and they are long enough."""
    if page.given_title is None or indices_of(lines) or kinds.announced(lines, page):
        return lines
    rest = indices_of(lines, "")
    if sum(len(lines[at].text) for at in rest) < _MIN_UNPUNCTUATED_CHARS:
        return lines
    return relabel(lines, dict.fromkeys(rest, BODY))


def label_caption_of_photo_news(lines: Lines, _page: Page) -> Lines:
    """Label the caption as body on a page of few lines that has no other sentence: the article is a photo."""
    if len(lines) > _MAX_PHOTO_NEWS_LINES or indices_of(lines):
        return lines
    captions = [
        at
        for at in indices_of(lines, "caption")
        if lines[at].shape.kind == "prose" and len(lines[at].text) >= _MIN_CAPTION_CHARS
    ]
    return relabel(lines, dict.fromkeys(captions, BODY))

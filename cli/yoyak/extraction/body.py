"""Where the body is: the densest run of prose on the page, less what turns out to be something else.

Every line gets a weight: prose what it is long, everything else a little less than nothing, the marks that end an
article much less. The runs of greatest sum (Kadane's algorithm, cut where the sum falls too far) are the passages of
prose on the page; the one with the most prose near the top is the article. O(lines).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from yoyak.extraction import coherence
from yoyak.extraction.line_shape import Shape
from yoyak.extraction.page import Line

# Characters of prose a line of each kind outweighs. A menu has tens of lines, a body a few subheadings between
# paragraphs of a hundred characters: 12 a line ends no body and joins no menu.
_WEIGHTS = {
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
_OTHER = -14
_ITEM = -20
_OUTSIDE = -20
_CAP = 500
"""No line counts more: a whole article on one line must not outweigh ten paragraphs."""
_DROP = 260
"""A run ends where the sum has fallen this far under its best: about 18 menu lines, or a copyright line and a few."""
_TEASERS = 40
_COHERENT = 0.11
"""Mean share of stems a passage has in common with any other: 98 % of articles over 0.10, 99 % of lists under 0.095."""
_REPORT = 350
"""Characters of prose with which a run under a headline, a time or a byline is the article, whatever is below it."""
_CELL = 20
"""Characters of the longest cell of a table that is not read as a heading."""
_WORTH = 60
"""Characters of prose a run below the chosen one needs to be asked whether it belongs to it."""


class Run(NamedTuple):
    """A passage of prose: lines `start` to `end` (excluded) and the weight of its prose."""

    start: int
    end: int
    weight: int


def weight(line: Line, shape: Shape, rule: str) -> int:
    """Say what a line says for or against being body, in characters of prose."""
    if rule:
        return _WEIGHTS.get(rule, _OTHER)
    if line.inside is False:
        return _OUTSIDE
    if shape.kind == "prose":
        return min(_CAP, len(line.text)) * (2 if line.inside else 1) // (3 if line.links > 0.5 else 1)
    if shape.kind == "weak":
        return 0
    return _ITEM if line.tag in {"item", "link"} else _OTHER


def find_runs(lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]) -> list[Run]:
    """Return the passages of prose on a page, from top to bottom."""
    runs: list[Run] = []
    start, total, best, best_end = 0, 0, 0, 0
    for index, line in enumerate(lines):
        total += weight(line, shapes[index], found[index])
        if total > best:
            best, best_end = total, index + 1
        if total <= 0 or total < best - _DROP:
            if best > 0:
                runs.append(Run(start, best_end, best))
            start, total, best = index + 1, 0, 0
    if best > 0:
        runs.append(Run(start, best_end, best))
    return runs


def choose(
    runs: Sequence[Run], lines: Sequence[Line], found: Sequence[str], head: int | None = None
) -> Run | None:
    """Return the run that is the article: the first that holds at least 40 % of the prose of the longest one.

    An article's own page opens with it; what stands below may be longer (most-read articles in full).
    `head` is the line a title was given for: runs above it are not believed. Policies and forms are long
    too: a run under a headline of its own words, or under a time or byline, goes before one without.
    """
    below = [run for run in runs if head is None or run.end > head] or list(runs)
    if not below:
        return None
    longest = max(run.weight for run in below)
    headed = (
        [run for run in below if run.weight >= 0.12 * longest and _is_headed(run, lines, found)]
        if len(below) > 1
        else []
    )
    if headed:
        below = headed
        longest = max(run.weight for run in headed)
    enough = 0.4 * longest
    return next(run for run in below if run.weight >= (min(enough, _REPORT) if run in headed else enough))


def _is_headed(run: Run, lines: Sequence[Line], found: Sequence[str]) -> bool:
    """Whether a time or byline, or a headline that shares two stems with it, stands over a run."""
    above = range(max(0, run.start - 40), run.start + 3)
    if any(found[at] in {"time", "byline"} for at in above if at < len(lines)):
        return True
    own = coherence.stems(" ".join(line.text for line in lines[run.start : run.start + 6]))
    return any(
        not found[at] and 10 <= len(lines[at].text) <= 90 and len(coherence.stems(lines[at].text) & own) >= 2
        for at in range(max(0, run.start - 40), run.start)
    )


def extend(chosen: Run, runs: Sequence[Run], lines: Sequence[Line], found: Sequence[str]) -> list[Run]:
    """Return the chosen run and the runs after it that go on about the same: a box in the middle cut them apart."""
    kept = [chosen]
    if not any(run.start >= chosen.end and run.weight >= _WORTH for run in runs):
        return kept
    article = coherence.stems(" ".join(line.text for line in lines[chosen.start : chosen.end]))
    for run in runs:
        if run.start < chosen.end or run.weight < _WORTH:
            continue
        between = range(kept[-1].end, run.start)
        if len(between) > 60 or any(found[at] in {"copyright", "address", "comments"} for at in between):
            break
        text = " ".join(lines[at].text for at in range(run.start, run.end) if not found[at])
        if _is_table(between, lines, found):
            kept.append(run)
            continue
        if coherence.overlap(coherence.stems(text), article) < 2 * coherence.SAME:
            break
        kept.append(run)
    return kept


def _is_table(between: range, lines: Sequence[Line], found: Sequence[str]) -> bool:
    """Whether nothing but the cells of a table, one a line, stands between two runs: what ends no article."""
    figures = sum(found[at] == "table" for at in between)
    cells = all(
        found[at] in {"table", "caption"} or (found[at] in {"", "menu"} and len(lines[at].text) <= _CELL)
        for at in between
    )
    return cells and figures >= 3 and 3 * figures >= len(between)


def is_list(
    indices: Sequence[int], lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]
) -> bool:
    """Whether the passages are teasers of many articles: each under a headline of its own, none about the others."""
    prose = [at for at in indices if not found[at] and shapes[at].kind == "prose"][:_TEASERS]
    if len(prose) < 4:
        return False
    headed = sum(under_headline(at, lines, shapes, found) for at in prose)
    if headed < 0.7 * len(prose):
        return False
    own = [coherence.stems(lines[at].text) for at in prose]
    counts = Counter(stem for stems in own for stem in stems)
    shared = [sum(counts[stem] > 1 for stem in stems) / len(stems) for stems in own if stems]
    return sum(shared) < _COHERENT * len(shared)


def under_headline(at: int, lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]) -> bool:
    """Whether a headline stands right above a line, or above the time or byline over it."""
    above = at - 1
    if above > 0 and found[above] in {"time", "byline", "control"}:
        above -= 1
    if above < 0 or found[above] in {"time", "byline", "control", "menu", "label", "table", "interface"}:
        return False
    text = lines[above].text
    return shapes[above].kind != "prose" and 10 <= len(text) <= 100 and text.count(" ") >= 2

"""Where the body is: the densest run of prose on the page, less what turns out to be something else.

Every line gets a weight: prose what it is long, everything else a little less than nothing, the marks that end an
article much less. The runs of greatest sum (Kadane's algorithm, cut where the sum falls too far) are the passages of
prose on the page; the one with the most prose near the top is the article. O(lines).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from yoyak.article import coherence, dateline, names
from yoyak.article.lines import Shape
from yoyak.article.page import Line

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
_HEADLINE = (14, 90)
"""Characters of a line that can be the headline of another article in the middle of a page."""
_ARROWS = frozenset("▶▷▸►☞➡👉")
"""What a link to another article opens with; the headline of one printed here does not."""
_SUMMED = 0.3
"""Share of a headline's words that the sentence below it has: a teaser's has them all, a news story's a third."""
_PARAGRAPHS = 3
_CELL = 20
"""Characters of the longest cell of a table that is not read as a heading."""
_WORTH = 60
"""Characters of prose a run below the chosen one needs to be asked whether it belongs to it."""
_RESTART = 0.3
"""Share of stems asked of a passage that opens with a dateline of its own: a second report on the same matter is one too."""
_SIGNED = 12
"""Lines above the first paragraph in which its byline can stand."""
_BARRIERS = frozenset({"comments", "copyright", "tail", "address", "byline"})


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


def cut_strangers(
    kept: Sequence[Run], lines: Sequence[Line], shapes: Sequence[Shape], found: list[str], title: str
) -> None:
    """Write `other-article` over the passages behind a barrier that are about something else."""
    segments = _segments(kept, shapes, found)
    if len(segments) < 2:
        return
    sizes = [sum(len(lines[at].text) for at in segment) for segment in segments]
    main = next(i for i, size in enumerate(sizes) if size >= 0.4 * max(sizes))
    article = coherence.stems(title + " " + " ".join(lines[at].text for at in segments[main]))
    last = _signed_end(segments, main, found)
    end, seen, strangers = "", segments[main][0], False
    for number, segment in enumerate(segments):
        if main <= number <= last:
            article |= coherence.stems(" ".join(lines[at].text for at in segment))
            continue
        text = " ".join(lines[at].text for at in segment)
        restarts = number > main and any(dateline.find_glued(lines[at].text) is not None for at in segment)
        if number > main:
            end = end if end == "comments" else _ends_between(found, seen, segment[0]) or end
            seen = segment[0]
            restarts = restarts or bool(end)
        # Below a stranger the article seldom goes on: the foot of the page speaks of its reader's topics too.
        least = _RESTART if restarts or strangers else coherence.SAME
        if end == "comments" or not coherence.belongs(text, article, least=least):
            strangers = strangers or number > main
            for at in segment:
                found[at] = "other-article"


def cut_signed(kept: Sequence[Run], lines: Sequence[Line], shapes: Sequence[Shape], found: list[str]) -> None:
    """Write `other-article` from the passage on that another reporter's dateline opens below the article's end.

    Whatever it shares with the article: a copyright line or the heading of a box of articles stands between.
    """
    first = next((at for at in range(kept[0].start, kept[0].end) if _is_prose(at, shapes, found)), None)
    if first is None:
        return
    stop = kept[-1].end
    own: set[str] = set()
    ended = False
    for at in range(max(0, first - _SIGNED), stop):
        text = lines[at].text
        if not ended and found[at] in {"byline", "time"}:
            own.update(names.reporters(text))
        if at >= first and found[at]:
            ended = ended or _is_end(text, found[at])
        line = dateline.read(text) if at == first or (ended and found[at] in {"", "byline"}) else None
        if line is None or not line.reporters or (found[at] and not line.press):
            continue
        if ended and own and not own & set(line.reporters):
            head = at - 1 if under_headline(at, lines, shapes, found) and not found[at - 1] else at
            for other in range(head, stop):
                found[other] = found[other] or "other-article"
            return
        own |= set(line.reporters)


def _is_prose(at: int, shapes: Sequence[Shape], found: Sequence[str]) -> bool:
    return not found[at] and shapes[at].kind == "prose"


def _is_end(text: str, rule: str) -> bool:
    """Whether a line stands where an article is over: its copyright or transmission line, a box of other articles."""
    return rule in {"copyright", "related", "tail"} or (
        rule == "time" and ("송고" in text or "저작권자" in text)
    )


def cut_headed(
    kept: Sequence[Run], lines: Sequence[Line], shapes: Sequence[Shape], found: list[str], title: str
) -> None:
    """Write `other-article` over the passages under a headline of their own that are about something else.

    Such a headline says what its passage says, as a subheading does, and shares no word with the article.
    """
    blocks = _headed_blocks(kept, lines, shapes, found)
    if len(blocks) < 2:
        return
    sizes = [sum(len(lines[at].text) for at in block.prose) for block in blocks]
    large = [number for number, size in enumerate(sizes) if size >= 0.4 * max(sizes)]
    main = next((number for number in large if _is_signed(blocks[number], found)), large[0])
    if len(blocks[main].prose) < _PARAGRAPHS:  # an item of a round-up has no more
        return
    article = coherence.stems(title + " " + " ".join(lines[at].text for at in blocks[main].prose))
    for number, block in enumerate(blocks):
        if number == main:
            continue
        own = coherence.stems(" ".join(lines[at].text for at in block.prose))
        if block.head is not None and _is_strange(
            lines[block.head].text, lines[block.prose[0]].text, own, article
        ):
            for at in (block.head, *block.prose):
                found[at] = "other-article"
        elif number > main:
            article |= own


def _is_signed(block: _Block, found: Sequence[str]) -> bool:
    """Whether a time or byline stands right above the first paragraph of a passage."""
    first = block.prose[0]
    return any(rule in {"time", "byline"} for rule in found[max(0, first - 3) : first])


class _Block(NamedTuple):
    head: int | None
    prose: list[int]


def _headed_blocks(
    kept: Sequence[Run], lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]
) -> list[_Block]:
    """Return the prose of the runs, divided at the lines that look like headlines."""
    blocks: list[_Block] = []
    head: int | None = None
    for run in kept:
        for at in range(max(0, run.start - 2), run.end):
            text = lines[at].text
            if found[at] or shapes[at].kind not in {"short", "weak", "prose"}:
                continue
            if shapes[at].kind == "prose":
                if head is not None or not blocks:
                    blocks.append(_Block(head, []))
                    head = None
                blocks[-1].prose.append(at)
            elif (
                _HEADLINE[0] <= len(text) <= _HEADLINE[1]
                and text.count(" ") >= 2
                and text[-1] not in ".?"
                and text[0] not in _ARROWS
            ):
                head = at
    return blocks


def _is_strange(head: str, first: str, own: frozenset[str], article: frozenset[str]) -> bool:
    """Whether a headline sums its passage up and neither has to do with the article."""
    words = coherence.stems(head)
    shared = len(words & coherence.stems(first))
    told = shared >= 2 and shared >= _SUMMED * len(words)
    return told and not words & article and coherence.overlap(own, article) < 2 * coherence.SAME


def _signed_end(segments: Sequence[Sequence[int]], main: int, found: Sequence[str]) -> int:
    """Return the number of the segment the article's own end follows: the first with a byline or copyright line right below.

    Boxes between the paragraphs above that line divide nothing. Where there is none, the main segment.
    """
    for number in range(main, len(segments)):
        below = segments[number][-1] + 1
        if any(found[at] in {"byline", "copyright"} for at in range(below, min(below + 3, len(found)))):
            return number
    return main


def _ends_between(found: Sequence[str], start: int, stop: int) -> str:
    """Name what ends an article between two lines: `comments`, which no passage of it follows, `copyright`, or nothing."""
    rules = set(found[start:stop])
    return next((rule for rule in ("comments", "copyright") if rule in rules), "")


def _segments(kept: Sequence[Run], shapes: Sequence[Shape], found: Sequence[str]) -> list[list[int]]:
    """Return the prose lines of the runs, divided at barriers."""
    segments: list[list[int]] = [[]]
    for run in kept:
        for at in range(run.start, run.end):
            if found[at] in _BARRIERS and segments[-1]:
                segments.append([])
            elif not found[at] and shapes[at].kind in {"prose", "weak"}:
                segments[-1].append(at)
    return [segment for segment in segments if segment]

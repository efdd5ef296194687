"""Other articles among the passages of a body: strangers behind its end, other reporters', those under headlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yoyak.extraction import coherence, dateline, names
from yoyak.extraction.body import Run, under_headline
from yoyak.extraction.line_shape import Shape
from yoyak.extraction.page import Line

_RESTART = 0.3
"""Share of stems asked of a passage that opens with a dateline of its own: a second report on the same matter is one too."""
_SIGNED = 12
"""Lines above the first paragraph in which its byline can stand."""
_BARRIERS = frozenset({"comments", "copyright", "tail", "address", "byline"})
_HEADLINE = (14, 90)
"""Characters of a line that can be the headline of another article in the middle of a page."""
_ARROWS = frozenset("▶▷▸►☞➡👉")
"""What a link to another article opens with; the headline of one printed here does not."""
_SUMMED = 0.3
"""Share of a headline's words that the sentence below it has: a teaser's has them all, a news story's a third."""
_PARAGRAPHS = 3


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

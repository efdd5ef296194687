"""Label the other articles among the lines of a body: below its end, under another reporter's name, under a headline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yoyak.extraction import bylines, coherence
from yoyak.extraction.page import Line, Lines, Page, indices_of, prose_of, relabel
from yoyak.extraction.refusal import is_under_headline

_LABEL = "other-article"
_RESTART = 0.3
"""Share of stems required of a passage that opens with its own dateline: it may be a second report on the same event."""
_MAX_BYLINE_DISTANCE = 12
"""Lines above the first paragraph in which its byline can stand."""
_BARRIERS = frozenset({"comments", "copyright", "tail", "address", "byline"})
_MIN_HEADLINE_CHARS, _MAX_HEADLINE_CHARS = 14, 90
"""Length of a line that can be the headline of another article in the middle of a page."""
_ARROWS = frozenset("▶▷▸►☞➡👉")
"""A link to another article opens with one of these; the headline of an article printed here does not."""
_MIN_SUMMARY_SHARE = 0.3
"""Share of a headline's words that the sentence below it repeats: a teaser repeats all, a news story a third."""
_MIN_PARAGRAPHS = 3
_MAIN_SHARE = 0.4
"""The main passage is the first one with this share of the characters of the longest."""


def label_passages_on_other_topics(lines: Lines, page: Page) -> Lines:
    """Label the passages behind a barrier (a byline, a copyright line, a box) that are about something else."""
    segments = _segments(lines)
    if len(segments) < 2:
        return lines
    sizes = [sum(len(lines[at].text) for at in segment) for segment in segments]
    main = next(i for i, size in enumerate(sizes) if size >= _MAIN_SHARE * max(sizes))
    article = coherence.stems((page.title or "") + " " + _joined(lines, segments[main]))
    last = _last_own_segment(segments, main, lines)
    end, seen, others = "", segments[main][0], False
    labels: dict[int, str] = {}
    for number, segment in enumerate(segments):
        text = _joined(lines, segment)
        if main <= number <= last:
            article |= coherence.stems(text)
            continue
        restarts = number > main and any(bylines.find_glued(lines[at].text) is not None for at in segment)
        if number > main:
            end = end if end == "comments" else _end_between(lines[seen : segment[0]]) or end
            seen = segment[0]
            restarts = restarts or bool(end)
        # Below another article this one seldom continues: the foot of the page may be on a related topic too.
        least = _RESTART if restarts or others else coherence.MIN_OVERLAP
        if end == "comments" or not coherence.is_same_topic(text, article, least=least):
            others = others or number > main
            labels |= dict.fromkeys(segment, _LABEL)
    return relabel(lines, labels)


def _joined(lines: Lines, indices: Sequence[int]) -> str:
    return " ".join(lines[at].text for at in indices)


def _segments(lines: Lines) -> list[list[int]]:
    """Return the sentences of the body, divided at barriers."""
    segments: list[list[int]] = [[]]
    body = indices_of(lines)
    for at in range(body[0], body[-1] + 1) if body else ():
        line = lines[at]
        if line.label in _BARRIERS and segments[-1]:
            segments.append([])
        elif line.label == "body" and line.shape.kind in {"prose", "weak"}:
            segments[-1].append(at)
    return [segment for segment in segments if segment]


def _last_own_segment(segments: Sequence[Sequence[int]], main: int, lines: Lines) -> int:
    """Return the number of the segment that the article's end follows: a byline or copyright line right below it.

    Boxes between the paragraphs above that line divide nothing. Without such a line it is the main segment.
    """
    for number in range(main, len(segments)):
        below = segments[number][-1] + 1
        if any(line.label in {"byline", "copyright"} for line in lines[below : below + 3]):
            return number
    return main


def _end_between(lines: Lines) -> str:
    """Return the label that ends an article among some lines: `comments`, then `copyright`, or nothing."""
    labels = {line.label for line in lines}
    return next((label for label in ("comments", "copyright") if label in labels), "")


def label_articles_of_other_reporters(lines: Lines, _page: Page) -> Lines:
    """Label everything from the passage on that opens with another reporter's dateline below the article's end.

    The end is a copyright line or the heading of a box of articles. The share of common words does not count here.
    """
    body = indices_of(lines)
    first = next(prose_of(lines, body), None)
    if first is None:
        return lines
    stop = body[-1] + 1
    own: set[str] = set()
    ended = False
    for at in range(max(0, first - _MAX_BYLINE_DISTANCE), stop):
        line = lines[at]
        if not ended and line.label in {"byline", "time"}:
            own.update(bylines.reporters(line.text))
        if at >= first and not line.is_candidate:
            ended = ended or _is_end(line)
        may_open = at == first or (ended and (line.is_candidate or line.label == "byline"))
        opening = bylines.read_dateline(line.text) if may_open else None
        if opening is None or not opening.reporters or (not line.is_candidate and not opening.press):
            continue
        if ended and own and not own & set(opening.reporters):
            head = at - 1 if is_under_headline(lines, at) and lines[at - 1].is_candidate else at
            return relabel(lines, {by: _LABEL for by in range(head, stop) if lines[by].is_candidate})
        own |= set(opening.reporters)
    return lines


def _is_end(line: Line) -> bool:
    """Whether a line stands where an article is over: its copyright or transmission line, a box of other articles."""
    return line.label in {"copyright", "related", "tail"} or (
        line.label == "time" and ("송고" in line.text or "저작권자" in line.text)
    )


def label_articles_under_headlines(lines: Lines, page: Page) -> Lines:
    """Label the passages of the body under a headline of their own that are about something else.

    The first sentence repeats words of such a headline, as below a subheading, but it shares no word with the article.
    """
    blocks = _headed_blocks(lines)
    if len(blocks) < 2:
        return lines
    sizes = [sum(len(lines[at].text) for at in block.prose) for block in blocks]
    large = [number for number, size in enumerate(sizes) if size >= _MAIN_SHARE * max(sizes)]
    main = next((number for number in large if _is_signed(blocks[number], lines)), large[0])
    if len(blocks[main].prose) < _MIN_PARAGRAPHS:  # an item of a round-up has no more
        return lines
    article = coherence.stems((page.title or "") + " " + _joined(lines, blocks[main].prose))
    labels: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if number == main:
            continue
        own = coherence.stems(_joined(lines, block.prose))
        if block.head is not None and _is_foreign(
            lines[block.head].text, lines[block.prose[0]].text, own, article
        ):
            labels |= dict.fromkeys((block.head, *block.prose), _LABEL)
        elif number > main:
            article |= own
    return relabel(lines, labels)


class _Block(NamedTuple):
    """Paragraphs and the line above them that looks like their headline."""

    head: int | None
    prose: list[int]


def _headed_blocks(lines: Lines) -> list[_Block]:
    """Return the prose of the body, divided at the lines that look like headlines."""
    blocks: list[_Block] = []
    head: int | None = None
    body = indices_of(lines)
    for at in range(max(0, body[0] - 2), body[-1] + 1) if body else ():
        line = lines[at]
        if not line.is_candidate or line.shape.kind not in {"short", "weak", "prose"}:
            continue
        if line.shape.kind == "prose":
            if head is not None or not blocks:
                blocks.append(_Block(head, []))
                head = None
            blocks[-1].prose.append(at)
        elif (
            _MIN_HEADLINE_CHARS <= len(line.text) <= _MAX_HEADLINE_CHARS
            and line.text.count(" ") >= 2
            and line.text[-1] not in ".?"
            and line.text[0] not in _ARROWS
        ):
            head = at
    return blocks


def _is_signed(block: _Block, lines: Lines) -> bool:
    """Whether a time or byline stands right above the first paragraph of a passage."""
    first = block.prose[0]
    return any(line.label in {"time", "byline"} for line in lines[max(0, first - 3) : first])


def _is_foreign(head: str, first: str, own: frozenset[str], article: frozenset[str]) -> bool:
    """Whether a headline summarizes its passage and neither has to do with the article."""
    words = coherence.stems(head)
    shared = len(words & coherence.stems(first))
    summarized = shared >= 2 and shared >= _MIN_SUMMARY_SHARE * len(words)
    return summarized and not words & article and coherence.overlap(own, article) < 2 * coherence.MIN_OVERLAP

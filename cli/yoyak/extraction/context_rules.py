"""Lines that only their neighbours give away: doubled captions, captions under a label, boxes of the page's own summary."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from yoyak.extraction import captions, dateline, line_rules
from yoyak.extraction.line_shape import Shape
from yoyak.extraction.page import Line

_LABEL = re.compile(
    r"^[\[(<■▲※]*\s?(?:사진|이미지|그래픽|포토)\s?(?:설명|=|캡션)?\s?(?:확대\s?보기|확대|크게\s?보기)?\s?[\])>:：]*$"
)
_BIG_PICTURE = re.compile(r"(?:이미지|사진|그래픽)\s?(?:확대|크게)")
_UNFINISHED = re.compile(r"[가-힣](?:[은는을를의]|에서|으로|[한된인할])$")
_HALF = 40
"""Characters of the longest first half of a notice that its page breaks over two lines."""
_THREE = re.compile(r"3\s?줄|세\s?줄")
_SUMMARY_LINES = 5
_SUMMARY_LENGTH = 220
_TOLD = 2
"""Sentences of the shortest summary without a heading."""


def mark_boxes(lines: Sequence[Line], shapes: Sequence[Shape], found: list[str]) -> None:
    """Write the rules `caption`, `summary-box` and `repeat` into `found` where neighbours show them."""
    prose = [at for at, own in enumerate(shapes) if own.kind == "prose"]
    for index, rule in enumerate(found):
        if rule == "interface" and _opens_notice(lines, shapes, found, index - 1):
            found[index - 1] = "interface"
        if rule == "summary-box" and shapes[index].kind != "prose":
            _mark_summary(lines, shapes, found, index, prose)
        elif (rule in {"control", "caption"} and _LABEL.match(lines[index].text)) or _BIG_PICTURE.search(
            lines[index].text[:12]
        ):
            _mark_labelled(lines, shapes, found, index)
    _mark_doubles(lines, shapes, found)


def _opens_notice(lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str], index: int) -> bool:
    """Whether the line above one of a dialog is its first half: it stops at a particle, and two of its words are a dialog's."""
    if index < 0 or found[index] or shapes[index].kind != "short" or len(lines[index].text) > _HALF:
        return False
    text = lines[index].text
    return bool(_UNFINISHED.search(text)) and line_rules.interface_words(text.replace(" ", "")) > 1


def _mark_doubles(lines: Sequence[Line], shapes: Sequence[Shape], found: list[str]) -> None:
    """Return a line that stands twice: next to each other a caption and its alternative text, apart a copy."""
    seen: dict[str, int] = {}
    for index, line in enumerate(lines):
        if shapes[index].kind != "prose" or (found[index] and found[index] != "caption"):
            continue
        before = seen.setdefault(line.text, index)
        if before == index:
            continue
        if (
            index - before <= 2
            and not any(shapes[i].kind == "prose" for i in range(before + 1, index))
            and shapes[index].sentences <= 3
            and len(line.text) <= captions.LONGEST
        ):
            found[before] = found[index] = "caption"
        else:
            found[index] = "repeat"
    if "repeat" in found:
        _mark_told_before(lines, shapes, found)


def _mark_told_before(lines: Sequence[Line], shapes: Sequence[Shape], found: list[str]) -> None:
    """Where sentences above the body all come again in it, among others, the body is the later telling: portals sum up so."""
    told = [at for at, rule in enumerate(found) if rule in {"", "repeat"} and shapes[at].kind == "prose"]
    first: dict[str, int] = {}
    again: dict[int, int] = {}
    for at in told:
        before = first.setdefault(_loose(lines[at].text), at)
        if before != at:
            again.setdefault(before, at)
    start, body = min(again, default=0), min(again.values(), default=0)
    above = [at for at in told if start <= at < body]
    if len(above) < _TOLD or not again.keys() >= set(above):
        return
    last = max(again[at] for at in above)
    copies = set(again.values())
    if any(body < at <= last + 2 and at not in copies for at in told):
        for at in above:
            found[at], found[again[at]] = "repeat", ""


def _loose(text: str) -> str:
    """Return a sentence as two tellings are compared: without its dateline, spaces and quotes."""
    line = dateline.read(text) if text[0] in "([【<" else None
    return squashed_title(text[line.end :] if line else text)


def _mark_labelled(lines: Sequence[Line], shapes: Sequence[Shape], found: list[str], index: int) -> None:
    """Return the line under `사진 설명` or `이미지 확대`, if it looks like a caption or a credit follows it."""
    after = index + 1
    if after >= len(lines) or found[after] or shapes[after].kind != "prose":
        return
    shape = shapes[after]
    credited = after + 1 < len(lines) and found[after + 1] == "caption"
    if captions.is_scene(lines[after].text, shape) or (credited and shape.sentences <= 2):
        found[after] = "caption"


def _mark_summary(
    lines: Sequence[Line], shapes: Sequence[Shape], found: list[str], index: int, prose: Sequence[int]
) -> None:
    """Return the sentences under the heading of a summary box, up to the first line that cannot be one."""
    limit = 3 if _THREE.search(lines[index].text) else _SUMMARY_LINES
    taken: list[int] = []
    items = 0
    stopped = False
    for at in range(index + 1, min(len(lines), index + 3 * _SUMMARY_LINES)):
        line, shape = lines[at], shapes[at]
        if found[at] in {"control", "summary-box", "promotion", "interface"}:
            if taken:
                stopped = True
                break
            continue
        sentence = shape.kind in {"prose", "weak"} or (line.tag == "item" and len(line.text) > 12)
        if found[at] or not sentence or len(line.text) > _SUMMARY_LENGTH or len(taken) == limit:
            stopped = stopped or len(taken) < limit
            break
        if taken and (
            (items == len(taken) and line.tag != "item")
            or (line.gap and not lines[taken[-1]].gap and len(taken) > 1)
        ):
            stopped = True
            break
        taken.append(at)
        items += line.tag == "item"
    rest = len(prose) - bisect_right(prose, taken[-1] if taken else index)
    for at in taken[: None if stopped and rest > len(taken) else 3] if rest else ():
        found[at] = "summary-box"


_SPACE_OR_QUOTE = re.compile(r"[\s\"'“”‘’`´]+")


def squashed_title(title: str | None) -> str:
    """Return a title as it is compared: without spaces and quotes."""
    return _SPACE_OR_QUOTE.sub("", title) if title else ""


def opens_with(line: str, title: str) -> bool:
    """Whether a line begins with a squashed title."""
    # Nearly every line differs in its first letter.
    return line.lstrip(" \"'“”‘’`´")[:1] == title[:1] and squashed_title(line[: 2 * len(title)]).startswith(
        title
    )

"""Label the lines that only their neighbours give away: captions under a label or doubled, the page's own summary, copies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import bylines, captions, line_rules
from yoyak.extraction.headline import normalize_title
from yoyak.extraction.line_shape import SENTENCE_END
from yoyak.extraction.page import Line, Lines, Page, relabel

_CAPTION_LABEL = lazy_pattern(
    r"^[\[(<■▲※]*\s?(?:사진|이미지|그래픽|포토)\s?(?:설명|=|캡션)?\s?(?:확대\s?보기|확대|크게\s?보기)?\s?[\])>:：]*$"
)
_ENLARGE_BUTTON = lazy_pattern(r"(?:이미지|사진|그래픽)\s?(?:확대|크게)")
_UNFINISHED = lazy_pattern(r"[가-힣](?:[은는을를의]|에서|으로|[한된인할])$")
_MAX_FIRST_HALF_CHARS = 40
"""Length of the longest first half of a notice that its page breaks over two lines."""
_THREE_LINES = lazy_pattern(r"3\s?줄|세\s?줄")
_MAX_SUMMARY_LINES = 5
_MAX_SUMMARY_CHARS = 220
_MIN_COPIED_SENTENCES, _MIN_COPIED_SHARE = 3, 0.6
"""Sentences of a flat copy of the body, and the share of them that stand above it: tags of speakers hide some."""
_MIN_SUMMARY_SENTENCES = 2
"""Sentences of the shortest summary without a heading."""


def label_first_halves_of_notices(lines: Lines, _page: Page) -> Lines:
    """Label the line above a line of a dialog as `interface` if it is the first half of its sentence."""
    return relabel(
        lines,
        {
            at - 1: "interface"
            for at in range(1, len(lines))
            if lines[at].label == "interface" and _opens_notice(lines[at - 1])
        },
    )


def _opens_notice(line: Line) -> bool:
    """Whether a line stops at a particle, and two of its words are those of a dialog."""
    if line.label or line.shape.kind != "short" or len(line.text) > _MAX_FIRST_HALF_CHARS:
        return False
    return bool(_UNFINISHED.search(line.text)) and line_rules.interface_words(line.text.replace(" ", "")) > 1


def label_summary_boxes(lines: Lines, _page: Page) -> Lines:
    """Label the sentences under the heading of a box in which the page summarizes its own article."""
    if not any(line.label == "summary-box" for line in lines):
        return lines
    prose = [at for at, line in enumerate(lines) if line.shape.kind == "prose"]
    current = list(lines)
    for at in range(len(current)):
        if current[at].label == "summary-box" and current[at].shape.kind != "prose":
            for sentence in _summary_sentences(current, at, prose):
                current[sentence] = current[sentence]._replace(label="summary-box")
    return tuple(current)


def label_marked_captions(lines: Lines, _page: Page) -> Lines:
    """Label the line under `사진 설명` or `이미지 확대` as a caption, if it shows a scene or a credit follows it."""
    labels: dict[int, str] = {}
    for at, line in enumerate(lines[:-1]):
        marks = (line.label in {"control", "caption"} and _CAPTION_LABEL.match(line.text)) or (
            line.label != "summary-box" and _ENLARGE_BUTTON.search(line.text[:12])
        )
        below = lines[at + 1]
        if not marks or below.label or below.shape.kind != "prose":
            continue
        credited = at + 2 < len(lines) and lines[at + 2].label == "caption"
        if captions.is_scene(below.text, below.shape) or (credited and below.shape.sentences <= 2):
            labels[at + 1] = "caption"
    return relabel(lines, labels)


def label_repeated_lines(lines: Lines, _page: Page) -> Lines:
    """Label a line that stands twice: next to each other a caption and its alternative text, apart a copy."""
    seen: dict[str, int] = {}
    labels: dict[int, str] = {}
    for at, line in enumerate(lines):
        if line.shape.kind != "prose" or (line.label and line.label != "caption"):
            continue
        before = seen.setdefault(line.text, at)
        if before == at:
            continue
        if (
            at - before <= 2
            and not any(lines[by].shape.kind == "prose" for by in range(before + 1, at))
            and line.shape.sentences <= 3
            and len(line.text) <= captions.MAX_CAPTION_CHARS
        ):
            labels[before] = labels[at] = "caption"
        else:
            labels[at] = "repeat"
    return relabel(lines, labels)


def label_flat_copies(lines: Lines, _page: Page) -> Lines:
    """Label a line of several sentences that all stand above it on lines of their own: some pages print a body twice."""
    copies = [
        at for at, line in enumerate(lines) if line.shape.sentences >= _MIN_COPIED_SENTENCES and line.is_prose
    ]
    if not copies:
        return lines
    seen: set[str] = set()
    labels: dict[int, str] = {}
    for at, line in enumerate(lines[: copies[-1] + 1]):
        if not line.is_prose:
            continue
        ends = [stop.end() for stop in SENTENCE_END.finditer(line.text)]
        sentences = [
            line.text[start:end].strip(" \"'”’") for start, end in pairwise([0, *ends]) if end - start > 1
        ]
        known = sum(sentence in seen for sentence in sentences)
        if len(sentences) >= _MIN_COPIED_SENTENCES and known >= _MIN_COPIED_SHARE * len(sentences):
            labels[at] = "repeat"
        seen.update(sentences)
    return relabel(lines, labels)


def label_earlier_copy_of_body(lines: Lines, _page: Page) -> Lines:
    """Label the sentences above the body as copies if all of them come again in it: portals summarize an article so."""
    if not any(line.label == "repeat" for line in lines):
        return lines
    prose = [
        at for at, line in enumerate(lines) if line.label in {"", "repeat"} and line.shape.kind == "prose"
    ]
    first: dict[str, int] = {}
    copy_of: dict[int, int] = {}
    for at in prose:
        before = first.setdefault(_comparable(lines[at].text), at)
        if before != at:
            copy_of.setdefault(before, at)
    start, body = min(copy_of, default=0), min(copy_of.values(), default=0)
    above = [at for at in prose if start <= at < body]
    if len(above) < _MIN_SUMMARY_SENTENCES or not copy_of.keys() >= set(above):
        return lines
    last = max(copy_of[at] for at in above)
    copies = set(copy_of.values())
    if not any(body < at <= last + 2 and at not in copies for at in prose):
        return lines
    return relabel(lines, {**dict.fromkeys(above, "repeat"), **{copy_of[at]: "" for at in above}})


def _comparable(text: str) -> str:
    """Return a sentence as two copies are compared: without its dateline, spaces and quotes."""
    opening = bylines.read_dateline(text) if text[0] in "([【<" else None
    return normalize_title(text[opening.end :] if opening else text)


def _summary_sentences(lines: Sequence[Line], heading: int, prose: Sequence[int]) -> list[int]:
    """Return the sentences under the heading of a summary box, up to the first line that cannot be one."""
    limit = 3 if _THREE_LINES.search(lines[heading].text) else _MAX_SUMMARY_LINES
    taken: list[int] = []
    items = 0
    stopped = False
    for at in range(heading + 1, min(len(lines), heading + 3 * _MAX_SUMMARY_LINES)):
        line = lines[at]
        if line.label in {"control", "summary-box", "promotion", "interface"}:
            if taken:
                stopped = True
                break
            continue
        sentence = line.shape.kind in {"prose", "weak"} or (line.tag == "item" and len(line.text) > 12)
        if line.label or not sentence or len(line.text) > _MAX_SUMMARY_CHARS or len(taken) == limit:
            stopped = stopped or len(taken) < limit
            break
        if taken and (
            (items == len(taken) and line.tag != "item")
            or (line.blank_before and not lines[taken[-1]].blank_before and len(taken) > 1)
        ):
            stopped = True
            break
        taken.append(at)
        items += line.tag == "item"
    rest = len(prose) - bisect_right(prose, taken[-1] if taken else heading)
    if not rest:
        return []
    return taken[: None if stopped and rest > len(taken) else 3]


def opens_with(line: str, title: str) -> bool:
    """Whether a line begins with a normalized title."""
    # Nearly every line differs in its first letter.
    return line.lstrip(" \"'“”‘’`´")[:1] == title[:1] and normalize_title(line[: 2 * len(title)]).startswith(
        title
    )

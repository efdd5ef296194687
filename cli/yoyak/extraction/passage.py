"""Which lines of the page are the body: the chosen passages of prose, less teasers, widgets and strangers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yoyak.extraction import body as bodies
from yoyak.extraction import headline, other_articles, times
from yoyak.extraction.line_shape import Shape, is_imperative, is_polite
from yoyak.extraction.page import Line, Page

_AD = re.compile(
    r"^(?:AD|ad|광고|배너|Advertisement|(?:이미지|사진|그래픽)\s?\S{0,3}\s?(?:확대|크게|보기|닫기|설명).{0,4}|원본\s?보기|사진|이미지)$"
)
_ENOUGH = 80
"""Characters. A text without a full stop, given as a row, is believed from here on."""


def find(
    page: Page, shapes: Sequence[Shape], found: list[str], title: str | None, kind: str | None = None
) -> list[int]:
    """Return the indices of the lines that are the body, subheadings among them."""
    lines = page.lines
    runs = bodies.find_runs(lines, shapes, found)
    wanted = page.hints.title or title
    copies = [at for at, line in enumerate(lines) if wanted and headline.is_copy(line.text, wanted)]
    chosen = bodies.choose(runs, lines, found, copies[0] if copies else None)
    if chosen is None:
        return []
    kept = bodies.extend(chosen, runs, lines, found)
    other_articles.cut_strangers(kept, lines, shapes, found, wanted or "")
    other_articles.cut_signed(kept, lines, shapes, found)
    indices = _below_widgets([at for run in kept for at in range(run.start, run.end)], lines, shapes, found)
    _restore(indices, lines, shapes, found)
    if (
        title is None
        and kind is None
        and not _is_recorded(indices, lines, shapes, found)
        and (bodies.is_list(indices, lines, shapes, found) or _is_teaser(indices, lines, shapes, found))
    ):
        return []
    other_articles.cut_headed(kept, lines, shapes, found, wanted or "")
    start = next(
        (n for n, at in enumerate(indices) if not found[at] and shapes[at].kind == "prose"), len(indices)
    )
    indices = indices[start:]
    if indices and indices[0] and opens_section(lines[indices[0] - 1], found[indices[0] - 1]):
        indices.insert(0, indices[0] - 1)
    while indices and indices[0] and _opens(indices[0], lines, shapes, found):
        indices.insert(0, indices[0] - 1)
    while indices and (found[indices[-1]] or shapes[indices[-1]].kind not in {"prose", "weak"}):
        indices.pop()
    while (
        indices
        and indices[-1] + 1 < len(lines)
        and _closes(lines[indices[-1] + 1], shapes, found, indices[-1] + 1)
    ):
        indices.append(indices[-1] + 1)
    return indices


def _opens(first: int, lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]) -> bool:
    """Whether the very short sentence right above the first paragraph is the body's: no deck ends in a verb and a stop."""
    above = first - 1
    text = lines[above].text
    told = text.endswith("다.") and not is_polite(text) and lines[above].inside is not False
    return shapes[above].kind == "weak" and not found[above] and (told or lines[first].hard)


def _closes(line: Line, shapes: Sequence[Shape], found: Sequence[str], at: int) -> bool:
    """Whether a very short sentence right below the last paragraph is its end: a sign-off, a word of farewell."""
    return shapes[at].kind == "weak" and not found[at] and line.text.endswith(".")


def _is_recorded(
    indices: Sequence[int], lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]
) -> bool:
    """Whether a labelled time stands over the passage: an article has one, a list a bare one at each teaser."""
    first = next((at for at in indices if shapes[at].kind == "prose" and not found[at]), None)
    return first is not None and any(
        times.has_labelled_time(lines[at].text) for at in range(max(0, first - 30), first)
    )


def _is_teaser(
    indices: Sequence[int], lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]
) -> bool:
    """Whether the paragraphs are the longest teasers of a page of teasers, and no article of its own."""
    own = [at for at in indices if shapes[at].kind == "prose" and not found[at]]
    if not own or len(own) > 10:
        return False
    ends = [rule for rule in found[own[-1] + 1 : own[-1] + 4] if rule in {"byline", "copyright"}]
    headed = sum(bodies.under_headline(at, lines, shapes, found) for at in own)
    if "copyright" in ends or (ends and headed <= 1 and found.count("byline") <= 2):
        return False
    teasers = [
        at
        for at, line in enumerate(lines)
        if not found[at] and (shapes[at].kind == "prose" or len(line.text) >= 60)
    ]
    marked = set(teasers)
    return bodies.is_list(
        teasers,
        lines,
        [
            own_shape._replace(kind="prose") if at in marked else own_shape
            for at, own_shape in enumerate(shapes)
        ],
        found,
    )


def _below_widgets(
    indices: list[int], lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]
) -> list[int]:
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


def _restore(
    indices: Sequence[int], lines: Sequence[Line], shapes: Sequence[Shape], found: list[str]
) -> None:
    """Return a sentence about services or comments, between two paragraphs of the body, is no dialog."""
    for number in range(1, len(indices) - 1):
        at = indices[number]
        if (
            found[at] in {"interface", "promotion"}
            and shapes[at].kind == "prose"
            and not is_imperative(lines[at].text)
        ):
            before, after = indices[number - 1], indices[number + 1]
            if (
                not found[before]
                and not found[after]
                and shapes[before].kind == shapes[after].kind == "prose"
            ):
                found[at] = ""


def unpunctuated(lines: Sequence[Line], found: Sequence[str]) -> list[int]:
    """Return the lines of a text given with its title that has no sentence: all that no rule names, if they say enough."""
    rest = [at for at, rule in enumerate(found) if not rule]
    return rest if sum(len(lines[at].text) for at in rest) >= _ENOUGH else []


def opens_section(line: Line, rule: str) -> bool:
    """Whether a line is a subheading by its mark, so that a body may begin with it."""
    return (
        not rule and line.text[0] in "◆◇■□●○▣" and len(line.text) <= 40 and line.tag not in {"item", "link"}
    )


def on_board(lines: Sequence[Line], found: Sequence[str], first: int) -> bool:
    """Whether the page is a public office's board: its record counts views and names a department.

    A release has no deck there. What stands between the record and the first sentence is its own text.
    """
    record = " ".join(
        lines[at].text for at in range(max(0, first - 16), first) if found[at] in {"label", "control", "time"}
    )
    return "조회" in record and any(mark in record for mark in ("부서", "작성자", "등록자", "담당자"))

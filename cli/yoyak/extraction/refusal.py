"""When a page holds no article, and what to say it holds."""

from __future__ import annotations

from collections.abc import Sequence

from yoyak.core.messages import plural, text
from yoyak.extraction import times
from yoyak.extraction.line_shape import Shape
from yoyak.extraction.page import Line

SHORTEST = 120
"""Characters. On a page of many lines less prose than this is a notice or a teaser, not an article."""
_BRIEF = 40
"""Characters. Prose under a labelled time is an article from here on, however short."""


def is_notice(
    paragraphs: Sequence[str],
    first: int,
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    found: Sequence[str],
) -> bool:
    """Whether the little that was found is what a dialog, a form or a page of many lines says beside its menus."""
    if sum(map(len, paragraphs)) >= SHORTEST:
        return False
    prose = [rule for rule, own in zip(found, shapes, strict=True) if own.kind == "prose"]
    forms = sum(rule in {"interface", "promotion"} for rule in prose)
    if (
        sum(map(len, paragraphs)) >= _BRIEF
        and times.labelled([line.text for line in lines[max(0, first - 20) : first]]).published
    ):
        return False
    return len(lines) > 12 or (forms > 0 and 2 * forms >= len(prose))


def what_was_seen(source: str, lines: Sequence[Line], shapes: Sequence[Shape], found: Sequence[str]) -> str:
    """Return the message of the error: what the page holds in place of an article."""
    if not lines:
        return text("{source}: no article found: the page has no text", source=source)
    prose = sum(own.kind == "prose" for own in shapes)
    forms = sum(rule in {"interface", "promotion"} for rule in found)
    if prose and forms * 2 >= prose:
        return plural(
            "{source}: no article found: {count} line, mostly menus, forms and notices",
            "{source}: no article found: {count} lines, mostly menus, forms and notices",
            len(lines),
            source=source,
        )
    if prose:
        return plural(
            "{source}: no article found: {count} line, mostly links and headlines, {prose} of them sentences",
            "{source}: no article found: {count} lines, mostly links and headlines, {prose} of them sentences",
            len(lines),
            source=source,
            prose=prose,
        )
    return plural(
        "{source}: no article found: {count} line and no Korean sentence",
        "{source}: no article found: {count} lines and no Korean sentence",
        len(lines),
        source=source,
    )

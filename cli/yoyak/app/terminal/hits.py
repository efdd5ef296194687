"""Results of a search as a person reads them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yoyak.app.terminal.articles import drawn, ink, new_screen
from yoyak.outputs import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from yoyak.outputs.search import Extract, Hit


def hits_view(hits: Sequence[Hit], *, color: bool, width: int) -> str:
    """Title, origin and matching sentences of each article, with the words of the query marked."""
    from rich.padding import Padding

    screen = new_screen(color=color, width=width)
    for number, hit in enumerate(hits):
        if number:
            screen.print()
        screen.print(ink(hit.title or hit.id or hit.source, "bold"))
        published = render.when(datetime.fromisoformat(hit.published)) if hit.published else ""
        screen.print(ink(" · ".join(filter(None, (hit.press, published, hit.source))), "dim"))
        for extract in hit.sentences:
            screen.print(Padding(_marked(extract, color=color), (0, 0, 0, 2)))
    return drawn(screen)


def _marked(extract: Extract, *, color: bool) -> Text:
    """Sentence with its terms in bold, or in brackets without colors."""
    from rich.text import Text

    line = Text()
    at = 0
    for start, end in extract.terms:
        line.append(extract.text[at:start])
        term = extract.text[start:end]
        line.append(term if color else f"【{term}】", "bold green")
        at = end
    line.append(extract.text[at:])
    return line

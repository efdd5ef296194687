"""The terminal: the only place that knows rich, colours and streams. Rich is loaded when something needs it.

streams   encodings, colours, one-line messages
articles  the views of an article
figures   tables of scores
progress  how far a run is
"""

from yoyak.app.console.articles import View, view
from yoyak.app.console.figures import figures_json, table
from yoyak.app.console.progress import Progress, progress_kind
from yoyak.app.console.streams import (
    abandon_stdout,
    choose_colour,
    coloured,
    error,
    prepare_streams,
    say,
    traceback,
    width,
    write_utf8,
)

__all__ = [
    "Progress",
    "View",
    "abandon_stdout",
    "choose_colour",
    "coloured",
    "error",
    "figures_json",
    "prepare_streams",
    "progress_kind",
    "say",
    "table",
    "traceback",
    "view",
    "width",
    "write_utf8",
]

"""The terminal: streams, colors, and the only imports of rich, which is loaded when something needs it.

streams   encodings, colors, one-line messages
articles  views of an article
hits      results of a search
digest    stories and the overview of a digest; imported only by its command
tables    tables and JSON of scores
progress  progress of a run
"""

from yoyak.app.terminal.articles import View, view
from yoyak.app.terminal.hits import hits_view
from yoyak.app.terminal.progress import Progress, progress_kind
from yoyak.app.terminal.streams import (
    abandon_stdout,
    error,
    prepare_streams,
    say,
    set_color,
    traceback,
    uses_color,
    width,
    write_utf8,
)
from yoyak.app.terminal.tables import print_json, table

__all__ = [
    "Progress",
    "View",
    "abandon_stdout",
    "error",
    "hits_view",
    "prepare_streams",
    "print_json",
    "progress_kind",
    "say",
    "set_color",
    "table",
    "traceback",
    "uses_color",
    "view",
    "width",
    "write_utf8",
]

"""Where articles come from: files, folders, archives and standard input, one lazy item for each article.

    paths -> sources -> Item, Item, Item ...       in the order given, folders sorted
    Item  -> load    -> bytes of a page, or a row  in whichever process does the work

`formats` recognizes what a file is, `readers` calls the module that reads it: `tables` (CSV, TSV), `workbook` (xlsx),
`parquet`, `json_rows`, `feeds`, `mail` (also saved pages), `warc`, `archives` (ZIP, tar), `lines`. `records` turns any row
into fields by what they hold, and `encoding` bytes into text.

An item that cannot be read carries its error, so nothing stops a run and nothing is lost silently. Files in folders
that are no articles (hidden, binary, programs, pictures) are skipped, each with its reason; a path that was named is
always read.
"""

from yoyak.inputs.items import File, Item, Line, Page, Skip, load, read_file
from yoyak.inputs.names import argument_text
from yoyak.inputs.paths import files_from, list_files, live, missing, weights
from yoyak.inputs.sources import discover, items_of
from yoyak.inputs.walk import Walk

__all__ = [
    "File",
    "Item",
    "Line",
    "Page",
    "Skip",
    "Walk",
    "argument_text",
    "discover",
    "files_from",
    "items_of",
    "list_files",
    "live",
    "load",
    "missing",
    "read_file",
    "weights",
]

"""Where articles come from: files, folders, row files and standard input, one lazy item for each article.

    paths -> discover -> Item, Item, Item ...      in the order given, folders sorted
    Item  -> load     -> bytes of a page, or a row  in whichever process does the work

An item that cannot be read is an item that carries its error, so nothing stops a run and nothing is lost
without a word. Files inside folders that are no articles (hidden, binary, programs, pictures) are skipped, each
with its reason; a path that was named is always read.
"""

from yoyak.inputs.items import File, Item, Line, Page, Skip, load, read_file
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

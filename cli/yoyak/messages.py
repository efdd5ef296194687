"""The words yoyak says to a person: English in the source, Korean from the catalogue.

Everything printed for a reader passes through `text`; what the article says never does.
"""

from __future__ import annotations


def text(message: str, /, **values: object) -> str:
    """Return `message` in the reader's language with `values` filled in."""
    return message.format(**values) if values else message

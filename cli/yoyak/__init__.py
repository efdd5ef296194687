"""yoyak (요약): key sentences and keywords of Korean news, verbatim.

    from yoyak import extract, summarize

    summary = summarize(Path("article.html"), sentences=3)
    for sentence in summary.sentences:
        print(sentence.text)

Importing the package is fast: the pipeline and Kiwi are loaded at the first call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Digest",
    "Keyword",
    "Options",
    "Quote",
    "Sentence",
    "Summary",
    "YoyakError",
    "digest",
    "extract",
    "summarize",
    "summarize_many",
    "to_frame",
]

_HOMES = {
    "Article": "core.values",
    "Digest": "stories.values",
    "Keyword": "core.values",
    "Quote": "core.values",
    "Sentence": "core.values",
    "Summary": "core.values",
    "Options": "core.options",
    "YoyakError": "core.errors",
    "digest": "api",
    "extract": "api",
    "summarize": "api",
    "summarize_many": "api",
    "to_frame": "api",
}

if TYPE_CHECKING:
    from yoyak.api import digest, extract, summarize, summarize_many, to_frame
    from yoyak.core.errors import YoyakError
    from yoyak.core.options import Options
    from yoyak.core.values import Article, Keyword, Quote, Sentence, Summary
    from yoyak.stories.values import Digest


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

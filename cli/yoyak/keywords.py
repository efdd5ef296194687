"""Keywords."""

from __future__ import annotations

from yoyak.background import Background
from yoyak.model import Analysis, Keyword
from yoyak.options import KeywordOptions


def extract_keywords(analysis: Analysis, *, background: Background, options: KeywordOptions) -> tuple[Keyword, ...]:
    """Keywords of an article."""
    return ()

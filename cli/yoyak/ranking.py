"""Rankers."""

from __future__ import annotations

from yoyak.background import Background
from yoyak.model import Analysis, Ranking
from yoyak.options import RankOptions


def rank(analysis: Analysis, *, options: RankOptions, background: Background, words: tuple[tuple[str, str], ...] = ()) -> Ranking:
    """Score every sentence."""
    n = len(analysis.sentences)
    return Ranking(scores=tuple(1 - s.index / n for s in analysis.sentences))

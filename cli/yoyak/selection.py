"""Choose sentences under a budget."""

from __future__ import annotations

from yoyak.model import Analysis, Ranking
from yoyak.options import RankOptions


def select(analysis: Analysis, ranking: Ranking, *, options: RankOptions) -> tuple[int, ...]:
    """Indices of the chosen sentences, in article order."""
    order = sorted((s.index for s in analysis.sentences if s.candidate), key=lambda i: -ranking.scores[i])
    return tuple(sorted(order[: options.length.sentences]))

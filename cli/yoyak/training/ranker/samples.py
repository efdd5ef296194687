"""Labelled articles to learn from: features and wording of their sentences, and a graded target."""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

import numpy as np

from yoyak.core.values import Analysis, Sentence
from yoyak.ranking.features import FeatureMatrix, candidates, measure, wording

if TYPE_CHECKING:
    from yoyak.ranking.graph import Vector
    from yoyak.training.labels import Label

ACCEPTABLE_TARGET = 0.5
"""Target of a sentence that an editor could have chosen; a chosen sentence has 1, all others 0."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled article. `matrix`, `sentences`, `patterns` and `target` are in the same order."""

    analysis: Analysis
    matrix: FeatureMatrix
    sentences: tuple[Sentence, ...]
    patterns: tuple[tuple[tuple[str, str], ...], ...]
    target: Vector
    chosen: frozenset[int]
    acceptable: frozenset[int] | None


def sample_of(label: Label, analysis: Analysis) -> Sample | None:
    """Make a sample; None if nobody chose a sentence, or the model can choose no chosen or acceptable one."""
    if not analysis.sentences or not label.chosen:
        return None
    sentences = tuple(candidates(analysis))
    accepted = label.acceptable or frozenset()
    target = np.array(
        [1.0 if s.index in label.chosen else ACCEPTABLE_TARGET * (s.index in accepted) for s in sentences]
    )
    if not target.any():
        return None
    return Sample(
        analysis=analysis,
        matrix=measure(analysis, sentences),
        sentences=sentences,
        patterns=tuple(
            tuple((kind, intern(pattern)) for kind, own in wording(s.tokens).items() for pattern in own)
            for s in sentences
        ),
        target=target,
        chosen=label.chosen,
        acceptable=label.acceptable,
    )

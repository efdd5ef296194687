"""Options of training and evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from yoyak.app import values
from yoyak.app.flags.declare import option
from yoyak.core.messages import text
from yoyak.core.options import METHODS


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainFlags:
    """How a model is made."""

    learn_keywords: Annotated[
        bool,
        option(
            text("Training"),
            "--keywords",
            help=text(
                "Learn what a keyword is, from `keywords`, hashtags at the foot of a text, and titles."
            ),
        ),
    ] = False
    ablate: Annotated[
        bool,
        option(text("Training"), "--ablate", help=text("Also measure what each group of features is worth.")),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateFlags:
    """What is measured and held."""

    methods: Annotated[
        str,
        option(
            text("Evaluation"),
            "--methods",
            metavar="NAME,...",
            parser=values.choices(METHODS),
            help=text("Methods to compare: {names}.", names=", ".join(METHODS)),
        ),
    ] = "hybrid,lead"
    floors: Annotated[
        Path | None,
        option(
            text("Evaluation"),
            "--floors",
            metavar="FILE",
            help=text("Fail with exit code 1 where a score falls under the floor in this file."),
        ),
    ] = None
    raise_floors: Annotated[
        bool,
        option(
            text("Evaluation"),
            "--raise-floors",
            help=text("Write today's scores as new floors; none is lowered."),
        ),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresFlags:
    """How figures are printed."""

    json: Annotated[bool, option(text("Output"), "--json", help=text("Print the figures as JSON."))] = False

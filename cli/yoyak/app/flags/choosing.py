"""Options of how sentences and keywords are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from yoyak.app import values
from yoyak.app.flags.declare import choice_option, option
from yoyak.core.messages import text
from yoyak.core.options import METHODS


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFlags:
    """How sentences and keywords are chosen."""

    sentences: Annotated[
        int | None,
        option(
            text("Summary"),
            "--sentences",
            "-n",
            metavar="N",
            parser=values.whole(1),
            help=text("How many key sentences (3)."),
        ),
    ] = None
    ratio: Annotated[
        float | None,
        option(
            text("Summary"),
            "--ratio",
            metavar="SHARE",
            parser=values.real(above=0, to=1),
            help=text("Share of the article's sentences: 0.2 or 20%."),
        ),
    ] = None
    chars: Annotated[
        int | None,
        option(
            text("Summary"),
            "--chars",
            metavar="N",
            parser=values.whole(1),
            help=text("At most this many characters, in whole sentences: 200 for a push message."),
        ),
    ] = None
    query: Annotated[
        str | None,
        option(
            text("Summary"),
            "--query",
            metavar="WORDS",
            help=text("Choose sentences that answer these words."),
        ),
    ] = None
    method: Annotated[
        str | None,
        choice_option(
            text("Summary"), "--method", among=METHODS, help=text("How sentences are scored (hybrid).")
        ),
    ] = None
    diversity: Annotated[
        float | None,
        option(
            text("Summary"),
            "--diversity",
            metavar="0..1",
            parser=values.real(above=0, to=1, closed=True),
            help=text("How much a sentence loses for repeating another: 0 nothing, 1 everything."),
        ),
    ] = None
    keywords: Annotated[
        int | None,
        option(
            text("Summary"),
            "--keywords",
            "-k",
            metavar="N",
            parser=values.whole(0),
            help=text("At most this many keywords (8); 0 for none."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryFlags:
    """Words the analyzer is told."""

    user_dict: Annotated[
        Path | None,
        option(
            text("Summary"),
            "--user-dict",
            metavar="FILE",
            help=text("Words to know: one a line, a tag such as NNP after it if wanted."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFlags:
    """What is known before an article is read."""

    stopwords: Annotated[
        Path | None,
        option(
            text("Summary"),
            "--stopwords",
            metavar="FILE",
            help=text("Words that are never keywords, one a line."),
        ),
    ] = None
    model: Annotated[
        Path | None,
        option(
            text("Summary"), "--model", metavar="FILE", help=text("A ranking model made by `yoyak train`.")
        ),
    ] = None
    keyword_model: Annotated[
        Path | None,
        option(
            text("Summary"),
            "--keyword-model",
            metavar="FILE",
            help=text("A keyword model made by `yoyak train --keywords`."),
        ),
    ] = None
    background: Annotated[
        Path | None,
        option(
            text("Summary"),
            "--background",
            metavar="FILE",
            help=text("Word statistics made by `yoyak background`."),
        ),
    ] = None

"""Keywords: compounds and names as the article prints them.

runs        nouns that touch
candidates  every compound and name, with where it stands
scoring     what tells a keyword, and the learned weights
choose      the best of them, none inside another
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yoyak.background import Background
from yoyak.errors import OptionError
from yoyak.keywords import candidates, lexicon, scoring
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.runs import shortens, squash
from yoyak.messages import refusal, text
from yoyak.model import Analysis, Keyword
from yoyak.options import KeywordOptions

# After this many keywords the next one must be worth its place: rather five good ones than eight.
ENOUGH = 5
WORTH = 0.05


def extract_keywords(
    analysis: Analysis, *, background: Background, options: KeywordOptions
) -> tuple[Keyword, ...]:
    """Keywords of an article, best first, at most `options.limit`; fewer where the article has no more.

    `term` is a slice of the body or of the title, `score` its chance to be a keyword (0 to 1), `count` how
    often it stands in both.
    """
    able, rows = weigh(analysis, background=background, options=options)
    scores = scoring.chances(able, rows, model=options.model)
    title, body = analysis.article.title or "", analysis.article.text
    return tuple(
        Keyword(able[i].surface, scores[i], title.count(able[i].surface) + body.count(able[i].surface))
        for i in choose(able, scores, options.limit)
    )


def weigh(
    analysis: Analysis, *, background: Background, options: KeywordOptions
) -> tuple[list[Candidate], scoring.Matrix]:
    """Candidates that may be keywords, and their features: one row of `scoring.FEATURES` for each."""
    words = lexicon.load()
    found = candidates.find(analysis, words)
    stop = frozenset(map(squash, options.stopwords))
    able = scoring.eligible(found, words, stop)
    size = max(scoring.SHORTLIST, scoring.SHORTLIST_EACH * options.limit)
    able = scoring.shortlist(able, size)
    rows = scoring.features(
        able,
        found,
        title=analysis.article.title or "",
        sentences=max(1, len(analysis.sentences)),
        background=background,
    )
    return able, rows


def choose(able: Sequence[Candidate], scores: Sequence[float], limit: int) -> list[int]:
    """Choose the indices of the best candidates, best first, none of which says what another does."""
    chosen: list[Candidate] = []
    kept: list[int] = []
    for i in sorted(range(len(able)), key=lambda i: -scores[i]):
        if len(kept) == limit or (scores[i] < WORTH and len(kept) >= ENOUGH):
            break
        if not any(_repeats(able[i], other) for other in chosen):
            chosen.append(able[i])
            kept.append(i)
    return kept


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Whether two terms are not worth printing both.

    One holds the other (예산, 예산안), is the other cut short (국토부, 국토교통부), or is the first half of a name of
    which the other is the second (도널드, 트럼프).
    """
    if (one.half and one.partner == other.key) or (other.half and other.partner == one.key):
        return True
    for key in (one.key, *one.merged):
        for taken in (other.key, *other.merged):
            if key in taken or taken in key:
                return True
            if key[0] == taken[0] and key[-1] == taken[-1]:
                short, long = sorted((key, taken), key=len)
                if shortens(short, long):
                    return True
    return False


def read_stopwords(path: Path) -> frozenset[str]:
    """Read terms never to be printed: one a line, lines that begin with `#` are comments. Raises OptionError."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=refusal(error))
        ) from error
    except UnicodeDecodeError as error:
        raise OptionError(text("{path} is no UTF-8 text.", path=path)) from error
    terms = (line.strip() for line in lines)
    return frozenset(squash(term) for term in terms if not term.startswith("#")) - {""}

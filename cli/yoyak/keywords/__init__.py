"""Keywords: compounds and names as the article prints them.

runs        nouns that touch
candidates  every compound and name, with where it stands
scoring     what tells a keyword, and the learned weights
choose      the best of them, none inside another
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from yoyak.background import Background
from yoyak.errors import OptionError
from yoyak.keywords import candidates, lexicon, scoring
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.runs import shortens, squash
from yoyak.messages import refusal, text
from yoyak.model import Analysis, Article, Keyword
from yoyak.options import KeywordOptions

# After this many keywords the next one must be worth its place: rather five good ones than eight.
ENOUGH = 5
# A numbered term stands for its first word from this many mentions on, and from this share of that word's.
TOGETHER = 2
SHARE = 0.5
# What a term is rated over its words, which are left out then for saying what it says: this share of what is left.
OVER = 0.001
# Quotation marks in title and lead name a thing; once, they may quote somebody.
NAMED = 2
# What may end a word that the analyzer took for a noun, and in how many documents of the background it would
# stand if it were one.
_VERB_ENDS = frozenset("고며")
_PARTICLES = frozenset("의를을은는")
FEW = 3
WORTH = 0.05


def extract_keywords(
    analysis: Analysis, *, background: Background, options: KeywordOptions
) -> tuple[Keyword, ...]:
    """Keywords of an article, best first, at most `options.limit`; fewer where the article has no more.

    `term` is a slice of the body or of the title, `score` its chance to be a keyword (0 to 1), `count` how
    often it stands in both.
    """
    able, rows = weigh(analysis, background=background, options=options)
    scores = rate(able, scoring.chances(able, rows, model=options.model))
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
    stop = frozenset(map(squash, options.stopwords)) | _makers(analysis.article)
    able = scoring.eligible(found, words, stop)
    size = max(scoring.SHORTLIST, scoring.SHORTLIST_EACH * options.limit)
    able = [c for c in scoring.shortlist(able, size) if not _is_torn_word(c, background)]
    rows = scoring.features(
        able,
        found,
        title=analysis.article.title or "",
        sentences=max(1, len(analysis.sentences)),
        background=background,
    )
    return able, rows


def _makers(article: Article) -> frozenset[str]:
    """Who wrote and printed the article, if the title does not say that it is about them."""
    heading = squash(article.title or "")
    makers = (squash(name) for name in (*article.reporters, article.press or ""))
    return frozenset(name for name in makers if name not in heading)


def _is_torn_word(candidate: Candidate, background: Background) -> bool:
    """Whether it is a verb's form in a title (버티고) or a noun with its particle (남해안의), not a name."""
    key = candidate.key
    if len(candidate.parts) > 1 or len(key) < 3:
        return False
    if key[-1] in _VERB_ENDS:
        return candidate.proper and not candidate.count and background.df(key) < FEW
    return (
        key[-1] in _PARTICLES
        and not candidate.proper
        and not background.df(key)
        and background.df(key[:-1]) >= FEW
    )


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


def rate(able: Sequence[Candidate], scores: Sequence[float]) -> list[float]:
    """Rate a term of several words no lower than its words, if it is named so: '달맞이 고개', 임상 3상.

    Not every two nouns that mostly stand together: publishers print the nouns of such a pair apart, and taking
    the pair for them costs 0.01 of F1@5.
    """
    rated = list(scores)
    place: dict[str, int] = {}
    for i, term in enumerate(able):
        if len(term.parts) < 2:
            place[term.key] = i
    for i, term in enumerate(able):
        if len(term.parts) > 1 and (
            term.named >= NAMED or (term.parts[-1][0].isdigit() and _is_series(term, able, place))
        ):
            rated[i] = max([rated[i], *(_over(rated[place[part]]) for part in term.parts if part in place)])
    return rated


def _over(chance: float) -> float:
    return chance + OVER * (1.0 - chance)


def _is_series(term: Candidate, able: Sequence[Candidate], place: Mapping[str, int]) -> bool:
    """Whether a number in a row ends the term, which its first word hardly stands without."""
    if term.parts[-1].isdigit() or term.parts[0] not in place:
        return False
    first = able[place[term.parts[0]]]
    together = term.count + term.title + term.subtitle
    return together >= TOGETHER and together >= SHARE * (first.count + first.title + first.subtitle)


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

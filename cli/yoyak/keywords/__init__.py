"""Keywords: compounds and names as the article prints them.

runs        nouns that touch
candidates  every compound and name, with where it stands
scoring     what tells a keyword, and the learned weights
choose      the best of them, none inside another
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from pathlib import Path

from yoyak.core.errors import DecodeError, OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.core.options import KeywordOptions
from yoyak.core.values import Analysis, Article, Keyword
from yoyak.inputs.encoding import decode
from yoyak.keywords import candidates, lexicon, model
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.runs import is_korean_name, shortens, squash
from yoyak.nlp.document_frequency import Background

# After this many keywords the next one must be worth its place: rather five good ones than eight.
ENOUGH = 5
# 임상 3상 stands for 임상, and XR 안경 for 안경, from this many mentions on, and from this share of that word's.
TOGETHER = 2
SHARE = 0.5
# Longest acronym.
ACRONYM = 4
# What a term is rated over its words, which are left out then for saying what it says: this share of what is left.
OVER = 0.001
# What a term is worth beside one that holds it or that it holds (전남, 전남교육청), and by how many letters the
# longer of two must be so.
NESTED = 0.7
APART = 2
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
    chosen = choose(able, rate(able, model.chances(able, rows, model=options.model)), options.limit)
    title, body = analysis.article.title or "", analysis.article.text
    return tuple(
        Keyword(able[i].surface, score, title.count(able[i].surface) + body.count(able[i].surface))
        for i, score in chosen.items()
    )


def weigh(
    analysis: Analysis, *, background: Background, options: KeywordOptions
) -> tuple[list[Candidate], model.Matrix]:
    """Candidates that may be keywords, and their features: one row of `scoring.FEATURES` for each."""
    words = lexicon.load()
    found = candidates.find(analysis, words)
    stop = frozenset(map(squash, options.stopwords)) | _makers(analysis.article)
    able = model.eligible(found, words, stop)
    size = max(model.SHORTLIST, model.SHORTLIST_EACH * options.limit)
    able = [c for c in model.shortlist(able, size) if not _is_torn_word(c, background)]
    rows = model.features(
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


def choose(able: Sequence[Candidate], scores: Sequence[float], limit: int) -> dict[int, float]:
    """Choose the best candidates, best first: index to score.

    None says what another does. One that holds another, or is held by it, has to be worth more than others: its
    score counts for less, and after the first few it is left out.
    """
    kept: dict[int, float] = {}
    waiting = [(-score, i, 0) for i, score in enumerate(scores)]
    heapify(waiting)
    while waiting and len(kept) < limit:
        score, i, compared = heappop(waiting)
        if -score < WORTH and len(kept) >= ENOUGH:
            break
        left = min([_left(able[i], able[other]) for other in list(kept)[compared:]], default=1.0)
        if left == 1.0:
            kept[i] = -score
        elif left and len(kept) < ENOUGH:
            heappush(waiting, (score * left, i, len(kept)))
    return kept


def rate(able: Sequence[Candidate], scores: Sequence[float]) -> list[float]:
    """Rate a term of several words no lower than its words, if it is named so: '달맞이 고개', 임상 3상, XR 안경.

    Not every two nouns that mostly stand together: publishers print the nouns of such a pair apart, and taking
    the pair for them costs 0.01 of F1@5.
    """
    rated = list(scores)
    place: dict[str, int] = {}
    for i, term in enumerate(able):
        if len(term.parts) < 2:
            place[term.key] = i
    for i, term in enumerate(able):
        if len(term.parts) > 1 and (_is_named(term) or _is_kept_together(term, able, place)):
            rated[i] = max([rated[i], *(_over(rated[place[part]]) for part in term.parts if part in place)])
    return rated


def _over(chance: float) -> float:
    return chance + OVER * (1.0 - chance)


def _is_named(term: Candidate) -> bool:
    """Whether quotation marks say that it is a name: in title and lead, or in the title and the body has it too."""
    return term.named >= NAMED or bool(term.named and term.title and term.count)


def _is_kept_together(term: Candidate, able: Sequence[Candidate], place: Mapping[str, int]) -> bool:
    """Whether it ends in a number in a row or begins with an acronym, and that word hardly stands without it."""
    first, last = term.parts[0], term.parts[-1]
    if last[0].isdigit() and not last.isdigit():
        word = first
    elif (
        len(term.parts) == 2
        and len(first) <= ACRONYM
        and first.isascii()
        and first.isalpha()
        and first in place
    ):
        word = last
    else:
        return False
    if word not in place:
        return False
    together = _mentions(term)
    return together >= TOGETHER and together >= SHARE * _mentions(able[place[word]])


def _mentions(term: Candidate) -> int:
    return term.count + term.title + term.subtitle


def _left(one: Candidate, other: Candidate) -> float:
    """Tell what is left of the worth of a term when the other is printed.

    Nothing of what is the other cut short (국토부, 국토교통부), a part of it that is no word (우크라, 우크라이나), the same
    but for a syllable (예산, 예산안), or the first half of a name of which the other is the second (도널드, 트럼프).
    """
    if (one.half and _is_half(one, other)) or (other.half and _is_half(other, one)):
        return 0.0
    if not one.merged and not other.merged:
        return _beside(one.key, other.key, one, other)
    return min(
        _beside(key, taken, one, other)
        for key in (one.key, *one.merged)
        for taken in (other.key, *other.merged)
    )


def _beside(key: str, taken: str, one: Candidate, other: Candidate) -> float:
    """Tell the same of one spelling of each."""
    if key in taken or taken in key:
        longer = one if len(key) > len(taken) else other
        apart = abs(len(key) - len(taken)) >= APART
        return NESTED if apart and not longer.whole and len(longer.parts) == 1 else 0.0
    if key[0] == taken[0] and key[-1] == taken[-1]:
        short, long = sorted((key, taken), key=len)
        if shortens(short, long):
            return 0.0
    return 1.0


def _is_half(one: Candidate, other: Candidate) -> bool:
    """Whether it is the given name of another, not a Korean's whole name before an office (이재명 대통령)."""
    return (
        one.partner == other.key
        and other.proper
        and not other.role
        and not is_korean_name(one.key, lexicon.load())
    )


def read_stopwords(path: Path) -> frozenset[str]:
    """Read terms never to be printed: one a line, lines that begin with `#` are comments; UTF-8, UTF-16 or CP949.

    Raises OptionError.
    """
    try:
        words = decode(path.read_bytes(), source=str(path)).text
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=describe_os_error(error))
        ) from error
    except DecodeError as error:
        raise OptionError(error.message) from error
    terms = (line.strip() for line in words.splitlines())
    return frozenset(squash(term) for term in terms if not term.startswith("#")) - {""}

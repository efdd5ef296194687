"""Keywords: names and compounds as the article prints them.

words       nouns that touch each other
candidates  every word and every row of words, with its mentions
features    a shortlist of candidates, and numbers that describe them
model       their scores, by boosted trees fitted to an editor's keywords
select      the best of them, without overlap
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yoyak.core.errors import DecodeError, OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.core.options import KeywordOptions
from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Analysis, Article, Keyword
from yoyak.inputs.encoding import decode
from yoyak.keywords import features, lexicon, model
from yoyak.keywords.candidates import SUBTITLE, Candidate, find
from yoyak.keywords.select import choose
from yoyak.keywords.words import squash
from yoyak.nlp.document_frequency import Background

# Words inside English titles that neither begin nor end a term, except a whole title in quotation marks.
_ENGLISH_INSIDE = frozenset(
    [
        "and",
        "are",
        "as",
        "at",
        "but",
        "by",
        "de",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "vs",
        "with",
    ]
)
# A word in lower-case Latin letters that a Korean word touches: the remains of an address (abc물갈이).
_GLUED = lazy_pattern(r"[a-z]{2,}[가-힣]")
_PARTICLES = frozenset("의를을은는가와과")
_VERB_ENDS = frozenset("고며")
MIN_KNOWN = 3  # background documents with a word that Korean has


def extract_keywords(
    analysis: Analysis, *, background: Background, options: KeywordOptions
) -> tuple[Keyword, ...]:
    """Keywords of an article, best first: at most `options.limit`, fewer if the article has no more.

    `term` is a slice of the body or the title, `score` the probability that an editor would choose it (0 to 1),
    `count` its number of occurrences in title and body. Raises OptionError for a wrong model file.
    """
    if not options.limit:
        return ()
    found, candidates, rows = describe(analysis, background=background, options=options)
    scores = model.load(options.model).probabilities(candidates, rows)
    title, body = analysis.article.title or "", analysis.article.text
    terms = [(candidates[i].surface, score) for i, score in choose(candidates, scores, found, options.limit)]
    return tuple(Keyword(term, score, title.count(term) + body.count(term)) for term, score in terms)


def describe(
    analysis: Analysis, *, background: Background, options: KeywordOptions
) -> tuple[dict[str, Candidate], list[Candidate], features.Matrix]:
    """All candidates by key, the shortlisted ones, and one row of `features.FEATURES` for each of these."""
    words = lexicon.load()
    found = find(analysis, words)
    able = eligible(found, analysis.article, words=words, background=background, stopwords=options.stopwords)
    shortlist = features.shortlist(able, words, size=max(features.SHORTLIST, 3 * options.limit))
    rows = features.matrix(shortlist, found, analysis, lexicon=words, background=background)
    return found, shortlist, rows


def eligible(
    found: Mapping[str, Candidate],
    article: Article,
    *,
    words: lexicon.Lexicon,
    background: Background,
    stopwords: frozenset[str],
) -> list[Candidate]:
    """Candidates that may be keywords: no stopwords, no names of the authors, no fragments."""
    excluded = frozenset(map(squash, stopwords)) | _authors(article) | _english_pieces(found)
    return [
        candidate
        for key, candidate in found.items()
        if candidate.mentions[0].sentence != SUBTITLE
        and key not in excluded
        and key not in words.never
        and (key not in words.roles or key in words.offices)
        and not _is_fragment(candidate, found, words, background)
    ]


def _authors(article: Article) -> frozenset[str]:
    """Return reporters and outlet of the article, unless the title names them as its subject."""
    heading = squash(article.title or "")
    authors = (squash(name) for name in (*article.reporters, article.press or ""))
    return frozenset(name for name in authors if name not in heading)


def _english_pieces(found: Mapping[str, Candidate]) -> frozenset[str]:
    """Return the words of English phrases that never stand alone (Warm Intelligence)."""
    return frozenset(
        part
        for candidate in found.values()
        if len(candidate.parts) > 1 and candidate.surface.isascii()
        for part in candidate.parts
        if part in found and len(found[part].mentions) <= len(candidate.mentions)
    )


def _is_fragment(
    candidate: Candidate, found: Mapping[str, Candidate], words: lexicon.Lexicon, background: Background
) -> bool:
    """Whether a candidate is a piece of a longer phrase, or a word that Kiwi read or joined wrongly."""
    parts, key = candidate.parts, candidate.key
    if not candidate.tokens:
        return False
    if candidate.latin:
        printed = candidate.surface.split()
        if printed[0] in _ENGLISH_INSIDE or printed[-1] in _ENGLISH_INSIDE:
            return True
    if len(parts) > 1:
        first = candidate.mentions[0]
        return (
            parts[0] in words.outer
            or parts[-1] in words.outer
            # 김 사장
            or (parts[0] in words.surnames and parts[1] in words.roles)
            # 10명 사망
            or (
                key[0].isdigit() and len(candidate.mentions) == 1 and first.sentence >= 0 and not first.quoted
            )
        )
    if key[0].isdigit() or _GLUED.match(candidate.surface):
        return not background.df(key)
    if key[-1] in _PARTICLES:
        # 저커버그가 beside 저커버그, 남해안의 beside 남해안
        return key[:-1] in found or (not background.df(key) and background.df(key[:-1]) >= MIN_KNOWN)
    return key[-1] in _VERB_ENDS and len(key) > 2 and candidate.proper and background.df(key) < MIN_KNOWN


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

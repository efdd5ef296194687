"""Candidates: every compound and name of an article, as printed.

    tokens -> runs (nouns that touch) -> mentions (runs trimmed, and runs a space apart) -> candidates

Kiwi cuts compounds (데이터/센터, 고/대역/폭/메모리) and names it does not know (김/건/희); what a reader takes for
one word has no space in it, so nouns that touch are joined on the surface, whatever their tags say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yoyak.keywords.lexicon import Lexicon
from yoyak.model import Analysis, Token

# What a tag may do in a run: 1 start or go on, 2 only go on, 3 join two nouns that touch it on both sides.
_KIND = {
    **dict.fromkeys(("NNG", "NNP", "SL", "SH", "SN", "XPN", "XR", "NR"), 1),
    **dict.fromkeys(("NNB", "XSN", "MM"), 2),
    **dict.fromkeys(("SO", "SW", "JKG", "SP"), 3),
}
_CORE = frozenset(("NNG", "NNP", "SL"))
# Suffixes that are grammar, not name: plurals, honorifics, quantities.
_LOOSE = frozenset(("들", "님", "씩", "쯤", "째", "가량", "짜리", "여", "께", "끼리", "별"))
_MARKS = re.compile(r"[^0-9a-z가-힣一-鿿]+")
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}\Z")


def squash(text: str) -> str:
    """`text` in lower case without spaces and marks: two spellings of one term are equal then."""
    return _MARKS.sub("", text.lower())


@dataclass(slots=True)
class Run:
    """Nouns that touch each other: `text[start:end]`, tokens `first` to `last` inclusive."""

    start: int
    end: int
    first: int
    last: int
    key: str
    surface: str
    tags: str
    role: bool = False


@dataclass(slots=True)
class Candidate:
    """A term of the article and where it stands. Positions count runs of the body from 0."""

    key: str
    surface: str
    words: int
    """1 for a run, more for runs a space apart."""
    parts: tuple[str, ...]
    """Keys of its words."""
    tags: str
    forms: tuple[str, ...] = ()
    count: int = 0
    first: int = -1
    last: int = -1
    sentences: list[int] = field(default_factory=list)
    title: int = 0
    """Mentions in the title."""
    title_at: int = -1
    subtitle: int = 0
    subject: int = 0
    """Mentions with 이/가 or 은/는."""
    verbal: int = 0
    """Mentions that a 하다 or 되다 makes a verb of."""
    quoted: int = 0
    nested: int = 0
    """Mentions inside a longer run or beside another noun."""
    person: int = 0
    """Mentions with a title after them, and mentions by family name and title."""
    glossed: int = 0


def runs(tokens: Sequence[Token], text: str, lexicon: Lexicon) -> Iterator[Run]:
    """Yield the noun runs of a sentence, trimmed, in order."""
    start = first = -1
    end = -1
    for index, (_form, tag, token_start, token_end) in enumerate(tokens):
        kind = _KIND.get(tag, 0)
        if start >= 0:
            if kind and token_start == end and (kind != 3 or _joins(tokens, index, text)):
                end = token_end
                continue
            run = _trim(tokens, first, index - 1, text, lexicon)
            if run is not None:
                yield run
            start = -1
        if kind == 1 and token_start >= end:
            start, first, end = token_start, index, token_end
        elif token_end > end:
            end = token_end
    if start >= 0:
        run = _trim(tokens, first, len(tokens) - 1, text, lexicon)
        if run is not None:
            yield run


def _joins(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether the mark or particle at `index` holds two nouns together (R&D, GPT-4o, 12·29, 국민의힘)."""
    if index + 1 >= len(tokens) or index == 0:
        return False
    token, before, after = tokens[index], tokens[index - 1], tokens[index + 1]
    if after.start != token.end or _KIND.get(after.tag) != 1:
        return False
    if token.tag == "JKG":
        return token.form == "의" and after.tag in ("NNG", "NNP") and before.tag in ("NNG", "NNP")
    mark = text[token.start : token.end]
    if mark == "·":
        return before.tag == "SN" and after.tag == "SN"
    if mark == "&":
        return before.tag == "SL" and after.tag in ("SL", "NNP")
    if mark in "-+":
        return before.tag in ("SL", "SN") or after.tag in ("SL", "SN")
    return False


def _trim(tokens: Sequence[Token], first: int, last: int, text: str, lexicon: Lexicon) -> Run | None:
    """Cut what is grammar or number off both ends of a run; None if no name is left."""
    if not _cut_name(tokens, first, last, lexicon):
        while last >= first:
            form, tag, _, _ = tokens[last]
            if tag in ("NNB", "MM", "XPN") or (tag == "XSN" and form in _LOOSE):
                last -= 1
            else:
                break
        if last >= first and tokens[last].tag == "XSN" and tokens[last].form == "적":
            return None
        if last >= first and tokens[first].tag in ("SN", "NR"):
            first = _after_number(tokens, first, last, lexicon)
        while first < last and tokens[first].tag == "SH" and tokens[first + 1].tag != "SH":
            first += 1
    if last < first:
        return None
    tags = [token.tag for token in tokens[first : last + 1]]
    if not _CORE.intersection(tags):
        return None
    start, end = tokens[first].start, tokens[last].end
    surface = text[start:end]
    key = squash(surface)
    return Run(start, end, first, last, key, surface, " ".join(tags), key in lexicon.roles)


def _cut_name(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a run is a name of three syllables that came apart (김/건/희)."""
    return (
        last - first == 2
        and tokens[first].form in lexicon.surnames
        and all(token.end - token.start == 1 for token in tokens[first : last + 1])
        and tokens[first].tag in ("NNP", "NNG", "NNB")
    )


def _after_number(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Index of the first token of a run that is no part of its leading quantity."""
    at = first
    while at <= last and (
        tokens[at].tag in ("SN", "NR", "NNB", "SW", "SP") or tokens[at].form in lexicon.units
    ):
        at += 1
    if at > last:
        return at
    # 2차전지, 5G망, 4대강: what touches its number is named by it, unless a unit of count stands between.
    return first


def find(analysis: Analysis, lexicon: Lexicon) -> dict[str, Candidate]:
    """All candidates of an article by key, in order of first appearance in the title, then the body."""
    found: dict[str, Candidate] = {}
    article = analysis.article
    title = article.title or ""
    _add(found, analysis.title, title, lexicon, place="title", sentence=-1, at=0)
    for head, tokens in zip(article.subtitles, analysis.subtitles, strict=False):
        _add(found, tokens, head, lexicon, place="subtitle", sentence=-1, at=0)
    at = 0
    for sentence in analysis.sentences:
        at = _add(found, sentence.tokens, article.text, lexicon, place="body", sentence=sentence.index, at=at)
    return found


def _add(
    found: dict[str, Candidate],
    tokens: Sequence[Token],
    text: str,
    lexicon: Lexicon,
    *,
    place: str,
    sentence: int,
    at: int,
) -> int:
    own = list(runs(tokens, text, lexicon))
    n = len(own)
    for i, run in enumerate(own):
        here = at + i
        after = tokens[run.last + 1] if run.last + 1 < len(tokens) else None
        touching = after is not None and after.start == run.end
        following = own[i + 1] if i + 1 < n and own[i + 1].first == run.last + 1 else None
        spaced = following is not None and following.start == run.end + 1 and text[run.end] == " "
        before = own[i - 1] if i and own[i - 1].last + 1 == run.first else None
        preceded = before is not None and before.end + 1 == run.start and text[before.end] == " "
        candidate = _see(found, run.key, run.surface, 1, (run.key,), run.tags, place, sentence, here)
        if not candidate.forms:
            candidate.forms = tuple(f"{t.form}/{t.tag}" for t in tokens[run.first : run.last + 1])
        if touching and after is not None:
            if after.tag in ("JKS", "JX"):
                candidate.subject += 1
            elif after.tag in ("XSV", "XSA"):
                candidate.verbal += 1
        if run.first and tokens[run.first - 1].tag == "SSO" and touching and after is not None and after.tag == "SSC":
            candidate.quoted += 1
        if spaced or preceded:
            candidate.nested += 1
        if spaced and following is not None and following.role:
            candidate.person += 1
        if spaced and following is not None:
            tags = f"{run.tags}_{following.tags}"
            pair = _see(
                found,
                run.key + following.key,
                text[run.start : following.end],
                2,
                (run.key, following.key),
                tags,
                place,
                sentence,
                here,
            )
            pair.forms = pair.forms or (*candidate.forms, "")
            third = own[i + 2] if i + 2 < n and own[i + 2].first == following.last + 1 else None
            if third is not None and third.start == following.end + 1 and text[following.end] == " ":
                _see(
                    found,
                    run.key + following.key + third.key,
                    text[run.start : third.end],
                    3,
                    (run.key, following.key, third.key),
                    f"{tags}_{third.tags}",
                    place,
                    sentence,
                    here,
                )
    return at + n


def _see(
    found: dict[str, Candidate],
    key: str,
    surface: str,
    words: int,
    parts: tuple[str, ...],
    tags: str,
    place: str,
    sentence: int,
    at: int,
) -> Candidate:
    candidate = found.get(key)
    if candidate is None:
        candidate = found[key] = Candidate(key, surface, words, parts, tags)
    if place == "body":
        candidate.count += 1
        if candidate.first < 0:
            candidate.first = at
        candidate.last = at
        if not candidate.sentences or candidate.sentences[-1] != sentence:
            candidate.sentences.append(sentence)
    elif place == "title":
        candidate.title += 1
        if candidate.title_at < 0:
            candidate.title_at = at
    else:
        candidate.subtitle += 1
    return candidate

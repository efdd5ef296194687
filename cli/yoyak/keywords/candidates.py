"""Candidates: every compound and name of an article, as printed.

    tokens -> runs (nouns that touch) -> candidates (runs, and runs a space apart) -> acronyms and names merged

Kiwi cuts compounds (데이터/센터, 고/대역/폭/메모리) and names it does not know (김/건/희); what a reader takes for
one word has no space in it, so nouns that touch are joined on the surface, whatever their tags say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yoyak.keywords.lexicon import Lexicon
from yoyak.model import Analysis, Token

_START, _INSIDE, _GLUE = 1, 2, 3
# What a tag may do in a run: start it or go on, only go on, or join two nouns that touch it on both sides.
_KIND = {
    **dict.fromkeys(("NNG", "NNP", "SL", "SH", "SN", "XPN", "XR", "NR", "MM"), _START),
    **dict.fromkeys(("NNB", "XSN"), _INSIDE),
    **dict.fromkeys(("SO", "SW", "JKG", "SP"), _GLUE),
}
_CORE = frozenset(("NNG", "NNP", "SL"))
# Ends of a run that are no part of its name.
_NEVER_LAST = frozenset(("NNB", "MM", "XPN", "NR"))
# Suffixes that are grammar, not name: plurals, honorifics, quantities.
_LOOSE = frozenset(("들", "님", "씩", "쯤", "째", "가량", "짜리", "여", "께", "끼리", "별"))
_SUBJECT = frozenset(("JKS", "JX"))
_VERBAL = frozenset(("XSV", "XSA", "XSA-I", "XSA-R"))
_OPEN = frozenset("‘'「『《〈<")
_MARKS = re.compile(r"[^0-9a-z가-힣一-鿿]+")
# Longest run of nouns a space apart that is taken for one name.
_MOST_WORDS = 3


class Run(NamedTuple):
    """Nouns that touch each other: `text[start:end]`, tokens `first` to `last` inclusive."""

    start: int
    end: int
    first: int
    last: int
    key: str
    proper: bool
    latin: bool
    number: bool = False
    """A bare number: no term by itself, part of one beside a name (CES 2026, 12·29 참사)."""


class Candidate:
    """A term of the article and where it stands. Positions count the runs of the body from 0."""

    __slots__ = (
        "count", "first", "gloss", "key", "last", "latin", "lead", "merged", "names", "nested", "parts", "person", "proper", "quoted",
        "role", "sentence", "sentences", "subject", "subtitle", "surface", "title", "title_at", "verbal",
    )  # fmt: skip

    def __init__(self, key: str, surface: str, parts: tuple[str, ...]) -> None:
        self.key = key
        self.surface = surface
        self.parts = parts
        """Keys of its words: one for a run, more for runs a space apart."""
        self.proper = False
        self.latin = False
        self.role = False
        """Whether it is a title (대표, CEO)."""
        self.count = self.title = self.subtitle = 0
        """Mentions in the body, in the title, in the subtitles."""
        self.first = self.last = self.title_at = -1
        self.lead = 99
        """Sentence of the first mention."""
        self.sentence = -1
        """Sentence of the last mention; `sentences` counts those with one."""
        self.sentences = 0
        self.subject = self.verbal = self.quoted = self.nested = 0
        """Mentions with 이/가/은/는; made a verb by 하다/되다; in quotation marks alone; beside another noun."""
        self.person = 0
        """Mentions before a title (조주완 사장)."""
        self.gloss = 0
        """Mentions in parentheses after what it stands for."""
        self.names = 0
        """Mentions by family name and title alone (조 사장)."""
        self.merged: tuple[str, ...] = ()
        """Keys of other spellings counted here."""


    def absorb(self, other: Candidate) -> None:
        """Add the mentions of another spelling of the same thing."""
        self.count += other.count - other.gloss
        self.title += other.title
        self.subtitle += other.subtitle
        self.sentences = max(self.sentences, other.sentences)
        self.last = max(self.last, other.last)
        if 0 <= other.first < self.first or self.first < 0:
            self.first, self.lead = other.first, other.lead
        if self.title_at < 0:
            self.title_at = other.title_at


def squash(text: str) -> str:
    """`text` in lower case without spaces and marks: two spellings of one term are equal then."""
    lower = text.lower()
    return lower if lower.isalnum() else _MARKS.sub("", lower)


def runs(tokens: Sequence[Token], text: str, lexicon: Lexicon) -> list[Run]:
    """Noun runs of a sentence, trimmed, in order."""
    found: list[Run] = []
    first = -1
    end = -1
    kinds = _KIND
    for index, (_form, tag, start, stop) in enumerate(tokens):
        kind = kinds.get(tag)
        if first >= 0:
            if kind and start == end and (kind != _GLUE or _joins(tokens, index, text)):
                end = stop
                continue
            _finish(found, tokens, first, index - 1, text, lexicon)
            first = -1
        if kind == _START and start >= end:
            first, end = index, stop
    if first >= 0:
        _finish(found, tokens, first, len(tokens) - 1, text, lexicon)
    return found


def _joins(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether the mark or particle at `index` holds two nouns together (R&D, GPT-4o, 12·29, 국민의힘)."""
    if index + 1 >= len(tokens):
        return False
    token, before, after = tokens[index], tokens[index - 1], tokens[index + 1]
    if after.start != token.end or _KIND.get(after.tag) != _START:
        return False
    if token.tag == "JKG":
        return token.form == "의" and after.tag in _CORE and before.tag in _CORE
    mark = text[token.start : token.end]
    if mark == "·":
        return before.tag == "SN" and after.tag == "SN"
    if mark == "&":
        return before.tag == "SL" and after.tag in ("SL", "NNP")
    return mark in ("-", "+") and (before.tag in ("SL", "SN") or after.tag in ("SL", "SN"))


def _finish(
    found: list[Run], tokens: Sequence[Token], first: int, last: int, text: str, lexicon: Lexicon
) -> None:
    """Cut what is grammar or number off both ends of a run and keep it if a name is left."""
    if first == last:
        _, tag, start, end = tokens[first]
        if tag in _CORE:
            found.append(Run(start, end, first, last, squash(text[start:end]), tag == "NNP", tag == "SL"))
        elif tag == "SN" and found and found[-1].end + 1 == start and (found[-1].proper or found[-1].latin):
            found.append(
                Run(start, end, first, last, text[start:end], proper=False, latin=False, number=True)
            )
        return
    proper = _is_cut_name(tokens, first, last, lexicon)
    if not proper:
        last = _without_tail(tokens, first, last)
        if last < first:
            return
        first = _without_number(tokens, first, last, lexicon)
        while first < last and tokens[first].tag == "SH" and tokens[first + 1].tag != "SH":
            first += 1
        if last < first:
            return
    tags = {token.tag for token in tokens[first : last + 1]}
    if tags.isdisjoint(_CORE):
        if tags == {"SN", "SP"}:
            start, end = tokens[first].start, tokens[last].end
            key = squash(text[start:end])
            found.append(Run(start, end, first, last, key, proper=False, latin=False, number=True))
        return
    start, end = tokens[first].start, tokens[last].end
    key = squash(text[start:end])
    found.append(Run(start, end, first, last, key, proper or "NNP" in tags, "SL" in tags))


def _is_cut_name(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a run is a name of three syllables that came apart (김/건/희, 한/학자, 강훈/식)."""
    if tokens[last].end - tokens[first].start != 3 or tokens[first].form[:1] not in lexicon.surnames:
        return False
    if last - first == 2:
        return tokens[first].tag in ("NNP", "NNG")
    before, after = tokens[first].tag, tokens[last].tag
    return (before == "NNP" and after in ("NNB", "MM", "NR")) or (before == "MM" and after == "NNG")


def _without_tail(tokens: Sequence[Token], first: int, last: int) -> int:
    """Index of the last token that belongs to the name; before `first` if none does (체계적)."""
    while last >= first:
        form, tag, _, _ = tokens[last]
        if tag == "XSN" and form == "적":
            return first - 1
        if tag not in _NEVER_LAST and not (tag == "XSN" and form in _LOOSE):
            break
        last -= 1
    return last


def _without_number(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Index of the first token; after `last` if the run is a quantity (24명, 5만원, 3분기).

    What touches a number otherwise is named by it: 2차전지, 5G망, 4대강.
    """
    if tokens[first].tag == "SN" and all(token.tag in ("SN", "SP") for token in tokens[first : last + 1]):
        return first
    at = first
    while at <= last and (
        tokens[at].tag in ("SN", "NR", "NNB", "SW", "SP", "XSN") or tokens[at].form in lexicon.units
    ):
        at += 1
    return first if at <= last else at


def find(analysis: Analysis, lexicon: Lexicon) -> dict[str, Candidate]:
    """All candidates of an article by key, in order of first appearance: title, subtitles, body."""
    article = analysis.article
    finder = _Finder(lexicon)
    if article.title:
        finder.head(analysis.title, article.title, title=True)
    for head, tokens in zip(article.subtitles, analysis.subtitles, strict=False):
        finder.head(tokens, head, title=False)
    for sentence in analysis.sentences:
        finder.sentence(sentence.tokens, article.text, sentence.index)
    finder.merge_glosses()
    finder.credit_names()
    return finder.found


class _Finder:
    """Collects candidates sentence by sentence."""

    __slots__ = ("at", "called", "found", "glosses", "lexicon")

    def __init__(self, lexicon: Lexicon) -> None:
        self.found: dict[str, Candidate] = {}
        self.lexicon = lexicon
        self.at = 0
        self.glosses: dict[str, str] = {}
        """Key of an abbreviation to the key of what it is short for."""
        self.called: dict[str, int] = {}
        """Family name to mentions by it and a title (조 사장)."""

    def head(self, tokens: Sequence[Token], text: str, *, title: bool) -> None:
        """Take the candidates of the title or of a subtitle."""
        own = runs(tokens, text, self.lexicon)
        for at, (run, chain) in enumerate(_chained(own, text)):
            for words in chain[run.number :]:
                candidate = self._get(run, words, text)
                if title:
                    candidate.title += 1
                    if candidate.title_at < 0:
                        candidate.title_at = at
                else:
                    candidate.subtitle += 1

    def sentence(self, tokens: Sequence[Token], text: str, index: int) -> None:
        """Take the candidates of a sentence of the body."""
        own = runs(tokens, text, self.lexicon)
        beside = False
        before: Run | None = None
        for run, chain in _chained(own, text):
            self.at += 1
            for words in chain[run.number :]:
                candidate = self._get(run, words, text)
                candidate.count += 1
                if candidate.first < 0:
                    candidate.first = self.at
                    candidate.lead = index
                    candidate.surface = text[run.start : words[-1].end]
                candidate.last = self.at
                if candidate.sentence != index:
                    candidate.sentence = index
                    candidate.sentences += 1
            if not run.number:
                self._look_around(run, chain, tokens, text, beside=beside)
                if before is not None and text[before.end : run.start] == "(":
                    self._gloss(before, run, tokens, text)
            beside = len(chain) > 1
            before = run

    def _look_around(
        self, run: Run, chain: Sequence[Sequence[Run]], tokens: Sequence[Token], text: str, *, beside: bool
    ) -> None:
        """Note what stands next to a mention."""
        alone = self.found[run.key]
        if beside or len(chain) > 1:
            alone.nested += 1
        if len(chain) > 1 and chain[1][1].key in self.lexicon.roles:
            alone.person += 1
            if run.key in self.lexicon.surnames:
                self.called[run.key] = self.called.get(run.key, 0) + 1
        if run.last + 1 < len(tokens):
            after = tokens[run.last + 1]
            if after.start != run.end:
                return
            if after.tag in _SUBJECT:
                alone.subject += 1
            elif after.tag in _VERBAL:
                alone.verbal += 1
            elif after.tag == "SSC" and run.start and text[run.start - 1] in _OPEN:
                alone.quoted += 1

    def _gloss(self, long: Run, short: Run, tokens: Sequence[Token], text: str) -> None:
        """Note an abbreviation in parentheses: 확장현실(XR), 국가정보원(국정원), webOS(웹OS)."""
        closed = text[short.end : short.end + 1] == ")"
        if short.key in self.lexicon.roles or long.key in self.lexicon.roles or long.number:
            return
        if short.latin and not long.latin and self.found[long.key].person == 0:
            self.found[short.key].gloss += 1
            if closed and short.first == short.last:
                self.glosses.setdefault(short.key, long.key)
        elif closed and (long.latin != short.latin or _shortens(short.key, long.key)):
            self.found[short.key].gloss += 1
            self.glosses.setdefault(short.key, long.key)

    def merge_glosses(self) -> None:
        """Make one candidate of an abbreviation and what it is short for: the one the article uses more."""
        for short_key, long_key in self.glosses.items():
            short, long = self.found.get(short_key), self.found.get(long_key)
            if short is None or long is None or short is long:
                continue
            outside = short.count - short.gloss + 2 * short.title
            kept, gone = (short, long) if outside > long.count + 2 * long.title else (long, short)
            kept.absorb(gone)
            del self.found[gone.key]
            kept.merged = (*kept.merged, gone.key)

    def credit_names(self) -> None:
        """Count 조 사장 for 조주완, if one person of that family name is in the article."""
        for surname, times in self.called.items():
            people = [
                c for c in self.found.values()
                if c.person and c.key != surname and c.key.startswith(surname) and len(c.key) <= 4 and len(c.parts) == 1
            ]  # fmt: skip
            if len(people) == 1:
                people[0].names += times

    def _get(self, run: Run, words: Sequence[Run], text: str) -> Candidate:
        parts = tuple([word.key for word in words])
        key = parts[0] if len(parts) == 1 else "".join(parts)
        candidate = self.found.get(key)
        if candidate is None:
            candidate = self.found[key] = Candidate(key, text[run.start : words[-1].end], parts)
            candidate.role = key in self.lexicon.roles
        for word in words:
            candidate.proper |= word.proper
            candidate.latin |= word.latin
        return candidate


def _shortens(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in their order (국정원, 국가정보원)."""
    rest = iter(long)
    return 2 <= len(short) < len(long) and all(letter in rest for letter in short)


def _chained(own: Sequence[Run], text: str) -> Iterable[tuple[Run, list[Sequence[Run]]]]:
    """Each run with the chains of runs, a single space apart, that it begins: alone, of two, of three."""
    for index, run in enumerate(own):
        chain: list[Sequence[Run]] = [(run,)]
        end, last = run.end, run.last
        for size in range(2, _MOST_WORDS + 1):
            if index + size > len(own):
                break
            following = own[index + size - 1]
            if following.first != last + 1 or following.start != end + 1 or text[end] != " ":
                break
            chain.append(own[index : index + size])
            end, last = following.end, following.last
        yield run, chain

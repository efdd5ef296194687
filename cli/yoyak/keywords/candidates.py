"""Candidates: every compound and name of an article, as printed.

    tokens -> runs (nouns that touch) -> candidates (runs, and runs a space apart) -> acronyms and names merged

Kiwi cuts compounds (데이터/센터, 고/대역/폭/메모리) and names it does not know (김/건/희); what a reader takes for
one word has no space in it, so nouns that touch are joined on the surface, whatever their tags say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_VERBAL = frozenset(("XSV", "XSA", "XSA-I", "XSA-R"))
# Bound nouns that end the name of a car, a ship, a shop or a line when they touch a proper noun.
_NAME_ENDS = frozenset(("차", "호", "점", "선"))
_OPEN = frozenset("‘'「『《〈<")
# Particles after which a name can be told by its other mentions. Not 도: 강원 and 강원도 are both names.
_PARTICLES = frozenset("가이은는을를의와과에")
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
    """A term of the article and where it stands. Positions count the runs of the body from 1.

    Defaults stand in the class: some 140 of these are made for an article, most of them never to be changed.
    """

    proper: bool = False
    latin: bool = False
    role: bool = False
    """Whether it is a title (대표, CEO)."""
    count: int = 0
    title: int = 0
    subtitle: int = 0
    """Mentions in the body, in the title, in the subtitles."""
    first: int = -1
    last: int = -1
    lead: int = 99
    """Sentence of the first mention."""
    sentence: int = -1
    """Sentence of the last mention."""
    sentences: int = 0
    """Sentences with a mention."""
    verbal: int = 0
    """Mentions that 하다 or 되다 makes a verb of."""
    quoted: int = 0
    """Mentions alone in quotation marks."""
    nested: int = 0
    """Mentions beside another noun."""
    person: int = 0
    """Mentions before a title (조주완 사장)."""
    names: int = 0
    """Mentions by family name and title alone (조 사장)."""
    titled: int = 0
    """Mentions of a title right after a name."""
    gloss: int = 0
    """Mentions in parentheses after what it stands for."""
    coined: int = 0
    """Mentions in quotation marks with the foreign original in parentheses."""
    partner: str | None = None
    """Key of the noun that follows every mention a space apart; empty if there is no such noun."""
    half: bool = False
    """Whether it is the first half of a name that ends in `partner`, here and in the background (도널드)."""
    merged: tuple[str, ...] = ()
    """Keys of other spellings counted here."""

    def __init__(self, key: str, surface: str, parts: tuple[str, ...]) -> None:
        self.key = key
        self.surface = surface
        self.parts = parts
        """Keys of its words: one for a run, more for runs a space apart."""

    def absorb(self, other: Candidate) -> None:
        """Add the mentions of another spelling of the same thing."""
        self.count += other.count - other.gloss
        self.title += other.title
        self.subtitle += other.subtitle
        self.sentences = max(self.sentences, other.sentences)
        self.last = max(self.last, other.last)
        if 0 <= other.first < self.first or self.first < 0:
            self.first, self.lead = other.first, other.lead


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
            run = _run(tokens, first, index - 1, text, lexicon)
            if run is not None and (not run.number or _may_count(found, run)):
                found.append(run)
            first = -1
        if kind == _START and start >= end:
            first, end = index, stop
    if first >= 0:
        run = _run(tokens, first, len(tokens) - 1, text, lexicon)
        if run is not None and (not run.number or _may_count(found, run)):
            found.append(run)
    return found


def _may_count(found: Sequence[Run], run: Run) -> bool:
    """Whether a bare number may be part of a term: a date or code (12·29), or after a name (CES 2026)."""
    if run.first != run.last:
        return True
    return bool(found) and found[-1].end + 1 == run.start and (found[-1].proper or found[-1].latin)


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


def _run(tokens: Sequence[Token], first: int, last: int, text: str, lexicon: Lexicon) -> Run | None:
    """Cut what is grammar or number off both ends of a run; None if no name is left."""
    if first == last:
        _, tag, start, end = tokens[first]
        if tag in _CORE:
            return Run(start, end, first, last, squash(text[start:end]), tag == "NNP", tag == "SL")
        if tag == "SN":
            return Run(start, end, first, last, text[start:end], proper=False, latin=False, number=True)
        return None
    proper = _is_cut_name(tokens, first, last, lexicon)
    if not proper:
        last = _without_tail(tokens, first, last)
        if last >= first:
            first = _without_number(tokens, first, last, lexicon)
        while first < last and tokens[first].tag == "SH" and tokens[first + 1].tag != "SH":
            first += 1
        if last < first:
            return None
    tags = {token.tag for token in tokens[first : last + 1]}
    start, end = tokens[first].start, tokens[last].end
    if tags.isdisjoint(_CORE):
        if tags != {"SN", "SP"}:
            return None
        return Run(start, end, first, last, squash(text[start:end]), proper=False, latin=False, number=True)
    return Run(start, end, first, last, squash(text[start:end]), proper or "NNP" in tags, "SL" in tags)


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
        if tag == "NNB" and form in _NAME_ENDS and last > first and tokens[last - 1].tag in ("NNP", "SL"):
            break
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
    finder.merge_swallowed()
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
        for at in range(len(own)):
            for candidate in self._chain(own, at, text):
                if title:
                    candidate.title += 1
                else:
                    candidate.subtitle += 1

    def sentence(self, tokens: Sequence[Token], text: str, index: int) -> None:
        """Take the candidates of a sentence of the body."""
        own = runs(tokens, text, self.lexicon)
        beside = False
        for at, run in enumerate(own):
            self.at += 1
            chain = self._chain(own, at, text)
            for candidate in chain:
                self._mention(candidate, index)
            linked = at + 1 < len(own) and _adjoins(run, own[at + 1], text)
            if not run.number:
                following = own[at + 1].key if linked else ""
                self._look_around(chain[0], run, following, tokens, text)
                if beside or linked:
                    chain[0].nested += 1
                if beside and chain[0].role and own[at - 1].proper:
                    chain[0].titled += 1
                if len(chain) > 2 and self._is_whole_name(run, own[at + 1], own[at + 2]):
                    chain[0].person += 1
                if at and text[own[at - 1].end : run.start] == "(":
                    self._gloss(own[at - 1], run, text)
                elif beside and run.latin and text.rfind("(", own[at - 1].start - 1, run.start) >= 0:
                    chain[0].gloss += 1
            beside = linked

    def _chain(self, own: Sequence[Run], at: int, text: str) -> list[Candidate]:
        """Candidates that begin with run `at`: itself, and with the one or two a space after it."""
        run = own[at]
        found = self.found
        chain: list[Candidate] = []
        key = run.key
        if not run.number:
            candidate = found.get(key)
            if candidate is None:
                candidate = found[key] = Candidate(key, text[run.start : run.end], (key,))
                if key in self.lexicon.roles:
                    candidate.role = True
                if run.latin:
                    candidate.latin = True
            if run.proper:
                candidate.proper = True
            chain.append(candidate)
        never = self.lexicon.never
        if key in never:
            return chain
        end, last = run, at
        while last - at + 1 < _MOST_WORDS and last + 1 < len(own) and _adjoins(end, own[last + 1], text):
            last += 1
            end = own[last]
            if end.key in never:
                break
            key += end.key
            candidate = found.get(key)
            if candidate is None:
                words = own[at : last + 1]
                candidate = Candidate(key, text[run.start : end.end], tuple([word.key for word in words]))
                candidate.proper = any(word.proper for word in words)
                candidate.latin = any(word.latin for word in words)
                found[key] = candidate
            chain.append(candidate)
        return chain

    def _mention(self, candidate: Candidate, sentence: int) -> None:
        candidate.count += 1
        if candidate.first < 0:
            candidate.first = self.at
            candidate.lead = sentence
        candidate.last = self.at
        if candidate.sentence != sentence:
            candidate.sentence = sentence
            candidate.sentences += 1

    def _is_whole_name(self, run: Run, between: Run, after: Run) -> bool:
        """Whether a person stands before the house and the title (갈매웅 다온전자 사장)."""
        return (
            after.key in self.lexicon.roles
            and run.proper
            and is_korean_name(run.key, self.lexicon)
            and between.key not in self.lexicon.roles
            and not is_korean_name(between.key, self.lexicon)
        )

    def _look_around(
        self, candidate: Candidate, run: Run, following: str, tokens: Sequence[Token], text: str
    ) -> None:
        """Note what stands next to a mention; `following` is the noun a space after it."""
        candidate.partner = following if candidate.partner in (None, following) else ""
        if following in self.lexicon.roles:
            candidate.person += 1
            if run.key in self.lexicon.surnames:
                self.called[run.key] = self.called.get(run.key, 0) + 1
        if run.last + 1 < len(tokens):
            _, tag, start, _ = tokens[run.last + 1]
            if start == run.end:
                if tag in _VERBAL:
                    candidate.verbal += 1
                elif tag == "SSC" and run.start and text[run.start - 1] in _OPEN:
                    candidate.quoted += 1

    def _gloss(self, long: Run, short: Run, text: str) -> None:
        """Note an abbreviation in parentheses: 확장현실(XR), 국가정보원(국정원), webOS(웹OS)."""
        if {short.key, long.key} & self.lexicon.roles or long.number:
            return
        closed = text[short.end : short.end + 1] == ")"
        if short.latin and not long.latin and self.found[long.key].person == 0:
            self.found[short.key].gloss += 1
            if long.start and text[long.start - 1] in _OPEN:
                self.found[long.key].coined += 1
            if closed and short.first == short.last:
                self.glosses.setdefault(short.key, long.key)
        elif closed and (long.latin != short.latin or shortens(short.key, long.key)):
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

    def merge_swallowed(self) -> None:
        """Give a name back the mentions that the analyzer read with their particle (저커버그가, for 저커버그)."""
        for key in [key for key in self.found if key[-1:] in _PARTICLES and key[:-1] in self.found]:
            name, swallowed = self.found[key[:-1]], self.found[key]
            if len(name.key) > 2 and name.proper and swallowed.proper and name.count >= swallowed.count:
                name.absorb(swallowed)
                del self.found[key]

    def credit_names(self) -> None:
        """Count 조 사장 for 조주완, if one person of that family name is in the article."""
        for surname, times in self.called.items():
            named = [
                c
                for c in self.found.values()
                if c.proper
                and c.key.startswith(surname)
                and len(c.parts) == 1
                and is_korean_name(c.key, self.lexicon)
            ]
            people = [c for c in named if c.person] or named
            if len(people) == 1:
                people[0].names += times
                people[0].person += 1


def shortens(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in their order (국정원, 국가정보원)."""
    rest = iter(long)
    return 2 <= len(short) < len(long) and all(letter in rest for letter in short)


def is_korean_name(key: str, lexicon: Lexicon) -> bool:
    """Whether a key could be a Korean's whole name: three syllables, the first a family name."""
    return len(key) == 3 and key[0] in lexicon.surnames


def _adjoins(before: Run, after: Run, text: str) -> bool:
    """Whether nothing but one space stands between two runs."""
    return after.first == before.last + 1 and after.start == before.end + 1 and text[before.end] == " "

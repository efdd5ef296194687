"""Candidates: every compound and name of an article, as printed.

runs of a sentence -> candidates (runs, and runs a space apart) -> short forms and names merged
"""

from __future__ import annotations

from collections.abc import Sequence

from yoyak.core.values import Analysis, Token
from yoyak.keywords.lexicon import Lexicon
from yoyak.keywords.runs import Run, is_korean_name, links, runs, shortens

_VERBAL = frozenset(("XSV", "XSA", "XSA-I", "XSA-R"))
_OPEN = frozenset("‘'「『《〈<")
_CLOSE = frozenset("’'」』》〉>")
# What comes of the rest of a name when the analyzer tears it (가람/NNG 시/NNB, 비축/NNG 미/XPN).
_REST = frozenset(("NNB", "XPN", "XSN", "NNG", "NNP", "MAG", "MM", "NR", "NP", "IC", "XR"))
# A noun that is never met but with 만 after it, this often, is a bay (한바다만), not the only one of its kind.
_BAY = 3
# Sentences that may name what the article is about.
_LEAD = 2
_LONGEST_NAME = 12
# Particles after which a name can be told by its other mentions. Not 도: 강원 and 강원도 are both names.
_PARTICLES = frozenset("가이은는을를의와과에")
# What the word for a body ends in: 자료원, 연구소, 위원회, 교육청, 재단, 박물관, 식약처, 고등학교, 우체국.
_BODIES = frozenset("원소회청단관처교국")
# A name of at most so many letters is no body's with its kind in it (국정원).
_SHORT_NAME = 3
# Longest run of nouns a space apart that is taken for one name.
_MOST_WORDS = 3


class Candidate:
    """A term of the article and where it stands. Positions count the runs of the body from 1.

    Defaults stand in the class: some 140 of these are made for an article, most of them never to be changed.
    """

    proper: bool = False
    latin: bool = False
    role: bool = False
    """Whether it is a title (대표, CEO)."""
    whole: bool = False
    """Whether the analyzer takes it for one word, of which no part is a word (우크라이나, 더불어민주당)."""
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
    named: int = 0
    """Mentions of words a space apart alone in quotation marks, in the title or the lead ('달맞이 고개')."""
    only: int = 0
    """Mentions before 만."""
    torn: tuple[str, ...] = ()
    """What the text shows at mentions that end inside a word."""
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


def find(analysis: Analysis, lexicon: Lexicon) -> dict[str, Candidate]:
    """All candidates of an article by key, in order of first appearance: title, subtitles, body."""
    article = analysis.article
    finder = _Finder(lexicon)
    if article.title:
        finder.head(analysis.title, article.title, title=True)
    for head, tokens in zip(article.subtitles, analysis.subtitles, strict=False):
        finder.head(tokens, head, title=False)
    for sentence in analysis.sentences:
        if sentence.candidate:
            finder.sentence(sentence.tokens, article.text, sentence.index)
    finder.name_bays()
    finder.merge_torn(article.title or "")
    finder.merge_glosses()
    finder.merge_swallowed()
    finder.merge_bodies()
    finder.credit_names()
    return finder.found


def _note_names(chain: Sequence[Candidate], start: int, text: str) -> None:
    """Note which of the terms that begin at `start` stands alone in quotation marks."""
    if start and text[start - 1] in _OPEN:
        for candidate in chain[1:]:
            end = start + len(candidate.surface)
            if text[end : end + 1] in _CLOSE and text.startswith(candidate.surface, start):
                candidate.named += 1


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
        linked = links(own, text)
        for at in range(len(own)):
            chain = self._chain(own, linked, at, text)
            if len(chain) > 1:
                _note_names(chain, own[at].start, text)
            for candidate in chain:
                if title:
                    candidate.title += 1
                else:
                    candidate.subtitle += 1

    def sentence(self, tokens: Sequence[Token], text: str, index: int) -> None:
        """Take the candidates of a sentence of the body."""
        own = runs(tokens, text, self.lexicon)
        linked = links(own, text)
        beside = False
        for at, run in enumerate(own):
            self.at += 1
            chain = self._chain(own, linked, at, text)
            self._mention(chain, index)
            if index < _LEAD and len(chain) > 1:
                _note_names(chain, run.start, text)
            if not run.number:
                following = own[at + 1].key if linked[at] else ""
                self._look_around(chain[0], run, following, tokens, text)
                if beside or linked[at]:
                    chain[0].nested += 1
                if beside and chain[0].role and own[at - 1].proper:
                    chain[0].titled += 1
                if len(chain) > 2 and self._is_whole_name(run, own[at + 1], own[at + 2]):
                    chain[0].person += 1
                if at and text[own[at - 1].end : run.start] == "(":
                    self._gloss(own[at - 1], run, text)
                elif beside and run.latin and text.rfind("(", own[at - 1].start - 1, run.start) >= 0:
                    chain[0].gloss += 1
            beside = linked[at]

    def _chain(self, own: Sequence[Run], linked: Sequence[bool], at: int, text: str) -> list[Candidate]:
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
                candidate.whole = run.first == run.last
            if run.proper:
                candidate.proper = True
            chain.append(candidate)
        never = self.lexicon.never
        if not linked[at] or key in never:
            return chain
        last = at
        proper, latin = run.proper, run.latin
        parts: tuple[str, ...] = (key,)
        while last - at + 1 < _MOST_WORDS and linked[last]:
            last += 1
            end = own[last]
            if end.key in never:
                break
            key += end.key
            proper, latin, parts = proper or end.proper, latin or end.latin, (*parts, end.key)
            candidate = found.get(key)
            if candidate is None:
                candidate = found[key] = Candidate(key, text[run.start : end.end], parts)
                candidate.proper, candidate.latin = proper, latin
            chain.append(candidate)
        return chain

    def _mention(self, chain: Sequence[Candidate], sentence: int) -> None:
        place = self.at
        for candidate in chain:
            candidate.count += 1
            if candidate.first < 0:
                candidate.first = place
                candidate.lead = sentence
            candidate.last = place
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
                elif text[start] == "만" and tag in ("JX", "NNB", "NR"):
                    candidate.only += 1
                elif tag in _REST:
                    candidate.torn = (*candidate.torn, text[run.start : run.start + _LONGEST_NAME])

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

    def name_bays(self) -> None:
        """Give 만 back to a name that never stands without it."""
        bays = [c for c in self.found.values() if c.only >= _BAY and c.only == c.count and len(c.parts) == 1]
        for bay in bays:
            del self.found[bay.key]
            bay.key, bay.surface = f"{bay.key}만", f"{bay.surface}만"
            bay.parts = (bay.key,)
            if bay.key in self.found:
                bay.absorb(self.found[bay.key])
            self.found[bay.key] = bay

    def merge_torn(self, title: str) -> None:
        """Give a name the mentions that the analyzer tore (가람/시), where the text shows it."""
        beginnings = {key for key, c in self.found.items() if (c.title or c.torn) and len(c.parts) == 1}
        for key in [key for key in self.found if len(key) > 2]:
            for cut in range(2, len(key)):
                if key[:cut] in beginnings:
                    name, short = self.found.get(key), self.found.get(key[:cut])
                    if name is not None and short is not None and len(name.parts) == 1:
                        self._give_back(name, short, title)

    def _give_back(self, name: Candidate, short: Candidate, title: str) -> None:
        """Move the mentions of `short` that are the beginning of `name`; drop it if none is left."""
        torn = sum(shown.startswith(name.surface) for shown in short.torn)
        missed = 0
        if short.title and name.key[len(short.key) :] not in _PARTICLES:
            missed = max(0, min(short.title, title.count(name.surface) - name.title))
        if not torn and not missed:
            return
        name.title += missed
        short.title -= missed
        name.count += torn
        short.count -= torn
        if 0 <= short.first < name.first:
            name.first, name.lead = short.first, short.lead
        if short.count <= 0 and not short.title and not short.subtitle:
            name.sentences = max(name.sentences, short.sentences)
            name.last = max(name.last, short.last)
            del self.found[short.key]

    def merge_swallowed(self) -> None:
        """Give a name back the mentions that the analyzer read with their particle.

        저커버그가 is 저커버그, and so is 일본서 in a title 일본, if the body has 일본 and no 일본서.
        """
        for key in [key for key in self.found if key[-1:] == "서" and key[:-1] in self.found]:
            name, swallowed = self.found[key[:-1]], self.found[key]
            if name.proper and name.count and swallowed.title and not swallowed.count:
                name.absorb(swallowed)
                del self.found[key]
        for key in [key for key in self.found if key[-1:] in _PARTICLES and key[:-1] in self.found]:
            name, swallowed = self.found[key[:-1]], self.found[key]
            if len(name.key) > 2 and name.proper and swallowed.proper and name.count >= swallowed.count:
                name.absorb(swallowed)
                del self.found[key]

    def merge_bodies(self) -> None:
        """Give a body its later mentions by its last word (한빛영상자료원, then 자료원), if it is the only one of them."""
        bodies: dict[str, list[Candidate]] = {}
        for key, body in self.found.items():
            if body.proper and len(key) > _SHORT_NAME and key[-1] in _BODIES and len(body.parts) == 1:
                for cut in range(2, len(key) - 1):
                    if key[cut:] in self.found:
                        bodies.setdefault(key[cut:], []).append(body)
        for key, named in bodies.items():
            word = self.found[key]
            if len(named) == 1 and 0 <= named[0].first < word.first and not (word.title or word.role):
                named[0].absorb(word)
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

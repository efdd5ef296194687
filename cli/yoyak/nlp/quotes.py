"""Who said what: quotations of an article, verbatim, each with its speaker.

A quotation counts only if the text attributes it to a speaker, in one of these ways:

    홍길동 시장은 “…”라고 말했다        in the sentence, before the quotation (or between it and the verb)
    “…”며 “…”고 덧붙였다               to the speaker of the quotation before, if the sentence names none
    “…” 홍길동 시장의 말이다           in the next sentence
    홍길동 시장은 이렇게 말했다. “…”    in the sentence before

Emphasized words, titles and signs in quotation marks have no such attribution and are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Analysis, Quote, Token
from yoyak.nlp.speakers import Speaker, Speakers, word_lists

_QUOTATION = lazy_pattern(r"“([^“”]+)”|\"([^\"]+)\"")
# What joins a quotation to its verb. Longest first.
_PARTICLE = lazy_pattern(r"(?:이?라|다)?(?:고도|고는|고|면서도|면서|며|는|던|지만)|이?라(?=[\s,]|$)")
_REPORTING_ENDINGS = ("며", "면서", "면서도")
_ANNOUNCEMENT = lazy_pattern(r"이렇게|이같이|다음과 같이")
_SENTENCE_END = lazy_pattern(r"[.?!]+[\s]+|[.?!]+$")
_OWNED_ATTRIBUTION = lazy_pattern(
    r"[^.“\"]*의 (?:말|얘기|이야기|설명|하소연|주장|당부|소감)(?:이다|이었다|입니다)"
)
MIN_QUOTE_CHARS = 2

_ENDING_TAGS = frozenset(("SF", "EF", "EP", "EC"))
_SUBJECT_TAGS = frozenset(("JX", "JKS"))
_SUBJECT_FORMS = frozenset(("은", "는", "이", "가", "께서", "도", "께서는"))


class _Kind(Enum):
    """How surely a quotation is attributed to a speaker."""

    NONE = 0
    LIKELY = 1
    """If the sentence names a speaker."""
    SAID = 2
    """Also if the sentence names none: to the speaker before."""


class _Quotation(NamedTuple):
    """A span in quotation marks; `start` and `end` are those of the text inside."""

    start: int
    end: int


@dataclass(slots=True)
class _Frame:
    """A sentence around quotations: its bounds, and the quotations inside."""

    start: int
    end: int
    quotations: list[_Quotation] = field(default_factory=list)


def find_quotes(analysis: Analysis) -> tuple[Quote, ...]:
    """Quotations of an article with their speakers, in article order."""
    return tuple(_Finder(analysis).quotes())


class _Finder:
    """One pass over an article."""

    def __init__(self, analysis: Analysis) -> None:
        self._text = analysis.article.text
        self._tokens = [token for sentence in analysis.sentences for token in sentence.tokens]
        self._starts = [token.start for token in self._tokens]
        self._words = word_lists()
        self._speakers = Speakers(self._text)
        self._last_paragraph = -2

    def quotes(self) -> Iterator[Quote]:
        at = 0
        for number, paragraph in enumerate(self._text.split("\n\n")):
            frames = list(_frames(self._text, at, at + len(paragraph)))
            for index, frame in enumerate(frames):
                before = frames[index - 1] if index else None
                after = frames[index + 1] if index + 1 < len(frames) else None
                for quotation, speaker in self._attributed(frame, before, after, number):
                    self._speakers.remember(speaker, spoke=True)
                    self._last_paragraph = number
                    yield Quote(
                        speaker.name,
                        speaker.role,
                        self._text[quotation.start : quotation.end],
                        quotation.start,
                        quotation.end,
                    )
                self._note_names(frame)
            at += len(paragraph) + 2

    def _attributed(
        self, frame: _Frame, before: _Frame | None, after: _Frame | None, paragraph: int
    ) -> Iterator[tuple[_Quotation, Speaker]]:
        """Quotations of one sentence that are attributed to a speaker."""
        outside: list[Token] = []
        begin = frame.start
        for index, quotation in enumerate(frame.quotations):
            last = index + 1 == len(frame.quotations)
            following = frame.end if last else frame.quotations[index + 1].start - 1
            segment = self._between(begin, quotation.start - 1)
            begin = quotation.end + 1
            if self._stands_alone(quotation, frame):
                speaker = self._speaker_outside(before, after)
                if speaker is not None:
                    yield quotation, speaker
                continue
            rest = self._between(quotation.end + 1, following)
            speaker = self._subject(segment, personal=False) or self._subject(outside, personal=None)
            speaker = speaker or self._subject(rest, personal=True)
            outside += segment
            kind = self._attribution(quotation, following, rest)
            if kind is _Kind.NONE or quotation.end - quotation.start < MIN_QUOTE_CHARS:
                continue
            if speaker is None and kind is _Kind.SAID and paragraph - self._last_paragraph <= 1:
                speaker = self._speakers.last
            if speaker is not None:
                yield quotation, speaker

    # -- attribution ----------------------------------------------------------------------------------------

    def _attribution(self, quotation: _Quotation, following: int, rest: Sequence[Token]) -> _Kind:
        """How surely the words after a quotation attribute it to somebody."""
        match = _PARTICLE.match(self._text, quotation.end + 1, following)
        if match is None:
            return _Kind.SAID if self._is_said_after(quotation, rest) else _Kind.NONE
        particle = match.group()
        tokens = [token for token in rest if token.start >= match.end()]
        if particle.endswith(_REPORTING_ENDINGS):
            return _Kind.SAID
        if particle.endswith(("는", "던")) and not particle.endswith("고는"):
            if self._is_said_by_noun(tokens):
                return _Kind.SAID
            return (
                _Kind.LIKELY
                if tokens and tokens[0].form in self._words.positions and self._has_saying(tokens)
                else _Kind.NONE
            )
        if self._has_saying(tokens):
            return _Kind.SAID
        verb = next((i for i, token in enumerate(tokens) if token.tag.startswith(("VV", "XSV"))), None)
        if verb is None or self._forms_at(tokens, verb) & self._words.not_saying:
            return _Kind.NONE
        return _Kind.LIKELY

    def _is_said_after(self, quotation: _Quotation, rest: Sequence[Token]) -> bool:
        """`“…” 한 학생이 말하자`: a subject and a verb of saying directly after a complete sentence."""
        if self._text[quotation.end - 1] not in ".?!…":
            return False
        verb = next((i for i, token in enumerate(rest) if token.tag.startswith(("VV", "XSV"))), None)
        return verb is not None and self._has_saying(rest[: verb + 1]) and bool(self._subjects(rest[:verb]))

    def _is_said_by_noun(self, tokens: Sequence[Token]) -> bool:
        """`“…”는 것이 그의 말이다`: the clause ends with a noun of saying and the copula."""
        kept = [token for token in tokens if token.tag not in _ENDING_TAGS]
        return len(kept) > 1 and kept[-1].tag == "VCP" and kept[-2].form in self._words.attributions

    def _has_saying(self, tokens: Sequence[Token]) -> bool:
        """Whether the first verb is one of saying, or its object is a noun of saying."""
        for index, token in enumerate(tokens):
            if token.form in self._words.saying_nouns and token.tag == "NNG":
                return True
            if token.tag.startswith(("VV", "XSV", "VX")):
                if self._forms_at(tokens, index) & self._words.saying:
                    return True
                later = tokens[index + 1 :]
                # A verb before the main one: “…”고 잘라 말했다.
                return bool(later) and later[0].tag == "EC" and self._has_saying(later)
        return False

    def _forms_at(self, tokens: Sequence[Token], index: int) -> set[str]:
        """Return the dictionary forms of the verb at `index`: 말 + 하, 털 + 어 + 놓."""
        token = tokens[index]
        forms = {token.form}
        if token.tag == "XSV" and index:
            return {tokens[index - 1].form + token.form}
        if [t.tag for t in tokens[index + 1 : index + 3]] == ["EC", "VX"]:
            forms.add(token.form + tokens[index + 1].form + tokens[index + 2].form)
        return forms

    def _stands_alone(self, quotation: _Quotation, frame: _Frame) -> bool:
        outside = self._text[frame.start : quotation.start - 1] + self._text[quotation.end + 1 : frame.end]
        return not outside.strip(" .?!")

    def _speaker_outside(self, before: _Frame | None, after: _Frame | None) -> Speaker | None:
        """Speaker of a quotation that is a sentence of its own, from the sentence after or before it."""
        if after is not None and not after.quotations:
            tokens = [t for t in self._between(after.start, after.end) if t.tag not in _ENDING_TAGS]
            if len(tokens) > 2 and tokens[-1].tag == "VCP" and tokens[-2].form in self._words.attributions:
                owner = next((i for i in range(len(tokens) - 1, -1, -1) if tokens[i].tag == "JKG"), None)
                if owner is not None:
                    return self._speakers.before(tokens, owner)
        if before is not None and not before.quotations:
            tokens = self._between(before.start, before.end)
            announced = _ANNOUNCEMENT.search(self._text, before.start, before.end)
            if announced and self._has_saying(self._between(announced.end(), before.end)):
                return self._subject(tokens, personal=False)
        return None

    # -- subjects -------------------------------------------------------------------------------------------

    def _between(self, start: int, end: int) -> list[Token]:
        first = bisect_left(self._starts, start)
        return self._tokens[first : bisect_left(self._starts, end, first)]

    def _subjects(self, tokens: Sequence[Token]) -> list[int]:
        """Positions of the particles that mark a subject or topic."""
        return [
            i
            for i, token in enumerate(tokens)
            if i
            and token.tag in _SUBJECT_TAGS
            and token.form in _SUBJECT_FORMS
            and tokens[i - 1].tag not in ("JKB", "EC", "JKO")
        ]

    def _subject(self, tokens: Sequence[Token], *, personal: bool | None) -> Speaker | None:
        """Return the nearest subject before a quotation that can speak.

        A topic (은, 는, 도) may be an organization. Other subjects (이, 가) must be persons, because a clause before the
        quotation has its own: 비가 오자. With `personal` None only topics count, with True every subject must be a person.
        """
        for at in reversed(self._subjects(tokens)):
            is_topic = tokens[at].tag == "JX"
            if personal is None and not is_topic:
                continue
            speaker = self._speakers.before(tokens, at)
            if speaker is not None and (speaker.personal or (is_topic and not personal)):
                return speaker
        owner = next((i for i in range(len(tokens) - 1, 0, -1) if tokens[i].tag == "JKG"), None)
        if (
            personal
            and owner is not None
            and owner + 1 < len(tokens)
            and tokens[owner + 1].form in self._words.attributions
        ):
            return self._speakers.before(tokens, owner)
        return None

    def _note_names(self, frame: _Frame) -> None:
        """Remember people who are named without a quotation, for the pronouns and short names that follow."""
        tokens = self._between(frame.start, frame.end)
        copulas = [i for i, token in enumerate(tokens) if i and token.tag == "VCP"]
        for at in sorted([*self._subjects(tokens), *copulas]):
            inside = any(q.start <= tokens[at].start < q.end for q in frame.quotations)
            speaker = None if inside else self._speakers.before(tokens, at)
            if speaker is not None and speaker.personal:
                self._speakers.remember(speaker, spoke=False)


def _frames(text: str, start: int, end: int) -> Iterator[_Frame]:
    """Sentences of a paragraph, split where no quotation is open."""
    spans = [
        _Quotation(start + match.start() + 1, start + match.end() - 1)
        for match in _QUOTATION.finditer(text[start:end])
    ]
    frame = _Frame(start, end)
    at = start
    for span in [*spans, None]:
        stop = span.start - 1 if span else end
        while match := _SENTENCE_END.search(text, at, stop):
            yield _Frame(frame.start, match.end(), frame.quotations)
            frame = _Frame(match.end(), end)
            at = match.end()
        if span is not None:
            frame.quotations.append(span)
            at = span.end + 1
            # “….” as a sentence of its own ends at its mark.
            if (
                text[span.end - 1] in ".?!"
                and text[span.end + 1 : span.end + 2] in (" ", "")
                and _starts_new(text, span, end)
            ):
                yield _Frame(frame.start, span.end + 1, frame.quotations)
                frame = _Frame(span.end + 1, end)
    if text[frame.start : end].strip():
        yield _Frame(frame.start, end, frame.quotations)


def _starts_new(text: str, span: _Quotation, end: int) -> bool:
    """Whether a new sentence starts after a quotation that ends with a full stop: `“….” 홍길동 시장의 말이다.`."""
    rest = text[span.end + 1 : end].strip()
    return not rest or rest[0] in '“"' or _OWNED_ATTRIBUTION.match(rest) is not None

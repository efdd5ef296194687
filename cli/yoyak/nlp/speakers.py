"""The speaker that a noun phrase names: a person with a role, an organization, or somebody who was named before."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Token

_PARENTHESES = lazy_pattern(r"\s*\([^()]*\)\s*")
_AGE = lazy_pattern(r"^\S+ 살$")
_QUOTED_NAME = lazy_pattern(r"[‘'「]([^‘’'「」]{1,30})[’'」]\Z")
_TIME = lazy_pattern(r"\d+(?:년|월|일|시|분)|오전|오후")
_BREAKING_MARKS = ',“”"…:;'
_ORGANIZATION_ENDINGS = ("위", "회", "청", "당")
"""Family and given names do not end with these; short names of organizations do: 선관위, 시의회."""
_COMMON_ENDINGS = (*_ORGANIZATION_ENDINGS, *"사원부국처과팀단측시군구도소서실장자인생들체관계가")
MAX_PHRASE_CHARS = 40
MAX_SHORT_NAME_CHARS = 2
MIN_KNOWN_WORDS = 2
_NAME = lazy_pattern(r"[가-힣]{2,4}")
_NOUN_TAGS = frozenset(
    (
        "NNG",
        "NNP",
        "NNB",
        "NR",
        "NP",
        "SL",
        "SH",
        "SN",
        "XPN",
        "XSN",
        "XR",
        "MM",
        "SSO",
        "SSC",
        "SP",
        "W_HASHTAG",
        "SO",
    )
)


@dataclass(frozen=True, slots=True)
class WordLists:
    """The word lists of quotes.toml."""

    saying: frozenset[str]
    saying_nouns: frozenset[str]
    not_saying: frozenset[str]
    positions: frozenset[str]
    attributions: frozenset[str]
    not_speakers: frozenset[str]
    not_speaker_endings: tuple[str, ...]
    not_in_phrases: frozenset[str]
    pronouns: frozenset[str]
    forms_of_address: frozenset[str]
    titles: tuple[str, ...]
    surnames: str
    compound_surnames: tuple[str, ...]


@lru_cache(maxsize=1)
def word_lists() -> WordLists:
    """Word lists of quotes.toml, read once."""
    data = tomllib.loads(files("yoyak.nlp").joinpath("quotes.toml").read_text(encoding="utf-8"))
    speakers = data["speakers"]
    return WordLists(
        saying=frozenset(data["verbs"]["saying"]),
        saying_nouns=frozenset(data["verbs"]["nouns"]),
        not_saying=frozenset(data["verbs"]["not_saying"]),
        positions=frozenset(data["verbs"]["positions"]),
        attributions=frozenset(data["attributions"]["nouns"]),
        not_speakers=frozenset(speakers["not_speakers"]),
        not_speaker_endings=tuple(speakers["not_speaker_endings"]),
        not_in_phrases=frozenset(speakers["not_in_phrases"]),
        pronouns=frozenset(speakers["pronouns"]),
        forms_of_address=frozenset(speakers["forms_of_address"]),
        titles=tuple(speakers["titles"]),
        surnames=speakers["surnames"],
        compound_surnames=tuple(speakers["compound_surnames"]),
    )


class Speaker(NamedTuple):
    """A speaker: a name with a role, or a noun phrase without one."""

    name: str
    role: str | None
    personal: bool


class _Word(NamedTuple):
    """A word of a noun phrase. `tag` is that of its last token; `common` if Kiwi knows its start as a common noun."""

    text: str
    tag: str
    common: bool


class Speakers:
    """The speakers of one article. It remembers them, because later sentences shorten their names."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = word_lists()
        self._known: list[Speaker] = []
        self.last: Speaker | None = None
        """The speaker of the last quotation."""

    def remember(self, speaker: Speaker, *, spoke: bool) -> None:
        """Make a speaker the one that pronouns and short names refer to first."""
        if speaker in self._known:
            self._known.remove(speaker)
        self._known.append(speaker)
        if spoke:
            self.last = speaker

    def before(self, tokens: Sequence[Token], at: int) -> Speaker | None:
        """Return the speaker named by the noun phrase that ends before `tokens[at]`, a particle or the copula."""
        end = tokens[at - 1].end
        if quoted := _QUOTED_NAME.search(self._text, max(tokens[0].start, end - MAX_PHRASE_CHARS), end):
            return Speaker(quoted[1], None, personal=False)
        words: list[_Word] = []
        for word in self._words_back(tokens[:at]):
            address = words and words[0].text in self._words.forms_of_address
            if not address and (
                word.tag not in _NOUN_TAGS or (words and self._breaks(word.text, words[0].text))
            ):
                break
            words.insert(0, word)
        return self._speaker(words) if words else None

    def _words_back(self, tokens: Sequence[Token]) -> Iterator[_Word]:
        """Words before a particle, last first. Words and not tokens, because Kiwi may split a name."""
        stop = len(tokens)
        while stop:
            end = tokens[stop - 1].end
            # Not from token to token: those of a contracted verb overlap (모아증권 read as 모으 + 아).
            start = max(tokens[0].start, end - len(self._text[tokens[0].start : end].split()[-1]))
            first = stop - 1
            while first and tokens[first - 1].start >= start:
                first -= 1
            text = self._text[start:end]
            common = tokens[first].tag == "NNG" and tokens[first].end - tokens[first].start > 1
            yield _Word(_PARENTHESES.sub("", text), tokens[stop - 1].tag, common)
            stop = first

    def _breaks(self, word: str, after: str) -> bool:
        """Whether a word before a noun phrase does not belong to it."""
        if word == "이":
            return not self._is_title(after)
        return (
            word in self._words.not_in_phrases
            or word[-1:] in _BREAKING_MARKS
            or word in ("그", "이런", "그런", "첫")
            or _TIME.fullmatch(word) is not None
        )

    def _speaker(self, words: list[_Word]) -> Speaker | None:
        """Name and role in a noun phrase; None if it cannot speak."""
        words = [word for word in words if word.text]
        lists = self._words
        phrase = " ".join(word.text for word in words).strip(" ,·")
        if not phrase or phrase in lists.not_speakers or re.search(r"[“”\"]", phrase):
            return None
        if phrase in lists.pronouns:
            return next((s for s in reversed(self._known) if s.personal), self.last)
        last = words[-1].text
        if (
            last in lists.not_speakers
            or last.endswith(lists.not_speaker_endings)
            or not re.search(r"[가-힣A-Za-z]", last)
        ):
            return None
        person = self._person(words)
        if person is not None:
            return person
        return self._known_by(phrase.split()) or Speaker(phrase, None, personal=self._is_title(last))

    def _known_by(self, parts: list[str]) -> Speaker | None:
        """Return a person named before whose name and role contain all these words: 놈 장관 for 크리스티 놈 장관."""
        if len(parts) < MIN_KNOWN_WORDS:
            return None
        return next(
            (
                s
                for s in reversed(self._known)
                if s.personal and set(parts) <= {*s.name.split(), *(s.role or "").split()}
            ),
            None,
        )

    def _person(self, words: list[_Word]) -> Speaker | None:
        """Find a personal name among the words of a noun phrase, with the words around it as the role."""
        lists = self._words
        parts = [word.text for word in words]
        last = parts[-1]
        if last in lists.forms_of_address and len(parts) > 1:
            return self._named(parts[-2], parts[:-2], [])
        for address in lists.forms_of_address:
            if (
                last.endswith(address)
                and len(last) > len(address) + 1
                and self._is_name(last.removesuffix(address))
            ):
                return self._named(last.removesuffix(address), parts[:-1], [])
        if self._is_title(last):
            if len(parts) == 1:
                return self._by_role(last)
            if len(parts[-2]) <= MAX_SHORT_NAME_CHARS and (known := self._by_short_name(parts[-2], last)):
                return known
            at = self._name_position(words[:-1])
            return None if at is None else self._named(parts[at], parts[:at], parts[at + 1 :])
        after_title = len(parts) > 1 and self._is_title(parts[-2])
        common = words[-1].common and not after_title
        if self._is_full_name(last) and not common and not last.endswith(_ORGANIZATION_ENDINGS):
            return self._named(last, parts[:-1], [])
        return None

    def _name_position(self, words: list[_Word]) -> int | None:
        """Where the name is in the words before a title: 봉시내 의원, 서다온 누리온전자 대표."""
        names = [
            i
            for i, word in enumerate(words)
            if self._is_name(word.text)
            and not self._is_title(word.text)
            and not word.text.endswith(_COMMON_ENDINGS if word.common else _ORGANIZATION_ENDINGS)
        ]
        if not names:
            return None
        beside = names[-1] == len(words) - 1 and self._is_full_name(words[-1].text)
        # 공성배 용인대 교수: the second one is an organization.
        if beside and (len(names) == 1 or not words[-1].text.endswith((*_COMMON_ENDINGS, "대"))):
            return names[-1]
        return next((i for i in names if self._is_full_name(words[i].text)), None)

    def _named(self, name: str, before: list[str], after: list[str]) -> Speaker:
        known = self._by_name(name)
        if known is not None and known.role:
            return known
        role = " ".join([*before, *after]).strip(" ,·")
        return Speaker(name, role if role and not _AGE.match(role) else None, personal=True)

    def _by_name(self, name: str) -> Speaker | None:
        exact = next((s for s in reversed(self._known) if s.personal and s.name == name), None)
        return exact or (self._by_short_name(name, "") if len(name) <= MAX_SHORT_NAME_CHARS else None)

    def _by_short_name(self, name: str, title: str) -> Speaker | None:
        """Return the person that a family name refers to: 정 시장, 빙 박사, 지 씨. A person with that title comes first."""
        people = [
            s
            for s in reversed(self._known)
            if s.personal and len(s.name) > len(name) and s.name.startswith(name) and " " not in s.name
        ]
        return next((s for s in people if title and (s.role or "").endswith(title)), next(iter(people), None))

    def _by_role(self, title: str) -> Speaker | None:
        """Return the person that a title alone refers to, if one with that title was named."""
        return next(
            (s for s in reversed(self._known) if s.personal and s.role and s.role.endswith(title)), None
        )

    def _is_title(self, word: str) -> bool:
        return word.endswith(self._words.titles)

    def _is_name(self, word: str) -> bool:
        return _NAME.fullmatch(word) is not None and (
            word[0] in self._words.surnames or word.startswith(self._words.compound_surnames)
        )

    def _is_full_name(self, word: str) -> bool:
        return self._is_name(word) and len(word) == (
            4 if word.startswith(self._words.compound_surnames) and len(word) == 4 else 3
        )

"""Candidates: every word and every row of linked words of an article, with its mentions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Analysis, Token
from yoyak.keywords.lexicon import Lexicon
from yoyak.keywords.words import SPACE, Word, link_words, split_words, squash

MAX_TERM_WORDS = 3
# A quotation that may be the title of a work or the name of an event, not something somebody says.
_QUOTED = lazy_pattern(r"[‘'「『《〈<“\"]([^‘’'「」『』《》〈〉<>“”\"\n]{2,24})[’'」』》〉>”\"]")
_OPENING = frozenset("‘'「『《〈<“\"")
# Units that number the things of one name (1호, 임상 3상).
_ORDINAL_UNITS = frozenset("호상부강군")
_MAX_QUOTED_WORDS = 6
_CLAUSE_ENDS = frozenset(("EF", "EC", "JKB", "JKO", "JX", "JKS", "SF"))
# What follows a mention.
OTHER, NOUN, ROLE, TOPIC, VERB, QUOTE, PAREN = range(7)
KINDS = 7
_FOLLOWING = {
    **dict.fromkeys(("JKS", "JX"), TOPIC),
    **dict.fromkeys(("XSV", "XSA", "XSA-I", "XSA-R"), VERB),
    "SSO": PAREN,
}
TITLE, SUBTITLE = -1, -2
"""Sentence indices of mentions outside the body."""
_new = tuple.__new__


class Mention(NamedTuple):
    """One mention of a candidate."""

    sentence: int
    """Index of the sentence, TITLE or SUBTITLE."""
    position: int
    """Number of the word in the body, counted from 1; offset in the title."""
    after_noun: bool
    """Whether a noun stands a space before it."""
    following: int
    """OTHER, NOUN, ROLE, TOPIC, VERB, QUOTE or PAREN."""
    quoted: bool
    """Whether it stands alone in quotation marks."""


class Candidate:
    """A term of the article: its printed form, its words and its mentions.

    An article has some 200 of them, most of which keep the defaults, so these belong to the class.
    """

    proper: bool = False
    latin: bool = False
    link: int = SPACE
    """How its words are linked: SPACE or DOT."""
    defines: frozenset[str] = frozenset()
    """Keys of what it stands in parentheses after: XR of 확장현실(XR) defines 확장현실."""

    def __init__(self, key: str, surface: str, parts: tuple[str, ...], tokens: Sequence[Token]) -> None:
        self.key = key
        self.surface = surface
        self.parts = parts
        """Keys of its words."""
        self.tokens = tokens
        """Tokens of the first mention; none for a phrase in quotation marks that is no row of nouns."""
        self.mentions: list[Mention] = []

    @property
    def in_title(self) -> bool:
        """Whether the title mentions it."""
        return self.mentions[0].sentence == TITLE


def find(analysis: Analysis, lexicon: Lexicon) -> dict[str, Candidate]:
    """All candidates of an article by key, in order of first appearance: title, body, subtitles."""
    article = analysis.article
    finder = _Finder(lexicon)
    if article.title:
        finder.read(analysis.title, article.title, TITLE)
    for sentence in analysis.sentences:
        if sentence.candidate:
            finder.read(sentence.tokens, article.text, sentence.index, (sentence.start, sentence.end))
    for heading, tokens in zip(article.subtitles, analysis.subtitles, strict=False):
        finder.read(tokens, heading, SUBTITLE)
    return finder.found


class _Finder:
    """Collects the candidates of an article, one sentence at a time."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.found: dict[str, Candidate] = {}
        self.lexicon = lexicon
        self.position = 0

    def read(
        self, tokens: Sequence[Token], text: str, sentence: int, span: tuple[int, int] | None = None
    ) -> None:
        """Add the mentions of one sentence, or of a heading."""
        words = split_words(tokens, text, self.lexicon)
        links = link_words(words, text)
        follow = [self._following(words, links, at, tokens) for at in range(len(words))]
        after_noun = False
        for index, word in enumerate(words):
            if sentence >= 0:
                self.position += 1
            position = word.start if sentence == TITLE else self.position
            opened = text[word.start - 1] if word.start else ""
            # Most candidates are mentioned once: a plain tuple saves half the time of a constructor.
            for at, candidate in self._rows(words, links, index, tokens, text):
                following = follow[at]
                quoted = following == QUOTE and opened in _OPENING
                candidate.mentions.append(_new(Mention, (sentence, position, after_noun, following, quoted)))
                if index and opened == "(":
                    candidate.defines |= _rows_before(words, links, index)
            after_noun = links[index] == SPACE
        start, end = span or (0, len(text))
        self._add_quoted(tokens, text, sentence, start, end)

    def _rows(
        self, words: Sequence[Word], links: Sequence[int], index: int, tokens: Sequence[Token], text: str
    ) -> list[tuple[int, Candidate]]:
        """Candidates that begin with the word at `index`, each with the index of its last word."""
        found = self.found
        word = last = words[index]
        key, proper, latin = word.key, word.proper, word.latin
        parts: tuple[str, ...] = (key,)
        link = SPACE
        rows = []
        at = index
        while True:
            if len(key) > 1 and (not last.number or (at > index and _may_end(words[at - 1], last))):
                candidate = found.get(key)
                if candidate is None:
                    surface = text[word.start : last.end]
                    candidate = found[key] = Candidate(
                        key, surface, parts, tokens[word.first : last.last + 1]
                    )
                    if link != SPACE:
                        candidate.link = link
                    if latin:
                        candidate.latin = True
                if proper:
                    candidate.proper = True
                rows.append((at, candidate))
            if not links[at] or len(parts) == MAX_TERM_WORDS:
                return rows
            link = max(link, links[at])
            at += 1
            last = words[at]
            key += last.key
            proper, latin = proper or last.proper, latin or last.latin
            parts = (*parts, last.key)

    def _following(
        self, words: Sequence[Word], links: Sequence[int], at: int, tokens: Sequence[Token]
    ) -> int:
        """Kind of what follows the word at index `at`."""
        if links[at] == SPACE:
            return ROLE if words[at + 1].key in self.lexicon.roles else NOUN
        after = words[at].last + 1
        if after >= len(tokens):
            return OTHER
        token = tokens[after]
        if token.start != words[at].end:
            return OTHER
        return QUOTE if token.tag == "SSC" else _FOLLOWING.get(token.tag, OTHER)

    def _add_quoted(self, tokens: Sequence[Token], text: str, sentence: int, start: int, end: int) -> None:
        """Add the phrases in quotation marks that no row of nouns covers ('전지적 독자 시점')."""
        for match in _QUOTED.finditer(text, start, end):
            phrase = match[1]
            key = squash(phrase)
            known = self.found.get(key)
            if len(key) < 2 or (known is not None and len(known.tokens)):
                continue
            if known is None:
                inside = [t for t in tokens if match.start(1) <= t.start < match.end(1)]
                if not _is_name_like(phrase, inside):
                    continue
                known = Candidate(key, phrase, tuple(filter(None, map(squash, phrase.split()))), ())
                self.found[key] = known
            position = match.start(1) if sentence == TITLE else self.position
            known.mentions.append(Mention(sentence, position, after_noun=False, following=QUOTE, quoted=True))


def _rows_before(words: Sequence[Word], links: Sequence[int], index: int) -> frozenset[str]:
    """Keys of the rows of linked words that end right before an opening parenthesis."""
    if words[index].start - words[index - 1].end != 1:
        return frozenset()
    key = ""
    keys = []
    for at in range(index - 1, max(-1, index - 1 - MAX_TERM_WORDS), -1):
        if key and not links[at]:
            break
        key = words[at].key + key
        keys.append(key)
    return frozenset(keys)


def _may_end(before: Word, number: Word) -> bool:
    """Whether a number may end a term: after a name or Latin letters (CES 2026), or counting (임상 3상)."""
    if number.key == "전":
        return False
    return before.proper or before.latin or (number.key[:-1].isdigit() and number.key[-1] in _ORDINAL_UNITS)


def _is_name_like(phrase: str, tokens: Sequence[Token]) -> bool:
    """Whether a quoted phrase could be a title or name: short, and not a clause."""
    return (
        bool(tokens)
        and phrase == phrase.strip()
        and phrase.count(" ") < _MAX_QUOTED_WORDS
        and phrase[0] not in "·,"
        and phrase[-1] not in ".?!…,"
        and tokens[-1].tag not in _CLAUSE_ENDS
    )

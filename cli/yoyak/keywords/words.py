"""Words: nouns that touch each other, as the article prints them.

Kiwi splits compounds (데이터/센터, 고/대역/폭/메모리) and names it does not know (김/건/희). Readers see one word where
there is no space, so touching nouns are joined, whatever their tags. Endings that are grammar are then cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Token
from yoyak.keywords.lexicon import Lexicon

# What a token may do in a word: begin or continue it, only continue it, or connect two nouns that touch it.
_BEGIN, _CONTINUE, _CONNECT = 1, 2, 3
_PLACE = {
    **dict.fromkeys(("NNG", "NNP", "SL", "SH", "SN", "XPN", "XR", "NR", "MM", "MAG"), _BEGIN),
    **dict.fromkeys(("NNB", "XSN"), _CONTINUE),
    **dict.fromkeys(("SO", "SW", "SP", "JKG"), _CONNECT),
}
_NOUNS = frozenset(("NNG", "NNP", "SL", "SH"))
_QUANTITIES = frozenset(("SN", "NR", "NNB", "SW", "SP", "XSN"))
_NEVER_LAST = frozenset(("NNB", "MM", "MAG", "XPN", "NR"))
# Suffixes that are grammar, not part of a name: plurals, honorifics, approximations.
_GRAMMAR_SUFFIXES = frozenset(("들", "님", "씩", "쯤", "째", "가량", "짜리", "여", "께", "끼리", "별"))
# Bound nouns that end the name of a car, a ship, a shop or a line, with the tag of the token before them.
_NAME_ENDS = frozenset(
    (("차", "NNP"), ("호", "NNP"), ("호", "NNG"), ("점", "NNP"), ("선", "NNP"), ("호", "SL"), ("점", "SL"))
)
_NAME_LENGTH = 3  # syllables of most Korean names
_MARKS = lazy_pattern(r"[^0-9a-z가-힣一-鿿]+")
# What may stand between two words of one term.
SPACE, DOT = 1, 2
_LINKS = {" ": SPACE, "·": DOT, "‧": DOT, "ㆍ": DOT, "・": DOT}


_new = tuple.__new__


class Word(NamedTuple):
    """`text[start:end]`, made of the tokens `first` to `last` inclusive; `key` is its squashed form."""

    start: int
    end: int
    first: int
    last: int
    key: str
    proper: bool
    latin: bool
    number: bool
    """A number, amount or modifier (2026, 24명, 전): part of a term at most, never a term itself."""


def squash(text: str) -> str:
    """`text` in lower case without spaces and marks; two spellings of one term are equal in this form."""
    lower = text.lower()
    return lower if lower.isalnum() else _MARKS.sub("", lower)


def split_words(tokens: Sequence[Token], text: str, lexicon: Lexicon) -> list[Word]:
    """Return the words of a sentence or heading, in order."""
    words: list[Word] = []
    first = end = -1
    place_of = _PLACE.get
    for index, (_, tag, start, stop) in enumerate(tokens):
        place = place_of(tag)
        if first >= 0:
            if place and start == end and (place != _CONNECT or _connects(tokens, index, text)):
                end = stop
                continue
            word = _word(tokens, first, index - 1, text, lexicon)
            if word is not None:
                words.append(word)
            first = -1
        if place == _BEGIN and start >= end:
            first, end = index, stop
    if first >= 0:
        word = _word(tokens, first, len(tokens) - 1, text, lexicon)
        if word is not None:
            words.append(word)
    return words


def link_words(words: Sequence[Word], text: str) -> list[int]:
    """For each word, how it is linked to the next one: SPACE, DOT, or 0 if it is not."""
    if not words:
        return []
    link = _LINKS.get
    links = [
        link(text[before.end], 0) if after.start == before.end + 1 else 0 for before, after in pairwise(words)
    ]
    return [*links, 0]


def is_korean_name(key: str, lexicon: Lexicon) -> bool:
    """Whether a key could be the full name of a Korean: three syllables, the first of them a family name."""
    return len(key) == _NAME_LENGTH and key[0] in lexicon.surnames


def _connects(tokens: Sequence[Token], index: int, text: str) -> bool:
    """Whether the mark or particle at `index` connects two nouns to one word (R&D, GPT-4o, 12·29, 국민의힘)."""
    if index + 1 >= len(tokens):
        return False
    token, before, after = tokens[index], tokens[index - 1], tokens[index + 1]
    if after.start != token.end or _PLACE.get(after.tag) != _BEGIN:
        return False
    if token.tag == "JKG":
        return token.form == "의" and after.tag in _NOUNS and before.tag in _NOUNS
    mark = text[token.start : token.end]
    if mark in "·.":
        return before.tag == "SN" and after.tag == "SN"
    return mark in "&＆-+"


def _word(tokens: Sequence[Token], first: int, last: int, text: str, lexicon: Lexicon) -> Word | None:
    """Make a word of touching tokens; None if nothing is left without grammar."""
    if first == last:
        _, tag, start, end = tokens[first]
        number = tag == "SN" or (tag == "MM" and text[start:end] == "전")
        if not number and tag not in _NOUNS and tag != "XR":
            return None
        key = squash(text[start:end])
        # Most words of an article: tuple.__new__ makes one in half the time Word() does.
        return _new(Word, (start, end, first, last, key, tag == "NNP", tag == "SL", number)) if key else None
    if tokens[first].tag == "MAG" and tokens[first].end - tokens[first].start > 1:
        first += 1
    is_name = _is_split_name(tokens, first, last, lexicon)
    if not is_name:
        last = _without_grammar(tokens, first, last)
        # A lone Chinese character before a word is headline shorthand (美대통령).
        while first < last and tokens[first].tag == "SH" and tokens[first + 1].tag != "SH":
            first += 1
        if last < first:
            return None
    start, end = tokens[first].start, tokens[last].end
    tags = {token.tag for token in tokens[first : last + 1]}
    number = not is_name and (tags.isdisjoint(_NOUNS) or _is_amount(tokens, first, last, lexicon))
    key = squash(text[start:end])
    return Word(start, end, first, last, key, is_name or "NNP" in tags, "SL" in tags, number) if key else None


def _is_split_name(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether the tokens are a name of three syllables that Kiwi has split (김/건/희, 한/학자, 강훈/식)."""
    length = tokens[last].end - tokens[first].start
    if length != _NAME_LENGTH or tokens[first].form[:1] not in lexicon.surnames:
        return False
    if last - first == 2:
        return tokens[first].tag in ("NNP", "NNG")
    before, after = tokens[first].tag, tokens[last].tag
    return (before == "NNP" and after in ("NNB", "MM", "NR")) or (before == "MM" and after == "NNG")


def _without_grammar(tokens: Sequence[Token], first: int, last: int) -> int:
    """Index of the last token that belongs to the word; less than `first` if there is none (체계적)."""
    while last >= first:
        form, tag, _, _ = tokens[last]
        if tag == "XSN" and form == "적":
            return first - 1
        if tag == "NNB" and last > first:
            before = tokens[last - 1].tag
            if before == "SN" or (form, before) in _NAME_ENDS:
                break
        if tag not in _NEVER_LAST and not (tag == "XSN" and form in _GRAMMAR_SUFFIXES):
            break
        last -= 1
    return last


def _is_amount(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word is a number with its unit (24명, 5만원, 3분기, 2사), not a name with one (2차전지, 4대강)."""
    if tokens[first].tag not in ("SN", "NR"):
        return False
    units = lexicon.units
    at = first
    while at <= last:
        form = tokens[at].form
        # A single letter is a unit as it is printed: 58g is an amount, 5G is not.
        if tokens[at].tag not in _QUANTITIES and (form if len(form) == 1 else form.lower()) not in units:
            break
        at += 1
    if at < last:
        return False
    if at > last:
        return tokens[last].form != "호선"
    form, tag = tokens[last].form, tokens[last].tag
    return (tag == "NNG" and len(form) == 1) or f"{tokens[last - 1].form}{form}" in units

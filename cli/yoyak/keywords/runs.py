"""Runs: nouns that touch each other, on the surface.

Kiwi cuts compounds (데이터/센터, 고/대역/폭/메모리) and names it does not know (김/건/희); what a reader takes for
one word has no space in it, so nouns that touch are joined, whatever their tags say. Then what is grammar or number
comes off both ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from yoyak.core.values import Token
from yoyak.keywords.lexicon import Lexicon

_START, _INSIDE, _GLUE = 1, 2, 3
# What a tag may do in a run: start it or go on, only go on, or join two nouns that touch it on both sides. An adverb
# that touches a noun is the beginning of a name (잘피밭).
_KIND = {
    **dict.fromkeys(("NNG", "NNP", "SL", "SH", "SN", "XPN", "XR", "NR", "MM", "MAG"), _START),
    **dict.fromkeys(("NNB", "XSN"), _INSIDE),
    **dict.fromkeys(("SO", "SW", "JKG", "SP"), _GLUE),
}
_CORE = frozenset(("NNG", "NNP", "SL"))
# Ends of a run that are no part of its name.
_QUANTITY = frozenset(("SN", "NR", "NNB", "SW", "SP", "XSN"))
_NEVER_LAST = frozenset(("NNB", "MM", "MAG", "XPN", "NR"))
# Suffixes that are grammar, not name: plurals, honorifics, quantities.
_LOOSE = frozenset(("들", "님", "씩", "쯤", "째", "가량", "짜리", "여", "께", "끼리", "별"))
# Bound nouns that end the name of a car, a ship, a shop or a line, by the tag of what they touch (회의차 is none).
_NAME_ENDS = frozenset(
    (("차", "NNP"), ("호", "NNP"), ("호", "NNG"), ("점", "NNP"), ("선", "NNP"), ("호", "SL"), ("점", "SL"))
)
# What counts the things of one name (1호, 임상 3상, 4강): no term by itself, part of one beside a name.
_SERIES = frozenset(("호", "호기", "상", "부", "세대", "강", "군"))
_MARKS = re.compile(r"[^0-9a-z가-힣一-鿿]+")


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


_new = tuple.__new__


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
    """Whether a number may be part of a term: a date or code (12·29), after a name (CES 2026), in a row (임상 3상)."""
    if run.first != run.last:
        return run.key[-1].isdigit() or (bool(found) and found[-1].end + 1 == run.start)
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
            # Most runs of an article: tuple.__new__ makes one in half the time Run() does.
            key = text[start:end].lower()
            if not key.isalnum():
                key = _MARKS.sub("", key)
            return _new(Run, (start, end, first, last, key, tag == "NNP", tag == "SL", False))
        if tag == "SN":
            return Run(start, end, first, last, text[start:end], proper=False, latin=False, number=True)
        return None
    if last == first + 1:
        unit, start, end = tokens[last].form, tokens[first].start, tokens[last].end
        if tokens[first].tag == "SN" and (unit == "호선" or unit in _SERIES):
            line = unit == "호선"
            return Run(start, end, first, last, squash(text[start:end]), line, latin=False, number=not line)
    return _trimmed(tokens, first, last, text, lexicon)


def _trimmed(tokens: Sequence[Token], first: int, last: int, text: str, lexicon: Lexicon) -> Run | None:
    """Cut a run of several tokens."""
    if tokens[first].tag == "MAG" and tokens[first].end - tokens[first].start > 1:
        first += 1
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
        if tag == "NNB" and last > first and (form, tokens[last - 1].tag) in _NAME_ENDS:
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
    units = lexicon.units
    while at <= last:
        form = tokens[at].form
        # A letter is a unit as it stands: 58g is an amount, 5G is none.
        if tokens[at].tag not in _QUANTITY and (form if len(form) == 1 else form.lower()) not in units:
            break
        at += 1
    if at > first and at <= last and _is_counter(tokens, at, last, lexicon):
        return last + 1
    return first if at <= last else at


def _is_counter(tokens: Sequence[Token], at: int, last: int, lexicon: Lexicon) -> bool:
    """Whether what is left after the figures only counts: one syllable right after them (2사, 41자), or 차전, 차로."""
    if at == last and tokens[at - 1].tag in ("SN", "NR"):
        form, tag = tokens[at].form, tokens[at].tag
        return tag == "NNG" and len(form) == 1
    return at == last and f"{tokens[at - 1].form}{tokens[at].form}" in lexicon.units


def shortens(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in their order (국정원, 국가정보원)."""
    rest = iter(long)
    return 2 <= len(short) < len(long) and all(letter in rest for letter in short)


def is_korean_name(key: str, lexicon: Lexicon) -> bool:
    """Whether a key could be a Korean's whole name: three syllables, the first a family name."""
    return len(key) == 3 and key[0] in lexicon.surnames


def links(own: Sequence[Run], text: str) -> list[bool]:
    """For each run, whether the next one stands one space after it and nothing else between.

    Nothing goes on after a number in a row (임상 3상).
    """
    linked = [
        (not before.number or before.key[-1].isdigit())
        and after.start == before.end + 1
        and after.first == before.last + 1
        and text[before.end] == " "
        for before, after in pairwise(own)
    ]
    linked.append(False)
    return linked

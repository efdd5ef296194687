"""Choose keywords as a set: the best-scored terms, none of which overlaps with another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop

from yoyak.keywords import lexicon
from yoyak.keywords.candidates import Candidate
from yoyak.keywords.words import is_korean_name

# After this many keywords, further ones need a score of at least MIN_SCORE.
MIN_KEYWORDS = 5
MIN_SCORE = 0.05
# Last syllables of words for bodies: 자료원, 연구소, 위원회, 교육청, 재단, 박물관, 식약처, 고등학교, 우체국.
_BODY_ENDS = frozenset("원소회청단관처교국")


def choose(
    candidates: Sequence[Candidate], scores: Sequence[float], found: Mapping[str, Candidate], limit: int
) -> list[tuple[int, float]]:
    """Return at most `limit` candidates, best first, as (index, score); ties go to the earlier candidate.

    `found` holds all candidates of the article by key. Of two forms of one name the article's usual one is printed.
    """
    chosen: list[tuple[int, float]] = []
    waiting = [(-score, i) for i, score in enumerate(scores)]
    heapify(waiting)
    while waiting and len(chosen) < limit:
        score, i = heappop(waiting)
        if -score < MIN_SCORE and len(chosen) >= MIN_KEYWORDS:
            break
        others = [candidates[j] for j, _ in chosen]
        if not any(overlaps(candidates[i], other, found) for other in others):
            usual = _usual_form(i, candidates)
            if any(overlaps(candidates[usual], other, found) for other in others):
                usual = i
            chosen.append((usual, -score))
    return chosen


def overlaps(one: Candidate, other: Candidate, found: Mapping[str, Candidate]) -> bool:
    """Whether two terms say the same thing.

    One contains the other (쿠팡, 쿠팡 청문회), is another form of it (국정원, 국가정보원; XR, 확장현실), or is the other half
    of one name (도널드, 트럼프).
    """
    return (
        one.key in other.key
        or other.key in one.key
        or _is_abbreviation(one, other)
        or _is_abbreviation(other, one)
        or _is_half(one, other, found)
        or _is_half(other, one, found)
    )


def _usual_form(index: int, candidates: Sequence[Candidate]) -> int:
    """Index of the most mentioned form of a name; of its full form, if it is named by the last word later (자료원)."""
    one = candidates[index]
    best = index
    for i, other in enumerate(candidates):
        if _is_defined_short_form(one, other) or _is_defined_short_form(other, one):
            if len(other.mentions) > len(candidates[best].mentions):
                best = i
        elif _is_full_name(other, one):
            return i
    return best


def _is_abbreviation(short: Candidate, long: Candidate) -> bool:
    """Whether a term is short for another, by its letters or because it follows in parentheses."""
    return is_short_for(short.key, long.key) or (long.key in short.defines and short.latin != long.latin)


def _is_defined_short_form(short: Candidate, long: Candidate) -> bool:
    """Whether a short form follows its long form in parentheses: 국가정보원(국정원)."""
    return long.key in short.defines and is_short_for(short.key, long.key)


def _is_full_name(full: Candidate, short: Candidate) -> bool:
    """Whether a noun stands for the name of a body that ends in it and was mentioned before."""
    return (
        full.proper
        and full.key.endswith(short.key)
        and len(full.parts) == len(short.parts) == 1
        and full.key[-1] in _BODY_ENDS
        and full.mentions[0].sentence >= 0
        and full.mentions[0].position < short.mentions[0].position
        and short.mentions[0].sentence >= 0
    )


def is_short_for(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in the same order, from its first to its last letter."""
    if not 2 <= len(short) < len(long) or short[0] != long[0] or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)


def _is_half(first: Candidate, second: Candidate, found: Mapping[str, Candidate]) -> bool:
    """Whether a proper noun never stands without the one after it (도널드 트럼프), and is no full name of a Korean (갈매웅 다온전자)."""
    if not (first.proper and second.proper) or is_korean_name(first.key, lexicon.load()):
        return False
    whole = found.get(first.key + second.key)
    return whole is not None and len(whole.mentions) == len(first.mentions)

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


def choose(
    candidates: Sequence[Candidate], scores: Sequence[float], found: Mapping[str, Candidate], limit: int
) -> list[int]:
    """Indices of at most `limit` candidates, best first; of equal scores the earlier candidate is the better one.

    `found` holds all candidates of the article by key.
    """
    chosen: list[int] = []
    waiting = [(-score, i) for i, score in enumerate(scores)]
    heapify(waiting)
    while waiting and len(chosen) < limit:
        score, i = heappop(waiting)
        if -score < MIN_SCORE and len(chosen) >= MIN_KEYWORDS:
            break
        if not any(overlaps(candidates[i], candidates[other], found) for other in chosen):
            chosen.append(i)
    return chosen


def overlaps(one: Candidate, other: Candidate, found: Mapping[str, Candidate]) -> bool:
    """Whether two terms say the same thing.

    One contains the other (쿠팡, 쿠팡 청문회), is short for it (국정원, 국가정보원; XR, 확장현실), or is the other
    half of one name (도널드, 트럼프).
    """
    return (
        one.key in other.key
        or other.key in one.key
        or one.key in other.defines
        or other.key in one.defines
        or is_short_for(one.key, other.key)
        or is_short_for(other.key, one.key)
        or _is_half(one, other, found)
        or _is_half(other, one, found)
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

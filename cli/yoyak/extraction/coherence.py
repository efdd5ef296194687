"""Whether two texts are on the same topic, by their common stems: it tells an article from the next one on its page.

Measured on 31,000 Korean articles of 90 outlets: of the stems of 400 characters, 98 % of articles share more than
0.057 with their own title and first half, 99 % of other articles less than 0.056. At 150 characters: 95 % and 95 %.
"""

from __future__ import annotations

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import word_lists

MIN_OVERLAP = 0.055
"""Share of a passage's stems that the article has, if the passage belongs to it."""

_WORD = lazy_pattern(r"[가-힣A-Za-z]{2,}")
_LONG_PARTICLES = (
    "으로써",
    "으로서",
    "에게서",
    "에서는",
    "으로는",
    "이라며",
    "이라고",
    "라며",
    "라고",
    "에서",
    "에게",
    "까지",
    "부터",
    "으로",
    "이나",
    "에는",
    "에도",
    "께서",
)
_SHORT_PARTICLES = frozenset("은는이가을를의에로와과도만서")
_MAX_SAMPLE_CHARS = 6_000


def stems(text: str) -> frozenset[str]:
    """Return the topical stems of a text: words without their particle, cut to four syllables, common ones left out."""
    common = word_lists.load().stems
    found = set()
    for found_word in _WORD.findall(text[:_MAX_SAMPLE_CHARS]):
        word = found_word
        if len(word) > 2:
            if word.endswith(_LONG_PARTICLES):
                cut = 3 if len(word) > 4 and word.endswith(_LONG_PARTICLES[:7]) else 2
                word = word[:-cut] if len(word) >= cut + 2 else word
            elif word[-1] in _SHORT_PARTICLES:
                word = word[:-1]
        found.add(word[:4])
    return frozenset(found - common)


def overlap(passage: frozenset[str], article: frozenset[str]) -> float:
    """Share of a passage's stems that the article has too; 0 for a passage with none."""
    return len(passage & article) / len(passage) if passage else 0.0


def is_same_topic(passage: str, article: frozenset[str], *, least: float = MIN_OVERLAP) -> bool:
    """Whether a passage is about what the article is about. Too short a passage cannot show that it is."""
    own = stems(passage)
    shared = len(own & article)
    return shared >= 2 and shared / len(own) >= least if own else False

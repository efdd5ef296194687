"""Recognize a text file that holds one article per line."""

from __future__ import annotations

from itertools import pairwise

from yoyak.core.patterns import lazy_pattern

MIN_LINES = 3
MIN_LINE_CHARS = 80
MIN_SENTENCES = 4
"""Median number of sentences in a line."""
MAX_SHARED_WORDS = 0.0006
"""Words that neighbouring lines have in common, as a share of all pairs of their words. Of files of 3 to 20 articles,
one per line, 89 to 96 % are under it, and of single articles cut into paragraphs of 4 to 6 sentences under 1 % (7,800
articles of two collections). No dump of a page has lines of this shape."""
_SENTENCE_END = lazy_pattern(r"[가-힣][.!?][\"”’')\]]*(?=\s|$|[가-힣\"“])")
_WORD = lazy_pattern(r"[가-힣]{3,}|[A-Za-z]{2,}|\d{2,}")
MIN_LONG_LINES = 6
MIN_LONG_LINE_CHARS = 200
MIN_LONG_LINE_SENTENCES = 6
"""Median number of sentences in a line."""
MAX_SHARED_WORDS_OF_LONG_LINES = 0.0013
"""The limit for files of at least six such long lines: an article seldom has paragraphs like that."""


def is_article_per_line(words: str) -> bool:
    """Whether every line of a text is an article of its own: long, of several sentences, about something else.

    Paragraphs of one article repeat its names and topics; a page has short lines and empty ones.
    """
    lines = words.strip().split("\n")
    if len(lines) < MIN_LINES or any(len(line) < MIN_LINE_CHARS for line in lines):
        return False
    sentences = [len(_SENTENCE_END.findall(line)) for line in lines]
    median = sorted(sentences)[len(sentences) // 2]
    if median < MIN_SENTENCES or sum(count > 1 for count in sentences) < 0.8 * len(lines):
        return False
    known = [{word[:3] for word in _WORD.findall(line)} for line in lines]
    shared = [len(one & other) / max(1, len(one) * len(other)) for one, other in pairwise(known)]
    is_long = len(lines) >= MIN_LONG_LINES and median >= MIN_LONG_LINE_SENTENCES
    is_long = is_long and min(map(len, lines)) >= MIN_LONG_LINE_CHARS
    limit = MAX_SHARED_WORDS_OF_LONG_LINES if is_long else MAX_SHARED_WORDS
    return sum(shared) <= limit * len(shared)

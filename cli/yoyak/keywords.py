"""Keywords: noun runs on surface spans, weighed by frequency, title and first position."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from yoyak.background import Background
from yoyak.model import Analysis, Keyword, Token
from yoyak.options import KeywordOptions

_INSIDE = frozenset(("NNG", "NNP", "SL", "SH", "SN", "XPN", "XSN", "XR", "NR"))
_CORE = frozenset(("NNG", "NNP", "SL"))
_STOP = frozenset(
    "기자 뉴스 사진 이날 오전 오후 지난해 올해 관계자 무단전재 재배포 경우 때문 대표 지난달 오늘 내년".split()
)


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    start = end = -1
    core = False
    for _form, tag, first, last in tokens:
        if tag in _INSIDE:
            if first == end:
                end = last
                core |= tag in _CORE
                continue
            if start >= 0 and core:
                yield start, end
            start, end, core = first, last, tag in _CORE
        else:
            if start >= 0 and core:
                yield start, end
            start = end = -1
            core = False
    if start >= 0 and core:
        yield start, end


def extract_keywords(analysis: Analysis, *, background: Background, options: KeywordOptions) -> tuple[Keyword, ...]:
    """Compounds and names as the article prints them, best first."""
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    at = 0
    title = analysis.article.title or ""
    in_title = {title[a:b] for a, b in _runs(analysis.title)}
    body = analysis.article.text
    for sentence in analysis.sentences:
        for a, b in _runs(sentence.tokens):
            term = body[a:b]
            counts[term] = counts.get(term, 0) + 1
            first.setdefault(term, at)
            at += 1
    scores = {
        term: (1 + math.log(n)) * (3 if term in in_title else 1) * (1.3 if first[term] < at / 5 else 1)
        for term, n in counts.items()
        if len(term) > 1 and term not in _STOP and term not in options.stopwords
    }
    top = max(scores.values(), default=1.0)
    kept: list[Keyword] = []
    for term, score in sorted(scores.items(), key=lambda pair: (-pair[1], first[pair[0]])):
        if len(kept) == options.limit:
            break
        if not any(term in other.term or other.term in term for other in kept):
            kept.append(Keyword(term, score / top, counts[term]))
    return tuple(kept)

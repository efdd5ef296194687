"""Keywords: compounds and names as the article prints them."""

from __future__ import annotations

import math
from pathlib import Path

from yoyak.background import Background
from yoyak.errors import OptionError
from yoyak.keywords import candidates, lexicon
from yoyak.messages import text
from yoyak.model import Analysis, Keyword
from yoyak.options import KeywordOptions


def extract_keywords(
    analysis: Analysis, *, background: Background, options: KeywordOptions
) -> tuple[Keyword, ...]:
    """Compounds and names as the article prints them, best first."""
    words = lexicon.load()
    stop = words.never | options.stopwords
    found = candidates.find(analysis, words)
    scores = {
        key: (1 + math.log(c.count)) * background.idf(key) * (3 if c.title else 1)
        for key, c in found.items()
        if len(c.parts) == 1 and len(key) > 1 and c.count and key not in stop
    }
    top = max(scores.values(), default=1.0)
    kept: list[Keyword] = []
    keys: list[str] = []
    for key, score in sorted(scores.items(), key=lambda pair: -pair[1]):
        if len(kept) == options.limit:
            break
        if not any(key in other or other in key for other in keys):
            keys.append(key)
            kept.append(Keyword(found[key].surface, score / top, found[key].count))
    return tuple(kept)


def read_stopwords(path: Path) -> frozenset[str]:
    """Read terms never to be printed: one a line, `#` begins a comment line. Raises OptionError."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=error.strerror or error)
        ) from error
    except UnicodeDecodeError as error:
        raise OptionError(text("{path} is no UTF-8 text.", path=path)) from error
    terms = (line.strip() for line in lines)
    return frozenset(candidates.squash(term) for term in terms if term and not term.startswith("#")) - {""}

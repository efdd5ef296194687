"""Word lists of the keyword stage: page furniture, dates, job titles, family names, units."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Sets of words in lower case, without spaces."""

    never: frozenset[str]
    """Never keywords: page furniture, dates, phrases of headlines, and words that any article has."""
    outer: frozenset[str]
    """Those of them that neither begin nor end a keyword: page furniture, dates, phrases of headlines."""
    roles: frozenset[str]
    """Job titles, which follow a name."""
    offices: frozenset[str]
    """Job titles that may be keywords."""
    surnames: frozenset[str]
    units: frozenset[str]
    """Units of amounts."""


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read the lists in the package, once."""
    text = resources.files("yoyak.keywords").joinpath("stopwords.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    never, beside = tables["never"], tables["beside"]
    return Lexicon(
        never=frozenset(word for words in never.values() for word in words.split()),
        outer=frozenset(word for name in ("page", "headline", "time") for word in never[name].split()),
        roles=frozenset(beside["roles"].split()),
        offices=frozenset(beside["offices"].split()),
        surnames=frozenset(beside["surnames"].split()),
        units=frozenset(beside["units"].split()),
    )

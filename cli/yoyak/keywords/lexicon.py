"""The word lists keywords are told apart with: page words, dates, titles, family names, units."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Sets of words in lower case, without spaces."""

    never: frozenset[str]
    """Never a keyword: page furniture, dates, and what any text says."""
    roles: frozenset[str]
    """Titles that follow a name."""
    offices: frozenset[str]
    """Titles that may be keywords."""
    surnames: frozenset[str]
    units: frozenset[str]
    """What ends a number rather than naming a thing."""


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """Read the lists in the package, once."""
    text = resources.files("yoyak.keywords").joinpath("stopwords.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    beside = tables["beside"]
    return Lexicon(
        never=frozenset(word for words in tables["never"].values() for word in words.split()),
        roles=frozenset(beside["roles"].split()),
        offices=frozenset(beside["offices"].split()),
        surnames=frozenset(beside["surnames"].split()),
        units=frozenset(beside["units"].split()),
    )

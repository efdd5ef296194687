"""People and organizations that an article names, by the words beside them.

A person is a Korean name before a title (조주완 사장) or an office after a known family name; an organization is a noun
compound that ends as organizations do (가람시의회, 한들전자). Used for the overview only, where counts over many
articles hide single errors.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from yoyak.core.values import Analysis, Token
from yoyak.keywords import lexicon

MAX_NAMES = 12
MIN_NAME_CHARS, MAX_NAME_CHARS = 3, 4
MIN_ORGANIZATION_CHARS = 3
# A place before a title (부산시 시장) is no person.
_PLACE_ENDS = ("시", "군", "구", "도", "청", "부")
_NOUNS = frozenset(("NNG", "NNP", "SL", "XPN", "XSN"))


class Endings(NamedTuple):
    """How organizations end, whole names among the endings, and nouns that are no name although they end so."""

    endings: tuple[str, ...]
    names: frozenset[str]
    never: frozenset[str]


@lru_cache(maxsize=1)
def load_endings() -> Endings:
    """Read `organizations.toml`, once."""
    table = tomllib.loads(
        resources.files("yoyak.stories").joinpath("organizations.toml").read_text(encoding="utf-8")
    )
    names = frozenset(table["names"].split())
    endings = (*table["endings"].split(), *sorted(names))
    return Endings(endings, names, frozenset(table["never"].split()))


def find(analysis: Analysis) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People and organizations of an article, each once, sorted."""
    people: set[str] = set()
    organizations: set[str] = set()
    article = analysis.article
    for text, tokens in (
        (article.title or "", analysis.title),
        *((article.text, sentence.tokens) for sentence in analysis.sentences),
    ):
        people.update(_people(tokens))
        organizations.update(_organizations(text, tokens))
    own = {article.press, *article.reporters}
    return (
        tuple(sorted(people - own)[:MAX_NAMES]),
        tuple(sorted(organizations - own)[:MAX_NAMES]),
    )


def _people(tokens: Sequence[Token]) -> set[str]:
    words = lexicon.load()
    found = set()
    for token, after in pairwise(tokens):
        if (
            token.tag == "NNP"
            and MIN_NAME_CHARS <= len(token.form) <= MAX_NAME_CHARS
            and token.form[0] in words.surnames
            and after.tag in _NOUNS
            and 0 <= after.start - token.end <= 1
            and after.form in words.roles
            and not token.form.endswith(_PLACE_ENDS)
            and token.form not in load_endings().never
            and not _is_organization(token.form)
        ):
            found.add(token.form)
    return found


def _organizations(text: str, tokens: Sequence[Token]) -> set[str]:
    found = set()
    start = end = -1
    for token in (*tokens, Token("", "", -1, -1)):
        if token.tag in _NOUNS and token.start == end:
            end = token.end
            continue
        if end > start >= 0 and _is_organization(text[start:end]):
            found.add(text[start:end])
        start, end = (token.start, token.end) if token.tag in _NOUNS else (-1, -1)
    return found


def _is_organization(name: str) -> bool:
    table = load_endings()
    if len(name) < MIN_ORGANIZATION_CHARS or name in table.never or name in _common_endings():
        return False
    return name.endswith(table.endings)


@lru_cache(maxsize=1)
def _common_endings() -> frozenset[str]:
    """Return endings that are common nouns when they stand alone (연구원, 위원회); the names of ministries are none."""
    table = load_endings()
    return frozenset(table.endings) - table.names

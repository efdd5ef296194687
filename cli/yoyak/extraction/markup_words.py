"""The words of `markup.toml`, each list with its reason there."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


def word_list(name: str) -> tuple[str, ...]:
    """Return a list of the file in its order."""
    return tuple(_load()[name]["words"])


def word_set(name: str) -> frozenset[str]:
    """Return a list of the file as a set."""
    return frozenset(word_list(name))


@cache
def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(
        resources.files("yoyak.extraction").joinpath("markup.toml").read_text(encoding="utf-8")
    )

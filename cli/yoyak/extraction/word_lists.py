"""The words of `rules.toml`: sets for whole lines, one compiled pattern for each list."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words around articles. Patterns are matched against lines without spaces."""

    controls: frozenset[str]
    labels: frozenset[str]
    sections: frozenset[str]
    menu: re.Pattern[str]
    """Names of sections without a space between them, as converters leave a row of links."""
    control_row: re.Pattern[str]
    """The same for buttons and sections."""
    tail: re.Pattern[str]
    related: re.Pattern[str]
    legal: re.Pattern[str]
    address: re.Pattern[str]
    summary: re.Pattern[str]
    interface: re.Pattern[str]
    promotion: re.Pattern[str]
    furniture: re.Pattern[str]
    """A copyright sign, or a word of the lists for which a paragraph can be removed."""
    agencies: str
    """An alternation for use inside other patterns, longest first."""
    surnames: frozenset[str]
    surnames_long: frozenset[str]
    not_names: frozenset[str]
    press: dict[str, str]
    """Outlets by the domain of their addresses."""
    outlets: frozenset[str]
    stems: frozenset[str]


def _alternation(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, longest first, grouped by first letter for speed."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(own)})" for first, own in rests.items())


@lru_cache(maxsize=1)
def load() -> Words:
    """Read the lists once per process."""
    data = tomllib.loads(
        resources.files("yoyak.extraction").joinpath("rules.toml").read_text(encoding="utf-8")
    )
    contains = {
        name: re.compile(_alternation(data[name]["contains"])) for name in ("legal", "address", "promotion")
    }
    spoken = [
        data["legal"]["contains"],
        data["address"]["contains"],
        data["promotion"]["contains"],
        data["interface"]["words"],
    ]
    tail = f"(?:[■▶◆●★☆◇※▣\\[<【〈#]*)(?:{_alternation(data['tail']['starts'])})"
    inside = _alternation(data["tail"]["contains"])
    buttons = [word for word in (*data["controls"]["words"], *data["sections"]["words"]) if len(word) > 1]
    return Words(
        controls=frozenset(data["controls"]["words"]),
        labels=frozenset(data["labels"]["words"]),
        sections=frozenset(data["sections"]["words"]),
        menu=re.compile(f"(?:{_alternation(data['sections']['words'])})+"),
        control_row=re.compile(f"(?>{_alternation(buttons)})++"),
        tail=re.compile(f"^{tail}|{inside}"),
        related=re.compile(f"^[-·]*(?:{_alternation(data['related']['starts'])})"),
        summary=re.compile(f"^[■▶◆●★◇※✔🤖\\[<【]*(?:{_alternation(data['summary']['starts'])})[\\]>】]?"),
        interface=re.compile(_alternation(data["interface"]["words"])),
        agencies=_alternation(data["agencies"]["words"]),
        surnames=frozenset(data["surnames"]["one"]),
        surnames_long=frozenset(data["surnames"]["two"]),
        not_names=frozenset(data["not_names"]["words"]),
        press=data["press"]["domains"],
        outlets=frozenset(data["press"]["domains"].values()),
        furniture=re.compile(f"[ⓒ©]|{_alternation(chain(*spoken))}"),
        stems=frozenset(data["stems"]["words"].split()),
        **contains,
    )

"""The learned ranker: a small JSON of weights, read and checked here, written by `training`.

score(sentence) = features . (shared + sum over experts of gate(article) * expert), where the gates are a
softmax over the article's traits and words: kinds of news disagree on what a good sentence is (explainers reward content,
straight news its first sentences), so the model first asks which kind it has. Everything is linear
given the article: a score is the sum of its parts, and the parts are what `--explain` prints. Plain numbers, for the
reasons of `features`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import mul
from pathlib import Path
from typing import Any, TypeAlias

from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.ranking import cover as covers
from yoyak.ranking.cover import Cover
from yoyak.ranking.features import NAMES, TRAITS, Sheet
from yoyak.ranking.topics import Topics

SCHEMA = 1
Row: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """A fitted model.

    `shared` has a weight for each feature; `experts` a row for each kind but the first, which has the shared weights
    alone. `gates` (kinds x traits) and `bias` (kinds) work on traits standardized by `mean` and `scale`: those of the
    sheet, then what `topics` says of each of its kinds. `cover` chooses a summary as a whole; a model that has seen no
    deck has none.
    """

    kinds: tuple[str, ...]
    mean: Row
    scale: Row
    gates: tuple[Row, ...]
    bias: Row
    shared: Row
    experts: tuple[Row, ...]
    diversity: float
    topics: Topics | None = None
    cover: Cover | None = None

    def kind(self, sheet: Sheet) -> list[float]:
        """How much of each kind an article is; sums to 1."""
        return self.gate([*sheet.traits, *(self.topics.scores(sheet.terms) if self.topics else ())])

    def gate(self, traits: Sequence[float]) -> list[float]:
        """How much of each kind an article is by its traits, one for each column of `gates`; sums to 1."""
        standard = [
            (value - mean) / scale for value, mean, scale in zip(traits, self.mean, self.scale, strict=True)
        ]
        power = [
            sum(map(mul, gates, standard)) + bias for gates, bias in zip(self.gates, self.bias, strict=True)
        ]
        highest = max(power)
        odds = [math.exp(value - highest) for value in power]
        whole = sum(odds)
        return [value / whole for value in odds]

    def weights(self, kind: Sequence[float]) -> list[float]:
        """Feature weights for an article that is so much of each kind."""
        weights = list(self.shared)
        for share, expert in zip(kind[1:], self.experts, strict=True):
            weights = [weight + share * own for weight, own in zip(weights, expert, strict=True)]
        return weights

    def slopes(self, sheet: Sheet, kind: Sequence[float]) -> list[float]:
        """Weights of the columns of a sheet as they are, not standardized, for an article of this `kind`."""
        weights = zip(self.weights(kind), sheet.spreads, strict=True)
        return [weight / spread if spread else 0.0 for weight, spread in weights]

    def scores(self, sheet: Sheet) -> list[float]:
        """Score of each sentence of a sheet: its features times the weights of its article."""
        return sheet.weighed(self.slopes(sheet, self.kind(sheet)))


def load(path: Path | None = None) -> Ranker:
    """Load a model file, None: the one in the package. Raises OptionError that says what is wrong with it."""
    return _load(path.resolve() if path else None)


@lru_cache(maxsize=4)
def _load(path: Path | None) -> Ranker:
    if path is None:
        return parse(
            files("yoyak.ranking").joinpath("ranker.json").read_text(encoding="utf-8"),
            name="ranking/ranker.json",
        )
    try:
        return parse(path.read_text(encoding="utf-8"), name=str(path))
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=describe_os_error(error))
        ) from error
    except UnicodeDecodeError as error:
        raise OptionError(text("{path}: not a ranking model: {reason}", path=path, reason=error)) from error


def parse(document: str, *, name: str) -> Ranker:
    """Read a model from its JSON. Raises OptionError naming the key that is missing or wrong."""
    try:
        tree = json.loads(document)
    except ValueError as error:
        raise OptionError(text("{path}: not a ranking model: {reason}", path=name, reason=error)) from error
    if not isinstance(tree, dict) or tree.get("schema") != SCHEMA:
        raise OptionError(
            text(
                "{path}: not a ranking model of schema {schema}; create one with `yoyak train`",
                path=name,
                schema=SCHEMA,
            )
        )
    kinds = tree.get("kinds")
    if not isinstance(kinds, list) or not kinds or not all(isinstance(kind, str) for kind in kinds):
        raise _wrong(name, "kinds")
    topics = _topics(tree["topics"], f"{name}: topics", kinds) if tree.get("topics") is not None else None
    traits = _table(tree, "traits", name, ("mean", "scale", *kinds), _traits(topics))
    scale = traits[1]
    if min(scale) <= 0:
        raise _wrong(name, "traits.scale")
    weights = _table(tree, "weights", name, ("shared", *kinds[1:]), NAMES)
    return Ranker(
        kinds=tuple(kinds),
        mean=traits[0],
        scale=scale,
        gates=traits[2:],
        bias=_numbers(tree, "bias", name, len(kinds)),
        shared=weights[0],
        experts=weights[1:],
        diversity=_numbers({"diversity": [tree.get("diversity")]}, "diversity", name, 1)[0],
        topics=topics,
        cover=_cover(tree["cover"], f"{name}: cover", kinds) if tree.get("cover") is not None else None,
    )


def _traits(topics: Topics | None) -> tuple[str, ...]:
    """Names of all traits: those of a sheet, and those of the words of each kind that has any."""
    return (*TRAITS, *(f"words of {kind}" for kind in (topics.kinds if topics else ())))


def _topics(tree: object, name: str, kinds: Sequence[str]) -> Topics:
    """Read what words tell of the kind."""
    if not isinstance(tree, dict):
        raise _wrong(name, "topics")
    own = _own_kinds(tree, name, kinds)
    words = tree.get("words")
    if not isinstance(words, dict):
        raise _wrong(name, "words")
    return Topics(
        kinds=own,
        words={word: _numbers(words, word, f"{name}: words", len(own)) for word in words},
        bias=_numbers(tree, "bias", name, len(own)),
    )


def _cover(tree: object, name: str, kinds: Sequence[str]) -> Cover:
    """Read the cover of a model. Morphemes are written 밝히/VV."""
    if not isinstance(tree, dict):
        raise _wrong(name, "cover")
    own = _own_kinds(tree, name, kinds)
    places = len(covers.PLACES) + 1
    columns = {
        "places": len(covers.TOTALS) + 1,
        "again": len(covers.COUNTS) + 1,
        "rests": len(covers.RESTS) + 1,
    }
    rows = {
        key: tuple([_numbers({key: row}, key, name, width) for row in _list(tree, key, name, places)])
        for key, width in columns.items()
    }
    parts = _pairs(tree, "parts", name)
    if set(parts) != set(covers.PARTS):
        raise _wrong(name, "parts")
    morphemes = {"".join(key.rsplit("/", 1)): own for key, own in _pairs(tree, "morphemes", name).items()}
    single = {key: _numbers({key: [tree.get(key)]}, key, name, 1)[0] for key in ("weight", "bias")}
    if single["weight"] < 0.0:  # sets are bounded from above by what they could show
        raise _wrong(name, "weight")
    return Cover(
        kinds=own,
        weight=single["weight"],
        bias=single["bias"],
        places=rows["places"],
        lengths=_numbers(tree, "lengths", name, len(covers.LENGTHS) + 1),
        again=rows["again"],
        rests=rows["rests"],
        parts=parts,
        first={unit: first for unit, (first, _) in morphemes.items()},
        second={unit: second for unit, (_, second) in morphemes.items()},
    )


def _own_kinds(tree: Mapping[str, Any], name: str, kinds: Sequence[str]) -> tuple[str, ...]:
    """Read which of the model's kinds a part of it is about."""
    own = tree.get("kinds")
    if not isinstance(own, list) or not all(kind in kinds for kind in own):
        raise _wrong(name, "kinds")
    return tuple(own)


def _pairs(tree: Mapping[str, Any], key: str, name: str) -> dict[str, tuple[float, float]]:
    table = tree.get(key)
    if not isinstance(table, dict):
        raise _wrong(name, key)
    found = {row: _numbers(table, row, f"{name}: {key}", 2) for row in table}
    return {row: (first, second) for row, (first, second) in found.items()}


def _list(tree: Mapping[str, Any], key: str, name: str, count: int) -> list[object]:
    value = tree.get(key)
    if not isinstance(value, list) or len(value) != count:
        raise _wrong(name, key)
    return value


def to_json(ranker: Ranker, extra: Mapping[str, Any]) -> str:
    """Write a model as JSON a person can read: a line for each feature and trait. `extra` goes in front of the weights."""
    heads: dict[str, Any] = {
        "schema": SCHEMA,
        **extra,
        "kinds": list(ranker.kinds),
        "diversity": ranker.diversity,
        "bias": _plain(ranker.bias),
    }
    traits = zip(ranker.mean, ranker.scale, *ranker.gates, strict=True)
    weights = zip(ranker.shared, *ranker.experts, strict=True)
    tables = {
        "traits": dict(zip(_traits(ranker.topics), map(_plain, traits), strict=True)),
        "weights": dict(zip(NAMES, map(_plain, weights), strict=True)),
    }
    front = json.dumps(heads, ensure_ascii=False, indent=1)[:-2]
    for key, table in tables.items():
        lines = ",\n".join(f'  "{row}": {json.dumps(values)}' for row, values in table.items())
        front += f',\n "{key}": {{\n{lines}\n }}'
    if ranker.topics:
        front += f',\n "topics": {{\n{_worded(ranker.topics)}\n }}'
    if ranker.cover:
        front += f',\n "cover": {{\n{_written(ranker.cover)}\n }}'
    return front + "\n}\n"


def _worded(topics: Topics) -> str:
    """Write what words tell of the kind, a line for each word."""
    rows = ",\n".join(
        f"   {json.dumps(word, ensure_ascii=False)}: {_short(own)}" for word, own in topics.words.items()
    )
    return (
        f'  "kinds": {json.dumps(topics.kinds, ensure_ascii=False)},\n  "bias": {_short(topics.bias)},\n'
        f'  "words": {{\n{rows}\n  }}'
    )


def _written(cover: Cover) -> str:
    """Write a cover, a line for each row and each morpheme."""
    lines = [
        f'  "kinds": {json.dumps(cover.kinds, ensure_ascii=False)}',
        f'  "weight": {cover.weight}',
        f'  "bias": {round(cover.bias, 3)}',
        f'  "lengths": {_short(cover.lengths)}',
    ]
    for key, table in (("places", cover.places), ("again", cover.again), ("rests", cover.rests)):
        rows = ",\n   ".join(map(_short, table))
        lines.append(f'  "{key}": [\n   {rows}\n  ]')
    words = {
        unit: (first, cover.second[unit])
        for unit, first in sorted(cover.first.items(), key=lambda item: item[0])
    }
    for key, pairs in (
        ("parts", cover.parts),
        ("morphemes", {_slashed(unit): own for unit, own in words.items()}),
    ):
        rows = ",\n".join(
            f"   {json.dumps(unit, ensure_ascii=False)}: {_short(own)}" for unit, own in pairs.items()
        )
        lines.append(f'  "{key}": {{\n{rows}\n  }}')
    return ",\n".join(lines)


def _slashed(unit: str) -> str:
    """Put a slash between the form and the part of speech of a morpheme.

    >>> _slashed("빠르VA-R"), _slashed("AISL")
    ('빠르/VA-R', 'AI/SL')
    """
    part = max((part for part in covers.PARTS if unit.endswith(part)), key=len)
    return f"{unit[: -len(part)]}/{part}"


def _short(values: Sequence[float]) -> str:
    return json.dumps([round(value, 2) for value in values])


def _plain(values: Row) -> list[float]:
    return [round(value, 5) for value in values]


def _table(
    tree: Mapping[str, Any], key: str, name: str, columns: tuple[str, ...], rows: tuple[str, ...]
) -> tuple[Row, ...]:
    """Read a table of named rows, every one there and finite, and turn it: one row for each of `columns`."""
    table = tree.get(key)
    if not isinstance(table, dict):
        raise _wrong(name, key)
    wrong = sorted(set(table) ^ set(rows))
    if wrong:
        raise OptionError(
            text(
                "{path}: “{key}” does not match this version of yoyak ({names}); train the model again",
                path=name,
                key=key,
                names=", ".join(wrong[:5]),
            )
        )
    return tuple(zip(*[_numbers(table, row, f"{name}: {key}", len(columns)) for row in rows], strict=True))


def _numbers(tree: Mapping[str, Any], key: str, name: str, count: int) -> Row:
    values = tree.get(key)
    good = isinstance(values, list) and len(values) == count and all(type(v) in (int, float) for v in values)
    if not good or not all(map(math.isfinite, values)):  # type: ignore[arg-type]
        raise _wrong(name, key)
    return tuple(map(float, values))  # type: ignore[arg-type]


def _wrong(name: str, key: str) -> OptionError:
    return OptionError(text("{path}: “{key}” is missing or has the wrong shape", path=name, key=key))

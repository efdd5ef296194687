"""The ranking model: one linear model over features and wording, in a JSON file written by `yoyak train`.

score(sentence) = standardized features . weights + sum of the weights of its morpheme patterns

The features are standardized within the article, and a score is the sum of its parts.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.core.values import Sentence, Token
from yoyak.ranking.features import NAMES, WORDING_KINDS, FeatureMatrix, wording

SCHEMA = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """A fitted model: a weight for each of `NAMES`, and one for each morpheme pattern, by kind of pattern."""

    weights: tuple[float, ...]
    wording: Mapping[str, Mapping[str, float]]

    def parts(self, matrix: FeatureMatrix, sentences: Sequence[Sentence]) -> dict[str, list[float]]:
        """Parts of the scores by name: the features, and `wording`. Each has mean 0 over the sentences."""
        parts = {
            name: [weight * value for value in column]
            for name, weight, column in zip(NAMES, self.weights, matrix.standardized(), strict=True)
        }
        sums = [self._wording_score(sentence.tokens) for sentence in sentences]
        mean = sum(sums) / len(sums)
        parts["wording"] = [value - mean for value in sums]
        return parts

    def _wording_score(self, tokens: Sequence[Token]) -> float:
        patterns = wording(tokens)
        found: list[float] = []
        for kind, weights in self.wording.items():
            get = weights.get
            found += [get(pattern, 0.0) for pattern in patterns.get(kind, ())]
        return math.fsum(found)  # exact, so that the order of the patterns does not matter


def load(path: Path | None = None) -> Ranker:
    """Read a model file; None: the model in the package. Raises OptionError."""
    return _load(path.resolve() if path else None)


@lru_cache(maxsize=4)
def _load(path: Path | None) -> Ranker:
    if path is None:
        packaged = files("yoyak.ranking").joinpath("ranker.json")
        return parse(packaged.read_text(encoding="utf-8"), name="ranking/ranker.json")
    try:
        return parse(path.read_text(encoding="utf-8"), name=str(path))
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=describe_os_error(error))
        ) from error
    except UnicodeDecodeError as error:
        raise OptionError(text("{path}: not a ranking model: {reason}", path=path, reason=error)) from error


def parse(document: str, *, name: str) -> Ranker:
    """Read a model from its JSON. Raises OptionError that names the missing or wrong key."""
    try:
        tree = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise OptionError(text("{path}: not a ranking model: {reason}", path=name, reason=error)) from error
    if not isinstance(tree, dict) or tree.get("schema") != SCHEMA:
        raise OptionError(
            text(
                "{path}: not a ranking model of schema {schema}; create one with `yoyak train`",
                path=name,
                schema=SCHEMA,
            )
        )
    features = _numbers(tree, "features", name)
    if set(features) != set(NAMES):
        raise _wrong(name, "features")
    return Ranker(
        weights=tuple(features[feature] for feature in NAMES),
        wording=_tables(tree, name),
    )


def _tables(tree: Mapping[str, Any], name: str) -> dict[str, dict[str, float]]:
    tables = tree.get("wording")
    if not isinstance(tables, dict) or not set(tables) <= set(WORDING_KINDS):
        raise _wrong(name, "wording")
    return {kind: _numbers(tables, kind, name) for kind in tables}


def _numbers(tree: Mapping[str, Any], key: str, name: str) -> dict[str, float]:
    table = tree.get(key)
    if not isinstance(table, dict) or not {type(value) for value in table.values()} <= {int, float}:
        raise _wrong(name, key)
    # NaN, infinity and integers too large for a float fail this comparison; math.isfinite raises for the last.
    if not all(abs(value) <= sys.float_info.max for value in table.values()):
        raise _wrong(name, key)
    return table


def _wrong(name: str, key: str) -> OptionError:
    return OptionError(
        text(
            "{path}: `{key}` is missing or wrong; create the model again with `yoyak train`",
            path=name,
            key=key,
        )
    )


def to_json(ranker: Ranker, report: Mapping[str, Any]) -> str:
    """Write a model as JSON, after the report of its training."""
    tree = {
        "schema": SCHEMA,
        "report": report,
        "features": dict(zip(NAMES, ranker.weights, strict=True)),
        "wording": {kind: dict(sorted(own.items())) for kind, own in sorted(ranker.wording.items())},
    }
    return json.dumps(tree, ensure_ascii=False, indent=0, allow_nan=False) + "\n"

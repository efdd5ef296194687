"""The model file: read, checked, written, and the one in the package."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from yoyak.core.errors import OptionError
from yoyak.core.values import Analysis, Article, Span
from yoyak.nlp import kiwi as analyzer
from yoyak.ranking import model
from yoyak.ranking.features import NAMES, candidates, measure

if TYPE_CHECKING:
    from pathlib import Path

    from kiwipiepy import Kiwi

LINES = (
    "솔내시는 강변에 새 도서관을 연다고 4일 밝혔다.",
    "달빛관의 책은 모두 12만 권이다.",
    "한여울 시장은 “거실이 될 것”이라고 말했다.",
)


@pytest.fixture
def tree() -> dict[str, Any]:
    return {
        "schema": model.SCHEMA,
        "features": {name: 0.01 * at for at, name in enumerate(NAMES)},
        "wording": {"verb": {"밝히": 0.5}, "morpheme": {"책/NNG": -0.25}},
    }


@pytest.fixture(scope="module")
def analysis(kiwi: Kiwi) -> Analysis:
    assert kiwi is not None
    spans, at = [], 0
    for line in LINES:
        spans.append(Span(at, at + len(line), True))
        at += len(line) + 2
    return analyzer.analyze(Article(source="test", title="도서관 연다", paragraphs=LINES, spans=tuple(spans)))


def parts_of(ranker: model.Ranker, analysis: Analysis) -> dict[str, list[float]]:
    sentences = candidates(analysis)
    return ranker.parts(measure(analysis, sentences), sentences)


def test_each_part_has_mean_0_and_the_weights_of_the_file(tree: dict[str, Any], analysis: Analysis) -> None:
    parts = parts_of(model.parse(json.dumps(tree), name="m"), analysis)

    assert set(parts) == {*NAMES, "wording"}
    assert all(sum(values) == pytest.approx(0.0, abs=1e-9) for values in parts.values())
    assert parts["wording"] == pytest.approx([0.5 - 0.25 / 3, -0.25 - 0.25 / 3, -0.25 / 3])


def test_writing_and_reading_gives_the_same_model(tree: dict[str, Any]) -> None:
    ranker = model.parse(json.dumps(tree), name="m")
    written = model.to_json(ranker, {"provenance": "invented"})

    assert model.parse(written, name="m") == ranker
    assert json.loads(written)["report"] == {"provenance": "invented"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 1}, "schema 2"),
        ({"features": {"order": 1.0}}, "features"),
        ({"features": None}, "features"),
        ({"wording": ["밝히"]}, "wording"),
        ({"wording": {"verb": {"밝히": "much"}}}, "verb"),
        ({"wording": {"opera": {}}}, "wording"),
        ({"wording": {"verb": {"밝히": float("nan")}}}, "verb"),
        ({"wording": {"verb": {"밝히": -(10**400)}}}, "verb"),
    ],
)
def test_a_bad_model_names_the_key(tree: dict[str, Any], change: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        model.parse(json.dumps(tree | change), name="m.json")


@pytest.mark.parametrize("document", ["{", "[]", "3", "[" * 200_000])
def test_a_file_that_is_no_model_is_refused(document: str) -> None:
    with pytest.raises(OptionError, match=r"m\.json: not a ranking model"):
        model.parse(document, name="m.json")


def test_a_missing_or_binary_file_is_an_option_error(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="cannot be read"):
        model.load(tmp_path / "none.json")
    (tmp_path / "bad.json").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(OptionError, match="not a ranking model"):
        model.load(tmp_path / "bad.json")


def test_the_model_in_the_package_is_complete() -> None:
    ranker = model.load()

    assert len(ranker.weights) == len(NAMES)
    assert sum(map(len, ranker.wording.values())) > 1_000

"""The model file: read, checked, written, and the one that ships."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from yoyak.core.errors import OptionError
from yoyak.ranking import cover, model
from yoyak.ranking.features import NAMES, TRAITS, Sheet

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tree() -> dict[str, Any]:
    generator = np.random.default_rng(3)
    return {
        "schema": 1,
        "kinds": ["news", "explainer"],
        "diversity": 0.1,
        "bias": [0.5, -0.5],
        "traits": {name: [1.0, 2.0, *generator.normal(size=2).tolist()] for name in TRAITS},
        "weights": {name: generator.normal(size=2).tolist() for name in NAMES},
    }


@pytest.fixture
def covered(tree: dict[str, Any]) -> dict[str, Any]:
    def rows(edges: tuple[int, ...]) -> list[list[float]]:
        return [[0.25 * n for n in range(len(edges) + 1)]] * (len(cover.PLACES) + 1)

    own = {
        "kinds": ["news"],
        "weight": 4.0,
        "bias": -3.5,
        "lengths": [0.0] * (len(cover.LENGTHS) + 1),
        "places": rows(cover.TOTALS),
        "again": rows(cover.COUNTS),
        "rests": rows(cover.RESTS),
        "parts": {part: [0.5, -0.5] for part in cover.PARTS},
        "morphemes": {"빠르/VA-R": [0.75, 1.5], "AI/SL": [1.0, 0.0], "//SL": [0.0, 2.0]},
    }
    return tree | {"cover": own}


@pytest.fixture
def worded(tree: dict[str, Any]) -> dict[str, Any]:
    own = {
        "kinds": ["explainer"],
        "bias": [-0.25],
        "words": {"실험/N": [1.5], "파업/N": [-2.0], "쥐/N": [0.5]},
    }
    tree["traits"]["words of explainer"] = [0.5, 2.0, -1.0, 1.0]
    return tree | {"topics": own}


def a_sheet() -> Sheet:
    generator = np.random.default_rng(5)
    values = generator.normal(size=(3, len(NAMES)))
    traits = generator.normal(size=len(TRAITS)).tolist()
    terms = ("실험/N", "시장/N", "쥐/N", "먹/V")
    return Sheet((0, 1, 2), values.T.tolist(), traits, [0.0] * len(NAMES), [1.0] * len(NAMES), terms)


def test_a_score_is_the_gated_sum_of_shared_and_expert_weights(tree: dict[str, Any]) -> None:
    ranker = model.parse(json.dumps(tree), name="m")
    sheet = a_sheet()

    traits = np.array(list(tree["traits"].values()))
    odds = np.exp(((np.array(sheet.traits) - 1.0) / 2.0) @ traits[:, 2:] + [0.5, -0.5])
    gate = odds[1] / odds.sum()
    weights = np.array(list(tree["weights"].values()))
    expected = sheet.values @ (weights[:, 0] + gate * weights[:, 1])
    assert ranker.scores(sheet) == pytest.approx(expected)
    assert sum(ranker.kind(sheet)) == pytest.approx(1.0)


def test_a_model_of_one_kind_has_no_gates(tree: dict[str, Any]) -> None:
    tree |= {"kinds": ["news"], "bias": [0.0]}
    tree["traits"] = {name: values[:3] for name, values in tree["traits"].items()}
    tree["weights"] = {name: values[:1] for name, values in tree["weights"].items()}
    ranker = model.parse(json.dumps(tree), name="m")
    sheet = a_sheet()

    assert ranker.scores(sheet) == pytest.approx(sheet.values @ np.array(ranker.shared))


def test_writing_and_reading_gives_the_same_model(tree: dict[str, Any]) -> None:
    ranker = model.parse(json.dumps(tree), name="m")
    written = model.to_json(ranker, {"provenance": "invented"})
    again = model.parse(written, name="m")

    assert json.loads(written)["provenance"] == "invented"
    assert again.scores(a_sheet()) == pytest.approx(ranker.scores(a_sheet()), abs=1e-3)
    assert model.to_json(again, {"provenance": "invented"}) == written


def test_words_of_an_article_move_it_towards_their_kind(worded: dict[str, Any]) -> None:
    ranker = model.parse(json.dumps(worded), name="m")
    sheet = a_sheet()
    told = -0.25 + (1.5 + 0.5) / 2.0  # over the root of four terms
    traits = np.array(list(worded["traits"].values()))
    odds = np.exp(
        ((np.array([*sheet.traits, told]) - traits[:, 0]) / traits[:, 1]) @ traits[:, 2:] + [0.5, -0.5]
    )
    assert ranker.kind(sheet) == pytest.approx((odds / odds.sum()).tolist())


def test_words_are_written_and_read(worded: dict[str, Any]) -> None:
    ranker = model.parse(json.dumps(worded), name="m")
    written = model.to_json(ranker, {})
    assert model.parse(written, name="m").topics == ranker.topics
    assert json.loads(written)["topics"] == worded["topics"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kinds": ["opera"]}, "kinds"),
        ({"kinds": "explainer"}, "kinds"),
        ({"kinds": []}, "words: “실험/N”"),
        ({"bias": []}, "“bias”"),
        ({"words": [1]}, "“words”"),
        ({"words": {"실험/N": [1.0, 2.0]}}, "words: “실험/N”"),
        ({"words": {"실험/N": ["much"]}}, "words: “실험/N”"),
    ],
)
def test_bad_words_say_what_is_wrong(worded: dict[str, Any], change: dict[str, Any], said: str) -> None:
    document = json.dumps(worded | {"topics": worded["topics"] | change})
    with pytest.raises(OptionError, match=rf"m\.json: topics.*{said}"):
        model.parse(document, name="m.json")


def test_words_without_their_trait_do_not_fit(worded: dict[str, Any]) -> None:
    del worded["traits"]["words of explainer"]
    with pytest.raises(OptionError, match="words of explainer"):
        model.parse(json.dumps(worded), name="m.json")
    with pytest.raises(OptionError, match="topics"):
        model.parse(json.dumps(worded | {"topics": 3}), name="m.json")


def test_a_cover_is_written_and_read(covered: dict[str, Any]) -> None:
    ranker = model.parse(json.dumps(covered), name="m")
    assert ranker.cover is not None
    assert ranker.cover.first == {"빠르VA-R": 0.75, "AISL": 1.0, "/SL": 0.0}
    assert ranker.cover.second["/SL"] == 2.0
    written = model.to_json(ranker, {})
    assert model.parse(written, name="m").cover == ranker.cover
    assert json.loads(written)["cover"] == covered["cover"]


@pytest.mark.parametrize(
    "change",
    [
        {"kinds": ["opera"]},
        {"kinds": 1},
        {"kinds": [["opera"]]},
        {"weight": "much"},
        {"weight": -1.0},
        {"places": [[0.0]]},
        {"again": None},
        {"rests": [1.0] * (len(cover.PLACES) + 1)},
        {"lengths": [0.0]},
        {"parts": {"NNG": [0.0, 0.0]}},
        {"morphemes": {"빠르/VA-R": [0.0]}},
        {"morphemes": []},
        {"bias": float("inf")},
    ],
)
def test_a_bad_cover_says_what_is_wrong(covered: dict[str, Any], change: dict[str, Any]) -> None:
    document = json.dumps(covered | {"cover": covered["cover"] | change})
    key = next(iter(change))
    with pytest.raises(OptionError, match=rf"m\.json: cover: (“{key}”|{key}: “빠르/VA-R”)"):
        model.parse(document, name="m.json")


def test_a_cover_that_is_none_is_none(tree: dict[str, Any]) -> None:
    assert model.parse(json.dumps(tree | {"cover": None}), name="m").cover is None
    with pytest.raises(OptionError, match="cover"):
        model.parse(json.dumps(tree | {"cover": [1]}), name="m")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 2}, "schema 1"),
        ({"kinds": []}, "kinds"),
        ({"kinds": ["a", "b", "c"]}, "traits"),
        ({"bias": [1.0]}, "bias"),
        ({"diversity": "much"}, "diversity"),
        ({"weights": {"order": [1.0, 2.0]}}, "weights"),
        ({"traits": 3}, "traits"),
        ({"bias": [1.0, float("nan")]}, "bias"),
    ],
)
def test_a_bad_model_says_what_is_wrong(tree: dict[str, Any], change: dict[str, Any], said: str) -> None:
    with pytest.raises(OptionError, match=said):
        model.parse(json.dumps(tree | change), name="m.json")


@pytest.mark.parametrize("document", ["", "[]", "{", "null", '"a"'])
def test_what_is_no_model_is_an_option_error(document: str) -> None:
    with pytest.raises(OptionError, match=r"m\.json"):
        model.parse(document, name="m.json")


def test_a_missing_file_is_an_option_error(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="cannot be read"):
        model.load(tmp_path / "none.json")


def test_the_model_that_ships_loads_and_tells_where_it_is_from() -> None:
    ranker = model.load()

    assert len(ranker.kinds) == len(ranker.experts) + 1
    assert 0.0 <= ranker.diversity <= 1.0
    assert ranker.topics is not None
    assert ranker.topics.words["실험/N"] > (0.0,) > ranker.topics.words["장관/N"]
    assert ranker.shared[NAMES.index("order")] < 0 < ranker.shared[NAMES.index("frequency")]

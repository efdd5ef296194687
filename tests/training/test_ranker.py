"""Fitting on invented samples: what was planted is found, the same each time."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import pytest

from yoyak.core.errors import OptionError
from yoyak.ranking import model
from yoyak.ranking.features import NAMES, TRAITS, Sheet
from yoyak.training import ranker as ranker_training
from yoyak.training.measures import BUDGET
from yoyak.training.ranker import validation
from yoyak.training.ranker.fitting import fit, listwise
from yoyak.training.ranker.pairs import Vocabulary
from yoyak.training.ranker.samples import Sample, View, sample_of
from yoyak.training.ranker.validation import judge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiwipiepy import Kiwi

LENGTH, ORDER = NAMES.index("log_length"), NAMES.index("order")
SHORT_SHARE = list(TRAITS).index("short_share")


def samples(n: int, collection: str, column: int, trait: float, seed: int) -> list[Sample]:
    """Invent articles whose people chose the three sentences highest in one feature."""
    generator = np.random.default_rng(seed)
    made = []
    for _ in range(n):
        values = generator.normal(size=(12, len(NAMES)))
        traits = generator.normal(size=len(TRAITS))
        traits[SHORT_SHARE] = trait + 0.1 * generator.normal()
        chosen = np.argsort(-values[:, column])[:3]
        target = np.zeros(12)
        target[chosen] = 1 / 3
        made.append(
            Sample(
                collection,
                Sheet(
                    tuple(range(12)),
                    values.T.tolist(),
                    traits.tolist(),
                    [0.0] * len(NAMES),
                    [1.0] * len(NAMES),
                ),
                target,
                frozenset(chosen.tolist()),
                None,
            )
        )
    return made


@pytest.fixture(scope="module")
def two_kinds() -> list[Sample]:
    return samples(150, "brief", ORDER, 0.0, 1) + samples(120, "explainer", LENGTH, 1.0, 2)


def test_kinds_that_disagree_are_told_apart_and_each_gets_its_own(two_kinds: list[Sample]) -> None:
    ranker = fit(two_kinds)
    assert ranker.kinds == ("brief", "explainer")

    unseen = samples(20, "", ORDER, 0.0, 3), samples(20, "", LENGTH, 1.0, 4)
    for kind in unseen:
        assert np.mean([judge(sample, ranker) for sample in kind]) > 0.65  # chance is 0.25
    brief, explainer = (ranker.weights(ranker.kind(kind[0].sheet)) for kind in unseen)
    assert brief[ORDER] > brief[LENGTH]
    assert explainer[LENGTH] > explainer[ORDER]


def test_the_same_labels_give_the_same_model(two_kinds: list[Sample]) -> None:
    assert model.to_json(fit(two_kinds), {}) == model.to_json(fit(two_kinds), {})


def test_a_feature_left_out_has_no_weight(two_kinds: list[Sample]) -> None:
    ranker = fit(two_kinds, without=[LENGTH])
    assert abs(ranker.weights(ranker.kind(two_kinds[-1].sheet))[LENGTH]) < 1e-6


def test_cross_validation_reports_lead_itself_and_the_kind_never_seen(
    two_kinds: list[Sample], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validation, "REPEATS", 2)
    report, intervals = validation.cross_validate(two_kinds, Vocabulary(), None)
    assert set(intervals) == set(report)
    assert set(report) == {"brief", "explainer"}
    for scores in report.values():
        assert scores["cross_validated"] > scores["lead"]
        assert scores["cross_validated"] == scores["by_score"]  # without decks there is no cover
        assert scores["cross_validated"] > scores["never_seen"]


def test_listwise_finds_the_odds_that_were_planted() -> None:
    design = np.array([[0.0], [1.0]])
    target = np.array([0.2, 0.8])
    found = listwise([design] * 10_000, [target] * 10_000, np.ones(10_000))
    assert found[0] == pytest.approx(np.log(4.0), abs=0.01)


def brute_force(view: View, chosen: Sequence[int]) -> float:
    """What a summary shows of a deck, character by character."""
    at, shown = 0, set()
    for row in chosen:
        for column, reach in enumerate(view.reach[row].tolist()):
            if at + reach <= BUDGET:
                shown.add(column)
        at += int(view.lengths[row]) + 1
    return float(sum(view.weight[column] for column in shown))


def test_a_set_shows_what_its_first_characters_hold() -> None:
    generator = np.random.default_rng(7)
    reach = generator.integers(2, 400, (6, 9))
    view = View(reach, np.full(9, 1 / 9), np.array([120, 90, 200, 40, 300, 80]))
    sets = np.array([[0, 1, 2], [1, 3, 5], [2, 4, 5]])
    assert view.shown(sets) == pytest.approx([brute_force(view, chosen) for chosen in sets.tolist()])


DECK_ROW = {
    "id": "m-1",
    "deck": "달빛도서관 다음 달 개관",
    "sentences": [
        "솔내시는 달빛도서관을 다음 달 개관한다고 밝혔다.",
        "강변 산책로의 가로등 공사는 지난주에 끝났다.",
        "시장은 주민과 만나 이야기를 나눴다.",
        "예산은 작년과 같은 수준으로 정해졌다.",
    ],
}


def test_the_sentence_that_says_the_deck_is_the_target(kiwi: Kiwi) -> None:
    from yoyak.core.options import Fields
    from yoyak.nlp import kiwi as analyzer
    from yoyak.training import labels

    assert kiwi is not None
    label = labels.label_of(DECK_ROW, source="t", fields=Fields())
    sample = sample_of(label, analyzer.analyze(label.article), (), Vocabulary())
    assert sample is not None
    assert int(np.argmax(sample.target)) == 0
    assert sample.target.sum() == pytest.approx(1.0)
    assert sample.collection == "deck"


def test_too_few_labels_are_refused(tmp_path: Path, kiwi: Kiwi) -> None:
    assert kiwi is not None
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(DECK_ROW, ensure_ascii=False) + "\n", encoding="utf-8")
    with pytest.raises(OptionError, match="Only 1"):
        ranker_training.run([path])


def test_the_shipped_model_says_how_its_figures_were_measured() -> None:
    shipped = json.loads(files("yoyak.ranking").joinpath("ranker.json").read_text(encoding="utf-8"))
    assert shipped["measured"] == validation.MEASURED
    named = {name for scores in shipped["scores"].values() for name in scores}
    assert named <= set(validation.MEASURED)

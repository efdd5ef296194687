"""Training on invented labels: what was planted is found, the same each time."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from yoyak.core.errors import OptionError
from yoyak.core.options import Fields
from yoyak.nlp import kiwi as analyzer
from yoyak.ranking import model
from yoyak.ranking.features import NAMES
from yoyak.training import evaluation, labels
from yoyak.training import ranker as ranker_training
from yoyak.training.ranker import validation
from yoyak.training.ranker.fitting import fit
from yoyak.training.ranker.samples import Sample, sample_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiwipiepy import Kiwi

    from yoyak.core.options import Method, Options

THINGS = ("도서관", "다리", "시장", "공원", "학교", "항구", "극장", "병원")
EVENTS = ("예산을 의결했다", "공사를 끝냈다", "문을 열었다", "이용료를 내렸다")


def rows(n: int) -> list[dict[str, object]]:
    """Articles whose editor always chooses the sentences that report an event of the council."""
    made: list[dict[str, object]] = []
    for at in range(n):
        thing = THINGS[at % len(THINGS)]
        event = EVENTS[at // len(THINGS) % len(EVENTS)]
        sentences = [
            f"강변에는 {at}일째 비가 내렸다.",
            f"솔내시의회는 {thing} {event}.",
            f"주민들은 {thing} 앞에서 사진을 찍었다.",
            f"공사비 {at}억원은 시민들이 낸 성금으로 마련했다.",
            "기자들과 만나 이같이 말했다.",
            f"{thing} 옆에는 나무 {at}그루가 서 있다.",
        ]
        made.append(
            {
                "id": f"r-{at}",
                "title": f"{thing} 소식",
                "sentences": sentences,
                "gold_extractive": [3, 1],
                "acceptable": [2],
            }
        )
    return made


def sample(row: dict[str, object]) -> Sample | None:
    label = labels.label_of(row, source="t", fields=Fields())
    return sample_of(label, analyzer.analyze(label.article))


@pytest.fixture(scope="module")
def samples(kiwi: Kiwi) -> list[Sample]:
    assert kiwi is not None
    return [made for row in rows(40) if (made := sample(row))]


def first_choices(samples: Sequence[Sample], ranker: model.Ranker) -> list[float]:
    scores = (s for own in samples for s in validation.score_summary(own, ranker))
    return [score.value for score in scores if score.measure == "first choice"]


def test_what_was_planted_is_found(samples: list[Sample]) -> None:
    ranker = fit(samples[:30])

    assert first_choices(samples[30:], ranker) == [1.0] * 10


def test_the_same_labels_give_the_same_model(samples: list[Sample]) -> None:
    one, other = (fit(samples) for _ in range(2))

    assert model.to_json(one, {}) == model.to_json(other, {})


def test_a_group_left_out_has_no_weight(samples: list[Sample]) -> None:
    ranker = fit(samples, without=("order", "wording"))

    assert ranker.weights[NAMES.index("order")] == 0.0
    assert ranker.wording == {}


def test_targets_are_graded(kiwi: Kiwi) -> None:
    assert kiwi is not None
    made = sample(rows(1)[0])

    assert made is not None
    assert made.target.tolist() == [0.0, 1.0, 0.5, 1.0, 0.0]  # the filler is no candidate


def test_an_article_without_chosen_sentences_teaches_nothing(kiwi: Kiwi) -> None:
    assert kiwi is not None
    assert sample(rows(1)[0] | {"gold_extractive": [], "deck": "도서관 예산 의결"}) is None


def test_cross_validation_reports_the_model_beside_the_first_sentences(samples: list[Sample]) -> None:
    scores = validation.cross_validate(samples)

    assert scores["hybrid"]["P@3"][0] > scores["lead"]["P@3"][0]
    assert scores["over_lead"][1] > 0
    assert set(scores["hybrid"]) >= {"P@3", "accepted@3", "misses", "repeats", "dangling", "first choice"}


def test_a_measure_counts_only_the_articles_that_are_labelled_for_it(samples: list[Sample]) -> None:
    half = [replace(own, acceptable=None) if at % 2 else own for at, own in enumerate(samples)]
    scores = validation.cross_validate(half)

    assert scores["lead"]["accepted@3"][0] == validation.cross_validate(samples)["lead"]["accepted@3"][0] > 0


def test_files_to_check_use_the_dictionary_and_keep_their_scores_if_names_repeat(
    tmp_path: Path, kiwi: Kiwi, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kiwi is not None
    written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(20))
    paths = [tmp_path / folder / "labels.jsonl" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(written, encoding="utf-8")
    user_dict = tmp_path / "words.txt"
    user_dict.write_text("솔내시의회\n", encoding="utf-8")
    used: list[Path | None] = []
    run = evaluation.run

    def record(path: Path, *, methods: Sequence[Method], options: Options) -> evaluation.Report:
        used.append(options.user_dict)
        return run(path, methods=methods, options=options)

    monkeypatch.setattr(evaluation, "run", record)
    trained = ranker_training.run(paths[:1], checks=paths, user_dict=user_dict)

    assert list(trained.report["transfer"]) == ["labels", "labels (2)"]
    assert used == [user_dict, user_dict]


def test_copies_of_an_article_stay_on_one_side(samples: list[Sample]) -> None:
    doubled = [*samples, *samples]
    for train, test in validation._folds(doubled, 0):
        texts = {doubled[at].analysis.article.text for at in train}
        assert not any(doubled[at].analysis.article.text in texts for at in test)


def test_too_few_labels_are_refused(tmp_path: Path, kiwi: Kiwi) -> None:
    assert kiwi is not None
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(rows(1)[0], ensure_ascii=False) + "\n", encoding="utf-8")
    with pytest.raises(OptionError, match="at least 20 articles"):
        ranker_training.run([path])


def test_the_shipped_model_says_how_its_figures_were_measured() -> None:
    shipped = json.loads(files("yoyak.ranking").joinpath("ranker.json").read_text(encoding="utf-8"))
    report = shipped["report"]

    assert report["measured"] == validation.MEASURED
    assert set(report["measured"]) >= set(report["scores"]) - {"hybrid", "lead"}
    assert report["articles"] > 1_000
    assert report["transfer"]

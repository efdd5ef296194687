"""Fitting the keyword model: which rows are used, what the model file holds, and that it is read back the same."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yoyak.core.errors import InputError, OptionError
from yoyak.keywords import features
from yoyak.keywords import model as keyword_model
from yoyak.keywords.candidates import Candidate, Mention
from yoyak.nlp import document_frequency
from yoyak.training import keywords as training
from yoyak.training.keywords import validation
from yoyak.training.keywords.samples import Sample, read

fitting = importlib.import_module("yoyak.training.keywords.fit")
TOWNS = ["가온", "누리", "한들", "마루", "들마루", "해온", "물레", "다온", "솔바람"]


@pytest.fixture(autouse=True)
def few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fitting.SETTINGS, "max_iter", 20)
    monkeypatch.setitem(fitting.SETTINGS, "max_features", 1.0)
    monkeypatch.setitem(fitting.SETTINGS, "min_samples_leaf", 5)
    monkeypatch.setattr(validation, "FOLDS", 3)


def samples(n: int = 60) -> list[Sample]:
    """Articles of ten candidates, whose keyword is the one that covers most of the title."""
    rng = np.random.default_rng(5)
    made = []
    for i in range(n):
        keys = [f"낱{j}말{i}번{j}" for j in range(10)]
        found = {key: Candidate(key, key, (key,), ()) for key in keys}
        for candidate in found.values():
            candidate.mentions = [Mention(0, 1, after_noun=False, following=0, quoted=False)]
        rows = rng.uniform(0, 1, size=(10, len(features.FEATURES)))
        rows[:, features.FEATURES.index("title_cover")] = np.arange(10) == i % 10
        made.append(
            Sample(list(found.values()), rows.tolist(), found, frozenset({keys[i % 10]}), group=str(i))
        )
    return made


def test_exported_trees_say_what_scikit_learns_say() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    rng = np.random.default_rng(1)
    rows = rng.uniform(0, 1, size=(600, len(features.FEATURES) + len(keyword_model.RATE_FEATURES)))
    hits = (rows[:, 0] + rows[:, 3] * rows[:, -1] > 0.9).astype(int)
    classifier = HistGradientBoostingClassifier(**fitting.SETTINGS).fit(rows, hits)
    rates = {name: {"": 0.1} for name in keyword_model.RATE_FEATURES}
    compiled = keyword_model.compile_model({**fitting.export(classifier), "rates": rates})

    np.testing.assert_allclose(
        compiled.evaluate(rows.tolist()), classifier.predict_proba(rows)[:, 1], atol=2e-3
    )


def test_cross_validation_finds_what_there_is_to_learn() -> None:
    scores = validation.cross_validate(samples())

    # One keyword an article: of five terms one can be right, F1 = 2 x 0.2 x 1 / 1.2.
    assert scores["cross_validated"]["articles"] == 60
    assert scores["cross_validated"]["f1_exact"] == pytest.approx(1 / 3, abs=0.01)
    low, high = scores["cross_validated"]["f1_exact_interval"]
    assert low <= scores["cross_validated"]["f1_exact"] <= high
    assert scores["shortlist_recall"] == 1.0


def test_the_rate_of_an_ending_is_counted_without_the_article_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "MIN_CANDIDATES", 1)

    def sample(keyword: str, other: str) -> Sample:
        found = {key: Candidate(key, key, (key,), ()) for key in (keyword, other)}
        return Sample(list(found.values()), [], found, frozenset({keyword}), group=keyword)

    own, others = sample("다리축제", "오전"), [sample(f"등불{i}축제", f"오후{i}") for i in range(3)]
    rates = fitting.Rates([own, *others])
    with_itself = fitting.Rates([own, *others, own])

    assert rates.rows_without(own) == fitting.Rates([*others, own]).rows_without(own)
    assert rates.rows_without(own)[0][0] < with_itself.rows_without(own)[0][0]
    assert rates.tables()["last_letters"]["축제"] > rates.tables()["last_letters"][""]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def town_rows() -> list[dict[str, Any]]:
    return [
        {
            "id": f"t{i}",
            "title": f"{town}시, 도서관 짓는다",
            "text": f"{town}시는 도서관 {i + 2}곳을 새로 짓는다. {town}시 도서관은 내년 봄 문을 연다. 시민들은 반긴다.",
            "keywords": ["도서관", f"{town}시"],
        }
        for i, town in enumerate(TOWNS)
    ]


def test_a_model_is_the_same_every_time_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MIN_ARTICLES", 3)
    labels = write(tmp_path / "labels.jsonl", town_rows())
    check = write(tmp_path / "check.jsonl", town_rows()[:2])
    background = document_frequency.load(None)

    model = training.run([labels], background=background, check=[check], provenance="invented towns")
    written = training.to_json(model)
    path = tmp_path / "model.json"
    path.write_text(written, encoding="utf-8")

    assert json.loads(written) == model
    assert written == training.to_json(
        training.run([labels], background=background, check=[check], provenance="invented towns")
    )
    assert model["articles"] == len(TOWNS)
    assert model["scores"]["transfer"]["articles"] == 2
    assert keyword_model.load(path).leaves


def test_rows_with_keywords_are_used(tmp_path: Path) -> None:
    body = "누리시는 새 도서관을 짓는다. " * 20
    rows: list[dict[str, Any]] = [
        {"id": "a", "text": body, "keywords": ["도서관"]},
        {"id": "b", "text": body + "#도서관 #누리시"},
        {"id": "c", "text": body, "title": "누리시, 도서관 짓는다"},
    ]
    got = list(read([write(tmp_path / "l.jsonl", rows)], background=document_frequency.load(None)))

    assert [sample.keys for sample in got] == [frozenset({"도서관"})]
    assert sum(got[0].hits) == 1


@pytest.mark.parametrize("keywords", ["다리", 7, True, ["다리", 7], {"다리": 1}])
def test_keywords_of_the_wrong_type_are_an_error_that_says_where(tmp_path: Path, keywords: Any) -> None:
    path = write(tmp_path / "l.jsonl", [{"id": "a", "text": "한들시는 다리를 놓는다.", "keywords": keywords}])

    with pytest.raises(InputError, match=r"l\.jsonl:1.*keywords"):
        list(read([path], background=document_frequency.load(None)))


@pytest.mark.parametrize("keywords", [None, [], ""])
def test_a_row_without_keywords_is_skipped(tmp_path: Path, keywords: Any) -> None:
    path = write(tmp_path / "l.jsonl", [{"id": "a", "text": "한들시는 다리를 놓는다.", "keywords": keywords}])

    assert list(read([path], background=document_frequency.load(None))) == []


def test_a_page_is_no_label_file(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("한들시는 다리를 놓는다.\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"page\.txt"):
        list(read([page], background=document_frequency.load(None)))


@pytest.mark.parametrize(
    ("body", "keyword"),
    [("누리시는 도서관을 짓는다. {}곳이다.", "달맞이"), ("누리시는 도서관을 짓는다.", "도서관")],
    ids=["keywords that are not printed", "copies"],
)
def test_labels_that_teach_nothing_do_not_count(
    body: str, keyword: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "MIN_ARTICLES", 3)
    rows = [{"id": str(i), "text": body.format(i), "keywords": [keyword]} for i in range(4)]

    with pytest.raises(OptionError, match="at least"):
        training.run([write(tmp_path / "l.jsonl", rows)], background=document_frequency.load(None))


def test_the_shipped_file_states_its_scores_and_where_they_come_from() -> None:
    path = Path(keyword_model.__file__).parent / "keywords.json"
    shipped = json.loads(path.read_text(encoding="utf-8"))
    scores = shipped["scores"]

    assert shipped["provenance"]
    assert shipped["background"]
    assert shipped["digest"].startswith("sha256:")
    assert {"f1_exact", "f1_partial", "cross_validated", "transfer", "intervals"} <= set(shipped["measured"])
    for name in ("cross_validated", "transfer"):
        low, high = scores[name]["f1_exact_interval"]
        assert low < scores[name]["f1_exact"] < high
    # A score is only ever raised.
    assert scores["cross_validated"]["f1_exact"] >= 0.545
    assert scores["transfer"]["f1_exact"] >= 0.33

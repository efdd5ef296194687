"""Fitting the weights of the keywords: which rows teach, what comes out, and that it is read back the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from yoyak.core.errors import InputError, OptionError
from yoyak.keywords import model as keyword_model
from yoyak.keywords.candidates import Candidate
from yoyak.nlp import document_frequency
from yoyak.training import keywords as keyword_training
from yoyak.training.keywords import trees, validation
from yoyak.training.keywords.samples import Draw, Sample, labelled


def samples(n: int = 60) -> list[Sample]:
    """Articles whose keyword is the candidate of the title."""
    rng = np.random.default_rng(5)
    made = []
    for i in range(n):
        found = [Candidate(f"낱말{i}번{j}", f"낱말{i}번{j}", (f"낱말{i}번{j}",)) for j in range(10)]
        rows = rng.uniform(0, 1, size=(10, len(keyword_model.FEATURES)))
        rows[:, keyword_model.FEATURES.index("title")] = np.arange(10) == i % 10
        keys = frozenset({found[i % 10].key})
        made.append(Sample(candidates=found, rows=rows.tolist(), keys=keys, scored=True, group=str(i)))
    return made


@pytest.fixture(autouse=True)
def few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(trees.SETTINGS, "n_estimators", 20)
    monkeypatch.setitem(trees.SETTINGS, "max_features", None)
    monkeypatch.setattr(validation, "FOLDS", 3)


def test_exported_trees_say_what_scikit_learns_say() -> None:
    learned = samples()
    model = trees.fit(learned)
    compiled = keyword_model.compile_trees({"features": keyword_model.FEATURES, **trees.export(model)})
    rows = [row for sample in learned for row in sample.rows]

    assert compiled.probability(rows) == pytest.approx(model.predict_proba(rows)[:, 1], abs=2e-3)


def test_trees_on_top_of_those_of_titles_say_what_scikit_learns_say() -> None:
    learned = samples()
    first = trees.fit_titles(samples())
    model = trees.fit(learned, first)
    compiled = keyword_model.compile_trees({"features": keyword_model.FEATURES, **trees.export(model, first)})
    rows = np.array([row for sample in learned for row in sample.rows])

    np.testing.assert_allclose(
        compiled.probability(rows.tolist()), model.predict_proba(rows)[:, 1], atol=2e-3
    )
    assert len(compiled.leaves) > trees.SETTINGS["n_estimators"]


def test_cross_validation_finds_what_there_is_to_learn() -> None:
    scores = validation.cross_validate(samples())

    # One keyword an article: five answers can be right once, F1 = 2 x 0.2 x 1 / 1.2.
    assert scores["articles"] == 60
    assert scores["f1_exact"]["trees"] == pytest.approx(1 / 3, abs=0.01)


def test_titles_teach_where_there_are_no_keywords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyword_training, "LEAST", 3)
    monkeypatch.setattr(keyword_training, "FEWEST_TITLES", 5)
    monkeypatch.setattr(keyword_training, "MOST_TITLES", 8)
    towns = [
        "가온",
        "누리",
        "한들",
        "마루",
        "들마루",
        "해온",
        "새늘",
        "미리내",
        "가람",
        "물레",
        "다온",
        "솔바람",
    ]
    rows: list[dict[str, Any]] = []
    for i, town in enumerate(towns):
        body = f"{town}시는 도서관 {i + 2}곳을 새로 짓는다. {town}시 도서관은 내년 봄 문을 연다. 시민들은 반긴다."
        rows.append({"id": f"t{i}", "title": f"{town}시, 도서관 짓는다", "text": body})
        if i < 4:  # its copy is labelled: its title teaches nothing
            rows.append({**rows[-1], "id": f"k{i}", "keywords": ["도서관"]})
    path = write(tmp_path / "l.jsonl", rows)
    model = keyword_training.run([path], background=document_frequency.load(None))

    assert model["articles"] == 4
    assert 5 <= model["titles"] <= 8
    assert keyword_training.run([path], background=document_frequency.load(None)) == model


def test_rows_are_drawn_with_the_same_chance() -> None:
    drawn = Draw(20)
    for number in range(1000):
        drawn.offer({"n": number})

    assert len({row["n"] for row in drawn.rows}) == 20
    assert 300 < np.mean([row["n"] for row in drawn.rows]) < 700


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_rows_that_teach(tmp_path: Path) -> None:
    body = "누리시는 새 도서관을 짓는다. " * 20
    rows: list[dict[str, Any]] = [
        {"id": "a", "text": body, "keywords": ["도서관"]},
        {"id": "b", "text": body + "#도서관 #누리시 #새소식누리일보", "media": "누리일보"},
        {"id": "c", "text": body + "#도서관 #누리시"},
        {"id": "d", "text": body},
        {"id": "e", "text": "#짧은 #글의 #꼬리표"},
        {"id": "f", "text": body, "title": "누리시, 도서관 짓는다"},
    ]
    taken = {row["id"]: (row["text"], tags) for row, tags in labelled([write(tmp_path / "l.jsonl", rows)])}

    assert set(taken) == {"a", "b", "f"}
    assert taken["f"] == (body, [])
    assert taken["b"] == (body, ["도서관", "누리시", "새소식"])


@pytest.mark.parametrize("keywords", ["다리", 7, True, ["다리", 7], {"다리": 1}])
def test_keywords_of_the_wrong_type_are_an_error_that_says_where(tmp_path: Path, keywords: Any) -> None:
    path = write(tmp_path / "l.jsonl", [{"id": "a", "text": "한들시는 다리를 놓는다.", "keywords": keywords}])

    with pytest.raises(InputError, match=r"l\.jsonl:1.*keywords"):
        list(labelled([path]))


@pytest.mark.parametrize("keywords", [None, [], ""])
def test_a_row_without_keywords_teaches_nothing(tmp_path: Path, keywords: Any) -> None:
    path = write(tmp_path / "l.jsonl", [{"id": "a", "text": "한들시는 다리를 놓는다.", "keywords": keywords}])

    assert list(labelled([path])) == []


def test_a_page_is_no_label_file(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("한들시는 다리를 놓는다.\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"page\.txt"):
        list(labelled([page]))


def test_hashtags_alone_are_too_few_labels_and_the_message_counts_those_that_are(tmp_path: Path) -> None:
    body = "누리시는 새 도서관을 짓는다. " * 20 + "#도서관 #누리시 #새소식"
    rows = [{"id": str(i), "text": body} for i in range(3)]

    with pytest.raises(OptionError, match="there are 0"):
        keyword_training.run([write(tmp_path / "l.jsonl", rows)], background=document_frequency.load(None))


def test_the_title_is_found_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    turned = tuple(reversed(keyword_model.FEATURES))
    learned = [
        Sample(s.candidates, [row[::-1] for row in s.rows], s.keys, s.scored, s.group) for s in samples()
    ]
    before = validation.cross_validate(samples())["f1_exact"]["tfidf"]
    monkeypatch.setattr(keyword_model, "FEATURES", turned)

    assert validation.cross_validate(learned)["f1_exact"]["tfidf"] == before


def test_too_few_labels(tmp_path: Path) -> None:
    path = write(
        tmp_path / "l.jsonl", [{"id": "a", "text": "누리시는 도서관을 짓는다.", "keywords": ["도서관"]}]
    )

    with pytest.raises(OptionError, match="at least"):
        keyword_training.run([path], background=document_frequency.load(None))


@pytest.mark.parametrize(
    ("body", "keyword"),
    [("누리시는 도서관을 짓는다. {}곳이다.", "달맞이"), ("누리시는 도서관을 짓는다.", "도서관")],
    ids=["keywords that stand nowhere", "copies"],
)
def test_labels_that_teach_nothing_do_not_count(
    body: str, keyword: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyword_training, "LEAST", 3)
    rows = [{"id": str(i), "text": body.format(i), "keywords": [keyword]} for i in range(4)]

    with pytest.raises(OptionError, match="at least"):
        keyword_training.run([write(tmp_path / "l.jsonl", rows)], background=document_frequency.load(None))


def test_the_model_file_is_json_with_a_line_for_each_tree() -> None:
    model = {"schema": 1, "features": ["a"], "trees": [["a", 1.0, 0.1, 0.2], ["a", 2.0, 0.1, 0.2]]}
    written = keyword_training.to_json(model)

    assert json.loads(written) == model
    assert sum(line.lstrip().startswith('["a"') for line in written.splitlines()) == 2


def test_the_shipped_file_states_where_it_comes_from() -> None:
    path = Path(keyword_model.__file__).parent / "keywords.json"
    shipped = json.loads(path.read_text(encoding="utf-8"))

    assert shipped["features"] == list(keyword_model.FEATURES)
    assert shipped["provenance"]
    assert len(shipped["digest"]) == 64
    assert shipped["titles"] >= keyword_training.FEWEST_TITLES
    low, high = shipped["scores"]["f1_exact_interval"]["trees"]
    assert low < shipped["scores"]["f1_exact"]["trees"] < high
    assert {"f1_exact", "f1_partial", "scores", "intervals"} <= set(shipped["measured"])
    # Cross-validated by article; a score is only ever raised.
    assert shipped["scores"]["f1_exact"]["trees"] >= 0.445
    assert shipped["scores"]["f1_exact"]["trees"] > shipped["scores"]["f1_exact"]["logistic"]

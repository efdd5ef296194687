"""Agreement with the written definitions of the measures, and the gate."""

from __future__ import annotations

import collections
import functools
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from yoyak.core.errors import OptionError, RowError
from yoyak.core.options import Fields, Options
from yoyak.training import evaluation, labels
from yoyak.training.evaluation import Report, Row
from yoyak.training.floors import check, update

if TYPE_CHECKING:
    from pathlib import Path

    from kiwipiepy import Kiwi

ROWS: list[dict[str, Any]] = [
    {
        "id": "town-1",
        "title": "솔내시, 강변에 달빛도서관 연다",
        "sentences": [
            "주민이 이름 지은 도서관",
            "한여울 기자 yeoul@example.com",
            "솔내시는 강변에 새 도서관을 연다고 4일 밝혔다.",
            "새 도서관은 책 12만 권과 음성 도서 3천 점을 갖춘다.",
            "주민 투표로 정한 도서관의 이름은 달빛도서관이다.",
            "한편 지난달 강변 산책로의 가로등 공사가 끝났다.",
        ],
        "gold_extractive": [2, 3, 4],
    },
    {
        "id": "deck-1",
        "title": "한빛섬 다리 11년 만에 이어졌다",
        "text": "한빛섬과 뭍을 잇는 다리가 11년 만에 이어졌다. 다리는 길이 2.4km로 차와 자전거가 함께 건넌다. "
        "섬 주민 800명은 배를 기다리지 않고 병원에 갈 수 있게 됐다. 통행료는 받지 않는다고 군은 밝혔다.",
        "deck": "길이 2.4km, 차와 자전거 함께 건너…통행료 없어",
        "keywords": ["한빛섬", "다리", "통행료"],
    },
]


@pytest.fixture
def label_file(tmp_path: Path) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), encoding="utf-8")
    return path


def test_figures_agree_with_the_written_definition_of_the_scorer(label_file: Path, kiwi: Kiwi) -> None:
    """The definitions, written a second time and another way, over the same summaries."""
    from yoyak import pipeline

    report = evaluation.run(label_file, methods=("lead", "hybrid"), options=Options())
    means = {(row.method, row.measure): row.mean for row in report.rows if row.set == "all"}
    chosen, deck = [pipeline.summarize(label.article, Options()) for label in labels.read([label_file])]

    gold_rows = set(ROWS[0]["gold_extractive"])
    hit = len({s.index for s in chosen.sentences[:3]} & gold_rows)
    assert hit
    assert means["hybrid", "P@3"] == pytest.approx(hit / 3)
    assert means["hybrid", "R@3"] == pytest.approx(hit / len(gold_rows))
    assert means["hybrid", "F1@3"] == pytest.approx(2 * hit / (3 + len(gold_rows)))

    def grams(text: str, n: int) -> collections.Counter[tuple[str, ...]]:
        kept = [
            f"{t.form}/{t.tag}" for t in kiwi.tokenize(text) if t.tag[0] != "S" or t.tag in ("SL", "SN", "SH")
        ]
        return collections.Counter(zip(*(kept[i:] for i in range(n)), strict=False))

    printed = " ".join(s.text for s in deck.sentences)[:250]
    for n in (1, 2):
        wanted, got = grams(ROWS[1]["deck"], n), grams(printed, n)
        assert means["hybrid", f"ROUGE-{n} recall@250"] == pytest.approx(
            (wanted & got).total() / wanted.total()
        )
        whole = grams(" ".join(s.text for s in deck.sentences), n)
        shared = (wanted & whole).total()
        assert means["hybrid", f"ROUGE-{n} recall"] == pytest.approx(shared / wanted.total())
        assert means["hybrid", f"ROUGE-{n} F1"] == pytest.approx(
            2 * shared / (wanted.total() + whole.total())
        )

    wanted_row, printed_row = [
        [gram for (gram,) in grams_in_order(kiwi, written)]
        for written in (ROWS[1]["deck"], " ".join(s.text for s in deck.sentences))
    ]
    common = longest(wanted_row, printed_row)
    assert means["hybrid", "ROUGE-L recall"] == pytest.approx(common / len(wanted_row))
    assert means["hybrid", "ROUGE-L F1"] == pytest.approx(2 * common / (len(wanted_row) + len(printed_row)))

    gold = {re.sub(r"[^0-9A-Za-z가-힣一-鿿]", "", k).lower() for k in ROWS[1]["keywords"]}
    got5 = {re.sub(r"[^0-9A-Za-z가-힣一-鿿]", "", k.term).lower() for k in deck.keywords[:5]}
    shared = len(gold & got5)
    precision, recall = shared / 5, shared / 3
    expected = 2 * precision * recall / (precision + recall) if shared else 0.0
    assert means["keywords", "keywords F1@5 exact"] == pytest.approx(expected)
    near = {(term, tag) for term in got5 for tag in gold if term in tag or tag in term}
    precision, recall = len({term for term, _ in near}) / 5, len({tag for _, tag in near}) / len(gold)
    assert precision
    assert means["keywords", "keywords F1@5 partial"] == pytest.approx(
        2 * precision * recall / (precision + recall)
    )


def grams_in_order(kiwi: Kiwi, text: str) -> list[tuple[str]]:
    return [
        (f"{t.form}/{t.tag}",) for t in kiwi.tokenize(text) if t.tag[0] != "S" or t.tag in ("SL", "SN", "SH")
    ]


def longest(one: list[str], other: list[str]) -> int:
    """Length of the longest common subsequence, by its definition."""

    @functools.cache
    def common(i: int, j: int) -> int:
        if i == len(one) or j == len(other):
            return 0
        if one[i] == other[j]:
            return 1 + common(i + 1, j + 1)
        return max(common(i + 1, j), common(i, j + 1))

    return common(0, 0)


def test_the_report_names_methods_sets_and_counts(label_file: Path, kiwi: Kiwi) -> None:
    assert kiwi is not None
    heard: list[int] = []
    report = evaluation.run(
        label_file, methods=("lead", "textrank"), options=Options(), on_article=heard.append
    )
    tree = report.to_json()

    assert heard == [1, 2]
    assert tree["articles"] == 2
    assert {row["method"] for row in tree["scores"]} == {"lead", "textrank", "keywords"}
    assert {row["set"] for row in tree["scores"]} == {"all", "town", "deck"}
    assert json.loads(json.dumps(tree)) == tree


@pytest.mark.parametrize("bad", [{"gold_extractive": "0"}, {"gold_extractive": [-1]}, {"keywords": [1]}])
def test_a_bad_reference_is_a_row_error(bad: dict[str, Any]) -> None:
    with pytest.raises(RowError):
        labels.label_of({**ROWS[0], **bad}, source="t", fields=Fields())


def test_no_method_is_an_option_error(label_file: Path) -> None:
    with pytest.raises(OptionError):
        evaluation.run(label_file, methods=(), options=Options())


def report_of(mean: float, digest: str = "sha256:1") -> Report:
    return Report(articles=3, digest=digest, rows=(Row("hybrid", "all", "P@3", 3, mean, 0.0, 1.0),))


def test_the_gate_opens_at_its_floor_and_shuts_under_it(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert update(report_of(0.6666), path) == (("hybrid: all: P@3", None, 0.666),)
    assert check(report_of(0.6666), path) == ()
    assert check(report_of(0.7), path) == ()
    (miss,) = check(report_of(0.66), path)
    assert "under its floor" in miss.message


def test_other_labels_or_a_measure_gone_shut_the_gate(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update(report_of(0.5), path)
    assert [miss.name for miss in check(report_of(0.9, "sha256:2"), path)] == ["labels"]
    assert check(Report(articles=3, digest="sha256:1", rows=()), path)[0].message.endswith("0.500.")


def test_floors_rise_and_never_fall(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update(report_of(0.5), path)
    assert update(report_of(0.6), path) == (("hybrid: all: P@3", 0.5, 0.6),)
    assert update(report_of(0.6), path) == ()
    before = path.read_text(encoding="utf-8")
    with pytest.raises(OptionError, match="only ever raised"):
        update(report_of(0.55), path)
    with pytest.raises(OptionError):
        update(report_of(0.9, "sha256:2"), path)
    assert path.read_text(encoding="utf-8") == before


def test_a_floors_file_says_what_is_held(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update(report_of(0.5), path)
    more = Row("lead", "all", "P@3", 3, 0.9, 0.0, 1.0)
    assert update(replace(report_of(0.7), rows=(*report_of(0.7).rows, more)), path) == (
        ("hybrid: all: P@3", 0.5, 0.7),
    )
    assert list(json.loads(path.read_text(encoding="utf-8"))["floors"]) == ["hybrid: all: P@3"]


@pytest.mark.parametrize("content", ["", "[]", '{"floors": 1}', '{"digest": "x"}'])
def test_a_bad_floors_file_is_an_option_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OptionError, match="no floors file"):
        check(report_of(0.5), path)


def test_labels_that_judge_nothing_are_refused(tmp_path: Path, kiwi: Kiwi) -> None:
    assert kiwi is not None
    path = tmp_path / "labels.jsonl"
    path.write_text(
        json.dumps({"sentences": ["솔내시는 새 도서관을 연다고 밝혔다."]}) + "\n", encoding="utf-8"
    )
    with pytest.raises(OptionError, match="scored"):
        evaluation.run(path, methods=["lead"], options=Options())

"""Evaluation of whole label files, and the quality gate."""

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
    """The definitions, implemented a second time in another way, on the same summaries."""
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
    assert {row["set"] for row in tree["scores"]} == {"all"}
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


def test_the_gate_fails_below_its_floor(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert update(report_of(0.6666), path) == (("hybrid: all: P@3", None, 0.666),)
    assert check(report_of(0.6666), path) == ()
    assert check(report_of(0.7), path) == ()
    (miss,) = check(report_of(0.66), path)
    assert "below its floor" in miss.message


def test_the_gate_fails_for_other_labels_or_a_missing_measure(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update(report_of(0.5), path)
    assert [miss.name for miss in check(report_of(0.9, "sha256:2"), path)] == ["labels"]
    assert check(Report(articles=3, digest="sha256:1", rows=()), path)[0].message.endswith("0.500")


def test_floors_are_raised_and_never_lowered(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update(report_of(0.5), path)
    assert update(report_of(0.6), path) == (("hybrid: all: P@3", 0.5, 0.6),)
    assert update(report_of(0.6), path) == ()
    before = path.read_text(encoding="utf-8")
    with pytest.raises(OptionError, match="cannot be lowered"):
        update(report_of(0.55), path)
    with pytest.raises(OptionError):
        update(report_of(0.9, "sha256:2"), path)
    assert path.read_text(encoding="utf-8") == before


def test_a_floors_file_keeps_its_choice_of_measures(tmp_path: Path) -> None:
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
    with pytest.raises(OptionError, match="not a floors file"):
        check(report_of(0.5), path)


def test_labels_without_a_reference_are_an_error(tmp_path: Path, kiwi: Kiwi) -> None:
    assert kiwi is not None
    path = tmp_path / "labels.jsonl"
    path.write_text(
        json.dumps({"sentences": ["솔내시는 새 도서관을 연다고 밝혔다."]}) + "\n", encoding="utf-8"
    )
    with pytest.raises(OptionError, match="to score against"):
        evaluation.run(path, methods=["lead"], options=Options())


LIGHTHOUSE: list[dict[str, Any]] = [
    {
        "title": "하늬군 등대, 내년 5월 숙소로",
        "sentences": [
            "바람 부는 언덕 위에 오래된 등대 하나가 서 있다.",
            "하늬군이 이 등대를 고쳐 내년 5월 여행자 숙소로 연다.",
            "이에 주민들은 하루 두 번뿐인 버스를 늘려 달라고 요구했다.",
            "숙소에는 방 6개와 작은 책방, 별을 보는 마당이 들어선다.",
            "군은 공사비 9억원을 내년 예산안에 담았다고 밝혔다.",
        ],
        "gold_extractive": [1, 4, 3],
        "acceptable": [2],
        "kind": "regional",
    },
    {
        "title": "고래 울음 따라 하는 앵무새",
        "sentences": [
            "새물대 연구팀이 고래 울음을 따라 하는 앵무새를 확인했다.",
            "앵무새는 수족관 옆 온실에서 고래와 7년을 함께 살았다.",
            "울음의 높이는 고래보다 두 옥타브 높은 것으로 나타났다.",
            "연구팀은 결과를 다음 달 국제학술지에 싣는다고 밝혔다.",
        ],
        "gold_extractive": [0, 1, 2],
        "acceptable": [],
        "kind": "science",
    },
]


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.usefixtures("kiwi")
def test_editor_figures_of_lead_by_hand(tmp_path: Path) -> None:
    """Lead takes sentences 0, 1 and 2: 0 of the first article is in neither list, 1 is chosen, 2 is acceptable."""
    path = write_rows(tmp_path / "labels.jsonl", LIGHTHOUSE)

    report = evaluation.run(path, methods=("lead",), options=Options())

    means = {(row.set, row.measure): row.mean for row in report.rows}
    assert means["all", "P@3"] == pytest.approx((1 / 3 + 1) / 2)
    assert means["all", "accepted@3"] == pytest.approx((2 / 3 + 1) / 2)
    assert means["all", "misses"] == 1 / 2
    assert means["all", "first choice"] == 1 / 2
    assert means["all", "repeats"] == means["all", "dangling"] == 0.0
    assert means["regional", "P@3"] == pytest.approx(1 / 3)
    assert means["science", "misses"] == 0.0
    assert {(row.set, row.n) for row in report.rows} == {("all", 2), ("regional", 1), ("science", 1)}
    assert report.differences == ()


@pytest.mark.usefixtures("kiwi")
def test_the_first_method_is_compared_with_the_others_on_the_same_articles(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "labels.jsonl", LIGHTHOUSE)

    report = evaluation.run(path, methods=("textrank", "lead", "textrank"), options=Options())

    means = {(row.method, row.measure): row.mean for row in report.rows if row.set == "all"}
    assert {(row.method, row.other, row.set) for row in report.differences} == {("textrank", "lead", "all")}
    for row in report.differences:
        expected = means["textrank", row.measure] - means["lead", row.measure]
        assert row.mean == pytest.approx(expected), row.measure
        assert row.low <= row.mean <= row.high
    assert evaluation.run(path, methods=("lead",), options=Options()).rows == tuple(
        row for row in report.rows if row.method == "lead"
    )


def test_a_measure_for_which_less_is_better_gets_no_floor(tmp_path: Path) -> None:
    row = Row("hybrid", "all", "misses", 3, 0.4, 0.0, 1.0)
    assert update(replace(report_of(0.5), rows=(*report_of(0.5).rows, row)), tmp_path / "floors.json") == (
        ("hybrid: all: P@3", None, 0.5),
    )

"""The commands that train, measure and count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commandline import ARTICLE, Run

pytestmark = pytest.mark.usefixtures("articles")


# -- training, evaluation, word statistics

LABELS = [
    {
        "id": f"시장-{n}",
        "title": f"제{n}시장 지붕 얹는다",
        "sentences": [
            f"제{n}시장이 문을 연 지 {n + 40}년 만에 지붕을 얹는다." + " 장마가 잦아서다." * (n % 5),
            "비가림 공사는 다음 달 시작한다고 상인회가 밝혔다." + " 석 달이 걸린다." * (n % 4),
            "상인들은 비를 맞지 않고 장사하게 됐다며 크게 반겼다.",
            f"공사비 {n + 10}억원은 시와 상인회가 나눠 낸다.",
            "이에 손님도 늘 것으로 보인다.",
        ],
        "gold_extractive": [0, 1, 3],
        "keywords": [f"제{n}시장", "지붕"],
    }
    for n in range(1, 25)
]


@pytest.mark.parametrize("form", ["sentences", "text"])
def test_an_index_past_the_last_sentence_is_told_with_its_line(yoyak: Run, form: str) -> None:
    sentences = [
        "가람시가 강변에 도서관을 짓는다고 밝혔다.",
        "도서관은 책 20만 권을 갖춘다고 한다.",
        "내년 3월에 첫 삽을 뜨기로 했다.",
    ]
    rows = [
        {form: sentences if form == "sentences" else " ".join(sentences), "gold_extractive": chosen}
        for chosen in ([0, 2], [0, 9])
    ]
    Path("gold.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    for command in (["evaluate", "gold.jsonl"], ["train", "gold.jsonl", "-o", "model.json"]):
        ran = yoyak(*command)
        assert ran.code == 1
        assert "gold.jsonl:2: “gold_extractive” holds index 9 (counted from 0)" in ran.err
        assert "has 3 sentences" in ran.err
        page = " ".join(yoyak(command[0], "--help").out.split())
        assert "count from 0" in page
        assert "`sentences`" in page


def write_labels() -> str:
    lines = [json.dumps(row, ensure_ascii=False) for row in LABELS]
    Path("labels.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "labels.jsonl"


def test_evaluate_prints_a_table_and_json(yoyak: Run) -> None:
    ran = yoyak("evaluate", write_labels(), "--methods", "lead,textrank")
    assert ran.code == 0
    assert "lead" in ran.out.splitlines()[0]
    assert "textrank" in ran.out.splitlines()[0]
    assert any("P@3" in line and "±" in line for line in ran.out.splitlines())
    figures = json.loads(yoyak("evaluate", "labels.jsonl", "--methods", "lead", "--json").out)
    [row] = [r for r in figures["scores"] if (r["set"], r["measure"]) == ("all", "P@3")]
    assert row["mean"] == pytest.approx(2 / 3, abs=1e-3)


def test_floors_are_a_gate(yoyak: Run) -> None:
    arguments = ("evaluate", write_labels(), "--methods", "lead", "--floors", "floors.json")
    assert "lead: all: P@3: - → 0.666" in yoyak(*arguments, "--raise-floors").err
    assert "no floor was raised" in yoyak(*arguments, "--raise-floors").err
    assert yoyak(*arguments, "--raise-floors", "--quiet").err == ""
    assert yoyak(*arguments).code == 0
    floors = Path("floors.json").read_text(encoding="utf-8")
    Path("floors.json").write_text(floors.replace('P@3": 0.', 'P@3": 0.9'), encoding="utf-8")
    ran = yoyak(*arguments)
    assert ran.code == 1
    assert "P@3" in ran.err
    assert yoyak("evaluate", "labels.jsonl", "--raise-floors").code == 2


def test_train_makes_a_model_that_can_be_used(yoyak: Run) -> None:
    ran = yoyak("train", write_labels(), "-o", "model.json", "--provenance", "invented")
    assert ran.code == 0, ran.err
    assert "cross-validated" in ran.out
    assert json.loads(Path("model.json").read_text(encoding="utf-8"))["report"]["provenance"] == "invented"
    assert yoyak("article.txt", "--model", "model.json").code == 0
    again = yoyak("train", "labels.jsonl", "-o", "model.json")
    assert again.code == 1
    assert "--force" in again.err
    report = json.loads(yoyak("train", "labels.jsonl", "-o", "model.json", "--force", "--json").out)
    assert report["articles"] == 24


def test_keywords_are_trained_from_enough_labels_only(yoyak: Run) -> None:
    ran = yoyak("train", write_labels(), "--keywords", "-o", "words.json")
    assert ran.code == 2
    assert "24" in ran.err
    assert yoyak("train", "labels.jsonl", "--keywords", "--ablate", "-o", "words.json").code == 2
    assert yoyak("article.txt", "--keyword-model", "labels.jsonl").code == 2
    Path("yoyak.toml").write_text("keywords = 5", encoding="utf-8")
    assert "F1@5" not in yoyak("train", "labels.jsonl", "-o", "model.json").out


@pytest.mark.parametrize("command", ["train", "evaluate", "background"])
def test_makers_without_an_input_are_usage_errors(yoyak: Run, command: str) -> None:
    assert yoyak(command, "-o", "x").code == 2 if command != "evaluate" else yoyak(command).code == 2
    assert yoyak("train", "none.jsonl", "-o", "x").code == 2
    assert yoyak("evaluate", "none.jsonl").code == 2


def test_background_counts_and_is_used(yoyak: Run) -> None:
    Path("news").mkdir()
    for n in range(8):
        Path(f"news/{n}.txt").write_text(ARTICLE.replace("412", str(400 + n)), encoding="utf-8")
    ran = yoyak("background", "news", "-o", "words.gz", "--provenance", "invented")
    assert (ran.code, ran.err) == (0, "words.gz: counted the words of 8 articles\n")
    assert yoyak("article.txt", "--background", "words.gz", "-n", "1").code == 0
    assert yoyak("background", "menu.txt", "-o", "none.gz").code == 2
    Path("list.txt").write_text("menu.txt\n", encoding="utf-8")
    ran = yoyak("background", "--files-from", "list.txt", "-o", "none.gz")
    assert ran.code == 2
    assert "no articles in list.txt" in ran.err
    assert not Path("none.gz").exists()


def test_counting_that_stops_at_a_failure_makes_no_table_of_half_the_articles(yoyak: Run) -> None:
    ran = yoyak("background", "article.txt", "menu.txt", "article.txt", "-o", "words.gz", "--fail-fast")
    assert ran.code == 1
    assert "menu.txt" in ran.err
    assert not Path("words.gz").exists()


@pytest.mark.parametrize("option", ["--model", "--background", "--user-dict", "--stopwords", "--config"])
def test_a_file_that_is_not_there_is_a_usage_error(yoyak: Run, option: str) -> None:
    ran = yoyak("article.txt", option, "none.x")
    assert ran.code == 2
    assert "none.x" in ran.err
    assert ran.err.count("\n") == 1


def test_a_wrong_model_or_table_is_a_usage_error_and_no_failed_article(yoyak: Run) -> None:
    Path("bad.json").write_text("{}", encoding="utf-8")
    for option in ("--model", "--background"):
        ran = yoyak("article.txt", option, "bad.json")
        assert ran.code == 2, option
        assert "bad.json" in ran.err
        assert yoyak("article.txt", "article.txt", option, "bad.json").code == 2

"""The comparison with other summarizers: scores of one answer, and the table."""

from __future__ import annotations

from typing import Any

import pytest

from tools.compare import Result, scores_of, table
from yoyak.core.options import Fields
from yoyak.training import labels
from yoyak.training.measures import Score

pytestmark = pytest.mark.usefixtures("kiwi")

ROW: dict[str, Any] = {
    "title": "하늬군 등대, 내년 5월 숙소로",
    "sentences": [
        "바람 부는 언덕 위에 오래된 등대 하나가 서 있다.",
        "하늬군이 이 등대를 고쳐 내년 5월 여행자 숙소로 연다.",
        "숙소에는 방 6개와 작은 책방이 들어선다.",
        "군은 공사비 9억원을 내년 예산안에 담았다고 밝혔다.",
    ],
    "gold_extractive": [1, 3, 2],
    "acceptable": [],
    "keywords": ["하늬군", "등대"],
}


def answer(*indices: int, keywords: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "summary": [{"index": i, "text": ROW["sentences"][i]} for i in indices],
        "keywords": [{"term": term} for term in keywords],
    }


def scored(line: dict[str, Any], *, has_keywords: bool) -> dict[str, float]:
    label = labels.label_of(ROW, source="t", fields=Fields())
    return {name: score.value for name, score in scores_of(label, line, has_keywords=has_keywords).items()}


def test_an_answer_is_scored_like_a_summary_of_yoyak() -> None:
    scores = scored(answer(0, 1, 2, keywords=("등대",)), has_keywords=True)

    assert scores["P@3"] == pytest.approx(2 / 3)
    assert scores["misses"] == 1.0
    assert scores["keywords F1@5 exact"] == pytest.approx(2 * (1 / 5) * (1 / 2) / (1 / 5 + 1 / 2))


def test_a_system_without_keywords_has_no_keyword_score() -> None:
    assert "keywords F1@5 exact" not in scored(answer(1), has_keywords=False)
    assert scored(answer(1), has_keywords=True)["keywords F1@5 exact"] == 0.0


def result(name: str, *values: float, finished: bool = True) -> Result:
    return Result(name, [{"P@3": Score("P@3", value)} for value in values], 1.5, 0.02, 60.0, finished)


def test_the_table_has_the_best_system_first_and_unfinished_ones_last() -> None:
    lines = table(
        [result("yoyak", 0.3, 0.4), result("slow", 0.2, finished=False), result("other", 0.5, 0.6)], 2
    ).splitlines()

    assert [line.split()[0] for line in lines] == ["system", "other", "yoyak", "slow"]
    assert "0.550 [0.500, 0.600]" in lines[1]
    assert lines[3].endswith(
        "did not finish: 1 of 2 articles in 60 s; P@3 0.200, yoyak on the same articles 0.300"
    )

"""Laws of every ranker, and what each is known for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest

from yoyak.core.options import METHODS, Method, RankOptions
from yoyak.core.values import Analysis, Article, Ranking, Span
from yoyak.nlp import kiwi as analyzer
from yoyak.ranking.graph import DENSE_CELLS, Incidence, pagerank, products
from yoyak.ranking.rank import rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiwipiepy import Kiwi

Analyze: TypeAlias = Callable[..., Analysis]

LINES = (
    "솔내시는 강변에 새 도서관을 연다고 4일 밝혔다.",
    "새 도서관은 책 12만 권과 음성 도서 3천 점을 갖춘다.",
    "한여울 시장은 “도서관은 동네의 거실이 될 것”이라고 말했다.",
    "주민 투표로 정한 도서관의 이름은 달빛도서관이다.",
    "이어 시는 내년까지 작은 도서관 다섯 곳을 더 지을 계획이라고 덧붙였다.",
    "한편 지난달 강변 산책로의 가로등 공사가 끝났다.",
)
TITLE = "솔내시, 강변에 달빛도서관 연다"


@pytest.fixture(scope="module")
def analyze(kiwi: Kiwi) -> Analyze:
    assert kiwi is not None

    def made(
        lines: Sequence[str] = LINES, title: str | None = TITLE, candidates: set[int] | None = None
    ) -> Analysis:
        spans: list[Span] = []
        at = 0
        for index, line in enumerate(lines):
            spans.append(Span(at, at + len(line), candidates is None or index in candidates))
            at += len(line) + 2
        return analyzer.analyze(
            Article(source="test", title=title, paragraphs=tuple(lines), spans=tuple(spans))
        )

    return made


def ranked(analysis: Analysis, **options: Any) -> Ranking:
    return rank(analysis, options=RankOptions(**options))


def order(scores: Sequence[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: (-scores[i], i))


@pytest.mark.parametrize("method", METHODS)
def test_scores_are_finite_one_a_sentence_and_the_same_each_time(analyze: Analyze, method: Method) -> None:
    analysis = analyze()
    scores = ranked(analysis, method=method).scores
    assert len(scores) == len(LINES)
    assert all(math.isfinite(score) for score in scores)
    assert ranked(analysis, method=method).scores == scores


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("lines", [LINES[:1], (LINES[0],) * 4, ("…", "!!", "1 2 3")])
def test_one_sentence_copies_and_marks_alone_are_no_trouble(
    analyze: Analyze, method: Method, lines: Any
) -> None:
    scores = ranked(analyze(lines), method=method).scores
    assert all(math.isfinite(score) for score in scores)


@pytest.mark.parametrize("method", METHODS)
def test_an_article_without_sentences_has_no_scores(method: Method) -> None:
    nothing = Analysis(article=Article(source="test", paragraphs=()), sentences=())
    assert ranked(nothing, method=method).scores == ()


@pytest.mark.parametrize("method", METHODS)
def test_what_may_not_be_chosen_gets_the_lowest_score(analyze: Analyze, method: Method) -> None:
    scores = ranked(analyze(candidates={1, 2, 3, 4, 5}), method=method).scores
    assert scores[0] == min(scores)


@pytest.mark.parametrize("method", ["tfidf", "textrank", "lexrank"])
def test_the_order_of_sentences_does_not_matter_to_the_graph_rankers(
    analyze: Analyze, method: Method
) -> None:
    turned = (3, 5, 0, 2, 4, 1)
    there = ranked(analyze(), method=method).scores
    back = ranked(analyze(tuple(LINES[i] for i in turned)), method=method).scores
    assert [there[i] for i in turned] == pytest.approx(back)


def test_lead_is_the_order_of_the_article(analyze: Analyze) -> None:
    assert order(ranked(analyze(), method="lead").scores) == list(range(len(LINES)))


def test_the_parts_of_the_hybrid_sum_to_its_scores(analyze: Analyze) -> None:
    cases: tuple[dict[str, Any], ...] = ({}, {"query": "가로등 공사"})
    for options in cases:
        result = ranked(analyze(), **options)
        for score, parts in zip(result.scores, result.parts, strict=True):
            assert sum(parts.values()) == pytest.approx(score)


@pytest.mark.parametrize("method", METHODS)
def test_a_query_lifts_the_sentence_that_answers_it(analyze: Analyze, method: Method) -> None:
    assert order(ranked(analyze(), method=method, query="산책로 가로등 공사").scores)[0] == 5


@pytest.mark.parametrize("method", METHODS)
def test_a_query_about_nothing_here_changes_nothing(analyze: Analyze, method: Method) -> None:
    assert ranked(analyze(), method=method, query="잠수함").scores == ranked(analyze(), method=method).scores


def test_the_title_is_where_the_graph_starts_again(analyze: Analyze) -> None:
    untitled = ranked(analyze(title=None), method="textrank").scores
    titled = ranked(analyze(title="가로등 공사 끝"), method="textrank").scores
    assert titled[5] > untitled[5]


def test_pagerank_of_a_star_prefers_its_middle_and_sums_to_one() -> None:
    i = np.array([0, 0, 0, 1, 2, 3])
    j = np.array([1, 2, 3, 0, 0, 0])
    scores = pagerank(5, i, j, np.ones(6))
    assert scores.sum() == pytest.approx(1.0)
    assert order(scores.tolist())[0] == 0


def test_the_inverted_index_of_long_texts_gives_the_products_of_the_dense_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [f"낱말{i}" for i in range(30)]
    picks = np.random.default_rng(1).integers(0, 30, (40, 6))
    table = Incidence.of([[words[k] for k in row] for row in picks])
    dense = sorted(zip(*(part.tolist() for part in products(table)), strict=True))
    assert table.size * table.width < DENSE_CELLS
    monkeypatch.setattr("yoyak.ranking.graph.DENSE_CELLS", 0)
    sparse = sorted(zip(*(part.tolist() for part in products(table)), strict=True))
    assert sparse == dense


def test_a_compound_in_a_query_finds_its_sentence_however_it_is_cut(analyze: Analyze) -> None:
    lines = (*LINES, "새 송전선을 놓는 데에는 5년이 더 걸린다는 관측이 나왔다.")
    scores = ranked(analyze(lines), query="송전선 공사는?").scores
    assert set(order(scores)[:2]) == {5, 6}


def test_without_a_title_the_first_sentence_tells_the_news(analyze: Analyze) -> None:
    untitled = ranked(analyze(title=None))

    assert order(untitled.scores)[0] == 0
    assert untitled.parts[0]["untitled"] > 0
    assert "untitled" not in ranked(analyze()).parts[0]

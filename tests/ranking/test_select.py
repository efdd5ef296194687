"""Laws of selection under every kind of limit."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.core.errors import OptionError
from yoyak.core.options import Length, RankOptions
from yoyak.core.values import Analysis, Article, Ranking, Sentence, Token
from yoyak.ranking.select import select, select_ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Case: TypeAlias = tuple[list[str], list[float], list[bool]]


def analysis_of(texts: Sequence[str], candidates: Sequence[bool] | None = None) -> Analysis:
    article = Article(source="test", paragraphs=tuple(texts))
    sentences: list[Sentence] = []
    at = 0
    for index, text in enumerate(texts):
        tokens = tuple(Token(word, "NNG", at, at + len(word)) for word in text.split())
        candidate = candidates[index] if candidates else True
        sentences.append(Sentence(index, at, at + len(text), text, tokens, index, candidate))
        at += len(text) + 2
    return Analysis(article=article, sentences=tuple(sentences))


def choose(
    texts: Sequence[str],
    scores: Iterable[float],
    candidates: Sequence[bool] | None = None,
    diversity: float = 0.0,
    **length: Any,
) -> tuple[int, ...]:
    options = RankOptions(length=Length(**({"sentences": None} | length)), diversity=diversity)
    return select(analysis_of(texts, candidates), Ranking(scores=tuple(scores)), options=options)


TEXTS = st.lists(
    st.lists(st.sampled_from(("솔내시", "도서관", "개관", "주민", "투표", "예산", "달빛", "다리")), min_size=1, max_size=8).map(lambda words: " ".join(words) + " 이야기를 나눴다고 한다"),
    min_size=1,
    max_size=10,
)  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> Case:
    texts = draw(TEXTS)
    n = len(texts)
    scores = draw(st.lists(st.floats(-5, 5, allow_nan=False), min_size=n, max_size=n))
    marks = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return texts, scores, marks


@given(cases(), st.integers(1, 8), st.one_of(st.none(), st.integers(1, 60)))
def test_the_default_summary_keeps_the_laws(case: Case, n: int, chars: int | None) -> None:
    texts, scores, marks = case
    analysis = analysis_of(texts, marks)
    ranking = Ranking(scores=tuple(scores))
    options = RankOptions(length=Length(sentences=n, chars=chars))
    chosen = select(analysis, ranking, options=options)
    assert chosen == select(analysis, ranking, options=options)
    assert list(chosen) == sorted(set(chosen))
    assert all(marks[i] for i in chosen)
    assert len({texts[i] for i in chosen}) == len(chosen)
    able = len({text for text, mark in zip(texts, marks, strict=True) if mark})
    if chars is None:
        assert len(chosen) == min(n, able)
    elif len(chosen) > 1:
        assert len(" ".join(texts[i] for i in chosen)) <= chars


@given(cases(), st.integers(1, 7))
def test_a_longer_default_summary_contains_the_shorter_one(case: Case, n: int) -> None:
    texts, scores, marks = case
    analysis, ranking = analysis_of(texts, marks), Ranking(scores=tuple(scores))

    def ordered(count: int) -> tuple[int, ...]:
        return select_ordered(analysis, ranking, options=RankOptions(length=Length(sentences=count)))

    assert ordered(n + 1)[:n] == ordered(n)


def test_a_sentence_that_says_the_same_comes_after_all_others() -> None:
    texts = [
        "솔내시 도서관 개관 주민 잔치",
        "솔내시 도서관 개관 주민 축제",
        "달빛 다리 예산 심의 시작",
        "가로등 공사 마감 안내 방송",
    ]
    ranking = Ranking(scores=(3.0, 2.9, 1.0, 0.5))
    for count, expected in ((1, (0,)), (2, (0, 2)), (3, (0, 2, 3)), (4, (0, 1, 2, 3))):
        options = RankOptions(length=Length(sentences=count))
        assert select(analysis_of(texts), ranking, options=options) == expected


@given(cases(), st.integers(1, 6), st.floats(0, 1))
def test_only_candidates_in_order_each_once_and_never_the_same_words_twice(
    case: Case, n: int, diversity: float
) -> None:
    texts, scores, marks = case
    chosen = choose(texts, scores, marks, diversity, sentences=n)
    assert list(chosen) == sorted(set(chosen))
    assert all(marks[i] for i in chosen)
    assert len({texts[i] for i in chosen}) == len(chosen)
    assert len(chosen) == min(n, len({text for text, mark in zip(texts, marks, strict=True) if mark}))


@given(cases(), st.integers(1, 60), st.floats(0, 1))
def test_the_joined_summary_keeps_its_budget_or_is_the_shortest_sentence(
    case: Case, chars: int, diversity: float
) -> None:
    texts, scores, marks = case
    chosen = choose(texts, scores, marks, diversity, chars=chars)
    if any(marks):
        shortest = min(len(text) for text, mark in zip(texts, marks, strict=True) if mark)
        joined = " ".join(texts[i] for i in chosen)
        assert chosen
        assert len(joined) <= chars or (len(chosen) == 1 and len(joined) == shortest > chars)


@given(cases(), st.integers(1, 6))
def test_more_sentences_never_lose_one_under_pure_ranking(case: Case, n: int) -> None:
    texts, scores, marks = case
    assert set(choose(texts, scores, marks, sentences=n)) <= set(
        choose(texts, scores, marks, sentences=n + 1)
    )


@given(cases(), st.integers(1, 6), st.floats(0.05, 1), st.integers(5, 60))
def test_the_tightest_limit_wins(case: Case, n: int, ratio: float, chars: int) -> None:
    texts, scores, _ = case
    chosen = choose(texts, scores, sentences=n, ratio=ratio, chars=chars)
    for limit in ({"sentences": n}, {"ratio": ratio}, {"chars": chars}):
        assert len(chosen) <= max(1, len(choose(texts, scores, **limit)))


def test_a_ratio_is_of_the_whole_article_and_rounds_up() -> None:
    texts = [f"문장 {i}" for i in range(10)]
    assert len(choose(texts, range(10), ratio=0.3)) == 3
    assert len(choose(texts, range(10), ratio=0.31)) == 4
    assert len(choose(texts, range(10), ratio=0.01)) == 1


def test_diversity_prefers_another_matter_to_the_same_again() -> None:
    texts = [
        "솔내시 도서관 개관 주민 잔치",
        "솔내시 도서관 개관 투표 마감",
        "달빛 다리 예산 심의 시작",
        "끝으로 시장의 짧은 한마디",
    ]
    scores = (3.0, 2.9, 2.5, 0.0)
    assert choose(texts, scores, sentences=2) == (0, 1)
    assert choose(texts, scores, diversity=0.5, sentences=2) == (0, 2)


def test_fillers_are_chosen_only_where_there_is_nothing_else() -> None:
    texts = ["점수는 0-5.", "한여울 기자가 보도합니다.", "솔내시가 새 도서관의 문을 열었다."]
    assert choose(texts, (3.0, 2.0, 1.0), sentences=3) == (2,)
    assert choose(texts[:2], (3.0, 2.0), sentences=1) == (0,)


def test_a_sentence_that_refers_back_needs_a_margin_or_the_sentence_before_it() -> None:
    texts = [
        "한여울 시장이 도서관을 열었다.",
        "그는 주민이 이름을 지었다고 말했다.",
        "책 십만 권을 갖췄다.",
    ]
    options = RankOptions(length=Length(sentences=1))
    close = Ranking(scores=(0.0, 1.0, 0.95))
    assert select(analysis_of(texts), close, options=options) == (2,)
    assert select(analysis_of(texts), close, options=replace(options, method="textrank")) == (1,)
    both = replace(options, length=Length(sentences=2))
    assert select(analysis_of(texts), Ranking(scores=(1.0, 0.9, 0.85)), options=both) == (0, 1)


def test_without_a_candidate_nothing_is_chosen() -> None:
    assert choose(["하나", "둘"], (1.0, 2.0), (False, False), sentences=2) == ()


@pytest.mark.parametrize("length", [{"sentences": 0}, {"ratio": 0.0}, {"ratio": 1.5}, {"chars": 0}])
def test_a_limit_that_makes_no_sense_is_an_option_error(length: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        choose(["하나"], (1.0,), **length)


def test_a_long_text_takes_linear_time() -> None:
    texts = [f"솔내시 도서관 {at} 이야기 {at * 7} 권" for at in range(4_000)]
    ranking = Ranking(scores=tuple(float(at * 37 % 4_001) for at in range(4_000)))
    started = time.process_time()
    chosen = select(
        analysis_of(texts), ranking, options=RankOptions(length=Length(sentences=None, ratio=0.5))
    )

    assert len(chosen) == 2_000
    assert time.process_time() - started < 20  # comparing each with each takes minutes

"""Features and wording of sentences, on invented articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.core.values import Analysis, Article, Sentence, Span, Token
from yoyak.nlp import kiwi as analyzer
from yoyak.nlp.cues import is_filler
from yoyak.ranking.features import (
    NAMES,
    WORDING_KINDS,
    FeatureMatrix,
    candidates,
    is_fragment,
    last_verb,
    measure,
    terms_of,
    wording,
)
from yoyak.ranking.graph import Incidence

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

LINES = (
    "솔내연구원 연구팀은 달빛을 모으는 유리를 개발했다고 3일 밝혔다.",
    "이 유리는 빛의 92%를 전기로 바꾼다.",
    "한여울 교수는 “창문이 발전소가 된다”고 말했다.",
    "이어 그는 값을 낮추는 것이 과제라고 덧붙였다.",
    "한편 시는 내년에 학교 두 곳에 이 유리를 달 계획이다.",
)


@pytest.fixture(scope="module")
def made(kiwi: Kiwi) -> Analysis:
    assert kiwi is not None
    spans: list[Span] = []
    at = 0
    for line in LINES:
        spans.append(Span(at, at + len(line), True))
        at += len(line) + 2
    return analyzer.analyze(
        Article(source="test", title="달빛 모으는 유리 개발", paragraphs=LINES, spans=tuple(spans))
    )


def matrix_of(analysis: Analysis) -> FeatureMatrix:
    return measure(analysis, candidates(analysis))


def column(analysis: Analysis, name: str) -> tuple[float, ...]:
    return matrix_of(analysis).columns[NAMES.index(name)]


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("first", 0), ("last", 4), ("title", 0), ("title_weight", 0), ("quote", 2), ("before_quote", 3),
        ("numbers", 0), ("length", 0), ("leaned_on", 2), ("like_lead", 1), ("beyond_title", 3),
    ],
)  # fmt: skip
def test_a_feature_is_highest_where_its_description_says(made: Analysis, name: str, row: int) -> None:
    values = column(made, name)

    assert values[row] == max(values)


def test_neighbors_are_compared_in_both_directions(made: Analysis) -> None:
    assert column(made, "like_before")[1:] == column(made, "like_after")[:-1]
    assert column(made, "like_earlier")[0] == column(made, "like_later")[-1] == 0.0


def test_standardized_columns_have_mean_0_and_spread_1(made: Analysis) -> None:
    values = np.array(matrix_of(made).standardized())

    assert values.shape == (len(NAMES), len(LINES))
    assert values.mean(axis=1) == pytest.approx(np.zeros(len(NAMES)), abs=1e-9)
    assert all(spread == pytest.approx(1.0) or spread == 0.0 for spread in values.std(axis=1).round(9))


def test_wording_names_the_start_the_end_and_the_last_verb(made: Analysis) -> None:
    patterns = wording(made.sentences[3].tokens)

    assert patterns["first 2"] == ("그/NP",)
    assert patterns["verb"] == ("덧붙이",)
    assert patterns["last 1"] == ("./SF",)
    assert "과제/NNG" in patterns["morpheme"]
    assert set(patterns) == set(WORDING_KINDS)


@pytest.mark.parametrize(
    ("tokens", "verb"),
    [
        ([("밝히", "VV"), ("었", "EP"), ("다", "EF")], "밝히"),
        ([("강조", "NNG"), ("하", "XSV"), ("다", "EF")], "강조하"),
        ([("이", "VCP"), ("다", "EF")], "이"),
        ([("도서관", "NNG")], ""),
    ],
)
def test_the_last_verb_is_the_stem_of_the_predicate(tokens: list[tuple[str, str]], verb: str) -> None:
    assert last_verb([Token(form, tag, 0, 0) for form, tag in tokens]) == verb


WORDS = st.lists(
    st.sampled_from(("도서관/NNG", "시장/NNG", "연/VV", "는/JX", "솔내/NNP", "3/SN", "./SF")), max_size=12
)


@given(st.lists(WORDS, min_size=1, max_size=8), st.booleans())
def test_any_article_has_finite_features(lines: list[list[str]], marked: bool) -> None:
    sentences: list[Sentence] = []
    at = 0
    for index, words in enumerate(lines):
        tokens = []
        for word in words:
            form, tag = word.split("/")
            tokens.append(Token(form, tag, at, at + len(form)))
            at += len(form)
        sentences.append(
            Sentence(index, 0, 0, "".join(token.form for token in tokens), tuple(tokens), 0, marked)
        )
    analysis = Analysis(article=Article(source="t", paragraphs=("",)), sentences=tuple(sentences))
    found = matrix_of(analysis)

    assert np.isfinite(np.array(found.columns)).all()
    assert np.isfinite(np.array(found.standardized())).all()
    assert found.rows == tuple(range(len(lines))) or all(
        is_filler(s.text) or is_fragment(s) for s in sentences if s.index not in found.rows
    )


def test_light_verbs_and_particles_are_no_terms() -> None:
    held = (
        Token("도서관", "NNG", 0, 3),
        Token("이", "JKS", 3, 4),
        Token("있", "VV", 5, 6),
        Token("짓", "VV", 7, 8),
    )
    assert terms_of(held) == ["도서관/N", "짓/V"]


def test_incidence_counts_terms_by_sentence() -> None:
    table = Incidence.of([["가", "나", "가"], [], ["나"]])
    assert (table.size, table.width) == (3, 2)
    assert table.counts.tolist() == [2.0, 1.0, 1.0]
    assert table.document_frequency().tolist() == [1.0, 2.0]
    lengths = np.bincount(table.tfidf().rows, weights=table.tfidf().counts ** 2, minlength=3)
    assert lengths == pytest.approx([1.0, 0.0, 1.0])


def test_a_deck_among_the_sentences_is_no_candidate(kiwi: Kiwi) -> None:
    assert kiwi is not None
    article = Article(
        source="test",
        paragraphs=(
            "내년까지 어린이집 열두 곳에 나무 장난감 지원",
            "들마루시는 내년까지 어린이집 열두 곳에 나무 장난감을 보낸다고 4일 밝혔다.",
            "시장은 “아이들이 나무 냄새를 알았으면 한다”",
        ),
    )

    assert [s.paragraph for s in candidates(analyzer.analyze(article))] == [1, 2]


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("나라조선이 만든 가스 운반선.", True),
        ("물레시장의 밤 풍경.", True),
        ("정다온 가온시장.", True),
        ("시는 다리를 새로 놓는다.", False),
        ("□ 들마루시는 다리를 새로 놓는다고 밝힘", False),
        ("○ 사업비는 시가 모두 낼 계획임", False),
        ("물가는 석 달째 올랐고 금리는 그대로였던 지난해 같은 때와는 사뭇 다른 분위기.", False),
        ('"다리를 새로 놓겠다."', False),
    ],
)
def test_a_short_sentence_without_a_verb_is_a_caption(text: str, fragment: bool) -> None:
    (sentence,) = analyzer.analyze(Article(source="case", paragraphs=(text,))).sentences

    assert is_fragment(sentence) is fragment

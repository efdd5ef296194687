"""What the ranker sees, on invented articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.core.values import Analysis, Article, Sentence, Span, Token
from yoyak.nlp import kiwi as analyzer
from yoyak.nlp.cues import is_filler
from yoyak.ranking.features import NAMES, TRAITS, candidates, is_fragment, sheet, terms_of
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


def best(made: Analysis, name: str) -> int:
    return int(np.argmax(sheet(made).values[:, NAMES.index(name)]))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("first", 0), ("last", 4), ("title", 0), ("date", 0), ("announce", 0), ("research", 0),
        ("quote", 2), ("speech", 2), ("before_quote", 3), ("aside", 4), ("plan", 4), ("numbers", 0),
    ],
)  # fmt: skip
def test_a_feature_is_highest_where_its_reason_is(made: Analysis, name: str, row: int) -> None:
    assert best(made, name) == row


def test_pointers_lean_and_the_sentence_before_is_leaned_on(made: Analysis) -> None:
    values = sheet(made).values
    assert values[3, NAMES.index("leans")] > 0 > values[2, NAMES.index("leans")]
    assert values[2, NAMES.index("leaned_on")] > 0


def test_every_feature_is_standardized_within_the_article(made: Analysis) -> None:
    values = sheet(made).values
    assert values.shape == (len(LINES), len(NAMES))
    assert values.mean(axis=0) == pytest.approx(np.zeros(len(NAMES)), abs=1e-9)
    assert all(spread == pytest.approx(1.0) or spread == 0.0 for spread in values.std(axis=0).round(9))


def test_the_traits_are_of_the_article(made: Analysis) -> None:
    traits = dict(zip(TRAITS, sheet(made).traits, strict=True))
    assert traits["mean_length"] == pytest.approx(sum(map(len, LINES)) / len(LINES))
    assert traits["log_sentences"] == pytest.approx(np.log(len(LINES)))
    assert 0 < traits["research_share"] < 1


def test_the_terms_are_those_of_title_and_sentences_each_once(made: Analysis) -> None:
    terms = sheet(made).terms
    assert terms[:3] == ("달빛/N", "모으/V", "유리/N")
    assert len(terms) == len(set(terms))
    assert set(terms) == set(terms_of(made.title)).union(*(terms_of(s.tokens) for s in made.sentences))


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
    found = sheet(Analysis(article=Article(source="t", paragraphs=("",)), sentences=tuple(sentences)))
    assert np.isfinite(found.values).all()
    assert np.isfinite(found.traits).all()
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
        ("물가는 석 달째 올랐고 금리는 그대로였던 지난해 같은 때와는 사뭇 다른 분위기.", False),
        ('"다리를 새로 놓겠다."', False),
    ],
)
def test_a_short_sentence_without_a_verb_is_a_caption(text: str, fragment: bool) -> None:
    (sentence,) = analyzer.analyze(Article(source="case", paragraphs=(text,))).sentences

    assert is_fragment(sentence) is fragment

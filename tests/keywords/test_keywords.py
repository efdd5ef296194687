"""Keywords: what must and must not be among them, and what holds for every article."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casebook
from yoyak import keywords
from yoyak.core.errors import OptionError
from yoyak.core.options import KeywordOptions
from yoyak.core.values import Analysis, Article, Keyword, Sentence, Span, Token
from yoyak.keywords import features, lexicon, model
from yoyak.keywords.candidates import Candidate, Mention, find
from yoyak.keywords.select import choose, is_short_for, overlaps
from yoyak.keywords.words import squash
from yoyak.nlp import document_frequency, kiwi

CASES = casebook.parameters("keywords")


@cache
def analysis_of(title: str, paragraphs: tuple[str, ...]) -> Analysis:
    article = Article(source="case", title=title or None, paragraphs=paragraphs)
    return kiwi.analyze(article)


def extracted(title: str, *paragraphs: str, **options: object) -> tuple[Keyword, ...]:
    return keywords.extract_keywords(
        analysis_of(title, paragraphs),
        background=document_frequency.load(None),
        options=KeywordOptions(**options),  # type: ignore[arg-type]
    )


def terms(line: str) -> list[str]:
    return [term.strip() for term in line.split(",")]


@pytest.mark.parametrize("case", CASES)
def test_cases(case: casebook.Case) -> None:
    title, *paragraphs = case.given
    got = [keyword.term for keyword in extracted(title, *paragraphs)]
    *wanted, unwanted = case.expected
    missing = [term for line in wanted for term in terms(line) if term not in got]
    rubbish = [term for term in terms(unwanted) if term in got]

    assert not missing, got
    assert not rubbish, got


@pytest.mark.parametrize("case", CASES)
def test_a_term_is_a_slice_of_the_article_counted_right(case: casebook.Case) -> None:
    title, *paragraphs = case.given
    body = "\n\n".join(paragraphs)

    for keyword in extracted(title, *paragraphs, limit=30):
        assert keyword.count == title.count(keyword.term) + body.count(keyword.term) >= 1


@pytest.mark.parametrize("case", CASES)
def test_scores_fall_and_no_terms_overlap(case: casebook.Case) -> None:
    title, *paragraphs = case.given
    got = extracted(title, *paragraphs, limit=30)
    keys = [squash(keyword.term) for keyword in got]

    assert [k.score for k in got] == sorted((k.score for k in got), reverse=True)
    assert all(0.0 <= k.score <= 1.0 for k in got)
    assert not [(a, b) for a, b in combinations(keys, 2) if a in b or b in a]


@pytest.mark.parametrize("limit", [0, 1, 3, 8])
def test_never_more_than_asked_for(limit: int) -> None:
    title, *paragraphs = CASES[0].values[0].given  # type: ignore[union-attr]

    assert len(extracted(title, *paragraphs, limit=limit)) <= limit


def test_a_shorter_list_begins_a_longer_one() -> None:
    title, *paragraphs = CASES[0].values[0].given  # type: ignore[union-attr]

    assert extracted(title, *paragraphs, limit=3) == extracted(title, *paragraphs, limit=6)[:3]


def test_stopwords_are_compared_without_spaces_and_case() -> None:
    title, *paragraphs = CASES[0].values[0].given  # type: ignore[union-attr]
    got = extracted(title, *paragraphs, stopwords=frozenset({"데이터 센터"}))

    assert "데이터센터" not in [keyword.term for keyword in got]


def test_an_article_of_no_words_has_no_keywords() -> None:
    assert extracted("", "…") == ()


def test_without_a_title() -> None:
    got = extracted("", "한들시는 새 도서관을 짓는다. 도서관은 내년에 문을 연다.")

    assert "도서관" in [keyword.term for keyword in got]


@given(st.text(alphabet="가나다라 김이박 AB12·()'’‘.은는이가의들적", max_size=80))
@settings(max_examples=60, deadline=None)
def test_every_term_of_any_text_is_printed_in_it(text: str) -> None:
    got = extracted(text[:20], text or "가")

    assert all(keyword.term in text[:20] or keyword.term in (text or "가") for keyword in got)


def test_a_word_of_the_user_without_a_letter_breaks_nothing() -> None:
    paragraphs = ("가온시는 ★★ 도서관을 짓는다고 밝혔다. ★★ 공원도 있다.",)
    article = Article(source="case", title="★★ 공원", paragraphs=paragraphs)
    analysis = kiwi.analyze(article, (("★★", "NNP"),))
    got = keywords.extract_keywords(
        analysis, background=document_frequency.load(None), options=KeywordOptions()
    )

    assert "가온시" in [keyword.term for keyword in got]


def test_a_term_that_only_a_subtitle_prints_is_no_keyword() -> None:
    article = Article(
        source="t",
        title="마루시, 다리 연다",
        subtitles=("은하강 물길",),
        paragraphs=("마루시가 다리를 연다.",),
    )
    got = keywords.extract_keywords(
        kiwi.analyze(article), background=document_frequency.load(None), options=KeywordOptions()
    )

    assert got
    assert all(keyword.count > 0 for keyword in got)


def test_squash_ignores_spaces_case_and_marks() -> None:
    assert squash("Data 센터-3호") == squash("data센터 3호") == "data센터3호"


@pytest.mark.parametrize(
    ("short", "long", "is_short"),
    [
        ("국정원", "국가정보원", True),
        ("국토부", "국토교통부", True),
        ("예산", "예산안", False),
        ("다온", "누리다온", False),
        ("국가정보원", "국정원", False),
        ("대", "대학", False),
    ],
)
def test_short_forms(short: str, long: str, is_short: bool) -> None:
    assert is_short_for(short, long) is is_short


def candidate(key: str, *, proper: bool = True, defines: str = "", mentions: int = 1) -> Candidate:
    made = Candidate(key, key, (key,), ())
    made.proper, made.latin = proper, key.isascii()
    made.defines = frozenset(filter(None, [defines]))
    made.mentions = [Mention(0, 1, after_noun=False, following=0, quoted=False)] * mentions
    return made


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (candidate("한들교육청"), candidate("한들"), True),
        (candidate("예산안"), candidate("예산"), True),
        (candidate("국토교통부"), candidate("국토부"), True),
        (candidate("확장현실"), candidate("xr", defines="확장현실"), True),
        (candidate("도스비"), candidate("카르멜라"), True),
        (candidate("다온전자"), candidate("갈매웅"), False),
        (candidate("누리시"), candidate("다온전자"), False),
    ],
)
def test_overlap(one: Candidate, other: Candidate, same: bool) -> None:
    found = {"카르멜라도스비": candidate("카르멜라도스비"), "갈매웅다온전자": candidate("갈매웅다온전자")}

    assert overlaps(one, other, found) is overlaps(other, one, found) is same


def test_of_two_terms_that_overlap_the_better_one_is_chosen() -> None:
    able = [candidate("한들교육청"), candidate("한들"), candidate("급식")]

    assert choose(able, [0.9, 0.8, 0.4], {}, 5) == [(0, 0.9), (2, 0.4)]
    assert choose(able, [0.5, 0.8, 0.4], {}, 1) == [(1, 0.8)]


def test_after_the_first_five_a_keyword_needs_a_score() -> None:
    able = [candidate(key) for key in ("급식", "조리사", "예산", "시의회", "파업", "노조", "천막")]

    assert len(choose(able, [0.9, 0.04, 0.03, 0.02, 0.01, 0.01, 0.01], {}, 8)) == 5
    assert len(choose(able, [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.01], {}, 8)) == 6


def test_the_usual_form_of_a_name_is_printed() -> None:
    able = [candidate("국가정보원"), candidate("급식"), candidate("국정원", mentions=3, defines="국가정보원")]

    assert choose(able, [0.9, 0.8, 0.4], {}, 5) == [(2, 0.9), (1, 0.8)]


def test_a_word_read_with_its_particle_is_no_candidate_beside_the_word() -> None:
    text = "쿼틸론은 크다. 쿼틸론이 왔다. (쿼틸론가)"
    tokens = (
        Token("쿼틸론", "NNP", 0, 3), Token("은", "JX", 3, 4), Token("쿼틸론", "NNP", 9, 12),
        Token("이", "JKS", 12, 13), Token("쿼틸론가", "NNP", 19, 23),
    )  # fmt: skip
    sentence = Sentence(0, 0, len(text), text, tokens, 0)
    analysis = Analysis(article=Article(source="t", paragraphs=(text,)), sentences=(sentence,))
    got = keywords.extract_keywords(
        analysis, background=document_frequency.load(None), options=KeywordOptions()
    )

    assert [keyword.term for keyword in got] == ["쿼틸론"]


def test_authors_and_outlet_are_no_keywords() -> None:
    text = (
        "달보드레 기자가 급식실에 갔습니다. 달보드레 기자는 급식실에서 밥을 지었습니다. 물레신문이 전합니다."
    )
    article = Article(
        source="t", title="급식실의 하루", paragraphs=(text,), reporters=("달보드레",), press="물레신문"
    )
    got = keywords.extract_keywords(
        kiwi.analyze(article), background=document_frequency.load(None), options=KeywordOptions(limit=20)
    )

    assert "급식실" in [keyword.term for keyword in got]
    assert not {"달보드레", "물레신문"} & {keyword.term for keyword in got}


def test_an_author_named_by_the_title_may_be_a_keyword() -> None:
    text = "은초롱 기자가 상을 받았다. 은초롱 기자는 급식실을 한 해 동안 다녔다."
    article = Article(source="t", title="은초롱 기자, 올해의 상", paragraphs=(text,), reporters=("은초롱",))
    got = keywords.extract_keywords(
        kiwi.analyze(article), background=document_frequency.load(None), options=KeywordOptions()
    )

    assert "은초롱" in [keyword.term for keyword in got]


def test_sentences_that_cannot_be_chosen_give_no_keywords() -> None:
    text = "도서관이 문을 연다. 사진은 은초롱 제공"
    spans = (Span(0, 11, candidate=True), Span(12, len(text), candidate=False))
    article = Article(source="t", paragraphs=(text,), spans=spans)
    found = find(kiwi.analyze(article), lexicon.load())

    assert "도서관" in found
    assert "은초롱" not in found


def test_the_order_of_features_is_that_of_the_rows() -> None:
    analysis = analysis_of("누리시, 새 도서관", ("누리시는 도서관을 짓는다. 도서관은 크다.",))
    _, candidates, rows = keywords.describe(
        analysis, background=document_frequency.load(None), options=KeywordOptions()
    )
    row = dict(zip(features.FEATURES, rows[[c.key for c in candidates].index("도서관")], strict=True))

    assert row["length"] == 3
    assert row["words"] == 1
    assert row["title_cover"] == pytest.approx(3 / 7)
    assert row["sentences"] == 1.0
    assert row["mass_share"] <= 1.0
    assert row["topic"] == pytest.approx(1 / 3)


def walk(tree: Any, row: dict[str, float]) -> float:
    """Evaluate a tree as it is written."""
    if isinstance(tree, float):
        return tree
    name, limit, low, high = tree
    return walk(low if row[name] <= limit else high, row)


def readable(**changes: Any) -> dict[str, Any]:
    """Smallest model file."""
    rates = {name: {"": 0.1} for name in model.RATE_FEATURES}
    return {"base": 0.0, "trees": [["length", 0.5, 0.0, 1.0]], "rates": rates, **changes}


def test_trees_reach_the_leaf_a_walk_reaches() -> None:
    names = (*features.FEATURES, *model.RATE_FEATURES)
    a, b = names[0], names[-1]
    trees: list[Any] = [
        [a, 1.0, [b, 0.0, 0.1, 0.2], [b, 2.0, [a, 3.0, 0.3, 0.4], 0.5]],
        [b, 1.5, -0.1, [a, 0.0, 0.7, 0.9]],
    ]
    rows = np.round(np.random.default_rng(3).uniform(-1, 5, size=(200, len(names)))).tolist()
    named = [dict(zip(names, row, strict=True)) for row in rows]
    expected = [0.5 + sum(walk(tree, row) for tree in trees) for row in named]

    got = model.compile_model(readable(base=0.5, trees=trees)).evaluate(rows)
    np.testing.assert_allclose(got, 1 / (1 + np.exp(-np.array(expected))))


def test_rates_are_looked_up_by_the_end_of_a_term() -> None:
    first, second, last = model.RATE_FEATURES
    rates = {first: {"": 0.1, "법": 0.3}, second: {"": 0.1}, last: {"": 0.1, "특검법": 0.6}}
    trees = [[first, 0.2, -1.0, 1.0], [last, 0.5, -1.0, 1.0]]
    compiled = model.compile_model(readable(trees=trees, rates=rates))
    row = [0.0] * len(features.FEATURES)
    terms = [candidate("특검법"), candidate("처벌법"), candidate("다리")]

    scores = compiled.probabilities(terms, [row] * 3)
    assert scores[0] > scores[1] > scores[2]
    assert scores[1] == pytest.approx(0.5)


def test_the_shipped_model_has_the_features_of_this_version() -> None:
    shipped = json.loads((Path(model.__file__).parent / "keywords.json").read_text(encoding="utf-8"))

    assert shipped["features"] == [*features.FEATURES, *model.RATE_FEATURES]


def test_read_stopwords(tmp_path: Path) -> None:
    path = tmp_path / "stop.txt"
    path.write_bytes("\ufeff# mine\n예산\n\n데이터 센터\n".encode())

    assert keywords.read_stopwords(path) == {"예산", "데이터센터"}


def test_read_stopwords_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="nowhere"):
        keywords.read_stopwords(tmp_path / "nowhere.txt")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp949"])
def test_read_stopwords_in_any_encoding_and_form(
    tmp_path: Path, encoding: str, form: Literal["NFC", "NFD"]
) -> None:
    path = tmp_path / "stop.txt"
    words = "예산\n데이터 센터\n"
    path.write_bytes((words if encoding == "cp949" else unicodedata.normalize(form, words)).encode(encoding))

    assert keywords.read_stopwords(path) == {"예산", "데이터센터"}


def test_read_stopwords_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "stop.txt"
    path.write_bytes(bytes(range(256)) * 4)

    with pytest.raises(OptionError, match="not text"):
        keywords.read_stopwords(path)


@pytest.mark.parametrize(
    "change",
    [
        {"base": float("nan")},
        {"base": float("inf")},
        {"trees": [["length", 0.5, 0.0, float("nan")]]},
        {"trees": [["nothing", 0.5, 0.0, 1.0]]},
        {"rates": {}},
    ],
)
def test_a_wrong_model_is_an_error(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "model.json"
    path.write_text(json.dumps(readable(**change)), encoding="utf-8")

    with pytest.raises(OptionError, match="keyword model"):
        model.load(path)

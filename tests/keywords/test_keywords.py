"""Keywords: what must and must not be among them, and what holds for every article."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
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
from yoyak.keywords import candidates, lexicon
from yoyak.keywords import model as keyword_model
from yoyak.keywords.runs import shortens, squash
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
def test_scores_fall_and_no_term_is_another_but_for_a_letter(case: casebook.Case) -> None:
    title, *paragraphs = case.given
    got = extracted(title, *paragraphs, limit=30)
    keys = [squash(keyword.term) for keyword in got]

    assert [k.score for k in got] == sorted((k.score for k in got), reverse=True)
    assert all(0.0 <= k.score <= 1.0 for k in got)
    assert not [(a, b) for a in keys for b in keys if a != b and a in b and len(b) - len(a) < keywords.APART]
    assert len(set(keys)) == len(keys)


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
def test_no_text_breaks_it(text: str) -> None:
    got = extracted(text[:20], text or "가")

    assert all(keyword.term in text[:20] or keyword.term in (text or "가") for keyword in got)


def test_a_word_of_the_user_without_a_letter_breaks_nothing() -> None:
    paragraphs = ("가온시는 ★★ 도서관을 짓는다고 밝혔다. ★★ 공원도 있다.",)
    article = Article(source="case", title="★★ 공원", paragraphs=paragraphs)
    analysis = kiwi.analyze(article, (("★★", "NNP"),))
    found = keywords.extract_keywords(
        analysis, background=document_frequency.load(None), options=KeywordOptions()
    )

    assert "가온시" in [keyword.term for keyword in found]


def test_squash_forgets_spaces_case_and_marks() -> None:
    assert squash("K-브랜드 보호") == squash("k브랜드보호") == "k브랜드보호"


@pytest.mark.parametrize(
    ("short", "long", "is_short"),
    [
        ("국정원", "국가정보원", True),
        ("과방위", "과학기술정보방송통신위원회", True),
        ("국정원", "국방부", False),
    ],
)
def test_short_forms(short: str, long: str, is_short: bool) -> None:
    assert shortens(short, long) is is_short


def test_a_person_is_credited_with_family_name_and_title() -> None:
    text = "갈매웅 사장은 공장에 갔다. 갈 사장은 웃었다. 갈 사장은 떠났다."
    found = candidates.find(analysis_of("", (text,)), lexicon.load())

    assert found["갈매웅"].names == 2


def test_half_a_name_is_no_second_keyword() -> None:
    text = "카르멜라 도스비 회장이 다음 달 온다. 도스비 회장은 강연을 한다. 도스비 회장은 사흘 머문다."
    counts = [("카르멜라", 20.0, 2.0), ("카르멜라도스비", 18.0, 2.0), ("도스비", 40.0, 9.0)]
    table = document_frequency.parse(document_frequency.dump(counts, documents=1000, provenance=""))
    got = keywords.extract_keywords(
        analysis_of("도스비, 한국 온다", (text,)), background=table, options=KeywordOptions()
    )

    names = [keyword.term for keyword in got if keyword.term in ("카르멜라", "도스비", "카르멜라 도스비")]
    assert len(names) == 1


def candidate(
    key: str, *, whole: bool = False, partner: str | None = None, proper: bool = True
) -> candidates.Candidate:
    made = candidates.Candidate(key, key, (key,))
    made.whole, made.partner, made.proper, made.half = whole, partner, proper, partner is not None
    return made


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (candidate("한들교육청"), candidate("한들"), True),  # a body and its town
        (candidate("한들시"), candidate("한들"), False),
        (candidate("예산안"), candidate("예산"), False),
        (candidate("우크라이나", whole=True), candidate("우크라"), False),
        (candidate("국토교통부"), candidate("국토부"), False),
        (candidate("도스비"), candidate("카르멜라", partner="도스비"), False),
        (candidate("대통령", proper=False), candidate("갈매웅", partner="대통령"), True),
        (candidate("호랑이", proper=False), candidate("백두산", partner="호랑이"), True),
        (candidate("자유당"), candidate("갈매웅", partner="자유당"), True),
    ],
)
def test_what_is_printed_beside_another(
    first: candidates.Candidate, second: candidates.Candidate, both: bool
) -> None:
    chosen = keywords.choose([first, second], [0.9, 0.8], 5)

    assert list(chosen) == ([0, 1] if both else [0])


def test_a_term_that_another_holds_has_to_be_worth_more_than_others() -> None:
    able = [candidate("한들교육청"), candidate("한들"), candidate("급식")]

    assert keywords.choose(able, [0.9, 0.5, 0.4], 2) == {0: 0.9, 2: 0.4}
    assert list(keywords.choose(able, [0.9, 0.8, 0.4], 2)) == [0, 1]


def test_after_the_first_few_no_term_stands_beside_one_that_holds_it() -> None:
    able = [candidate(key) for key in ("한들교육청", "급식", "조리사", "예산", "시의회", "한들", "파업")]

    assert list(keywords.choose(able, [0.9, 0.8, 0.7, 0.6, 0.5, 0.45, 0.3], 8)) == [0, 1, 2, 3, 4, 6]


def test_a_name_gets_back_the_mention_read_with_its_particle() -> None:
    text = "쿼틸론은 크다. 쿼틸론이 왔다. (쿼틸론가)"
    tokens = (
        Token("쿼틸론", "NNP", 0, 3), Token("은", "JX", 3, 4), Token("쿼틸론", "NNP", 9, 12),
        Token("이", "JKS", 12, 13), Token("쿼틸론가", "NNP", 19, 23),
    )  # fmt: skip
    sentence = Sentence(0, 0, len(text), text, tokens, 0)
    analysis = Analysis(article=Article(source="t", paragraphs=(text,)), sentences=(sentence,))
    found = candidates.find(analysis, lexicon.load())

    assert found["쿼틸론"].count == 3
    assert "쿼틸론가" not in found


def test_who_wrote_and_printed_the_article_is_no_keyword() -> None:
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


def test_who_wrote_the_article_is_a_keyword_where_the_title_says_so() -> None:
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
    found = candidates.find(kiwi.analyze(article), lexicon.load())

    assert list(found) == ["도서관", "문"]


def walk(tree: Any, row: dict[str, float]) -> float:
    """A tree walked as it is written."""
    if isinstance(tree, float):
        return tree
    name, limit, low, high = tree
    return walk(low if row[name] <= limit else high, row)


def test_trees_reach_the_leaf_a_walk_reaches() -> None:
    trees: list[Any] = [
        ["a", 1.0, ["b", 0.0, 0.1, 0.2], ["b", 2.0, ["a", 3.0, 0.3, 0.4], 0.5]],
        ["b", 1.5, -0.1, ["a", 0.0, 0.7, 0.9]],
    ]
    model = {"features": ["a", "b"], "base": 0.5, "trees": trees}
    rows = np.round(np.random.default_rng(3).uniform(-1, 5, size=(200, 2)))
    expected = [0.5 + sum(walk(tree, {"a": a, "b": b}) for tree in trees) for a, b in rows.tolist()]

    got = keyword_model.compile_trees(model).probability(rows.tolist())
    np.testing.assert_allclose(got, 1 / (1 + np.exp(-np.array(expected))))


def test_the_shipped_weights_name_the_features_of_today() -> None:
    assert all(place < len(keyword_model.FEATURES) for place, _, _ in keyword_model.load().asked)


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
    "change", [{"base": float("nan")}, {"base": float("inf")}, {"trees": [["count", 0.5, 0.0, float("nan")]]}]
)
def test_trees_of_no_numbers_are_no_model(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "model.json"
    model = {"features": keyword_model.FEATURES, "base": 0.0, "trees": [["count", 0.5, 0.0, 1.0]]}
    path.write_text(json.dumps(model | change), encoding="utf-8")

    with pytest.raises(OptionError, match="not a keyword model"):
        keyword_model.load(path)

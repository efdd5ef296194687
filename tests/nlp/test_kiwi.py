"""The Kiwi seam: sentences of news as an editor counts them, and the laws they keep."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import casebook
from yoyak.core.errors import OptionError
from yoyak.core.values import Analysis, Article, Span
from yoyak.nlp import kiwi as analyzer

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

pytestmark = pytest.mark.usefixtures("kiwi")


CASES = casebook.parameters("sentences")


@lru_cache
def analysis(*paragraphs: str) -> Analysis:
    """The article of a case under a title, so that its offsets are not those of the text Kiwi saw."""
    return analyzer.analyze(
        Article(source="case", title="제목 하나", subtitles=("부제 하나",), paragraphs=paragraphs)
    )


def sentences(*paragraphs: str) -> list[str]:
    return [sentence.text for sentence in analysis(*paragraphs).sentences]


@pytest.mark.parametrize("case", CASES)
def test_sentences_of_news(case: casebook.Case) -> None:
    assert sentences(*case.given) == list(case.expected)


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES)
def test_sentences_are_slices_in_order_and_lose_nothing(case: casebook.Case) -> None:
    article, found = analysis(*case.given).article, analysis(*case.given).sentences

    assert [article.text[s.start : s.end] for s in found] == [s.text for s in found]
    assert [s.index for s in found] == list(range(len(found)))
    assert all(left.end <= right.start for left, right in pairwise(found))
    letters = "".join("".join(s.text.split()) for s in found)
    assert without_list_marks(letters) == without_list_marks("".join(article.text.split()))


def without_list_marks(letters: str) -> str:
    """Remove the marks of list entries, which belong to no sentence."""
    return letters.translate(dict.fromkeys(map(ord, "□○◦●■▪◆◇▶▷※ㅇ")))


@pytest.mark.parametrize("case", CASES)
def test_tokens_lie_in_their_sentence(case: casebook.Case) -> None:
    for sentence in analysis(*case.given).sentences:
        assert all(sentence.start <= t.start <= t.end <= sentence.end for t in sentence.tokens)


def test_each_sentence_knows_its_paragraph() -> None:
    article = Article(source="case", paragraphs=("비가 왔다. 강이 넘쳤다.", "다리가 끊겼다."))

    assert [s.paragraph for s in analyzer.analyze(article).sentences] == [0, 0, 1]


def test_an_unmatched_quote_in_the_title_does_not_reach_the_body() -> None:
    article = Article(source="case", title='시장 "물러나지 않겠다', paragraphs=("비가 왔다. 강이 넘쳤다.",))

    assert [s.text for s in analyzer.analyze(article).sentences] == ["비가 왔다.", "강이 넘쳤다."]


def test_title_and_subtitles_are_tokenized_on_their_own_offsets() -> None:
    article = Article(
        source="case", title="물레시장 야시장", subtitles=("청년 상인 43팀",), paragraphs=("문을 열었다.",)
    )
    found = analyzer.analyze(article)

    assert article.title is not None
    assert "".join(article.title[t.start : t.end] for t in found.title) == "물레시장야시장"
    assert next(article.subtitles[0][t.start : t.end] for t in found.subtitles[0]) == "청년"


def test_given_sentences_are_not_split_again() -> None:
    paragraphs = ("비가 왔다. 강이 넘쳤다.", "윤서해 기자")
    second = len(paragraphs[0]) + 2
    article = Article(
        source="case",
        paragraphs=paragraphs,
        spans=(
            Span(0, len(paragraphs[0]), candidate=True),
            Span(second, second + len(paragraphs[1]), candidate=False),
        ),
    )
    found = analyzer.analyze(article).sentences

    assert [s.text for s in found] == ["비가 왔다. 강이 넘쳤다.", "윤서해 기자"]
    assert [s.candidate for s in found] == [True, False]


def test_a_run_no_korean_text_has_is_not_tokenized() -> None:
    found = sentences("값이 올랐다. " + "A1b2" * 2_000 + " 손님은 줄었다.")

    assert found[0] == "값이 올랐다."
    assert found[-1].endswith("손님은 줄었다.")


def test_the_analyzer_is_built_once(kiwi: Kiwi) -> None:
    assert analyzer.load() is kiwi


def test_a_text_longer_than_any_article_is_parted_between_paragraphs_and_loses_nothing() -> None:
    paragraphs = tuple(
        f"{number}번 다리가 끊겼다. 시는 “곧 고친다. 기다려 달라”고 했다." for number in range(1_500)
    )
    article = Article(source="case", title="다리가 끊겼다", paragraphs=paragraphs)
    assert len(article.text) > 2 * analyzer.LONGEST_STRETCH
    found = analyzer.analyze(article).sentences

    assert [s.text for s in found] == [
        s for p in paragraphs for s in (p.partition(". ")[0] + ".", p.partition(". ")[2])
    ]
    assert [s.paragraph for s in found] == [number // 2 for number in range(3_000)]
    assert all(s.start <= t.start <= t.end <= s.end for s in found for t in s.tokens)


@pytest.mark.parametrize("mark", ["", ". ", " "])
def test_one_endless_paragraph_is_parted_too(mark: str) -> None:
    text = ("비가 왔다" + mark) * (3 * analyzer.LONGEST_STRETCH // len("비가 왔다" + mark))
    article = Article(source="case", paragraphs=(text,))
    found = analyzer.analyze(article).sentences

    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
    assert [article.text[s.start : s.end] for s in found] == [s.text for s in found]


def test_an_open_quotation_mark_in_the_title_takes_no_sentence_from_the_body() -> None:
    title = "명두섭 \"누리시 경제는 '회색 안개'…민생·성장 투자\""
    body = (
        "명두섭 누리시장 후보자는 시가 짙은 안개 속에 있다고 밝혔습니다.명 후보자는 오늘(29일) 첫 출근길에 "
        '기자들과 만나 “필요 없는 지출을 없애고 살림과 성장에는 투자하는 길이 필요하다"며 이같이 말했습니다.'
        "특히 물가가 그렇다고 했습니다."
    )
    pieces = analyzer.load().split_into_sents(f"{title}\n\n{body}")
    assert pieces[0].end > len(title) + 2, "the case is none if Kiwi stops at the title"
    found = analyzer.analyze(Article(source="case", title=title, paragraphs=(body,)))

    assert found.sentences[0].start == 0
    assert all(token.end <= len(title) for token in found.title)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("갈매웅", ("갈매웅", "NNP")),
        ("  갈매웅  ", ("갈매웅", "NNP")),
        ("온기지능\tNNG", ("온기지능", "NNG")),
        ("온기지능,NNG", ("온기지능", "NNG")),
        ("온기지능 NNG", ("온기지능", "NNG")),
        ("온기지능, nng ,", ("온기지능", "NNG")),
        ("온기지능\tNNG\t0.5", ("온기지능", "NNG")),
        ("카르멜라 도스비", ("카르멜라 도스비", "NNP")),
        ("무빙  허브 NNP", ("무빙 허브", "NNP")),
        ("무빙 허브\tNNP", ("무빙 허브", "NNP")),
        ("로보엑스포 2031", ("로보엑스포 2031", "NNP")),
        ("C#\tSL", ("C#", "SL")),
    ],
)
def test_user_dictionary_lines(tmp_path: Path, line: str, entry: tuple[str, str]) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(f"\ufeff# 낱말\n\n{line}\r\n{line}\n".encode())

    assert analyzer.read_user_dict(path) == (entry,)


def test_user_dictionary_in_cp949(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes("갈매웅\n온기지능\tNNG\n".encode("cp949"))

    assert analyzer.read_user_dict(path) == (("갈매웅", "NNP"), ("온기지능", "NNG"))


def test_user_dictionary_names_every_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("갈매웅\tXYZ\n도스비\n,NNG\n" + "가" * 80 + "\n", encoding="utf-8")

    with pytest.raises(OptionError) as raised:
        analyzer.read_user_dict(path)
    assert all(f"line {number}" in str(raised.value) for number in (1, 3, 4))
    assert "line 2" not in str(raised.value)


@pytest.mark.parametrize("data", [None, b"\xff\xfe\xff\xff"])
def test_user_dictionary_that_cannot_be_read(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "words.txt"
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(OptionError, match=r"words\.txt"):
        analyzer.read_user_dict(path)


def test_user_words_of_several_words_are_one_token() -> None:
    words = (("무빙 누리 허브", "NNP"),)

    assert analyzer.tokenize("무빙 누리 허브를 샀다.", words)[0].form == "무빙 누리 허브"


def test_one_model_serves_every_call() -> None:
    assert analyzer.load() is analyzer.load(())


@pytest.mark.parametrize("mark", ["□ ", "○  ", "■ ", "※ "])
def test_the_mark_of_a_list_entry_is_not_part_of_its_sentence(kiwi: Kiwi, mark: str) -> None:
    assert kiwi is not None
    article = Article(
        source="test", paragraphs=(f"{mark}들마루시는 다리를 새로 놓는다.", "○○고 학생들이 다리를 건넜다.")
    )
    first, second = analyzer.analyze(article).sentences

    assert first.text == article.text[first.start : first.end] == "들마루시는 다리를 새로 놓는다."
    assert first.tokens[0].start == first.start
    assert second.text == "○○고 학생들이 다리를 건넜다."

"""Mojibake: what was Korean is Korean again, what never was stays as it is, what is lost is an error."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak import pipeline
from yoyak.core.errors import DecodeError
from yoyak.core.options import Options
from yoyak.inputs import mojibake
from yoyak.inputs.encoding import decode

REPORT = (
    "(가람=온누리뉴스) 나래솔 기자 = 가람시의회는 12일 본회의를 열고 골목 도서관 조례를 통과시켰다. 찬성 23표, 반대 2표였다.\n\n"
    '온새미 의원은 "책 읽는 골목이 늘면 밤길도 밝아진다"고 말했다. 시는 내년까지 도서관 40곳을 연다.\n\n'
    "첫 도서관은 은하동 옛 우체국 자리에 들어선다.\n"
)
SYLLABLES = st.text(
    st.sampled_from("이다는의에을를가은지고하로 한기도.사서대인자시정\n리라전으해나어일뷁똠 12ab"),
    min_size=30,
)


def as_latin(text: str, encoding: str, *, windows: bool = False) -> str:
    """Return a text as a reader that knows only Latin letters saves it."""
    data = text.encode(encoding)
    if not windows:
        return data.decode("latin-1")
    return "".join(
        chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252") for byte in data
    )


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("saved", ["utf-8", "utf-8-sig", "utf-16"])
def test_korean_saved_as_latin_letters_is_read_once_more(encoding: str, windows: bool, saved: str) -> None:
    page = as_latin(REPORT, encoding, windows=windows).encode(saved)

    result = decode(page, source="a.txt")

    assert result.text == REPORT
    assert (result.encoding, result.evidence) == (encoding, "mojibake")


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
@given(SYLLABLES)
def test_what_is_undone_is_what_was_misread(encoding: str, text: str) -> None:
    undone = mojibake.undo(as_latin(text, encoding))

    assert undone is None or undone == (text, encoding, 0)


@given(st.text(min_size=1))
def test_text_with_a_korean_syllable_is_never_touched(text: str) -> None:
    assert mojibake.undo(text + "가") is None


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil a voté hier, après un débat animé, la création de bibliothèques de quartier très attendues. "
        * 9,
        "Der Rat hat gestern über die Öffnung der Büchereien für Schüler abgestimmt; größere Änderungen folgen. "
        * 9,
        "Caf\u00c3\u00a9 d\u00c3\u00a9j\u00c3\u00a0 ouvert apr\u00c3\u00a8s l'\u00c3\u00a9t\u00c3\u00a9, voil\u00c3\u00a0. "
        * 9,
        "Совет принял вчера решение об открытии библиотек. ".encode("cp1251").decode("latin-1") * 9,
        "这是一篇中文新闻会议昨天在北京举行代表们讨论了预算问题".encode("gbk").decode("latin-1") * 9,
        "Plain English has nothing to undo.",
    ],
)
def test_other_languages_are_left_alone(text: str) -> None:
    assert mojibake.undo(text) is None


def test_marks_that_came_in_later_stay() -> None:
    undone = mojibake.undo("\u201c" + as_latin(REPORT, "cp949") + "\u2026\u201d")

    assert undone is not None
    assert undone.text == "\u201c" + REPORT + "\u2026\u201d"


def test_what_is_lost_is_an_error() -> None:
    page = as_latin(REPORT * 3, "utf-8").replace("\u00a0", " ").replace("\u00ad", "").encode()

    with pytest.raises(DecodeError, match="save the page again"):
        decode(page, source="a.txt")


def test_the_reader_is_told() -> None:
    article = pipeline.read(as_latin(REPORT, "cp949").encode(), source="a.txt", options=Options())

    assert article.paragraphs[0].startswith("가람시의회는 12일")
    assert [notice.code for notice in article.warnings] == ["mojibake"]


def test_time_is_linear_in_the_size() -> None:
    start = time.process_time()

    for text in ("é" * 3_000_000, "é " * 1_500_000, "Ç" * 2_999_999 + "\u2026", "é\u2026" * 1_500_000):
        mojibake.undo(text)

    assert time.process_time() - start < 8


def test_korean_is_told_by_its_commonest_syllables() -> None:
    assert mojibake.reads_as_korean(REPORT * 9)
    assert not mojibake.reads_as_korean(
        "这是一篇中文新闻会议昨天在北京举行代表们讨论了预算问题".encode("gbk").decode("cp949", "replace") * 9
    )


def test_a_large_text_of_other_letters_is_told_by_its_beginning() -> None:
    text = "aé中" * 2_000_000
    begun = time.process_time()
    assert mojibake.undo(text) is None
    assert time.process_time() - begun < 2

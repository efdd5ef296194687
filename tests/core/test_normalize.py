"""Text rules: what is dropped, what is kept, and that nothing is ever done twice."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.core import normalize

ANYTHING = st.text(st.characters(), max_size=200)  # lone surrogates among them


@given(ANYTHING)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize.normalize(text)

    assert normalize.normalize(once) == once


@given(ANYTHING)
def test_normalized_text_is_nfc_and_holds_nothing_a_terminal_obeys(text: str) -> None:
    result = normalize.normalize(text)

    assert unicodedata.is_normalized("NFC", result)
    assert not {c for c in result if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"}} - {"\n", "\t"}


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=50))
def test_decomposed_hangul_comes_back_composed(text: str) -> None:
    assert normalize.normalize(unicodedata.normalize("NFD", text)) == text


def test_every_invisible_character_of_unicode_is_dropped() -> None:
    kept = [
        c
        for c in map(chr, range(0x110000))
        if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} and normalize.strip_invisible(c)
    ]

    assert kept == ["\t", "\n"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가\r\n나\r다\u2028라", "가\n나\n다\n라"),
        ("서울\u200b시\ufeff청", "서울시청"),
        ("값\u00a0\u3000\u2003\u2800끝", "값    끝"),
        ("\u3164채움\uffa0문자", "채움문자"),
        ("경고\x1b[31m빨강\x07", "경고[31m빨강"),
        ("열쇠🔑\ufe0f", "열쇠🔑"),
        ("앞\u202e뒤", "앞뒤"),
        ("\ud800조각", "조각"),
        ("그림\ufffc자리", "그림자리"),
    ],
)
def test_what_becomes_of_special_characters(text: str, expected: str) -> None:
    assert normalize.normalize(text) == expected


@pytest.mark.parametrize(
    "text", ["1만5000㎡ · 25℃ ‘인용’ “말” …", "漢字 혼용, ｱ, ①②, ㈜", "a\u0301 → á?", "옛한글 ᄒᆞᆫ"]
)
def test_what_newspapers_print_stays(text: str) -> None:
    assert normalize.normalize(text) == unicodedata.normalize("NFC", text)


def test_every_combining_mark_is_where_long_runs_are_looked_for() -> None:
    marks = [c for c in map(chr, range(0x110000)) if unicodedata.combining(c)]

    assert all(len(normalize.limit_marks(mark * 40)) == 30 for mark in marks)


def test_a_million_marks_on_one_letter_take_no_time() -> None:
    start = time.process_time()

    result = normalize.normalize("가" + "\u0316\u0301" * 500_000 + "나")

    assert time.process_time() - start < 2
    assert len(result) == 32


def test_squeeze_leaves_one_line() -> None:
    assert normalize.squeeze("  한\n\n줄 \t 뿐  ") == "한 줄 뿐"

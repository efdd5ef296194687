"""Text normalization: which characters are removed, which are kept, and that a second pass changes nothing."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.core import normalize

SINGLETONS = [
    *map(chr, (0x2126, 0x212A, 0x212B, 0x2329, 0x232A, *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)))
]
"""Characters that look like another one, which NFC would put in their place."""
KOREAN = st.text(
    st.one_of(
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),  # syllables
        st.characters(min_codepoint=0x3131, max_codepoint=0x318E, exclude_characters="\u3164"),  # letters
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),  # Hanja
        st.sampled_from(SINGLETONS),
        st.sampled_from(
            "".join(map(chr, range(0x20, 0x7F))) + "·…“”‘’「」『』《》〈〉【】○□◇△▲㈜㎏㎡℃％①②½♥"
        ),
    ),
    max_size=80,
)
ANYTHING = st.text(st.characters(), max_size=200)  # lone surrogates among them


@given(ANYTHING)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize.normalize(text)

    assert normalize.normalize(once) == once


@given(ANYTHING)
def test_normalized_text_is_nfc_and_holds_nothing_a_terminal_obeys(text: str) -> None:
    result = normalize.normalize(text)
    others = "".join(c if unicodedata.is_normalized("NFC", c) else "\n" for c in result)

    assert unicodedata.is_normalized("NFC", others)
    assert set(result) - set(others) <= set(SINGLETONS)
    assert not {c for c in result if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"}} - {"\n", "\t"}


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=50))
def test_decomposed_hangul_comes_back_composed(text: str) -> None:
    assert normalize.normalize(unicodedata.normalize("NFD", text)) == text


@given(KOREAN)
def test_no_character_of_korean_text_is_changed(text: str) -> None:
    assert normalize.normalize(text) == text


@given(KOREAN)
def test_decomposed_text_keeps_its_compatibility_hanja(text: str) -> None:
    decomposed = "".join(c if c in SINGLETONS else unicodedata.normalize("NFD", c) for c in text)

    assert normalize.normalize(decomposed) == text


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

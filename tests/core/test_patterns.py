"""Patterns that are compiled on first use."""

from __future__ import annotations

import re

import pytest

from yoyak.core.patterns import lazy_pattern


def test_a_lazy_pattern_finds_what_a_compiled_one_finds() -> None:
    text = "가온시 3월 5일, 나래구 12월 24일"
    lazy, compiled = lazy_pattern(r"(\d+)월"), re.compile(r"(\d+)월")
    assert lazy.findall(text) == compiled.findall(text)
    assert [match.span() for match in lazy.finditer(text)] == [
        match.span() for match in compiled.finditer(text)
    ]
    assert lazy.sub("?", text) == compiled.sub("?", text)
    assert lazy.search(text, 10) is not None
    assert lazy.fullmatch("3월") is not None


def test_flags_are_kept() -> None:
    assert lazy_pattern("naver", re.IGNORECASE).match("NAVER")


def test_a_wrong_pattern_fails_at_its_first_use() -> None:
    broken = lazy_pattern("(")
    with pytest.raises(re.error):
        broken.match("가온")


def test_other_attributes_do_not_exist() -> None:
    with pytest.raises(AttributeError):
        lazy_pattern("가").unknown  # type: ignore[attr-defined]  # noqa: B018

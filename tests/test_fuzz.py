"""A seeded slice of `make fuzz`, and that the fuzzer would see a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import fuzz
from yoyak.outputs import render

if TYPE_CHECKING:
    import pytest


def test_a_seeded_slice_finds_nothing() -> None:
    fuzzer = fuzz.Fuzzer(seed=3)
    assert list(fuzzer.findings(runs=90, seconds=60)) == []
    assert len(fuzzer.reached) > 1_000


def test_the_same_seed_gives_the_same_inputs() -> None:
    one, other = fuzz.Fuzzer(seed=4), fuzz.Fuzzer(seed=4)
    one.pool = other.pool = [b"abc " * 50, "가나다".encode() * 30]
    assert [one.mutated() for _ in range(50)] == [other.mutated() for _ in range(50)]


def test_a_fault_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "plain", lambda _: "\x1b[31m")
    [(_, problem), *_] = fuzz.Fuzzer(seed=3).findings(runs=20, seconds=60)
    assert "a control character" in problem

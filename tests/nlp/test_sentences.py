"""Laws of the repair of sentence boundaries; what it must do is in cases/sentences."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.nlp import sentences

PIECES = st.lists(
    st.sampled_from(
        [
            '"',
            "'",
            "“",
            "”",
            "(",
            ")",
            "[",
            "]",
            "「",
            "값이 올랐다.",
            "그는",
            " ",
            "\n\n",
            "고 말했다.",
            "◆",
            "HBM",
            "…",
            ".",
            "12",
        ]
    ),
    max_size=40,
)


def whole(text: str) -> list[sentences.Span]:
    """A splitter that knows only paragraphs."""
    spans, at = [], 0
    for paragraph in text.split("\n\n"):
        if inner := paragraph.strip():
            start = text.index(inner, at)
            spans.append((start, start + len(inner)))
        at += len(paragraph) + 2
    return spans


def repair(text: str) -> list[sentences.Span]:
    spans = whole(text)
    return sentences.repair(text, spans, [("NNG", "SF")] * len(spans))


@given(PIECES)
def test_nothing_but_white_space_lies_outside_the_sentences(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = repair(text)

    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).split() == "".join(text.split()).split() or (
        "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    )


@given(PIECES)
def test_no_sentence_runs_over_a_paragraph(pieces: list[str]) -> None:
    text = "".join(pieces)

    assert all("\n\n" not in text[start:end] for start, end in repair(text))


@pytest.mark.parametrize("unit", ['"', "(", "'가", "“다. ", '다."', "◆다.", "[(", "다.A"])
def test_hostile_marks_take_linear_time(unit: str) -> None:
    text = unit * 100_000
    start = time.perf_counter()
    repair(text)

    assert time.perf_counter() - start < 5


def test_what_is_already_right_stays() -> None:
    text = "값이 올랐다. 손님은 줄었다."

    assert sentences.repair(text, [(0, 7), (8, 16)], [("NNG", "SF"), ("NNG", "SF")]) == [(0, 7), (8, 16)]


def test_marks_that_a_splitter_left_alone_take_linear_time() -> None:
    spans = [(at, at + 1) for at in range(0, 40_000, 2)]
    begun = time.process_time()
    sentences.repair("! " * 20_000, spans, [("SF", "SF")] * len(spans))

    assert time.process_time() - begun < 1.0  # it took 5 s while each read again all that it joined

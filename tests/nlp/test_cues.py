"""What says nothing alone, and what does."""

from __future__ import annotations

import pytest

from yoyak.nlp.cues import is_filler, is_loose


@pytest.mark.parametrize(
    "line",
    ["점수는 0-5.", "한여울 기자가 보도합니다.", "한여울 기자가 새 도서관을 둘러봤습니다.", "솔내방송 한여울입니다.", "―언제부터 이름을 모았나?", "Q. 책은 몇 권이나 됩니까?"],
)  # fmt: skip
def test_stubs_hand_overs_sign_offs_and_questions_say_nothing_alone(line: str) -> None:
    assert is_filler(line)


@pytest.mark.parametrize(
    "line",
    ["한여울 기자는 도서관을 열 번 찾았다고 썼다.", "시장은 “도서관은 누구의 것인가?”라고 물었다.", "이 책의 저자는 솔내 사람 한여울입니다."],
)  # fmt: skip
def test_a_sentence_with_matter_is_no_filler(line: str) -> None:
    assert not is_filler(line)


def test_an_addition_dangles_without_what_it_adds_to() -> None:
    assert is_loose("또 시는 노선을 두 개 늘린다.")
    assert not is_loose("또래 상담소가 문을 열었다.")

"""Sentences that tell nothing alone, and sentences that do."""

from __future__ import annotations

import pytest

from yoyak.nlp.cues import is_filler, is_loose


@pytest.mark.parametrize(
    "line",
    ["점수는 0-5.", "한여울 기자가 보도합니다.", "한여울 기자가 새 도서관을 둘러봤습니다.", "솔내방송 한여울입니다.", "―언제부터 이름을 모았나?", "Q. 책은 몇 권이나 됩니까?"],
)  # fmt: skip
def test_short_sentences_hand_overs_sign_offs_and_interview_questions_are_filler(line: str) -> None:
    assert is_filler(line)


@pytest.mark.parametrize(
    "line",
    [
        "한여울 기자는 도서관을 열 번 찾았다고 썼다.",
        "시장은 “도서관은 누구의 것인가?”라고 물었다.",
        "이 책의 저자는 솔내 사람 한여울입니다.",
        "도서관을 찾는 사람이 줄어드는 모습은 어디서나 볼 수 있다.",
        "시는 도서관을 줄이는 방안에 반대하고 있다.",
        "도서관은 다음 달 2일까지 문을 닫으며, 자세한 일정은 누리집에서 확인할 수 있다.",
        "시는 누리집에서 대출 정보가 새어 나간 것을 확인했다고 발표했다.",
        "시장은 기자들과 만나 도서관을 늘리겠다며 이같이 말했다.",
        "이 기사는 위소라 관장이 1985년 솔내신문에 처음 썼다.",
        "시장은 “책이 먼저”라며 이렇게 말했다.",
    ],
)  # fmt: skip
def test_a_sentence_with_content_is_not_filler(line: str) -> None:
    assert not is_filler(line)


@pytest.mark.parametrize(
    "line",
    [
        "우리는 언제까지 도서관을 줄여야 하는가?",
        "아이들은 이제 어디에서 책을 읽을까요?",
    ],
)
def test_a_question_of_the_writer_is_filler(line: str) -> None:
    assert is_filler(line)


@pytest.mark.parametrize(
    "line",
    [
        "단하람(왼쪽) 솔내시장과 위소라 관장이 4일 협약서에 서명한 뒤 손을 맞잡았다.",
        "왼쪽부터 위소라 관장, 단하람 시장, 명두레 씨가 나란히 섰다.",
        "단하람 솔내시장이 4일 달빛도서관 개관식에서 인사하고 있다.",
        "독서 동아리 회원들이 도서관 앞에서 기념촬영을 하고 있다.",
        "4일 문을 연 달빛도서관에 시민들이 줄을 선 모습.",
    ],
)
def test_a_caption_is_filler(line: str) -> None:
    assert is_filler(line)


@pytest.mark.parametrize(
    "line",
    [
        "자세한 내용은 솔내시 누리집에서 확인할 수 있다.",
        "한편 강좌 일정과 신청 방법은 도서관 홈페이지를 참고하면 된다.",
        "궁금한 점은 도서관에 전화로 문의하면 됩니다.",
        "이 기사는 4일 오후 2시 솔내경제 유료 회원에게 먼저 게재된 기사입니다.",
        "도서관 짓는 돈은 누가 내나이 기사는 인공지능이 공시를 바탕으로 작성한 것입니다.",
    ],
)
def test_service_notes_are_filler(line: str) -> None:
    assert is_filler(line)


@pytest.mark.parametrize(
    "line",
    [
        "단 시장은 개관식이 끝난 뒤 기자들과 만나 이같이 말했다.",
        "위소라 관장은 4일 열린 간담회에서 이렇게 밝혔습니다.",
    ],
)
def test_who_spoke_without_what_was_said_is_filler(line: str) -> None:
    assert is_filler(line)


def test_an_addition_refers_to_the_sentence_before() -> None:
    assert is_loose("또 시는 노선을 두 개 늘린다.")
    assert not is_loose("또래 상담소가 문을 열었다.")

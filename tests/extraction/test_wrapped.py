"""Text whose lines are cut: at a width, inside a word, at a clause, by subtitles. No half sentence and no split word."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yoyak import extraction
from yoyak.core.values import Article, Decoded
from yoyak.extraction import subtitles, wrapped
from yoyak.nlp import line_breaks

TITLE = "나래시, 강변 빈 창고를 공연장으로 바꿨다"
PARAGRAPHS = (
    "나래시가 강변에 10년 넘게 비어 있던 곡물 창고를 고쳐 300석 규모의 공연장으로 문을 열었다고 3일 밝혔다. 공사에는 모두 18억5천만원이 들어갔으며, 지붕과 기둥은 옛 모습 그대로 남겼다.",
    "공연장은 낮에는 주민 연습실로, 저녁에는 소극장으로 쓰인다. 대관료는 한 시간에 1만2천원이고 청소년 동아리는 절반만 내면 된다.",
    '도다람 나래문화재단 대표는 "창고를 허물자는 의견도 있었지만 주민 열 명 가운데 일곱 명이 남기자고 했다"며 "내년에는 옆 창고까지 전시장으로 바꿀 계획"이라고 말했다.',
)
WORDS = " ".join(PARAGRAPHS).split()
Cut = Callable[[str, int], list[str]]


def extract(text: str) -> Article:
    return extraction.extract(Decoded(text=text, encoding="utf-8", evidence="given"), source="a.txt")


def at_words(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def at_characters(text: str, width: int) -> list[str]:
    return [text[start : start + width].strip() for start in range(0, len(text), width)]


def squash(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("width", [22, 34, 45])
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["spaced", "dense"])
def test_paragraphs_cut_between_words_come_back(width: int, gap: str) -> None:
    article = extract(f"{TITLE}\n\n" + gap.join("\n".join(at_words(text, width)) for text in PARAGRAPHS))

    assert article.title == TITLE
    assert " ".join(article.paragraphs) == " ".join(PARAGRAPHS)


@pytest.mark.parametrize("width", [22, 34, 45])
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["spaced", "dense"])
def test_paragraphs_cut_inside_words_come_back(width: int, gap: str) -> None:
    article = extract(f"{TITLE}\n\n" + gap.join("\n".join(at_characters(text, width)) for text in PARAGRAPHS))

    assert article.title == TITLE
    assert " ".join(article.paragraphs) == " ".join(PARAGRAPHS)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(width=st.integers(18, 60), cut=st.sampled_from([at_words, at_characters]), count=st.integers(1, 3))
def test_no_width_leaves_half_a_sentence(width: int, cut: Cut, count: int) -> None:
    paragraphs = PARAGRAPHS[:count]
    article = extract(f"{TITLE}\n\n" + "\n\n".join("\n".join(cut(text, width)) for text in paragraphs))

    assert squash("".join(article.paragraphs)) == squash("".join(paragraphs))
    assert all(text.endswith(".") for text in article.paragraphs)


def test_a_brief_of_two_lines_is_one_sentence() -> None:
    article = extract(f"{TITLE}\n\n나래시가 강변에 비어 있던 창고를\n공연장으로 고쳤다고 밝혔다.\n")

    assert article.paragraphs == ("나래시가 강변에 비어 있던 창고를 공연장으로 고쳤다고 밝혔다.",)


def test_clauses_on_lines_of_their_own_are_sentences() -> None:
    article = extract(
        f"{TITLE}\n\n나래시가 강변 창고를 고쳐\n주민이 쓰는 공연장을\n3일 열었다.\n\n객석의 60%는\n무대 앞에 놓인다.\n\n"
        "시의회는 운영비가 오르면\n한 해 4억원이 모자란다고\n지적했다.\n"
    )

    assert article.paragraphs == (
        "나래시가 강변 창고를 고쳐 주민이 쓰는 공연장을 3일 열었다.",
        "객석의 60%는 무대 앞에 놓인다.",
        "시의회는 운영비가 오르면 한 해 4억원이 모자란다고 지적했다.",
    )


def test_a_subheading_right_above_its_paragraph_stays_apart() -> None:
    article = extract(
        f"{TITLE}\n\n{PARAGRAPHS[0]}\n\n낮에는 연습실로\n{PARAGRAPHS[1]}\n\n저녁에는 소극장으로\n{PARAGRAPHS[2]}\n"
    )

    assert article.paragraphs == PARAGRAPHS


def test_sentences_go_on_behind_page_numbers_and_running_headers() -> None:
    lines = at_characters(PARAGRAPHS[0], 30)
    text = "\n".join(
        [
            *lines[:2],
            "",
            "- 1 -",
            "나래시 보도자료",
            "",
            *lines[2:],
            "",
            *at_characters(PARAGRAPHS[1], 30),
            "",
            "- 2 -",
        ]
    )
    article = extract(f"{TITLE}\n\n{text}\n")

    assert article.paragraphs == PARAGRAPHS[:2]
    assert {"- 1 -", "- 2 -", "나래시 보도자료"} <= {removal.text for removal in article.removed}


def test_closing_marks_at_the_start_of_a_line_are_glued() -> None:
    article = extract(
        f"{TITLE}\n\n나래시가 강변에 비어 있던 곡물 창고를 고쳐 공연장으로 문을 열었다고 3일 밝혔다\n.\n\n시는 대관료를 청소년에게는 절반만 받는다\n. 첫 달 예약은 이틀 만에 끝났다.\n"
    )

    assert article.paragraphs == (
        "나래시가 강변에 비어 있던 곡물 창고를 고쳐 공연장으로 문을 열었다고 3일 밝혔다.",
        "시는 대관료를 청소년에게는 절반만 받는다. 첫 달 예약은 이틀 만에 끝났다.",
    )


def test_an_unfinished_paragraph_is_not_joined_to_the_next_one() -> None:
    article = extract(
        f"{PARAGRAPHS[0]}\n\n창고에는 책 삼만 권이 들어가고 책마다 쪽지를 끼워 두기로\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}\n"
    )

    assert PARAGRAPHS[1] in article.paragraphs


def test_quote_marks_of_mail_programs_are_removed() -> None:
    text = "\n\n".join([TITLE, *("\n".join(at_words(text, 36)) for text in PARAGRAPHS)])
    article = extract("\n".join(f"> {line}".rstrip() for line in text.split("\n")))

    assert article.title == TITLE
    assert article.paragraphs == PARAGRAPHS


def test_double_spacing_is_no_paragraph_break() -> None:
    article = extract(f"{TITLE}\n\n" + "\n\n".join("\n\n".join(at_words(text, 34)) for text in PARAGRAPHS))

    assert " ".join(article.paragraphs) == " ".join(PARAGRAPHS)


CUES = at_words(" ".join(PARAGRAPHS), 18)


def clock(cue: int, mark: str = ",") -> str:
    return f"00:{cue * 3 // 60:02d}:{cue * 3 % 60:02d}{mark}000"


SUBTITLES = {
    "srt": "".join(f"{at + 1}\n{clock(at)} --> {clock(at + 1)}\n{cue}\n\n" for at, cue in enumerate(CUES)),
    "vtt": "WEBVTT\nKind: captions\n\n"
    + "".join(
        f"{clock(at, '.')} --> {clock(at + 1, '.')} align:start\n<v 앵커>{cue}</v>\n\n"
        for at, cue in enumerate(CUES)
    ),
    "rolling vtt": "WEBVTT\n\n"
    + "".join(
        f"{clock(at, '.')} --> {clock(at + 1, '.')}\n{CUES[at - 1] if at else ''}\n{cue}\n\n"
        for at, cue in enumerate(CUES)
    ),
    "smi": "<SAMI><HEAD><TITLE>뉴스</TITLE><STYLE><!-- P { color: white } --></STYLE></HEAD><BODY>\n"
    + "".join(
        f"<SYNC Start={at * 3000}><P Class=KRCC>{cue.replace(' ', '<br>', 1)}\n<SYNC Start={at * 3000 + 2900}><P Class=KRCC>&nbsp;\n"
        for at, cue in enumerate(CUES)
    )
    + "</BODY></SAMI>",
    "time above": "".join(f"{at * 3 // 60}:{at * 3 % 60:02d}\n{cue}\n" for at, cue in enumerate(CUES)),
    "time before": "".join(f"[{clock(at)[:8]}] {cue}\n" for at, cue in enumerate(CUES)),
}


@pytest.mark.parametrize("form", SUBTITLES)
def test_subtitles_give_the_spoken_text(form: str) -> None:
    article = extract(SUBTITLES[form])

    assert " ".join(article.paragraphs) == " ".join(PARAGRAPHS)


def test_subtitles_without_full_stops_are_split_into_sentences() -> None:
    article = extract(SUBTITLES["srt"].replace(".\n", "\n").replace(". ", " "))

    assert article.paragraphs[0] == PARAGRAPHS[0].split(". ", maxsplit=1)[0]


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{PARAGRAPHS[0]}\n",
        "경기 시각\n\n10:30 가온-나래\n12:00 다솜-라온\n\n두 경기가 모두 끝났다.",
        "화살표 --> 는 다음을 뜻한다.",
        "",
    ],
)
def test_other_texts_are_no_subtitles(text: str) -> None:
    assert subtitles.spoken_lines(text) is None


@pytest.mark.parametrize(
    ("before", "after", "spaced"),
    [
        ("주민이 직접 운", "영하는 가게다.", False),
        ("마을 주민 9명이", "하루 4시간씩 일한다.", True),
        ("교실 두 칸을 조리", "실과 매장으로 바꿨다.", False),
        ("반찬은 한", "통에 3500원이다.", True),
        ("군이 3억", "2천만원을 들였다.", False),
        ("모두 30", "0석이다.", False),
        ('그는 "', '아니다"라고 했다.', False),
        ("열었다고 밝혔다", ". 이어 말했다.", False),
    ],
)
def test_a_break_is_inside_a_word_or_a_space(before: str, after: str, spaced: bool) -> None:
    assert line_breaks.read_break(before, after).spaced is spaced


def test_a_wrapped_book_takes_seconds() -> None:
    for cut in (at_words, at_characters):
        book = [(line, False) for text in PARAGRAPHS * 300 for line in cut(text, 30)]
        start = time.process_time()

        joined = wrapped.join_running_text(book)

        assert joined is not None
        assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "text",
    [
        "가\n" * 50_000,
        "가나다라 마바사를\n" * 3_000 + "끝났다.",
    ],
    ids=["syllables", "open lines"],
)
def test_hostile_open_lines_are_read_in_seconds(text: str) -> None:
    start = time.process_time()

    wrapped.join_running_text([(line, False) for line in text.split("\n") if line])

    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "text",
    [
        "가\n" * 50_000,
        "가나다라 마바사를\n" * 3_000 + "끝났다.",
        "- 1 -\n" * 20_000,
        "> " * 100_000,
        "1\n00:00:00,000 --> 00:00:01,000\n" * 10_000,
        "<SYNC Start=1>" * 30_000,
        "00:00 " * 50_000,
    ],
    ids=["syllables", "open lines", "page numbers", "quotes", "empty cues", "empty sami", "codes"],
)
def test_hostile_lines_take_linear_time(text: str) -> None:
    lines = [(line.strip(), False) for line in text.split("\n") if line.strip()]
    start = time.process_time()

    subtitles.spoken_lines(text)
    kept, numbers = wrapped.separate_page_numbers(lines)

    assert time.process_time() - start < 3
    assert len(kept) + len(numbers) == len(lines)


DUMP = "홈\n정치\n경제\n사회\n로그인\n{title}\n입력 2026.05.03 10:20\n{body}\n관련 뉴스\n가람천 물억새 3년 만에 돌아와\n이용약관\n개인정보처리방침\n"


def dump(*body: str) -> Article:
    return extract(DUMP.format(title=TITLE, body="\n".join(body)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            '도다람 나래문화재단 대표는 "창고를 허물자는 의견도 있었지만 주민 열 명 가운데 일곱',
            ' 명이 남기자고 했다"고 말했다.',
        ),
        ("시는 그의 아내에게 지난해 4천만원을 받았고 올해도 운영비 명목", "의 돈을 요구한 것으로 전해졌다."),
    ],
    ids=["inside a quotation", "before a particle"],
)
def test_one_stray_line_break_in_a_dump_is_joined(first: str, second: str) -> None:
    article = dump(PARAGRAPHS[1], first, second, PARAGRAPHS[2])

    assert article.paragraphs == (PARAGRAPHS[1], first + second, PARAGRAPHS[2])


def test_a_parenthesis_on_a_line_of_its_own_belongs_to_its_sentence() -> None:
    article = dump(
        PARAGRAPHS[1],
        "주민 열 명 가운데 일곱 명이 남기자고 한 사정",
        "(事情)",
        "이 있다고 시는 밝혔다.",
        PARAGRAPHS[2],
    )

    assert article.paragraphs[1] == "주민 열 명 가운데 일곱 명이 남기자고 한 사정(事情)이 있다고 시는 밝혔다."


def test_paragraphs_glued_by_a_converter_come_apart_with_the_caption_before_them() -> None:
    caption = "나래시 강변 공연장에서 주민들이 개관 공연을 기다리고 있다. [나래시 제공]"
    article = dump(caption + "".join(PARAGRAPHS))

    assert article.paragraphs == PARAGRAPHS
    assert caption in {removal.text for removal in article.removed}


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    glued = '시는 3일 공연장을 열었다."창고를 남겨서 좋다."한 주민이 말했다."자주 오겠다."이웃도 웃었다.공연은 매주 있다.'
    article = dump(PARAGRAPHS[0] + glued)

    assert article.paragraphs == (
        PARAGRAPHS[0],
        "시는 3일 공연장을 열었다.",
        '"창고를 남겨서 좋다."한 주민이 말했다.',
        '"자주 오겠다."이웃도 웃었다.',
        "공연은 매주 있다.",
    )


def test_the_markup_of_a_banner_does_not_make_a_dump_a_page_of_html() -> None:
    banner = "<a href='http://ad.example/1'><img src='http://ad.example/1.png' alt='Banner'></a>"
    menu = [f"{number}면 보기" for number in range(1, 20)]
    article = extract("\n".join([*menu, banner, DUMP.format(title=TITLE, body="\n".join(PARAGRAPHS))]))

    assert article.title == TITLE
    assert article.paragraphs == PARAGRAPHS

"""Markup left in plain text and titles: tags, character references, escaped line ends."""

from __future__ import annotations

import json

import pytest

from yoyak import extraction
from yoyak.core.options import ReadOptions
from yoyak.core.values import Decoded
from yoyak.inputs.inline_markup import undo_escapes


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"첫 문장이다.\n\n둘째 문장이다.\r\n끝.\t표", "첫 문장이다.\n\n둘째 문장이다.\n끝. 표"),
        (r"그는 \"간다\"고 했다.\n끝.", '그는 "간다"고 했다.\n끝.'),
        ("제목\n\n" + r"첫 문장이다.\n\n둘째 문장이다.", "제목\n\n첫 문장이다.\n\n둘째 문장이다."),
        (r"C:\news\today 폴더", r"C:\news\today 폴더"),
        (r"C:\news 폴더" + "\n둘째 줄", r"C:\news 폴더" + "\n둘째 줄"),
    ],
)
def test_escaped_line_ends_are_undone(text: str, plain: str) -> None:
    assert undo_escapes(text) == plain


def test_a_text_and_a_given_title_lose_their_markup() -> None:
    article = extraction.extract(
        Decoded(
            text=r"해솔군이 폐교를 고쳐 <b>반찬가게</b>를 12일 열었다.\n\n군은 &quot;배달도 시작하겠다&quot;고 밝혔다.",
            encoding="utf-8",
            evidence="given",
        ),
        source="a.txt",
        title="해솔군 <b>반찬가게</b> &quot;문 열어&quot;",
    )

    assert article.title == '해솔군 반찬가게 "문 열어"'
    assert article.paragraphs == (
        "해솔군이 폐교를 고쳐 반찬가게를 12일 열었다.",
        '군은 "배달도 시작하겠다"고 밝혔다.',
    )


def test_masked_names_keep_their_asterisks() -> None:
    text = "flrr**** 님과 abcd****님이 글을 남겼다고 밝혔다. 김**(35)씨와 이**씨도 참여했다."
    article = extraction.extract(Decoded(text=text, encoding="utf-8", evidence="given"), source="a.txt")

    assert article.paragraphs == (text,)


def test_compatibility_hanja_is_printed_as_it_stands_in_the_source() -> None:
    text = "\uf90a 대표와 \uf9e1 감독이 12일 나래시에서 만나 협약을 맺었다고 밝혔다."
    for source in (
        text,
        f"<!doctype html><html><body><p>{text}</p><p>두 사람은 7월에 다시 만나기로 했다.</p></body></html>",
    ):
        article = extraction.extract(Decoded(text=source, encoding="utf-8", evidence="given"), source="a.txt")

        assert article.paragraphs[0] == text


def test_sentences_of_a_row_lose_their_markup() -> None:
    row = json.loads(r'{"sentences": ["<b>반찬가게</b>가 문을 열었다.", "&quot;좋다&quot;고 말했다."]}')
    article = extraction.from_row(row, source="a.jsonl:1", read=ReadOptions())

    assert article.paragraphs == ("반찬가게가 문을 열었다.", '"좋다"고 말했다.')

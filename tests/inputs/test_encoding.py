"""Bytes to text: every encoding Korean files come in, and an error in place of mojibake."""

from __future__ import annotations

import codecs
import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.core.errors import DecodeError
from yoyak.core.normalize import normalize
from yoyak.inputs.encoding import declared_encoding, decode

ARTICLE = (
    "가람시의회는 12일 본회의를 열고 ‘골목 도서관 조례’를 통과시켰다. 찬성 23표, 반대 2표였다.\n"
    "온새미 의원은 “책 읽는 골목이 늘면 밤길도 밝아진다”고 말했다. 시는 내년까지 도서관 40곳을 연다.\n"
)
LONG = ARTICLE * 60


def page(charset: str, text: str = ARTICLE) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>골목</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("encoding", "found", "evidence"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8-sig", "utf-8", "bom"),
        ("cp949", "cp949", "cp949"),
        ("utf-16-le", "utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16-be", "utf-16"),
        ("utf-16", "utf-16-le", "bom"),
        ("utf-32", "utf-32-le", "bom"),
        ("iso2022_kr", "iso2022_kr", "declared"),
    ],
)
@pytest.mark.parametrize("text", [ARTICLE, LONG, "제목\n\n첫 문장이다.\n"])
def test_an_encoding_is_found_without_help(encoding: str, found: str, evidence: str, text: str) -> None:
    kept = text

    result = decode(kept.encode(encoding), source="a.txt")

    assert (result.text, result.encoding, result.evidence, result.replaced) == (kept, found, evidence, 0)


@pytest.mark.parametrize(
    ("declared", "written", "found", "evidence"),
    [
        ("euc-kr", "cp949", "cp949", "declared"),
        ("KS_C_5601-1987", "cp949", "cp949", "declared"),
        ("utf-8", "utf-8", "utf-8", "declared"),
        ("euc-kr", "utf-8", "utf-8", "utf-8"),
        ("iso-8859-1", "utf-8", "utf-8", "utf-8"),
        ("utf-8", "cp949", "cp949", "cp949"),
        ("iso-8859-1", "cp949", "cp949", "cp949"),
        ("windows-1252", "cp949", "cp949", "cp949"),
        ("no-such-charset", "cp949", "cp949", "cp949"),
        ("utf-16", "cp949", "cp949", "cp949"),
        ("utf-7", "cp949", "cp949", "cp949"),
        ("unicode_escape", "cp949", "cp949", "cp949"),
        ("johab", "johab", "johab", "declared"),
    ],
)
def test_a_declaration_is_believed_only_if_the_bytes_agree(
    declared: str, written: str, found: str, evidence: str
) -> None:
    text = page(declared).replace("‘", "'").replace("’", "'").replace("“", '"').replace("”", '"')

    result = decode(text.encode(written), source="a.html")

    assert (result.text, result.encoding, result.evidence) == (text, found, evidence)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="euc-kr">', "cp949"),
        (b"<META http-equiv=Content-Type content='text/html; charset=ks_c_5601-1987'>", "cp949"),
        (b'<?xml version="1.0" encoding="UTF-8"?>', "utf-8"),
        (b"<meta charset = shift_jis >", "shift_jis"),
        (b'<meta name="charset-note" content="none">', None),
        (b"<p>charset=euc-kr</p>", None),
    ],
)
def test_declarations_are_read_as_pages_write_them(head: bytes, name: str | None) -> None:
    assert declared_encoding(head) == name


def test_syllables_outside_ks_x_1001_are_read() -> None:
    text = "똠방각하와 펲시맨이 뷁을 외쳤다. 쓩 하고 날아갔다.\n"

    assert decode(page("euc-kr", text).encode("cp949"), source="a").text == page("euc-kr", text)


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8))
def test_a_few_korean_syllables_survive_either_encoding(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding), source="a").text == text


def test_short_cp949_that_is_valid_utf8_by_accident_is_korean() -> None:
    text = "투퉁"  # C5 F5 would fail; these bytes all look like two-byte UTF-8
    accident = bytes([0xC7, 0xA1, 0xC6, 0xAE])

    assert decode(text.encode("cp949"), source="a").text == text
    assert decode(accident, source="a").text == accident.decode("cp949")


@pytest.mark.parametrize("cut", [1, 2])
def test_a_syllable_cut_at_the_end_of_a_download_is_dropped(cut: int) -> None:
    data = ARTICLE.strip().encode() + "끝".encode()[:cut]

    assert decode(data, source="a").text == ARTICLE.strip()


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_broken_byte_in_a_long_page_is_replaced_and_counted(encoding: str) -> None:
    data = (LONG + "바른 줄이다.\n" + LONG).encode(encoding)
    middle = len(LONG.encode(encoding))

    result = decode(data[:middle] + b"\xff" + data[middle:], source="a")

    assert (result.encoding, result.replaced) == (encoding, 1)
    assert result.text == LONG + "\ufffd" + "바른 줄이다.\n" + LONG


def test_a_literal_replacement_character_is_not_damage() -> None:
    assert decode(("깨진 글자 \ufffd가 있다. " + ARTICLE).encode(), source="a").replaced == 0


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE.encode("cp949").replace(b"\n", b"\xff\xff\n") * 3,
        "これは日本語の記事です。東京で会議が開かれました。".encode("shift_jis") * 9,
        "这是一篇中文新闻。会议昨天在北京举行，代表们讨论了预算问题。".encode("gbk") * 9,
        "これは日本語の記事です。東京で会議が開かれました。".encode("euc_jp") * 9,
        "L'été dernier, les élèves ont fêté leur réussite à l'école.".encode("latin-1") * 9,
    ],
)
def test_other_encodings_are_an_error_and_not_mojibake(data: bytes) -> None:
    with pytest.raises(DecodeError, match=r"news\.txt.*--encoding"):
        decode(data, source="news.txt")


def test_the_error_says_where_each_reading_broke() -> None:
    with pytest.raises(DecodeError, match=r"byte 3 .*byte 2 "):
        decode("가".encode() + b"\xff\xff\xff" * 40, source="a")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04" + bytes(60),
        b"\x7fELF" + bytes(60),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60),
        b"MZ\x90\x00" + bytes(60),
        bytes(range(32)) * 20,
        b"\x00" * 500,
        b"\x01\x02\x03" * 100,
    ],
)
def test_what_is_no_text_is_refused_as_such(data: bytes) -> None:
    with pytest.raises(DecodeError, match="not text"):
        decode(data, source="photo.txt")


def test_a_few_stray_controls_are_dropped_from_text() -> None:
    assert decode(("가나다\x00라\x1b[1m " + LONG).encode(), source="a").text == "가나다라[1m " + LONG


def test_a_forced_encoding_is_obeyed() -> None:
    result = decode(
        ARTICLE.replace("‘", "").replace("’", "").encode("johab", "replace"), source="a", encoding="johab"
    )

    assert (result.encoding, result.evidence) == ("johab", "forced")
    assert "골목 도서관 조례" in result.text


@pytest.mark.parametrize("name", ["euc-kr", "EUC_KR", "ks_c_5601-1987", "ms949", "cp949", "uhc"])
def test_every_name_of_cp949_means_cp949(name: str) -> None:
    assert decode("똠방각하".encode("cp949"), source="a", encoding=name).text == "똠방각하"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_forced_unicode_encoding_takes_its_mark_off(encoding: str) -> None:
    mark = codecs.BOM_UTF8 if encoding.startswith("utf-8") else codecs.BOM_UTF16_LE
    data = mark + ARTICLE.encode("utf-8" if encoding.startswith("utf-8") else "utf-16-le")

    assert decode(data, source="a", encoding=encoding).text == ARTICLE


@pytest.mark.parametrize(
    "name", ["nonsense", "unicode_escape", "idna", "hex", "rot13", "base64", "", "utf-9", "한글"]
)
def test_a_name_that_is_no_text_encoding_is_an_error(name: str) -> None:
    with pytest.raises(DecodeError, match="unknown encoding"):
        decode(b"abc", source="a", encoding=name)


def test_a_forced_encoding_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(DecodeError, match=r"not valid utf-8 .byte 0"):
        decode(ARTICLE.encode("cp949"), source="a", encoding="utf-8")


def test_empty_input_is_empty_text() -> None:
    assert decode(b"", source="a").text == ""


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    try:
        result = decode(data, source="a")
    except DecodeError:
        return

    assert result.text == normalize(result.text)


@given(
    st.binary(max_size=120),
    st.sampled_from(["utf-8", "cp949", "utf-16", "utf-7", "johab", "idna", "punycode", "cp037"]),
)
def test_any_bytes_forced_are_text_or_an_error(data: bytes, encoding: str) -> None:
    try:
        result = decode(data, source="a", encoding=encoding)
    except DecodeError:
        return

    assert result.evidence == "forced"
    assert result.text == normalize(result.text)


@pytest.mark.parametrize(
    "data",
    [
        LONG.encode("cp949") * 200,
        LONG.encode() * 150,
        b"<meta " * 500_000,
        b"<meta charset=" + b"a" * 3_000_000,
        ("가" + "\u0301\u0316" * 700_000).encode(),
        b"\x80" * 3_000_000,
        b"\xc7\xd1" * 1_500_000 + b"\xff",
        b" \x00" * 1_500_000,
        b"a\x00\x00" * 1_000_000,
    ],
)
def test_time_is_linear_in_the_size(data: bytes) -> None:
    start = time.process_time()

    with contextlib.suppress(DecodeError):
        decode(data, source="a")

    assert time.process_time() - start < 4

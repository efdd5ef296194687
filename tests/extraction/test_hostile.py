"""What a folder from the wild may hold: it costs its article at most, and never the run, the time or the terminal."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from yoyak.app.entry import run
from yoyak.extraction import bylines

pytestmark = pytest.mark.usefixtures("elsewhere")

SENTENCE = "가람시가 강변 주차장 자리에 시립 도서관을 새로 짓는다고 2일 밝혔다. "
BODY = "\n\n".join(SENTENCE.replace("2일", f"{n}일") for n in range(1, 9))
ARTICLE = f"가람시, 강변 도서관 짓는다\n\n입력 2026.03.02 09:10\n\n{BODY}\n"


class Ran(NamedTuple):
    code: int
    lines: list[dict[str, object]]
    err: str


Read = Callable[..., Ran]


@pytest.fixture(name="read")
def _read(capsys: pytest.CaptureFixture[str]) -> Read:
    def call(*arguments: str, within: float = 30.0) -> Ran:
        begun = time.monotonic()
        code = run([*arguments, "--format", "jsonl"])
        spent = time.monotonic() - begun
        captured = capsys.readouterr()
        assert spent < within, f"{spent:.1f} s"
        assert "Traceback" not in captured.err
        assert "\x1b" not in captured.out + captured.err
        captured.out.encode()
        return Ran(code, [json.loads(line) for line in captured.out.splitlines()], captured.err)

    return call


def write(name: str, content: bytes | str) -> str:
    Path(name).write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return name


def summarized(ran: Ran) -> bool:
    return ran.code == 0 and all(line.get("summary") for line in ran.lines)


def test_twenty_thousand_unmatched_quotes(read: Read) -> None:
    assert summarized(read(write("a.txt", ARTICLE + "\n\n“" * 20_000 + SENTENCE)))


def test_twenty_thousand_quotes_in_one_line(read: Read) -> None:
    ran = read(write("a.txt", ARTICLE + "\n\n" + '"가 ' * 20_000 + SENTENCE))
    assert ran.code in (0, 1)


def test_a_line_of_fifty_megabytes(read: Read) -> None:
    junk = "QUJD" * 12_500_000
    assert read(write("a.txt", ARTICLE + "\n\n" + junk), "--max-bytes", "60MB", within=60).code in (0, 1)


def test_a_korean_line_of_five_megabytes(read: Read) -> None:
    ran = read(write("a.txt", "도서관" * 600_000), within=60)
    assert ran.code in (0, 1)


def test_more_than_the_limit_is_told_with_the_option(read: Read) -> None:
    ran = read(write("a.txt", ARTICLE * 200), "--max-bytes", "100k")
    assert ran.code == 1
    assert ran.lines[0]["error"]["code"] == "too-large"  # type: ignore[index]
    assert "--max-bytes" in ran.err


def test_nul_bytes(read: Read) -> None:
    ran = read(write("a.txt", ARTICLE.replace("강변", "강\x00변") + "\x00" * 100))
    assert ran.code in (0, 1)
    assert "\\u0000" not in json.dumps(ran.lines)


def test_lone_surrogates(read: Read) -> None:
    ran = read(write("a.txt", ARTICLE + "\ud800 끝이다.\n"))
    assert ran.code in (0, 1)
    row = json.dumps({"id": "\ud800", "title": "\udfff", "text": ARTICLE.replace("강변", "강\ud812변")})
    assert read(write("a.jsonl", row)).code in (0, 1)


def test_deep_html(read: Read) -> None:
    deep = "<div>" * 60_000 + f"<p>{BODY}</p>"
    assert read(write("a.html", f"<html><body><article>{deep}</article></body></html>")).code in (0, 1)


def test_html_with_a_hundred_thousand_attributes(read: Read) -> None:
    attributes = " ".join(f'a{n}="x"' for n in range(100_000))
    assert read(write("a.html", f"<html><body {attributes}><article><p>{BODY}</p></article>")).code in (0, 1)


def test_html_that_never_closes(read: Read) -> None:
    assert read(write("a.html", "<html><body><article>" + f"<p>{SENTENCE}<b><i><a href='" * 5_000)).code in (
        0,
        1,
    )


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lambda data: lzma.compress(data, preset=0),
}


@pytest.mark.parametrize("ending", PACKERS)
def test_a_bomb_stops_at_its_limit(read: Read, ending: str) -> None:
    ran = read(write(f"a.txt.{ending}", PACKERS[ending](b"0" * 60_000_000)))
    assert ran.code == 1
    assert "error" in ran.lines[0]


def test_a_zip_is_no_article(read: Read) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("a", b"0" * 10_000_000)
    assert read(write("a.txt", packed.getvalue())).code == 1


@pytest.mark.parametrize(
    "head", [b"", b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-1.7\n", b"\x1f\x8b", b"\x89PNG\r\n"]
)
def test_binary_junk_named_like_a_text(read: Read, head: bytes) -> None:
    noise = bytes((n * n * 31 + n * 7) % 256 for n in range(50_000))
    ran = read(write("a.txt", head + noise))
    assert ran.code == 1
    assert "error" in ran.lines[0]


def test_an_empty_file_and_blanks(read: Read) -> None:
    for content in ("", " \n\t\n", "\ufeff", "\u200b\u3164"):
        ran = read(write("a.txt", content))
        assert (ran.code, len(ran.lines)) == (1, 1)


def test_a_page_that_is_only_its_title(read: Read) -> None:
    head = '{"@type":"NewsArticle","headline":"사라진 영화 달맞이 고개, 92년 만에 돌아왔다"}'
    page = (
        f"<html><script type=ld+json>{head}</script><h>사라진 영화 달맞이 고개, 92년 만에 돌아왔다</h></html>"
    )
    [line] = read(write("a.html", page)).lines
    assert line["error"]["code"] == "empty"  # type: ignore[index]


def test_rows_that_are_none(read: Read) -> None:
    rows = [
        "[1,2]",
        "7",
        '"글"',
        "{",
        "null",
        '{"text": 3}',
        '{"sentences": "글"}',
        '{"text": "", "title": null}',
    ]
    rows += ['{"id": {"a": 1}, "text": 1}', "[" * 50_000, '{"text": ' + "9" * 5_000 + "}", "NaN"]
    rows += [json.dumps({"id": "good", "text": ARTICLE})]
    ran = read(write("a.jsonl", "\n".join(rows)))
    assert len(ran.lines) == len(rows)
    assert "summary" in ran.lines[-1]
    assert all("error" in line for line in ran.lines[:-1])


def test_escapes_and_markup_in_every_field(read: Read, capsys: pytest.CaptureFixture[str]) -> None:
    evil = "\x1b[31m빨강\x1b]0;제목\x07\x9b2J\u202e뒤집힘"
    row = {
        "id": evil,
        "title": evil + "[/bold]",
        "published": evil,
        "text": ARTICLE.replace("강변", "강변" + evil),
    }
    name = write("a.jsonl", json.dumps(row))
    [line] = read(name).lines
    assert not set("\x1b\x07\x9b\u202e") & set(str(line["title"]))
    for view in ("--format=text", "--explain", "--highlight", "--keywords-only"):
        assert run([name, name, view, "-v"]) == 0
        captured = capsys.readouterr()
        assert not set("\x1b\x07\x9b\u202e") & set(captured.out + captured.err)


@pytest.mark.skipif(os.name == "nt", reason="no FIFOs")
def test_pipes_links_and_loops_in_a_folder(read: Read) -> None:
    Path("in/deep").mkdir(parents=True)
    write("in/a.txt", ARTICLE)
    os.mkfifo("in/pipe.txt")
    Path("in/deep/loop").symlink_to(Path("in").absolute())
    Path("in/self.txt").symlink_to("self.txt")
    Path("in/gone.txt").symlink_to("nowhere.txt")
    ran = read("in")
    assert sum("summary" in line for line in ran.lines) == 1


def test_time_grows_with_length_and_not_with_its_square(read: Read) -> None:
    def spent(times: int) -> float:
        name = write("a.txt", ARTICLE + "\n\n".join([BODY] * times))
        begun = time.monotonic()
        read(name, within=120)
        return time.monotonic() - begun

    spent(1)
    short, long = spent(10), spent(80)
    assert long < max(short, 0.05) * 8 * 3


@pytest.mark.parametrize("text", ["[" + " " * 20_000, "(가온=" + " " * 20_000, "[가온" + "=" * 20_000])
def test_a_bracket_that_never_closes_is_read_once(text: str) -> None:
    begun = time.monotonic()
    assert bylines.read_dateline(text) is None
    assert time.monotonic() - begun < 1.0

"""Inputs: one item for each article, in order, whatever lies in the folder or comes through the pipe."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import pickle
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak import inputs
from yoyak.core.errors import DecodeError, InputError, RowError, TooLargeError, UnreadableError
from yoyak.core.options import ReadOptions
from yoyak.inputs import Item, Page, Skip, Walk
from yoyak.inputs.compression import open_stream
from yoyak.inputs.formats import inner_ending
from yoyak.inputs.walk import is_binary

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

READ = ReadOptions()
ARTICLE = "가람시가 새 도서관을 연다.\n\n문은 3월 2일에 열린다.\n"
ROWS = [
    {"id": "n1", "title": "도서관", "text": "도서관이 문을 연다."},
    {"id": "n2", "text": "다리가 놓인다."},
]
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstd.compress,
}


def discover(
    *paths: str | Path, read: ReadOptions = READ, stdin: bytes | None = None, **rules: object
) -> list[Item]:
    source = io.BytesIO(stdin) if stdin is not None else None
    return list(inputs.discover(paths, read=read, rules=Walk(**rules), stdin=source))  # type: ignore[arg-type]


def load(item: Item, read: ReadOptions = READ) -> object:
    return inputs.load(item, read)


def skipped(folder: Path, **rules: object) -> dict[str, str]:
    found: list[Skip] = []
    list(inputs.discover([folder], read=READ, rules=Walk(**rules), on_skip=found.append))  # type: ignore[arg-type]
    return {os.path.relpath(skip.source, folder): skip.reason for skip in found}


def jsonl(rows: list[dict[str, str]]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def names(folder: Path, items: list[Item]) -> list[str]:
    return [os.path.relpath(item.source, folder) for item in items]


# -- files and folders --------------------------------------------------------------------------------------


def test_a_folder_is_walked_in_order_of_name_and_every_time_the_same(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", "c.html", "가.txt", "a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ARTICLE)
    items = discover(tmp_path)
    assert names(tmp_path, items) == ["a/10.txt", "a/2.txt", "a.txt", "b.txt", "c.html", "가.txt"]
    assert [item.number for item in items] == list(range(6))
    assert items[0].place == "a/10.txt"
    assert discover(tmp_path) == items


def test_paths_keep_the_order_given_and_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(ARTICLE)
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    items = discover(tmp_path / "b.txt", tmp_path / "a.txt", tmp_path / "b.txt", tmp_path)
    assert names(tmp_path, items) == ["b.txt", "a.txt"]


def test_what_is_no_article_is_skipped_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / ".숨은.txt").write_text(ARTICLE)
    (tmp_path / "junk.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "style.css").write_text("p {}")
    (tmp_path / "page.html").write_text("<p>글</p>")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "frame.html").write_text("<p>광고</p>")
    (tmp_path / "noending").write_text(ARTICLE)
    os.mkfifo(tmp_path / "fifo.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "itself.txt").symlink_to(tmp_path / "itself.txt")

    assert names(tmp_path, discover(tmp_path)) == ["noending", "page.html"]
    reasons = skipped(tmp_path)
    assert set(reasons) == {
        ".숨은.txt", "junk.txt", "style.css", "page_files", "fifo.txt", "gone.txt", "loop", "itself.txt",
    }  # fmt: skip
    assert all(reasons.values())
    assert ".숨은.txt" not in skipped(tmp_path, hidden=True)


def test_a_path_that_was_named_is_always_read(tmp_path: Path) -> None:
    for name in (".hidden", "data.json.txt", "style.css"):
        (tmp_path / name).write_text(ARTICLE)
    (tmp_path / "junk.bin").write_bytes(b"\0\1\2\3" * 50)
    items = discover(*(tmp_path / name for name in (".hidden", "style.css", "junk.bin")))
    assert [load(item) for item in items] == [ARTICLE.encode(), ARTICLE.encode(), b"\0\1\2\3" * 50]


def test_globs_choose_and_pass_over(tmp_path: Path) -> None:
    for name in ("2024/a.txt", "2024/b.html", "2025/a.txt", "drafts/a.txt", "top.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ARTICLE)
    assert names(tmp_path, discover(tmp_path, include=("*.html",))) == ["2024/b.html"]
    assert names(tmp_path, discover(tmp_path, include=("2024/*",))) == ["2024/a.txt", "2024/b.html"]
    assert names(tmp_path, discover(tmp_path, include=("**/*.txt",), exclude=("drafts/", "2025"))) == [
        "2024/a.txt",
        "top.txt",
    ]


def test_globs_compare_names_in_nfc(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "기사.txt")
    (tmp_path / name).write_text(ARTICLE)
    assert names(tmp_path, discover(tmp_path, include=("기사*",))) == [name]


@pytest.mark.parametrize(
    ("name", "shown"), [(b"\xb1\xe2\xbb\xe7.txt", "기사.txt"), (b"\xff\xfe.txt", "��.txt")]
)
def test_a_name_that_is_not_utf8_is_read_and_printed(tmp_path: Path, name: bytes, shown: str) -> None:
    path = tmp_path / os.fsdecode(name)
    try:
        path.write_bytes(ARTICLE.encode())
    except OSError:
        pytest.skip("this file system takes no such name")
    (item,) = discover(tmp_path)
    assert load(item) == ARTICLE.encode()
    assert item.source.rpartition("/")[2] == shown
    if "�" not in shown:
        assert len(discover(tmp_path, include=("기사*",))) == 1


@pytest.mark.parametrize(("made", "given"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_a_korean_name_is_found_in_either_form(
    tmp_path: Path, made: Literal["NFC", "NFD"], given: Literal["NFC", "NFD"]
) -> None:
    (tmp_path / unicodedata.normalize(made, "기사.txt")).write_text(ARTICLE)
    path = tmp_path / unicodedata.normalize(given, "기사.txt")
    assert inputs.missing([path]) == []
    (item,) = discover(path)
    assert load(item) == ARTICLE.encode()


def test_what_is_missing_or_vanished_is_an_error_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b.txt").write_text(ARTICLE)
    assert inputs.missing([tmp_path / "a.txt", tmp_path / "none.txt", "-", "s3://news/a.jsonl"]) == [
        str(tmp_path / "none.txt")
    ]
    first, none, second = discover(tmp_path / "a.txt", tmp_path / "none.txt", tmp_path / "b.txt")
    assert isinstance(none.content, UnreadableError)
    assert "none.txt" in str(none.content)
    (tmp_path / "b.txt").unlink()
    assert load(first) == ARTICLE.encode()
    with pytest.raises(UnreadableError, match=r"b\.txt"):
        load(second)


def test_a_file_that_became_a_pipe_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (item,) = discover(tmp_path)
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableError):
        load(item)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_an_error_not_silence(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (item,) = discover(tmp_path)
    assert isinstance(item.content, UnreadableError)


def test_a_deep_tree_is_walked_without_recursion(tmp_path: Path) -> None:
    here = tmp_path
    depth = 0
    for _ in range(1_200):
        here = here / "d"
        try:
            here.mkdir()
        except OSError:
            break  # the system's longest path
        depth += 1
    (tmp_path / "z.txt").write_text(ARTICLE)
    assert depth > 500
    try:
        assert names(tmp_path, discover(tmp_path))[-1] == "z.txt"
    finally:
        # shutil.rmtree recurses, and pytest's clean-up with it.
        while here != tmp_path:
            if here.exists():
                here.rmdir()
            here = here.parent


def test_the_output_of_the_run_is_not_its_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "out.jsonl").write_text("{}\n")
    (tmp_path / "out.jsonl.part").write_text("{}\n")
    items = discover(tmp_path, outputs=(str(tmp_path / "out.jsonl"),))
    assert names(tmp_path, items) == ["a.txt"]


def test_weights_are_those_of_the_items(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(jsonl(ROWS)))
    (tmp_path / "style.css").write_text("p {}")
    assert sum(w or 0 for w in inputs.weights([tmp_path])) == sum(item.weight for item in discover(tmp_path))
    assert list(inputs.weights(["-", tmp_path / "style.css"])) == [None, 4]


def test_rows_weigh_what_they_take_of_the_file(tmp_path: Path) -> None:
    """A bar that moved by chunks of a hundred rows could not say how long it takes."""
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(jsonl(ROWS * 50))
    weights = [item.weight for item in discover(rows)]
    assert weights == [len(line) for line in rows.read_bytes().splitlines(keepends=True)]


# -- packed files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("packing", PACKERS)
def test_packed_pages_and_rows_are_unpacked_by_their_first_bytes(tmp_path: Path, packing: str) -> None:
    (tmp_path / f"page.txt.{packing}").write_bytes(PACKERS[packing](ARTICLE.encode()))
    (tmp_path / f"rows.jsonl.{packing}").write_bytes(PACKERS[packing](jsonl(ROWS)))
    (tmp_path / "misnamed.txt").write_bytes(PACKERS[packing](ARTICLE.encode()))
    items = discover(tmp_path)
    assert [load(item) for item in items] == [ARTICLE.encode(), ARTICLE.encode(), *ROWS]
    (piped,) = discover("-", stdin=PACKERS[packing](ARTICLE.encode()))
    assert load(piped) == ARTICLE.encode()


@pytest.mark.parametrize("packing", PACKERS)
def test_a_broken_archive_is_an_error_after_what_could_be_read(tmp_path: Path, packing: str) -> None:
    rows = [{"text": f"{n}번째 소식이다."} for n in range(2_000)]
    whole = PACKERS[packing](jsonl(rows))
    (tmp_path / "page.txt").write_bytes(PACKERS[packing](os.urandom(50_000).hex().encode())[:-2_000])
    (tmp_path / "rows.jsonl").write_bytes(whole[: len(whole) * 2 // 3])
    page, *items = discover(tmp_path)
    with pytest.raises(UnreadableError):
        load(page)
    *good, last = items
    assert isinstance(last.content, UnreadableError)
    assert [load(item) for item in good] == rows[: len(good)]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_bomb_stops_at_the_ratio(tmp_path: Path, packing: str) -> None:
    (tmp_path / "bomb.txt").write_bytes(PACKERS[packing](bytes(20_000_000)))
    (item,) = discover(tmp_path / "bomb.txt")
    with pytest.raises(TooLargeError, match="200"):
        load(item)


@pytest.mark.parametrize("filling", [b"\0", b"\n"], ids=["one endless line", "blank lines"])
def test_a_bomb_of_rows_ends_the_file_and_not_the_run(tmp_path: Path, filling: bytes) -> None:
    read = ReadOptions(max_bytes=100_000)
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress(jsonl(ROWS) + filling * 30_000_000))
    (tmp_path / "b.txt").write_text(ARTICLE)
    items = discover(tmp_path, read=read)
    errors = [item for item in items if isinstance(item.content, TooLargeError)]
    assert [load(item) for item in items[:2]] == ROWS
    assert len(errors) in (1, 2)
    assert items[-1].source.endswith("b.txt")


def test_the_same_rows_a_thousand_times_are_no_bomb(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl.xz").write_bytes(lzma.compress(jsonl(ROWS) * 20_000))
    assert len(discover(tmp_path / "rows.jsonl.xz")) == 40_000


def test_a_document_over_the_limit_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 101)
    (item,) = discover(tmp_path)
    with pytest.raises(TooLargeError, match="max-bytes"):
        load(item, ReadOptions(max_bytes=100))


# -- rows ---------------------------------------------------------------------------------------------------


def test_jsonl_lines_are_named_by_their_number_and_blank_ones_are_none(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(
        b"\xef\xbb\xbf" + jsonl(ROWS[:1]) + b"\n  \n" + jsonl(ROWS[1:]).rstrip()
    )
    items = discover(tmp_path)
    assert [item.source.rpartition(":")[2] for item in items] == ["1", "4"]
    assert [item.place for item in items] == ["rows/1", "rows/4"]
    assert [load(item) for item in items] == ROWS


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"{", RowError),
        (b"[1]", RowError),
        (b'"words"', RowError),
        (b"[" * 100_000, RowError),
        (b'{"n": ' + b"9" * 10_000 + b"}", RowError),
        (b'{"text": "\xff\xff"}', DecodeError),
    ],
    ids=["cut", "list", "string", "deep", "long number", "no text"],
)
def test_a_bad_line_costs_itself(tmp_path: Path, line: bytes, error: type[InputError]) -> None:
    (tmp_path / "rows.jsonl").write_bytes(jsonl(ROWS[:1]) + line + b"\n" + jsonl(ROWS[1:]))
    first, bad, last = discover(tmp_path)
    assert [load(first), load(last)] == ROWS
    with pytest.raises(error, match=r"rows\.jsonl:2"):
        load(bad)


def test_a_line_over_the_limit_costs_itself(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(jsonl(ROWS[:1]) + b"x" * 5_000_000 + b"\n" + jsonl(ROWS[1:]))
    first, bad, last = discover(tmp_path, read=ReadOptions(max_bytes=1_000))
    assert [load(first), load(last)] == ROWS
    assert isinstance(bad.content, TooLargeError)


@pytest.mark.parametrize("encoding", ["cp949", "utf-16", "utf-8-sig"])
def test_rows_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "rows.jsonl").write_text(jsonl(ROWS).decode(), encoding=encoding)
    assert [load(item) for item in discover(tmp_path)] == ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_csv_rows_have_the_names_of_the_header(tmp_path: Path, encoding: str, ending: str) -> None:
    buffer = io.StringIO()
    table = csv.DictWriter(buffer, ["id", "title", "text"], delimiter="\t" if ending == "tsv" else ",")
    table.writeheader()
    table.writerows(
        [
            {"id": "n1", "title": "도서관, 열다", "text": "첫 문단이다.\n\n둘째 문단이다."},
            {"id": "n2", "text": "다리."},
        ]
    )
    (tmp_path / f"rows.{ending}").write_bytes(buffer.getvalue().encode(encoding))
    items = discover(tmp_path)
    assert [load(item) for item in items] == [
        {"id": "n1", "title": "도서관, 열다", "text": "첫 문단이다.\n\n둘째 문단이다."},
        {"id": "n2", "title": None, "text": "다리."},
    ]
    assert [item.place for item in items] == ["rows/1", "rows/2"]


def test_a_csv_row_that_is_no_text_costs_itself(tmp_path: Path) -> None:
    lines = ["text", *["소식이다."] * 20_000]
    data = "\n".join(lines).encode() + b"\n\xff\xfe\xff\n" + "끝이다.\n".encode()
    (tmp_path / "rows.csv").write_bytes(data)
    items = discover(tmp_path)
    assert len(items) == 20_002
    assert isinstance(items[-2].content, DecodeError)
    assert load(items[-1]) == {"text": "끝이다."}


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.jsonl", "a.json", "a.csv"])
def test_an_edit_changes_the_stamp_of_what_was_edited_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    rows = [{"text": f"소식 {number}이다."} for number in range(2)]

    def stamps() -> list[int]:
        words = {
            "a.jsonl": "\n".join(json.dumps(row) for row in rows),
            "a.json": json.dumps(rows),
            "a.csv": "text\n" + "\n".join(row["text"] for row in rows),
        }.get(name, rows[-1]["text"])
        path.write_bytes(gzip.compress(words.encode()) if name.endswith(".gz") else words.encode())
        os.utime(path, (len(words), len(words)))
        return [item.stamp for item in discover(path)]

    before = stamps()
    assert 0 not in before
    assert stamps() == before
    rows[-1]["text"] += " 더 있다."
    after = stamps()
    assert after[:-1] == before[:-1]
    assert after[-1] != before[-1]


def test_what_cannot_be_read_has_no_stamp(tmp_path: Path) -> None:
    assert [item.stamp for item in discover(tmp_path / "none.txt")] == [0]


def test_a_quote_that_never_closes_does_not_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(b'text\n"' + b"a,b\n" * 100_000)
    bad = discover(tmp_path, read=ReadOptions(max_bytes=200_000))[0].content
    assert isinstance(bad, RowError)
    assert bad.message.endswith(
        "rows.csv, line 2: a quote is not closed, or the row is over 131072 characters"
    )


def test_parquet_rows(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pa = pytest.importorskip("pyarrow")
    parquet.write_table(
        pa.Table.from_pylist([{"id": "n1", "sentences": ["하나.", "둘."]}] * 200), tmp_path / "a.parquet"
    )
    (tmp_path / "b.parquet").write_bytes(b"PAR1 but not really")
    *rows, bad = discover(tmp_path)
    assert len(rows) == 200
    assert load(rows[7]) == {"id": "n1", "sentences": ["하나.", "둘."]}
    assert isinstance(bad.content, UnreadableError)


def test_without_pyarrow_a_parquet_file_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (item,) = discover(tmp_path)
    assert "yoyak[parquet]" in str(item.content)


def test_json_that_was_named_is_rows(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(ROWS[0], indent=2))
    (tmp_path / "two.json").write_text(json.dumps(ROWS))
    items = discover(tmp_path / "one.json", tmp_path / "two.json")
    assert [load(item) for item in items] == [ROWS[0], *ROWS]
    assert names(tmp_path, items) == ["one.json", "two.json:1", "two.json:2"]


# -- standard input -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (ARTICLE.encode(), [ARTICLE.encode()]),
        (jsonl(ROWS), ROWS),
        (b"\n\n" + jsonl(ROWS).rstrip(), ROWS),
        (json.dumps(ROWS[0], indent=1).encode(), [ROWS[0]]),
        (json.dumps(ROWS, indent=1).encode(), ROWS),
        ("[앵커]\n도서관이 문을 엽니다.".encode(), ["[앵커]\n도서관이 문을 엽니다.".encode()]),
        ("{광고} 글이다.".encode(), ["{광고} 글이다.".encode()]),
        (b"", [b""]),
    ],
    ids=["page", "rows", "blank lines first", "object", "array", "anchor", "brace", "nothing"],
)
def test_what_comes_through_a_pipe_shows_what_it_is(data: bytes, wanted: list[object]) -> None:
    assert [load(item) for item in discover("-", stdin=data)] == wanted


def test_wide_rows_in_a_pipe_are_rows() -> None:
    lines = jsonl(ROWS).decode()
    assert [load(item) for item in discover("-", stdin=lines.encode("utf-16"))] == ROWS
    page = discover("-", stdin=ARTICLE.encode("utf-16"))
    assert [item.content for item in page] == [Page(ARTICLE.encode("utf-16"))]


def test_a_long_first_row_in_a_pipe_is_still_a_row() -> None:
    rows = [{"text": "가" * 200_000}, *ROWS]
    assert [load(item) for item in discover("-", stdin=jsonl(rows))] == rows


def test_a_pipe_that_was_named_is_read() -> None:
    read, write = os.pipe()
    os.write(write, ARTICLE.encode())
    os.close(write)
    (item,) = discover(f"/dev/fd/{read}")
    os.close(read)
    assert item.content == Page(ARTICLE.encode())


def test_rows_stream_without_being_read_ahead() -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            line = jsonl(ROWS[:1])
            chunk = (line * (len(buffer) // len(line)))[: len(buffer)]
            buffer[: len(chunk)] = chunk
            self.taken += len(chunk)
            return len(chunk)

    endless = Endless()
    items = inputs.discover(["-"], read=READ, stdin=io.BufferedReader(endless))
    for _ in range(1_000):
        next(items)
    assert endless.taken < 1_000_000


# -- lists of files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("listing", [b"a.txt\n\nb c.txt\r\n", b"a.txt\0b c.txt\0", b"a.txt\nb c.txt"])
def test_files_are_listed_by_line_or_by_nul(tmp_path: Path, listing: bytes) -> None:
    (tmp_path / "list").write_bytes(listing)
    assert list(inputs.files_from(str(tmp_path / "list"))) == ["a.txt", "b c.txt"]
    assert list(inputs.files_from("-", stdin=io.BytesIO(listing))) == ["a.txt", "b c.txt"]


def test_a_name_with_a_line_end_survives_in_a_list_by_nul() -> None:
    assert list(inputs.files_from("-", stdin=io.BytesIO(b"a\nb.txt\0c.txt"))) == ["a\nb.txt", "c.txt"]


def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="nowhere"):
        list(inputs.files_from("nowhere/at/all"))


# -- laws ---------------------------------------------------------------------------------------------------


@given(st.binary(max_size=3_000))
def test_any_bytes_through_any_door_give_items_and_never_an_exception(data: bytes) -> None:
    read = ReadOptions(max_bytes=2_000)
    with tempfile.TemporaryDirectory() as folder:
        paths = [
            Path(folder, name) for name in ("a.txt", "a.jsonl", "a.csv", "a.json", "a.txt.gz", "a.jsonl.xz")
        ]
        for path in paths:
            path.write_bytes(data)
        items = list(inputs.discover([*paths, "-"], read=read, stdin=io.BytesIO(data)))
        assert [item.number for item in items] == list(range(len(items)))
        for item in items:
            assert pickle.loads(pickle.dumps(item)).source == item.source
            try:
                inputs.load(item, read)
            except InputError as error:
                assert str(error)  # noqa: PT017  whichever way it goes is right


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=50), min_size=1, max_size=3), max_size=20)
)
def test_rows_come_out_as_they_went_in(rows: list[dict[str, str]]) -> None:
    rows = [{**row, "text": "글"} for row in rows]
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "rows.jsonl.zst").write_bytes(zstd.compress(data))
        assert [inputs.load(item, READ) for item in inputs.discover([folder], read=READ)] == rows


def test_endings_and_binaries() -> None:
    assert inner_ending("News.JSONL.GZ") == ".jsonl"
    assert inner_ending("a.tar.gz") == ".tar"
    assert not is_binary("가람시\n".encode("utf-16-le"))
    assert not is_binary("가람시".encode("cp949"))
    assert is_binary(b"\x7fELF\x02\x01\x01\0\0\0\0\0")
    assert open_stream(io.BytesIO(b"plain")).read() == b"plain"

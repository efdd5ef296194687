"""Outputs: a final name belongs to a complete file, and no file of the user is overwritten or left behind."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from sinks import SETTINGS, file, fill, left
from yoyak import outputs
from yoyak.core.errors import OptionError, OutputError
from yoyak.outputs import files

# -- streams ------------------------------------------------------------------------------------------------


def test_a_stream_gets_header_texts_and_separators() -> None:
    stream = io.StringIO()
    sink = outputs.open_sink(
        None,
        format="csv",
        fingerprint={},
        stream=stream,
        frame=outputs.Frame(header="source\n", separator="--\n"),
    )
    fill(sink, "하나", None, "둘")
    sink.commit()
    assert stream.getvalue() == "source\n하나\n--\n둘\n"


@pytest.mark.parametrize("where", ["stream", "file"])
@pytest.mark.parametrize("values", [[], ['{\n  "가": "나\\n다"\n}'], ["1", "2", '{\n "가": 3\n}']])
def test_json_is_one_value_or_an_array_of_several(tmp_path: Path, where: str, values: list[str]) -> None:
    stream = io.StringIO()
    target = tmp_path / "out.json" if where == "file" else None
    sink = outputs.open_sink(target, format="json", fingerprint={}, stream=stream)
    fill(sink, *values)
    sink.commit()
    found = json.loads(target.read_text() if target else stream.getvalue())
    parsed = [json.loads(value) for value in values]
    assert found == (parsed[0] if len(parsed) == 1 else parsed)


def test_an_interrupted_array_still_parses(tmp_path: Path) -> None:
    stream = io.StringIO()
    sink = outputs.open_sink(None, format="json", fingerprint={}, stream=stream)
    fill(sink, "1", "2")
    sink.suspend()
    assert json.loads(stream.getvalue()) == [1, 2]
    sink = file(tmp_path / "out.json", "json")
    fill(sink, "1", "2")
    sink.suspend()
    assert left(tmp_path) == ["out.json.part"]
    assert json.loads((tmp_path / "out.json.part").read_text()) == [1, 2]
    assert "out.json.part" in sink.resume_hint()


def test_a_closed_pipe_is_raised_and_a_full_disk_is_an_output_error() -> None:
    class Closed(io.StringIO):
        def write(self, _: str, /) -> int:
            raise BrokenPipeError

    sink = outputs.open_sink(None, format="jsonl", fingerprint={}, stream=Closed())
    with pytest.raises(BrokenPipeError):
        fill(sink, "1")
    if os.path.exists("/dev/full"):  # noqa: PTH110
        with Path("/dev/full").open("w") as full:
            sink = outputs.open_sink(None, format="jsonl", fingerprint={}, stream=full)
            with pytest.raises(OutputError, match="stdout"):
                fill(sink, "1")
            with pytest.raises(OSError):  # noqa: PT011  what is left in its buffer cannot go either
                full.close()


@pytest.mark.parametrize(
    "options",
    [{"resume": True, "format": "jsonl"}, {"format": "sqlite"}, {"format": "parquet"}, {"format": "xlsx"}],
)
def test_formats_that_need_a_file_are_refused_on_a_stream(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match="-o"):
        outputs.open_sink(None, fingerprint={}, **options)


def test_a_csv_file_opens_in_excel_and_a_pipe_is_plain(tmp_path: Path) -> None:
    frame = outputs.Frame(header="source,title\n")
    for name in ("out.csv", "out.csv.gz"):
        sink = file(tmp_path / name, "csv", frame=frame)
        fill(sink, "a.txt,도서관")
        sink.commit()
    expected = "\ufeffsource,title\na.txt,도서관\n".encode()
    assert (tmp_path / "out.csv").read_bytes() == expected
    assert gzip.decompress((tmp_path / "out.csv.gz").read_bytes()) == expected
    stream = io.StringIO()
    sink = outputs.open_sink(None, format="csv", fingerprint={}, stream=stream, frame=frame)
    fill(sink, "a.txt,도서관")
    assert stream.getvalue().startswith("source,title")


# -- files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["jsonl", "csv", "md", "txt", "json", "sqlite", "parquet", "xlsx"])
def test_a_file_takes_its_name_when_it_is_complete(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    format = outputs.FORMAT_BY_ENDING[target.suffix]  # noqa: A001
    value: Any = {"schema": 1, "source": "a.txt", "id": None} if format in outputs.FILE_FORMATS else "{}"
    sink = file(target, format)
    fill(sink, value)
    assert not target.exists()
    sink.commit()
    assert left(tmp_path) == [target.name]

    with pytest.raises(OutputError, match="--force"):
        file(target, format)
    assert left(tmp_path) == [target.name]
    before = target.read_bytes()
    sink = file(target, format, force=True)
    fill(sink, value, value)
    assert target.read_bytes() == before
    sink.commit()
    assert target.read_bytes() != before
    assert left(tmp_path) == [target.name]


@pytest.mark.parametrize("ending", ["jsonl", "csv", "json", "sqlite", "parquet", "xlsx"])
def test_a_run_without_results_leaves_no_file(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    sink = file(target, outputs.FORMAT_BY_ENDING[target.suffix])
    sink.suspend()
    assert left(tmp_path) == []
    sink = outputs.open_folder(tmp_path / "out", ending=".json", fingerprint=SETTINGS)
    sink.suspend()
    assert left(tmp_path) == ["out"]


@pytest.mark.parametrize("format", ["jsonl", "json", "sqlite"])
def test_unwritable_places_are_errors(tmp_path: Path, format: str) -> None:  # noqa: A002
    with pytest.raises(OutputError):
        file(tmp_path / "none" / "out", format)
    with pytest.raises(OutputError):
        file(tmp_path, format)
    (tmp_path / "plain").write_text("")
    with pytest.raises(OutputError):
        outputs.open_folder(tmp_path / "plain", ending=".json", fingerprint=SETTINGS)


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="no /dev/stdout here")  # noqa: PTH110
@pytest.mark.parametrize("form", ["jsonl", pytest.param("json", marks=pytest.mark.slow)])
def test_dev_stdout_may_be_a_pipe_or_a_file_in_append_mode(tmp_path: Path, form: str) -> None:
    article = tmp_path / "a.txt"
    article.write_text("다리가 놓인다\n\n가람시가 다리를 놓는다. 다리는 내년에 열린다.\n", encoding="utf-8")
    command = [sys.executable, "-m", "yoyak", str(article), "-o", "/dev/stdout", "--format", form]
    done = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"] == str(article)
    target = tmp_path / "out.jsonl"
    target.write_text("{}\n")
    with target.open("ab") as stdout:
        done = subprocess.run(
            command, stdout=stdout, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=False
        )
    assert done.returncode == 0
    assert target.read_text(encoding="utf-8").startswith("{}\n{")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("format", ["jsonl", "json", "csv"])
def test_writing_to_a_pipe_without_a_reader_raises_an_error(tmp_path: Path, format: str) -> None:  # noqa: A002
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    sink = file(pipe, format)
    fill(sink, "1")
    os.close(reader)
    with pytest.raises(BrokenPipeError):
        fill(sink, "2", "3")
    sink.suspend()
    assert pipe.is_fifo()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110
@pytest.mark.parametrize("format", ["jsonl", "json", "csv"])
def test_a_full_disk_is_an_error(format: str) -> None:  # noqa: A002
    sink = file(Path("/dev/full"), format)
    with pytest.raises(OutputError, match="/dev/full"):
        fill(sink, "1", "2", "3")
    sink.suspend()
    assert Path("/dev/full").exists()


def test_a_run_that_filled_the_disk_can_be_resumed(tmp_path: Path) -> None:
    """A limit on the file size simulates a full disk: a short write, then an error."""
    code = f"""
import resource, signal, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
from sinks import file, fill
from yoyak.core.errors import OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2500, 2500))
sink = file(Path({str(tmp_path / "out.jsonl")!r}), resume=True)
try:
    fill(sink, *("x" * 99 for _ in range(100)))
except OutputError as error:
    print(error)
sink.suspend()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parent, check=True
    )
    assert "out.jsonl" in done.stdout
    sink = file(tmp_path / "out.jsonl", resume=True)
    assert len(sink.keys) == 25
    assert (tmp_path / "out.jsonl").read_text() == ("x" * 99 + "\n") * 25
    sink.suspend()


@pytest.mark.parametrize("ending", ["json", "csv.gz", "sqlite", "parquet", "xlsx"])
def test_a_disk_that_fills_up_is_an_error_in_every_format(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    code = f"""
import random, resource, signal, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
import pytest
from sinks import Made, file
from yoyak import outputs
from yoyak.core.errors import OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
target = Path({str(target)!r})
format = outputs.format_of(target)
sink = file(target, format)
chance = random.Random(1)
written = 0
try:
    while True:
        words = chance.randbytes(500).hex()
        row = {{"schema": 1, "source": words, "id": None}}
        sink.write(Made(row if format in outputs.FILE_FORMATS else words, source=words))
        written += 1
except OutputError as error:
    print(error)
sink.suspend()
assert int(sink.resume_hint().split()[0]) <= written, (written, sink.resume_hint())
if format == "sqlite":
    kept = outputs.open_sink(target, format=format, fingerprint={SETTINGS!r}, resume=True).keys
    assert sink.resume_hint().startswith(str(len(kept)) + " ")
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parent, check=False
    )
    assert done.stderr == ""
    assert f"out.{ending}.part" in done.stdout


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv.gz", "sqlite", "parquet", "xlsx"])
def test_two_runs_cannot_write_the_same_file(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    format = cast("outputs.Format", outputs.format_of(target))  # noqa: A001
    value: Any = {"schema": 1, "source": "a", "id": None} if format in outputs.FILE_FORMATS else "{}"
    first = file(target, format, force=True)
    fill(first, value)
    with pytest.raises(OutputError, match="another run"):
        file(target, format, force=True)
    fill(first, value)
    first.commit()
    assert left(tmp_path) == [target.name]


def test_windows_locks_a_byte_that_no_result_reaches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a lock also stops readers, so the locked byte must be beyond the results."""
    locked: list[int] = []

    def locking(handle: int, _mode: int, count: int) -> None:
        position = os.lseek(handle, 0, os.SEEK_CUR)
        if position in locked:
            raise OSError
        locked.extend(range(position, position + count))

    monkeypatch.setattr("yoyak.outputs.files.sys.platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    raw = files.open_raw(tmp_path / "out", fresh=True)
    files.write_all(raw, b"1", tmp_path / "out")
    assert locked == [files.WINDOWS_LOCK_OFFSET]
    with pytest.raises(OutputError, match="another"):
        files.open_raw(tmp_path / "out", fresh=True)
    raw.close()
    assert (tmp_path / "out").read_bytes() == b"1"


def test_links_are_followed_and_permissions_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "real.jsonl").chmod(0o640)
    (tmp_path / "out.jsonl").symlink_to(tmp_path / "real.jsonl")
    sink = file(tmp_path / "out.jsonl", force=True)
    fill(sink, "{}")
    sink.commit()
    assert (tmp_path / "out.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_text() == "{}\n"
    assert (tmp_path / "real.jsonl").stat().st_mode & 0o777 == 0o640


def test_lone_surrogates_are_written_as_escapes(tmp_path: Path) -> None:
    sink = file(tmp_path / "out.jsonl")
    fill(sink, '{"id": "\ud800"}')
    sink.commit()
    assert json.loads((tmp_path / "out.jsonl").read_bytes()) == {"id": "\ud800"}

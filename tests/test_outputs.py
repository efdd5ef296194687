"""Outputs: what has its final name is whole, and nothing of the reader's is overwritten or left behind."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import string
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak import morphology, outputs, pipeline
from yoyak.errors import MissingExtraError, OptionError, OutputError
from yoyak.model import Failed, Summary
from yoyak.options import Options
from yoyak.outputs.folder import JOURNAL, safe_name, safe_place
from yoyak.outputs.rows import search_terms
from yoyak.outputs.sink import key_of

SETTINGS = {"yoyak": "1", "format": "jsonl"}


@dataclass(frozen=True)
class Made:
    value: Any
    source: str = "a.txt"
    place: str = "a.txt"
    stamp: int = 0
    id: str | None = None
    failed: object | None = None


def made(*values: Any) -> list[Made]:
    return [
        Made(value, source=f"rows:{number}", place=f"rows/{number}") for number, value in enumerate(values, 1)
    ]


def file(path: Path, format: str = "jsonl", **options: Any) -> Any:  # noqa: A002
    return outputs.open_sink(path, format=format, fingerprint=SETTINGS, **options)  # type: ignore[arg-type]


def fill(sink: Any, *values: Any) -> None:
    for result in made(*values):
        sink.write(result)


def left(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


# -- streams ------------------------------------------------------------------------------------------------


def test_texts_go_to_a_stream_with_their_frame() -> None:
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


def test_a_closed_pipe_passes_through_and_a_full_disk_is_said() -> None:
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
    "options", [{"resume": True, "format": "jsonl"}, {"format": "sqlite"}, {"format": "parquet"}]
)
def test_what_needs_a_file_says_so(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match="-o"):
        outputs.open_sink(None, fingerprint={}, **options)


# -- files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["jsonl", "csv", "md", "txt", "json", "sqlite", "parquet"])
def test_a_file_has_its_name_only_when_it_is_whole(tmp_path: Path, ending: str) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / f"out.{ending}"
    format = outputs.FORMAT_BY_ENDING[target.suffix]  # noqa: A001
    value: Any = {"schema": 1, "source": "a.txt", "id": None} if format in ("sqlite", "parquet") else "{}"
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


@pytest.mark.parametrize("ending", ["jsonl", "csv", "json", "sqlite", "parquet"])
def test_a_run_that_did_nothing_leaves_nothing(tmp_path: Path, ending: str) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / f"out.{ending}"
    sink = file(target, outputs.FORMAT_BY_ENDING[target.suffix])
    sink.suspend()
    assert left(tmp_path) == []
    sink = outputs.open_folder(tmp_path / "out", ending=".json", fingerprint=SETTINGS)
    sink.suspend()
    assert left(tmp_path) == ["out"]


@pytest.mark.parametrize("format", ["jsonl", "json", "sqlite"])
def test_places_that_cannot_be_written_are_said(tmp_path: Path, format: str) -> None:  # noqa: A002
    with pytest.raises(OutputError):
        file(tmp_path / "none" / "out", format)
    with pytest.raises(OutputError):
        file(tmp_path, format)
    (tmp_path / "plain").write_text("")
    with pytest.raises(OutputError):
        outputs.open_folder(tmp_path / "plain", ending=".json", fingerprint=SETTINGS)


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="no /dev/stdout here")  # noqa: PTH110
@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_standard_output_by_its_name_may_be_a_pipe(tmp_path: Path, form: str) -> None:
    article = tmp_path / "a.txt"
    article.write_text("다리가 놓인다\n\n가람시가 다리를 놓는다. 다리는 내년에 열린다.\n", encoding="utf-8")
    command = [sys.executable, "-m", "yoyak", str(article), "-o", "/dev/stdout", "--format", form]
    done = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["source"] == str(article)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")  # noqa: PTH110
@pytest.mark.parametrize("format", ["jsonl", "json", "csv"])
def test_a_full_disk_is_said(format: str) -> None:  # noqa: A002
    sink = file(Path("/dev/full"), format)
    with pytest.raises(OutputError, match="/dev/full"):
        fill(sink, "1", "2", "3")
    sink.suspend()
    assert Path("/dev/full").exists()


def test_a_full_disk_keeps_what_fitted_and_goes_on_later(tmp_path: Path) -> None:
    """A limit on file size stands for the full disk: the write comes back short, then fails."""
    code = f"""
import resource, signal, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
from test_outputs import file, fill
from yoyak.errors import OutputError
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


@pytest.mark.parametrize("ending", ["json", "csv.gz", "sqlite", "parquet"])
def test_a_disk_that_fills_up_is_an_error_whatever_is_written(tmp_path: Path, ending: str) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / f"out.{ending}"
    code = f"""
import random, resource, signal, sys
sys.path[:0] = {sys.path!r}
from pathlib import Path
import pytest
from test_outputs import file
from test_outputs import Made
from yoyak import outputs
from yoyak.errors import OutputError
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
        sink.write(Made(row if format in ("sqlite", "parquet") else words, source=words))
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


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv.gz", "sqlite", "parquet"])
def test_two_runs_do_not_write_one_file(tmp_path: Path, ending: str) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / f"out.{ending}"
    format = cast("outputs.Format", outputs.format_of(target))  # noqa: A001
    value: Any = {"schema": 1, "source": "a", "id": None} if format in ("sqlite", "parquet") else "{}"
    first = file(target, format, force=True)
    fill(first, value)
    with pytest.raises(OutputError, match="another run"):
        file(target, format, force=True)
    fill(first, value)
    first.commit()
    assert left(tmp_path) == [target.name]


def test_a_link_is_written_through_and_permissions_stay(tmp_path: Path) -> None:
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


# -- resuming -----------------------------------------------------------------------------------------------


def interrupted(target: Path, *values: str, resume: bool = True) -> None:
    sink = file(target, resume=resume)
    fill(sink, *values)
    sink.suspend()


def go_on(target: Path, *values: str, **options: Any) -> int:
    """Resume and write what is missing; how much was there."""
    sink = file(target, resume=True, **options)
    there = len(sink.keys)
    for result in made(*values)[there:]:
        sink.write(result)
    sink.commit()
    return there


VALUES = tuple(json.dumps({"n": n, "글": "가" * n}, ensure_ascii=False) for n in range(8))
WHOLE = "".join(value + "\n" for value in VALUES)


@pytest.mark.parametrize("resume", [True, False])
def test_what_was_done_is_not_done_again(tmp_path: Path, resume: bool) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:5], resume=resume)
    assert target.exists() == resume
    assert go_on(target, *VALUES) == 5
    assert target.read_text() == WHOLE
    assert left(tmp_path) == ["out.jsonl", "out.jsonl.journal"]
    assert go_on(target, *VALUES) == 8
    assert target.read_text() == WHOLE


@pytest.mark.parametrize("cut", range(1, 60, 7))
@pytest.mark.parametrize("victim", ["out.jsonl", "out.jsonl.journal"])
def test_a_cut_anywhere_is_repaired(tmp_path: Path, victim: str, cut: int) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:6])
    data = (tmp_path / victim).read_bytes()
    (tmp_path / victim).write_bytes(data[:-cut])
    assert go_on(target, *VALUES) in (3, 4, 5)
    assert target.read_text() == WHOLE


def test_failures_of_an_earlier_run_are_remembered(tmp_path: Path) -> None:
    for target in (tmp_path / "out.jsonl", tmp_path / "out.sqlite", tmp_path / "out"):

        def open_again(target: Path = target) -> Any:
            if target.suffix:
                return file(target, outputs.FORMAT_BY_ENDING[target.suffix], resume=True)
            return folder(target, resume=True)

        row = {"schema": 1, "source": "a", "id": None}
        broken = {**row, "error": {"code": "empty", "message": "a: nothing"}}
        sink = open_again()
        for number, value in enumerate([row, broken, broken]):
            shown: Any = value if target.suffix == ".sqlite" else json.dumps(value)
            failed = value.get("error")
            sink.write(Made(shown, source=str(number), place=f"{number}.txt", failed=failed))
        sink.suspend()
        sink = open_again()
        assert (len(sink.keys), sink.failed) == (3, 2)
        sink.suspend()


def test_zeros_after_a_power_cut_are_repaired(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:6])
    data = target.read_bytes()
    target.write_bytes(data[:-70] + bytes(70))
    assert go_on(target, *VALUES) < 6
    assert target.read_text() == WHOLE


def test_other_settings_are_refused_by_name_unless_told(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:3])
    before = target.read_bytes()
    with pytest.raises(OptionError, match="yoyak 1 → 2"):
        outputs.open_sink(target, format="jsonl", fingerprint={**SETTINGS, "yoyak": "2"}, resume=True)
    assert target.read_bytes() == before
    sink = outputs.open_sink(
        target, format="jsonl", fingerprint={**SETTINGS, "yoyak": "2"}, resume=True, force=True
    )
    assert len(sink.keys) == 3
    sink.suspend()


def test_other_inputs_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:3])
    sink = file(target, resume=True)
    assert list(outputs.resumed(iter(made(*VALUES)), sink)) == made(*VALUES)[3:]
    with pytest.raises(OutputError, match="inputs changed"):
        list(outputs.resumed(iter([Made("x", source="new.txt"), *made(*VALUES)]), sink))
    with pytest.raises(OutputError, match="inputs changed"):
        list(outputs.resumed(iter(made(*VALUES)[:2]), sink))
    sink.suspend()


@pytest.mark.parametrize("form", ["jsonl", "sqlite"])
def test_an_edited_input_is_refused_unless_forced_and_one_that_was_not_read_is_not_known_to_be(
    tmp_path: Path, form: str
) -> None:
    target = tmp_path / f"out.{form}"
    rows = [{"schema": 1, "source": name, "id": None} for name in ("a", "b")]
    values: list[Any] = rows if form == "sqlite" else ["{}", "{}"]

    def inputs(*stamps: int) -> list[Made]:
        return [
            Made(value, source=name, stamp=stamp)
            for value, name, stamp in zip(values, "ab", stamps, strict=True)
        ]

    sink = file(target, form, resume=True)
    for result in inputs(0xFFFFFFFF, 0):
        sink.write(result)
    sink.suspend()
    sink = file(target, form, resume=True)
    assert list(outputs.resumed(iter(inputs(0xFFFFFFFF, 5)), sink)) == []
    assert list(outputs.resumed(iter(inputs(0, 0)), sink)) == []
    with pytest.raises(OutputError, match="a changed since"):
        list(outputs.resumed(iter(inputs(7, 0)), sink))
    assert list(outputs.resumed(iter(inputs(7, 0)), sink, force=True)) == []
    sink.suspend()


def test_a_file_without_a_journal_is_not_resumed(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("mine\n")
    with pytest.raises(OutputError, match="journal"):
        file(target, resume=True)
    assert target.read_text() == "mine\n"


def test_an_unfinished_run_is_not_lost_by_starting_over_unasked(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:3], resume=False)
    with pytest.raises(OutputError, match="--resume"):
        file(target)
    sink = file(target, force=True)
    fill(sink, "{}")
    sink.commit()
    assert left(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("ending", ["json", "parquet", "jsonl.gz", "csv.xz"])
def test_what_cannot_be_resumed_is_not_lost_by_starting_over_unasked(tmp_path: Path, ending: str) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / f"out.{ending}"
    format = cast("outputs.Format", outputs.format_of(target))  # noqa: A001
    value: Any = {"schema": 1, "source": "a.txt", "id": None} if format == "parquet" else "{}"
    sink = file(target, format)
    fill(sink, value, value)
    sink.suspend()
    part = tmp_path / f"out.{ending}.part"
    kept = part.read_bytes()
    with pytest.raises(OutputError, match="--force"):
        file(target, format)
    assert part.read_bytes() == kept
    sink = file(target, format, force=True)
    fill(sink, value)
    sink.commit()
    assert left(tmp_path) == [target.name]


def test_a_part_whose_journal_is_gone_is_not_written_over_unasked(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:3], resume=False)
    (tmp_path / "out.jsonl.journal").unlink()
    with pytest.raises(OutputError, match="--force"):
        file(target)
    assert (tmp_path / "out.jsonl.part").read_bytes()


def test_csv_goes_on_under_its_header(tmp_path: Path) -> None:
    frame = outputs.Frame(header="source,title\n")
    target = tmp_path / "out.csv"
    sink = file(target, "csv", frame=frame, resume=True)
    fill(sink, "a,1", "b,2")
    sink.suspend()
    sink = file(target, "csv", frame=frame, resume=True)
    sink.write(made("a,1", "b,2", "c,3")[2])
    sink.commit()
    assert target.read_text() == "source,title\na,1\nb,2\nc,3\n"


@pytest.mark.parametrize("ending", ["json", "parquet"])
def test_what_cannot_be_resumed_says_why(tmp_path: Path, ending: str) -> None:
    with pytest.raises(OptionError, match=r"out\.jsonl"):
        file(tmp_path / f"out.{ending}", ending, resume=True)


@given(
    st.lists(st.text(string.printable + "가나다", max_size=30), max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 40), st.integers(0, 40)), max_size=3),
)
def test_a_run_stopped_and_cut_anywhere_ends_like_one_unbroken(
    values: list[str], stops: list[tuple[int, int, int]]
) -> None:
    frame = outputs.Frame(header="머리\n", separator="\n")
    with tempfile.TemporaryDirectory() as folder:
        whole = file(Path(folder, "whole.md"), "markdown", frame=frame)
        fill(whole, *values)
        whole.commit()
        target = Path(folder, "out.md")
        for more, *cuts in [*stops, (len(values), 0, 0)]:
            sink = file(target, "markdown", frame=frame, resume=True)
            there = len(sink.keys)
            for result in made(*values)[there : there + more]:
                sink.write(result)
            sink.suspend()
            for path, cut in zip((target, Path(folder, "out.md.journal")), cuts, strict=True):
                if path.exists():
                    header = path.read_bytes().index(b"\n") + 1
                    os.truncate(path, max(header, path.stat().st_size - cut))
        assert (target.read_bytes() if values else b"") == (
            Path(folder, "whole.md").read_bytes() if values else b""
        )


# -- a file for each article --------------------------------------------------------------------------------


def folder(path: Path, **options: Any) -> Any:
    return outputs.open_folder(path, ending=".json", fingerprint=SETTINGS, **options)


def test_the_tree_of_the_inputs_is_mirrored(tmp_path: Path) -> None:
    sink = folder(tmp_path)
    for place, own_id in [
        ("2024/a.txt", None),
        ("2024/a.html", None),
        ("b.txt.gz", None),
        ("rows/1", "n-1"),
        ("rows/2", None),
    ]:
        sink.write(Made("{}", place=place, id=own_id))
    sink.write(Made(None, place="failed.txt"))
    sink.commit()
    assert left(tmp_path) == [
        "2024",
        "2024/a-2.json",
        "2024/a.json",
        "b.json",
        "rows",
        "rows/2.json",
        "rows/n-1.json",
    ]


def test_names_that_differ_in_case_only_do_not_meet(tmp_path: Path) -> None:
    sink = folder(tmp_path)
    for place in ("A.txt", "a.txt", "a-2.txt"):
        sink.write(Made(place, place=place))
    sink.commit()
    assert left(tmp_path) == ["A.json", "a-2-2.json", "a-2.json"]


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("mine")
    sink = folder(tmp_path)
    with pytest.raises(OutputError, match="--force"):
        sink.write(Made("{}", place="a.txt"))
    sink.suspend()
    assert left(tmp_path) == ["a.json"]
    sink = folder(tmp_path, force=True)
    sink.write(Made("{}", place="a.txt"))
    sink.commit()
    assert (tmp_path / "a.json").read_text() == "{}\n"


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "2024").symlink_to(tmp_path / "elsewhere")
    sink = folder(tmp_path / "out", force=True)
    with pytest.raises(OutputError, match="outside"):
        sink.write(Made("{}", place="2024/05/a.txt"))
    sink.suspend()
    assert not any((tmp_path / "elsewhere").iterdir())


def test_a_folder_is_resumed_file_by_file(tmp_path: Path) -> None:
    results = [Made(f"{n}", source=f"{n}.txt", place=f"{n}.txt") for n in range(5)]
    sink = folder(tmp_path, resume=True)
    for result in results[:3]:
        sink.write(result)
    sink.suspend()
    (tmp_path / "3.json").write_text("written, not vouched for")
    (tmp_path / "2.json").write_text("")
    sink = folder(tmp_path, resume=True)
    assert list(sink.keys) == [key_of("0.txt", 0), key_of("1.txt", 0)]
    for result in results[2:]:
        sink.write(result)
    sink.commit()
    assert left(tmp_path) == sorted([JOURNAL, *(f"{n}.json" for n in range(5))])
    assert [(tmp_path / f"{n}.json").read_text() for n in range(5)] == [f"{n}\n" for n in range(5)]


NAMES = st.text(st.sampled_from("가나a./\\:*?\0\n\u202e\ud800 ~-") | st.characters(), max_size=40)


@given(NAMES, NAMES | st.none())
def test_no_name_leads_out_of_the_folder(place: str, own_id: str | None) -> None:
    name = safe_place(place, own_id, ".json")
    parts = Path(name).parts
    assert not Path(name).is_absolute()
    assert ".." not in parts
    assert all(0 < len(part.encode()) <= 255 for part in parts)
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cs", "Zl", "Zp"}
    assert name.endswith(".json")


@given(st.lists(st.tuples(NAMES, NAMES), max_size=8))
def test_every_result_has_a_file_of_its_own_inside(places: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        sink = folder(Path(root, "out"))
        for number, (place, own_id) in enumerate(places):
            sink.write(Made(str(number), place=place, id=own_id or None))
        sink.commit()
        files = [path for path in Path(root).rglob("*") if path.is_file()]
        assert sorted(path.read_text() for path in files) == sorted(f"{n}\n" for n in range(len(places)))
        assert all(path.is_relative_to(Path(root, "out")) for path in files)


def test_long_names_keep_apart() -> None:
    assert safe_name("가" * 300 + "1") != safe_name("가" * 300 + "2")
    assert len(safe_name("가" * 300).encode()) <= 200


# -- databases and tables -----------------------------------------------------------------------------------

BODY = (
    "가람시가 데이터센터를 짓는다. 데이터센터는 2028년에 문을 연다.\n\n"
    "반서윤 시장은 “전력은 바닷바람으로 댄다”고 말했다. 주민들은 냉각수를 걱정했다."
)


@pytest.fixture(scope="module")
def outcomes(kiwi: object) -> list[Summary | Failed]:  # noqa: ARG001
    options = Options()
    article = pipeline.read(f"가람시 데이터센터\n\n{BODY}".encode(), source="a.txt", options=options)
    other = pipeline.read_row(
        {"id": "n2", "title": "쌀값", "text": "쌀값이 크게 올랐다. 농민들이 반겼다. 정부는 지켜본다고 했다."},
        source="b:2",
        options=options,
    )
    return [
        pipeline.summarize(article, options),
        Failed(source="c.txt", id=None, code="empty", message="c.txt: nothing"),
        pipeline.summarize(other, options),
    ]


@pytest.fixture
def database(tmp_path: Path, outcomes: list[Summary | Failed]) -> Iterator[sqlite3.Connection]:
    sink = file(tmp_path / "out.sqlite", "sqlite")
    fill(sink, *map(outputs.sqlite_row, outcomes))
    sink.commit()
    database = sqlite3.connect(tmp_path / "out.sqlite")
    yield database
    database.close()


def test_a_database_holds_every_outcome(
    database: sqlite3.Connection, outcomes: list[Summary | Failed]
) -> None:
    found = database.execute("SELECT number, source, error_code FROM articles ORDER BY number").fetchall()
    assert found == [(1, "a.txt", None), (2, "c.txt", "empty"), (3, "b:2", None)]
    first = outcomes[0]
    assert isinstance(first, Summary)
    kept = database.execute("SELECT text FROM sentences WHERE article = 1 ORDER BY position").fetchall()
    assert [text for (text,) in kept] == [s.text for s in first.sentences]
    terms = database.execute("SELECT term FROM keywords WHERE article = 1 ORDER BY rank").fetchall()
    assert [term for (term,) in terms] == [k.term for k in first.keywords]
    assert database.execute("SELECT body FROM articles WHERE number = 1").fetchone() == (first.article.text,)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("데이터센터", [1]),
        ("데이터", [1]),
        ("바닷바람", [1]),
        ("쌀값 정부", [3]),
        ("title:쌀값", [3]),
        ("반서*", [1]),
        ("강아지", []),
    ],
)
def test_a_database_is_searched_by_nouns_without_particles(
    database: sqlite3.Connection, query: str, found: list[int]
) -> None:
    sql = "SELECT a.number FROM search JOIN articles a ON a.number = search.rowid WHERE search MATCH ? ORDER BY search.rank"
    assert [number for (number,) in database.execute(sql, (query,))] == found


def test_the_query_in_the_documentation_runs(database: sqlite3.Connection) -> None:
    from yoyak.outputs import database as module

    query = (module.__doc__ or "").partition("SELECT")[2].partition(";")[0]
    assert len(database.execute("SELECT" + query).fetchall()) == 1


def test_a_database_is_resumed_row_by_row(tmp_path: Path, outcomes: list[Summary | Failed]) -> None:
    results = made(*map(outputs.sqlite_row, outcomes))
    for resume in (True, False):
        target = tmp_path / f"{resume}.sqlite"
        sink = file(target, "sqlite", resume=resume)
        for result in results[:2]:
            sink.write(result)
        sink.suspend()
        with pytest.raises(OptionError, match="settings"):
            outputs.open_sink(target, format="sqlite", fingerprint={"yoyak": "2"}, resume=True)
        sink = file(target, "sqlite", resume=True)
        assert len(sink.keys) == 2
        sink.write(results[2])
        sink.commit()
        connection = sqlite3.connect(target)
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
        connection.close()


def test_search_terms_are_nouns_as_printed(kiwi: object) -> None:  # noqa: ARG001
    text = "가람시의 데이터센터를 둘러봤다."
    terms = list(search_terms(text, morphology.tokenize(text)))
    assert {"데이터센터", "데이터", "센터"} <= set(terms)
    assert not any(term.endswith(("를", "의")) for term in terms)


def test_parquet_has_the_columns_of_the_record(tmp_path: Path, outcomes: list[Summary | Failed]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    sink = file(tmp_path / "out.parquet", "parquet")
    fill(sink, *map(outputs.parquet_row, outcomes))
    sink.commit()
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    for row, outcome in zip(rows, outcomes, strict=True):
        kept = {name: value for name, value in row.items() if value is not None}
        wanted = {name: value for name, value in outputs.parquet_row(outcome).items() if value is not None}
        assert kept == wanted


def test_an_interrupted_parquet_file_can_be_read(tmp_path: Path, outcomes: list[Summary | Failed]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    sink = file(tmp_path / "out.parquet", "parquet")
    fill(sink, outputs.parquet_row(outcomes[0]))
    sink.suspend()
    assert left(tmp_path) == ["out.parquet.part"]
    assert parquet.read_table(tmp_path / "out.parquet.part").num_rows == 1


def test_without_pyarrow_parquet_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"yoyak\[parquet\]"):
        file(tmp_path / "out.parquet", "parquet")
    assert left(tmp_path) == []

"""Unfinished outputs: finished results are recognized, and the final output is that of an unbroken run."""

from __future__ import annotations

import json
import os
import string
import tempfile
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinks import SETTINGS, Made, file, fill, folder, left, made
from yoyak import outputs
from yoyak.core.errors import OptionError, OutputError


def interrupted(target: Path, *values: str, resume: bool = True) -> None:
    sink = file(target, resume=resume)
    fill(sink, *values)
    sink.suspend()


def go_on(target: Path, *values: str, **options: Any) -> int:
    """Resume, write the missing results, and return how many existed."""
    sink = file(target, resume=True, **options)
    there = len(sink.keys)
    for result in made(*values)[there:]:
        sink.write(result)
    sink.commit()
    return there


VALUES = tuple(json.dumps({"n": n, "글": "가" * n}, ensure_ascii=False) for n in range(8))
WHOLE = "".join(value + "\n" for value in VALUES)


@pytest.mark.parametrize("resume", [True, False])
def test_finished_results_are_not_repeated(tmp_path: Path, resume: bool) -> None:
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


def test_other_settings_are_refused_by_name_without_force(tmp_path: Path) -> None:
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
    with pytest.raises(OutputError, match="there are only 2"):
        list(outputs.resumed(iter(made(*VALUES)[:2]), sink))
    sink.suspend()


@pytest.mark.parametrize("form", ["jsonl", "sqlite"])
def test_an_edited_input_is_refused_without_force(tmp_path: Path, form: str) -> None:
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
    with pytest.raises(OutputError, match="a changed after"):
        list(outputs.resumed(iter(inputs(7, 0)), sink))
    assert list(outputs.resumed(iter(inputs(7, 0)), sink, force=True)) == []
    sink.suspend()


def test_a_file_without_a_journal_is_not_resumed(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("mine\n")
    with pytest.raises(OutputError, match="journal"):
        file(target, resume=True)
    assert target.read_text() == "mine\n"


def test_an_unfinished_run_is_deleted_only_with_force(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:3], resume=False)
    with pytest.raises(OutputError, match="--resume"):
        file(target)
    sink = file(target, force=True)
    fill(sink, "{}")
    sink.commit()
    assert left(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("ending", ["json", "parquet", "jsonl.gz", "csv.xz"])
def test_an_unfinished_file_that_cannot_be_resumed_is_deleted_only_with_force(
    tmp_path: Path, ending: str
) -> None:
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


def test_an_unfinished_file_without_its_journal_is_deleted_only_with_force(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    interrupted(target, *VALUES[:3], resume=False)
    (tmp_path / "out.jsonl.journal").unlink()
    with pytest.raises(OutputError, match="--force"):
        file(target)
    assert (tmp_path / "out.jsonl.part").read_bytes()


def test_a_csv_file_is_resumed_after_its_header(tmp_path: Path) -> None:
    frame = outputs.Frame(header="source,title\n")
    target = tmp_path / "out.csv"
    sink = file(target, "csv", frame=frame, resume=True)
    fill(sink, "a,1", "b,2")
    sink.suspend()
    sink = file(target, "csv", frame=frame, resume=True)
    sink.write(made("a,1", "b,2", "c,3")[2])
    sink.commit()
    assert target.read_text() == "\ufeffsource,title\na,1\nb,2\nc,3\n"


@pytest.mark.parametrize("ending", ["json", "parquet", "xlsx"])
def test_formats_that_cannot_be_resumed_say_why(tmp_path: Path, ending: str) -> None:
    with pytest.raises(OptionError, match=r"out\.jsonl"):
        file(tmp_path / f"out.{ending}", ending, resume=True)


@given(
    st.lists(st.text(string.printable + "가나다", max_size=30), max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 40), st.integers(0, 40)), max_size=3),
)
def test_a_run_stopped_and_truncated_anywhere_gives_the_same_output(
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

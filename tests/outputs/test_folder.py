"""A folder with one file per article: names are safe on every system, and nothing is written outside."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinks import Made, folder, left
from yoyak.core.errors import OutputError
from yoyak.outputs.files import safe_name, safe_place
from yoyak.outputs.resumable import FOLDER_JOURNAL as JOURNAL
from yoyak.outputs.sinks import key_of


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


def test_names_that_differ_only_in_case_get_different_files(tmp_path: Path) -> None:
    sink = folder(tmp_path)
    for place in ("A.txt", "a.txt", "a-2.txt"):
        sink.write(Made(place, place=place))
    sink.commit()
    assert left(tmp_path) == ["A.json", "a-2-2.json", "a-2.json"]


def test_existing_files_are_not_overwritten(tmp_path: Path) -> None:
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
def test_every_result_has_its_own_file_in_the_folder(places: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as root:
        sink = folder(Path(root, "out"))
        for number, (place, own_id) in enumerate(places):
            sink.write(Made(str(number), place=place, id=own_id or None))
        sink.commit()
        files = [path for path in Path(root).rglob("*") if path.is_file()]
        assert sorted(path.read_text() for path in files) == sorted(f"{n}\n" for n in range(len(places)))
        assert all(path.is_relative_to(Path(root, "out")) for path in files)


def test_notes_have_names_that_can_be_linked() -> None:
    assert safe_place("2024/[단독] a#1^b|c.txt", None, ".md") == "2024/_단독_ a_1_b_c.md"
    assert safe_place("rows/1", "n[1]", ".md") == "rows/n_1_.md"


def test_each_file_of_a_folder_has_the_header(tmp_path: Path) -> None:
    sink = folder(tmp_path, header="\ufeffsource,title\n")
    sink.write(Made("a.txt,도서관", place="a.txt"))
    sink.commit()
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == "\ufeffsource,title\na.txt,도서관\n"


def test_long_names_stay_different() -> None:
    assert safe_name("가" * 300 + "1") != safe_name("가" * 300 + "2")
    assert len(safe_name("가" * 300).encode()) <= 200

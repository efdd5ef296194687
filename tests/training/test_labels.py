"""Label files: the references of a row."""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING, Any

import pytest

from yoyak.core.errors import EmptyArticleError, OptionError, RowError
from yoyak.core.options import Fields
from yoyak.training import labels

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = ["솔내시는 강변에 새 도서관을 연다고 밝혔다.", "문은 다음 달 열린다고 한다."]


def label(**row: Any) -> labels.Label:
    return labels.label_of({"sentences": SENTENCES, **row}, source="t", fields=Fields())


def test_references_are_read_and_a_missing_one_is_empty() -> None:
    bare = label()
    assert (bare.chosen, bare.reference, bare.deck, bare.keywords) == (frozenset(), "", "", ())
    assert bare.acceptable is None
    assert label(gold_extractive=[0], acceptable=[]).acceptable == frozenset()
    court = label(gold_extractive=[0], acceptable=[1], kind="court")
    assert (court.acceptable, court.kind) == (frozenset({1}), "court")
    full = label(gold_extractive=[1], gold_abstractive="도서관이 열린다", keywords=["도서관"])
    assert (full.chosen, full.reference, full.deck, full.keywords) == (
        frozenset({1}),
        "도서관이 열린다",
        "",
        ("도서관",),
    )


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"sentences": "한 줄"}, RowError),
        ({"sentences": []}, EmptyArticleError),
        ({"gold_extractive": [True]}, RowError),
        ({"gold_extractive": [0, 2]}, RowError),
        ({"acceptable": [0, 2]}, RowError),
        ({"acceptable": "0"}, RowError),
        ({"deck": ["달빛도서관", "다음 달 연다"]}, RowError),
        ({"gold_abstractive": 5}, RowError),
        ({"keywords": "도서관"}, RowError),
    ],
)
def test_a_bad_row_is_an_input_error(row: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        label(**row)


def test_compressed_files_read_the_same_and_have_another_digest(tmp_path: Path) -> None:
    line = (
        json.dumps({"id": "town-1", "sentences": SENTENCES, "gold_extractive": [0]}, ensure_ascii=False)
        + "\n"
    )
    plain, packed = tmp_path / "labels.jsonl", tmp_path / "labels.jsonl.xz"
    plain.write_text(line * 2, encoding="utf-8")
    packed.write_bytes(lzma.compress((line * 2).encode()))

    one, other = list(labels.read([plain])), list(labels.read([packed]))
    assert [found.chosen for found in one] == [found.chosen for found in other] == [frozenset({0})] * 2
    assert labels.digest([plain]) == labels.digest([plain]) != labels.digest([packed])


def test_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "labels.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(OptionError, match="not a folder"):
        list(labels.read([tmp_path]))

"""The Python API: typed, lazy, and the same results as the command."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import yoyak
from yoyak.core.errors import (
    DecodeError,
    EmptyArticleError,
    MissingExtraError,
    OptionError,
    TooLargeError,
    UnreadableError,
)
from yoyak.core.options import KeywordOptions, Length, Options, RankOptions, ReadOptions
from yoyak.outputs import render

PAGE = """새벽시장, 백 년 만에 지붕 얹는다

입력 2026.04.05 06:30

[가람=한빛신문] 이보람 기자 = 가람 새벽시장이 문을 연 지 백 년 만에 지붕을 얹는다.

시장 상인회는 비가림 공사를 다음 달 시작한다고 5일 밝혔다. 공사비 36억원은 시와 상인회가 나눠 낸다.

상인들은 비 오는 날에도 손님을 맞을 수 있게 됐다며 반겼다.
"""


def test_a_page_in_any_form_is_the_same_article(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE.encode("cp949"))
    texts = {yoyak.extract(page).text for page in (PAGE, PAGE.encode(), path, str(PAGE))}
    assert len(texts) == 1


def test_given_heads_win() -> None:
    moment = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=9)))
    article = yoyak.extract(PAGE, title="다른 제목", published=moment)
    assert (article.title, article.published) == ("다른 제목", moment)


def test_summary_of_a_page_or_an_article() -> None:
    article = yoyak.extract(PAGE)
    one, other = yoyak.summarize(PAGE, sentences=2), yoyak.summarize(article, sentences=2)
    assert [s.text for s in one.sentences] == [s.text for s in other.sentences]
    assert len(one.sentences) == 2
    assert all(article.text[s.start : s.end] == s.text for s in one.sentences)


def test_three_sentences_unless_limited() -> None:
    assert len(yoyak.summarize(PAGE).sentences) == 3
    assert len(yoyak.summarize(PAGE, ratio=0.25).sentences) == 1
    assert sum(len(s.text) for s in yoyak.summarize(PAGE, chars=60).sentences) <= 60


def test_one_options_record_says_it_all() -> None:
    options = Options(
        rank=RankOptions(method="lead", length=Length(sentences=1)), keywords=KeywordOptions(limit=2)
    )
    summary = yoyak.summarize(PAGE, options=options)
    assert summary.sentences[0].index == 0
    assert len(summary.keywords) == 2


def test_errors_are_in_one_tree(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        yoyak.extract(tmp_path / "none.txt")
    with pytest.raises(EmptyArticleError):
        yoyak.extract("로그인\n회원가입\n")
    with pytest.raises(DecodeError):
        yoyak.extract(PAGE.encode("utf-16"), encoding="ascii")
    with pytest.raises(OptionError):
        yoyak.summarize(PAGE, sentences=0)
    with pytest.raises(yoyak.YoyakError):
        yoyak.extract("")


def test_all_public_names_are_there() -> None:
    assert [getattr(yoyak, name).__name__ for name in yoyak.__all__] == yoyak.__all__
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        yoyak.nonsense  # noqa: B018


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, yoyak; print(len([m for m in sys.modules if m.startswith('yoyak')]), 'numpy' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_package()
    )
    assert ran.stdout.split() == ["1", "False"]


def _package() -> Path:
    return Path(yoyak.__file__).parents[1]


def test_a_packed_file_is_unpacked_and_told_of(tmp_path: Path) -> None:
    path = tmp_path / "page.txt.gz"
    path.write_bytes(gzip.compress(PAGE.encode("cp949")))
    article = yoyak.extract(path)
    assert article.text == yoyak.extract(PAGE).text
    assert article.encoding == "cp949"
    with pytest.raises(TooLargeError):
        yoyak.summarize(path, options=Options(read=ReadOptions(max_bytes=10)))


def test_values_that_make_no_sense_are_refused() -> None:
    with pytest.raises(OptionError, match="hybrid, lead"):
        yoyak.summarize(PAGE, method="newest")  # type: ignore[arg-type]  # the point
    with pytest.raises(OptionError, match="the minimum is 0"):
        yoyak.summarize(PAGE, keywords=-1)


# -- many pages


def test_many_pages_give_one_result_each_in_order(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="cp949")
    pages: list[str | bytes | Path] = [
        PAGE,
        "로그인\n회원가입\n",
        PAGE.encode(),
        path,
        tmp_path / "none.txt",
        PAGE,
    ]
    for jobs in (1, 2):
        results = list(yoyak.summarize_many(iter(pages), jobs=jobs))
        kinds = [type(result) for result in results]
        assert kinds == [
            yoyak.Summary,
            EmptyArticleError,
            yoyak.Summary,
            yoyak.Summary,
            UnreadableError,
            yoyak.Summary,
        ]
        texts = [[s.text for s in r.sentences] for r in results if isinstance(r, yoyak.Summary)]
        assert texts == [[s.text for s in yoyak.summarize(PAGE).sentences]] * 4
    assert list(yoyak.summarize_many([])) == []


def test_many_pages_obey_options() -> None:
    options = Options(rank=RankOptions(length=Length(sentences=1)), quotes=True)
    [one] = yoyak.summarize_many([PAGE], options=options)
    assert isinstance(one, yoyak.Summary)
    assert len(one.sentences) == 1
    assert one.quotes == ()
    with pytest.raises(OptionError):
        list(yoyak.summarize_many([PAGE, PAGE], options=Options(background=Path("none.gz")), jobs=1))


@pytest.mark.parametrize("call", [yoyak.extract, yoyak.summarize])
def test_a_path_given_as_text_is_recognized(tmp_path: Path, call: Callable[[str], object]) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    with pytest.raises(EmptyArticleError, match=r"did you mean Path\("):
        call(str(path))
    [result] = yoyak.summarize_many([str(path)])
    assert "did you mean" in str(result)


# -- values


def test_a_summary_is_json_html_and_a_short_repr() -> None:
    summary = yoyak.summarize(PAGE, quotes=True)
    assert json.loads(summary.to_json(indent=1)) == summary.to_dict() == render.record(summary)
    assert repr(summary) == "<Summary '새벽시장, 백 년 만에 지붕 얹는다': 3 sentences, 5 keywords>"
    assert repr(summary.article).startswith("<Article '새벽시장, 백 년 만에 지붕 얹는다'")
    assert summary.article.to_dict() == render.record(summary.article)
    html = replace(summary, article=replace(summary.article, title="<b>새벽시장"))._repr_html_()
    assert "<ol><li>" in html
    assert "&lt;b&gt;" in html


def test_a_frame_has_a_row_for_each_result(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = yoyak.to_frame(yoyak.summarize_many([PAGE, "로그인\n회원가입\n"]))
    assert frame["title"][0] == "새벽시장, 백 년 만에 지붕 얹는다"
    assert frame["title"].isna().tolist() == [False, True]
    assert frame["error"].notna().tolist() == [False, True]
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"yoyak\[pandas\]"):
        yoyak.to_frame([])


# -- documentation

ROOT = Path(__file__).parents[1]


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    notebook = json.loads((ROOT / "docs" / "python.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for cell in cells:
        exec(cell, names)
    assert len(cells) > 5
    assert "나라마 (책임연구원)" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["python.md", "ko/python.md"])
def test_the_examples_run(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    pages = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.DOTALL)
    for page in pages:
        exec(page, {"__name__": "__main__"})
    assert len(pages) == 4
    assert "나라마 책임연구원" in capsys.readouterr().out

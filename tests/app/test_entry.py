"""Exit codes, usage errors, languages and messages of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from commandline import Run

pytestmark = pytest.mark.usefixtures("articles")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--formt", "json"], "unknown option --formt; did you mean --format?"),
        (["a.txt", "--zzzz"], "`yoyak --help` lists all options"),
        (["--method", "textrnk", "a"], "--method: 'textrnk' is not valid; did you mean textrank?"),
        (["--format", "xml", "a"], "one of: text, plain, json"),
        (["-n", "0", "a"], "--sentences: 0 is too small; the minimum is 1"),
        (["-n", "many", "a"], "'many' is not a whole number"),
        (["-n"], "-n needs a value"),
        (["--ratio", "3", "a"], "--ratio: 3 is out of range"),
        (["--max-bytes", "big", "a"], "such as 500k or 50MB"),
        (["--lang", "fr", "a"], "--lang: 'fr' is not valid; choose one of: ko, en"),
        (["--explain", "--highlight", "a"], "--explain, --highlight cannot be combined"),
        (["--explain", "-f", "csv", "article.txt"], "--explain cannot be combined with --format csv"),
        (["article.txt", "--resume"], "-o FILE"),
        (["article.txt", "-f", "parquet"], "-o FILE"),
        (["--files-from", "-", "-"], "cannot be both"),
        (["background", "article.txt"], "-o FILE is required"),
        (["article.txt", "--engine", "ray"], "--output-dir FOLDER"),
        (["article.txt", "--engine", "ray", "--output-dir", "x", "-f", "csv"], "writes only JSONL"),
        (
            ["article.txt", "--engine", "ray", "--output-dir", "x", "--report", "x.html"],
            "cannot be combined with",
        ),
        (["article.txt", "--address", "auto"], "--engine ray"),
    ],
)
def test_wrong_usage_is_one_line_that_helps_and_exit_2(yoyak: Run, arguments: list[str], said: str) -> None:
    ran = yoyak(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert ran.err.startswith("yoyak: ")
    assert ran.err.count("\n") == 1
    assert ran.out == ""


def test_nothing_to_read_is_exit_2(yoyak: Run) -> None:
    assert yoyak("none.txt").code == 2
    Path("empty").mkdir()
    assert yoyak("empty").code == 2


def test_the_readers_language(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert "읽을 수 없습니다" in yoyak("none.txt").err
    assert "cannot be read" in yoyak("none.txt", "--lang", "en").err
    assert yoyak("article.txt", "menu.txt", "-n", "1").err.endswith("기사 2건 중 1건 요약, 1건 실패\n")


def test_quiet_says_only_errors_and_verbose_says_more(yoyak: Run) -> None:
    assert yoyak("article.txt", "article.txt", "-q").err == ""
    assert "article.txt: read as utf-8" in yoyak("article.txt", "-v").err


def test_debug_shows_where(yoyak: Run) -> None:
    assert "Traceback" in yoyak("article.txt", "-o", "out.docx", "--debug").err
    assert "Traceback" not in yoyak("article.txt", "-o", "out.docx").err

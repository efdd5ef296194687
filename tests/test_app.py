"""The commands as people and scripts meet them: streams, exit codes, errors, formats, manners."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from yoyak import console
from yoyak.app.route import NAMES, completing, route
from yoyak.app.start import run
from yoyak.batch import Stopped
from yoyak.inputs.packed import open_stream
from yoyak.outputs.files import unwritable, write_all

ARTICLE = """가람시, 강변 도서관 짓는다

입력 2026.03.02 09:10

[가람=한빛신문] 이보람 기자 = 가람시가 강변 주차장 자리에 시립 도서관을 새로 짓는다고 2일 밝혔다.

도서관은 지하 1층, 지상 4층 규모로 책 20만 권을 갖춘다. 공사비는 412억원이며 내년 3월에 첫 삽을 뜬다.

시는 밤 11시까지 문을 여는 열람실을 두기로 했다. 시민 설문에서 가장 많이 나온 바람이었다.

정다온 시장은 "누구나 밤늦게까지 머물 수 있는 곳으로 만들겠다"고 말했다.

boram@hanbit.example
"""
MENU = "로그인\n회원가입\n구독\n전체메뉴\n"
LEAD = ("--method", "lead")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, no settings, English, and no terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    Path("menu.txt").write_text(MENU, encoding="utf-8")


@pytest.fixture(name="yoyak")
def _yoyak(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> Ran:
        code = run(arguments)
        return Ran(code, *capsys.readouterr())

    return call


def process(
    *arguments: str, stdin: int = subprocess.DEVNULL, warnings: str = "error", **changes: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-W", warnings, "-m", "yoyak", *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | changes,
    )


# -- which command


@pytest.mark.parametrize(
    ("given", "routed"),
    [
        ([], ["summarize"]),
        (["a.txt"], ["summarize", "a.txt"]),
        (["-n", "2", "extract"], ["summarize", "-n", "2", "extract"]),
        (["extract", "a.txt"], ["extract", "a.txt"]),
        (["--lang", "ko", "-q", "extract", "a"], ["extract", "--lang", "ko", "-q", "a"]),
        (["--color=never", "config"], ["config", "--color=never"]),
        (["./extract"], ["summarize", "./extract"]),
        (["--", "extract"], ["summarize", "--", "extract"]),
        (["--help"], ["summarize", "--help"]),
        (["--show-completion", "bash"], ["--show-completion", "bash"]),
    ],
)
def test_a_first_word_that_is_no_command_is_a_path(given: list[str], routed: list[str]) -> None:
    assert route(given) == routed


def test_completion_asks_the_command_that_is_meant() -> None:
    assert completing({"COMP_WORDS": "yoyak a.txt --fo", "COMP_CWORD": "2"}) == {
        "COMP_WORDS": "yoyak summarize a.txt --fo",
        "COMP_CWORD": "3",
    }
    assert completing({"_TYPER_COMPLETE_ARGS": "yoyak --fo"}) == {
        "_TYPER_COMPLETE_ARGS": "yoyak summarize --fo"
    }
    assert completing({"_TYPER_COMPLETE_ARGS": "yoyak ext"}) == {}
    assert completing({"_TYPER_COMPLETE_ARGS": "yoyak extract --re"}) == {}


def test_shells_are_offered_options_values_and_commands() -> None:
    def offered(words: str) -> set[str]:
        count = str(len(words.split(" ")) - 1)
        asked = process(_YOYAK_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=count)
        return set(asked.communicate()[0].decode().split())

    assert offered("yoyak ext") == {"extract"}
    assert "--format" in offered("yoyak a.txt --fo")
    assert offered("yoyak --method text") == {"textrank"}


# -- results


def test_piped_output_is_a_sentence_a_line(yoyak: Run) -> None:
    ran = yoyak("article.txt", "-n", "2", *LEAD)
    assert ran.code == 0
    assert ran.out == (
        "가람시가 강변 주차장 자리에 시립 도서관을 새로 짓는다고 2일 밝혔다.\n"
        "도서관은 지하 1층, 지상 4층 규모로 책 20만 권을 갖춘다.\n"
    )
    assert ran.err == ""


def test_json_of_one_is_an_object_and_of_several_an_array(yoyak: Run) -> None:
    one = json.loads(yoyak("article.txt", "--format", "json").out)
    assert one["title"] == "가람시, 강변 도서관 짓는다"
    assert one["published"] == "2026-03-02T09:10:00+09:00"
    assert len(one["summary"]) == 3
    assert isinstance(json.loads(yoyak("article.txt", "menu.txt", "-f", "json").out), list)


def test_jsonl_has_a_line_for_every_input_and_goes_on_after_a_failure(yoyak: Run) -> None:
    ran = yoyak("menu.txt", "none.txt", "article.txt", "--format", "jsonl", "-n", "1")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line.get("error", {}).get("code") for line in lines] == ["empty", "unreadable", None]
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == "3 articles, 1 summarized, 2 failed"


def test_extract(yoyak: Run) -> None:
    record = json.loads(yoyak("extract", "article.txt", "--format", "json").out)
    assert record["reporters"] == ["이보람"]
    assert record["paragraphs"][0].startswith("가람시가 강변 주차장")
    assert any(removed["text"] == "boram@hanbit.example" for removed in record["removed"])
    assert "boram@hanbit.example" in yoyak("extract", "article.txt", "--removed").out


def test_standard_input_named_or_piped(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments in ((), ("-",)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))
        ran = yoyak(*arguments, "-n", "1", "--format", "jsonl")
        assert json.loads(ran.out)["source"] == "-"


class Unreadable(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readinto(self, _: object) -> int:
        raise AssertionError("standard input was read")


def test_with_paths_standard_input_is_never_read(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Unreadable())))
    assert yoyak("article.txt", "-n", "1").code == 0


def test_lengths(yoyak: Run) -> None:
    assert len(yoyak("article.txt").out.splitlines()) == 3
    assert len(yoyak("article.txt", "--ratio", "20%").out.splitlines()) == 2
    short = yoyak("article.txt", "--chars", "80").out
    assert 0 < len(short.replace("\n", " ").strip()) <= 80
    assert set(short.splitlines()) <= set(yoyak("article.txt", "-n", "99").out.splitlines())


def test_a_budget_no_sentence_fits_is_said_in_the_data(yoyak: Run) -> None:
    found = json.loads(yoyak("article.txt", "--chars", "5", "-f", "json").out)
    assert len(found["summary"]) == 1
    assert [notice["code"] for notice in found["warnings"]] == ["over-length"]
    assert "※ no sentence is within 5 characters" in yoyak("article.txt", "--chars", "5", "-f", "text").out
    assert json.loads(yoyak("article.txt", "--chars", "90", "-f", "json").out)["warnings"] == []


@pytest.mark.parametrize(
    ("asked", "code"), [(("--chars", "5"), "over-length"), (("--query", "우주선"), "no-answer")]
)
def test_what_an_option_could_not_get_is_said_where_it_is_seen(
    yoyak: Run, asked: tuple[str, str], code: str
) -> None:
    said = {"over-length": "no sentence is within 5", "no-answer": "no sentence answers “우주선”"}[code]
    for form in ("plain", "markdown", "csv", "json", "text"):
        ran = yoyak("article.txt", *asked, "-f", form)
        assert ran.code == 0
        assert ran.err.count(f"article.txt: {said}") == 1, form
        assert yoyak("article.txt", *asked, "-f", form, "-q").err == ""
        assert yoyak("article.txt", *asked, "-f", form, "-v").err.count(said) == 1
    found = json.loads(yoyak("article.txt", *asked, "-f", "json").out)
    assert [notice["code"] for notice in found["warnings"]] == [code]
    many = yoyak(rows_file(2), *asked, "-f", "jsonl", "-j", "1")
    assert said not in many.err
    assert many.out.count(f'"{code}"') == 2


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("누리온전자가 확장현실 안경을 내놓는다. 값은 90만원이다. 내년 3월에 판다.", 3),
        ("누리온전자가 확장현실 안경을 내놓는다. 값은 90만원이다. 내년 3월에 판다.", 2),
        ("누리온전자가 확장현실 안경을 내놓는다. 감사합니다. 점수는 0-5. 한여울입니다. 왜 그럴까?", 1),
        (
            "누리온전자가 확장현실 안경을 내놓는다. 값은 90만원이다. 회사는 내년 3월에 새 안경을 판다. 가게 열 곳에서 써 볼 수 있다.",
            3,
        ),
    ],
)
def test_short_sentences_fill_up_where_there_are_no_others(yoyak: Run, written: str, wanted: int) -> None:
    Path("short.txt").write_text(written, encoding="utf-8")
    asked = 3 if wanted == 1 else wanted
    lines = yoyak("short.txt", "-n", str(asked), "-f", "plain").out.splitlines()
    assert len(lines) == wanted
    assert lines[0].startswith("누리온전자가")
    assert ("값은 90만원이다." in lines) == (written.count(".") == 3)


def test_a_query_that_is_answered_is_not_warned_of(yoyak: Run) -> None:
    ran = yoyak("article.txt", "--query", "공사비", "-f", "json")
    assert json.loads(ran.out)["warnings"] == []
    assert ran.err == ""


def test_the_part_of_a_query_is_named_in_korean(yoyak: Run) -> None:
    ran = yoyak("article.txt", "--query", "공사비", "--explain", "--lang", "ko")
    assert "물음 +" in ran.out
    assert "query" not in ran.out


def test_a_wrong_encoding_is_no_missing_article(yoyak: Run) -> None:
    ran = yoyak("article.txt", "--encoding", "utf-16", "-f", "json")
    assert ran.code == 1
    assert json.loads(ran.out)["error"]["code"] == "decode"
    assert "--encoding" in ran.err
    assert "utf-8" in ran.err
    assert json.loads(yoyak("menu.txt", "--encoding", "utf-8", "-f", "json").out)["error"]["code"] == "empty"


def test_keywords_only(yoyak: Run) -> None:
    words = yoyak("article.txt", "--keywords-only", "-k", "3").out.splitlines()
    assert len(words) == 3
    record = json.loads(yoyak("article.txt", "--keywords-only", "-f", "json").out)
    assert record["summary"] == []
    assert record["keywords"]


def test_explain_and_highlight(yoyak: Run) -> None:
    explained = yoyak("article.txt", "--explain").out
    assert explained.count("by score") == 6
    record = json.loads(yoyak("article.txt", "--explain", "-f", "json").out)
    assert len(record["explained"]) == 6
    marked = yoyak("article.txt", "--highlight", "-n", "1", *LEAD).out
    assert "【가람시가 강변" in marked
    assert "**가람시가 강변" in yoyak("article.txt", "--highlight", "-n", "1", *LEAD, "-f", "markdown").out


def test_word_lists_are_counted(yoyak: Run) -> None:
    Path("words.txt").write_text("\ufeff강변 도서관\tNNP\n한빛신문\n", encoding="utf-8")
    ran = yoyak("article.txt", "-n", "1", "--user-dict", "words.txt")
    assert (ran.code, ran.err) == (0, "words.txt: 2 words loaded\n")
    Path("never.txt").write_text("도서관\n", encoding="utf-8")
    words = yoyak("article.txt", "--keywords-only", "--stopwords", "never.txt").out.splitlines()
    assert "도서관" not in words


def test_a_bad_word_list_is_told_by_line(yoyak: Run) -> None:
    Path("words.txt").write_text("도서관 NNG\n\tNNP\n", encoding="utf-8")
    ran = yoyak("article.txt", "--user-dict", "words.txt")
    assert ran.code == 2
    assert "2" in ran.err
    assert ran.err.count("\n") == 1


# -- files


@pytest.mark.parametrize("name", ["out.jsonl", "out.json", "out.csv", "out.md", "out.txt"])
def test_the_ending_decides_the_format(yoyak: Run, name: str) -> None:
    ran = yoyak("article.txt", "-n", "1", *LEAD, "-o", name)
    assert (ran.code, ran.out) == (0, "")
    written = Path(name).read_text(encoding="utf-8")
    assert "가람시가 강변 주차장 자리에" in written
    assert sorted(path.name for path in Path().iterdir()) == sorted(["article.txt", "menu.txt", name])


def test_an_output_is_not_overwritten(yoyak: Run) -> None:
    Path("out.txt").write_text("소중한 것", encoding="utf-8")
    ran = yoyak("article.txt", "-o", "out.txt")
    assert ran.code == 1
    assert "--force" in ran.err
    assert Path("out.txt").read_text(encoding="utf-8") == "소중한 것"
    assert yoyak("article.txt", "-o", "out.txt", "--force").code == 0


def test_an_ending_that_names_no_format(yoyak: Run) -> None:
    ran = yoyak("article.txt", "-o", "out.docx")
    assert ran.code == 2
    assert ".jsonl" in ran.err


def test_one_file_for_each_article(yoyak: Run) -> None:
    assert yoyak("article.txt", "--output-dir", "made").code == 0
    assert Path("made/article.txt").read_text(encoding="utf-8").count("\n") == 3


def test_reports(yoyak: Run) -> None:
    ran = yoyak("article.txt", "menu.txt", "--report", "page.html", "--report", "run.json")
    assert ran.code == 1
    assert "도서관" in Path("page.html").read_text(encoding="utf-8")
    assert json.loads(Path("run.json").read_text(encoding="utf-8"))["failed"] == 1
    assert yoyak("article.txt", "--report", "page.html").code == 1
    assert yoyak("article.txt", "--report", "page.doc").code == 2


def test_a_resumed_run_replaces_the_report_of_the_run_it_goes_on_with(yoyak: Run) -> None:
    command = (rows_file(3), "-o", "out.jsonl", "--report", "run.json")
    assert yoyak(*command, "--resume").code == 0
    lines = Path("out.jsonl").read_bytes().splitlines(keepends=True)
    Path("out.jsonl").write_bytes(b"".join(lines[:2]))
    ran = yoyak(*command, "--resume")
    assert ran.code == 0, ran.err
    assert record()["resumed"] == 2
    assert Path("out.jsonl").read_bytes() == b"".join(lines)
    assert "run.json is there already" in yoyak(rows_file(3), "-o", "2.jsonl", "--report", "run.json").err


def test_a_resumed_run_replaces_nothing_but_a_report(yoyak: Run) -> None:
    Path("notes.json").write_text('{"settings": "mine"}', encoding="utf-8")
    ran = yoyak(rows_file(3), "-o", "out.jsonl", "--resume", "--report", "notes.json")
    assert ran.code == 1
    assert "notes.json is there already" in ran.err
    Path("page.html").write_text("<p>", encoding="utf-8")
    ran = yoyak(rows_file(3), "-o", "out.jsonl", "--resume", "--report", "page.html")
    assert ran.code == 2
    assert "page.html does not go with --resume" in ran.err


# -- usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--formt", "json"], "--formt is unknown; did you mean --format?"),
        (["a.txt", "--zzzz"], "`yoyak --help` lists the options"),
        (["--method", "textrnk", "a"], "--method: 'textrnk' is unknown; did you mean textrank?"),
        (["--format", "xml", "a"], "one of: text, plain, json"),
        (["-n", "0", "a"], "--sentences: 0 is too small: at least 1"),
        (["-n", "many", "a"], "'many' is not a whole number"),
        (["-n"], "-n needs a value"),
        (["--ratio", "3", "a"], "--ratio: 3 is out of range"),
        (["--max-bytes", "big", "a"], "write 500k or 50MB"),
        (["--lang", "fr", "a"], "--lang: 'fr' is unknown; one of: ko, en"),
        (["--explain", "--highlight", "a"], "--explain, --highlight exclude each other"),
        (["--explain", "-f", "csv", "article.txt"], "--explain does not go with --format csv"),
        (["article.txt", "--resume"], "-o FILE"),
        (["article.txt", "-f", "parquet"], "-o FILE"),
        (["--files-from", "-", "-"], "cannot be both"),
        (["background", "article.txt"], "-o FILE is missing"),
        (["article.txt", "--engine", "ray"], "--output-dir FOLDER"),
        (["article.txt", "--engine", "ray", "--output-dir", "x", "-f", "csv"], "writes JSONL"),
        (["article.txt", "--engine", "ray", "--output-dir", "x", "--report", "x.html"], "does not go with"),
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


def test_a_mistyped_command_is_a_missing_path_with_a_hint(yoyak: Run) -> None:
    ran = yoyak("extarct", "article.txt")
    assert "Did you mean the command extract?" in ran.err
    assert ran.code == 1


def test_nothing_at_all_on_a_terminal_is_the_help_page_and_exit_2(
    yoyak: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(keyboard, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", keyboard)
    ran = yoyak()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: yoyak [PATH...]")


@pytest.mark.parametrize("command", NAMES)
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("columns", ["60", "100"])
def test_help_fits_its_columns(
    yoyak: Run, monkeypatch: pytest.MonkeyPatch, command: str, language: str, columns: str
) -> None:
    from yoyak import render

    monkeypatch.setenv("COLUMNS", columns)
    ran = yoyak(command, "--help", "--lang", language)
    assert ran.code == 0
    assert ran.out.startswith("사용법: yoyak" if language == "ko" else "Usage: yoyak")
    wide = [line for line in ran.out.splitlines() if render.cells(line) > int(columns)]
    assert all("|" in line or line.startswith("  yoyak") for line in wide), wide


def test_version_names_what_results_depend_on(yoyak: Run) -> None:
    ran = yoyak("--version")
    assert ran.code == 0
    assert "Kiwi 0." in ran.out
    assert "Kiwi model 0." in ran.out


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


# -- settings


def test_flags_over_environment_over_project(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("yoyak.toml").write_text('sentences = 1\nmethod = "lead"\n', encoding="utf-8")
    assert len(yoyak("article.txt").out.splitlines()) == 1
    monkeypatch.setenv("YOYAK_SENTENCES", "2")
    assert len(yoyak("article.txt").out.splitlines()) == 2
    assert len(yoyak("article.txt", "-n", "4").out.splitlines()) == 4
    assert len(yoyak("article.txt", "--no-config").out.splitlines()) == 3


def test_the_language_may_be_a_setting(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("yoyak.toml").write_text('lang = "ko"', encoding="utf-8")
    assert "읽을 수 없습니다" in yoyak("none.txt").err
    monkeypatch.setenv("YOYAK_LANG", "en")
    assert "cannot be read" in yoyak("none.txt").err


def test_config_shows_values_and_where_they_are_from(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    Path("yoyak.toml").write_text('method = "lead"\n', encoding="utf-8")
    monkeypatch.setenv("YOYAK_KEYWORDS", "5")
    out = yoyak("config").out
    assert 'method = "lead"  # yoyak.toml\n' in out
    assert "keywords = 5  # YOYAK_KEYWORDS\n" in out
    assert "sentences = 3  # default\n" in out
    Path("kept.toml").write_text(out, encoding="utf-8")
    assert tomllib.loads(out)["keywords"] == 5
    assert yoyak("article.txt", "--config", "kept.toml").code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("sentnces = 3", "did you mean sentences?"),
        ('sentences = "many"', "yoyak.toml: sentences: 'many' is not a whole number"),
        ('method = "led"', "did you mean lead?"),
        ('output = "x"', "output is no setting"),
        ('lang = "fr"', "yoyak.toml: lang: 'fr' is unknown; one of: ko, en"),
    ],
)
def test_wrong_settings_are_told_with_their_file(yoyak: Run, content: str, said: str) -> None:
    Path("yoyak.toml").write_text(content, encoding="utf-8")
    ran = yoyak("article.txt")
    assert ran.code == 2
    assert said in ran.err


# -- colours


@pytest.mark.parametrize(
    ("flag", "environ", "terminal", "colour"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colours_flag_over_no_color_over_force_color_over_terminal(
    flag: str, environ: dict[str, str], terminal: bool, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    assert console.coloured(flag, stream, environ) is colour


# -- manners, in processes of their own


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from yoyak.app.start import run; run(sys.argv[1:]);"
        "heavy = {'numpy', 'scipy', 'sklearn', 'kiwipiepy', 'lxml', 'rich', 'pydantic'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    for arguments in (["--help"], ["--version"], ["config"]):
        ran = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert ran.stderr.splitlines()[-1] == "[]", arguments


def test_a_text_article_loads_neither_scikit_learn_nor_lxml_nor_rich() -> None:
    code = (
        "import sys; from yoyak.app.start import run; run(sys.argv[1:]);"
        "print(sorted({'scipy', 'sklearn', 'lxml', 'rich', 'typer.rich_utils'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "article.txt"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_silent() -> None:
    Path("rows.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": ARTICLE}) + "\n" for n in range(200)), encoding="utf-8"
    )
    with process("rows.jsonl", "--format", "jsonl", "-j", "1", "-q") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on() -> None:
    Path("rows.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": ARTICLE}) + "\n" for n in range(3_000)), encoding="utf-8"
    )
    running = process("rows.jsonl", "-o", "out.jsonl", "-j", "1")
    part = Path("out.jsonl.part")
    for _ in range(600):
        if part.exists() and part.stat().st_size:
            break
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"--resume" in err
    assert b"Traceback" not in err
    assert all(json.loads(line) for line in part.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("arguments", [[], ["--explain"], ["--highlight"]])
def test_a_korean_windows_console_ends_no_run(arguments: list[str]) -> None:
    Path("article.txt").write_text(ARTICLE.replace("시민 설문", "시민 설문 — 🗳️ 결과 —"), encoding="utf-8")
    running = process("article.txt", *arguments, "-n", "9", PYTHONIOENCODING="cp949", LC_ALL="ko_KR")
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert err == b""
    out.decode("cp949")


def test_json_is_utf_8_on_any_console() -> None:
    Path("article.txt").write_text(ARTICLE.replace("시민 설문", "시민 설문 — 🗳 결과 —"), encoding="utf-8")
    running = process("article.txt", "-f", "json", "-n", "9", PYTHONIOENCODING="cp949")
    out, _ = running.communicate(timeout=60)
    assert "🗳" in json.dumps(json.loads(out.decode("utf-8")), ensure_ascii=False)


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be made")
def test_names_of_files_are_harmless() -> None:
    name = "\x1b[31m빨강\x1b]0;제목\x07.txt"
    Path(name).write_text(MENU, encoding="utf-8")
    Path(os.fsdecode(b"\xb0\xa1\xff.txt")).write_text(ARTICLE, encoding="utf-8")
    running = process(".", "--format", "text", "-v", "--explain")
    out, err = running.communicate(timeout=60)
    assert running.returncode == 1
    assert b"\x1b" not in out + err
    assert b"\x07" not in out + err
    assert b"Traceback" not in err


# -- training, evaluation, word statistics

LABELS = [
    {
        "id": f"시장-{n}",
        "title": f"제{n}시장 지붕 얹는다",
        "sentences": [
            f"제{n}시장이 문을 연 지 {n + 40}년 만에 지붕을 얹는다." + " 장마가 잦아서다." * (n % 5),
            "비가림 공사는 다음 달 시작한다고 상인회가 밝혔다." + " 석 달이 걸린다." * (n % 4),
            "상인들은 비를 맞지 않고 장사하게 됐다며 크게 반겼다.",
            f"공사비 {n + 10}억원은 시와 상인회가 나눠 낸다.",
            "이에 손님도 늘 것으로 보인다.",
        ],
        "gold_extractive": [0, 1, 3],
        "keywords": [f"제{n}시장", "지붕"],
    }
    for n in range(1, 25)
]


@pytest.mark.parametrize("form", ["sentences", "text"])
def test_an_index_past_the_last_sentence_is_told_with_its_line(yoyak: Run, form: str) -> None:
    sentences = [
        "가람시가 강변에 도서관을 짓는다고 밝혔다.",
        "도서관은 책 20만 권을 갖춘다고 한다.",
        "내년 3월에 첫 삽을 뜨기로 했다.",
    ]
    rows = [
        {form: sentences if form == "sentences" else " ".join(sentences), "gold_extractive": chosen}
        for chosen in ([0, 2], [0, 9])
    ]
    Path("gold.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    for command in (["evaluate", "gold.jsonl"], ["train", "gold.jsonl", "-o", "model.json"]):
        ran = yoyak(*command)
        assert ran.code == 1
        assert "gold.jsonl:2: “gold_extractive” names index 9 (counted from 0)" in ran.err
        assert "has 3 sentences" in ran.err
        page = " ".join(yoyak(command[0], "--help").out.split())
        assert "count from 0" in page
        assert "`sentences`" in page


def write_labels() -> str:
    lines = [json.dumps(row, ensure_ascii=False) for row in LABELS]
    Path("labels.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "labels.jsonl"


def test_evaluate_prints_a_table_and_json(yoyak: Run) -> None:
    ran = yoyak("evaluate", write_labels(), "--methods", "lead,textrank")
    assert ran.code == 0
    assert "lead" in ran.out.splitlines()[0]
    assert "textrank" in ran.out.splitlines()[0]
    assert any("P@3" in line and "±" in line for line in ran.out.splitlines())
    figures = json.loads(yoyak("evaluate", "labels.jsonl", "--methods", "lead", "--json").out)
    [row] = [r for r in figures["scores"] if (r["set"], r["measure"]) == ("all", "P@3")]
    assert row["mean"] == pytest.approx(2 / 3, abs=1e-3)


def test_floors_are_a_gate(yoyak: Run) -> None:
    arguments = ("evaluate", write_labels(), "--methods", "lead", "--floors", "floors.json")
    assert "lead: all: P@3: - → 0.666" in yoyak(*arguments, "--raise-floors").err
    assert "no floor rose" in yoyak(*arguments, "--raise-floors").err
    assert yoyak(*arguments, "--raise-floors", "--quiet").err == ""
    assert yoyak(*arguments).code == 0
    floors = Path("floors.json").read_text(encoding="utf-8")
    Path("floors.json").write_text(floors.replace('P@3": 0.', 'P@3": 0.9'), encoding="utf-8")
    ran = yoyak(*arguments)
    assert ran.code == 1
    assert "P@3" in ran.err
    assert yoyak("evaluate", "labels.jsonl", "--raise-floors").code == 2


def test_train_makes_a_model_that_can_be_used(yoyak: Run) -> None:
    ran = yoyak("train", write_labels(), "-o", "model.json", "--provenance", "invented")
    assert ran.code == 0, ran.err
    assert "cross-validated" in ran.out
    assert json.loads(Path("model.json").read_text(encoding="utf-8"))["provenance"] == "invented"
    assert yoyak("article.txt", "--model", "model.json").code == 0
    again = yoyak("train", "labels.jsonl", "-o", "model.json")
    assert again.code == 1
    assert "--force" in again.err
    report = json.loads(yoyak("train", "labels.jsonl", "-o", "model.json", "--force", "--json").out)
    assert report["articles"] == {"시장": 24}


def test_keywords_are_trained_from_enough_labels_only(yoyak: Run) -> None:
    ran = yoyak("train", write_labels(), "--keywords", "-o", "words.json")
    assert ran.code == 2
    assert "24" in ran.err
    assert yoyak("train", "labels.jsonl", "--keywords", "--ablate", "-o", "words.json").code == 2
    assert yoyak("article.txt", "--keyword-model", "labels.jsonl").code == 2
    Path("yoyak.toml").write_text("keywords = 5", encoding="utf-8")
    assert "F1@5" not in yoyak("train", "labels.jsonl", "-o", "model.json").out


@pytest.mark.parametrize("command", ["train", "evaluate", "background"])
def test_makers_without_an_input_are_usage_errors(yoyak: Run, command: str) -> None:
    assert yoyak(command, "-o", "x").code == 2 if command != "evaluate" else yoyak(command).code == 2
    assert yoyak("train", "none.jsonl", "-o", "x").code == 2
    assert yoyak("evaluate", "none.jsonl").code == 2


def test_background_counts_and_is_used(yoyak: Run) -> None:
    Path("news").mkdir()
    for n in range(8):
        Path(f"news/{n}.txt").write_text(ARTICLE.replace("412", str(400 + n)), encoding="utf-8")
    ran = yoyak("background", "news", "-o", "words.gz", "--provenance", "invented")
    assert (ran.code, ran.err) == (0, "words.gz: words of 8 articles counted\n")
    assert yoyak("article.txt", "--background", "words.gz", "-n", "1").code == 0
    assert yoyak("background", "menu.txt", "-o", "none.gz").code == 2
    assert not Path("none.gz").exists()


def test_counting_that_stops_at_a_failure_makes_no_table_of_half_the_articles(yoyak: Run) -> None:
    ran = yoyak("background", "article.txt", "menu.txt", "article.txt", "-o", "words.gz", "--fail-fast")
    assert ran.code == 1
    assert "menu.txt" in ran.err
    assert not Path("words.gz").exists()


@pytest.mark.parametrize("option", ["--model", "--background", "--user-dict", "--stopwords", "--config"])
def test_a_file_that_is_not_there_is_a_usage_error(yoyak: Run, option: str) -> None:
    ran = yoyak("article.txt", option, "none.x")
    assert ran.code == 2
    assert "none.x" in ran.err
    assert ran.err.count("\n") == 1


def test_a_wrong_model_or_table_is_a_usage_error_and_no_failed_article(yoyak: Run) -> None:
    Path("bad.json").write_text("{}", encoding="utf-8")
    for option in ("--model", "--background"):
        ran = yoyak("article.txt", option, "bad.json")
        assert ran.code == 2, option
        assert "bad.json" in ran.err
        assert yoyak("article.txt", "article.txt", option, "bad.json").code == 2


# -- what must not be lost, and what must be told before the work


def test_a_folder_inside_the_input_is_not_read_again(yoyak: Run) -> None:
    Path("pages").mkdir()
    Path("pages/a.txt").write_text(ARTICLE, encoding="utf-8")
    for more in ((), ("--force",)):
        assert yoyak("pages", "--output-dir", "pages/out", *more).code == 0
    assert sorted(str(p) for p in Path("pages").rglob("*.txt")) == ["pages/a.txt", "pages/out/a.txt"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "article.txt"),
        ("--output-dir", "."),
        ("-o", "other.txt", "--report", "article.html"),
    ],
)
def test_an_input_is_never_written_over(yoyak: Run, arguments: tuple[str, ...]) -> None:
    Path("article.html").hardlink_to("article.txt")
    ran = yoyak("article.txt", *arguments, "--force")
    assert ran.code == 1
    assert "is read by this run" in ran.err
    assert Path("article.txt").read_text(encoding="utf-8") == ARTICLE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--report", "none/page.html"), "none/page.html: cannot be written: there is no folder none"),
        (("-o", "none/one.json"), "none/one.json: cannot be written: there is no folder none"),
        (("-o", "none/one.jsonl", "--resume"), "none/one.jsonl: cannot be written: there is no folder none"),
        (("-o", "none/one.db"), "none/one.db: cannot be written: there is no folder none"),
        (("-o", "one.json", "--report", "one.json"), "one.json is named twice"),
        (("--model", "."), ".: cannot be read: it is a folder"),
        (("--encoding", "utf-9"), "--encoding: no encoding is called utf-9"),
        (("--hidden=1",), "--hidden takes no value"),
        (("--diversity", "2"), "at least 0, at most 1"),
        (("--engine", "ray", "--output-dir", "out", "--force"), "--force does not go with --engine ray"),
    ],
)
def test_what_cannot_be_is_told_before_the_work(yoyak: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = yoyak("article.txt", *arguments)
    assert ran.code in (1, 2)
    assert said in ran.err
    assert ran.out == ""
    assert not list(Path().glob("one*"))


def test_a_row_without_its_text_is_told_what_it_has(yoyak: Run) -> None:
    Path("rows.csv").write_text(f'제목,본문\n도서관,"{ARTICLE.replace(chr(34), "")}"\n', encoding="utf-8")
    said = "rows.csv:1: the row has neither text nor sentences but: 제목, 본문; name one with --text-field"
    assert said in yoyak("rows.csv").err
    assert yoyak("rows.csv", "--text-field", "본문").code == 0
    Path("wide.jsonl").write_text(json.dumps({f"k{n}": n for n in range(99)}), encoding="utf-8")
    assert "k0, k1, k2, k3, k4, k5, k6, k7, …; name" in yoyak("wide.jsonl").err
    Path("empty.jsonl").write_text('{"text": "", "id": "1"}\n{}\n', encoding="utf-8")
    ran = yoyak("empty.jsonl")
    assert ran.err.count("has neither text nor sentences.") == 2
    assert "--text-field" not in ran.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "가\t나"}', "탭 같은 제어 문자가 그대로 들어 있습니다(12번째 글자)"),
        ('{"text": 1,, }', "JSON이 아닙니다(12번째 글자)"),
        ('{"text": "가', "JSON이 아닙니다(10번째 글자)"),
        ('{"text": ' + "[" * 100_000, "JSON이 아닙니다"),
    ],
)
def test_a_broken_row_is_told_in_korean(yoyak: Run, line: str, said: str) -> None:
    Path("broken.jsonl").write_text(line + '\n{"text": "가"}\n', encoding="utf-8")
    ran = yoyak("broken.jsonl", "--lang", "ko")
    first = ran.err.splitlines()[0].removeprefix("yoyak: broken.jsonl:1: ")
    assert said in first
    assert not any(word in first for word in ("Invalid", "Expecting", "Unterminated", "Error"))


def test_an_address_is_told_that_pages_are_not_fetched(yoyak: Run) -> None:
    ran = yoyak("https://example.com/a.html")
    assert ran.code == 2
    assert "yoyak does not fetch pages" in ran.err
    assert yoyak("https://example.com/a.html", "article.txt").code == 1


@pytest.mark.parametrize(
    "head", [b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"HWP Document File"]
)
def test_a_document_of_an_office_is_to_be_saved_as_text(yoyak: Run, head: bytes) -> None:
    Path("paper.hwp").write_bytes(head + b"\0" * 600)
    ran = yoyak("paper.hwp")
    assert ran.code == 1
    assert "; save it as text or HTML" in ran.err


def test_where_there_is_nothing_to_read_nothing_is_written(yoyak: Run) -> None:
    Path("empty").mkdir()
    assert yoyak("empty", "-o", "out.jsonl").code == 2
    assert not Path("out.jsonl").exists()
    assert yoyak("--files-from", "none").code == 2


def test_a_run_that_stops_at_a_failure_leaves_its_output_unfinished(yoyak: Run) -> None:
    ran = yoyak("article.txt", "menu.txt", "article.txt", "-o", "out.jsonl", "--fail-fast")
    assert ran.code == 1
    assert "--resume goes on" in ran.err
    assert not Path("out.jsonl").exists()
    assert yoyak("article.txt", "menu.txt", "article.txt", "-o", "out.jsonl", "--resume").code == 1
    assert len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("place", [("-o", "out.jsonl"), ("-o", "out.sqlite"), ("--output-dir", "out")])
@pytest.mark.parametrize("edited", ["article.txt", "rows.jsonl"])
def test_an_input_edited_between_a_run_and_its_resumption_is_told(
    yoyak: Run, place: tuple[str, str], edited: str
) -> None:
    arguments = ("article.txt", rows_file(2), "menu.txt", "article.txt", *place)
    assert yoyak(*arguments, "--fail-fast").code == 1
    other = Path(edited).read_text(encoding="utf-8").replace("412", "4120")
    Path(edited).write_text(other, encoding="utf-8")
    ran = yoyak(*arguments, "--resume")
    assert ran.code == 1
    name = edited if edited == "article.txt" else "rows.jsonl:1"
    assert f"cannot resume: {name} changed since its result was written" in ran.err
    ran = yoyak(*arguments, "--resume", "--force")
    assert "5 articles, 4 summarized, 1 failed" in ran.err


def test_a_lone_article_that_is_done_is_not_taken_for_edited(yoyak: Run) -> None:
    for _ in range(2):
        ran = yoyak("article.txt", "-o", "out.jsonl", "--resume")
        assert (ran.code, ran.err) == (0, "")


def test_rows_that_came_after_those_that_are_done_are_gone_on_with(yoyak: Run) -> None:
    row = json.dumps({"text": ARTICLE})
    for written in (row, f"{row}\n{row}", f"{row}\n{row}\n{row}\n"):
        Path("rows.jsonl").write_text(written, encoding="utf-8")
        ran = yoyak("rows.jsonl", "-o", "out.jsonl", "--resume")
        assert ran.code == 0, ran.err
        assert len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()) == written.count(row)


def test_a_lone_hyphen_is_standard_output(yoyak: Run) -> None:
    ran = yoyak("article.txt", "-o", "-", "--format", "json")
    assert json.loads(ran.out)["source"] == "article.txt"
    assert not Path("-").exists()


def test_an_argument_too_many_is_told_in_the_readers_language(yoyak: Run) -> None:
    assert yoyak("config", "more").err == "yoyak: more: one too many; see --help\n"
    assert yoyak("config", "more", "--lang", "ko").err == "yoyak: more: 남는 인자입니다. --help를 보세요\n"


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_is_no_fault(closed: str) -> None:
    descriptor = {"stdout": 1, "stderr": 2}[closed]
    ran = subprocess.run(
        ["sh", "-c", f'"$0" -m yoyak "$@" {descriptor}>&-', sys.executable, "none.txt", "article.txt"],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert ran.returncode == 1
    assert b"internal error" not in ran.stderr


def test_closed_standard_input_is_an_input_that_cannot_be_read(
    yoyak: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    ran = yoyak("-", "article.txt", "-f", "jsonl")
    assert ran.code == 1
    assert [json.loads(line).get("error", {}).get("code") for line in ran.out.splitlines()] == [
        "unreadable",
        None,
    ]


def test_settings_of_a_strange_folder_cannot_order_the_terminal_about(yoyak: Run) -> None:
    Path("yoyak.toml").write_text('title-field = "\\u009b31m\\u202e"\n', encoding="utf-8")
    assert 'title-field = "\\u009b31m\\u202e"  # yoyak.toml' in yoyak("config").out.splitlines()


def test_removed_pieces_are_not_asked_of_a_format_without_them(yoyak: Run) -> None:
    ran = yoyak("extract", "article.txt", "--removed", "--format", "csv")
    assert ran.code == 2
    assert "--removed does not go with --format csv" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--methods", ","), "--methods: ',' is unknown"),
        (("--floors", "none.json"), "none.json is not there"),
        (("--floors", "none/floors.json", "--raise-floors"), "none/floors.json: cannot be written"),
    ],
)
def test_an_evaluation_that_cannot_be_is_told_before_it(
    yoyak: Run, arguments: tuple[str, ...], said: str
) -> None:
    Path("labels.jsonl").write_text('{"text": "x"}\n', encoding="utf-8")
    ran = yoyak("evaluate", "labels.jsonl", *arguments)
    assert ran.code in (1, 2)
    assert said in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("packing", ["gz", "xz", "bz2", "zst"])
def test_an_output_is_packed_where_its_name_says_so(yoyak: Run, packing: str) -> None:
    assert yoyak("article.txt", "menu.txt", "-o", "plain.csv").code == 1
    for _ in range(2):
        assert yoyak("article.txt", "menu.txt", "-o", f"packed.csv.{packing}", "--force").code == 1
    with Path(f"packed.csv.{packing}").open("rb") as raw:
        assert open_stream(raw).read() == Path("plain.csv").read_bytes()
    assert not list(Path().glob("*.part"))


@pytest.mark.parametrize(
    "arguments", [("-o", "a.jsonl.gz", "--resume"), ("-o", "a.json.gz"), ("-o", "a.gz", "-f", "sqlite")]
)
def test_what_is_packed_cannot_be_resumed_or_opened_inside(yoyak: Run, arguments: tuple[str, ...]) -> None:
    ran = yoyak("article.txt", *arguments)
    assert ran.code == 2
    assert "pack it afterwards" in ran.err
    assert not list(Path().glob("a.*"))


# -- how a run ends


def rows_file(count: int) -> str:
    Path("rows.jsonl").write_text(
        "".join(json.dumps({"id": str(n), "text": ARTICLE}) + "\n" for n in range(count)), encoding="utf-8"
    )
    return "rows.jsonl"


def record(path: str = "run.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_still_leaves_a_report(yoyak: Run) -> None:
    ran = yoyak(rows_file(3), "-o", "/dev/full", "-f", "jsonl", "--report", "run.json")
    assert ran.code == 1
    assert "the disk is full" in ran.err
    assert record()["error"]["code"] == "output"
    assert "the disk is full" in record()["error"]["message"]
    assert not record()["interrupted"]


def test_no_room_for_the_sections_of_a_page_is_said(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _words: str) -> int:
            raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr("tempfile.TemporaryFile", lambda *_a, **_k: Full())
    ran = yoyak(rows_file(3), "-f", "jsonl", "--report", "page.html", "--report", "run.json")
    assert ran.code == 1
    assert "the disk is full" in ran.err
    assert record()["error"]["code"] == "output"


def test_a_disk_that_fills_up_on_the_way_says_how_to_go_on(
    yoyak: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, written = write_all, 0

    def fills(raw: io.FileIO, data: bytes, path: Path) -> None:
        nonlocal written
        written += 1
        if written > 3:
            raise unwritable(path, OSError(errno.ENOSPC, ""))
        write(raw, data, path)

    monkeypatch.setattr("yoyak.outputs.texts.write_all", fills)
    ran = yoyak(rows_file(5), "-o", "out.jsonl", "--report", "run.json")
    assert ran.code == 1
    assert "2 results are in" in ran.err
    assert "--resume" in ran.err
    assert "the disk is full" in ran.err
    assert record()["articles"] == 2


def test_a_closed_pipe_leaves_a_report() -> None:
    with process(rows_file(200), "-f", "jsonl", "-j", "1", "-q", "--report", "run.json") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0
    assert record()["interrupted"]
    assert 0 < record()["articles"] < 200


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_what_is_done_and_a_report(number: signal.Signals, code: int) -> None:
    running = process(rows_file(3_000), "-o", "out.jsonl", "-j", "1", "--report", "run.json")
    part = Path("out.jsonl.part")
    until = time.monotonic() + 60
    while not (part.exists() and part.stat().st_size) and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(number)
    _, err = running.communicate(timeout=30)
    assert running.returncode == code
    assert b"--resume" in err
    assert record()["interrupted"]
    assert record()["articles"] == part.read_bytes().count(b"\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_before_anything_is_begun_has_its_exit_code_too(
    yoyak: Run, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int
) -> None:
    def asked(*_: object, **__: object) -> None:
        raise Stopped(number)

    monkeypatch.setattr("yoyak.outputs.open_sink", asked)
    ran = yoyak("article.txt", "-o", "out.jsonl", "--resume")
    assert (ran.code, ran.err) == (code, "Interrupted.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("asks", [1, 2])
def test_ctrl_c_while_the_analyzer_loads_leaves_nothing_behind(asks: int) -> None:
    running = process(rows_file(3), "-o", "out.jsonl", warnings="ignore")
    until = time.monotonic() + 60
    while not Path("out.jsonl.journal").exists() and time.monotonic() < until:
        time.sleep(0.01)
    for _ in range(asks):
        running.send_signal(signal.SIGINT)
        time.sleep(0.05)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert b"Traceback" not in err
    assert sorted(path.name for path in Path().glob("out*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
@pytest.mark.parametrize("shape", ["jsonl", "plain", "text"])
def test_a_slow_pipe_gives_each_result_as_soon_as_it_is_done(shape: str) -> None:
    row = json.dumps({"text": ARTICLE}).encode() + b"\n"
    with process("-", "-f", shape, stdin=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for _ in range(2):
            running.stdin.write(row)
            running.stdin.flush()
            assert running.stdout.readline()  # ends only if the result does not wait for the next row
        running.stdin.close()
        assert running.wait(60) == 0


def test_a_pipe_that_does_not_block_is_read_to_its_end() -> None:
    read, write = os.pipe()
    os.set_blocking(read, False)
    with process("-", "-f", "jsonl", stdin=read) as running:
        os.close(read)
        for _ in range(2):
            time.sleep(0.3)
            os.write(write, json.dumps({"text": ARTICLE}).encode() + b"\n")
        os.close(write)
        out, _ = running.communicate(timeout=60)
    assert out.count(b"\n") == 2

"""The terminal view: what is shown, how wide it is, and that an article cannot speak to the terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article, failed, summary
from yoyak.app import terminal
from yoyak.core import messages
from yoyak.core.values import Notice, Outcome
from yoyak.outputs import render

CODE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _english() -> None:
    messages.use("en")


def shown(
    outcome: Outcome,
    view: terminal.View = "summary",
    *,
    several: bool = False,
    color: bool = False,
    width: int = 60,
) -> str:
    return terminal.view(outcome, view=view, several=several, color=color, width=width)


def test_summary() -> None:
    assert shown(summary()).split("\n") == [
        "가람시, 강변 도서관 짓는다",
        "책 20만 권, 밤 11시까지",
        "한빛신문 · 이보람, 정다온 · 2026.03.02 09:10",
        "",
        " 1  가람시가 강변 도서관을 새로 짓는다.",
        " 2  공사는 내년 3월에 시작한다.",
        "",
        "Keywords  도서관, 가람시",
    ]


def test_several_articles_carry_their_file_names() -> None:
    assert shown(summary(), several=True).split("\n")[0] == "library.txt"
    assert shown(article(), "article", several=True).split("\n")[0] == "library.txt"


def test_korean_labels() -> None:
    messages.use("ko")
    assert "한빛신문 · 이보람, 정다온 기자 · 2026" in shown(summary())
    assert "키워드  도서관, 가람시" in shown(summary())


def test_an_article_without_a_head_begins_with_its_sentences() -> None:
    bare = article(title=None, subtitles=(), press=None, reporters=(), published=None)
    assert shown(summary(bare)).startswith(" 1  가람시가")


def test_a_failure_shows_nothing_here() -> None:
    assert shown(failed()) == ""


def test_notices_stand_below() -> None:
    assert shown(summary(warnings=(Notice("weather", "날씨 기사입니다."),))).endswith("※ 날씨 기사입니다.")


def test_article_with_subheadings() -> None:
    lines = shown(article(), "article").split("\n")
    assert lines[lines.index("내년 3월 첫 삽") + 1].startswith("공사는 내년 3월에")


def test_removed_with_the_rule() -> None:
    assert "control  글자 크기 조절" in shown(article(), "removed")


def test_keywords_only_with_counts() -> None:
    assert "도서관  2 times" in shown(summary(), "keywords")


def test_explained_has_every_sentence_with_bar_reason_and_parts() -> None:
    lines = shown(summary(), "explain", width=100).split("\n")
    assert "● 1  가람시가 강변 도서관을 새로 짓는다." in lines
    assert "○ 2  책 20만 권이 들어간다." in lines
    assert f"     {'━' * 12} 0.900  chosen, rank 1 of 4: opens the article" in lines
    assert f"     {'─' * 12} 0.100  rank 4 of 4: quotes a position" in lines
    assert any("+0.45" in line for line in lines)


def test_marks_without_color_are_brackets() -> None:
    marked = shown(summary(), "highlight", width=100)
    assert "【가람시가 강변 도서관을 새로 짓는다.】 책 20만 권이 들어간다." in marked


def test_marks_with_color_are_bold_and_green() -> None:
    marked = shown(summary(), "highlight", color=True)
    assert "\x1b[1;32m가람시\x1b[0m\x1b[1m가 강변 " in marked
    assert "【" not in marked


@pytest.mark.parametrize("view", ["summary", "explain", "highlight", "keywords"])
@pytest.mark.parametrize("width", [30, 60, 80])
def test_no_line_is_wider_than_the_terminal(view: terminal.View, width: int) -> None:
    long = "가람시가 짓는 강변 도서관은 " * 12 + "문을 연다."
    made = summary(article(title=long, paragraphs=(long, long + " 끝이다.")), chosen=(0,))
    drawn = CODE.sub("", shown(made, view, several=True, color=True, width=width))
    assert all(render.cells(line) <= width for line in drawn.split("\n"))


@pytest.mark.parametrize("view", ["summary", "explain", "highlight"])
def test_no_line_ends_in_blanks(view: terminal.View) -> None:
    drawn = CODE.sub("", shown(summary(), view, color=True))
    assert not re.search(r" $", drawn, re.MULTILINE)


BRACKETS = "[/단독] [e종목] [@카카오] [#태그] [kbs 뉴스] [ai 시대] [bold]굵게[/bold] :tada: [속보]"


@pytest.mark.parametrize("view", ["summary", "explain", "highlight", "keywords"])
@pytest.mark.parametrize("color", [True, False])
def test_markup_in_articles_prints_as_it_stands(view: terminal.View, color: bool) -> None:
    made = summary(
        article(title=BRACKETS, paragraphs=(BRACKETS + " 끝.",)), chosen=(0,), keywords=(BRACKETS,)
    )
    drawn = CODE.sub("", shown(made, view, color=color, width=100))
    assert BRACKETS in drawn


ESCAPES = "\x1b]0;제목\x07\x1b[2J\x9b31m\u202e거꾸로\u202c\x08\x08 \ud800끝"


@pytest.mark.parametrize("view", ["summary", "explain", "highlight", "keywords"])
def test_escapes_in_articles_never_arrive(view: terminal.View) -> None:
    # Body text has been through `clean`; heads and keywords are guarded here once more.
    made = summary(
        article(title=ESCAPES, press=ESCAPES, reporters=(ESCAPES,), source=ESCAPES), keywords=(ESCAPES,)
    )
    drawn = shown(made, view, several=True, color=True)
    assert not set("\x07\x9b\u202e\x08\ud800") & set(drawn)
    assert "\x1b" not in CODE.sub("", drawn)


@given(st.text(st.characters(), max_size=80))
def test_any_title_is_shown_on_harmless_lines(title: str) -> None:
    drawn = shown(summary(article(title=title)), color=False)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", drawn)


def test_errors_are_one_harmless_line(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.error("a\x1b[2Jb\nc")
    assert capsys.readouterr().err == "yoyak: a[2Jb c\n"


def test_colored_errors(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.set_color("always")
    try:
        terminal.error("오류")
    finally:
        terminal.set_color("auto")
    assert capsys.readouterr().err == "\x1b[1;31myoyak:\x1b[0m 오류\n"


def test_plain_progress_is_lines_on_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yoyak.app.terminal.progress.PLAIN_LINE_SECONDS", 0.0)
    with terminal.Progress("plain") as progress:
        progress.advance(10, 1)
        progress.error("나쁜 파일")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.fullmatch(r"1 article, \d+/s\nyoyak: 나쁜 파일\n", captured.err)


def test_a_bar_goes_to_stderr_and_leaves_errors_above_it(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.Progress("bar", weights=[100]) as progress:
        progress.advance(50, 3)
        progress.error("[/단독] 나쁜 파일")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "yoyak: [/단독] 나쁜 파일" in captured.err


def test_the_total_of_a_bar_is_added_up_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yoyak.app.terminal.progress.WEIGHING_SECONDS", -1.0)
    looked: list[int] = []

    def weights() -> Iterator[int]:
        for weight in (30, 40, 50):
            looked.append(weight)
            yield weight

    with terminal.Progress("bar", weights=weights()) as progress:
        bar = progress._bar
        assert bar is not None
        assert looked == []
        progress.skip(30)
        seen = []
        for done in range(1, 6):
            progress.advance(10, done)
            seen.append((len(looked), bar.tasks[0].total, bar.tasks[0].completed))
    assert seen == [(1, None, 40), (2, None, 50), (3, None, 60), (3, 120, 70), (3, 120, 80)]


def test_the_time_left_follows_from_the_bytes_done() -> None:
    progress = terminal.Progress("none", weights=[100, 300])
    progress.advance(100, 1)
    progress._add_up(progress._started)
    assert progress._status(progress._started + 10, 1) == "1 article, 0/s, 0:30 left"
    unknown = terminal.Progress("none", weights=[100, None, 100])
    unknown.advance(100, 1)
    for _ in range(3):
        unknown._add_up(unknown._started)
    assert unknown._status(unknown._started + 10, 1) == "1 article, 0/s"


def test_the_loading_message_goes_before_the_first_result(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with terminal.Progress("none", loading="Loading") as progress:
        progress.loaded()
    assert capsys.readouterr().err == "", "standard error is not a terminal"
    monkeypatch.setattr("yoyak.app.terminal.progress._is_watched", lambda: True)
    with terminal.Progress("none", loading="Loading") as progress:
        assert capsys.readouterr().err == "Loading"
        progress.say("a notice")
        progress.loaded()
    assert capsys.readouterr().err == "\r       \ra notice\n"


def test_no_progress_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.Progress("none") as progress:
        progress.advance(10, 1)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("choice", "quiet", "kind"), [("auto", False, "none"), ("bar", True, "bar")])
def test_progress_is_for_people(choice: str, quiet: bool, kind: str) -> None:
    assert terminal.progress_kind(choice, quiet=quiet) == kind


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr(stderr, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.progress_kind("auto", quiet=False) == "bar"
    assert terminal.progress_kind("auto", quiet=True) == "none"
    monkeypatch.setenv("TERM", "dumb")
    assert terminal.progress_kind("auto", quiet=False) == "none"


@pytest.mark.parametrize(
    ("flag", "environ", "tty", "color"),
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
    flag: str, environ: dict[str, str], tty: bool, color: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: tty)
    assert terminal.uses_color(flag, stream, environ) is color

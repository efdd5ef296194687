"""How a run behaves: what it loads, what it never loses, what it refuses before the work, and how it ends."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commandline import ARTICLE, MENU, Run, process, record, rows_file
from yoyak.batch import Stopped
from yoyak.inputs.compression import open_stream
from yoyak.outputs.files import unwritable, write_all

pytestmark = pytest.mark.usefixtures("articles")


# -- manners, in processes of their own


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from yoyak.app.entry import run; run(sys.argv[1:]);"
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
        "import sys; from yoyak.app.entry import run; run(sys.argv[1:]);"
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


def read_one_and_leave(*arguments: str) -> None:
    """A reader takes the first of 200 results and closes the pipe: the run says nothing and ends well."""
    with process(rows_file(200), "--format", "jsonl", "-j", "1", "-q", *arguments) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


def test_a_closed_pipe_is_silent() -> None:
    read_one_and_leave()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on() -> None:
    rows_file(3_000)
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
    assert "is an input of this run" in ran.err
    assert Path("article.txt").read_text(encoding="utf-8") == ARTICLE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--report", "none/page.html"), "none/page.html: cannot be written: folder none does not exist"),
        (("-o", "none/one.json"), "none/one.json: cannot be written: folder none does not exist"),
        (
            ("-o", "none/one.jsonl", "--resume"),
            "none/one.jsonl: cannot be written: folder none does not exist",
        ),
        (("-o", "none/one.db"), "none/one.db: cannot be written: folder none does not exist"),
        (("-o", "one.json", "--report", "one.json"), "one.json is given twice"),
        (("--model", "."), ".: cannot be read: it is a folder"),
        (("--encoding", "utf-9"), "--encoding: unknown encoding utf-9"),
        (("--hidden=1",), "--hidden takes no value"),
        (("--diversity", "2"), "at least 0 and at most 1"),
        (
            ("--engine", "ray", "--output-dir", "out", "--force"),
            "--force cannot be combined with --engine ray",
        ),
    ],
)
def test_what_cannot_be_is_told_before_the_work(yoyak: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = yoyak("article.txt", *arguments)
    assert ran.code in (1, 2)
    assert said in ran.err
    assert ran.out == ""
    assert not list(Path().glob("one*"))


def test_a_row_without_its_text_is_told_what_it_has(yoyak: Run) -> None:
    Path("rows.csv").write_text(f'가,나\n도서관,"{ARTICLE.replace(chr(34), "")}"\n', encoding="utf-8")
    said = "the fields are: 가, 나; name one with --text-field"
    assert said in yoyak("rows.csv").err
    assert yoyak("rows.csv", "--text-field", "나").code == 0
    Path("wide.jsonl").write_text(json.dumps({f"k{n}": n for n in range(99)}), encoding="utf-8")
    assert "k28, k29, …; name" in yoyak("wide.jsonl").err
    Path("empty.jsonl").write_text('{"text": "", "id": "1"}\n{}\n', encoding="utf-8")
    ran = yoyak("empty.jsonl")
    assert ran.err.count("the row has no ") == 2
    assert "--text-field" not in ran.err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "가\t나"}', "이스케이프하지 않은 제어 문자가 있습니다 (12번째 글자)"),
        ('{"text": 1,, }', "JSON 형식이 아닙니다 (12번째 글자)"),
        ('{"text": "가', "JSON 형식이 아닙니다 (10번째 글자)"),
        ('{"text": ' + "[" * 100_000, "JSON 형식이 아닙니다"),
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
    assert "yoyak does not download pages" in ran.err
    assert yoyak("https://example.com/a.html", "article.txt").code == 1


@pytest.mark.parametrize("head", [b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"HWP Document File"])
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
    Path("second.txt").write_text(ARTICLE, encoding="utf-8")
    ran = yoyak("article.txt", "menu.txt", "second.txt", "-o", "out.jsonl", "--fail-fast")
    assert ran.code == 1
    assert "--resume to continue" in ran.err
    assert not Path("out.jsonl").exists()
    assert yoyak("article.txt", "menu.txt", "second.txt", "-o", "out.jsonl", "--resume").code == 1
    assert len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize("place", [("-o", "out.jsonl"), ("-o", "out.sqlite"), ("--output-dir", "out")])
@pytest.mark.parametrize("edited", ["article.txt", "rows.jsonl"])
def test_an_input_edited_between_a_run_and_its_resumption_is_told(
    yoyak: Run, place: tuple[str, str], edited: str
) -> None:
    Path("second.txt").write_text(ARTICLE, encoding="utf-8")
    arguments = ("article.txt", rows_file(2), "menu.txt", "second.txt", *place)
    assert yoyak(*arguments, "--fail-fast").code == 1
    other = Path(edited).read_text(encoding="utf-8").replace("412", "4120")
    Path(edited).write_text(other, encoding="utf-8")
    ran = yoyak(*arguments, "--resume")
    assert ran.code == 1
    name = edited if edited == "article.txt" else "rows.jsonl:1"
    assert f"cannot resume: {name} changed after its result was written" in ran.err
    ran = yoyak(*arguments, "--resume", "--force")
    assert "5 articles: 4 summarized, 1 failed" in ran.err


def test_a_finished_run_that_is_resumed_is_already_complete(yoyak: Run) -> None:
    assert yoyak("article.txt", "-o", "one.jsonl", "--resume").err == ""
    ran = yoyak("article.txt", "-o", "one.jsonl", "--resume")
    assert (ran.code, ran.err) == (0, "already complete\n")
    rows_file(3)
    for target in ("many.jsonl", "many.sqlite"):
        assert yoyak("rows.jsonl", "-o", target, "--resume").err == "3 articles summarized\n"
        ran = yoyak("rows.jsonl", "-o", target, "--resume")
        assert (ran.code, ran.err) == (0, "already complete: 3 articles summarized\n")
        assert yoyak("rows.jsonl", "-o", target, "--resume", "-q").err == ""


def test_a_finished_file_without_a_journal_is_complete(yoyak: Run) -> None:
    assert yoyak("article.txt", "-o", "out.jsonl").code == 0
    before = Path("out.jsonl").read_bytes()
    ran = yoyak("article.txt", "-o", "out.jsonl", "--resume")
    assert ran.code == 0
    assert ran.err.startswith("out.jsonl is already complete: there is no unfinished run")
    assert Path("out.jsonl").read_bytes() == before
    assert [path.name for path in Path().glob("out*")] == ["out.jsonl"]


def test_skipped_files_are_counted_by_type(yoyak: Run) -> None:
    Path("pages").mkdir()
    Path("pages/article.txt").write_text(ARTICLE, encoding="utf-8")
    for name in ("a.mhtml", "b.mhtml", "c.css", "d.png", "e.zip"):
        Path("pages", name).write_bytes(b"\0")
    ran = yoyak("pages")
    assert (ran.code, ran.err) == (0, "5 files skipped: 2 .mhtml, 1 .css, 1 .png, ...; -v lists them\n")
    assert yoyak("pages", "-q").err == ""
    assert yoyak("pages", "-v").err.count("skipped: ") == 5


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
    assert yoyak("config", "more").err == "yoyak: unexpected argument: more; see --help\n"
    assert (
        yoyak("config", "more", "--lang", "ko").err == "yoyak: more: 필요 없는 인자입니다. --help를 보세요\n"
    )


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
    assert "--removed cannot be combined with --format csv" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--methods", ","), "--methods: ',' is not valid"),
        (("--floors", "none.json"), "none.json does not exist"),
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
    assert "compress it afterwards" in ran.err
    assert not list(Path().glob("a.*"))


# -- how a run ends


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

    monkeypatch.setattr("yoyak.outputs.resumable.write_all", fills)
    ran = yoyak(rows_file(5), "-o", "out.jsonl", "--report", "run.json")
    assert ran.code == 1
    assert "2 results are in" in ran.err
    assert "--resume" in ran.err
    assert "the disk is full" in ran.err
    assert record()["articles"] == 2


def test_a_closed_pipe_leaves_reports_that_say_so() -> None:
    read_one_and_leave("--report", "run.json", "--report", "page.html", "--lang", "en")
    assert record()["interrupted"]
    assert 0 < record()["articles"] < 200
    assert "The run was interrupted; this page is incomplete." in Path("page.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks the pipe how full it is")
def test_a_second_ctrl_c_ends_a_run_whose_reader_has_stalled() -> None:
    import fcntl
    import termios

    def waiting(stream: io.BufferedReader) -> int:
        return int.from_bytes(fcntl.ioctl(stream, termios.FIONREAD, b"\0" * 4), sys.byteorder)

    running = process(rows_file(200), "-f", "jsonl", "-j", "1", "-q", warnings="ignore")
    assert isinstance(running.stdout, io.BufferedReader)
    until, before = time.monotonic() + 60, -1
    while time.monotonic() < until and (waiting(running.stdout) == 0 or waiting(running.stdout) != before):
        before = waiting(running.stdout)
        time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        running.wait(1.0)
    running.send_signal(signal.SIGINT)
    assert running.wait(20) == 130
    assert running.stderr is not None
    assert b"Traceback" not in running.stderr.read()
    running.stdout.close()
    running.stderr.close()


@pytest.mark.slow
def test_a_run_as_on_windows_spawned_workers_cp949_and_names_without_case() -> None:
    """Workers are spawned, the console is cp949, and two names differ in case only."""
    for name in ("News.txt", "news.txt"):
        Path(name).write_text(ARTICLE.replace("시민 설문", f"시민 설문 — 🗳 {name} —"), encoding="utf-8")
    Path("run.py").write_text(
        "import sys\n"
        "from yoyak.app.entry import run\n"
        "from yoyak.batch import pool\n"
        "pool.default_start = lambda: 'spawn'\n"
        "if __name__ == '__main__':\n"
        "    sys.exit(run(sys.argv[1:]))\n",
        encoding="utf-8",
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "cp949"}

    def spawned(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "run.py", "News.txt", "news.txt", "-n", "9", "-j", "2", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)

    ran = spawned("-f", "text", "--lang", "ko")
    assert ran.returncode == 0, ran.stderr
    assert "키워드" in ran.stdout.decode("cp949")
    assert "기사 2건 요약" in ran.stderr.decode("cp949")
    assert spawned("--output-dir", "out").returncode == 0
    names = sorted(path.name for path in Path("out").iterdir())
    assert len({name.casefold() for name in names}) == len(names) == 2


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

"""What a run prints and writes, in every format and view."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from commandline import ARTICLE, LEAD, Run, record, rows_file

pytestmark = pytest.mark.usefixtures("articles")


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
    assert ran.err.splitlines()[-1] == "3 articles: 1 summarized, 2 failed"


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
    assert "※ no sentence fits in 5 characters" in yoyak("article.txt", "--chars", "5", "-f", "text").out
    assert json.loads(yoyak("article.txt", "--chars", "90", "-f", "json").out)["warnings"] == []


@pytest.mark.parametrize(
    ("asked", "code"), [(("--chars", "5"), "over-length"), (("--query", "우주선"), "no-answer")]
)
def test_what_an_option_could_not_get_is_said_where_it_is_seen(
    yoyak: Run, asked: tuple[str, str], code: str
) -> None:
    said = {"over-length": "no sentence fits in 5", "no-answer": "no sentence matches the query “우주선”"}[
        code
    ]
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
    assert "검색어 +" in ran.out
    assert "query" not in ran.out


def test_a_wrong_encoding_is_no_missing_article(yoyak: Run) -> None:
    ran = yoyak("article.txt", "--encoding", "utf-16", "-f", "json")
    assert ran.code == 1
    assert json.loads(ran.out)["error"]["code"] == "decode"
    assert "--encoding" in ran.err
    assert "utf-8" in ran.err
    assert json.loads(yoyak("menu.txt", "--encoding", "utf-8", "-f", "json").out)["error"]["code"] == "empty"


@pytest.mark.usefixtures("articles")
def test_quotes(yoyak: Run) -> None:
    ran = yoyak("article.txt", "--quotes", "--format", "json")
    [quote] = json.loads(ran.out)["quotes"]
    assert (quote["speaker"], quote["role"]) == ("정다온", "시장")
    assert quote["text"] == "누구나 밤늦게까지 머물 수 있는 곳으로 만들겠다"
    assert "정다온 (시장)" in yoyak("article.txt", "--quotes", "--format", "text").out
    ran = yoyak("article.txt", "--quotes", "--format", "csv", "--lang", "en")
    assert ran.code == 2
    assert "--quotes" in ran.err


def test_keywords_only(yoyak: Run) -> None:
    words = yoyak("article.txt", "--keywords-only", "-k", "3").out.splitlines()
    assert len(words) == 3
    record = json.loads(yoyak("article.txt", "--keywords-only", "-f", "json").out)
    assert record["summary"] == []
    assert record["keywords"]


def test_explain_and_highlight(yoyak: Run) -> None:
    explained = yoyak("article.txt", "--explain").out
    assert explained.count("rank ") == 6
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
    assert "run.json already exists" in yoyak(rows_file(3), "-o", "2.jsonl", "--report", "run.json").err


def test_a_resumed_run_replaces_nothing_but_a_report(yoyak: Run) -> None:
    Path("notes.json").write_text('{"settings": "mine"}', encoding="utf-8")
    ran = yoyak(rows_file(3), "-o", "out.jsonl", "--resume", "--report", "notes.json")
    assert ran.code == 1
    assert "notes.json already exists" in ran.err
    Path("page.html").write_text("<p>", encoding="utf-8")
    ran = yoyak(rows_file(3), "-o", "out.jsonl", "--resume", "--report", "page.html")
    assert ran.code == 2
    assert "page.html cannot be combined with --resume" in ran.err

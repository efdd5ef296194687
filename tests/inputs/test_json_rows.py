"""JSON in the shapes that programs write articles in."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import BRIDGE, GARLIC, LIBRARY, TEXTS, TITLES, read
from yoyak import inputs
from yoyak.core.options import Fields, ReadOptions

ROWS = [
    {"id": f"n{at}", "title": title, "text": text}
    for at, (title, text) in enumerate(zip(TITLES, TEXTS, strict=True))
]


def document(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


SHAPES = {
    "list": document(ROWS),
    "one after the other": "\n".join(map(document, ROWS)),
    "with commas between": ",\n".join(map(document, ROWS)),
    "one a line": "\n".join(json.dumps(row) for row in ROWS),
    "items": document({"total": 3, "items": ROWS}),
    "documents": document({"name": "말뭉치", "documents": ROWS}),
    "below two objects": document({"hits": {"total": 3, "hits": [{"_source": row} for row in ROWS]}}),
    "several lists": document({"20260512": ROWS[:1], "20260513": ROWS[1:]}),
    "by id": document({row["id"]: {"title": row["title"], "text": row["text"]} for row in ROWS}),
    "pandas columns": document({key: {str(at): row[key] for at, row in enumerate(ROWS)} for key in ROWS[0]}),
    "columns as lists": document({key: [row[key] for row in ROWS] for key in ROWS[0]}),
    "pandas split": document({"columns": list(ROWS[0]), "index": [0, 1, 2], "data": [list(row.values()) for row in ROWS]}),
    "pandas table": document({"schema": {"fields": []}, "data": ROWS}),
    "list of lists": document([list(ROWS[0]), *(list(row.values()) for row in ROWS)]),
    "other names": document([{"기사 ID": row["id"], "제목": row["title"], "본문": row["text"]} for row in ROWS]),
    "wrapped": document([{"metadata": {"id": row["id"], "title": row["title"]}, "content": {"rendered": row["text"]}} for row in ROWS]),
    "paragraphs": document([{**row, "text": [row["text"]]} for row in ROWS]),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_every_shape_gives_its_articles(shape: str, encoding: str) -> None:
    seen = read(SHAPES[shape].encode(encoding), "a.json")
    assert seen.errors == {}
    assert seen.texts == list(TEXTS)
    assert seen.titles == list(TITLES)
    assert [article.id for article in seen.articles] == ["n0", "n1", "n2"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.json.gz", "noending"])
@pytest.mark.parametrize("shape", ["list", "one after the other", "one a line", "items"])
def test_json_is_known_by_its_content(shape: str, name: str) -> None:
    data = SHAPES[shape].encode()
    assert read(gzip.compress(data) if name.endswith(".gz") else data, name).texts == list(TEXTS)


@pytest.mark.parametrize(
    "value",
    [
        {"response": {"header": {"code": "00"}, "body": {"items": {"item": ROWS}}}},
        {"article": ROWS},
        {"contents": ROWS},
        [
            {
                "Meta(Acquisition)": {"doc_id": row["id"], "doc_name": row["title"]},
                "Meta(Refine)": {"passage": row["text"]},
            }
            for row in ROWS
        ],
    ],
    ids=["public data", "named like a text", "named like texts", "two objects"],
)
def test_objects_around_articles_are_no_texts(value: Any) -> None:
    seen = read(document(value), "a.json")
    assert (seen.texts, seen.titles, seen.errors) == (list(TEXTS), list(TITLES), {})


def test_texts_by_their_ids() -> None:
    texts = [f"{LIBRARY} {BRIDGE}", f"{BRIDGE} {GARLIC}"]
    seen = read(document(dict(zip("ab", texts, strict=True))), "a.json")
    assert seen.texts == texts
    assert [article.id for article in seen.articles] == ["a", "b"]


def test_a_list_of_strings_is_an_article_each() -> None:
    assert read(document(list(TEXTS)), "a.json").texts == list(TEXTS)


def test_nested_sentences_stay_the_sentences_they_are() -> None:
    sentences = [[{"index": 0, "sentence": "가람시가 도서관을 짓는다."}, {"index": 1, "sentence": "책은 20만 권이다."}], [{"index": 2, "sentence": "내년에 연다."}]]  # fmt: skip
    (article,) = read(
        document({"documents": [{"title": "도서관", "media_sub_type": "한빛신문", "text": sentences}]}),
        "a.json",
    ).articles
    assert article.spans is not None
    assert [article.text[span.start : span.end] for span in article.spans] == [
        "가람시가 도서관을 짓는다.",
        "책은 20만 권이다.",
        "내년에 연다.",
    ]
    assert article.press == "한빛신문"


def test_paragraphs_of_sentences_are_paragraphs() -> None:
    (article,) = read(
        document({"text": [["가람시가 도서관을 짓는다.", "책은 20만 권이다."], [BRIDGE]]}), "a.json"
    ).articles
    assert article.paragraphs == ("가람시가 도서관을 짓는다. 책은 20만 권이다.", BRIDGE)


def test_answers_of_a_search_interface() -> None:
    item = {"title": "<b>강변</b> 도서관 &quot;열어&quot;", "originallink": "https://news.example/1", "link": "https://portal.example/1", "description": LIBRARY.replace("도서관", "<b>도서관</b>"), "pubDate": "Tue, 12 May 2026 10:30:00 +0900"}  # fmt: skip
    (article,) = read(document({"lastBuildDate": "…", "items": [item]}), "a.json").articles
    assert (article.title, article.text, article.url) == (
        '강변 도서관 "열어"',
        LIBRARY,
        "https://news.example/1",
    )
    assert str(article.published) == "2026-05-12 10:30:00+09:00"


@pytest.mark.parametrize(
    ("data", "error", "count"),
    [
        (document(ROWS)[:-80], "not valid JSON: the file ends too early (line 14, column 26)", 2),
        (document(ROWS).replace("\n]", ",\n]"), "not valid JSON (line 17, column 1)", 3),
        (document(ROWS).replace('"n1",', '"n1"'), "not valid JSON (line 9, column 3)", 1),
        (document(ROWS[0]) + "\n" + document(ROWS[1])[:-2] + "x", "(line 9, column", 1),
        (f'{{"text": "{LIBRARY}\n{BRIDGE}"}}', "unescaped tab, line end or other control character (line 1, column", 0),
        (LIBRARY, "not valid JSON (line 1, column 1)", 0),
        ("{'text': '글'}", "not valid JSON (line 1, column 2)", 0),
        ("[" * 100_000, "not valid JSON", 0),
        ("", "the JSON document holds no article", 0),
        ("[]", "the JSON document holds no article", 0),
        ("42", "each row must be a JSON object", 0),
        (document({"title": "가", "comments": [{"text": "좋다"}, {"text": "싫다"}]}), "the fields are: title, comments", 0),
    ],
)  # fmt: skip
def test_what_does_not_parse_is_an_error_with_its_place(data: str, error: str, count: int) -> None:
    seen = read(data, "a.json")
    assert len(seen.errors) == 1
    assert error in next(iter(seen.errors.values()))
    assert seen.texts == list(TEXTS)[:count]


@pytest.mark.parametrize(
    "text",
    [f"[앵커]\n{LIBRARY}\n{BRIDGE}", f"{{광고}} {LIBRARY}", f'["한빛"] 도서관\n\n{LIBRARY}\n\n{BRIDGE}'],
)
def test_prose_that_begins_with_a_bracket_is_prose(text: str) -> None:
    assert LIBRARY in read(text, "a.txt").texts[0]


def test_rows_without_text_are_one_error() -> None:
    rows = "".join(json.dumps({"제목": "가", "요지": "나"}) + "\n" for _ in range(500))
    assert read(rows, "a.jsonl").errors == {
        "a.jsonl": "a.jsonl: no field is known to hold the text; the fields are: 제목, 요지; name one with --text-field"
    }


def test_a_chosen_field_that_no_row_has_is_one_error() -> None:
    rows = "".join(json.dumps({"title": "가", "text": LIBRARY}) + "\n" for _ in range(50))
    assert read(rows, "a.jsonl", fields=Fields(title="head")).errors == {
        "a.jsonl": "a.jsonl: there is no field head; the fields are: title, text"
    }
    later = json.dumps({"text": LIBRARY, "head": "나"})
    assert read(
        json.dumps({"text": BRIDGE}) + "\n" + later, "a.jsonl", fields=Fields(title="head")
    ).titles == [None, "나"]


def test_a_row_without_text_among_others_costs_itself() -> None:
    rows = [{"title": "가"}, {"text": LIBRARY}, {"title": "나"}]
    seen = read("\n".join(map(json.dumps, rows)), "a.jsonl")
    assert list(seen.errors) == ["a.jsonl:1", "a.jsonl:3"]
    assert seen.texts == [LIBRARY]


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        (1778549400, "2026-05-12 10:30:00+09:00"),
        (1778549400123, "2026-05-12 10:30:00"),
        ("1778549400", "2026-05-12 10:30:00+09:00"),
        ("Tue, 12 May 2026 01:30:00 GMT", "2026-05-12 10:30:00"),
        (20260512, "2026-05-12 00:00:00+09:00"),
        ("2026년 5월 12일 오전 10:30", "2026-05-12 10:30:00+09:00"),
        (None, "None"),
        (float("nan"), "None"),
    ],
)
def test_times_in_the_forms_programs_write(stated: object, published: str) -> None:
    (article,) = read(json.dumps({"text": LIBRARY, "date": stated}), "a.json").articles
    assert str(article.published).startswith(published[:19])


def test_scalar_fields_without_a_role_are_kept_when_asked() -> None:
    row = {
        "text": LIBRARY,
        "조회수": 3,
        "유료": False,
        "메모": "가",
        "목록": [1],
        "빈칸": None,
        "title": "가",
    }
    (article,) = read(document(row), "a.json", extra=True).articles
    assert article.extra == {"조회수": 3, "유료": False, "메모": "가"}
    assert read(document(row), "a.json").articles[0].extra is None


def test_fields_by_dotted_path() -> None:
    fields = Fields(text="body.parts.0", title="head.main")
    (article,) = read(
        document({"body": {"parts": [LIBRARY]}, "head": {"main": "가"}}), "a.json", fields=fields
    ).articles
    assert (article.title, article.text) == ("가", LIBRARY)


KEY = st.text(st.characters(codec="utf-8", exclude_characters="."), min_size=1, max_size=5)


@given(
    st.lists(st.dictionaries(KEY, st.text(max_size=40), max_size=3), min_size=1, max_size=6), st.booleans()
)
def test_rows_written_as_json_come_back(rows: list[dict[str, str]], lines: bool) -> None:
    rows = [{**row, "text": "글"} for row in rows]
    data = "\n".join(map(json.dumps, rows)) if lines else json.dumps(rows)
    reading = ReadOptions()
    items = inputs.discover(["-"], read=reading, stdin=io.BytesIO(data.encode()))
    assert [inputs.load(item, reading) for item in items] == rows

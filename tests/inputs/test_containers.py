"""Feeds, saved pages, mails and archives: one item for each article in them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import time
import zipfile
from base64 import encodebytes
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import BRIDGE, GARLIC, LIBRARY, TITLES, read, read_path
from yoyak import inputs
from yoyak.core.normalize import normalize
from yoyak.core.options import ReadOptions
from yoyak.core.values import Record

PAGE = (
    '<!doctype html><html><head><meta charset="{charset}"><title>강변 도서관 짓는다 - 한빛신문</title></head><body>'
    '<nav><a href="/">홈</a></nav><h1>강변 도서관 짓는다</h1>'
    f'<div id="articleBody"><p>{LIBRARY}</p><p>{BRIDGE}</p></div></body></html>'
)
BODY = f"{LIBRARY}\n\n{BRIDGE}"


# -- feeds --------------------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0" encoding="ENCODING"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>한빛신문 | 사회</title><link>https://news.example/</link>
<item><title><![CDATA[강변 <b>도서관</b> &quot;짓는다&quot;]]></title><link>https://news.example/1</link><guid>g1</guid>
<dc:creator>이보람 기자</dc:creator><category>사회</category><pubDate>Tue, 12 May 2026 10:30:00 +0900</pubDate>
<description>{LIBRARY[:20]}…</description><content:encoded><![CDATA[<p>{LIBRARY}</p><p>{BRIDGE}</p>]]></content:encoded></item>
<item><title>마늘값</title><description>&lt;p&gt;{GARLIC}&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>한빛신문</title>
<entry><title type="html">강변 &lt;b&gt;도서관&lt;/b&gt; "짓는다"</title><id>g1</id><link rel="self" href="https://news.example/a"/>
<link href="https://news.example/1"/><updated>2026-05-12T10:30:00+09:00</updated><author><name>이보람</name></author>
<category term="사회"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{LIBRARY}</p><p>{BRIDGE}</p></div></content></entry>
<entry><title>마늘값</title><summary>{GARLIC}</summary></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="c"><title>한빛신문</title><items><rdf:Seq><rdf:li rdf:resource="https://news.example/1"/></rdf:Seq></items></channel>
<item rdf:about="1"><title>강변 도서관 "짓는다"</title><link>https://news.example/1</link><dc:identifier>x</dc:identifier><guid>g1</guid>
<dc:creator>이보람</dc:creator><dc:subject>사회</dc:subject><dc:date>2026-05-12T10:30:00+09:00</dc:date><description>{LIBRARY}&lt;br&gt;&lt;br&gt;{BRIDGE}</description></item>
<item><title>마늘값</title><description>{GARLIC}</description></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", RSS.replace("ENCODING", "utf-8").encode()),
        ("a.rss", RSS.replace("ENCODING", "euc-kr").encode("cp949")),
        ("a.xml.gz", gzip.compress(RSS.replace("ENCODING", "utf-8").encode())),
        ("a.txt", RSS.replace("ENCODING", "utf-8").encode("utf-8-sig")),
        ("a.atom", ATOM.encode()),
        ("a.rdf", RDF.encode()),
        ("prefix.xml", RSS.replace("<rss", '<r:rss xmlns:r="u"').replace("</rss", "</r:rss").encode()),
        ("ampersand.xml", RSS.replace("마늘값<", "마늘값 &nbsp;A&B<").encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_feed_gives_an_article_an_entry(name: str, data: bytes) -> None:
    seen = read(data, name)
    assert seen.errors == {}
    first, second = seen.articles
    assert (first.title, first.text) == ('강변 도서관 "짓는다"', BODY)
    assert (first.id, first.press, first.reporters) == ("g1", "한빛신문", ("이보람",))
    assert (first.url, first.section) == ("https://news.example/1", "사회")
    assert str(first.published) == "2026-05-12 10:30:00+09:00"
    assert second.title in ("마늘값", "마늘값 A&B")
    assert second.text == GARLIC


def test_a_feed_that_was_cut_gives_what_is_whole_and_an_error() -> None:
    seen = read(RSS[: RSS.index("</description></item>\n</channel>")].replace("ENCODING", "utf-8"), "a.xml")
    assert seen.texts == [BODY]
    assert "not well-formed XML (line 7, column" in seen.errors["a.xml"]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_of_a_feed_are_not_read(head: str) -> None:
    seen = read(
        f"{head}<rss><channel><item><title>&b;</title><description>{LIBRARY}</description></item></channel></rss>",
        "a.rss",
    )
    assert seen.errors == {"a.rss": "a.rss: the feed defines XML entities, which are not read"}


def test_a_feed_without_entries_and_an_entry_without_text_are_errors() -> None:
    assert read("<rss><channel><title>가</title></channel></rss>", "a.rss").errors == {
        "a.rss": "a.rss: the feed has no entries"
    }
    assert list(read("<rss><channel><item><title>가</title></item></channel></rss>", "a.rss").errors) == [
        "a.rss:1"
    ]


@given(
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=["C", "M", "Z"], exclude_characters="<&\\"),
            min_size=1,
            max_size=20,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_entries_written_as_a_feed_come_back(texts: list[str]) -> None:
    data = "".join(
        f"<item><title>{escape(text)}</title><description>{escape(text)}</description></item>"
        for text in texts
    )
    reading = ReadOptions(input_format="feed", encoding="utf-8")
    items = inputs.discover(
        ["-"], read=reading, stdin=io.BytesIO(f"<rss><channel>{data}</channel></rss>".encode())
    )
    records = [inputs.load(item, reading) for item in items]
    assert [record.text if isinstance(record, Record) else None for record in records] == [
        normalize(text) for text in texts
    ]


# -- saved pages and mails ----------------------------------------------------------------------------------


def saved_page(charset: str, encoding: str = "base64") -> bytes:
    page = PAGE.format(charset=charset).encode("cp949" if charset == "euc-kr" else charset)
    head = f'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/1\r\nSubject: x\r\nDate: Tue, 12 May 2026 01:30:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\nContent-Location: https://news.example/1\r\n\r\n'
    from quopri import encodestring

    body = encodebytes(page) if encoding == "base64" else encodestring(page)
    return head.encode() + body + b"\r\n--B\r\nContent-Type: text/html\r\n\r\n<p>frame</p>\r\n--B--\r\n"


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "noending"])
@pytest.mark.parametrize("charset", ["utf-8", "euc-kr"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_saved_page_is_its_page(name: str, charset: str, encoding: str) -> None:
    (article,) = read(saved_page(charset, encoding), name).articles
    assert (article.title, article.text) == (TITLES[0], BODY)
    assert article.url == "https://news.example/1"
    assert article.published is None


def mail(subject: str, *parts: tuple[str, str], charset: str = "utf-8") -> bytes:
    message = MIMEMultipart("alternative")
    message["Subject"] = Header(subject, charset).encode()
    message["From"], message["To"] = "a@news.example", "b@news.example"
    message["Date"] = "Tue, 12 May 2026 10:30:00 +0900"
    for text, kind in parts:
        message.attach(MIMEText(text, kind, charset))
    return message.as_bytes()


RAW_MAIL = (
    b"From: a@news.example\r\nTo: b@news.example\r\nMIME-Version: 1.0\r\nDate: Tue, 12 May 2026 10:30:00 +0900\r\nSubject: "
    + TITLES[0].encode("cp949")
    + b"\r\nContent-Type: text/plain; charset=ks_c_5601-1987\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + BODY.encode("cp949")
)


@pytest.mark.parametrize(
    "data",
    [
        mail(TITLES[0], (BODY, "plain")),
        mail(f"Fwd: Re: {TITLES[0]}", (BODY, "plain"), charset="euc-kr"),
        mail(TITLES[0], ("글만 보기", "plain"), (PAGE.format(charset="utf-8"), "html")),
        mail(TITLES[0], (f"<p>{LIBRARY}</p><p>{BRIDGE}</p>", "html"), charset="euc-kr"),
        RAW_MAIL,
        b"From x@y Tue May 12 10:30:00 2026\n" + mail(TITLES[0], (BODY, "plain")),
    ],
    ids=["plain", "forwarded euc-kr", "both", "fragment", "raw bytes", "mbox of one"],
)
def test_a_mail_is_its_text_with_subject_and_time(data: bytes) -> None:
    seen = read(data, "a.eml")
    assert seen.errors == {}
    (article,) = seen.articles
    assert (article.title, article.text) == (TITLES[0], BODY)
    assert str(article.published) == "2026-05-12 10:30:00+09:00"


def test_mails_of_a_mailbox_are_articles_of_their_own() -> None:
    data = b"".join(
        b"From x@y Tue May 12 10:30:00 2026\n" + mail(title, (BODY, "plain")) + b"\n\n" for title in TITLES
    )
    assert read(data, "a.mbox").titles == list(TITLES)


def test_a_mail_without_text_is_an_error() -> None:
    assert list(read(mail("첨부"), "a.eml").errors) == ["a.eml"]


# -- archives -----------------------------------------------------------------------------------------------


def zipped(members: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(members: dict[str, bytes | str], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data.encode() if isinstance(data, str) else data)
            archive.addfile(info, io.BytesIO(data.encode() if isinstance(data, str) else data))
    return buffer.getvalue()


MEMBERS: dict[str, bytes | str] = {
    "기사/page.html": PAGE.format(charset="utf-8"),
    "rows.csv": f"제목,본문\n마늘값,{GARLIC}\n".encode("cp949"),
    "../../up.txt": BODY,
    "packed.txt.gz": gzip.compress(BODY.encode()),
    "picture.png": b"\x89PNG",
    "__MACOSX/._page.html": "x",
}


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.zip", zipped(MEMBERS)), ("a.tar.gz", tarred(MEMBERS)), ("a.tgz", tarred(MEMBERS)), ("a.tar", tarred(MEMBERS, "w")), ("noending", zipped(MEMBERS))],
    ids=["zip", "tar.gz", "tgz", "tar", "by content"],
)  # fmt: skip
def test_members_of_an_archive_are_read_like_files_of_a_folder(name: str, data: bytes) -> None:
    seen = read(data, name)
    assert seen.errors == {}
    assert sorted(article.source for article in seen.articles) == [
        f"{name}/packed.txt.gz", f"{name}/rows.csv:1", f"{name}/up.txt", f"{name}/기사/page.html",
    ]  # fmt: skip
    assert sorted(seen.skipped) == [f"{name}/__MACOSX/._page.html", f"{name}/picture.png"]
    assert {article.text for article in seen.articles} == {BODY, GARLIC}


def test_names_of_korean_windows_and_places_inside_the_output() -> None:
    data = zipped({"AAAA.txt": BODY}).replace(b"AAAA.txt", "기사".encode("cp949") + b".txt")
    (item,) = inputs.discover(["-"], read=ReadOptions(), stdin=io.BytesIO(data))
    assert (item.source, item.place) == ("-/기사.txt", "stdin/기사.txt")
    items = inputs.discover(
        ["-"],
        read=ReadOptions(),
        stdin=io.BytesIO(zipped({"../../a.txt": BODY, "/b.txt": BODY, "..\\c.txt": BODY})),
    )
    assert [item.place for item in items] == ["stdin/a.txt", "stdin/b.txt", "stdin/c.txt"]


def test_archives_in_a_folder_are_skipped_and_one_in_another_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": zipped(MEMBERS)}))
    assert list(inputs.discover([tmp_path], read=ReadOptions())) == []
    rules = inputs.Walk(include=("*.zip",))
    (item,) = inputs.discover([tmp_path], read=ReadOptions(), rules=rules)
    assert "an archive inside an archive" in str(item.content)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped({"bomb.txt": bytes(30_000_000)})),
        ("a.tar.gz", tarred({"bomb.txt": bytes(30_000_000)})),
        ("a.xlsx", zipped({"[Content_Types].xml": bytes(30_000_000)})),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\n" + bytes(30_000_000))),
    ],
    ids=["zip", "tar", "xlsx", "warc"],
)  # fmt: skip
def test_bombs_end_in_an_error(name: str, data: bytes) -> None:
    begun = time.process_time()
    assert read(data, name).articles == []
    assert read(data, name).errors
    assert time.process_time() - begun < 10


def test_xml_of_a_workbook_with_a_document_type_is_refused() -> None:
    pytest.importorskip("openpyxl")
    data = zipped(
        {"[Content_Types].xml": '<!DOCTYPE x [<!ENTITY a "b">]><Types/>', "xl/workbook.xml": "<x/>"}
    )
    assert "document type" in read(data, "a.xlsx").errors["a.xlsx"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.xlsx", "a.eml", "a.rss", "a.warc", "a.mhtml"])
@given(data=st.binary(max_size=300), cut=st.integers(0, 2_000))
def test_broken_containers_give_items_and_never_an_exception(name: str, data: bytes, cut: int) -> None:
    whole = {"a.zip": zipped(MEMBERS), "a.tar.gz": tarred(MEMBERS), "a.xlsx": zipped({"xl/workbook.xml": "<x/>"}), "a.eml": RAW_MAIL, "a.rss": RSS.encode(), "a.warc": b"WARC/1.0\r\n\r\n", "a.mhtml": saved_page("utf-8")}  # fmt: skip
    seen = read(whole[name][:cut] + data, name, max_bytes=100_000)
    assert all(seen.errors.values())


# The writer of warcio, which only the test uses, leaves temporary files to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_web_archives_give_a_page_a_record() -> None:
    writer = pytest.importorskip("warcio.warcwriter")
    from warcio.statusandheaders import StatusAndHeaders

    for packed in (False, True):
        buffer = io.BytesIO()
        out = writer.WARCWriter(buffer, gzip=packed)
        for address, status, kind, body in (
            (
                "https://news.example/1",
                "200 OK",
                "text/html; charset=euc-kr",
                PAGE.format(charset="euc-kr").encode("cp949"),
            ),
            ("https://news.example/p", "200 OK", "image/png", b"\x89PNG"),
            ("https://news.example/x", "404 Not Found", "text/html", b"none"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            out.write_record(
                out.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
            )
        seen = read(buffer.getvalue(), "a.warc.gz" if packed else "a.warc")
        assert (seen.texts, seen.errors, len(seen.skipped)) == ([BODY], {}, 2)
        assert seen.articles[0].url == "https://news.example/1"


# -- lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_lines_are_articles_when_asked(encoding: str) -> None:
    data = f"{LIBRARY}\r\n\r\n{BRIDGE}\n{GARLIC}".encode(encoding)
    seen = read(data, "many.txt", input_format="lines")
    assert seen.texts == [LIBRARY, BRIDGE, GARLIC]
    assert [article.source for article in seen.articles] == ["many.txt:1", "many.txt:3", "many.txt:4"]


LONG = [
    "가람시가 강변 주차장에 도서관을 짓는다고 2일 밝혔다. 책 20만 권을 갖춘다. 열람실은 밤 11시까지 연다. 시민 설문에서 가장 많이 나온 바람이었다. 공사는 3월에 시작한다.",
    "다솜군이 낡은 다리를 새로 놓는다. 길이는 320m이고 차로는 넷이다. 배가 지날 때는 가운데가 열린다. 주민들은 장날마다 막히던 길이 뚫린다며 반겼다. 예산은 국비로 댄다.",
    "봄 가뭄으로 마늘값이 한 달 새 18% 올랐다. 정부는 비축 물량을 푼다. 농가는 관정을 파고 있다. 전문가들은 장마가 와야 값이 내린다고 본다. 양파와 대파도 따라 오르고 있다.",
]


def test_a_file_of_one_article_a_line_is_recognized() -> None:
    seen = read("\n".join(LONG) + "\n", "many.txt")
    assert seen.texts == LONG


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(LONG),
        "제목이다\n" + "\n".join(LONG),
        "\n".join(line.replace("다솜군", "가람시").replace("정부는", "도서관에 가람시는") for line in LONG),
        "\n".join(line.split(". ")[0] + "." for line in LONG),
    ],
    ids=["empty lines", "a title", "one topic", "short lines"],
)
def test_paragraphs_of_one_article_are_not_taken_for_articles(text: str) -> None:
    assert len(read(text, "one.txt").articles) == 1


def test_an_input_format_overrides_the_name() -> None:
    assert read(json.dumps({"text": LIBRARY}), "a.html", input_format="jsonl").texts == [LIBRARY]


@pytest.mark.parametrize("path", sorted(Path("samples/inputs").glob("*")), ids=lambda path: path.name)
def test_sample_files_are_read(path: Path) -> None:
    seen = read_path(path, **({"input_format": "lines"} if path.name == "lines.txt" else {}))
    assert seen.articles
    assert seen.errors == {}

"""HTML: the markup shapes of newsrooms, broadcasters, portals and town halls, and markup of no shape at all.

`cases/html` holds a page and a JSON document of what is right for it, for each shape. All text is invented.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yoyak import extraction
from yoyak.core.errors import EmptyArticleError
from yoyak.core.values import Article, Decoded
from yoyak.extraction import html
from yoyak.extraction.dom import parse
from yoyak.extraction.markup import read_class_names
from yoyak.extraction.page import Page
from yoyak.inputs.encoding import decode

CASES = sorted((Path(__file__).parents[1] / "cases" / "html").glob("*.html"))
BODY = (
    "가람천에 물억새 군락이 돌아왔다. 주민들이 3년 동안 외래종을 걷어 낸 결과다.",
    "환경단체 ‘물길지기’는 올봄 조사에서 물억새 1만2000그루를 확인했다고 밝혔다.",
    "온새미 대표는 “새들이 먼저 알고 찾아왔다”고 말했다. 개개비 둥지는 41개로 늘었다.",
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)
TITLE = "가람천에 돌아온 물억새, 개개비도 함께 왔다"


def extracted(markup: str) -> Article:
    return extraction.extract(Decoded(text=markup, encoding="utf-8", evidence="given"), source="a.html")


def lines_inside(page: Page) -> list[str]:
    return [line.text for line in page.lines if line.in_body and line.tag == ""]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_shape_gives_exactly_its_article(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    result = extraction.extract(decode(path.read_bytes(), source=path.name), source=path.name)

    assert {
        "title": result.title,
        "subtitles": list(result.subtitles),
        "published": result.published and result.published.isoformat(),
        "modified": result.modified and result.modified.isoformat(),
        "reporters": list(result.reporters),
        "press": result.press,
        "subheadings": [heading.text for heading in result.subheadings],
        "body": list(result.paragraphs),
    } == expected


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<!DOCTYPE html><html><body>", True),
        ("\n\n  <html lang=ko>", True),
        ("<?xml version='1.0'?><html>", True),
        ("<!-- saved --><head><title>", True),
        ("<div class=article><p>본문", True),
        ("<앵커> 오늘의 뉴스입니다.", False),
        ("<사진=가람시청>", False),
        ("첫 문장이다.<br><br>둘째 문장이다.<br/>", True),
        ("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<!DOCTYPE html><html>", True),
        ("본문 <b>굵게</b>", False),
        ("a < b 이고 c > d 이다. <1> <2> <3> <4>", False),
        ("", False),
    ],
)
def test_markup_is_told_from_text(text: str, answer: bool) -> None:
    assert html.is_html(text) is answer


@pytest.mark.parametrize(
    ("tags", "heading", "title"),
    [
        (f'<meta property="og:title" content="{TITLE} - 가온일보">', f"<h1>{TITLE}</h1>", TITLE),
        (f'<meta property="og:title" content="[가온일보] {TITLE}">', f"<h2>{TITLE}</h2>", TITLE),
        (
            f'<meta property="og:title" content="{TITLE} | 가온일보"><meta property="og:site_name" content="가온일보">',
            "",
            TITLE,
        ),
        (f"<title>{TITLE} &lt; 사회 &lt; 기사본문 - 가온일보</title>", "", TITLE),
        (f"<title>{TITLE} : 가온일보</title>", f"<strong class=tit>{TITLE}</strong>", TITLE),
        (f'<meta property="og:title" content="{TITLE[:14]}...">', f"<h1>{TITLE}</h1>", TITLE),
        (
            f'<meta property="og:title" content="가온일보"><title>{TITLE} - 가온일보</title><meta property="og:site_name" content="가온일보">',
            f"<h3>{TITLE}</h3>",
            TITLE,
        ),
        (
            f'<meta property="og:title" content="{TITLE}, 가람시청, Garam City">',
            f"<p class=title>{TITLE}</p>",
            TITLE,
        ),
        (
            f'<meta property="og:title" content="&amp;quot;{TITLE}&amp;quot; - 가온일보">',
            f'<h1>"{TITLE}"</h1>',
            f'"{TITLE}"',
        ),
        (
            '<meta property="og:title" content="[포토] 물억새-개개비의 봄 - 가온일보">',
            "<h1>[포토] 물억새-개개비의 봄</h1>",
            "[포토] 물억새-개개비의 봄",
        ),
    ],
)
def test_the_title_is_the_headline_without_the_site(tags: str, heading: str, title: str) -> None:
    page = html.read_page(f"<html><head>{tags}</head><body>{heading}<div>{PARAGRAPHS}</div></body></html>")

    assert page.hints.title == title


@pytest.mark.parametrize(
    "inner",
    [
        "가<b>람</b>천에 물억새 <a href='/t'>군락</a>이 돌아왔다.",
        "가람천에 <span>물</span><span>억새</span> 군락이 돌아왔다.",
        "가람천에\n        물억새\n군락이 돌아왔다.",
        "가람천에&nbsp;물억새 군<!-- 광고 -->락이 돌아<wbr>왔다.",
        "가람천에 물억새 군락이 <font color=red>돌아왔다</font>.",
    ],
)
def test_inline_tags_neither_join_nor_split_words(inner: str) -> None:
    page = html.read_page(f"<html><body><article><p>{inner}</p>{PARAGRAPHS}</article></body></html>")

    assert lines_inside(page)[0] == "가람천에 물억새 군락이 돌아왔다."


def test_what_a_reader_does_not_see_is_not_read() -> None:
    page = html.read_page(
        f"""<html><body><article><script>var t = "숨은 글이다.";</script><style>p {{ color: red }}</style>
        <noscript>자바스크립트를 켜 주세요.</noscript><p style="display:none">숨은 문단이다.</p><p hidden>더 숨은 문단이다.</p>
        <span class="blind">가려진 말이다.</span><template><p>틀이다.</p></template>{PARAGRAPHS}</article></body></html>"""
    )

    assert [line.text for line in page.lines] == list(BODY)


def test_a_body_hidden_until_a_script_shows_it_is_read() -> None:
    page = html.read_page(
        f'<html><body><div id="news_body" style="display:none">{PARAGRAPHS}</div><p>로딩 중</p></body></html>'
    )

    assert lines_inside(page) == list(BODY)


def test_boxes_beside_the_article_are_outside_and_kept_as_lines() -> None:
    page = html.read_page(
        f"""<html><body><div class="article_body">{PARAGRAPHS}<div class="related_news"><p>다른 기사의 첫 문장이다. 읽을 만하다.</p></div>
        <p>마지막 문단이다. 조사는 내년에도 이어진다.</p></div></body></html>"""
    )

    assert lines_inside(page) == [*BODY, "마지막 문단이다. 조사는 내년에도 이어진다."]
    assert [line.text for line in page.lines if line.in_body is False] == [
        "다른 기사의 첫 문장이다. 읽을 만하다."
    ]


@pytest.mark.parametrize(
    "name", ["relation-layout", "has-sidebar share-on", "news_list_wrap", "section-market ad-on"]
)
def test_a_wrapper_with_the_name_of_a_box_still_holds_its_article(name: str) -> None:
    page = html.read_page(
        f'<html><body class="{name}"><div class="{name}"><h1>{TITLE}</h1>{PARAGRAPHS}</div></body></html>'
    )

    assert lines_inside(page) == list(BODY)


def test_captions_decks_and_headings_are_told_apart() -> None:
    page = html.read_page(
        f"""<html><body><h1>{TITLE}</h1><div class="article_body"><div class="sub_tit">외래종 걷어 낸 3년<br>둥지는 41개로</div>
        <figure><img alt="x"><figcaption>가람천의 물억새. 물길지기 제공</figcaption></figure>{PARAGRAPHS}
        <p><strong>새가 먼저 알았다</strong></p><h3>내년 계획</h3><div class="img_desc">둥지 사진</div></div></body></html>"""
    )
    tags = {line.text: line.tag for line in page.lines}

    assert page.hints.subtitles == ("외래종 걷어 낸 3년", "둥지는 41개로")
    assert tags["가람천의 물억새. 물길지기 제공"] == tags["둥지 사진"] == "caption"
    assert tags["새가 먼저 알았다"] == tags["내년 계획"] == "heading"


def test_a_button_in_the_body_does_not_hide_a_subheading() -> None:
    result = extracted(
        f"""<html><body><h1>{TITLE}</h1><div class="article_body">{PARAGRAPHS}<h3>내년 계획</h3>
        <div><img><button>이미지 크게 보기</button></div><p>마지막 문단이다. 조사는 내년에도 이어진다.</p></div></body></html>"""
    )

    assert [heading.text for heading in result.subheadings] == ["내년 계획"]


def test_metadata_of_the_head_becomes_hints() -> None:
    page = html.read_page(
        f"""<html><head><meta property="og:type" content="article"><meta property="og:regDate" content="20260305102030">
        <meta name="dable:author" content="한결빛 기자 light@gaon.example"><meta property="og:article:author" content="가온일보 | 큰물">
        <script type="application/ld+json">{{"@type":"NewsArticle","dateModified":"2026-03-05T05:07:00Z","headline":"{TITLE}",}}</script>
        </head><body>{PARAGRAPHS}</body></html>"""
    )
    hints = page.hints

    assert (hints.reporters, hints.press, hints.article, hints.title) == (
        ("한결빛",),
        "가온일보",
        True,
        TITLE,
    )
    assert hints.published is not None
    assert hints.published.isoformat() == "2026-03-05T10:20:30+09:00"
    assert hints.modified is not None
    assert hints.modified.isoformat() == "2026-03-05T14:07:00+09:00"


@pytest.mark.parametrize(
    ("title", "menu", "press"),
    [
        (f"{TITLE} - 가온경제", "<a>정치</a><a>경제</a>", "가온경제"),
        (TITLE, "<a>정치</a><a>경제</a>", None),
        (f"{TITLE} : 네이버 뉴스", "<a>큰물일보</a>", "큰물일보"),
    ],
)
def test_the_outlet_is_read_from_the_documents_title_before_the_menu(
    title: str, menu: str, press: str | None
) -> None:
    result = extracted(
        f"<html><head><title>{title}</title></head><body><nav>{menu}</nav><h1>{TITLE}</h1><div>{PARAGRAPHS}</div></body></html>"
    )

    assert result.press == press


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ('"2026-03-05T10:20:00.000+0900"', "2026-03-05T10:20:00+09:00"),
        ('"2026-03-05T01:20:00Z"', "2026-03-05T10:20:00+09:00"),
        ('"2026-03-05"', "2026-03-05T00:00:00+09:00"),
        ('"2026.03.05 오후 2:07"', "2026-03-05T14:07:00+09:00"),
        ('"Thu, 05 Mar 2026 10:20:00 +0900"', "2026-03-05T10:20:00+09:00"),
        ('"Thu, 05 Mar 2026 01:20:00 GMT"', "2026-03-05T10:20:00+09:00"),
        ("1772673600", "2026-03-05T10:20:00+09:00"),
        ("1772673600000", "2026-03-05T10:20:00+09:00"),
        ('"1772673600"', "2026-03-05T10:20:00+09:00"),
        ('"어제"', None),
        ("true", None),
        ("99999999999999999999", None),
        ('"Thu, 99 Mar 2026 10:20:00 +0900"', None),
    ],
)
def test_times_of_the_head_are_korean_time(stated: str, moment: str | None) -> None:
    page = html.read_page(
        f'<html><head><script type="application/ld+json">{{"@type":"NewsArticle","datePublished":{stated}}}</script></head><body>{PARAGRAPHS}'
    )

    assert (page.hints.published and page.hints.published.isoformat()) == moment


@pytest.mark.parametrize(
    ("author", "reporters"),
    [
        ('{"@type":"Person","name":"한결빛"}', ("한결빛",)),
        ('[{"name":"한결빛 기자"},{"name":"모아름 인턴기자"}]', ("한결빛", "모아름")),
        ('"순천 한결빛 기자 light@gaon.example"', ("한결빛",)),
        ('"한결빛, 모아름"', ("한결빛", "모아름")),
        ('{"@type":"Organization","name":"이야기일보"}', ()),
        ('{"name":"한가람"}', ()),
        ('{"name":"https://gaon.example/w/1"}', ()),
        ("null", ()),
    ],
)
def test_authors_are_people(author: str, reporters: tuple[str, ...]) -> None:
    page = html.read_page(
        f'<html><head><meta property="og:site_name" content="한가람"><script type="application/ld+json">{{"@type":"NewsArticle","author":{author}}}</script></head><body>{PARAGRAPHS}'
    )

    assert page.hints.reporters == reporters


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","articleBody":%s}]}</script>',
        '<script id="__NEXT_DATA__" type="application/json">{"props":{"a":{"contents":%s}}}</script>',
        '<script>Fusion.globalContent={"content_elements":[{"type":"text","content":%s}]};Fusion.x=1</script>',
        '<script>window.__INITIAL_STATE__ = {"news":{"body":%s}}; (function(){})()</script>',
        '<script>self.__next_f.push([1,"0:{\\"content\\":\\"짧다\\"}\\n"])</script><script>__NUXT__={"detail":%s}</script>',
    ],
)
def test_a_body_that_stands_only_in_data_is_read_without_running_it(script: str) -> None:
    value = json.dumps(" ".join(BODY), ensure_ascii=False)
    page = html.read_page(
        f"<html><head><title>{TITLE}</title>{script % value}</head><body><div id=root></div></body></html>"
    )

    assert lines_inside(page) == [" ".join(BODY)]


def test_lists_in_lists_of_elements_end() -> None:
    value: object = {"type": "text", "content": " ".join(BODY)}
    for _ in range(300):
        value = {"type": "list", "items": [value]}
    state = json.dumps({"content_elements": [value]}, ensure_ascii=False)

    html.read_page(f"<html><head><script>Fusion.globalContent={state};</script></head><body></body></html>")


def test_the_page_wins_over_a_teaser_in_its_data() -> None:
    script = json.dumps({"@type": "NewsArticle", "articleBody": BODY[0] + BODY[1]}, ensure_ascii=False)
    page = html.read_page(
        f"<html><head><script type='application/ld+json'>{script}</script></head><body><article>{PARAGRAPHS}</article>"
    )

    assert lines_inside(page) == list(BODY)


def test_the_article_of_the_data_is_the_one_the_page_is_named_after() -> None:
    state = {
        "list": [
            {"title": "다른 기사의 제목이다", "content": "다른 기사의 긴 본문이다. " * 40},
            {"title": TITLE, "content": PARAGRAPHS},
        ]
    }
    page = html.read_page(
        f'<html><head><title>{TITLE} - 가온일보</title></head><body><script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    )

    assert lines_inside(page) == list(BODY)


def test_a_piece_of_markup_is_read_like_a_page() -> None:
    result = extracted("<br><br>".join(BODY) + "<br><br>한결빛 기자 light@gaon.example")

    assert (result.paragraphs, result.reporters) == (BODY, ("한결빛",))


def test_broken_markup_is_read_as_far_as_it_makes_sense() -> None:
    page = html.read_page(
        f"<html><body><div class=article_body><p>첫째 문단은 닫히지 않는다. 그래도 읽힌다.<p>{BODY[0]}</b></span></div></td>"
        f"<p class='a\" b>{BODY[1]}</p><p>{BODY[2]}<br</p></body>"
    )

    assert BODY[0] in [line.text for line in page.lines]


NAMES = st.sampled_from(
    "div p span a br table tr td ul li h1 h2 b script style article section figure figcaption header form nav title meta center font pre".split()  # noqa: SIM905
)
PIECES = st.one_of(
    NAMES.map(lambda name: f"<{name}>"),
    NAMES.map(lambda name: f"</{name}>"),
    st.tuples(
        NAMES,
        st.sampled_from(
            [
                "class='related'",
                'id="article_body"',
                "style=display:none",
                "href=x",
                "hidden",
                "a='",
                "itemprop=articleBody",
            ]
        ),
    ).map(lambda pair: f"<{pair[0]} {pair[1]}>"),
    st.sampled_from(
        [
            *BODY,
            "메뉴",
            "<",
            ">",
            "&",
            "&#x110000;",
            "&amp;lt;p&gt;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml?>",
            "\x00",
            "\n\n",
            '{"a":',
            "<!doctype html>",
        ]
    ),
    st.text(max_size=8),
)


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_markup_gives_a_page_and_twice_the_same(pieces: list[str]) -> None:
    text = "".join(pieces)

    page = html.read_page(text)

    assert page == html.read_page(text)
    assert all(line.text and "\n" not in line.text and 0 <= line.links <= 1 for line in page.lines)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5) | st.just(" ".join(BODY)),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "content",
                        "body",
                        "title",
                        "@type",
                        "headline",
                        "content_elements",
                        "author",
                        "datePublished",
                        "articleBody",
                        "text",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_data_in_a_page_is_read_or_ignored(value: object) -> None:
    text = json.dumps(value)
    for script in (
        f"<script type='application/ld+json'>{text}</script>",
        f"<script type='application/json' id='__NUXT_DATA__'>{text}</script>",
        f"<script>Fusion.globalContent={text};</script>",
    ):
        html.read_page(f"<html><body>{script}</body></html>")


TAIL = "<p>" + "</p><p>".join(BODY) + "</p>"


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body>" + "<div>" * 100_000 + TAIL,
        "<html><body>" + "<b>x" * 100_000 + TAIL,
        "<html><body>" + "<div>" * 50_000 + "</span>" * 50_000 + TAIL,
        "<html><body>" + "<b>" * 390 + "</div>" * 500_000 + TAIL,
        "<html><body><p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">" + TAIL,
        "<html><body><p title='" + "가" * 3_000_000 + "'>" + TAIL,
        "<html><body>" + "<table><tr><td>" * 30_000 + TAIL,
        "<html><body>" + "<p>" * 100_000 + TAIL,
        "<html><body>" + "<br>" * 100_000 + TAIL,
        "<html><body>" + "&amp;" * 500_000 + TAIL,
        "<html><body>" + "<!--" * 500_000 + "-->" + TAIL,
        "<html><body>" + "<a b='" * 200_000 + TAIL,
        "<html><body>" + "<" * 1_000_000 + TAIL,
        "<html><body>" + "<ul><li><a href=x>메뉴</a>" * 30_000 + TAIL,
        "<html><body class='" + "related " * 200_000 + "'>" + TAIL,
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><html><body>&b;" + TAIL,
        "<html><head><script type='application/ld+json'>" + "[" * 200_000 + "</script></head><body>" + TAIL,
        "<html><head><script type='application/ld+json'>"
        + '{"a":' * 100_000
        + "</script></head><body>"
        + TAIL,
        "<html><head><script>window.__NUXT__=" + '"' * 500_000 + "</script></head><body>" + TAIL,
        "<html><head><script>" + "__NUXT__=[" * 50_000 + "</script></head><body>" + TAIL,
        "<html><head><script>" + 'self.__next_f.push([1,"a' * 30_000 + "</script></head><body>" + TAIL,
        "<html><head>" + "<meta property='og:title' content='제목 - 신문'>" * 20_000 + "</head><body>" + TAIL,
        "<html><head><title>" + "제목 | " * 200_000 + "</title></head><body>" + TAIL,
        "<html><body><p>" + "가나다라마바사 " * 400_000 + TAIL,
        "<html><body><div class=article_body>" + TAIL + "<table><tr>" + "<td>칸</td>" * 30_000,
        "<html><head>"
        + "".join(f"<meta property=og:title content='제목 {at}'>" for at in range(3_000))
        + "</head><body>"
        + "<h1>물억새가 돌아왔다</h1>" * 20_000,
        "<html><body>" + f"<div class=card><h3><a href=x>제목</a></h3><p>{BODY[0]}</p></div>" * 10_000,
        "<html><body><pre>" + "줄이다.\n" * 200_000 + "</pre>" + TAIL,
    ],
    ids=range(28),
)
def test_hostile_markup_takes_linear_time(markup: str) -> None:
    start = time.process_time()

    html.read_page(markup)

    assert time.process_time() - start < 6


def test_deep_markup_is_still_read_to_its_end() -> None:
    page = html.read_page(
        "<html><body>" + "<div>" * 100_000 + PARAGRAPHS + "</div>" * 100_000 + "<p>끝이다.</p></body></html>"
    )

    assert [line.text for line in page.lines] == [*BODY, "끝이다."]


def test_a_page_of_nothing_has_no_article() -> None:
    for markup in (
        "<html></html>",
        "<!doctype html>",
        "<html><body><script>x()</script></body></html>",
        "<html><body><img src=a></body></html>",
    ):
        with pytest.raises(EmptyArticleError):
            extracted(markup)


TEASERS = [
    f"{town}, 골목 도서관 {number}곳에 밤 등불"
    for number, town in enumerate(["가람", "나루", "다솔", "라온", "마루", "바름", "새솔", "아름"], 3)
]
TEASER = "주민들이 낸 의견을 모아 만든 사업으로, 구청은 내년 봄까지 마칠 계획이라고 밝혔다."


@pytest.mark.parametrize(
    "item",
    [
        "<li><a href='/1'>{0}</a><p>{1}</p><span>2026.03.05</span></li>",
        "<div class='item'><h3><a href='/1'>{0}</a></h3><div>{1}</div></div>",
        "<dl><dt><a href='/1'>{0}</a></dt><dd>{1}</dd></dl>",
        "<tr><td><a href='/1'>{0}</a></td><td>{1}</td></tr>",
    ],
)
def test_a_list_of_articles_has_no_article(item: str) -> None:
    items = "".join(item.format(teaser, TEASER) for teaser in TEASERS)

    with pytest.raises(EmptyArticleError):
        extracted(
            f"<html><head><title>사회 - 가온일보</title></head><body><h2>사회</h2><div>{items}</div></body></html>"
        )


def test_data_of_a_front_page_is_no_article() -> None:
    state = [{"title": teaser, "content": f"{teaser}. {TEASER} {TEASER}"} for teaser in TEASERS]
    page = html.read_page(
        f'<html><head><title>가온일보</title></head><body><script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    )

    assert page.lines == ()


def test_sections_with_headings_are_no_list() -> None:
    sections = "".join(
        f"<section><h3>{number}. 물억새의 달</h3>{PARAGRAPHS}</section>" for number in range(6)
    )
    page = html.read_page(f"<html><body><h1>{TITLE}</h1><div>{sections}</div></body></html>")

    assert len(lines_inside(page)) == 6 * len(BODY)


OTHER = (
    "느티마을 합창단이 첫 음반을 냈다. 단원 열아홉 명의 나이를 더하면 1300살이다. 수익금은 마을 버스를 고치는 데 쓴다. 지휘자는 초등학교 음악 교사다. "
    * 3
)


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("<h3>다음 과제</h3>", True),
        ("<h2>다음 과제</h2>", True),
        ("<h1>합창단의 첫 음반</h1>", False),
        ("<h2 class='headline'>합창단의 첫 음반</h2>", False),
    ],
)
def test_a_second_headline_begins_another_article_and_a_subheading_does_not(heading: str, kept: bool) -> None:
    page = html.read_page(
        f"<html><title>{TITLE}</title><body><div class='article_body'><h2 class='headline'>{TITLE}</h2>{PARAGRAPHS}{PARAGRAPHS}{heading}<p>{OTHER}</p></div></body></html>"
    )

    assert (OTHER.strip() in lines_inside(page)) is kept


def test_a_summary_box_above_the_body_does_not_touch_it() -> None:
    result = extracted(
        f"<html><body><h1>{TITLE}</h1><div class='ai_summary'><strong>AI 3줄 요약</strong><p>물억새가 돌아왔다고 한다.</p></div><div class='article_body'>{PARAGRAPHS}</div></body></html>"
    )

    assert result.paragraphs == BODY


@pytest.mark.parametrize("name", ["video_txt", "img_info", "photo_text"])
def test_a_body_named_like_a_caption_is_still_the_body(name: str) -> None:
    page = html.read_page(f'<html><body><h1>{TITLE}</h1><div class="{name}">{PARAGRAPHS}</div></body></html>')

    assert lines_inside(page) == list(BODY)


def test_a_walk_keeps_document_order() -> None:
    root = parse("<div>하나<b>둘</b>셋<p>넷</p></div><p>다섯</p>").root

    assert [node.tag for node in root.walk()] == ["html", "html", "body", "div", "b", "p", "p"]


@pytest.mark.parametrize(
    "name",
    [
        "article-view-content-div",
        "articleBody",
        "news_body",
        "newsct_article _article_body",
        "article_view",
        "textBody",
        "view_con",
        "viewContent",
        "bbs_content",
        "entry-content",
        "ArticleDetailContent_wrap",
        "cont_newstext detail-body",
        "story-body",
    ],
)
def test_names_of_bodies(name: str) -> None:
    assert read_class_names(name).body


@pytest.mark.parametrize(
    "name",
    [
        "related_news",
        "article-relation",
        "newsSideBox",
        "comment_area",
        "sns_share",
        "reporter_info",
        "ad_wrap",
        "rankingNews",
        "footer",
        "gnb",
        "newsletter-box",
        "tag-list",
        "file_area",
        "ai_summary",
    ],
)
def test_names_of_boxes_beside_an_article(name: str) -> None:
    assert read_class_names(name).aside or read_class_names(name).widget
    assert not read_class_names(name).body


@pytest.mark.parametrize(
    "name",
    [
        "inside",
        "padding",
        "shadow",
        "headings",
        "readload-speed",
        "adult",
        "already",
        "sumin",
        "bestow",
        "listening",
    ],
)
def test_words_inside_words_say_nothing(name: str) -> None:
    assert not read_class_names(name).aside

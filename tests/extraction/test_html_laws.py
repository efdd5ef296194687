"""Laws of HTML extraction: whatever stands around an article, and whatever its elements are called, it comes out."""

from __future__ import annotations

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from yoyak import extraction
from yoyak.core.errors import EmptyArticleError
from yoyak.core.values import Article, Decoded

TITLE = "“느린 엘리베이터가 이웃을 만들었다”…다솔아파트의 7분"
DECK = "고장 뒤 인사 나누는 주민 늘어"
BODY = (
    "다솔아파트 주민들은 요즘 엘리베이터를 일부러 천천히 탄다. 지난겨울 고장으로 속도를 절반으로 낮춘 뒤부터다.",
    "한 층을 오르는 데 20초, 21층까지는 7분이 걸린다. 불평은 두 달을 넘기지 못했다. 주민들은 그 시간에 인사를 나누기 시작했다.",
    "관리소장 가을빛 씨는 “택배를 대신 받아 주는 집이 31곳으로 늘었다”고 말했다. 층간소음 민원은 한 달 18건에서 2건으로 줄었다.",
    "입주자회의는 5월 투표에 부쳤다. 속도를 그대로 두자는 의견이 64%였다. 새 부품은 창고에 그대로 있다.",
    "건축가 너른들 씨는 빠른 것만 편리하다고 여긴 설계를 돌아보게 하는 사례라고 평가했다.",
)
NEWS = (
    "마루천 물길 30년 만에 열린다",
    "두레시장 새벽 경매에 로봇 등장",
    "여름 첫 수박 한 통 4만 원",
    "가람역 승강장 넓힌다",
)
LEADS = (
    "마루천을 덮은 도로를 걷어 내는 공사가 시작됐다.",
    "로봇이 상자를 나르자 상인들이 손뼉을 쳤다.",
    "비닐하우스 난방비가 크게 올랐기 때문이다.",
    "공사는 내년 봄에 끝난다.",
)

BODY_NAMES = st.sampled_from(
    [
        'id="articleBody"', 'class="article_body"', 'class="news_txt"', 'id="textBody"', 'class="view_con"', 'class="viewContent body18"',
        'itemprop="articleBody"', 'class="entry-content"', 'class="detail-body font-size"', 'id="NewsAdContent"', 'class="article-text"',
        'id="print_area"', 'class="c-3f9a"', "",
    ]
)  # fmt: skip
TITLES = st.sampled_from(
    ["<h1>{}</h1>", '<h2 class="tit">{}</h2>', '<div class="subject">{}</div>', "<p><b>{}</b></p>"]
)
SUFFIXES = st.sampled_from(
    ["", " - 가온일보", " | 가온일보", " &lt; 사회 &lt; 기사본문 - 가온일보", " : 가온일보"]
)
WRAPPERS = st.sampled_from(
    [
        ("", ""),
        ('<div id="wrap"><div class="container">', "</div></div>"),
        ("<main>", "</main>"),
        ('<form name="page"><table><tr><td>', "</td></tr></table></form>"),
        ('<div class="view-wrap has-sidebar"><section>', "</section></div>"),
        ("<article>", "</article>"),
    ]
)
LINKS = "<ul>" + "".join(f"<li><a href='/{at}'>{text}</a></li>" for at, text in enumerate(NEWS)) + "</ul>"
CARDS = "".join(
    f"<div class='card'><h3><a href='/{at}'>{text}</a></h3><p>{LEADS[at]}</p></div>"
    for at, text in enumerate(NEWS)
)
ABOVE = st.lists(
    st.sampled_from(
        [
            "<nav><ul><li><a href='/p'>정치</a></li><li><a href='/e'>경제</a></li><li><a href='/s'>사회</a></li></ul></nav>",
            "<div class='gnb'><a href='/'>홈</a> <a href='/news'>뉴스</a></div>",
            f"<div class='top_news'>{CARDS}</div>",
            "<div id='skip'><a href='#body'>본문 바로가기</a></div>",
            "<script>var title = '광고입니다.'; document.write('<p>읽지 마십시오.</p>')</script>",
        ]
    ),
    max_size=3,
)
WITHIN = st.lists(
    st.sampled_from(
        [
            "<div class='ad_box'><span>광고</span></div>",
            f"<div class='related_news'><strong>관련기사</strong>{LINKS}</div>",
            f"<div class='b-7'>{LINKS}</div>",
            "<figure><img alt='사진'><figcaption>다솔아파트 엘리베이터 앞에 모인 주민들. 다솔아파트 제공</figcaption></figure>",
            "<div class='photo'><img><p class='caption'>천천히 오르는 엘리베이터. 가온일보 자료사진</p></div>",
            "<style>.a{}</style><!-- 광고 영역 -->",
        ]
    ),
    max_size=2,
    unique=True,
)
BELOW = st.lists(
    st.sampled_from(
        [
            f"<div class='related'>{LINKS}</div>",
            f"<section><h2>많이 본 뉴스</h2>{LINKS}</section>",
            f"<div class='list'>{CARDS}</div>",
            "<div class='copyright'>저작권자 ⓒ 가온일보 무단전재 및 재배포 금지</div>",
            "<div class='comment_list'><div><b>새벽별</b><p>우리 아파트도 그랬으면 좋겠습니다.</p></div></div>",
            "<footer><p>가온일보 | 등록번호 서울 아00001 | 발행인 온새미 | 대표전화 02-000-0000</p></footer>",
            "<div class='reporter_info'><p>한결빛 기자의 기사를 구독해 주세요.</p></div>",
        ]
    ),
    max_size=4,
    unique=True,
)  # fmt: skip


def laid_out(style: str, within: list[str]) -> str:
    """The paragraphs in one of the ways pages set them, with boxes after the second."""
    patterns = {
        "p": "<p>{}</p>\n",
        "div": "<div>{}</div>",
        "br": "{}<br><br>\n",
        "span": '<p><span style="font-size:16px">{}</span></p>',
        "blank": "<p>{}</p><p>&nbsp;</p>",
    }
    set_in = [patterns[style].format(escape(text, quote=False)) for text in BODY]
    return "".join(set_in[:2] + within + set_in[2:])


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page of BODY under TITLE, in random names and company."""
    opening, closing = draw(WRAPPERS)
    suffix = draw(SUFFIXES)
    tagged = f'<meta property="og:title" content="{TITLE}{suffix}">' if draw(st.booleans()) else ""
    body = laid_out(draw(st.sampled_from(["p", "div", "br", "span", "blank"])), draw(WITHIN))
    tag = draw(st.sampled_from(["div", "section", "td"]))
    held = f"<{tag} {draw(BODY_NAMES)}>{body}</{tag}>"
    held = f"<table><tr>{held}</tr></table>" if tag == "td" else held
    return (
        f"<!DOCTYPE html><html><head><title>{TITLE}{suffix}</title>{tagged}</head><body>{''.join(draw(ABOVE))}{opening}"
        f"{draw(TITLES).format(TITLE)}<div class='info'>한결빛 기자 입력 2026.03.05 10:20</div>{held}{''.join(draw(BELOW))}{closing}</body></html>"
    )


def extracted(markup: str) -> Article:
    return extraction.extract(Decoded(text=markup, encoding="utf-8", evidence="given"), source="a.html")


@given(pages())
@settings(max_examples=120, deadline=None)
def test_company_and_names_change_nothing(page: str) -> None:
    result = extracted(page)

    assert (result.title, result.paragraphs, result.reporters) == (TITLE, BODY, ("한결빛",))
    assert result.published is not None
    assert result.published.isoformat() == "2026-03-05T10:20:00+09:00"


@given(pages())
@settings(max_examples=40, deadline=None)
def test_what_is_removed_is_not_the_body(page: str) -> None:
    result = extracted(page)

    assert not set(BODY) & {removal.text for removal in result.removed}


@given(pages(), st.integers(0, 2_000))
@settings(max_examples=60, deadline=None)
def test_a_page_cut_anywhere_is_read_or_refused(page: str, cut: int) -> None:
    text = page[: len(page) - cut]
    try:
        result = extracted(text)
    except EmptyArticleError:
        return

    assert all(any(part in whole for whole in (*BODY, *LEADS, text)) for part in result.paragraphs)

"""Invented articles of two events and a look-alike, as records: what the tests of stories group."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache

from yoyak import pipeline
from yoyak.core.options import Options
from yoyak.core.values import Article
from yoyak.stories.record import ArticleRecord, make_record

KST = timezone(timedelta(hours=9))

LIBRARY = (
    "가람시가 강변 도서관을 새로 짓는다고 3일 밝혔다.",
    "가람시 강변 도서관에는 책 20만 권이 들어가고 밤 11시까지 문을 연다.",
    "노해든 가람시장은 “누구나 밤늦게까지 머물 수 있는 도서관을 만들겠다”고 말했다.",
    "공사비 380억원은 가람시와 한들도가 절반씩 부담한다.",
)
LIBRARY_REACTION = (
    "가람시가 3일 내놓은 강변 도서관 계획에 주민들은 버스 정류장부터 만들라고 요구했다.",
    "강변 주민 모임은 도서관까지 걸어서 25분이 걸리고 지나는 버스가 하루 네 대뿐이라고 지적했다.",
    "설계 공모에는 건축사무소 열두 곳이 참여했고 새결건축이 뽑혔다.",
    "시는 주차장 대신 자전거 보관소 300대를 두겠다고 답했다.",
)
BRIDGE = (
    "한들군 물안교가 3일 오전 무너져 트럭 두 대가 강으로 떨어졌다.",
    "소방당국은 운전자 2명을 구조해 병원으로 옮겼다고 밝혔다.",
    "물안교는 1978년에 놓인 다리로 지난해 안전진단에서 D등급을 받았다.",
)
OTHER_LIBRARY = (
    "새결군 산골 도서관이 문을 닫는다.",
    "새결군은 이용객이 하루 열 명에 그쳐 산골 도서관을 3월 말 폐관한다고 3일 밝혔다.",
    "책 8천 권은 군내 초등학교 세 곳에 나눠 준다.",
)


@cache
def record(
    title: str,
    body: tuple[str, ...],
    press: str | None = None,
    published: datetime | None = None,
    name: str = "",
) -> ArticleRecord:
    article = Article(
        source=name or title, id=name or None, title=title, press=press, published=published, paragraphs=body
    )
    return make_record(pipeline.summarize(article, Options()))


def day(number: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, number, hour, 30, tzinfo=KST)


def news() -> list[ArticleRecord]:
    """Two events, one of them with a copy and a report of its own, and a look-alike; in no particular order."""
    return [
        record("가람시, 강변 도서관 짓는다", LIBRARY, "한빛신문", day(3, 10), "library-1"),
        record("(종합) 가람시, 강변 도서관 짓는다", LIBRARY, "누리일보", day(3, 12), "library-copy"),
        record(
            "강변 도서관에 주민들 “버스부터”…가람시 “자전거 300대”",
            LIBRARY_REACTION,
            "샛별뉴스",
            day(3, 11),
            "library-2",
        ),
        record("한들군 물안교 붕괴…트럭 2대 추락", BRIDGE, "한빛신문", day(3, 9), "bridge"),
        record("새결군 산골 도서관 문 닫는다", OTHER_LIBRARY, "누리일보", day(3, 8), "closing"),
    ]

"""Which field of a row holds what: the names that exports and crawlers use, in Korean and English.

Names are compared without case, spaces, hyphens and underscores, so `기사 제목`, `기사_제목` and `기사제목` are the same.
Within a role the order is the preference: a row with `본문` and `요약` is read from `본문`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import fields as dataclass_fields
from functools import lru_cache

from yoyak.core.options import Fields
from yoyak.core.patterns import lazy_pattern

ROLES = tuple(part.name for part in dataclass_fields(Fields))

# Sources: BIGKinds (뉴스 식별자, 일자, 언론사, 기고자, 통합 분류1), the Naver search API (items, description, originallink,
# pubDate), AI Hub (media_sub_type), NIKL corpora (form, publisher), WordPress, schema.org NewsArticle, and the
# column names of common crawlers.
_KNOWN = {
    "text": """
        text, 본문, 기사 본문, 뉴스 본문, 본문 내용, 기사 내용, 뉴스 내용, 내용, body, content, contents, article body,
        article text, article content, body text, full text, main text, news content, news body, news text, content:encoded,
        content text, text content, data contents, content html, body html, html, passage, 원문, 전문, 기사 원문, 기사 전문, 기사, article,
        paragraphs, paragraph, 문단, description
        """,
    "sentences": "sentences, 문장, 문장들, 문장 목록",
    "id": """
        id, _id, 뉴스 식별자, 기사 식별자, 식별자, 기사 id, 기사 번호, 뉴스 번호, 뉴스 id, 문서 번호, article id, news id, doc id, document id,
        aid, oid, guid, uuid, 번호, 순번, 연번, 일련번호, no, no., num, number, index
        """,
    "title": """
        title, 제목, 기사 제목, 뉴스 제목, 기사명, 글 제목, 헤드라인, 표제, headline, subject, article title, news title, head line,
        doc title, doc name
        """,
    "published": """
        published, published at, publish date, published date, publication date, date published, pub date, 일자, 날짜, 발행일, 발행일자,
        발행일시, 보도일, 보도일자, 보도일시, 게시일, 게시일자, 게시일시, 게재일, 게재일자, 등록일, 등록일자, 등록일시, 작성일, 작성일자, 작성일시,
        입력일, 입력일자, 입력일시, 입력 시간, 작성 시간, 등록 시간, 기사 일자, 기사 날짜, 기사 작성일, 기사 입력, 뉴스 일자, 일시, 시간, 송고시간,
        date, datetime, date time, article date, news date, write date, reg date, posted at, post date, dc:date, time,
        timestamp, created at, created
        """,
    "press": """
        press, 언론사, 언론사명, 매체, 매체명, 신문사, 방송사, 신문, 발행처, 발행사, 발행 기관, 보도 매체, 출처, 제공, 제공처, publisher, media,
        media name, media sub type, outlet, newspaper, press name, provider, office name, site name, dc:publisher, source, source name
        """,
    "reporters": """
        reporters, reporter, 기자, 기자명, 기자 이름, 기고자, 작성자, 작성 기자, 취재 기자, 필자, 저자, 글쓴이, reporter name, author, authors,
        author name, writer, byline, journalist, journalists, creator, dc:creator
        """,
    "url": """
        url, 링크, 주소, 원문 링크, 기사 링크, 뉴스 링크, 원문 url, 기사 url, 뉴스 url, 원문 주소, 기사 주소, url 주소, 웹 주소, 원문 보기,
        original link, origin link, origin url, link, links, href, permalink, article url, news url, page url, web url, source url,
        target uri
        """,
    "section": """
        section, 섹션, 분야, 분류, 카테고리, 지면, 면, 주제, 기사 분류, 통합 분류1, 통합 분류, 뉴스 분류, category, categories, category name,
        section name, topic, 말머리
        """,
}
# Objects that only wrap an article: Elasticsearch, JSON:API, NIKL corpora.
WRAPPERS = ("_source", "attributes", "metadata", "meta", "article", "document", "news", "fields", "data")
_IGNORED = lazy_pattern(r"[\s_\-\ufeff]+")


def comparable(name: str) -> str:
    """Return a field name as names are compared.

    >>> comparable("기사 제목") == comparable("기사_제목")
    True
    """
    return _IGNORED.sub("", unicodedata.normalize("NFC", name).casefold()) or name


_ROLE_OF: dict[str, tuple[str, int]] = {
    comparable(name.strip()): (role, rank)
    for role, names in reversed(_KNOWN.items())
    for rank, name in enumerate(names.split(","))
}


def role_of(name: str) -> str | None:
    """Return what a field of this name usually holds; None for an unknown name."""
    known = _ROLE_OF.get(comparable(name))
    return known[0] if known else None


@lru_cache(maxsize=256)
def resolve(names: tuple[str, ...], fields: Fields) -> Mapping[str, tuple[str, ...]]:
    """Return the fields that may hold each role, best first; a field that was chosen with an option is the only one.

    A chosen name that is none of `names` may be a dotted path, and is kept as it is.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for name in names:
        known = _ROLE_OF.get(comparable(name))
        if known:
            found.setdefault(known[0], []).append((known[1], name))
    resolved = {role: tuple(name for _, name in sorted(ranked)) for role, ranked in found.items()}
    for role in ROLES:
        chosen = getattr(fields, role)
        if chosen is not None:
            resolved[role] = (match(chosen, names) or chosen,)
    taken = {resolved[role][0] for role in ROLES if getattr(fields, role) is not None}
    return {
        role: own if getattr(fields, role) is not None else tuple(name for name in own if name not in taken)
        for role, own in resolved.items()
    }


def match(chosen: str, names: Iterable[str]) -> str | None:
    """Return the field that a chosen name means: the same name, or one that differs in case, spaces or NFD only."""
    names = tuple(names)
    if chosen in names:
        return chosen
    wanted = comparable(chosen)
    return next((name for name in names if comparable(name) == wanted), None)


def known_count(names: Iterable[str], fields: Fields) -> int:
    """Count the cells of a line that are names of fields: how much it looks like a header."""
    chosen = {comparable(name) for role in ROLES if (name := getattr(fields, role)) is not None}
    return sum(comparable(name) in _ROLE_OF or comparable(name) in chosen for name in names if name)

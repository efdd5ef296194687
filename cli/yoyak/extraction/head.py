"""Metadata in the head of an HTML page: Open Graph, article and dable tags, JSON-LD, microdata, the document's title."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yoyak.core.normalize import normalize, squeeze
from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import bylines, titles
from yoyak.extraction.blocks import Block
from yoyak.extraction.dom import Markup, Node
from yoyak.extraction.embedded import EmbeddedArticle, plain_key, text_of
from yoyak.extraction.headline import normalize_title
from yoyak.extraction.markup import word_list, word_set
from yoyak.extraction.page import Hints
from yoyak.extraction.times import parse_stated_time

_TITLE_TAGS = word_list("title_tags")
_AUTHOR_TAGS = word_list("author_tags")
_PRESS_TAGS = word_list("press_tags")
_SITE_TAGS = word_list("site_tags")
_PUBLISHED_TAGS = word_list("published")
_MODIFIED_TAGS = word_list("modified")
_FIRST_PUBLISHED_FIELDS = word_list("first_published_fields")
_PUBLISHED_FIELDS = word_list("published_fields")
_MODIFIED_FIELDS = word_list("modified_fields")
_WRITER_FIELDS = word_list("writer_fields")
_PRESS_FIELDS = word_list("press_fields")
_ARTICLE_TYPES = word_set("article_types")
_LIST_TYPES = word_set("list_types")
_SITE_TYPES = frozenset(("website", "organization", "newsmediaorganization"))

MAX_PRESS_CHARS = 30
MAX_SITE_CHARS = 40
_MAX_LOGO_CHARS = 14
_LOGO = lazy_pattern(r"logo|masthead|(?<![a-z])ci(?![a-z])", re.IGNORECASE)
_LOGO_WORDS = lazy_pattern(r"\s*(?:로고|logo|홈|메인|바로가기|홈페이지|모바일)$", re.IGNORECASE)
_SEPARATOR = lazy_pattern(r"\s*(?:[-–—|｜·]|::?)\s")
_HOST = lazy_pattern(r"^(?:https?:)?//([\w.-]{4,80})")
# 광주MBC, KBS 뉴스: the word for news is no part of a broadcaster's name.
_STATION = lazy_pattern(
    r"((?:[가-힣]{2})?(?:KBS|MBC|SBS|YTN|JTBC|MBN|OBS|EBS|KNN|TJB|KBC|TBS|CJB|JIBS|G1|UBC|TBC|JTV))\s?(?:뉴스|NEWS|News|news)"
)
_NAME_LIST = lazy_pattern(r"\s*(?:[,/|·ㆍ;&]|\s외\s)\s*")
_MAX_AUTHORS_CHARS = 120
_MAX_SUBTITLE_CHARS = 150


@dataclass(slots=True)
class Head:
    """What a head states: meta tags by their lower-case name, JSON-LD objects, microdata."""

    metas: dict[str, list[str]]
    linked: Sequence[Mapping[str, Any]]
    articles: Sequence[Mapping[str, Any]]
    """Those of `linked` that are articles."""
    document_title: str
    microdata: dict[str, list[str]]
    """The names of the items `publisher` and `author`."""
    logo: str | None = None
    """The alternative text of the site's logo, if it names an outlet."""

    def first(self, names: Iterable[str]) -> str | None:
        """Return the first value of the first of the tags that has one."""
        return next(self.all(names), None)

    def all(self, names: Iterable[str]) -> Iterator[str]:
        """Yield every value of the tags."""
        for name in names:
            yield from self.metas.get(name, ())


def read_head(markup: Markup, linked: Sequence[Mapping[str, Any]], nodes: Sequence[Node]) -> Head:
    """Collect what the metas, scripts and microdata of a page state."""
    metas: dict[str, list[str]] = {}
    for meta in markup.metas:
        value = _plain(meta.get("content", ""))
        if not value:
            continue
        for attribute in ("property", "name", "itemprop"):
            if name := meta.get(attribute):
                metas.setdefault(name.strip().lower(), []).append(value)
    return Head(
        metas=metas,
        linked=linked,
        articles=[item for item in linked if _types(item) & _ARTICLE_TYPES],
        document_title=_plain(markup.title),
        microdata={item: list(_names_of_items(nodes, item)) for item in ("publisher", "author")},
        logo=_logo(nodes),
    )


def title_of(head: Head, blocks: Sequence[Block]) -> str | None:
    """Choose the article's title from what a head states; `blocks` are the lines of the page."""
    headlines = [found for item in head.articles if (found := text_of(item.get("headline")))]
    return titles.choose(
        list(head.all(_TITLE_TAGS)), headlines, head.document_title, sites=_sites(head), blocks=blocks
    )


def hints(
    head: Head, title: str | None, embedded: EmbeddedArticle | None, subtitles: tuple[str, ...]
) -> Hints:
    """Return what a head states as hints; `title` and `subtitles` were chosen with the page's lines."""
    articles = head.articles
    sites = _sites(head)
    fields: Mapping[str, Any] = embedded.fields if embedded else {}
    if embedded and embedded.title and (not title or _SEPARATOR.match(title.removeprefix(embedded.title))):
        title = embedded.title  # the page's data has the title without the site's name
    return Hints(
        title=title,
        subtitles=subtitles or (embedded.subtitles if embedded else ()) or _alternative(articles, title),
        published=_first_time(
            _values(fields, _FIRST_PUBLISHED_FIELDS),
            head.all(_PUBLISHED_TAGS),
            (item.get("datePublished") for item in articles),
            _values(fields, _PUBLISHED_FIELDS),
            (item.get(key) for item in head.linked for key in ("datePublished", "uploadDate")),
        ),
        modified=_first_time(
            head.all(_MODIFIED_TAGS),
            (item.get("dateModified") for item in articles),
            _values(fields, _MODIFIED_FIELDS),
        ),
        reporters=_reporters(head, fields),
        press=_press(head, sites, fields),
        site=_site(head, sites, title),
        article=is_article(head),
    )


def is_article(head: Head) -> bool | None:
    """Return what a head says of its page: True for an article, False for a list or site, None if it says nothing."""
    kind = (head.first(("og:type",)) or "").lower()
    if head.articles or kind == "article" or head.first(_PUBLISHED_TAGS[:3]):
        return True
    if any(_types(item) & _LIST_TYPES for item in head.linked) or kind == "website":
        return False
    return None


def _plain(text: str) -> str:
    """Return a value of the head on one line; some systems escape it twice."""
    return squeeze(normalize(html.unescape(text) if "&" in text else text))


def _types(item: Mapping[str, Any]) -> set[str]:
    value = item.get("@type")
    values = value if isinstance(value, list) else [value]
    return {str(one).lower() for one in values if one}


def _names_of_items(nodes: Sequence[Node], item: str) -> Iterator[str]:
    """Yield the names of the microdata items of a property: the `name` inside, or the text of the element."""
    for node in nodes:
        if node.get("itemprop").lower() != item:
            continue
        inner = [inside for inside in node.walk() if inside.get("itemprop").lower() == "name"]
        for holder in inner or [node]:
            texts = [holder.get("content"), *(child for child in holder.children if isinstance(child, str))]
            if text := next((plain for text in texts if (plain := _plain(text))), None):
                yield text


def _logo(nodes: Sequence[Node]) -> str | None:
    """Return the outlet that the alternative text of a logo names."""
    for node in nodes:
        alt = node.get("alt") if node.tag == "img" else ""
        if not alt:
            continue
        parent = node.parent.parent if node.parent and node.parent.tag == "a" else node.parent
        around = [node, node.parent, parent]
        hints_ = " ".join(f"{one.get('class')} {one.get('id')} {one.get('src')}" for one in around if one)
        name = _LOGO_WORDS.sub("", squeeze(alt))
        if _LOGO.search(hints_) and 2 <= len(name) <= _MAX_LOGO_CHARS and bylines.is_outlet(name):
            return name
    return None


def _sites(head: Head) -> list[str]:
    """Return the names of the site, the stated ones first."""
    stated = list(head.all(_SITE_TAGS))
    for item in [*head.articles, *head.linked]:
        if name := text_of(item.get("publisher")):
            stated.append(name)
        if _types(item) & _SITE_TYPES and (name := text_of(item.get("name"))):
            stated.append(name)
    return [name for name in dict.fromkeys(stated) if _is_name_of_site(name, MAX_SITE_CHARS)]


def _is_name_of_site(name: str, limit: int) -> bool:
    return len(name) <= limit and "://" not in name


def _press(head: Head, sites: Sequence[str], fields: Mapping[str, Any]) -> str | None:
    """Return the outlet that wrote the article.

    In this order: what a portal states, the publisher in JSON-LD or microdata, the page's data, a site that is an outlet.
    """
    portal = _stated_by_portal(head, sites)
    publishers = [name for item in head.articles if (name := text_of(item.get("publisher")))]
    publishers += head.microdata["publisher"]
    data = [name for value in _values(fields, _PRESS_FIELDS) if (name := text_of(value))]
    own = head.first(_SITE_TAGS[:1])
    candidates = [
        *([portal] if portal else []),
        *(name for name in publishers if _is_name_of_site(name, MAX_PRESS_CHARS)),
        *filter(bylines.is_press, data),
        *([own] if own and bylines.is_outlet(own) else []),
        *_signing_site(head),
    ]
    press = next((name for name in candidates if not bylines.is_portal(name)), None)
    return _without_news(press) if press else None


def _stated_by_portal(head: Head, sites: Sequence[str]) -> str | None:
    """Return the outlet in the tag that portals use for it; some sites state the reporter there."""
    stated = head.first(_PRESS_TAGS)
    if not stated or "://" in stated:
        return None
    name = titles.without_site(re.split(r"\s*[|｜]\s*", stated)[0], sites)
    person = bylines.reporters(name) or (bylines.is_name(name) and not bylines.is_press(name))
    return None if person or len(name) > MAX_PRESS_CHARS else name


def _signing_site(head: Head) -> Iterator[str]:
    """Yield the stated author if it is an outlet: the title of the page ends with the same name."""
    author = head.first(("author", "dable:author", "article:author")) or ""
    own = normalize_title(author)
    claims = [head.document_title, *head.all(_TITLE_TAGS)]
    signed = len(own) >= 2 and any(normalize_title(claim).endswith(own) for claim in claims)
    if signed and _is_name_of_site(author, MAX_PRESS_CHARS) and not bylines.reporters(author):
        yield author


def _site(head: Head, sites: Sequence[str], title: str | None) -> str | None:
    """Return the name of the site: stated, in the document's title, in the logo, or known by the domain."""
    name = sites[0] if sites else titles.site_in(head.document_title, title) or head.logo
    if name is None or "." in name:
        address = _HOST.search(head.first(("og:url", "twitter:url", "url")) or "")
        name = (bylines.press_of_email(f"@{address[1]}") if address else None) or head.logo or name
    return _without_news(name) if name else None


def _without_news(name: str) -> str:
    """Return the name of a broadcaster without the word for news behind it."""
    station = _STATION.fullmatch(name)
    return station[1] if station else name


def _reporters(head: Head, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of people in the first author statement that has any."""
    outlets = set(_sites(head))  # some systems state the outlet as author
    for text in _author_statements(head, fields):
        if "://" in text or len(text) > _MAX_AUTHORS_CHARS:
            continue
        people = bylines.reporters(text) or _NAME_LIST.split(re.sub(r"\(.*?\)|\S+@\S+", " ", text))
        bare = [_family_name_first(name.strip().removesuffix("기자").strip()) for name in people]
        found = [
            name
            for name in bare
            if bylines.is_name(name) and name not in outlets and not bylines.is_press(name)
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _author_statements(head: Head, fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield every statement of authors, the most trusted first."""
    for item in head.articles:
        yield from _people(item.get("author"))
        yield from _people(item.get("creator"))
    yield from head.all(_AUTHOR_TAGS)
    credited = fields.get("credits")
    if isinstance(credited, Mapping):
        yield from _people(credited.get("by"))
    for value in _values(fields, _WRITER_FIELDS):
        yield from _people(value)
    yield from head.microdata["author"]
    yield from head.all(_PRESS_TAGS[:1])


def _people(value: Any) -> list[str]:
    """Return the names in an author field (a text, an object, or a list of them) as one text, or nothing."""
    items = value if isinstance(value, list) else [value]
    people = [found for item in items[:20] if (found := text_of(item))]
    return [", ".join(people)] if people else []


def _family_name_first(name: str) -> str:
    """Return a Korean name in Korean order; Arc Publishing stores the given name first: `가람 김`."""
    given, space, family = name.partition(" ")
    return family + given if space and len(family) == 1 and 1 <= len(given) <= 3 else name


def _values(fields: Mapping[str, Any], wanted: Sequence[str]) -> Iterator[Any]:
    """Yield the values of the wanted fields, in the order of `wanted`."""
    known = {plain_key(key): value for key, value in fields.items()}
    return (known[name] for name in wanted if name in known)


def _first_time(*sources: Iterable[Any]) -> datetime | None:
    """Return the first readable time."""
    return next(
        (moment for source in sources for value in source if (moment := parse_stated_time(value))), None
    )


def _alternative(articles: Sequence[Mapping[str, Any]], title: str | None) -> tuple[str, ...]:
    """Return the alternative headline in JSON-LD, if it is another one."""
    found = next((text for item in articles if (text := text_of(item.get("alternativeHeadline")))), None)
    other = (
        found
        and title
        and normalize_title(found) != normalize_title(title)
        and len(found) <= _MAX_SUBTITLE_CHARS
    )
    return (found,) if found and other else ()

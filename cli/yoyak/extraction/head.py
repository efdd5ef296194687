"""What the head of an HTML document states: Open Graph, article and dable tags, JSON-LD, the document's title."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yoyak.core.normalize import normalize, squeeze
from yoyak.extraction import dateline, names, titles
from yoyak.extraction.app_state import Stated, plain_key, text_of
from yoyak.extraction.blocks import Block
from yoyak.extraction.dom import Markup
from yoyak.extraction.headline import loose
from yoyak.extraction.markup_words import word_list, word_set
from yoyak.extraction.page import Hints
from yoyak.extraction.times import parse_stated_time

_PUBLISHED = word_list("published")
_MODIFIED = word_list("modified")
_TITLES = (
    "og:title",
    "twitter:title",
    "dable:title",
    "title",
    "dc.title",
    "headline",
    "article:title",
    "kakao:title",
)
_AUTHORS = (
    "dable:author",
    "article:author",
    "author",
    "og:article:author:name",
    "article:author_name",
    "byl",
    "dc.creator",
    "twitter:creator",
    "og:author",
    "article:reporter",
)
_PRESS = ("og:article:author", "article:press", "article:media_name", "dable:press")
_SITES = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "twitter:site_name",
    "dc.publisher",
    "publisher",
    "copyright",
)
_ARTICLE_TYPES = word_set("article_types")
_LIST_TYPES = word_set("list_types")


@dataclass(slots=True)
class Head:
    """The statements of a head, by the lower-case name of the tag; and its JSON-LD objects."""

    metas: dict[str, list[str]]
    linked: Sequence[Mapping[str, Any]]
    articles: Sequence[Mapping[str, Any]]
    """Those of `linked` that are articles."""
    document_title: str

    def first(self, names: Iterable[str]) -> str | None:
        """Return the first value that one of the names has, in the order of the names."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)

    def all(self, names: Iterable[str]) -> Iterator[str]:
        """Every value the names have."""
        for name in names:
            yield from self.metas.get(name, ())


def read_head(markup: Markup, linked: Sequence[Mapping[str, Any]]) -> Head:
    """Collect what the metas and scripts of a page state."""
    metas: dict[str, list[str]] = {}
    for meta in markup.metas:
        value = _plain(meta.get("content", ""))
        if not value:
            continue
        for attribute in ("property", "name", "itemprop"):
            if name := meta.get(attribute):
                metas.setdefault(name.strip().lower(), []).append(value)
    articles = [item for item in linked if _types(item) & _ARTICLE_TYPES]
    return Head(metas, linked, articles, _plain(markup.title))


def title_of(head: Head, blocks: Sequence[Block]) -> str | None:
    """Choose the article's title from the statements of a head; `blocks` are the lines of the page."""
    headlines = [found for item in head.articles if (found := text_of(item.get("headline")))]
    return titles.choose(
        list(head.all(_TITLES)), headlines, head.document_title, sites=_sites(head), blocks=blocks
    )


def hints(head: Head, title: str | None, stated: Stated | None, subtitles: tuple[str, ...]) -> Hints:
    """Read the statements of a head as hints; `title` and `subtitles` were chosen with the page's lines."""
    articles = head.articles
    sites = _sites(head)
    fields: Mapping[str, Any] = stated.fields if stated else {}
    if stated and stated.title and (not title or _SITE_BEHIND.match(title.removeprefix(stated.title))):
        title = stated.title  # the page's data names no site behind it
    return Hints(
        title=title,
        subtitles=subtitles or (stated.subtitles if stated else ()) or _alternative(articles, title),
        published=_time(
            _fields(fields, _FIRST_PUBLISHED_FIELDS),
            head.all(_PUBLISHED),
            (item.get("datePublished") for item in articles),
            _fields(fields, _PUBLISHED_FIELDS),
            (item.get(key) for item in head.linked for key in ("datePublished", "uploadDate")),
        ),
        modified=_time(
            head.all(_MODIFIED),
            (item.get("dateModified") for item in articles),
            _fields(fields, _MODIFIED_FIELDS),
        ),
        reporters=_reporters(head, fields),
        press=_press(head, sites),
        site=_site(head, sites, title),
        article=is_article(head),
    )


def _plain(text: str) -> str:
    """Return a value of the head on one line; some systems escape it twice."""
    return squeeze(normalize(html.unescape(text))) if "&" in text else squeeze(text)


def _types(item: Mapping[str, Any]) -> set[str]:
    value = item.get("@type")
    values = value if isinstance(value, list) else [value]
    return {str(one).lower() for one in values if one}


def _sites(head: Head) -> list[str]:
    """Names of the site, the stated ones first."""
    stated = list(head.all(_SITES[:5]))
    for item in [*head.articles, *head.linked]:
        if name := text_of(item.get("publisher")):
            stated.append(name)
        if _types(item) & {"website", "organization", "newsmediaorganization"} and (
            name := text_of(item.get("name"))
        ):
            stated.append(name)
    return [name for name in dict.fromkeys(stated) if len(name) <= 40 and "://" not in name]


def _press(head: Head, sites: Sequence[str]) -> str | None:
    """Return the outlet that wrote the article: what a portal states of it, or the publisher of the JSON-LD."""
    portal = head.first(_PRESS)
    if portal and "://" not in portal:
        bare = titles.without_site(re.split(r"\s*[|｜]\s*", portal)[0], sites)
        person = names.reporters(bare) or (names.is_name(bare) and not dateline.is_press(bare))
        if len(bare) <= 20 and not person and not dateline.is_portal(bare):
            return _station(bare)
    publisher = next(
        (
            name
            for item in head.articles
            if (name := text_of(item.get("publisher")))
            and len(name) <= 30
            and "://" not in name
            and not dateline.is_portal(name)
        ),
        None,
    )
    own = head.first(_SITES[:1])
    press = publisher or (own if own and dateline.is_outlet(own) else None) or _signing_site(head)
    return _station(press) if press else None


def _site(head: Head, sites: Sequence[str], title: str | None) -> str | None:
    """Return the name of the site: the stated one, the one in the document's title, or the owner of the domain."""
    name = sites[0] if sites else titles.site_in(head.document_title, title)
    if name is None or "." in name:
        address = _HOST.search(head.first(("og:url", "twitter:url", "url")) or "")
        name = (names.press_of_email(f"@{address[1]}") if address else None) or name
    return _station(name) if name else None


def _station(name: str) -> str:
    """Return the name of a broadcaster without the word for news behind it: `KBS 뉴스` is KBS."""
    station = _STATION.fullmatch(name)
    return station[1] if station else name


def _signing_site(head: Head) -> str | None:
    """Return the author in the metadata where it is an outlet: the title of the page ends with the same name."""
    author = head.first(("author", "dable:author", "article:author")) or ""
    own = loose(author)
    claims = [head.document_title, *head.all(_TITLES)]
    if len(own) >= 2 and len(author) <= 20 and any(loose(claim).endswith(own) for claim in claims):
        return None if names.reporters(author) or "://" in author else author
    return None


_HOST = re.compile(r"^(?:https?:)?//([\w.-]{4,80})")
_STATION = re.compile(
    r"((?:[가-힣]{2})?(?:KBS|MBC|SBS|YTN|JTBC|MBN|OBS|EBS|KNN|TJB|KBC|TBS|CJB|JIBS|G1|UBC|TBC|JTV))\s?(?:뉴스|NEWS|News|news)"
)
_SITE_BEHIND = re.compile(r"\s*(?:[-–—|｜·]|::?)\s")
_NAME_LIST = re.compile(r"\s*(?:[,/|·ㆍ;&]|\s외\s)\s*")


def _reporters(head: Head, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of people among the stated authors."""
    stated: list[str] = []
    for item in head.articles:
        stated += _people(item.get("author"))
        stated += _people(item.get("creator"))
    stated += list(head.all(_AUTHORS))
    credited = fields.get("credits")
    if isinstance(credited, Mapping):
        stated += _people(credited.get("by"))
    stated += [
        name for key, value in fields.items() if key.lower() in _WRITER_FIELDS for name in _people(value)
    ]
    outlets = set(_sites(head))  # systems put the outlet where the author belongs
    found: dict[str, None] = {}
    for text in stated:
        if "://" in text or len(text) > 120:
            continue
        spoken = names.reporters(text)
        for name in spoken or _NAME_LIST.split(re.sub(r"\(.*?\)|\S+@\S+", " ", text)):
            bare = _family_name_first(name.strip().removesuffix("기자").strip())
            if names.is_name(bare) and bare not in outlets and not dateline.is_press(bare):
                found[bare] = None
        if found:
            break
    return tuple(found)


_WRITER_FIELDS = word_set("writer_fields")


def _family_name_first(name: str) -> str:
    """Return a Korean name in Korean order; Arc Publishing stores the given name first: `가람 김`."""
    given, space, family = name.partition(" ")
    return family + given if space and len(family) == 1 and 1 <= len(given) <= 3 else name


def _people(value: Any) -> list[str]:
    """Return the names in an author field: a text, an object, or a list of them."""
    items = value if isinstance(value, list) else [value]
    people = [found for item in items[:20] if (found := text_of(item))]
    return [", ".join(people)] if people else []


_FIRST_PUBLISHED_FIELDS = word_list("first_published_fields")
_PUBLISHED_FIELDS = word_list("published_fields")
_MODIFIED_FIELDS = word_list("modified_fields")


def _fields(fields: Mapping[str, Any], wanted: Sequence[str]) -> Iterator[Any]:
    """Yield the values of the wanted fields, in the order of `wanted`."""
    known = {plain_key(key): value for key, value in fields.items()}
    return (known[name] for name in wanted if name in known)


def _time(*sources: Iterable[Any]) -> datetime | None:
    """Return the first readable time."""
    return next(
        (moment for source in sources for value in source if (moment := parse_stated_time(value))), None
    )


def _alternative(articles: Sequence[Mapping[str, Any]], title: str | None) -> tuple[str, ...]:
    found = next((text for item in articles if (text := text_of(item.get("alternativeHeadline")))), None)
    return (found,) if found and title and loose(found) != loose(title) and len(found) <= 150 else ()


def is_article(head: Head) -> bool | None:
    """Return what a head says of the kind of its page: an article, a list or site, or nothing."""
    if head.articles or (head.first(("og:type",)) or "").lower() == "article" or head.first(_PUBLISHED[:3]):
        return True
    if (
        any(_types(item) & _LIST_TYPES for item in head.linked)
        or (head.first(("og:type",)) or "").lower() == "website"
    ):
        return False
    return None

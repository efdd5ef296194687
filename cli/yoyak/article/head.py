"""What the head of an HTML document states: Open Graph, article and dable tags, JSON-LD, the document's title."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yoyak.article import coherence, dateline, names
from yoyak.article.blocks import Block
from yoyak.article.markup import Markup
from yoyak.article.page import Hints
from yoyak.article.state import Stated, text_of
from yoyak.article.times import parse_time
from yoyak.clean import normalize, squeeze

_PUBLISHED = (
    "article:published_time og:article:published_time og:regdate article:published datepublished dable:published_time published_time pubdate og:pubdate dc.date.issued "
    "article:regdate regdate date.issued dc.date.created firstpublished og:published_time publish-date publishdate parsely-pub-date sailthru.date article_date_original"
).split()
_MODIFIED = (
    "article:modified_time og:article:modified_time og:updated_time datemodified article:modified og:update_time modified_time lastmod last-modified dc.date.modified article:update_time eomportal-lastupdate"
).split()
_TITLES = ("og:title", "twitter:title", "dable:title", "title", "dc.title", "headline", "article:title", "kakao:title")
_AUTHORS = ("dable:author", "article:author", "author", "og:article:author:name", "article:author_name", "byl", "dc.creator", "twitter:creator", "og:author", "article:reporter")
_PRESS = ("og:article:author", "article:press", "article:media_name", "dable:press")
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site_name", "dc.publisher", "publisher", "copyright")
_ARTICLE_TYPES = frozenset("newsarticle article reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle reviewnewsarticle blogposting liveblogposting report".split())
_LIST_TYPES = frozenset("collectionpage itemlist searchresultspage".split())

_LOOSE = re.compile(r"[\s\"'“”‘’`´\u2032\u2033]+")
_SEPARATOR = re.compile(r"\s*(?:::+|<<?|>>?|[|｜‖ㅣ│»›«•]|(?<=\s)[-–—:·~/](?=\s)|\s-|-\s|,(?=\s)|&lt;|&gt;|(?<=[가-힣”’\"')\]…?!.])[-–—](?=[가-힣A-Za-z]{2,12}$))\s*")
_OUTLET = re.compile(
    r"(?:뉴스|신문|일보|방송|닷컴|타임스|타임즈|투데이|경제|미디어|저널|데일리|매일|매경|통신|헤럴드|프레스|포스트|이코노미|비즈|뉴스룸|TV|tv|News|NEWS|news|\.com|\.kr|\.net|Daily|Times|Today|시청|군청|구청|도청|포털|홈페이지)"
)


@dataclass(slots=True)
class Head:
    """The statements of a head, by the lower-case name of the tag; and its JSON-LD objects."""

    metas: dict[str, list[str]]
    linked: Sequence[Mapping[str, Any]]
    articles: Sequence[Mapping[str, Any]]
    """Those of `linked` that are articles."""
    document_title: str

    def first(self, names: Iterable[str]) -> str | None:
        """The first value that one of the names has, in the order of the names."""
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


def hints(head: Head, title: str | None, stated: Stated | None, subtitles: tuple[str, ...]) -> Hints:
    """Read the statements of a head as hints; `title` and `subtitles` were chosen with the page's lines."""
    articles = head.articles
    sites = _sites(head)
    fields: Mapping[str, Any] = stated.fields if stated else {}
    title = title or (stated.title if stated else None)
    return Hints(
        title=title,
        subtitles=subtitles or (stated.subtitles if stated else ()) or _alternative(articles, title),
        published=_time(head.all(_PUBLISHED), (item.get("datePublished") for item in articles), _fields(fields, _PUBLISHED_FIELDS)),
        modified=_time(head.all(_MODIFIED), (item.get("dateModified") for item in articles), _fields(fields, _MODIFIED_FIELDS)),
        reporters=_reporters(head, fields),
        press=_press(head, sites),
        site=sites[0] if sites else _site_behind(head.document_title, title),
        description=head.first(("og:description", "description", "twitter:description")),
        article=_is_article(head),
    )


def choose_title(head: Head, blocks: Sequence[Block]) -> str | None:
    """The article's own headline; `blocks` are the page's lines.

    What the tags say carries the site's name, a section or keywords; what stands on the page does not. So the
    line of the page that a tag's title is made of wins, then the JSON-LD headline, then the tag's title with
    its site cut off.
    """
    sites = _sites(head)
    tagged = [value for name in _TITLES for value in head.metas.get(name, ())]
    headlines = [found for item in head.articles if (found := text_of(item.get("headline")))]
    claims = [claim for claim in [*tagged, *headlines, head.document_title] if claim and loose(claim) not in {loose(site) for site in sites}]
    printed = _printed(claims, blocks)
    if printed:
        return printed
    for headline in headlines:
        if any(loose(claim).startswith(loose(headline)) for claim in [*tagged, head.document_title]) or not tagged:
            return headline
    words = coherence.stems(" ".join(block.text for block in blocks if len(block.text) > 40))
    for claim in claims:
        bare = without_site(claim, sites)
        if len(coherence.stems(bare) & words) >= 2 or not words:
            return bare
    return None  # what the tags call the page, nothing on it bears out: a title of the whole site


def loose(text: str) -> str:
    """A title as titles are compared: without spaces and quotes."""
    return _LOOSE.sub("", text)


def without_site(title: str, sites: Sequence[str]) -> str:
    """A tag's title without the names of sites and sections that follow or precede it.

    >>> without_site("시장 다시 열려 < 사회 < 기사본문 - 가온일보", ["가온일보"])
    '시장 다시 열려'
    """
    names_ = {loose(site).lower() for site in sites if site} | _PRINTING
    pieces = _SEPARATOR.split(title)
    if len(pieces) == 1:
        return title
    spans = list(_SEPARATOR.finditer(title))
    start, end = 0, len(title)
    first, last = 0, len(pieces) - 1
    while last > first and (_is_site(pieces[last], names_) or (spans[last - 1].group().strip() in {"<", "&lt;", "<<"} and len(pieces[last]) < 20)):
        last -= 1
        end = spans[last].start()
    while first < last and loose(pieces[first]).lower() in names_:
        start = spans[first].end()
        first += 1
    return title[start:end].strip() or title


_PRINTING = frozenset(("인쇄", "인쇄하기", "기사인쇄", "기사인쇄하기", "프린트", "뉴스프린트", "print"))


def _is_site(piece: str, names_: set[str]) -> bool:
    """Whether the piece behind a separator is a site's name: a stated one, or a short one that sounds like an outlet."""
    bare = loose(piece).lower()
    return not bare or bare in names_ or (len(bare) <= 14 and any(bare in name or name in bare for name in names_ if len(name) > 1)) or (len(bare) <= 12 and bool(_OUTLET.search(piece)))


def _printed(claims: Sequence[str], blocks: Sequence[Block]) -> str | None:
    """The line of the page that a claimed title consists of, or begins with before a separator."""
    wanted = [loose(claim) for claim in claims]
    best: tuple[int, int, str] | None = None
    for block in blocks:
        if not 5 <= len(block.text) <= 200 or block.tag in {"caption", "control", "cell"}:
            continue
        own = loose(block.text)
        if len(own) < 5:
            continue
        for rank, want in enumerate(wanted):
            quality = _agreement(own, want, claims[rank], block)
            if quality and (best is None or (quality, len(own)) > best[:2]):
                best = (quality, len(own), block.text)
    return best[2] if best else None


def _agreement(own: str, want: str, claim: str, block: Block) -> int:
    """How well a line agrees with a claimed title: 0 not at all, 3 the whole of a heading."""
    heading = block.tag in {"title", "heading"} and not block.node.aside
    if own == want:
        return 2 + heading
    at = want.find(own) if len(own) >= 8 and len(own) >= 0.3 * len(want) else -1
    if at >= 0:
        before = claim[: _reach(claim, at)]
        after = claim[_reach(claim, at + len(own)) :]
        if (not before or _SEPARATOR.search(before + " ", max(0, len(before) - 3)) or before[-1] in "])") and (
            not after or _SEPARATOR.match(after) or _SEPARATOR.match(" " + after)
        ):
            return (2 if at == 0 else 1) + heading
        return 0
    cut = want.rstrip(".…")
    if cut != want and len(cut) >= 10 and own.startswith(cut):
        return 1 + heading
    return 0


def _reach(text: str, count: int) -> int:
    """The offset in a text behind its first `count` characters that are compared."""
    at = 0
    while at < len(text) and count > 0:
        count -= not _LOOSE.fullmatch(text[at])
        at += 1
    while at < len(text) and text[at] in "\"'“”‘’`´":
        at += 1
    return at


def _plain(text: str) -> str:
    """A value of the head on one line; some systems escape it twice."""
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
        if _types(item) & {"website", "organization", "newsmediaorganization"} and (name := text_of(item.get("name"))):
            stated.append(name)
    return [name for name in dict.fromkeys(stated) if len(name) <= 40 and "://" not in name]


def _site_behind(document_title: str, title: str | None) -> str | None:
    """The site's name where only the document's title has it, behind the article's own."""
    if not title or not loose(document_title).startswith(loose(title)):
        return None
    pieces = _SEPARATOR.split(document_title[_reach(document_title, len(loose(title))) :])
    last = pieces[-1].strip()
    return last if len(pieces) > 1 and 2 <= len(last) <= 14 and _is_site(last, set()) else None


def _press(head: Head, sites: Sequence[str]) -> str | None:
    """The outlet that wrote the article: what a portal states of it, or the publisher of the JSON-LD."""
    portal = head.first(_PRESS)
    if portal and "://" not in portal:
        bare = without_site(re.split(r"\s*[|｜]\s*", portal)[0], sites)
        if len(bare) <= 20 and not names.reporters(bare):
            return bare
    publisher = next((name for item in head.articles if (name := text_of(item.get("publisher"))) and len(name) <= 30 and "://" not in name), None)
    own = head.first(_SITES[:1])
    return publisher or (own if own and dateline.is_press(own) and not _PORTAL.search(own) else None)


_PORTAL = re.compile(r"네이버|다음|네이트|카카오|줌|구글|빙|포털|NAVER|Naver|Daum|NATE|MSN|Google|ZUM", re.IGNORECASE)
_NAME_LIST = re.compile(r"\s*(?:[,/|·ㆍ;&]|\s외\s)\s*")


def _reporters(head: Head, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of people among the stated authors."""
    stated: list[str] = []
    for item in head.articles:
        stated += _people(item.get("author"))
        stated += _people(item.get("creator"))
    stated += list(head.all(_AUTHORS))
    credits = fields.get("credits")
    if isinstance(credits, Mapping):
        stated += _people(credits.get("by"))
    stated += [name for key, value in fields.items() if key.lower() in _WRITER_FIELDS for name in _people(value)]
    found: dict[str, None] = {}
    for text in stated:
        if "://" in text or len(text) > 120:
            continue
        spoken = names.reporters(text)
        for name in spoken or _NAME_LIST.split(re.sub(r"\(.*?\)|\S+@\S+", " ", text)):
            bare = name.strip().removesuffix("기자").strip()
            if names.is_name(bare):
                found[bare] = None
        if found:
            break
    return tuple(found)


_WRITER_FIELDS = frozenset(("author", "authors", "reporter", "reporters", "writer", "writers", "reportername", "reporter_name", "authorname", "author_name", "journalist", "byline", "creator"))


def _people(value: Any) -> list[str]:
    """The names in an author field: a text, an object, or a list of them."""
    items = value if isinstance(value, list) else [value]
    people = [found for item in items[:20] if (found := text_of(item))]
    return [", ".join(people)] if people else []


_PUBLISHED_FIELDS = frozenset(
    "datepublished publisheddate publishedat published_at publishdate publish_date pubdate display_date first_publish_date regdate reg_date reg_dt regdt createdat created_at created_date createdate "
    "servicedate service_date inputdate input_date articledate article_date newsdate news_date published publishtime first_publish_dt firstpublishedat".split()
)
_MODIFIED_FIELDS = frozenset("datemodified modifieddate modifiedat modified_at updatedat updated_at last_updated_date updatedate moddate mod_date mod_dt moddt modified lastmodified updated lastupdated".split())


def _fields(fields: Mapping[str, Any], wanted: frozenset[str]) -> Iterator[Any]:
    return (value for key, value in fields.items() if key.lower() in wanted)


def _time(*sources: Iterable[Any]) -> datetime | None:
    """The first readable time; ISO 8601 with its zone, or as pages print it."""
    for source in sources:
        for value in source:
            if isinstance(value, str) and (moment := parse_time(value)):
                return moment
    return None


def _alternative(articles: Sequence[Mapping[str, Any]], title: str | None) -> tuple[str, ...]:
    found = next((text for item in articles if (text := text_of(item.get("alternativeHeadline")))), None)
    return (found,) if found and title and loose(found) != loose(title) and len(found) <= 150 else ()


def _is_article(head: Head) -> bool | None:
    if head.articles or (head.first(("og:type",)) or "").lower() == "article" or head.first(_PUBLISHED[:3]):
        return True
    if any(_types(item) & _LIST_TYPES for item in head.linked) or (head.first(("og:type",)) or "").lower() == "website":
        return False
    return None

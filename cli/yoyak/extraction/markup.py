"""What names in markup mean: the lists of `markup.toml`, and the hints in the id and class of an element.

Class names are compared as whole words after splitting at marks and capitals (`newsSideBox`: news side box). Words that
are always written together are also searched inside a name. A word is listed only if it means the same on unrelated
systems; where names say nothing, the density of prose decides (see `container`).
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern


def word_list(name: str) -> tuple[str, ...]:
    """Return a list of `markup.toml`, in its order."""
    return tuple(_load()[name]["words"])


def word_set(name: str) -> frozenset[str]:
    """Return a list of `markup.toml` as a set."""
    return frozenset(word_list(name))


@cache
def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(
        resources.files("yoyak.extraction").joinpath("markup.toml").read_text(encoding="utf-8")
    )


_NO_LETTER = lazy_pattern(r"[^a-z0-9]+")
_CAPITAL = lazy_pattern(r"(?<=[a-z0-9])(?=[A-Z])")

# Names of the element that holds the text of the article.
_BODY_NAME = lazy_pattern(
    r"article[-_]*(?:view[-_]*)?(?:body|text|txt|content|cont|cnt|contents|main|area[-_]?body|story)|(?:body|cont|content|contents|txt|text)[-_]?(?:of[-_]?)?article"
    r"|news[-_]?(?:view[-_]?)?(?:body|text|txt|content|contents|cont|cnt|ct|article|detail|end|story)|newsct|articlecontent|newsviewarea"
    r"|(?:art|arti|atc|at|artcl)[-_]?(?:body|txt|text|cont|contents|content)|(?:view|read|detail|dtl)[-_]?(?:body|cont|cnt|con|content|contents|text|txt|article|memo)"
    r"|story[-_]?(?:body|content|news|text|area)|entry[-_]?content|post[-_]?(?:body|content|article)|cont[-_]?(?:view|article|body|news)"
    r"|(?:article|news)[-_]?view|articletxt|text[-_]?area|board[-_]?(?:view|cont|content|contents|body)|bbs[-_]?(?:view|cont|content|contents)"
    r"|(?:body|content|contents|text|view|cnt|con)[-_]?(?:view|text|txt)(?![a-z])|(?:text|a)body(?![a-z])|(?:fr|ck)-(?:view|content)|note-editable|tinymce-content|article__body|view[-_]?box|txt[-_]?area|smart[-_]?output|user-snippet|gisa[-_]?body"
    r"|bo[-_]?v[-_]?con|editor[-_]?(?:body|content|area|view)|se[-_]?main[-_]?container|ab[-_]?text|par(?:agraph)?s?[-_]?wrap|print[-_]?(?:area|body|content|cont)"
)
_CONTENT_WORDS = word_set("contents")
_ASIDE_WORDS = word_set("asides")
_WIDGET_WORDS = word_set("widgets")
# Names of boxes beside the article that are written together on many systems.
_ASIDE_NAME = lazy_pattern(
    r"relat(?:ed|ion)|recommend|comment(?!ary)|copyright|subscri|newsletter|banner|popular|ranking|mostread|mostview|sidebar|advert|adsense|googlead|taboola|dable[-_]|outbrain"
    r"|sns[-_]?(?:share|area|box|btn|list|wrap)|share[-_]?(?:area|box|btn|list|wrap|layer)|reporter[-_]?(?:info|box|area|profile|wrap|card)|(?:post|author|writer)[-_]?profile|journalist|bestnews|hotnews|morenews|othernews|latestnews"
    r"|ai[-_]?summary|summary[-_]?(?:ai|layer|box|pop|bot)|news[-_]?sum[-_]|filelist|file[-_]?(?:area|list|box|wrap|down)|breadcrumb|pagination|login|popup|layer[-_]?pop|floating|adbox|ad[-_]?(?:area|wrap|slot|unit|box|contents)"
    r"|photo[-_]?(?:list|news|slide)|news[-_]?list|list[-_]?(?:news|wrap)|article[-_]?list|view[-_]?(?:ad|sns|util|menu|tool|btm|bottom|relation|relate)|font[-_]?(?:size|ctrl|control)"
    r"|another[-_]?news|other[-_]?news|today[-_]?news|recent[-_]?news|cover[-_]?news|news[-_]?foot|article[-_]?(?:bottom|btm|foot|footer)|prev[-_]?next|adsby|skyscraper|dablewidget|support[-_]?wrap|text[-_]?(?:to[-_]?speech|size)|quick[-_]?menu|top[-_]?menu|skip[-_]?(?:nav|navi|menu)|accessibility|paywall|locked|promotion|reaction|emotion"
)
_CAPTION_NAME = lazy_pattern(
    r"(?:^|[-_ ])(?:fig|figure|img|image|photo|pic|picture|thumb|thum|media|vod|video|article[-_]?(?:photo|img|image))[-_]?(?:figure[-_]?)?(?:caption|cap|desc|description|txt|text|info|exp|explain|tit|title|alt|comment|summary|source|copyright)s?(?![a-z])"
    r"|(?:^|[-_ ])(?:cap|cutline|photo_org|cssdesc|fr-inner|txt-desc)(?![a-z])|caption|(?:img|image|photo|thumb)[-_](?:[a-z]+[-_])?desc(?![a-z])"
)
_DECK_NAME = lazy_pattern(
    r"(?:^|[-_ ])(?:sub|mid|middle|small|second|deputy|assist|article[-_]?sub|news[-_]?sub|view[-_]?sub|head[-_]?sub|tit[-_]?sub|title[-_]?sub|headline[-_]?sub|summary[-_]?sub|art[-_]?sub)[-_]?(?:tit|ttl|title|titles|head|heading|headline|headlines|subject|stitle)s?(?![a-z])"
    r"|(?:^|[-_ ])(?:subtitle|subtitles|subhead|subheading|subheadline|stit|stitle|midtitle|mtitle|dek|deck|standfirst|sub-headline|sub_headline|article_summary|article-summary|news_summary|news-summary|end_summary|media_end_summary|summary|summary[-_]?view|editor-sub|tit_sub|title_sub|sub_t|sub_tit|subtit|subtt)(?![a-z])"
)
_HIDDEN_WORDS = word_set("hidden")


MAX_NAME_CHARS = 500


class ClassNameHints(NamedTuple):
    """What the id and class of an element say of its text."""

    body: bool
    content: bool
    """A word that names the body on some systems and the whole page on others."""
    aside: bool
    widget: bool
    """It holds buttons, links or pictures: beside the article, unless it has much prose."""
    caption: bool
    deck: bool
    hidden: bool


_NO_HINTS = ClassNameHints(*[False] * 7)


@lru_cache(maxsize=8_192)
def read_class_names(names: str) -> ClassNameHints:
    """Read the id and class of an element, joined by a space.

    >>> read_class_names("news_view articleBody").body, read_class_names("relatedNewsBox").aside
    (True, True)
    """
    if not names or len(names) > MAX_NAME_CHARS:
        return _NO_HINTS
    plain = _CAPITAL.sub("-", names).lower()
    whole = set(names.lower().split())
    words = set(_NO_LETTER.split(plain))
    return ClassNameHints(
        body=bool(_BODY_NAME.search(plain) or _BODY_NAME.search(names.lower())),
        content=bool(words & _CONTENT_WORDS),
        aside=bool(words & _ASIDE_WORDS or _ASIDE_NAME.search(plain)),
        widget=bool(words & _WIDGET_WORDS),
        caption=bool(_CAPTION_NAME.search(plain)),
        deck=bool(_DECK_NAME.search(plain)),
        hidden=bool(whole & _HIDDEN_WORDS),
    )

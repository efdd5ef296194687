"""What the names of elements say: the id and class words that pages of many outlets and systems share.

Names are compared as whole words after splitting at marks and capitals (`newsSideBox`: news side box);
words that are always written together are also looked for inside a name. A word stands here only if it
means the same on unrelated systems; what a name cannot say is left to text density.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from yoyak.extraction.markup_words import word_set

_SPLIT = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

# Names that say "this is the text of the article", and nothing else does.
_BODY = re.compile(
    r"article[-_]*(?:view[-_]*)?(?:body|text|txt|content|cont|cnt|contents|main|area[-_]?body|story)|(?:body|cont|content|contents|txt|text)[-_]?(?:of[-_]?)?article"
    r"|news[-_]?(?:view[-_]?)?(?:body|text|txt|content|contents|cont|cnt|ct|article|detail|end|story)|newsct|articlecontent|newsviewarea"
    r"|(?:art|arti|atc|at|artcl)[-_]?(?:body|txt|text|cont|contents|content)|(?:view|read|detail|dtl)[-_]?(?:body|cont|cnt|con|content|contents|text|txt|article|memo)"
    r"|story[-_]?(?:body|content|news|text|area)|entry[-_]?content|post[-_]?(?:body|content|article)|cont[-_]?(?:view|article|body|news)"
    r"|(?:article|news)[-_]?view|articletxt|text[-_]?area|board[-_]?(?:view|cont|content|contents|body)|bbs[-_]?(?:view|cont|content|contents)"
    r"|(?:body|content|contents|text|view|cnt|con)[-_]?(?:view|text|txt)(?![a-z])|(?:text|a)body(?![a-z])|(?:fr|ck)-(?:view|content)|note-editable|tinymce-content|article__body|view[-_]?box|txt[-_]?area|smart[-_]?output|user-snippet|gisa[-_]?body"
    r"|bo[-_]?v[-_]?con|editor[-_]?(?:body|content|area|view)|se[-_]?main[-_]?container|ab[-_]?text|par(?:agraph)?s?[-_]?wrap|print[-_]?(?:area|body|content|cont)"
)
_CONTENT = word_set("contents")
# Whole words of names of boxes beside the article.
_ASIDE = word_set("asides")
_WIDGET = word_set("widgets")
# Written together on many systems.
_ASIDE_INSIDE = re.compile(
    r"relat(?:ed|ion)|recommend|comment(?!ary)|copyright|subscri|newsletter|banner|popular|ranking|mostread|mostview|sidebar|advert|adsense|googlead|taboola|dable[-_]|outbrain"
    r"|sns[-_]?(?:share|area|box|btn|list|wrap)|share[-_]?(?:area|box|btn|list|wrap|layer)|reporter[-_]?(?:info|box|area|profile|wrap|card)|(?:post|author|writer)[-_]?profile|journalist|bestnews|hotnews|morenews|othernews|latestnews"
    r"|ai[-_]?summary|summary[-_]?(?:ai|layer|box|pop|bot)|news[-_]?sum[-_]|filelist|file[-_]?(?:area|list|box|wrap|down)|breadcrumb|pagination|login|popup|layer[-_]?pop|floating|adbox|ad[-_]?(?:area|wrap|slot|unit|box|contents)"
    r"|photo[-_]?(?:list|news|slide)|news[-_]?list|list[-_]?(?:news|wrap)|article[-_]?list|view[-_]?(?:ad|sns|util|menu|tool|btm|bottom|relation|relate)|font[-_]?(?:size|ctrl|control)"
    r"|another[-_]?news|other[-_]?news|today[-_]?news|recent[-_]?news|cover[-_]?news|news[-_]?foot|article[-_]?(?:bottom|btm|foot|footer)|prev[-_]?next|adsby|skyscraper|dablewidget|support[-_]?wrap|text[-_]?(?:to[-_]?speech|size)|quick[-_]?menu|top[-_]?menu|skip[-_]?(?:nav|navi|menu)|accessibility|paywall|locked|promotion|reaction|emotion"
)
_CAPTION = re.compile(
    r"(?:^|[-_ ])(?:fig|figure|img|image|photo|pic|picture|thumb|thum|media|vod|video|article[-_]?(?:photo|img|image))[-_]?(?:figure[-_]?)?(?:caption|cap|desc|description|txt|text|info|exp|explain|tit|title|alt|comment|summary|source|copyright)s?(?![a-z])"
    r"|(?:^|[-_ ])(?:cap|cutline|photo_org|cssdesc|fr-inner|txt-desc)(?![a-z])|caption|(?:img|image|photo|thumb)[-_](?:[a-z]+[-_])?desc(?![a-z])"
)
_DECK = re.compile(
    r"(?:^|[-_ ])(?:sub|mid|middle|small|second|deputy|assist|article[-_]?sub|news[-_]?sub|view[-_]?sub|head[-_]?sub|tit[-_]?sub|title[-_]?sub|headline[-_]?sub|summary[-_]?sub|art[-_]?sub)[-_]?(?:tit|ttl|title|titles|head|heading|headline|headlines|subject|stitle)s?(?![a-z])"
    r"|(?:^|[-_ ])(?:subtitle|subtitles|subhead|subheading|subheadline|stit|stitle|midtitle|mtitle|dek|deck|standfirst|sub-headline|sub_headline|article_summary|article-summary|news_summary|news-summary|end_summary|media_end_summary|summary|summary[-_]?view|editor-sub|tit_sub|title_sub|sub_t|sub_tit|subtit|subtt)(?![a-z])"
)
_HIDDEN = word_set("hidden")


class Name(NamedTuple):
    """What the id and class of an element say."""

    body: bool
    content: bool
    """A word that holds the body on some systems and the whole page on others."""
    aside: bool
    widget: bool
    """It holds buttons, links or pictures: beside the article unless it holds much prose."""
    caption: bool
    deck: bool
    hidden: bool


_NOTHING = Name(*[False] * 7)


@lru_cache(maxsize=8_192)
def read_name(name: str) -> Name:
    """Read an id and class, joined by a space.

    >>> read_name("news_view articleBody").body, read_name("relatedNewsBox").aside
    (True, True)
    """
    if not name or len(name) > 500:
        return _NOTHING
    plain = _CAMEL.sub("-", name).lower()
    whole = set(name.lower().split())
    words = set(_SPLIT.split(plain))
    return Name(
        body=bool(_BODY.search(plain) or _BODY.search(name.lower())),
        content=bool(words & _CONTENT),
        aside=bool(words & _ASIDE or _ASIDE_INSIDE.search(plain)),
        widget=bool(words & _WIDGET),
        caption=bool(_CAPTION.search(plain)),
        deck=bool(_DECK.search(plain)),
        hidden=bool(whole & _HIDDEN),
    )

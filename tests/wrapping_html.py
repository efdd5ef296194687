"""Wraps an article in the HTML of a news site: six ways sites are built, and random chrome around the body."""

from __future__ import annotations

import html
import json
import random
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

import wrapping
from wrapping import Block, Desk, Story

Build: TypeAlias = Literal["semantic", "boxes", "breaks", "table", "json-ld", "next"]
BUILDS: tuple[Build, ...] = ("semantic", "boxes", "breaks", "table", "json-ld", "next")


def escape(text: str) -> str:
    """Escape for text and attributes."""
    return html.escape(text)


def _chrome(rng: random.Random, desk: Desk, parts: Sequence[wrapping.Chrome]) -> str:
    """Lists, headings and notes as sites write them, links among them."""
    blocks = [block for part in parts for block in part(rng, desk)]
    return "\n".join(_list(block) if block.items else _notes(block) for block in blocks)


def _notes(block: Block) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in block.lines)


def _list(block: Block) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="/{i}">{escape(x)}</a></li>' for i, x in enumerate(block.lines))
        + "</ul>"
    )


def _figure(rng: random.Random, desk: Desk) -> str:
    caption = f"{desk.press} 자료사진. 시민들이 길을 걷고 있다. {desk.press} 제공"
    return rng.choice(
        [
            f'<figure><img src="/1.jpg" alt=""><figcaption>{caption}</figcaption></figure>',
            f'<div class="img_wrap"><img src="/1.jpg"><p class="caption">{caption}</p></div>',
        ]
    )


def _head(story: Story, desk: Desk, rng: random.Random) -> str:
    suffix = rng.choice([f" - {desk.press}", f" | {desk.press}", f" :: {desk.press}", ""])
    og = f'<meta property="og:title" content="{escape(story.title)}">' if rng.random() < 0.7 else ""
    site = f'<meta property="og:site_name" content="{desk.press}">' if rng.random() < 0.7 else ""
    return f'<head><meta charset="utf-8"><title>{escape(story.title + suffix)}</title>{og}{site}<style>p{{margin:0}}</style></head>'


def _semantic(story: Story, desk: Desk, rng: random.Random) -> str:
    paragraphs = [f"<p>{escape(p)}</p>" for p in story.paragraphs]
    paragraphs.insert(rng.randint(0, 2), _figure(rng, desk))
    return (
        f"<header><nav>{_chrome(rng, desk, [wrapping.menu])}</nav></header><main><article><h1>{escape(story.title)}</h1>"
        f"<div class='meta'><span>{desk.reporter} 기자</span><time datetime='2026-05-04T09:10'>2026.05.04 09:10</time></div>"
        f"<section>{''.join(paragraphs)}</section><p>{desk.reporter} 기자 r@press.example</p></article>"
        f"<aside>{_chrome(rng, desk, [wrapping.related, wrapping.most_read])}</aside></main>"
        f"<footer>{_chrome(rng, desk, [wrapping.footer])}</footer>"
    )


def _boxes(story: Story, desk: Desk, rng: random.Random) -> str:
    name = rng.choice(["view_con", "article_txt", "cont", "news-body", "c1"])
    paragraphs = [f"<div>{escape(p)}</div>" for p in story.paragraphs]
    paragraphs.insert(rng.randint(1, 3), '<div class="ad_area"><ins>광고</ins></div>')
    return (
        f"<div id='gnb'>{_chrome(rng, desk, [wrapping.menu, wrapping.tickers])}</div><div class='wrap'><div class='tit'>"
        f"<h3>{escape(story.title)}</h3></div><p class='info'>{desk.reporter} 기자 | 입력 2026.05.04 09:10</p>"
        f"{_chrome(rng, desk, [wrapping.buttons])}<div class='{name}'>{_figure(rng, desk)}{''.join(paragraphs)}</div>"
        f"<div>{_chrome(rng, desk, [wrapping.reactions, wrapping.reporter_card, wrapping.comments])}</div></div>"
        f"<div class='side'>{_chrome(rng, desk, [wrapping.teasers, wrapping.most_read])}</div>"
        f"<div id='footer'>{_chrome(rng, desk, [wrapping.footer, wrapping.login])}</div>"
    )


def _breaks(story: Story, desk: Desk, rng: random.Random) -> str:
    inner = "<br><br>\n".join(escape(p) for p in story.paragraphs)
    return (
        f"<div>{_chrome(rng, desk, [wrapping.menu])}</div><h2>{escape(story.title)}</h2><div class='view'>{_figure(rng, desk)}"
        f"{inner}<br><br>{desk.reporter} 기자 r@press.example<br>저작권자 © {desk.press} 무단전재 및 재배포 금지</div>"
        f"<div>{_chrome(rng, desk, [wrapping.related, wrapping.footer])}</div>"
    )


def _table(story: Story, desk: Desk, rng: random.Random) -> str:
    inner = "<br><br>".join("&nbsp;" + escape(p) for p in story.paragraphs)
    return (
        f"<table width=900><tr><td colspan=2>{_chrome(rng, desk, [wrapping.menu])}</td></tr><tr><td width=600><table>"
        f"<tr><td><font size=5><b>{escape(story.title)}</b></font></td></tr><tr><td align=right>2026-05-04 09:10 "
        f"{desk.reporter} 기자</td></tr><tr><td>{inner}</td></tr></table></td><td>{_chrome(rng, desk, [wrapping.most_read])}"
        f"</td></tr><tr><td colspan=2>{_chrome(rng, desk, [wrapping.footer])}</td></tr></table>"
    )


def _json_ld(story: Story, desk: Desk, rng: random.Random) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "author": {"@type": "Person", "name": f"{desk.reporter} 기자"},
        "publisher": {"@type": "Organization", "name": desk.press},
        "datePublished": "2026-05-04T09:10:00+09:00",
        "articleBody": "\n\n".join(story.paragraphs),
    }
    return (
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
        f'<div id="app">{_chrome(rng, desk, [wrapping.menu])}</div>'
    )


def _next(story: Story, desk: Desk, rng: random.Random) -> str:
    article = {
        "title": story.title,
        "writer": {"name": desk.reporter},
        "publishedAt": "2026-05-04T09:10:00+09:00",
        "body": "".join(f"<p>{escape(p)}</p>" for p in story.paragraphs),
    }
    others = [
        {"title": wrapping.headline(rng), "lead": "시에 따르면 주민들이 어려움을 겪고 있다."}
        for _ in range(4)
    ]
    state = {
        "props": {"pageProps": {"news": article, "others": others}},
        "page": "/news/[id]",
        "buildId": "x",
    }
    return (
        f'<div id="__next"><p>불러오는 중입니다.</p></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state, ensure_ascii=False)}</script>'
    )


_BUILDERS: dict[Build, Callable[[Story, Desk, random.Random], str]] = {
    "semantic": _semantic,
    "boxes": _boxes,
    "breaks": _breaks,
    "table": _table,
    "json-ld": _json_ld,
    "next": _next,
}


def wrap(story: Story, *, seed: int, build: Build) -> str:
    """Return the HTML of a page that holds `story`."""
    rng = random.Random(seed)
    desk = Desk(wrapping.press(rng), wrapping.reporter(rng))
    body = _BUILDERS[build](story, desk, rng)
    return f"<!DOCTYPE html>\n<html lang='ko'>{_head(story, desk, rng)}<body>{body}<script>var a=1;</script></body></html>\n"

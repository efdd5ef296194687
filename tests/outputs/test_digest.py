"""Digests as text, Markdown and HTML, from invented values: hostile titles, long timelines, articles without dates."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone

from yoyak.app.terminal import digest as terminal
from yoyak.outputs import digest as render
from yoyak.outputs.digest_html import render_html
from yoyak.stories.values import Digest, Overview, Story, StoryArticle, StorySentence, TimelineStep

KST = timezone(timedelta(hours=9))
FIRST, LAST = datetime(2026, 3, 3, 9, 30, tzinfo=KST), datetime(2026, 3, 5, 18, tzinfo=KST)


def sentence(said: str, press: str | None = "한빛신문") -> StorySentence:
    return StorySentence(text=said, source="a.txt", id="a", press=press, start=0, end=len(said))


def article(name: str, *, published: datetime | None = FIRST, copy_of: str | None = None) -> StoryArticle:
    return StoryArticle(
        source=name, id=name, title=f"제목 {name}", press="한빛신문", published=published, copy_of=copy_of
    )


def story(headline: str = "가람시, 강변 도서관 짓는다", **changes: object) -> Story:
    given: dict[str, object] = {
        "headline": headline,
        "sentences": (
            sentence("가람시가 강변 도서관을 새로 짓는다."),
            sentence("책 20만 권이 들어간다.", None),
        ),
        "keywords": ("도서관", "가람시"),
        "first": FIRST,
        "last": LAST,
        "outlets": ("한빛신문", "누리일보"),
        "articles": (article("a"), article("b", copy_of="a"), article("c", published=None)),
        "timeline": (
            TimelineStep(day="2026-03-03", sentence=sentence("가람시가 강변 도서관을 새로 짓는다.")),
            TimelineStep(day="2026-03-05", sentence=sentence("시의회가 예산을 통과시켰다.")),
        ),
    }
    return Story(**(given | changes))  # type: ignore[arg-type]


def single(headline: str) -> Story:
    return story(headline, articles=(article("d"),), outlets=("한빛신문",), last=FIRST, timeline=())


HOSTILE = "<script>alert(1)</script> [/단독] \x1b[31m*제목*\x07"


def test_a_story_says_outlets_counts_and_time_span() -> None:
    line = render.about_line(story())
    assert (
        line == "한빛신문, 누리일보 · 3 articles · 1 copy · 1 undated · 2026.03.03 09:30 – 2026.03.05 18:00"
    )
    assert render.time_span(None, None) == "undated"
    assert render.time_span(FIRST, FIRST.replace(hour=11)) == "2026.03.03 09:30 – 11:30"
    assert "4 more" in render.outlets_line(story(outlets=tuple("가나다라마바사아자차")))


def test_control_characters_and_markup_of_titles_do_not_reach_the_output() -> None:
    digest = Digest(stories=(story(HOSTILE), single(HOSTILE)))
    page = render_html(digest)
    assert "<script>alert" not in page
    assert page.count("<script>") == 1
    for written in (
        page,
        render.render_plain(digest),
        render.render_markdown(digest),
        terminal.front_page(digest, color=False, width=80),
    ):
        assert "\x1b" not in written
        assert "\x07" not in written
    assert r"\*제목\*" in render.render_markdown(digest)
    assert "[/단독]" in terminal.front_page(digest, color=False, width=80)


def test_the_page_draws_when_articles_appeared_and_folds_copies() -> None:
    page = render_html(Digest(stories=(story(),)))
    # One column of an article and its copy, at the first moment; the undated article is in none.
    assert re.findall(r'<rect (?:class="copy" )?x="(\d+)" y="([\d.]+)"', page) == [
        ("0", "0.000"),
        ("0", "0.500"),
    ]
    assert 'data-first="2026-03-03" data-last="2026-03-05"' in page
    assert page.index("제목 a") < page.index("1 copy</summary>") < page.index("제목 b")


def test_stories_of_one_moment_have_no_drawing_and_undated_ones_no_dates() -> None:
    page = render_html(Digest(stories=(story(first=None, last=None, timeline=()),)))
    assert "<svg" not in page
    assert 'data-first="" data-last=""' in page


def test_markdown_lists_copies_below_their_original() -> None:
    lines = render.render_markdown(Digest(stories=(story(),))).splitlines()
    assert lines[0] == "# News digest"
    at = next(n for n, line in enumerate(lines) if line.startswith("- 제목 a"))
    assert lines[at + 1].startswith("  - 제목 b")
    assert lines[at + 1].endswith("copy")


def test_an_empty_digest_is_no_error_in_any_format() -> None:
    empty = Digest(stories=(), overview=Overview())
    assert render.render_plain(empty) == ""
    assert json.loads(render.render_json(empty))["stories"] == []
    assert "<main>" in render_html(empty)
    assert terminal.front_page(empty, color=False, width=60)
    assert terminal.overview(empty, color=False, width=60)

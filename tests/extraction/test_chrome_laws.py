"""Laws of extraction: whatever a page wraps around an article, the article comes out, whole and alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import wrapping
import wrapping_html
from yoyak import extraction as articles
from yoyak.core.values import Article, Decoded

PAGES = Path(__file__).parents[2] / "samples" / "pages"
# Plain reports of five paragraphs or more: notices, photographs, market tables and scripts have samples of their own.
STORIES = [
    wrapping.Story(title=gold["title"], paragraphs=tuple(gold["body"]), subtitles=tuple(gold["subtitles"]))
    for gold in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(PAGES.glob("*.gold.json")))
    if len(gold["body"]) >= 5
    and "[" not in gold["title"]
    and "습니다." not in gold["body"][0]
    # Lists and notes lose their marks in some layouts.
    and not any(re.match(r"\d+[.]|[□○]", paragraph) for paragraph in gold["body"])
]
EXAMPLES = 40
SEEDS = st.integers(min_value=0, max_value=10_000)
MIN_WRAPPED_CHARS = 100
"""A story with a paragraph this long shows the width its lines are cut at; in a shorter one only one or two lines are cut."""

stories = st.sampled_from(STORIES)


def extract(text: str) -> Article:
    return articles.extract(Decoded(text=text, encoding="utf-8", evidence="given"), source="page")


def squash(text: str) -> str:
    return "".join(text.split())


def as_page(story: wrapping.Story) -> str:
    return "\n\n".join([story.title, *story.paragraphs]) + "\n"


def test_there_are_many_kinds_of_chrome_and_stories_to_wrap() -> None:
    assert len(wrapping.KINDS) >= 10
    assert len(STORIES) >= 12


@pytest.mark.parametrize("layout", wrapping.LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, seed=SEEDS)
def test_chrome_around_an_article_changes_nothing(
    layout: wrapping.Layout, story: wrapping.Story, seed: int
) -> None:
    article = extract(wrapping.wrap(story, (), seed=seed, layout=layout).text)

    assert [squash(p) for p in article.paragraphs] == [squash(p) for p in story.paragraphs]
    assert article.title == story.title


@pytest.mark.parametrize("layout", wrapping.LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, seed=SEEDS)
def test_who_wrote_it_where_and_when_is_found_in_any_chrome(
    layout: wrapping.Layout, story: wrapping.Story, seed: int
) -> None:
    page = wrapping.wrap(story, (), seed=seed, layout=layout)
    article = extract(page.text)

    assert article.reporters == (page.reporter,) or (not page.signed and article.reporters == ())
    assert article.press == page.press
    assert article.published is not None
    assert article.published.replace(tzinfo=None) == page.published


@pytest.mark.parametrize("layout", wrapping.LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, seed=SEEDS)
def test_the_deck_is_found_in_any_chrome(layout: wrapping.Layout, story: wrapping.Story, seed: int) -> None:
    article = extract(wrapping.wrap(story, (), seed=seed, layout=layout, deck=True).text)

    assert article.subtitles == story.subtitles
    assert [squash(p) for p in article.paragraphs] == [squash(p) for p in story.paragraphs]


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, seed=SEEDS)
def test_lines_wrapped_at_a_column_are_the_same_article(story: wrapping.Story, seed: int) -> None:
    assume(max(map(len, story.paragraphs)) > MIN_WRAPPED_CHARS)
    article = extract(wrapping.wrap(story, (), seed=seed, layout="wrapped").text)

    assert [squash(p) for p in article.paragraphs] == [squash(p) for p in story.paragraphs]


@pytest.mark.parametrize("layout", ["spaced", "dense"])
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, seed=SEEDS)
def test_sentences_on_lines_of_their_own_are_the_same_article(
    layout: wrapping.Layout, story: wrapping.Story, seed: int
) -> None:
    article = extract(wrapping.wrap(story, (), seed=seed, layout=layout, lines=True).text)

    assert squash("".join(article.paragraphs)) == squash("".join(story.paragraphs))


@pytest.mark.parametrize("layout", wrapping.LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, other=stories, seed=SEEDS)
def test_another_whole_article_below_changes_nothing(
    layout: wrapping.Layout, story: wrapping.Story, other: wrapping.Story, seed: int
) -> None:
    others = (other,) if other != story else ()
    article = extract(wrapping.wrap(story, others, seed=seed, layout=layout).text)

    assert [squash(p) for p in article.paragraphs] == [squash(p) for p in story.paragraphs]


@pytest.mark.parametrize("layout", wrapping.LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, seed=SEEDS)
def test_no_rule_removes_a_sentence_of_the_body(
    layout: wrapping.Layout, story: wrapping.Story, seed: int
) -> None:
    article = extract(wrapping.wrap(story, (), seed=seed, layout=layout).text)
    body = squash("".join(story.paragraphs))
    kept = squash("".join(article.paragraphs))
    removed = [squash(r.text) for r in article.removed]

    # The page's own summary may repeat a sentence: then one of the two stays.
    assert [text for text in removed if len(text) > 30 and text in body and text not in kept] == []


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title[:12])
def test_extracting_a_clean_article_keeps_it(story: wrapping.Story) -> None:
    assert extract(as_page(story)).paragraphs == story.paragraphs


@pytest.mark.parametrize("layout", wrapping.LAYOUTS)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, seed=SEEDS)
def test_extracting_twice_changes_nothing(layout: wrapping.Layout, story: wrapping.Story, seed: int) -> None:
    once = extract(wrapping.wrap(story, (), seed=seed, layout=layout).text)
    again = extract("\n\n".join([once.title or "", *once.paragraphs]))

    assert again.paragraphs == once.paragraphs


@pytest.mark.parametrize("build", wrapping_html.BUILDS)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(story=stories, seed=SEEDS)
def test_the_html_around_an_article_changes_nothing(
    build: wrapping_html.Build, story: wrapping.Story, seed: int
) -> None:
    article = extract(wrapping_html.wrap(story, seed=seed, build=build))

    assert [squash(p) for p in article.paragraphs] == [squash(p) for p in story.paragraphs]
    assert article.title == story.title

"""The labelled sample of three days: scores hold their floors, and what the digest says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import yoyak
from tools import stories as tool
from yoyak import Digest

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "stories"


@pytest.fixture(scope="module")
def digest() -> Digest:
    return yoyak.digest([SAMPLE / "articles.jsonl"], jobs=1)


def test_a_story_over_three_days_has_a_step_for_each_day(digest: Digest) -> None:
    dam = next(story for story in digest.stories if "솔미댐 누수" in story.headline)
    assert [step.day for step in dam.timeline] == ["2026-04-07", "2026-04-08", "2026-04-09"]
    assert len({step.sentence.text for step in dam.timeline}) == 3


def test_events_of_one_saga_stay_apart(digest: Digest) -> None:
    place = {article.id: n for n, story in enumerate(digest.stories) for article in story.articles}
    apart = [("dam-1", "dam-probe-1"), ("rail-1", "bus-1"), ("poll-1", "debate-1"), ("ball-1", "ball-next")]
    assert all(place[one] != place[other] for one, other in apart)


def test_sentences_of_a_story_do_not_repeat_each_other(digest: Digest) -> None:
    for story in digest.stories:
        texts = [sentence.text for sentence in story.sentences]
        assert len(texts) == len(set(texts))
        assert 1 <= len(texts) <= 3


def test_an_article_without_a_date_is_in_the_story_of_its_event(digest: Digest) -> None:
    rice = next(story for story in digest.stories if "비축미" in story.headline)
    assert {article.id for article in rice.articles} == {"rice-1", "rice-2"}
    assert rice.undated == 1
    assert rice.first == rice.last


def test_the_digest_is_plain_values_and_html(digest: Digest) -> None:
    assert json.loads(json.dumps(digest.to_dict()))["schema"] == 1
    assert "<li><b>" in digest._repr_html_()
    assert yoyak.digest([]).stories == ()


@pytest.mark.slow
def test_scores_hold_their_floors() -> None:
    files = [str(SAMPLE / name) for name in ("labels.jsonl", "articles.jsonl", "floors.json")]
    assert tool.score(*files) == 0


def test_pairs_are_counted_as_right_wrong_and_missed() -> None:
    pairs = [
        tool.LabelledPair(0, "a", other, kind)
        for other, kind in (("b", "copy"), ("c", "same"), ("d", "related"))
    ]
    stories, copies = tool.count(pairs, {"a": 1, "b": 1, "d": 1}, {"a": "a", "b": "a", "d": "d"})
    assert (stories.right, stories.wrong, stories.missed) == (1, 1, 1)
    assert (copies.right, copies.wrong, copies.missed) == (1, 0, 0)
    assert round(stories.f1, 2) == 0.5

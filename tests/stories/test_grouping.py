"""Stories and copies: one event in one group, look-alikes apart, whatever the order of inputs."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story_articles import LIBRARY, LIBRARY_REACTION, day, news, record
from yoyak.nlp import document_frequency
from yoyak.stories import grouping
from yoyak.stories.grouping import PairModel
from yoyak.stories.record import ArticleRecord, from_dict, shingle_hashes
from yoyak.stories.vectors import Pairs

TABLE = document_frequency.load(None)


def groups_of(records: list[ArticleRecord]) -> tuple[list[list[str]], dict[str, str]]:
    """Ids of each group, and what each copy repeats."""
    ordered = sorted(records, key=ArticleRecord.key)
    groups = grouping.group(ordered, TABLE)
    copies = {str(ordered[c].id): str(ordered[o].id) for group in groups for c, o in group.copy_of.items()}
    return [[str(ordered[i].id) for i in group.members] for group in groups], copies


def test_articles_on_one_event_are_one_story_and_look_alikes_stay_apart() -> None:
    groups, copies = groups_of(news())
    assert sorted(map(sorted, groups)) == [
        ["bridge"],
        ["closing"],
        ["library-1", "library-2", "library-copy"],
    ]
    assert copies == {"library-copy": "library-1"}


@settings(max_examples=15, deadline=None)
@given(st.permutations(news()))
def test_the_order_of_inputs_changes_nothing(records: list[ArticleRecord]) -> None:
    assert groups_of(records) == groups_of(news())


def test_the_earliest_copy_is_the_original_else_the_most_complete() -> None:
    early = record("가람시, 강변 도서관 짓는다", LIBRARY[:3], "누리일보", day(3, 7), "early")
    late = record("가람시, 강변 도서관 짓는다", LIBRARY, "한빛신문", day(3, 9), "late")
    assert groups_of([late, early])[1] == {"late": "early"}
    midnight = day(3).replace(hour=0, minute=0)
    dated = record("가람시, 강변 도서관 짓는다", LIBRARY[:3], "누리일보", midnight, "date alone")
    assert groups_of([late, dated])[1] == {"date alone": "late"}


def test_an_article_without_a_date_joins_its_story() -> None:
    undated = record("가람시, 강변 도서관 짓는다", LIBRARY, None, None, "undated")
    groups, copies = groups_of([*news(), undated])
    assert any({"undated", "library-1"} <= set(group) for group in groups)
    assert copies["undated"] == "library-1"


def test_reports_many_days_apart_are_two_stories() -> None:
    later = record(
        "강변 도서관에 주민들 “버스부터”…가람시 “자전거 300대”",
        LIBRARY_REACTION,
        "샛별뉴스",
        day(3) + timedelta(days=20),
        "later",
    )
    groups, _ = groups_of([news()[0], later])
    assert len(groups) == 2


def test_no_articles_and_articles_without_words_are_no_error() -> None:
    assert groups_of([]) == ([], {})
    empty = record("…", ("2026.",), None, None, "empty")
    assert len(groups_of([empty, *news()])[0]) == 4


def test_records_survive_a_trip_through_json() -> None:
    kept = news()[0]
    head = {name: getattr(kept, name) for name in ("source", "id", "title", "press", "published")}
    assert from_dict(kept.to_dict(), **head) == kept
    with pytest.raises(ValueError, match="terms"):
        from_dict({"schema": 1, "chars": 3}, **head)


def test_a_text_shares_all_its_shingles_with_itself_inside_a_longer_one() -> None:
    short, long = " ".join(LIBRARY), " ".join((*LIBRARY, *LIBRARY_REACTION))
    assert set(shingle_hashes(short)) <= set(shingle_hashes(long))
    assert len(shingle_hashes("짧다")) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9), st.data())
def test_clusters_are_those_of_average_linkage_without_components(count: int, data: st.DataObject) -> None:
    """Splitting at components first must not change a cluster."""
    from scipy.cluster import hierarchy

    left, right = np.triu_indices(count, 1)
    likely = np.array(
        data.draw(st.lists(st.floats(0, 1), min_size=len(left), max_size=len(left), unique=True))
    )
    threshold = data.draw(st.floats(0.2, 0.8))
    pairs = Pairs(left, right, likely, np.zeros(len(left)))
    found = grouping.clusters(count, pairs, likely, PairModel(intercept=0, weights=(), threshold=threshold))
    tree = hierarchy.linkage(1 - likely, method="average")
    expected = hierarchy.fcluster(tree, 1 - threshold, criterion="distance")
    same = found[:, None] == found[None, :]
    assert (same == (expected[:, None] == expected[None, :])).all()
    assert found[0] == 0

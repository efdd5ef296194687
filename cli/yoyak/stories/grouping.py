"""Which articles are one story, and which are copies of each other.

pairs        candidate pairs by cosine within a time window (`vectors`)
probability  of a pair to tell one event, and to be a copy: two logistic models over three features (`grouping.json`)
components   connected articles
clusters     average linkage inside each component (Sokal and Michener 1958), cut where the mean probability is too low
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from yoyak.core.patterns import lazy_pattern
from yoyak.nlp.document_frequency import Background
from yoyak.stories import vectors
from yoyak.stories.record import ArticleRecord
from yoyak.stories.vectors import Pairs

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

FEATURES = ("cosine", "title_overlap", "shared_text")
# A copy shares text: 285 of 287 labelled copies reach this value of `shared_text`, 2 % of the shorter text.
MIN_COPY_SHARED_TEXT = 0.15
MAX_TITLE_CHARS = 100
# Average linkage holds all distances of a component in memory: 5,000 articles need 100 MB.
MAX_COMPONENT = 5_000
# How much the threshold rises at each attempt to split a larger component.
COMPONENT_STEP = 0.05
_MARKS = lazy_pattern(r"[^0-9A-Za-z가-힣一-鿿]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairModel:
    """A logistic model of pairs; `threshold` is the mean probability that holds a cluster together."""

    intercept: float
    weights: tuple[float, ...]
    threshold: float

    def probabilities(self, features: Floats, *, cost: Floats | float = 0.0) -> Floats:
        """Probability of each pair: one row of FEATURES each; `cost` is subtracted from the logit."""
        import numpy as np

        scores = self.intercept + features @ np.array(self.weights) - cost
        return np.asarray(1.0 / (1.0 + np.exp(-scores)))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingModel:
    """Both models of pairs, and what the time between two articles costs (in units of the logit).

    The first day costs most: a new game, count or forecast comes a day later. Reports on one event that are two days
    apart are hardly less likely than those that are one day apart.
    """

    story: PairModel
    copy: PairModel
    first_day_cost: float
    further_day_cost: float

    def time_cost(self, days: Floats) -> Floats:
        """Cost of each number of days between two articles."""
        import numpy as np

        first = self.first_day_cost * np.minimum(days, 1.0)
        return np.asarray(first + self.further_day_cost * np.maximum(days - 1.0, 0.0))


@lru_cache(maxsize=1)
def load() -> GroupingModel:
    """Read `grouping.json`, written by `make story-model`."""
    return parse(
        json.loads(resources.files("yoyak.stories").joinpath("grouping.json").read_text(encoding="utf-8"))
    )


def parse(document: dict[str, Any]) -> GroupingModel:
    """Model from its JSON document."""
    story, copy = (
        PairModel(
            intercept=float(part["intercept"]),
            weights=tuple(float(part["weights"][name]) for name in FEATURES),
            threshold=float(part["threshold"]),
        )
        for part in (document["story"], document["copy"])
    )
    return GroupingModel(
        story=story,
        copy=copy,
        **{name: float(document[name]) for name in ("first_day_cost", "further_day_cost")},
    )


@dataclass(frozen=True, slots=True)
class Group:
    """One story: indices of its articles in order, and for each copy the index of the article it repeats."""

    members: tuple[int, ...]
    copy_of: dict[int, int]


def compare(records: Sequence[ArticleRecord], background: Background) -> tuple[Pairs, Floats]:
    """Candidate pairs and their features, one row of FEATURES for each pair."""
    pairs = vectors.candidate_pairs(vectors.term_vectors(records, background), records)
    return pairs, pair_features(records, pairs)


def pair_features(records: Sequence[ArticleRecord], pairs: Pairs) -> Floats:
    """Features of pairs.

    cosine         of the TF-IDF vectors of title and body
    title_overlap  shared character pairs of the titles, as a share of the shorter title
    shared_text    shared character runs of the bodies, as a share of the shorter body; its square root
    """
    import numpy as np

    titles = [_MARKS.sub("", record.title or "")[:MAX_TITLE_CHARS].lower() for record in records]
    overlap = vectors.shared_share(vectors.bigram_matrix(titles), pairs)
    shared = np.sqrt(vectors.shared_share(vectors.shingle_matrix(records), pairs))
    return np.column_stack((pairs.cosine, overlap, shared))


def group(
    records: Sequence[ArticleRecord], background: Background, model: GroupingModel | None = None
) -> list[Group]:
    """Group articles into stories, each article in exactly one. `records` are in the order of `ArticleRecord.key`."""
    if not records:
        return []
    model = model or load()
    pairs, features = compare(records, background)
    return group_pairs(records, pairs, features, model)


def group_pairs(
    records: Sequence[ArticleRecord], pairs: Pairs, features: Floats, model: GroupingModel
) -> list[Group]:
    """Group articles by compared pairs: stories first, then the copies inside each story."""
    import numpy as np

    cost = model.time_cost(pairs.days)
    likely = model.story.probabilities(features, cost=cost)
    stories = clusters(len(records), pairs, likely, model.story)
    inside = stories[pairs.left] == stories[pairs.right]
    kept = Pairs(pairs.left[inside], pairs.right[inside], pairs.cosine[inside], pairs.days[inside])
    likely = model.copy.probabilities(features[inside], cost=cost[inside])
    likely[features[inside, FEATURES.index("shared_text")] < MIN_COPY_SHARED_TEXT] = 0.0
    copies = clusters(len(records), kept, likely, model.copy)
    order = np.argsort(stories, kind="stable")
    starts = np.flatnonzero(np.diff(stories[order], prepend=-1))
    groups = []
    for members in np.split(order, starts[1:]):
        repeated = _copies(records, [int(member) for member in members], copies)
        groups.append(Group(tuple(int(member) for member in members), repeated))
    return groups


def clusters(count: int, pairs: Pairs, probability: Floats, model: PairModel) -> Ints:
    """Cluster number of each of `count` articles; clusters are numbered by their first article.

    A cluster can only grow over a pair that is at least as likely as the threshold, so components of such pairs hold
    whole clusters. Pairs that were not compared count as probability 0.
    """
    import numpy as np

    labels = np.arange(count)
    component = _components(count, pairs, probability, model.threshold)
    order = np.argsort(component, kind="stable")
    place = np.empty(count, dtype=np.int64)
    bounds = np.searchsorted(component[order], np.arange(component.max() + 2))
    place[order] = np.arange(count) - bounds[component[order]]
    inside = np.flatnonzero(component[pairs.left] == component[pairs.right])
    inside = inside[np.argsort(component[pairs.left[inside]], kind="stable")]
    owners = component[pairs.left[inside]]
    for number in np.unique(owners):
        members = order[bounds[number] : bounds[number + 1]]
        own = inside[np.searchsorted(owners, number) : np.searchsorted(owners, number, side="right")]
        ends = place[pairs.left[own]], place[pairs.right[own]]
        parts = _average_linkage(len(members), *ends, probability[own], threshold=model.threshold)
        _, first = np.unique(parts, return_index=True)
        labels[members] = members[first[np.searchsorted(np.unique(parts), parts)]]
    return np.asarray(np.unique(labels, return_inverse=True)[1])


def _components(count: int, pairs: Pairs, probability: Floats, threshold: float) -> Ints:
    """Component of each article. One too large for average linkage is split at more likely pairs."""
    import numpy as np
    from scipy import sparse
    from scipy.sparse import csgraph

    linked = probability >= threshold
    while True:
        ends = pairs.left[linked], pairs.right[linked]
        graph = sparse.coo_matrix((np.ones(len(ends[0])), ends), shape=(count, count))
        component = csgraph.connected_components(graph, directed=False)[1]
        large = np.bincount(component)[component] > MAX_COMPONENT
        threshold += COMPONENT_STEP
        if not large.any() or threshold >= 1.0:
            return np.asarray(component)
        linked = linked & ~(large[pairs.left] & (probability < threshold))


def _average_linkage(count: int, left: Ints, right: Ints, probability: Floats, *, threshold: float) -> Ints:
    """Cluster number of each member of one component."""
    import numpy as np
    from scipy.cluster import hierarchy

    distances = np.ones(count * (count - 1) // 2)
    distances[count * left - left * (left + 1) // 2 + right - left - 1] = 1.0 - probability
    tree = hierarchy.linkage(distances, method="average")
    return np.asarray(hierarchy.fcluster(tree, 1.0 - threshold, criterion="distance"))


def _copies(records: Sequence[ArticleRecord], members: Sequence[int], copies: Ints) -> dict[int, int]:
    """For each copy among the members of a story, the article that it repeats."""
    repeated: dict[int, list[int]] = {}
    for member in members:
        repeated.setdefault(int(copies[member]), []).append(member)
    found = {}
    for own in repeated.values():
        original = original_of(records, own)
        found.update({member: original for member in own if member != original})
    return found


def original_of(records: Sequence[ArticleRecord], members: Sequence[int]) -> int:
    """Return the earliest of some copies; the most complete one if several are equally early.

    Times are compared within a day only if all articles of that day have one: many sources give the date alone.
    """
    days = {member: _date(records[member]) for member in members}
    first = min(days.values())
    earliest = [member for member in members if days[member] == first]
    timed = all(_has_time(records[member]) for member in earliest)

    def order(member: int) -> tuple[str, int, int]:
        record = records[member]
        when = record.published.isoformat() if timed and record.published else ""
        return when, -record.chars, member

    return min(earliest, key=order)


def _date(record: ArticleRecord) -> str:
    return "~" if record.published is None else record.published.date().isoformat()


def _has_time(record: ArticleRecord) -> bool:
    """Whether a time of day is known: midnight is what a date alone is read as."""
    moment = record.published
    return moment is not None and (moment.hour, moment.minute, moment.second) != (0, 0, 0)

"""What words tell of the kind: the score itself, and the fit that must not be sure of what it has learned from."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yoyak.ranking.features import NAMES, TRAITS, Sheet
from yoyak.ranking.topics import Topics
from yoyak.training import labels
from yoyak.training.ranker import subjects
from yoyak.training.ranker.fitting import fit
from yoyak.training.ranker.samples import Sample

PLANTED = ("실험/N", "논문/N", "쥐/N")
WORDS = tuple(f"낱말{n}/N" for n in range(60))
TERMS = st.lists(st.sampled_from((*PLANTED, *WORDS)), unique=True)
KNOWN = Topics(
    kinds=("science", "sport"),
    words={"실험/N": (2.0, -1.0), "논문/N": (1.0, 0.0), "낱말1/N": (0.0, 3.0)},
    bias=(-0.5, 0.25),
)


def sample(collection: str, terms: list[str], generator: np.random.Generator) -> Sample:
    values = generator.normal(size=(5, len(NAMES)))
    sheet = Sheet(
        tuple(range(5)),
        values.T.tolist(),
        [0.0] * len(TRAITS),
        [0.0] * len(NAMES),
        [1.0] * len(NAMES),
        tuple(terms),
    )
    return Sample(collection, sheet, np.full(5, 0.2), frozenset((0, 1, 2)), None)


def articles(planted: float, collection: str = "science") -> list[Sample]:
    """120 articles of two collections; those of the second have a planted word with this chance, the others never."""
    generator = np.random.default_rng(11)
    made = []
    for n in range(120):
        own = collection if n % 3 == 0 else "news"
        terms = [*generator.choice(WORDS, size=20, replace=False).tolist()]
        terms += [word for word in PLANTED if own != "news" and generator.random() < planted]
        made.append(sample(own, terms, generator))
    return made


@given(TERMS)
def test_a_score_is_the_bias_and_the_words_over_the_root_of_all(terms: list[str]) -> None:
    for at, found in enumerate(KNOWN.scores(terms)):
        sums = sum(KNOWN.words.get(term, (0.0, 0.0))[at] for term in terms)
        assert found == pytest.approx(KNOWN.bias[at] + sums / math.sqrt(max(1, len(terms))))


def test_an_article_of_unknown_words_says_nothing() -> None:
    assert KNOWN.scores(()) == KNOWN.scores(("바다/N",)) == [-0.5, 0.25]


def test_planted_words_tell_their_kind_also_to_those_that_did_not_learn_from_it() -> None:
    made = articles(0.9)
    topics, crossed = subjects.fit(made, ("news", "science"))
    assert topics.kinds == ("science",)
    assert all(topics.words[word] > max(topics.words[other] for other in WORDS) for word in PLANTED)
    science = np.array([one.collection == "science" for one in made])
    assert crossed.shape == (120, 1)
    assert np.median(crossed[science]) > np.max(crossed[~science])


def test_where_there_is_nothing_to_tell_the_scores_shown_to_the_gates_do_not_pretend() -> None:
    made = articles(0.0)
    topics, crossed = subjects.fit(made, ("news", "science"))
    science = np.array([one.collection == "science" for one in made])
    sure = np.array([topics.scores(one.sheet.terms)[0] for one in made])
    assert sure[science].mean() - sure[~science].mean() > 0.3  # of what it has learned from
    assert crossed[science].mean() - crossed[~science].mean() < 0.1


@pytest.mark.parametrize(
    "made", [articles(0.9, labels.GENERAL), articles(0.9)[: 3 * subjects.FEWEST - 3]], ids=["no name", "few"]
)
def test_a_collection_without_a_name_or_with_few_articles_has_no_words_of_its_own(made: list[Sample]) -> None:
    topics, crossed = subjects.fit(made, ("news", made[0].collection))
    assert topics == Topics(kinds=(), words={}, bias=())
    assert crossed.shape == (len(made), 0)
    assert fit(made).topics is None


def test_the_same_articles_give_the_same_words() -> None:
    assert fit(articles(0.5)).topics == fit(articles(0.5)).topics

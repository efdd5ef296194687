"""The scikit-learn seam: what numpy does with fitted statistics is what scikit-learn does."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yoyak.ranking.graph import Incidence
from yoyak.training import vectors

DOCUMENTS = st.lists(
    st.lists(st.sampled_from(["예산", "국회", "경제", "날씨", "눈"]), max_size=12), min_size=1, max_size=8
)


@given(DOCUMENTS)
@settings(max_examples=30, deadline=None)
def test_tfidf_with_fitted_statistics_is_scikit_learns_matrix(documents: list[list[str]]) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    terms = list(dict.fromkeys(chain.from_iterable(documents)))
    fitted = TfidfVectorizer(analyzer=list, vocabulary=terms or ["예산"]).fit(documents)
    expected = fitted.transform(documents).toarray()

    table = Incidence.of(documents).tfidf(fitted.idf_)
    got = np.zeros(expected.shape)
    got[table.rows, table.columns] = table.counts
    np.testing.assert_allclose(got, expected, atol=1e-12)


def test_document_frequencies_count_a_document_once() -> None:
    assert list(vectors.document_frequencies([["예산", "예산"], ["예산"]])) == [{"예산": 2}]


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_nothing_to_count(documents: list[list[str]]) -> None:
    assert list(vectors.document_frequencies(documents)) == []


@pytest.mark.parametrize(
    ("loaded", "left_out"),
    [
        ("yoyak.keywords, yoyak.training.vectors, yoyak.nlp.document_frequency", "sklearn"),
        ("yoyak.pipeline", "numpy"),  # a tenth of a second, which one article would wait for
    ],
)
def test_one_article_does_not_wait_for_what_it_does_not_need(loaded: str, left_out: str) -> None:
    code = f"import sys, {loaded}; sys.exit({left_out!r} in sys.modules)"

    assert (
        subprocess.run(
            [sys.executable, "-c", code],
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).returncode
        == 0
    )

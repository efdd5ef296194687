"""The table of document frequencies: written and read back, smoothed, shipped, and refused when it is none."""

from __future__ import annotations

import gzip
import math
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yoyak.core.errors import OptionError
from yoyak.core.values import Analysis, Article, Token
from yoyak.nlp import document_frequency
from yoyak.nlp.document_frequency import Background
from yoyak.training import corpus
from yoyak.training.corpus import Counts, Terms

TERM = st.text(alphabet="가나다라마바abc12/N", min_size=2, max_size=6)


def table(counts: dict[str, float], documents: float = 1000.0) -> Background:
    rows = [(term, frequency, 0.0) for term, frequency in counts.items()]
    return document_frequency.parse(document_frequency.dump(rows, documents=documents, provenance="test"))


@given(st.dictionaries(TERM, st.integers(1, 30_000), max_size=80))
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back_within_a_tenth(counts: dict[str, int]) -> None:
    read = table({term: float(n) for term, n in counts.items()}, documents=30_000)

    for term, n in counts.items():
        assert read.df(term) == pytest.approx(n, rel=0.11, abs=0.1)


@given(st.sets(TERM, max_size=60), TERM)
@settings(max_examples=60, deadline=None)
def test_a_term_that_was_not_counted_is_not_found(known: set[str], other: str) -> None:
    read = table(dict.fromkeys(known, 7.0))

    assert (read.df(other) > 0) is (other in known)


def test_terms_that_crowd_under_one_beginning_are_told_apart() -> None:
    counts = {f"가나{chr(ord('가') + i)}": float(i + 1) for i in range(60)} | {"가나": 500.0}
    read = table(counts)

    assert read.df("가나") == pytest.approx(500, rel=0.11)
    assert all(read.df(term) == pytest.approx(n, rel=0.11) for term, n in counts.items())
    assert read.df("가나힣") == 0


def test_the_same_counts_give_the_same_bytes() -> None:
    counts = [("데이터센터", 4.0, 1.0), ("경제/N", 30.0, 0.0)]

    one = document_frequency.dump(counts, documents=50, provenance="a")
    assert one == document_frequency.dump(reversed(counts), documents=50, provenance="a")


def test_it_can_be_read_by_eye() -> None:
    packed = document_frequency.dump([("데이터센터", 4.0, 1.0)], documents=50, provenance="a newsroom")
    head, line = gzip.decompress(packed).decode().splitlines()

    assert '"provenance": "a newsroom"' in head
    assert line.startswith("데이 터센터:")


def test_idf_is_scikit_learns_smoothed_one() -> None:
    read = table({"예산": 9.0}, documents=99)

    assert read.idf("예산") == pytest.approx(math.log(100 / (1 + read.df("예산"))) + 1)
    assert read.idf("본 적 없는 말") == pytest.approx(math.log(100) + 1)


def test_the_shipped_table_knows_common_words_from_news() -> None:
    shipped = document_frequency.load(None)

    assert shipped.documents > 30_000
    assert shipped.provenance
    assert shipped.df("이날") > shipped.df("데이터센터") > shipped.df("공감지능")
    assert shipped.idf("갈매웅누리차") > shipped.idf("대통령")


def test_the_shipped_table_is_small_and_loads_at_once() -> None:
    path = Path(document_frequency.__file__).parent / "document_frequency.txt.gz"
    packed = path.read_bytes()
    began = time.process_time()
    document_frequency.parse(packed)

    assert len(packed) < 2_000_000
    # 60 ms is the promise on a quiet machine; this one may be shared.
    assert time.process_time() - began < 0.3


def test_load_reads_a_table_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "stats"
    path.write_bytes(document_frequency.dump([("예산", 4.0, 1.0)], documents=50, provenance=""))

    assert document_frequency.load(path).df("예산") == pytest.approx(4, rel=0.1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"[]",
        b"{}",
        b'{"schema": 9}',
        b"\x1f\x8b broken",
        "예산\t3".encode(),
        b"\xff\xfe\x00",
        "1\n가나".encode(),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "stats"
    path.write_bytes(data)

    with pytest.raises(OptionError, match="yoyak background"):
        document_frequency.load(path)


def test_a_table_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stats"
    path.write_bytes(document_frequency.dump([("예산", 4.0, 1.0)], documents=50, provenance="")[:-12])

    with pytest.raises(OptionError):
        document_frequency.load(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="nowhere"):
        document_frequency.load(tmp_path / "nowhere")


def terms(*all_terms: str, title: tuple[str, ...] = ()) -> Terms:
    return Terms(tuple(all_terms), title)


def test_counting_counts_documents_and_titles() -> None:
    counts = corpus.count(iter([terms("예산", "국회", title=("예산",)), terms("예산"), terms()]))

    assert counts.documents == 3
    assert counts.frequencies == {"예산": 2, "국회": 1}
    assert counts.titles == {"예산": 1}


def test_counting_goes_by_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [terms("예산", f"낱말{i}") for i in range(25)]
    whole = corpus.count(iter(documents))
    monkeypatch.setattr("yoyak.training.vectors.BATCH", 4)

    assert corpus.count(iter(documents)) == whole


def test_memory_is_bounded_by_forgetting_the_rarest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yoyak.training.vectors.BATCH", 5)
    monkeypatch.setattr(corpus, "MOST_TERMS", 10)
    counts = corpus.count(terms("예산", f"낱말{i}", f"말{i}") for i in range(60))

    assert counts.frequencies["예산"] == 60
    assert len(counts.frequencies) <= 20


def test_a_fever_is_cooled_and_a_common_word_is_not() -> None:
    fortnight = Counts(30_000, {"추문": 1500, "경제": 3000, "드문말": 30})
    other = Counts(4_000, {"경제": 400})
    cooled = {term: frequency for term, frequency, _ in corpus.smooth([fortnight, other])}

    assert cooled["추문"] < 750
    assert cooled["경제"] == pytest.approx(3400, rel=0.02)
    assert cooled["드문말"] > 8


def test_one_collection_is_counted_as_it_is() -> None:
    cooled = {term: n for term, n, _ in corpus.smooth([Counts(100, {"예산": 40})])}

    assert cooled == {"예산": pytest.approx(40)}


def test_terms_of_an_article_are_morphemes_and_compounds() -> None:
    title = (Token("예산", "NNG", 0, 2), Token("안", "XSN", 2, 3))
    article = Article(source="t", title="예산안", paragraphs=("본문",))
    found = corpus.terms_of(Analysis(article=article, sentences=(), title=title))

    assert set(found.all) == {"예산안", "예산/N"}
    assert found.title == ("예산안",)

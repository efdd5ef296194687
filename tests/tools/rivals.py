"""Other summarizers behind one command line, run by `compare` in a virtual environment of their own.

`python rivals.py NAME ARTICLES.jsonl` reads rows {"sentences": [...], "title"} and prints one row for each:
{"summary": [{"index", "text"}], "keywords": [{"term"}]}. Every system gets the same sentences; one that splits text
itself gets one sentence per line. This file does not import yoyak.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

N = 3
K = 5
Result = tuple[list[int], list[str]]
Rival = Callable[[dict[str, Any]], Result]


def _squash(text: str) -> str:
    return re.sub(r"\W", "", text)


def _find(picked: list[str], sentences: list[str]) -> list[int]:
    """Return the indices of printed sentences; a part of a sentence counts as the sentence."""
    squashed = [_squash(sentence) for sentence in sentences]
    found: list[int] = []
    for text in picked:
        piece = _squash(text)
        hits = [i for i, whole in enumerate(squashed) if piece and (piece in whole or whole in piece)]
        found.extend(i for i in hits[:1] if i not in found)
    return found


def _top(scores: Any, n: int = N) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: -float(scores[i]))[:n]


class _Nouns:
    """Nouns found by Kiwi, for systems that let the user choose the words."""

    def __init__(self) -> None:
        from kiwipiepy import Kiwi

        self.kiwi = Kiwi(load_multi_dict=False)

    def __call__(self, text: str) -> list[str]:
        return [t.form for t in self.kiwi.tokenize(text) if t.tag in {"NNG", "NNP", "SL"} and len(t.form) > 1]

    to_words = __call__

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return tuple(line for line in text.split("\n") if line)


def _sumy(algorithm: str, tokenizer: Any) -> Rival:
    from importlib import import_module

    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    module, name = {
        "textrank": ("text_rank", "TextRankSummarizer"),
        "lexrank": ("lex_rank", "LexRankSummarizer"),
        "lsa": ("lsa", "LsaSummarizer"),
        "luhn": ("luhn", "LuhnSummarizer"),
    }[algorithm]
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)()

    def run(row: dict[str, Any]) -> Result:
        document = ObjectDocumentModel([Paragraph([Sentence(s, tokenizer) for s in row["sentences"]])])
        return _find([str(s) for s in summarizer(document, N)], row["sentences"]), []

    return run


def sumy_kkma() -> Rival:
    from sumy.nlp.tokenizers import Tokenizer

    return _sumy("textrank", Tokenizer("korean"))


def textrankr() -> Rival:
    from textrankr import TextRank

    ranker = TextRank(_Nouns())
    return lambda row: (
        _find(ranker.summarize("\n".join(row["sentences"]), N, verbose=False), row["sentences"]),
        [],
    )


def lexrankr() -> Rival:
    from lexrankr import LexRank

    nouns = _Nouns()

    def run(row: dict[str, Any]) -> Result:
        ranker = LexRank(tokenizer=nouns)
        ranker.summarize("\n".join(row["sentences"]))
        # Version 1.0 raises UnboundLocalError for a number of sentences; a share works.
        return _find(ranker.probe(min(1.0, N / len(row["sentences"]))), row["sentences"]), []

    return run


def krwordrank() -> Rival:
    from krwordrank.sentence import summarize_with_sentences

    def run(row: dict[str, Any]) -> Result:
        words, picked = summarize_with_sentences(
            row["sentences"], num_keywords=K, num_keysents=N, min_count=2, verbose=False
        )
        return _find(picked, row["sentences"]), list(words)[:K]

    return run


def summa() -> Rival:
    from summa.summarizer import summarize

    nouns = _Nouns()

    def run(row: dict[str, Any]) -> Result:
        # summa has no Korean stemmer, so each sentence is replaced by its nouns.
        lines = [" ".join(nouns(s)) + "." for s in row["sentences"]]
        picked = summarize("\n".join(lines), ratio=min(1.0, (N + 0.5) / max(1, len(lines))), split=True)
        return _find(picked[:N], lines), []

    return run


def kss() -> Rival:
    from kss import Kss

    summarize, words = Kss("summarize_sentences"), Kss("extract_keywords")

    def run(row: dict[str, Any]) -> Result:
        text = "\n".join(row["sentences"])
        return _find(summarize(text, max_sentences=N, num_workers=1), row["sentences"]), list(
            words(text, num_keywords=K)
        )

    return run


def recipe() -> Rival:
    """The method of most tutorials: TfidfVectorizer, cosine similarity, PageRank; the most frequent nouns as keywords."""
    import networkx as nx
    from sklearn.feature_extraction.text import TfidfVectorizer

    nouns = _Nouns()

    def run(row: dict[str, Any]) -> Result:
        documents = [" ".join(nouns(s)) or "-" for s in row["sentences"]]
        matrix = TfidfVectorizer(token_pattern=r"\S+").fit_transform(documents)
        ranks = nx.pagerank(nx.from_numpy_array((matrix @ matrix.T).toarray()))
        counts = Counter(word for document in documents for word in document.split())
        return _top([ranks[i] for i in range(len(documents))]), [word for word, _ in counts.most_common(K)]

    return run


def lead() -> Rival:
    return lambda row: (list(range(min(N, len(row["sentences"])))), [])


RIVALS: dict[str, Callable[[], Rival]] = {
    "lead": lead,
    "recipe": recipe,
    "sumy-textrank-kkma": sumy_kkma,
    "sumy-textrank": lambda: _sumy("textrank", _Nouns()),
    "sumy-lexrank": lambda: _sumy("lexrank", _Nouns()),
    "sumy-lsa": lambda: _sumy("lsa", _Nouns()),
    "sumy-luhn": lambda: _sumy("luhn", _Nouns()),
    "textrankr": textrankr,
    "lexrankr": lexrankr,
    "krwordrank": krwordrank,
    "summa": summa,
    "kss": kss,
}


def main(name: str, path: str) -> None:
    """Run one system on a file."""
    rival = RIVALS[name]()
    rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    for row in rows:
        try:
            picked, words = rival(row)
        except Exception as error:  # noqa: BLE001  a crash of the system is a result: it chose nothing
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            picked, words = [], []
        summary = [{"index": i, "text": row["sentences"][i]} for i in sorted(picked[:N])]
        # Flushed: a system that runs out of time is scored on what it has printed.
        print(
            json.dumps({"summary": summary, "keywords": [{"term": w} for w in words]}, ensure_ascii=False),
            flush=True,
        )


if __name__ == "__main__":
    main(*sys.argv[1:3])

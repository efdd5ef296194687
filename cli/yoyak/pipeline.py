"""The order of the stages, stated once: decode, extract, analyze, rank, select, keywords."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from yoyak import extraction as articles
from yoyak import keywords
from yoyak.core.errors import DecodeError, EmptyArticleError, InputError, TooLargeError
from yoyak.core.messages import text
from yoyak.core.options import Options, ReadOptions
from yoyak.core.values import Article, Notice, Ranking, Sentence, Summary
from yoyak.inputs.encoding import decode
from yoyak.nlp import deck_split, document_frequency, kiwi
from yoyak.nlp.kiwi import Tagged
from yoyak.ranking import rank, select

# A page of 50 MB may be mostly markup and pictures; so much prose would take minutes and gigabytes. At the usual
# limit two million characters, 2,000 articles in one, pass.
BYTES_FOR_A_CHARACTER = 25
FEWEST_CHARACTERS = 200_000


def read(
    data: bytes,
    *,
    source: str,
    options: Options,
    title: str | None = None,
    published: datetime | None = None,
) -> Article:
    """Bytes of one page or text file to its article; a title or time given wins over the page's. Raises InputError."""
    decoded = decode(data, source=source, encoding=options.read.encoding)
    try:
        article = articles.extract(decoded, source=source, title=title, published=published)
    except EmptyArticleError as empty:
        if options.read.encoding:
            raise _misread(data, source, options.read.encoding) or empty from None
        raise
    notices = article.warnings
    if decoded.evidence == "mojibake":
        message = text(
            "Its Korean had been saved as Latin letters; it was read once more as {encoding}.",
            encoding=decoded.encoding,
        )
        notices = (*notices, Notice("mojibake", message))
    if decoded.replaced:
        message = text(
            "{count:character|characters} could not be read as {encoding}",
            count=decoded.replaced,
            encoding=decoded.encoding,
        )
        notices = (*notices, Notice("replaced", message))
    return replace(article, encoding=decoded.encoding, warnings=notices)


def _misread(data: bytes, source: str, encoding: str) -> DecodeError | None:
    """Tell whether a page without an article was read in a wrong encoding: it has one in the encoding it shows."""
    try:
        decoded = decode(data, source=source)
        articles.extract(decoded, source=source)
    except InputError:
        return None
    problem = text(
        "{source}: no article in it as {encoding}, but one as {found}; leave --encoding out or name that",
        source=source,
        encoding=encoding,
        found=decoded.encoding,
    )
    return DecodeError(problem, source=source)


def read_row(row: Mapping[str, Any], *, source: str, options: Options) -> Article:
    """One JSONL row to its article. Raises InputError."""
    return articles.from_row(row, source=source, fields=options.read.fields)


def summarize(article: Article, options: Options) -> Summary:
    """Choose the sentences and keywords of one article. Raises InputError."""
    return conclude(article, tag(article, options), options)


def tag(article: Article, options: Options) -> Tagged:
    """Have Kiwi read an article: the first half of `summarize`. Raises InputError."""
    _check_length(article, options.read)
    return kiwi.tag(article, _words(options.user_dict))


def conclude(article: Article, tagged: Tagged, options: Options) -> Summary:
    """Choose sentences and keywords from what Kiwi read: the second half of `summarize`."""
    table = document_frequency.load(options.background)
    words = _words(options.user_dict)
    analysis = deck_split.unglue(kiwi.arrange(article, tagged), background=table)
    ranked = rank.rank(analysis, options=options.rank, background=table, words=words)
    chosen = select.select(analysis, ranked, options=options.rank)
    terms = keywords.extract_keywords(analysis, background=table, options=options.keywords)
    sentences = tuple(analysis.sentences[i] for i in chosen)
    return Summary(
        article=article,
        sentences=sentences,
        scores=tuple(ranked.scores[i] for i in chosen),
        keywords=terms,
        warnings=(
            *article.warnings,
            *_unanswered(ranked, options.rank.query),
            *_over_length(sentences, options.rank.length.chars),
        ),
        analysis=analysis,
        ranking=ranked,
    )


def _unanswered(ranked: Ranking, query: str | None) -> tuple[Notice, ...]:
    """Notice where nothing answers a query: what is given then is the summary that needs none."""
    if ranked.answered:
        return ()
    return (
        Notice("no-answer", text("no sentence answers “{query}”; the summary is of the whole", query=query)),
    )


def _over_length(sentences: Sequence[Sentence], limit: int | None) -> tuple[Notice, ...]:
    """Notice where even the shortest sentence is over the characters asked for: a summary has one at least."""
    count = sum(len(sentence.text) for sentence in sentences)
    if limit is None or count <= limit:
        return ()
    message = text(
        "no sentence is within {limit} characters; the shortest has {count}", limit=limit, count=count
    )
    return (Notice("over-length", message),)


def _check_length(article: Article, read: ReadOptions) -> None:
    limit = max(FEWEST_CHARACTERS, read.max_bytes // BYTES_FOR_A_CHARACTER)
    if len(article.text) > limit:
        message = text(
            "{source}: an article of {count} characters is over the limit of {limit}; raise it with --max-bytes",
            source=article.source,
            count=len(article.text),
            limit=limit,
        )
        raise TooLargeError(message, source=article.source)


def _words(path: Path | None) -> tuple[tuple[str, str], ...]:
    if path is None:
        return ()
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        stamp = 0  # reading it will say what is wrong
    return _read_words(path, stamp)


@lru_cache(maxsize=2)
def _read_words(path: Path, _stamp: int) -> tuple[tuple[str, str], ...]:
    """Read a dictionary once, not once for each article."""
    return kiwi.read_user_dict(path)

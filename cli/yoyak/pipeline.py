"""The order of the stages: decode, extract, analyze, rank, select, keywords."""

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
from yoyak.core.messages import plural, text
from yoyak.core.options import Options, ReadOptions
from yoyak.core.values import Analysis, Article, Notice, Quote, Ranking, Record, Sentence, Summary
from yoyak.inputs.encoding import decode
from yoyak.nlp import deck_split, document_frequency, kiwi
from yoyak.nlp.kiwi import Tagged
from yoyak.ranking import rank, select

# A page of 50 MB may be mostly markup and images, but 50 MB of prose would take minutes and gigabytes. With the default
# byte limit, the limit of an article is two million characters.
BYTES_PER_CHAR = 25
MIN_CHAR_LIMIT = 200_000


def read(
    data: bytes,
    *,
    source: str,
    options: Options,
    title: str | None = None,
    published: datetime | None = None,
    url: str | None = None,
) -> Article:
    """Read the article of a page or text file. A given title or time replaces that of the page. Raises InputError."""
    decoded = decode(data, source=source, encoding=options.read.encoding)
    try:
        article = articles.extract(decoded, source=source, title=title, published=published)
    except EmptyArticleError as empty:
        if options.read.encoding:
            raise _wrong_encoding(data, source, options.read.encoding) or empty from None
        raise
    notices = article.warnings
    if decoded.evidence == "mojibake":
        message = text(
            "the Korean text was saved with a wrong encoding; it was restored as {encoding}",
            encoding=decoded.encoding,
        )
        notices = (*notices, Notice("mojibake", message))
    if decoded.replaced:
        message = plural(
            "{count} character could not be decoded as {encoding}",
            "{count} characters could not be decoded as {encoding}",
            decoded.replaced,
            encoding=decoded.encoding,
        )
        notices = (*notices, Notice("replaced", message))
    return replace(article, encoding=decoded.encoding, warnings=notices, url=url or article.url)


def _wrong_encoding(data: bytes, source: str, encoding: str) -> DecodeError | None:
    """Error for a page that contains no article in the given encoding, but one in the detected encoding."""
    try:
        decoded = decode(data, source=source)
        articles.extract(decoded, source=source)
    except InputError:
        return None
    problem = text(
        "{source}: no article when read as {encoding}, but one when read as {found}; remove --encoding or use --encoding {found}",
        source=source,
        encoding=encoding,
        found=decoded.encoding,
    )
    return DecodeError(problem, source=source)


def read_row(row: Mapping[str, Any] | Record, *, source: str, options: Options) -> Article:
    """Read the article of one row. Raises InputError."""
    return articles.from_row(row, source=source, read=options.read)


def summarize(article: Article, options: Options) -> Summary:
    """Choose the key sentences and keywords of one article. Raises InputError."""
    return conclude(article, tag(article, options), options)


def tag(article: Article, options: Options) -> Tagged:
    """Run Kiwi on an article: the first half of `summarize`. Raises InputError."""
    _check_length(article, options.read)
    return kiwi.tag(article, _words(options.user_dict))


def conclude(article: Article, tagged: Tagged, options: Options) -> Summary:
    """Choose key sentences and keywords from Kiwi's tokens: the second half of `summarize`."""
    table = document_frequency.load(options.background)
    words = _words(options.user_dict)
    analysis = deck_split.unglue(kiwi.arrange(article, tagged), background=table)
    ranked = rank.rank(analysis, options=options.rank, words=words)
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
        quotes=_quotes(analysis) if options.quotes else None,
    )


def _quotes(analysis: Analysis) -> tuple[Quote, ...]:
    from yoyak.nlp.quotes import find_quotes

    return find_quotes(analysis)


def _unanswered(ranked: Ranking, query: str | None) -> tuple[Notice, ...]:
    """Warn if no sentence contains a word of the query; the summary then ignores the query."""
    if ranked.answered:
        return ()
    return (
        Notice(
            "no-answer",
            text("no sentence matches the query “{query}”; this is a general summary", query=query),
        ),
    )


def _over_length(sentences: Sequence[Sentence], limit: int | None) -> tuple[Notice, ...]:
    """Warn if even the shortest sentence exceeds the character limit: a summary has at least one sentence."""
    count = sum(len(sentence.text) for sentence in sentences)
    if limit is None or count <= limit:
        return ()
    message = text(
        "no sentence fits in {limit} characters; the shortest one has {count}", limit=limit, count=count
    )
    return (Notice("over-length", message),)


def _check_length(article: Article, read: ReadOptions) -> None:
    limit = max(MIN_CHAR_LIMIT, read.max_bytes // BYTES_PER_CHAR)
    if len(article.text) > limit:
        message = text(
            "{source}: the article has {count} characters, over the limit of {limit}; raise the limit with --max-bytes",
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
        stamp = 0  # reading the file raises the error
    return _read_words(path, stamp)


@lru_cache(maxsize=2)
def _read_words(path: Path, _stamp: int) -> tuple[tuple[str, str], ...]:
    """Read a dictionary once per process, and again when the file changes."""
    return kiwi.read_user_dict(path)

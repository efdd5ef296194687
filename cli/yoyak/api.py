"""The Python API: `from yoyak import extract, summarize`.

Both take a page in any form: a `Path` is read and unpacked, `bytes` are decoded, a `str` is text already.
"""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from yoyak import extraction as articles
from yoyak import pipeline
from yoyak.core import normalize
from yoyak.core.options import KeywordOptions, Length, Options, RankOptions, ReadOptions
from yoyak.core.values import Article, Decoded, Summary
from yoyak.inputs import read_file

if TYPE_CHECKING:
    from datetime import datetime

Page = str | bytes | PathLike[str]


def extract(
    page: Page, *, title: str | None = None, published: datetime | None = None, encoding: str | None = None
) -> Article:
    """Extract the article of a page: title, press, reporters, times, body and what was taken off.

    `title` and `published` win over what the page says. `encoding` is for bytes and files; it is found out
    where it is not given. Raises InputError: UnreadableError, TooLargeError, DecodeError or EmptyArticleError.

    >>> page = '''새 도서관 문 연다
    ...
    ... 입력 2026.03.02 09:10
    ...
    ... [가람=한빛신문] 이보람 기자 = 가람시는 다음 달 2일 시민 도서관의 문을 연다고 밝혔다.
    ... 도서관은 지하 1층, 지상 4층 규모로 책 12만 권을 갖췄다. 시는 개관 첫날 작가와의 만남을 마련한다.
    ... '''
    >>> article = extract(page)
    >>> article.title, article.reporters
    ('새 도서관 문 연다', ('이보람',))
    >>> article.text.startswith("가람시는 다음 달 2일")
    True
    """
    return _extract(page, ReadOptions(encoding=encoding), title=title, published=published)


def _extract(
    page: Page, read: ReadOptions, *, title: str | None = None, published: datetime | None = None
) -> Article:
    if isinstance(page, str):
        decoded = Decoded(text=normalize.normalize(page), encoding="utf-8", evidence="given")
        return articles.extract(decoded, source="text", title=title, published=published)
    source = "bytes" if isinstance(page, bytes) else fspath(page)
    data = page if isinstance(page, bytes) else read_file(source, source=source, limit=read.max_bytes)
    options = Options(read=read)
    return pipeline.read(data, source=source, options=options, title=title, published=published)


def summarize(
    page: Page | Article,
    *,
    sentences: int | None = None,
    ratio: float | None = None,
    chars: int | None = None,
    keywords: int = KeywordOptions().limit,
    method: Literal["hybrid", "lead", "tfidf", "textrank", "lexrank"] = "hybrid",
    query: str | None = None,
    options: Options | None = None,
) -> Summary:
    """Choose the key sentences and keywords of an article, or of a page that holds one.

    The tightest of `sentences`, `ratio` (0 to 1 of the article's sentences) and `chars` holds; three
    sentences where none is given. `options` replaces all the other arguments. Raises InputError where there is no article,
    OptionError for values that make no sense.

    >>> article = extract('''한빛대, 바람으로 도는 우물 공개
    ...
    ... 한빛대 연구진이 바람으로 물을 끌어 올리는 우물을 공개했다. 전기 없이 하루 3t을 퍼 올린다.
    ... 연구진은 섬 마을 세 곳에 우물을 놓아 시험했다. 주민들은 물 걱정을 덜었다며 반겼다.
    ... ''')
    >>> summary = summarize(article, sentences=1, method="lead")
    >>> [sentence.text for sentence in summary.sentences]
    ['한빛대 연구진이 바람으로 물을 끌어 올리는 우물을 공개했다.']
    >>> chosen = summary.sentences[0]
    >>> article.text[chosen.start:chosen.end] == chosen.text
    True
    """
    if options is None:
        limited = any(limit is not None for limit in (sentences, ratio, chars))
        length = Length(sentences=sentences, ratio=ratio, chars=chars) if limited else Length()
        options = Options(
            rank=RankOptions(method=method, length=length, query=query),
            keywords=KeywordOptions(limit=keywords),
        )
    article = page if isinstance(page, Article) else _extract(page, options.read)
    return pipeline.summarize(article, options)

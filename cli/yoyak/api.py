"""The Python API: `from yoyak import extract, summarize, summarize_many, digest`.

A page may have any form: a `Path` is read and decompressed, `bytes` are decoded, a `str` is text already.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal

from yoyak import extraction as articles
from yoyak import pipeline
from yoyak.core import normalize
from yoyak.core.errors import EmptyArticleError, InputError, MissingExtraError
from yoyak.core.messages import text
from yoyak.core.options import KeywordOptions, Length, Options, RankOptions, ReadOptions
from yoyak.core.values import Article, Decoded, Failed, Summary
from yoyak.inputs import File, Item, Page, discover, read_file

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from yoyak.stories.values import Digest

PageLike = str | bytes | PathLike[str]
# A text that names a file is a likely mistake; longer texts are not looked up on the disk.
MAX_PATH_CHARS = 1_000


def extract(
    page: PageLike,
    *,
    title: str | None = None,
    published: datetime | None = None,
    encoding: str | None = None,
) -> Article:
    """Extract the article of a page: title, press, reporters, times, body and the removed text.

    `title` and `published` replace those of the page. `encoding` applies to bytes and files; by default it is
    detected. Raises InputError: UnreadableError, TooLargeError, DecodeError or EmptyArticleError.

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
    page: PageLike, read: ReadOptions, *, title: str | None = None, published: datetime | None = None
) -> Article:
    if isinstance(page, str):
        decoded = Decoded(text=normalize.normalize(page), encoding="utf-8", evidence="given")
        try:
            return articles.extract(decoded, source="text", title=title, published=published)
        except EmptyArticleError as error:
            raise _path_as_text(page) or error from None
    source = "bytes" if isinstance(page, bytes) else fspath(page)
    data = page if isinstance(page, bytes) else read_file(source, source=source, limit=read.max_bytes)
    options = Options(read=read)
    return pipeline.read(data, source=source, options=options, title=title, published=published)


def _path_as_text(page: str) -> EmptyArticleError | None:
    """Error for a text that is the path of a file; None if it is not."""
    name = page.strip()
    if not 0 < len(name) <= MAX_PATH_CHARS or "\n" in name or not os.path.lexists(name):
        return None
    message = text(
        "{source} is a file, but was given as text; did you mean Path({path})?", source=name, path=repr(name)
    )
    return EmptyArticleError(message, source="text")


def summarize(
    page: PageLike | Article,
    *,
    sentences: int | None = None,
    ratio: float | None = None,
    chars: int | None = None,
    keywords: int = KeywordOptions().limit,
    method: Literal["hybrid", "lead", "tfidf", "textrank", "lexrank"] = "hybrid",
    query: str | None = None,
    quotes: bool = False,
    options: Options | None = None,
) -> Summary:
    """Choose the key sentences and keywords of an article, or of a page that contains one.

    The length is limited by `sentences`, `ratio` (a share of the article's sentences, 0 to 1) and `chars`; if several
    are given, all apply, and if none is given, three sentences are chosen. With `quotes`, quotations and their
    speakers are found too. `options` replaces all other arguments. Raises InputError if there is no article and
    OptionError for values that are not valid.

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
            quotes=quotes,
        )
    article = page if isinstance(page, Article) else _extract(page, options.read)
    return pipeline.summarize(article, options)


def summarize_many(
    pages: Iterable[PageLike],
    *,
    jobs: int | None = None,
    timeout: float | None = None,
    options: Options | None = None,
) -> Iterator[Summary | InputError]:
    """Summarize pages in worker processes and yield one result per page, in the order of the pages.

    A page without a summary gives an InputError as its result; it is not raised. `jobs` is the number of processes
    (None: one per core), `timeout` the seconds one page may take. Pages are read as they are needed, so an iterable
    of any length works. On Windows and macOS, call this from a script that has an `if __name__ == "__main__"` block.
    Raises OptionError for options that are not valid.
    """
    from yoyak import batch

    kinds: dict[str, type[InputError]] = {kind.code: kind for kind in InputError.__subclasses__()}
    task = batch.Task(finish=_whole, options=options or Options())
    items = (_item(numbered, task.options.read.encoding) for numbered in enumerate(pages))
    results = batch.run(items, task, jobs=jobs, timeout=timeout)
    for result in results:
        outcome = result.value
        if isinstance(outcome, Failed):
            kind = kinds.get(outcome.code, InputError)
            yield kind(outcome.message, source=outcome.source)
        else:
            yield outcome


def _whole(outcome: Any) -> Any:
    """Send the whole outcome back from a worker."""
    return outcome


def _item(numbered: tuple[int, PageLike], encoding: str | None) -> Item:
    """Make a page an item of a batch."""
    number, page = numbered
    if isinstance(page, bytes):
        return Item(number, f"bytes:{number + 1}", Page(page), len(page))
    if isinstance(page, str):
        if error := _path_as_text(page):
            return Item(number, f"text:{number + 1}", error)
        return Item(
            number, f"text:{number + 1}", Page(page.encode(encoding or "utf-8", "replace")), len(page)
        )
    return Item(number, fspath(page), File(fspath(page)))


def digest(
    pages: Iterable[PageLike | Mapping[str, Any] | Article | Summary],
    *,
    sentences: int = 3,
    keywords: int = 8,
    jobs: int | None = None,
    options: Options | None = None,
) -> Digest:
    """Group articles into stories, largest first.

    Besides pages, articles and summaries, `pages` may have rows (`{"title": ..., "text": ..., "press": ...}`) and
    paths of folders, JSONL and CSV files. Inputs without an article are listed in `failed`; they raise nothing. The
    order of the pages changes nothing. `jobs` is the number of processes (None: one per core).

    >>> rows = [
    ...     {"title": "가람시, 강변 도서관 짓는다", "press": press, "text": "가람시가 강변 도서관을 새로 짓는다고 밝혔다. 책 20만 권이 들어간다."}
    ...     for press in ("한빛신문", "누리일보")
    ... ]
    >>> story = digest(rows, jobs=1).stories[0]
    >>> story.headline, len(story.articles), story.copies
    ('가람시, 강변 도서관 짓는다', 2, 1)
    """
    from yoyak import batch
    from yoyak.nlp import document_frequency
    from yoyak.stories.digest import DigestOptions, make_digest
    from yoyak.stories.record import ArticleRecord, keep, make_record
    from yoyak.stories.story import StoryOptions

    chosen = options or Options()
    records: list[ArticleRecord] = []
    failed: list[Failed] = []

    def items() -> Iterator[Item]:
        for number, page in enumerate(pages):
            if isinstance(page, Article | Summary):
                summary = page if isinstance(page, Summary) else pipeline.summarize(page, chosen)
                records.append(make_record(summary))
            elif isinstance(page, Mapping):
                yield Item(number, f"row:{number + 1}", page)
            elif isinstance(page, PathLike):
                yield from discover([page], read=chosen.read)
            else:
                yield _item((number, page), chosen.read.encoding)

    numbered = (item._replace(number=number) for number, item in enumerate(items()))
    for result in batch.run(numbered, batch.Task(finish=keep, options=chosen), jobs=jobs):
        if result.value is not None:
            records.append(result.value)
        elif result.failed is not None:
            failed.append(result.failed)
    return make_digest(
        records,
        background=document_frequency.load(chosen.background),
        options=DigestOptions(story=StoryOptions(sentences=sentences, keywords=keywords)),
        failed=failed,
    )


def to_frame(summaries: Iterable[Summary | InputError]) -> pd.DataFrame:
    """Summaries as a pandas DataFrame, one row each; an error fills only `source` and `error`.

    Raises MissingExtraError if pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError(text("to_frame() needs pandas: pip install 'yoyak[pandas]'")) from error
    return pd.DataFrame([_row(summary) for summary in summaries], columns=FRAME_COLUMNS)


FRAME_COLUMNS = (
    "source", "id", "title", "press", "reporters", "published", "url", "summary", "keywords", "text", "error",
)  # fmt: skip


def _row(summary: Summary | InputError) -> dict[str, Any]:
    if isinstance(summary, InputError):
        return {"source": summary.source, "error": summary.message}
    article = summary.article
    return {
        "source": article.source,
        "id": article.id,
        "title": article.title,
        "press": article.press,
        "reporters": list(article.reporters),
        "published": article.published,
        "url": article.url,
        "summary": " ".join(sentence.text for sentence in summary.sentences),
        "keywords": [keyword.term for keyword in summary.keywords],
        "text": article.text,
    }

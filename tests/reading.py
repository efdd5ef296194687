"""What tests of inputs share: invented articles, and a file read through to its articles."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from yoyak import inputs, pipeline
from yoyak.core.errors import InputError
from yoyak.core.options import Options, ReadOptions
from yoyak.core.values import Article

LIBRARY = (
    "가람시가 강변 주차장 자리에 도서관을 짓는다고 2일 밝혔다. 책 20만 권을 갖춘다. 내년 3월에 첫 삽을 뜬다."
)
BRIDGE = "다솜군이 낡은 다리를 새로 놓는다. 길이는 320m이고, 차로는 넷이다. 공사는 2년이 걸린다."
GARLIC = "봄 가뭄으로 마늘값이 한 달 새 18% 올랐다. 정부는 비축한 마늘 2천t을 푼다. 값은 6월에 내릴 전망이다."
TEXTS = (LIBRARY, BRIDGE, GARLIC)
TITLES = ("강변 도서관 짓는다", "낡은 다리 새로 놓는다", "마늘값 18% 올랐다")


class Seen(NamedTuple):
    """What came of a file: articles, errors by the name of their item, and files that were skipped."""

    articles: list[Article]
    errors: dict[str, str]
    skipped: list[str]

    @property
    def texts(self) -> list[str]:
        return [article.text for article in self.articles]

    @property
    def titles(self) -> list[str | None]:
        return [article.title for article in self.articles]


def read(data: bytes | str, name: str, **read: object) -> Seen:
    """Read bytes as a file of that name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_path(path, **read)


def read_path(path: Path, **read: object) -> Seen:
    options = Options(read=ReadOptions(**read))  # type: ignore[arg-type]
    seen = Seen([], {}, [])
    prefix = f"{path.parent}/"
    for item in inputs.discover(
        [path], read=options.read, on_skip=lambda skip: seen.skipped.append(skip.source.removeprefix(prefix))
    ):
        source = item.source.removeprefix(prefix)
        try:
            payload = inputs.load(item, options.read)
            if isinstance(payload, bytes):
                url = item.content.url if isinstance(item.content, inputs.Page) else None
                article = pipeline.read(payload, source=source, options=options, url=url)
            else:
                article = pipeline.read_row(payload, source=source, options=options)
            seen.articles.append(article)
        except InputError as error:
            seen.errors[source] = error.message.replace(prefix, "")
    return seen

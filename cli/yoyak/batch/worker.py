"""The work on one item. The same functions run in this process, in a worker process and on a cluster."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, NamedTuple, TypeVar

from yoyak import extraction as articles
from yoyak import inputs, pipeline
from yoyak.core.errors import AnalysisError, InputError, MissingExtraError, OptionError
from yoyak.core.messages import text
from yoyak.core.options import Options
from yoyak.core.values import Article, Decoded, Failed, Outcome, Record
from yoyak.inputs import Item
from yoyak.inputs.records import row_id

T = TypeVar("T")
Stage = Literal["summarize", "extract"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Generic[T]):
    """What to do with every item. It is sent to other processes, so `finish` must be a module-level function.

    `finish` turns an outcome into the value that is sent back. Small values are faster to send.
    """

    finish: Callable[[Outcome], T]
    stage: Stage = "summarize"
    options: Options = field(default_factory=Options)
    is_wanted: Callable[[Article], bool] | None = None
    """Whether an article is to be summarized; `finish` gets the article itself if not. None: all are."""


class Done(NamedTuple, Generic[T]):
    """Answer of a worker for one item."""

    id: str | None
    failed: Failed | None
    value: T
    trace: str | None


class Result(NamedTuple, Generic[T]):
    """Outcome of one item: `value` is the result of `finish`; `failed` is the reason if there is no summary."""

    number: int
    source: str
    place: str
    weight: int
    stamp: int
    """32 bits that change when the input is edited; 0 if unknown."""
    id: str | None
    failed: Failed | None
    value: T
    trace: str | None
    """Traceback of an unexpected error."""


def do(item: Item, task: Task[T]) -> Done[T]:
    """Work on one item. Errors that an article can cause are returned, not raised."""
    return do_all([item], task)[0]


def do_all(items: Sequence[Item], task: Task[T]) -> list[Done[T]]:
    """Work on several items together: each stage handles all of them before the next stage starts.

    Kiwi's model and the ranking tables do not fit in the processor cache together, so switching between them for
    every article is slower. `make bench` measures the difference (bundles).
    """
    works = [_stages(item, task) for item in items]
    done: dict[int, Done[T]] = {}
    while len(done) < len(works):
        for number, work in enumerate(works):
            if number not in done:
                try:
                    next(work)
                except StopIteration as end:
                    done[number] = end.value
    return [done[number] for number in range(len(works))]


def _stages(item: Item, task: Task[T]) -> Generator[None, None, Done[T]]:
    """Work on one item, with a pause before and after the Kiwi pass."""
    own_id = trace = None
    try:
        payload = inputs.load(item, task.options.read)
        if isinstance(payload, bytes):
            url = item.content.url if isinstance(item.content, inputs.Page) else None
            article = pipeline.read(payload, source=item.source, options=task.options, url=url)
        else:
            own_id = payload.id if isinstance(payload, Record) else row_id(payload, task.options.read)
            article = pipeline.read_row(payload, source=item.source, options=task.options)
        own_id = article.id
        if task.stage == "extract" or not (task.is_wanted is None or task.is_wanted(article)):
            return Done(own_id, None, task.finish(article), None)
        yield
        tagged = pipeline.tag(article, task.options)
        yield
        return Done(own_id, None, task.finish(pipeline.conclude(article, tagged, task.options)), None)
    except InputError as error:
        problem = error
    except (OptionError, MissingExtraError):
        raise  # the same for every article, so it ends the run
    except MemoryError:
        problem = AnalysisError(
            text("{source}: out of memory; use fewer --jobs", source=item.source),
            source=item.source,
        )
    except Exception as error:  # noqa: BLE001  a bug fails its article and is reported
        trace = traceback.format_exc()
        reason = f"{type(error).__name__}: {error}"
        problem = AnalysisError(
            text(
                "{source}: unexpected error: {reason}; use --debug for details",
                source=item.source,
                reason=reason,
            ),
            source=item.source,
        )
    return fail(problem, task, own_id=own_id, trace=trace)


def fail(error: InputError, task: Task[T], *, own_id: str | None = None, trace: str | None = None) -> Done[T]:
    """Answer for an item that failed."""
    failed = Failed(source=error.source, id=own_id, code=error.code, message=error.message)
    return Done(own_id, failed, task.finish(failed), trace)


def result(item: Item, done: Done[T]) -> Result[T]:
    """Join an answer with the item it belongs to."""
    return Result(item.number, item.source, item.place, item.weight, item.stamp, *done)


# A small page with a line of each common kind. Reading it loads and compiles everything the reader needs.
WARM_UP_PAGE = """\
<!doctype html><html><head><title>한들시, 물길 세 곳을 새로 잇는다 - 한들신문</title></head><body>
<nav><a href="/society">사회</a></nav>
<article><h1>한들시, 물길 세 곳을 새로 잇는다</h1>
<p>입력 2026.01.02 09:30</p>
<figure><figcaption>한들천 둑길을 시민들이 걷고 있다. /사진=한들시</figcaption></figure>
<p>(한들=한들신문) 노해든 기자 = 한들시가 끊긴 물길 세 곳을 잇는 공사를 내년 3월에 시작한다고 2일 밝혔다.</p>
<p>시 관계자는 "둑을 높이지 않고 물이 머물 곳을 넓히겠다"고 말했다. 공사에는 12억원이 든다.</p>
<p>저작권자 © 한들신문 무단전재 및 재배포 금지</p></article></body></html>
"""


def prepare(task: Task[T]) -> None:
    """Load everything that the first article would wait for. Raises OptionError for options that cannot be met.

    Kiwi builds its tables and patterns are compiled at the first call; a forked process shares only what exists
    before the fork.
    """
    page = Decoded(text=WARM_UP_PAGE, encoding="utf-8", evidence="given")
    article = articles.extract(page, source="")
    if task.stage == "summarize":
        pipeline.summarize(article, task.options)

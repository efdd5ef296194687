"""The batch: exactly one result per item, in order, even if workers die."""

from __future__ import annotations

import faulthandler
import gzip
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yoyak import batch, inputs, outputs, pipeline
from yoyak.batch import pool
from yoyak.batch.pool import Pool, available_cores
from yoyak.batch.tally import MAX_NAMED_FAILURES
from yoyak.core.errors import EmptyArticleError, OptionError, UnreadableError, YoyakError
from yoyak.core.options import Options, ReadOptions
from yoyak.core.values import Article, Failed, Outcome, Summary
from yoyak.inputs import File, Item, Line

pytestmark = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(),
    reason="what dies here was put there by monkeypatch, which only a fork inherits",
)

ROWS = Path(__file__).parents[2] / "samples" / "rows.jsonl"


def words(outcome: Outcome) -> str:
    """Value that workers send back in most of these tests."""
    return f"{outcome.code}: {outcome.message}" if isinstance(outcome, Failed) else outcome.paragraphs[0]  # type: ignore[union-attr]


def sentences(outcome: Outcome) -> list[str] | str:
    return [s.text for s in outcome.sentences] if isinstance(outcome, Summary) else words(outcome)


def rows(*bodies: str) -> list[Item]:
    return [
        Item(number, f"rows:{number + 1}", Line(json.dumps({"id": str(number), "text": body}).encode()))
        for number, body in enumerate(bodies)
    ]


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: C901  one case for each thing an article may do
    """A pipeline in which the text of the article is a command."""
    # Otherwise every death that is wanted here prints its stack.
    enabled = faulthandler.is_enabled()
    faulthandler.disable()

    def read_row(row: dict[str, str], *, source: str, options: Options) -> Article:  # noqa: ARG001, C901
        match row["text"].split(" "):
            case ["die"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case ["abort"]:
                os.abort()
            case ["exit"]:
                os._exit(3)
            case ["once", path]:
                if not Path(path).exists():
                    Path(path).write_text("")
                    os.kill(os.getpid(), signal.SIGSEGV)
            case ["sleep", seconds]:
                time.sleep(float(seconds))
            case ["empty"]:
                raise EmptyArticleError(f"{source}: nothing", source=source)
            case ["bug"]:
                raise ZeroDivisionError("뜻밖")
            case ["memory"]:
                raise MemoryError
            case ["deep"]:
                raise RecursionError
            case ["big"]:
                return Article(source=source, id=row["id"], paragraphs=("큰 글" * 1_000_000,))
        return Article(source=source, id=row["id"], paragraphs=(row["text"],))

    monkeypatch.setattr(pipeline, "read_row", read_row)
    yield
    if enabled:
        faulthandler.enable()


TASK = batch.Task(finish=words, stage="extract")


def run(
    items: list[Item], *, jobs: int = 2, timeout: float | None = None, task: Any = TASK
) -> list[batch.Result[Any]]:
    return list(batch.run(items, task, jobs=jobs, timeout=timeout))


def no_children() -> bool:
    return not multiprocessing.active_children()


# -- order and count ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_keep_the_order_of_the_items(jobs: int) -> None:
    bodies = [f"sleep {random.Random(n).random() / 50}" for n in range(60)]
    results = run(rows(*bodies), jobs=jobs)
    assert [result.number for result in results] == list(range(60))
    assert [result.value for result in results] == bodies
    assert [result.id for result in results] == [str(n) for n in range(60)]
    assert no_children()


@pytest.mark.usefixtures("acts")
def test_a_single_small_item_needs_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pool, "_start", lambda _self: pytest.fail("no worker is wanted"))
    assert [result.value for result in run(rows("하나"))] == ["하나"]
    assert run([]) == []
    with pytest.raises(pytest.fail.Exception):
        run(rows("하나", "둘"))


@pytest.mark.usefixtures("acts")
def test_a_single_compressed_page_needs_no_worker_if_its_content_is_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C cannot interrupt the analyzer, so the main process never works on a large article."""
    page = tmp_path / "page.txt.gz"
    page.write_bytes(gzip.compress(("비가 왔다. " * 20_000).encode()))
    item = Item(0, "page", File(str(page)), page.stat().st_size)
    assert item.weight < 10_000
    monkeypatch.setattr(Pool, "_start", lambda _self: pytest.fail("a worker was wanted"))
    with pytest.raises(pytest.fail.Exception):
        run([item])


@pytest.mark.usefixtures("acts")
def test_a_single_decompression_bomb_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.txt.gz"
    page.write_bytes(gzip.compress(bytes(30_000_000)))
    (result,) = run([Item(0, "page", File(str(page)), page.stat().st_size)])
    assert result.failed
    assert result.failed.code == "too-large"


@pytest.mark.usefixtures("acts")
def test_no_result_waits_for_a_late_item() -> None:
    more = threading.Event()

    def slow() -> Iterator[Item]:
        one, two, three = rows("하나", "둘", "셋")
        yield one
        yield two
        more.wait(60)
        yield three

    results = batch.run(slow(), TASK, jobs=2, live=True)
    assert [next(results).value, next(results).value] == ["하나", "둘"]
    more.set()
    assert [result.value for result in results] == ["셋"]
    assert no_children()


@pytest.mark.usefixtures("acts")
def test_a_live_run_gives_the_same_results_and_errors() -> None:
    bodies = ["글", "die", "empty", "sleep 0.01", "sleep 60"] * 12
    calm = run(rows(*bodies), timeout=0.3)
    live = list(batch.run(rows(*bodies), TASK, jobs=2, timeout=0.3, live=True))
    assert [(r.number, r.value) for r in live] == [(r.number, r.value) for r in calm]

    def broken() -> Iterator[Item]:
        yield from rows("하나")
        raise UnreadableError("pipe: gone", source="pipe")

    with pytest.raises(UnreadableError, match="pipe"):
        list(batch.run(broken(), TASK, jobs=1, live=True))
    assert list(batch.run([], TASK, live=True)) == []
    assert no_children()


@pytest.mark.usefixtures("acts")
def test_closing_a_live_run_ends_its_reading_thread() -> None:
    endless = (Item(n, f"rows:{n}", Line(b'{"id": "n", "text": "x"}')) for n in range(10**9))
    results = batch.run(endless, TASK, jobs=1, live=True)
    next(results)
    results.close()
    until = time.monotonic() + 5
    while threading.active_count() > 1 and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() == 1


@pytest.mark.usefixtures("acts")
def test_items_with_an_error_keep_their_place() -> None:
    items = rows("하나", "둘", "셋")
    items[1] = Item(1, "b.txt", UnreadableError("b.txt: gone", source="b.txt"))
    results = run(items)
    assert [result.value for result in results] == ["하나", "unreadable: b.txt: gone", "셋"]
    assert results[1].failed == Failed(source="b.txt", id=None, code="unreadable", message="b.txt: gone")


@pytest.mark.usefixtures("acts")
def test_a_resumed_run_starts_counting_where_it_stopped() -> None:
    items = rows(*"abcdef")[3:]
    assert [(result.number, result.value) for result in run(items)] == [(3, "d"), (4, "e"), (5, "f")]


# -- what articles can do -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_fails_one_article_and_a_bug_gives_its_traceback(jobs: int) -> None:
    results = run(rows("하나", "empty", "bug", "memory", "deep", "둘"), jobs=jobs)
    assert [result.failed.code if result.failed else None for result in results] == [
        None, "empty", "analysis", "analysis", "analysis", None,
    ]  # fmt: skip
    assert results[1].trace is None
    assert "out of memory" in str(results[3].value)
    assert "ZeroDivisionError: 뜻밖" in str(results[2].trace)
    assert "ZeroDivisionError" in str(results[2].value)
    assert [result.id for result in results] == list("012345")


@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize(("death", "cause"), [("die", "SIGKILL"), ("abort", "SIGABRT"), ("exit", "3")])
def test_a_dead_worker_fails_only_the_article_it_died_on(jobs: int, death: str, cause: str) -> None:
    bodies = [f"글 {n}" for n in range(40)]
    bodies[0] = bodies[17] = bodies[18] = bodies[39] = death
    results = run(rows(*bodies), jobs=jobs)
    assert [result.number for result in results] == list(range(40))
    for body, result in zip(bodies, results, strict=True):
        if body == death:
            assert result.failed
            assert result.failed.code == "analysis"
            assert cause in result.failed.message
        else:
            assert result.value == body
    assert no_children()


@pytest.mark.usefixtures("acts")
def test_the_article_of_a_dead_worker_is_tried_again_alone(tmp_path: Path) -> None:
    bodies = ["sleep 0.05", f"once {tmp_path / 'mark'}", "sleep 0.05", "글"]
    assert [result.value for result in run(rows(*bodies))] == bodies
    assert (tmp_path / "mark").exists()


@pytest.mark.usefixtures("acts")
def test_a_worker_that_dies_while_idle_fails_no_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was ready, so this is no failed start, and another worker does its bundle."""
    send = Pool._send
    killed: list[int] = []

    def deadly(own: Pool[str], worker: Any, bundle: list[Item]) -> None:
        if worker.ready and len(killed) < 5:
            killed.append(worker.process.pid)
            worker.process.kill()
            worker.process.join()
        send(own, worker, bundle)

    monkeypatch.setattr(Pool, "_send", deadly)
    results = run(rows(*map(str, range(40))), jobs=1)
    assert len(set(killed)) == 5
    assert [result.value for result in results] == list(map(str, range(40)))


@pytest.mark.usefixtures("acts")
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_failure_in_a_bundle_does_not_affect_the_other_articles(jobs: int) -> None:
    """One dies, one hangs, one is empty; the others have results."""
    bodies = [*map(str, range(30)), "die", "sleep 30", "empty", *map(str, range(30, 44))]
    results = run(rows(*bodies), jobs=jobs, timeout=1)
    failed = {result.number: words(result.failed) for result in results if result.failed}
    assert sorted(failed) == [30, 31, 32]
    assert "crashed twice on this article" in failed[30]
    assert "stopped after 1 seconds" in failed[31]
    assert [r.value for r in results if not r.failed] == list(map(str, range(44)))


@pytest.mark.usefixtures("acts")
def test_slow_articles_are_tried_in_parallel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that hang are in bundles of one item, on all workers at once."""
    send = Pool._send
    busy: list[list[int]] = []

    def watched(own: Pool[str], worker: Any, bundle: list[Item]) -> None:
        send(own, worker, bundle)
        busy.append([len(worker.bundle) for worker in own._workers if worker.bundle])

    monkeypatch.setattr(Pool, "_send", watched)
    results = run(rows(*["sleep 30"] * 9), jobs=3, timeout=0.3)
    assert [1, 1, 1] in busy
    assert all("stopped after" in words(result.failed) for result in results if result.failed)
    assert sum(result.failed is not None for result in results) == 9


@pytest.mark.usefixtures("acts")
def test_the_time_limit_holds_for_an_article_and_not_for_a_bundle() -> None:
    """A bundle that takes longer than one article may is split; its articles still succeed."""
    results = run(rows(*["sleep 0.15"] * 20), jobs=1, timeout=0.6)
    assert [result.value for result in results] == ["sleep 0.15"] * 20


@pytest.mark.usefixtures("acts")
def test_killed_workers_lose_no_result() -> None:
    bodies = ["sleep 0.01"] * 150
    done = threading.Event()
    deaths = 0

    def killer() -> None:
        nonlocal deaths
        chance = random.Random(6)
        while not done.is_set():
            time.sleep(0.1)
            for child in (
                chance.sample(multiprocessing.active_children(), 1)
                if multiprocessing.active_children()
                else []
            ):
                if child.pid:
                    os.kill(child.pid, signal.SIGKILL)
                    deaths += 1

    thread = threading.Thread(target=killer)
    thread.start()
    try:
        results = run(rows(*bodies))
    finally:
        done.set()
        thread.join()
    assert deaths > 2
    assert [result.number for result in results] == list(range(150))
    # An article is lost only if the killer struck it twice.
    assert sum(result.failed is not None for result in results) <= deaths // 2


@pytest.mark.usefixtures("acts")
def test_an_article_fails_when_its_time_is_over() -> None:
    started = time.monotonic()
    results = run(rows("하나", "sleep 60", "둘", "sleep 60", "셋"), timeout=0.3)
    assert time.monotonic() - started < 5
    assert [result.value for result in results if not result.failed] == ["하나", "둘", "셋"]
    assert [result.failed.message for result in results if result.failed] == [
        "rows:2: stopped after 0.3 seconds; allow more time with --timeout",
        "rows:4: stopped after 0.3 seconds; allow more time with --timeout",
    ]


@pytest.mark.usefixtures("acts")
def test_the_time_limit_holds_for_a_single_article() -> None:
    (result,) = run(rows("sleep 60"), timeout=0.2, jobs=1)
    assert result.failed
    assert result.failed.code == "analysis"


@pytest.mark.usefixtures("acts")
def test_big_items_and_big_results_pass_without_a_deadlock() -> None:
    bodies = ["big", "x" * 3_000_000, "big", "글", "y" * 300_000] * 3
    results = run(rows(*bodies), jobs=2)
    assert [len(str(result.value)) for result in results] == [3_000_000, 3_000_000, 3_000_000, 1, 300_000] * 3


# -- memory and time ----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("acts")
def test_input_is_not_read_far_ahead() -> None:
    read = 0

    def endless() -> Iterator[Item]:
        nonlocal read
        while True:
            yield Item(read, f"rows:{read}", Line(b'{"id": "n", "text": "x"}'))
            read += 1

    results = batch.run(endless(), TASK, jobs=2)
    for _ in range(500):
        next(results)
    results.close()
    assert read < 500 + 2 * pool.MAX_WAITING_ITEMS + 10
    assert no_children()


@pytest.mark.usefixtures("acts")
def test_a_slow_first_article_limits_what_is_read_ahead() -> None:
    read = 0

    def items() -> Iterator[Item]:
        nonlocal read
        for item in rows("sleep 1", *["x"] * 5_000):
            read += 1
            yield item

    first = next(batch.run(items(), TASK, jobs=2))
    assert first.value == "sleep 1"
    assert read <= 2 * pool.MAX_WAITING_ITEMS + 1


# -- ending early -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("acts")
def test_closing_the_run_ends_the_workers_at_once() -> None:
    results = batch.run(rows("하나", *["sleep 60"] * 5), TASK, jobs=2)
    assert next(results).value == "하나"
    started = time.monotonic()
    results.close()
    assert time.monotonic() - started < 1
    assert no_children()


def test_invalid_options_are_reported_before_the_first_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def summarize(_article: Article, _options: Options) -> Summary:
        raise OptionError("no such model")

    monkeypatch.setattr(pipeline, "summarize", summarize)
    with pytest.raises(OptionError, match="no such model"):
        run(rows("하나", "둘"), task=batch.Task(finish=words))


def test_workers_that_cannot_start_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def use(_language: str) -> None:
        os._exit(7)

    monkeypatch.setattr("yoyak.batch.process.use", use)  # what a worker does first
    with pytest.raises(YoyakError, match="7"):
        run(rows("하나", "둘"))
    assert no_children()


@pytest.mark.usefixtures("acts")
def test_an_error_of_the_inputs_passes_through() -> None:
    def items() -> Iterator[Item]:
        yield from rows("하나", "둘", "셋")
        raise UnreadableError("list: gone", source="list")

    with pytest.raises(UnreadableError, match="list"):
        list(batch.run(items(), TASK, jobs=2))
    assert no_children()


# -- the drive ----------------------------------------------------------------------------------------------


class Memory:
    """A sink that keeps the results in memory."""

    keys = ()
    failed = 0

    def __init__(self, on_write: Callable[[], None] = lambda: None) -> None:
        self.values: list[object] = []
        self.end = ""
        self._on_write = on_write

    def write(self, result: Any) -> None:
        self._on_write()
        self.values.append(result.value)

    def commit(self) -> None:
        self.end += "committed"

    def suspend(self) -> None:
        self.end += "suspended"

    def resume_hint(self) -> str:
        return ""


@pytest.mark.usefixtures("acts")
def test_the_tally_counts_results() -> None:
    sink, tally = Memory(), batch.Tally(skipped=2)
    seen: list[int] = []
    batch.drive(
        batch.run(rows("하나", "empty", "둘"), TASK, jobs=2),
        sink,
        tally=tally,
        on_result=lambda _r, t: seen.append(t.done),
    )
    assert sink.values == ["하나", "empty: rows:2: nothing", "둘"]
    assert sink.end == "committed"
    assert seen == [1, 2, 3]
    record = tally.record({"yoyak": "0"})
    assert json.loads(json.dumps(record)) == record
    assert (record["articles"], record["summarized"], record["failed"], record["skipped"]) == (3, 2, 1, 2)
    assert record["failures"] == [
        {"source": "rows:2", "id": "1", "code": "empty", "message": "rows:2: nothing"}
    ]


@pytest.mark.usefixtures("acts")
def test_a_run_may_stop_at_the_first_failure() -> None:
    sink, tally = Memory(), batch.Tally()
    batch.drive(batch.run(rows("하나", "empty", "둘"), TASK, jobs=2), sink, tally=tally, fail_fast=True)
    assert len(sink.values) == 2
    assert sink.end == "suspended"
    assert no_children()


@pytest.mark.usefixtures("acts")
def test_an_interrupt_waits_until_a_result_is_written() -> None:
    sink = Memory(on_write=lambda: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        batch.drive(batch.run(rows("하나", "둘", "셋"), TASK, jobs=2), sink, tally=batch.Tally())
    assert sink.values == ["하나"]
    assert sink.end == "suspended"
    assert no_children()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("acts")
def test_a_kill_is_distinguished_from_ctrl_c() -> None:
    sink = Memory(on_write=lambda: signal.raise_signal(signal.SIGTERM))
    with pytest.raises(batch.Stopped) as stopped:
        batch.drive(batch.run(rows("하나", "둘", "셋"), TASK, jobs=2), sink, tally=batch.Tally())
    assert stopped.value.number == signal.SIGTERM
    assert sink.values == ["하나"]
    assert sink.end == "suspended"
    assert no_children()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.usefixtures("acts")
def test_an_interrupt_in_the_middle_of_work_ends_it_within_a_second() -> None:
    sink = Memory()
    timer = threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        batch.drive(batch.run(rows("하나", *["sleep 60"] * 5), TASK, jobs=2), sink, tally=batch.Tally())
    assert time.monotonic() - started < 1.5
    assert sink.values == ["하나"]
    timer.join()


def test_a_limited_number_of_failures_is_listed() -> None:
    tally = batch.Tally()
    failed = Failed(source="a", id=None, code="empty", message="a: nothing")
    for number in range(MAX_NAMED_FAILURES + 5):
        tally.add(batch.Result(number, "a", "a", 1, 0, None, failed, None, None))
    assert tally.failed == MAX_NAMED_FAILURES + 5
    assert len(tally.failures) == MAX_NAMED_FAILURES


def test_the_fingerprint_depends_on_options_and_the_files_they_name(tmp_path: Path) -> None:
    plain = batch.fingerprint(TASK, version="1", format="jsonl")
    assert plain == batch.fingerprint(TASK, version="1", format="jsonl")
    assert {"yoyak", "kiwipiepy", "format", "rank.method"} <= set(plain)
    assert plain != batch.fingerprint(TASK, version="1", format="csv")
    table = tmp_path / "table"
    table.write_text("a")
    task = batch.Task(finish=words, options=Options(background=table))
    before = batch.fingerprint(task, version="1", format="jsonl")
    table.write_text("b")
    assert batch.fingerprint(task, version="1", format="jsonl") != before


# -- with the real pipeline ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("kiwi")
def test_results_do_not_depend_on_the_number_of_jobs() -> None:
    task = batch.Task(finish=sentences)
    read = Options().read
    items = list(inputs.discover([ROWS.parent / "pages", ROWS], read=read))
    assert len(items) > 20
    one = [tuple(result) for result in batch.run(items, task, jobs=1)]
    two = [tuple(result) for result in batch.run(items, task, jobs=2)]
    assert one == two
    assert [tuple(next(iter(batch.run([item], task)))) for item in items[:5]] == one[:5]


@pytest.mark.usefixtures("kiwi")
def test_spawned_workers_give_the_results_of_forked_ones() -> None:
    items = list(inputs.discover([ROWS], read=Options().read))[:3]
    task = batch.Task(finish=outputs.parquet_row)
    pool = Pool(task, jobs=1, timeout=None, start="spawn")
    try:
        spawned = list(pool.map(iter(items)))
    finally:
        pool.close()
    assert spawned == list(batch.run(items, task, jobs=1))


@pytest.mark.parametrize("ending", ["jsonl", pytest.param("sqlite", marks=pytest.mark.slow)])
def test_a_run_with_spawned_workers_writes_the_same_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """Windows and macOS spawn their workers: everything that is sent to them must be picklable."""
    from yoyak.app.entry import run as command

    contents: list[list[Any]] = []
    for start in ("fork", "spawn"):
        monkeypatch.setattr(pool, "default_start", lambda start=start: start)
        target = tmp_path / f"{start}.{ending}"
        arguments = [str(ROWS), "-o", str(target), "-j", "2", "-q", "--no-config", "--quotes"]
        assert command(arguments) == 0
        if ending == "sqlite":
            connection = sqlite3.connect(target)
            contents.append(
                [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("articles", "quotes")]
            )
            connection.close()
        else:
            contents.append([target.read_bytes()])
    assert contents[0] == contents[1]
    assert contents[0][0]


def test_only_cores_that_the_process_may_use_are_counted() -> None:
    assert 1 <= available_cores() <= (os.cpu_count() or 1)


@pytest.mark.usefixtures("kiwi")
def test_an_article_over_the_character_limit_is_refused() -> None:
    body = "비가 왔다. " * (pipeline.MIN_CHAR_LIMIT // 6)
    options = Options(read=ReadOptions(max_bytes=1_000_000))
    (result,) = batch.run(rows(body), batch.Task(finish=words, options=options))
    assert result.failed
    assert result.failed.code == "too-large"
    assert "--max-bytes" in result.failed.message


@pytest.mark.usefixtures("kiwi")
def test_a_dictionary_is_read_once_and_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[Path] = []

    def read(path: Path) -> tuple[tuple[str, str], ...]:
        reads.append(path)
        return ()

    monkeypatch.setattr("yoyak.nlp.kiwi.read_user_dict", read)
    path = tmp_path / "words"
    path.write_text("가람시")
    options = Options(user_dict=path)
    article = Article(source="a", paragraphs=("비가 왔다.",))
    pipeline.summarize(article, options)
    pipeline.summarize(article, options)
    assert reads == [path]
    os.utime(path, ns=(1, 1))
    pipeline.summarize(article, options)
    assert reads == [path, path]


# -- law ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("acts")
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["글", "empty", "bug", "die", "abort", "sleep 0.01", "sleep 60"]), max_size=12),
    st.integers(1, 3),
    st.booleans(),
)
def test_every_item_gives_exactly_one_result(bodies: list[str], jobs: int, live: bool) -> None:
    results = list(batch.run(rows(*bodies), TASK, jobs=jobs, timeout=0.25, live=live))
    assert [result.number for result in results] == list(range(len(bodies)))
    for body, result in zip(bodies, results, strict=True):
        assert (result.failed is None) == (body in ("글", "sleep 0.01"))

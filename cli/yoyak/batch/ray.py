"""The same work on a cluster, with Ray Data: `pip install 'yoyak[ray]'`, on every machine of it.

    paths -> files -> partitions, runs of items of one file -> a file of results each, part-00003-00012.jsonl

One worker process for each actor does what a local worker does, so the rows are the same, whoever dies. A
partition's results take their name when they are whole, and the name comes from the input alone: a partition
that is done twice, because a machine died after it, is the same file twice. In order of name the parts are,
byte for byte, what `-o out.jsonl` gives on one machine.

Paths are local ones that every machine sees, or whatever pyarrow opens (s3://, gs://, hdfs://).
"""

from __future__ import annotations

import json
import logging
import pickle
import posixpath
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from yoyak import inputs
from yoyak.batch import Tally, Task
from yoyak.batch.pool import Pool
from yoyak.core.errors import MissingExtraError, OptionError, OutputError
from yoyak.core.messages import refusal, text
from yoyak.core.values import Failed, Outcome
from yoyak.inputs import Item
from yoyak.inputs.compression import unreadable
from yoyak.outputs import render
from yoyak.outputs.journal import differences

# About a minute of one core, and three megabytes: little to lose with a machine, much against the cost of a task.
PARTITION = 1_000
SETTINGS = "yoyak-run.json"
# Of a core. Steps that ask for the same are fused by Ray, and one big file would be one actor's work alone; together
# they must fit a core, or a cluster of one core would wait for ever.
READING = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Which cluster, and how much of it."""

    address: str | None = None
    """`auto`, `ray://host:port`, `host:port`; None: a cluster of this machine alone."""
    workers: int | None = None
    """Worker actors at most; None: one for each core."""
    timeout: float | None = None
    """Seconds for an article."""
    partition: int = PARTITION
    """Items in an output file."""


def line(outcome: Outcome) -> tuple[str, Failed | None]:
    """Make what a worker sends back: the line, and why it is no summary."""
    return render.json_line(outcome), outcome if isinstance(outcome, Failed) else None


def run(
    paths: Sequence[str],
    folder: str,
    task: Task[Any],
    *,
    cluster: Cluster,
    settings: Mapping[str, str],
    tally: Tally,
    rules: inputs.Walk | None = None,
    resume: bool = False,
    on_part: Callable[[Tally], None] | None = None,
) -> None:
    """Work on everything in `paths` and leave parts in `folder`, counting in `tally`.

    Raises MissingExtraError without Ray, OutputError where the folder holds a run already and `resume` does not
    say to go on with it, OptionError where that run had other settings.
    """
    ray = _ray()
    found = [file for path in paths for file in _below(path, rules)]
    files = [{"number": number, "name": name} for number, (name, _) in enumerate(found)]
    # A part is named by its place among the inputs: of other or edited files, or cut otherwise, it is another part.
    digest = zlib.crc32(repr(found).encode("utf-8", "surrogatepass"))
    cut = {"inputs": f"{len(files)} {digest:08x}", "partition": str(cluster.partition)}
    done = _claim(folder, {**settings, **cut}, resume=resume)
    tally.resumed = sum(lines for lines, _ in done.values())
    tally.resumed_failed = sum(failed for _, failed in done.values())
    own_start = not ray.is_initialized()
    if own_start:
        ray.init(address=cluster.address, log_to_driver=False, logging_level="error")
    try:
        for part in _parts(ray, files, folder=folder, task=task, cluster=cluster, done=frozenset(done)):
            tally.add_many(
                part["weight"], part["count"], [Failed(**failed) for failed in json.loads(part["failures"])]
            )
            if on_part is not None:
                on_part(tally)
    finally:
        tally.stop()
        if own_start:
            ray.shutdown()


def _ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtraError(text("The ray engine needs Ray: pip install 'yoyak[ray]'")) from error
    return ray


def _parts(
    ray: Any,
    files: list[dict[str, Any]],
    *,
    folder: str,
    task: Task[Any],
    cluster: Cluster,
    done: frozenset[str],
) -> Iterator[dict[str, Any]]:
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    workers = cluster.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
    splitter = _Splitter(task, cluster.partition, done)
    dataset = ray.data.from_items(files, override_num_blocks=max(1, len(files)))
    dataset = dataset.map_batches(
        splitter.split, batch_size=1, batch_format="numpy", zero_copy_batch=True, num_cpus=READING
    )
    dataset = dataset.map_batches(
        _Worker,
        fn_constructor_kwargs={"folder": folder, "task": task, "timeout": cluster.timeout},
        batch_size=1,
        batch_format="numpy",
        concurrency=(1, workers),
        num_cpus=1 - READING,
    )
    yield from dataset.iter_rows()


# -- what is read -------------------------------------------------------------------------------------------


def _below(path: str, rules: inputs.Walk | None) -> Iterator[tuple[str, str]]:
    """Files in order, a folder's one by one, each with what an edit of it changes: its size and time."""
    if "://" not in path:
        for name in inputs.list_files(path, rules=rules):
            try:
                status = Path(name).stat()
            except OSError:
                yield name, ""  # it will be an outcome of its own
            else:
                yield name, f"{status.st_size} {int(status.st_mtime)}"
        return
    from pyarrow import fs

    system, base = fs.FileSystem.from_uri(path)
    scheme = path.partition("://")[0]
    found = system.get_file_info(base)
    if found.type != fs.FileType.Directory:
        yield path, f"{found.size} {found.mtime}"
        return
    inside = system.get_file_info(fs.FileSelector(base, recursive=True))
    yield from sorted(
        (f"{scheme}://{info.path}", f"{info.size} {info.mtime}")
        for info in inside
        if info.type == fs.FileType.File
    )


@dataclass(frozen=True, slots=True)
class _Splitter:
    """Cuts files into partitions, on whichever machine reads them."""

    task: Task[Any]
    size: int
    done: frozenset[str]

    def split(self, batch: dict[str, Any]) -> Iterator[dict[str, list[Any]]]:
        for number, name in zip(batch["number"], batch["name"], strict=True):
            items = self._items(str(name))
            part = 0
            while some := list(islice(items, self.size)):
                label = f"{int(number):05}-{part:05}"
                if label not in self.done:
                    yield {"label": [label], "items": [pickle.dumps(some)]}
                part += 1

    def _items(self, name: str) -> Iterator[Item]:
        read = self.task.options.read
        if "://" not in name:
            yield from inputs.discover([name], read=read)
            return
        from pyarrow import fs

        try:
            system, base = fs.FileSystem.from_uri(name)
            with system.open_input_file(base) as raw:
                yield from inputs.items_of(raw, name, read=read)
        except OSError as error:
            yield Item(0, name, unreadable(name, error), 0, posixpath.basename(name))


# -- what is done -------------------------------------------------------------------------------------------


class _Worker:
    """An actor: one worker process, which builds its own model, and may die without taking the actor along."""

    def __init__(self, folder: str, task: Task[Any], timeout: float | None) -> None:
        # Ray's processes have threads, which do not survive a fork.
        self._pool = Pool(task, jobs=1, timeout=timeout, start="spawn")
        self._folder = folder

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        items: list[Item] = pickle.loads(bytes(batch["items"][0]))  # noqa: S301  our own splitter wrote it
        lines: list[str] = []
        failures: list[dict[str, Any]] = []
        for result in self._pool.map(iter(items)):
            written, failed = result.value
            lines.append(written)
            if failed is not None:
                failures.append(
                    {"source": failed.source, "id": failed.id, "code": failed.code, "message": failed.message}
                )
        _write(self._folder, f"part-{batch['label'][0]}.jsonl", "".join(line + "\n" for line in lines))
        weight = sum(item.weight for item in items)
        return {"count": [len(lines)], "weight": [weight], "failures": [json.dumps(failures)]}


# -- what is written ----------------------------------------------------------------------------------------


def _system(folder: str) -> tuple[Any, str]:
    from pyarrow import fs

    found: tuple[Any, str] = fs.FileSystem.from_uri(
        folder if "://" in folder else str(Path(folder).absolute())
    )
    return found


def _write(folder: str, name: str, words: str) -> None:
    """Write a file under a passing name, then give it its own: twice is once."""
    system, base = _system(folder)
    passing = f"{base}/.{name}.{uuid.uuid4().hex}"
    with system.open_output_stream(passing) as stream:
        stream.write(words.encode("utf-8", "backslashreplace"))
    system.move(passing, f"{base}/{name}")


def _claim(folder: str, settings: Mapping[str, str], *, resume: bool) -> dict[str, tuple[int, int]]:
    """Take the folder for this run; the parts an earlier one left, with their numbers of lines and failures."""
    from pyarrow import fs

    system, base = _system(folder)
    try:
        system.create_dir(base, recursive=True)
        there = {info.base_name: info.path for info in system.get_file_info(fs.FileSelector(base))}
        if SETTINGS in there:
            if not resume:
                raise OutputError(
                    text(
                        "an earlier run is in {path}; --resume goes on with it, or choose another folder",
                        path=folder,
                    )
                )
            with system.open_input_stream(there[SETTINGS]) as stream:
                changes = differences(json.loads(stream.read()), settings)
            if changes:
                raise OptionError(
                    text(
                        "cannot resume {path}: it was begun with other settings ({changes}); choose another folder",
                        path=folder,
                        changes=changes,
                    )
                )
        else:
            _write(folder, SETTINGS, json.dumps(dict(settings), ensure_ascii=False))
        return finished(folder)
    except OSError as error:
        reason = refusal(error)
        raise OutputError(text("{path}: cannot be written: {reason}", path=folder, reason=reason)) from error


def finished(folder: str) -> dict[str, tuple[int, int]]:
    """Return the parts that are in the folder, with their numbers of lines and of failures. Raises OSError."""
    from pyarrow import fs

    system, base = _system(folder)
    found = system.get_file_info(fs.FileSelector(base, allow_not_found=True))
    parts = {info.base_name[5:-6]: info.path for info in found if info.base_name.startswith("part-")}
    return {label: _count_lines(system, path) for label, path in parts.items()}


def _count_lines(system: Any, path: str) -> tuple[int, int]:
    """Lines of a part, and how many of them say that an article failed: quotes inside a JSON string are escaped."""
    with system.open_input_stream(path) as stream:
        data = stream.read()
    return data.count(b"\n"), data.count(b',"error":{"code":')

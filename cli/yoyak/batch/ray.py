"""The same work on a cluster, with Ray Data. Every machine needs `pip install 'yoyak[ray]'`.

    paths -> files -> partitions (consecutive items of one file) -> one result file each, part-00003-00012.jsonl

Each actor runs one worker process of the same kind as a local run, so the results are the same even if machines fail.
A result file takes its name when it is complete, and the name depends only on the input: if a partition is done twice
because a machine failed, it gives the same file. Concatenated in order of their names, the parts have the same bytes
as the output of `-o out.jsonl` on one machine.

Paths are local paths that every machine can read, or any URI that pyarrow opens (s3://, gs://, hdfs://).
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
from yoyak.core.messages import describe_os_error, text
from yoyak.core.values import Failed, Outcome
from yoyak.inputs import Item
from yoyak.inputs.compression import unreadable
from yoyak.outputs import render
from yoyak.outputs.journal import differences
from yoyak.stories import record

# Some ten seconds of one core: cheap to repeat when a machine fails, long compared with the overhead of a task.
PARTITION_ITEMS = 1_000
SETTINGS_NAME = "yoyak-run.json"
# Share of a core for reading. Ray fuses steps with equal requirements, and then one actor would do all of a big file.
# Reading and work together must fit in one core, or a cluster with one core would wait forever.
READ_CPUS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Which cluster to use, and how much of it."""

    address: str | None = None
    """`auto`, `ray://host:port` or `host:port`; None: a local cluster on this machine."""
    workers: int | None = None
    """Maximum number of worker actors; None: one per core."""
    timeout: float | None = None
    """Seconds an article may take."""
    partition: int = PARTITION_ITEMS
    """Items per output file."""


def line(outcome: Outcome, *, digest_data: bool = False) -> tuple[str, Failed | None]:
    """Return the JSON line of an outcome, with what `yoyak digest` needs if asked for, and the failure if it is one."""
    kept = record.keep(outcome) if digest_data else None
    written = render.json_line(outcome, digest=None if kept is None else kept.to_dict())
    return written, outcome if isinstance(outcome, Failed) else None


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
    """Work on all items in `paths`, write parts to `folder` and count the results in `tally`.

    Raises MissingExtraError without Ray, OutputError if the folder holds an earlier run and `resume` is not set,
    OptionError if that run had other settings.
    """
    ray = _ray()
    # A file that is given twice is read once.
    found = list(dict.fromkeys(file for path in paths for file in _below(path, rules)))
    files = [{"number": number, "name": name} for number, (name, _) in enumerate(found)]
    # A part is named after its place in the inputs, so all runs into a folder need the same files and partitions.
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
        raise MissingExtraError(text("--engine ray needs Ray: pip install 'yoyak[ray]'")) from error
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
        splitter.split, batch_size=1, batch_format="numpy", zero_copy_batch=True, num_cpus=READ_CPUS
    )
    dataset = dataset.map_batches(
        _Worker,
        fn_constructor_kwargs={"folder": folder, "task": task, "timeout": cluster.timeout},
        batch_size=1,
        batch_format="numpy",
        concurrency=(1, workers),
        num_cpus=1 - READ_CPUS,
    )
    yield from dataset.iter_rows()


# -- input -------------------------------------------------------------------------------------------


def _below(path: str, rules: inputs.Walk | None) -> Iterator[tuple[str, str]]:
    """Yield the files of a path in order, each with its size and time, which change when it is edited."""
    if "://" not in path:
        for name in inputs.list_files(path, rules=rules):
            try:
                status = Path(name).stat()
            except OSError:
                yield name, ""  # reading it will fail and give a result that says so
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
    """Splits files into partitions, on the machine that reads them."""

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


# -- work -------------------------------------------------------------------------------------------


class _Worker:
    """An actor with one worker process. The process builds its own model, and the actor survives its death."""

    def __init__(self, folder: str, task: Task[Any], timeout: float | None) -> None:
        # Ray's processes have threads, so they must not fork.
        self._pool = Pool(task, jobs=1, timeout=timeout, start="spawn")
        self._folder = folder

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        items: list[Item] = pickle.loads(bytes(batch["items"][0]))  # noqa: S301  the splitter above wrote it
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


# -- output ----------------------------------------------------------------------------------------


def _system(folder: str) -> tuple[Any, str]:
    from pyarrow import fs

    found: tuple[Any, str] = fs.FileSystem.from_uri(
        folder if "://" in folder else str(Path(folder).absolute())
    )
    return found


def _write(folder: str, name: str, words: str) -> None:
    """Write a file under a temporary name, then rename it: writing it twice has the same effect as once."""
    system, base = _system(folder)
    temporary = f"{base}/.{name}.{uuid.uuid4().hex}"
    with system.open_output_stream(temporary) as stream:
        stream.write(words.encode("utf-8", "backslashreplace"))
    system.move(temporary, f"{base}/{name}")


def _claim(folder: str, settings: Mapping[str, str], *, resume: bool) -> dict[str, tuple[int, int]]:
    """Claim the folder for this run; return the finished parts with their numbers of lines and failures."""
    from pyarrow import fs

    system, base = _system(folder)
    try:
        system.create_dir(base, recursive=True)
        there = {info.base_name: info.path for info in system.get_file_info(fs.FileSelector(base))}
        if SETTINGS_NAME in there:
            if not resume:
                raise OutputError(
                    text(
                        "{path} holds an earlier run; use --resume to continue it, or choose another folder",
                        path=folder,
                    )
                )
            with system.open_input_stream(there[SETTINGS_NAME]) as stream:
                changes = differences(json.loads(stream.read()), settings)
            if changes:
                raise OptionError(
                    text(
                        "cannot resume {path}: it was started with other settings ({changes}); choose another folder",
                        path=folder,
                        changes=changes,
                    )
                )
        else:
            _write(folder, SETTINGS_NAME, json.dumps(dict(settings), ensure_ascii=False))
        return finished(folder)
    except OSError as error:
        reason = describe_os_error(error)
        raise OutputError(text("{path}: cannot be written: {reason}", path=folder, reason=reason)) from error


def finished(folder: str) -> dict[str, tuple[int, int]]:
    """Return the parts in the folder with their numbers of lines and of failures. Raises OSError."""
    from pyarrow import fs

    system, base = _system(folder)
    found = system.get_file_info(fs.FileSelector(base, allow_not_found=True))
    parts = {info.base_name[5:-6]: info.path for info in found if info.base_name.startswith("part-")}
    return {label: _count_lines(system, path) for label, path in parts.items()}


def _count_lines(system: Any, path: str) -> tuple[int, int]:
    """Count the lines of a part, and those of failed articles: a quote inside a JSON string would be escaped."""
    with system.open_input_stream(path) as stream:
        data = stream.read()
    return data.count(b"\n"), data.count(b',"error":{"code":')

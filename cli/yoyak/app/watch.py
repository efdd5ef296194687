"""`yoyak watch`: summarize files of folders as they arrive, into an output that a later run continues."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from yoyak import __version__
from yoyak.app import options as o
from yoyak.app import terminal
from yoyak.app.arguments import (
    CommonArgs,
    FilterArgs,
    InputArgs,
    ModelArgs,
    OutputArgs,
    RunArgs,
    SummaryArgs,
    collect,
    pipeline_options,
)
from yoyak.app.exit_codes import ExitCode
from yoyak.core.errors import MissingExtraError, OptionError
from yoyak.core.messages import plural, text

if TYPE_CHECKING:
    from yoyak import inputs, outputs
    from yoyak.app.run import Job
    from yoyak.batch import Result, Tally
    from yoyak.inputs import Item

SETTLE_SECONDS = 0.5
"""A file that changed less than this ago may still be being written."""
MAX_SETTLE_SECONDS = 10.0
"""Longest wait for a file that keeps changing."""

Changes = Callable[[], Iterator[set[str]]]
"""Endless sets of changed paths."""


def watch(
    ctx: typer.Context,
    paths: o.Folders = None,
    *,
    output: o.WatchOutput = None,
    sentences: o.Sentences = None,
    ratio: o.Ratio = None,
    chars: o.Chars = None,
    query: o.Query = None,
    method: o.Method = None,
    diversity: o.Diversity = None,
    keywords: o.Keywords = None,
    quotes: o.Quotes = False,
    user_dict: o.UserDict = None,
    stopwords: o.Stopwords = None,
    model: o.Model = None,
    keyword_model: o.KeywordModel = None,
    background: o.Background = None,
    include: o.Include = None,
    exclude: o.Exclude = None,
    hidden: o.Hidden = False,
    encoding: o.Encoding = None,
    max_bytes: o.MaxBytes = None,
    jobs: o.Jobs = None,
    timeout: o.Timeout = None,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    debug: o.Debug = False,
    color: o.Color = "auto",
    lang: o.Lang = None,
    config: o.Config = None,
    no_config: o.NoConfig = False,
    version: o.Version = False,
    short_help: o.ShortHelp = False,
    help: o.Help = False,
) -> int:
    """Watch folders."""
    from yoyak.app import run

    if not paths:
        raise OptionError(text("{option} is required", option="FOLDER"))
    if output is None:
        raise OptionError(text("{option} is required", option="-o FILE"))
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - paths stay strings, as everywhere in inputs
            raise OptionError(text("{path}: not a folder; yoyak watch needs folders", path=path))
    args = collect(InputArgs, ctx.params)
    common = collect(CommonArgs, ctx.params)
    job = run.Job(
        stage="summarize",
        view="summary",
        options=pipeline_options(
            args, collect(SummaryArgs, ctx.params), collect(ModelArgs, ctx.params), quiet=common.quiet
        ),
        inputs=args,
        filters=FilterArgs(),
        output=OutputArgs(output=output, resume=True),
        running=collect(RunArgs, ctx.params),
        common=common,
    )
    stop = threading.Event()
    return _watch(paths, job, partial(_changes, paths, job, stop), stop)


def _changes(paths: list[str], job: Job, stop: threading.Event) -> Iterator[set[str]]:
    """Paths that changed, in groups, until `stop` is set. Raises MissingExtraError without watchfiles."""
    watchfiles = _watchfiles()
    written = str(Path(os.path.realpath(job.output.output or "")))

    def is_input(_change: object, path: str) -> bool:
        # The output and its journal may stand in the watched folder.
        return not os.path.realpath(path).startswith(written)

    for changes in watchfiles.watch(*paths, watch_filter=is_input, stop_event=stop, raise_interrupt=False):
        yield {path for _, path in changes}


def _watchfiles() -> Any:
    try:
        import watchfiles
    except ImportError as error:
        raise MissingExtraError(text("yoyak watch needs watchfiles: pip install 'yoyak[watch]'")) from error
    return watchfiles


def _watch(paths: list[str], job: Job, changes: Changes, stop: threading.Event) -> int:
    """Summarize what is in the folders, then what arrives, until a signal ends the run."""
    from yoyak import batch
    from yoyak.app import results, run

    run.check_output_conflicts(paths, job)
    _watchfiles()
    shape = results.shape_of(job, several=True, page=False)
    job = run.for_format(job, shape)
    task = batch.Task(stage=job.stage, options=job.options, finish=partial(results.finish, shape))
    settings = batch.fingerprint(task, version=__version__, format=results.signature(shape))
    tally = batch.Tally()
    sink: outputs.Sink[Any] | None = None
    try:
        with batch.interrupts() as hold:
            sink = results.open_sink(job, shape, settings)
            tally.resumed = len(sink.keys)
            if not job.common.quiet:
                terminal.say(text("watching {paths}; Ctrl-C ends", paths=", ".join(paths)))
            found = new_items(partial(_walk, paths, job), changes, sink.keys)
            done = batch.run(found, task, jobs=job.running.jobs, timeout=job.running.timeout, live=True)
            with closing(done):
                batch.drive(_values(done), sink, tally=tally, on_result=partial(_say_result, job), hold=hold)
    except KeyboardInterrupt:
        if not job.common.quiet:
            terminal.say(
                plural(
                    "stopped; {count} article is in {path}",
                    "stopped; {count} articles are in {path}",
                    tally.done + tally.resumed,
                    path=job.output.output,
                )
            )
        return ExitCode.OK
    finally:
        stop.set()
        if sink is not None:
            sink.suspend()
    return ExitCode.OK


def _walk(paths: list[str], job: Job) -> Iterator[Item]:
    from yoyak import inputs
    from yoyak.app.run import walk_rules

    def on_skip(skip: inputs.Skip) -> None:
        if job.common.verbose:
            terminal.say(text("{source}: skipped: {reason}", source=skip.source, reason=skip.reason))

    return inputs.discover(paths, read=job.options.read, rules=walk_rules(job), on_skip=on_skip)


def new_items(walk: Callable[[], Iterator[Item]], changes: Changes, keys: Any) -> Iterator[Item]:
    """Items whose key is not among the keys of earlier results, now and after every change.

    Every change leads to a new walk, so the rules are those of any other run and no event can be missed.
    """
    from yoyak.outputs.sinks import key_of

    seen = set(keys)
    number = 0
    groups = changes()
    while True:
        for item in walk():
            key = key_of(item.source, item.stamp)
            if key not in seen:
                seen.add(key)
                yield item._replace(number=number)
                number += 1
        group = next(groups, None)
        if group is None:
            return
        _settle(group)


def _settle(paths: set[str]) -> None:
    """Wait until no file was changed within the last moment."""
    deadline = time.monotonic() + MAX_SETTLE_SECONDS
    for path in paths:
        with suppress(OSError):
            while time.time() - os.stat(path).st_mtime < SETTLE_SECONDS and time.monotonic() < deadline:  # noqa: PTH116
                time.sleep(SETTLE_SECONDS / 5)


def _values(results: Iterator[Result[Any]]) -> Iterator[Result[Any]]:
    for result in results:
        yield result._replace(value=result.value.value)


def _say_result(job: Job, result: Result[Any], _tally: Tally) -> None:
    if result.failed is not None:
        terminal.error(result.failed.message)
    elif not job.common.quiet:
        terminal.say(text("{source}: summarized", source=result.source))

"""`yoyak background`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from yoyak import __version__
from yoyak.app import options as o
from yoyak.app import terminal
from yoyak.app.arguments import InputArgs, RunArgs, collect, read_options, walk_rules
from yoyak.app.exit_codes import ExitCode
from yoyak.app.files import required_output
from yoyak.core.errors import OptionError
from yoyak.core.messages import plural, text
from yoyak.core.options import Options, RankOptions

if TYPE_CHECKING:
    from yoyak.batch import Tally, Task
    from yoyak.training.corpus import Counts, Terms


def background(
    ctx: typer.Context,
    paths: o.Collections = None,
    *,
    output: o.MadeFile = None,
    force: o.Force = False,
    provenance: o.Provenance = None,
    include: o.Include = None,
    exclude: o.Exclude = None,
    hidden: o.Hidden = False,
    files_from: o.FilesFrom = None,
    encoding: o.Encoding = None,
    max_bytes: o.MaxBytes = None,
    text_field: o.TextField = None,
    sentences_field: o.SentencesField = None,
    id_field: o.IdField = None,
    title_field: o.TitleField = None,
    published_field: o.PublishedField = None,
    columns: o.Columns = None,
    input_format: o.InputFormat = None,
    jobs: o.Jobs = None,
    timeout: o.Timeout = None,
    fail_fast: o.FailFast = False,
    progress: o.Progress = "auto",
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
    """Count the words of collections."""
    from yoyak import batch
    from yoyak.inputs import files_from as read_list
    from yoyak.outputs.files import write_whole
    from yoyak.training import corpus

    named = list(paths or ())
    collections = [[path] for path in named]
    if files_from is not None:
        named.append(files_from)
        collections.append(list(read_list(files_from)))
    if not collections:
        raise OptionError(text("{option} is required", option="PATH"))
    target = required_output(output, force=force)
    tally = batch.Tally()
    with terminal.Progress(terminal.progress_kind(progress, quiet=quiet)) as bar:
        counts = _count_all(
            collections, tally, bar, args=collect(InputArgs, ctx.params), running=collect(RunArgs, ctx.params)
        )
    if fail_fast and tally.failed:
        return ExitCode.FAILED
    if tally.succeeded == 0:
        terminal.error(text("nothing to read: no articles in {paths}", paths=", ".join(named)))
        return ExitCode.USAGE
    origin = provenance or plural("{count} article", "{count} articles", tally.succeeded)
    table = corpus.table(counts, provenance=f"{origin} (yoyak {__version__})")
    write_whole(target, [table], force=force)
    if not quiet:
        terminal.say(
            plural(
                "{path}: counted the words of {count} article",
                "{path}: counted the words of {count} articles",
                tally.succeeded,
                path=target,
            )
        )
    return ExitCode.FAILED if tally.failed else ExitCode.OK


def _count_all(
    collections: list[list[str]], tally: Tally, bar: terminal.Progress, *, args: InputArgs, running: RunArgs
) -> list[Counts]:
    """Count each collection; with --fail-fast, stop at the first failure."""
    from yoyak import batch
    from yoyak.training import corpus

    # Only the tokens are needed: the cheapest ranking method will do.
    options = Options(read=read_options(args), rank=RankOptions(method="lead"))
    task = batch.Task(stage="summarize", options=options, finish=corpus.finish)
    counts = []
    for paths in collections:
        counts.append(corpus.count(_documents(paths, task, tally, bar, args=args, running=running)))
        if running.fail_fast and tally.failed:
            break
    tally.stop()
    return counts


def _documents(
    paths: list[str],
    task: Task[Terms | None],
    tally: Tally,
    bar: terminal.Progress,
    *,
    args: InputArgs,
    running: RunArgs,
) -> Iterator[Terms]:
    from yoyak import batch, inputs

    items = inputs.discover(paths, read=task.options.read, rules=walk_rules(args))
    for result in batch.run(items, task, jobs=running.jobs, timeout=running.timeout):
        tally.add(result)
        bar.advance(result.weight, tally.done)
        if result.failed is not None:
            bar.error(result.failed.message)
            if running.fail_fast:
                return
        elif result.value is not None:
            yield result.value

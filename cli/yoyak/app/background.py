"""`yoyak background`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from yoyak import __version__
from yoyak.app import codes, console
from yoyak.app.flags import CommonFlags, InputFlags, MakeFlags, ProgressFlags, ProvenanceFlags, RunFlags
from yoyak.core.errors import OptionError
from yoyak.core.messages import plural, text

if TYPE_CHECKING:
    from yoyak.batch import Tally, Task
    from yoyak.training.corpus import Counts, Terms


def background(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help=text("Files and folders; each is one collection.")),
    ] = None,
    *,
    making: MakeFlags,
    stats: ProvenanceFlags,
    inputs: InputFlags,
    running: RunFlags,
    progress: ProgressFlags,
    common: CommonFlags,
) -> int:
    """Count the words of some collections."""
    from yoyak import batch
    from yoyak.app.files import target
    from yoyak.inputs import files_from
    from yoyak.outputs.files import write_whole
    from yoyak.training import corpus

    named = list(paths or ())
    collections = [[path] for path in named]
    if inputs.files_from is not None:
        named.append(inputs.files_from)
        collections.append(list(files_from(inputs.files_from)))
    if not collections:
        raise OptionError(text("{option} is missing", option="PATH"))
    path = target(making)
    tally = batch.Tally()
    with console.Progress(console.progress_kind(progress.progress, quiet=common.quiet)) as bar:
        counts = _counted(collections, tally, bar, flags=inputs, running=running)
    if running.fail_fast and tally.failed:
        return codes.FAILED
    if tally.succeeded == 0:
        console.error(text("nothing to read: no file in {paths} is an article", paths=", ".join(named)))
        return codes.USAGE
    provenance = stats.provenance or plural("{count} article", "{count} articles", tally.succeeded)
    table = corpus.table(counts, provenance=f"{provenance} (yoyak {__version__})")
    write_whole(path, [table], force=making.force)
    if not common.quiet:
        console.say(
            plural(
                "{path}: counted the words of {count} article",
                "{path}: counted the words of {count} articles",
                tally.succeeded,
                path=path,
            )
        )
    return codes.FAILED if tally.failed else codes.OK


def _counted(
    collections: list[list[str]], tally: Tally, bar: console.Progress, *, flags: InputFlags, running: RunFlags
) -> list[Counts]:
    """Count each collection, up to the first failure where one is to end it."""
    from yoyak import batch
    from yoyak.app.options import read_options
    from yoyak.core.options import Options, RankOptions
    from yoyak.training import corpus

    # Only the tokens are wanted: the cheapest ranker will do.
    options = Options(read=read_options(flags), rank=RankOptions(method="lead"))
    task = batch.Task(stage="summarize", options=options, finish=corpus.finish)
    counts = []
    for paths in collections:
        counts.append(corpus.count(_documents(paths, task, tally, bar, flags=flags, running=running)))
        if running.fail_fast and tally.failed:
            break
    tally.stop()
    return counts


def _documents(
    paths: list[str],
    task: Task[Terms | None],
    tally: Tally,
    bar: console.Progress,
    *,
    flags: InputFlags,
    running: RunFlags,
) -> Iterator[Terms]:
    from yoyak import batch, inputs
    from yoyak.app.options import folder_rules

    items = inputs.discover(paths, read=task.options.read, rules=folder_rules(flags))
    for result in batch.run(items, task, jobs=running.jobs, timeout=running.timeout):
        tally.add(result)
        bar.advance(result.weight, tally.done)
        if result.failed is not None:
            bar.error(result.failed.message)
            if running.fail_fast:
                return
        elif result.value is not None:
            yield result.value

"""A run on a Ray cluster: the same work on the same articles, into parts in a folder."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from yoyak import __version__, batch
from yoyak.app import console
from yoyak.app.ending import Run, close
from yoyak.app.reading import walk_rules
from yoyak.app.reports import Reports
from yoyak.batch import ray
from yoyak.core.errors import MissingExtraError, OptionError, OutputError
from yoyak.core.messages import text

if TYPE_CHECKING:
    from yoyak.app.job import Job
    from yoyak.batch import Tally


def carry_out_there(paths: list[str], job: Job) -> int:
    """Do the job on `paths` on a cluster and return the exit code."""
    folder = _folder(job)
    reports = Reports(job.output.report, force=job.output.force, resume=job.output.resume)
    if reports.wants_sections:
        raise OptionError(text("--report page.html does not go with --engine ray"))
    task = batch.Task(stage=job.stage, options=job.options, finish=ray.line)
    settings = batch.fingerprint(task, format="jsonl", version=__version__)
    cluster = ray.Cluster(address=job.cluster.address, workers=job.running.jobs, timeout=job.running.timeout)
    tally = batch.Tally()
    stop: BaseException | None = None
    kind = console.progress_kind(job.progress, quiet=job.common.quiet)
    try:
        with console.Progress(kind) as bar:
            ray.run(
                paths,
                folder,
                task,
                cluster=cluster,
                settings=settings,
                tally=tally,
                rules=walk_rules(job),
                resume=job.output.resume,
                on_part=lambda now: bar.advance(0, now.done),
            )
    except (OptionError, MissingExtraError, OutputError):
        raise  # nothing was begun
    except BaseException as error:  # noqa: BLE001 - what is not an interruption is raised again below
        stop = error
        _recount(folder, tally)
    for failed in tally.failures:
        console.error(failed.message)
    hint = text("finished parts are in {path}; the same command with --resume goes on", path=folder)
    return close(Run(job=job, named=paths, reports=reports, settings=settings, tally=tally), stop, hint=hint)


def _recount(folder: str, tally: Tally) -> None:
    """Count the parts that are there: those finished last were not told of any more."""
    with contextlib.suppress(OSError):
        parts = ray.finished(folder).values()
        failed = sum(count for _, count in parts)
        tally.failed = failed - tally.resumed_failed
        tally.succeeded = sum(count for count, _ in parts) - failed - (tally.resumed - tally.resumed_failed)


def _folder(job: Job) -> str:
    flags = job.output
    if flags.output_dir is None or flags.output is not None:
        raise OptionError(text("--engine ray writes parts into a folder: --output-dir FOLDER"))
    if flags.format not in (None, "jsonl") or job.view not in ("summary", "article"):
        raise OptionError(text("--engine ray writes JSONL"))
    for name, given in (("--force", flags.force), ("--fail-fast", job.running.fail_fast)):
        if given:
            raise OptionError(text("{option} does not go with --engine ray", option=name))
    return flags.output_dir

"""A run on a Ray cluster: the same work, written as part files into a folder."""

from __future__ import annotations

import contextlib
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from yoyak import __version__, batch
from yoyak.app import terminal
from yoyak.app.reports import Reports
from yoyak.app.run import Job, Run, close, walk_rules
from yoyak.batch import ray
from yoyak.core.errors import MissingExtraError, OptionError, OutputError
from yoyak.core.messages import text

if TYPE_CHECKING:
    from yoyak.batch import Tally


def run_on_cluster(paths: list[str], job: Job) -> int:
    """Do the job on `paths` and return the exit code."""
    folder = _folder(job)
    reports = Reports(job.output.report, force=job.output.force, resume=job.output.resume)
    if reports.wants_sections:
        raise OptionError(text("--report page.html cannot be combined with --engine ray"))
    task = batch.Task(
        stage=job.stage, options=job.options, finish=partial(ray.line, digest_data=job.output.digest_data)
    )
    settings = batch.fingerprint(
        task, format="jsonl digest-data" if job.output.digest_data else "jsonl", version=__version__
    )
    cluster = ray.Cluster(address=job.running.address, workers=job.running.jobs, timeout=job.running.timeout)
    tally = batch.Tally()
    stop: BaseException | None = None
    kind = terminal.progress_kind(job.running.progress, quiet=job.common.quiet)
    try:
        with terminal.Progress(kind) as bar:
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
        raise  # nothing was started
    except BaseException as error:  # noqa: BLE001 - what is not an interruption is raised again below
        stop = error
        _recount(folder, tally)
    for failed in tally.failures:
        terminal.error(failed.message)
    hint = text("finished parts are in {path}; repeat the command with --resume to continue", path=folder)
    return close(
        Run(job=job, paths=paths, reports=reports, settings=settings, tally=tally, skipped=Counter()),
        stop,
        hint=hint,
    )


def _recount(folder: str, tally: Tally) -> None:
    """Count the finished parts: the last ones may not have been reported."""
    with contextlib.suppress(OSError):
        parts = ray.finished(folder).values()
        failed = sum(count for _, count in parts)
        tally.failed = failed - tally.resumed_failed
        tally.succeeded = sum(count for count, _ in parts) - failed - (tally.resumed - tally.resumed_failed)


def _folder(job: Job) -> str:
    args = job.output
    if args.output_dir is None or args.output is not None:
        raise OptionError(text("--engine ray needs --output-dir FOLDER"))
    if args.format not in (None, "jsonl") or job.view not in ("summary", "article"):
        raise OptionError(text("--engine ray writes only JSONL"))
    filters = job.filters
    for name, given in (
        ("--force", args.force),
        ("--fail-fast", job.running.fail_fast),
        ("--since", filters.since),
        ("--until", filters.until),
        ("--press", filters.press),
        ("--match", filters.match),
        ("--sort", filters.sort),
        ("--dedupe", filters.dedupe),
    ):
        if given:
            raise OptionError(text("{option} cannot be combined with --engine ray", option=name))
    return args.output_dir

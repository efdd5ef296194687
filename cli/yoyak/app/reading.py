"""From the paths of a job to its items."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from yoyak import inputs
from yoyak.app import console
from yoyak.app.options import folder_rules
from yoyak.app.values import NothingGivenError
from yoyak.core.errors import OptionError, UnreadableError
from yoyak.core.messages import text
from yoyak.outputs.files import refuse_input, refuse_missing_folder

if TYPE_CHECKING:
    from yoyak.app.job import Job
    from yoyak.batch import Tally
    from yoyak.inputs import Item


def named_in(paths: list[str], job: Job) -> list[str]:
    """Paths to read. Given paths, standard input is never read; without any, it is, unless it is a keyboard."""
    listed = job.inputs.files_from
    if listed is not None:
        if listed == "-" and "-" in paths:
            raise OptionError(text("- cannot be both the list of files and an input"))
        try:
            return [*paths, *inputs.files_from(listed)]
        except UnreadableError as error:
            raise OptionError(error.message) from error
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise NothingGivenError
    return ["-"]


def keep_apart(named: list[str], job: Job) -> None:
    """Refuse to write over an input, or two outputs into one file. Raises OptionError and OutputError."""
    taken: set[str] = set()
    for path in (job.output.output, *job.output.report):
        if path is None:
            continue
        refuse_missing_folder(path)
        refuse_input(path, named)
        if (real := os.path.realpath(path)) in taken:
            raise OptionError(text("{path} is named twice as an output", path=path))
        taken.add(real)


def items(paths: Iterable[str], job: Job, tally: Tally) -> Iterator[Item]:
    """Give the items of all paths; what is skipped is counted, and told with -v."""

    def on_skip(skip: inputs.Skip) -> None:
        tally.skipped += 1
        if job.common.verbose:
            console.say(text("{source}: skipped: {reason}", source=skip.source, reason=skip.reason))

    return inputs.discover(paths, read=job.options.read, rules=walk_rules(job), on_skip=on_skip)


def walk_rules(job: Job) -> inputs.Walk:
    """Rules of walking folders; a run never reads what it writes."""
    made = (job.output.output, job.output.output_dir, *job.output.report)
    outputs = tuple(str(path) for path in made if path is not None)
    return replace(folder_rules(job.inputs), outputs=outputs)


class Coming(NamedTuple):
    """Items that are still to come, how many as far as one can see."""

    items: Iterator[Item]
    several: bool
    live: bool
    """Whether the next one may be long in coming."""


def peek(found: Iterator[Item], *, live: bool) -> Coming | None:
    """See whether there is more than one item; None where there is none."""
    first = next(found, None)
    if first is None:
        return None
    if live and not isinstance(first.content, inputs.File | inputs.Page):
        # A row from a pipe: to wait for the next would be to keep the reader waiting for this one.
        return Coming(chain([first], found), several=True, live=True)
    second = list(islice(found, 1))
    return Coming(chain([first], second, found), several=bool(second), live=live and bool(second))

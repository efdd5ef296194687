"""`yoyak evaluate`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import typer

from yoyak.app import options as o
from yoyak.app import terminal
from yoyak.app.arguments import InputArgs, ModelArgs, SummaryArgs, collect, pipeline_options
from yoyak.app.exit_codes import ExitCode
from yoyak.app.files import require_files, require_writable
from yoyak.core.errors import OptionError
from yoyak.core.messages import marked, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yoyak.core.options import Method
    from yoyak.training.evaluation import Difference, Report, Row
    from yoyak.training.floors import Rise


def evaluate(
    ctx: typer.Context,
    labels: o.LabelFile = None,
    *,
    methods: o.Methods = "hybrid,lead",
    floors: o.Floors = None,
    raise_floors: o.RaiseFloors = False,
    user_dict: o.UserDict = None,
    stopwords: o.Stopwords = None,
    model: o.Model = None,
    keyword_model: o.KeywordModel = None,
    background: o.Background = None,
    json: o.AsJson = False,
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
    """Score methods on a file of labels, and check the scores against their floors."""
    from yoyak.training import evaluation
    from yoyak.training import floors as limits

    if labels is None:
        raise OptionError(text("{option} is required", option="LABELS"))
    _check_files(labels, floors, raise_floors=raise_floors)
    models = collect(ModelArgs, ctx.params)
    with terminal.Progress(terminal.progress_kind(progress, quiet=quiet)) as bar:
        report = evaluation.run(
            labels,
            methods=cast("Sequence[Method]", methods.split(",")),
            options=pipeline_options(InputArgs(), SummaryArgs(), models, quiet=quiet),
            on_article=partial(bar.advance, 0),
        )
    if json:
        terminal.print_json(report.to_json())
    else:
        _print(report, quiet=quiet)
    if floors is None:
        return ExitCode.OK
    if raise_floors:
        rises = limits.update(report, floors)
        if not quiet:
            _say_rises(rises, floors)
        return ExitCode.OK
    misses = limits.check(report, floors)
    for miss in misses:
        terminal.error(miss.message)
    return ExitCode.FAILED if misses else ExitCode.OK


def _check_files(labels: Path, floors: Path | None, *, raise_floors: bool) -> None:
    """Check the files before the work. Raises OptionError and OutputError."""
    if raise_floors and floors is None:
        raise OptionError(text("{option} is required", option="--floors FILE"))
    require_files([labels])
    if floors is not None and raise_floors:
        require_writable(floors, force=True)
    elif floors is not None:
        require_files([floors])


def _say_rises(rises: Sequence[Rise], path: Path) -> None:
    for rise in rises:
        before = "-" if rise.before is None else f"{rise.before:.3f}"
        terminal.say(f"{rise.name}: {before} → {rise.floor:.3f}")
    if not rises:
        terminal.say(text("{path}: no floor was raised", path=path))


EXPLANATIONS = {
    "P@3": marked("share of the three sentences that people chose"),
    "first choice": marked("share of one-sentence summaries whose sentence people chose"),
    "accepted@3": marked("share of the three sentences that people chose or found acceptable"),
    "misses": marked("share of summaries with a sentence that people neither chose nor found acceptable"),
    "repeats": marked("share of summaries with two sentences that share most of their words"),
    "dangling": marked("share of sentences that refer to an earlier sentence that was left out"),
    "ROUGE-2 recall@250": marked("share of the reference summary's word pairs in the first 250 characters"),
    "keywords F1@5 exact": marked("F1 of the first five keywords"),
    "keywords F1@5 partial": marked("the same, where one keyword may contain the other"),
}
"""The measures of the table, in order. `--json` prints all."""


def _print(report: Report, *, quiet: bool) -> None:
    """Print a table of scores, a table of differences, and what the measures mean."""
    rows = [row for row in report.rows if row.measure in EXPLANATIONS]
    methods = sorted(dict.fromkeys(row.method for row in rows), key="keywords".__eq__)
    measures = [measure for measure in EXPLANATIONS if any(row.measure == measure for row in rows)]
    figures = {(row.set, row.measure, row.method): row for row in rows}
    lines = []
    for group in dict.fromkeys(row.set for row in rows):
        for measure in measures:
            found = [figures.get((group, measure, method)) for method in methods]
            if any(found):
                name = measure if group == "all" else f"{group}: {measure}"
                lines.append([name, str(max(row.n for row in found if row)), *map(_figure, found)])
    terminal.table([text("measure"), text("articles"), *methods], lines)
    _print_differences(report)
    if not quiet:
        for measure, meaning in EXPLANATIONS.items():
            if measure in measures:
                terminal.say(f"{measure}: {text(meaning)}")
        terminal.say(text("±: half the width of the 95 % bootstrap interval over articles"))


def _print_differences(report: Report) -> None:
    """Print the first method minus each other one, with intervals."""
    differences = [row for row in report.differences if row.measure in EXPLANATIONS]
    others = list(dict.fromkeys(row.other for row in differences))
    if not others:
        return
    figures = {(row.measure, row.other): row for row in differences}
    heads = [text("{method} minus {other}", method=differences[0].method, other=other) for other in others]
    lines = [
        [measure, *(_difference(figures[measure, other]) for other in others)]
        for measure in EXPLANATIONS
        if (measure, others[0]) in figures
    ]
    terminal.table([text("paired difference, 95 % interval"), *heads], lines)


def _figure(row: Row | None) -> str:
    return "" if row is None else f"{row.mean:.3f} ±{(row.high - row.low) / 2:.3f}"


def _difference(row: Difference) -> str:
    return f"{row.mean:+.3f} [{row.low:+.3f}, {row.high:+.3f}]"

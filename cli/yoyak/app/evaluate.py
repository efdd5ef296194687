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
from yoyak.core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yoyak.core.options import Method
    from yoyak.training.evaluation import Report, Row
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


KEYWORDS = "keywords"  # scored once, independent of the method


def _print(report: Report, *, quiet: bool) -> None:
    """Print a row per measure and set and a column per method, then the keywords."""
    chosen = [row for row in report.rows if row.method != KEYWORDS]
    keywords = [row for row in report.rows if row.method == KEYWORDS]
    for rows in (chosen, keywords):
        if rows:
            _table(rows)
    if not quiet:
        terminal.say(text("±: half the width of the 95 % bootstrap interval over articles"))


def _table(rows: list[Row]) -> None:
    sets = dict.fromkeys(row.set for row in rows)
    methods = list(dict.fromkeys(row.method for row in rows))
    lines = []
    for name in sets:
        # With one set, "all" repeats it.
        if len(sets) == 2 and name == "all":
            continue
        for measure in dict.fromkeys(row.measure for row in rows if row.set == name):
            found = {row.method: row for row in rows if (row.set, row.measure) == (name, measure)}
            figures = [_figure(found.get(method)) for method in methods]
            lines.append([f"{name} {measure}", str(max(row.n for row in found.values())), *figures])
    terminal.table([text("measure"), text("articles"), *methods], lines)


def _figure(row: Row | None) -> str:
    return "" if row is None else f"{row.mean:.3f} ±{(row.high - row.low) / 2:.3f}"

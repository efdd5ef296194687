"""`yoyak summarize` (the default command) and `yoyak extract`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from yoyak.app import options as o
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
    read_options,
)
from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.options import Options

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yoyak.app.terminal import View


def summarize(
    ctx: typer.Context,
    paths: o.Paths = None,
    *,
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
    keywords_only: o.KeywordsOnly = False,
    explain: o.Explain = False,
    highlight: o.Highlight = False,
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
    press_field: o.PressField = None,
    reporters_field: o.ReportersField = None,
    url_field: o.UrlField = None,
    section_field: o.SectionField = None,
    extra: o.Extra = False,
    columns: o.Columns = None,
    input_format: o.InputFormat = None,
    since: o.Since = None,
    until: o.Until = None,
    press: o.Press = None,
    match: o.Match = None,
    sort: o.Sort = None,
    dedupe: o.Dedupe = None,
    format: o.Format = None,
    output: o.Output = None,
    output_dir: o.OutputDir = None,
    report: o.Report = None,
    digest_data: o.DigestData = False,
    force: o.Force = False,
    resume: o.Resume = False,
    jobs: o.Jobs = None,
    timeout: o.Timeout = None,
    fail_fast: o.FailFast = False,
    engine: o.Engine = "local",
    address: o.Address = None,
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
    """Summarize articles."""
    from yoyak.app import run

    inputs = collect(InputArgs, ctx.params)
    common = collect(CommonArgs, ctx.params)
    job = run.Job(
        stage="summarize",
        view=_view(ctx.params),
        options=pipeline_options(
            inputs,
            collect(SummaryArgs, ctx.params),
            collect(ModelArgs, ctx.params),
            quiet=common.quiet,
        ),
        inputs=inputs,
        filters=collect(FilterArgs, ctx.params),
        output=collect(OutputArgs, ctx.params),
        running=collect(RunArgs, ctx.params),
        common=common,
    )
    return run.run(paths or [], job)


def _view(params: Mapping[str, Any]) -> View:
    views: dict[str, View] = {"explain": "explain", "highlight": "highlight", "keywords_only": "keywords"}
    chosen = [name for name in views if params[name]]
    if len(chosen) > 1:
        names = ", ".join("--" + name.replace("_", "-") for name in chosen)
        raise OptionError(text("{options} cannot be combined", options=names))
    return views[chosen[0]] if chosen else "summary"


def extract(
    ctx: typer.Context,
    paths: o.Paths = None,
    *,
    removed: o.Removed = False,
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
    press_field: o.PressField = None,
    reporters_field: o.ReportersField = None,
    url_field: o.UrlField = None,
    section_field: o.SectionField = None,
    extra: o.Extra = False,
    columns: o.Columns = None,
    input_format: o.InputFormat = None,
    since: o.Since = None,
    until: o.Until = None,
    press: o.Press = None,
    match: o.Match = None,
    sort: o.Sort = None,
    format: o.Format = None,
    output: o.Output = None,
    output_dir: o.OutputDir = None,
    report: o.Report = None,
    force: o.Force = False,
    resume: o.Resume = False,
    jobs: o.Jobs = None,
    timeout: o.Timeout = None,
    fail_fast: o.FailFast = False,
    engine: o.Engine = "local",
    address: o.Address = None,
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
    """Extract articles."""
    from yoyak.app import run

    inputs = collect(InputArgs, ctx.params)
    job = run.Job(
        stage="extract",
        view="removed" if removed else "article",
        options=Options(read=read_options(inputs)),
        inputs=inputs,
        filters=collect(FilterArgs, ctx.params),
        output=collect(OutputArgs, ctx.params),
        running=collect(RunArgs, ctx.params),
        common=collect(CommonArgs, ctx.params),
    )
    return run.run(paths or [], job)

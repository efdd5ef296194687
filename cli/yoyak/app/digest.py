"""`yoyak digest`: articles in, stories out."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

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
from yoyak.core.errors import OptionError
from yoyak.core.messages import plural, text

if TYPE_CHECKING:
    from yoyak.app.run import Job
    from yoyak.batch import Tally
    from yoyak.core.values import Failed
    from yoyak.inputs import Item
    from yoyak.outputs.earlier import Unread
    from yoyak.stories.digest import DigestOptions
    from yoyak.stories.record import ArticleRecord
    from yoyak.stories.values import Digest

FORMAT_BY_ENDING = {
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "plain",
}


def digest(
    ctx: typer.Context,
    paths: o.Paths = None,
    *,
    sort: o.StorySort = "size",
    top: o.Top = None,
    min_articles: o.MinArticles = 1,
    press: o.StoryPress = None,
    match: o.StoryMatch = None,
    topics: o.Topics = False,
    sentences: o.Sentences = None,
    query: o.StoryQuery = None,
    keywords: o.Keywords = None,
    user_dict: o.UserDict = None,
    stopwords: o.Stopwords = None,
    model: o.Model = None,
    keyword_model: o.KeywordModel = None,
    background: o.Background = None,
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
    columns: o.Columns = None,
    input_format: o.InputFormat = None,
    since: o.Since = None,
    until: o.Until = None,
    format: o.DigestFormat = None,
    output: o.Output = None,
    force: o.Force = False,
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
    """Group articles into stories."""
    from yoyak.app import run

    args = collect(InputArgs, ctx.params)
    common = collect(CommonArgs, ctx.params)
    written = collect(OutputArgs, ctx.params)
    if written.output in run.STANDARD_OUTPUT:
        written = replace(written, output=None)
    summary = replace(collect(SummaryArgs, ctx.params), sentences=None)
    job = run.Job(
        stage="summarize",
        view="summary",
        options=pipeline_options(args, summary, collect(ModelArgs, ctx.params), quiet=common.quiet),
        inputs=args,
        # Stories are filtered, not articles: an article without a date may belong to a story with one.
        filters=FilterArgs(),
        output=written,
        running=collect(RunArgs, ctx.params),
        common=common,
    )
    chosen = _digest_options(ctx.params)
    kind = _format(written)
    if topics and kind not in ("text", "plain", "json"):
        raise OptionError(
            text(
                "--{view} cannot be combined with --format {format}; use one of: {formats}",
                view="topics",
                format=kind,
                formats="text, plain, json",
            )
        )
    named = run.named_paths(paths or [], job)
    run.check_output_conflicts(named, job)
    if written.output is not None:
        from yoyak.app.files import require_writable

        require_writable(written.output, force=written.force)
    reading = Reading(job)
    try:
        reading.read(named)
    except KeyboardInterrupt:
        _say_interrupted(len(reading.records))
        raise
    return _finish(reading, named, chosen, kind=kind, topics=topics)


def _digest_options(params: dict[str, Any]) -> DigestOptions:
    from yoyak.stories.digest import DigestOptions
    from yoyak.stories.story import StoryOptions

    query = tuple((params["query"] or "").split())
    shown = {name: params[name] for name in ("sentences", "keywords") if params[name] is not None}
    return DigestOptions(
        sort=params["sort"],
        top=params["top"],
        min_articles=params["min_articles"],
        since=params["since"],
        until=params["until"],
        press=tuple(params["press"] or ()),
        match=tuple((params["match"] or "").split()),
        story=StoryOptions(query=query, **shown),
    )


def _format(args: OutputArgs) -> str:
    if args.format is not None:
        return "markdown" if args.format == "md" else args.format
    if args.output is None:
        return "text" if sys.stdout.isatty() else "plain"
    found = FORMAT_BY_ENDING.get(args.output.suffix.lower())
    if found is None:
        raise OptionError(
            text(
                "{path}: unknown file extension; use --format, or one of {endings}",
                path=args.output,
                endings=" ".join(FORMAT_BY_ENDING),
            )
        )
    return found


def _say_interrupted(count: int) -> None:
    terminal.say(
        plural(
            "{count} article was read; no digest was written. To be able to resume, first run "
            "`yoyak PATH... -o articles.jsonl --digest-data`, then `yoyak digest articles.jsonl`.",
            "{count} articles were read; no digest was written. To be able to resume, first run "
            "`yoyak PATH... -o articles.jsonl --digest-data`, then `yoyak digest articles.jsonl`.",
            count,
        )
    )


# -- reading ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Reading:
    """Records of all articles and the inputs that failed; filled by `read`."""

    job: Job
    records: list[ArticleRecord] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    tally: Tally | None = None

    def read(self, named: list[str]) -> None:
        """Analyze all articles in worker processes; those of earlier outputs are taken as they are."""
        from yoyak import batch, inputs
        from yoyak.app import run
        from yoyak.stories.record import keep

        job = self.job
        self.tally = batch.Tally()
        task = batch.Task(finish=keep, options=job.options)
        kind = terminal.progress_kind(job.running.progress, quiet=job.common.quiet)
        weights = inputs.weights(named, rules=run.walk_rules(job))
        loading = "" if job.common.quiet else text("Loading the Kiwi analyzer ...")
        with batch.interrupts(), terminal.Progress(kind, weights=weights, loading=loading) as bar:
            items = (item._replace(number=number) for number, item in enumerate(self._items(named, bar)))
            results = batch.run(items, task, jobs=job.running.jobs, timeout=job.running.timeout)
            with closing(results):
                for result in results:
                    bar.loaded()
                    self.tally.add(result)
                    bar.advance(result.weight, len(self.records) + len(self.failed) + 1)
                    if result.value is not None:
                        self.records.append(result.value)
                    elif result.failed is not None:
                        self._fail(result.failed, bar)
                        if job.common.debug and result.trace:
                            terminal.traceback(result.trace)
                        if job.running.fail_fast:
                            break
        self.tally.stop()

    def _fail(self, failed: Failed, bar: terminal.Progress) -> None:
        self.failed.append(failed)
        bar.error(failed.message)

    def _items(self, named: list[str], bar: terminal.Progress) -> Iterator[Item]:
        """Items to analyze; what earlier outputs hold is added to the records instead."""
        from yoyak import inputs
        from yoyak.app import run
        from yoyak.outputs import earlier

        rules = run.walk_rules(self.job)
        for path in named:
            if path != "-" and earlier.is_database(path):
                yield from self._earlier_items(path, earlier.read_database(path), bar)
            elif path != "-" and earlier.is_jsonl(path):
                yield from self._earlier_items(path, earlier.read_jsonl(path), bar)
            else:
                # Results of an earlier run in a folder, such as the parts of a cluster, are read as such.
                results = earlier.results_in(path, rules)
                for file in results:
                    yield from self._earlier_items(file, earlier.read_jsonl(file), bar)
                own = replace(rules, outputs=(*rules.outputs, *results))
                yield from inputs.discover([path], read=self.job.options.read, rules=own, on_skip=self._skip)

    def _earlier_items(
        self, path: str, found: Iterator[ArticleRecord | Unread | Failed], bar: terminal.Progress
    ) -> Iterator[Item]:
        """Keep the records of an earlier output; what it holds without digest data is analyzed again."""
        from yoyak import inputs
        from yoyak.core.values import Failed
        from yoyak.outputs.earlier import Unread

        unread = 0
        for one in found:
            if isinstance(one, Unread):
                unread += 1
                yield inputs.Item(0, one.source, one.row)
            elif isinstance(one, Failed):
                self._fail(one, bar)
            else:
                self.records.append(one)
        if unread and not self.job.common.quiet:
            bar.say(
                plural(
                    "{path}: {count} article had no digest data and was analyzed again",
                    "{path}: {count} articles had no digest data and were analyzed again",
                    unread,
                    path=path,
                )
            )

    def _skip(self, skip: Any) -> None:
        self.skipped[Path(skip.source).suffix.lower()] += 1
        if self.tally is not None:
            self.tally.skipped += 1
        if self.job.common.verbose:
            terminal.say(text("{source}: skipped: {reason}", source=skip.source, reason=skip.reason))


# -- writing ------------------------------------------------------------------------------------------------


def _finish(reading: Reading, named: list[str], options: DigestOptions, *, kind: str, topics: bool) -> int:
    """Make the digest, write it, say the counts and return the exit code."""
    from yoyak import inputs
    from yoyak.app import run
    from yoyak.nlp import document_frequency
    from yoyak.stories.digest import make_digest

    job = reading.job
    if reading.failed and job.running.fail_fast:
        return ExitCode.FAILED
    if not reading.records:
        run.say_skipped(reading.skipped, job)
        if not reading.failed:
            terminal.error(text("nothing to read: no articles in {paths}", paths=", ".join(named)))
            return ExitCode.USAGE
    made = make_digest(
        reading.records,
        background=document_frequency.load(job.options.background),
        options=options,
        failed=reading.failed,
    )
    _write(made, job, kind=kind, topics=topics)
    if not job.common.quiet:
        terminal.say(_summary_line(made, len(reading.records), len(reading.failed)))
    run.say_skipped(reading.skipped, job)
    if len(inputs.missing(named)) == len(named):
        return ExitCode.USAGE
    return ExitCode.FAILED if reading.failed else ExitCode.OK


def _summary_line(made: Digest, articles: int, failed: int) -> str:
    total = len(made.stories) + made.hidden
    line = plural("{count} article", "{count} articles", articles)
    line += ", " + plural("{count} story", "{count} stories", total)
    return line + (", " + text("{count} failed", count=failed) if failed else "")


def _write(made: Digest, job: Job, *, kind: str, topics: bool) -> None:
    from yoyak.outputs.files import write_whole

    target = job.output.output
    color = target is None and terminal.uses_color(job.common.color, sys.stdout, os.environ)
    width = terminal.width() if target is None else 80
    content = _render(made, kind=kind, topics=topics, color=color, width=width)
    if target is not None:
        write_whole(target, [content.encode("utf-8", "backslashreplace")], force=job.output.force)
        return
    if kind in ("json", "html"):
        terminal.write_utf8()
    sys.stdout.write(content)
    sys.stdout.flush()


def _render(made: Digest, *, kind: str, topics: bool, color: bool, width: int) -> str:
    from yoyak.outputs import digest as render

    match kind:
        case "text":
            from yoyak.app.terminal.digest import front_page, overview

            view = overview if topics else front_page
            return view(made, color=color, width=width) + "\n"
        case "plain":
            return render.render_plain_topics(made) if topics else render.render_plain(made)
        case "json":
            return render.render_json(replace(made, stories=()) if topics else made)
        case "markdown":
            return render.render_markdown(made)
        case _:
            from yoyak.outputs import digest_html

            return digest_html.render_html(made)

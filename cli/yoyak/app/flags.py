"""Every option, declared once, in groups that commands take as values.

The annotations stay strings until a command is built, so help is worded in the reader's language.
A default of None means "as `yoyak.options` says".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from yoyak.app import shown, values
from yoyak.messages import LANGUAGES, text
from yoyak.options import METHODS

FORMATS = ("text", "plain", "json", "jsonl", "csv", "markdown", "sqlite", "parquet")
COLORS = ("auto", "always", "never")
PROGRESS = ("auto", "bar", "plain", "none")
ENGINES = ("local", "ray")
FORMAT_NAMES = (*FORMATS, "md")


def option(panel: str, *names: str, help: str, **more: Any) -> Any:  # noqa: A002 - typer's own word
    """One option of a panel of the help page; `more` goes to typer as it stands."""
    return typer.Option(*names, help=help, rich_help_panel=panel, **more)


def choice_option(panel: str, *names: str, help: str, among: tuple[str, ...], **more: Any) -> Any:  # noqa: A002
    """One option that takes one of a few names; shells complete them."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in among if name.startswith(incomplete)]

    return option(
        panel,
        *names,
        help=help,
        parser=values.choice(among),
        metavar="|".join(among),
        autocompletion=complete,
        **more,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFlags:
    """What is read and how."""

    include: Annotated[
        list[str],
        option(
            text("Input"), "--include", metavar="GLOB", help=text("Of folders, read only files that match.")
        ),
    ] = ()  # type: ignore[assignment]
    exclude: Annotated[
        list[str],
        option(
            text("Input"), "--exclude", metavar="GLOB", help=text("Of folders, leave out files that match.")
        ),
    ] = ()  # type: ignore[assignment]
    hidden: Annotated[
        bool, option(text("Input"), "--hidden", help=text("Of folders, read hidden files too."))
    ] = False
    files_from: Annotated[
        str | None,
        option(
            text("Input"),
            "--files-from",
            metavar="FILE|-",
            help=text("Read more paths from a file, one a line or between NULs."),
        ),
    ] = None
    encoding: Annotated[
        str | None,
        option(
            text("Input"),
            "--encoding",
            metavar="NAME",
            help=text("Encoding of the files (utf-8, cp949, ...). Found out where it is not given."),
        ),
    ] = None
    max_bytes: Annotated[
        int | None,
        option(
            text("Input"),
            "--max-bytes",
            metavar="SIZE",
            parser=values.size,
            help=text("Refuse documents larger than this, unpacked (50MB)."),
        ),
    ] = None
    text_field: Annotated[
        str | None,
        option(text("Input"), "--text-field", metavar="KEY", help=text("JSONL key of the text (text).")),
    ] = None
    sentences_field: Annotated[
        str | None,
        option(
            text("Input"),
            "--sentences-field",
            metavar="KEY",
            help=text("JSONL key of a text that comes split into sentences (sentences)."),
        ),
    ] = None
    id_field: Annotated[
        str | None,
        option(text("Input"), "--id-field", metavar="KEY", help=text("JSONL key of the id (id).")),
    ] = None
    title_field: Annotated[
        str | None,
        option(text("Input"), "--title-field", metavar="KEY", help=text("JSONL key of the title (title).")),
    ] = None
    published_field: Annotated[
        str | None,
        option(
            text("Input"),
            "--published-field",
            metavar="KEY",
            help=text("JSONL key of the time of publication (published)."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFlags:
    """How sentences and keywords are chosen."""

    sentences: Annotated[
        int | None,
        option(
            text("Summary"),
            "--sentences",
            "-n",
            metavar="N",
            parser=values.whole(1),
            help=text("How many key sentences (3)."),
        ),
    ] = None
    ratio: Annotated[
        float | None,
        option(
            text("Summary"),
            "--ratio",
            metavar="SHARE",
            parser=values.real(above=0, to=1),
            help=text("Share of the article's sentences: 0.2 or 20%."),
        ),
    ] = None
    chars: Annotated[
        int | None,
        option(
            text("Summary"),
            "--chars",
            metavar="N",
            parser=values.whole(1),
            help=text("At most this many characters, in whole sentences: 200 for a push message."),
        ),
    ] = None
    query: Annotated[
        str | None,
        option(
            text("Summary"),
            "--query",
            metavar="WORDS",
            help=text("Choose sentences that answer these words."),
        ),
    ] = None
    method: Annotated[
        str | None,
        choice_option(
            text("Summary"), "--method", among=METHODS, help=text("How sentences are scored (hybrid).")
        ),
    ] = None
    diversity: Annotated[
        float | None,
        option(
            text("Summary"),
            "--diversity",
            metavar="0..1",
            parser=values.real(above=-1e-9, to=1),
            help=text("How much a sentence loses for repeating another: 0 nothing, 1 everything."),
        ),
    ] = None
    keywords: Annotated[
        int | None,
        option(
            text("Summary"),
            "--keywords",
            "-k",
            metavar="N",
            parser=values.whole(0),
            help=text("How many keywords (8); 0 for none."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryFlags:
    """Words the analyzer is told."""

    user_dict: Annotated[
        Path | None,
        option(
            text("Summary"),
            "--user-dict",
            metavar="FILE",
            help=text("Words to know: one a line, a tag such as NNP after it if wanted."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFlags:
    """What is known before an article is read."""

    stopwords: Annotated[
        Path | None,
        option(
            text("Summary"),
            "--stopwords",
            metavar="FILE",
            help=text("Words that are never keywords, one a line."),
        ),
    ] = None
    model: Annotated[
        Path | None,
        option(
            text("Summary"), "--model", metavar="FILE", help=text("A ranking model made by `yoyak train`.")
        ),
    ] = None
    background: Annotated[
        Path | None,
        option(
            text("Summary"),
            "--background",
            metavar="FILE",
            help=text("Word statistics made by `yoyak background`."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFlags:
    """Where results go and in which shape."""

    format: Annotated[
        str | None,
        choice_option(
            text("Output"),
            "--format",
            "-f",
            among=FORMAT_NAMES,
            help=text("Shape of the output. By default text on a terminal, plain in a pipe."),
        ),
    ] = None
    output: Annotated[
        Path | None,
        option(
            text("Output"),
            "--output",
            "-o",
            metavar="FILE",
            help=text("Write to a file; its ending decides the format where --format is not given."),
        ),
    ] = None
    output_dir: Annotated[
        Path | None,
        option(
            text("Output"),
            "--output-dir",
            metavar="FOLDER",
            help=text("Write one file per article into a folder."),
        ),
    ] = None
    report: Annotated[
        list[Path],
        option(
            text("Output"),
            "--report",
            metavar="FILE",
            help=text("Also write a page of all articles (.html), or a record of the run (.json)."),
        ),
    ] = ()  # type: ignore[assignment]
    force: Annotated[
        bool, option(text("Output"), "--force", help=text("Overwrite files that are already there."))
    ] = False
    resume: Annotated[
        bool,
        option(
            text("Output"), "--resume", help=text("Go on with an output that an earlier run left unfinished.")
        ),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeFlags:
    """The one file a command makes."""

    output: Annotated[
        Path | None, option(text("Output"), "--output", "-o", metavar="FILE", help=text("The file to make."))
    ] = None
    force: Annotated[
        bool, option(text("Output"), "--force", help=text("Overwrite files that are already there."))
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenanceFlags:
    """What is kept with what was made."""

    provenance: Annotated[
        str | None,
        option(
            text("Output"),
            "--provenance",
            metavar="TEXT",
            help=text("Where the articles are from, kept in the file."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainFlags:
    """How a model is made."""

    ablate: Annotated[
        bool,
        option(text("Training"), "--ablate", help=text("Also measure what each group of features is worth.")),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateFlags:
    """What is measured and held."""

    methods: Annotated[
        tuple[str, ...],
        option(
            text("Evaluation"),
            "--methods",
            metavar="NAME,...",
            parser=values.choices(METHODS),
            help=text("Methods to compare: {names}.", names=", ".join(METHODS)),
        ),
    ] = ("hybrid", "lead")
    floors: Annotated[
        Path | None,
        option(
            text("Evaluation"),
            "--floors",
            metavar="FILE",
            help=text("Fail with exit code 1 where a score falls under the floor in this file."),
        ),
    ] = None
    raise_floors: Annotated[
        bool,
        option(
            text("Evaluation"),
            "--raise-floors",
            help=text("Write today's scores as new floors; none is lowered."),
        ),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresFlags:
    """How figures are printed."""

    json: Annotated[bool, option(text("Output"), "--json", help=text("Print the figures as JSON."))] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFlags:
    """What is shown of a summary."""

    keywords_only: Annotated[
        bool, option(text("View"), "--keywords-only", help=text("Only the keywords."))
    ] = False
    explain: Annotated[
        bool,
        option(
            text("View"),
            "--explain",
            help=text("Every sentence with its score and why it was chosen or not."),
        ),
    ] = False
    highlight: Annotated[
        bool,
        option(
            text("View"),
            "--highlight",
            help=text("The whole article with key sentences and keywords marked."),
        ),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleViewFlags:
    """What is shown of an article."""

    removed: Annotated[
        bool,
        option(
            text("View"), "--removed", help=text("What was taken off the page, and the rule that did it.")
        ),
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFlags:
    """How a run is carried out."""

    jobs: Annotated[
        int | None,
        option(
            text("Run"),
            "--jobs",
            "-j",
            metavar="N",
            parser=values.whole(1),
            help=text("Worker processes (one per core). The result is the same for any number."),
        ),
    ] = None
    timeout: Annotated[
        float | None,
        option(
            text("Run"),
            "--timeout",
            metavar="SECONDS",
            parser=values.real(above=0, to=86_400),
            help=text("Give up on an article after this time."),
        ),
    ] = None
    fail_fast: Annotated[
        bool, option(text("Run"), "--fail-fast", help=text("Stop at the first failure."))
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFlags:
    """What is said while a command works."""

    progress: Annotated[
        str,
        choice_option(
            text("Run"),
            "--progress",
            among=PROGRESS,
            help=text("Show progress: a bar, plain lines for logs, or none."),
        ),
    ] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonFlags:
    """Options of every command."""

    quiet: Annotated[bool, option(text("General"), "--quiet", "-q", help=text("Say nothing but errors."))] = (
        False
    )
    verbose: Annotated[
        bool,
        option(
            text("General"),
            "--verbose",
            "-v",
            help=text("Say more: skipped files, guessed encodings, warnings."),
        ),
    ] = False
    debug: Annotated[bool, option(text("General"), "--debug", help=text("Show tracebacks."))] = False
    color: Annotated[
        str,
        choice_option(
            text("General"),
            "--color",
            among=COLORS,
            help=text("Colours; auto obeys NO_COLOR, FORCE_COLOR, TERM and the terminal."),
        ),
    ] = "auto"
    lang: Annotated[
        str | None,
        choice_option(
            text("General"),
            "--lang",
            among=LANGUAGES,
            help=text("Language of messages (from LC_ALL or LANG)."),
        ),
    ] = None
    config: Annotated[
        Path | None,
        option(
            text("General"), "--config", metavar="FILE", help=text("Read this configuration and no other.")
        ),
    ] = None
    no_config: Annotated[
        bool,
        option(
            text("General"), "--no-config", help=text("Read no configuration files and no YOYAK_ variables.")
        ),
    ] = False
    version: Annotated[
        bool,
        option(
            text("General"),
            "--version",
            "-V",
            is_eager=True,
            callback=shown.version,
            help=text("Print the versions of yoyak, Kiwi and its model."),
        ),
    ] = False
    help: Annotated[
        bool,
        option(
            text("General"),
            "--help",
            "-h",
            is_eager=True,
            callback=shown.help_page,
            help=text("Print this page."),
        ),
    ] = False


PER_RUN = frozenset(
    [
        "include",
        "exclude",
        "files_from",
        "query",
        "output",
        "output_dir",
        "force",
        "resume",
        "report",
        "explain",
        "highlight",
        "removed",
        "keywords_only",
        "config",
        "no_config",
        "version",
        "help",
    ]
)
"""Options that belong to one run: neither a configuration file nor a variable may set them."""

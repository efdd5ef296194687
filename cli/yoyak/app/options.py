"""Every command-line option, declared once as an annotated type; a command lists those it takes.

    def extract(ctx: typer.Context, paths: Paths = None, encoding: Encoding = None, ...) -> int

Help texts are translated when a command is built. A default of None means the default of `yoyak.core.options`.
The values of the options reach a command as the records of `arguments`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from yoyak.app import help as help_pages
from yoyak.app import values
from yoyak.core.messages import LANGUAGES, marked
from yoyak.core.options import INPUT_FORMATS, METHODS

SUMMARY = marked("Summary")
VIEW = marked("View")
INPUT = marked("Input")
FILTER = marked("Filter")
OUTPUT = marked("Output")
RUN = marked("Run")
TRAINING = marked("Training")
EVALUATION = marked("Evaluation")
GENERAL = marked("General")
DIGEST = marked("Stories")

FORMATS = ("text", "plain", "json", "jsonl", "csv", "markdown", "md", "sqlite", "parquet", "xlsx")
SEARCH_FORMATS = ("text", "plain", "json")
DIGEST_FORMATS = ("text", "plain", "json", "markdown", "md", "html")
DEDUPE = ("drop", "mark")
SORTS = ("size", "time", "press")
COLORS = ("auto", "always", "never")
ENGINES = ("local", "ray")
ORDERS = ("published", "press", "title")
PROGRESS = ("auto", "bar", "plain", "none")


def _one_of(names: tuple[str, ...]) -> dict[str, Any]:
    """Arguments of `typer.Option` for an option that takes one of a few names, which shells complete."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in names if name.startswith(incomplete)]

    return {"parser": values.choice(names), "metavar": "|".join(names), "autocompletion": complete}


# -- arguments

Paths = Annotated[
    list[str] | None, typer.Argument(metavar="[PATH...]", help=marked("Files, folders, or - for stdin."))
]
Collections = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH...", help=marked("Files and folders; each one is a collection.")),
]
LabelFile = Annotated[
    Path | None,
    typer.Argument(metavar="LABELS", parser=Path, help=marked("JSONL file of articles with labels.")),
]
LabelFiles = Annotated[
    list[str] | None,
    typer.Argument(metavar="LABELS...", help=marked("JSONL files of articles with labels.")),
]

Folders = Annotated[list[str] | None, typer.Argument(metavar="FOLDER...", help=marked("Folders to watch."))]
Database = Annotated[
    str | None, typer.Argument(metavar="DATABASE", help=marked("SQLite file made with -o FILE.sqlite."))
]
QueryWords = Annotated[list[str] | None, typer.Argument(metavar="QUERY...", help=marked("Words to find."))]

# -- summary: how sentences and keywords are chosen

Sentences = Annotated[
    int | None,
    typer.Option(
        "--sentences",
        "-n",
        metavar="N",
        parser=values.whole(1),
        rich_help_panel=SUMMARY,
        help=marked("Number of key sentences (default 3)."),
    ),
]
Ratio = Annotated[
    float | None,
    typer.Option(
        "--ratio",
        metavar="SHARE",
        parser=values.real(above=0, to=1),
        rich_help_panel=SUMMARY,
        help=marked("Share of the article's sentences to choose: 0.2 or 20%."),
    ),
]
Chars = Annotated[
    int | None,
    typer.Option(
        "--chars",
        metavar="N",
        parser=values.whole(1),
        rich_help_panel=SUMMARY,
        help=marked("Maximum length of the summary in characters."),
    ),
]
Query = Annotated[
    str | None,
    typer.Option(
        "--query",
        metavar="WORDS",
        rich_help_panel=SUMMARY,
        help=marked("Prefer sentences about these words."),
    ),
]
Method = Annotated[
    str | None,
    typer.Option(
        "--method",
        **_one_of(METHODS),
        rich_help_panel=SUMMARY,
        help=marked("Ranking method (default hybrid)."),
    ),
]
Diversity = Annotated[
    float | None,
    typer.Option(
        "--diversity",
        metavar="0..1",
        parser=values.real(above=0, to=1, closed=True),
        rich_help_panel=SUMMARY,
        help=marked("Penalty for sentences that repeat each other: 0 none, 1 maximum."),
    ),
]
Keywords = Annotated[
    int | None,
    typer.Option(
        "--keywords",
        "-k",
        metavar="N",
        parser=values.whole(0),
        rich_help_panel=SUMMARY,
        help=marked("Maximum number of keywords (default 8)."),
    ),
]
Quotes = Annotated[
    bool,
    typer.Option(
        "--quotes",
        rich_help_panel=SUMMARY,
        help=marked("Also list who said what, word for word."),
    ),
]
UserDict = Annotated[
    Path | None,
    typer.Option(
        "--user-dict",
        metavar="FILE",
        parser=Path,
        rich_help_panel=SUMMARY,
        help=marked(
            "Custom dictionary: one word per line, optionally followed by a part-of-speech tag (NNP)."
        ),
    ),
]
Stopwords = Annotated[
    Path | None,
    typer.Option(
        "--stopwords",
        metavar="FILE",
        parser=Path,
        rich_help_panel=SUMMARY,
        help=marked("Words that are never keywords, one per line."),
    ),
]
Model = Annotated[
    Path | None,
    typer.Option(
        "--model",
        metavar="FILE",
        parser=Path,
        rich_help_panel=SUMMARY,
        help=marked("Ranking model made by `yoyak train`."),
    ),
]
KeywordModel = Annotated[
    Path | None,
    typer.Option(
        "--keyword-model",
        metavar="FILE",
        parser=Path,
        rich_help_panel=SUMMARY,
        help=marked("Keyword model made by `yoyak train --keywords`."),
    ),
]
Background = Annotated[
    Path | None,
    typer.Option(
        "--background",
        metavar="FILE",
        parser=Path,
        rich_help_panel=SUMMARY,
        help=marked("Word statistics made by `yoyak background`."),
    ),
]

# -- view: what is shown

KeywordsOnly = Annotated[
    bool, typer.Option("--keywords-only", rich_help_panel=VIEW, help=marked("Show only the keywords."))
]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        rich_help_panel=VIEW,
        help=marked("Show each sentence with its score and the reason."),
    ),
]
Highlight = Annotated[
    bool,
    typer.Option(
        "--highlight",
        rich_help_panel=VIEW,
        help=marked("Show the whole article with key sentences and keywords marked."),
    ),
]
Removed = Annotated[
    bool,
    typer.Option(
        "--removed",
        rich_help_panel=VIEW,
        help=marked("Show the removed lines of the page, each with the rule that removed it."),
    ),
]

# -- input: what is read, and how

Include = Annotated[
    list[str] | None,
    typer.Option(
        "--include",
        metavar="GLOB",
        rich_help_panel=INPUT,
        help=marked("Read only matching files of folders."),
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude", metavar="GLOB", rich_help_panel=INPUT, help=marked("Skip matching files of folders.")
    ),
]
Hidden = Annotated[
    bool, typer.Option("--hidden", rich_help_panel=INPUT, help=marked("Also read hidden files of folders."))
]
FilesFrom = Annotated[
    str | None,
    typer.Option(
        "--files-from",
        metavar="FILE|-",
        rich_help_panel=INPUT,
        help=marked("Read more paths from a file, one per line or separated by NUL."),
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        rich_help_panel=INPUT,
        help=marked("Encoding of the files (utf-8, cp949, ...); detected by default."),
    ),
]
MaxBytes = Annotated[
    int | None,
    typer.Option(
        "--max-bytes",
        metavar="SIZE",
        parser=values.size,
        rich_help_panel=INPUT,
        help=marked("Largest document to read, after decompression (default 50MB)."),
    ),
]
TextField = Annotated[
    str | None,
    typer.Option(
        "--text-field",
        metavar="KEY",
        rich_help_panel=INPUT,
        help=marked("Field of the text in JSONL or CSV rows (default: recognized by name)."),
    ),
]
SentencesField = Annotated[
    str | None,
    typer.Option(
        "--sentences-field",
        metavar="KEY",
        rich_help_panel=INPUT,
        help=marked("Field of a text that is already split into sentences."),
    ),
]
IdField = Annotated[
    str | None,
    typer.Option(
        "--id-field",
        metavar="KEY",
        rich_help_panel=INPUT,
        help=marked("Field of the id."),
    ),
]
TitleField = Annotated[
    str | None,
    typer.Option(
        "--title-field",
        metavar="KEY",
        rich_help_panel=INPUT,
        help=marked("Field of the title."),
    ),
]
PublishedField = Annotated[
    str | None,
    typer.Option(
        "--published-field",
        metavar="KEY",
        rich_help_panel=INPUT,
        help=marked("Field of the publication time."),
    ),
]

PressField = Annotated[
    str | None,
    typer.Option(
        "--press-field", metavar="KEY", rich_help_panel=INPUT, help=marked("Field of the newspaper.")
    ),
]
ReportersField = Annotated[
    str | None,
    typer.Option(
        "--reporters-field", metavar="KEY", rich_help_panel=INPUT, help=marked("Field of the reporters.")
    ),
]
UrlField = Annotated[
    str | None,
    typer.Option(
        "--url-field", metavar="KEY", rich_help_panel=INPUT, help=marked("Field of the web address.")
    ),
]
SectionField = Annotated[
    str | None,
    typer.Option(
        "--section-field", metavar="KEY", rich_help_panel=INPUT, help=marked("Field of the section.")
    ),
]
Extra = Annotated[
    bool,
    typer.Option(
        "--extra",
        rich_help_panel=INPUT,
        help=marked("Keep the other fields of a row under `extra` in JSON, SQLite and Parquet output."),
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAME,...",
        rich_help_panel=INPUT,
        help=marked("Column names of a table without a header line: published,press,title,text."),
    ),
]
InputFormat = Annotated[
    str | None,
    typer.Option(
        "--input-format",
        **_one_of(INPUT_FORMATS),
        rich_help_panel=INPUT,
        help=marked(
            "Format of the input (default: recognized by name and content); lines: one article per line."
        ),
    ),
]

# -- filter: which articles are kept, and in which order

Since = Annotated[
    datetime | None,
    typer.Option(
        "--since",
        metavar="DATE",
        parser=values.moment(end_of_day=False),
        rich_help_panel=FILTER,
        help=marked("Only articles published at this time or later; articles without a date are left out."),
    ),
]
Until = Annotated[
    datetime | None,
    typer.Option(
        "--until",
        metavar="DATE",
        parser=values.moment(end_of_day=True),
        rich_help_panel=FILTER,
        help=marked("Only articles published at this time or earlier; articles without a date are left out."),
    ),
]
Press = Annotated[
    list[str] | None,
    typer.Option(
        "--press",
        metavar="NAME",
        rich_help_panel=FILTER,
        help=marked("Only articles of this press; repeat the option for several."),
    ),
]
Match = Annotated[
    str | None,
    typer.Option(
        "--match",
        metavar="TEXT",
        rich_help_panel=FILTER,
        help=marked("Only articles with this text in the title or body."),
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        **_one_of(ORDERS),
        rich_help_panel=FILTER,
        help=marked(
            "Sort results: published (newest first), press or title. Nothing is written before the last article is done."
        ),
    ),
]

Limit = Annotated[
    int,
    typer.Option(
        "--limit",
        metavar="N",
        parser=values.whole(1),
        rich_help_panel=FILTER,
        help=marked("Maximum number of articles (default 10)."),
    ),
]

Dedupe = Annotated[
    str | None,
    typer.Option(
        "--dedupe",
        **_one_of(DEDUPE),
        rich_help_panel=FILTER,
        help=marked(
            "Leave out copies of an article (drop), or mark them with copy_of in JSON rows (mark). Nothing is written before the last article is done."
        ),
    ),
]

# -- output: where results go, and in which format

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        **_one_of(FORMATS),
        rich_help_panel=OUTPUT,
        help=marked("Output format; default: text, or plain in a pipe."),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=Path,
        rich_help_panel=OUTPUT,
        help=marked("Write to a file; its extension sets the format."),
    ),
]
OutputDir = Annotated[
    str | None,
    typer.Option(
        "--output-dir",
        metavar="FOLDER",
        rich_help_panel=OUTPUT,
        help=marked("Write one file per article into a folder."),
    ),
]
Report = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FILE",
        parser=Path,
        rich_help_panel=OUTPUT,
        help=marked("Also write a web page (.html) or record (.json)."),
    ),
]
DigestData = Annotated[
    bool,
    typer.Option(
        "--digest-data",
        rich_help_panel=OUTPUT,
        help=marked("Also store what `yoyak digest` needs of each article."),
    ),
]
Force = Annotated[
    bool, typer.Option("--force", rich_help_panel=OUTPUT, help=marked("Overwrite existing files."))
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume",
        rich_help_panel=OUTPUT,
        help=marked("Continue an unfinished output."),
    ),
]
WatchOutput = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=Path,
        rich_help_panel=OUTPUT,
        help=marked("File to add results to: .jsonl, .sqlite, .csv, .md or .txt."),
    ),
]
SearchFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        **_one_of(SEARCH_FORMATS),
        rich_help_panel=OUTPUT,
        help=marked("Output format; default: text, or plain in a pipe."),
    ),
]
MadeFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=Path,
        rich_help_panel=OUTPUT,
        help=marked("File to write."),
    ),
]
Provenance = Annotated[
    str | None,
    typer.Option(
        "--provenance",
        metavar="TEXT",
        rich_help_panel=OUTPUT,
        help=marked("Note on where the articles come from, stored in the file."),
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", rich_help_panel=OUTPUT, help=marked("Print the scores as JSON."))
]

# -- run: how the work is done

Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        parser=values.whole(1),
        rich_help_panel=RUN,
        help=marked("Number of worker processes (default: one per core); results do not depend on it."),
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        parser=values.real(above=0, to=86_400),
        rich_help_panel=RUN,
        help=marked("Longest time for one article; it fails after that."),
    ),
]
FailFast = Annotated[
    bool, typer.Option("--fail-fast", rich_help_panel=RUN, help=marked("Stop at the first failure."))
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        **_one_of(ENGINES),
        rich_help_panel=RUN,
        help=marked("Run on this machine, or on a Ray cluster (needs --output-dir)."),
    ),
]
Address = Annotated[
    str | None,
    typer.Option(
        "--address",
        metavar="HOST:PORT",
        rich_help_panel=RUN,
        help=marked("Ray cluster: auto, host:port or ray://host:port (default: start one here)."),
    ),
]
Progress = Annotated[
    str,
    typer.Option(
        "--progress",
        **_one_of(PROGRESS),
        rich_help_panel=RUN,
        help=marked("Show progress: a bar, plain lines for logs, or none."),
    ),
]

# -- training and evaluation

LearnKeywords = Annotated[
    bool,
    typer.Option(
        "--keywords",
        rich_help_panel=TRAINING,
        help=marked("Train a keyword model from rows with `keywords`."),
    ),
]
Checks = Annotated[
    list[Path] | None,
    typer.Option(
        "--check",
        metavar="FILE",
        parser=Path,
        rich_help_panel=TRAINING,
        help=marked("Label file that is only scored, never trained on; can be repeated."),
    ),
]
Ablate = Annotated[
    bool,
    typer.Option(
        "--ablate", rich_help_panel=TRAINING, help=marked("Also measure what each group of features adds.")
    ),
]
Methods = Annotated[
    str,
    typer.Option(
        "--methods",
        metavar="NAME,...",
        parser=values.choices(METHODS),
        rich_help_panel=EVALUATION,
        help=marked("Methods to compare: hybrid, lead, tfidf, textrank, lexrank (default hybrid,lead)."),
    ),
]
Floors = Annotated[
    Path | None,
    typer.Option(
        "--floors",
        metavar="FILE",
        parser=Path,
        rich_help_panel=EVALUATION,
        help=marked("Exit with code 1 if a score is below its floor in this file."),
    ),
]
RaiseFloors = Annotated[
    bool,
    typer.Option(
        "--raise-floors",
        rich_help_panel=EVALUATION,
        help=marked("Write the measured scores as new floors; no floor is lowered."),
    ),
]

# -- digest: which stories are shown

StorySort = Annotated[
    str,
    typer.Option(
        "--sort",
        **_one_of(SORTS),
        rich_help_panel=DIGEST,
        help=marked("Order of stories: number of outlets, first time, or outlet (default size)."),
    ),
]
Top = Annotated[
    int | None,
    typer.Option(
        "--top",
        metavar="N",
        parser=values.whole(1),
        rich_help_panel=DIGEST,
        help=marked("Show only the first N stories."),
    ),
]
MinArticles = Annotated[
    int,
    typer.Option(
        "--min-articles",
        metavar="N",
        parser=values.whole(1),
        rich_help_panel=DIGEST,
        help=marked("Leave out stories with fewer articles; 2 leaves out single articles."),
    ),
]
StoryPress = Annotated[
    list[str] | None,
    typer.Option(
        "--press",
        metavar="NAME",
        rich_help_panel=DIGEST,
        help=marked("Only stories that this outlet reports; may be repeated."),
    ),
]
StoryMatch = Annotated[
    str | None,
    typer.Option(
        "--match",
        metavar="WORDS",
        rich_help_panel=DIGEST,
        help=marked("Only stories with all these words in titles or keywords."),
    ),
]
Topics = Annotated[
    bool,
    typer.Option(
        "--topics",
        rich_help_panel=DIGEST,
        help=marked("Show an overview instead: articles per day, rising keywords, names, outlets."),
    ),
]
StoryQuery = Annotated[
    str | None,
    typer.Option(
        "--query",
        metavar="WORDS",
        rich_help_panel=SUMMARY,
        help=marked("Only stories that mention one of these words; prefer sentences about them."),
    ),
]
DigestFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        **_one_of(DIGEST_FORMATS),
        rich_help_panel=OUTPUT,
        help=marked("Output format; default: text, or plain in a pipe."),
    ),
]

# -- general: options of every command

Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", rich_help_panel=GENERAL, help=marked("Print only errors."))
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        rich_help_panel=GENERAL,
        help=marked("Print more: skipped files, detected encodings, warnings."),
    ),
]
Debug = Annotated[
    bool, typer.Option("--debug", rich_help_panel=GENERAL, help=marked("Print tracebacks of errors."))
]
Color = Annotated[
    str,
    typer.Option(
        "--color",
        **_one_of(COLORS),
        rich_help_panel=GENERAL,
        help=marked("Use colors; auto follows NO_COLOR, FORCE_COLOR, TERM and the terminal."),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        **_one_of(LANGUAGES),
        rich_help_panel=GENERAL,
        help=marked("Language of messages (default: from LC_ALL or LANG)."),
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        parser=Path,
        rich_help_panel=GENERAL,
        help=marked("Read only this configuration file."),
    ),
]
NoConfig = Annotated[
    bool,
    typer.Option(
        "--no-config",
        rich_help_panel=GENERAL,
        help=marked("Ignore configuration files and YOYAK_ variables."),
    ),
]
Version = Annotated[
    bool,
    typer.Option(
        "--version",
        "-V",
        is_eager=True,
        callback=help_pages.print_version,
        rich_help_panel=GENERAL,
        help=marked("Print the versions of yoyak, Kiwi and its model."),
    ),
]
ShortHelp = Annotated[
    bool,
    typer.Option(
        "-h",
        is_eager=True,
        callback=help_pages.print_short,
        rich_help_panel=GENERAL,
        help=marked("Print the most used options."),
    ),
]
Help = Annotated[
    bool,
    typer.Option(
        "--help",
        is_eager=True,
        callback=help_pages.print_full,
        rich_help_panel=GENERAL,
        help=marked("Print all options."),
    ),
]

PER_RUN = frozenset(
    (
        *("paths", "include", "exclude", "files_from", "query", "address"),
        *("since", "until", "press", "match", "sort", "dedupe", "digest_data"),
        *("keywords_only", "explain", "highlight", "output", "output_dir", "report", "force", "resume"),
        *("debug", "config", "no_config", "version", "short_help", "help"),
    )
)
"""Parameters of `summarize` that belong to one run; a configuration file or variable may set the others."""

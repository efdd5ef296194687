"""The commands and their registration; `yoyak PATH` means `yoyak summarize PATH`.

The names of the commands are reserved words: a file of that name is read as `./config`, or after `--`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import typer

from yoyak.app.values import nearest
from yoyak.core.errors import OptionError
from yoyak.core.messages import marked, text


class Command(NamedTuple):
    """A command: one line about it for the list of commands, and the description on its own help page."""

    name: str
    module: str
    """Module in yoyak.app with the function of this name; it is imported only if the command is used."""
    summary: str
    description: str

    @property
    def function(self) -> Callable[..., int]:
        """Function of the command; its parameters are the options."""
        function: Callable[..., int] = getattr(import_module(f"yoyak.app.{self.module}"), self.name)
        return function


COMMANDS = (
    Command(
        "summarize",
        "summarize",
        marked("Choose key sentences and keywords; the default command."),
        marked(
            "Choose the key sentences and keywords of Korean news articles: text files, saved web pages, JSONL, folders or standard input.\n"
            "\n"
            "Examples:\n"
            "  yoyak article.txt\n"
            "  yoyak pages/ -o summaries.jsonl\n"
            "  pbpaste | yoyak -n 2 --format json\n"
        ),
    ),
    Command(
        "extract",
        "summarize",
        marked("Print only the article: title, body, removed lines."),
        marked(
            "Extract the article of a page: title, press, reporters, time and body, without menus and other page content.\n"
            "\n"
            "Examples:\n"
            "  yoyak extract page.html\n"
            "  yoyak extract page.txt --removed\n"
        ),
    ),
    Command(
        "watch",
        "watch",
        marked("Summarize files of a folder as they arrive."),
        marked(
            "Summarize the files of folders, then new and changed files as they arrive. Ctrl-C ends; the same command continues later. A changed file gets a second result.\n"
            "\n"
            "Examples:\n"
            "  yoyak watch pages/ -o news.sqlite\n"
            "  yoyak watch pages/ -o summaries.jsonl --include '*.html'\n"
        ),
    ),
    Command(
        "search",
        "search",
        marked("Search a database of summaries."),
        marked(
            "Search a database that was made with -o FILE.sqlite. Particles do not matter: 공장을 also finds 공장 and 공장이. The search finds nouns; exit code 1 means that nothing was found.\n"
            "\n"
            "Examples:\n"
            "  yoyak pages/ -o news.sqlite\n"
            "  yoyak search news.sqlite 반도체 공장을 --since 2026-03-01\n"
        ),
    ),
    Command(
        "digest",
        "digest",
        marked("Group articles into stories: what happened, from which outlets."),
        marked(
            "Group articles into stories, largest first: a headline, sentences from several articles, keywords, outlets and a timeline. Copies of an article are folded under it.\n"
            "\n"
            "Inputs are those of `yoyak PATH...`, and databases or JSONL files that an earlier run wrote with --digest-data; their articles are not analyzed again.\n"
            "\n"
            "Examples:\n"
            "  yoyak digest pages/\n"
            "  yoyak digest articles.jsonl --top 10 -o today.html\n"
            "  yoyak digest articles.csv --topics\n"
        ),
    ),
    Command(
        "evaluate",
        "evaluate",
        marked("Score ranking methods against human choices."),
        marked(
            "Score ranking methods against human choices.\n"
            "\n"
            "Each row of LABELS holds an article and at least one of: `gold_extractive` (indices of the chosen sentences, which may be ordered by importance), `acceptable` (indices of other sentences that could have been chosen), `deck` or `gold_abstractive` (a summary written by a person), and `keywords`. Rows with a `kind` are also scored by kind.\n"
            "\n"
            "Indices count from 0 and refer to `sentences`; without that field, to the sentences that yoyak finds in `text`.\n"
            "\n"
            "The table has the main measures with 95 % intervals, and the differences between the first method and the others on the same articles. `--json` prints all measures.\n"
            "\n"
            "Examples:\n"
            "  yoyak evaluate labels.jsonl --methods hybrid,lead,textrank\n"
            "  yoyak evaluate labels.jsonl --floors floors.json\n"
        ),
    ),
    Command(
        "train",
        "train",
        marked("Train a ranking model on your own choices."),
        marked(
            "Train the ranking model on your own choices and report how well it does on articles it has not seen.\n"
            "\n"
            "Each row of LABELS holds an article and `gold_extractive` (indices of the chosen sentences) or `deck` (a summary written by a person).\n"
            "\n"
            "Indices count from 0 and refer to `sentences`; without that field, to the sentences that yoyak finds in `text`.\n"
            "\n"
            "Examples:\n"
            "  yoyak train choices.jsonl -o newsroom.json\n"
            "  yoyak --model newsroom.json article.txt\n"
        ),
    ),
    Command(
        "background",
        "background",
        marked("Count words in a collection, for better keywords."),
        marked(
            "Count in how many articles each word occurs. `yoyak --background FILE` uses the counts.\n"
            "\n"
            "Examples:\n"
            "  yoyak background news-2024/ news-2025/ -o words.gz\n"
        ),
    ),
    Command(
        "config",
        "settings",
        marked("Show each setting and where it comes from."),
        marked(
            "Show each setting and where it comes from.\n"
            "\n"
            "Options on the command line come first, then YOYAK_ variables, then ./yoyak.toml, then the config.toml of the user.\n"
        ),
    ),
)
DEFAULT = "summarize"
NAMES = tuple(command.name for command in COMMANDS)
RESERVED = (*NAMES, "help", "version")


def build(names: Sequence[str]) -> Any:
    """Build the click group of the named commands, with help texts in the user's language."""
    app = typer.Typer(name="yoyak", rich_markup_mode=None, pretty_exceptions_enable=False)
    # With a callback, a group of one command is still a group.
    app.callback()(lambda: None)
    for command in COMMANDS:
        if command.name in names:
            app.command(
                command.name, help=text(command.description), context_settings={"help_option_names": []}
            )(command.function)
    return typer.main.get_command(app)


# Options of every command, which may also stand before its name, with the number of values that follow.
_COMMON = {
    "--lang": 1,
    "--color": 1,
    "--config": 1,
    "--no-config": 0,
    "--debug": 0,
    "--quiet": 0,
    "-q": 0,
    "--verbose": 0,
    "-v": 0,
}
_COMPLETION = ("--install-completion", "--show-completion")


def route(arguments: Sequence[str]) -> list[str]:
    """Put the name of the command first.

    >>> route(["a.txt", "-n", "2"])
    ['summarize', 'a.txt', '-n', '2']
    >>> route(["--lang", "en", "extract", "a.txt"])
    ['extract', '--lang', 'en', 'a.txt']
    >>> route(["--", "extract"])
    ['summarize', '--', 'extract']
    >>> route(["help", "extract"])
    ['extract', '--help']

    Raises OptionError for help on an unknown command.
    """
    at = 0
    while at < len(arguments) and (name := arguments[at].partition("=")[0]) in _COMMON:
        at += 1 if "=" in arguments[at] else 1 + _COMMON[name]
    first = arguments[at] if at < len(arguments) else None
    common, rest = list(arguments[:at]), list(arguments[at + 1 :])
    if first in NAMES:
        return [first, *common, *rest]
    if first == "help":
        return [_documented(rest), *common, "--help"]
    if first == "version":
        return [DEFAULT, *common, "--version"]
    if first in _COMPLETION:
        return list(arguments[at:])
    return [DEFAULT, *arguments]


def _documented(rest: Sequence[str]) -> str:
    """Command whose help page is asked for."""
    name = next((word for word in rest if not word.startswith("-")), DEFAULT)
    if name not in NAMES:
        raise OptionError(unknown_command(name))
    return name


def unknown_command(name: str) -> str:
    """Message for a word that is not a command, with the nearest command."""
    if near := nearest(name, RESERVED):
        return text("unknown command {name}; did you mean {near}?", name=name, near=near)
    return text("unknown command {name}; `yoyak --help` lists all commands", name=name)


def option_value(option: str, arguments: Sequence[str]) -> str | None:
    """Value of an option that is needed before the commands are built; the last one counts."""
    found = None
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option and at + 1 < len(arguments):
            found = arguments[at + 1]
        elif argument.startswith(option + "="):
            found = argument.partition("=")[2]
    return found


def completion_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Variables of a completion request with the name of the default command put in where it is meant.

    A shell asks with `COMP_WORDS` and `COMP_CWORD` (bash) or `_TYPER_COMPLETE_ARGS` (other shells). A first word
    that is still being typed stays as it is, so that command names are offered.
    """
    changed: dict[str, str] = {}
    for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS"):
        program, _, rest = environ.get(name, "").partition(" ")
        words = rest.split(" ")
        is_first_done = len(words) > 1 or words[0].startswith("-")
        if not program or not is_first_done or words[0] in (*RESERVED, *_COMPLETION):
            continue
        changed[name] = f"{program} {DEFAULT} {rest}"
        if name == "COMP_WORDS":
            changed["COMP_CWORD"] = str(int(environ.get("COMP_CWORD", "1")) + 1)
    return changed

"""Which command a line of arguments means: `yoyak PATH` is `yoyak summarize PATH`.

The names of the commands are reserved words: a file of that name is read as `./config`, or after `--`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

DEFAULT = "summarize"
NAMES = ("summarize", "extract", "evaluate", "train", "background", "config")

# Options of every command, which people also write before its name; the number is how many values follow.
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
    """Put the command's name first.

    >>> route(["a.txt", "-n", "2"])
    ['summarize', 'a.txt', '-n', '2']
    >>> route(["--lang", "en", "extract", "a.txt"])
    ['extract', '--lang', 'en', 'a.txt']
    >>> route(["--", "extract"])
    ['summarize', '--', 'extract']
    """
    at = 0
    while at < len(arguments) and (name := arguments[at].partition("=")[0]) in _COMMON:
        at += 1 if "=" in arguments[at] else 1 + _COMMON[name]
    first = arguments[at] if at < len(arguments) else None
    if first in NAMES:
        return [first, *arguments[:at], *arguments[at + 1 :]]
    if first in _COMPLETION:
        return list(arguments[at:])
    return [DEFAULT, *arguments]


def value_of(option: str, arguments: Sequence[str]) -> str | None:
    """Value of an option that must be known before the commands are built; the last one wins."""
    found = None
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == option and at + 1 < len(arguments):
            found = arguments[at + 1]
        elif argument.startswith(option + "="):
            found = argument.partition("=")[2]
    return found


def completing(environ: Mapping[str, str]) -> dict[str, str]:
    """Environment of a completion request with the default command's name put in, where one is meant.

    A shell asks with `COMP_WORDS` and `COMP_CWORD` (bash) or `_TYPER_COMPLETE_ARGS` (the others). A first
    word still being typed stays as it is, so that the commands' own names are offered.
    """
    changed: dict[str, str] = {}
    for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS"):
        program, _, rest = environ.get(name, "").partition(" ")
        words = rest.split(" ")
        typed_on = len(words) > 1 or words[0].startswith("-")
        if not program or not typed_on or words[0] in (*NAMES, *_COMPLETION):
            continue
        changed[name] = f"{program} {DEFAULT} {rest}"
        if name == "COMP_WORDS":
            changed["COMP_CWORD"] = str(int(environ.get("COMP_CWORD", "1")) + 1)
    return changed

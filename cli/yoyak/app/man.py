"""Manual page made from the definitions of the commands and options: `python -m yoyak.app.man`, which is `make man`."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import Any

from yoyak import __version__
from yoyak.app import commands
from yoyak.core import messages
from yoyak.core.messages import text

EXIT_CODES = (
    ("0", "Every input gave a result."),
    ("1", "At least one input failed; the other results were written."),
    ("2", "The command line is wrong, or there was nothing to read."),
    ("130", "Interrupted by Ctrl-C; 143 by SIGTERM. Finished results are kept."),
)


def manual() -> str:
    """Manual page in English, as troff with the man macros (man-pages(7))."""
    messages.use("en")
    group = commands.build(commands.NAMES)
    lines = [
        f'.TH YOYAK 1 "" "yoyak {__version__}" "User Commands"',
        ".SH NAME",
        r"yoyak \- key sentences and keywords of Korean news articles",
        ".SH SYNOPSIS",
        ".B yoyak",
        "[\\fICOMMAND\\fR] [\\fIPATH\\fR...] [\\fIOPTIONS\\fR]",
        ".SH COMMANDS",
    ]
    for command in commands.COMMANDS:
        lines += [".TP", f".B {command.name}", _escaped(text(command.summary))]
    for name, command in group.commands.items():
        lines += [f".SH {name.upper()}", *_description(command.help or "")]
        options = [p for p in command.params if p.param_type_name == "option"]
        for panel, members in groupby(options, key=lambda p: p.rich_help_panel):
            lines += [f".SS {_escaped(text(panel))}"]
            for option in members:
                lines += [".TP", _names(option), _escaped(text(option.help or ""))]
    lines += [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES:
        lines += [".TP", f".B {code}", _escaped(meaning)]
    return "\n".join(lines) + "\n"


def _names(option: Any) -> str:
    names = ", ".join(f"\\fB{_escaped(name)}\\fR" for name in sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} \\fI{_escaped(option.metavar)}\\fR"


def _description(description: str) -> list[str]:
    """Paragraphs; indented lines are examples and keep their line ends."""
    lines: list[str] = []
    for line in description.strip().split("\n"):
        if not line:
            lines.append(".PP")
        elif line.startswith(" "):
            lines += [".br", _escaped(line.strip())]
        else:
            lines.append(_escaped(line))
    return lines


def _escaped(value: str) -> str:
    escaped = value.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + escaped if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    sys.stdout.write(manual())

"""Usage errors in the reader's language: typer words its own in English only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from yoyak.app.values import nearest
from yoyak.core.messages import text


def worded(error: BaseException) -> str | None:
    """Say what is wrong with the command line; None for an error of another kind."""
    # By name: typer brings them along from where it likes.
    wording = _WORDED.get(type(error).__name__)
    return wording(error) if wording else None


def _option(error: Any) -> str:
    names = getattr(error.param, "opts", None) or ["?"]
    return str(names[0] if str(names[0]).startswith("-") else error.param.metavar or names[0])


def _no_such_option(error: Any) -> str:
    if near := nearest(error.option_name, error.possibilities or ()):
        return text("{option} is unknown; did you mean {near}?", option=error.option_name, near=near)
    return text("{option} is unknown; `yoyak --help` lists the options", option=error.option_name)


def _bad_usage(error: Any) -> str:
    if "does not take a value" in error.message:
        return text("{option} takes no value", option=error.option_name)
    return text("{option} needs a value", option=error.option_name)


def _extra(error: Any) -> str:
    found = _IN_BRACKETS.search(error.message)
    return text("{arguments}: one too many; see --help", arguments=found[1]) if found else error.message


# "Got unexpected extra arguments (a b)"
_IN_BRACKETS = re.compile(r"^Got unexpected extra arguments?(?:\(s\))? \((.+)\)$", re.DOTALL)
_WORDED: Mapping[str, Callable[[Any], str]] = {
    "NoSuchOption": _no_such_option,
    "BadParameter": lambda error: text("{option}: {problem}", option=_option(error), problem=error.message),
    "MissingParameter": lambda error: text("{option} is missing", option=_option(error)),
    "BadOptionUsage": _bad_usage,
    "UsageError": _extra,
}

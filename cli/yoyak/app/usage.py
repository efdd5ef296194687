"""Messages for errors in the command line; those of typer are in English only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from yoyak.app.values import nearest
from yoyak.core.messages import text
from yoyak.core.patterns import lazy_pattern

if TYPE_CHECKING:
    from yoyak.app.settings import Setting


def usage_message(error: BaseException, settings: Mapping[str, Setting]) -> str | None:
    """Message for an error that typer raised; None for other errors.

    `settings` name the file or variable of a wrong value that was not given on the command line.
    """
    # By name: where these classes are defined depends on the version of typer.
    match type(error).__name__:
        case "BadParameter":
            return _bad_value(error, settings)
        case name if name in _MESSAGES:
            return _MESSAGES[name](error)
    return None


def _bad_value(error: Any, settings: Mapping[str, Setting]) -> str:
    name = str(getattr(error.param, "name", ""))
    source = error.ctx.get_parameter_source(name) if error.ctx is not None else None
    if source is not None and source.name == "DEFAULT_MAP" and name in settings:
        return text(
            "{origin}: {name}: {problem}", origin=settings[name].origin, name=name, problem=error.message
        )
    return text("{option}: {problem}", option=_option(error), problem=error.message)


def _option(error: Any) -> str:
    names = getattr(error.param, "opts", None) or ["?"]
    return str(names[0] if str(names[0]).startswith("-") else error.param.metavar or names[0])


def _no_such_option(error: Any) -> str:
    if near := nearest(error.option_name, error.possibilities or ()):
        return text("unknown option {option}; did you mean {near}?", option=error.option_name, near=near)
    return text("unknown option {option}; `yoyak --help` lists all options", option=error.option_name)


def _bad_usage(error: Any) -> str:
    if "does not take a value" in error.message:
        return text("{option} takes no value", option=error.option_name)
    return text("{option} needs a value", option=error.option_name)


def _extra(error: Any) -> str:
    found = _IN_BRACKETS.search(error.message)
    return (
        text("unexpected argument: {arguments}; see --help", arguments=found[1]) if found else error.message
    )


# "Got unexpected extra arguments (a b)"
_IN_BRACKETS = lazy_pattern(r"^Got unexpected extra arguments?(?:\(s\))? \((.+)\)$", re.DOTALL)
_MESSAGES: Mapping[str, Callable[[Any], str]] = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": lambda error: text("{option} is required", option=_option(error)),
    "BadOptionUsage": _bad_usage,
    "UsageError": _extra,
}

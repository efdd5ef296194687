"""From a line of arguments to an exit code: language, settings, command, and every way a run can end."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import typer

from yoyak import config, console, messages
from yoyak.app import build, flags
from yoyak.app.commands import COMMANDS
from yoyak.app.route import completing, route, value_of
from yoyak.app.values import NothingGivenError, nearest, not_one_of
from yoyak.config import Setting
from yoyak.errors import MissingExtraError, OptionError, YoyakError
from yoyak.messages import text

_COMPLETE = "_YOYAK_COMPLETE"
OK, FAILED, USAGE = 0, 1, 2


def run(arguments: Sequence[str]) -> int:
    """Run yoyak on `arguments` and return its exit code. Never raises."""
    console.prepare_streams()
    debug = "--debug" in arguments
    try:
        os.environ.update(completing(os.environ))
        messages.use(_language(value_of("--lang", arguments)))
        settings = _settings(arguments)
        wanted = settings["lang"].value if "lang" in settings else None
        # A wrong one is told by the command that is built, with the place it stands in.
        if value_of("--lang", arguments) is None and wanted in messages.LANGUAGES:
            messages.use(str(wanted))
        console.choose_colour(_colour(arguments, settings))
        routed = route(arguments)
        code = _called(_build(settings, routed), routed)
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - whatever it is, it ends as one line and an exit code
        return _ended(error, debug=debug)
    except KeyboardInterrupt as stop:
        console.say(text("Interrupted."))
        return 128 + int(getattr(stop, "number", signal.SIGINT))
    return code


def _called(app: typer.Typer, arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(args=arguments, prog_name="yoyak", standalone_mode=False)
    except NothingGivenError:
        with redirect_stdout(sys.stderr):
            command.main(args=[arguments[0], "--help"], prog_name="yoyak", standalone_mode=False)
        return USAGE
    return code if isinstance(code, int) else OK


def _ended(error: Exception, *, debug: bool) -> int:
    """Say what stopped the run, in one line, and return the exit code for it."""
    if isinstance(error, BrokenPipeError):
        console.abandon_stdout()
        return OK
    if debug:
        console.traceback(error)
    if isinstance(error, YoyakError):
        console.error(str(error))
        return USAGE if isinstance(error, OptionError | MissingExtraError) else FAILED
    if type(error).__name__ in _USAGE:
        console.error(_USAGE[type(error).__name__](error))
        return USAGE
    if isinstance(error, OSError) and error.filename is not None:
        console.error(
            text("{source}: cannot be read: {reason}", source=error.filename, reason=messages.refusal(error))
        )
        return FAILED
    if isinstance(error, MemoryError):
        console.error(text("out of memory; try fewer --jobs"))
        return FAILED
    console.error(
        text("internal error: {error}; run again with --debug to see where", error=repr(error)[:300])
    )
    return FAILED


# -- usage errors: typer's own are worded in English only -----------------------------------------------------


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
_USAGE: Mapping[str, Callable[[Any], str]] = {
    "NoSuchOption": _no_such_option,
    "BadParameter": lambda error: text("{option}: {problem}", option=_option(error), problem=error.message),
    "MissingParameter": lambda error: text("{option} is missing", option=_option(error)),
    "BadOptionUsage": _bad_usage,
    "UsageError": _extra,
}


# -- settings ---------------------------------------------------------------------------------------------


def _language(name: str | None) -> str | None:
    if name is None:
        return None
    if name not in messages.LANGUAGES:
        raise OptionError(f"--lang: {not_one_of(name, messages.LANGUAGES)}")
    return name


def _colour(arguments: Sequence[str], settings: Mapping[str, Setting]) -> str:
    """Choice for messages printed before a command runs; a wrong one is told when it does."""
    choice = value_of("--color", arguments) or str(settings["color"].value if "color" in settings else "auto")
    return choice if choice in flags.COLORS else "auto"


def _settings(arguments: Sequence[str]) -> dict[str, Setting]:
    only = value_of("--config", arguments)
    return settings_in_force(only=Path(only) if only else None, none="--no-config" in arguments)


def settings_in_force(*, only: Path | None, none: bool) -> dict[str, Setting]:
    """Return settings from files and variables. Raises OptionError."""
    return {} if none else config.load(known, environ=os.environ, folder=Path(), only=only)


def known() -> dict[str, type]:
    """Return the names a setting may have, with their types, in the order of the help page."""
    found: dict[str, type] = {}
    for command in COMMANDS:
        for group in build.groups_of(command.function).values():
            hints = get_type_hints(group)
            for field in fields(group):
                if field.name not in flags.PER_RUN:
                    found.setdefault(field.name, _plain(hints[field.name]))
    return found


def _plain(hint: Any) -> type:
    """`int | None` is int."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return hint if isinstance(hint, type) else str


def _build(settings: Mapping[str, Setting], routed: Sequence[str]) -> typer.Typer:
    """Build the command that is meant, or all of them where a shell asks what there is."""
    app = typer.Typer(name="yoyak", rich_markup_mode=None, pretty_exceptions_enable=False)
    # With a callback, one command alone is still called by its name.
    app.callback()(lambda: None)
    whole = _COMPLETE in os.environ or not any(command.name == routed[0] for command in COMMANDS)
    for command in COMMANDS:
        if not whole and command.name != routed[0]:
            continue
        build.add(app, command.name, command.function, about=command.about(), settings=settings)
    return app

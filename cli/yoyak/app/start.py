"""From a line of arguments to an exit code: language, settings, command, and every way a run can end."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path

import typer

from yoyak.app import build, codes, console, flags, settings, usage
from yoyak.app.commands import COMMANDS
from yoyak.app.config_files import Setting
from yoyak.app.route import completing, route, value_of
from yoyak.app.values import NothingGivenError, not_one_of
from yoyak.core import messages
from yoyak.core.errors import MissingExtraError, OptionError, YoyakError
from yoyak.core.messages import text

_COMPLETE = "_YOYAK_COMPLETE"


def run(arguments: Sequence[str]) -> int:
    """Run yoyak on `arguments` and return its exit code. Never raises."""
    console.prepare_streams()
    try:
        os.environ.update(completing(os.environ))
        messages.use(_language(value_of("--lang", arguments)))
        only = value_of("--config", arguments)
        found = settings.in_force(only=Path(only) if only else None, none="--no-config" in arguments)
        wanted = found["lang"].value if "lang" in found else None
        # A wrong one is told by the command that is built, with the place it stands in.
        if value_of("--lang", arguments) is None and wanted in messages.LANGUAGES:
            messages.use(str(wanted))
        console.choose_colour(_colour(arguments, found))
        routed = route(arguments)
        code = _called(_build(found, routed), routed)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as stop:  # noqa: BLE001 - whatever it is, it ends as one line and an exit code
        return _ended(stop, debug="--debug" in arguments)
    return code


def _language(name: str | None) -> str | None:
    if name is None:
        return None
    if name not in messages.LANGUAGES:
        raise OptionError(f"--lang: {not_one_of(name, messages.LANGUAGES)}")
    return name


def _colour(arguments: Sequence[str], found: Mapping[str, Setting]) -> str:
    """Choice for messages printed before a command runs; a wrong one is told when it does."""
    choice = value_of("--color", arguments) or str(found["color"].value if "color" in found else "auto")
    return choice if choice in flags.COLORS else "auto"


def _build(found: Mapping[str, Setting], routed: Sequence[str]) -> typer.Typer:
    """Build the command that is meant, or all of them where a shell asks what there is."""
    app = typer.Typer(name="yoyak", rich_markup_mode=None, pretty_exceptions_enable=False)
    # With a callback, one command alone is still called by its name.
    app.callback()(lambda: None)
    whole = _COMPLETE in os.environ or not any(command.name == routed[0] for command in COMMANDS)
    for command in COMMANDS:
        if whole or command.name == routed[0]:
            build.add(app, command.name, command.function, about=command.about(), settings=found)
    return app


def _called(app: typer.Typer, arguments: list[str]) -> int:
    command = typer.main.get_command(app)
    try:
        code = command.main(args=arguments, prog_name="yoyak", standalone_mode=False)
    except NothingGivenError:
        with redirect_stdout(sys.stderr):
            command.main(args=[arguments[0], "--help"], prog_name="yoyak", standalone_mode=False)
        return codes.USAGE
    if isinstance(code, BaseException):
        raise code
    return code if isinstance(code, int) else codes.OK


def _ended(stop: BaseException, *, debug: bool) -> int:
    """Say what stopped the run, in one line, and return the exit code for it."""
    if isinstance(stop, BrokenPipeError):
        console.abandon_stdout()
        return codes.OK
    if isinstance(stop, KeyboardInterrupt):
        console.say(text("Interrupted."))
        return codes.interrupted(stop)
    if debug:
        console.traceback(stop)
    code, message = _told(stop)
    console.error(message)
    return code


def _told(error: BaseException) -> tuple[int, str]:
    """Exit code of an error, and the line that says what it is."""
    if isinstance(error, YoyakError):
        misused = isinstance(error, OptionError | MissingExtraError)
        return codes.USAGE if misused else codes.FAILED, str(error)
    if message := usage.worded(error):
        return codes.USAGE, message
    if isinstance(error, OSError) and error.filename is not None:
        reason = messages.describe_os_error(error)
        return codes.FAILED, text("{source}: cannot be read: {reason}", source=error.filename, reason=reason)
    if isinstance(error, MemoryError):
        return codes.FAILED, text("out of memory; try fewer --jobs")
    return codes.FAILED, text(
        "internal error: {error}; run again with --debug to see where", error=repr(error)[:300]
    )

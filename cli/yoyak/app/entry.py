"""From command-line arguments to an exit code: language, settings, command, errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import typer

from yoyak.app import commands, options, settings, terminal, usage
from yoyak.app.exit_codes import ExitCode, interrupted
from yoyak.app.settings import Setting
from yoyak.app.values import NoInputError, not_one_of
from yoyak.core import messages
from yoyak.core.errors import MissingExtraError, OptionError, YoyakError
from yoyak.core.messages import text

_COMPLETE = "_YOYAK_COMPLETE"


def run(arguments: Sequence[str]) -> int:
    """Run yoyak with these arguments and return its exit code. Never raises."""
    terminal.prepare_streams()
    found: Mapping[str, Setting] = {}
    try:
        os.environ.update(commands.completion_environment(os.environ))
        messages.use(_language(commands.option_value("--lang", arguments)))
        only = commands.option_value("--config", arguments)
        found = settings.load_settings(only=Path(only) if only else None, none="--no-config" in arguments)
        language = found["lang"].value if "lang" in found else None
        # An invalid language is reported when the command parses its options.
        if commands.option_value("--lang", arguments) is None and language in messages.LANGUAGES:
            messages.use(str(language))
        terminal.set_color(_color(arguments, found))
        code = _call(commands.route(arguments), found)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as stop:  # noqa: BLE001 - every error ends as one line and an exit code
        return _report(stop, found, debug="--debug" in arguments)
    return code


def _language(name: str | None) -> str | None:
    if name is not None and name not in messages.LANGUAGES:
        raise OptionError(f"--lang: {not_one_of(name, messages.LANGUAGES)}")
    return name


def _color(arguments: Sequence[str], found: Mapping[str, Setting]) -> str:
    """Color choice for messages before the command runs; the command reports an invalid one."""
    default = found["color"].value if "color" in found else "auto"
    choice = commands.option_value("--color", arguments) or str(default)
    return choice if choice in options.COLORS else "auto"


def _call(arguments: list[str], found: Mapping[str, Setting]) -> int:
    """Run a command. Raises whatever it raises, and the usage errors of typer."""
    name = arguments[0]
    if _COMPLETE in os.environ or name not in commands.NAMES:
        code = commands.build(commands.NAMES).main(args=arguments, prog_name="yoyak", standalone_mode=False)
        return code if isinstance(code, int) else ExitCode.OK
    command = commands.build([name])
    defaults = {name: {key: setting.value for key, setting in found.items()}}
    try:
        return _invoke(command, arguments, defaults)
    except NoInputError:
        with redirect_stdout(sys.stderr):
            _invoke(command, [name, "-h"], {})
        return ExitCode.USAGE


def _invoke(command: Any, arguments: list[str], defaults: dict[str, Any]) -> int:
    """Run a command without typer's own handling of errors, which turns a closed pipe into exit code 1."""
    try:
        with command.make_context("yoyak", list(arguments), default_map=defaults) as context:
            code = command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    return code if isinstance(code, int) else ExitCode.OK


def _report(stop: BaseException, found: Mapping[str, Setting], *, debug: bool) -> int:
    """Print what ended the run in one line and return the exit code for it."""
    if isinstance(stop, BrokenPipeError):
        terminal.abandon_stdout()
        return ExitCode.OK
    if isinstance(stop, KeyboardInterrupt):
        terminal.abandon_stdout()
        terminal.say(text("Interrupted."))
        return interrupted(stop)
    if debug:
        terminal.traceback(stop)
    code, message = _explain(stop, found)
    terminal.error(message)
    return code


def _explain(error: BaseException, found: Mapping[str, Setting]) -> tuple[int, str]:
    """Exit code and message of an error."""
    if isinstance(error, YoyakError):
        is_usage = isinstance(error, OptionError | MissingExtraError)
        return ExitCode.USAGE if is_usage else ExitCode.FAILED, str(error)
    if message := usage.usage_message(error, found):
        return ExitCode.USAGE, message
    if isinstance(error, OSError) and error.filename is not None:
        reason = messages.describe_os_error(error)
        return ExitCode.FAILED, text(
            "{source}: cannot be read: {reason}", source=error.filename, reason=reason
        )
    if isinstance(error, MemoryError):
        return ExitCode.FAILED, text("out of memory; use fewer --jobs")
    return ExitCode.FAILED, text(
        "internal error: {error}; run again with --debug for details", error=repr(error)[:300]
    )

"""From groups of flags to typer commands: each field of a group becomes one option."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

import typer

from yoyak.app.config_files import Setting
from yoyak.core.errors import OptionError
from yoyak.core.messages import text

Command = Callable[..., int]


def add(
    app: typer.Typer, name: str, function: Command, *, about: str, settings: Mapping[str, Setting]
) -> None:
    """Make `function` a command: its flag groups are spread out, and `settings` replace defaults."""
    app.command(name, help=about, context_settings={"help_option_names": []})(_spread(function, settings))


def _groups_of(function: Command) -> dict[str, type]:
    """Return the flag groups a command takes, by parameter name."""
    hints = get_type_hints(function)
    return {name: hint for name, hint in hints.items() if is_dataclass(hint) and isinstance(hint, type)}


def _spread(function: Command, settings: Mapping[str, Setting]) -> Callable[..., int | BaseException]:
    groups = _groups_of(function)
    hints = get_type_hints(function, include_extras=True)
    parameters = [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in groups
    ]
    for group in groups.values():
        hinted = get_type_hints(group, include_extras=True)
        parameters += [_parameter(field, hinted[field.name], settings) for field in fields(group)]

    def call(**given: Any) -> int | BaseException:
        made = {
            name: group(**{field.name: given.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        # Past typer as values: it would turn a closed pipe into exit code 1 and Ctrl-C into silence.
        try:
            return function(**given, **made)
        except (BrokenPipeError, KeyboardInterrupt) as stop:
            return stop

    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return call


def _parameter(field: Any, annotation: Any, settings: Mapping[str, Setting]) -> inspect.Parameter:
    default = list(field.default) if field.default == () else field.default
    if (setting := settings.get(field.name)) is not None:
        default = _checked(field.name, setting, annotation.__metadata__[0].parser)
    return inspect.Parameter(
        field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


def _checked(name: str, setting: Setting, parser: Callable[[object], object] | None) -> object:
    try:
        return parser(setting.value) if parser else setting.value
    except typer.BadParameter as error:
        raise OptionError(
            text("{origin}: {name}: {problem}", origin=setting.origin, name=name, problem=error.message)
        ) from None

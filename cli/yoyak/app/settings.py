"""Settings from files and the environment, and `yoyak config`, which prints them.

Precedence: option > environment > project file > user file. The project file is `yoyak.toml` in the working folder,
the user file `yoyak/config.toml` in the configuration folder (`$XDG_CONFIG_HOME`, `%APPDATA%`, else `~/.config`).
A key is the long name of an option.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import typer

from yoyak.app import options as o
from yoyak.app.arguments import (
    CommonArgs,
    InputArgs,
    ModelArgs,
    RunArgs,
    SummaryArgs,
    collect,
    pipeline_options,
)
from yoyak.app.exit_codes import ExitCode
from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, language, text
from yoyak.outputs import render

PREFIX = "YOYAK_"
PROJECT_FILE = "yoyak.toml"

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


class Setting(NamedTuple):
    """A value and the file or variable it comes from."""

    value: object
    origin: str


def load_settings(*, only: Path | None, none: bool) -> Mapping[str, Setting]:
    """Load the settings of files and variables; `only` is the one file to read. Raises OptionError."""
    return {} if none else load(known_settings, environ=os.environ, folder=Path(), only=only)


def known_settings() -> dict[str, type]:
    """Names of the settings with their types, in the order of the help page."""
    from yoyak.app.summarize import summarize

    hints = get_type_hints(summarize)
    return {
        name: _plain_type(hint)
        for name, hint in hints.items()
        if name not in o.PER_RUN and name not in ("ctx", "return")
    }


def _plain_type(hint: Any) -> type:
    """`int` of `int | None`."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return hint if isinstance(hint, type) else str


def load(
    known: Callable[[], Mapping[str, type]],
    *,
    environ: Mapping[str, str],
    folder: Path,
    only: Path | None = None,
) -> dict[str, Setting]:
    """Load the settings, by option name.

    `known` gives the type of each setting (bool, int, float, str or Path); it is called only if there is something to
    check. `only` is the one file to read instead of the project's and the user's. Raises OptionError for an unknown
    setting or a value of the wrong type.
    """
    places = (only,) if only else (user_file(environ), folder / PROJECT_FILE)
    paths = [path for path in places if path is not None and (only or path.is_file())]
    settings: dict[str, Setting] = {}
    for path in paths:
        settings.update(_from_file(path, known()))
    if any(name.startswith(PREFIX) for name in environ):
        settings.update(_from_environment(environ, known()))
    return settings


def user_file(environ: Mapping[str, str]) -> Path | None:
    """Path of the user's configuration file, whether it exists or not; None if the user has no home folder."""
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        if base := environ.get(name):
            return Path(base) / "yoyak" / "config.toml"
    try:
        return Path.home() / ".config" / "yoyak" / "config.toml"
    except RuntimeError:
        return None


def _from_file(path: Path, known: Mapping[str, type]) -> dict[str, Setting]:
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=describe_os_error(error))
        ) from error
    except UnicodeDecodeError:
        raise OptionError(text("{path}: not UTF-8; TOML files must be UTF-8", path=path)) from None
    except tomllib.TOMLDecodeError as error:
        raise OptionError(text("{path}: not valid TOML: {reason}", path=path, reason=error)) from None
    return dict(_checked(table, path, known))


def _checked(
    table: Mapping[str, Any], path: Path, known: Mapping[str, type]
) -> Iterator[tuple[str, Setting]]:
    for key, value in table.items():
        name = key.replace("-", "_")
        kind = known.get(name)
        if kind is None:
            raise OptionError(_unknown(str(path), key, known))
        if not _fits(value, kind):
            raise OptionError(_wrong_type(str(path), key, value, kind))
        yield name, Setting(path.parent / value if kind is Path else value, str(path))


_TYPE_NAMES = {
    bool: lambda: text("true or false"),
    int: lambda: text("a whole number"),
    float: lambda: text("a number"),
    str: lambda: text("a string in quotes"),
    Path: lambda: text("a path in quotes"),
}


def _wrong_type(origin: str, key: str, value: object, kind: type) -> str:
    return text(
        "{path}: {key} = {value}: must be {kind}",
        path=origin,
        key=key,
        value=repr(value),
        kind=_TYPE_NAMES[kind](),
    )


def _fits(value: object, kind: type) -> bool:
    if kind is bool:
        return isinstance(value, bool)
    if kind is float:
        return isinstance(value, int | float | str) and not isinstance(value, bool)
    if kind is int:
        # A size may be written "50MB"; the parser of the option checks the text.
        return isinstance(value, int | str) and not isinstance(value, bool)
    return isinstance(value, str)


def _unknown(origin: str, key: str, known: Mapping[str, type]) -> str:
    if near := get_close_matches(key.replace("-", "_"), known, n=1):
        return text(
            "{origin}: unknown setting {key}; did you mean {near}?",
            origin=origin,
            key=key,
            near=near[0].replace("_", "-"),
        )
    return text("{origin}: unknown setting {key}; `yoyak config` lists all settings", origin=origin, key=key)


def _from_environment(environ: Mapping[str, str], known: Mapping[str, type]) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for name, kind in known.items():
        variable = PREFIX + name.upper()
        if (written := environ.get(variable)) is None:
            continue
        value: object = written
        if kind is bool:
            if written.lower() not in _TRUE | _FALSE:
                raise OptionError(_wrong_type(text("environment"), variable, written, bool))
            value = written.lower() in _TRUE
        elif kind is Path:
            value = Path(written)
        elif not written:
            continue
        elif kind is int and written.isdecimal():
            value = int(written)
        found[name] = Setting(value, variable)
    _reject_misspelled(environ, known)
    return found


def _reject_misspelled(environ: Mapping[str, str], known: Mapping[str, type]) -> None:
    """Raise OptionError for a variable that is nearly a setting; other variables may use the prefix too."""
    for variable in environ:
        name = variable.removeprefix(PREFIX).lower()
        if variable.startswith(PREFIX) and name not in known:
            for near in get_close_matches(name, known, n=1, cutoff=0.8):
                raise OptionError(
                    text(
                        "{origin}: unknown setting {key}; did you mean {near}?",
                        origin=text("environment"),
                        key=variable,
                        near=PREFIX + near.upper(),
                    )
                )


def config(
    ctx: typer.Context,
    *,
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    debug: o.Debug = False,
    color: o.Color = "auto",
    lang: o.Lang = None,
    config: o.Config = None,
    no_config: o.NoConfig = False,
    version: o.Version = False,
    short_help: o.ShortHelp = False,
    help: o.Help = False,
) -> int:
    """Print every setting as a TOML file, with the origin of each as a comment."""
    common = collect(CommonArgs, ctx.params)
    found = load_settings(only=common.config, none=common.no_config)
    for line in _places(common):
        sys.stdout.write(f"# {line}\n")
    defaults = _defaults()
    for name in known_settings():
        sys.stdout.write(_line(name, found.get(name), defaults.get(name)) + "\n")
    return ExitCode.OK


def _places(common: CommonArgs) -> list[str]:
    if common.no_config:
        return [text("configuration files and variables are ignored (--no-config)")]
    places = [common.config] if common.config else [Path(PROJECT_FILE), user_file(os.environ)]
    return [
        render.printable(str(place)) + ("" if place.is_file() else " " + text("(does not exist)"))
        for place in places
        if place is not None
    ]


def _line(name: str, setting: Setting | None, default: object) -> str:
    key = name.replace("_", "-")
    if setting is not None:
        return f"{key} = {_toml(setting.value)}  # {render.printable(setting.origin)}"
    if default is None:
        return f"# {key} =  # {text('not set')}"
    return f"{key} = {_toml(default)}  # {text('default')}"


def _toml(value: object) -> str:
    """Write a scalar, which JSON and TOML write alike, with control characters escaped."""
    return render.escaped(json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False))


def _defaults() -> dict[str, object]:
    """Values that apply if nothing is set."""
    chosen = pipeline_options(InputArgs(), SummaryArgs(), ModelArgs())
    values: dict[str, object] = {
        "sentences": chosen.rank.length.sentences,
        "keywords": chosen.keywords.limit,
        "method": chosen.rank.method,
        "max_bytes": chosen.read.max_bytes,
        "progress": RunArgs().progress,
        "color": CommonArgs().color,
        "engine": RunArgs().engine,
        "lang": language(),
    }
    return values | dict.fromkeys(("hidden", "fail_fast", "quiet", "verbose"), False)

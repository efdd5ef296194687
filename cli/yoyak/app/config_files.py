"""Settings from files and the environment: flag > environment > project file > user file.

The project file is `yoyak.toml` in the working folder, the user file `yoyak/config.toml` in the folder for
configurations (`$XDG_CONFIG_HOME`, `%APPDATA%`, else `~/.config`). A key is an option's long name.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, text

PREFIX = "YOYAK_"
PROJECT = "yoyak.toml"

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


class Setting(NamedTuple):
    """A value and the file or variable it comes from."""

    value: object
    origin: str


def load(
    known: Callable[[], Mapping[str, type]],
    *,
    environ: Mapping[str, str],
    folder: Path,
    only: Path | None = None,
) -> dict[str, Setting]:
    """Return the settings in force, by option name.

    `known` gives each name that may be set with its type: bool, int, float, str or Path; it is asked only if there is
    something to set. `only` names the one file to read instead of the project's and the user's. Raises OptionError for
    what cannot be understood.
    """
    places = (only,) if only else (user_file(environ), folder / PROJECT)
    paths = [path for path in places if path is not None and (only or path.is_file())]
    settings: dict[str, Setting] = {}
    for path in paths:
        settings.update(_from_file(path, known()))
    if any(name.startswith(PREFIX) for name in environ):
        settings.update(_from_environment(environ, known()))
    return settings


def user_file(environ: Mapping[str, str]) -> Path | None:
    """Return the place of the user's configuration file, there or not; None where the user has no home."""
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
        raise OptionError(text("{path}: is not UTF-8; TOML files must be", path=path)) from None
    except tomllib.TOMLDecodeError as error:
        raise OptionError(text("{path}: is not TOML: {reason}", path=path, reason=error)) from None
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
            raise OptionError(
                text(
                    "{path}: {key} = {value}: should be {kind}",
                    path=path,
                    key=key,
                    value=repr(value),
                    kind=_KINDS[kind](),
                )
            )
        yield name, Setting(path.parent / value if kind is Path else value, str(path))


_KINDS = {
    bool: lambda: text("true or false"),
    int: lambda: text("a whole number"),
    float: lambda: text("a number"),
    str: lambda: text("a text in quotes"),
    Path: lambda: text("a path in quotes"),
}


def _fits(value: object, kind: type) -> bool:
    if kind is bool:
        return isinstance(value, bool)
    if kind is float:
        return isinstance(value, int | float | str) and not isinstance(value, bool)
    if kind is int:
        # A size may be written "50MB"; its reader checks the text.
        return isinstance(value, int | str) and not isinstance(value, bool)
    return isinstance(value, str)


def _unknown(origin: str, key: str, known: Mapping[str, type]) -> str:
    near = get_close_matches(key.replace("-", "_"), known, n=1)
    if near:
        return text(
            "{origin}: {key} is no setting; did you mean {near}?",
            origin=origin,
            key=key,
            near=near[0].replace("_", "-"),
        )
    return text("{origin}: {key} is no setting; `yoyak config` lists them all", origin=origin, key=key)


def _from_environment(environ: Mapping[str, str], known: Mapping[str, type]) -> dict[str, Setting]:
    found: dict[str, Setting] = {}
    for name, kind in known.items():
        variable = PREFIX + name.upper()
        if (written := environ.get(variable)) is None:
            continue
        value: object = written
        if kind is bool:
            if written.lower() not in _TRUE | _FALSE:
                raise OptionError(
                    text(
                        "{path}: {key} = {value}: should be {kind}",
                        path=text("environment"),
                        key=variable,
                        value=repr(written),
                        kind=_KINDS[bool](),
                    )
                )
            value = written.lower() in _TRUE
        elif kind is Path:
            value = Path(written)
        elif not written:
            continue
        elif kind is int and written.isdecimal():
            value = int(written)
        found[name] = Setting(value, os.fspath(variable))
    _refuse_slips(environ, known)
    return found


def _refuse_slips(environ: Mapping[str, str], known: Mapping[str, type]) -> None:
    """Raise OptionError for a variable that is nearly a setting's: others may use the prefix, a slip may not pass."""
    for variable in environ:
        name = variable.removeprefix(PREFIX).lower()
        if variable.startswith(PREFIX) and name not in known:
            for near in get_close_matches(name, known, n=1, cutoff=0.8):
                raise OptionError(
                    text(
                        "{origin}: {key} is no setting; did you mean {near}?",
                        origin=text("environment"),
                        key=variable,
                        near=PREFIX + near.upper(),
                    )
                )

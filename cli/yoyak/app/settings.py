"""Settings: which options may be set for good, and which are."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from yoyak.app import config_files, flags
from yoyak.app.config_files import Setting


def in_force(*, only: Path | None, none: bool) -> Mapping[str, Setting]:
    """Return settings from files and variables; `only` names the one file to read. Raises OptionError."""
    return {} if none else config_files.load(known, environ=os.environ, folder=Path(), only=only)


def known() -> dict[str, type]:
    """Return the names a setting may have, with their types, in the order of the help page."""
    found: dict[str, type] = {}
    for group in flags.LASTING:
        hints = get_type_hints(group)
        found |= {
            field.name: _plain(hints[field.name])
            for field in fields(group)
            if field.name not in flags.PER_RUN
        }
    return found


def _plain(hint: Any) -> type:
    """`int | None` is int."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    return hint if isinstance(hint, type) else str

"""`yoyak config`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from yoyak.app import codes, settings
from yoyak.app.config_files import PROJECT, user_file
from yoyak.app.flags import (
    ClusterFlags,
    CommonFlags,
    DictionaryFlags,
    InputFlags,
    ModelFlags,
    ProgressFlags,
    SummaryFlags,
)
from yoyak.core.messages import language, text
from yoyak.outputs import render

if TYPE_CHECKING:
    from yoyak.app.config_files import Setting


def config(*, common: CommonFlags) -> int:
    """Print every setting as TOML that can be kept, with where each comes from as a comment."""
    found = settings.in_force(only=common.config, none=common.no_config)
    for line in _places(common):
        sys.stdout.write(f"# {line}\n")
    for name in settings.known():
        sys.stdout.write(_line(name, found.get(name)) + "\n")
    return codes.OK


def _places(common: CommonFlags) -> list[str]:
    if common.no_config:
        return [text("no files and no variables are read (--no-config)")]
    places = [common.config] if common.config else [Path(PROJECT), user_file(os.environ)]
    return [
        render.printable(str(place)) + ("" if place.is_file() else " " + text("(is not there)"))
        for place in places
        if place is not None
    ]


def _line(name: str, setting: Setting | None) -> str:
    key = name.replace("_", "-")
    if setting is not None:
        return f"{key} = {_toml(setting.value)}  # {render.printable(setting.origin)}"
    default = _defaults().get(name)
    if default is None:
        return f"# {key} =  # {text('not set')}"
    return f"{key} = {_toml(default)}  # {text('default')}"


def _toml(value: object) -> str:
    """Scalars are written alike in JSON and TOML, characters that a terminal obeys by their numbers in both."""
    return render.escaped(json.dumps(str(value) if isinstance(value, Path) else value, ensure_ascii=False))


def _defaults() -> dict[str, object]:
    """Return what holds where nothing is set, as the options records have it."""
    from yoyak.app.options import options

    chosen = options(InputFlags(), SummaryFlags(), DictionaryFlags(), ModelFlags(), CommonFlags())
    values: dict[str, object] = {
        "sentences": chosen.rank.length.sentences,
        "keywords": chosen.keywords.limit,
        "method": chosen.rank.method,
        "max_bytes": chosen.read.max_bytes,
        "progress": ProgressFlags().progress,
        "color": CommonFlags().color,
        "engine": ClusterFlags().engine,
        "lang": language(),
    }
    return values | dict.fromkeys(("hidden", "fail_fast", "quiet", "verbose"), False)

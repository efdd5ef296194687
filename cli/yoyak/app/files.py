"""Checks of named files before the work begins, so that a wrong name is reported at once."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.outputs.files import refuse_existing, refuse_missing_folder, unwritable


def require_writable(path: Path, *, force: bool) -> None:
    """Raise OutputError if the file exists (and not `force`) or cannot be created."""
    refuse_existing(path, force=force)
    refuse_missing_folder(path)
    if not os.access(path.parent, os.W_OK):
        raise unwritable(path, PermissionError(errno.EACCES, ""))


def required_output(path: Path | None, *, force: bool) -> Path:
    """Output file of a command that must have one. Raises OptionError if it is missing, OutputError if it cannot be written."""
    if path is None:
        raise OptionError(text("{option} is required", option="-o FILE"))
    require_writable(path, force=force)
    return path


def require_files(paths: Iterable[Path]) -> None:
    """Raise OptionError for the first of `paths` that is not a file."""
    for path in paths:
        if not path.exists():
            raise OptionError(text("{path} does not exist", path=path))
        if path.is_dir():
            raise OptionError(
                text("{path}: cannot be read: {reason}", path=path, reason=text("it is a folder"))
            )

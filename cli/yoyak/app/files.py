"""Files that are named on the command line, looked at before the work: a slip of the pen is told at once."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.outputs.files import refuse_existing, refuse_missing_folder, unwritable

if TYPE_CHECKING:
    from yoyak.app.flags import MakeFlags


def refuse_target(path: Path, *, force: bool) -> None:
    """Raise OutputError for a file that could not be made."""
    refuse_existing(path, force=force)
    refuse_missing_folder(path)
    if not os.access(path.parent, os.W_OK):
        raise unwritable(path, PermissionError(errno.EACCES, ""))


def target(making: MakeFlags) -> Path:
    """Return the file a command is to make. Raises OptionError where none is named, OutputError where it could not be made."""
    if making.output is None:
        raise OptionError(text("{option} is missing", option="-o FILE"))
    refuse_target(making.output, force=making.force)
    return making.output


def there(paths: Iterable[Path]) -> None:
    """Raise OptionError for the first of `paths` that is no file."""
    for path in paths:
        if not path.exists():
            raise OptionError(text("{path} is not there", path=path))
        if path.is_dir():
            raise OptionError(
                text("{path}: cannot be read: {reason}", path=path, reason=text("it is a folder"))
            )

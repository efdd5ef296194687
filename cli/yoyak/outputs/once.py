"""What the files have in common that must be written in one go."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from yoyak.core.errors import YoyakError
from yoyak.core.messages import text
from yoyak.outputs.files import discard, open_raw, paths_of, promote, sync


class AllAtOnce:
    """A file that cannot be resumed; one that is left unfinished is ended all the same, so that it can be read.

    Its heirs write, count what they wrote, and say how the file ends.
    """

    keys: Sequence[int] = ()
    failed = 0

    def __init__(self, target: Path, *, force: bool) -> None:
        self._target, self._path = paths_of(target, force=force)
        self._force = force
        self._raw = open_raw(self._path, fresh=True)
        self._count = 0

    def _end(self) -> None:
        """Write what stands last. Raises OutputError."""
        raise NotImplementedError

    def commit(self) -> None:
        """End the file and give it its name."""
        self._end()
        sync(self._raw, self._path)
        self._raw.close()
        promote(self._path, self._target, force=self._force)

    def suspend(self) -> None:
        """End the file under its unfinished name; leave nothing where nothing was done."""
        if self._raw.closed:
            return
        with contextlib.suppress(YoyakError, OSError):
            self._end()
        with contextlib.suppress(OSError):
            self._raw.close()
        if not self._count:
            discard(self._path)

    def resume_hint(self) -> str:
        """Say where what is done is."""
        return text("{count:result is|results are} in {path}", count=self._count, path=self._path)

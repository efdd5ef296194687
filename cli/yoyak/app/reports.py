"""Files of `--report`: the web page of all articles, and the JSON record of the run."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from yoyak import __version__
from yoyak.app.files import require_writable
from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.outputs.files import unwritable, write_whole

if TYPE_CHECKING:
    from yoyak.outputs.html_report import Entry, Section

_END = "\0"
PAGE_ENDINGS = (".html", ".htm")


class Reports:
    """Collects the content of the reports during a run and writes them at its end.

    Sections wait in a temporary file, because the table of contents comes before them.
    """

    def __init__(self, paths: Iterable[Path], *, force: bool, resume: bool = False) -> None:
        self._pages: list[Path] = []
        self._records: list[Path] = []
        self._replaced: set[Path] = set()
        for path in paths:
            self._kind(path).append(path)
            if resume and self._pages:
                raise OptionError(
                    text(
                        "--report page.html cannot be combined with --resume: finished articles are not read again"
                    )
                )
            if force or (resume and _is_record(path)):
                self._replaced.add(path)
            require_writable(path, force=path in self._replaced)
        self._contents: list[Entry] = []
        self._waiting: IO[str] | None = None

    def _kind(self, path: Path) -> list[Path]:
        if is_page(path):
            return self._pages
        if path.suffix.lower() == ".json":
            return self._records
        raise OptionError(
            text("{path}: a report is a web page (.html) or a record of the run (.json)", path=path)
        )

    @property
    def paths(self) -> list[Path]:
        """All reports."""
        return [*self._pages, *self._records]

    @property
    def wants_sections(self) -> bool:
        """Whether a web page is to be written."""
        return bool(self._pages)

    def add(self, section: Section) -> None:
        """Store the section of the next article. Raises OutputError if the disk is full."""
        try:
            if self._waiting is None:
                self._waiting = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed by write
            self._waiting.write(section.html.replace(_END, "") + _END)
        except OSError as error:
            raise unwritable(Path(tempfile.gettempdir()), error) from error
        self._contents.append(section.entry)

    def write(self, record: Mapping[str, Any]) -> None:
        """Write all reports. Raises OutputError."""
        for path in self._pages:
            from yoyak.outputs import html_report

            is_complete = not record["interrupted"] and record["error"] is None
            page = html_report.page(
                self._sections(), contents=self._contents, version=__version__, complete=is_complete
            )
            write_whole(path, (_encoded(piece) for piece in page), force=path in self._replaced)
        for path in self._records:
            written = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
            write_whole(path, [_encoded(written)], force=path in self._replaced)
        if self._waiting is not None:
            self._waiting.close()

    def _sections(self) -> Iterator[str]:
        if self._waiting is None:
            return
        self._waiting.seek(0)
        held = ""
        while chunk := self._waiting.read(1 << 16):
            *whole, held = (held + chunk).split(_END)
            yield from whole


def is_page(path: Path) -> bool:
    """Whether a report is a web page, by its file extension."""
    return path.suffix.lower() in PAGE_ENDINGS


def _is_record(path: Path) -> bool:
    """Whether a file is the record of a run, which a resumed run may replace."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and {"schema", "articles", "resumed", "settings"} <= found.keys()


def _encoded(piece: str) -> bytes:
    return piece.encode("utf-8", "replace")

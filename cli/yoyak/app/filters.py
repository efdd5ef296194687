"""Which articles a run keeps (--since, --until, --press, --match), and in which order it prints them (--sort)."""

from __future__ import annotations

import pickle
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yoyak.core.errors import OptionError
from yoyak.core.messages import text
from yoyak.core.values import Article
from yoyak.outputs.files import unwritable

if TYPE_CHECKING:
    from yoyak.app.arguments import FilterArgs
    from yoyak.batch import Result

SortKey = tuple[bool, float, str]
"""Whether the value is missing (those articles come last), then the value as a number or as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Conditions that an article must meet, all of them."""

    since: datetime | None = None
    until: datetime | None = None
    press: tuple[str, ...] = ()
    """Names of which the article must have one."""
    match: str | None = None
    """Text that the title or the body must contain."""

    def accepts(self, article: Article) -> bool:
        """Whether the article meets the conditions; one without a date does not meet a condition on the date."""
        if self.since is not None or self.until is not None:
            if article.published is None:
                return False
            moment = article.published.timestamp()
            if self.since is not None and moment < self.since.timestamp():
                return False
            if self.until is not None and moment > self.until.timestamp():
                return False
        if self.press and _folded(article.press or "") not in map(_folded, self.press):
            return False
        return self.match is None or _folded(self.match) in _folded(f"{article.title or ''}\n{article.text}")


def _folded(value: str) -> str:
    return unicodedata.normalize("NFC", value).casefold().strip()


def article_filter(args: FilterArgs) -> ArticleFilter | None:
    """Filter of the options; None if none is given. Raises OptionError if no date can meet the conditions."""
    if args.since is None and args.until is None and not args.press and args.match is None:
        return None
    if args.since is not None and args.until is not None and args.since > args.until:
        raise OptionError(text("--since is later than --until"))
    return ArticleFilter(since=args.since, until=args.until, press=args.press, match=args.match)


def sort_key(article: Article, order: str) -> SortKey:
    """Place of an article in the output: newest first, or by press or title."""
    if order == "published":
        moment = article.published
        return (moment is None, -moment.timestamp() if moment else 0.0, "")
    value = _folded((article.press if order == "press" else article.title) or "")
    return (not value, 0.0, value)


MAX_MEMORY_BYTES = 50_000_000
"""Results that wait to be sorted are moved to a temporary file beyond this size."""


def in_order(results: Iterator[Result[Any]]) -> Iterator[Result[Any]]:
    """Sort results by `value.sort_key`, then by input order; results without a key (failures) come last.

    Only the keys stay in memory. Raises OutputError if the disk of the temporary file is full.
    """
    with tempfile.SpooledTemporaryFile(MAX_MEMORY_BYTES) as waiting:
        places: list[tuple[bool, SortKey, int]] = []
        for result in results:
            key = result.value.sort_key
            places.append((key is None, key or (True, 0.0, ""), waiting.tell()))
            try:
                pickle.dump(result, waiting, pickle.HIGHEST_PROTOCOL)
            except OSError as error:
                raise unwritable(Path(tempfile.gettempdir()), error) from error
        for _, _, offset in sorted(places):
            waiting.seek(offset)
            yield pickle.load(waiting)  # noqa: S301 - written above, by this process

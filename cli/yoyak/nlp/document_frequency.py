"""Document frequencies of terms in Korean news: what is common and what is news.

A term is a morpheme ("경제/N") or a compound as printed, in lower case without spaces and marks ("데이터센터").
For each the table knows in how many documents it stands, and in what share of those it stands in the title.

The file is gzipped text, so `zcat` shows it. Its first line is JSON: documents, provenance, and the values that the
codes stand for. Then one line holds all terms that begin with the same two characters (three, where those would
be many), each as the rest of the term, a colon, a code for the frequency and a code for the title share:
`데이 터:Q3 터센터:G4`. A look-up takes the line from a dict and finds the rest in it. Measured cold on two busy
cores for 170,000 terms: loading takes 30-50 ms, a look-up 1 µs; a dict of all terms takes 120 ms and 30 MB; sorted
arrays of hashes load in 3 ms, but nobody can read them.
"""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from yoyak.core.errors import OptionError
from yoyak.core.messages import describe_os_error, text

SCHEMA = 1
# One character for each level of frequency: powers of STEP, which 62 levels take to 80,000 times the first.
# A frequency is known to 10 % then, its logarithm, which is what is used, to 0.1.
CODES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
STEP = 1.2
# Title shares are kept in sixteenths.
SHARES = 16
# Share of an unseen term; and how many documents of it every term is given before its own are counted.
USUAL_SHARE = 0.1
PRIOR = 5.0
# Terms with two characters in common that share a line; more are told apart by a third.
CROWD = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """How many documents each term stands in, out of `documents`."""

    documents: float
    provenance: str = ""
    lines: Mapping[str, str] = field(default_factory=dict, repr=False)
    """First three or two characters of a term to the line of all terms that begin so."""
    frequencies: Mapping[str, float] = field(default_factory=dict, repr=False)
    shares: Mapping[str, float] = field(default_factory=dict, repr=False)
    """What the codes stand for."""

    def look_up(self, term: str) -> tuple[float, float]:
        """Documents that hold `term`, and the share of them that hold it in the title.

        A term that was never seen stands in none, and is taken to have the usual share.
        """
        rest = f" {term[3:]}:"
        line = self.lines.get(term[:3])
        if line is None or len(term) == 2:
            rest = f" {term[2:]}:"
            line = self.lines.get(term[:2])
        if line is not None:
            at = line.find(rest)
            if at >= 0:
                at += len(rest)
                return self.frequencies[line[at]], self.shares[line[at + 1]]
        return 0.0, USUAL_SHARE

    def df(self, term: str) -> float:
        """Documents that hold `term`; 0 for one that was never seen."""
        return self.look_up(term)[0]

    def idf(self, term: str) -> float:
        """Smoothed inverse document frequency: ln((1 + documents) / (1 + df)) + 1, scikit-learn's."""
        return math.log((1.0 + self.documents) / (1.0 + self.look_up(term)[0])) + 1.0


@lru_cache(maxsize=2)
def load(path: Path | None = None) -> Background:
    """Read a table written by `dump`; None: the one in the package. Raises OptionError."""
    if path is None:
        return parse(resources.files("yoyak.nlp").joinpath("document_frequency.txt.gz").read_bytes())
    try:
        return parse(path.read_bytes())
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=describe_os_error(error))
        ) from error
    except (ValueError, KeyError, TypeError, EOFError, zlib.error) as error:
        raise OptionError(
            text("{path}: not a table of word statistics; create one with `yoyak background`", path=path)
        ) from error


def parse(packed: bytes) -> Background:
    """Bytes of a table, gzipped or not, to the table. Raises ValueError, KeyError or TypeError for anything else."""
    raw = gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed
    head, _, body = raw.decode("utf-8").partition("\n")
    about: dict[str, Any] = json.loads(head)
    if about["schema"] != SCHEMA:
        raise ValueError(about["schema"])
    return Background(
        documents=float(about["documents"]),
        provenance=str(about["provenance"]),
        lines={line[: line.index(" ")]: line for line in body.split("\n") if line},
        frequencies={str(code): float(value) for code, value in about["frequencies"].items()},
        shares={str(code): float(value) for code, value in about["shares"].items()},
    )


def dump(counts: Iterable[tuple[str, float, float]], *, documents: float, provenance: str) -> bytes:
    """Bytes of a table. `counts` are (term, documents that hold it, documents whose title holds it).

    Terms of one character or with a space or colon are left out. The same counts give the same bytes.
    """
    codes: dict[str, str] = {}
    kept = [
        count for count in counts if len(count[0]) > 1 and count[1] > 0 and not {" ", ":"} & set(count[0])
    ]
    highest = max((frequency for _, frequency, _ in kept), default=1.0)
    unit = max(1.0, highest / STEP ** (len(CODES) - 1))
    for term, frequency, titles in kept:
        level = max(0, round(math.log(frequency / unit, STEP)))
        share = round(SHARES * min(1.0, (titles + USUAL_SHARE * PRIOR) / (frequency + PRIOR)))
        codes[term] = f"{CODES[level]}{CODES[share]}"
    about = {
        "schema": SCHEMA,
        "documents": round(documents),
        "provenance": provenance,
        "frequencies": {code: round(unit * STEP**level, 1) for level, code in enumerate(CODES)},
        "shares": {CODES[share]: share / SHARES for share in range(SHARES + 1)},
    }
    whole = "\n".join([json.dumps(about, ensure_ascii=False), *_lines(codes)])
    return gzip.compress(whole.encode(), 9, mtime=0)


def _lines(codes: Mapping[str, str]) -> Iterator[str]:
    """Yield one line for each beginning that terms share, in order."""
    sharing = Counter(term[:2] for term in codes)
    groups: dict[str, list[str]] = {}
    for term in sorted(codes):
        start = term[: 3 if sharing[term[:2]] > CROWD else 2]
        groups.setdefault(start, []).append(f"{term[len(start) :]}:{codes[term]}")
    for start, rests in groups.items():
        yield f"{start} {' '.join(rests)}"

"""What grouping and story summaries keep of one article: made in the worker, small enough to hold for 100,000 articles."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Outcome, Summary, Token
from yoyak.nlp import cues
from yoyak.stories import names
from yoyak.stories.values import iso_time

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SCHEMA = 1
# Nouns, foreign words and Hanja name what an event is about; numbers of two digits or more tell two events of one kind
# apart. Measured by `make stories` on labelled pairs: verbs, bound nouns and noun pairs add nothing.
NOUN_TAGS = frozenset(("NNG", "NNP", "SL", "XR", "SH"))
NUMBER_TAG = "SN"
MIN_TERM_CHARS = 2
# The title counts four times. The first 2,500 characters of the body hold the event; more adds background.
TITLE_WEIGHT = 4
MAX_TERM_CHARS_READ = 2_500
# Shared text is measured on runs of six characters (letters and digits only) of the first 3,000, of which a fixed quarter
# is kept: a sample that is chosen by the hash of the run is the same in every article (Manber 1994).
SHINGLE_CHARS = 6
MAX_SHINGLE_CHARS_READ = 3_000
SHINGLE_SAMPLE = 4
# Sentences kept for the story's summary: those of the article's own ranking, best first.
MAX_SENTENCES = 8
MIN_SENTENCE_CHARS = 20
MAX_SENTENCE_CHARS = 200
# Captions and transcripts that stayed in a body, and sentences that only say that somebody said so.
_EMPTY = lazy_pattern(
    r"\[[^\]]*[/=][^\]]*\]|사진\s?[=/]|제공\s?[=/]|^[◆▶☞■△▲,.]|=\s?[가-힣]{2,4}\s?기자|이 ?같이 (?:말|밝|전|강조)|(?:하고 있다|보이고 있다|모습이다|모습\.?)\s*[.\]]?$"
)
_LETTERS = lazy_pattern(r"[^0-9A-Za-z가-힣]+")
_FACTORS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1, 0xFD7046C5)


class KeptSentence(NamedTuple):
    """A sentence that may stand for the article: offsets into its text, its terms separated by newlines."""

    start: int
    end: int
    text: str
    terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """One article as grouping sees it.

    `terms` are the distinct terms separated by newlines and `counts` their frequencies, one byte each. `shingles` are
    32-bit hashes, little endian, sorted. `sentences` are in the order of the article's ranking, best first.
    """

    source: str
    id: str | None
    title: str | None
    press: str | None
    published: datetime | None
    chars: int
    terms: str
    counts: bytes
    shingles: bytes
    sentences: tuple[KeptSentence, ...]
    keywords: tuple[tuple[str, float], ...]
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()

    def key(self) -> tuple[str, ...]:
        """Order of articles that does not depend on the order of inputs: time, then content."""
        digest = hashlib.sha256(self.terms.encode() + self.counts + self.shingles).hexdigest()
        when = iso_time(self.published) or "~"
        return when, self.press or "~", self.title or "~", digest, self.id or "", self.source

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values; source, id, title, press and published are those of the row that holds them."""
        return {
            "schema": SCHEMA,
            "chars": self.chars,
            "terms": self.terms,
            "counts": base64.b64encode(self.counts).decode(),
            "shingles": base64.b64encode(self.shingles).decode(),
            "sentences": [list(sentence) for sentence in self.sentences],
            "keywords": [list(keyword) for keyword in self.keywords],
            "people": list(self.people),
            "organizations": list(self.organizations),
        }


def from_dict(kept: Mapping[str, Any], **head: Any) -> ArticleRecord:
    """Read what `to_dict` wrote; `head` gives source, id, title, press and published. Raises ValueError."""
    try:
        if kept["schema"] != SCHEMA:
            raise ValueError(kept["schema"])
        return ArticleRecord(
            **head,
            chars=int(kept["chars"]),
            terms=str(kept["terms"]),
            counts=base64.b64decode(kept["counts"]),
            shingles=base64.b64decode(kept["shingles"]),
            sentences=tuple(KeptSentence(int(s), int(e), str(t), str(w)) for s, e, t, w in kept["sentences"]),
            keywords=tuple((str(term), float(score)) for term, score in kept["keywords"]),
            people=tuple(map(str, kept["people"])),
            organizations=tuple(map(str, kept["organizations"])),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def keep(outcome: Outcome) -> ArticleRecord | None:
    """Make the record of an outcome; None for an input that failed."""
    return make_record(outcome) if isinstance(outcome, Summary) else None


def make_record(summary: Summary) -> ArticleRecord:
    """Make the record of one summarized article."""
    article, analysis = summary.article, summary.analysis
    counts = _count_terms(
        analysis.title, (s.tokens for s in analysis.sentences if s.start < MAX_TERM_CHARS_READ)
    )
    people, organizations = names.find(analysis)
    return ArticleRecord(
        source=article.source,
        id=article.id,
        title=article.title,
        press=article.press,
        published=article.published,
        chars=len(article.text),
        terms="\n".join(counts),
        counts=bytes(min(count, 255) for count in counts.values()),
        shingles=shingle_hashes(article.text).tobytes(),
        sentences=_kept_sentences(summary),
        keywords=tuple((keyword.term, round(keyword.score, 4)) for keyword in summary.keywords),
        people=people,
        organizations=organizations,
    )


def terms_of(tokens: Iterable[Token]) -> list[str]:
    """Terms among tokens, in order: nouns in lower case, numbers with a leading `#`."""
    terms = []
    for form, tag, _, _ in tokens:
        if len(form) >= MIN_TERM_CHARS:
            if tag in NOUN_TAGS:
                terms.append(form.lower())
            elif tag == NUMBER_TAG:
                terms.append("#" + form)
    return terms


def _count_terms(title: Sequence[Token], sentences: Iterable[Sequence[Token]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for term in terms_of(title):
        counts[term] += TITLE_WEIGHT
    for tokens in sentences:
        counts.update(terms_of(token for token in tokens if token.start < MAX_TERM_CHARS_READ))
    return dict(sorted(counts.items()))


def shingle_hashes(text: str) -> npt.NDArray[np.uint32]:
    """Return sampled hashes of the character runs of a text, sorted, each once."""
    import numpy as np

    letters = _LETTERS.sub("", text[:MAX_SHINGLE_CHARS_READ])
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    count = len(codes) - SHINGLE_CHARS + 1
    if count < 1:
        return np.zeros(0, dtype="<u4")
    mixed = np.zeros(count, dtype=np.uint32)
    for place, factor in enumerate(_FACTORS):
        mixed += codes[place : place + count] * np.uint32(factor)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(12)
    return np.unique(mixed[mixed % np.uint32(SHINGLE_SAMPLE) == 0]).astype("<u4")


def _kept_sentences(summary: Summary) -> tuple[KeptSentence, ...]:
    """Return the best sentences of the article that a reader understands without the others."""
    scores = summary.ranking.scores
    able = [
        sentence
        for sentence in summary.analysis.sentences
        if sentence.candidate and not cues.is_filler(sentence.text) and not cues.is_loose(sentence.text)
    ]
    fitting = [
        s
        for s in able
        if MIN_SENTENCE_CHARS <= len(s.text) <= MAX_SENTENCE_CHARS and not _EMPTY.search(s.text)
    ]
    ranked = sorted(fitting or able or summary.sentences, key=lambda s: (-scores[s.index], s.index))
    return tuple(
        KeptSentence(s.start, s.end, s.text, "\n".join(dict.fromkeys(terms_of(s.tokens))))
        for s in ranked[:MAX_SENTENCES]
    )

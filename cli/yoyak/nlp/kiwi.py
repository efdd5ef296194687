"""The Kiwi seam: one pass gives sentences and tokens.

Measured for Kiwi 0.24.1: splitting and tokenizing in one call costs nothing extra; `load_multi_dict=False` halves
memory and load time for 0.05 % of the tokens; `load_typo_dict=False` saves 3 % of a start and changes none of 691,272
tokens of news, for what it holds is used only where typos are to be mended; the default out-of-vocabulary mode `chr`
keeps rare names whole. Words are added before the first call: later ones rebuild the model.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from yoyak.core.errors import DecodeError, OptionError
from yoyak.core.messages import describe_os_error, text
from yoyak.core.patterns import lazy_pattern
from yoyak.core.values import Analysis, Article, Sentence, Token
from yoyak.inputs.encoding import decode
from yoyak.nlp import sentences as sentence_rules

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

# Kiwi drops a reading that is so much less likely than the best one (its own: 8). With 5 it takes 17 % less time, and of
# 139,537 tokens of Korean news 0.09 % change, 0.19 % of the nouns, 0.14 % of the sentence boundaries.
CUTOFF = 5.0
# A run without a space longer than this is no Korean (base64, minified script): Kiwi needs seconds for it.
LONGEST_RUN = 4_000
_RUN = lazy_pattern(rf"\S{{{LONGEST_RUN},}}")
LONGEST_STRETCH = 20_000
# What a word of a user dictionary may be.
WORD_TAGS = frozenset(
    (
        "NNG",
        "NNP",
        "NNB",
        "NR",
        "NP",
        "VV",
        "VA",
        "VX",
        "MM",
        "MAG",
        "MAJ",
        "IC",
        "XPN",
        "XSN",
        "XR",
        "SL",
        "SH",
        "SN",
    )
)
LONGEST_WORD = 60
_SCORE = lazy_pattern(r"[-+]?\d+(\.\d+)?")


def load(words: tuple[tuple[str, str], ...] = ()) -> Kiwi:
    """Build the analyzer once per process, with `words` as (surface, tag) pairs known to it.

    It is built without a thread pool so that a process forked from this one can use it.
    """
    return _load(words)


# Behind `load`, because the cache would keep a second model for a call without the argument.
@lru_cache(maxsize=2)
def _load(words: tuple[tuple[str, str], ...]) -> Kiwi:
    from kiwipiepy import Kiwi

    with warnings.catch_warnings():
        # kiwipiepy warns that 0 means "no threads" since 0.21, which is what is wanted here.
        warnings.simplefilter("ignore", DeprecationWarning)
        kiwi = Kiwi(load_multi_dict=False, load_typo_dict=False, num_workers=0)
    kiwi.global_config.cutoff_threshold = CUTOFF
    for surface, tag in words:
        kiwi.add_user_word(surface, tag)
    return kiwi


def versions() -> tuple[str, str]:
    """Return the versions of Kiwi and of its model: results move with them."""
    from importlib.metadata import version

    return version("kiwipiepy"), version("kiwipiepy_model")


def tokenize(text: str, words: tuple[tuple[str, str], ...] = ()) -> tuple[Token, ...]:
    """Tokens of a short text (a title, a query)."""
    return _tokens(load(words).tokenize(_tame(text)))


class Tagged(NamedTuple):
    """What Kiwi made of an article: the tokens of each stretch of `head + article.text`, and where the stretch begins."""

    head: int
    """Characters of title and subtitles, which stand before the body."""
    stretches: tuple[tuple[int, list[Any]], ...]


def analyze(article: Article, words: tuple[tuple[str, str], ...] = ()) -> Analysis:
    """Sentences and tokens of an article, its title and its subtitles, in one Kiwi pass."""
    return arrange(article, tag(article, words))


def tag(article: Article, words: tuple[tuple[str, str], ...] = ()) -> Tagged:
    """Have Kiwi read an article, its title and its subtitles: nearly all of the time an article takes."""
    prefix = "".join(head + "\n\n" for head in _heads(article))
    kiwi = load(words)
    whole = _tame(prefix + article.text)
    bounds = pairwise([0, *_stretches(whole, len(prefix))])
    return Tagged(len(prefix), tuple((start, kiwi.tokenize(whole[start:end])) for start, end in bounds))


def arrange(article: Article, tagged: Tagged) -> Analysis:
    """Make sentences of what Kiwi read.

    Sentences are slices of `article.text`. Where the article came split (`article.spans`), its spans are
    the sentences and Kiwi's own boundaries are ignored.
    """
    (_, first), *others = tagged.stretches
    # What split_into_sents does, less the Sentence objects: they are made here, once their bounds are right.
    heads, body = _split_heads(_heads(article), _pieces(first))
    pieces = [_tokens(own, tagged.head) for own in body]
    for start, tokens in others:
        pieces += [_tokens(own, tagged.head - start) for own in _pieces(tokens)]
    if article.spans is None:
        sentences = _sentences(article, pieces)
    else:
        sentences = _given_sentences(article, [token for own in pieces for token in own])
    return Analysis(
        article=article,
        sentences=sentences,
        title=heads[0] if article.title else (),
        subtitles=tuple(heads[1:]),
    )


def _heads(article: Article) -> tuple[str, ...]:
    """Title and subtitles, as Kiwi is given them before the body."""
    return (article.title or "", *article.subtitles)


def _pieces(tokens: list[Any]) -> list[list[Any]]:
    """Tokens of each sentence, as Kiwi's `split_sents` gives them; it asks every token twice for its sentence."""
    places = list(map(_SENTENCE, tokens))
    pieces: list[list[Any]] = []
    start = 0
    while start < len(tokens):
        end = bisect_right(places, places[start], start)
        pieces.append(tokens[start:end])
        start = end
    return pieces


_SENTENCE = attrgetter("sent_position")


def _tokens(tokens: Iterable[Any], offset: int = 0) -> tuple[Token, ...]:
    """Return Kiwi's tokens as ours, `offset` less from the start of the text.

    There are hundreds in an article: tuple.__new__ makes one in half the time Token() does.
    """
    new = tuple.__new__
    return tuple([new(Token, (t.form, t.tag, t.start - offset, t.end - offset)) for t in tokens])


def _stretches(text: str, begin: int) -> list[int]:
    """Where to part a very long text for Kiwi: between paragraphs, else sentences, else words.

    Kiwi takes nearly twice the time for each of 90,000 characters as for each of 3,000. News articles are not
    parted: of 35,000 pieces of Korean news, 2016-2026, three are longer than this.
    """
    ends = []
    while len(text) - begin > LONGEST_STRETCH:
        limit = begin + LONGEST_STRETCH
        for mark in ("\n\n", ". ", " "):
            at = text.rfind(mark, begin, limit)
            if at > begin:
                limit = at + len(mark)
                break
        ends.append(limit)
        begin = limit
    return [*ends, len(text)]


def _tame(text: str) -> str:
    """Blank out runs no Korean text has; the length stays, so offsets do."""
    return _RUN.sub(lambda run: " " * len(run.group()), text) if len(text) > LONGEST_RUN else text


def _split_heads(
    heads: Sequence[str], pieces: list[list[Any]]
) -> tuple[list[tuple[Token, ...]], list[list[Any]]]:
    """Share the pieces, lists of Kiwi's tokens, out to the heads, in order; the rest is the body."""
    shared: list[tuple[Token, ...]] = []
    at = taken = 0
    for head in heads:
        end = at + len(head)
        own: list[Any] = []
        while taken < len(pieces) and (not pieces[taken] or pieces[taken][0].start < end):
            piece = pieces[taken]
            cut = next((i for i, token in enumerate(piece) if token.start >= end), len(piece))
            own.extend(piece[:cut])
            if cut < len(piece):
                # An unmatched quotation mark in the head: Kiwi has read on into what follows.
                pieces[taken] = piece[cut:]
                break
            taken += 1
        shared.append(_tokens(own, at))
        at = end + 2
    return shared, pieces[taken:]


def _sentences(article: Article, pieces: Sequence[Sequence[Token]]) -> tuple[Sentence, ...]:
    """Kiwi's pieces, repaired, with the tokens that start in each."""
    pieces = [own for own in pieces if own]
    spans = sentence_rules.repair(
        _tame(article.text),
        [(own[0].start, own[-1].end) for own in pieces],
        [(own[0].tag, own[-1].tag) for own in pieces],
    )
    starts = _paragraph_starts(article)
    tokens = [token for own in pieces for token in own]
    begins = [token.start for token in tokens]
    sentences: list[Sentence] = []
    paragraph = at = 0
    for index, (start, end) in enumerate(spans):
        while paragraph + 1 < len(starts) and starts[paragraph + 1] <= start:
            paragraph += 1
        if mark := _LIST_MARK.match(article.text, start, end):
            start = mark.end()  # noqa: PLW2901 - the mark of a list entry is not part of the sentence
        first, at = bisect_left(begins, start, at), bisect_left(begins, end, at)
        text = article.text[start:end]
        sentences.append(Sentence(index, start, end, text, tuple(tokens[first:at]), paragraph))
    return tuple(sentences)


def _given_sentences(article: Article, tokens: Sequence[Token]) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    at = 0
    for index, (start, end, candidate) in enumerate(article.spans or ()):
        first = at
        while at < len(tokens) and tokens[at].start < end:
            at += 1
        text = article.text[start:end]
        sentences.append(Sentence(index, start, end, text, tuple(tokens[first:at]), index, candidate))
    return tuple(sentences)


_LIST_MARK = lazy_pattern(r"[□○◦●■▪◆◇▶▷※ㅇ]\s+(?=\S)")


def _paragraph_starts(article: Article) -> list[int]:
    starts, at = [], 0
    for paragraph in article.paragraphs:
        starts.append(at)
        at += len(paragraph) + 2
    return starts


def read_user_dict(path: Path) -> tuple[tuple[str, str], ...]:
    """Read a user dictionary into (surface, tag) pairs, each once, in order.

    One entry a line: the word, which may hold spaces, then optionally its Kiwi tag (NNP if there is none) and,
    as in Kiwi's own dictionaries, a score, which is not used; after a tab, a comma or spaces. Empty lines and
    lines that begin with `#` are passed over. UTF-8, UTF-16 or CP949.
    Raises OptionError naming each bad line by its number.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OptionError(
            text("{path}: cannot be read: {reason}", path=path, reason=describe_os_error(error))
        ) from error
    try:
        lines = decode(data, source=str(path)).text.splitlines()
    except DecodeError as error:
        raise OptionError(error.message) from error
    entries: dict[tuple[str, str], None] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        surface, tag = _entry(line)
        if fault := _fault(surface, tag):
            faults.append(text("line {number}: {fault}", number=number, fault=fault))
        else:
            entries[surface, tag] = None
    if faults:
        raise OptionError(
            text("{path}: not a valid word list. {faults}", path=path, faults="; ".join(faults))
        )
    return tuple(entries)


def _entry(line: str) -> tuple[str, str]:
    """Take word and tag off a line."""
    separator = "\t" if "\t" in line else "," if "," in line else None
    fields = [field.strip() for field in line.split(separator)]
    if len(fields) > 1 and _SCORE.fullmatch(fields[-1]) and (separator or fields[-2].upper() in WORD_TAGS):
        fields.pop()
    while len(fields) > 1 and not fields[-1]:
        fields.pop()
    if separator:
        return " ".join(fields[0].split()), " ".join(fields[1:]).upper() or "NNP"
    if len(fields) > 1 and fields[-1].upper() in WORD_TAGS:
        return " ".join(fields[:-1]), fields[-1].upper()
    return " ".join(fields), "NNP"


def _fault(surface: str, tag: str) -> str | None:
    """Say what is wrong with an entry; None: nothing."""
    if not surface:
        return text("no word given")
    if tag not in WORD_TAGS:
        return text(
            "unknown part-of-speech tag {tag}; valid tags: {tags}", tag=tag, tags=" ".join(sorted(WORD_TAGS))
        )
    if len(surface) > LONGEST_WORD or not surface.replace(" ", "").isprintable():
        return text("not a word")
    return None

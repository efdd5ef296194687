"""Line breaks inside sentences: whether two pieces were one word, and whether a piece ends in the middle of a sentence.

Text from PDF and HWP files, mail and subtitles is cut at a width, often in the middle of a word. Kiwi reads the words
around a break with and without a space; the more likely reading wins. Where both are equally likely, the tags of the
morphemes on both sides decide.

On 1,715 breaks at 24 to 38 characters in 70 Korean news articles, 94 % of the decisions were right; most of the
others put a space into a compound noun (공동 주택), which is also a correct spelling. A text that was cut only between
words is recognized by its share of breaks that are surely inside a word, see `join`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.nlp import kiwi

_CONTEXT_WORDS = 3
"""Words read on each side of a break."""
_CONTEXT_CHARS = 60
_SCORE_MARGIN = 1.5
"""Difference of log probabilities from which on Kiwi's preference decides."""
_MIN_SURE_SHARE = 0.08
"""Share of breaks that are surely inside a word, from which on a text was cut inside words. There it is 44 %, in a text
cut between words 0.5 % (measured on the same 1,715 breaks)."""
_FEW_BREAKS = 6
"""Breaks up to which one sure break is enough; otherwise two are needed at least."""
_MAX_DECIDED_BREAKS = 2_000
"""Breaks of one text that Kiwi decides; a book has more. The letters before a further break decide it."""
_MAX_REPETITION_CHARS = 20_000
"""Characters of a text in which the words around a break are searched."""
_MAX_NUMBER_BREAKS = 20
_SAMPLED_BREAKS = 80
"""Breaks that decide whether a text was cut inside words; each takes Kiwi 6 ms."""
_OPENING = lazy_pattern(r"[(\[“‘「『《〈·ㆍ&/~∼→]$")
_CLOSING = lazy_pattern(r"[.,!?)\]”’」』》〉%·ㆍ&/~∼→℃]")
_SYLLABLE = lazy_pattern(r"^([가-힣])(?:은|는|이|가|을|를|의|에|로|와|과|도|만)[,.]?$")
_FREE_SYLLABLES = frozenset("안달뒤때전후말속날점곳중옆위밖길쪽해측")
"""Nouns of one syllable that stand alone behind another noun; others are the end of a compound: 연구|팀, 조리|실."""
_STOP = lazy_pattern(r"[.!?]\s")
_NEVER_SPACED = lazy_pattern(r"[.,!?)\]”’」』》〉]")
_PARTICLE_OR_MARK = lazy_pattern(r"[은는이가을를의에로와과도만고며서면지한할된될]$|[^\w]$")
_QUOTES = "\"'"

End = Literal["", "weak", "strong"]
_STRONG_TAGS = frozenset(("JKS", "JKC", "JKO", "JKG", "JX", "JC", "JKQ", "ETM", "MM", "XPN", "SP", "SSO"))
_WEAK_TAGS = frozenset(("JKB", "EC", "MAG", "MAJ", "NNB"))


class Break(NamedTuple):
    """A line break inside a sentence."""

    spaced: bool
    """Whether a space stood there."""
    sure: bool
    """Whether the decision has a wide margin."""


def join(groups: Sequence[Sequence[str]], *, whole_words: bool = False) -> list[str]:
    """Join the pieces of each group, with a space or with nothing between two pieces.

    All groups come from one text. With `whole_words`, lines end at clauses, and only a break that is surely inside a
    word gets no space. If next to no break falls inside a word, the text was cut between words and every
    break was a space; the first `_SAMPLED_BREAKS` breaks decide that.
    """
    text = "\n".join(piece for group in groups for piece in group)[:_MAX_REPETITION_CHARS]
    breaks = [pair for group in groups for pair in _breaks(group)]
    sample = [read_break(*pair, text) for pair in breaks[:_SAMPLED_BREAKS]]
    if not whole_words and not _is_cut_inside_words(sample, breaks):
        return ["".join(_with_spaces(group)) for group in groups]
    decisions: list[bool] = []
    for at, pair in enumerate(breaks):
        if at < len(sample):
            one = sample[at]
        elif at < _MAX_DECIDED_BREAKS:
            one = read_break(*pair, text)
        else:
            one = _by_letters(*pair)
        spaced = one.spaced or (whole_words and not one.sure)
        decisions.append(spaced and not is_glued_mark(pair[1]))
    decided = iter(decisions)
    joined: list[str] = []
    for first, *others in groups:
        rest = (f" {piece}" if next(decided) else piece for piece in others)
        joined.append(first + "".join(rest))
    return joined


def _is_cut_inside_words(sample: Sequence[Break], breaks: Sequence[tuple[str, str, bool]]) -> bool:
    """Whether a text was cut at characters and not at spaces."""
    numbers = any(before[-1].isdigit() and after[0].isdigit() for before, after, _ in breaks)
    if numbers and len(breaks) <= _MAX_NUMBER_BREAKS:
        return True  # lists of numbers, which word wrap also cuts between two digits, are longer
    inside = sum(one.sure and not one.spaced for one in sample)
    return inside >= max(1 if len(sample) <= _FEW_BREAKS else 2, _MIN_SURE_SHARE * len(sample))


def _with_spaces(group: Sequence[str]) -> Iterator[str]:
    """Yield the pieces of a group with a space before each but the first, unless a closing mark follows."""
    for at, piece in enumerate(group):
        yield f" {piece}" if at and not is_glued_mark(piece) else piece


def _breaks(group: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Return each two neighbours of a group, and whether a straight quotation mark is open before the first."""
    breaks: list[tuple[str, str, bool]] = []
    quotes = 0
    for before, after in pairwise(group):
        breaks.append((before, after, quotes % 2 == 1))
        quotes += before.count('"')
    return breaks


def read_break(before: str, after: str, quoted: bool = False, text: str = "") -> Break:
    """Decide whether a space stood between two pieces.

    `quoted` tells whether a straight double quotation mark is open before the first piece; `text` is the whole text,
    where the words may occur again.

    >>> read_break("주민이 직접 운", "영하는 반찬가게를 12일 열었다.").spaced
    False
    >>> read_break("이곳에서는 마을 주민 9명이", "하루 4시간씩 번갈아 일한다.").spaced
    True
    """
    if before[-1].isdigit() and after[0].isdigit():
        return Break(spaced=False, sure=True)
    if (spaced := _by_marks(before, after, quoted=quoted)) is not None:
        return Break(spaced, sure=not spaced and after[0].isascii() and after[0].islower())
    left = " ".join(before.split()[-_CONTEXT_WORDS:])[-_CONTEXT_CHARS:]
    right = " ".join(after.split()[:_CONTEXT_WORDS])[:_CONTEXT_CHARS]
    if (spaced := _by_repetition(left, right, text)) is not None:
        return Break(spaced, sure=len(left.split(" ")[-1]) > 1)
    analyzer = kiwi.load()
    tokens, joined_score = analyzer.analyze(left + right)[0]
    _, spaced_score = analyzer.analyze(f"{left} {right}")[0]
    margin = spaced_score - joined_score
    if abs(margin) >= _SCORE_MARGIN:
        return Break(margin > 0, sure=abs(margin) >= 2 * _SCORE_MARGIN)
    ending = analyzer.tokenize(left)[-1].tag[0]
    if ending in "JE":
        return Break(
            spaced=True, sure=False
        )  # behind a particle or verb ending: a space 368 times, none 16 times
    cut = len(left)
    ahead = next((token for token in tokens if token.start >= cut), None)
    behind = next((token for token in reversed(tokens) if token.start < cut), None)
    if ahead is None or behind is None or behind.start + behind.len > cut:
        return Break(spaced=False, sure=False)  # one morpheme spans the break
    if ahead.tag[0] in "EJ" or ahead.tag.startswith(("XS", "VCP")):
        return Break(spaced=False, sure=True)  # a particle, ending or suffix
    syllable = ahead.tag == "NNG" and ahead.len == 1 and ahead.form not in _FREE_SYLLABLES
    compound = syllable and behind.tag in {"NNG", "NNP", "XPN"}
    amount = behind.tag == "NR" and ahead.tag == "SN"
    return Break(not (compound or amount), sure=False)


def open_end(text: str) -> End:
    """Tell how surely a line ends in the middle of a sentence, by the last morpheme.

    No headline ends in a subject or object particle or an attributive form (strong). Some end in an adverbial particle
    or a connective ending (weak).

    >>> open_end("해솔군이 주민이 직접 운영하는 반찬가게를"), open_end("해솔군, 폐교에 반찬가게 열어"), open_end("물값 인상")
    ('strong', 'weak', '')
    """
    if (
        text[-1:] == ","
        or text.count("(") > text.count(")")
        or text.count('"') % 2
        or text.count("“") > text.count("”")
    ):
        return "strong"
    tokens = kiwi.load().tokenize(text[-_CONTEXT_CHARS:])
    if not tokens:
        return ""
    tag = tokens[-1].tag
    return "strong" if tag in _STRONG_TAGS else "weak" if tag in _WEAK_TAGS else ""


def count_bound_morphemes(text: str) -> int:
    """Return the number of particles and endings behind the last full stop of a line, or 0 behind a final ending (바꿨다).

    The beginning of a sentence has many. Headings have few or, like sentences, end in a final ending.
    """
    tokens = kiwi.load().tokenize(_STOP.split(text)[-1])
    if not tokens or tokens[-1].tag == "EF":
        return 0
    return sum(token.tag[0] in "JE" and token.tag != "EP" for token in tokens)


def is_glued_mark(after: str) -> bool:
    """Whether a piece begins with a mark before which no space stands."""
    return _NEVER_SPACED.match(after) is not None


def _by_letters(before: str, after: str, quoted: bool) -> Break:
    """Decide a break without Kiwi: a space stands behind a particle, an ending or a mark."""
    spaced = _by_marks(before, after, quoted=quoted)
    if spaced is None:
        spaced = _PARTICLE_OR_MARK.search(before) is not None
    return Break(spaced, sure=False)


def _by_marks(before: str, after: str, *, quoted: bool) -> bool | None:
    """Decide by punctuation, digits and quotation marks, or return None."""
    last, first = before[-1], after[0]
    if _CLOSING.match(after) or _OPENING.search(before) or (first == "(" and last.isalnum()):
        return False
    if last.isdigit() and "가" <= first <= "힣":
        return False
    if last.isascii() and last.isalpha() and first.isascii() and first.isalpha():
        return len(before.rsplit(maxsplit=1)[-1]) > 1 and first.isupper()
    if first in _QUOTES:
        return (
            before.count(first) + (quoted and first == '"')
        ) % 2 == 0  # an opening mark, else a closing one
    if last in _QUOTES and (before.count(last) + (quoted and last == '"')) % 2:
        return False  # an opening mark
    return None


def _by_repetition(left: str, right: str, text: str) -> bool | None:
    """Decide by another place of the text that has the two pieces with or without a space, or return None."""
    last, first = left.rsplit(" ", maxsplit=1)[-1], right.split(" ", maxsplit=1)[0]
    head = _SYLLABLE.sub(r"\1", first)[:2]
    if len(last) + len(head) < 3:
        return None
    if f"{last}{head}" in text:
        return False
    return True if len(last) > 1 and f"{last} {first}" in text else None

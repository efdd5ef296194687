"""Where a converter glued the deck to the lead: `…생태 통로 확보한들시는 끊긴 물길 세 곳을 …`.

What parts two lines on a page leaves nothing in many a dump, and the deck reads as the beginning of the first
sentence. Every place there where two morphemes touch is weighed by a logistic regression: what stands on both sides,
whether the word after it stands alone elsewhere, whether the two ever stand together. It was fitted on leads that
had their decks glued to them on purpose (`make openings`, which writes `nlp/deck_split.json` with what it measured).
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yoyak.core.values import Analysis, Sentence, Token
    from yoyak.nlp.document_frequency import Background

# A cut in the middle of a sentence that was whole is worse than a deck that is read with it.
SURE = 0.85
# A deck has more words than this, and what is left has at least so many characters.
WORDS = 2
LEFT = 20
# So many characters of an article are read: enough to see what a word does elsewhere, and a first sentence as long as
# a book is weighed in no time.
READ = 900
# What a deck may end with and a lead begin with. Not …, after which a deck goes on.
_ENDS = frozenset(
    ["NNG", "NNP", "NNB", "XSN", "JKB", "JX", "JKO", "JKS", "EC", "EF", "ETN", "SSC", "SN", "SL", "NR"]
)
_OPENS = frozenset(["NNG", "NNP", "SL", "SN", "MM", "MAG", "NP", "NR", "XPN", "SH", "SSO", "XR"])
_NOUNS = frozenset(["NNG", "NNP", "NNB", "XSN", "SN", "SL", "NR", "XR", "XPN", "SH"])
_TOPICS = frozenset(("은", "는", "ᆫ"))
# How far a subject is looked for after the place, in morphemes; how long a term is looked up in the background.
_NEAR = 13
_LONGEST = 12
_WORD_STEPS = (3, 4, 6, 9, 14)
_LENGTH_STEPS = (40, 60)
_DOCUMENT_STEPS = (1, 3, 10, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A weight for each thing that may be seen at a place; what has none weighs nothing."""

    bias: float
    weights: Mapping[str, float]

    def chance(self, seen: Sequence[str]) -> float:
        """Chance that a lead begins at a place."""
        weight = self.weights.get
        odds = self.bias + sum([weight(name, 0.0) for name in seen])
        return 0.5 + 0.5 * math.tanh(0.5 * odds)


@lru_cache(maxsize=1)
def load() -> Model:
    """Read the weights in the package, once."""
    table = json.loads(resources.files("yoyak.nlp").joinpath("deck_split.json").read_text(encoding="utf-8"))
    return Model(bias=table["bias"], weights=table["weights"])


def unglue(analysis: Analysis, *, background: Background) -> Analysis:
    """Make a sentence of its own of a deck glued to the first one; it is no candidate for the summary.

    An article that came split keeps its sentences.
    """
    if analysis.article.spans is not None or not analysis.sentences:
        return analysis
    whole, *others = analysis.sentences
    text, title = analysis.article.text, analysis.article.title or ""
    at = begin_of_lead(whole.tokens, text, title, background=background)
    if at is None:
        return analysis
    cut = next(n for n, token in enumerate(whole.tokens) if token.start == at)
    deck = replace(whole, end=at, text=text[whole.start : at], tokens=whole.tokens[:cut], candidate=False)
    lead = replace(whole, index=1, start=at, text=text[at : whole.end], tokens=whole.tokens[cut:])
    return replace(analysis, sentences=(deck, lead, *[_next(sentence) for sentence in others]))


def _next(sentence: Sentence) -> Sentence:
    return replace(sentence, index=sentence.index + 1)


def begin_of_lead(tokens: Sequence[Token], text: str, title: str, *, background: Background) -> int | None:
    """Offset at which the lead begins in the first sentence of `text`, of which these are the tokens; None: it is whole.

    The last of several places: a deck of two lines is glued twice.
    """
    model = load()
    return max(
        [at for at, seen in places(tokens, text, title, background=background) if model.chance(seen) >= SURE],
        default=None,
    )


def places(
    tokens: Sequence[Token], text: str, title: str, *, background: Background
) -> Iterator[tuple[int, list[str]]]:
    """Every place where a deck could end and a lead begin, with what is seen there."""
    text = text[:READ]
    tokens = tokens[: bisect_right(tokens, READ, key=_END)]
    if not tokens:
        return
    begin, stop = tokens[0].start, tokens[-1].end
    for at in range(1, len(tokens) - 2):
        last, first = tokens[at], tokens[at + 1]
        if last.end != first.start or last.tag not in _ENDS or first.tag not in _OPENS:
            continue
        if last.tag == "SSC" and text[last.start - 1].isspace():
            continue  # it opens: Kiwi tells straight marks by what comes before
        words = text.count(" ", begin, last.end)
        if words < WORDS or stop - first.start < LEFT:
            continue
        word_end, follower = _word_after(tokens, at + 1)
        joint = text[last.start : word_end]
        # Morphemes that meet twice in an article belong together.
        if text.count(joint) + title.count(joint) > 1:
            continue
        word = text[first.start : word_end]
        seen = [
            f"last {last.tag}",
            f"first {first.tag}",
            f"both {last.tag} {first.tag}",
            f"last {last.form}/{last.tag[0]}",
            f"first {first.form}/{first.tag[0]}",
            f"before {tokens[at - 1].tag}{'' if tokens[at - 1].end == last.start else ' apart'}",
            f"after {follower}",
            f"words {bisect_right(_WORD_STEPS, words)}",
            f"rest {bisect_right(_LENGTH_STEPS, stop - first.start)}",
            f"subject {_subject(tokens[at + 1 : at + 1 + _NEAR])}",
        ]
        if first.tag in _NOUNS:
            seen.append(f"alone {_alone(word, text)} {_in_title(word, title)}")
            if last.tag in _NOUNS:
                run = _run_before(tokens, at)
                term = (text[run : last.end] + word).lower()
                known = background.df(term) if len(term) <= _LONGEST else 0.0
                pair = background.df(text[last.start : first.end].lower())
                seen.append(f"term {bisect_right(_DOCUMENT_STEPS, known)}")
                seen.append(f"pair {bisect_right(_DOCUMENT_STEPS, pair)}")
                seen.append(f"run {min(3, text.count(text[run : last.end]))}")
        if first.tag == "SN":
            seen.append(f"number {tokens[at + 2].form if tokens[at + 2].start == first.end else ''}")
        tags = [token.tag for token in tokens[: at + 1]]
        seen += [f"deck {tag}" for tag in ("EF", "JKS", "ETM") if tag in tags]
        yield first.start, seen


_END = attrgetter("end")


def _word_after(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """Where the nouns that begin with token `at` end, and the particle or the part of speech that touches them."""
    end = tokens[at].end
    for token in tokens[at + 1 :]:
        if token.start != end:
            return end, "space"
        if token.tag not in _NOUNS:
            return end, f"{token.form}/J" if token.tag[0] == "J" else token.tag
        end = token.end
    return end, "end"


def _run_before(tokens: Sequence[Token], at: int) -> int:
    """Where the nouns that end with token `at` begin."""
    while at and tokens[at - 1].end == tokens[at].start and tokens[at - 1].tag in _NOUNS:
        at -= 1
    return tokens[at].start


def _subject(tokens: Sequence[Token]) -> int:
    """How far off the next topic or subject is."""
    for distance, (form, tag, _, _) in enumerate(tokens):
        if tag == "JKS" or (tag == "JX" and form in _TOPICS):
            return distance
    return _NEAR


def _alone(word: str, text: str) -> int:
    """How often a word stands at the beginning of a word of the text, at most 3 times counted."""
    times = 0
    at = text.find(word)
    while at >= 0 and times < 3:
        times += at == 0 or not text[at - 1].isalnum()
        at = text.find(word, at + 1)
    return times


def _in_title(word: str, title: str) -> str:
    at = title.find(word)
    if at < 0 or (at and title[at - 1].isalnum()):
        return "not in title"
    return "in title" if at > 2 else "opens title"

"""Measure what the ranking model knows about each sentence, from the tokens of the single Kiwi pass.

`measure` gives one number per sentence for each of `FEATURES`. `wording` lists the morpheme patterns of a sentence:
how it starts, how it ends, which words it uses. `terms_of` gives the content terms for comparing sentences.

The module uses plain Python numbers. For one article numpy would take longer to import than this takes to run.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import mul

from yoyak.core.values import Analysis, Sentence, Token
from yoyak.nlp import cues

# Nouns, foreign words, hanja, roots, verbs and adjectives. Nouns with verbs compare sentences better than nouns alone
# on labelled science news. Bound nouns (NNB), particles and endings do not help.
CONTENT = frozenset(("NNG", "NNP", "SL", "SH", "XR", "VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I"))

FEATURES: dict[str, str] = {
    "order": "log of 1 + position",
    "relative": "position divided by the number of sentences",
    "first": "is the first sentence",
    "second": "is the second sentence",
    "last": "is the last sentence",
    "inverse": "1 / (1 + position)",
    "first_three": "is one of the first three sentences",
    "first_five": "is one of the first five sentences",
    "length": "number of characters",
    "log_length": "log of 1 + characters",
    "mass": "sum of the inverse sentence frequencies of its terms",
    "title": "share of the terms of the title that it contains",
    "title_share": "share of its terms that are in the title",
    "title_weight": "share of the inverse sentence frequencies of the title that its nouns contain",
    "beyond_title": "share of its nouns that are not in the title",
    "repeated": "share of its nouns that occur in an earlier sentence",
    "new_mass": "inverse sentence frequencies of its nouns that occur in no earlier sentence",
    "like_lead": "cosine with the first sentence; 0 for the first sentence",
    "like_before": "cosine with the sentence before",
    "like_after": "cosine with the sentence after",
    "like_earlier": "largest cosine with an earlier sentence",
    "like_later": "largest cosine with a later sentence",
    "quote": "share of its characters inside quotation marks",
    "names": "number of proper nouns",
    "numbers": "number of numerals",
    "before_length": "characters of the sentence before",
    "before_quote": "quoted share of the sentence before",
    "after_length": "characters of the sentence after",
    "leaned_on": "the sentence after refers back to this one or adds to it",
}
NAMES = tuple(FEATURES)

MIN_SPREAD = 1e-9
MAX_CAPTION_CHARS = 30  # a sentence without a verb that is shorter is a caption
MAX_DISTANCE = 60  # sentences; almost all articles are shorter
_KINDS = {tag: f"/{tag[0]}" for tag in CONTENT}
_LIGHT = frozenset(f"{form}/V" for form in cues.LIGHT)
SENTENCE_MARKS = ".!?。…\"”'’)]」』"
"""Characters that end a sentence, and those that can follow the end."""


def terms_of(tokens: Sequence[Token]) -> list[str]:
    """Content terms in order, as `form/kind`; light verbs are left out.

    >>> terms_of((Token("시장", "NNG", 0, 2), Token("은", "JX", 2, 3), Token("하", "VV", 4, 5)))
    ['시장/N']
    """
    terms = [form + kind for form, tag, _, _ in tokens if (kind := _KINDS.get(tag))]
    return [term for term in terms if term not in _LIGHT]


def candidates(analysis: Analysis) -> list[Sentence]:
    """Sentences that can be chosen and are no filler; all sentences if there are none."""
    able = [s for s in analysis.sentences if s.candidate] or list(analysis.sentences)
    return [s for s in able if not (cues.is_filler(s.text) or is_fragment(s))] or able


def short_sentences(analysis: Analysis) -> list[Sentence]:
    """Sentences that `candidates` leaves out only because they are short (값은 90만원이다). They fill up a summary.

    A verb with a particle makes a sentence of so few words; a sign-off (한여울입니다) has no particle.
    """
    return [
        s
        for s in analysis.sentences
        if s.candidate
        and len(s.text) < cues.STUB
        and not s.text.endswith("?")
        and not cues.is_loose(s.text)
        and not cues.is_hand_over(s.text)
        and any(token.tag == "EF" for token in s.tokens[-4:])
        and any(token.tag.startswith("J") for token in s.tokens)
    ]


def is_fragment(sentence: Sentence) -> bool:
    """Whether this is a heading, a deck or a caption: it has no final verb ending and no final mark, or is short.

    Some decks stay in the body. Neither "…에 한돈 지원" nor "시장의 밤 풍경." is a sentence worth printing.
    """
    tokens = sentence.tokens
    if any(token.tag == "EF" for token in tokens[-4:]):
        return False
    if tokens and tokens[-1].tag == "ETN":
        return False  # official notes end their sentences in a noun form: 열었다고 밝힘
    if sentence.text[-1:] not in SENTENCE_MARKS:
        return True
    return (
        len(sentence.text) < MAX_CAPTION_CHARS
        and len(tokens) > 1
        and tokens[-1].tag == "SF"
        and tokens[-2].tag in ("NNG", "NNP")
    )


@dataclass(frozen=True, slots=True)
class FeatureMatrix:
    """Measures of the candidate sentences of one article.

    `columns[f][k]` is feature `NAMES[f]` of the sentence with index `rows[k]`. `means` and `spreads` (standard
    deviations) of the columns serve to standardize them; a column without a spread counts as 0 everywhere.
    """

    rows: tuple[int, ...]
    columns: tuple[tuple[float, ...], ...]
    means: tuple[float, ...]
    spreads: tuple[float, ...]

    def standardized(self) -> list[list[float]]:
        """Columns with mean 0 and standard deviation 1."""
        return [
            [(value - mean) / spread for value in column] if spread else [0.0] * len(column)
            for column, mean, spread in zip(self.columns, self.means, self.spreads, strict=True)
        ]


def measure(analysis: Analysis, sentences: Sequence[Sentence]) -> FeatureMatrix:
    """Measure `sentences` of an article. Needs at least one sentence."""
    n = len(sentences)
    lengths = [float(len(sentence.text)) for sentence in sentences]
    terms = [terms_of(sentence.tokens) for sentence in sentences]
    quotes = [_quoted_share(sentence.text) for sentence in sentences]
    all_tags = [[token.tag for token in sentence.tokens] for sentence in sentences]
    columns = [
        *_positions(n),
        lengths,
        [math.log1p(length) for length in lengths],
        *_term_columns(terms, frozenset(terms_of(analysis.title))),
        quotes,
        [float(tags.count("NNP")) for tags in all_tags],
        [float(tags.count("SN")) for tags in all_tags],
    ]
    ordered = dict(
        zip(
            (*_POSITIONS, "length", "log_length", *_TERM_NAMES, "quote", "names", "numbers"),
            columns,
            strict=True,
        )
    )
    leaning = [float(_refers_back(sentence.text)) for sentence in sentences]
    ordered |= {
        "before_length": [0.0, *lengths[:-1]],
        "before_quote": [0.0, *quotes[:-1]],
        "after_length": [*lengths[1:], 0.0],
        "leaned_on": [*leaning[1:], 0.0],
    }
    table = tuple(tuple(ordered[name]) for name in NAMES)
    means = tuple(sum(column) / n for column in table)
    spreads = tuple(_spread(column, mean) for column, mean in zip(table, means, strict=True))
    return FeatureMatrix(tuple(s.index for s in sentences), table, means, spreads)


_POSITIONS = ("order", "relative", "first", "second", "last", "inverse", "first_three", "first_five")
_TERM_NAMES = (
    "mass", "title", "title_share", "title_weight", "beyond_title", "repeated", "new_mass",
    "like_lead", "like_before", "like_after", "like_earlier", "like_later",
)  # fmt: skip


def _spread(column: Sequence[float], mean: float) -> float:
    spread = math.dist(column, [mean] * len(column)) / math.sqrt(len(column))
    return spread if spread >= MIN_SPREAD else 0.0


def _positions(n: int) -> list[list[float]]:
    return [
        [math.log1p(i) for i in range(n)],
        [i / max(1, n - 1) for i in range(n)],
        [1.0, *[0.0] * (n - 1)],
        [float(i == 1) for i in range(n)],
        [*[0.0] * (n - 1), 1.0],
        [1.0 / (i + 1) for i in range(n)],
        [float(i < 3) for i in range(n)],
        [float(i < 5) for i in range(n)],
    ]


def _quoted_share(text: str) -> float:
    if "“" not in text and '"' not in text:
        return 0.0
    return min(1.0, sum(map(len, cues.QUOTED.findall(text))) / max(1, len(text)))


def _refers_back(text: str) -> bool:
    return text.lstrip(cues.OPENING).startswith((*cues.POINTERS, *cues.ADDITIONS))


def _term_columns(terms: Sequence[Sequence[str]], title: frozenset[str]) -> list[list[float]]:
    """Columns `mass` to `like_later`, in the order of `_TERM_NAMES`."""
    n = len(terms)
    tallies = [Counter(own) for own in terms]
    spread_over = Counter(chain.from_iterable(tallies))
    rarity = [0.0, *[math.log1p(n / count) for count in range(1, n + 1)]]
    rare = {term: rarity[count] for term, count in spread_over.items()}
    weight_of = rare.__getitem__
    nouns = [frozenset([term for term in tally if term[-1] not in "VA"]) for tally in tallies]
    title_weight = sum([rare.get(term, 1.0) for term in title]) or 1.0
    earlier, later, lead, before = _likeness(nouns, rare)
    seen: set[str] = set()
    rows: list[tuple[float, ...]] = []
    for at, (tally, own) in enumerate(zip(tallies, nouns, strict=True)):
        shared = len(title.intersection(tally))
        new = own - seen
        rows.append(
            (
                math.fsum(map(mul, tally.values(), map(weight_of, tally))),
                shared / max(1, len(title)),
                shared / max(1, len(tally)),
                math.fsum(map(weight_of, own & title)) / title_weight,
                len(own - title) / max(1, len(own)),
                (len(own) - len(new)) / max(1, len(own)),
                math.fsum(map(weight_of, new)),
                lead[at],
                before[at],
                before[at + 1] if at + 1 < n else 0.0,
                earlier[at],
                later[at],
            )
        )
        seen |= own
    return [list(column) for column in zip(*rows, strict=True)]


def _likeness(
    nouns: Sequence[frozenset[str]], rare: dict[str, float]
) -> tuple[list[float], list[float], list[float], list[float]]:
    """Cosines of nouns weighted by inverse sentence frequency, for each sentence.

    Largest with an earlier sentence, largest with a later one, with the first sentence, with the sentence before. Each
    sentence is compared with its `MAX_DISTANCE` neighbors, so that the time is linear in the length of the text.
    """
    n = len(nouns)
    squares = {term: value * value for term, value in rare.items()}
    norms = [math.sqrt(math.fsum(map(squares.__getitem__, own))) or 1.0 for own in nouns]

    def cosine(one: int, other: int) -> float:
        shared = nouns[one] & nouns[other]
        return math.fsum(map(squares.__getitem__, shared)) / (norms[one] * norms[other]) if shared else 0.0

    earlier, later, before = [0.0] * n, [0.0] * n, [0.0] * n
    for at in range(1, n):
        for other in range(max(0, at - MAX_DISTANCE), at):
            value = cosine(at, other)
            earlier[at] = max(earlier[at], value)
            later[other] = max(later[other], value)
        before[at] = value
    return earlier, later, [0.0, *[cosine(at, 0) for at in range(1, n)]], before


def wording(tokens: Sequence[Token]) -> dict[str, tuple[str, ...]]:
    """Distinct morpheme patterns of a sentence by kind.

    `morpheme`: each morpheme, in no fixed order; `last 1` to `last 5`: the morpheme at that place from the end;
    `first 1` to `first 4`: from the start; `verb`: the last verb; `end 3` and `end 4`: the last three and four
    grammatical morphemes.

    >>> wording((Token("밝히", "VV", 0, 2), Token("다", "EF", 2, 3)))["last 1"]
    ('다/EF',)
    """
    names = [f"{form}/{tag}" for form, tag, _, _ in tokens]
    grammar = [
        name
        for name, (_, tag, _, _) in zip(names[-7:], tokens[-7:], strict=True)
        if tag[0] in "EXVJ" or tag in ("SF", "NNB")
    ]
    patterns: dict[str, tuple[str, ...]] = {
        "morpheme": tuple(set(names)),
        "verb": (last_verb(tokens),),
        "end 3": (" ".join(grammar[-3:]),),
        "end 4": (" ".join(grammar[-4:]),),
    }
    patterns |= {kind: (name,) for kind, name in zip(_LAST, reversed(names), strict=False)}
    patterns |= {kind: (name,) for kind, name in zip(_FIRST, names, strict=False)}
    return patterns


_LAST = tuple(f"last {place}" for place in range(1, 6))
_FIRST = tuple(f"first {place}" for place in range(1, 5))
WORDING_KINDS = ("morpheme", "verb", "end 3", "end 4", *_LAST, *_FIRST)


def last_verb(tokens: Sequence[Token]) -> str:
    """Stem of the predicate that ends the sentence: 밝히, 강조하 (noun with suffix), 이 for the copula; else empty."""
    for at in range(len(tokens) - 1, -1, -1):
        form, tag = tokens[at].form, tokens[at].tag
        if tag.startswith(("VV", "VA")) or tag == "VCP":
            return form
        if tag in ("XSV", "XSA"):
            return (tokens[at - 1].form if at else "") + form
    return ""

"""What a ranker can see of a sentence and of the article around it, from the one Kiwi pass.

`sheet` measures every candidate sentence once: a matrix of `FEATURES`, each standardized within the article
(a score only ever compares sentences of one article), and a vector of `TRAITS` of the article itself, from
which a learned model tells the kind of news. The reason for each stands beside its name.

`terms_of` gives content terms. Plain numbers throughout: for an article of news numpy takes longer to begin, and a
tenth of a second to load, than this to end.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from operator import mul
from typing import TYPE_CHECKING

from yoyak.core.values import Analysis, Sentence, Token
from yoyak.nlp import cues

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Nouns, foreign words, hanja and roots carry the matter; verbs and adjectives help the overlap graph
# (nouns and verbs beat nouns alone on labelled science news). Bound nouns (NNB), particles, endings do not.
CONTENT = frozenset(("NNG", "NNP", "SL", "SH", "XR", "VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I"))

FEATURES: dict[str, str] = {
    "order": "log of 1 + position: news puts the matter first, and the second sentence is far from the tenth",
    "relative": "position over the whole: the end of an article has its own worth (outlook, reaction)",
    "first": "the lead sentence",
    "second": "the sentence that carries out the lead",
    "last": "the last sentence: a plan or an aside",
    "length": "characters: people choose sentences that say much",
    "log_length": "log of characters: very short sentences say nothing alone",
    "mass": "sum of inverse sentence frequencies of the terms: the matter of its own (the mean is harmful)",
    "frequency": "sum of the article's term frequencies over distinct terms (Luhn 1958): the matter it shares",
    "weight": "sum of frequency times inverse sentence frequency over distinct terms: between the two",
    "density": "mean frequency of its terms (SumBasic, Nenkova and Vanderwende 2005)",
    "terms": "distinct content terms",
    "centroid": "cosine with the sum of all TF-IDF vectors (MEAD, Radev et al. 2004)",
    "coverage": "share of the article's ten most frequent nouns it holds",
    "title": "share of the title's terms it holds; 0 everywhere without a title",
    "title_share": "share of its terms that stand in the title",
    "quote": "share of characters inside quotation marks: a voice, not the event",
    "opens_quote": "opens with a quotation mark",
    "numbers": "numerals: amounts, dates, results",
    "names": "proper nouns",
    "foreign": "words in Latin letters: products, institutes, acronyms",
    "brackets": "opening brackets: acronyms spelled out, an affiliation at the first mention",
    "units": "bound nouns: counters, 것, 등",
    "commas": "commas: lists and inserted clauses",
    "date": "names a day (3일): when it happened",
    "source": "names its source (…에 따르면)",
    "speech": "the last verb is one of saying: 말했다, 강조했다, 덧붙였다",
    "announce": "the last verb announces: 밝혔다, 발표했다",
    "finding": "the last verb is a finding: 나타났다, 조사됐다, 알려졌다",
    "plan": "ends with a plan: …할 계획이다, …하기로 했다",
    "definition": "ends with the copula: …이다",
    "past": "the last verb is in the past: an event, not a state",
    "topic": "names its topic early (…은, …는)",
    "leans": "opens with a pointer back (이어, 그는, 이에, 이는): dangles when chosen alone",
    "adds": "opens with an addition (또, 또한, 아울러)",
    "turns": "opens with a turn (그러나, 하지만, 다만)",
    "aside": "opens with 한편",
    "stresses": "opens with 특히",
    "concludes": "opens with a consequence (이에 따라, 결국)",
    "research": "words of research and technology: what science news is about",
    "before_length": "length of the sentence before: a short one before this is its heading or its cue",
    "before_quote": "quote share of the sentence before",
    "after_length": "length of the sentence after",
    "leaned_on": "the sentence after opens with a pointer or an addition: this one is its topic",
}
NAMES = tuple(FEATURES)

TRAITS: dict[str, str] = {
    "mean_length": "mean characters of a sentence: explainers write short ones",
    "short_share": "share of sentences under 45 characters",
    "research_share": "share of sentences with a word of research or technology",
    "log_sentences": "log of the number of sentences: wire briefs are short",
    "mean_quote": "mean quote share: statements against events",
    "mean_numbers": "numerals per sentence",
    "lead_length": "characters of the first sentence: straight news packs its lead",
    "titled": "whether a title stands over it: a summary goes on from a title, without one it has to say the news itself",
}
CAPTION = 30  # characters; a sentence without a verb and shorter than this tells nothing
_KINDS = {tag: f"/{tag[0]}" for tag in CONTENT}
_LIGHT = frozenset(f"{form}/V" for form in cues.LIGHT)
SHORT = 45  # characters; the lower quartile of sentences in Korean news


def terms_of(tokens: Sequence[Token]) -> list[str]:
    """Content terms in order, as `form/kind`; light verbs are left out.

    >>> terms_of((Token("시장", "NNG", 0, 2), Token("은", "JX", 2, 3), Token("하", "VV", 4, 5)))
    ['시장/N']
    """
    terms = [form + kind for form, tag, _, _ in tokens if (kind := _KINDS.get(tag))]
    return [term for term in terms if term not in _LIGHT]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures of one article: `columns[f][k]` is what `NAMES[f]` is for sentence `rows[k]`; `traits` as `TRAITS`.

    `means` and `spreads` of the columns are what they are standardized by; a column without a spread counts as all 0.
    `terms` are the distinct terms of title and sentences, in order of first mention.
    """

    rows: tuple[int, ...]
    columns: Sequence[Sequence[float]]
    traits: Sequence[float]
    means: Sequence[float]
    spreads: Sequence[float]
    terms: Sequence[str] = ()

    @property
    def values(self) -> npt.NDArray[np.float64]:
        """The standardized columns as a matrix with a row for each sentence, to fit on."""
        import numpy as np

        columns = zip(self.columns, self.means, self.spreads, strict=True)
        return np.array([_standardized(*column) for column in columns]).T

    def weighed(self, slopes: Sequence[float]) -> list[float]:
        """Sum over the columns of slope times distance from the mean, for each sentence."""
        middle = sum(map(mul, self.means, slopes))
        return [sum(map(mul, row, slopes)) - middle for row in zip(*self.columns, strict=True)]


def _standardized(column: Sequence[float], mean: float, spread: float) -> list[float]:
    return [(value - mean) / spread for value in column] if spread else [0.0] * len(column)


_STOPS = ".!?。…\"”'’)]」』"
"""Marks that end a sentence, and those that may stand behind them."""


def candidates(analysis: Analysis) -> list[Sentence]:
    """Sentences worth scoring: those that may be chosen and say something; all of them where there are none such."""
    able = [s for s in analysis.sentences if s.candidate] or list(analysis.sentences)
    return [s for s in able if not (cues.is_filler(s.text) or is_fragment(s))] or able


def stubs(analysis: Analysis) -> list[Sentence]:
    """Sentences that are no candidates only because they are short, to fill up with: 값은 90만원이다.

    A verb with a particle makes a sentence of so few words; a sign-off (한여울입니다) has none.
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
    """Whether it is a heading, a deck or a caption among the sentences: it ends in no verb, and in no stop or soon.

    Decks of public offices stay in the body; neither "…에 한돈 지원" nor "시장의 밤 풍경." is a sentence to print.
    """
    tokens = sentence.tokens
    if any(token.tag == "EF" for token in tokens[-4:]):
        return False
    if sentence.text[-1:] not in _STOPS:
        return True
    return (
        len(sentence.text) < CAPTION
        and len(tokens) > 1
        and tokens[-1].tag == "SF"
        and tokens[-2].tag in ("NNG", "NNP")
    )


def sheet(analysis: Analysis, sentences: Sequence[Sentence] | None = None) -> Sheet:
    """Measure the article and its candidate sentences, where they are known already. Needs at least one sentence."""
    if sentences is None:
        sentences = candidates(analysis)
    lengths = [float(len(sentence.text)) for sentence in sentences]
    terms = [terms_of(sentence.tokens) for sentence in sentences]
    title = terms_of(analysis.title)
    marks = [list(column) for column in zip(*[_marks(s) for s in sentences], strict=True)]
    columns = [
        *_positions(len(sentences)),
        lengths,
        [math.log1p(length) for length in lengths],
        *_mass(terms, frozenset(title)),
        *marks,
        *_neighbours(lengths, marks),
    ]
    means = [sum(column) / len(sentences) for column in columns]
    spreads = [_spread(column, mean) for column, mean in zip(columns, means, strict=True)]
    traits = (*_traits(lengths, marks), float(bool(analysis.title)))
    rows = tuple([s.index for s in sentences])
    return Sheet(
        rows, columns, traits, tuple(means), tuple(spreads), tuple(dict.fromkeys(chain(title, *terms)))
    )


def _spread(column: Sequence[float], mean: float) -> float:
    """Return the standard deviation of a column; 0 where nothing differs."""
    spread = math.dist(column, [mean] * len(column)) / math.sqrt(len(column))
    return spread if spread >= 1e-9 else 0.0


def _positions(n: int) -> list[list[float]]:
    return [
        [math.log1p(i) for i in range(n)],
        [i / max(1, n - 1) for i in range(n)],
        [1.0, *[0.0] * (n - 1)],
        [float(i == 1) for i in range(n)],
        [*[0.0] * (n - 1), 1.0],
    ]


def _mass(terms: list[list[str]], title: frozenset[str]) -> list[list[float]]:
    """Columns `mass` to `title_share`: what the terms of each sentence weigh in this article."""
    n = len(terms)
    tallies = [dict.fromkeys(own, 1) for own in terms]
    for own, tally in zip(terms, tallies, strict=True):
        if len(tally) < len(own):
            tally.update(Counter(own))
    frequency = Counter(chain.from_iterable(terms))
    rarity = [0.0, *[math.log1p(n / held) for held in range(1, n + 1)]]
    rare = {term: rarity[held] for term, held in Counter(chain.from_iterable(tallies)).items()}
    nouns = [term for term in frequency if term[-1] not in "VA"]
    # Most stand once; those that do not are few to sort.
    often = sorted([term for term in nouns if frequency[term] > 1], key=frequency.__getitem__, reverse=True)
    top = frozenset([*often, *[term for term in nouns if frequency[term] == 1]][:10])
    middle = dict.fromkeys(frequency, 0.0)
    rows: list[list[float]] = []
    units: list[list[float]] = []
    for own, tally in zip(terms, tallies, strict=True):
        counts = list(map(frequency.__getitem__, tally))
        rares = list(map(rare.__getitem__, tally))
        heavy = list(map(mul, tally.values(), rares))
        length = math.sqrt(sum(map(mul, heavy, heavy)))
        unit = [weight / length for weight in heavy]
        for term, weight in zip(tally, unit, strict=True):
            middle[term] += weight
        units.append(unit)
        shared = len(title.intersection(tally)) if title else 0
        rows.append(
            [
                sum(heavy),
                sum(counts),
                sum(map(mul, counts, rares)),
                sum(map(mul, tally.values(), counts)) / max(len(own), 1),
                len(tally),
                0.0,
                len(top.intersection(tally)) / max(1, len(top)),
                shared / max(1, len(title)),
                shared / max(1, len(tally)),
            ]
        )
    width = math.sqrt(sum([weight * weight for weight in middle.values()])) or 1.0
    for row, tally, unit in zip(rows, tallies, units, strict=True):
        row[5] = sum(map(mul, unit, map(middle.__getitem__, tally))) / width
    return [list(column) for column in zip(*rows, strict=True)]


def _marks(sentence: Sentence) -> tuple[float, ...]:
    """Columns `quote` to `research`: what a sentence shows by itself."""
    text = sentence.text
    tags = [token.tag for token in sentence.tokens]
    opening = text.lstrip(cues.OPENING)
    verb = _last_verb(sentence.tokens)
    return (
        min(1.0, sum(map(len, cues.QUOTED.findall(text))) / max(1, len(text)))
        if "“" in text or '"' in text
        else 0.0,
        text[:1] in ("“", '"', "‘", "'"),
        tags.count("SN"),
        tags.count("NNP"),
        tags.count("SL"),
        text.count("("),
        tags.count("NNB"),
        text.count(","),
        cues.DAY.search(text) is not None,
        "따르면" in text,
        verb in cues.SAYING,
        verb in cues.ANNOUNCING,
        verb in cues.FINDING,
        cues.PLAN.search(text, max(0, len(text) - 14)) is not None,
        verb == "이",
        "EP" in tags[-6:],
        "JX" in tags[:12],
        *(_openers(opening) if opening[:1] in _OPENERS else _NO_OPENERS),
        len(cues.RESEARCH.findall(text)),
    )


QUOTE, NUMBERS, LEANS, ADDS, RESEARCH = 0, 2, 17, 18, 23
"""Positions in `_marks` of the columns that neighbours and traits are made of."""


def _openers(opening: str) -> tuple[bool, ...]:
    """Columns `leans` to `concludes`."""
    return (
        opening.startswith(cues.POINTERS),
        opening.startswith(cues.ADDITIONS),
        opening.startswith(cues.TURNS),
        opening.startswith("한편"),
        opening.startswith("특히"),
        opening.startswith(cues.CONSEQUENCES),
    )


_OPENERS = frozenset(
    word[0] for word in (*cues.POINTERS, *cues.ADDITIONS, *cues.TURNS, "한편", "특히", *cues.CONSEQUENCES)
)
_NO_OPENERS = (False,) * 6


def _last_verb(tokens: Sequence[Token]) -> str:
    """Stem of the predicate that ends the sentence: 밝히, 강조하 (noun and suffix together), 이 for the copula."""
    for at in range(len(tokens) - 1, -1, -1):
        form, tag = tokens[at].form, tokens[at].tag
        if tag.startswith(("VV", "VA")):
            return form
        if tag in ("XSV", "XSA"):
            return (tokens[at - 1].form if at else "") + form
        if tag == "VCP":
            return form
    return ""


def _neighbours(lengths: list[float], marks: list[list[float]]) -> list[list[float]]:
    leaning = [float(a or b) for a, b in zip(marks[LEANS], marks[ADDS], strict=True)]
    return [
        [0.0, *lengths[:-1]],
        [0.0, *marks[QUOTE][:-1]],
        [*lengths[1:], 0.0],
        [*leaning[1:], 0.0],
    ]


def _traits(lengths: list[float], marks: list[list[float]]) -> tuple[float, ...]:
    """Return the traits that sentences show, all but the title."""
    n = len(lengths)
    return (
        sum(lengths) / n,
        sum([length < SHORT for length in lengths]) / n,
        sum([count > 0 for count in marks[RESEARCH]]) / n,
        math.log(n),
        sum(marks[QUOTE]) / n,
        sum(marks[NUMBERS]) / n,
        lengths[0],
    )

"""Features of candidates: where an article mentions them, and how common they are in Korean news.

candidates -> shortlist (a linear score of what costs nothing to compute) -> one row of FEATURES each
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from yoyak.core.values import Analysis
from yoyak.keywords.candidates import KINDS, NOUN, PAREN, ROLE, TITLE, TOPIC, VERB, Candidate
from yoyak.keywords.lexicon import Lexicon
from yoyak.keywords.words import SPACE, is_korean_name, squash
from yoyak.nlp.document_frequency import Background

Row: TypeAlias = Sequence[float]
Matrix: TypeAlias = list[Row]

# Candidates that are scored by the model. A longer list costs time and changes the score by less than 0.002.
SHORTLIST = 40

FEATURES = (
    "title_cover",  # share of the title's letters, 0 if the title does not contain the term
    "title_position",  # offset in the title over its length; 2 if it is not there
    "quoted",  # mentions alone in quotation marks
    "title_quoted",
    "first",  # ln of the position of the first mention, in words
    "sentences",  # share of the sentences that mention it
    "early",  # sum of 1 / (1 + index) of these sentences
    "rarity",  # -ln of its share of the background's documents
    "title_share",  # how often background articles that mention it do so in the title
    "mass",  # ln(1 + mentions in the body) times rarity: TF-IDF
    "mass_share",  # over the greatest of the article
    "length",  # characters
    "words",
    "morphemes",
    "proper",  # contains a proper noun
    "topic",  # share of mentions followed by a subject or topic particle
    "defined",  # share of mentions followed by a parenthesis
    "after_noun",  # share of mentions a space after a noun
    "before_noun",  # share of mentions a space before a noun
    "before_role",  # share of mentions before a job title
    "longer",  # mentions of the most mentioned longer candidate that contains it, over its own
    "head_share",  # of the mentions of its first word, the share that are its own
    "tail_share",
    "association",  # how much more often its words meet in the background than by chance
    "head_frequency",  # ln of the background documents with the first word
    "tail_frequency",
    "head_title_share",
    "tail_title_share",
    "morpheme_rarity",  # mean -ln of the share of documents of its morphemes
    "morpheme_mass",  # sum of the TF-IDF of its morphemes
    "korean_name",
    "ends_generic",
    "organization",  # ends in a syllable that ends names of organizations and places
    "size",  # ln of the number of tokens of the body
)
_MASS = FEATURES.index("mass")
_CONTENT = frozenset(("NNG", "NNP", "SL", "XR", "SH"))
_ORGANIZATION_ENDS = frozenset("청부처원회사시군구도국당법팀단소교관점역")
_FOLLOWING_WEIGHTS = [0.3 * (kind == TOPIC) - 2.4 * (kind == VERB) for kind in range(KINDS)]


def shortlist(candidates: list[Candidate], lexicon: Lexicon, size: int = SHORTLIST) -> list[Candidate]:
    """Keep the `size` likeliest candidates in the order given.

    The weights are those of a logistic regression on the labels, rounded.
    """
    if len(candidates) <= size:
        return candidates
    never, roles, log = lexicon.never, lexicon.roles, math.log
    scores = []
    for c in candidates:
        sentence, position, after_noun, following, quoted = c.mentions[0]
        parts, key = c.parts, c.key
        score = 1.2 * log(len(c.mentions)) + 0.5 * min(len(key), 8) - 1.5 * len(parts)
        score -= 0.6 * log(1 + position) if sentence >= 0 else 0.7
        score += 1.0 * c.proper + 2.3 * quoted - 0.7 * after_noun - 1.8 * (c.link != SPACE)
        score -= 1.6 * (parts[0] in never) + 1.4 * (parts[-1] in never) + 2.2 * (key in roles)
        score += _FOLLOWING_WEIGHTS[following]
        scores.append(score)
    floor = sorted(scores, reverse=True)[size - 1]
    return [c for c, score in zip(candidates, scores, strict=True) if score >= floor][:size]


def matrix(
    candidates: Sequence[Candidate],
    found: Mapping[str, Candidate],
    analysis: Analysis,
    *,
    lexicon: Lexicon,
    background: Background,
) -> Matrix:
    """One row of `FEATURES` for each of `candidates`, chosen from all candidates `found`."""
    if not candidates:
        return []
    document = _Document(found, analysis, lexicon, background)
    rows = [document.row(candidate) for candidate in candidates]
    greatest = max(1e-9, *[row[_MASS] for row in rows])
    for row in rows:
        row[_MASS + 1] = row[_MASS] / greatest
    return [*rows]


class _Document:
    """What the features of all candidates of an article share."""

    def __init__(
        self, found: Mapping[str, Candidate], analysis: Analysis, lexicon: Lexicon, background: Background
    ) -> None:
        self.found = found
        self.lexicon = lexicon
        self.background = background
        self.known: dict[str, tuple[float, float]] = {}
        self.documents = background.documents
        self.common = math.log(background.documents + 1.0)
        self.title = analysis.article.title or ""
        self.heading = squash(self.title)
        self.sentences = len(analysis.sentences) or 1
        self.size = math.log(1 + sum([len(sentence.tokens) for sentence in analysis.sentences]))
        self.longer = _longer(found)
        self.frequency = Counter(t.form for t in analysis.title if t.tag in _CONTENT)
        for sentence in analysis.sentences:
            self.frequency.update([form for form, tag, _, _ in sentence.tokens if tag in _CONTENT])

    def row(self, c: Candidate) -> list[float]:
        """Values of `FEATURES` of one candidate."""
        log, look_up = math.log, self.look_up
        mentions, parts, key = c.mentions, c.parts, c.key
        total = len(mentions)
        following = [0] * KINDS
        after_noun = quoted = title_quoted = body = distinct = 0
        early = 0.0
        title_position = 2.0
        first = -1
        before = TITLE
        for sentence, position, linked, kind, in_quotes in mentions:
            following[kind] += 1
            after_noun += linked
            if sentence >= 0:
                body += 1
                quoted += in_quotes
                if first < 0:
                    first = position
                if sentence != before:
                    before = sentence
                    distinct += 1
                    early += 1.0 / (1 + sentence)
            elif sentence == TITLE:
                title_quoted += in_quotes
                if title_position == 2.0:
                    title_position = position / len(self.title)
        log_count = log(1 + body)
        df, title_share = look_up(key)
        rarity = self.common - log(df + 0.5)
        head_mentions = tail_mentions = total
        head_df, head_title_share = tail_df, tail_title_share = df, title_share
        association = 0.0
        if len(parts) > 1:
            head, tail = self.found.get(parts[0]), self.found.get(parts[-1])
            head_mentions = len(head.mentions) if head else 1
            tail_mentions = len(tail.mentions) if tail else 1
            head_df, head_title_share = look_up(parts[0])
            tail_df, tail_title_share = look_up(parts[-1])
            association = log((df + 0.2) * (self.documents + 1.0) / ((head_df + 1) * (tail_df + 1)))
        morphemes = [token.form for token in c.tokens if token.tag in _CONTENT]
        rarities = [self.common - log(look_up(f"{m.lower()}/N")[0] + 1.0) for m in morphemes]
        frequency = self.frequency
        return [
            len(key) / len(self.heading) if key in self.heading else 0.0,
            title_position, quoted, title_quoted,
            log(first) if first > 0 else self.size,
            distinct / self.sentences, early,
            rarity, title_share, log_count * rarity, 0.0,
            len(key), len(parts), len(c.tokens), c.proper,
            following[TOPIC] / total, following[PAREN] / total,
            after_noun / total, (following[NOUN] + following[ROLE]) / total, following[ROLE] / total,
            self.longer.get(key, 0) / total,
            total / head_mentions, total / tail_mentions, association,
            log(head_df + 1), log(tail_df + 1), head_title_share, tail_title_share,
            sum(rarities) / (len(rarities) or 1),
            sum([log(1 + frequency.get(m, 0)) * r for m, r in zip(morphemes, rarities, strict=True)]),
            is_korean_name(key, self.lexicon),
            parts[-1] in self.lexicon.never, key[-1] in _ORGANIZATION_ENDS, self.size,
        ]  # fmt: skip

    def look_up(self, term: str) -> tuple[float, float]:
        """`Background.look_up`, remembered: compounds of an article share their words."""
        value = self.known.get(term)
        if value is None:
            value = self.known[term] = self.background.look_up(term)
        return value


def _longer(found: Mapping[str, Candidate]) -> dict[str, int]:
    """For each key, the mentions of the most mentioned longer candidate that contains it."""
    longer: dict[str, int] = {}
    for c in found.values():
        parts = c.parts
        if len(parts) > 1 and c.tokens:
            mentions = len(c.mentions)
            if len(parts) > 2:
                parts = (*parts, c.key[: -len(parts[-1])], c.key[len(parts[0]) :])
            for part in parts:
                if longer.get(part, 0) < mentions:
                    longer[part] = mentions
    return longer

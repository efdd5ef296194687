"""Sentence boundaries, second reading: what a sentence splitter gets wrong in news, put right.

Kiwi splits well, but news taught it some cuts no reader makes. Its spans are taken as a proposal and repaired
by rules that see only the text and the first morpheme after each cut:

- nothing is cut inside a quotation or a bracket: `"물이 줄었다. 고기도 줄었다"고 말했다`;
- a sentence that opens with a quotation starts before it: `선보인다. '붉은 말의 해' | 를 맞아` is cut before the
  mark, not after it;
- sentences glued by a converter come apart: `내렸다.HBM은`, `짧았다."다음에 보자"는`;
- closing marks stay with the sentence they close, list marks go with the one they open;
- `“경제가 어렵다.” 한 상인이 말했다.` is one sentence: who said it belongs to what was said.

One pass over the text, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from yoyak.core.patterns import lazy_pattern

Span = tuple[int, int]

# A longer quotation is a document quoted whole, or two unmatched marks that met: its inside is cut as usual.
LONGEST_QUOTATION = 400
# What follows a quotation that stands alone is its speaker when it is this short, or has a verb of speech.
LONGEST_SPEAKER = 30
# More marks than this that a splitter left alone are a line of their own, a rule or a score.
LONGEST_LEAD = 30

_LIST = "◆◇■□▲△▶▷●○◎※☞ⓒ"
_MARK = lazy_pattern(r"\n\n|[\"“”'‘’()（）\[\]「」『』《》〈〉]")
_CLOSER_OF = {")": "(", "）": "(", "]": "[", "」": "「", "』": "『", "》": "《", "〉": "〈"}
_OPENER = {"(": "(", "（": "(", "[": "[", "「": "「", "『": "『", "《": "《", "〈": "〈"}
_DOUBLE = '"“”'
_QUOTES = "\"“'‘"
# After a closing mark whose opening one was lost: 물러서지 않겠다"고 그는 말했다.
_PARTICLE = lazy_pattern(r"(?:이?라(?:고|며|는|면서)|고|며|는|란|하고|면서)[\s,.가-힣]|[\s,.)\]]|$")
# A name in small letters may follow (gdn 가맹점은), but what ends an address (다.com으로) is none.
_GLUED = lazy_pattern(
    rf"[다요죠까][.!?](?:(?=[A-Z0-9\[]|(?!(?:com|net|org|co|kr|io)[^a-z])[a-z]+ ?[가-힣])|\s*(?=[{_LIST}]))"
)
# “착용하세요.”(최민희 위원장)“저는 …: a quotation with its speaker in brackets is a sentence.
_CREDITED = lazy_pattern(r"[.!?][\"”]\([^()\n]{2,60}\)(?:\s+|(?=[“\"]))")
# A subhead in quotation marks with the next sentence glued to it: “예금보다 높다”국토부는 …. What could be a particle or
# an ending after a quotation is left alone, also where it is the first syllable of a word.
_HEADED = lazy_pattern(
    r"(?!이?라|이?란|[고며는은을를이가의에로와과도만보처까부하했한할되됐된인다등식형급뿐조밖께씨및]|으로|면서)[가-힣A-Z]"
)
_STOPPED = lazy_pattern(r"[가-힣\d%\])][.!?。]\s*$")
_ENDED = lazy_pattern(r"[.!?。…][\"'”’)\]」』》〉]*$")
_CLOSING_MARKS = lazy_pattern(r"[.!?。…,”’)\]」』》〉]+\s*")
_LIST_MARK = lazy_pattern(rf"[.!?][\"'”’)\]]*\s*([{_LIST}])\s*$")
# Marks or a number that a splitter left alone open what follows them.
_LEAD = lazy_pattern(r"(?:\W+|\d{1,2}[.)])$")
_SAID = lazy_pattern(
    r"말했|밝혔|전했|했다|털어놨|강조|설명|덧붙|외쳤|물었|적었|썼다|웃었|답했|호소|토로|주장|얘기"
)
# The first morpheme of a piece that cannot open a sentence: a particle, an ending, a copula, a suffix. A verb
# (연다 | 밝혔지만) or a number (비슷하다 | 69.2%) does not after a piece without a full stop.
_BOUND = ("J", "E", "VCP", "XS", "VX")
# The last morpheme of a piece without a full stop that cannot close one: a connective ending, a particle.
_OPEN_END = ("EC", "ETM", "J")


def repair(text: str, spans: Sequence[Span], tags: Sequence[tuple[str, str]]) -> list[Span]:
    r"""Find the spans of the sentences of `text`, from the `spans` a splitter proposes.

    `tags` are those of the first and the last morpheme of each span. Spans are half open, in order, and hold
    everything that is not white space; so do the ones returned. A paragraph (`\n\n`) is never joined to the
    next.
    """
    regions = _regions(text)
    first = {start: tag for (start, _), (tag, _) in zip(spans, tags, strict=True)}
    last = {end: tag for (_, end), (_, tag) in zip(spans, tags, strict=True)}
    added = {at for at, _ in regions if text[at] in _QUOTES and _STOPPED.search(text, max(0, at - 8), at)}
    added.update(
        match.end()
        for match in _GLUED.finditer(text)
        if "가" <= text[match.start() - 1 : match.start()] <= "힣"
    )
    added.update(match.end() for match in _CREDITED.finditer(text) if match.end() < len(text))
    quotations = {at: end for at, end in regions if text[at] in _QUOTES}
    heads = {end + 1 for at, end in quotations.items() if _is_head(text, at, end)}
    cuts = _outside(sorted(added.union(first, heads)), regions)
    joined: list[Span] = []
    for start, end in _slide(text, cuts):
        left = joined[-1] if joined else (0, 0)
        if not joined or start in heads or "\n\n" in text[left[1] : start]:
            joined.append((start, end))
        elif _torn(text, left, start, last.get(left[1], ""), first.get(start, "")) or _one(
            text, left, (start, end), quotations
        ):
            joined[-1] = (left[0], end)
        else:
            joined.append((start, end))
    return joined


def _regions(text: str) -> list[Span]:
    """Every quotation and bracket, as (offset of its opening mark, offset of its closing one)."""
    found: list[Span] = []
    double = single = -1
    brackets: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        at, mark = match.start(), match.group()
        if mark == "\n\n":
            double = single = -1
            brackets.clear()
        elif mark in _DOUBLE:
            double = _quotation(text, at, double, found)
        elif mark in _OPENER:
            brackets.append((_OPENER[mark], at))
        elif mark in _CLOSER_OF:
            if brackets and brackets[-1][0] == _CLOSER_OF[mark]:
                found.append((brackets.pop()[1], at))
        else:
            single = _quotation(text, at, single, found)
    found.sort()
    return [(at, end) for at, end in found if end - at <= LONGEST_QUOTATION]


def _quotation(text: str, at: int, opened: int, found: list[Span]) -> int:
    """Take one quotation mark; return where the quotation now open began, or -1."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "'" and before.isascii() and before.isalnum():
        return opened  # O'Brien, dogs'
    if opened < 0 and before.isdigit() and mark == '"':
        return opened  # 27" is a size, 5'10" a height
    spaced = (not before or before.isspace()) and not after.isspace()
    attributed = _PARTICLE.match(text, at + 1) is not None
    if opened < 0:
        return at if mark in "“‘" or spaced or (mark in "\"'" and not attributed) else -1
    # People type “ for ” and the other way round: what stands around a mark says more than its shape.
    if (spaced or mark in "“‘") and not attributed:
        return at
    found.append((opened, at))
    return -1


def _is_head(text: str, at: int, end: int) -> bool:
    """Whether a quotation stands where a sentence would, says nothing whole, and a sentence is glued to it."""
    return (
        10 <= end - at <= 60
        and text[at] in '"“'
        and " " in text[at:end]
        and text[end - 1] not in ".!?…。"
        and _HEADED.match(text, end + 1) is not None
        and (
            text[max(0, at - 2) : at] in {"", "\n\n"} or _STOPPED.search(text, max(0, at - 8), at) is not None
        )
    )


def _outside(cuts: Iterable[int], regions: Sequence[Span]) -> list[int]:
    """Drop the cuts that fall in a region. Both come sorted."""
    kept: list[int] = []
    reach, region = -1, 0
    for cut in cuts:
        while region < len(regions) and regions[region][0] < cut:
            reach = max(reach, regions[region][1])
            region += 1
        if cut > reach:
            kept.append(cut)
    return kept


def _slide(text: str, cuts: Sequence[int]) -> Iterable[Span]:
    """Spans between the cuts, each cut moved past closing marks or before a list mark."""
    start = cuts[0] if cuts else 0
    for left, cut in pairwise([*cuts, len(text)]):
        moved = cut
        if cut < len(text):
            space = text[start + len(text[start:cut].rstrip()) : cut]
            if "\n\n" in space:
                pass
            elif closing := _CLOSING_MARKS.match(text, cut):
                moved = closing.end()
            elif mark := _LIST_MARK.search(text, max(left, cut - 12), cut):
                moved = mark.start(1)
        if moved > start and (piece := text[start:moved].strip()):
            begin = text.index(piece, start, moved) if text[start : start + 1].isspace() else start
            yield begin, begin + len(piece)
        start = max(start, moved)


def _torn(text: str, left: Span, start: int, closer: str, opener: str) -> bool:
    """Whether the cut between `left` and what starts at `start` goes through a sentence without a stop there."""
    if _ENDED.search(text, max(left[0], left[1] - 8), left[1]):
        return False
    gap, mark = text[left[1] : start], text[left[1] - 1]
    if mark in ")]":
        return opener.startswith(_BOUND)
    if mark in "\"'”’" or opener.startswith((*_BOUND, "VV", "SN")) or closer.startswith(_OPEN_END):
        return True
    return not gap and (
        (mark.isascii() and mark.isalnum()) or _is_name(text[max(left[0], left[1] - 3) : left[1]])
    )


def _is_name(piece: str) -> bool:
    """Whether a piece cut off without a space ends in the first syllables of a name: 표다|정 위원장, not 했다|그는.

    Endings of verbs in 다 follow a syllable that ends in ㅆ or ㄴ: 했다, 온다.
    """
    word = piece.rpartition(" ")[2]
    return len(word) == 2 and word[1] == "다" and (ord(word[0]) - ord("가")) % 28 not in {4, 20}


def _one(text: str, left: Span, right: Span, quotations: dict[int, int]) -> bool:
    """Whether `left` is a quotation and `right` says whose it is, or a list mark and what it introduces."""
    if left[1] - left[0] <= LONGEST_LEAD and _LEAD.match(text, *left):
        return True
    if quotations.get(left[0]) != left[1] - 1 or text[right[0]] in _QUOTES:
        return False
    return right[1] - right[0] <= LONGEST_SPEAKER or _SAID.search(text, *right) is not None

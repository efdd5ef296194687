"""Cut lines in dumps of web pages: paragraphs cut at a width, sentences cut at links, times glued to headlines.

Only lines with clear signs of a cut are joined, because menus and headings stand between the paragraphs of a dump. Texts
that consist of wrapped lines only are read by `wrapped`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import bylines
from yoyak.extraction.line_shape import SENTENCE_END, continues

MIN_WRAP_CHARS, MAX_WRAP_CHARS = 22, 130
"""Limits of the width, in characters, at which a paragraph was cut."""
_CLOSED = lazy_pattern(r"[.!?…:;][\"'”’)\]」』]*$|[\])>】]$")
_OPEN = lazy_pattern(
    r"[은는이가을를의에로와과도만서며고해면지게라나한된인할히던린운등약총또]$|(?:마다|까지|부터|처럼|보다|에게|께서|때문에|대해|위해|통해)$|[,·]$|\d[일년월명시분개원%]?$"
)
_OWNED = lazy_pattern(r"[ⓒ©]|저작권자|무단\s?전재")
MIN_CLAUSE_LINES = 5
"""Lines of the shortest text that is read as one clause per line."""
MAX_FOOT_CHARS = 60
"""Characters of the longest byline or copyright notice."""
_MARK = lazy_pattern(r"^[▲△↑◆■◇□▶▷●○※☞\[【<]")
_LABELLED_TIME = lazy_pattern(
    r"^(.{10,120}?)(?:\s((?:기사\s?|최초\s?)?(?:입력|등록|승인|송고|발행)\s?(?:일시|시간|일)?\s?[:：|]?\s?(?:19|20)\d\d[.\-/년].{0,80})"
    r"|((?:(?:기사|최초)(?:입력|등록|승인|송고)|입력|송고)(?:일시|시간)?\s?[:：|]?\s?(?:19|20)\d\d[.\-/년]\s?\d{1,2}[.\-/월].{0,40}\d{1,2}[:시]\s?\d{2}.{0,40}))$"
)
# A bare time with the hour at the end, and the outlet or the reporter with an address glued before it.
_BARE_TIME = lazy_pattern(
    r"^(.{10,120}?[^\s\d.:(/-])\s?((?:[가-힣]{2,4}\s(?:[A-Za-z가-힣]{2,10}\s)?기자\(\S{3,60}@\S{3,60}\)\s|[A-Z]{2,5}\s)?"
    r"(?:19|20)\d\d[.]\s?\d{1,2}[.]\s?\d{1,2}[.]\s\d{1,2}:\d{2}(?::\d\d)?)$"
)
# Without a space before the label only if the hour follows: 사전등록 2026.03.05 may be part of a headline.


def join_wrapped(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join lines that are pieces of one paragraph. Each line comes with whether a blank line stands before it.

    A block is wrapped text if all lines but the last of each paragraph fill one width and most of them end in the middle
    of a sentence. Joined lines are divided by one space.
    """
    blocks: list[list[str]] = []
    gaps: list[bool] = []
    for text, before in lines:
        if before or not blocks or _is_foot(blocks[-1][-1]) or _is_foot(text):
            blocks.append([])
            gaps.append(before)
        blocks[-1].append(text)
    wrapped = [_is_wrapped(block) for block in blocks]
    width = max((max(map(len, block)) for block, cut in zip(blocks, wrapped, strict=True) if cut), default=0)
    width = width or _common_width(blocks)
    joined: list[tuple[str, bool]] = []
    for block, cut, before in zip(blocks, wrapped, gaps, strict=True):
        same = not cut and _fills(block, width)
        pieces = _join(block) if cut or same else _join_full(_join_clause_lines(block), width)
        joined.extend((line, before and index == 0) for index, line in enumerate(pieces))
    return joined


def _is_foot(text: str) -> bool:
    """Whether a short line is a byline or a copyright notice, which never continues the sentence above."""
    if len(text) > MAX_FOOT_CHARS:
        return False
    return (
        "@" in text
        or bool(_OWNED.search(text))
        or (len(text) <= MIN_WRAP_CHARS and bool(bylines.signers(text)))
    )


def _is_wrapped(block: Sequence[str]) -> bool:
    """Whether the lines of a block are one text that was cut at one width."""
    if len(block) < 3:
        return False
    widest = max(map(len, block))
    if not MIN_WRAP_CHARS <= widest <= MAX_WRAP_CHARS or any(_MARK.match(line) for line in block[1:]):
        return False
    full = [line for line in block[:-1] if len(line) >= 0.7 * widest]
    open_ended = sum(not _CLOSED.search(line) for line in full)
    stops = sum(bool(SENTENCE_END.search(line)) for line in block)
    return (
        len(full) >= 0.75 * (len(block) - 1)
        and open_ended >= 0.5 * len(full)
        and stops >= max(1, len(block) // 6)
    )


def _common_width(blocks: Sequence[Sequence[str]]) -> int:
    """Return the width at which three or more short paragraphs of a page were cut, or 0."""
    cut = [
        block[:-1]
        for block in blocks
        if len(block) > 1 and not _CLOSED.search(block[0]) and SENTENCE_END.search(block[-1])
    ]
    width = max((len(block[0]) for block in cut), default=0)
    if not MIN_WRAP_CHARS <= width <= MAX_WRAP_CHARS:
        return 0
    full = sum(all(0.7 * width <= len(line) <= width for line in block) for block in cut)
    return width if full >= 3 else 0


def _join_full(block: list[str], width: int) -> list[str]:
    """Join the lines of a block that fill the width at which the page was cut."""
    if not width or len(block) < 2 or not any(SENTENCE_END.search(line) for line in block):
        return block
    joined = [block[0]]
    for before, line in pairwise(block):
        # A line is full if the first word of the next line did not fit on it.
        full = len(before) + 1 + len(line.split(" ", 1)[0]) > width >= 0.95 * len(before)
        if full and (not _CLOSED.search(before) or 0.85 * width <= len(before)):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def _fills(block: Sequence[str], width: int) -> bool:
    """Whether a block fills the width at which other blocks of the page were cut."""
    full = block[:-1]
    if not full or not all(0.7 * width <= len(line) <= 1.15 * width for line in full):
        return False
    return 2 * sum(not _CLOSED.search(line) for line in full) > len(full)


def is_clause_per_line(lines: Sequence[str]) -> bool:
    """Whether lines are one clause each, as in the scripts of some broadcasters: short, most without a sentence end.

    >>> is_clause_per_line(["시장이 오늘 의회를 찾아", "새 조례를 설명했습니다.", "의원들은 시기를 두고", "걱정을 나타내며", "더 따져 보자고 했습니다."])
    True
    """
    if len(lines) < MIN_CLAUSE_LINES or max(map(len, lines)) > MIN_WRAP_CHARS * 2:
        return False
    closed = sum(bool(SENTENCE_END.search(line[-6:])) for line in lines)
    left_open = sum(bool(_OPEN.search(line[-12:])) for line in lines)
    return 6 * closed >= len(lines) and closed + left_open >= 0.7 * len(lines) and 2 * left_open >= closed


def _join_clause_lines(block: Sequence[str]) -> list[str]:
    """Return a block with its sentences joined where they have one clause per line.

    Only sentences in the polite style of broadcasters count, from the first open line to the last full stop. Menus and
    buttons have neither.
    """
    ends = [at for at, line in enumerate(block) if line.endswith("니다.")]
    start = next((at for at, line in enumerate(block) if _OPEN.search(line[-12:])), len(block))
    clauses = block[start : ends[-1] + 1] if len(ends) > 1 else ()
    if not is_clause_per_line(clauses) or any(_COMPLETE_LINE.search(line) for line in clauses):
        return list(block)
    joined: list[list[str]] = [[]]
    for line in clauses:
        joined[-1].append(line)
        if SENTENCE_END.search(line[-6:]):
            joined.append([])
    return [*block[:start], *(" ".join(lines) for lines in joined if lines), *block[ends[-1] + 1 :]]


def _join(block: Sequence[str]) -> list[str]:
    """Return the paragraphs of a wrapped block. A short line that ends a sentence ends its paragraph."""
    widest = max(map(len, block))
    paragraphs: list[list[str]] = [[]]
    for line in block:
        paragraphs[-1].append(line)
        if len(line) < 0.7 * widest and _CLOSED.search(line):
            paragraphs.append([])
    return [" ".join(paragraph) for paragraph in paragraphs if paragraph]


MAX_JOINED_CHARS = 2_000
"""Characters after which no further piece is joined to a line. No paragraph of news is longer."""


def split_time(text: str) -> tuple[str, str] | None:
    """Divide a headline from the time glued to it. Return None for a byline or a plain label.

    >>> split_time("가온시 새 도서관 문 연다 입력 2026.03.05 14:07")
    ('가온시 새 도서관 문 연다', '입력 2026.03.05 14:07')
    >>> split_time("가온시 새 도서관 문 연다기사입력 2026.03.05. 오후 2:07")
    ('가온시 새 도서관 문 연다', '기사입력 2026.03.05. 오후 2:07')
    >>> split_time("“가온시 새 도서관 문 연다”GBN 2026. 3. 5. 14:07")
    ('“가온시 새 도서관 문 연다”', 'GBN 2026. 3. 5. 14:07')
    """
    match = _LABELLED_TIME.match(text)
    if match is not None and not bylines.reporters(match.group(1)) and len(match.group(1)) >= 12:
        return match.group(1), match.group(2) or match.group(3)
    match = _BARE_TIME.match(text)
    if match is None or bylines.reporters(match.group(1)) or match.group(1).count(" ") < 2:
        return None
    return match.group(1), match.group(2)


def join_at_particles(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join sentences that a converter cut at their links and bold words.

    Done only if two lines of the text begin with a particle or a closing mark, which no complete line does. Pieces are
    joined without a space before a particle, else with one, so that words stay whole.
    """
    if sum(continues(text) for text, _ in lines) < 2:
        return list(lines)
    joined: list[tuple[str, bool]] = []
    for text, gap in lines:
        if (
            not joined
            or gap
            or len(joined[-1][0]) > MAX_JOINED_CHARS
            or not continues(text)
            or SENTENCE_END.search(joined[-1][0][-6:])
        ):
            joined.append((text, gap))
            continue
        word, before = joined.pop()
        whole = word + text
        if joined and not before and _is_open(joined[-1][0]):
            opening, before = joined.pop()
            whole = f"{opening} {whole}"
        joined.append((whole, before))
    return joined


_PARENTHESIS = lazy_pattern(r"\([^()]{1,15}\)")
_PARTICLE = lazy_pattern(
    r"(?:이|가|은|는|을|를|의|와|과|로|으로|에|에서|도|만|부터|까지|라는|이라는|라고|이라고)\s|[,.)”’]"
)


def join_parentheses(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join sentences that a converter cut at an inline element with a parenthesis: `사정`, `(事情)`, `이 있다`."""
    joined: list[tuple[str, bool]] = []
    for at, (text, gap) in enumerate(lines):
        before = lines[at - 1][0] if at else ""
        alone = bool(_PARENTHESIS.fullmatch(text)) and at + 1 < len(lines) and not lines[at + 1][1]
        behind = bool(_PARENTHESIS.fullmatch(before)) and bool(joined) and joined[-1][0] != before
        if gap or not joined:
            joined.append((text, gap))
        elif (alone and not SENTENCE_END.search(before[-6:]) and _PARTICLE.match(lines[at + 1][0])) or (
            behind and _PARTICLE.match(text)
        ):
            joined[-1] = (joined[-1][0] + text, joined[-1][1])
        else:
            joined.append((text, gap))
    return joined


_FRAGMENT = lazy_pattern(
    r"(?:다|요|의|을|를|은|는|에|에서|로|으로|고|며|과|와|도|만|한|된|인|할|될|했다|됐다|된다|한다)[\s.,]"
)
MIN_STRAY_CHARS = 15


def join_stray_breaks(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join a sentence that one stray line break cuts, between lines that end their sentences.

    Kiwi is asked only where the two lines look cut: a quotation is open, the line ends in a particle or ending, or the
    next one begins with one.
    """
    joined: list[tuple[str, bool]] = []
    for at, (text, gap) in enumerate(lines):
        if joined and not gap and joined[-1][0] == lines[at - 1][0] and _is_stray(lines, at):
            from yoyak.nlp import line_breaks  # loaded only where a line looks cut

            before = joined[-1][0]
            one = line_breaks.read_break(before, text)
            if line_breaks.open_end(before) == "strong" or (one.sure and not one.spaced):
                joined[-1] = (before + ("" if one.sure and not one.spaced else " ") + text, joined[-1][1])
                continue
        joined.append((text, gap))
    return joined


def _is_stray(lines: Sequence[tuple[str, bool]], at: int) -> bool:
    """Whether a line may be the rest of the one above it, judged by letters and marks."""
    before, text = lines[at - 1][0], lines[at][0]
    if len(before) < MIN_STRAY_CHARS or _CLOSED.search(before[-6:]) or not SENTENCE_END.search(text):
        return False
    if _MARK.match(text) or _COMPLETE_LINE.search(before[:40]) or _COMPLETE_LINE.search(text[:40]):
        return False
    if at > 1 and not lines[at - 1][1] and not SENTENCE_END.search(lines[at - 2][0][-6:]):
        return False
    quoted = before.count('"') % 2 == 1 and text.count('"') % 2 == 1
    return (
        quoted
        or bool(_FRAGMENT.match(text))
        or (len(before) >= MIN_WIDE_CHARS and bool(_OPEN.search(before[-12:])))
    )


_CUT = lazy_pattern(r"[‘“(「『]$|[가-힣](?:을|를|의|은|는|에서|에게|이라는|라는|위한|통해|대한)$")
_UNIT_OR_CLOSING = lazy_pattern(r"^(?:[%)’”」』]|[가-힣]{1,3}\s|(?:[kmc]?m|[km]?g|t|[kMG]W|[MGT]B)\b)")
_COMPLETE_LINE = lazy_pattern(r"(?:기자|특파원)(?![가-힣])|[@ⓒ©=|]|20\d\d[.\-/]|^[▲△↑◆■◇□▶▷●○※☞]")
_AGO = lazy_pattern(r"\d{1,2}\s?(?:분|시간|일)\s?전$")
"""The age of an entry in a list of articles."""
MAX_PIECES = 6
"""Lines over which one cut sentence may extend."""


def join_open_lines(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Join sentences cut at links and bold words whose pieces do not begin with a particle: `…의 수온은`, `10`, `년 전보다 …`.

    A line was cut if it ends in a particle or an opening mark and a line right below it ends the sentence. Done only if a
    text has two such lines. The pieces between the sentence before and the cut belong to the cut sentence.
    """
    marks = [index for index in range(len(lines) - 1) if not lines[index + 1][1] and _is_cut(lines[index][0])]
    marks = [at for at in marks if _closing(lines, at) is not None]
    if len(marks) < 2:
        return list(lines)
    joined: list[tuple[str, bool]] = []
    done = 0
    for at in marks:
        end = _closing(lines, at)
        if end is None or at < done:
            continue
        while not SENTENCE_END.search(lines[end][0][-6:]) and (further := _closing(lines, end)) is not None:
            end = further
        start = at
        while start > done and at - start < MAX_PIECES and _is_piece(lines, start - 1):
            start -= 1
        if start and not SENTENCE_END.search(lines[start - 1][0][-6:]):
            start = at
        joined.extend(lines[done:start])
        whole, gap = lines[start]
        for text, _ in lines[start + 1 : end + 1]:
            whole += ("" if _is_glued(whole, text) else " ") + text
        joined.append((whole, gap))
        done = end + 1
    return joined + list(lines[done:])


def _is_cut(text: str) -> bool:
    """Whether a line ends where no complete line does: at a particle, or after many characters in mid-sentence."""
    if len(text) >= MIN_WIDE_CHARS:
        return _is_open(text) and bool(_OPEN.search(text[-12:]))
    return len(text) >= MIN_CUT_CHARS and bool(_CUT.search(text))


def _closing(lines: Sequence[tuple[str, bool]], at: int) -> int | None:
    """Return the index of the line that ends a cut sentence, if only pieces of the sentence stand between."""
    for index in range(at + 1, min(at + 1 + MAX_PIECES, len(lines))):
        text, gap = lines[index]
        if gap or _COMPLETE_LINE.search(text[:40]) or _AGO.match(text) or bylines.is_press(text):
            return None
        if SENTENCE_END.search(text):
            return index
    return None


def _is_piece(lines: Sequence[tuple[str, bool]], at: int) -> bool:
    text = lines[at][0]
    return not lines[at + 1][1] and not SENTENCE_END.search(text[-6:]) and not _COMPLETE_LINE.search(text)


def _is_glued(before: str, text: str) -> bool:
    """Whether no space divides two pieces: a number and its unit, a quotation and its marks, a word and its particle."""
    if before[-1] in "‘“(「『" or text[0] in "%)’”」』,." or continues(text):
        return True
    return before[-1].isdigit() and (text[0].isdigit() or bool(_UNIT_OR_CLOSING.match(text)))


MIN_WIDE_CHARS = 55
"""Characters from which on a line that ends in a connective ending (…다고, …하며) was cut by a width."""
MIN_CUT_CHARS = 8
"""Characters of the shortest line that may be the beginning of a cut sentence; shorter ones are menus."""


def _is_open(text: str) -> bool:
    """Whether a line ends in the middle of a sentence: it does not end like a headline, or is too long for one."""
    end = text[-12:]
    return not _CLOSED.search(end) and (bool(_OPEN.search(end)) or len(text) >= 40)

"""Label the title and the subtitles among the short lines above the body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import bylines, coherence
from yoyak.extraction.line_shape import is_polite, read_shape
from yoyak.extraction.page import Line, Lines, Page, indices_of, relabel

_SITE_SEPARATOR = lazy_pattern(r"\s+(?:[|｜<>:»›•·ㅣ–—-]|::|&gt;)\s+")
_HEADLINE_LABEL = lazy_pattern(r"^(?:부\s?제목?|제\s?목)\s?[:：]\s*(?=\S)")
_HEADLINE_MARKS = lazy_pattern(r"…|⋯|\.\.\.|[“”\"‘’'↑↓]|·|,")
_QUOTES_AND_SPACES = " \t\"'“”‘’`´"
_WITHOUT_SPACES_AND_QUOTES = str.maketrans(dict.fromkeys(_QUOTES_AND_SPACES))
_MAX_SITE_NAME_CHARS = 10
"""Characters. A line no longer that ends like an outlet's name is the site's: a heading of the page, no title."""
_MAX_HEAD_LINES = 80
"""Lines above the body that are looked at. Between a title and its body stand widgets, a summary box, a caption."""
_MAX_SUBTITLES = 6
_ELLIPSIS = lazy_pattern(r"…|[.]{2,}")
_OPENING_LINES = 4
_TITLE_LINES = 3
"""Lines at the top of a dump that can hold the document's title."""
_MIN_NAMED_CHARS = 10
"""A shorter line may stand in a document's title by chance."""
_MAX_NAMED_CHARS = 160
_META_LINES = 8
"""Lines below a headline in which its time or byline stands."""
_WIDGETS = frozenset({"time", "byline", "control", "interface", "summary-box"})
_MIN_SCORE = 0.6
"""A line of fewer points has nothing but its place in its favour."""
_MAX_SCORE_MARGIN = 1.3
"""Points by which an earlier line may fall behind: a deck repeats the lead as well as the title does, below it."""
_HEADLINE_EDGES = lazy_pattern(r"^[\[<(【]|[다까나요죠라네자?!]$")
_BRACKETED = lazy_pattern(r"[\[<(【][^\[\]<>()【】]*[\]>)】]$")
_HANGUL = lazy_pattern(r"[가-힣].*[가-힣]")
_MAX_SERIES_CHARS = 14
_MAX_SERIES_SHARE = 0.6
"""Share of the headline below that a series' name is shorter than; and characters."""
_MAX_BLOCK_LINES = 4
"""Lines of a title and its decks above the byline."""
_MAX_LINES_ABOVE = 1
"""Lines of them above the one that shares most words with the lead; two are headlines of other articles."""


def without_label(text: str) -> str:
    """Return a line of a headline without the label that press releases put before it.

    >>> without_label("제목: 가온시, 시장 다시 연다")
    '가온시, 시장 다시 연다'
    """
    return _HEADLINE_LABEL.sub("", text)


def normalize_title(text: str) -> str:
    """Return a text as titles are compared: without spaces and quotation marks."""
    return text.translate(_WITHOUT_SPACES_AND_QUOTES)


_normalized = lru_cache(maxsize=64)(normalize_title)
"""The same with a cache: each line of an article is compared with its title twice."""


def label_headline(lines: Lines, page: Page) -> Lines:
    """Label the line of the title: the one a stated title stands on, else the best line above the body."""
    body = indices_of(lines)
    if not body or not body[0]:
        return lines
    if page.stated_title is None:
        named = [at for at in headlines_of_page(lines, page) if body[0] - _MAX_HEAD_LINES <= at < body[0]]
        at = named[-1] if named else _best(lines, body[0], coherence.stems(_opening(lines, body[0])))
    else:
        at = _stands_at(lines, page.stated_title, body[0])
    return lines if at is None else relabel(lines, {at: "headline"})


def title_of(lines: Lines, page: Page) -> str | None:
    """Return the title of an article whose headline is labelled. A given title wins, then the one the markup states."""
    at = next(iter(indices_of(lines, "headline")), None)
    if page.given_title or at is None:
        return page.stated_title
    text = lines[at].text
    if page.hints.title:
        return _fuller(text, page.hints.title)
    first = next(iter(indices_of(lines)), 0)
    bare = _before_site(text)
    if bare and ((at == 0 and first > 3) or bylines.is_press(_last_part(text))):
        text = bare
    return without_label(text)


def find_title_lines(page: Page) -> tuple[int, ...]:
    """Return the lines that hold the title the page is named after: the stated one, or that of the top of a dump.

    A dump begins with the document's title. Its headline stands in it, alone or with the names of site and section.
    """
    top = [line.text if line.tag in {"", "title", "heading"} else "" for line in page.lines[:_TITLE_LINES]]
    names = [normalize_title(text) for text in ([page.title] if page.title else top)]
    found = [
        at
        for at, line in enumerate(page.lines[1:], 1)
        if len(line.text) <= _MAX_NAMED_CHARS
        and line.text[-1] != "."  # true of nearly every line of a body, and known without comparing it
        and _names_page(normalize_title(line.text), names[:at])
        and read_shape(line.text).kind != "prose"
    ]
    copies = {normalize_title(page.lines[at].text) for at in found}
    first = [
        at for at in range(min(len(page.lines), len(names))) if normalize_title(page.lines[at].text) in copies
    ]
    return tuple(dict.fromkeys([*first, *found]))


def headlines_of_page(lines: Lines, page: Page) -> list[int]:
    """Return the lines with the page's title and a time or byline below: the headline of its article."""
    return [at for at in page.title_lines if _meta_follows(lines[at + 1 : at + 1 + _META_LINES])]


def _names_page(text: str, names: Sequence[str]) -> bool:
    """Whether a line, as titles are compared, is the beginning or the greater part of a document's title.

    It may be fuller than the document's title, which some pages cut.
    """
    return len(text) >= _MIN_NAMED_CHARS and any(
        name.startswith(text) or (text in name and 2 * len(text) > len(name)) or _continues(text, name)
        for name in names
    )


def _continues(text: str, name: str) -> bool:
    """Whether a line begins with a document's title, without its site's name, and continues it after an ellipsis."""
    cut = _ELLIPSIS.search(text)
    return cut is not None and cut.start() >= _MIN_NAMED_CHARS and name.startswith(text[: cut.start()])


def label_title_copies(lines: Lines, page: Page) -> Lines:
    """Label every further line that is the title once more."""
    title = title_of(lines, page)
    return relabel(
        lines,
        {
            at: "title"
            for at, line in enumerate(lines)
            if title and line.label not in {"headline", "subtitle"} and is_copy(line.text, title)
        },
    )


def is_copy(text: str, title: str | None) -> bool:
    """Whether a line is the title once more, alone or with the site's name."""
    if not title or len(text) > 2 * len(title) + 60:
        return False
    want = _normalized(title)
    if text.lstrip(_QUOTES_AND_SPACES)[:1] != want[:1]:
        return False  # true of nearly every line, and known without taking it apart
    own = _normalized(text)
    return own == want or (
        len(want) > 12
        and own.startswith(want)
        and len(own) - len(want) <= 40
        and bool(_SITE_SEPARATOR.search(text))
    )


def _stands_at(lines: Lines, title: str, stop: int) -> int | None:
    """Return the line nearest above the body that holds a title, whole or cut."""
    want = normalize_title(title)
    for at in range(stop - 1, max(-1, stop - _MAX_HEAD_LINES), -1):
        own = normalize_title(lines[at].text)
        if own and (
            own == want
            or (len(own) > 10 and own in want)
            or (len(want) > 10 and own.startswith(want) and len(own) < len(want) + 30)
        ):
            return at
    return None


def _fuller(text: str, title: str) -> str:
    """Return the page's own spelling of a title the markup states: markup cuts it, or escapes its quotes."""
    return (
        text
        if normalize_title(text) == normalize_title(title)
        or (
            title.endswith(("...", "…"))
            and normalize_title(text).startswith(normalize_title(title.rstrip(".… ")))
        )
        else title
    )


def _may_be_title(line: Line) -> bool:
    return (
        not line.label
        and line.shape.kind in {"short", "weak", "prose"}
        and 6 <= len(line.text) <= 130
        and line.shape.sentences <= 1
        and line.links < 0.9
        and not _is_outlet(line.text)
        and not bylines.is_signed(line.text)
    )


def _is_outlet(text: str) -> bool:
    """Whether a line is the name of the site or programme, as it heads a page."""
    name = text.strip("[]<>").rpartition("by ")[2].replace(" ", "")
    return len(name) <= _MAX_SITE_NAME_CHARS and bylines.is_press(name)


def _best(lines: Lines, stop: int, lead: frozenset[str]) -> int | None:
    """Return the line above the body that is its title; `lead` holds the stems of the first sentences."""
    counts = Counter(normalize_title(line.text) for line in lines)
    site_title = normalize_title(_before_site(lines[0].text) or "")
    scores: list[tuple[float, int]] = []
    off_topic: set[int] = set()
    for at in range(stop):
        line = lines[at]
        if not _may_be_title(line):
            continue
        score = _score(line, lead, counts[normalize_title(line.text)])
        printed = bool(site_title) and at > 0 and normalize_title(line.text) == site_title
        score += 4 * printed
        score += 1.5 * _meta_follows(lines[at + 1 : min(at + 7, stop)])
        score -= 0.03 * min(stop - at, 60)
        score -= 1.0 * (line.shape.kind == "prose")
        if score >= _MIN_SCORE:
            scores.append((score, at))
            if not coherence.stems(line.text) & lead and line.tag != "title" and not printed:
                off_topic.add(at)
    if not scores:
        return None
    related = [pair for pair in scores if pair[1] not in off_topic]
    at = _over_byline(_first_of_the_best(related or scores, lines, stop), stop, lines)
    return _top_of_block(at, lines)


def _first_of_the_best(scores: Sequence[tuple[float, int]], lines: Lines, stop: int) -> int:
    """Return the earliest line close to the best one; a deck, right above the body, yields to a line above the widgets."""
    best, best_at = max(scores)
    before = list(accumulate((line.label in _WIDGETS for line in lines[:stop]), initial=0))
    if before[stop] == before[best_at]:
        above = [(score, at) for score, at in scores if before[best_at] > before[at] and score >= best - 3]
        if above:
            best, best_at = max(above)
    return next(at for score, at in scores if score >= best - _MAX_SCORE_MARGIN)


def _over_byline(at: int, stop: int, lines: Lines) -> int:
    """Return the headline over the time or byline that `at` stands under, right above the body: that line is its deck."""
    if any(line.label in {"time", "byline"} for line in lines[at + 1 : stop]):
        return at
    above = at - 1
    while above >= 0 and at - above <= _MAX_BLOCK_LINES and lines[above].is_candidate:  # its own block
        above -= 1
    last = above
    while above >= 0 and at - above <= _MAX_HEAD_LINES and lines[above].label in _WIDGETS:
        above -= 1
    if above < 0 or above == last or not _is_signed(lines[above + 1 : above + 1 + _MAX_BLOCK_LINES]):
        return at
    return above if _is_headline(lines[above]) and not _is_series(lines[above].text, lines[at].text) else at


def _is_signed(below: Lines) -> bool:
    """Whether a time or byline is the first of a few lines, or follows some buttons."""
    return next((line.label for line in below if line.label != "control"), "") in {"time", "byline"}


def _top_of_block(at: int, lines: Lines) -> int:
    """Return the first of the few headlines right above a time or byline that `at` is one of: decks stand below the title.

    A headline may share no word with its report, which its deck then summarizes. More lines than a title and its
    decks are headlines of other articles.
    """

    def joins(other: int) -> bool:
        return lines[other].blank_before == lines[at].blank_before and _is_headline(lines[other])

    if not _is_headline(lines[at]):
        return at
    below = at + 1
    while below < len(lines) and below - at < _MAX_BLOCK_LINES and joins(below):
        below += 1
    if not _is_signed(lines[below : below + _MAX_BLOCK_LINES]):
        return at
    top = at
    while top > 0 and below - top <= _MAX_BLOCK_LINES and _is_headline(lines[top - 1]):
        if (lines[top].blank_before and not lines[below].blank_before) or _is_series(
            lines[top - 1].text, lines[at].text
        ):
            break
        top -= 1
    # Over a title with its deck, one strange line more is a headline of another article, if it has no mark of its own.
    alone = below == at + 1 or lines[top].text[0] == "["
    return top if at - top <= _MAX_LINES_ABOVE and below - top <= _MAX_BLOCK_LINES and alone else at


def _is_series(text: str, below: str) -> bool:
    """Whether a line above a headline names the series or event it belongs to, or is the page's own word.

    A name tells nothing and is short; a slogan ends in the outlet's name, a notice of the page is polite.
    """
    polite = text[-1] not in _QUOTES_AND_SPACES and is_polite(text)
    if polite or _BRACKETED.match(text) or not _HANGUL.search(text):
        return True
    if bylines.is_press(text.rsplit(" ", 1)[-1]):
        return True
    return not (_HEADLINE_MARKS.search(text) or _HEADLINE_EDGES.search(text)) and len(text) < max(
        _MAX_SERIES_CHARS, _MAX_SERIES_SHARE * len(below)
    )


def _is_headline(line: Line) -> bool:
    """Whether a line can be a headline by its look alone: of three words, no path and no outlet's name."""
    text = line.text
    return (
        _may_be_title(line)
        and line.shape.kind != "prose"
        and len(text) >= _MAX_SITE_NAME_CHARS
        and text.count(" ") >= 2
        and not _SITE_SEPARATOR.search(text)
        and line.links < 0.5
        and line.tag not in {"item", "link", "cell"}
    )


def _score(line: Line, lead: frozenset[str], count: int) -> float:
    own = coherence.stems(line.text)
    shared = len(own & lead)
    score = 2.5 * shared / max(3, len(own)) + 0.3 * min(shared, 3)
    score += {"title": 3.0, "heading": 1.5, "item": -1.0, "cell": -0.5}.get(line.tag, 0.0)
    score += 1.5 * min(count - 1, 2) if len(line.text) >= 10 else 0.0
    score += 0.5 * bool(_HEADLINE_MARKS.search(line.text)) + 0.5 * (14 <= len(line.text) <= 70)
    return score - 1.5 * line.links


def _meta_follows(below: Lines) -> bool:
    """Whether a time or byline stands among the next few lines: what follows a title."""
    return any(line.label in {"time", "byline"} for line in below)


def _before_site(text: str) -> str | None:
    """Return a document title without the name of its site: what is before the first separator, if that is most of it."""
    match = _SITE_SEPARATOR.search(text)
    return text[: match.start()].strip() if match and match.start() >= 8 else None


def _last_part(text: str) -> str:
    """Return what stands behind the last separator of a document title."""
    return _SITE_SEPARATOR.split(text)[-1].strip()


def label_subtitles(lines: Lines, page: Page) -> Lines:
    """Label the deck: a block of short lines between title and body that shares its words with the lead."""
    body = indices_of(lines)
    if not body or not body[0]:
        return lines
    parts = (_opening(lines, body[0]), " ".join(line.text for line in lines[body[0] : body[-1] + 1]))
    title_at = next(iter(indices_of(lines, "headline")), None)
    title = title_of(lines, page)
    block: list[int] = []
    blocks: list[list[int]] = []
    for at in range(max(title_at + 1 if title_at is not None else 0, body[0] - _MAX_HEAD_LINES), body[0]):
        line = lines[at]
        fits = (
            not line.label
            and line.shape.kind in {"short", "weak"}
            and 6 <= len(line.text) <= 110
            and line.tag not in {"item", "link", "cell"}
            and _HANGUL.search(line.text)
            and not is_copy(line.text, title)
            and not _is_outlet(line.text)
        )
        if fits and not (
            block and line.blank_before and not lines[block[-1]].blank_before and len(block) > 1
        ):
            block.append(at)
        elif block:
            blocks.append(block)
            block = [at] if fits else []
    blocks += [block] if block else []
    decks = [block for block in blocks if _is_deck(block, lines, parts)]
    if not decks and title_at is not None and len(blocks) == 1 and len(blocks[0]) <= 3:
        decks = [block for block in blocks if all(lines[at].text.count(" ") >= 2 for at in block)]
    return relabel(lines, dict.fromkeys(decks[0][:_MAX_SUBTITLES], "subtitle")) if decks else lines


def _opening(lines: Lines, first: int) -> str:
    """Return the text with which the body begins, captions among its lines included: they show its topic too."""
    return " ".join(line.text for line in lines[first : first + _OPENING_LINES])


def _is_deck(block: Sequence[int], lines: Lines, parts: Sequence[str]) -> bool:
    """Whether a block of short lines shares its words with one of the parts of the body: its opening, or all of it."""
    own = coherence.stems(" ".join(lines[at].text for at in block))
    least = 1 if len(own) < 8 else 2
    return len(block) <= 8 and any(len(own & coherence.stems(part)) >= least for part in parts if own)


def is_government_board(lines: Lines) -> bool:
    """Whether the page is a board of a public office: its record counts views and names a department.

    A press release has no deck there. What stands between the record and the first sentence is its text.
    """
    first = next(iter(indices_of(lines)), 0)
    record = " ".join(
        line.text for line in lines[max(0, first - 16) : first] if line.label in {"label", "control", "time"}
    )
    return "조회" in record and any(mark in record for mark in ("부서", "작성자", "등록자", "담당자"))

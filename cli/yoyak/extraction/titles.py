"""Choosing the headline among the titles that a page states, which also contain names of the site and the section."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import coherence, word_lists
from yoyak.extraction.blocks import Block
from yoyak.extraction.headline import normalize_title
from yoyak.extraction.markup import word_set

_SEPARATOR = lazy_pattern(
    r"\s*(?:::+|<<?|>>?|[|｜‖ㅣ│»›«•]|(?<=\s)[-–—:·~/](?=\s)|\s-|-\s|,(?=\s)|&lt;|&gt;|(?<=[가-힣”’\"')\]…?!.])[-–—](?=[가-힣A-Za-z]{2,12}$))\s*"
)
MIN_CLAIM_CHARS = 10
"""Characters of a claimed title that an <h1> must begin with to be a longer version of it."""
_SERVICE_PAGES = word_set("service_pages")
MAX_TITLE_PIECES = 3
"""Parts of the title of a service page: its name, a section, the site's name."""
MAX_CLAIMS = 12
"""Titles that are compared with every line of the page; a head states two to five."""
_PRINT_WORDS = frozenset(("인쇄", "인쇄하기", "기사인쇄", "기사인쇄하기", "프린트", "뉴스프린트", "print"))
_OUTLET_WORD = lazy_pattern(
    r"(?:뉴스|신문|일보|방송|닷컴|타임스|타임즈|투데이|경제|미디어|저널|데일리|통신|헤럴드|프레스|포스트|이코노미|비즈|뉴스룸|TV|tv|News|NEWS|news|\.com|\.kr|\.net|Daily|Times|Today|시청|군청|구청|도청|포털|홈페이지)"
)


def choose(
    tagged: Sequence[str],
    headlines: Sequence[str],
    document: str,
    *,
    sites: Sequence[str],
    blocks: Sequence[Block],
) -> str | None:
    """Return the headline of the article, from titles in tags, JSON-LD headlines and the document's title.

    Titles in tags contain the site's name, a section or keywords; the line on the page does not. The line of the page
    that a stated title contains comes first, then the JSON-LD headline, then a stated title without the site's name.
    """
    own_names = {normalize_title(site) for site in sites}
    stated = dict.fromkeys(claim for claim in (*tagged, *headlines, document) if claim)
    claims = [claim for claim in islice(stated, MAX_CLAIMS) if normalize_title(claim) not in own_names]
    bare_claims = [without_site(claim, sites) for claim in claims]
    printed = _printed(list(dict.fromkeys([*claims, *bare_claims])), blocks)
    if printed:
        return printed
    for headline in headlines:
        if not tagged or any(
            normalize_title(claim).startswith(normalize_title(headline)) for claim in (*tagged, document)
        ):
            return headline
    words = coherence.stems(" ".join(block.text for block in blocks if len(block.text) > 40))
    for claim in claims:
        bare = without_site(claim, sites)
        if len(coherence.stems(bare) & words) >= 2 or not words:
            return bare
    return None  # no line of the page shares words with the stated titles: they are titles of the whole site


def without_site(title: str, sites: Sequence[str]) -> str:
    """Return a stated title without the names of sites and sections before or behind it.

    >>> without_site("시장 다시 열려 < 사회 < 기사본문 - 가온일보", ["가온일보"])
    '시장 다시 열려'
    """
    names_ = {normalize_title(site).lower() for site in sites if site} | _PRINT_WORDS
    pieces = _SEPARATOR.split(title)
    if len(pieces) == 1:
        return title
    spans = list(_SEPARATOR.finditer(title))
    start, end = 0, len(title)
    first, last = 0, len(pieces) - 1
    while last > first and (
        _is_site(pieces[last], names_)
        or (spans[last - 1].group().strip() in {"<", "&lt;", "<<"} and len(pieces[last]) < 20)
    ):
        last -= 1
        end = spans[last].start()
    while first < last and normalize_title(pieces[first]).lower() in names_:
        start = spans[first].end()
        first += 1
    return title[start:end].strip() or title


def is_service_page(title: str) -> bool:
    """Whether a title names a page about the outlet or its service, such as its terms of use, and no article.

    >>> is_service_page("개인정보처리방침 - 가온일보"), is_service_page("개인정보처리방침 안 지킨 앱 12개")
    (True, False)
    """
    pieces = [piece.replace(" ", "") for piece in _SEPARATOR.split(title)]
    return len(pieces) <= MAX_TITLE_PIECES and not {pieces[0], pieces[-1]}.isdisjoint(_SERVICE_PAGES)


def _is_site(piece: str, names_: set[str]) -> bool:
    """Whether the piece behind a separator is the name of a site: a stated one, or a short one that sounds like an outlet."""
    bare = normalize_title(piece).lower()
    return (
        not bare
        or bare in names_
        or (len(bare) <= 14 and any(bare in name or name in bare for name in names_ if len(name) > 1))
        or (len(bare) <= 12 and bool(_OUTLET_WORD.search(piece)))
        or piece.strip() in word_lists.load().outlets
    )


def _printed(claims: Sequence[str], blocks: Sequence[Block]) -> str | None:
    """Return the line of the page that equals a claimed title, or a part of it between separators."""
    wanted = [normalize_title(claim) for claim in claims]
    best: tuple[int, int, str] | None = None
    for block in blocks:
        if not 5 <= len(block.text) <= 200 or block.tag in {"caption", "control", "cell"}:
            continue
        own = normalize_title(block.text)
        if len(own) < 5:
            continue
        for rank, want in enumerate(wanted):
            quality = _agreement(own, want, claims[rank], block)
            if quality and (best is None or (quality, len(own)) > best[:2]):
                best = (quality, len(own), block.text)
    return best[2] if best else None


def _agreement(own: str, want: str, claim: str, block: Block) -> int:
    """Return how well a line agrees with a claimed title: 0 not at all, 3 a heading that equals it."""
    heading = block.tag in {"title", "heading"} and not block.node.aside
    if own == want:
        return 2 + heading
    at = want.find(own) if len(own) >= 8 and len(own) >= 0.3 * len(want) else -1
    if at >= 0:
        before = claim[: _offset_behind(claim, at)]
        after = claim[_offset_behind(claim, at + len(own)) :]
        if (
            not before or _SEPARATOR.search(before + " ", max(0, len(before) - 3)) or before[-1] in "])"
        ) and (not after or _SEPARATOR.match(after) or _SEPARATOR.match(" " + after)):
            return (2 if at == 0 else 1) + heading
        return 0
    cut = want.rstrip(".…")
    if cut != want and len(cut) >= 10 and own.startswith(cut):
        return 1 + heading
    return 2 * heading if _is_fuller(block, claim) else 0


def _is_fuller(block: Block, claim: str) -> bool:
    """Whether an <h1> is a longer version of a claimed title: it begins with it and goes on without a separator."""
    if block.tag != "title" or len(normalize_title(claim)) < MIN_CLAIM_CHARS:
        return False
    end = _offset_behind(block.text, len(normalize_title(claim)))
    return normalize_title(block.text).startswith(normalize_title(claim)) and not _SEPARATOR.match(
        block.text[end:]
    )


def _offset_behind(text: str, count: int) -> int:
    """Return the offset in a text behind the first `count` characters that `normalize_title` keeps."""
    at = 0
    while at < len(text) and count > 0:
        count -= bool(normalize_title(text[at]))
        at += 1
    while at < len(text) and text[at] in "\"'“”‘’`´":
        at += 1
    return at


def site_in(document_title: str, title: str | None) -> str | None:
    """Return the site's name in the document's title: its last or first piece, if that is an outlet's name.

    Behind the article's own title any name that sounds like an outlet counts; elsewhere only a known outlet.

    >>> site_in("시장 다시 열려 : 사회 : 뉴스 : 한겨레", "시장 다시 열려")
    '한겨레'
    """
    pieces = [piece.strip() for piece in _SEPARATOR.split(document_title)]
    if len(pieces) < 2:
        return None
    outlets = word_lists.load().outlets
    known = next((piece for piece in (pieces[-1], pieces[0]) if piece in outlets), None)
    if known or not title or not normalize_title(document_title).startswith(normalize_title(title)):
        return known
    behind = _SEPARATOR.split(document_title[_offset_behind(document_title, len(normalize_title(title))) :])
    last = behind[-1].strip()
    return last if len(behind) > 1 and 2 <= len(last) <= 14 and _is_site(last, set()) else None

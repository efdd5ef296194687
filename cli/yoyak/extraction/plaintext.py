"""From plain text to a `Page`: article files, text dumps and Markdown of web pages, subtitles."""

from __future__ import annotations

from collections.abc import Sequence

from yoyak.core.normalize import normalize, squeeze
from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import one_line, reflow, subtitles, wrapped
from yoyak.extraction.page import Line, Page, Tag
from yoyak.inputs.inline_markup import plain_line, plain_text, undo_escapes

# List marks of converters: trafilatura and resiliparse write • and -, inscriptis * + o, html2text * and 1.
# A hyphen stays: news writes decks and speeches with it.
_BULLET = lazy_pattern(r"^(?:[•‣◦▪*+]|o(?= {1,3}\S))(?:\s+|$)|^\d{1,2}[.)]\s+(?=\S)")
_MARKDOWN_HEADING = lazy_pattern(r"^(#{1,6})\s+(?=\S)")
# Lengths are bounded so that hostile text is not scanned to its end from each of its brackets.
_IMAGE = lazy_pattern(
    r"!\[([^\[\]\\]{0,300}(?:(?:\\.|\[[^\[\]]{0,100}\])[^\[\]\\]{0,200}){0,6})\]\([^)\s]{0,2000}(?:\s+\"[^\"]{0,400}\")?\)"
)
_ESCAPE = lazy_pattern(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_LINK = lazy_pattern(r"\[([^\[\]]{0,400})\]\((?:https?:|/|#|\.|mailto:|javascript:|<)[^)]{0,2000}\)")
# Emphasis begins behind no letter and no other mark: `김**`, `flrr****` are masked names.
_EMPHASIS = lazy_pattern(r"(?<![\w*])(\*\*|__)(?=[^\s*_])([^*]{1,400}?)(?<=[^\s*_])\1(?!\*)")
_ITALIC = lazy_pattern(r"^(\*{1,3}|_{1,3})(?=[^\s*_])(.{2,}?)(?<=[^\s*_])\1$")
_INLINE = lazy_pattern(
    r"(?<!\w)_([가-힣“‘\"'(][^_]{0,80})_(?![A-Za-z0-9_])|(?<![\w*])\*([가-힣“‘\"'(][^*\s]{0,40}(?:\s[^*\s]{1,40}){0,6})\*(?!\*)"
)
_BARS = lazy_pattern(r"^[|\s:-]*$")
# lynx and w3m number their links; news articles do not have so many references.
_REFERENCE = lazy_pattern(r"\[\d{1,3}\](?=\S)")
_CODE = lazy_pattern(
    r"[{};]$|^(?://|/\*|\*/|<!--|@media|[.#][a-zA-Z-]+\s?\{)|function\s?\(|=>|\b(?:var|const|let)\s\w+\s?=|\b(?:document|window|JSON|console)[.]|\$[(.]|^\w+:\s?[\[{'\"]"
)
MAX_WHOLE_CHARS = 100
"""Characters of the longest line that is never split."""
_HANGUL = lazy_pattern(r"[가-힣]")
_RULE = lazy_pattern(r"^[-=_*~ ]{3,}$")


def read_page(text: str) -> Page:
    """Read the lines of a text. Bullets become tags; Markdown marks are removed."""
    spoken = subtitles.spoken_lines(text)
    if spoken is not None:
        cues = wrapped.join_cues([normalize(plain_line(line)) for line in spoken])
        return Page(lines=tuple(Line(cue, "", 0.0, gap) for cue, gap in cues))
    raw, page_numbers = wrapped.separate_page_numbers(_gapped_lines(_without_marks(text)))
    lines: list[Line] = []
    for body, before in _joined(raw):
        parts = reflow.split_time(body) if "20" in body and len(body) < 300 else None
        if parts:
            lines.append(Line(parts[0], "", 0.0, before))
        read = _line(parts[1], gap=False) if parts else _line(body, gap=before)
        if read is not None:
            lines.extend(_split(read))
    lines.extend(Line(number, "control") for number in page_numbers)
    return Page(lines=tuple(lines))


def _without_marks(text: str) -> str:
    """Return a text without inline markup, mail quotes, image addresses and numbered references."""
    text = normalize(plain_text(undo_escapes(text)))
    if text.startswith(">"):
        text = wrapped.without_quote_marks(text)
    if "![" in text:
        # An image of its own is a caption on a line of its own; html2text breaks its text over lines.
        text = _IMAGE.sub(
            lambda image: f"\n\n![{squeeze(image.group(1))}]()\n\n" if image.group(1).strip() else " ", text
        )
    if "\\" in text and "](" in text:
        text = _ESCAPE.sub(r"\1", text)
    if len(_REFERENCE.findall(text[:20_000])) > 9:
        text = _REFERENCE.sub("", text)
    return text


def _gapped_lines(text: str) -> list[wrapped.GappedLine]:
    """Return the lines with text, each with whether a blank line stands before it."""
    lines: list[wrapped.GappedLine] = []
    gap = True
    for line in text.split("\n"):
        body = squeeze(line)
        if not body or _RULE.match(body) or _is_code(body):
            gap = gap or not body
            continue
        lines.append((body, gap))
        gap = False
    return lines


def _joined(lines: Sequence[wrapped.GappedLine]) -> Sequence[wrapped.GappedLine]:
    """Join lines that were cut at a width, at a clause or by a converter."""
    running = wrapped.join_running_text(lines) if lines else None
    if running:
        return running
    if all(before for _, before in lines):  # a line between two gaps is no piece of another
        return lines
    for join in (
        reflow.join_parentheses,
        reflow.join_at_particles,
        reflow.join_wrapped,
        reflow.join_open_lines,
        reflow.join_stray_breaks,
    ):
        lines = join(lines)
    return lines


def _split(line: Line) -> list[Line]:
    """Return the lines of a page or of paragraphs that a converter wrote on one line."""
    if len(line.text) <= MAX_WHOLE_CHARS:
        return [line]
    return [part for whole in one_line.split_page(line) for part in one_line.split_glued(whole)]


def _is_code(text: str) -> bool:
    """Whether a line is part of a script or style sheet that a converter left in the text."""
    if text[-1] not in "{};,)" and not text.startswith(("//", "/*", "$", "var ", "}", "<!--")):
        return False
    return bool(_CODE.search(text)) and (text.startswith("//") or 2 * len(_HANGUL.findall(text)) < len(text))


def _line(text: str, *, gap: bool) -> Line | None:
    tag: Tag = ""
    links = 0.0
    if text.startswith("![") and text.endswith("]()"):
        return Line(text[2:-3], "caption", 0.0, gap) if len(text) > 5 else None
    if text[0] in "|*_":
        text = _unframe(text)
        if not text:
            return None
    if text[0] in "•‣◦▪*+o0123456789" and (bullet := _BULLET.match(text)):
        stripped = text[bullet.end() :]
        if not stripped:
            return None
        if not text[0].isdigit():
            text = stripped
        tag = "item"
    if "](" in text:
        text, links = _unlink(text)
        if not text:
            return None
    if text[0] == "#" and (heading := _MARKDOWN_HEADING.match(text)):
        text = text[heading.end() :].rstrip("# ")
        tag = "title" if len(heading.group(1)) == 1 else "heading"
    text = _unmark(text)
    return Line(text, tag, links, gap) if text else None


def _unframe(text: str) -> str:
    """Return a line without the bars of a table row and without emphasis around all of it. Empty for a line of bars."""
    if text[0] == "|" and len(text) > 1:
        if _BARS.match(text):
            return ""
        text = text.strip("| ")
    italic = _ITALIC.match(text)
    return italic.group(2) if italic else text


def _unmark(text: str) -> str:
    """Return a line without the emphasis inside it."""
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if text.count("*") > 1 or text.count("_") > 1:
        text = _INLINE.sub(lambda part: part.group(1) or part.group(2), text)
    return text


def _unlink(text: str) -> tuple[str, float]:
    """Return a line of Markdown without its addresses, and its share of link text."""
    linked = sum(len(link.group(1)) for link in _LINK.finditer(text))
    bare = squeeze(_LINK.sub(r"\1", text))
    return bare, min(1.0, linked / max(1, len(bare)))

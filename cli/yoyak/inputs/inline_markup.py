r"""Inline markup in fields of rows: tags such as `<b>`, character references such as `&quot;`, and escapes such as `\n`.

Exports of databases and search interfaces leave them in titles and texts. They are undone before anything is read, so
that they are never part of a sentence or a keyword. Words in angle brackets (`<반찬가게>`) are text and stay.
"""

from __future__ import annotations

import html
import re

from yoyak.core.patterns import lazy_pattern

_INLINE = "a|abbr|b|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s|small|span|strike|strong|sub|sup|tt|u|var|wbr"
_BLOCK = "article|blockquote|br|center|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|img|li|ol|p|pre|section|table|tbody|td|th|tr|ul"
_INLINE_TAG = lazy_pattern(rf"</?(?:{_INLINE})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_BLOCK_TAG = lazy_pattern(rf"</?(?:{_BLOCK})(?:\s[^<>]{{0,2000}})?/?>\s*", re.IGNORECASE)
_CDATA = lazy_pattern(r"<!\[CDATA\[|\]\]>")
_REFERENCE = lazy_pattern(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = lazy_pattern(r"\\(r\\n|[nrt\"'/])")
_ESCAPED_BREAK = lazy_pattern(r"\\r\\n|\\n")
# In a text with line ends of its own: not after a Latin letter, a colon or a backslash (C:\news), nor before one.
_ESCAPED_RUN = lazy_pattern(r"(?<![A-Za-z:\\])(?:\\r\\n|\\n|\\t)+(?![a-z])")
_ESCAPES = {"r\\n": "\n", "n": "\n", "r": "\n", "t": " ", '"': '"', "'": "'", "/": "/"}
# Text that went through two programs is escaped twice: &amp;quot;
_PASSES = 3


def undo_escapes(value: str) -> str:
    r"""Replace a literal `\n` by a line end, with care where the text has line ends of its own.

    >>> undo_escapes(r"첫 문단이다.\n\n둘째 문단이다.")
    '첫 문단이다.\n\n둘째 문단이다.'
    """
    if "\\" not in value or not _ESCAPED_BREAK.search(value):
        return value
    if "\n" in value.strip() or not _ESCAPED_RUN.search(value):
        return _ESCAPED_RUN.sub(lambda run: _ESCAPE.sub(lambda found: _ESCAPES[found[1]], run[0]), value)
    return _ESCAPE.sub(lambda found: _ESCAPES[found[1]], value)


def plain_line(value: str) -> str:
    """Return a title, a name or an address without markup, on one line.

    >>> plain_line("해솔군 <b>반찬가게</b> &quot;열었다&quot; <사진>")
    '해솔군 반찬가게 "열었다" <사진>'
    """
    plain = undo_escapes(value)
    if "<" in plain or "&" in plain:
        plain = plain_text(plain)
    return " ".join(plain.split())


def plain_text(value: str) -> str:
    """Return a text without tags and character references; block tags become line ends."""
    for _ in range(_PASSES):
        before = value
        if "<" in value or "]]>" in value:
            value = _INLINE_TAG.sub("", _CDATA.sub("", _without_comments(value)))
            value = _BLOCK_TAG.sub("\n\n", value)
        if "&" in value:
            value = _REFERENCE.sub(lambda found: html.unescape(found[0]), value)
        if value == before:
            break
    return value


def _without_comments(value: str) -> str:
    """Cut `<!-- -->`, in time linear in the length; a comment that is never closed stays."""
    kept: list[str] = []
    at = 0
    while (start := value.find("<!--", at)) >= 0 and (end := value.find("-->", start)) >= 0:
        kept.append(value[at:start])
        at = end + 3
    return "".join([*kept, value[at:]])


def has_block_tags(value: str) -> bool:
    """Whether a text is marked up in blocks: it is then read like a page."""
    return "<" in value and _BLOCK_TAG.search(value) is not None


def unescape_markup(value: str) -> str:
    """Return markup that was escaped as a whole, `&lt;p&gt;`, as markup."""
    if "<" not in value and "&lt;" in value:
        unescaped = html.unescape(value)
        if has_block_tags(unescaped):
            return unescaped
    return value

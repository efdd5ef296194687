"""All articles of a run as one self-contained HTML page.

Nothing in it is loaded from anywhere and nothing runs: no scripts, every piece of an article escaped, and a
Content-Security-Policy that allows this page's own style sheet (by its hash) and nothing else (CSP Level 3).
Folding is the browser's own `<details>`; bars are widths by class because the policy refuses inline styles.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from yoyak.core import messages, normalize
from yoyak.core.messages import plural, text
from yoyak.core.values import Article, Failed, Outcome, Summary
from yoyak.outputs import render
from yoyak.ranking import explain

STEP = 5  # per cent between two widths of a bar


class Section(NamedTuple):
    """One article's part of the page: its name in the list at the top, and its HTML."""

    name: str
    html: str
    failed: bool


def section(outcome: Outcome) -> Section:
    """HTML of one outcome."""
    if isinstance(outcome, Failed):
        name = render.printable(outcome.id or outcome.source)
        return Section(
            name, f'<h2>{_html(name)}</h2>\n<p class="error">{_html(outcome.message)}</p>\n', failed=True
        )
    article = outcome.article if isinstance(outcome, Summary) else outcome
    name = render.printable(article.title or article.id or article.source)
    parts = [*_head(article, name)]
    if isinstance(outcome, Summary):
        parts += [*_key_sentences(outcome), *_keywords(outcome), *_notices(outcome), *_body(outcome)]
        parts += _scores(outcome)
    else:
        parts += [f"<p>{_html(paragraph)}</p>" for paragraph in article.paragraphs]
    parts.append(f'<p class="source">{_html(article.source)}</p>')
    return Section(name, "\n".join(parts) + "\n", failed=False)


def page(
    sections: Iterable[str], *, contents: Sequence[tuple[str, bool]], version: str, whole: bool = True
) -> Iterator[str]:
    """Give the page in pieces, from its sections in order and their names with whether they failed.

    A page that is not `whole`, for its run ended early, says so.
    """
    failed = sum(failed for _, failed in contents)
    line = plural("{count} article", "{count} articles", len(contents))
    if failed:
        line += ", " + text("{count} failed", count=failed)
    if not whole:
        line += ". " + text("The run was interrupted; this page is incomplete.")
    yield _start(line)
    if len(contents) > 1:
        yield f'<nav aria-label="{_html(text("Contents"))}">\n<ol>\n'
        for number, (name, bad) in enumerate(contents, start=1):
            mark = ' class="failed"' if bad else ""
            yield f'<li{mark}><a href="#a{number}">{_html(name)}</a></li>\n'
        yield "</ol>\n</nav>\n"
    yield "<main>\n"
    for number, html in enumerate(sections, start=1):
        yield f'<article id="a{number}" lang="ko">\n{html}</article>\n'
    yield f"</main>\n<footer>yoyak {_html(version)}</footer>\n</body>\n</html>\n"


def _html(value: str) -> str:
    return escape(normalize.squeeze(normalize.normalize(value)))


def _start(line: str) -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = _html(text("News summaries"))
    return (
        f'<!doctype html>\n<html lang="{messages.language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>{title}</h1>\n<p>{_html(line)}</p>\n</header>\n"
    )


def _head(article: Article, name: str) -> Iterator[str]:
    yield f"<h2>{_html(name)}</h2>"
    for subtitle in article.subtitles:
        yield f'<p class="deck">{_html(subtitle)}</p>'
    if line := render.byline(article):
        yield f'<p class="byline">{_html(line)}</p>'


def _key_sentences(summary: Summary) -> Iterator[str]:
    if summary.sentences:
        yield '<ol class="key">'
        yield from (f"<li>{_html(s.text)}</li>" for s in summary.sentences)
        yield "</ol>"


def _keywords(summary: Summary) -> Iterator[str]:
    if summary.keywords:
        yield f'<ul class="terms" aria-label="{_html(text("Keywords"))}">'
        yield from (f"<li>{_html(k.term)}</li>" for k in summary.keywords)
        yield "</ul>"


def _notices(summary: Summary) -> Iterator[str]:
    yield from (f'<p class="notice">{_html(notice.message)}</p>' for notice in summary.warnings)


def _body(summary: Summary) -> Iterator[str]:
    """Give the body with key sentences and keywords marked, subheadings in their places."""
    headings = summary.article.headings()
    yield f"<details>\n<summary>{_html(text('Article'))}</summary>"
    for index, pieces in enumerate(explain.paragraphs(summary)):
        yield from (f"<h3>{_html(heading)}</h3>" for heading in headings.get(index, ()))
        yield f"<p>{''.join(_marked(pieces))}</p>"
    yield "</details>"


def _marked(pieces: list[explain.Piece]) -> Iterator[str]:
    inside: int | None = None
    for piece in pieces:
        if piece.chosen != inside:
            yield ("</mark>" if inside is not None else "") + ("<mark>" if piece.chosen is not None else "")
            inside = piece.chosen
        run = escape(normalize.strip_invisible(piece.text))
        yield f"<b>{run}</b>" if piece.keyword else run
    if inside is not None:
        yield "</mark>"


def _scores(summary: Summary) -> Iterator[str]:
    yield f'<details>\n<summary>{_html(text("Scores"))}</summary>\n<ol class="scores">'
    for verdict in explain.verdicts(summary):
        width = round(verdict.share * 100 / STEP) * STEP if verdict.sentence.candidate else 0
        mark = ' class="chosen"' if verdict.chosen else ""
        parts = " · ".join(
            f"<span>{_html(name)} {value:+.2f}</span>" for name, value in explain.grouped(verdict.parts)
        )
        yield (
            f'<li{mark}><p>{_html(verdict.sentence.text)}</p><div class="bar"><i class="w{width}"></i></div>'
            f'<p class="why">{verdict.score:.3f} · {_html(verdict.reason)}</p>'
            + (f'<p class="parts">{parts}</p>' if parts else "")
            + "</li>"
        )
    yield "</ol>\n</details>"


STYLE = (
    """
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d1d1b;--soft:#63625d;--line:#e3e0d8;
--accent:#0b6e5f;--mark:#fff1b8;--bad:#a3271b}
@media (prefers-color-scheme:dark){:root{--paper:#161719;--card:#1e2023;--ink:#e8e6e1;--soft:#a3a19b;
--line:#34363a;--accent:#5cc8b4;--mark:#4c431c;--bad:#ff8f80}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:46rem;padding:1.5rem 1rem 3rem;background:var(--paper);color:var(--ink);
font:1rem/1.75 system-ui,"Apple SD Gothic Neo","Noto Sans KR","Malgun Gothic","Noto Sans CJK KR",sans-serif;
word-break:keep-all;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0;line-height:1.3}
h2{font-size:1.25rem;margin:0 0 .25rem;line-height:1.4}
h3{font-size:1rem;margin:1.25rem 0 .25rem}
p{margin:.25rem 0}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
header p,.byline,.source,.why,.parts,footer{color:var(--soft);font-size:.875rem}
nav{margin:1rem 0;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.75rem;font-size:.9375rem}
nav ol{margin:0;padding-left:1.75rem}
nav a{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.failed a,.error{color:var(--bad)}
article{margin:1rem 0;padding:1.25rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem}
article:target{border-color:var(--accent)}
.deck{color:var(--soft)}
.key{margin:1rem 0;padding-left:1.5rem}
.key li{margin:.5rem 0;padding-left:.25rem}
.key li::marker{color:var(--accent);font-weight:700}
.terms{display:flex;flex-wrap:wrap;gap:.375rem;margin:1rem 0;padding:0;list-style:none}
.terms li{padding:.0625rem .625rem;border:1px solid var(--line);border-radius:1rem;font-size:.875rem;
color:var(--accent)}
.notice{color:var(--soft);font-size:.875rem}
details{margin-top:.75rem;border-top:1px solid var(--line);padding-top:.5rem}
summary{cursor:pointer;color:var(--accent);font-size:.9375rem}
details p{margin:.75rem 0}
mark{background:var(--mark);color:inherit;border-radius:.2em;box-decoration-break:clone;
-webkit-box-decoration-break:clone;padding:.1em 0}
b{color:var(--accent);font-weight:600}
.scores{padding-left:1.75rem}
.scores li{margin:.75rem 0;color:var(--soft)}
.scores li.chosen{color:var(--ink)}
.scores p{margin:.125rem 0}
.parts span{white-space:nowrap}
.bar{height:.375rem;margin:.25rem 0;background:var(--line);border-radius:.25rem;overflow:hidden}
.bar i{display:block;height:100%;background:var(--soft)}
.chosen .bar i{background:var(--accent)}
.source{overflow-wrap:anywhere;margin-top:.75rem}
footer{margin-top:2rem;text-align:center}
@media (max-width:30rem){body{padding:1rem .625rem 2rem}article{padding:1rem .875rem}h2{font-size:1.125rem}}
@media print{body{max-width:none}article{break-inside:avoid;border:0;padding:0}nav{display:none}}
"""
    + "".join(f".w{width}{{width:{width}%}}" for width in range(0, 101, STEP))
    + "\n"
)

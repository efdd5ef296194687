"""The report page: complete, harmless, and readable in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article, failed, summary
from yoyak.core import messages
from yoyak.core.values import Notice, Outcome
from yoyak.outputs import html_report

BROWSER = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
        if (found := shutil.which(name))
    ),
    None,
)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
ATTACK = "<script>document.title='뚫림'</script><img src=x onerror=\"document.title='뚫림'\">"


@pytest.fixture(autouse=True)
def _english() -> None:
    messages.use("en")


def page_of(*outcomes: Outcome) -> str:
    sections = [html_report.section(outcome) for outcome in outcomes]
    contents = [section.entry for section in sections]
    return "".join(html_report.page([s.html for s in sections], contents=contents, version="1.0"))


class Outline(HTMLParser):
    """Tags with their attributes; checks that every tag is closed."""

    VOID = frozenset(("meta", "br", "img", "link", "input"))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_has_all_parts_of_an_article() -> None:
    html = page_of(summary(warnings=(Notice("short", "짧은 기사"),)))
    outline = Outline(html)
    assert outline.open == []
    for said in (
        "가람시, 강변 도서관 짓는다",
        "책 20만 권, 밤 11시까지",
        "한빛신문 · 이보람, 정다온 · 2026.03.02 09:10",
        "도서관",
        "내년 3월 첫 삽",
        "짧은 기사",
        "chosen, rank 1 of 4: opens the article",
        "library.txt",
    ):
        assert said in outline.text
    assert "<mark><b>가람시</b>가 강변 <b>도서관</b>을 새로 짓는다.</mark> 책 20만 권이 들어간다." in html
    assert html.count('<i class="w') == 4
    assert '<i class="w100">' in html


def test_several_articles_have_contents_and_failures_are_named() -> None:
    html = page_of(summary(), failed(), article())
    assert html.count("<li") >= 3
    assert 'href="#a2"' in html
    assert 'id="a2"' in html
    assert "menu.txt: no article in it" in html
    assert "3 articles, 1 failed" in html


def test_one_article_needs_no_contents() -> None:
    html = page_of(summary())
    assert '<details class="contents"' not in html
    assert "<script" not in html


def test_nothing_is_loaded_and_nothing_of_an_article_runs() -> None:
    html = page_of(summary(), failed())
    assert re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL) == [html_report.SCRIPT]
    outline = Outline(html)
    assert not {"link", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in outline.tags}
    for _, attributes in outline.tags:
        assert not {
            name for name in attributes if name.startswith("on") or name in ("src", "style", "action")
        }
        assert attributes.get("href", "#") is not None
        assert str(attributes.get("href", "#")).startswith("#")
    assert "url(" not in html_report.STYLE
    assert "@import" not in html_report.STYLE


def test_the_policy_allows_the_style_sheet_and_the_script_by_their_hashes_and_nothing_else() -> None:
    html = page_of(summary(), article())
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    [script] = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script)]
    policy = "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy.format(*digests)}"' in html


def test_the_list_says_press_and_day_and_the_article_links_to_its_source() -> None:
    html = page_of(
        summary(article(url='https://hanbit.example/1?a=1&b="2"')), article(url="javascript:alert(1)")
    )
    assert 'data-press="한빛신문" data-time="2026-03-02T09:10:00+09:00"' in html
    assert '<span class="from">한빛신문 · 2026-03-02</span>' in html
    assert (
        'href="https://hanbit.example/1?a=1&amp;b=&quot;2&quot;" rel="noopener noreferrer nofollow"' in html
    )
    assert "javascript:" not in html
    assert 'href="#top"' in html


@given(st.text(st.characters(), max_size=60))
def test_no_text_becomes_markup(said: str) -> None:
    said += ATTACK
    made = summary(article(title=said, source=said, press=said, reporters=(said,)), keywords=(said,))
    html = page_of(made, failed(source=said, message=said))
    outline = Outline(html)
    assert outline.open == []
    assert [tag for tag, _ in outline.tags].count("script") == 1
    assert "img" not in {tag for tag, _ in outline.tags}
    html.encode("utf-8")


def test_marked_parts_of_the_body_are_escaped() -> None:
    html = page_of(summary(article(paragraphs=(f"{ATTACK} 끝.",)), chosen=(0,), keywords=("script", "&")))
    assert "script" not in {tag for tag, _ in Outline(html).tags}


def in_browser(html: str, folder: Path, *, width: int = 800) -> str:
    """The page in Chromium after its scripts have run."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    arguments = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder / 'profile'}",
        f"--window-size={width},900",
        "--virtual-time-budget=2000",
        "--dump-dom",
        file.as_uri(),
    ]
    return subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=120).stdout


@needs_browser
def test_a_browser_runs_nothing_of_an_article(tmp_path: Path) -> None:
    made = summary(article(title=ATTACK, paragraphs=(f"{ATTACK} 끝.",)), chosen=(0,), keywords=(ATTACK,))
    dom = in_browser(page_of(made, failed(message=ATTACK)), tmp_path)
    assert "<title>News summaries</title>" in dom


@needs_browser
def test_a_browser_obeys_the_policy(tmp_path: Path) -> None:
    """If an attack got through the escaping, the policy would still stop it."""
    broken = page_of(summary()).replace("</main>", f"{ATTACK}</main>")
    assert "<title>News summaries</title>" in in_browser(broken, tmp_path)
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    assert "<title>뚫림</title>" in in_browser(policy.sub("", broken), tmp_path)


USE_THE_TOOLS = """<script>addEventListener('load', async () => {
const set = (id, value, kind) => { const tool = document.getElementById(id); tool.value = value;
tool.dispatchEvent(new Event(kind)); };
const shown = () => [...document.querySelectorAll('.contents ol li:not([hidden])')].map(item =>
item.classList.contains('group') ? '#' + item.textContent : item.querySelector('a').textContent).join(',');
const seen = [shown()];
set('sort', 'newest', 'change'); seen.push(shown());
set('group', 'press', 'change'); seen.push(shown());
set('q', '강변 이보람', 'input'); await new Promise(done => setTimeout(done, 300));
seen.push(shown(), document.getElementById('count').textContent,
[...document.querySelectorAll('article:not([hidden]) h2')].map(name => name.textContent).join(','));
document.title = seen.join('|');
})</script></body>"""


@needs_browser
def test_the_list_is_sorted_grouped_and_searched(tmp_path: Path) -> None:
    day = article().published
    assert day
    html = page_of(
        summary(article(title="나", published=day)),
        summary(article(title="가", press="온새미신문", reporters=(), published=day + timedelta(days=1))),
        summary(article(title="다", published=day + timedelta(days=2))),
        failed(),
    )
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html).replace(
        "</body>", USE_THE_TOOLS
    )
    [title] = re.findall(r"<title>(.*?)</title>", in_browser(html, tmp_path))
    assert title.split("|") == [
        "나,가,다,menu.txt",
        "다,가,나,menu.txt",
        "#한빛신문,다,나,#온새미신문,가,#–,menu.txt",
        "#한빛신문,다,나",
        "2 / 4",
        "다,나",
    ]


PROBE = """<script>addEventListener('load', () => {
document.querySelectorAll('details').forEach(d => d.open = true);
const probe = getComputedStyle(document.body);
document.title = [document.documentElement.scrollWidth <= innerWidth, probe.fontSize, probe.backgroundColor,
document.querySelector('.w100').getBoundingClientRect().width > 50].join(' ');
})</script></body>"""


@needs_browser
@pytest.mark.parametrize("width", [390, 1200])
def test_the_page_fits_a_phone_and_a_desktop(tmp_path: Path, width: int) -> None:
    long = "https://naru.example/" + "a" * 300
    made = summary(article(title=f"긴 주소 {long}", source=long, paragraphs=(f"{long} 끝이다. 다음.",)))
    html = page_of(made, summary(), failed(source=long))
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html).replace("</body>", PROBE)
    [title] = re.findall(r"<title>(.*?)</title>", in_browser(html, tmp_path, width=width))
    fits, size, background, bar = re.fullmatch(r"(\w+) (\S+) (rgb\(.*\)) (\w+)", title).groups()  # type: ignore[union-attr]
    assert (fits, size, bar) == ("true", "16px", "true")
    assert background == "rgb(251, 250, 247)"


def test_light_and_dark_define_the_same_colors() -> None:
    light, dark = re.findall(r":root\{(?:color-scheme:light dark;)?([^}]*)\}", html_report.STYLE)[:2]
    names = re.compile(r"--[a-z]+(?=:)")
    assert sorted(names.findall(light)) == sorted(names.findall(dark))


def _contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast of two #rgb or #rrggbb colours."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("ink", ["ink", "soft", "accent", "bad"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_text_can_be_read_in_both_schemes(scheme: int, ink: str, ground: str) -> None:
    roots = re.findall(r":root\{(?:color-scheme:light dark;)?([^}]*)\}", html_report.STYLE)
    colours = dict(re.findall(r"--([a-z]+):(#[0-9a-f]+)", roots[scheme]))
    assert _contrast(colours[ink], colours[ground]) >= 4.5

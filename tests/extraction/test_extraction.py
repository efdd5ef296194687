"""Extraction from text: cases as documents, and the laws no page may break."""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import chrome
from yoyak import extraction as articles
from yoyak.core.errors import EmptyArticleError
from yoyak.core.values import Article, Decoded

CASES = Path(__file__).parents[1] / "cases" / "article"
KNOWN_FAILURE = "(known failure)"
_BLOCK = re.compile(r"^~~~(page|article)\n(.*?)^~~~$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page and what is expected of it, by the first word of each line."""

    page: str
    expected: dict[str, list[str]]


def read_case(section: str) -> Case:
    blocks = dict(_BLOCK.findall(section))
    expected: dict[str, list[str]] = {}
    for line in blocks["article"].splitlines():
        word, _, value = line.partition(" ")
        expected.setdefault(word, []).append(value)
    return Case(page=blocks["page"], expected=expected)


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(set(CASES.glob("*.md")) - {CASES / "README.md"}):
        for section in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            label = section.split("\n", 1)[0]
            marks = [pytest.mark.xfail(strict=True)] if label.endswith(KNOWN_FAILURE) else []
            found.append(pytest.param(read_case(section), id=f"{path.stem}: {label}", marks=marks))
    return found


def extract(text: str) -> Article:
    return articles.extract(Decoded(text=text, encoding="utf-8", evidence="given"), source="page.txt")


def told(article: Article) -> dict[str, list[str]]:
    """What an article says, in the words of the cases."""
    return {
        "제목": [article.title or "-"],
        "부제": list(article.subtitles) or ["-"],
        "입력": [article.published.strftime("%Y-%m-%d %H:%M") if article.published else "-"],
        "수정": [article.modified.strftime("%Y-%m-%d %H:%M") if article.modified else "-"],
        "기자": [", ".join(article.reporters) or "-"],
        "언론사": [article.press or "-"],
        "소제목": [heading.text for heading in article.subheadings] or ["-"],
        "본문": list(article.paragraphs),
        "알림": [notice.code for notice in article.warnings] or ["-"],
    }


@pytest.mark.parametrize("case", cases())
def test_the_page_gives_what_its_case_says(case: Case) -> None:
    if "거부" in case.expected:
        with pytest.raises(EmptyArticleError, match="no article found"):
            extract(case.page)
        return
    article = extract(case.page)
    said = told(article)
    removed = [f"{gone.rule} | {gone.text}" for gone in article.removed]

    assert {key: said[key] for key in case.expected if key != "지움"} == {
        key: value for key, value in case.expected.items() if key != "지움"
    }
    assert [line for line in case.expected.get("지움", []) if line not in removed] == []


STORIES = (
    chrome.Story(
        title="가온시, 강변 도서관 짓는다…책 20만 권",
        paragraphs=(
            "가온시가 강변에 새 도서관을 짓는다. 책 20만 권이 들어가는 5층 건물이다. 시의회는 지난주 예산 312억원을 통과시켰다.",
            "도서관은 낮에는 어린이, 밤에는 직장인을 위한 공간으로 나뉜다. 시는 밤 11시까지 문을 열기로 했다.",
            "시장은 “누구나 밤늦게까지 머물 수 있는 곳을 만들겠다”고 말했다. 주민들은 주차장을 더 넓혀 달라고 요청했다.",
            "공사는 내년 3월에 시작해 이듬해 가을에 끝난다. 시는 시민 설문으로 도서관 이름을 정할 계획이다.",
        ),
        subtitles=("밤 11시까지 여는 도서관", "내년 3월 공사 시작"),
    ),
    chrome.Story(
        title="은하천에 은어 420마리 돌아왔다",
        paragraphs=(
            "은하천에 은어가 돌아왔다. 시가 낡은 보를 튼 지 3년 만이다.",
            "조사팀은 봄마다 은하천 12킬로미터를 걸으며 물고기를 셌다. 올해는 은어 420마리와 버들치 1100마리를 확인했다.",
            "수달 발자국도 두 곳에서 나왔다. 조사를 이끈 연구원은 “물길이 이어지자 먹이사슬이 살아났다”고 설명했다.",
            "농사에 물을 쓰던 마을은 걱정도 내비쳤다. 시는 가뭄 때 물을 따로 대기로 마을과 약속했다.",
            "시는 내년까지 남은 보 열두 곳을 모두 살핀다. 은하천에서 낚시는 당분간 할 수 없다.",
        ),
        subtitles=("보 튼 지 3년 만에 수달 발자국도",),
    ),
    chrome.Story(
        title="가온도시철도 노사, 파업 9시간 만에 합의",
        paragraphs=(
            "가온도시철도 노사가 파업 9시간 만에 임금 교섭을 마무리했습니다. 열차는 오후 3시부터 평소대로 다닙니다.",
            "노사는 임금을 3.1퍼센트 올리고 안전 인력 120명을 더 뽑기로 했습니다. 교대 근무 방식은 내년에 다시 논의합니다.",
            "시민들은 아침 출근길에 큰 불편을 겪었습니다. 버스 정류장마다 긴 줄이 늘어섰고 택시는 잡히지 않았습니다.",
            "노조는 합의안을 다음 주 조합원 투표에 부칩니다. 시는 파업 때 대신 다닐 버스를 미리 마련해 두겠다고 밝혔습니다.",
        ),
    ),
)
SHAPES = sorted(chrome.SHAPES)
LAWFUL = settings(max_examples=40, deadline=None)
seeds = st.integers(min_value=0, max_value=1_000_000)
stories = st.sampled_from(STORIES)


def squash(text: str) -> str:
    return "".join(text.split())


@LAWFUL
@pytest.mark.parametrize("shape", SHAPES)
@given(story=stories, seed=seeds)
def test_furniture_around_an_article_changes_nothing(shape: str, story: chrome.Story, seed: int) -> None:
    article = extract(chrome.SHAPES[shape](story, Random(seed)))

    sign_off = squash(f"가온 뉴스 {story.reporter}입니다.")  # what is said stays
    assert squash("".join(article.paragraphs)).removesuffix(sign_off) == squash("".join(story.paragraphs))
    assert article.title == story.title
    assert article.published is not None
    assert article.published.isoformat().startswith("2026-03-05T14:07")


@LAWFUL
@given(shape=st.sampled_from(SHAPES), story=stories, seed=seeds)
def test_paragraphs_are_slices_of_the_page(shape: str, story: chrome.Story, seed: int) -> None:
    page = chrome.SHAPES[shape](story, Random(seed))
    plain = " ".join(page.split())

    assert [paragraph for paragraph in extract(page).paragraphs if paragraph not in plain] == []


@LAWFUL
@given(shape=st.sampled_from(SHAPES), story=stories, seed=seeds)
def test_what_is_removed_is_not_kept(shape: str, story: chrome.Story, seed: int) -> None:
    article = extract(chrome.SHAPES[shape](story, Random(seed)))
    body = squash(article.text)

    assert [gone for gone in article.removed if len(gone.text) > 25 and squash(gone.text) in body] == []


@LAWFUL
@given(shape=st.sampled_from(SHAPES), story=stories, seed=seeds)
def test_extracting_twice_changes_nothing(shape: str, story: chrome.Story, seed: int) -> None:
    once = extract(chrome.SHAPES[shape](story, Random(seed)))
    twice = extract("\n\n".join([once.title or "", *once.paragraphs]))

    assert twice.paragraphs == once.paragraphs
    assert twice.title == once.title


@LAWFUL
@given(text=st.text(max_size=400))
def test_any_text_is_an_article_or_refused(text: str) -> None:
    try:
        article = extract(text)
    except EmptyArticleError:
        return
    assert article.paragraphs
    assert all(paragraph == paragraph.strip() and paragraph for paragraph in article.paragraphs)


SENTENCE = "정부는 28일 국무회의를 열고 예산안을 의결했다. "
HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda n: SENTENCE * n,
    "lines": lambda n: "\n".join(f"{i}번째 {SENTENCE}" for i in range(n)),
    "headlines": lambda n: (
        "\n".join(f"{i} 서울시 예산안 확정…시민 반응은" for i in range(n)) + "\n" + SENTENCE * 3
    ),
    "links": lambda n: SENTENCE + "[a](http:" * n,
    "images": lambda n: SENTENCE + "![" * n,
    "stars": lambda n: SENTENCE + "**a " * n,
    "quotes": lambda n: SENTENCE + '"' * n * 5,
    "particles": lambda n: SENTENCE + "\n" + "을 먹고 자라는 나무\n" * n,
    "summaries": lambda n: "AI 요약\n" * n + SENTENCE * 4,
    "copyrights": lambda n: (SENTENCE * 3 + "\n저작권자 ⓒ 무단전재\n") * (n // 4),
    "tags of speakers": lambda n: ("[앵커]" + SENTENCE) * n,
    "photo credits": lambda n: (SENTENCE + "설명 글. [사진 가온]") * n,
    "page on one line": lambda n: (
        "본문 바로가기 로그인 글자크기 공유하기 " + SENTENCE * n + " 저작권자 무단전재"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear_in_the_input(name: str) -> None:
    build = HOSTILE[name]

    def seconds(count: int) -> float:
        page = build(count)
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            with contextlib.suppress(EmptyArticleError):
                extract(page)
            best = min(best, time.process_time() - start)
        return best

    seconds(200)
    small, large = seconds(1_000), seconds(4_000)
    # Four times the input: 16 times the time would be quadratic. The constant forgives clocks of 5 ms.
    assert large < 9 * small + 0.05

"""Wraps an article in the chrome of a news page: fifteen kinds of it, at random, in four converters' layouts.

What is wrapped is known, so what must come out of the page is known too, for as many pages as one likes.
Every word here is invented; the same seed gives the same page.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What must come out: a clean article."""

    title: str
    paragraphs: tuple[str, ...]
    subtitles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together; the items of a list look different in each layout."""

    lines: tuple[str, ...]
    items: bool = False


class Desk(NamedTuple):
    """The outlet a page is of, and the reporter of its article."""

    press: str
    reporter: str


class Page(NamedTuple):
    """A page, and what a reader of it knows: who wrote the article, for whom, when.

    `signed` says whether a byline names the reporter, or at most the card below the article does.
    """

    text: str
    reporter: str
    signed: bool
    press: str
    published: datetime


Layout: TypeAlias = Literal["spaced", "dense", "indented", "bulleted", "wrapped"]
LAYOUTS: tuple[Layout, ...] = ("spaced", "dense", "indented", "bulleted")

_SECTIONS = [
    "정치",
    "경제",
    "사회",
    "국제",
    "문화",
    "스포츠",
    "과학",
    "지역",
    "오피니언",
    "연예",
    "생활",
    "부동산",
    "증권",
    "교육",
    "환경",
    "사람",
]
_CITIES = [
    "가람",
    "해온",
    "들마루",
    "새물",
    "한바다",
    "미리내",
    "솔내",
    "물레",
    "새터",
    "소담",
    "쪽섬",
    "느루",
]
_SKIES = ["맑음", "구름많음", "흐림", "비", "눈", "박무", "구름조금"]
_SURNAMES = ["도", "길", "금", "심", "목", "표", "윤", "진", "계", "방", "봉", "옥"]
_NAMES = ["하림", "가온", "보람", "태오", "서린", "다정", "서해", "보라", "다솔", "해린", "이든", "나래"]
_PRESSES = [
    "새벽일보",
    "한빛경제",
    "동녘신문",
    "푸른고을신문",
    "나루뉴스",
    "미리내과학",
    "온새미신문",
    "마루저널",
]
_COINS = ["비트코인", "이더리움", "리플", "솔라나", "에이다", "트론", "코스피", "코스닥", "환율", "금"]
_SUBJECTS = [
    "골목 빵집",
    "시내버스 기사",
    "첫눈",
    "김장 배추",
    "전세 대출",
    "야구 응원가",
    "고속도로 휴게소",
    "초등학교 급식",
    "동네 책방",
    "겨울 철새",
]
_TURNS = (
    "왜 갑자기 늘었나",
    '"이제는 못 버텨요"',
    "사흘 만에 동났다",
    "올해는 다르다",
    "알고 보니 3년째",
    "내년부터 바뀐다",
    "이것만은 확인하세요",
)


def headline(rng: random.Random) -> str:
    """Return a headline of another article, as lists print it."""
    mark = rng.choice(["", "", "", "[단독] ", "[현장] ", "[영상] "])
    return f"{mark}{rng.choice(_SUBJECTS)}{rng.choice(['…', ', ', ' '])}{rng.choice(_TURNS)}"


def reporter(rng: random.Random) -> str:
    """Return a reporter's name."""
    return rng.choice(_SURNAMES) + rng.choice(_NAMES)


def press(rng: random.Random) -> str:
    """Return the name of an outlet."""
    return rng.choice(_PRESSES)


def menu(rng: random.Random, desk: Desk) -> list[Block]:
    """Skip links, sections and the search box."""
    sections = rng.sample(_SECTIONS, rng.randint(6, 12))
    return [
        Block(("본문 바로가기",)),
        Block((desk.press,)),
        Block(tuple(sections), items=True),
        Block(
            tuple(
                rng.sample(["로그인", "회원가입", "구독신청", "지면보기", "검색", "전체메뉴", "제보하기"], 4)
            )
        ),
    ]


def weather(rng: random.Random, _desk: Desk) -> list[Block]:
    """The temperature of ten towns."""
    towns = [f"{rng.choice(_SKIES)}{city} {rng.uniform(-9, 33):.1f}℃" for city in rng.sample(_CITIES, 8)]
    return [Block(("2026.06.08 (월)",)), Block(tuple(towns), items=True), Block(("기상청 제공",))]


def tickers(rng: random.Random, _desk: Desk) -> list[Block]:
    """Names, prices and changes, a cell a line."""
    cells = [
        cell
        for coin in rng.sample(_COINS, 5)
        for cell in (coin, f"{rng.randint(300, 90_000_000):,}", f"{rng.choice('+-')}{rng.uniform(0, 9):.2f}%")
    ]
    return [Block((rng.choice(["실시간 시세", "오늘의 증시", "시장지표"]),)), Block(tuple(cells), items=True)]


def buttons(rng: random.Random, _desk: Desk) -> list[Block]:
    """Font sizes, sharing, listening."""
    sizes = rng.choice(
        [
            ("가장작게", "작게", "기본", "크게", "가장크게"),
            ("가", "가", "가", "가"),
            ("글자크기 설정", "닫기"),
        ]
    )
    share = rng.sample(["페이스북", "카카오톡", "밴드", "이메일", "URL복사", "인쇄", "스크랩", "뉴스듣기"], 4)
    return [Block(sizes, items=True), Block(tuple(share), items=True)]


def reactions(rng: random.Random, _desk: Desk) -> list[Block]:
    """Counters under the article."""
    words = rng.sample(["좋아요", "슬퍼요", "화나요", "후속기사 원해요", "훌륭해요", "응원해요"], 4)
    return [Block(tuple(f"{word}{rng.randint(0, 90)}" for word in words), items=True)]


def related(rng: random.Random, _desk: Desk) -> list[Block]:
    """Headlines of other articles."""
    head = rng.choice(
        ["관련기사", "관련 뉴스", "함께 읽으면 좋은 기사", "이 기사와 관련된 기사", "주요 뉴스"]
    )
    return [Block((head,)), Block(tuple(headline(rng) for _ in range(rng.randint(3, 6))), items=True)]


def most_read(rng: random.Random, _desk: Desk) -> list[Block]:
    """A numbered list of headlines."""
    rows = [line for i in range(1, 6) for line in (f"{i}", headline(rng))]
    return [
        Block((rng.choice(["많이 본 뉴스", "인기 기사", "실시간 랭킹"]),)),
        Block(tuple(rows), items=True),
    ]


def comments(_rng: random.Random, _desk: Desk) -> list[Block]:
    """A comment box, with its sentences."""
    return [
        Block(("댓글 0",)),
        Block(("댓글을 입력해 주세요.", "등록", "0 / 400")),
        Block(("운영 원칙에 어긋나는 댓글은 예고 없이 삭제될 수 있습니다.",)),
        Block(("좋아요순", "최신순", "과거순"), items=True),
    ]


def login(_rng: random.Random, desk: Desk) -> list[Block]:
    """Dialogs that hide in the page."""
    return [
        Block(("로그인",)),
        Block(("아이디 또는 비밀번호를 잘못 입력했습니다.", "비밀번호를 잊으셨나요?")),
        Block((f"{desk.press} 회원이 되시면 관심 기사를 모아 볼 수 있습니다.",)),
        Block(("확인", "취소"), items=True),
    ]


def footer(rng: random.Random, desk: Desk) -> list[Block]:
    """The company, its address and its warnings."""
    return [
        Block(("회사소개", "광고문의", "이용약관", "개인정보처리방침", "청소년보호정책"), items=True),
        Block(
            (f"서울시 중구 느티나무길 {rng.randint(2, 90)} | 대표전화 02-000-0000 | 발행인 {reporter(rng)}",)
        ),
        Block(
            (f"{desk.press}의 모든 콘텐츠는 저작권법의 보호를 받으며, 무단 전재와 복사, 배포를 금합니다.",)
        ),
        Block((f"Copyright ⓒ {desk.press}. All rights reserved.",)),
    ]


def tags(rng: random.Random, _desk: Desk) -> list[Block]:
    """Hashtags."""
    return [Block(tuple("#" + word.replace(" ", "") for word in rng.sample(_SUBJECTS, 4)), items=True)]


def reporter_card(rng: random.Random, desk: Desk) -> list[Block]:
    """The reporter's own page, with a motto."""
    return [
        Block((f"{desk.reporter} 기자", f"{desk.press} 사회부", "구독", f"구독자 {rng.randint(3, 900)}명")),
        Block(
            (rng.choice(["낮은 곳의 이야기를 듣겠습니다.", "현장에서 답을 찾습니다.", "제보 기다립니다."]),)
        ),
        Block(("기자의 다른 기사 보기",)),
    ]


def newsletter(_rng: random.Random, desk: Desk) -> list[Block]:
    """An invitation, in sentences."""
    return [
        Block((f"매주 금요일 아침, {desk.press} 편집국이 고른 이야기를 메일로 보내드립니다.",)),
        Block(("뉴스레터 구독하기",)),
    ]


def teasers(rng: random.Random, _desk: Desk) -> list[Block]:
    """Other articles with the beginning of each, cut off."""
    rows = [
        line
        for _ in range(rng.randint(2, 4))
        for line in (
            headline(rng),
            f"{rng.choice(_CITIES)}시에서 {rng.choice(_SUBJECTS)} 때문에 주민들이 어려움을 겪고 있는 것으로 나타났다. 시는 올해…",
        )
    ]
    return [Block((rng.choice(["이 시각 주요뉴스", "추천 기사", "오늘의 핫클릭"]),)), Block(tuple(rows))]


def summary_box(story: Story) -> list[Block]:
    """Three sentences of the article, as the page's own summary repeats them above it."""
    firsts = [paragraph.split(". ")[0].rstrip(".") + "." for paragraph in story.paragraphs[:3]]
    return [
        Block(("AI 요약",)),
        Block(tuple(firsts)),
        Block(("인공지능이 자동으로 줄인 내용으로 기사와 다를 수 있습니다. 전체 내용을 확인해 주세요.",)),
    ]


Chrome: TypeAlias = Callable[[random.Random, Desk], list[Block]]
ABOVE: tuple[Chrome, ...] = (menu, weather, tickers)
BELOW: tuple[Chrome, ...] = (
    reactions,
    tags,
    reporter_card,
    related,
    teasers,
    newsletter,
    most_read,
    comments,
    tickers,
    login,
    footer,
)
KINDS = frozenset((*ABOVE, *BELOW, buttons))


def head(rng: random.Random, story: Story, name: str, published: datetime) -> list[Block]:
    """Title, byline and time in one of the orders pages have."""
    time = published.strftime("%Y.%m.%d %H:%M")
    meta = rng.choice(
        [
            (f"{name} 기자", f"입력 {time}"),
            (f"입력 {time}",),
            (f"{name} 기자 입력 {time} 수정 {time}",),
            (f"등록 {time}", f"{name} 기자"),
        ]
    )
    return [Block((story.title,)), Block(meta)]


def middle(rng: random.Random, name: str) -> list[Block]:
    """Return what may stand between two paragraphs."""
    city = rng.choice(_CITIES)
    return rng.choice(
        [
            [Block(("AD",))],
            [Block((f"▲ {city}시 {rng.choice(_SUBJECTS)} 앞에 시민들이 모여 있다. (사진={city}시 제공)",))],
            [Block((f"{city}시청 앞 광장이 시민들로 붐비고 있다. [사진={name} 기자]",))],
            [Block((f"[관련기사] {headline(rng)}",))],
            [Block((f"▶ {headline(rng)}",))],
            newsletter(rng, Desk("온새미신문", name)),
        ]
    )


def ending(rng: random.Random, desk: Desk) -> list[Block]:
    """Byline with its address, and the warning."""
    mail = f"reporter{rng.randint(1, 99)}@press.example"
    return [
        Block(
            (
                rng.choice(
                    [
                        f"{desk.reporter} 기자 {mail}",
                        mail,
                        f"/{desk.reporter} 기자 {mail}",
                        f"[{desk.reporter} 기자 {mail}]",
                    ]
                ),
            )
        ),
        Block(
            (
                rng.choice(
                    [
                        f"<저작권자 ⓒ {desk.press}, 무단 전재 및 재배포 금지>",
                        f"[ⓒ {desk.press}, 무단전재 및 재배포 금지]",
                        f"ⓒ {desk.press} 무단전재-재배포 금지",
                    ]
                ),
            )
        ),
    ]


def another(rng: random.Random, story: Story) -> list[Block]:
    """Return a whole other article, as endless pages append it."""
    name = reporter(rng)
    return [
        Block((story.title,)),
        Block((f"{name} 기자", f"입력 2026.05.{rng.randint(10, 28)} 09:{rng.randint(10, 59)}")),
        *(Block((paragraph,)) for paragraph in story.paragraphs),
    ]


def dateline(rng: random.Random, desk: Desk) -> str:
    """Return what a wire story opens with, or nothing."""
    city = rng.choice(_CITIES)
    return rng.choice(
        [
            "",
            "",
            f"[{city}={desk.press}] {desk.reporter} 기자 = ",
            f"({city}={desk.press}) {desk.reporter} 기자 = ",
            f"【{city}={desk.press}】{desk.reporter} 기자 = ",
            f"[{desk.press} {desk.reporter} 기자] ",
        ]
    )


def body(rng: random.Random, story: Story, desk: Desk, *, lines: bool) -> list[Block]:
    """Paragraphs with a few things between them; with `lines` each sentence stands on a line of its own."""
    blocks: list[Block] = []
    gaps = set(rng.sample(range(1, len(story.paragraphs)), min(2, len(story.paragraphs) - 1)))
    for i, paragraph in enumerate((dateline(rng, desk) + story.paragraphs[0], *story.paragraphs[1:])):
        if i in gaps and rng.random() < 0.6:
            blocks += middle(rng, desk.reporter)
        # A stop after a syllable ends a line; quotations with several sentences are cut by no converter.
        whole = not lines or any(mark in paragraph for mark in "\"'“‘(")
        blocks.append(Block((paragraph,) if whole else tuple(paragraph.replace("다. ", "다.\n").split("\n"))))
    return blocks


def wrap(
    story: Story,
    others: Sequence[Story],
    *,
    seed: int,
    layout: Layout,
    deck: bool = False,
    lines: bool = False,
) -> Page:
    """Return a page that holds `story` and much else; `others` may be appended whole.

    With `deck` its subtitles stand under the title, with `lines` its sentences on lines of their own.
    """
    rng = random.Random(seed)
    desk = Desk(press(rng), reporter(rng))
    published = datetime(2026, rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), rng.randint(0, 59))  # noqa: DTZ001
    blocks: list[Block] = []
    for chrome in rng.sample(ABOVE, rng.randint(1, len(ABOVE))):
        blocks += chrome(rng, desk)
    top = head(rng, story, desk.reporter, published)
    blocks += top
    if rng.random() < 0.7:
        blocks += buttons(rng, desk)
    if deck and story.subtitles:
        blocks.append(Block(story.subtitles))
    if rng.random() < 0.2:
        blocks += summary_box(story)
    if rng.random() < 0.4:
        city, subject = rng.choice(_CITIES), rng.choice(_SUBJECTS)
        caption = f"{city}시 관계자가 {subject}에 대해 설명하고 있다. {city}시 제공"
        blocks += [Block((caption,) * rng.randint(1, 2))]
    inner = body(rng, story, desk, lines=lines)
    end = ending(rng, desk)
    blocks += inner + end
    signed = any(f"{desk.reporter} 기자" in line for block in top + inner + end for line in block.lines)
    for chrome in rng.sample(BELOW, rng.randint(2, len(BELOW))):
        blocks += chrome(rng, desk)
    for other in others:
        blocks += another(rng, other)
    return Page(_LAY_OUT[layout](blocks, rng), desk.reporter, signed, desk.press, published)


def _spaced(blocks: Sequence[Block], _rng: random.Random) -> str:
    return "\n\n".join("\n".join(block.lines) for block in blocks) + "\n"


def _dense(blocks: Sequence[Block], _rng: random.Random) -> str:
    return "\n".join(line for block in blocks for line in block.lines) + "\n"


def _wrapped(blocks: Sequence[Block], rng: random.Random) -> str:
    """Lines of at most 78 characters, as converters to Markdown and mail write them."""
    width = rng.choice([72, 78])
    rows = []
    for block in blocks:
        lines = [("  * " if block.items else "") + line for line in block.lines]
        rows.append(
            "\n".join("\n".join(textwrap.wrap(line, width, break_on_hyphens=False)) for line in lines)
        )
    return "\n\n".join(rows) + "\n"


def _indented(blocks: Sequence[Block], rng: random.Random) -> str:
    rows = []
    for block in blocks:
        pad = "  " * rng.randint(2, 6)
        rows.append("\n".join(pad + ("* " if block.items else "") + line for line in block.lines))
    return "\n\n".join(rows) + "\n"


def _bulleted(blocks: Sequence[Block], _rng: random.Random) -> str:
    return (
        "\n\n".join(
            ("\n\n" if block.items else "\n").join(
                ("  • " if block.items else "") + line for line in block.lines
            )
            for block in blocks
        )
        + "\n"
    )


_LAY_OUT: dict[Layout, Callable[[Sequence[Block], random.Random], str]] = {
    "spaced": _spaced,
    "dense": _dense,
    "indented": _indented,
    "bulleted": _bulleted,
    "wrapped": _wrapped,
}

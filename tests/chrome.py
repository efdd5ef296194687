"""Pages around an article: the furniture of Korean news sites in the shapes converters leave it, all of it generic.

`SHAPES` maps a name to a function (article, random) -> text of a page. The articles are the callers' own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article as its newsroom has it."""

    title: str
    paragraphs: tuple[str, ...]
    subtitles: tuple[str, ...] = ()
    reporter: str = "한도윤"
    email: str = "hdy@gaonpress.example"
    press: str = "가온일보"
    published: str = "2026.03.05 14:07"
    modified: str = "2026.03.05 15:20"
    caption: str = "5일 열린 행사에서 참석자들이 손을 흔들고 있다."
    subheads: dict[int, str] | None = None


SECTIONS = ("정치", "경제", "사회", "국제", "문화", "스포츠", "연예", "오피니언", "전국", "포토", "날씨")
HEADLINES = (
    "“월급 빼고 다 올랐다”…장바구니 앞에서 한숨",
    "가온시, 청년 주택 300가구 공급",
    "[속보] 남부 내륙 규모 3.1 지진",
    "주말 전국 흐리고 비…낮 기온 뚝",
    "배우 서하늘 “다음 작품은 사극”",
    "새내기 소방관이 구한 세 식구",
    "프로배구 은하, 5연승 질주",
    "반도체 장비 수출 역대 최대…하반기는?",
    "[단독] 감사원, 도로공사 입찰 들여다본다",
    "봄꽃 축제 앞두고 숙박비 두 배",
    "전기요금 동결 가닥",
    "국립공원 탐방로 12곳 다시 연다",
    "‘빈집 은행’ 1년, 200채 주인 찾았다",
    "AI 면접 도입한 공공기관 살펴보니",
    "드론 택배 시범 운항…섬마을 웃음",
)
TAIL_SENTENCES = (
    "이 기사를 공유하려면 아래 버튼을 눌러주세요.",
    "댓글을 작성하려면 로그인 해주세요.",
    "로그인 후 이용할 수 있습니다.",
    "개인정보 수집 및 이용에 동의합니다.",
    "비밀번호를 잊으셨나요?",
    "작성하신 댓글을 삭제하시겠습니까?",
    "주소가 복사되었습니다.",
    "이메일 주소를 다시 확인해 주세요.",
    "인증메일이 발송되었습니다.",
    "14세가 되지 않은 분은 보호자의 동의가 필요합니다.",
)


def _heads(random: Random, count: int) -> list[str]:
    return random.sample(HEADLINES, count)


def _body(story: Story, random: Random, gap: str = "") -> list[str]:
    lines: list[str] = []
    for index, paragraph in enumerate(story.paragraphs):
        if story.subheads and index in story.subheads:
            lines += [story.subheads[index], gap]
        lines += [paragraph, gap]
        if index == 1 and random.random() < 0.5:
            lines += [random.choice(("AD", "이미지 확대보기", "광고")), gap]
    return lines


def cms(story: Story, random: Random) -> str:
    """A local paper on the content system most of them share."""
    return "\n".join(
        [
            "본문 바로가기",
            "",
            "UPDATED. " + story.published + " (목)",
            "",
            "로그인",
            "회원가입",
            "모바일웹",
            "전체기사",
            *SECTIONS,
            "",
            "상단여백",
            "HOME > 뉴스 > 사회",
            "",
            story.title,
            "",
            f"기자명 {story.reporter} 기자",
            f"입력 {story.published}",
            f"수정 {story.modified}",
            "댓글 0",
            "",
            "바로가기",
            "복사하기",
            "본문 글씨 줄이기",
            "본문 글씨 키우기",
            "SNS 기사보내기",
            "페이스북(으)로 기사보내기",
            "트위터(으)로 기사보내기",
            "카카오스토리(으)로 기사보내기",
            "URL복사(으)로 기사보내기",
            "이메일(으)로 기사보내기",
            "다른 찾기",
            "기사스크랩하기",
            "",
            *story.subtitles,
            "",
            f"▲ {story.caption} ⓒ {story.press}",
            "",
            f"[{story.press}={story.reporter} 기자] {story.paragraphs[0]}",
            "",
            *_body(Story(title=story.title, paragraphs=story.paragraphs[1:]), random),
            f"{story.reporter} 기자 {story.email}",
            "다른기사 보기",
            f"저작권자 © {story.press} 무단전재 및 재배포 금지",
            "개의 댓글",
            "댓글 정렬",
            "BEST댓글",
            "BEST 댓글 답글과 추천수를 합산하여 자동으로 노출됩니다.",
            "댓글삭제",
            "삭제한 댓글은 다시 복구할 수 없습니다.",
            "그래도 삭제하시겠습니까?",
            "댓글수정",
            "댓글 수정은 작성 후 1분내에만 가능합니다.",
            "/ 400",
            "내 댓글 모음",
            "주요기사",
            *_heads(random, 5),
            "많이 본 뉴스",
            *(f"{i} {head}" for i, head in enumerate(_heads(random, 5), 1)),
            "매체소개",
            "기사제보",
            "광고문의",
            "이용약관",
            "개인정보처리방침",
            "청소년보호정책",
            "저작권보호정책",
            "가온특별시 한빛구 은하로 12, 3층 대표전화 : 02-000-0000 팩스 : 02-000-0001 청소년보호책임자 : 나보호",
            f"제호 : {story.press} 등록번호 : 가온 아00000 등록일 : 2010-01-01 발행인 : 나발행 편집인 : 나편집",
            f"Copyright © 2026 {story.press}. All rights reserved. mail to webmaster@gaonpress.example",
        ]
    )


def portal(story: Story, random: Random) -> str:
    """A portal's mirror of an outlet's article."""
    return "\n".join(
        [
            "본문 바로가기",
            "뉴스",
            "엔터",
            "스포츠",
            "날씨",
            "프리미엄",
            "검색",
            "언론사별",
            *SECTIONS[:6],
            "랭킹",
            "신문보기",
            "오피니언",
            "TV",
            "팩트체크",
            "",
            story.press,
            "구독",
            f"{story.press} 언론사 구독되었습니다. 메인 뉴스판에서 주요뉴스를 볼 수 있습니다.",
            "보러가기",
            f"{story.press} 언론사 구독 해지되었습니다.",
            "PICK 안내",
            "언론사가 주요기사로 선정한 기사입니다.",
            "언론사별 바로가기",
            "닫기",
            story.title,
            f"입력{story.published.replace(' ', '. 오후 ').replace('14:', '2:')} 수정{story.modified.replace(' ', '. 오후 ').replace('15:', '3:')} 기사원문",
            f"{story.reporter} 기자",
            "TALK",
            "13",
            "댓글",
            "본문 요약봇",
            "텍스트 음성 변환 서비스",
            "글자 크기 변경하기",
            "SNS 보내기",
            "인쇄하기",
            "",
            *story.subtitles,
            "",
            f"{story.caption} 사진=연합뉴스",
            "",
            *_body(story, random, ""),
            f"{story.reporter} 기자 ({story.email})",
            "",
            f"Copyright ⓒ {story.press}. All rights reserved. 무단 전재 및 재배포 금지.",
            "이 기사는 언론사에서 사회 섹션으로 분류했습니다.",
            "기사 섹션 분류 안내",
            "기사의 섹션 정보는 해당 언론사의 분류를 따르고 있습니다. 언론사는 개별 기사를 2개 이상 섹션으로 중복 분류할 수 있습니다.",
            "닫기",
            "구독",
            "메인에서 바로 보는 언론사 편집 뉴스 지금 바로 구독해보세요!",
            "구독중",
            f"{story.press} 언론사가 직접 선정한 이슈",
            "이슈",
            *_heads(random, 4),
            "이 기사를 추천합니다",
            "기사 추천은 24시간 내 50회까지 참여할 수 있습니다.",
            "쏠쏠정보 0",
            "흥미진진 0",
            "공감백배 0",
            "분석탁월 0",
            "후속강추 0",
            f"{story.press} 언론사홈 바로가기",
            f"{story.press} 주요뉴스",
            "해당 언론사에서 선정하며 언론사 페이지(아웃링크)로 이동해 볼 수 있습니다.",
            *_heads(random, 4),
            "함께 볼만한 뉴스",
            "안내",
            *_heads(random, 4),
            f"{story.press} 댓글",
            "댓글 정책 안내",
            "프로필 이미지",
            "언론사별 많이 본 뉴스",
            "새로고침",
            *_heads(random, 5),
            "본 콘텐츠의 저작권은 제공처 또는 네이버에 있으며, 이를 무단 이용하는 경우 저작권법 등에 따라 법적 책임을 질 수 있습니다.",
        ]
    )


def wire(story: Story, random: Random) -> str:
    """A news agency's page: dateline, an e-mail at the end, stamps with labels on lines of their own."""
    first, *rest = story.paragraphs
    return "\n".join(
        [
            "뉴스",
            "최신기사",
            *SECTIONS,
            "프로그램",
            "제보",
            "로그인",
            "",
            story.title,
            "",
            "송고시간",
            story.published,
            "",
            "요약beta",
            "공유",
            "댓글",
            "글자크기조정",
            "인쇄",
            "",
            f"{story.reporter} 기자",
            "기자 페이지",
            "",
            *story.subtitles,
            "",
            "이미지 확대",
            f"{story.caption} [촬영 {story.reporter}]",
            "",
            f"(가온=가온통신) {story.reporter} 기자 = {first}",
            "",
            *_body(Story(title=story.title, paragraphs=tuple(rest)), random),
            story.email,
            "",
            "제보는 카카오톡 okgaon",
            "<저작권자(c) 가온통신, 무단 전재-재배포, AI 학습 및 활용 금지>",
            f"{story.published.replace('.', '/')} 송고",
            "",
            "#축제",
            "#가온시",
            "관련기사",
            *_heads(random, 3),
            "",
            "댓글쓰기",
            "에디터스 픽Editor's Picks",
            *_heads(random, 4),
            "영상",
            "이 시각 주요뉴스",
            *_heads(random, 5),
        ]
    )


def broadcaster(story: Story, random: Random) -> str:
    """A broadcaster's page: [앵커], [리포트], credits, a call for tips."""
    half = max(1, len(story.paragraphs) // 3)
    return "\n".join(
        [
            "전체메뉴",
            "뉴스",
            "시사",
            "라이브",
            "제보",
            "재난",
            "검색",
            *SECTIONS[:6],
            "",
            story.title,
            "",
            f"입력 {story.published}",
            f"수정 {story.modified}",
            "읽어주기 기능은 크롬기반의",
            "브라우저에서만 사용하실 수 있습니다.",
            "동영상 고정 취소",
            "",
            "[앵커]",
            "",
            *_body(Story(title="", paragraphs=story.paragraphs[:half]), random),
            "[리포트]",
            "",
            *_body(Story(title="", paragraphs=story.paragraphs[half:]), random),
            f"가온 뉴스 {story.reporter}입니다.",
            "",
            "촬영기자:나촬영/영상편집:나편집/그래픽:나그림",
            "",
            "■ 제보하기",
            "▷ 카카오톡 : '가온제보' 검색, 채널 추가",
            "▷ 전화 : 02-000-1234, 4444",
            "▷ 이메일 : tip@gaonpress.example",
            "▷ 유튜브, 네이버, 카카오에서도 가온뉴스를 구독해주세요!",
            "",
            story.title,
            f"입력 {story.published}",
            f"수정 {story.modified}",
            "사회",
            f"{story.reporter}",
            f"{story.reporter} 기자",
            story.email,
            f"{story.reporter} 기자의 기사 모음",
            "이 기사가 좋으셨다면",
            "오늘의 핫 클릭",
            "실시간 뜨거운 관심을 받고 있는 뉴스",
            *_heads(random, 4),
            "이 기사에 대한 의견을 남겨주세요.",
        ]
    )


def economic(story: Story, random: Random) -> str:
    """An economic daily: tickers, its own AI summary, bulleted lists."""
    summary = [
        f"  • {head}."
        for head in (
            "이번 행사에는 지역 주민이 참여했다",
            "주최 측은 안전 대책을 마련했다",
            "다음 행사는 가을에 열린다",
        )
    ]
    return "\n".join(
        [
            "  • 증권",
            "  • 금융",
            "  • 부동산",
            "  • 산업",
            "  • IT·과학",
            "  • 경제",
            "코스피",
            "2,745.82",
            "+12.10",
            "+0.44%",
            "코스닥",
            "898.10",
            "-3.20",
            "-0.35%",
            "환율",
            "1,345.50",
            "검색",
            "",
            story.title,
            "",
            *story.subtitles,
            "",
            f"입력 : {story.published}",
            f"수정 : {story.modified}",
            "",
            "공유하기",
            "글자크기 설정",
            "  • 작게",
            "  • 보통",
            "  • 크게",
            "",
            "AI 3줄 요약",
            *summary,
            "",
            "언어변경",
            "",
            story.caption,
            story.caption,
            "",
            *_body(story, random),
            f"{story.reporter} 기자",
            story.email,
            f"ⓒ {story.press}, 무단전재 및 재배포 금지",
            "",
            "관련 종목",
            "  • 가온전자",
            "  • 72,100원",
            "  • +1.2%",
            "오늘의 주요뉴스",
            *(f"  • {head}" for head in _heads(random, 6)),
            "실시간 인기기사",
            *(f"  {i}. {head}" for i, head in enumerate(_heads(random, 6), 1)),
            "뉴스레터",
            "매일 아침 주요 뉴스를 메일로 받아보세요.",
            "구독하기",
        ]
    )


def dialogs(story: Story, random: Random) -> str:
    """A daily whose login, sign-up and mail dialogs are all in the page."""
    form = list(TAIL_SENTENCES)
    random.shuffle(form)
    return "\n".join(
        [
            "새로워진 뉴스를 만나보세요",
            "  • 관심 뉴스를 내맘대로 설정",
            "  • 구독한 콘텐츠를 한번에 모아보기",
            *(f"  • {section}" for section in SECTIONS),
            story.title,
            "알림",
            "알림이 없습니다.",
            "LIVE ISSUE 봄꽃 축제",
            "",
            story.title,
            "",
            "입력",
            story.published,
            "수정",
            story.modified,
            "4면",
            "0",
            "0",
            "",
            *story.subtitles,
            "",
            f"{story.caption} 뉴시스",
            "",
            f"{story.caption} 뉴시스",
            "",
            *_body(story, random),
            f"{story.reporter} 기자 {story.email}",
            "  • 카카오톡",
            "  • 페이스북",
            "  • URL",
            "기사 URL이 복사되었습니다.",
            "이 기사와 관련된 기사",
            *(f"  • {head}" for head in _heads(random, 3)),
            f"세상을 보는 창, {story.press} Copyright ⓒ {story.press}",
            "당신이 관심 있을 만한 이슈",
            "댓글 0",
            "0 / 250",
            "등록",
            *[line for sentence in form for line in (sentence, "확인")],
            "약관과 개인정보 항목에는 반드시 동의하셔야 합니다.",
            "제공하신 개인정보는 제보 확인을 위해서만 사용되며 취재가 끝나면 파기됩니다.",
        ]
    )


def others(story: Story, random: Random) -> str:
    """Two whole other articles below the end."""
    other = '[가온=가온통신] 서지안 기자 = 프로배구 은하가 안방에서 열린 경기에서 바람을 세트 점수 3대 1로 꺾고 5연승을 달렸다. 은하는 1세트를 먼저 내줬지만 공격수 나하린의 강한 서브를 앞세워 흐름을 뒤집었다. 감독은 "선수들이 끝까지 집중했다"고 말했다. 은하는 다음 주 원정에서 선두 바다를 만난다. seo@gaonpress.example 2026-03-05 21:10'
    second = "기상청은 주말 전국에 비가 내리겠다고 예보했다. 예상 강수량은 중부 20㎜, 남부 40㎜다. 비가 그친 뒤에는 찬 공기가 내려와 아침 기온이 영하로 떨어지는 곳이 있겠다. 해안에는 강풍 특보가 내려질 가능성이 있어 시설물 관리에 주의해야 한다."
    return "\n".join(
        [
            "전체기사 최신뉴스",
            *SECTIONS[:5],
            "",
            story.title,
            "",
            f"기사입력 : {story.published}",
            f"최종수정 : {story.modified}",
            "",
            "※ 본문 글자 크기 조정",
            "  • 더 작게",
            "  • 작게",
            "  • 보통",
            "  • 크게",
            "",
            *story.subtitles,
            "",
            *_body(story, random),
            story.email,
            "",
            f"[{story.press} 베스트 기사]",
            "",
            "사진",
            f"은하, 바람 잡고 5연승 {other}",
            "사진",
            f"주말 전국에 비 {second}",
            "Top으로 이동",
        ]
    )


def soup(story: Story, random: Random) -> str:
    """One element a line, as get_text('\\n') leaves it."""
    return "\n".join(
        [
            f"{story.title} - {story.press}",
            "뉴스 바로가기",
            *SECTIONS,
            "로그인",
            "검색",
            story.title,
            story.reporter,
            "기자",
            story.email,
            "입력 :",
            story.published,
            "수정 :",
            story.modified,
            "글자크기 설정",
            "가",
            "가",
            "가",
            "닫기",
            "공유하기",
            *story.subtitles,
            "사진 확대",
            *[line for line in _body(story, random) if line],
            story.reporter,
            "기자",
            "기사가 도움이 되셨다면,",
            "좋아요를 눌러주세요.",
            "좋아요",
            "0",
            "인기뉴스",
            "2026-03-05 23:59 기준",
            *[
                line
                for i, head in enumerate(_heads(random, 8), 1)
                for line in (str(i), head, "2026-03-05 11:16:06")
            ],
            "포토",
            "공지",
            "전체메뉴",
            *SECTIONS,
            "회사소개",
            "광고안내",
            "개인정보처리방침",
            "이용약관",
            "주소 : 가온특별시 한빛구 은하로 12 | 전화 : 02-000-0000",
            "인터넷신문등록번호 : 가온아00000 | 발행/편집인 : 나발행",
            "Copyright (c) All rights reserved. 무단 전재, 재배포 및 AI학습 이용 금지",
        ]
    )


def indented(story: Story, random: Random) -> str:
    """Every line as deep as its element, lists with * + o, as inscriptis writes."""
    return "\n".join(
        [
            "  본문 바로가기",
            "    * 정치",
            "      + 국회",
            "      + 대통령실",
            "    * 경제",
            "      + 금융",
            "          o 은행",
            "          o 보험",
            "    * 사회",
            "",
            f"      {story.title}",
            "",
            f"        * 등록 {story.published}",
            f"        * 수정 {story.modified}",
            "        * 작게 크게",
            "",
            *(f"          {deck}" for deck in story.subtitles),
            "",
            "              이미지 확대보기",
            "",
            f"              {story.caption} 연합뉴스",
            "",
            *(f"          {line}" if line else "" for line in _body(story, random)),
            f"            {story.reporter} 기자 {story.email}",
            "",
            "            * 카카오",
            "            * 페이스북",
            "        많이 본 뉴스",
            "",
            *[
                line
                for i, head in enumerate(_heads(random, 6), 1)
                for line in (f"            * {i}", "", f"                {head}", "")
            ],
            "      * 회사소개",
            "      * 이용약관",
            "      * 개인정보처리방침",
            f"  Copyright ⓒ {story.press} All rights reserved.",
        ]
    )


def markdown(story: Story, random: Random) -> str:
    """Markdown of a page, with its links."""
    return "\n".join(
        [
            "[본문 바로가기](#content)",
            "",
            *(f"* [{section}](https://news.example/{i})" for i, section in enumerate(SECTIONS)),
            "",
            f"# {story.title}",
            "",
            *(f"**{deck}**" for deck in story.subtitles),
            "",
            f"{story.reporter} 기자  입력 {story.published}",
            "",
            f"![{story.caption}](https://news.example/a.jpg)",
            "",
            f"{story.caption} 연합뉴스",
            "",
            *_body(story, random),
            f"{story.reporter} 기자 {story.email}",
            "",
            "## 관련기사",
            "",
            *(f"* [{head}](https://news.example/{i})" for i, head in enumerate(_heads(random, 5))),
            "",
            "## 많이 본 뉴스",
            "",
            *(f"{i}. [{head}](/news/{i})" for i, head in enumerate(_heads(random, 5), 1)),
            "",
            f"저작권자 © {story.press} 무단전재 및 재배포 금지",
        ]
    )


def one_line(story: Story, random: Random) -> str:
    """Everything on one line."""
    return " ".join(
        [
            "본문 바로가기 전체메뉴",
            *SECTIONS,
            "로그인 회원가입",
            story.title,
            f"입력 {story.published} 수정 {story.modified} 글자크기 작게 크게 공유하기 인쇄",
            *story.paragraphs,
            f"{story.reporter} 기자 {story.email} 저작권자 © {story.press} 무단전재 및 재배포 금지 많이 본 뉴스",
            *(f"{i} {head}" for i, head in enumerate(_heads(random, 5), 1)),
            "회사소개 이용약관 개인정보처리방침",
        ]
    )


def wrapped(story: Story, random: Random) -> str:
    """Plain text cut at a fixed width, as mail and old boards do."""
    width = random.choice((34, 40, 48))

    def fold(paragraph: str) -> list[str]:
        lines, line = [], ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        return [*lines, line]

    return "\n".join(
        [
            story.title,
            "",
            f"입력 {story.published}",
            "",
            *[line for paragraph in story.paragraphs for line in (*fold(paragraph), "")],
            f"{story.reporter} 기자 {story.email}",
            "",
            f"저작권자 © {story.press} 무단전재 및 재배포 금지",
        ]
    )


SHAPES: dict[str, Callable[[Story, Random], str]] = {
    shape.__name__: shape
    for shape in (
        cms,
        portal,
        wire,
        broadcaster,
        economic,
        dialogs,
        others,
        soup,
        indented,
        markdown,
        one_line,
        wrapped,
    )
}

"""Label single lines: an ordered table of rules, each with its reason; the first that matches gives the label.

A rule sees the line, the line without spaces, and its shape. Rules that need the lines around it are in
`context_rules`, `body` and `other_articles`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from yoyak.core.patterns import lazy_pattern
from yoyak.extraction import broadcast, bylines, captions, times, word_lists
from yoyak.extraction.line_shape import (
    SENTENCE_END,
    Shape,
    ends_in_past,
    ends_in_plain_past,
    is_imperative,
    is_polite,
    read_shape,
    with_nominal_endings,
    without_stops,
)
from yoyak.extraction.page import Line, Lines, Page


class Rule(NamedTuple):
    """A rule for one line: `test(line, squashed, shape)`."""

    name: str
    reason: str
    test: Callable[[Line, str, Shape], bool]


_QUOTED_HEADLINE = lazy_pattern(r"^[가-힣\d][^\s]*\s.*\s.*(?:[‘“'\"].+[’”'\"]|…)")
_SIGNED_TIME = lazy_pattern(
    r"^([가-힣A-Za-z0-9][^.,…\"'“”]{1,23}?)[\s|·ㅣ]{1,3}20\d\d[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}[.]?\s?(?:(?:오전|오후)\s)?\d{1,2}:\d\d(?::\d\d)?$"
)
_MAX_SIGNED_TIME_CHARS = 50
_COUNTER = lazy_pattern(
    r"^(?:좋아요|댓글|댓글수|공감|비공감|조회|조회수|추천|싫어요|화나요|슬퍼요|훈훈해요|응원수?|구독자?|스크랩|공유|읽음|[가-힣]{2,8}원해요|[가-힣]{1,5}요)?[:(]?[\d,./]+[만천]?[)명개]?$"
)
_LEGAL_SIGNS = lazy_pattern("무단|저작권|배포|공공|AI|opyright|COPYRIGHT|eserved|RESERVED")
_OWNED = lazy_pattern(r"[ⓒ©]|저작권자[ⓒ©(:]|[Cc]opyright|COPYRIGHT")
_COMMENTS = lazy_pattern(
    r"^(?:전체)?댓글(?:[\[(]?[\d,]+[\])]?개?)?$|^[\d,]*개의댓글(?:이있습니다[.]?)?$|^의견\(?[\d,]+\)?$"
)
_MAX_COMMENTS_CHARS = 16
_TOKENS = lazy_pattern(r"[^\s|·•ㆍ,/>\[\]()]+")
_PUNCTUATION = lazy_pattern(r"[\s\[\](){}<>〈〉【】=:：/|·ㆍ•,.‧∙■▶◆※*~_&-]+")
_PRICE = lazy_pattern(
    r"[+\-▲▼△▽]?\s?\d[\d,]*(?:[.]\d+)?\s?(?:%|％|원|달러|포인트|p|℃|°|㎍/㎥|PPM|위|회|점|배)?"
)
_URL = lazy_pattern(r"^(?:https?://|www[.])\S+$|^\S+[.](?:com|net|kr|org)(?:/\S*)?$")
_TAGS = lazy_pattern(r"^(?:#\s?[^\s#]{1,30}[\s,]*)+$")
_CRUMBS = lazy_pattern(
    r"^(?:홈|HOME|Home|뉴스|전체|[가-힣·/ ]{2,10})(?:\s?[>›»＞]\s?[가-힣A-Za-z·/ &]{1,16})+$"
)
_FILE = lazy_pattern(r"[.](?:jpe?g|png|gif|pdf|hwpx?|zip|mp4)\b.{0,20}$|\[(?:jpg|png|pdf|hwp)", re.IGNORECASE)
_WRITER = lazy_pattern(
    r"^(?:기자명|글쓴이|작성자|기자|취재|글|글·사진|사진|by|By|BY|Editor|에디터)\s?[:=|]?\s?([가-힣]{2,4})(?:\s?(?:기자|에디터))?$"
)
_ANNOUNCE = lazy_pattern(r"^\[?(?:알립니다|사고|공고|공지|모집)\]")
_CREDITS = lazy_pattern(
    r"^[\[(<■□●*※·-]?\s?(?:방송일?|일시|대담|토크|연결|촬영\s?기자|영상\s?취재|영상\s?편집|영상\s?디자인|화면\s?제공|취재\s?지원|자료\s?조사|그래픽|편집|촬영|구성|연출|제작|기획|AD|VJ|CG|출연|진행|번역|감수|도움말|자막|음악)(?:\s?[:=：/]|\s[가-힣]{2,4}[\])>]?$)"
)
_NOTICE = lazy_pattern(r"(?:니다|세요|시오)$")
_MAX_DONE_CHARS = 24
"""Letters of the longest notice of a page that says what was done: 링크를 복사했습니다."""
_MIN_ROW_CHARS, _MAX_ROW_CHARS = 4, 160
"""Letters of a row of buttons that lost the marks between them."""
_VERB = lazy_pattern(
    r"(?:바로\s?가기|보러\s?가기|더\s?보기|보내기|복사하기|닫기|열기|공유하기|키우기|줄이기|듣기|구독하기|스크랩하기|재생목록)$"
)
_WIDGET = lazy_pattern(
    r"^(?:본문\s?)?(?:글자|글씨|글꼴|폰트|본문)\s?(?:크기|사이즈)|^※\s|서비스\s?(?:사용|이용)하기$|읽는\s?시간\s?:?\s?(?:약\s?)?\d|^(?:검색|이메일|댓글|의견)[^.]{0,20}(?:입력|등록)|^\d+\s?/\s?\d+$|영역\s?(?:시작|끝)|^(?:카카오톡?|페이스북|트위터|이메일|네이버|밴드|URL)[에으로 ]{0,3}\s?(?:공유|보내|복사|내보내)"
)


def is_byline(text: str) -> bool:
    """Whether a line holds only names of reporters, their roles and addresses.

    >>> is_byline("순천 홍길동 기자 gildong@example.co.kr")
    True
    """
    if len(text) > 120:
        return False
    rest = bylines.EMAIL.sub(" ", text)
    found = bylines.signers(text)
    if not found:
        return rest != text and len(_PUNCTUATION.sub("", rest)) <= 14
    for name in found:
        rest = rest.replace(name, " ")
    rest = re.sub(bylines.ROLE, " ", rest)
    rest = re.sub(
        r"(?:입력|수정|승인|등록|송고|기사입력|최종수정)?\s?(?:19|20)\d\d[.\-/년 ]+\d{1,2}[.\-/월 ]+\d{1,2}[.일]?\s?(?:(?:오전|오후)?\s?\d{1,2}:\d\d(?::\d\d)?)?",
        " ",
        rest,
    )
    return len(_PUNCTUATION.sub("", rest)) <= 16 and "다." not in rest


def _byline(line: Line, _squashed: str, shape: Shape) -> bool:
    text = line.text
    if shape.kind == "prose" or len(text) > 120:
        return False
    if (
        "@" in text
        or "기자" in text
        or (bylines.ROLE and any(role in text for role in ("특파원", "앵커", "위원", "칼럼니스트", "에디터")))
    ):
        return is_byline(text) or bool(_WRITER.match(text))
    return bool((match := _WRITER.match(text)) and bylines.is_name(match.group(1)))


def _control(line: Line, squashed: str, shape: Shape) -> bool:
    known = word_lists.load()
    if squashed in known.controls or line.tag == "control":
        return True
    if shape.kind == "prose" or len(squashed) > _MAX_ROW_CHARS:
        return False
    if len(squashed) > _MIN_ROW_CHARS and (
        known.control_row.fullmatch(squashed) or squashed.count("(으)로기사보내기") > 1
    ):
        return True
    if len(squashed) > 60:
        return False
    if (
        _COUNTER.match(squashed)
        or _WIDGET.search(line.text)
        or (len(squashed) <= 12 and _VERB.search(squashed))
    ):
        return True
    tokens = _TOKENS.findall(line.text)
    hits = sum(token in known.controls or token in known.sections or token.isdigit() for token in tokens)
    return len(tokens) > 1 and hits >= 0.7 * len(tokens)


def _menu(line: Line, squashed: str, shape: Shape) -> bool:
    if shape.kind == "prose":
        return False
    return squashed in word_lists.load().sections or bool(_CRUMBS.match(line.text))


def _time(line: Line, _squashed: str, shape: Shape) -> bool:
    if shape.kind == "time" or times.is_label(line.text) or _is_signed_time(line.text):
        return True
    return shape.sentences == 0 and len(line.text) < 160 and times.has_labelled_time(line.text)


def _is_signed_time(text: str) -> bool:
    """Whether a line is a date with a clock time behind an outlet or a reporter: KBS 2026. 3. 5. 09:26.

    >>> _is_signed_time("가온일보 2026. 3. 5. 09:26"), _is_signed_time("홍길동 기자 2026.03.05. 오후 2:00")
    (True, True)
    """
    name = name_before_time(text)
    return bool(name) and (
        bylines.is_press(name)
        or name.isupper()
        or bylines.is_name(name)
        or bool(re.search(rf"{bylines.ROLE}$", name))
    )


def name_before_time(text: str) -> str:
    """Return what stands before the time that a short line ends in, or an empty string."""
    match = _SIGNED_TIME.match(text) if len(text) < _MAX_SIGNED_TIME_CHARS and text[-1].isdigit() else None
    name = match.group(1).strip(" |·ㅣ") if match else ""
    return "" if times.is_label(name) else name


def _label(line: Line, squashed: str, shape: Shape) -> bool:
    if shape.kind == "prose" or len(line.text) > 40:
        return False
    first = line.text.split(" ", 1)[0].rstrip(":")
    return first in word_lists.load().labels or squashed.rstrip(":") in word_lists.load().labels


def _copyright(line: Line, squashed: str, shape: Shape) -> bool:
    if len(squashed) > 260 or (ends_in_plain_past(line.text) and not _OWNED.search(squashed)):
        return False
    if _LEGAL_SIGNS.search(squashed) and word_lists.load().legal.search(squashed):
        return shape.sentences <= 2 or "무단" in squashed
    return ("ⓒ" in squashed or "©" in squashed) and shape.kind == "short" and squashed[0] in "<ⓒ©[("


def _address(line: Line, squashed: str, shape: Shape) -> bool:
    if shape.sentences > 1 or len(squashed) > 400 or ends_in_past(line.text):
        return False
    hits = len(set(word_lists.load().address.findall(squashed)))
    return hits >= 2 or (hits == 1 and shape.kind != "prose" and any(c.isdigit() for c in squashed))


def _summary(_line: Line, squashed: str, shape: Shape) -> bool:
    return shape.kind != "prose" and len(squashed) <= 22 and bool(word_lists.load().summary.match(squashed))


def _related(_line: Line, squashed: str, shape: Shape) -> bool:
    return shape.sentences <= 1 and len(squashed) < 90 and bool(word_lists.load().related.match(squashed))


def _tail(_line: Line, squashed: str, shape: Shape) -> bool:
    return shape.kind != "prose" and is_box_heading(squashed)


def is_box_heading(squashed: str) -> bool:
    """Whether a line without its spaces is the heading of a box below or beside an article, and little more."""
    if len(squashed) > 32:
        return False
    match = word_lists.load().tail.search(squashed)
    return match is not None and len(squashed) - match.end() + match.start() <= 10


def _caption(line: Line, _squashed: str, shape: Shape) -> bool:
    return (line.tag == "caption" and len(line.text) < 400) or captions.is_caption(line.text, shape)


def _promotion(line: Line, squashed: str, shape: Shape) -> bool:
    if (
        len(squashed) > 320
        or shape.sentences > 3
        or squashed[0] in '"“'
        or not (match := word_lists.load().promotion.search(squashed))
    ):
        return False
    if shape.kind == "short" and _QUOTED_HEADLINE.search(line.text) and not is_polite(line.text):
        return False
    if is_imperative(line.text) or shape.kind != "prose":
        return len(squashed) < 60 or is_polite(line.text)
    if squashed[0] in "■▶※▷◆*[" or len(set(word_lists.load().promotion.findall(squashed))) > 1:
        return is_polite(line.text) or (len(squashed) < 160 and not ends_in_plain_past(line.text))
    return is_polite(line.text) and len(squashed) < 120 and len(match.group()) >= 5


def interface_words(squashed: str) -> int:
    """Return the number of different words of dialogs, forms and policies in a line."""
    return len(set(word_lists.load().interface.findall(squashed)))


def _interface(line: Line, squashed: str, shape: Shape) -> bool:
    if (
        len(squashed) > 160
        or squashed[0] in "\"“‘'"
        or (len(squashed) > _MAX_DONE_CHARS and ends_in_past(line.text))
    ):
        return False
    if is_imperative(line.text) or (len(squashed) <= 30 and _NOTICE.search(squashed)):
        return interface_words(squashed) >= 1
    return (
        shape.sentences <= 1
        and is_polite(line.text)
        and len(squashed) <= 50
        and interface_words(squashed) >= 2
    )


def _table(line: Line, squashed: str, shape: Shape) -> bool:
    if shape.kind == "prose" or len(squashed) > 80:
        return False
    rest = _PRICE.sub("", line.text)
    return (
        len(squashed) - len(rest.replace(" ", "")) >= (0.4 if len(squashed) <= 9 else 0.6) * len(squashed)
        and sum(c.isdigit() for c in squashed) >= 2
    )


def _speaker(line: Line, _squashed: str, shape: Shape) -> bool:
    return shape.kind != "prose" and len(line.text) <= 60 and broadcast.is_tag(line.text)


def _credits(line: Line, _squashed: str, shape: Shape) -> bool:
    return shape.sentences == 0 and len(line.text) < 120 and bool(_CREDITS.match(line.text))


def _links(line: Line, _squashed: str, shape: Shape) -> bool:
    return line.tag == "link" or (line.links >= 0.8 and (shape.kind != "prose" or line.tag == "item"))


def _address_line(line: Line, _squashed: str, shape: Shape) -> bool:
    text = line.text
    if shape.sentences:
        return False
    return bool(_URL.match(text) or _TAGS.match(text) or _FILE.search(text) or _ANNOUNCE.match(text))


def _comments(_line: Line, squashed: str, _shape: Shape) -> bool:
    return len(squashed) <= _MAX_COMMENTS_CHARS and bool(_COMMENTS.match(squashed))


RULES: tuple[Rule, ...] = (
    Rule("comments", "The start of the readers' comments", _comments),
    Rule("control", "A button, a share link, a font-size widget, a reaction counter", _control),
    Rule("menu", "The name of a section, or the path to it", _menu),
    Rule("time", "The time of publication or change: read as metadata", _time),
    Rule("speaker", "The next speaker in a broadcast script", _speaker),
    Rule("byline", "The author: read as metadata", _byline),
    Rule("copyright", "A copyright notice", _copyright),
    Rule("summary-box", "The page's own summary would repeat the body", _summary),
    Rule("caption", "A photo's caption and credit", _caption),
    Rule("credits", "Credits of camera, editing and graphics", _credits),
    Rule("related", "A link to another article", _related),
    Rule("tail", "The heading of a box below or beside the article", _tail),
    Rule("promotion", "Text of the outlet about itself: tips, subscriptions, disclaimers", _promotion),
    Rule("address", "The imprint Korean law requires", _address),
    Rule("label", "A label of the page's own record with its value", _label),
    Rule("interface", "A dialog, a form, a policy", _interface),
    Rule("table", "Prices, temperatures, rankings", _table),
    Rule("link", "Nothing but links, addresses, tags or files", _links),
    Rule("link", "Nothing but links, addresses, tags or files", _address_line),
)


_PARAGRAPH_RULES = tuple(
    rule for rule in RULES if rule.name in {"copyright", "promotion", "address", "interface", "link"}
)
"""Rules that can match a line of several sentences."""


_MAX_DIALOG_CHARS = 110
"""Characters. What a dialog says before it asks for something is no longer."""
_MAX_MENU_CHARS = 20
_MENU_LETTERS = lazy_pattern(r"^[가-힣A-Za-z /·]+$")
_MENU_RULES = tuple(
    rule
    for rule in RULES
    if rule.name
    in {
        "comments",
        "control",
        "menu",
        "time",
        "byline",
        "summary-box",
        "caption",
        "credits",
        "related",
        "tail",
        "promotion",
        "label",
        "interface",
    }
)


@lru_cache(maxsize=8192)
def _menu_rule(text: str, shape: Shape) -> str:
    """Return the label of a short line of letters only. Cached: the menus of a site are the same on all its pages."""
    known = word_lists.load()
    squashed = text.replace(" ", "")
    if squashed in known.controls and not _COMMENTS.match(squashed):
        return "control"
    if squashed in known.sections:
        return "menu"
    line = Line(text)
    return next((rule.name for rule in _MENU_RULES if rule.test(line, squashed, shape)), "")


def label_single_lines(lines: Lines, _page: Page) -> Lines:
    """Set the shape of every line, and label those that a rule takes for something other than the body."""
    texts = [line.text for line in lines]
    shapes = with_nominal_endings(without_stops([read_shape(text) for text in texts], texts), texts)
    return tuple(
        line._replace(shape=shape, label=_rule_of(line, shape))
        for line, shape in zip(lines, shapes, strict=True)
    )


def _rule_of(line: Line, shape: Shape) -> str:
    """Return the label of the first rule that matches a line, or an empty string."""
    text = line.text
    if (
        len(text) <= _MAX_MENU_CHARS
        and _MENU_LETTERS.match(text)
        and line.tag not in {"caption", "control", "link"}
        and not line.links
    ):
        return _menu_rule(text, shape)
    squashed = text.replace(" ", "")
    if len(squashed) > 420 and not line.links:
        return ""
    stop = SENTENCE_END.search(text) if shape.kind == "prose" else None
    if stop and stop.end() < len(text) - 3:
        # A paragraph gets the label of its first sentence; what is glued to its end is cut later.
        if _caption(line, squashed, shape):
            return "caption"
        if len(text) <= _MAX_DIALOG_CHARS and is_imperative(text) and _interface(line, squashed, shape):
            return "interface"
        head = text[: stop.end()]
        squashed = head.replace(" ", "")
        # True of nearly every paragraph of a body: no rule can match.
        if not line.links and not line.tag and not word_lists.load().furniture.search(squashed):
            return ""
        first = line._replace(text=head)
        return next((rule.name for rule in _PARAGRAPH_RULES if rule.test(first, squashed, shape)), "")
    if (
        shape.kind == "prose"
        and not line.links
        and not line.tag
        and len(squashed) > _MAX_COMMENTS_CHARS
        and not text[-1].isdigit()
        and not word_lists.load().furniture.search(squashed)
    ):
        return _rule_of_sentence(line, squashed, shape)
    return next((rule.name for rule in RULES if rule.test(line, squashed, shape)), "")


def _rule_of_sentence(line: Line, squashed: str, shape: Shape) -> str:
    """Return the label of one sentence without links, tags and words of notices: only these rules of the table can match it."""
    if squashed in word_lists.load().controls:
        return "control"
    if _caption(line, squashed, shape):
        return "caption"
    return "related" if _related(line, squashed, shape) else ""


def rule_is_box(line: Line) -> bool:
    """Whether a line is the heading of another box: what stands below it is not about this article."""
    squashed = line.text.replace(" ", "")
    return is_box_heading(squashed) and not word_lists.load().legal.search(squashed)

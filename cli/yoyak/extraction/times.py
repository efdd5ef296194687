"""Times on Korean pages, in all their spellings, and the labels that tell the first publication from later changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, NamedTuple

from yoyak.core.patterns import lazy_pattern

KST = timezone(timedelta(hours=9))

_DATE = (
    r"(?P<y>(?:19|20)\d\d)(?:\s?(?:[.\-/]|년)\s?|\s(?=\d\d\s\d\d\s\d\d:))(?P<mo>0?[1-9]|1[0-2])(?:\s?(?:[.\-/]|월)\s?|\s(?=\d\d\s\d\d:))(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s?(?:일|\.)?"
    r"(?:\s?[(\[]?(?:[월화수목금토일](?:요일)?|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[)\]]?)?"
)
_CLOCK = (
    r"(?:[\sT,|(]*(?P<ap>오전|오후|AM|PM|am|pm)?\s?(?P<h>[01]?\d|2[0-4])\s?(?:[:시])\s?(?P<mi>[0-5]?\d)?\s?(?:[:분]\s?(?P<s>[0-5]?\d)?)?(?:\.\d+)?초?"
    r"\s?(?P<ap2>AM|PM|am|pm)?\s?(?P<z>Z|[+-]\d\d:?\d\d)?)?"
)
_TIME = lazy_pattern(_DATE + _CLOCK)
_HEADER_TIME = lazy_pattern(r"(?:[A-Z][a-z]{2},\s*)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}\s+\d")
_COMPACT = lazy_pattern(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[T ]?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?(?!\d)"
)
_FIRST_LABELS = (
    r"기사입력|기사등록|기사작성|기사승인|기사송고|최초입력|최초등록|최초승인|입력일시|입력시간|입력시각|입력|등록일시|등록일자|등록시간|등록일|등록|"
    r"승인일시|승인|송고시간|송고일시|송고|발행일시|발행일자|발행일|발행|게재일시|게재일|게재|게시일시|게시일|게시|작성일시|작성일자|작성일|작성|배포일시|배포일자|배포일|보도일시|보도시점|보도일|보도시간|지면게재일|온라인입력|"
    r"뉴스등록|Posted|Published|published|Input|Registered"
)
_LAST_LABELS = r"최종수정일시|최종수정일|최종수정|최종편집|최종업데이트|최종갱신|수정일시|수정일자|수정시간|수정시각|수정일|기사수정|수정|업데이트|갱신|Updated|updated|Modified|Edited"
_LABEL = lazy_pattern(
    rf"(?<![가-힣A-Za-z])(?:(?P<first>{_FIRST_LABELS})|(?P<last>{_LAST_LABELS}))\s*[:：|]?\s*"
)
_LABEL_ONLY = lazy_pattern(
    rf"^[\[(<|·ㆍ\s]*(?:{_FIRST_LABELS}|{_LAST_LABELS})\s?(?:일|시간|시각)?\s*[:：|]?[\])>\s]*$"
)
_SENT_TIME = lazy_pattern(rf"{_DATE}{_CLOCK}\s?(?:송고|전송)(?![가-힣])")
_SPACED = lazy_pattern(
    r"(?<=기사|최종|최초|뉴스|등록|입력|승인|수정|게재|발행|작성|게시|보도|송고)\s(?=(?:일시|일자|일|시간|시각|입력|등록|승인|송고|수정|업데이트|편집)\s?[:：\d])"
)


class Times(NamedTuple):
    """When an article was first published and last changed, as the page says."""

    published: datetime | None = None
    modified: datetime | None = None


def parse_time(text: str) -> datetime | None:
    """Read the first time in a text, in any form that Korean pages print. A time without a zone is Korean.

    >>> parse_time("2026.03.05. 오후 2:07").isoformat()
    '2026-03-05T14:07:00+09:00'
    """
    if match := _TIME.search(text):
        return _moment(match)
    if match := _COMPACT.search(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        return _build((year, month, day), (hour, minute, second), KST)
    return None


def parse_stated_time(value: Any) -> datetime | None:
    """Read a time from metadata: ISO 8601, any printed form, an e-mail header (RFC 5322), or seconds since 1970.

    Seconds and milliseconds are both accepted; a time without a zone is Korean.

    >>> parse_stated_time("Thu, 05 Mar 2026 05:07:00 GMT").isoformat(), parse_stated_time(1772687220).isoformat()
    ('2026-03-05T14:07:00+09:00', '2026-03-05T14:07:00+09:00')
    """
    if isinstance(value, str) and len(value) < 100:
        if moment := parse_time(value):
            return moment
        if _HEADER_TIME.match(value):
            from email.utils import parsedate_to_datetime  # rarely needed, slow to import

            with suppress(ValueError, OverflowError):
                return parsedate_to_datetime(value).astimezone(KST)
        value = int(value) if re.fullmatch(r"\d{10}|\d{13}", value) else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1_000 if value > 10**11 else value
        if 10**9 <= seconds < 4 * 10**9:  # 2001 to 2096
            return datetime.fromtimestamp(seconds, KST)
    return None


def is_label(text: str) -> bool:
    """Whether a line is only the label of a time; the time stands on the next line."""
    return len(text) < 16 and bool(_LABEL_ONLY.match(text))


def has_labelled_time(text: str) -> bool:
    """Whether a line says when the article was published or changed."""
    return len(text) < 300 and bool(_LABEL.search(_SPACED.sub("", text))) and bool(_TIME.search(text))


def labelled(lines: Sequence[str]) -> Times:
    """Read the labelled times of a few lines. The time of a label may stand on the next line."""
    published: datetime | None = None
    modified: datetime | None = None
    for index, line in enumerate(lines):
        if len(line) > 300:
            continue
        text = _SPACED.sub("", line)
        labels = list(_LABEL.finditer(text))
        for number, label in enumerate(labels):
            end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
            moment = _value(text[label.end() : end])
            if (
                moment is None
                and number + 1 == len(labels)
                and is_label(text[label.start() :])
                and index + 1 < len(lines)
            ):
                moment = _value(lines[index + 1])
            if moment is None:
                continue
            if label.group("first"):
                published = published or moment
            else:
                modified = modified or moment
    return Times(published, modified)


def sent(lines: Iterable[str]) -> datetime | None:
    """Return when a news agency sent its report, from a line such as `2026/03/05 14:07 송고`."""
    matches = (
        _SENT_TIME.search(line) for line in lines if len(line) < 300 and ("송고" in line or "전송" in line)
    )
    return next((_moment(match) for match in matches if match), None)


def _value(text: str) -> datetime | None:
    """Return the time at the start of a text."""
    match = _TIME.match(text.lstrip(" :：|(["))
    return _moment(match) if match else None


def _moment(match: re.Match[str]) -> datetime | None:
    hour = int(match["h"] or 0)
    half = (match["ap"] or match["ap2"] or "").lower()
    if half in {"오후", "pm"} and hour < 12:
        hour += 12
    elif half in {"오전", "am"} and hour == 12:
        hour = 0
    zone = KST
    if match["z"] == "Z":
        zone = UTC
    elif match["z"]:
        sign = -1 if match["z"][0] == "-" else 1
        digits = match["z"][1:].replace(":", "")
        zone = timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    return _build(
        (int(match["y"]), int(match["mo"]), int(match["d"])),
        (hour, int(match["mi"] or 0), int(match["s"] or 0)),
        zone,
    )


def _build(day: tuple[int, int, int], clock: tuple[int, int, int], zone: timezone) -> datetime | None:
    """Return a moment in Korean time, or None if the calendar has no such day."""
    try:
        hour, minute, second = clock
        moment = datetime(*day, hour % 24, minute, second, tzinfo=zone)
        return (moment + timedelta(days=hour // 24)).astimezone(KST)
    except (ValueError, OverflowError):
        return None

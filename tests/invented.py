"""Invented articles and summaries, built by hand: what renderers are tested with."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from yoyak.core.values import (
    Analysis,
    Article,
    Failed,
    Keyword,
    Notice,
    Ranking,
    Removal,
    Sentence,
    Subheading,
    Summary,
)

KST = timezone(timedelta(hours=9))

PARAGRAPHS = (
    "가람시가 강변 도서관을 새로 짓는다. 책 20만 권이 들어간다.",
    "공사는 내년 3월에 시작한다. 시장은 “누구나 밤늦게까지 머물 수 있는 곳”이라고 했다.",
)


def article(**changes: object) -> Article:
    given: dict[str, object] = {
        "source": "library.txt",
        "title": "가람시, 강변 도서관 짓는다",
        "subtitles": ("책 20만 권, 밤 11시까지",),
        "published": datetime(2026, 3, 2, 9, 10, tzinfo=KST),
        "reporters": ("이보람", "정다온"),
        "press": "한빛신문",
        "paragraphs": PARAGRAPHS,
        "subheadings": (Subheading("내년 3월 첫 삽", 1),),
        "removed": (Removal("control", "글자 크기 조절"), Removal("byline", "boram@hanbit.example")),
    }
    return Article(**(given | changes))  # type: ignore[arg-type]


def summary(
    of: Article | None = None,
    *,
    chosen: tuple[int, ...] = (0, 2),
    scores: tuple[float, ...] = (0.9, 0.4, 0.7, 0.1),
    keywords: tuple[str, ...] = ("도서관", "가람시"),
    warnings: tuple[Notice, ...] = (),
) -> Summary:
    """A summary of an article whose sentences end with a full stop and a space."""
    whole = of or article()
    sentences = _sentences(whole)
    scores = (scores * len(sentences))[: len(sentences)]
    chosen = tuple(index for index in chosen if index < len(sentences))
    parts = tuple({"position": score / 2, "title": score / 2} for score in scores)
    return Summary(
        article=whole,
        sentences=tuple(sentences[i] for i in chosen),
        scores=tuple(scores[i] for i in chosen),
        keywords=tuple(Keyword(term, 1.0 - n / 10, 2) for n, term in enumerate(keywords)),
        warnings=warnings,
        analysis=Analysis(article=whole, sentences=sentences),
        ranking=Ranking(scores=scores, parts=parts),
    )


def failed(**changes: str | None) -> Failed:
    given: dict[str, str | None] = {
        "source": "menu.txt",
        "id": None,
        "code": "empty",
        "message": "menu.txt: no article in it",
    }
    return Failed(**(given | changes))  # type: ignore[arg-type]


def _sentences(of: Article) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    at = 0
    for number, paragraph in enumerate(of.paragraphs):
        for piece in paragraph.replace(". ", ".\n").split("\n"):
            start = of.text.index(piece, at) if piece else at
            at = start + len(piece)
            found.append(Sentence(len(found), start, at, piece, (), number))
    return tuple(found)

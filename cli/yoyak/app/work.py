"""What summarize and extract share: paths to items, items to outcomes, outcomes to the reader."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from yoyak import console, pipeline
from yoyak.app.flags import InputFlags, SummaryFlags
from yoyak.errors import InputError
from yoyak.model import Failed, Outcome
from yoyak.options import Fields, KeywordOptions, Length, Options, RankOptions, ReadOptions


def given(**values: object) -> dict[str, object]:
    """Return the values that were set: what is None keeps the default of the options record."""
    return {name: value for name, value in values.items() if value is not None}


def read_options(flags: InputFlags) -> ReadOptions:
    """Options of reading from their flags."""
    fields = Fields(
        **given(  # type: ignore[arg-type]
            text=flags.text_field,
            sentences=flags.sentences_field,
            id=flags.id_field,
            title=flags.title_field,
            published=flags.published_field,
        )
    )
    return ReadOptions(**given(encoding=flags.encoding, max_bytes=flags.max_bytes), fields=fields)  # type: ignore[arg-type]


def options(inputs: InputFlags, summary: SummaryFlags) -> Options:
    """The one options record from the flags."""
    limited = any(limit is not None for limit in (summary.sentences, summary.ratio, summary.chars))
    length = (
        Length(sentences=summary.sentences, ratio=summary.ratio, chars=summary.chars) if limited else Length()
    )
    return Options(
        read=read_options(inputs),
        rank=RankOptions(
            **given(method=summary.method, diversity=summary.diversity),  # type: ignore[arg-type]
            length=length,
            query=summary.query,
            model=summary.model,
        ),
        keywords=KeywordOptions(**given(limit=summary.keywords)),  # type: ignore[arg-type]
        user_dict=summary.user_dict,
        background=summary.background,
    )


def outcomes(paths: Sequence[str], opts: Options, *, stage: str) -> Iterator[Outcome]:
    """One outcome per input."""
    import json

    for name in paths or ["-"]:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            yield Failed(source=name, id=None, code="unreadable", message=str(error))
            continue
        if name.endswith(".jsonl"):
            for n, line in enumerate(data.splitlines()):
                row = json.loads(line)
                try:
                    article = pipeline.read_row(row, source=f"{name}:{n + 1}", options=opts)
                    yield pipeline.summarize(article, opts) if stage == "summarize" else article
                except InputError as error:
                    yield Failed(source=name, id=row.get("id"), code=error.code, message=str(error))
            continue
        try:
            article = pipeline.read(data, source=name, options=opts)
            yield pipeline.summarize(article, opts) if stage == "summarize" else article
        except InputError as error:
            yield Failed(source=name, id=None, code=error.code, message=str(error))


def show(found: Iterator[Outcome], kind: str | None) -> int:
    from yoyak import render

    code = 0
    kind = kind or "plain"
    for outcome in found:
        if isinstance(outcome, Failed):
            code = 1
            console.error(outcome.message)
        line = {"jsonl": render.json_line, "json": render.json_object, "plain": render.plain, "text": render.plain, "csv": render.csv_line, "markdown": render.markdown}[kind](outcome)
        if line:
            sys.stdout.write(line + "\n")
    return code

"""Values of options as records, and the pipeline options made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from yoyak.app import terminal
from yoyak.app.files import require_files
from yoyak.core.errors import DecodeError, OptionError
from yoyak.core.messages import plural
from yoyak.core.options import Fields, InputFormat, KeywordOptions, Length, Options, RankOptions, ReadOptions

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from yoyak.inputs import Walk

    Record = TypeVar("Record", bound=DataclassInstance)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryArgs:
    """How sentences and keywords are chosen."""

    sentences: int | None = None
    ratio: float | None = None
    chars: int | None = None
    query: str | None = None
    method: str | None = None
    diversity: float | None = None
    keywords: int | None = None
    quotes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelArgs:
    """Dictionaries and models."""

    user_dict: Path | None = None
    stopwords: Path | None = None
    model: Path | None = None
    keyword_model: Path | None = None
    background: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputArgs:
    """What is read, and how."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    files_from: str | None = None
    encoding: str | None = None
    max_bytes: int | None = None
    text_field: str | None = None
    sentences_field: str | None = None
    id_field: str | None = None
    title_field: str | None = None
    published_field: str | None = None
    press_field: str | None = None
    reporters_field: str | None = None
    url_field: str | None = None
    section_field: str | None = None
    extra: bool = False
    columns: str | None = None
    input_format: InputFormat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterArgs:
    """Which articles are kept, and in which order."""

    since: datetime | None = None
    until: datetime | None = None
    press: tuple[str, ...] = ()
    match: str | None = None
    sort: str | None = None
    dedupe: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputArgs:
    """Where results go, and in which format."""

    format: str | None = None
    output: Path | None = None
    output_dir: str | None = None
    report: tuple[Path, ...] = ()
    digest_data: bool = False
    force: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunArgs:
    """How the work is done."""

    jobs: int | None = None
    timeout: float | None = None
    fail_fast: bool = False
    engine: str = "local"
    address: str | None = None
    progress: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonArgs:
    """Options of every command."""

    quiet: bool = False
    verbose: bool = False
    debug: bool = False
    color: str = "auto"
    config: Path | None = None
    no_config: bool = False


def collect(kind: type[Record], params: Mapping[str, Any]) -> Record:
    """Make a record of the parameters of a command (`ctx.params`); one that the command lacks keeps its default."""
    given = {field.name: params[field.name] for field in fields(kind) if params.get(field.name) is not None}
    return kind(**given)


def read_options(args: InputArgs) -> ReadOptions:
    """Options of reading. Raises OptionError for an unknown encoding."""
    names = Fields(
        **_given(
            text=args.text_field,
            sentences=args.sentences_field,
            id=args.id_field,
            title=args.title_field,
            published=args.published_field,
            press=args.press_field,
            reporters=args.reporters_field,
            url=args.url_field,
            section=args.section_field,
        )
    )
    if args.encoding is not None:
        from yoyak.inputs.encoding import decode

        try:
            decode(b"", source="--encoding", encoding=args.encoding)
        except DecodeError as error:
            raise OptionError(error.message) from None
    columns = tuple(name.strip() for name in args.columns.split(",")) if args.columns else None
    return ReadOptions(
        **_given(
            encoding=args.encoding, max_bytes=args.max_bytes, input_format=args.input_format, columns=columns
        ),
        fields=names,
        extra=args.extra,
    )


def walk_rules(args: InputArgs) -> Walk:
    """Rules for walking folders."""
    from yoyak.inputs import Walk

    return Walk(include=args.include, exclude=args.exclude, hidden=args.hidden)


def pipeline_options(
    inputs: InputArgs, summary: SummaryArgs, models: ModelArgs, *, quiet: bool = False
) -> Options:
    """Options of the pipeline. Named files are checked here, before the work. Raises OptionError."""
    require_files(
        path for path in (models.model, models.keyword_model, models.background) if path is not None
    )
    return Options(
        read=read_options(inputs),
        rank=RankOptions(
            **_given(method=summary.method, diversity=summary.diversity),
            length=_length(summary),
            query=None if summary.query is None else _query(summary.query),
            model=models.model,
        ),
        keywords=KeywordOptions(
            **_given(limit=summary.keywords), stopwords=_stopwords(models), model=models.keyword_model
        ),
        user_dict=_user_dict(models, quiet=quiet),
        background=models.background,
        quotes=summary.quotes,
    )


def _query(words: str) -> str:
    from yoyak.inputs import argument_text

    return argument_text(words)


def _given(**values: object) -> dict[str, Any]:
    """Values that were set; the others keep the defaults of their record."""
    return {name: value for name, value in values.items() if value is not None}


def _length(args: SummaryArgs) -> Length:
    """Length limits; the default limit applies only if no other is given."""
    if args.sentences is args.ratio is args.chars is None:
        return Length()
    return Length(sentences=args.sentences, ratio=args.ratio, chars=args.chars)


def _user_dict(args: ModelArgs, *, quiet: bool) -> Path | None:
    if args.user_dict is None:
        return None
    from yoyak.nlp import kiwi

    words = kiwi.read_user_dict(args.user_dict)
    if not quiet:
        terminal.say(
            plural(
                "{path}: {count} word loaded", "{path}: {count} words loaded", len(words), path=args.user_dict
            )
        )
    return args.user_dict


def _stopwords(args: ModelArgs) -> frozenset[str]:
    if args.stopwords is None:
        return frozenset()
    from yoyak import keywords

    return keywords.read_stopwords(args.stopwords)

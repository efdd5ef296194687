"""From flags to options: of reading, of walking folders, and the one record of the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yoyak.app import console
from yoyak.app.files import there
from yoyak.core.errors import DecodeError, OptionError
from yoyak.core.messages import plural
from yoyak.core.options import Fields, KeywordOptions, Length, Options, RankOptions, ReadOptions
from yoyak.inputs import Walk

if TYPE_CHECKING:
    from yoyak.app.flags import CommonFlags, DictionaryFlags, InputFlags, ModelFlags, SummaryFlags


def read_options(flags: InputFlags) -> ReadOptions:
    """Options of reading."""
    fields = Fields(
        **_given(
            text=flags.text_field,
            sentences=flags.sentences_field,
            id=flags.id_field,
            title=flags.title_field,
            published=flags.published_field,
        )
    )
    if flags.encoding is not None:
        from yoyak.inputs.encoding import decode

        try:
            decode(b"", source="--encoding", encoding=flags.encoding)
        except DecodeError as error:
            raise OptionError(error.message) from None
    return ReadOptions(**_given(encoding=flags.encoding, max_bytes=flags.max_bytes), fields=fields)


def folder_rules(flags: InputFlags) -> Walk:
    """Rules of walking folders."""
    return Walk(include=tuple(flags.include), exclude=tuple(flags.exclude), hidden=flags.hidden)


def options(
    inputs: InputFlags,
    summary: SummaryFlags,
    dictionary: DictionaryFlags,
    model: ModelFlags,
    common: CommonFlags,
) -> Options:
    """All options. What they name is looked at here, so that a wrong file is told before the run."""
    there(path for path in (model.model, model.keyword_model, model.background) if path is not None)
    return Options(
        read=read_options(inputs),
        rank=RankOptions(
            **_given(method=summary.method, diversity=summary.diversity),
            length=_length(summary),
            query=summary.query,
            model=model.model,
        ),
        keywords=KeywordOptions(
            **_given(limit=summary.keywords), stopwords=_stopwords(model), model=model.keyword_model
        ),
        user_dict=_user_dict(dictionary, common),
        background=model.background,
    )


def _given(**values: object) -> dict[str, Any]:
    """Return the values that were set: what is None keeps the default of its record."""
    return {name: value for name, value in values.items() if value is not None}


def _length(flags: SummaryFlags) -> Length:
    """Three sentences, unless another limit was asked for."""
    if flags.sentences is flags.ratio is flags.chars is None:
        return Length()
    return Length(sentences=flags.sentences, ratio=flags.ratio, chars=flags.chars)


def _user_dict(flags: DictionaryFlags, common: CommonFlags) -> Any:
    if flags.user_dict is None:
        return None
    from yoyak.nlp import kiwi

    words = kiwi.read_user_dict(flags.user_dict)
    if not common.quiet:
        console.say(
            plural(
                "{path}: {count} word loaded",
                "{path}: {count} words loaded",
                len(words),
                path=flags.user_dict,
            )
        )
    return flags.user_dict


def _stopwords(flags: ModelFlags) -> frozenset[str]:
    if flags.stopwords is None:
        return frozenset()
    from yoyak import keywords

    return keywords.read_stopwords(flags.stopwords)

"""Score methods against label files: `yoyak evaluate LABELS.jsonl`.

Measures, each a mean over the articles that have the reference, with a 95 % interval (percentile bootstrap over
articles):

gold_extractive     P@n, R@n, F1@n of the chosen indices
deck, gold_abstractive
                    ROUGE-1/2/L recall and F1 of the summary on Kiwi morphemes without punctuation, and
                    length-limited recall: ROUGE-1/2 of the summary's first 250 characters
keywords            F1@k exact and partial; spaces, case and marks do not count

    run(path, methods=..., options=...) -> Report       score; raises InputError for a bad label row
    check(report, floors) -> misses                     the gate: empty when every floor holds
    update(report, floors) -> rises                     raise floors; refuses to lower one
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from yoyak import background, labels, morphology, pipeline, ranking, rouge, selection
from yoyak.errors import OptionError
from yoyak.labels import Label
from yoyak.messages import refusal, text
from yoyak.model import Summary
from yoyak.options import Method, Options
from yoyak.outputs.files import part_of, promote

BUDGET = 250  # characters: what decks, 20 to 220 characters long, are compared with
KEYWORDS = 5  # publishers print about five
ROUNDS = 1000  # bootstrap samples
SEED = 7
SLACK = 0.0005  # floors are kept to three digits
SENTENCES = 3  # the n of P@n where no length is asked for
_MARKS = re.compile(r"[^0-9A-Za-z가-힣一-鿿]")


class Row(NamedTuple):
    """One measure of one method on one set of articles."""

    method: str
    set: str
    measure: str
    n: int
    mean: float
    low: float
    high: float


class Miss(NamedTuple):
    """A floor that does not hold."""

    name: str
    message: str


class Rise(NamedTuple):
    """A floor that was raised; `before` is None where there was none."""

    name: str
    before: float | None
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an evaluation found. `digest` names the label file it was made on."""

    articles: int
    digest: str
    rows: tuple[Row, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "schema": 1,
            "articles": self.articles,
            "digest": self.digest,
            "scores": [
                {**row._asdict(), **{key: round(getattr(row, key), 4) for key in ("mean", "low", "high")}}
                for row in self.rows
            ],
        }


def run(
    path: Path,
    *,
    methods: Sequence[Method],
    options: Options,
    on_article: Callable[[int], None] | None = None,
) -> Report:
    """Summarize every labelled article by each method and score what comes out.

    n is the length asked for, 3 where it is not given. Keywords do not depend on the method and are scored once, under the
    method "keywords". Raises InputError for a bad row, OptionError for a bad model, no method or nothing to score against.
    """
    if not methods:
        raise OptionError(text("Name at least one method to evaluate."))
    wanted = replace(options, keywords=replace(options.keywords, limit=max(KEYWORDS, options.keywords.limit)))
    tallies: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    collections: set[str] = set()
    articles = 0
    for label in labels.read([path], fields=options.read.fields):
        articles += 1
        collections.add(label.collection)
        for method, measure, value in _scores(label, methods, wanted):
            for group in ("all", label.collection):
                tallies[method, group, measure].append(value)
        if on_article:
            on_article(articles)
    if not tallies:
        raise OptionError(text("{path}: no article has anything to be scored against.", path=path))
    shown = {"all"} if len(collections) == 1 else {"all", *collections}
    rows = tuple(
        Row(method, group, measure, len(values), *interval(values))
        for (method, group, measure), values in tallies.items()
        if group in shown
    )
    return Report(articles=articles, digest=labels.digest([path]), rows=rows)


def _scores(label: Label, methods: Sequence[Method], options: Options) -> Iterator[tuple[str, str, float]]:
    """Score one article: (method, measure, value). It is analyzed once, whatever the number of methods."""
    words = morphology.read_user_dict(options.user_dict) if options.user_dict else ()
    table = background.load(options.background)
    reference = _units(label.reference) if label.reference else ()
    summary: Summary | None = None
    for method in methods:
        rank = replace(options.rank, method=method)
        if summary is None:
            summary = pipeline.summarize(label.article, replace(options, rank=rank))
            labels.check_indices(label, len(summary.analysis.sentences))
            chosen = tuple(sentence.index for sentence in summary.sentences)
            for measure, value in keyword_scores([k.term for k in summary.keywords], label.keywords):
                yield "keywords", measure, value
        else:
            ranked = ranking.rank(summary.analysis, options=rank, background=table, words=words)
            chosen = selection.select(summary.analysis, ranked, options=rank)
        for measure, value in choice_scores(chosen, label.chosen, options.rank.length.sentences or SENTENCES):
            yield method, measure, value
        printed = [summary.analysis.sentences[index].text for index in chosen]
        for measure, value in text_scores(printed, reference):
            yield method, measure, value


def choice_scores(chosen: Sequence[int], gold: frozenset[int], n: int) -> Iterator[tuple[str, float]]:
    """Precision, recall and F1 of the first `n` chosen sentences; precision is out of `n`, however few there are."""
    if not gold:
        return
    hit = len(gold.intersection(chosen[:n]))
    precision, recall = hit / n, hit / len(gold)
    yield f"P@{n}", precision
    yield f"R@{n}", recall
    yield f"F1@{n}", 2 * precision * recall / (precision + recall) if hit else 0.0


def text_scores(printed: Sequence[str], reference: Sequence[str]) -> Iterator[tuple[str, float]]:
    """ROUGE of a summary, its sentences joined by spaces, with the units of a reference."""
    if not reference:
        return
    whole = " ".join(printed)
    given = _units(whole)
    for name, score in (
        ("ROUGE-1", rouge.rouge_n(given, reference, 1)),
        ("ROUGE-2", rouge.rouge_n(given, reference, 2)),
        ("ROUGE-L", rouge.rouge_l(given, reference)),
    ):
        yield f"{name} recall", score.recall
        yield f"{name} F1", score.f1
    seen = given if len(whole) <= BUDGET else _units(whole[:BUDGET])
    for n in (1, 2):
        yield f"ROUGE-{n} recall@{BUDGET}", rouge.rouge_n(seen, reference, n).recall


def keyword_scores(terms: Sequence[str], tags: Sequence[str]) -> Iterator[tuple[str, float]]:
    """F1 of the first five terms against the publisher's tags: equal, or one inside the other (partial)."""
    gold = {squash(tag) for tag in tags} - {""}
    if not gold:
        return
    given = list(dict.fromkeys(squash(term) for term in terms[:KEYWORDS]))
    hit = len(gold.intersection(given))
    yield f"keywords F1@{KEYWORDS} exact", _f1(hit / KEYWORDS, hit / len(gold))
    precise = sum(any(term in tag or tag in term for tag in gold) for term in given) / KEYWORDS
    found = sum(any(term in tag or tag in term for term in given) for tag in gold) / len(gold)
    yield f"keywords F1@{KEYWORDS} partial", _f1(precise, found)


def squash(term: str) -> str:
    """Letters, digits and hanja alone, in lower case: how terms are compared.

    >>> squash("AI 데이터-센터")
    'ai데이터센터'
    """
    return _MARKS.sub("", term).lower()


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean and its 95 % percentile bootstrap interval over articles."""
    held = np.array(values)
    chance = np.random.default_rng(SEED)
    # One round at a time: a thousand draws of a million articles would be eight gigabytes.
    means = np.sort([held[chance.integers(0, len(held), len(held))].mean() for _ in range(ROUNDS)])
    return float(held.mean()), float(means[int(ROUNDS * 0.025)]), float(means[int(ROUNDS * 0.975) - 1])


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def _units(written: str) -> tuple[str, ...]:
    return tuple(rouge.units(morphology.tokenize(written)))


def check(report: Report, path: Path) -> tuple[Miss, ...]:
    """Hold a report against a floors file; empty when every floor holds. Raises OptionError for a bad floors file."""
    digest, floors = _read_floors(path)
    misses: list[Miss] = []
    if digest != report.digest:
        misses.append(
            Miss(
                "labels",
                text(
                    "The labels are not those of {path}: {digest} is not {wanted}.",
                    path=path,
                    digest=report.digest,
                    wanted=digest,
                ),
            )
        )
    means = {_name(row): row.mean for row in report.rows}
    for name, floor in floors.items():
        mean = means.get(name)
        if mean is None:
            misses.append(
                Miss(
                    name, text("{name}: not measured; its floor is {floor}.", name=name, floor=f"{floor:.3f}")
                )
            )
        elif mean < floor - SLACK:
            misses.append(
                Miss(
                    name,
                    text(
                        "{name}: {mean} is under its floor {floor}.",
                        name=name,
                        mean=f"{mean:.4f}",
                        floor=f"{floor:.3f}",
                    ),
                )
            )
    return tuple(misses)


def update(report: Report, path: Path) -> tuple[Rise, ...]:
    """Raise the floors of a file to what the report reached, and return those that rose.

    A file that is there says what is held: only the floors it has are raised. A new one holds everything measured.
    Raises OptionError, and writes nothing, where a floor would fall or the labels are others: floors are only raised.
    """
    means = {_name(row): int(row.mean * 1000) / 1000 for row in report.rows}
    old: dict[str, float] | None = None
    if path.exists():
        if misses := check(report, path):
            raise OptionError(text("Floors are only ever raised. {reason}", reason=misses[0].message))
        old = _read_floors(path)[1]
        means = {name: max(floor, means[name]) for name, floor in old.items()}
    rises = [Rise(name, (old or {}).get(name), floor) for name, floor in means.items()]
    tree = {"schema": 1, "digest": report.digest, "floors": means}
    part = part_of(path)
    part.write_text(json.dumps(tree, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    promote(part, path, force=True)
    return tuple(rise for rise in rises if rise.before is None or rise.floor > rise.before)


def _name(row: Row) -> str:
    return f"{row.method}: {row.set}: {row.measure}"


def _read_floors(path: Path) -> tuple[str, dict[str, float]]:
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
        floors = {str(name): float(floor) for name, floor in tree["floors"].items()}
        return str(tree["digest"]), floors
    except OSError as error:
        raise OptionError(
            text("{path} cannot be read: {reason}", path=path, reason=refusal(error))
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OptionError(text("{path} is no floors file: {reason}", path=path, reason=error)) from error

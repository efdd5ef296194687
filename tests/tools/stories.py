"""Score how articles are grouped, and fit the models of pairs.

    python -m tests.tools.stories score LABELS.jsonl ARTICLES.jsonl [FLOORS.json]     make stories
    python -m tests.tools.stories fit LABELS.jsonl ARTICLES.jsonl                     make story-model
    python -m tests.tools.stories scale ARTICLES.jsonl COUNT                          time and memory of COUNT articles

A row of LABELS has a `seed` and the lists `copy`, `same`, `related` and `unrelated`: each id in a list is a pair with
the seed. Rows of ARTICLES have `id`, `title`, `text`, and optionally `press` and `published`. Story pairs are `copy` and
`same`; copy pairs are `copy`.

Two logistic models over the features of a pair are fitted: does it tell one event, is it a copy. Each is checked by
cross-validation over the seeds: fitted without the seeds of a fold, all articles are clustered with it, and the pairs
of the fold are scored. The threshold is the middle of the range whose F1 is within TOLERANCE of the best.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from yoyak import batch, inputs
from yoyak.nlp import document_frequency
from yoyak.stories import grouping, vectors
from yoyak.stories.digest import make_digest
from yoyak.stories.grouping import FEATURES, PairModel
from yoyak.stories.record import ArticleRecord, keep
from yoyak.stories.vectors import Pairs

TARGET = Path(grouping.__file__).parent / "grouping.json"
KINDS = ("copy", "same", "related", "unrelated")
STORY_KINDS, COPY_KINDS = ("copy", "same"), ("copy",)
FOLDS = 8
THRESHOLDS = np.arange(0.06, 0.8, 0.02)
TOLERANCE = 0.004
# Chosen by reading digests of six days, not fitted: the labelled pairs are of one day. A cost in proportion to the days
# (0.8, 1.2 and 2.0 each) either joined the games of two days or split a fire that was reported for three.
FIRST_DAY_COST, FURTHER_DAY_COST = 1.8, 0.4

Floats = npt.NDArray[np.float64]


class LabelledPair(NamedTuple):
    """Two ids and what they are to each other; `seed` numbers the row."""

    seed: int
    left: str
    right: str
    kind: str


@dataclass(slots=True)
class Counts:
    """Pairs that were put together rightly, wrongly, and not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, *, together: bool, wanted: bool) -> None:
        self.right += together and wanted
        self.wrong += together and not wanted
        self.missed += wanted and not together

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def read_labels(path: Path) -> list[LabelledPair]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        LabelledPair(seed, str(row["seed"]), str(other), kind)
        for seed, row in enumerate(rows)
        for kind in KINDS
        for other in row.get(kind, ())
    ]


def read_records(path: Path) -> list[ArticleRecord]:
    """Records of all articles of a file, in the order of `ArticleRecord.key`."""
    task = batch.Task(finish=keep)
    results = batch.run(inputs.discover([path], read=task.options.read), task)
    return sorted((r.value for r in results if r.value is not None), key=ArticleRecord.key)


# -- score --------------------------------------------------------------------------------------------------


def count(
    pairs: Sequence[LabelledPair], story: Mapping[str, int], original: Mapping[str, str]
) -> tuple[Counts, Counts]:
    """Counts of stories and of copies: `story` numbers the story of an id, `original` is what it is a copy of."""
    stories, copies = Counts(), Counts()
    for _, left, right, kind in pairs:
        together = left in story and story[left] == story.get(right)
        stories.add(together=together, wanted=kind in STORY_KINDS)
        together = left in original and original[left] == original.get(right)
        copies.add(together=together, wanted=kind in COPY_KINDS)
    return stories, copies


def score(labels: str, articles: str, floors: str | None = None) -> int:
    """Print both scores; 1 if one is below its floor."""
    records = read_records(Path(articles))
    story: dict[str, int] = {}
    original: dict[str, str] = {}
    groups = grouping.group(records, document_frequency.load(None))
    for number, group in enumerate(groups):
        for member in group.members:
            own = str(records[member].id)
            story[own] = number
            original[own] = str(records[group.copy_of.get(member, member)].id)
    least = json.loads(Path(floors).read_text(encoding="utf-8")) if floors else {}
    code = 0
    results = count(read_labels(Path(labels)), story, original)
    print(f"{len(records)} articles, {len(groups)} stories")
    for name, found in zip(("story", "copy"), results, strict=True):
        floor = float(least.get(name, 0.0))
        print(
            f"{name} F1 {found.f1:.3f} (right {found.right}, wrong {found.wrong}, missed {found.missed}; floor {floor})"
        )
        code |= found.f1 < floor
    return code


# -- fit ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """Compared articles and their labelled pairs; `rows` are the features of the labelled pairs."""

    records: Sequence[ArticleRecord]
    labelled: Sequence[LabelledPair]
    place: Mapping[str, int]
    pairs: Pairs
    features: Floats
    rows: Floats


def make_sample(records: Sequence[ArticleRecord], labels: Sequence[LabelledPair]) -> Sample:
    place = {str(record.id): number for number, record in enumerate(records)}
    labelled = [pair for pair in labels if pair.left in place and pair.right in place]
    matrix = vectors.term_vectors(records, document_frequency.load(None))
    pairs = vectors.candidate_pairs(matrix, records)
    # Labelled pairs that are not similar enough to be candidates have features, too.
    ends = np.array([sorted((place[pair.left], place[pair.right])) for pair in labelled])
    cosine = np.asarray(matrix[ends[:, 0]].multiply(matrix[ends[:, 1]]).sum(axis=1)).ravel()
    rows = grouping.pair_features(records, Pairs(ends[:, 0], ends[:, 1], cosine, np.zeros(len(ends))))
    return Sample(records, labelled, place, pairs, grouping.pair_features(records, pairs), rows)


def fit_model(features: Floats, wanted: npt.NDArray[np.bool_]) -> PairModel:
    """Fit one model; its weights are those of the unscaled features."""
    from sklearn.linear_model import LogisticRegression

    scale = features.std(axis=0)
    model = LogisticRegression(C=1.0).fit(features / scale, wanted)
    return PairModel(
        intercept=float(model.intercept_[0]), weights=tuple(model.coef_[0] / scale), threshold=0.5
    )


def validate(sample: Sample, kinds: Sequence[str]) -> list[float]:
    """F1 at each threshold, by cross-validation over seeds."""
    from sklearn.model_selection import GroupKFold

    wanted = np.array([pair.kind in kinds for pair in sample.labelled])
    seeds = [pair.seed for pair in sample.labelled]
    counts = [Counts() for _ in THRESHOLDS]
    for train, test in GroupKFold(FOLDS).split(sample.rows, wanted, seeds):
        likely = fit_model(sample.rows[train], wanted[train]).probabilities(sample.features)
        for number, threshold in enumerate(THRESHOLDS):
            cut = PairModel(intercept=0.0, weights=(), threshold=float(threshold))
            groups = grouping.clusters(len(sample.records), sample.pairs, likely, cut)
            for i in test:
                left, right = (sample.place[own] for own in sample.labelled[i][1:3])
                counts[number].add(together=bool(groups[left] == groups[right]), wanted=bool(wanted[i]))
    return [own.f1 for own in counts]


def fit_part(sample: Sample, kinds: Sequence[str]) -> dict[str, Any]:
    """Document of one model: weights, threshold and cross-validated figures."""
    scores = validate(sample, kinds)
    good = [t for t, own in zip(THRESHOLDS, scores, strict=True) if own >= max(scores) - TOLERANCE]
    threshold = round(float((good[0] + good[-1]) / 2), 2)
    model = fit_model(sample.rows, np.array([pair.kind in kinds for pair in sample.labelled]))
    return {
        "intercept": round(model.intercept, 4),
        "weights": {name: round(weight, 4) for name, weight in zip(FEATURES, model.weights, strict=True)},
        "threshold": threshold,
        "cross_validated_f1": round(scores[int(np.argmin(np.abs(THRESHOLDS - threshold)))], 3),
        "f1_by_threshold": {
            f"{t:.2f}": round(own, 3) for t, own in zip(THRESHOLDS, scores, strict=True) if own > 0.9
        },
    }


def fit(labels: str, articles: str) -> int:
    """Write `grouping.json`."""
    sample = make_sample(read_records(Path(articles)), read_labels(Path(labels)))
    seeds = len({pair.seed for pair in sample.labelled})
    document: dict[str, Any] = {
        "schema": 1,
        "provenance": f"{len(sample.labelled)} labelled pairs of {seeds} seeds among {len(sample.records)} articles of "
        f"2026-01-06; {FOLDS}-fold cross-validation over the seeds",
        "first_day_cost": FIRST_DAY_COST,
        "further_day_cost": FURTHER_DAY_COST,
    }
    for name, kinds in (("story", STORY_KINDS), ("copy", COPY_KINDS)):
        document[name] = fit_part(sample, kinds)
        print(f"{name}: F1 {document[name]['cross_validated_f1']} at {document[name]['threshold']}")
    TARGET.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


# -- scale --------------------------------------------------------------------------------------------------


def scale(articles: str, count: str) -> int:
    """Print time and memory of a digest of `count` articles, made by repeating a file with later dates."""
    records = read_records(Path(articles))
    dates = [record.published for record in records if record.published is not None]
    period = max(dates) - min(dates) + timedelta(days=1)
    many = [
        replace(
            record, published=record.published and record.published + turn * period, id=f"{record.id}-{turn}"
        )
        for turn in range(int(count) // len(records) + 1)
        for record in records
    ][: int(count)]
    started = time.process_time()
    made = make_digest(many, background=document_frequency.load(None))
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{len(many)} articles, {len(made.stories)} stories: {seconds:.1f} CPU seconds, {memory:.2f} GB")
    return 0


if __name__ == "__main__":
    sys.exit({"score": score, "fit": fit, "scale": scale}[sys.argv[1]](*sys.argv[2:]))

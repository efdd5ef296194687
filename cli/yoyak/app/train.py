"""`yoyak train`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from yoyak.app import options as o
from yoyak.app import terminal
from yoyak.app.exit_codes import ExitCode
from yoyak.app.files import require_files, required_output
from yoyak.core.errors import OptionError
from yoyak.core.messages import plural, text


def train(
    labels: o.LabelFiles = None,
    *,
    learn_keywords: o.LearnKeywords = False,
    check: o.Checks = None,
    ablate: o.Ablate = False,
    user_dict: o.UserDict = None,
    output: o.MadeFile = None,
    force: o.Force = False,
    provenance: o.Provenance = None,
    json: o.AsJson = False,
    progress: o.Progress = "auto",
    quiet: o.Quiet = False,
    verbose: o.Verbose = False,
    debug: o.Debug = False,
    color: o.Color = "auto",
    lang: o.Lang = None,
    config: o.Config = None,
    no_config: o.NoConfig = False,
    version: o.Version = False,
    short_help: o.ShortHelp = False,
    help: o.Help = False,
) -> int:
    """Train a ranking or keyword model."""
    from yoyak.outputs.files import write_whole

    if not labels:
        raise OptionError(text("{option} is required", option="LABELS"))
    if learn_keywords and ablate:
        raise OptionError(text("--ablate cannot be combined with --keywords"))
    paths = [Path(label) for label in labels]
    checks = check or []
    require_files([*paths, *checks])
    target = required_output(output, force=force)
    with terminal.Progress(terminal.progress_kind(progress, quiet=quiet)) as bar:
        on_article = partial(bar.advance, 0)
        if learn_keywords:
            document, report = _fit_keywords(paths, user_dict, provenance or "", checks, on_article)
        else:
            document, report = _fit_ranker(
                paths, user_dict, provenance or "", checks, on_article, ablate=ablate
            )
    write_whole(target, [document.encode()], force=force)
    if json:
        terminal.print_json(report)
    elif not quiet:
        (_print_keywords if learn_keywords else _print_ranker)(report)
    return ExitCode.OK


def _fit_ranker(
    labels: list[Path],
    user_dict: Path | None,
    provenance: str,
    checks: list[Path],
    on_article: Callable[[int], None],
    *,
    ablate: bool,
) -> tuple[str, dict[str, Any]]:
    from yoyak.ranking import model as ranker_model
    from yoyak.training import ranker

    trained = ranker.run(
        labels,
        checks=checks,
        user_dict=user_dict,
        provenance=provenance,
        ablate=ablate,
        on_article=on_article,
    )
    return ranker_model.to_json(trained.ranker, trained.report), trained.report


def _fit_keywords(
    labels: list[Path],
    user_dict: Path | None,
    provenance: str,
    checks: list[Path],
    on_article: Callable[[int], None],
) -> tuple[str, dict[str, Any]]:
    from yoyak.nlp import document_frequency, kiwi
    from yoyak.training import keywords

    model = keywords.run(
        labels,
        background=document_frequency.load(),
        check=checks,
        words=kiwi.read_user_dict(user_dict) if user_dict else (),
        provenance=provenance,
        on_article=on_article,
    )
    report = {key: model[key] for key in ("provenance", "digest", "articles", "scores")}
    return keywords.to_json(model), report


def _print_keywords(report: dict[str, Any]) -> None:
    heads = {
        "cross_validated": text("cross-validated"),
        "tfidf": "TF-IDF",
        "transfer": text("not trained on"),
    }
    scores: dict[str, dict[str, Any]] = report["scores"]
    rows = [
        [
            head,
            str(scores[name]["articles"]),
            _with_interval(scores[name], "f1_exact"),
            _with_interval(scores[name], "f1_partial"),
        ]
        for name, head in heads.items()
        if name in scores
    ]
    terminal.table(["", text("articles"), "F1@5", text("F1@5 partial")], rows)


def _with_interval(scores: dict[str, Any], measure: str) -> str:
    low, high = scores[f"{measure}_interval"]
    return f"{scores[measure]:.3f} [{low:.3f}, {high:.3f}]"


def _print_ranker(report: dict[str, Any]) -> None:
    scores = report["scores"]
    rows = [
        [measure, *(_figures(scores[method].get(measure)) for method in ("hybrid", "lead"))]
        for measure in scores["hybrid"]
    ]
    count = plural("{count} article", "{count} articles", report["articles"])
    terminal.table([count, text("cross-validated"), text("first sentences")], rows)
    if without := report.get("without"):
        terminal.table([text("without"), "P@3"], [[name, f"{lost:+.3f}"] for name, lost in without.items()])
    for name, transfer in report.get("transfer", {}).items():
        rows = [
            [measure, _figures(own.get("hybrid")), _figures(own.get("lead"))]
            for measure, own in transfer.items()
            if measure != "articles"
        ]
        terminal.table([name, text("not trained on"), text("first sentences")], rows)


def _figures(values: list[float] | None) -> str:
    return "" if values is None else f"{values[0]:.3f} [{values[1]:.3f}, {values[2]:.3f}]"

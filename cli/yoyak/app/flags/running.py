"""Options of how a command goes about its work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from yoyak.app import shown, values
from yoyak.app.flags.declare import choice_option, option
from yoyak.core.messages import LANGUAGES, text

COLORS = ("auto", "always", "never")
ENGINES = ("local", "ray")
PROGRESS = ("auto", "bar", "plain", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFlags:
    """How a run is carried out."""

    jobs: Annotated[
        int | None,
        option(
            text("Run"),
            "--jobs",
            "-j",
            metavar="N",
            parser=values.whole(1),
            help=text("Worker processes (one per core). The result is the same for any number."),
        ),
    ] = None
    timeout: Annotated[
        float | None,
        option(
            text("Run"),
            "--timeout",
            metavar="SECONDS",
            parser=values.real(above=0, to=86_400),
            help=text("Give up on an article after this time."),
        ),
    ] = None
    fail_fast: Annotated[
        bool, option(text("Run"), "--fail-fast", help=text("Stop at the first failure."))
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterFlags:
    """Where the work is done."""

    engine: Annotated[
        str,
        choice_option(
            text("Run"),
            "--engine",
            among=ENGINES,
            help=text("Work on this machine, or on a Ray cluster into parts in --output-dir."),
        ),
    ] = "local"
    address: Annotated[
        str | None,
        option(
            text("Run"),
            "--address",
            metavar="HOST:PORT",
            help=text("The Ray cluster: auto, host:port or ray://host:port; otherwise one is started here."),
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFlags:
    """What is said while a command works."""

    progress: Annotated[
        str,
        choice_option(
            text("Run"),
            "--progress",
            among=PROGRESS,
            help=text("Show progress: a bar, plain lines for logs, or none."),
        ),
    ] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonFlags:
    """Options of every command."""

    quiet: Annotated[bool, option(text("General"), "--quiet", "-q", help=text("Say nothing but errors."))] = (
        False
    )
    verbose: Annotated[
        bool,
        option(
            text("General"),
            "--verbose",
            "-v",
            help=text("Say more: skipped files, guessed encodings, warnings."),
        ),
    ] = False
    debug: Annotated[bool, option(text("General"), "--debug", help=text("Show tracebacks."))] = False
    color: Annotated[
        str,
        choice_option(
            text("General"),
            "--color",
            among=COLORS,
            help=text("Colours; auto obeys NO_COLOR, FORCE_COLOR, TERM and the terminal."),
        ),
    ] = "auto"
    lang: Annotated[
        str | None,
        choice_option(
            text("General"),
            "--lang",
            among=LANGUAGES,
            help=text("Language of messages (from LC_ALL or LANG)."),
        ),
    ] = None
    config: Annotated[
        Path | None,
        option(
            text("General"), "--config", metavar="FILE", help=text("Read this configuration and no other.")
        ),
    ] = None
    no_config: Annotated[
        bool,
        option(
            text("General"), "--no-config", help=text("Read no configuration files and no YOYAK_ variables.")
        ),
    ] = False
    version: Annotated[
        bool,
        option(
            text("General"),
            "--version",
            "-V",
            is_eager=True,
            callback=shown.version,
            help=text("Print the versions of yoyak, Kiwi and its model."),
        ),
    ] = False
    help: Annotated[
        bool,
        option(
            text("General"),
            "--help",
            "-h",
            is_eager=True,
            callback=shown.help_page,
            help=text("Print this page."),
        ),
    ] = False

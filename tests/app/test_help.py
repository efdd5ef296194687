"""Help pages, the manual page and the version."""

from __future__ import annotations

import inspect
import io

import pytest

from commandline import Run
from yoyak.app import man
from yoyak.app.commands import COMMANDS, NAMES, Command
from yoyak.app.help import SHORT_PAGES

pytestmark = pytest.mark.usefixtures("articles")


def test_help_and_version_are_commands_too(yoyak: Run) -> None:
    assert yoyak("help").out == yoyak("--help").out
    assert yoyak("help", "train").out == yoyak("train", "--help").out
    assert yoyak("help", "train", "--lang", "ko").code == 0
    assert yoyak("version").out == yoyak("--version").out


def test_short_help_is_one_screen_of_ten_options(yoyak: Run) -> None:
    lines = yoyak("-h").out.splitlines()
    options = lines[lines.index("Options") + 1 :]
    assert len(lines) <= 24
    assert len(options) == 11
    assert options[-1].split()[0] == "--help"
    assert len(yoyak("-h", "--lang", "ko").out.splitlines()) <= 24


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_short_help_of_a_command_has_options_of_it(command: Command) -> None:
    parameters = inspect.signature(command.function).parameters
    assert set(SHORT_PAGES[command.name]) <= set(parameters)
    assert len(SHORT_PAGES[command.name]) <= 10


def test_the_manual_page_has_every_command_and_option() -> None:
    page = man.manual()
    for command in COMMANDS:
        assert f".SH {command.name.upper()}\n" in page
    for name in ("output-dir", "published-field", "raise-floors", "no-config"):
        assert "\\-\\-" + name.replace("-", "\\-") in page
    assert not [line for line in page.splitlines() if line.startswith("'")]


def test_nothing_at_all_on_a_terminal_is_the_help_page_and_exit_2(
    yoyak: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(keyboard, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin", keyboard)
    ran = yoyak()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: yoyak [PATH...]")


@pytest.mark.parametrize("command", NAMES)
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("columns", ["60", "100"])
def test_help_fits_its_columns(
    yoyak: Run, monkeypatch: pytest.MonkeyPatch, command: str, language: str, columns: str
) -> None:
    from yoyak.outputs import render

    monkeypatch.setenv("COLUMNS", columns)
    ran = yoyak(command, "--help", "--lang", language)
    assert ran.code == 0
    assert ran.out.startswith("사용법: yoyak" if language == "ko" else "Usage: yoyak")
    wide = [line for line in ran.out.splitlines() if render.cells(line) > int(columns)]
    assert all("|" in line or line.startswith("  yoyak") for line in wide), wide


def test_version_names_what_results_depend_on(yoyak: Run) -> None:
    ran = yoyak("--version")
    assert ran.code == 0
    assert "Kiwi 0." in ran.out
    assert "Kiwi model 0." in ran.out

"""What every test may ask for: default options, the one real Kiwi of the session, and the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commandline import ARTICLE, MENU, Ran, Run
from yoyak.core.options import Options
from yoyak.nlp import kiwi as analyzer

if TYPE_CHECKING:
    from kiwipiepy import Kiwi


@pytest.fixture(scope="session")
def options() -> Options:
    """Every default, as a user who gives no option has it."""
    return Options()


@pytest.fixture(scope="session")
def kiwi() -> Kiwi:
    """The real analyzer, built once a session: tests that tokenize ask for it so that its second is paid here."""
    return analyzer.load()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, no settings, English, and no terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def articles(elsewhere: None) -> None:  # noqa: ARG001
    """Two files in that folder: an article, and a menu that is none."""
    Path("article.txt").write_text(ARTICLE, encoding="utf-8")
    Path("menu.txt").write_text(MENU, encoding="utf-8")


@pytest.fixture
def yoyak(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, called in this process."""
    from yoyak.app.entry import run

    def call(*arguments: str) -> Ran:
        code = run(arguments)
        return Ran(code, *capsys.readouterr())

    return call

"""What every test may ask for: the default options and the one real Kiwi of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yoyak import morphology
from yoyak.options import Options

if TYPE_CHECKING:
    from kiwipiepy import Kiwi


@pytest.fixture(scope="session")
def options() -> Options:
    """Every default, as a user who gives no option has it."""
    return Options()


@pytest.fixture(scope="session")
def kiwi() -> Kiwi:
    """The real analyzer, built once a session: tests that tokenize ask for it so that its second is paid here."""
    return morphology.load()

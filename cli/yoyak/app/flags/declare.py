"""How an option is declared: its panel on the help page, its names, what reads its value."""

from __future__ import annotations

from typing import Any

import typer

from yoyak.app import values


def option(panel: str, *names: str, help: str, **more: Any) -> Any:  # noqa: A002 - typer's own word
    """One option of a panel of the help page; `more` goes to typer as it stands."""
    return typer.Option(*names, help=help, rich_help_panel=panel, **more)


def choice_option(panel: str, *names: str, help: str, among: tuple[str, ...], **more: Any) -> Any:  # noqa: A002
    """One option that takes one of a few names; shells complete them."""

    def complete(incomplete: str) -> list[str]:
        return [name for name in among if name.startswith(incomplete)]

    return option(
        panel,
        *names,
        help=help,
        parser=values.choice(among),
        metavar="|".join(among),
        autocompletion=complete,
        **more,
    )

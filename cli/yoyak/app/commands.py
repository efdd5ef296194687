"""The commands, in the order of the help page."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from yoyak.app.background import background
from yoyak.app.config import config
from yoyak.app.evaluate import evaluate
from yoyak.app.extract import extract
from yoyak.app.summarize import summarize
from yoyak.app.train import train
from yoyak.core.messages import text


class Command(NamedTuple):
    """A command; `about` is its help, worded when it is asked for."""

    name: str
    function: Callable[..., int]
    about: Callable[[], str]


COMMANDS = (
    Command(
        "summarize",
        summarize,
        lambda: text(
            "Key sentences and keywords of Korean news: text files, saved web pages, JSONL, folders, or stdin.\n"
            "\n"
            "For example:\n"
            "  yoyak article.txt\n"
            "  yoyak pages/ -o summaries.jsonl\n"
            "  pbpaste | yoyak -n 2 --format json\n"
        ),
    ),
    Command(
        "extract",
        extract,
        lambda: text(
            "The article of a page: title, press, reporters, time and body, without the page around it.\n"
            "\n"
            "For example:\n"
            "  yoyak extract page.html\n"
            "  yoyak extract page.txt --removed\n"
        ),
    ),
    Command(
        "evaluate",
        evaluate,
        lambda: text(
            "Score methods against what people chose or wrote.\n"
            "\n"
            "Rows of LABELS hold an article and any of `gold_extractive` (indices of chosen sentences), `deck` or "
            "`gold_abstractive` (a summary people wrote), and `keywords`.\n"
            "\n"
            "Indices count from 0. Give the `sentences` they count: with `text` alone they are those of the sentences "
            "yoyak makes of it.\n"
            "\n"
            "For example:\n"
            "  yoyak evaluate labels.jsonl --methods hybrid,lead,textrank\n"
            "  yoyak evaluate labels.jsonl --floors floors.json\n"
        ),
    ),
    Command(
        "train",
        train,
        lambda: text(
            "Fit the ranking model to your own choices and report how well it does on articles it has not seen.\n"
            "\n"
            "Rows of LABELS hold an article and `gold_extractive`, the indices of the sentences people chose, or "
            "`deck`, a summary people wrote.\n"
            "\n"
            "Indices count from 0. Give the `sentences` they count: with `text` alone they are those of the sentences "
            "yoyak makes of it.\n"
            "\n"
            "For example:\n"
            "  yoyak train choices.jsonl -o newsroom.json\n"
            "  yoyak --model newsroom.json article.txt\n"
        ),
    ),
    Command(
        "background",
        background,
        lambda: text(
            "Count in how many articles each word stands; `yoyak --background FILE` uses the counts.\n"
            "\n"
            "For example:\n"
            "  yoyak background news-2024/ news-2025/ -o words.gz\n"
        ),
    ),
    Command(
        "config",
        config,
        lambda: text(
            "Show each setting and where it comes from.\n"
            "\n"
            "Flags win over YOYAK_ variables, those over ./yoyak.toml, that over the user's config.toml.\n"
        ),
    ),
)

"""Which command an argument list means, and what shells offer to complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from commandline import ARTICLE, Run, process
from yoyak.app.commands import completion_environment, route

pytestmark = pytest.mark.usefixtures("articles")


@pytest.mark.parametrize(
    ("given", "routed"),
    [
        ([], ["summarize"]),
        (["a.txt"], ["summarize", "a.txt"]),
        (["-n", "2", "extract"], ["summarize", "-n", "2", "extract"]),
        (["extract", "a.txt"], ["extract", "a.txt"]),
        (["--lang", "ko", "-q", "extract", "a"], ["extract", "--lang", "ko", "-q", "a"]),
        (["--color=never", "config"], ["config", "--color=never"]),
        (["./extract"], ["summarize", "./extract"]),
        (["--", "extract"], ["summarize", "--", "extract"]),
        (["--help"], ["summarize", "--help"]),
        (["--show-completion", "bash"], ["--show-completion", "bash"]),
    ],
)
def test_a_first_word_that_is_no_command_is_a_path(given: list[str], routed: list[str]) -> None:
    assert route(given) == routed


def test_completion_asks_the_command_that_is_meant() -> None:
    assert completion_environment({"COMP_WORDS": "yoyak a.txt --fo", "COMP_CWORD": "2"}) == {
        "COMP_WORDS": "yoyak summarize a.txt --fo",
        "COMP_CWORD": "3",
    }
    assert completion_environment({"_TYPER_COMPLETE_ARGS": "yoyak --fo"}) == {
        "_TYPER_COMPLETE_ARGS": "yoyak summarize --fo"
    }
    assert completion_environment({"_TYPER_COMPLETE_ARGS": "yoyak ext"}) == {}
    assert completion_environment({"_TYPER_COMPLETE_ARGS": "yoyak extract --re"}) == {}


def test_shells_are_offered_options_values_and_commands() -> None:
    def offered(words: str) -> set[str]:
        count = str(len(words.split(" ")) - 1)
        asked = process(_YOYAK_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=count)
        return set(asked.communicate()[0].decode().split())

    assert offered("yoyak ext") == {"extract"}
    assert "--format" in offered("yoyak a.txt --fo")
    assert offered("yoyak --method text") == {"textrank"}


def test_a_misspelled_command_is_a_usage_error_with_the_nearest_command(yoyak: Run) -> None:
    ran = yoyak("extarct", "article.txt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "yoyak: unknown command extarct; did you mean extract?\n"
    assert yoyak("help", "extarct").err == ran.err
    assert yoyak("help", "qqq").code == 2
    Path("extarct").write_text(ARTICLE, encoding="utf-8")
    assert yoyak("extarct", "-n", "1").code == 0

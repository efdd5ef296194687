"""`yoyak watch`: what is there, what arrives, what changes, and how it ends."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commandline import ARTICLE, MENU, Run, process
from yoyak.app import watch
from yoyak.core.options import ReadOptions
from yoyak.inputs import Item, discover

pytestmark = pytest.mark.usefixtures("elsewhere")


def walk() -> Iterator[Item]:
    return discover(["pages"], read=ReadOptions())


def test_each_item_comes_once_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SETTLE_SECONDS", 0.0)
    Path("pages").mkdir()
    Path("pages/a.txt").write_text("가", encoding="utf-8")
    Path("pages/rows.jsonl").write_text('{"text": "나"}\n', encoding="utf-8")

    def changes() -> Iterator[set[str]]:
        yield {"pages/none.txt"}
        Path("pages/rows.jsonl").write_text('{"text": "나"}\n{"text": "다"}\n', encoding="utf-8")
        yield {"pages/rows.jsonl"}
        Path("pages/a.txt").write_text("가나다", encoding="utf-8")
        yield {"pages/a.txt"}

    items = list(watch.new_items(walk, changes, ()))
    names = [item.source for item in items]
    assert names == ["pages/a.txt", "pages/rows.jsonl:1", "pages/rows.jsonl:2", "pages/a.txt"]
    assert [item.number for item in items] == [0, 1, 2, 3]


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 90
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    assert condition()


def lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def stop(running: subprocess.Popen[bytes]) -> str:
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (0, b""), err
    return err.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_files_are_summarized_as_they_arrive_and_a_later_watch_goes_on() -> None:
    pytest.importorskip("watchfiles")
    Path("pages").mkdir()
    Path("pages/first.txt").write_text(ARTICLE, encoding="utf-8")
    command = ("watch", "pages", "-o", "pages/out.jsonl", "-n", "1", "-j", "1")
    running = process(*command, LC_ALL="C.UTF-8", warnings="ignore")
    wait_for(lambda: len(lines("pages/out.jsonl")) == 1)
    Path("pages/second.txt").write_text(ARTICLE.replace("412", "413"), encoding="utf-8")
    Path("pages/menu.txt").write_text(MENU, encoding="utf-8")
    wait_for(lambda: len(lines("pages/out.jsonl")) == 3)
    said = stop(running)
    assert said.startswith("watching pages; Ctrl-C ends\npages/first.txt: summarized\n")
    assert "yoyak: pages/menu.txt: no article found" in said
    assert said.endswith("stopped; 3 articles are in pages/out.jsonl\n")

    Path("pages/third.txt").write_text(ARTICLE.replace("412", "414"), encoding="utf-8")
    running = process(*command, LC_ALL="C.UTF-8", warnings="ignore")
    wait_for(lambda: len(lines("pages/out.jsonl")) == 4)
    assert "pages/third.txt: summarized" in stop(running)
    rows = [json.loads(line) for line in lines("pages/out.jsonl")]
    assert sorted(row["source"] for row in rows) == [
        "pages/first.txt",
        "pages/menu.txt",
        "pages/second.txt",
        "pages/third.txt",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "out.jsonl"], "FOLDER is required"),
        (["pages"], "-o FILE is required"),
        (["pages/a.txt", "-o", "out.jsonl"], "not a folder"),
        (["pages", "-o", "out.json"], "a JSON array cannot be resumed"),
        (["pages", "-o", "out.xyz"], "unknown file extension"),
    ],
)
def test_what_cannot_be_watched(yoyak: Run, arguments: list[str], said: str) -> None:
    Path("pages").mkdir()
    Path("pages/a.txt").write_text(ARTICLE, encoding="utf-8")
    ran = yoyak("watch", *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_without_watchfiles_the_extra_is_named(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    Path("pages").mkdir()
    ran = yoyak("watch", "pages", "-o", "out.jsonl")
    assert ran.code == 2
    assert "pip install 'yoyak[watch]'" in ran.err
    assert not Path("out.jsonl").exists()

"""Runs of the command, killed at random moments and resumed: no result is missing or doubled."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import yoyak

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")

SAMPLES = Path(__file__).parents[2] / "samples"
ROOT = Path(yoyak.__file__).parent.parent
# More than twenty bundles: a run outlives three kills.
ROWS = 720


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "YOYAK_NO_CONFIG": "1", "LC_ALL": "C.UTF-8"}


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "yoyak", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env=environment(),
        text=True,
        start_new_session=True,
    )


def finish(*arguments: str | Path) -> tuple[int, str]:
    run = start(*arguments)
    _, said = run.communicate(timeout=120)
    return run.returncode, said


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short articles; one row in sixty is invalid."""
    path = tmp_path_factory.mktemp("corpus") / "rows.jsonl"
    with path.open("w") as rows:
        for number in range(ROWS):
            text = f"가람시는 {number}일 새 도서관 {number + 1}곳을 열었다. 시민들이 반겼다.\n\n예산은 {number * 3}억원이다."
            rows.write(
                json.dumps({"id": f"n{number}", "text": text * 6} if number % 60 else {"id": number}) + "\n"
            )
    return path


@pytest.fixture(scope="module")
def unbroken(corpus: Path) -> bytes:
    """Output of an uninterrupted run."""
    target = corpus.parent / "unbroken.jsonl"
    code, said = finish(corpus, "-o", target, "--resume")
    assert code == 1, said
    return target.read_bytes()


def wait_for(path: Path, size: int, run: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while (
        run.poll() is None
        and time.monotonic() < until
        and not (path.exists() and path.stat().st_size >= size)
    ):
        time.sleep(0.005)


@pytest.mark.parametrize("seed", range(2))
def test_a_run_killed_at_random_moments_gives_the_same_output(
    corpus: Path, unbroken: bytes, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    target = tmp_path / "out.jsonl"
    sizes = [0]
    for _ in range(3):
        run = start(corpus, "-o", target, "--resume", "-j", str(chance.choice((1, 2, 3))))
        wait_for(target, sizes[-1] + chance.randrange(1, len(unbroken) // 6), run)
        time.sleep(chance.random() / 50)
        if chance.random() < 0.5:
            os.killpg(run.pid, signal.SIGKILL)
        else:
            run.kill()  # the workers must notice by themselves
        run.communicate(timeout=60)
        sizes.append(target.stat().st_size)
    assert sizes == sorted(sizes)
    assert sizes[-1] > 0
    code, said = finish(corpus, "-o", target, "--resume")
    assert code == 1, said
    assert target.read_bytes() == unbroken


def test_finished_articles_are_not_done_again(corpus: Path, unbroken: bytes, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    report = tmp_path / "run.json"
    run = start(corpus, "-o", target, "--resume")
    wait_for(target, len(unbroken) // 2, run)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate(timeout=60)
    there = target.read_bytes().count(b"\n")
    finish(corpus, "-o", target, "--resume", "--report", report)
    counts = json.loads(report.read_text())
    assert counts["resumed"] >= there - 1
    assert counts["articles"] == ROWS
    assert counts["failed"] == ROWS // 60
    assert counts["summarized"] == ROWS - ROWS // 60
    assert target.read_bytes() == unbroken


def test_resuming_with_other_options_or_inputs_is_refused(
    corpus: Path, unbroken: bytes, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    run = start(corpus, "-o", target, "--resume")
    wait_for(target, len(unbroken) // 3, run)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate(timeout=60)
    before = target.read_bytes()
    code, said = finish(corpus, "-o", target, "--resume", "-n", "1")
    assert code != 0
    assert "sentences 3" in said
    other = tmp_path / "other.jsonl"
    other.write_text(corpus.read_text())
    code, said = finish(other, "-o", target, "--resume")
    assert code != 0
    assert "inputs" in said
    code, said = finish(corpus, "-o", target)
    assert code != 0
    assert target.read_bytes() == before


def test_ctrl_c_keeps_the_results_and_says_how_to_continue(
    corpus: Path, unbroken: bytes, tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    part = tmp_path / "out.jsonl.part"
    run = start(corpus, "-o", target)
    wait_for(part, len(unbroken) // 4, run)
    started = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert time.monotonic() - started < 2
    assert run.returncode == 130
    assert "--resume" in said
    assert "Traceback" not in said
    assert not target.exists()
    kept = part.read_bytes()
    assert kept
    assert unbroken.startswith(kept)
    code, said = finish(corpus, "-o", target, "--resume")
    assert code == 1, said
    assert target.read_bytes() == unbroken
    assert not part.exists()


def test_a_worker_killed_in_a_real_run_is_replaced(corpus: Path, unbroken: bytes, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    run = start(corpus, "-o", target, "--resume", "-j", "2")
    wait_for(target, len(unbroken) // 4, run)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    if not children.exists():
        run.communicate(timeout=60)
        pytest.skip("this system does not list the children of a process")
    workers = children.read_text().split()
    assert workers
    os.kill(int(workers[0]), signal.SIGKILL)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 1, said
    assert target.read_bytes() == unbroken


def test_workers_end_when_the_run_is_killed(corpus: Path, unbroken: bytes, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    run = start(corpus, "-o", target, "--resume", "-j", "2")
    wait_for(target, len(unbroken) // 4, run)
    run.kill()
    run.communicate(timeout=60)  # ends when the workers, who hold the pipes too, are gone


def test_a_killed_run_to_a_database_is_resumed(corpus: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.sqlite"
    for _ in range(2):
        run = start(corpus, "-o", target, "--resume")
        time.sleep(2.2)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate(timeout=60)
    code, said = finish(corpus, "-o", target, "--resume")
    assert code == 1, said
    database = sqlite3.connect(target)
    numbers = database.execute("SELECT number, source FROM articles ORDER BY number").fetchall()
    database.close()
    assert numbers == [(n, f"{corpus}:{n}") for n in range(1, ROWS + 1)]


def test_a_killed_run_to_a_folder_is_resumed(corpus: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    whole = tmp_path / "whole"
    assert finish(corpus, "--output-dir", whole, "--format", "json")[0] == 1
    for files in (20, 90):
        run = start(corpus, "--output-dir", target, "--format", "json", "--resume")
        until = time.monotonic() + 60
        while run.poll() is None and len(list(target.rglob("*.json"))) < files and time.monotonic() < until:
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate(timeout=60)
    code, said = finish(corpus, "--output-dir", target, "--format", "json", "--resume")
    assert code == 1, said
    contents = [{p.name: p.read_bytes() for p in folder.rglob("*.json")} for folder in (whole, target)]
    assert len(contents[0]) == ROWS
    assert contents[0] == contents[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_and_a_closed_pipe_end_a_run_without_a_traceback(corpus: Path) -> None:
    run = subprocess.run(
        f"{sys.executable} -m yoyak {corpus} --format jsonl > /dev/full",
        shell=True, capture_output=True, text=True, env=environment(), check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode not in (0, None)
    assert "Traceback" not in run.stderr
    assert run.stderr.strip()
    run = subprocess.run(
        f"{sys.executable} -m yoyak {corpus} --format jsonl | head -n 2",
        shell=True, capture_output=True, text=True, env=environment(), check=False, timeout=60,
    )  # fmt: skip
    assert run.stdout.count("\n") == 2
    assert "Traceback" not in run.stderr
    assert "Broken" not in run.stderr

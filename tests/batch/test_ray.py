"""The cluster: the same results as on one machine, even if a machine fails.

Everything runs for real on nodes of a local Ray cluster; where Ray is not installed, only the parts that need
none are tested.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import yoyak
from yoyak import batch, inputs
from yoyak.app.entry import run
from yoyak.batch import ray as ray_engine
from yoyak.batch.ray import Cluster
from yoyak.core.errors import MissingExtraError, OptionError, OutputError
from yoyak.core.options import Options
from yoyak.outputs import render

TASK = batch.Task(finish=ray_engine.line)
SETTINGS = {"yoyak": "1"}


def test_without_ray_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"yoyak\[ray\]"):
        ray_engine.run([], str(tmp_path / "out"), TASK, cluster=Cluster(), settings={}, tally=batch.Tally())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("done", [0, 2])
def test_a_cluster_that_fails_before_the_first_result_is_no_interruption(
    done: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, tally: batch.Tally, **__: object) -> None:
        tally.succeeded = done
        raise RuntimeError("the head node is gone")

    monkeypatch.setattr(ray_engine, "run", fail)
    monkeypatch.setattr(ray_engine, "finished", lambda _: {"1": (done, 0)} if done else {})
    code = run(["a.jsonl", "--engine", "ray", "--output-dir", str(tmp_path / "out")])

    assert code == 1
    said = capsys.readouterr().err
    assert "the head node is gone" in said
    assert ("--resume" in said) == bool(done)
    assert ("articles done" in said) == bool(done)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name in ("a", "b"):
        with (folder / f"{name}.jsonl").open("w") as rows:
            for number in range(120):
                text = f"가람시는 {number}일 새 도서관 {number + 1}곳을 열었다. 시민들이 반겼다.\n\n예산은 {number * 3}억원이다."
                rows.write(
                    json.dumps({"id": f"{name}{number}", "text": text} if number % 50 else {"id": number})
                    + "\n"
                )
    (folder / "c.txt").write_text("다리가 놓인다\n\n가람시가 다리를 놓는다. 다리는 내년에 열린다.\n")
    return folder


@pytest.fixture(scope="module")
def local(corpus: Path) -> str:
    """Output of a run on one machine."""
    task = batch.Task(finish=render.json_line)
    results = batch.run(inputs.discover([corpus], read=Options().read), task, jobs=1)
    return "".join(result.value + "\n" for result in results)


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """A cluster of three nodes on this machine."""
    ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'yoyak[ray]'")
    cluster_utils = pytest.importorskip("ray.cluster_utils")
    os.environ["RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"] = "0"
    os.environ["PYTHONPATH"] = str(Path(yoyak.__file__).parent.parent)
    cluster = cluster_utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    cluster.add_node(num_cpus=1)
    cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False, logging_level="error")
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def joined(folder: Path) -> str:
    return "".join(path.read_text() for path in sorted(folder.glob("part-*.jsonl")))


pytestmark = pytest.mark.filterwarnings("default")  # Ray's own


def test_the_results_are_those_of_one_machine(nodes: Any, corpus: Path, local: str, tmp_path: Path) -> None:  # noqa: ARG001
    out = tmp_path / "out"
    tally = batch.Tally()
    ray_engine.run(
        [str(corpus)], str(out), TASK, cluster=Cluster(partition=50), settings=SETTINGS, tally=tally
    )
    assert joined(out) == local
    assert (tally.succeeded, tally.failed) == (235, 6)
    assert {failed.code for failed in tally.failures} == {"row"}

    with pytest.raises(OutputError, match="--resume"):
        ray_engine.run([str(corpus)], str(out), TASK, cluster=Cluster(), settings=SETTINGS, tally=tally)
    with pytest.raises(OptionError, match="yoyak 1 → 2"):
        ray_engine.run(
            [str(corpus)],
            str(out),
            TASK,
            cluster=Cluster(),
            settings={"yoyak": "2"},
            tally=tally,
            resume=True,
        )

    with pytest.raises(OptionError, match="inputs"):
        ray_engine.run(
            [str(corpus / "a.jsonl")],
            str(out),
            TASK,
            cluster=Cluster(partition=50),
            settings=SETTINGS,
            tally=tally,
            resume=True,
        )
    assert sum(lines for lines, _ in ray_engine.finished(str(out)).values()) == 241
    assert sum(failed for _, failed in ray_engine.finished(str(out)).values()) == 6
    assert ray_engine.finished(str(tmp_path / "none")) == {}
    lost = sorted(out.glob("part-*.jsonl"))[1]
    lost.unlink()
    tally = batch.Tally()
    ray_engine.run(
        [str(corpus)],
        str(out),
        TASK,
        cluster=Cluster(partition=50),
        settings=SETTINGS,
        tally=tally,
        resume=True,
    )
    assert tally.done == 50
    assert tally.resumed == 241 - 50
    assert tally.failed_in_all == 6
    assert joined(out) == local


@pytest.mark.usefixtures("nodes")
def test_an_edited_input_cannot_be_resumed(corpus: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    lines = (corpus / "a.jsonl").read_text().splitlines(keepends=True)
    rows.write_text("".join(lines[:20]))
    out = tmp_path / "out"

    def work(*, resume: bool) -> None:
        ray_engine.run(
            [str(rows)],
            str(out),
            TASK,
            cluster=Cluster(),
            settings=SETTINGS,
            tally=batch.Tally(),
            resume=resume,
        )

    work(resume=False)
    work(resume=True)
    rows.write_text("".join(lines))
    with pytest.raises(OptionError, match=r"inputs.*choose another folder"):
        work(resume=True)


def test_a_killed_node_loses_no_result(nodes: Any, corpus: Path, local: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    victim = nodes.add_node(num_cpus=1)
    tally = batch.Tally()

    def kill() -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until and not list(out.glob("part-*.jsonl")):
            time.sleep(0.05)
        nodes.remove_node(victim, allow_graceful=False)

    killer = threading.Thread(target=kill)
    killer.start()
    ray_engine.run(
        [str(corpus)], str(out), TASK, cluster=Cluster(partition=10), settings=SETTINGS, tally=tally
    )
    killer.join()
    assert joined(out) == local
    assert tally.done == 241

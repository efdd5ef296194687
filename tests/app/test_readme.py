"""What the README shows is what happens: every command in it is run, every output it prints is compared."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from yoyak.app.commands import build

ROOT = Path(__file__).parents[2]
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md")}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(readme: str, language: str) -> list[str]:
    return [body for name, body in BLOCK.findall(READMES[readme]) if name == language]


def commands(readme: str) -> list[str]:
    """The lines of the shell blocks, without the comment after two spaces and a `#`."""
    lines = [line for body in blocks(readme, "sh") for line in body.splitlines() if line.strip()]
    return [re.sub(r"\s{2,}# .*$", "", line) for line in lines]


def shown(readme: str) -> list[tuple[str, str]]:
    """The `$ command` of each console block, and the output printed under it."""
    found = []
    for body in blocks(readme, "console"):
        for piece in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, output = piece.partition("\n")
            found.append((command, output.rstrip("\n")))
    return found


ALL = sorted(
    {command for readme in READMES for command in commands(readme) if command.startswith(("yoyak", "cat"))}
)
# Training takes long and watching does not end: of these only the command line is checked.
LONG = [command for command in ALL if command.startswith(("yoyak train", "yoyak watch"))]
RUN = [command for command in ALL if command not in LONG]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the checkout's, with `yoyak` on the path."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "samples", folder / "samples")
    binary = folder / "bin" / "yoyak"
    binary.parent.mkdir()
    binary.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m yoyak "$@"\n')
    binary.chmod(0o755)
    return folder


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("YOYAK_")}
    environment = clean | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "cli"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", RUN)
def test_a_command_of_the_readme_runs(command: str, folder: Path) -> None:
    ran = shell(command, folder)

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() or " -o " in command or "--report" in command or "--output-dir" in command


@pytest.mark.parametrize("command", LONG)
def test_a_long_command_of_the_readme_has_valid_options(command: str) -> None:
    _, name, *arguments = shlex.split(command)
    build([name]).commands[name].make_context(name, arguments).close()


@pytest.mark.parametrize("readme", READMES)
def test_what_the_readme_shows_is_what_is_printed(readme: str, folder: Path) -> None:
    assert shown(readme)
    for command, output in shown(readme):
        ran = shell(command, folder)

        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.strip("\n") == output


@pytest.mark.parametrize("readme", READMES)
def test_the_make_targets_of_the_readme_are_there(readme: str) -> None:
    targets = re.findall(r"\bmake ([a-z]+)", READMES[readme])

    assert {"demo", "test"} <= set(targets)
    for target in set(targets):
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("readme", READMES)
def test_the_python_of_the_readme_runs(readme: str, folder: Path) -> None:
    (code,) = blocks(readme, "python")
    (folder / "example.py").write_text(code, encoding="utf-8")
    ran = shell(f'"{sys.executable}" example.py', folder)

    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.splitlines()) == 2


def test_the_readmes_are_twins() -> None:
    english, korean = READMES

    assert commands(english) == commands(korean)
    assert [command.replace("--lang ko", "--lang en") for command, _ in shown(korean)] == [
        c for c, _ in shown(english)
    ]
    assert blocks(english, "python") == blocks(korean, "python")
    assert len(re.findall(r"^## ", READMES[english], re.MULTILINE)) == len(
        re.findall(r"^## ", READMES[korean], re.MULTILINE)
    )

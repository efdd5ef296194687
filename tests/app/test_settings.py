"""Settings: who wins, where a value is from, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from commandline import Run
from yoyak.app import settings
from yoyak.core import messages
from yoyak.core.errors import OptionError

KNOWN = {"sentences": int, "ratio": float, "method": str, "hidden": bool, "user_dict": Path, "max_bytes": int}


@pytest.fixture(autouse=True)
def _english() -> None:
    messages.use("en")


def load(
    folder: Path, environ: dict[str, str] | None = None, only: Path | None = None
) -> dict[str, settings.Setting]:
    home = {"XDG_CONFIG_HOME": str(folder / "home")}
    return settings.load(lambda: KNOWN, environ=home | (environ or {}), folder=folder, only=only)


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_environment_over_project_over_user(tmp_path: Path) -> None:
    user = write(tmp_path / "home/yoyak/config.toml", 'sentences = 1\nmethod = "lead"\nhidden = true\n')
    project = write(tmp_path / "yoyak.toml", 'sentences = 2\nmethod = "tfidf"\n')
    found = load(tmp_path, {"YOYAK_SENTENCES": "4"})
    assert found == {
        "sentences": settings.Setting(4, "YOYAK_SENTENCES"),
        "method": settings.Setting("tfidf", str(project)),
        "hidden": settings.Setting(True, str(user)),
    }


def test_one_file_instead_of_all(tmp_path: Path) -> None:
    write(tmp_path / "yoyak.toml", "sentences = 2")
    only = write(tmp_path / "mine.toml", "ratio = 0.5")
    assert list(load(tmp_path, only=only)) == ["ratio"]


def test_no_files_no_settings(tmp_path: Path) -> None:
    assert load(tmp_path) == {}


def test_dashes_and_underscores_are_one(tmp_path: Path) -> None:
    write(tmp_path / "yoyak.toml", 'user-dict = "words.txt"\nmax_bytes = "5MB"\n')
    found = load(tmp_path)
    assert found["user_dict"].value == tmp_path / "words.txt", "a path is relative to the file it stands in"
    assert found["max_bytes"].value == "5MB"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("sentnces = 3", "unknown setting sentnces; did you mean sentences?"),
        ("qqqq = 3", "`yoyak config` lists all settings"),
        ("sentences = true", "must be a whole number"),
        ("sentences = [1]", "must be a whole number"),
        ('hidden = "yes"', "must be true or false"),
        ("method = 3", "must be a string in quotes"),
        ("user-dict = 1", "must be a path in quotes"),
        ("ratio = false", "must be a number"),
        ("sentences = ", "not valid TOML"),
        ("[summary]\nsentences = 3", "unknown setting summary"),
    ],
)
def test_wrong_files_are_told_with_their_name(tmp_path: Path, content: str, said: str) -> None:
    path = write(tmp_path / "yoyak.toml", content)
    with pytest.raises(OptionError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)


def test_a_file_that_is_no_utf8(tmp_path: Path) -> None:
    (tmp_path / "yoyak.toml").write_bytes("method = '표제'".encode("cp949"))
    with pytest.raises(OptionError, match="not UTF-8"):
        load(tmp_path)


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "yoyak.toml").write_bytes(b"\xef\xbb\xbfsentences = 2")
    assert load(tmp_path)["sentences"].value == 2


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="cannot be read"):
        load(tmp_path, only=tmp_path / "none.toml")


@pytest.mark.parametrize(("written", "value"), [("1", True), ("yes", True), ("OFF", False), ("", False)])
def test_switches_in_the_environment(tmp_path: Path, written: str, value: bool) -> None:
    assert load(tmp_path, {"YOYAK_HIDDEN": written})["hidden"].value is value


def test_a_wrong_switch_in_the_environment(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="YOYAK_HIDDEN = 'maybe': must be true or false"):
        load(tmp_path, {"YOYAK_HIDDEN": "maybe"})


def test_other_variables_are_nobodys_business(tmp_path: Path) -> None:
    assert load(tmp_path, {"YOYAK_BENCH": "1", "YOYAK_METHOD": ""}) == {}


def test_a_slip_in_a_variable_is_told(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="unknown setting YOYAK_METHODS; did you mean YOYAK_METHOD"):
        load(tmp_path, {"YOYAK_METHODS": "lead"})


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"XDG_CONFIG_HOME": "/x", "APPDATA": "/a"}, Path("/x/yoyak/config.toml")),
        ({"APPDATA": "/a"}, Path("/a/yoyak/config.toml")),
        ({}, Path.home() / ".config/yoyak/config.toml"),
    ],
)
def test_place_of_the_users_file(environ: dict[str, str], path: Path) -> None:
    assert settings.user_file(environ) == path


@pytest.mark.usefixtures("articles")
def test_flags_over_environment_over_project(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("yoyak.toml").write_text('sentences = 1\nmethod = "lead"\n', encoding="utf-8")
    assert len(yoyak("article.txt").out.splitlines()) == 1
    monkeypatch.setenv("YOYAK_SENTENCES", "2")
    assert len(yoyak("article.txt").out.splitlines()) == 2
    assert len(yoyak("article.txt", "-n", "4").out.splitlines()) == 4
    assert len(yoyak("article.txt", "--no-config").out.splitlines()) == 3


@pytest.mark.usefixtures("articles")
def test_the_language_may_be_a_setting(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("yoyak.toml").write_text('lang = "ko"', encoding="utf-8")
    assert "읽을 수 없습니다" in yoyak("none.txt").err
    monkeypatch.setenv("YOYAK_LANG", "en")
    assert "cannot be read" in yoyak("none.txt").err


@pytest.mark.usefixtures("articles")
def test_config_shows_values_and_where_they_are_from(yoyak: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    Path("yoyak.toml").write_text('method = "lead"\n', encoding="utf-8")
    monkeypatch.setenv("YOYAK_KEYWORDS", "5")
    out = yoyak("config").out
    assert 'method = "lead"  # yoyak.toml\n' in out
    assert "keywords = 5  # YOYAK_KEYWORDS\n" in out
    assert "sentences = 3  # default\n" in out
    Path("kept.toml").write_text(out, encoding="utf-8")
    assert tomllib.loads(out)["keywords"] == 5
    assert yoyak("article.txt", "--config", "kept.toml").code == 0


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("sentnces = 3", "did you mean sentences?"),
        ('sentences = "many"', "yoyak.toml: sentences: 'many' is not a whole number"),
        ('method = "led"', "did you mean lead?"),
        ('output = "x"', "unknown setting output"),
        ('lang = "fr"', "yoyak.toml: lang: 'fr' is not valid; choose one of: ko, en"),
    ],
)
def test_wrong_settings_are_told_with_their_file(yoyak: Run, content: str, said: str) -> None:
    Path("yoyak.toml").write_text(content, encoding="utf-8")
    ran = yoyak("article.txt")
    assert ran.code == 2
    assert said in ran.err

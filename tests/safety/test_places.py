"""Paths as people write them, and what becomes of them where there is no home."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.safety.faults import FileFault
from cotui.safety.places import expand, is_homeless, usable, whole
from cotui.safety.reading import read


@given(st.text(), st.text(), st.dictionaries(st.just("HOME"), st.text()))
def test_expanding_never_raises(begin: str, rest: str, env: dict[str, str]) -> None:
    for text in (begin + rest, f"~{begin}/{rest}", f"~/{rest}"):
        expand(text, env)


@pytest.fixture
def unknown_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that is run with a number of its own."""

    def unknown(*_: object) -> None:
        raise KeyError("uid not found")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.delenv("HOME", raising=False)


@pytest.mark.usefixtures("unknown_user")
@pytest.mark.parametrize("home", [None, "", "relative", "."])
def test_without_a_home_the_reason_is_told(home: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if home is not None:
        monkeypatch.setenv("HOME", home)
    path = expand("~/x")
    assert is_homeless(path)
    with pytest.raises(FileFault, match="has no home directory here") as told:
        read(path)
    assert "set HOME" in str(told.value)


@pytest.mark.parametrize("home", [None, "", "relative"])
def test_without_home_the_system_is_asked(home: str | None) -> None:
    env = {} if home is None else {"HOME": home}
    assert expand("~/x", env) == Path(pwd.getpwuid(os.getuid()).pw_dir, "x")


def test_home_is_what_the_environment_says(tmp_path: Path) -> None:
    assert expand("~/x", {"HOME": str(tmp_path)}) == tmp_path / "x"
    assert expand("~", {"HOME": str(tmp_path)}) == tmp_path
    assert expand("a~b") == Path("a~b")


def test_another_user_s_home_is_the_system_s(tmp_path: Path) -> None:
    me = pwd.getpwuid(os.getuid())
    assert expand(f"~{me.pw_name}/x", {"HOME": str(tmp_path)}) == Path(me.pw_dir, "x")
    assert expand("~nobody-of-that-name/x") == Path("~nobody-of-that-name/x")


def test_slashes_after_the_home_do_not_lead_to_the_root(tmp_path: Path) -> None:
    assert expand("~///x", {"HOME": str(tmp_path)}) == tmp_path / "x"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "its name is empty; give a name"),
        ("a\0b", "NUL character; give another name"),
        ("/\ud800", "cannot be written in this system's encoding"),
        ("~nobody-of-that-name/x", "nobody of that name is known here; give the whole path"),
    ],
)
def test_a_path_that_can_name_nothing_is_refused_with_the_reason(path: str, reason: str) -> None:
    with pytest.raises(FileFault) as told:
        usable(path, "cannot be read")
    assert reason in str(told.value)


def test_a_path_is_whole_from_the_directory_of_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert whole("x") == Path(os.getcwd(), "x")
    assert whole("/x") == Path("/x")

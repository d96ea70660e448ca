"""Where files are kept: as the environment says, else as the platform has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.settings import (
    cache_dir,
    config_path,
    state_path,
)
from cotui.settings.paths import audit_dir, credentials_path


def test_paths_follow_the_environment(tmp_path: Path) -> None:
    env = {name: str(tmp_path / name) for name in ("COTUI_CONFIG", "COTUI_STATE_DIR", "COTUI_CACHE_DIR")}
    assert config_path(env) == tmp_path / "COTUI_CONFIG"
    assert state_path(env) == tmp_path / "COTUI_STATE_DIR" / "state.json"
    assert cache_dir(env) == tmp_path / "COTUI_CACHE_DIR"


def test_paths_are_the_platform_s_otherwise() -> None:
    assert config_path({}).name == "config.toml"
    assert "cotui" in str(config_path({}).parent)
    assert "cotui" in str(state_path({}))
    assert "cotui" in str(cache_dir({}))


def test_files_stand_beside_or_below_what_is_named(tmp_path: Path) -> None:
    assert credentials_path(tmp_path / "mine.toml") == tmp_path / "credentials.toml"
    assert audit_dir({"COTUI_STATE_DIR": str(tmp_path)}) == tmp_path / "audit"


def test_an_empty_variable_names_nothing_and_a_tilde_is_home(tmp_path: Path) -> None:
    assert config_path({"COTUI_CONFIG": ""}) == config_path({})
    assert cache_dir({"COTUI_CACHE_DIR": "~/c", "HOME": str(tmp_path)}) == tmp_path / "c"


@pytest.mark.parametrize("missing", [RuntimeError("no home"), KeyError("uid"), OSError("none")])
def test_without_a_home_a_path_says_so_and_nothing_is_raised(
    missing: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> Path:
        raise missing

    for kind in ("config", "state", "cache"):
        monkeypatch.setattr(f"platformdirs.user_{kind}_path", unknown)
    monkeypatch.setattr("cotui.safety.places._home", lambda _: "")
    assert config_path({}) == Path("~/.config/cotui/config.toml")
    assert state_path({}) == Path("~/.local/state/cotui/state.json")
    assert cache_dir({}) == Path("~/.cache/cotui")


def test_a_directory_that_is_not_whole_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As platformdirs answers where HOME is "relative"."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("relative/cotui"))
    assert cache_dir({"HOME": str(tmp_path)}) == tmp_path / ".cache" / "cotui"

"""Settings from file and environment, and which profile is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.settings import (
    ConfigError,
    Profile,
    SettingsError,
    load_settings,
)

TWO = '[profiles.a]\nurl = "a"\nusername = "k"\n[profiles.b]\nurl = "b"\nusername = "k"\n'
ENV = {"COTUI_URL": "acme", "COTUI_USERNAME": "key", "COTUI_PASSWORD": "secret"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_no_file_means_defaults_and_no_profile(path: Path) -> None:
    loaded = load_settings({}, path)
    assert loaded.profiles == {}
    assert loaded.profile() is None
    assert (loaded.interface.mouse, loaded.interface.start_screen) == (True, "last")


def test_every_key_arrives(path: Path) -> None:
    path.write_text(
        'default_profile = "a"\n[profiles.a]\nurl = "a"\nusername = "k"\npassword_command = "pass show \'x y\'"\n'
        'password_env = "E"\nkeyring = false\npassword_file = "f"\npassword = "p"\nauth = "signature"\n'
        'action_style = "query"\ncolour = "green"\nproduction = true\nread_only = true\n'
        'timezone = "Asia/Tokyo"\npage_size = 500\n'
        "rate_limit = 10\ntimeout = 5\n"
        '[interface]\ntheme = "nord"\nstart_screen = "users"\npreview = "off"\nmouse = false\n'
        '[keys]\n"app.quit" = "q"\n"list.open" = ["enter", "o"]\n"x" = "a, b"\n'
    )
    loaded = load_settings({}, path)
    assert loaded.profile() == Profile(
        "a", "a", "k", ("pass", "show", "x y"), "E", False, "f", "p", "signature", "query", "green", True, True,
        "Asia/Tokyo", 500, 10, 5.0,
    )  # fmt: skip
    assert isinstance(loaded.profiles["a"].timeout, float)
    assert loaded.interface.theme == "nord"
    assert loaded.keys == {"app.quit": "q", "list.open": "enter,o", "x": "a,b"}


def test_unknown_keys_are_warned_of_and_the_rest_is_used(path: Path) -> None:
    path.write_text('[profiles.a]\nurl = "a"\nusername = "k"\nfuture = 1\n[interface]\nshiny = true\n')
    loaded = load_settings({}, path)
    assert [problem.key for problem in loaded.warnings] == ["profiles.a.future", "interface.shiny"]
    assert loaded.profile() is not None


def test_all_errors_are_told_at_once(path: Path) -> None:
    path.write_text("[profiles.a]\nurl = 1\nusername = 2\n[interface]\nmouse = 3\n")
    with pytest.raises(ConfigError) as refused:
        load_settings({}, path)
    assert [problem.line for problem in refused.value.problems] == [2, 3, 5]
    assert str(path) in str(refused.value)


def test_the_password_in_the_file_is_in_no_repr(path: Path) -> None:
    path.write_text('[profiles.a]\nurl = "a"\nusername = "k"\npassword = "hunter2"\n')
    assert "hunter2" not in repr(load_settings({}, path))


class TestWhichProfile:
    def test_one_is_the_default(self, path: Path) -> None:
        path.write_text(TWO[: TWO.index("[profiles.b]")])
        assert load_settings({}, path).default_profile == "a"

    def test_of_several_the_default_must_be_said(self, path: Path) -> None:
        path.write_text(TWO)
        loaded = load_settings({}, path)
        with pytest.raises(SettingsError, match=r"several profiles \(a, b\)"):
            loaded.profile()
        assert loaded.profile("b") == loaded.profiles["b"]

    def test_default_profile_decides(self, path: Path) -> None:
        path.write_text('default_profile = "b"\n' + TWO)
        loaded = load_settings({}, path)
        assert loaded.profile() == loaded.profiles["b"]

    def test_an_unknown_name_says_which_there_are(self, path: Path) -> None:
        path.write_text(TWO)
        with pytest.raises(SettingsError, match='no profile "c"; there are: a, b'):
            load_settings({}, path).profile("c")

    def test_cotui_profile_decides_before_the_file(self, path: Path) -> None:
        path.write_text('default_profile = "b"\n' + TWO)
        assert load_settings({"COTUI_PROFILE": "a"}, path).default_profile == "a"
        with pytest.raises(SettingsError, match="COTUI_PROFILE"):
            load_settings({"COTUI_PROFILE": "c"}, path)

    def test_the_environment_s_own_profile_comes_before_the_file(self, path: Path) -> None:
        path.write_text('default_profile = "b"\n' + TWO)
        profile = load_settings(ENV, path).profile()
        assert profile == Profile("environment", "acme", "key", password_env="COTUI_PASSWORD")
        assert load_settings({**ENV, "COTUI_PROFILE": "a"}, path).default_profile == "a"


def test_names_of_actions_need_no_quotation_marks(path: Path) -> None:
    path.write_text('[keys]\nbrowse.find = "F"\n"browse.copy" = "k"\napp = { help = ["f1", "x"] }\n')
    assert load_settings({}, path).keys == {"browse.find": "F", "browse.copy": "k", "app.help": "f1,x"}

"""Where own files are, and what is wrong with those places."""

from __future__ import annotations

from pathlib import Path

import pytest

from cotui.cli.own_places import OwnPlace, own_places


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    names = ("CONFIG", "STATE_DIR", "CACHE_DIR")
    return {f"COTUI_{name}": str(tmp_path / name.lower()) for name in names}


def test_each_has_its_path_and_the_variable_that_names_another(env: dict[str, str], tmp_path: Path) -> None:
    places = {place.name: (place.path.relative_to(tmp_path), place.variable) for place in own_places(env)}
    assert places == {
        "configuration": (Path("config"), "COTUI_CONFIG"),
        "credentials": (Path("credentials.toml"), "COTUI_CONFIG"),
        "state": (Path("state_dir/state.json"), "COTUI_STATE_DIR"),
        "audit": (Path("state_dir/audit"), "COTUI_STATE_DIR"),
        "cache": (Path("cache_dir"), "COTUI_CACHE_DIR"),
    }


def test_credentials_stand_beside_another_configuration(env: dict[str, str], tmp_path: Path) -> None:
    configuration, credentials, *_ = own_places(env, tmp_path / "elsewhere" / "my.toml")
    assert credentials.path == configuration.path.parent / "credentials.toml"


def test_only_the_user_s_own_files_are_needed(env: dict[str, str]) -> None:
    assert [place.name for place in own_places(env) if not place.without] == ["configuration", "credentials"]


def test_what_is_missing_is_no_trouble_where_it_could_be_made(env: dict[str, str], tmp_path: Path) -> None:
    assert [place.trouble() for place in own_places(env)] == [None] * 5
    assert list(tmp_path.iterdir()) == [], "nothing was made"


def test_a_file_where_a_directory_belongs_is_trouble_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "directory").mkdir()
    below = OwnPlace("state", tmp_path / "file" / "state.json", "V").trouble()
    assert below is not None
    assert OwnPlace("cache", tmp_path / "file", "V", is_directory=True).trouble() is not None
    assert OwnPlace("configuration", tmp_path / "directory", "V").trouble() is not None
    assert OwnPlace("cache", tmp_path / "directory", "V", is_directory=True).trouble() is None

"""A profile is added to a hand-written file, and every other line stays as it was."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cotui.safety.text import is_visible
from cotui.settings import (
    ConfigError,
    Profile,
    ProfileExistsError,
    SettingsError,
    check,
    load_settings,
    save_profile,
)

ACME = Profile("acme", "acme", "key-a")
HAND_WRITTEN = """\
# my accounts; do not reorder!
default_profile = "old"

[profiles.old]   # since 2019
url = "old"
username = "key-o"   # public

# the interface
[interface]
mouse = false
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_the_first_profile_makes_the_file(path: Path) -> None:
    saved = save_profile(ACME, path)
    assert (saved.path, saved.backup) == (path, None)
    assert load_settings({}, path).profile() == ACME
    assert path.read_text() == '[profiles.acme]\nurl = "acme"\nusername = "key-a"\n'


def test_another_is_appended_and_nothing_else_changes(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    save_profile(ACME, path)
    assert path.read_text().startswith(HAND_WRITTEN)
    loaded = load_settings({}, path)
    assert loaded.profiles["acme"] == ACME
    assert loaded.default_profile == "old"
    assert loaded.interface.mouse is False


def test_a_file_without_a_last_line_end_is_no_trap(path: Path) -> None:
    path.write_text(HAND_WRITTEN.rstrip())
    save_profile(ACME, path)
    assert set(load_settings({}, path).profiles) == {"old", "acme"}


def test_windows_line_ends_stay(path: Path) -> None:
    path.write_bytes(HAND_WRITTEN.replace("\n", "\r\n").encode())
    save_profile(ACME, path)
    raw = path.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert set(load_settings({}, path).profiles) == {"old", "acme"}


def test_a_profile_that_exists_is_refused(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    with pytest.raises(ProfileExistsError, match='"old"'):
        save_profile(replace(ACME, name="old"), path)
    assert path.read_text() == HAND_WRITTEN


def test_a_profile_is_replaced_where_it_stood_and_the_old_file_is_kept(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    new = Profile("old", "elsewhere", "key-n", production=True)
    saved = save_profile(new, path, replace=True)
    assert saved.backup is not None
    assert saved.backup.read_text() == HAND_WRITTEN
    text = path.read_text()
    assert text.startswith('# my accounts; do not reorder!\ndefault_profile = "old"\n\n[profiles.old]\n')
    assert text.endswith("\n\n# the interface\n[interface]\nmouse = false\n")
    assert load_settings({}, path).profiles == {"old": new}


def test_a_list_over_several_lines_is_replaced_whole(path: Path) -> None:
    path.write_text(
        '[profiles.old]\nurl = "o"\nusername = "k"\npassword_command = [\n  "pass",\n  "x",\n]\n\n# end\n[interface]\n'
    )
    save_profile(replace(ACME, name="old"), path, replace=True)
    assert path.read_text() == '[profiles.old]\nurl = "acme"\nusername = "key-a"\n\n# end\n[interface]\n'


def test_a_damaged_file_is_left_alone(path: Path) -> None:
    path.write_text("profiles = [\n")
    with pytest.raises(ConfigError, match="not TOML"):
        save_profile(ACME, path)
    assert path.read_text() == "profiles = [\n"


def test_a_file_with_a_wrong_profile_is_left_alone(path: Path) -> None:
    for text in ("profiles = 3\n", "[profiles.old]\nurl = 4\n"):
        path.write_text(text)
        with pytest.raises(ConfigError):
            save_profile(ACME, path)
        assert path.read_text() == text


@pytest.mark.parametrize(
    "text",
    [
        'profiles = { old = { url = "o", username = "k" } }  # inline\n',
        'profiles.old = { url = "o", username = "k" }\n[profiles]\n',
    ],
)
def test_what_cannot_be_added_to_is_told_with_the_lines_to_add(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(SettingsError) as refused:
        save_profile(ACME, path)
    assert path.read_text() == text
    if not isinstance(refused.value, ConfigError):
        assert '[profiles.acme]\nurl = "acme"' in str(refused.value)


def test_a_profile_written_in_line_is_not_replaced_but_told(path: Path) -> None:
    text = '[profiles]\nold = { url = "o", username = "k" }\n'
    path.write_text(text)
    with pytest.raises(SettingsError, match="by hand"):
        save_profile(replace(ACME, name="old"), path, replace=True)
    assert path.read_text() == text


@pytest.mark.parametrize(
    "wrong", [{"page_size": 0}, {"username": ""}, {"url": " "}, {"name": "a\nb"}, {"name": ""}]
)
def test_a_profile_with_a_mistake_is_not_written(path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        save_profile(replace(ACME, **wrong), path)  # type: ignore[arg-type]
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_file_that_holds_a_password_becomes_private(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    path.chmod(0o644)
    save_profile(ACME, path)
    assert path.stat().st_mode & 0o777 == 0o644
    save_profile(Profile("b", "b", "k", password="s"), path)
    assert path.stat().st_mode & 0o777 == 0o600


NAMES = st.text(st.characters(categories=("L", "N", "P", "Zs", "S")), min_size=1, max_size=12).filter(
    lambda name: is_visible(name) and name.strip()
)
NOISE = st.lists(
    st.sampled_from(
        ["", "# comment \u2028 x", "\t", "[keys]", '"a.b" = "x" # k', "[interface]", "mouse = true"]
    ),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NAMES, NAMES, NOISE, st.booleans())
def test_any_name_into_any_file(
    path: Path, first: str, second: str, noise: list[str], last_end: bool
) -> None:
    """Adding then replacing: the other profile, the comments and the other tables are still there."""
    text = "\n".join(noise) + ("\n" if last_end else "")
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    path.write_bytes(text.encode())
    assume(all(problem.severity == "warning" for problem in check(path)))
    for old in path.parent.glob("*.bak*"):
        old.unlink()
    one, two = Profile(first, "a", "k"), Profile(second, "b", "k", timeout=9.5)
    save_profile(one, path)
    if first != second:
        save_profile(two, path)
    changed = replace(one, url="c", keyring=False)
    save_profile(changed, path, replace=True)
    now = tomllib.loads(path.read_text())
    profiles = load_settings({}, path).profiles
    assert profiles[first] == changed
    assert profiles == ({first: changed, second: two} if first != second else {first: changed})
    assert {key: value for key, value in now.items() if key != "profiles"} == before
    assert path.read_bytes().decode().startswith(text)

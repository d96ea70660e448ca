"""Programs that are started get no secret and no open file, whoever starts them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cotui.safety import children
from cotui.settings.keyring_access import look_up
from cotui.settings.load import load_settings
from cotui.settings.profiles import Profile
from cotui.settings.secrets import resolve_secret

SECRET = "s3cret-of-the-environment"
#: a program that tells its environment, and which files it was handed
TELLS = (
    "import os, json; print(json.dumps([dict(os.environ), sorted(map(int, os.listdir('/proc/self/fd')))]))"
)


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A configuration whose passwords are in the environment."""
    path = tmp_path / "config.toml"
    path.write_text(
        '[profiles.a]\nurl = "a"\nusername = "k"\npassword_env = "ACME_KEY"\nkeyring = false\n'
        '[profiles.b]\nurl = "b"\nusername = "k"\npassword_env = "OTHER_KEY"\n'
    )
    monkeypatch.setenv("COTUI_CONFIG", str(path))
    for name in (*children.PASSWORDS, "ACME_KEY", "OTHER_KEY"):
        monkeypatch.setenv(name, f"{SECRET} {name}")
    monkeypatch.setenv("HARMLESS", "1")
    yield path
    children.forget()


def told(environment: dict[str, str]) -> str:
    output, _ = children.start([sys.executable, "-c", TELLS], environment).communicate()
    return output.decode()


@pytest.mark.parametrize("make", [children.few, children.users_own])
def test_what_programs_are_handed(secrets: Path, make: object) -> None:
    load_settings()
    said = told(make())  # type: ignore[operator]
    assert SECRET not in said
    assert ("HARMLESS" in said) == (make is children.users_own)
    assert "PATH" in said


@pytest.mark.parametrize("make", [children.few, children.users_own])
def test_before_the_configuration_is_known_the_own_variables_are_left_out(
    secrets: Path, make: object
) -> None:
    said = told(make())  # type: ignore[operator]
    assert not any(f"{SECRET} {name}" in said for name in children.PASSWORDS)


def test_a_password_is_found_although_it_was_withheld(secrets: Path) -> None:
    settings = load_settings()
    assert not any(SECRET in value for value in os.environ.values())
    for name, variable in (("a", "ACME_KEY"), ("b", "OTHER_KEY")):
        profile = settings.profiles[name]
        for _ in range(2):
            assert resolve_secret(profile, config=secrets).value == f"{SECRET} {variable}"
    # what was withheld is nobody else's
    assert children.variable("ACME_KEY", {}) == ""


def test_settings_read_for_another_environment_leave_this_one_alone(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_settings({"COTUI_CONFIG": str(secrets)})
    assert os.environ["ACME_KEY"] == f"{SECRET} ACME_KEY"


def test_a_password_command_gets_no_other_password(secrets: Path, tmp_path: Path) -> None:
    load_settings()
    note = tmp_path / "told"
    code = f"import os; open({str(note)!r}, 'w').write(str(dict(os.environ))); print('answer')"
    profile = Profile("c", "c", "k", password_command=(sys.executable, "-c", code))
    assert resolve_secret(profile, config=secrets).value == "answer"
    assert "HARMLESS" in note.read_text()
    assert SECRET not in note.read_text()


def test_a_keyring_that_starts_programs_hands_no_password_on(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, str]] = []

    class Keyring:
        name = "starts programs"

        def get_password(self, *_: object) -> str:
            seen.append(dict(os.environ))
            return "x"

        def get_keyring(self) -> Keyring:
            return self

    monkeypatch.setitem(sys.modules, "keyring", Keyring())  # type: ignore[arg-type]
    look_up("k@a")  # without any settings: `config check` asks before they are known to be right
    assert seen
    assert not any(f"{SECRET} {name}" in str(seen) for name in children.PASSWORDS)
    load_settings()
    look_up("k@a")
    assert SECRET not in str(seen[-1])


def test_config_check_withholds_what_profiles_name(secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cotui.settings.checks import check

    check(secrets, keyring_seconds=0.1)
    assert SECRET not in str(os.environ)


def test_files_that_are_open_are_not_handed_on() -> None:
    with open(os.devnull) as file:
        os.set_inheritable(file.fileno(), True)
        handed_on = json.loads(told(children.few()))[1]
        assert len(handed_on) == 4  # its streams, and the directory that it reads


async def test_the_same_from_an_event_loop(secrets: Path) -> None:
    load_settings()
    process = await children.start_in_loop([sys.executable, "-c", TELLS], answers=True)
    output, _ = await process.communicate()
    assert SECRET not in output.decode()
    assert "HARMLESS" not in output.decode()

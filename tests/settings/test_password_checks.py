"""Profiles that would have no password are told before somebody opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cotui.settings import Problem, Profile, SecretError, check, resolve_secret, store_secret
from cotui.settings.definitions import PROFILE as TABLE
from tests.settings.keyrings import FakeKeyring

PROFILE = '[profiles.acme]\nurl = "acme"\nusername = "key"\n'
OTHER = PROFILE.replace("acme", "beta")
SECRET = "hunter2"
pytestmark = pytest.mark.usefixtures("keyring")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def found(path: Path, text: str, seconds: float = 5) -> list[Problem]:
    path.write_text(text)
    path.chmod(0o600)
    return check(path, keyring_seconds=seconds)


def test_a_profile_without_any_source_is_warned_of(path: Path) -> None:
    (problem,) = found(path, PROFILE)
    assert (problem.line, problem.severity, problem.key) == (1, "warning", "profiles.acme")
    assert problem.text == (
        "no password: no source is named, keyring (Fake) has none, credentials.toml has none; "
        "add password_command, password_env or password_file"
    )


def test_without_being_asked_nothing_is_looked_up(path: Path, keyring: FakeKeyring) -> None:
    path.write_text(PROFILE)
    assert check(path) == []
    assert keyring.asked == []


@pytest.mark.parametrize(
    "source", ['password_command = ["true"]', 'password_env = "E"', 'password = "hunter2"']
)
def test_a_named_source_is_enough(path: Path, keyring: FakeKeyring, source: str) -> None:
    assert found(path, f"{PROFILE}{source}\n") == []
    assert keyring.asked == []


def test_the_keyring_s_password_is_enough(path: Path, keyring: FakeKeyring) -> None:
    keyring.kept["cotui", "key@acme"] = SECRET
    assert found(path, PROFILE) == []
    (problem,) = found(path, PROFILE + "keyring = false\n")
    assert "the keyring is turned off" in problem.text


def test_the_password_in_cotui_s_own_file_is_enough(path: Path, keyring: FakeKeyring) -> None:
    store_secret(Profile("acme", "acme", "key", keyring=False), SECRET, config=path)
    assert found(path, PROFILE) == []
    assert keyring.asked == []
    assert [problem.key for problem in found(path, PROFILE + OTHER)] == ["profiles.beta"]


def test_a_keyring_that_is_late_is_asked_once(path: Path, keyring: FakeKeyring, stuck: None) -> None:
    first, second = found(path, PROFILE + OTHER, seconds=0.05)
    assert "the keyring gave no answer within 0.05 s" in first.text
    assert "the keyring was not asked again" in second.text
    assert keyring.asked == ["key@acme"]


def test_a_damaged_file_is_an_error_and_not_quoted(path: Path) -> None:
    own = path.with_name("credentials.toml")
    own.write_text(f"[passwords]\na = {SECRET}\n")
    own.chmod(0o600)
    (problem,) = found(path, PROFILE + OTHER)
    assert (problem.file, problem.line, problem.severity) == (own, 2, "error")
    assert SECRET not in str(problem)


def test_what_is_no_profile_is_left_to_the_other_checks(path: Path) -> None:
    for text in ("profiles = 3\n", "[profiles]\nacme = 3\n", "[profiles.acme]\nurl = 3\nusername = 4\n"):
        path.write_text(text)
        assert found(path, text) == check(path)


class TestAdvice:
    """What the error of a missing password says to do."""

    def advice(self, path: Path, **more: Any) -> str:
        profile = Profile(**{"name": "acme", "url": "acme", "username": "key", **more})
        with pytest.raises(SecretError) as refused:
            resolve_secret(profile, config=path, env={})
        first, rest = str(refused.value).split("\n", 1)
        assert first.startswith(f'There is no password for profile "{profile.name}". Asked: password_command')
        return rest

    def test_lines_to_add(self, path: Path) -> None:
        head, *lines = self.advice(path).split("\n")
        assert head == f"Put one of these lines below [profiles.acme] in {path}:"
        assert [line.split()[0] for line in lines] == ["password_command", "password_env", "password_file"]

    @pytest.mark.parametrize("name", ["acme", "A & B", "ü", '"', "[x]"])
    def test_the_lines_are_a_configuration(self, path: Path, name: str) -> None:
        head, *lines = self.advice(path, name=name).split("\n")
        header = head.removeprefix("Put one of these lines below ").removesuffix(f" in {path}:")
        body = '\nurl = "acme"\nusername = "key"\n' + "\n".join(lines)
        problems = found(path, header + body)
        # the program and the file are examples
        assert [problem.key.rpartition(".")[2] for problem in problems if problem.severity == "error"] == []
        assert {line.split()[0] for line in lines} <= {key.name for key in TABLE.keys}

    def test_a_variable_or_file_that_is_named_has_to_be_filled(self, path: Path) -> None:
        assert self.advice(path, password_env="KEY") == "Set the environment variable KEY."
        assert self.advice(path, password_file="/nowhere/x") == (
            "Write the password into /nowhere/x and chmod 600 it."
        )

    def test_a_profile_of_the_environment(self, path: Path) -> None:
        told = self.advice(path, name="environment", password_env="COTUI_PASSWORD")
        assert told == "Set COTUI_PASSWORD as well."

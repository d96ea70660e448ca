"""The one table of keys agrees with everything that is made from it, or beside it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from cotui.settings import Interface, Profile, check, example_config, json_schema, load_settings
from cotui.settings.checks import fault
from cotui.settings.definitions import INTERFACE, KEYS, PROFILE, TABLES, Key, Kind
from cotui.settings.profiles import profile_from, values_of


def test_a_profile_has_a_field_for_every_key_with_the_same_default() -> None:
    profile = Profile("x", "u", "n")
    assert [item.name for item in fields(Profile)] == ["name", *(key.name for key in PROFILE.keys)]
    for key in PROFILE.keys:
        if key.default is not None:
            assert getattr(profile, key.name) == key.default, key.name


def test_the_interface_has_a_field_for_every_key_with_the_same_default() -> None:
    interface = Interface()
    assert [item.name for item in fields(Interface)] == [key.name for key in INTERFACE.keys]
    for key in INTERFACE.keys:
        assert getattr(interface, key.name) == (key.default or "") or key.default == getattr(
            interface, key.name
        )


@pytest.mark.parametrize("key", [key for table in TABLES for key in table.keys], ids=lambda key: key.name)
def test_a_default_is_a_correct_value(key: Key) -> None:
    if key.default is not None:
        assert fault(key, key.default) is None
    assert key.meaning.endswith(".")


def test_the_example_says_every_key_and_is_correct_when_uncommented(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(example_config())
    assert check(path) == []
    assert tomllib.loads(example_config()) == {}
    keys = [
        line[1:] for line in example_config().split("\n") if line[:1] == "#" and line[1:2] not in (" ", "")
    ]
    path.write_text("\n".join(keys).replace("NAME", "acme"))
    path.chmod(0o600)
    # the example's password file and, on most machines, its password command do not exist
    assert {problem.severity for problem in check(path)} == {"warning"}
    assert load_settings({}, path).profiles["acme"].page_size == 100


def test_the_schema_knows_every_key_and_nothing_else() -> None:
    schema = json_schema()
    json.dumps(schema)
    properties = schema["properties"]
    assert set(properties) == {"default_profile", "profiles", "interface", "keys"}
    profile = properties["profiles"]["additionalProperties"]
    assert set(profile["properties"]) == {key.name for key in PROFILE.keys}
    assert profile["required"] == ["url", "username"]
    assert set(properties["interface"]["properties"]) == {key.name for key in INTERFACE.keys}
    assert profile["properties"]["page_size"] == {
        "description": next(key.meaning for key in PROFILE.keys if key.name == "page_size"),
        "type": "integer",
        "minimum": 1,
        "maximum": 500,
        "default": 100,
    }
    assert profile["properties"]["auth"]["enum"] == ["basic", "signature"]
    assert "anyOf" in properties["keys"]["additionalProperties"]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Kind.TEXT, ["x", "", "ü"], [1, True, [], "a\nb", "\x1b[0m"]),
        (Kind.BOOLEAN, [True, False], [0, "true", None]),
        (Kind.COMMAND, ["pass show x", ["a"]], ["", [], "'open", [1], 3]),
        (Kind.KEYS, ["k", "k,ctrl+x", ["f5", "k"]], ["", [], "a,,b", "ctrl x", [1], 5]),
    ],
)
def test_what_a_kind_takes(kind: Kind, good: list[object], bad: list[object]) -> None:
    key = Key("k", kind, "m.")
    assert [value for value in good if fault(key, value) is not None] == []
    assert [value for value in bad if fault(key, value) is None] == []


@pytest.mark.parametrize("value", [0, 501, 1.5, True, "100", float("nan"), 10**40])
def test_a_page_size_out_of_range_is_refused(value: object) -> None:
    key = next(key for key in PROFILE.keys if key.name == "page_size")
    wrong = fault(key, value)
    assert wrong is not None
    assert wrong.startswith("expected a whole number from 1 to 500, found ")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0, 601, "30"])
def test_a_timeout_is_a_finite_number(value: object) -> None:
    key = next(key for key in PROFILE.keys if key.name == "timeout")
    assert fault(key, value) is not None
    assert fault(key, 0.5 + 1) is None


def test_a_profile_survives_being_written_as_a_table() -> None:
    profile = Profile(
        "x",
        "acme",
        "key",
        password_command=("pass", "a b"),
        keyring=False,
        auth="signature",
        timeout=7.5,
        colour="red",
    )
    assert profile_from("x", values_of(profile)) == profile
    assert values_of(Profile("x", "acme", "key")) == {"url": "acme", "username": "key"}


def test_keys_may_have_any_name() -> None:
    assert KEYS.find("app.help") is KEYS.any_key

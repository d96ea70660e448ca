"""The JSON Schema accepts what `check` finds no error in, and refuses what it refuses."""

from __future__ import annotations

import json

import jsonschema
import pytest

from cotui.settings import json_schema
from cotui.settings.definitions import INTERFACE, PROFILE


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


def accepted(values: dict[str, object]) -> bool:
    return jsonschema.Draft202012Validator(json_schema()).is_valid(values)


ACME: dict[str, object] = {"url": "acme", "username": "key"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"username": 5},
        {"page_size": 0},
        {"page_size": 501},
        {"page_size": 1.5},
        {"auth": "digest"},
        {"keyring": "yes"},
        {"password_command": []},
        {"password_command": [1]},
        {"timeout": 601},
    ],
)
def test_what_check_refuses_is_refused(wrong: dict[str, object]) -> None:
    assert accepted({"profiles": {"acme": ACME}})
    assert not accepted({"profiles": {"acme": {**ACME, **wrong}}})


def test_a_profile_without_what_is_required_is_refused() -> None:
    assert not accepted({"profiles": {"acme": {"url": "acme"}}})


def test_keys_and_commands_are_one_text_or_a_list() -> None:
    assert accepted({"keys": {"app.quit": "q", "any.name": ["q", "ctrl+x"]}})
    assert not accepted({"keys": {"app.quit": 1}})
    assert accepted({"profiles": {"acme": {**ACME, "password_command": "pass show x", "timeout": 2.5}}})


def test_an_unknown_key_is_no_error_as_it_is_none_for_check() -> None:
    assert accepted({"future": 1, "profiles": {"acme": {**ACME, "future": 1}}, "interface": {"shiny": True}})

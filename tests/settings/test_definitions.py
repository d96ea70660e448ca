"""The one table of keys agrees with everything that is made from it, or beside it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from cotui.settings import Interface, Profile
from cotui.settings.checks import fault
from cotui.settings.definitions import INTERFACE, KEYS, PROFILE, TABLES, Key


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


def test_keys_may_have_any_name() -> None:
    assert KEYS.find("app.help") is KEYS.any_key

"""A profile from a table and back; what a stored password belongs to."""

from __future__ import annotations

import pytest

from cotui.settings import Profile
from cotui.settings.profiles import command_words, profile_from, values_of


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


def test_a_table_s_unknown_keys_are_left_out_and_its_values_are_of_one_type() -> None:
    profile = profile_from(
        "x", {"url": "u", "username": "n", "future": 1, "timeout": 5, "password_command": "pass 'a b'"}
    )
    assert profile == Profile("x", "u", "n", password_command=("pass", "a b"), timeout=5.0)
    assert isinstance(profile.timeout, float)


def test_a_command_is_split_as_a_shell_would() -> None:
    assert command_words("pass show 'x y' $HOME") == ("pass", "show", "x y", "$HOME")
    assert command_words(["a b", "c"]) == ("a b", "c")
    with pytest.raises(ValueError, match="quot"):
        command_words("pass 'x")


def test_production_is_red_unless_another_colour_is_chosen() -> None:
    assert Profile("x", "u", "n", production=True).shown_colour == "red"
    assert Profile("x", "u", "n").shown_colour == "blue"
    assert Profile("x", "u", "n", colour="green", production=True).shown_colour == "green"


def test_a_password_belongs_to_user_and_address_however_it_is_written() -> None:
    account = Profile("x", "https://Acme.chargeover.com/api/v3/", "Key").account
    assert account == "Key@https://acme.chargeover.com/api/v3"
    assert Profile("other", " https://acme.chargeover.com/api/v3 ", "Key").account == account
    assert Profile("x", "https://other.chargeover.com/api/v3", "Key").account != account


def test_a_password_written_into_the_configuration_is_not_shown() -> None:
    assert "hunter2" not in repr(Profile("x", "u", "n", password="hunter2"))

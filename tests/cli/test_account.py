"""From a profile and its password to an account, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cotui.api import ApiError, BadRequest, Forbidden, NotFound, Unauthorized, Unreachable
from cotui.cli.account import (
    connection,
    exit_code,
    explain,
    find_credentials,
    open_api,
    require_profile,
)
from cotui.cli.exits import CommandError, Exit
from cotui.settings import Profile, Settings, load_settings

SECRET = "hunter2"
PROFILE = Profile("acme", "acme", "key", keyring=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({}, tmp_path / "config.toml")


def test_a_password_is_found_and_said_where_but_not_shown(settings: Settings) -> None:
    found = find_credentials(settings, replace(PROFILE, password_env="E"), {"E": SECRET})
    assert (found.password, found.notice) == (SECRET, "password from environment variable E")
    assert SECRET not in repr(found)


def test_without_a_user_name_nothing_is_looked_up(settings: Settings) -> None:
    with pytest.raises(CommandError, match="COTUI_USERNAME is not set") as refused:
        find_credentials(settings, replace(PROFILE, username="", password_command=("false",)))
    assert refused.value.code == Exit.CONFIG


def test_a_connection_is_as_the_profile_says() -> None:
    profile = replace(PROFILE, auth="signature", action_style="query", page_size=7, rate_limit=9, timeout=2.0)
    made = connection(profile, SECRET)
    assert (made.name, made.url) == ("acme", "https://acme.chargeover.com/api/v3")
    assert (made.auth, made.action_style, made.page_size, made.rate_limit, made.timeout) == (
        "signature",
        "query",
        7,
        9,
        2.0,
    )


def test_read_only_is_what_profile_or_command_line_want() -> None:
    assert not connection(PROFILE, SECRET).read_only
    assert connection(PROFILE, SECRET, read_only=True).read_only
    assert connection(replace(PROFILE, read_only=True), SECRET).read_only


@pytest.mark.parametrize(
    ("profile", "password", "where"),
    [
        (replace(PROFILE, url="a b"), SECRET, "profile acme, url: "),
        (replace(PROFILE, username="x:y"), SECRET, "profile acme: "),
        (replace(PROFILE, name="environment", url="a b"), SECRET, "COTUI_URL: "),
        (replace(PROFILE, name="environment", username="x:y"), SECRET, "COTUI_USERNAME: "),
        (replace(PROFILE, name="environment"), "\ud800", "COTUI_PASSWORD: "),
    ],
)
def test_a_setting_that_cannot_work_is_told_where_it_is_set(
    profile: Profile, password: str, where: str
) -> None:
    with pytest.raises(CommandError) as refused:
        open_api(profile, password)
    assert str(refused.value).startswith(where)
    assert "\n" not in str(refused.value)
    assert refused.value.code == Exit.CONFIG


def test_where_there_is_no_profile_the_ways_to_one_are_named(settings: Settings) -> None:
    with pytest.raises(CommandError, match=r"There is no profile yet in .*config\.toml") as refused:
        require_profile(settings, "")
    for way in ("COTUI_URL", "--demo", "Run cotui in a terminal"):
        assert way in str(refused.value)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotFound(), Exit.NOT_FOUND),
        (Unauthorized(), Exit.REFUSED),
        (Forbidden(), Exit.REFUSED),
        (BadRequest("no"), Exit.API),
        (Unreachable("gone"), Exit.API),
    ],
)
def test_codes_of_errors(error: ApiError, code: Exit) -> None:
    assert exit_code(error) == code


def test_an_error_is_told_with_the_server_s_words_second() -> None:
    error = BadRequest(
        "It was refused", server_message="no such field", meaning="It means this.", todo="Do that."
    )
    assert explain(error).split("\n") == [
        "It was refused.",
        "The server says: no such field",
        "It means this.",
        "Do that.",
    ]

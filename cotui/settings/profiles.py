"""A profile: one ChargeOver account and how to sign in to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, cast

from cotui.settings.definitions import PROFILE, Kind

#: name of the profile made from COTUI_URL, COTUI_USERNAME and COTUI_PASSWORD
ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Profile:
    """One account, as read from `[profiles.NAME]`; the meanings are in `definitions.PROFILE`.

    `password` is the password written into the configuration itself, not the one in use:
    `secrets.resolve_secret` finds that.
    """

    name: str
    url: str
    username: str
    password_command: tuple[str, ...] = ()
    password_env: str = ""
    keyring: bool = PROFILE.default("keyring")
    password_file: str = ""
    password: str = field(default="", repr=False)
    auth: Literal["basic", "signature"] = PROFILE.default("auth")
    action_style: Literal["path", "query"] = PROFILE.default("action_style")
    colour: str = ""
    production: bool = PROFILE.default("production")
    read_only: bool = PROFILE.default("read_only")
    timezone: str = ""
    page_size: int = PROFILE.default("page_size")
    #: requests per minute
    rate_limit: int = PROFILE.default("rate_limit")
    #: seconds
    timeout: float = PROFILE.default("timeout")

    @property
    def shown_colour(self) -> str:
        """The colour chosen, or red for production and blue for anything else."""
        return self.colour or ("red" if self.production else "blue")

    @property
    def account(self) -> str:
        """What a stored password belongs to: user name and address, so that it never follows the
        profile's name to another account."""
        return f"{self.username}@{self.url.strip().rstrip('/').lower()}"


def profile_from(name: str, values: Mapping[str, object]) -> Profile:
    """The profile of a table that `check` found no error in; keys it does not know are left out."""
    known: dict[str, Any] = {}
    for key in PROFILE.keys:
        if key.name not in values:
            continue
        value = values[key.name]
        if key.kind is Kind.COMMAND:
            value = command_words(value)
        elif key.kind is Kind.NUMBER:
            value = float(cast(float, value))
        known[key.name] = value
    return Profile(name=name, **known)


def values_of(profile: Profile) -> dict[str, object]:
    """The table a profile is written as: what differs from the defaults, and what must be there."""
    table: dict[str, object] = {}
    defaults = {item.name: item.default for item in fields(Profile)}
    for key in PROFILE.keys:
        value = getattr(profile, key.name)
        if key.required or value != defaults[key.name]:
            table[key.name] = list(value) if isinstance(value, tuple) else value
    return table


def command_words(value: object) -> tuple[str, ...]:
    """The words of a command given as a list or as one string. Raises ValueError where a quote is not closed."""
    if isinstance(value, str):
        import shlex

        return tuple(shlex.split(value))
    return tuple(cast("list[str]", value))

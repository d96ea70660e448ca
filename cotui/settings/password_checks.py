"""Profiles that would have no password when they are opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cotui.safety import children
from cotui.settings import keyring_access
from cotui.settings.definitions import PROFILE
from cotui.settings.document import Document, read_document
from cotui.settings.paths import credentials_path
from cotui.settings.problems import ConfigError, Problem
from cotui.settings.profiles import Profile

#: keys of a profile that name a source, or are the password itself
SOURCES = ("password_command", "password_env", "password_file", "password")

_WAYS = f"add {', '.join(SOURCES[:2])} or {SOURCES[2]}"


def kept_password(config: Path, account: str) -> str:
    """The password `credentials.toml` holds for an account; empty when it has none.

    Raises:
        ConfigError: the file is damaged. The error's text may quote a line of it, and so a password.
    """
    passwords = read_document(credentials_path(config)).values.get("passwords", {})
    value = passwords.get(account) if isinstance(passwords, dict) else None
    return value if isinstance(value, str) else ""


def missing_passwords(document: Document, keyring_seconds: float) -> Iterator[Problem]:
    """A warning for every profile that names no source and has no password kept anywhere.

    Args:
        keyring_seconds: how long the keyring may take; one that is late is not asked again.
    """
    profiles = document.values.get(PROFILE.name, {})
    entries = profiles.values() if isinstance(profiles, dict) else ()
    named = (entry.get("password_env") for entry in entries if isinstance(entry, dict))
    children.withhold(name for name in named if isinstance(name, str))
    silent = ""
    for name, entry in profiles.items() if isinstance(profiles, dict) else ():
        if not isinstance(entry, dict) or any(entry.get(key) for key in SOURCES):
            continue
        url, username = entry.get("url"), entry.get("username")
        if not isinstance(url, str) or not isinstance(username, str):
            continue  # told already
        account = Profile(name, url, username).account
        place = credentials_path(document.path)
        try:
            if kept_password(document.path, account):
                continue
        except ConfigError as error:
            if line := error.problems[0].line:  # one that cannot be read at all is told by `check`
                yield Problem(place, line, "", "error", "is damaged: mend or remove it")
            return
        if entry.get("keyring") is False:
            keyring = "the keyring is turned off"
        elif silent:
            keyring = silent
        else:
            answer = keyring_access.look_up(account, keyring_seconds)
            if answer.value:
                continue
            keyring = answer.reason
            silent = "the keyring was not asked again" if answer.late else ""
        text = f"no password: no source is named, {keyring}, {place.name} has none; {_WAYS}"
        yield document.problem((PROFILE.name, name), text, warning=True)

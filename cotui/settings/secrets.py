"""Find the password of a profile, and say where it came from.

The order is: `password_command`, environment, keyring, file. A source that is not set up or has
nothing is passed over; a command that fails, a file others can read, is an error, because falling
through to another password in silence would be a surprise.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cotui.safety import children
from cotui.safety.exclusive_access import exclusive_access
from cotui.safety.faults import FileFault, MissingFile, show_path
from cotui.safety.places import expand
from cotui.safety.reading import read
from cotui.safety.writing import PRIVATE, write_atomically
from cotui.settings import keyring_access
from cotui.settings.checks import exposed
from cotui.settings.document import dotted, read_document
from cotui.settings.password_checks import kept_password
from cotui.settings.paths import credentials_path
from cotui.settings.problems import ConfigError, SettingsError, plain
from cotui.settings.profiles import ENVIRONMENT, Profile

Source = Literal["command", "environment", "keyring", "file"]

#: seconds a password command may take; it may have to ask for a passphrase
COMMAND_SECONDS = 60.0


class SecretError(SettingsError):
    """The password cannot be had; the message never contains one."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password and where it came from."""

    value: str = field(repr=False)
    source: Source
    #: e.g. "environment variable ACME_KEY"
    origin: str


def resolve_secret(
    profile: Profile,
    *,
    config: Path,
    env: Mapping[str, str] | None = None,
    keyring_seconds: float = keyring_access.SECONDS,
    command_seconds: float = COMMAND_SECONDS,
) -> Secret:
    """The password of a profile.

    Blocks while a command or the keyring is asked.

    Args:
        config: the `config.toml`, which `credentials.toml` lies beside.
        env: the environment; the process's own when None.
        keyring_seconds: how long the keyring may take.
        command_seconds: how long the command may take.

    Raises:
        SecretError: no source has it, saying what each of them answered; or one of them is at fault.
    """
    env = os.environ if env is None else env
    asked: list[str] = []
    sources: tuple[Callable[[], Secret | str], ...] = (
        lambda: _from_command(profile, command_seconds),
        lambda: _from_environment(profile, env),
        lambda: _from_keyring(profile, keyring_seconds),
        lambda: _from_file(profile, config, env),
    )
    for source in sources:
        answer = source()
        if isinstance(answer, Secret):
            return answer
        asked.append(answer)
    raise SecretError(
        f'There is no password for profile "{plain(profile.name)}". Asked: {"; ".join(asked)}.\n'
        + _password_advice(profile, config)
    )


def store_secret(
    profile: Profile, value: str, *, config: Path, keyring_seconds: float = keyring_access.SECONDS
) -> Secret:
    """Keep a password: in the keyring where there is one that answers, else in `credentials.toml` (0600).

    Raises:
        ConfigError: `credentials.toml` is damaged; it is left as it is.
        FileFault: it cannot be written, or another program keeps it locked.
    """
    if profile.keyring:
        stored = keyring_access.store(profile.account, value, keyring_seconds)
        if stored.done:
            return Secret(value, "keyring", stored.backend)
    path = credentials_path(config)
    with exclusive_access(path):
        _keep_in_file(path, profile.account, value)
    return Secret(value, "file", show_path(path))


def _keep_in_file(path: Path, account: str, value: str) -> None:
    import tomli_w

    document = read_document(path)
    kept = document.values.get("passwords", {})
    if not isinstance(kept, dict):
        raise ConfigError(
            [document.problem(("passwords",), "is no table of passwords: mend or remove the file")]
        )
    values = {**document.values, "passwords": {**kept, account: value}}
    note = "# Passwords cotui keeps for you; made because no keyring answered. Keep it private.\n"
    write_atomically(path, (note + tomli_w.dumps(values)).encode(), mode=PRIVATE)


def _from_command(profile: Profile, seconds: float) -> Secret | str:
    if not profile.password_command:
        return "password_command is not set"
    from subprocess import TimeoutExpired

    program = plain(profile.password_command[0])
    # a pass phrase may have to be typed, but a script's data on stdin is not the command's to eat
    terminal = sys.stdin is not None and sys.stdin.isatty()
    try:
        process = children.start(profile.password_command, children.users_own(), reads_terminal=terminal)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SecretError(f"password_command {program} cannot be run: {plain(reason)}.") from None
    try:
        output, errors = process.communicate(timeout=seconds)
    except TimeoutExpired:
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
        raise SecretError(f"password_command {program} gave no answer within {seconds:g} s.") from None
    except BaseException:  # Ctrl+C too: the command does not outlive us
        process.kill()
        process.wait()
        raise
    if process.returncode != 0:
        said = errors.decode(errors="replace").strip().split("\n")[0]
        because = f": {plain(said, 200)}" if said else ""
        raise SecretError(f"password_command {program} ended with exit status {process.returncode}{because}.")
    value = _first_line(output, f"the output of password_command {program}")
    return Secret(value, "command", f"password_command {program}")


def _from_environment(profile: Profile, env: Mapping[str, str]) -> Secret | str:
    name = plain(profile.password_env)
    if not name:
        return "password_env is not set"
    if value := children.variable(profile.password_env, env):
        return Secret(value, "environment", f"environment variable {name}")
    return f"environment variable {name} is empty"


def _from_keyring(profile: Profile, seconds: float) -> Secret | str:
    if not profile.keyring:
        return "the keyring is turned off"
    found = keyring_access.look_up(profile.account, seconds)
    if found.value:
        return Secret(found.value, "keyring", found.backend)
    return found.reason


def _from_file(profile: Profile, config: Path, env: Mapping[str, str]) -> Secret | str:
    if profile.password_file:
        return _from_password_file(expand(profile.password_file, env))
    if profile.password:
        _refuse_exposed(config)
        return Secret(profile.password, "file", show_path(config))
    path = credentials_path(config)
    _refuse_exposed(path)
    try:
        value = kept_password(config, profile.account)
    except ConfigError as error:
        problem = error.problems[0]
        if not problem.line:  # it cannot be read at all
            raise SecretError(f"{show_path(path)} {problem.text}") from None
        # the parser's words could quote the line at fault, and with it a password
        raise SecretError(f"{show_path(path)} is damaged near line {problem.line}; remove it.") from None
    if value:
        return Secret(value, "file", show_path(path))
    return f"{show_path(path)} has none"


def _from_password_file(path: Path) -> Secret | str:
    _refuse_exposed(path)
    try:
        content = read(path)
    except MissingFile:
        return f"{show_path(path)} does not exist"
    except FileFault as fault:
        raise SecretError(str(fault)) from None
    return Secret(_first_line(content, show_path(path)), "file", show_path(path))


def _refuse_exposed(path: Path) -> None:
    if open_to := exposed(path):
        raise SecretError(f"{show_path(path)} {open_to}")


def _first_line(content: bytes, what: str) -> str:
    try:
        value = content.decode().split("\n")[0].rstrip("\r")
    except UnicodeDecodeError:
        raise SecretError(f"{what} is not text.") from None
    if not value:
        raise SecretError(f"The first line of {what} is empty.")
    return value


def _password_advice(profile: Profile, config: Path) -> str:
    """Lines that say how to give a profile its password."""
    variable = plain(profile.password_env)
    if profile.name == ENVIRONMENT and variable == "COTUI_PASSWORD":
        return f"Set {variable} as well."
    if variable:
        return f"Set the environment variable {variable}."
    if profile.password_file:
        return f"Write the password into {plain(profile.password_file, 300)} and chmod 600 it."
    short = re.sub(r"[^A-Za-z0-9]+", "-", profile.name).strip("-") or "account"
    return (
        f"Put one of these lines below [{dotted(('profiles', profile.name))}] in {show_path(config)}:\n"
        f'  password_command = ["pass", "show", "chargeover/{short}"]  # prints the password\n'
        f'  password_env = "{short.upper().replace("-", "_")}_KEY"  # a variable that holds it\n'
        f'  password_file = "~/.secrets/{short}"  # a file that only you can read'
    )

"""Start the terminal UI: find the account while the interface is being loaded, then hand both over."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from threading import Thread
from typing import TYPE_CHECKING

from cotui.cli.account import Credentials, TransportFactory, find_credentials, open_api, require_profile
from cotui.cli.exits import CommandError, Exit
from cotui.settings.audit import AuditLog
from cotui.settings.load import Settings, load_settings
from cotui.settings.operator import operator_name
from cotui.settings.paths import audit_dir, config_path, state_path
from cotui.settings.problems import SettingsError, counted
from cotui.settings.state import StateStore

if TYPE_CHECKING:
    from argparse import Namespace

    from cotui.api import Api
    from cotui.settings import Profile
    from cotui.tui.session import Session


def open_screens(options: Namespace, env: Mapping[str, str] | None = None) -> int:
    """Run the terminal UI; returns the exit code when its user has quit."""
    env = os.environ if env is None else env
    # What is loaded on the way to the first screen is no garbage; looking for some costs 5 % of the start.
    # The app turns the collector on again when that screen is painted.
    gc.disable()
    session = demo_session(options, env) if options.demo else account_session(options, env)
    from cotui.tui.app import run

    run(session)
    return Exit.OK


def account_session(
    options: Namespace, env: Mapping[str, str], *, transport: TransportFactory | None = None
) -> Session:
    """The session of a profile, or of the set-up screen where there is none.

    Raises:
        CommandError: there is no terminal to run in.
        SettingsError: the configuration is wrong, or no password is to be had.
    """
    settings = load_settings(env)
    state = StateStore(state_path(env))
    profile = _profile(settings, options.profile, state)
    if not _on_terminal():
        # without a profile this says how to get one
        require_profile(settings, options.profile)
        raise CommandError(
            "the screens need a terminal; in scripts use cotui list, get, count, report", Exit.USAGE
        )
    found = _load_while_finding(settings, profile, env)
    from cotui.tui.session import Session

    def connect(profile: Profile, password: str) -> Api:
        return open_api(profile, password, transport=transport)

    notices = [*state.notices]
    if found is not None:
        state.last_profile = found.profile.name
        notices.insert(0, found.notice)
    if settings.warnings:
        notices.append(
            f"{counted(len(settings.warnings), 'warning')} about {settings.path}: cotui config check"
        )
    return Session(
        settings=settings,
        state=state,
        connect=connect,
        audit=AuditLog(audit_dir(env)),
        operator=operator_name(),
        api=connect(found.profile, found.password) if found is not None else None,
        profile=profile,
        screen=options.screen or _start_screen(settings),
        read_only=options.read_only or (profile is not None and profile.read_only),
        notices=tuple(notices),
    )


def demo_session(options: Namespace, env: Mapping[str, str]) -> Session:
    """The session of the demo: the sandbox in this process, over data kept in the cache directory.

    Raises:
        CommandError: there is no terminal to run in, or the data cannot be made.
    """
    if not _on_terminal():
        raise CommandError("the screens need a terminal; in scripts use cotui list … --demo", Exit.USAGE)
    from cotui.cli.demo_data import account_today, begin

    building = begin(options.customers, options.seed, env)
    from cotui.cli.demo import demo_api

    _load_interface()
    notices = []
    try:
        settings = load_settings(env)
    except SettingsError as error:
        # somebody who wants to look at the demo should not have to mend a file first
        settings = Settings(path=config_path(env))
        notices.append(f"{settings.path} is not used: {error}".split("\n")[0])
    state = StateStore(state_path(env))
    from cotui.tui.session import Session

    def connect(profile: Profile, password: str) -> Api:
        return open_api(profile, password)

    return Session(
        settings=settings,
        state=state,
        connect=connect,
        audit=AuditLog(audit_dir(env)),
        operator=operator_name(),
        api=demo_api(building),
        screen=options.screen or _start_screen(settings),
        demo=True,
        today=account_today,
        read_only=options.read_only,
        notices=(*notices, *state.notices),
    )


def _profile(settings: Settings, name: str, state: StateStore) -> Profile | None:
    """The profile to open: where several could be meant and none is named, the one used last."""
    try:
        return settings.profile(name)
    except SettingsError:
        last = settings.profiles.get(state.last_profile)
        if name or last is None:
            raise
        return last


def _start_screen(settings: Settings) -> str:
    wanted = settings.interface.start_screen
    return "" if wanted == "last" else wanted


def _on_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _load_while_finding(
    settings: Settings, profile: Profile | None, env: Mapping[str, str]
) -> Credentials | None:
    """The profile's password, asked for in a thread while the interface is loaded here."""
    if profile is None:
        _load_interface()
        return None
    found: list[Credentials | Exception] = []

    def find() -> None:
        try:
            found.append(find_credentials(settings, profile, env))
        except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
            found.append(error)

    thread = Thread(target=find, name="credentials", daemon=True)
    thread.start()
    _load_interface()
    thread.join()
    outcome = found[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _load_interface() -> None:
    """Import the interface."""
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")  # read when Textual is imported
    import cotui.tui.app  # noqa: F401 - for the sake of the time it takes

"""Start the terminal UI: find the account, send its first request, load the interface, hand all over.

What may take its time, a password command or a keyring, is asked in a thread while the interface is loaded.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Thread, Timer
from typing import TYPE_CHECKING, Final, TypeVar

from cotui.audit.log import AuditLog, login_name
from cotui.cli import out, splash
from cotui.cli.account import (
    Credentials,
    TransportFactory,
    find_credentials,
    make_api,
    open_api,
    require_profile,
)
from cotui.cli.exits import CommandError, Exit
from cotui.desk.account_day import AccountDay
from cotui.safety import children
from cotui.safety.faults import show_path
from cotui.safety.temporary import tidy_up
from cotui.safety.writing import trouble_making
from cotui.settings.load import Settings, load_settings
from cotui.settings.paths import STATE, audit_dir, config_path, state_path
from cotui.settings.problems import SettingsError, counted
from cotui.settings.state import StateStore

if TYPE_CHECKING:
    from argparse import Namespace

    from textual.driver import Driver

    from cotui.api import Api
    from cotui.settings import Profile
    from cotui.tui.base.session import Session

Found = TypeVar("Found")

#: seconds after which what killed programs left is looked for: the first screen comes first
_TIDYING: Final = 2.0


def open_screens(options: Namespace, env: Mapping[str, str] | None = None) -> int:
    """Run the terminal UI; returns the exit code when its user has quit."""
    env = os.environ if env is None else env
    # What is loaded on the way to the first screen is no garbage; looking for some costs 5 % of the start.
    # The app turns the collector on again when that screen is painted.
    gc.disable()
    try:
        session = demo_session(options, env) if options.demo else account_session(options, env)
        from cotui.tui.shell.run import run

        code = run(
            session,
            driver=options.driver,
            entered=splash.stands(),
            started=_started,
            failing=splash.end,
        )
    finally:
        gc.enable()  # where there was no screen
    for notice in session.state.notices:
        if notice not in session.notices:  # the state was written when there was no screen any more
            out.say(notice)
    return Exit.FAULT if code is None else code


def _started(driver: Driver) -> None:
    splash.taken_over(driver)
    tidying = Timer(_TIDYING, tidy_up)
    tidying.daemon = True
    tidying.start()


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
    _require_screens("cotui list, get, count, report", env)

    def connect(profile: Profile, password: str) -> Api:
        return make_api(profile, password, transport=transport)

    read_only = options.read_only or (profile is not None and profile.read_only)
    screen = options.screen or _start_screen(settings)

    def find() -> tuple[Credentials, Api, AccountDay] | None:
        if profile is None:
            return None
        credentials = _credentials(settings, profile, env)
        api = open_api(credentials.profile, credentials.password, transport=transport)
        state.adopt(api.connection.account, credentials.profile.name)
        day = AccountDay(credentials.profile.timezone, state.account(api.connection.account).latest_time)
        _send_ahead(api, state, screen, settings, day)
        return credentials, api, day

    if profile is not None:
        from cotui.tui.base.session import badges

        splash.tell(profile.name, badges(profile, read_only=read_only), profile.rate_limit)
    found = _load_while(find, beside=profile is None or _takes_time(profile, env))
    from cotui.tui.base.session import Session

    notices = [*state.notices]
    if found is not None:
        credentials = found[0]
        state.last_profile = credentials.profile.name
        notices.insert(0, credentials.notice)
    if settings.warnings:
        notices.append(
            f"{counted(len(settings.warnings), 'warning')} about {show_path(settings.path)}: cotui config check"
        )
    notices += _unwritten(env, state, read_only=read_only)
    day = found[2] if found is not None else AccountDay()
    return Session(
        settings=settings,
        state=state,
        connect=connect,
        audit=AuditLog(audit_dir(env)),
        operator=login_name(),
        day=day,
        today=day.today,
        api=found[1] if found is not None else None,
        profile=profile,
        screen=screen,
        read_only=read_only,
        notices=tuple(notices),
    )


def demo_session(options: Namespace, env: Mapping[str, str]) -> Session:
    """The session of the demo: the sandbox in this process, over data kept in the cache directory.

    Raises:
        CommandError: there is no terminal to run in, or the data cannot be made.
    """
    if not _on_terminal():
        raise CommandError("the screens need a terminal; in scripts use cotui list … --demo", Exit.USAGE)
    _require_screens("cotui list … --demo", env)
    from cotui.cli.demo_data import DEFAULT_TIMEZONE, account_today, begin

    building = begin(options.customers, options.seed, env)
    from cotui.cli.demo import demo_api

    _load_interface()
    notices = []
    try:
        settings = load_settings(env)
    except SettingsError as error:
        # somebody who wants to look at the demo should not have to mend a file first
        settings = Settings(path=config_path(env))
        notices.append(f"{show_path(settings.path)} is not used: {error}".split("\n")[0])
    state = StateStore(state_path(env))
    state.adopt("demo", "demo")
    from cotui.tui.base.session import News, Session

    news = News()

    def connect(profile: Profile, password: str) -> Api:
        return make_api(profile, password)

    return Session(
        settings=settings,
        state=state,
        connect=connect,
        audit=AuditLog(audit_dir(env)),
        operator=login_name(),
        api=demo_api(building, tell=news.add),
        screen=options.screen or _start_screen(settings),
        demo=True,
        day=AccountDay(DEFAULT_TIMEZONE, whose="the demo account's"),
        today=account_today,
        read_only=options.read_only,
        notices=(*notices, *state.notices, *_unwritten(env, state, read_only=options.read_only)),
        news=news,
    )


def _unwritten(env: Mapping[str, str], state: StateStore, *, read_only: bool) -> list[str]:
    """What to say where writes can't be noted, and so can't be made."""
    fault = None if read_only else trouble_making(audit_dir(env))
    if fault is None:
        return []
    told = any(str(fault.strerror) in notice for notice in state.notices)
    return [
        "for the same reason nothing can be changed" if told else f"nothing can be changed: {fault} ({STATE})"
    ]


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
    """Whether there is a terminal for the screens; in the background it is waited for.

    Raises:
        CommandError: there is one, but nobody can bring us to the front.
    """
    if {"stdin", "stdout"} & set(out.not_terminals()):
        return False
    if not splash.in_foreground():
        raise CommandError(
            "the screens need the terminal; this runs in the background, with no shell to bring it to the front",
            Exit.USAGE,
        )
    return True


def _require_screens(instead: str, env: Mapping[str, str]) -> None:
    """See that the terminal can show screens, as far as it says. Raises CommandError where it can't."""
    from cotui.tui.engine.terminal.choice import no_screens

    if reason := no_screens(env):
        raise CommandError(
            f"this terminal can't show the screens: {reason}; in scripts use {instead}; "
            "if it can do more, say so: TERM=xterm-256color cotui",
            Exit.USAGE,
        )


def _takes_time(profile: Profile, env: Mapping[str, str]) -> bool:
    """Whether another program is asked for the password: the order is that of `settings.secrets`."""
    return bool(profile.password_command) or (
        profile.keyring and not children.variable(profile.password_env, env)
    )


def _credentials(settings: Settings, profile: Profile, env: Mapping[str, str]) -> Credentials:
    if not profile.password_command:
        return find_credentials(settings, profile, env)
    splash.lend()  # it may have to ask for a passphrase
    try:
        return find_credentials(settings, profile, env)
    finally:
        splash.take_back()


def _send_ahead(api: Api, state: StateStore, screen: str, settings: Settings, day: AccountDay) -> None:
    """Send what the first screen is going to ask for, from a thread, while the interface is loaded."""
    from cotui.api import ApiError
    from cotui.tui.lists.start_list import first_call, first_list, listing_of

    account = api.connection.account
    api.keep_abilities(state.account(account).abilities)  # how many rows it sends at once is among them
    listing = listing_of(api, first_list(state, account, screen, settings.interface.start_screen))
    words = state.account(account).words
    call = first_call(api, listing, state.screen(account, listing.key), day.today, words)
    with suppress(
        ApiError
    ):  # the screen's own request fails in the same way, and there is a screen to say so
        api.begin(call)


def _load_while(find: Callable[[], Found], *, beside: bool) -> Found:
    """What `find` answers, and the interface loaded.

    Args:
        beside: it waits for others most of the time, so it runs in a thread meanwhile. Otherwise it goes
            first, alone, so that the request it sends leaves as soon as can be.
    """
    if not beside:
        found = find()
        _load_interface()
        return found
    outcome: list[Found | Exception] = []

    def run() -> None:
        try:
            outcome.append(find())
        except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
            outcome.append(error)

    thread = Thread(target=run, name="credentials", daemon=True)
    thread.start()
    _load_interface()
    thread.join()
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _load_interface() -> None:
    # read when Textual is imported
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    import cotui.tui.shell.app  # noqa: F401 - for the sake of the time it takes

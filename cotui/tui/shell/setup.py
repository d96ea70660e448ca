"""The first run: which account, with which keys. Tested before anything is stored."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from cotui.api import Api, ApiError, Connection
from cotui.safety.text import clean
from cotui.settings import Profile, SettingsError, save_profile, store_secret
from cotui.tui.base.frame_screen import FrameScreen
from cotui.tui.base.inputs import HiddenInput, TypedLine
from cotui.tui.base.line import TextBlock
from cotui.tui.forms.tick_box import TickBox

_FIELDS = (
    ("url", "Account", "instance name (the NAME in NAME.chargeover.com) or full address"),
    ("username", "API username", "public key, from ChargeOver: Settings, Developer, REST API"),
    ("password", "API password", "private key, shown there once"),
    ("name", "Profile name", "what cotui calls this account; empty takes the instance name"),
)


class SetupScreen(FrameScreen[None]):
    """Asks for an account, tries it, keeps it."""

    DEFAULT_CSS = """
    SetupScreen VerticalScroll { height: 1fr; padding: 0 2; }
    SetupScreen .title { text-style: bold; }
    SetupScreen .meaning { color: $text-muted; }
    SetupScreen Input { max-width: 80; padding: 0 1; }
    SetupScreen #outcome { margin-top: 1; }
    SetupScreen #outcome.failed { color: $text-error; }
    """
    AUTO_FOCUS = "#url"
    help_heading = "Set-up"
    BINDINGS = [
        Binding("ctrl+s", "save", "Test and save", id="setup.save"),
        Binding("escape", "stop", "Stop trying", show=False, id="setup.stop"),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Previous field", show=False),
    ]

    def compose_body(self) -> ComposeResult:
        self._entries: dict[str, Input] = {}
        self._production = TickBox("real money: show it as PRODUCTION", id="production")
        self._read_only = TickBox("read-only: leave out what changes anything", id="read-only")
        self._outcome = TextBlock(id="outcome")
        with VerticalScroll(can_focus=False):
            yield TextBlock("Welcome to cotui. Which ChargeOver account?", "title")
            yield TextBlock(
                "Nothing is stored before the connection works. cotui --demo shows it all without an account.",
                "meaning",
            )
            for name, label, meaning in _FIELDS:
                yield TextBlock(Content.assemble((label, "bold"), f"  {meaning}"))
                kind = HiddenInput if name == "password" else TypedLine
                field = kind(id=name, max_length=500)
                self._entries[name] = field
                yield field
            yield from (self._production, self._read_only, self._outcome)

    @property
    def typed(self) -> bool:
        kept = self.cotui.session.api is not None
        return not kept and super().typed

    def _value(self, name: str) -> str:
        return self._entries[name].value.strip()

    def _say(self, lines: list[str], *, failed: bool) -> None:
        outcome = self._outcome
        outcome.set_class(failed, "failed")
        outcome.show("\n".join(clean(line) for line in lines))
        outcome.scroll_visible(animate=False)

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field, from the last one it tests and saves."""
        event.stop()
        if event.input.id == _FIELDS[-1][0]:
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        for name, label, _ in _FIELDS[:-1]:
            if not self._value(name):
                self._entries[name].focus()
                self._say([f"{label} is needed."], failed=True)
                return
        self._try()

    def action_stop(self) -> None:
        self.cotui.waiting.leave()

    @work(exclusive=True, group="setup")
    async def _try(self) -> None:
        """Connect, ask for one customer, store."""
        session = self.cotui.session
        secret = self._value("password")
        try:
            url = Connection.parse_url(self._value("url"))
            instance = Connection(name="", url=url, username="", password="").instance
        except ApiError as error:
            self._failed(error)
            return
        name = self._value("name") or re.sub(r"[^A-Za-z0-9_-]+", "-", instance).strip("-") or "account"
        profile = Profile(
            name=name,
            url=url,
            username=self._value("username"),
            production=self._production.value,
            read_only=self._read_only.value,
        )
        if profile.name in session.settings.profiles:
            self._say([f"There is a profile {name} already: choose another name."], failed=True)
            return
        self._say([f"Trying {url} …"], failed=False)
        try:
            api = session.connect(profile, secret)
        except ApiError as error:
            self._failed(error)
            return
        self.cotui.waiting.watch(api)
        try:
            await api.check()
        except ApiError as error:
            await api.aclose()
            self._failed(error)
            return
        except asyncio.CancelledError:
            await api.aclose()
            raise
        finally:
            self.cotui.waiting.forget(api)
        await self._keep(profile, secret, api)

    async def _keep(self, profile: Profile, secret: str, api: Api) -> None:
        """Store the secret first: a profile without one would only ask again."""
        session = self.cotui.session
        path = session.settings.path
        try:
            stored = await asyncio.to_thread(store_secret, profile, secret, config=path)
            saved = await asyncio.to_thread(save_profile, profile, path)
        except (SettingsError, OSError) as error:
            await api.aclose()
            self._say(["The account works, but it could not be stored.", str(error)], failed=True)
            return
        session.api, session.profile = api, profile
        session.read_only = session.read_only or profile.read_only
        session.settings = replace(
            session.settings, profiles={**session.settings.profiles, profile.name: profile}
        )
        self.cotui.connected()
        self.app.call_later(
            self.cotui.say,
            f"saved to {saved.path}; the password is kept in: {stored.source} ({stored.origin})",
        )

    def _failed(self, error: ApiError) -> None:
        lines = [f"✗ {error.what}"]
        if error.server_message:
            lines.append(f"The server says: {error.server_message}")
        self._say([*lines, error.meaning, error.todo], failed=True)

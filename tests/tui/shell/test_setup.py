"""The first run: what is asked, what is tried, what is stored, and that nothing typed is ever lost."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import httpx
import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from cotui.settings import Profile, Settings, keyring_access, load_settings, resolve_secret
from cotui.tui.base.session import Session
from cotui.tui.forms.tick_box import TickBox
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import browse, press, settle, status, text_of

SIZE = (110, 30)
SECRET = "correct horse battery"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without a keyring: passwords go to the private file."""

    def nothing(*_arguments: object) -> keyring_access.Answer:
        return keyring_access.Answer(reason="no keyring here")

    monkeypatch.setattr(keyring_access, "store", nothing)
    monkeypatch.setattr(keyring_access, "look_up", nothing)


@pytest.fixture
async def app(session: Session) -> CotuiApp:
    """The app of somebody who has no profile yet."""
    assert session.api is not None
    await session.api.aclose()
    session.api, session.demo = None, False
    return CotuiApp(session)


async def fill(pilot: Pilot[None], **values: str) -> None:
    """Put texts into the fields, as a paste would."""
    for name, value in values.items():
        pilot.app.screen.query_one(f"#{name}", Input).value = value
    await pilot.pause()


def typed(app: CotuiApp) -> dict[str, str]:
    """What stands in the fields."""
    return {str(field.id): field.value for field in app.screen.query(Input)}


ACCOUNT = {"url": "acme", "username": "demo", "password": "demo", "name": ""}


async def test_a_working_account_is_stored_and_browsed(app: CotuiApp, wire: Wire) -> None:
    path = app.session.settings.path
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **ACCOUNT)
        await press(pilot, "ctrl+s")
        assert wire.requests[0].url.host == "acme.chargeover.com"
        assert browse(app).listing.key == "customers"
        assert "Northwind Analytics" in text_of(app)
        assert "acme" in text_of(app).splitlines()[0]
        assert str(path) in status(app)
        assert "credentials.toml" in status(app)
    again = load_settings({}, path)
    profile = again.profile()
    assert profile == Profile("acme", "https://acme.chargeover.com/api/v3", "demo")
    assert "demo" not in path.read_text().replace('username = "demo"', "")
    assert stat.S_IMODE((path.parent / "credentials.toml").stat().st_mode) == 0o600
    secret = resolve_secret(profile, config=path, env={})
    assert (secret.value, secret.source) == ("demo", "file")


async def test_enter_goes_from_field_to_field_and_tries_at_the_last(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert isinstance(app.focused, Input)
        assert app.focused.id == "url"
        for key in ACCOUNT:
            assert isinstance(app.focused, Input)
            assert app.focused.id == key
            assert wire.requests == []
            app.focused.insert_text_at_cursor({**ACCOUNT, "name": "my account"}[key])
            await press(pilot, "enter")
        assert browse(app).listing.key == "customers"
        assert app.session.label == "my account"


async def test_what_the_boxes_say_is_kept(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **ACCOUNT)
        for name in ("production", "read-only"):
            app.screen.query_one(f"#{name}", TickBox).focus()
            await pilot.press("space")
        assert text_of(app).count("[x]") == 2
        await press(pilot, "ctrl+s")
        assert "PRODUCTION · read-only" in text_of(app).splitlines()[0]
        assert app.session.read_only
    profile = load_settings({}, app.session.settings.path).profile()
    assert profile is not None
    assert profile.production
    assert profile.read_only


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://billing.example.com/api/v3", "Plain http is refused"),
        ("http://acme.chargeover.com", "https://"),
        ("what is this?", "address"),
        ("ftp://acme.chargeover.com", "address"),
    ],
)
async def test_an_address_that_cannot_be_used(app: CotuiApp, wire: Wire, url: str, words: str) -> None:
    values = {**ACCOUNT, "url": url, "name": "mine"}
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **values)
        await press(pilot, "ctrl+s")
        assert "✗" in text_of(app)
        assert words in text_of(app)
        assert typed(app) == values
        assert wire.requests == []
    assert not app.session.settings.path.exists()


async def test_plain_http_to_this_machine_is_fine(app: CotuiApp, wire: Wire) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **{**ACCOUNT, "url": "http://localhost:8123"})
        await press(pilot, "ctrl+s")
        assert browse(app).listing.key == "customers"
        assert str(wire.requests[0].url).startswith("http://localhost:8123/")


async def test_wrong_keys_are_explained_and_everything_typed_stays(app: CotuiApp, wire: Wire) -> None:
    values = {**ACCOUNT, "password": SECRET, "name": "mine"}
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **values)
        await press(pilot, "ctrl+s")
        assert "ChargeOver does not accept these keys" in text_of(app)
        assert typed(app) == values
        assert SECRET not in text_of(app)
        assert not app.session.settings.path.parent.joinpath("credentials.toml").exists()
        assert not app.session.settings.path.exists()
        assert app.session.api is None
        # only the mistake has to be mended
        await fill(pilot, password="demo")
        await press(pilot, "ctrl+s")
        assert browse(app).listing.key == "customers"
        assert app.session.label == "mine"


@pytest.mark.sample("error0-acme.chargeover.com")
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectError("[Errno -2] Name or service not known"), "acme.chargeover.com"),
        (httpx.ConnectError("[Errno 111] Connection refused"), "✗"),
        (httpx.ConnectTimeout(""), "✗"),
    ],
)
async def test_a_server_that_cannot_be_reached(
    app: CotuiApp, wire: Wire, error: Exception, words: str
) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise error

    wire.instead = fail
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **ACCOUNT)
        await press(pilot, "ctrl+s")
        assert "✗" in text_of(app)
        assert words in text_of(app)
        assert typed(app) == ACCOUNT
        wire.instead = None
        await press(pilot, "ctrl+s")
        assert browse(app).listing.key == "customers"


async def test_hostile_words_of_a_server_are_shown_harmless(app: CotuiApp, wire: Wire) -> None:
    message = "\x1b]0;owned\x07[/red][@click=app.quit]press me[/]\u202eesrever"
    wire.instead = lambda _request: httpx.Response(
        400, text=json.dumps({"code": 400, "status": "Error", "message": message, "response": False})
    )
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **ACCOUNT)
        await press(pilot, "ctrl+s")
        text = text_of(app)
        assert "[/red][@click=app.quit]press me[/]" in text
        assert not set(text) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize("missing", ["url", "username", "password"])
async def test_what_is_missing_is_named_and_has_the_cursor(app: CotuiApp, wire: Wire, missing: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **{**ACCOUNT, missing: "  "})
        await press(pilot, "ctrl+s")
        assert "is needed" in text_of(app)
        assert app.focused is app.screen.query_one(f"#{missing}")
        assert wire.requests == []


async def test_a_name_that_is_taken(app: CotuiApp, wire: Wire) -> None:
    app.session.settings = Settings(
        path=app.session.settings.path, profiles={"acme": Profile("acme", "other", "key")}
    )
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **ACCOUNT)
        await press(pilot, "ctrl+s")
        assert "already" in text_of(app)
        assert typed(app) == ACCOUNT
        assert wire.requests == []
        await fill(pilot, name="acme two")
        await press(pilot, "ctrl+s")
        assert app.session.label == "acme two"


async def test_an_account_that_cannot_be_stored(app: CotuiApp, tmp_path: Path) -> None:
    tmp_path.joinpath("wall").write_text("a file where a directory should be")
    app.session.settings = Settings(path=tmp_path / "wall" / "config.toml")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **ACCOUNT)
        await press(pilot, "ctrl+s")
        assert "could not be stored" in text_of(app)
        assert typed(app) == ACCOUNT
        assert app.session.api is None


async def test_saving_twice_in_a_row_stores_once(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await fill(pilot, **ACCOUNT)
        await press(pilot, "ctrl+s", "ctrl+s")
        assert browse(app).listing.key == "customers"
    assert list(load_settings({}, app.session.settings.path).profiles) == ["acme"]


async def test_without_an_account_no_list_can_be_opened(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.screen.query_one("#production", TickBox).focus()
        await press(pilot, "3", "escape")
        assert "Which ChargeOver account?" in text_of(app)
        app.action_tab("customers")
        await settle(pilot)
        assert "Which ChargeOver account?" in text_of(app)


@pytest.mark.sample("size0", "size2")
@pytest.mark.parametrize("size", [(20, 5), (40, 10), (60, 16)])
async def test_the_field_with_the_cursor_is_always_in_view(app: CotuiApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for _ in range(6):
            assert app.focused is not None
            region = app.focused.region
            assert app.screen.region.contains(region.x, region.y), region
            assert region.height == 1
            await press(pilot, "tab")

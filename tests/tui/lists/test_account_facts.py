"""What lists know of their account: its words for keys, read when they are first needed, and its day."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote

import httpx
import pytest

from cotui.desk.account_day import AccountDay
from cotui.tui.shell.app import CotuiApp
from tests.cli.accounts import answer
from tests.tui.conftest import Session, Wire
from tests.tui.flow import browse, press, settle, status, text_of, type_text

SIZE = (120, 24)


def asked(wire: Wire, path: str) -> list[str]:
    """What was asked for at a path, count requests left out."""
    return [unquote(item) for item in wire.paths if item.startswith(f"/api/v3/{path}?")]


def remembering(session: Session, text: str) -> CotuiApp:
    session.screen = "invoices"
    session.state.screen(session.account, "invoices").filter = text
    return CotuiApp(session)


async def test_nothing_is_read_before_it_is_needed(session: Session, wire: Wire) -> None:
    session.screen = "invoices"
    async with CotuiApp(session).run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "status = overdue")
        await press(pilot, "enter")
        assert asked(wire, "currency") == []
        await press(pilot, "slash", "ctrl+u")
        await type_text(pilot, "currency")
        await settle(pilot)
        await press(pilot, "ctrl+u")
        await type_text(pilot, "cur = ")
        await settle(pilot)
        assert {"EUR", "USD", "CAD"} <= {item.label for item in browse(pilot.app).bar.suggestions.items}  # type: ignore[arg-type]
        assert len(asked(wire, "currency")) == 1


async def test_a_filter_that_is_remembered_waits_for_the_words_it_needs(session: Session, wire: Wire) -> None:
    app = remembering(session, "currency = eur")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert {row.raw["currency_iso4217"] for _, row in browse(app).window.loaded()} == {"EUR"}  # type: ignore[union-attr]
        assert all("currency_id:EQUALS:" in path for path in asked(wire, "invoice"))
        assert browse(app).bar.applied == "currency = eur"
    kept = session.state.account("demo").words
    assert "EUR" in kept["currency_id"]


async def test_the_next_run_asks_for_no_more_than_without_such_a_filter(session: Session, wire: Wire) -> None:
    session.state.account("demo").words["currency_id"] = {"EUR": "2"}
    async with remembering(session, "currency = EUR").run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert asked(wire, "currency") == []
        assert [path for path in asked(wire, "invoice") if "currency_id:EQUALS:2" not in path] == []


async def test_words_that_can_not_be_read_are_told_and_the_rows_come(session: Session, wire: Wire) -> None:
    wire.instead = lambda request: answer(False, 400, "no") if "/currency" in request.url.path else None
    app = remembering(session, "currency = eur")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "what the account calls its keys is not known" in status(app)
        assert (browse(app).bar.input.value, browse(app).bar.applied) == ("currency = eur", "")
        assert browse(app).table.length > 0
        wire.instead = None
        await press(pilot, "slash", "enter")
        assert browse(app).bar.applied == "currency = eur"


async def test_a_currency_that_is_new_is_looked_for_in_the_list(session: Session, wire: Wire) -> None:
    session.state.account("demo").words["currency_id"] = {"USD": "1"}
    app = remembering(session, "")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "currency = eur")
        await press(pilot, "enter")
        assert browse(app).bar.applied == "currency = eur"
        await press(pilot, "slash", "ctrl+u")
        await type_text(pilot, "currency = eru")
        await press(pilot, "enter")
        assert "the account has:" in " ".join(text_of(app).split())
        assert len(asked(wire, "currency")) == 1


#: the 16th of March in UTC, still the 15th in New York
LATE = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)


def in_new_york(request: httpx.Request) -> httpx.Response | None:
    """One invoice of an account in New York."""
    if "/invoice" not in request.url.path:
        return None
    row = {"invoice_id": 1, "date": "2026-03-15", "write_datetime": "2026-03-15T20:00:00-04:00"}
    return answer(1 if request.url.path.endswith("_count") else [row])


async def test_days_are_the_account_s_as_soon_as_an_answer_tells_its_zone(
    session: Session, wire: Wire
) -> None:
    session.demo, session.day = False, AccountDay("", "2026-01-01T00:00:00+00:00", now=lambda: LATE)
    session.today = session.day.today
    wire.instead = in_new_york
    app = remembering(session, "date = today")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "date:EQUALS:2026-03-16" in asked(wire, "invoice")[0]
        assert "date:EQUALS:2026-03-15" in asked(wire, "invoice")[-1]
        assert "today is 2026-03-15 at UTC-04:00, as the server's answers have it" in status(app)
    assert session.state.account(session.account).latest_time == "2026-03-15T20:00:00-04:00"


@pytest.mark.parametrize(
    ("zone", "today"), [("Pacific/Auckland", "2026-03-16"), ("America/Los_Angeles", "2026-03-15")]
)
async def test_the_profile_s_zone_is_asked_first_and_it_is_said_which(
    session: Session, wire: Wire, zone: str, today: str
) -> None:
    session.demo, session.day = False, AccountDay(zone, "", now=lambda: LATE)
    session.today = session.day.today
    wire.instead = in_new_york
    app = remembering(session, "")
    async with app.run_test(size=(160, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "date = today")
        assert f"where=date:EQUALS:{today} · today is {today} in {zone}, the profile's time zone" in status(
            app
        )
        await press(pilot, "ctrl+u")
        await type_text(pilot, "date = 2026-03-01")
        assert "today is" not in status(app)


async def test_lists_that_may_not_be_read_are_told_and_rows_teach_their_words(
    session: Session, wire: Wire
) -> None:
    wire.instead = lambda request: answer(False, 401, "no") if "/currency" in request.url.path else None
    app = remembering(session, "currency = eur")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "may not read currencies" in status(app)
        assert browse(app).bar.applied == "currency = eur"

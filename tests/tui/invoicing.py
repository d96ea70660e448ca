"""What the tests of invoices' forms share: which invoices there are, and what was sent."""

from __future__ import annotations

import json
from typing import Any

from textual.pilot import Pilot

from cotui.sandbox.database.store import Store
from cotui.tui.base.line import TextLine
from cotui.tui.invoice_lines.invoice_form import InvoiceForm
from cotui.tui.invoice_lines.line_dialog import LineDialog
from cotui.tui.invoice_lines.lines import LineState
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire, changes
from tests.tui.flow import press, settle, type_text


def found(store: Store, sql: str) -> int:
    """The number that a query of the sandbox's tables gives first."""
    with store.write() as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None, sql
    return int(row[0])


#: an open invoice of several lines that no subscription made, and that nothing is planned for
OPEN = """
SELECT invoice_id FROM invoices i WHERE stage > 1 AND package_id IS NULL AND payments + credits = 0
 AND (SELECT count(*) FROM invoice_lines l WHERE l.invoice_id = i.invoice_id) > 2
 AND NOT EXISTS (SELECT 1 FROM invoice_schedule s WHERE s.invoice_id = i.invoice_id)
 ORDER BY invoice_id"""


def sent(wire: Wire, method: str = "") -> list[tuple[str, str, Any]]:
    """The writes that reached the server: method, path and body."""
    return [
        (request.method, request.url.path.removeprefix("/api/v3"), json.loads(request.content or b"null"))
        for request in wire.requests
        if changes(request) and request.method == (method or request.method)
    ]


async def record(app: CotuiApp, resource_id: str, ref: int | str) -> dict[str, Any]:
    """A record as the server has it now."""
    from cotui.catalog import RESOURCES

    api = app.session.api
    assert api is not None
    return dict((await api.get(RESOURCES[resource_id], ref)).raw)


async def keys(pilot: Pilot[None], *names: str) -> None:
    """Press keys one by one, as somebody does who looks at the screen in between."""
    for name in names:
        await press(pilot, name)


async def open_invoice(pilot: Pilot[None], ref: int) -> None:
    """The page of an invoice."""
    app = pilot.app
    assert isinstance(app, CotuiApp)
    await settle(pilot)
    app.open_record("invoice", ref, tab="invoices")
    await settle(pilot)


async def choose(pilot: Pilot[None], words: str) -> None:
    """Begin an action by typing a part of its name into the menu."""
    await press(pilot, "a")
    await type_text(pilot, words)
    await press(pilot, "enter")


async def fill(pilot: Pilot[None], text: str) -> None:
    """Put a text into the line with the focus, in place of what stands there."""
    await pilot.press("end", "ctrl+u")
    await type_text(pilot, text)


def form(app: CotuiApp) -> InvoiceForm:
    assert isinstance(app.screen, InvoiceForm)
    return app.screen


def line_dialog(app: CotuiApp) -> LineDialog:
    assert isinstance(app.screen, LineDialog)
    return app.screen


def said(app: CotuiApp, where: str) -> str:
    return app.screen.query_one(where, TextLine).text


def states(app: CotuiApp) -> list[LineState]:
    return [line.state for line in form(app).lines.lines]

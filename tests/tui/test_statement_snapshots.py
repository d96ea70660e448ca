"""What a statement looks like: whole, with its beginning not read, with a part refused, in several currencies."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection, RetryPolicy
from cotui.tui.base.session import Session
from tests.api.support import ok, refuse
from tests.desk.statement.made import invoice, money
from tests.tui.conftest import Wire
from tests.tui.pictures import Camera, Compare, picture_api, typing

SIZES = {"60x16": (60, 16), "80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}
#: invoices and payments of what the demo has none of: two currencies, declines, what is void, what has no date
MADE: dict[str, list[dict[str, Any]]] = {
    "invoice": [
        invoice(4449, "2026-03-05", 1848.43, 1848.43, due_date="2026-04-04"),
        invoice(
            4301,
            "2026-02-01",
            65.13,
            65.13,
            due_date="2026-03-03",
            invoice_status_str="open-collections",
        ),
        invoice(4250, "2026-01-20", 217635, 217635, currency_iso4217="JPY", due_date="2026-01-30"),
        invoice(4203, "2026-01-05", 90.63, 0, writeoffs=10),
        invoice(4150, "2025-12-20", 40, 0, is_void=True, void_datetime="2026-01-02T10:00:00-05:00"),
    ],
    "transaction": [
        money(2301, "2026-03-02", 65.13, 0, gateway_status=0, gateway_msg="insufficient funds"),
        money(2250, "2026-02-10", -20, 0, transaction_type="ref"),
        money(2207, "2026-01-20", 230.63, 150, applied_to=[{"invoice_id": 4203, "applied": 80.63}]),
    ],
}


@pytest.fixture
async def camera(session: Session, wire: Wire, snap_compare: Compare) -> Camera:
    assert session.api is not None
    await session.api.aclose()
    session.api = picture_api(wire)
    return Camera(session, snap_compare)


def made_up(request: httpx.Request) -> httpx.Response | None:
    """The rows above, for whoever asks for a customer's."""
    subject, _, more = request.url.path.removeprefix("/api/v3/").partition("/")
    if subject == "customer" and more == "1":
        return ok(
            {
                "customer_id": 1,
                "company": "Northwind Analytics, Inc.",
                "currency_iso4217": "USD",
                "balance": 1913.56,
            }
        )
    if subject not in MADE:
        return None
    rows = MADE[subject][int(request.url.params.get("offset", 0)) :]
    found: object = len(MADE[subject]) if more == "_count" else rows
    return httpx.Response(
        200, text=json.dumps({"code": 200, "status": "OK", "message": "", "response": found})
    )


@pytest.mark.sample("80x24")
@pytest.mark.parametrize("size", list(SIZES))
def test_all_kinds_of_entries(camera: Camera, wire: Wire, size: str) -> None:
    """Invoices, payments, a decline in brackets, a refund, what is void, a write-off without a date, and yen."""
    wire.instead = made_up
    assert camera.takes("b", size=SIZES[size])


@pytest.mark.sample("80x24")
@pytest.mark.parametrize("size", ["60x16", "80x24", "120x40"])
def test_not_proved(camera: Camera, wire: Wire, size: str) -> None:
    """The beginning is not read: what was owed before, and how many entries that are."""
    camera.session.api = Api(
        Connection("demo", "localhost", "demo", "demo", page_size=5),
        transport=wire,
        clock=lambda: 1000.0,
        retry=RetryPolicy(attempts=1),
    )
    assert camera.takes("b", "down", size=SIZES[size])


@pytest.mark.long
def test_a_part_is_refused(camera: Camera, wire: Wire) -> None:
    """Payments may not be read: no balance is known, and the sums are "at least"."""
    wire.instead = lambda request: refuse(403, "no") if "/transaction" in request.url.path else None
    assert camera.takes("b", size=SIZES["80x24"])


@pytest.mark.long
def test_since_a_day(camera: Camera) -> None:
    """Asked since which day."""
    assert camera.takes("b", "slash", typing("2026-01-01"), size=SIZES["80x24"])

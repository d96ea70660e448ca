"""What the lists and pages of all objects look like that are on no other picture. The demo's rows, or some made up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot

from cotui.catalog import RESOURCES, Resource
from cotui.tui.base.session import Session
from cotui.tui.lists.list_spec import ObjectListSpec
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import settle
from tests.tui.pictures import Camera, Compare, Step, picture_api, typing
from tests.tui.test_snapshots import themed

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}
#: those that other pictures show
ELSEWHERE = {"customer", "user", "invoice", "report"}
OBJECTS = [id_ for id_ in RESOURCES if id_ not in ELSEWHERE]
#: whose pages are of more than a few lines
LONG_PAGES = ("transaction", "package", "creditcard", "note", "item")
#: rows of what the demo has none of
MADE_UP: dict[str, list[dict[str, Any]]] = {
    "note": [
        {
            "note_id": 3,
            "note": "Called about invoice 12: the cheque is in the mail.\nCall again on Friday.",
            "note_is_pinned": True,
            "context_str": "customer",
            "context_id": 1,
            "admin_id": 1,
            "note_datetime": "2026-03-12 09:30:00",
        },
        {
            "note_id": 4,
            "note": "Wants one invoice a quarter.",
            "note_is_pinned": False,
            "context_str": "billing_package",
            "context_id": 2,
            "note_datetime": "2026-03-13 16:02:11",
        },
    ],
    "tokenized": [
        {
            "tokenized_id": 1,
            "customer_id": 7,
            "type": "customer",
            "name": "Visa x4111",
            "token": "cus_42",
            "paymethod_hint": "crd",
            "expdate": "2028-02-01",
        }
    ],
    "usage": [
        {
            "usage_history_id": 5,
            "line_item_id": 9,
            "usage_value": 12.5,
            "type": "add",
            "from": "2026-03-01 00:00:00",
            "to": "2026-03-02 00:00:00",
        }
    ],
    "_resthook": [{"id": 1, "event": "customer.insert", "target_url": "https://example.com/hook"}],
    "_chargeoverjs": [{"chargeoverjs_id": 1, "action": "customer.create", "payload": "{}", "token": "t1"}],
    "coupon": [{"coupon_id": 1, "coupon": "SPRING", "name": "A tenth less"}],
    "_log_system": [{"log_id": 8, "log_datetime": "2026-03-12 09:30:00", "msg": "Recurring billing began"}],
}


@pytest.fixture
async def camera(session: Session, wire: Wire, snap_compare: Compare) -> Camera:
    assert session.api is not None
    await session.api.aclose()
    session.api = picture_api(wire)
    wire.instead = made_up
    return Camera(session, snap_compare)


def made_up(request: httpx.Request) -> httpx.Response | None:
    """Rows of what the demo has none of."""
    parts = request.url.path.removeprefix("/api/v3/").split("/")
    rows = MADE_UP.get(parts[0])
    if rows is None or request.method != "GET":
        return None
    number = parts[1] if len(parts) > 1 else ""
    key = next(iter(rows[0]))
    found: Any = rows[int(request.url.params.get("offset", 0)) :]
    if number == "_count":
        found = len(rows)
    elif number:
        found = next((row for row in rows if str(row[key]) == number), None)
    body = {"code": 200, "status": "OK", "message": "", "details": {}, "response": found}
    return httpx.Response(200, text=json.dumps(body))


def opened(resource: Resource) -> Step:
    """Open the list of an object."""

    async def step(pilot: Pilot[Any]) -> None:
        app = pilot.app
        assert isinstance(app, CotuiApp)
        names = {"transaction": "payments", "package": "subscriptions"}
        if resource.id in names:
            app.action_tab(names[resource.id])
        else:
            app.open_list(ObjectListSpec(app.api, resource), tab="customers")
        await settle(pilot)

    return step


def _pages() -> Iterator[tuple[str, str]]:
    for id_ in OBJECTS:
        for size in SIZES:
            if id_ in LONG_PAGES or size == "120x40":
                yield id_, size


@pytest.mark.sample("80x24-transaction", "120x40-transaction", "120x40-package", "120x40-note")
@pytest.mark.parametrize("object_id", OBJECTS)
@pytest.mark.parametrize("size", list(SIZES))
def test_list(camera: Camera, object_id: str, size: str) -> None:
    """The list of an object: its columns as far as there is room, and its name where it has a number key."""
    assert camera.takes(opened(RESOURCES[object_id]), size=SIZES[size])


@pytest.mark.sample("transaction-120x40", "package-80x24")
@pytest.mark.parametrize(("object_id", "size"), list(_pages()), ids=["-".join(pair) for pair in _pages()])
def test_page(camera: Camera, object_id: str, size: str) -> None:
    """The page of the first record of an object."""
    assert camera.takes(opened(RESOURCES[object_id]), "enter", size=SIZES[size])


@pytest.mark.sample("transaction-textual-light-list")
@pytest.mark.parametrize("what", ["list", "page"])
@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
@pytest.mark.parametrize("object_id", ["transaction", "package"])
def test_other_colours(camera: Camera, object_id: str, theme: str, what: str) -> None:
    """Status words are good, waiting and bad in every theme."""
    steps: list[Step] = [opened(RESOURCES[object_id]), *(["enter"] if what == "page" else [])]
    assert themed(camera, theme).takes(*steps, size=SIZES["120x40"])


@pytest.mark.sample("80x24")
@pytest.mark.parametrize("size", list(SIZES))
def test_ways_to_pay(camera: Camera, size: str) -> None:
    """What a customer can pay with, in one list."""
    assert camera.takes("K", size=SIZES[size])


def test_narrowed_here(camera: Camera) -> None:
    """A filter that ChargeOver does not know: it is done here, which the first line says."""
    assert camera.takes(
        opened(RESOURCES["creditcard"]), "slash", typing("type = visa"), "enter", size=SIZES["120x40"]
    )

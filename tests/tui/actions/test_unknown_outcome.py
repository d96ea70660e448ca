"""After a lost answer: what the server shows now decides what is said, for every kind of write."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from cotui.api import Api, Connection, RetryPolicy, Write, calls
from cotui.catalog.editing import creation, editing
from cotui.catalog.model import Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.sandbox.http.app import create_app
from cotui.tui.actions.unknown_outcome import _same, look_for_outcome
from cotui.tui.base.object_register import hooks_of
from tests.stores import demo
from tests.tui.conftest import NOW, TODAY

EVERY_ACTION = [(resource, action) for resource in (CUSTOMER, USER, INVOICE) for action in resource.actions]
AGAIN = "It seems not to have been done."


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    store = demo(12, 1, TODAY)
    app = create_app(store, credentials={"demo": "demo"}, clock=lambda: NOW)
    made = Api(Connection("demo", "localhost", "demo", "demo"), transport=httpx.ASGITransport(app=app))
    yield made
    await made.aclose()
    store.close()


def write(resource: Resource, name: str, ref: int | None, payload: Any = None) -> Write:
    made = {"create": creation, "update": editing}.get(name)
    action = made(resource) if made else resource.action(name)
    assert action is not None
    return Write(resource, action, ref, payload)


async def told(api: Api, given: Write) -> str:
    return "\n".join(await look_for_outcome(api, given))


async def both(api: Api, given: Write) -> tuple[str, str]:
    """What is said when it was not done, and when it was."""
    before = await told(api, given)
    outcome = await api.write(given)
    assert outcome.done, outcome
    return before, await told(api, given)


async def test_a_record_that_was_to_be_made(api: Api) -> None:
    before, after = await both(
        api, write(CUSTOMER, "create", None, {"company": "New & Co", "external_key": "k/1"})
    )
    assert "no customer with the external key k/1" in before
    assert AGAIN in before
    assert ": New & Co with this external key: it was done." in after
    before, after = await both(api, write(CUSTOMER, "create", None, {"company": "Only: a, name"}))
    assert "There is no customer with Company Only: a, name." in before
    assert "If one of them was made just now, it was done" in after
    user = {"customer_id": 1, "first_name": "Ann", "last_name": "Lee", "email": "ann.lee@example.com"}
    before, after = await both(api, write(USER, "create", None, user))
    assert "There is no user with E-mail ann.lee@example.com." in before
    assert ": Ann Lee, made 20" in after
    invoice = write(INVOICE, "create", None, {"customer_id": 1})
    assert "If one of them was made just now" in await told(api, invoice)
    assert "Look whether the invoice is in the list" in await told(api, write(INVOICE, "create", None, {}))


async def test_a_change_is_compared_field_by_field(api: Api) -> None:
    given = write(CUSTOMER, "update", 1, {"company": "Other name", "bill_city": "Oslo"})
    before, after = await both(api, given)
    assert "wanted Other name" in before
    assert AGAIN in before
    assert "Company: Other name, as wanted" in after
    assert "it was done" in after
    half = write(CUSTOMER, "update", 1, {"company": "Third", "bill_city": "Oslo"})
    assert "Part of it is as wanted" in await told(api, half)


async def test_active_and_inactive(api: Api) -> None:
    for name in ("setInactive", "setActive"):
        before, after = await both(api, write(CUSTOMER, name, 1))
        assert AGAIN in before
        assert "it was done" in after


async def test_void_and_delete(api: Api) -> None:
    rows = (
        await api.worker.submit(
            calls.list_rows("invoice", "invoice_status_state:EQUALS:o", offset=0, limit=50)
        )
    ).response
    done = 0
    for row in rows:
        given = write(INVOICE, "void", row["invoice_id"])
        before = await told(api, given)
        if (await api.write(given)).done:
            assert AGAIN in before
            assert "it was done" in await told(api, given)
            done += 1
            break
    assert done
    made = calls.create("user", {"customer_id": 1, "first_name": "Ann", "email": "x@example.com"})
    ref = (await api.worker.submit(made)).response["id"]
    before, after = await both(api, write(USER, "delete", ref))
    assert "still there" in before
    assert after == "The user is not there any more: it was done."


async def test_what_leaves_no_trace_is_said(api: Api) -> None:
    for resource, action in EVERY_ACTION:
        if not action.untraced:
            continue
        text = await told(api, write(resource, action.name, 1))
        assert "e-mail" in text or "link" in text or "password" in text or "letter" in text


async def test_a_server_that_does_not_answer() -> None:
    def dead(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("x", request=request)

    api = Api(
        Connection("t", "acme", "k", "p"),
        transport=httpx.MockTransport(dead),
        retry=RetryPolicy(attempts=1),
    )
    for name, ref, payload in (("setActive", 1, None), ("create", None, {"company": "x"})):
        assert "can't be asked either" in await told(api, write(CUSTOMER, name, ref, payload))
    await api.aclose()


def test_every_action_is_thought_of() -> None:
    """No action falls through to "look at it" that changes something which can be told."""
    rest = {
        (resource.id, action.name)
        for resource, action in EVERY_ACTION
        if action.method == "POST" and not action.untraced
        if action.name not in hooks_of(resource.id).evidence
    }
    assert rest == {("invoice", "payByCard"), ("invoice", "payByBankAccount"), ("invoice", "pdf")}


@pytest.mark.parametrize(
    ("now", "wanted", "same"),
    [
        ("1.50", 1.5, True), (0, "0", True), (None, "", True), ("", None, True), (0, False, True),
        ("1", True, True), ("", False, True), (["b", "a"], ["a", "b"], True), ("a", "b", False),
        (None, "x", False), ([{"a": 1}], [{"b": 2}], True), ([{"a": 1}], [], False), ("x ", "x", True),
    ],
)  # fmt: skip
def test_values_that_mean_the_same(now: object, wanted: object, same: bool) -> None:
    assert _same(now, wanted) is same

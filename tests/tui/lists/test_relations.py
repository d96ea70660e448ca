"""From a record to those that belong with it."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from cotui.api import Api, Record, RetryPolicy
from cotui.catalog import RESOURCES
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.query import Condition, Op, Query
from cotui.tui.lists.relations import follow, has_page, record_named
from cotui.tui.lists.start_list import read_filter
from cotui.tui.shell.app import CotuiApp
from tests.api.support import api_with, ok, refuse
from tests.tui.flow import browse, press, record_page, settle, status, text_of

SIZE = (120, 40)


async def test_relations_are_one_key_away(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "u")
        assert browse(app).bar.read(browse(app).bar.applied).conditions[0].value == "1"
        users = browse(app).window
        assert users is not None
        assert users.length >= 1
        await press(pilot, "c")
        assert record_page(app).resource.id == "customer"
        assert record_page(app).record is not None
        assert record_page(app).record.id == 1
        await press(pilot, "i")
        invoices = browse(app).window
        assert invoices is not None
        assert all(row.raw["customer_id"] == 1 for _, row in invoices.loaded())
        await press(pilot, "escape", "escape", "escape")
        assert browse(app).listing.key == "customers"
        assert len(app.screen_stack) == 1
        await press(pilot, "escape")
        assert app.is_running


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("customer_id = 5", 5),
        ("id > 3 and customer_id = 5", 5),
        ("customer_id > 5", None),
        ("customer_id != 5", None),
        ("id = 5", None),
        ("", None),
    ],
)
def test_a_list_is_about_a_record_that_its_filter_names(text: str, ref: int | None) -> None:
    query = read_filter(text, INVOICE, date.today, {})
    assert record_named(query, INVOICE, "customer") == ref
    assert record_named(query, INVOICE, "user") is None


def test_a_filter_by_a_field_that_is_gone_names_nothing() -> None:
    query = Query((Condition("gone_id", Op.EQUALS, "5"), Condition("customer_id", Op.EQUALS, "a/b")))
    assert record_named(query, INVOICE, "customer") is None


def test_keys_lead_only_to_what_has_a_page() -> None:
    assert has_page("customer")
    assert not any(has_page(name) for name in ("", "no such object", "report"))


class Asks:
    """A screen that keeps where it was sent, and what it said."""

    tab = "users"

    def __init__(self, api: Api | None) -> None:
        self.went: list[tuple[object, ...]] = []
        self.said: list[str] = []
        self.cotui: Any = SimpleNamespace(
            session=SimpleNamespace(api=api),
            open_record=lambda kind, ref, tab: self.went.append((kind, ref)),
            open_list=lambda listing, tab, text="": self.went.append((listing.title, text)),
        )

    def say(self, text: str, severity: str = "information") -> None:
        self.said.append(text)


async def test_a_key_that_the_row_lacks_is_read_first() -> None:
    answers = [refuse(500, "down"), ok({"user_id": 1}), ok({"user_id": 1, "customer_id": "9"})]
    api = api_with(lambda request: answers.pop(0), rate_limit=10**6)
    api.worker.retry = RetryPolicy(attempts=1)
    screen: Any = Asks(api)
    row = Record({"user_id": 1, "name": "Jane"}, "user_id")
    while answers:
        await follow(screen, USER, "customer", row)
    assert screen.went == [("customer", 9)]
    assert screen.said[-1] == "this answer does not name its customer"
    await follow(
        screen, CUSTOMER, "invoices", Record({"customer_id": 5, "company": "A\x1b[2J"}, "customer_id")
    )
    title, text = screen.went[-1]
    assert (title, text) == ("Invoices of A␛[2J", "customer = 5")
    await api.aclose()


@pytest.mark.parametrize(
    ("object_id", "name", "row", "went"),
    [
        ("customer", "transactions", {"customer_id": 5, "company": "A"}, ("Payments of A", "customer = 5")),
        (
            "customer",
            "notes",
            {"customer_id": 5, "company": "A"},
            ("Notes of A", "about = customer about_id = 5"),
        ),
        (
            "package",
            "notes",
            {"package_id": 5},
            ("Notes of subscription 5", "about = subscription about_id = 5"),
        ),
        ("invoice", "transactions", {"invoice_id": 5, "refnumber": "N5"}, ("Payments of N5", "invoice = 5")),
        (
            "invoice",
            "transactions",
            {"invoice_id": 5, "refnumber": "4965"},
            ("Payments of invoice 4965", "invoice = 5"),
        ),
        ("invoice", "package", {"invoice_id": 5, "package_id": "3"}, ("package", 3)),
        ("transaction", "invoices", {"transaction_id": 5}, ("Invoices of payment 5", "transaction = 5")),
        ("transaction", "refunds", {"transaction_id": 5, "parent_transaction_id": 4}, ("transaction", 4)),
        (
            "transaction",
            "invoices",
            {"transaction_id": 5, "transaction_type": "ref"},
            ("Invoices of refund 5", "transaction = 5"),
        ),
        (
            "transaction",
            "refunds",
            {"transaction_id": 5, "refunds": [{"transaction_id": "6"}]},
            ("transaction", 6),
        ),
        (
            "transaction",
            "refunds",
            {
                "transaction_id": 5,
                "refunds": [{"transaction_id": 6}, {"transaction_id": 7}, {"transaction_id": 6}],
            },
            ("Refunds of payment 5", ""),
        ),
        (
            "package",
            "items",
            {"package_id": 5, "line_items": [{"item_id": 2}, {"item_id": "2"}, {}]},
            ("item", 2),
        ),
        ("note", "customer", {"note_id": 1, "context_str": "customer", "context_id": 9}, ("customer", 9)),
        (
            "note",
            "package",
            {"note_id": 1, "context_str": "billing_package", "context_id": 9},
            ("package", 9),
        ),
        ("ach", "transactions", {"ach_id": 4}, ("Payments of bank account 4", "ach_id = 4")),
    ],
)
async def test_where_keys_lead(
    object_id: str, name: str, row: dict[str, Any], went: tuple[object, ...]
) -> None:
    api = api_with(lambda request: refuse(500, f"nothing has to be read: {request.url}"))
    screen: Any = Asks(api)
    resource = RESOURCES[object_id]
    await follow(screen, resource, name, Record(row, resource.primary_key))
    assert (screen.went, screen.said) == ([went], [])
    await api.aclose()


@pytest.mark.parametrize(
    ("object_id", "name", "row", "said"),
    [
        (
            "note",
            "invoice",
            {"note_id": 1, "context_str": "customer", "context_id": 9},
            "this note has no invoice",
        ),
        ("transaction", "refunds", {"transaction_id": 5, "refunds": []}, "this payment has no refunds"),
        (
            "package",
            "items",
            {"package_id": 5, "line_items": [{"item_id": "a/b"}]},
            "this subscription has no items",
        ),
        ("transaction", "invoices", {"transaction_id": 5, "applied": 0}, "this payment paid no invoice"),
        (
            "transaction",
            "invoices",
            {"transaction_id": 5, "transaction_type": "cre", "applied": 0},
            "this credit paid no invoice",
        ),
        ("transaction", "invoices", {"transaction_id": 5, "applied": "0.00"}, "this payment paid no invoice"),
    ],
)
async def test_what_leads_nowhere_says_so(object_id: str, name: str, row: dict[str, Any], said: str) -> None:
    api = api_with(lambda request: refuse(500, f"nothing has to be read: {request.url}"))
    screen: Any = Asks(api)
    resource = RESOURCES[object_id]
    await follow(screen, resource, name, Record(row, resource.primary_key))
    assert (screen.went, screen.said) == ([], [said])
    await api.aclose()


@pytest.mark.parametrize(
    ("object_id", "name", "row", "said"),
    [
        ("invoice", "package", {}, "this answer does not name its subscription"),
        ("invoice", "package", {"package_id": None}, "this invoice has no subscription"),
        ("invoice", "package", {"package_id": ""}, "this invoice has no subscription"),
        ("transaction", "customer", {}, "this answer does not name its customer"),
        ("transaction", "refunds", {"transaction_type": "ref"}, "this answer does not name its payment"),
        (
            "transaction",
            "refunds",
            {"transaction_type": "ref", "parent_transaction_id": None},
            "this refund has no payment",
        ),
        ("transaction", "refunds", {"transaction_type": "pay"}, "this payment has no refunds"),
        ("note", "customer", {"context_id": 9}, "this answer does not name its customer"),
        ("note", "customer", {"context_str": "customer"}, "this answer does not name its customer"),
        ("note", "customer", {"context_str": "invoice"}, "this note has no customer"),
        ("user", "customer", {"customers": [{}]}, "this answer does not name its customer"),
        ("user", "customer", {"customers": []}, "this user has no customer"),
    ],
)
async def test_what_an_answer_leaves_out_is_not_said_to_be_nothing(
    object_id: str, name: str, row: dict[str, Any], said: str
) -> None:
    resource = RESOURCES[object_id]
    row = {resource.primary_key: 5, **row}
    api = api_with(lambda request: ok(row if resource.followed else [row]))
    screen: Any = Asks(api)
    await follow(screen, resource, name, Record(row, resource.primary_key))
    assert (screen.went, screen.said) == ([], [said])
    await api.aclose()


@pytest.mark.parametrize("applied", [None, "", "a lot", True, 5, "-0.5"])
async def test_what_a_payment_paid_is_looked_for_unless_it_tells_that_it_paid_nothing(
    applied: object,
) -> None:
    api = api_with(lambda request: refuse(500, "nothing has to be read"))
    screen: Any = Asks(api)
    row = Record({"transaction_id": 5, "applied": applied}, "transaction_id")
    await follow(screen, RESOURCES["transaction"], "invoices", row)
    assert screen.went == [("Invoices of payment 5", "transaction = 5")]
    await api.aclose()


async def test_a_refund_is_called_one_and_its_key_by_where_it_leads(app: CotuiApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        api = app.session.api
        assert api is not None
        found = read_filter("type = refund", RESOURCES["transaction"], date.today, {})
        refund = (await api.page(RESOURCES["transaction"], found, 0, 1)).rows[0]
        app.open_record("transaction", refund.ref, tab="transactions")
        await settle(pilot)
        title = text_of(app).splitlines()[2]
        assert title.strip().startswith("Refund of ")
        assert f"refund {refund.ref}" in title
        assert "ayment" not in title
        assert "F payment" in status(app)
        await press(pilot, "F")
        page = record_page(app)
        assert page.record is not None
        title = text_of(app).splitlines()[2]
        assert title.strip().startswith("Payment of ")
        assert f"payment {page.record.id}" in title
        assert "F refunds" in status(app)


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("pay", "Payment"),
        ("ref", "Refund"),
        ("cre", "Credit"),
        ("new", "Payment"),
        (None, "Payment"),
        ([], "Payment"),
    ],
)
def test_what_a_record_is_called_is_told_by_its_kind(kind: object, label: str) -> None:
    assert RESOURCES["transaction"].label_of({"transaction_type": kind}) == label
    assert CUSTOMER.label_of({"transaction_type": kind}) == "Customer"

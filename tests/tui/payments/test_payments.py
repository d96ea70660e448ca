"""What is said before an invoice is paid with a stored method or from the open balance."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from cotui.api import Record
from cotui.catalog import RESOURCES
from cotui.sandbox.database.store import Store
from cotui.tui.actions.confirm import ConfirmDialog
from cotui.tui.base.action_target import ActionTarget
from cotui.tui.payments import payments
from cotui.tui.payments.stored_methods import Stored, StoredMethod
from cotui.tui.shell.app import CotuiApp
from tests.tui.conftest import Wire
from tests.tui.flow import front_of
from tests.tui.invoicing import choose, found, keys, open_invoice, record, sent

STORED, OPEN_BALANCE = "stored method", "open balance"
NO_METHOD = " AND ".join(
    f"NOT EXISTS (SELECT 1 FROM {table} m WHERE m.customer_id = i.customer_id)"
    for table in ("creditcards", "ach_accounts", "tokenized")
)


CARD = StoredMethod("crd", 3, "Visa x1111")
BANK = StoredMethod("ach", 4, "Isabella x6667")
DEFAULT = {"customer_id": 9, "default_paymethod": "crd", "default_creditcard_id": "3"}


@pytest.mark.parametrize(
    ("invoice", "customer", "package", "said"),
    [
        ({"package_id": None}, DEFAULT, None, "Charged is the customer's default: Visa x1111."),
        (
            {},
            DEFAULT,
            None,
            "Charged is the customer's default, unless this invoice has a subscription with its own",
        ),
        (
            {"package_id": 5},
            DEFAULT,
            {},
            "Charged is the customer's default, unless the subscription has its own",
        ),
        ({"package_id": 5}, DEFAULT, {"paymethod": "inv"}, "Charged is the customer's default: Visa x1111."),
        (
            {"package_id": 5},
            DEFAULT,
            {"paymethod": "ach", "ach_id": 4},
            "Charged is the subscription's method: Isabella x6667.",
        ),
        ({"package_id": None}, {"default_paymethod": None}, None, "No default is set, so ChargeOver chooses"),
        ({"package_id": None}, {}, None, "The answer does not name the customer's default."),
    ],
)
def test_what_answers_leave_out_is_not_taken_for_nothing(
    invoice: dict[str, Any], customer: dict[str, Any], package: dict[str, Any] | None, said: str
) -> None:
    target = ActionTarget(
        RESOURCES["invoice"],
        Record({"invoice_id": 1, **invoice}, "invoice_id"),
        Record(customer, "customer_id"),
    )
    made_by = None if package is None else Record({"package_id": 5, **package}, "package_id")
    assert payments._charged_words(target, Stored([CARD, BANK], []), made_by)[0].startswith(said)


def words(app: CotuiApp) -> str:
    """What the confirmation says, without its frame and line breaks."""
    assert isinstance(app.screen, ConfirmDialog)
    return " ".join(front_of(app).replace("│", " ").split())


def of_customer(store: Store, where: str) -> int:
    """An open invoice that no subscription made, of a customer as wanted."""
    return found(
        store,
        "SELECT invoice_id FROM invoices i JOIN customers c USING (customer_id)"
        f" WHERE stage > 1 AND {where} ORDER BY package_id IS NOT NULL, invoice_id",
    )


async def test_the_default_method_and_the_balance_are_told_and_charged(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = of_customer(
        store, "package_id IS NULL AND default_ach_id IS NOT NULL AND default_paymethod = 'ach'"
    )
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        invoice = await record(app, "invoice", ref)
        customer = await record(app, "customer", invoice["customer_id"])
        method = await record(app, "ach", customer["default_ach_id"])
        await choose(pilot, STORED)
        said = words(app)
        assert f"Due of this invoice: {invoice['balance']:,.2f} {invoice['currency_iso4217']}." in said
        assert f"customer's default: {method['mask_bank']} {method['mask_number']}" in said
        assert sent(wire) == []
        await keys(pilot, "y")
        assert [(verb, path) for verb, path, _ in sent(wire)] == [("POST", f"/invoice/{ref}/_action/pay")]
        assert (await record(app, "invoice", ref))["is_paid"]


@pytest.mark.long
async def test_a_subscription_s_own_method_is_told(app: CotuiApp, store: Store) -> None:
    ref = found(
        store,
        "SELECT invoice_id FROM invoices JOIN packages p USING (package_id)"
        " WHERE stage > 1 AND p.creditcard_id IS NOT NULL AND p.paymethod = 'crd'",
    )
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        package = await record(app, "package", (await record(app, "invoice", ref))["package_id"])
        card = await record(app, "creditcard", package["creditcard_id"])
        await choose(pilot, STORED)
        assert f"the subscription's method: {card['type_name']} {card['mask_number']}" in words(app)


@pytest.mark.long
async def test_without_a_default_all_stored_methods_are_listed(app: CotuiApp, store: Store) -> None:
    ref = of_customer(store, "package_id IS NULL AND default_ach_id IS NOT NULL")
    with store.write() as connection:
        connection.execute("UPDATE customers SET default_paymethod = 'inv', default_ach_id = NULL")
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, STORED)
        assert "Charged is the only stored method: " in words(app)
        await keys(pilot, "escape")
        with store.write() as connection:
            connection.execute(
                "INSERT INTO tokenized (customer_id, token, name, write_datetime, mod_datetime)"
                " SELECT customer_id, 'secret-token', '[/x] x4111', 0, 0 FROM invoices WHERE invoice_id = ?",
                (ref,),
            )
        await choose(pilot, STORED)
        said = words(app)
        assert "No default is set" in said
        assert "[/x] x4111" in said
        assert "secret-token" not in said


async def test_a_customer_without_a_method_is_told_of_before_anything_is_sent(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = of_customer(store, NO_METHOD)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, STORED)
        assert "no stored card, bank account or token" in words(app)
        assert sent(wire) == []
        await keys(pilot, "y")
        assert "There is no payment method on file." in words(app)
        assert len(sent(wire)) == 1


async def test_methods_that_cannot_be_read_are_said_to_be_unknown(
    app: CotuiApp, wire: Wire, store: Store
) -> None:
    ref = of_customer(store, "package_id IS NULL")
    refusal = {"code": 403, "status": "Error", "message": "no", "response": False}
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        wire.instead = lambda request: (
            httpx.Response(403, json=refusal)
            if request.url.path.endswith(("/ach", "/creditcard", "/tokenized"))
            else None
        )
        await choose(pilot, STORED)
        assert "would be charged could not be read" in words(app)


@pytest.mark.long
async def test_a_payment_whose_answer_is_lost_is_sent_once(app: CotuiApp, wire: Wire, store: Store) -> None:
    ref = of_customer(store, "package_id IS NULL")

    def lost(request: httpx.Request) -> httpx.Response | None:
        if request.method == "POST":
            raise httpx.ReadTimeout("lost", request=request)
        return None

    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, STORED)
        wire.instead = lost
        await keys(pilot, "y", "y")
        assert "It is not known whether this was done." in words(app)
        assert len(sent(wire)) == 1


@pytest.mark.parametrize(("stage", "expected"), [(0, "Nothing is due"), (1, "This invoice is void")])
async def test_an_invoice_that_takes_no_payment_is_told_of(
    app: CotuiApp, store: Store, stage: int, expected: str
) -> None:
    ref = found(store, f"SELECT invoice_id FROM invoices WHERE stage = {stage}")
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, OPEN_BALANCE)
        assert expected in words(app)


async def test_the_open_balance_is_told_and_applied(app: CotuiApp, wire: Wire, store: Store) -> None:
    ref = of_customer(store, NO_METHOD)
    with store.write() as connection:
        connection.execute(
            "DELETE FROM transaction_applied WHERE transaction_id IN (SELECT transaction_id FROM"
            " transactions JOIN invoices USING (customer_id) WHERE invoice_id = ?)",
            (ref,),
        )
        connection.execute(
            "DELETE FROM transactions WHERE customer_id = (SELECT customer_id FROM invoices"
            " WHERE invoice_id = ?)",
            (ref,),
        )
        for kind, status, amount, void in (
            ("pay", 1, 1000, None),
            ("cre", 1, 205, None),
            ("pay", 0, 5000, None),
            ("pay", 1, 7000, 1),
            ("wri", 1, 90, None),
        ):
            connection.execute(
                "INSERT INTO transactions (customer_id, brand_id, currency_id, token, amount, transaction_type,"
                " gateway_status, void_datetime, transaction_date, transaction_datetime, write_datetime, mod_datetime)"
                " SELECT customer_id, brand_id, currency_id, hex(randomblob(6)), ?, ?, ?, ?, '2026-03-01', 0, 0, 0"
                " FROM invoices WHERE invoice_id = ?",
                (amount, kind, status, void, ref),
            )
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        before = await record(app, "invoice", ref)
        await choose(pilot, OPEN_BALANCE)
        assert "Open balance of the customer: 12.05 USD. Of it 12.05 USD would be applied." in words(app)
        await keys(pilot, "y")
        [(_, _, body)] = sent(wire)
        assert body == {"use_customer_balance": True}
        after = await record(app, "invoice", ref)
        assert round(before["balance"] - after["balance"], 2) == 12.05


@pytest.mark.long
async def test_no_open_balance_is_told_before_and_refused_after(app: CotuiApp, store: Store) -> None:
    ref = of_customer(store, NO_METHOD)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        await choose(pilot, OPEN_BALANCE)
        assert "no unapplied payments or credits: ChargeOver will answer no" in words(app)
        await keys(pilot, "y")
        assert "Refused: nothing was changed." in words(app)


@pytest.mark.long
async def test_what_is_voided_is_told_with_its_amounts(app: CotuiApp, store: Store) -> None:
    ref = of_customer(store, NO_METHOD)
    async with app.run_test(size=(100, 30)) as pilot:
        await open_invoice(pilot, ref)
        invoice = await record(app, "invoice", ref)
        await choose(pilot, "void")
        assert f"Total {invoice['total']:,.2f} " in words(app)
        assert f"of which {invoice['balance']:,.2f} " in words(app)

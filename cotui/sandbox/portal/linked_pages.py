"""The pages behind the links that records carry: whoever has such a link may see its page, without logging in.

/r/invoice/view/TOKEN      an invoice, /r/invoice/pdf/TOKEN the same as a file
/r/statement/view/TOKEN    the open invoices of a customer
/r/paymethod/i/TOKEN       the stored pay methods of a customer, and forms that add one
/r/paymethod/update/TOKEN  the same for the customer whose card it is, /r/paymethod/verify/TOKEN whose bank account
/r/trans/pay/TOKEN         what is due of an invoice or of a scheduled payment, and forms that pay it
/r/trans/ttlpay/TOKEN      the same for a scheduled payment

What the real pages look like is documented nowhere. Those of the administration are in admin_pages.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from starlette.responses import Response

from cotui.sandbox.billing import charging
from cotui.sandbox.billing.ledger import Share
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.lookups import Lookups
from cotui.sandbox.database.store import Store
from cotui.sandbox.database.write_context import WriteContext, named_row
from cotui.sandbox.errors import AnswerError, DeclinedError
from cotui.sandbox.objects.pay_methods.write import create_ach, create_creditcard
from cotui.sandbox.portal.invoice_pdf import invoice_pdf
from cotui.sandbox.portal.markup import Node, page, table, tag
from cotui.sandbox.portal.pages import account_form, card_form, invoice_page, invoice_table, method_table
from cotui.sandbox.portal.portal_request import PortalRequest

#: Invoices that a statement shows at most.
_SHOWN = 200


class _Due(NamedTuple):
    """What a pay link asks for: an invoice (a row of its table) and how much of it, in minor units."""

    invoice: dict[str, Any]
    amount: int
    #: day of a scheduled payment; "" where the whole balance is asked for
    scheduled: str = ""


class LinkedPages:
    """Answers browsers that follow a record's link."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def answer(self, request: PortalRequest, pieces: list[str]) -> Response | None:
        """The answer to a request, by the decoded pieces of its path below /r/; None when there is no such page."""
        if len(pieces) != 3 or "\x00" in pieces[2]:
            return None
        *kind, token = pieces
        match kind:
            case ["invoice", "view"]:
                return self._invoice(token, as_pdf=False)
            case ["invoice", "pdf"]:
                return self._invoice(token, as_pdf=True)
            case ["statement", "view"]:
                return self._statement(token)
            case ["paymethod", "i"]:
                return self._pay_methods(request, "SELECT * FROM customers WHERE token = ?", token)
            case ["paymethod", "update" | "verify"]:
                stored = "creditcards" if kind[1] == "update" else "ach_accounts"
                owner = f"(SELECT customer_id FROM {stored} WHERE token = ?)"  # noqa: S608 - our own names
                sql = f"SELECT * FROM customers WHERE customer_id = {owner}"  # noqa: S608 - our own names
                return self._pay_methods(request, sql, token)
            case ["trans", "pay"]:
                return self._pay(request, token, (_invoice_due, _scheduled_due))
            case ["trans", "ttlpay"]:
                return self._pay(request, token, (_scheduled_due,))
        return None

    def _invoice(self, token: str, *, as_pdf: bool) -> Response | None:
        with self._store.read() as reader:
            invoice = named_row(reader.connection, "SELECT * FROM invoices WHERE token = ?", token)
            if invoice is None:
                return None
            printed = _printer(reader.lookups, invoice)
            lines = [
                (descrip or name, f"{quantity:g}", printed(total))
                for name, descrip, quantity, total in reader.connection.execute(
                    "SELECT item_name, descrip, line_quantity, line_total FROM invoice_lines"
                    " WHERE invoice_id = ? ORDER BY line_item_id",
                    (invoice["invoice_id"],),
                )
            ]
            brand = reader.lookups.brands.get(invoice["brand_id"], "")
        if as_pdf:
            return Response(
                invoice_pdf(invoice, brand, lines, printed),
                media_type="application/pdf",
                headers={"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"},
            )
        return invoice_page(invoice, lines, printed, self._today)

    @property
    def _today(self) -> str:
        return self._clock.today().isoformat()

    def _statement(self, token: str) -> Response | None:
        with self._store.read() as reader:
            customer = named_row(reader.connection, "SELECT * FROM customers WHERE token = ?", token)
            if customer is None:
                return None
            rows = reader.connection.execute(
                "SELECT refnumber, token, date, due_date, total, balance, currency_id, stage FROM invoices"
                " WHERE customer_id = ? AND is_open = 1 ORDER BY due_date, invoice_id LIMIT ?",
                (customer["customer_id"], _SHOWN),
            ).fetchall()
            printed = _printer(reader.lookups, customer)
            return page(
                "Statement",
                tag("p", customer["company"]),
                tag("p", "Due: ", tag("b", printed(customer["balance"]))),
                invoice_table(rows, reader.lookups, self._today),
                tag("p", f"Only the first {_SHOWN} invoices are shown.") if len(rows) == _SHOWN else None,
            )

    def _pay_methods(self, request: PortalRequest, sql: str, token: str) -> Response | None:
        with self._store.read() as reader:
            customer = named_row(reader.connection, sql, token)
        if customer is None:
            return None
        note, status = "", 200
        if request.method == "POST":
            note, status = self._add_pay_method(request, customer["customer_id"])
        with self._store.read() as reader:
            return page(
                "Pay methods",
                tag("p", customer["company"]),
                tag("p", note, class_="note") if note else None,
                method_table(reader.connection, [customer["customer_id"]]),
                _forms(request, "Add card", "Add bank account"),
                status=status,
            )

    def _add_pay_method(self, request: PortalRequest, customer_id: int) -> tuple[str, int]:
        sent = {"customer_id": customer_id, **request.pay_method}
        try:
            with self._store.write() as connection:
                context = self._write_context(connection, request)
                if sent["routing"]:
                    create_ach(context, sent)
                else:
                    create_creditcard(context, sent)
        except AnswerError as error:
            return str(error), 400
        return "It was added.", 200

    def _pay(self, request: PortalRequest, token: str, kinds: tuple[_Finder, ...]) -> Response | None:
        note, status = "", 200
        if request.method == "POST":
            note, status = self._take_payment(request, token, kinds)
        with self._store.read() as reader:
            due = _first(reader.connection, token, kinds)
            if due is None:
                return None
            invoice = due.invoice
            printed = _printer(reader.lookups, invoice)
        sums: list[tuple[str, str]] = [
            ("Total", printed(invoice["total"])),
            ("Applied", printed(invoice["credits"] + invoice["payments"] + invoice["writeoffs"])),
            ("Balance", printed(invoice["balance"])),
        ]
        if due.scheduled:
            sums.append((f"Scheduled for {due.scheduled}", printed(due.amount)))
        return page(
            f"Pay invoice #{invoice['refnumber']}",
            tag("p", note, class_="note") if note else None,
            tag("p", f"Due on {invoice['due_date']}"),
            table(("", "Amount"), sums, amounts=("Amount",)),
            _forms(
                request, f"Pay {printed(due.amount)} by card", f"Pay {printed(due.amount)} by bank account"
            )
            if due.amount > 0
            else tag("p", "Nothing is due."),
            tag("a", "Invoice", href=f"/r/invoice/view/{invoice['token']}"),
            status=status,
        )

    def _take_payment(
        self, request: PortalRequest, token: str, kinds: tuple[_Finder, ...]
    ) -> tuple[str, int]:
        sent = request.pay_method
        try:
            with self._store.write() as connection:
                due = _first(connection, token, kinds)
                if due is None or due.amount <= 0:
                    return "Nothing is due.", 400
                context = self._write_context(connection, request)
                method = (
                    charging.new_bank_account(sent)
                    if sent["routing"]
                    else charging.new_card(sent, context.today)
                )
                share = Share(due.invoice["invoice_id"], due.amount)
                try:
                    charging.charge(context, due.invoice["customer_id"], [method], due.amount, [share])
                except DeclinedError as declined:
                    # the attempt stays on record
                    return str(declined), 400
        except AnswerError as error:
            return str(error), 400
        return "Thank you for your payment.", 200

    def _write_context(self, connection: sqlite3.Connection, request: PortalRequest) -> WriteContext:
        return WriteContext(connection, self._store, self._clock, request.base_url, ipaddr=request.ipaddr)


_Finder = Callable[[sqlite3.Connection, str], _Due | None]


def _first(connection: sqlite3.Connection, token: str, kinds: tuple[_Finder, ...]) -> _Due | None:
    return next((due for find in kinds if (due := find(connection, token)) is not None), None)


def _invoice_due(connection: sqlite3.Connection, token: str) -> _Due | None:
    invoice = named_row(connection, "SELECT * FROM invoices WHERE token = ?", token)
    return None if invoice is None else _Due(invoice, invoice["balance"])


def _scheduled_due(connection: sqlite3.Connection, token: str) -> _Due | None:
    planned = named_row(connection, "SELECT * FROM invoice_schedule WHERE token = ?", token)
    if planned is None:
        return None
    invoice = named_row(connection, "SELECT * FROM invoices WHERE invoice_id = ?", planned["invoice_id"])
    assert invoice is not None
    return _Due(invoice, min(planned["balance"], invoice["balance"]), planned["date"])


def _forms(request: PortalRequest, card: str, account: str) -> Node:
    return [card_form(request.path, card), tag("hr"), account_form(request.path, account)]


def _printer(lookups: Lookups, row: Mapping[str, Any]) -> Callable[[int], str]:
    return lookups.currency(row["currency_id"]).printed

"""What the pages of the customer portal show."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from starlette.responses import HTMLResponse

from cotui.sandbox.database.lookups import Lookups
from cotui.sandbox.objects.transaction.serve import TYPE_NAMES
from cotui.sandbox.portal.markup import Html, Node, field, form, page, table, tag
from cotui.sandbox.writing.portal_links import LOGIN_FORM

HOME = "/r/portal"
LOGOUT = "/r/logout"
#: Rows of a list that are shown at most.
_SHOWN = 200


@dataclass(frozen=True)
class Visitor:
    """Who is logged in, and what the pages are made from."""

    connection: sqlite3.Connection
    lookups: Lookups
    today: str
    user: Mapping[str, Any]

    @property
    def customers(self) -> list[Any]:
        """The customers the user is a contact of, as rows of id, company, currency, balance."""
        return self.rows(
            "SELECT c.customer_id, c.company, c.currency_id, c.balance FROM customer_users l"
            " JOIN customers c USING (customer_id) WHERE l.user_id = ? ORDER BY c.customer_id",
            self.user["user_id"],
        )

    def mine(self, sql: str) -> list[Any]:
        """Rows about the user's customers, `_SHOWN` at most; `IN mine` in the query stands for them."""
        ids = json.dumps([row[0] for row in self.customers])
        inside = sql.replace("IN mine", "IN (SELECT value FROM json_each(?))")
        return self.rows(f"{inside} LIMIT {_SHOWN}", ids)

    def rows(self, sql: str, *parameters: object) -> list[Any]:
        """Rows of a query."""
        return self.connection.execute(sql, parameters).fetchall()

    def amount(self, minor: int, currency_id: int) -> str:
        """An amount as it is printed."""
        return self.lookups.currency(currency_id).printed(minor)


class PortalPage(NamedTuple):
    """A page of the portal: its title and what it shows."""

    title: str
    show: Callable[[Visitor], Node]


def portal_page(visitor: Visitor, destination: str, note: str = "", status: int = 200) -> HTMLResponse:
    """A page for somebody who is logged in.

    Args:
        destination: one of `portal_links.DESTINATIONS`, or "" for the home page.
        note: a sentence about what was just done.
    """
    title, show = PAGES[destination]
    links = [
        tag("a", PAGES[name].title, href=f"{HOME}/{name}".rstrip("/")) for name in PAGES if "-" not in name
    ]
    return page(
        title,
        tag("nav", [[link, " "] for link in links]),
        tag("p", f"Logged in as {visitor.user['name'] or visitor.user['username']}."),
        tag("p", note, class_="note") if note else None,
        show(visitor),
        form(LOGOUT, button="Log out"),
        status=status,
    )


def _home(visitor: Visitor) -> Node:
    return [
        tag("p", row[1], ": ", tag("b", visitor.amount(row[3], row[2])), " due") for row in visitor.customers
    ]


def _subscriptions(visitor: Visitor) -> Node:
    rows = visitor.mine(
        "SELECT package_id, coalesce(nickname, ''), package_status_str, paycycle FROM packages"
        " WHERE customer_id IN mine ORDER BY package_id DESC"
    )
    return table(("Subscription", "Name", "Status", "Cycle"), rows)


def _invoices(visitor: Visitor) -> Node:
    rows = visitor.mine(
        "SELECT refnumber, token, date, due_date, total, balance, currency_id, stage FROM invoices"
        " WHERE customer_id IN mine ORDER BY invoice_id DESC"
    )
    return invoice_table(rows, visitor.lookups, visitor.today)


def invoice_table(rows: Sequence[Any], lookups: Lookups, today: str) -> Html:
    """A list of invoices.

    Args:
        rows: refnumber, token, date, due date, total, balance, currency and stage of each.
    """
    return table(
        ("Invoice", "Date", "Due", "Status", "Total", "Balance"),
        [
            (
                tag("a", f"#{refnumber}", href=f"/r/invoice/view/{token}"),
                day,
                due,
                invoice_status(stage, due, today),
                *map(lookups.currency(currency_id).printed, (total, balance)),
            )
            for refnumber, token, day, due, total, balance, currency_id, stage in rows
        ],
        amounts=("Total", "Balance"),
    )


def invoice_status(stage: int, due_date: str, today: str) -> str:
    """The status of an invoice in words."""
    names = {0: "Paid", 1: "Void", 2: "Collections"}
    return names.get(stage) or ("Overdue" if due_date < today else "Unpaid")


def _payments(visitor: Visitor) -> Node:
    rows = visitor.mine(
        "SELECT transaction_date, transaction_type, transaction_method, transaction_detail, amount, currency_id"
        " FROM transactions WHERE customer_id IN mine AND gateway_status = 1 AND void_datetime IS NULL"
        " ORDER BY transaction_id DESC"
    )
    return table(
        ("Date", "Kind", "Method", "Amount"),
        [
            (
                day,
                TYPE_NAMES.get(kind, kind),
                " ".join(part for part in (method, detail) if part),
                visitor.amount(amount, currency_id),
            )
            for day, kind, method, detail, amount, currency_id in rows
        ],
        amounts=("Amount",),
    )


def _info(visitor: Visitor) -> Node:
    user = visitor.user
    rows = [("User name", user["username"]), ("Name", user["name"])]
    rows += [("E-mail", user["email"]), ("Phone", user["phone"])]
    rows += [("Customer", row[1]) for row in visitor.customers]
    return table(("", ""), [(name, value or "") for name, value in rows])


def _pay_methods(visitor: Visitor) -> Node:
    return [
        method_table(visitor.connection, [row[0] for row in visitor.customers]),
        tag("a", "Add a card", href=f"{HOME}/paymethods-creditcard"),
        " ",
        tag("a", "Add a bank account", href=f"{HOME}/paymethods-ach"),
    ]


def method_table(connection: sqlite3.Connection, customer_ids: Sequence[int]) -> Html:
    """The stored pay methods of customers, `_SHOWN` of each kind at most; their numbers are masked."""
    ids = json.dumps(list(customer_ids))
    rows: list[Any] = []
    for columns, name in (
        ("coalesce(type, ''), mask_number, expdate", "creditcards"),
        ("type, mask_number, ''", "ach_accounts"),
        ("coalesce(paymethod_hint, ''), coalesce(name, ''), coalesce(expdate, '')", "tokenized"),
    ):
        rows += connection.execute(
            f"SELECT {columns} FROM {name}"  # noqa: S608 - our own names
            f" WHERE customer_id IN (SELECT value FROM json_each(?)) LIMIT {_SHOWN}",
            (ids,),
        ).fetchall()
    return table(("Kind", "Number", "Expires"), rows)


def card_form(action: str, button: str) -> Html:
    """A form for the numbers of a card."""
    return form(
        action,
        field("Card number", "number", required=True, autocomplete="off"),
        field("Expires, month", "expdate_month", required=True, maxlength="2"),
        field("Expires, year", "expdate_year", required=True, maxlength="4"),
        field("Name on card", "name", maxlength="200"),
        button=button,
    )


def account_form(action: str, button: str) -> Html:
    """A form for the numbers of a bank account."""
    return form(
        action,
        field("Account number", "number", required=True, autocomplete="off"),
        field("Routing number", "routing", required=True, autocomplete="off"),
        field("Name on account", "name", maxlength="200"),
        button=button,
    )


def _add_card(visitor: Visitor) -> Node:
    return [card_form(f"{HOME}/paymethods-creditcard", "Add card"), _pay_methods(visitor)]


def _add_account(visitor: Visitor) -> Node:
    return [account_form(f"{HOME}/paymethods-ach", "Add bank account"), _pay_methods(visitor)]


def _password(_: Visitor) -> Node:
    return password_form(f"{HOME}/password")


PAGES: Mapping[str, PortalPage] = {
    "": PortalPage("Home", _home),
    "subscriptions": PortalPage("Subscriptions", _subscriptions),
    "invoices": PortalPage("Invoices", _invoices),
    "payments": PortalPage("Payments", _payments),
    "info": PortalPage("Your details", _info),
    "paymethods": PortalPage("Pay methods", _pay_methods),
    "paymethods-creditcard": PortalPage("Add a card", _add_card),
    "paymethods-ach": PortalPage("Add a bank account", _add_account),
    "password": PortalPage("Password", _password),
}


def password_form(action: str) -> Html:
    """A form for setting a password."""
    return form(
        action,
        field("New password", "password", "password", required=True, autocomplete="new-password"),
        field("Again", "again", "password", required=True, autocomplete="new-password"),
        button="Set password",
    )


def login_page(note: str = "", status: int = 200) -> HTMLResponse:
    """The form for logging in."""
    return page(
        "Log in",
        tag("p", note, class_="note") if note else None,
        form(
            LOGIN_FORM,
            field("User name", "username", required=True, autocomplete="username"),
            field("Password", "password", "password", required=True, autocomplete="current-password"),
            button="Log in",
        ),
        status=status,
    )


def reset_page(path: str, username: str, note: str = "", status: int = 200) -> HTMLResponse:
    """The page behind a link for a new password."""
    return page(
        "Set a new password",
        tag("p", f"User name: {username}"),
        tag("p", note, class_="note") if note else None,
        password_form(path),
        status=status,
    )


def refusal(title: str, reason: str, status: int) -> HTMLResponse:
    """A page that says why something does not work."""
    return page(title, tag("p", reason, class_="note"), tag("a", "Log in", href=LOGIN_FORM), status=status)


def invoice_page(
    invoice: Mapping[str, Any], lines: Sequence[Any], amount: Callable[[int], str], today: str
) -> HTMLResponse:
    """An invoice for whoever has its link.

    Args:
        invoice: a row of the table.
        lines: description, quantity and amount of every line, as they are printed.
        amount: prints minor units of its currency.
    """
    sums = [
        (name, amount(invoice[key]))
        for name, key in (
            ("Subtotal", "subtotal"),
            ("Taxes", "taxes"),
            ("Total", "total"),
            ("Balance", "balance"),
        )
    ]
    return page(
        f"Invoice #{invoice['refnumber']}",
        tag("p", f"Date: {invoice['date']}, due: {invoice['due_date']}"),
        tag("p", invoice_status(invoice["stage"], invoice["due_date"], today)),
        table(("Item", "Quantity", "Amount"), lines, amounts=("Amount",)),
        table(("", "Sum"), sums, amounts=("Sum",)),
        tag("pre", invoice["memo"]) if invoice["memo"] else None,
        tag("a", "PDF", href=f"/r/invoice/pdf/{invoice['token']}"),
        [" ", tag("a", "Pay", href=f"/r/trans/pay/{invoice['token']}")] if invoice["is_open"] else None,
    )

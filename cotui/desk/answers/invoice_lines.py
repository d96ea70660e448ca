"""What an invoice or subscription is made of: its lines, and the payments that are planned for it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from cotui.api import Record
from cotui.desk.amounts import Amount, number_in, sums
from cotui.desk.answers import json_forms as forms
from cotui.desk.answers.invoices import Scheduled
from cotui.desk.answers.page import Column, Row
from cotui.desk.answers.values import Currencies, Values, parts_in, text_in

LINE_COLUMNS: Final = (
    Column("item", "Item"),
    Column("description", "Description", drop=4),
    Column("quantity", "How many", drop=1, right=True),
    Column("rate", "Each", drop=2, right=True),
    Column("tax", "Tax", drop=3, right=True),  # without it how many and each do not come to the amount
)
SCHEDULE_COLUMNS: Final = (Column("date", "On"), Column("method", "By", drop=1))
_METHODS: Final = {
    "crd": "card",
    "ach": "bank account",
    "tok": "token",
    "inv": "by invoice",
    "any": "any way",
}


def lines_of(record: Record | None, currencies: Currencies) -> list[tuple[Values, Amount | None]] | None:
    """The lines of an invoice with what each comes to; None where the record does not hold them.

    Older answers have no sum of a line. Then it is its rate times its quantity, where that comes to the invoice's subtotal.
    """
    parts = None if record is None else parts_in(record.raw, "line_items")
    if record is None or parts is None:
        return None
    told = [currencies.amount(part, "line_total", record.raw) for part in parts]
    if None in told:
        worked = [_product(part, currencies, record.raw) for part in parts]
        subtotal = currencies.amount(record.raw, "subtotal")
        found = sums(worked)
        agrees = subtotal is not None and len(found) == 1 and found[0] == subtotal
        told = [one or (other if agrees else None) for one, other in zip(told, worked, strict=True)]
    return list(zip(parts, told, strict=True))


def _product(part: Values, currencies: Currencies, of: Values) -> Amount | None:
    rate, quantity = currencies.amount(part, "line_rate", of), number_in(part.get("line_quantity"))
    return None if rate is None or quantity is None else rate._replace(amount=rate.amount * quantity)


def line_row(part: Values, amount: Amount | None, currencies: Currencies, of: Values) -> Row:
    """A line as a line of a table."""
    item = text_in(part, "nickname", "item_name") or text_in(part, "descrip") or "line"
    words = text_in(part, "descrip")
    quantity = _plain(number_in(part.get("line_quantity")))
    rate, tax = (currencies.amount(part, name, of) for name in ("line_rate", "tax_total"))
    each, taxed = (one.number if one is not None else "" for one in (rate, tax))
    said = [item, "" if words == item else words]
    if quantity not in ("", "1") and not each:
        said.append(quantity)
    if quantity and each:
        said.append(f"{quantity} at {each}")
    if tax is not None and tax.amount:
        said.append(f"tax {taxed}")
    said.append(amount.text if amount is not None else "")
    return Row("", None, (item, words, quantity, each, taxed), amount, "", ", ".join(filter(None, said)))


def line_json(part: Values, amount: Amount | None, currencies: Currencies, of: Values) -> forms.Json:
    """A line as JSON."""
    return {
        "item": text_in(part, "nickname", "item_name") or None,
        "description": part.get("descrip"),
        "quantity": _plain(number_in(part.get("line_quantity"))) or None,
        "rate": forms.money(currencies.amount(part, "line_rate", of)),
        "tax": forms.money(currencies.amount(part, "tax_total", of)),
        "total": forms.money(amount),
    }


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():,f}"


def schedule_rows(schedule: Sequence[Scheduled]) -> list[Row]:
    """Planned payments as lines of a table."""
    found = []
    for one in schedule:
        day, way = str(one.day or ""), _METHODS.get(one.method, one.method)
        said = ", ".join(filter(None, (day, way, one.amount.text if one.amount is not None else "")))
        found.append(Row("", None, (day, way), one.amount, "waiting", said))
    return found


def schedule_json(schedule: Sequence[Scheduled]) -> list[forms.Json]:
    """Planned payments as JSON."""
    return [
        {
            "date": forms.day(one.day),
            "amount": forms.money(one.amount),
            "balance": forms.money(one.balance),
            "method": one.method or None,
        }
        for one in schedule
    ]

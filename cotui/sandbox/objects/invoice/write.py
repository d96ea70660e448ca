"""Creating, updating and deleting invoices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cotui.catalog.objects.invoice import INVOICE
from cotui.sandbox.billing.taxes import Tax, tax_of
from cotui.sandbox.billing.totals import refresh_invoice, refresh_totals
from cotui.sandbox.database.served_values import ADDRESS_PARTS
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError
from cotui.sandbox.objects.invoice.write_lines import LineWriter
from cotui.sandbox.writing.payload import Payload, object_of, objects, read, required
from cotui.sandbox.writing.references import is_named, resolve, unique_key

_OWN = tuple(item for item in INVOICE.fields if not item.references)
_CREATED = tuple(item for item in _OWN if item.creatable)
_UPDATED = tuple(item for item in _OWN if item.updatable)
_VOID = 1


def create(context: WriteContext, payload: Payload) -> int:
    """Adds an invoice with its lines."""
    sent = _with_date(object_of(payload))
    customer_id = resolve(context, sent, "customer")
    if customer_id is None:
        raise required("customer_id")
    lines = objects(sent, "line_items")
    if not lines:
        raise required("line_items")
    customer = context.known_row("customers", "customer_id", customer_id)
    if resolve(context, sent, "currency") not in (None, customer["currency_id"]):
        raise BadRequestError("The currency of an invoice is that of its customer.")
    values = read(sent, _CREATED, context.clock.zone)
    refnumber = values.pop("refnumber", None)
    values["external_key"] = unique_key(context, "invoice", values.get("external_key"))
    day = values.pop("date", None) or context.today.isoformat()
    terms_id = resolve(context, sent, "terms") or customer["terms_id"]
    invoice_id = context.insert(
        "invoices",
        {
            **_addresses(customer, values),
            **values,
            "refnumber": refnumber or "",
            "customer_id": customer_id,
            "brand_id": customer["brand_id"],
            "currency_id": customer["currency_id"],
            "class_id": resolve(context, sent, "class") or customer["class_id"],
            "admin_id": resolve(context, sent, "admin") or customer["admin_id"],
            "terms_id": terms_id,
            "token": context.token(),
            "date": day,
            "cycle_this_date": day,
            "due_date": _due_date(context, day, terms_id),
            **context.written,
        },
    )
    if not refnumber:
        context.update("invoices", "invoice_id", invoice_id, {"refnumber": str(invoice_id)})
    writer = LineWriter(context, invoice_id, customer["currency_id"], _tax(context, customer, invoice_id))
    for line in lines:
        writer.add(line)
    _settle(context, invoice_id, customer_id)
    return invoice_id


def update(context: WriteContext, number: int, payload: Payload) -> None:
    """Changes the fields that are sent. Lines that are sent are all the invoice has from then on."""
    sent = _with_date(object_of(payload))
    stored = context.known_row("invoices", "invoice_id", number)
    values = read(sent, _UPDATED, context.clock.zone)
    if "external_key" in values:
        values["external_key"] = unique_key(context, "invoice", values["external_key"], number)
    if not values.get("refnumber"):
        values.pop("refnumber", None)
    if resolve(context, sent, "currency") not in (None, stored["currency_id"]):
        raise BadRequestError("The currency of an invoice cannot be changed.")
    if is_named(sent, "admin"):
        values["admin_id"] = resolve(context, sent, "admin")
    values["terms_id"] = resolve(context, sent, "terms") or stored["terms_id"]
    values["date"] = values.get("date") or stored["date"]
    if (values["date"], values["terms_id"]) != (stored["date"], stored["terms_id"]):
        values["due_date"] = _due_date(context, values["date"], values["terms_id"])
    context.update("invoices", "invoice_id", number, {**values, "mod_datetime": context.now})
    lines = objects(sent, "line_items")
    if lines is not None:
        if not lines:
            raise BadRequestError("An invoice needs at least one line item.")
        customer = context.known_row("customers", "customer_id", stored["customer_id"])
        writer = LineWriter(context, number, stored["currency_id"], _tax(context, customer, number))
        writer.replace(lines, frozen=stored["stage"] == _VOID)
    _settle(context, number, stored["customer_id"])


def delete(context: WriteContext, number: int) -> None:
    """Removes an invoice that nothing was applied to."""
    run = context.connection.execute
    if run("SELECT 1 FROM transaction_applied WHERE invoice_id = ? LIMIT 1", (number,)).fetchone():
        raise BadRequestError("This invoice cannot be deleted: transactions are applied to it.")
    (customer_id,) = run("SELECT customer_id FROM invoices WHERE invoice_id = ?", (number,)).fetchone()
    for table, key in (("invoice_lines", "line_item_id"), ("invoice_schedule", "invoice_schedule_id")):
        sql = f"SELECT {key} FROM {table} WHERE invoice_id = ?"  # noqa: S608 - our own names
        for (row,) in run(sql, (number,)).fetchall():
            context.delete(table, key, row)
    # what was used can be billed again
    run("UPDATE usages SET invoice_id = NULL WHERE invoice_id = ?", (number,))
    context.delete("invoices", "invoice_id", number)
    refresh_totals(context.connection, customer_id)


def _with_date(sent: dict[str, Any]) -> dict[str, Any]:
    """A payload with `date`, which one client calls `invoice_date`."""
    if "invoice_date" in sent and not sent.get("date"):
        return {**sent, "date": sent["invoice_date"]}
    return sent


def _due_date(context: WriteContext, day: str, terms_id: int) -> str:
    days = context.lookups.terms_of(terms_id).days
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _addresses(customer: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The customer's addresses, each unless the invoice brings its own."""
    found: dict[str, Any] = {}
    for prefix in ("bill", "ship"):
        names = [f"{prefix}_{part}" for part in ADDRESS_PARTS]
        if not any(values.get(name) for name in names):
            found |= {name: customer[name] for name in names}
    return found


def _tax(context: WriteContext, customer: Mapping[str, Any], invoice_id: int) -> Tax | None:
    if customer["no_taxes"]:
        return None
    row = context.connection.execute(
        "SELECT bill_country, bill_state FROM invoices WHERE invoice_id = ?", (invoice_id,)
    ).fetchone()
    return tax_of(context.connection, *row)


def _settle(context: WriteContext, invoice_id: int, customer_id: int) -> None:
    """Brings everything that follows from the lines up to date."""
    refresh_invoice(context.connection, invoice_id, context.today)
    total, balance = context.connection.execute(
        "SELECT total, balance FROM invoices WHERE invoice_id = ?", (invoice_id,)
    ).fetchone()
    if total < 0:
        raise BadRequestError("The total of an invoice cannot be negative.")
    if balance < 0:
        raise BadRequestError("The total of an invoice cannot be less than what is applied to it.")
    _trim_schedule(context, invoice_id, balance)
    refresh_totals(context.connection, customer_id)


def _trim_schedule(context: WriteContext, invoice_id: int, balance: int) -> None:
    """Takes from the scheduled payments, the last ones first, what is no longer due."""
    rows = context.connection.execute(
        "SELECT invoice_schedule_id, balance FROM invoice_schedule WHERE invoice_id = ?"
        " ORDER BY date DESC, invoice_schedule_id DESC",
        (invoice_id,),
    ).fetchall()
    excess = sum(due for _, due in rows) - balance
    for number, due in rows:
        if excess <= 0:
            break
        less = min(excess, due)
        excess -= less
        if less == due:
            context.delete("invoice_schedule", "invoice_schedule_id", number)
        else:
            context.connection.execute(
                "UPDATE invoice_schedule SET amount = amount - ?, balance = balance - ?"
                " WHERE invoice_schedule_id = ?",
                (less, less, number),
            )

"""Actions of subscriptions. What each changes follows recordings of the real service where there are any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.types.date import sent_day
from cotui.sandbox.billing import mail
from cotui.sandbox.billing.cycles import CYCLES, next_after, run_of
from cotui.sandbox.billing.package_invoice import make_invoice
from cotui.sandbox.billing.package_money import refresh_mrr
from cotui.sandbox.billing.package_status import is_suspended
from cotui.sandbox.billing.stored_methods import chosen_method
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.objects.endpoint import on_record
from cotui.sandbox.objects.package.write_lines import Owner, add_line, line_of, lines_of
from cotui.sandbox.writing.payload import Payload, object_of, read, refused, required, value_of, whole, yes

#: date of an invoice: the day on which it is due to be made
NEXT_SCHEDULED = "NEXT_SCHEDULED_INVOICE"


def _upgrade(context: WriteContext, number: int, payload: Payload) -> Any:
    """Replaces lines, adds new ones, and cancels those that say so; lines that are not named stay."""
    package = _package(context, number)
    lines = lines_of(object_of(payload))
    if not lines:
        raise required("line_items")
    owner = Owner(number, package["currency_id"], package["paycycle"])
    for sent in lines:
        old = line_of(context, number, sent)
        if yes(sent, "cancel"):
            if old is None:
                raise required("line_item_id")
            context.update(
                "package_lines", "line_item_id", old["line_item_id"], {"cancel_datetime": context.now}
            )
            continue
        add_line(context, owner, sent, old)
        if old is not None:
            context.update("package_lines", "line_item_id", old["line_item_id"], {"is_replaced": 1})
    _touch(context, package, {})
    return True


def _invoice(context: WriteContext, number: int, payload: Payload) -> Any:
    """Makes the invoice of the next cycle now, with today's date, a given one, or that of its schedule."""
    package = _package(context, number)
    if not package["package_status_str"].startswith("active") or is_suspended(package, context.clock):
        raise BadRequestError("This package cannot be invoiced: it is not active.")
    sent = object_of(payload).get("date")
    if sent is None or sent == "":
        day = context.today
    elif not isinstance(sent, str):
        raise missing_or_invalid()
    elif sent.strip().upper() == NEXT_SCHEDULED:
        day = context.today
        if package["next_invoice_datetime"] is not None:
            day = datetime.fromtimestamp(package["next_invoice_datetime"], context.clock.zone).date()
    else:
        with refused():
            day = date.fromisoformat(sent_day(sent))
    return {"id": make_invoice(context, package, day)}


def _suspend(context: WriteContext, number: int, payload: Payload) -> Any:
    """Stops billing from now or a given moment on, until a given one or for good."""
    package = _package(context, number)
    if package["package_status_str"].startswith(("canceled", "expired")):
        raise BadRequestError("This package cannot be suspended: it is not active.")
    values = read(object_of(payload), PACKAGE.action("suspend").payload, context.clock.zone)
    begin = values.get("suspendfrom_datetime") or context.now
    end = values.get("suspendto_datetime")
    if end is not None and end < begin:
        raise missing_or_invalid()
    status = package["package_status_str"]
    if begin <= context.now and end is None:
        status = "suspended-suspended"
    elif status.startswith("suspended"):
        status = "active-current"
    _touch(
        context,
        package,
        {"suspendfrom_datetime": begin, "suspendto_datetime": end, "package_status_str": status},
    )
    return True


def _unsuspend(context: WriteContext, number: int, _payload: Payload) -> Any:
    """Starts billing again; nothing happens to a subscription that is not suspended."""
    package = _package(context, number)
    values: dict[str, Any] = {"suspendfrom_datetime": None, "suspendto_datetime": None}
    if is_suspended(package, context.clock):
        if package["package_status_str"].startswith("suspended"):
            values["package_status_str"] = "active-current"
        values["next_invoice_datetime"] = _next_run(context, package)
    _touch(context, package, values)
    return True


def _cancel(context: WriteContext, number: int, _payload: Payload) -> Any:
    """Ends a subscription: no further invoice is made."""
    package = _package(context, number)
    if not package["package_status_str"].startswith("canceled"):
        values = {
            "package_status_str": "canceled-manual",
            "cancel_datetime": context.now,
            "next_invoice_datetime": None,
        }
        _touch(context, package, values)
    return True


def _uncancel(context: WriteContext, number: int, _payload: Payload) -> Any:
    """Has a canceled subscription run again; nothing happens to one that is not canceled."""
    package = _package(context, number)
    if package["package_status_str"].startswith("canceled"):
        values = {
            "package_status_str": "active-current",
            "cancel_datetime": None,
            "suspendfrom_datetime": None,
            "suspendto_datetime": None,
            "next_invoice_datetime": _next_run(context, package),
        }
        _touch(context, package, values)
    return True


def _hold(context: WriteContext, number: int, payload: Payload) -> Any:
    """Moves the next invoice; of a canceled subscription too, as recorded."""
    package = _package(context, number)
    values = read(object_of(payload), PACKAGE.action("hold").payload, context.clock.zone)
    until = values.get("holduntil_datetime")
    if until is None:
        raise required("holduntil_datetime")
    _touch(context, package, {"holduntil_datetime": until, "next_invoice_datetime": until})
    return True


def _pay_method(context: WriteContext, number: int, payload: Payload) -> Any:
    """Changes how a subscription is paid; scheduled payments of its open invoices follow it."""
    package = _package(context, number)
    chosen = chosen_method(context, package["customer_id"], object_of(payload), must=True)
    _touch(context, package, chosen)
    context.connection.execute(
        f"UPDATE invoice_schedule SET {', '.join(f'{name} = ?' for name in chosen)}"  # noqa: S608 - our own names
        " WHERE balance > 0 AND invoice_id IN"
        " (SELECT invoice_id FROM invoices WHERE package_id = ? AND is_open = 1)",
        (*chosen.values(), number),
    )
    return True


def _pay_cycle(context: WriteContext, number: int, payload: Payload) -> Any:
    """Changes how often a subscription is billed, and with it when it is billed next."""
    package = _package(context, number)
    (field,) = PACKAGE.action("paycycle").payload
    paycycle = value_of(object_of(payload).get("paycycle"), field, context.clock.zone)
    if paycycle is None:
        raise required("paycycle")
    if paycycle not in CYCLES:
        raise missing_or_invalid()
    values = {"paycycle": paycycle}
    if package["next_invoice_datetime"] is not None:
        values["next_invoice_datetime"] = _next_run(context, {**package, "paycycle": paycycle})
    _touch(context, package, values)
    return True


def _welcome(context: WriteContext, number: int, payload: Payload) -> Any:
    """Sends the welcome message or another template; false when there is no address to send it to."""
    package = _package(context, number)
    message_id = whole(object_of(payload), "message_id")
    to = mail.contact(context, package["customer_id"])
    if not to:
        return False
    name = package["nickname"] or f"subscription #{number}"
    if message_id:
        subject, text = f"Message {message_id} about {name}", f"This is the message template {message_id}."
    else:
        subject, text = f"Welcome: {name}", f"Your {name} is ready."
    context.email(to=to, subject=subject, body=f"Hello,\n\n{text}\n", cause="package.welcome")
    return True


def _package(context: WriteContext, number: int) -> dict[str, Any]:
    return context.known_row("packages", "package_id", number)


def _next_run(context: WriteContext, package: Mapping[str, Any]) -> int:
    """When a subscription that runs again, or in another cycle, is billed next: whole cycles after its last
    invoice, or after its beginning."""
    zone = context.clock.zone
    (last,) = context.connection.execute(
        "SELECT max(date) FROM invoices WHERE package_id = ? AND stage <> 1", (package["package_id"],)
    ).fetchone()
    if last is not None:
        anchor = date.fromisoformat(last)
    else:
        anchor = datetime.fromtimestamp(package["start_datetime"] or context.now, zone).date()
    return run_of(next_after(anchor, package["paycycle"], context.today), zone)


def _touch(context: WriteContext, package: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    context.update("packages", "package_id", package["package_id"], {**values, "mod_datetime": context.now})
    refresh_mrr(context, package["customer_id"])


ACTIONS = {
    "upgrade": on_record(_upgrade),
    "invoice": on_record(_invoice),
    "suspend": on_record(_suspend),
    "unsuspend": on_record(_unsuspend),
    "cancel": on_record(_cancel),
    "uncancel": on_record(_uncancel),
    "hold": on_record(_hold),
    "setpaymethod": on_record(_pay_method),
    "paymethod": on_record(_pay_method),
    "paycycle": on_record(_pay_cycle),
    "welcome": on_record(_welcome),
}

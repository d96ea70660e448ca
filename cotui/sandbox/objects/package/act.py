"""Actions of subscriptions. What each changes follows recordings of the real service where there are any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.types.boolean import flag
from cotui.catalog.types.date import sent_day
from cotui.catalog.types.integer import sent_whole
from cotui.sandbox.billing.cycles import CYCLES, next_after, run_of
from cotui.sandbox.billing.package_invoice import make_invoice
from cotui.sandbox.billing.package_money import refresh_mrr
from cotui.sandbox.billing.package_status import is_suspended, tomorrow
from cotui.sandbox.billing.stored_methods import chosen_method
from cotui.sandbox.database.change import Change
from cotui.sandbox.http.envelope import BadRequestError, missing_or_invalid
from cotui.sandbox.objects.action_model import Action, on_record
from cotui.sandbox.objects.package.write_lines import Owner, add_line, line_of, lines_of
from cotui.sandbox.portal import mail
from cotui.sandbox.writing.payload import Payload, object_of, read, required, value_of

#: date of an invoice: the day on which it is due to be made
NEXT_SCHEDULED = "NEXT_SCHEDULED_INVOICE"


def _upgrade(change: Change, number: int, payload: Payload) -> Any:
    """Replaces lines, adds new ones, and cancels those that say so; lines that are not named stay."""
    package = _package(change, number)
    lines = lines_of(object_of(payload))
    if not lines:
        raise required("line_items")
    owner = Owner(number, package["currency_id"], package["paycycle"])
    for sent in lines:
        old = line_of(change, number, sent)
        if _flag(sent.get("cancel")):
            if old is None:
                raise required("line_item_id")
            change.update(
                "package_lines", "line_item_id", old["line_item_id"], {"cancel_datetime": change.now}
            )
            continue
        add_line(change, owner, sent, old)
        if old is not None:
            change.update("package_lines", "line_item_id", old["line_item_id"], {"is_replaced": 1})
    _touch(change, package, {})
    return True


def _flag(sent: Any) -> bool:
    if sent is None or sent == "":
        return False
    try:
        return bool(flag(str(sent)))
    except ValueError as error:
        raise missing_or_invalid() from error


def _invoice(change: Change, number: int, payload: Payload) -> Any:
    """Makes the invoice of the next cycle now, with today's date, a given one, or that of its schedule."""
    package = _package(change, number)
    if not package["package_status_str"].startswith("active") or _is_suspended(change, package):
        raise BadRequestError("This package cannot be invoiced: it is not active.")
    sent = object_of(payload).get("date")
    if sent is None or sent == "":
        day = change.today
    elif not isinstance(sent, str):
        raise missing_or_invalid()
    elif sent.strip().upper() == NEXT_SCHEDULED:
        day = change.today
        if package["next_invoice_datetime"] is not None:
            day = datetime.fromtimestamp(package["next_invoice_datetime"], change.clock.zone).date()
    else:
        try:
            day = date.fromisoformat(sent_day(sent))
        except ValueError as error:
            raise missing_or_invalid() from error
    return {"id": make_invoice(change, package, day)}


def _suspend(change: Change, number: int, payload: Payload) -> Any:
    """Stops billing from now or a given moment on, until a given one or for good."""
    package = _package(change, number)
    if package["package_status_str"].startswith(("canceled", "expired")):
        raise BadRequestError("This package cannot be suspended: it is not active.")
    values = read(object_of(payload), PACKAGE.action("suspend").payload, change.clock.zone)
    begin = values.get("suspendfrom_datetime") or change.now
    end = values.get("suspendto_datetime")
    if end is not None and end < begin:
        raise missing_or_invalid()
    status = package["package_status_str"]
    if begin <= change.now and end is None:
        status = "suspended-suspended"
    elif status.startswith("suspended"):
        status = "active-current"
    _touch(
        change,
        package,
        {"suspendfrom_datetime": begin, "suspendto_datetime": end, "package_status_str": status},
    )
    return True


def _unsuspend(change: Change, number: int, _payload: Payload) -> Any:
    """Starts billing again; nothing happens to a subscription that is not suspended."""
    package = _package(change, number)
    values: dict[str, Any] = {"suspendfrom_datetime": None, "suspendto_datetime": None}
    if _is_suspended(change, package):
        if package["package_status_str"].startswith("suspended"):
            values["package_status_str"] = "active-current"
        values["next_invoice_datetime"] = _next_run(change, package)
    _touch(change, package, values)
    return True


def _cancel(change: Change, number: int, _payload: Payload) -> Any:
    """Ends a subscription: no further invoice is made."""
    package = _package(change, number)
    if not package["package_status_str"].startswith("canceled"):
        values = {
            "package_status_str": "canceled-manual",
            "cancel_datetime": change.now,
            "next_invoice_datetime": None,
        }
        _touch(change, package, values)
    return True


def _uncancel(change: Change, number: int, _payload: Payload) -> Any:
    """Has a canceled subscription run again; nothing happens to one that is not canceled."""
    package = _package(change, number)
    if package["package_status_str"].startswith("canceled"):
        values = {
            "package_status_str": "active-current",
            "cancel_datetime": None,
            "suspendfrom_datetime": None,
            "suspendto_datetime": None,
            "next_invoice_datetime": _next_run(change, package),
        }
        _touch(change, package, values)
    return True


def _hold(change: Change, number: int, payload: Payload) -> Any:
    """Moves the next invoice; of a canceled subscription too, as recorded."""
    package = _package(change, number)
    values = read(object_of(payload), PACKAGE.action("hold").payload, change.clock.zone)
    until = values.get("holduntil_datetime")
    if until is None:
        raise required("holduntil_datetime")
    _touch(change, package, {"holduntil_datetime": until, "next_invoice_datetime": until})
    return True


def _pay_method(change: Change, number: int, payload: Payload) -> Any:
    """Changes how a subscription is paid; scheduled payments of its open invoices follow it."""
    package = _package(change, number)
    chosen = chosen_method(change, package["customer_id"], object_of(payload), must=True)
    _touch(change, package, chosen)
    change.connection.execute(
        f"UPDATE invoice_schedule SET {', '.join(f'{name} = ?' for name in chosen)}"  # noqa: S608 - our own names
        " WHERE balance > 0 AND invoice_id IN"
        " (SELECT invoice_id FROM invoices WHERE package_id = ? AND is_open = 1)",
        (*chosen.values(), number),
    )
    return True


def _pay_cycle(change: Change, number: int, payload: Payload) -> Any:
    """Changes how often a subscription is billed, and with it when it is billed next."""
    package = _package(change, number)
    (field,) = PACKAGE.action("paycycle").payload
    paycycle = value_of(object_of(payload).get("paycycle"), field, change.clock.zone)
    if paycycle is None:
        raise required("paycycle")
    if paycycle not in CYCLES:
        raise missing_or_invalid()
    values = {"paycycle": paycycle}
    if package["next_invoice_datetime"] is not None:
        values["next_invoice_datetime"] = _next_run(change, {**package, "paycycle": paycycle})
    _touch(change, package, values)
    return True


def _welcome(change: Change, number: int, payload: Payload) -> Any:
    """Sends the welcome message or another template; false when there is no address to send it to."""
    package = _package(change, number)
    try:
        message_id = sent_whole(object_of(payload).get("message_id") or 0)
    except ValueError as error:
        raise missing_or_invalid() from error
    to = mail.contact(change, package["customer_id"])
    if not to:
        return False
    name = package["nickname"] or f"subscription #{number}"
    if message_id:
        subject, text = f"Message {message_id} about {name}", f"This is the message template {message_id}."
    else:
        subject, text = f"Welcome: {name}", f"Your {name} is ready."
    change.email(to=to, subject=subject, body=f"Hello,\n\n{text}\n", cause="package.welcome")
    return True


def _package(change: Change, number: int) -> dict[str, Any]:
    row = change.row("packages", "package_id", number)
    assert row is not None  # the caller has found it
    return row


def _is_suspended(change: Change, package: Mapping[str, Any]) -> bool:
    day_end = tomorrow(change.today, change.clock.zone)
    return is_suspended(package, package["package_status_str"], day_end)


def _next_run(change: Change, package: Mapping[str, Any]) -> int:
    """When a subscription that runs again, or in another cycle, is billed next: whole cycles after its last
    invoice, or after its beginning."""
    zone = change.clock.zone
    (last,) = change.connection.execute(
        "SELECT max(date) FROM invoices WHERE package_id = ? AND stage <> 1", (package["package_id"],)
    ).fetchone()
    if last is not None:
        anchor = date.fromisoformat(last)
    else:
        anchor = datetime.fromtimestamp(package["start_datetime"] or change.now, zone).date()
    return run_of(next_after(anchor, package["paycycle"], change.today), zone)


def _touch(change: Change, package: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    change.update("packages", "package_id", package["package_id"], {**values, "mod_datetime": change.now})
    refresh_mrr(change, package["customer_id"])


ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
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
)

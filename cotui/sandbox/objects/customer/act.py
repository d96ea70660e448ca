"""Actions of customers: active or not, the default pay method, the main contact, an e-mail to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.sandbox.billing.stored_methods import METHODS
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.objects import served
from cotui.sandbox.objects.endpoint import Action, on_record
from cotui.sandbox.writing import people
from cotui.sandbox.writing.payload import Payload, object_of, required, whole, yes
from cotui.sandbox.writing.references import resolve

#: pay method -> the object that has to be named with it
_STORED = {kind: name for kind, (name, _, _) in METHODS.items()}
_ALSO_EXISTING = "update_subscriptions_and_scheduled_invoices"


def _set_standing(standing: int) -> Action:
    def call(context: WriteContext, number: int, _: Payload) -> Any:
        _touch(context, number, {"standing": standing})
        return True

    return on_record(call)


def _set_pay_method(context: WriteContext, number: int, payload: Payload) -> Any:
    sent = object_of(payload)
    method = sent.get("paymethod")
    given = {kind: resolve(context, sent, name) for kind, name in _STORED.items()}
    if method is None or method == "":
        named = [kind for kind, found in given.items() if found is not None]
        if len(named) != 1:
            raise required("paymethod")
        method = named[0]
    if not isinstance(method, str) or method.strip().casefold() not in {*_STORED, "inv"}:
        raise missing_or_invalid()
    method = method.strip().casefold()
    ids: dict[str, int | None] = dict.fromkeys((f"{name}_id" for name in _STORED.values()), None)
    if method in _STORED:
        name = _STORED[method]
        ids[f"{name}_id"] = _own(context, number, name, given[method])
    also_existing = sent.get(_ALSO_EXISTING) is None or yes(sent, _ALSO_EXISTING)
    defaults = {f"default_{name}": value for name, value in ids.items()}
    _touch(context, number, {"default_paymethod": method, **defaults})
    if also_existing:
        _update_existing(context, number, method, ids)
    return True


def _own(context: WriteContext, customer_id: int, name: str, found: int | None) -> int:
    """A stored pay method, which has to be the customer's own."""
    if found is None:
        raise required(f"{name}_id")
    subject = served(name)
    sql = f"SELECT customer_id FROM {subject.table} WHERE {subject.key} = ?"  # noqa: S608 - our own names
    if context.connection.execute(sql, (found,)).fetchone() != (customer_id,):
        raise BadRequestError(f"Missing or invalid parameter: {name}_id")
    return found


def _update_existing(
    context: WriteContext, customer_id: int, method: str, ids: Mapping[str, int | None]
) -> None:
    """Has subscriptions that still bill, and payments that are scheduled, use the method too."""
    columns = {"paymethod": method, **ids}
    assignments = ", ".join(f"{name} = ?" for name in columns)
    context.connection.execute(
        f"UPDATE packages SET {assignments}, mod_datetime = ?"  # noqa: S608 - our own names
        " WHERE customer_id = ? AND (package_status_str LIKE 'active%' OR package_status_str LIKE 'suspended%')",
        (*columns.values(), context.now, customer_id),
    )
    context.connection.execute(
        f"UPDATE invoice_schedule SET {assignments} WHERE balance > 0 AND invoice_id IN"  # noqa: S608 - as above
        " (SELECT invoice_id FROM invoices WHERE customer_id = ? AND is_open = 1)",
        (*columns.values(), customer_id),
    )


def _set_main_contact(context: WriteContext, number: int, payload: Payload) -> Any:
    user_id = resolve(context, object_of(payload), "user")
    if user_id is None:
        raise required("user_id")
    people.make_main(context, number, user_id)
    _touch(context, number, {})
    return True


def _send_message(context: WriteContext, number: int, payload: Payload) -> Any:
    """Sends a template to the main contact; false when there is no address to send it to."""
    message_id = whole(object_of(payload), "message_id")
    company, name, email = context.connection.execute(
        "SELECT c.company, s.name, s.email FROM customers c LEFT JOIN users s ON s.user_id = c.superuser_id"
        " WHERE c.customer_id = ?",
        (number,),
    ).fetchone()
    if not email:
        return False
    if message_id:
        subject, text = f"Message {message_id} for {company}", f"This is the message template {message_id}."
    else:
        subject, text = f"Welcome, {company}", "Welcome! Your account is ready."
    context.email(
        to=email, subject=subject, body=f"Hello {name or company},\n\n{text}\n", cause="customer.email"
    )
    return True


def _touch(context: WriteContext, number: int, values: Mapping[str, Any]) -> None:
    context.update(
        "customers",
        "customer_id",
        number,
        {**values, "mod_datetime": context.now, "mod_ipaddr": context.ipaddr or None},
    )


# The names of the last two are not in the documentation that is left: every spelling its readers came to.
_MAIN_CONTACT = ("setsuperuser", "superuser", "setprimarycontact")
_MESSAGE = ("email", "welcome", "message", "sendmessage")

ACTIONS = {
    "setactive": _set_standing(0),
    "setinactive": _set_standing(1),
    "setpaymethod": on_record(_set_pay_method),
    "paymethod": on_record(_set_pay_method),
    **dict.fromkeys(_MAIN_CONTACT, on_record(_set_main_contact)),
    **dict.fromkeys(_MESSAGE, on_record(_send_message)),
}

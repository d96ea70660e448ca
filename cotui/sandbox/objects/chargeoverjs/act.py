"""Requests of web pages that wait to be judged: `POST /_chargeoverjs` commits or rejects one.

The forms of what pages send are documented for new customers only; the sandbox writes the parts that it has a
writer for: the customer first, then what belongs to it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid
from cotui.sandbox.objects.customer import write as customer
from cotui.sandbox.objects.endpoint import Action
from cotui.sandbox.objects.package import write as package
from cotui.sandbox.objects.pay_methods import write as pay_methods
from cotui.sandbox.objects.user import write as user
from cotui.sandbox.writing.payload import Payload, object_of, required

#: parts of a request that belong to a customer, in the order in which they are written
_PARTS = {
    "creditcard": pay_methods.create_creditcard,
    "ach": pay_methods.create_ach,
    "package": package.create,
}
_USER = ("name", "first_name", "last_name", "phone", "email", "title", "username")


def _judge(context: WriteContext, _: int | None, payload: Payload) -> Any:
    """Commits or rejects the request with a token; either way it waits no longer."""
    sent = object_of(payload)
    given = [name for name in ("commit", "reject") if sent.get(name) not in (None, "")]
    if not given:
        raise required("commit")
    (verdict, *more) = given
    token = sent[verdict]
    if more or not isinstance(token, str) or "\x00" in token:
        raise missing_or_invalid(verdict, "commit and reject are both given, or it is not a token")
    row = context.connection.execute(
        "SELECT chargeoverjs_id, payload FROM chargeoverjs_requests WHERE token = ?", (token.strip(),)
    ).fetchone()
    if row is None:
        raise missing_or_invalid(verdict, "no request waits with this token")
    if verdict == "commit":
        _carry_out(context, row[1])
    context.delete("chargeoverjs_requests", "chargeoverjs_id", row[0])
    return True


def _carry_out(context: WriteContext, text: str) -> None:
    parts = msgspec.json.decode(text, type=dict[str, Any])
    owner = parts.get("customer")
    contact = parts.get("user")
    customer_id = None
    if isinstance(owner, dict) and owner:
        values = dict(owner)
        if isinstance(contact, dict):
            values |= {f"superuser_{name}": contact[name] for name in _USER if name in contact}
        customer_id = customer.create(context, values)
    elif isinstance(contact, dict) and contact:
        user.create(context, contact)
    for name, create in _PARTS.items():
        part = parts.get(name)
        if isinstance(part, dict) and part:
            create(context, part if customer_id is None else {**part, "customer_id": customer_id})


ACTIONS = {"": Action(_judge)}

"""Actions of currencies: reading and setting exchange rates.

The sandbox asks nobody for rates: what was not set is the inverse of the opposite rate where that was set, and
else unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.types.number import sent_number
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid
from cotui.sandbox.objects.endpoint import Action
from cotui.sandbox.writing.payload import Payload, object_of, refused, required

#: Significant digits of an inverse rate.
_DIGITS = 9
#: Rates beyond these are mistakes.
_SMALLEST, _LARGEST = 1e-9, 1e9


def _get(context: WriteContext, _: int | None, payload: Payload) -> Any:
    """The rate between two currencies as a number."""
    sent = object_of(payload)
    here, there = _currency(context, sent, "from"), _currency(context, sent, "to")
    if here == there:
        return 1
    found = _rate(context, here, there)
    if found is None:
        inverse = _rate(context, there, here)
        if inverse is None:
            raise BadRequestError("There is no exchange rate between these currencies.")
        found = float(f"{1 / inverse:.{_DIGITS}g}")
    return int(found) if found.is_integer() else found


def _set(context: WriteContext, _: int | None, payload: Payload) -> Any:
    """Sets the rate between two currencies."""
    sent = object_of(payload)
    here, there = _currency(context, sent, "from"), _currency(context, sent, "to")
    if sent.get("exchange") in (None, ""):
        raise required("exchange")
    with refused():
        exchange = float(sent_number(sent["exchange"]))
    if not _SMALLEST <= exchange <= _LARGEST or (here == there and exchange != 1):
        raise missing_or_invalid()
    context.connection.execute(
        "INSERT INTO exchange_rates (from_currency_id, to_currency_id, exchange) VALUES (?, ?, ?)"
        " ON CONFLICT (from_currency_id, to_currency_id) DO UPDATE SET exchange = excluded.exchange",
        (here, there, exchange),
    )
    return True


def _currency(context: WriteContext, sent: Mapping[str, Any], name: str) -> int:
    """The id of a currency named by its ISO 4217 code."""
    code = sent.get(name)
    if code is None or code == "":
        raise required(name)
    if not isinstance(code, str):
        raise missing_or_invalid()
    for currency_id, currency in context.lookups.currencies.items():
        if currency.iso4217.casefold() == code.strip().casefold():
            return currency_id
    raise BadRequestError(f"Missing or invalid parameter: {name}")


def _rate(context: WriteContext, here: int, there: int) -> float | None:
    row = context.connection.execute(
        "SELECT exchange FROM exchange_rates WHERE from_currency_id = ? AND to_currency_id = ?", (here, there)
    ).fetchone()
    return None if row is None else float(row[0])


ACTIONS = {"getexchangerate": Action(_get, reads=True), "setexchangerate": Action(_set)}

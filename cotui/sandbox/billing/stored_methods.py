"""Stored ways to pay, as customers and subscriptions refer to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cotui.catalog.choices import PAY_METHOD
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import missing_or_invalid, shown
from cotui.sandbox.writing.references import resolve

#: pay method -> (object, its table, its key)
METHODS: Mapping[str, tuple[str, str, str]] = {
    "crd": ("creditcard", "creditcards", "creditcard_id"),
    "ach": ("ach", "ach_accounts", "ach_id"),
    "tok": ("tokenized", "tokenized", "tokenized_id"),
}
_KNOWN = frozenset(choice.value for choice in PAY_METHOD)
_KEYS = tuple(key for _, _, key in METHODS.values())


def latest(context: WriteContext, paymethod: str, customer_id: int) -> int | None:
    """The stored method of a kind that a customer added last; None when there is none."""
    _, table, key = METHODS[paymethod]
    row = context.connection.execute(
        f"SELECT max({key}) FROM {table} WHERE customer_id = ?",  # noqa: S608 - our own names
        (customer_id,),
    ).fetchone()
    return None if row[0] is None else int(row[0])


def chosen_method(
    context: WriteContext, customer_id: int, sent: Mapping[str, Any], *, must: bool = False
) -> dict[str, Any]:
    """The method that a payload chooses: `paymethod` and the three ids, all but one of them None.

    An id alone is enough; without one any stored method of the kind is taken, with `any` any at all. Nothing
    chosen means to be paid by invoice.

    Args:
        must: the payload has to choose.

    Raises:
        BadRequestError: there is no such method, it is another customer's, or kind and id do not agree.
    """
    named = {
        kind: number
        for kind, (name, _, _) in METHODS.items()
        if (number := resolve(context, sent, name)) is not None
    }
    wanted = sent.get("paymethod")
    if wanted is not None and not isinstance(wanted, str):
        raise missing_or_invalid("paymethod", f"not a text: {shown(wanted)}")
    kind = (wanted or "").strip().casefold()
    if not kind:
        if must and not named:
            raise missing_or_invalid("paymethod", "no method is named")
        kind = next(iter(named), "inv")
        if len(named) > 1:
            raise missing_or_invalid("paymethod", f"several methods are named: {', '.join(named)}")
    if kind == "any":
        kind = next((each for each in METHODS if latest(context, each, customer_id) is not None), "inv")
    if kind not in _KNOWN:
        raise missing_or_invalid(
            "paymethod", f"not one of {', '.join(sorted({*_KNOWN, 'any'}))}: {shown(kind)}"
        )
    chosen: dict[str, Any] = {"paymethod": kind, **dict.fromkeys(_KEYS)}
    if kind in METHODS:
        number = named.get(kind)
        if number is None:
            number = latest(context, kind, customer_id)
        elif own_method(context, customer_id, METHODS[kind][2], number) is None:
            raise missing_or_invalid(METHODS[kind][2], f"not a pay method of this customer: {number}")
        if number is None and must:
            raise missing_or_invalid("paymethod", f"this customer has none of this kind: {kind}")
        chosen[METHODS[kind][2]] = number
    return chosen


def own_method(context: WriteContext, customer_id: int, key: str, number: int) -> dict[str, Any] | None:
    """The row of a customer's stored method, by its table's key; None where it is another's or not there."""
    (table,) = (table for _, table, column in METHODS.values() if column == key)
    row = context.row(table, key, number)
    return None if row is None or row["customer_id"] != customer_id else row

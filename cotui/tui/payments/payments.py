"""Paying an invoice with what is there already: a stored card or account, or money that pays for nothing yet.

Both need nothing but a yes; what is charged, or what there is to apply, is looked up before it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from cotui.api import Api, ApiError, ListSource, Outcome, Record, read_all
from cotui.catalog import RESOURCES, Action
from cotui.catalog.money import decimal_of, written
from cotui.query import Condition, Op, Order, Query
from cotui.tui.actions.dispatch import plain_action
from cotui.tui.payments.stored_methods import Stored, named_method, stored_methods

if TYPE_CHECKING:
    from cotui.tui.base.action_target import ActionTarget
    from cotui.tui.base.frame_screen import FrameScreen

#: transactions of a customer that are looked through, the latest
MOST_TRANSACTIONS: Final = 500
#: kinds that hold money of the customer's or give it back (section 13.1 of the API notes)
_HOLDING: Final = frozenset({"pay", "cre", "ref"})


async def pay_with_stored_method(
    screen: FrameScreen[Any], action: Action, target: ActionTarget
) -> Outcome | None:
    """Take the balance from a stored method; says first which one that would be."""
    notes = [_balance_words(target)]
    customer_id = target.record.raw.get("customer_id")
    if isinstance(customer_id, int | str):
        screen.say("reading the stored cards and accounts …")
        notes += await _charged(screen.cotui.api, target, customer_id)
        screen.hush()
    return await plain_action(screen, action, target, notes=notes)


async def pay_from_balance(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Apply the customer's open balance; says first how much there is."""
    notes = [_balance_words(target)]
    customer_id = target.record.raw.get("customer_id")
    if isinstance(customer_id, int | str):
        screen.say("reading the customer's open balance …")
        notes.append(await open_balance(screen.cotui.api, target, customer_id))
        screen.hush()
    return await plain_action(screen, action, target, payload={"use_customer_balance": True}, notes=notes)


async def void(screen: FrameScreen[Any], action: Action, target: ActionTarget) -> Outcome | None:
    """Take an invoice out of force; says first how much it is about."""
    row = target.record.raw
    total, balance = (_amount(decimal_of(row.get(name)), row) for name in ("total", "balance"))
    notes = [f"Total {total}, of which {balance} is due."]
    return await plain_action(screen, action, target, notes=notes)


def _balance_words(target: ActionTarget) -> str:
    row = target.record.raw
    balance = decimal_of(row.get("balance"))
    if row.get("is_void") in (True, 1, "1"):
        return "This invoice is void: ChargeOver takes no payment for it."
    if balance <= 0:
        return "Nothing is due of this invoice: ChargeOver will do nothing."
    return f"Due of this invoice: {_amount(balance, row)}."


async def _charged(api: Api, target: ActionTarget, customer_id: int | str) -> list[str]:
    """Which method would be charged, as far as it can be told."""
    row = target.record.raw
    try:
        stored = await stored_methods(api, customer_id)
        package = await api.get(RESOURCES["package"], row["package_id"]) if row.get("package_id") else None
    except ApiError as error:
        return [f"Which card or account would be charged could not be read: {error.what}."]
    return _charged_words(target, stored, package)


def _charged_words(target: ActionTarget, stored: Stored, package: Record | None) -> list[str]:
    methods, unread = stored
    if package is not None and (own := named_method(methods, package.raw)) is not None:
        return [f"Charged is the subscription's method: {own.words}."]
    customer = target.customer.raw if target.customer is not None else {}
    if (own := named_method(methods, customer, prefix="default_")) is not None:
        return [f"Charged is the customer's default{_unless(target.record.raw, package)}: {own.words}."]
    listed = [f"  {method.words}" for method in methods]
    if unread:
        return [
            *unread,
            *(["Charged is one of these, or of the others:", *listed] if methods else []),
        ]
    if not methods:
        return [
            "The customer has no stored card, bank account or token: there is nothing to charge, and "
            "ChargeOver will refuse. “Pay with a new card” in the menu gives the link to pay with."
        ]
    if len(methods) == 1:
        return [f"Charged is the only stored method: {methods[0].words}."]
    if "default_paymethod" not in customer:
        return ["The answer does not name the customer's default. Charged is one of these:", *listed]
    return [
        f"No default is set, so ChargeOver chooses what is charged{_unless(target.record.raw, package)}. Stored are:",
        *listed,
    ]


def _unless(invoice: Mapping[str, Any], package: Record | None) -> str:
    """What else may be charged, where answers leave out what tells; "" where they tell."""
    if "package_id" not in invoice:
        return ", unless this invoice has a subscription with its own, which the answer does not tell"
    if package is not None and "paymethod" not in package.raw:
        return ", unless the subscription has its own, which the answer does not tell"
    return ""


async def open_balance(api: Api, target: ActionTarget, customer_id: int | str) -> str:
    """How much of the customer's money pays for nothing yet, and how much of it would be applied."""
    row = target.record.raw
    try:
        found, unseen = await _unapplied(api, customer_id)
    except ApiError as error:
        return f"How much open balance there is could not be read: {error.what}."
    if found <= 0:
        end = (
            f", as far as was looked: {unseen}"
            if unseen
            else ": ChargeOver will answer no, and nothing changes"
        )
        return f"The customer has no unapplied payments or credits{end}."
    due = max(Decimal(0), decimal_of(row.get("balance")))
    at_least, why = ("at least ", f" ({unseen})") if unseen else ("", "")
    taken = f"{at_least if found < due else ''}{_amount(min(found, due), row)}"
    return (
        f"Open balance of the customer: {at_least}{_amount(found, row)}{why}. Of it {taken} would be applied."
    )


async def _unapplied(api: Api, customer_id: int | str) -> tuple[Decimal, str]:
    """What payments and credits in force hold unapplied, refunds taken off; and what was not looked at, in words."""
    resource = RESOURCES["transaction"]
    query = Query(
        (Condition("customer_id", Op.EQUALS, str(customer_id)),), (Order(resource.primary_key, True),)
    )
    reading = read_all(ListSource(api, resource, query), most=MOST_TRANSACTIONS)
    found = Decimal(0)
    async for rows in reading:
        found += sum((_open(record.raw) for record in rows), Decimal(0))
    if reading.cut:
        return found, f"the latest {reading.rows:,} transactions; older ones were not looked at"
    return found, f"some transactions may be missing: {reading.missing}" if reading.missing else ""


def _open(row: Mapping[str, Any]) -> Decimal:
    failed = str(row.get("gateway_status")) == "0"
    if row.get("transaction_type") not in _HOLDING or row.get("void_datetime") or failed:
        return Decimal(0)
    if row.get("unapplied") is not None:
        return decimal_of(row["unapplied"])
    return decimal_of(row.get("amount")) - decimal_of(row.get("applied"))


def _amount(amount: Decimal, row: Mapping[str, Any]) -> str:
    iso = row.get("currency_iso4217")
    iso = iso if isinstance(iso, str) else ""
    return f"{written(amount, iso)} {iso}".rstrip()

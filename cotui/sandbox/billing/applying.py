"""`applied_to` and `auto_apply`: to which invoices a transaction's money goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cotui.catalog.types.number import sent_number
from cotui.sandbox.billing import ledger
from cotui.sandbox.billing.ledger import Share
from cotui.sandbox.database.write_context import WriteContext
from cotui.sandbox.errors import BadRequestError, missing_or_invalid, shown
from cotui.sandbox.writing import payload as values
from cotui.sandbox.writing import references

_OLDEST, _NEWEST, _BEST_FIT = "oldest", "newest", "best_fit"
_AUTO = (_OLDEST, _NEWEST, _BEST_FIT)
_NONE = ("", "none", "0", "false")


class AppliedTo(NamedTuple):
    """An invoice that money is to go to; `amount` in minor units, None for as much as is due."""

    invoice_id: int
    amount: int | None


def read_amount(payload: Mapping[str, Any], name: str, unit: int) -> int | None:
    """An amount of a payload in minor units; None when it is not given.

    Raises:
        BadRequestError: it is not an amount, or finer than its currency.
    """
    sent = payload.get(name)
    if sent is None or sent == "":
        return None
    with values.refused(name, sent):
        return values.minor(sent_number(sent), unit, name)


def read_applied_to(context: WriteContext, payload: Mapping[str, Any], unit: int) -> list[AppliedTo] | None:
    """The invoices of `applied_to`; None when it is not given.

    It is a list of ids, a list of objects `{invoice_id, applied?}`, one such object or id alone, or an object
    with the keys "0", "1" … in place of a list.

    Raises:
        BadRequestError: it is something else, names no invoice, or the same one twice.
    """
    sent = payload.get("applied_to")
    if sent is None or sent == "":
        return None
    if isinstance(sent, dict):
        is_list = bool(sent) and all(key.isdigit() for key in sent)
        sent = list(sent.values()) if is_list else [sent] if sent else []
    if not isinstance(sent, list):
        sent = [sent]
    found = []
    for entry in sent:
        part = entry if isinstance(entry, dict) else {"invoice_id": entry}
        invoice_id = references.resolve(context, part, "invoice", together=True)
        if invoice_id is None:
            raise values.required("invoice_id")
        found.append(AppliedTo(invoice_id, read_amount(part, "applied", unit)))
    if len({wanted.invoice_id for wanted in found}) < len(found):
        raise missing_or_invalid("applied_to", "an invoice is named twice")
    return found


def check_owner(context: WriteContext, customer_id: int, wanted: Sequence[AppliedTo]) -> None:
    """Refuses invoices of others, and void ones."""
    for entry in wanted:
        owner, stage, refnumber = context.connection.execute(
            "SELECT customer_id, stage, refnumber FROM invoices WHERE invoice_id = ?", (entry.invoice_id,)
        ).fetchone()
        if owner != customer_id:
            raise missing_or_invalid("applied_to", f"invoice {entry.invoice_id} is not this customer's")
        if stage == 1:
            raise BadRequestError(f"Invoice #{refnumber} is void.")


def plan(
    context: WriteContext,
    wanted: Sequence[AppliedTo],
    amount: int | None,
    already: Mapping[int, int] | None = None,
) -> tuple[int, list[Share]]:
    """How a transaction's amount is laid on invoices.

    Args:
        amount: the transaction's; None to take it from the invoices.
        already: what of each invoice's applied money counts as due, because it is being applied anew.

    Returns:
        the transaction's amount and the parts; what is left over is applied to nothing.

    Raises:
        BadRequestError: an invoice would get more than is due of it, or all of them more than there is.
    """
    due = {
        entry.invoice_id: max(0, ledger.balance_of(context, entry.invoice_id))
        + (already or {}).get(entry.invoice_id, 0)
        for entry in wanted
    }
    for entry in wanted:
        if entry.amount is not None and not 0 <= entry.amount <= due[entry.invoice_id]:
            if entry.amount < 0:
                raise missing_or_invalid("applied", "less than nothing")
            raise BadRequestError(
                f"The amount applied to invoice {entry.invoice_id} is more than its balance."
            )
    named = sum(entry.amount or 0 for entry in wanted)
    if amount is None:
        amount = named + sum(due[entry.invoice_id] for entry in wanted if entry.amount is None)
    left = amount - named
    if left < 0:
        raise BadRequestError("The applied amounts are more than the amount of the transaction.")
    shares = []
    for entry in wanted:
        part = entry.amount
        if part is None:
            part = min(due[entry.invoice_id], left)
            left -= part
        if part:
            shares.append(Share(entry.invoice_id, part))
    return amount, shares


def auto_apply(
    context: WriteContext, payload: Mapping[str, Any], customer_id: int, amount: int, shares: Sequence[Share]
) -> list[Share]:
    """What `auto_apply` adds to the parts: the rest of the amount goes to the customer's open invoices.

    `oldest` and `newest` go by due date. `best_fit` takes the invoice over exactly the rest if there is one,
    and the oldest otherwise.

    Raises:
        BadRequestError: the way to apply is not known.
    """
    how = values.text(payload, "auto_apply").casefold()
    left = amount - sum(share.amount for share in shares)
    if how in _NONE:
        return []
    if how not in _AUTO:
        raise missing_or_invalid("auto_apply", f"not one of {', '.join(_AUTO)}, none: {shown(how)}")
    taken = {share.invoice_id for share in shares}
    way = "DESC" if how == _NEWEST else "ASC"
    found = [
        Share(*row)
        for row in context.connection.execute(
            "SELECT invoice_id, balance FROM invoices WHERE customer_id = ? AND is_open = 1 AND balance > 0"  # noqa: S608 - our own names
            f" ORDER BY due_date {way}, invoice_id {way}",
            (customer_id,),
        )
        if row[0] not in taken
    ]
    if how == _BEST_FIT:
        found.sort(key=lambda share: share.amount != left)
    added = []
    for share in found:
        part = min(share.amount, left)
        if part > 0:
            added.append(Share(share.invoice_id, part))
            left -= part
    return added

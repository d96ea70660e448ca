"""What the money of a transaction pays for, in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from cotui.catalog.model import key_of
from cotui.catalog.money import written
from cotui.desk.amounts import currency_of, number_in

#: invoices that are named
_MOST_NAMED: Final = 3


def used_words(row: Mapping[str, Any], numbers: Mapping[int | str, str], *, in_force: bool) -> str:
    """ "4203 90.63, unused 150.00": the invoices and how much of it each got, where it is not for one alone.

    Args:
        row: of a transaction; which invoices it pays is only in those that were asked for with it.
        numbers: what invoices are called, by their keys; those that were not read are called by their keys.
        in_force: nothing of what is void or was declined pays for anything.
    """
    currency = currency_of(row)
    amount, unused = number_in(row.get("amount")), number_in(row.get("unapplied"))
    parts = row.get("applied_to")
    named = [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []
    whole = len(named) == 1 and amount is not None and number_in(named[0].get("applied")) == amount
    said = []
    for part in named[:_MOST_NAMED]:
        ref, applied = key_of(part.get("invoice_id")), number_in(part.get("applied"))
        if ref is not None:
            number = numbers.get(ref, str(ref))
            said.append(number if whole or applied is None else f"{number} {written(abs(applied), currency)}")
    if len(named) > _MOST_NAMED:
        said.append(f"{len(named) - _MOST_NAMED} more")
    if in_force and unused is not None and unused > Decimal(0):
        said.append(f"unused {written(unused, currency)}")
    return ", ".join(said)

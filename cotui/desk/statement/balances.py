"""From what was read of a customer to his statement: lines by date, a balance after each, and whether it all agrees.

It ends at what the account states is owed less what of his money is unused. As long as the beginning is not read, balances
are reckoned back from there, which proves nothing: older entries may hold money that is unused, or a later void. Once all is
read they are reckoned from nothing on; what the account states must come out, and a difference is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple

from cotui.catalog.model import key_of
from cotui.desk.amounts import Amount, currency_of, number_in
from cotui.desk.statement.ages import Age, ages_of
from cotui.desk.statement.currencies import Currencies
from cotui.desk.statement.entries import (
    Entry,
    number_of,
    of_invoice,
    of_transaction,
    total,
    unused_of,
    write_offs,
)

Row = Mapping[str, Any]
State = Literal["reading", "complete", "partial", "refused", "failed"]
_NOTHING: Final = Decimal(0)


class Part(NamedTuple):
    """What was read of a customer's invoices, or of his transactions, the latest first.

    Attributes:
        rows: as they were answered.
        state: "reading" while there may be more; "partial" where some may be missing between those that are here.
        back_to: the day that it was read back to, on which there may be more; None where that can't be told.
        left: how many are not read; None where nobody counted them.
        trouble: what is missing and why, in words; "" for nothing.
    """

    rows: Sequence[Row] = ()
    state: State = "reading"
    back_to: date | None = None
    left: int | None = None
    trouble: str = ""

    @property
    def whole(self) -> bool:
        """Whether all of them are here."""
        return self.state == "complete"

    @property
    def reaches(self) -> bool:
        """Whether all of them are here from some day on."""
        return self.whole or (self.back_to is not None and self.state in ("reading", "failed"))


class Line(NamedTuple):
    """An entry, and what was owed after it; None where that is not known."""

    entry: Entry
    running: Amount | None


class Balance(NamedTuple):
    """The statement in one currency.

    Attributes:
        currency: its code, "" where nobody says.
        lines: the oldest first.
        opening: what was owed before the first line.
        charged: what the lines charge, "at least" where some may be missing among them.
        paid: what they take off.
        stated: what the account states is owed; None where that could not be had.
        by_invoices: it is what its invoices state, for in this currency the customer states nothing.
        unused: what of his money pays for nothing yet.
        closing: the one less the other; None where either is not known.
        difference: by how much `closing` is more than the lines come to; None where that is not known.
        proved: all was read from the beginning on, and agrees.
        assumed: the balances are reckoned back from what is known so far of `closing`.
        owed_then: the last balance by the lines; None where it is not known.
        unclear: how many entries came without an amount, or without what became of it.
        unsure: some entries may not be what they are taken for, and the account does not agree.
        ages: how late what is open is; none where nobody asked.
    """

    currency: str
    lines: tuple[Line, ...]
    opening: Amount | None
    charged: Amount
    paid: Amount
    stated: Amount | None
    by_invoices: bool
    unused: Amount | None
    closing: Amount | None
    difference: Amount | None
    proved: bool
    assumed: bool
    owed_then: Amount | None
    unclear: int = 0
    unsure: bool = False
    ages: tuple[Age, ...] = ()


class Statement(NamedTuple):
    """All that was read of a customer's account.

    Attributes:
        customer: his number.
        company: his name, as the server has it; "" where it could not be had.
        since: the day that lines begin with; None for all that were read.
        balances: one for each currency, by code.
        complete: all was read, from the beginning on.
        unread: older invoices and payments that were not read; None where nobody counted them.
        troubles: what is missing and why, a sentence each.
        as_of: when the first of it was read; None before.
    """

    customer: int | str
    company: str
    since: date | None
    balances: tuple[Balance, ...]
    complete: bool
    unread: int | None
    troubles: tuple[str, ...]
    as_of: datetime | None = None


def statement_of(
    customer: int | str,
    record: Row | None,
    invoices: Part,
    transactions: Part,
    *,
    since: date | None = None,
    today: date | None = None,
    troubles: Sequence[str] = (),
    as_of: datetime | None = None,
) -> Statement:
    """The statement, of what was read so far.

    Args:
        record: the customer; None where he could not be read.
        today: the day it is in the account, to tell how late what is open is; None where nobody asks.
        troubles: why he could not, and the like.
    """
    currencies = Currencies(record, (*invoices.rows, *transactions.rows))
    invoices, transactions = (
        part._replace(rows=[currencies.named(row) for row in part.rows]) for part in (invoices, transactions)
    )
    parts = (invoices, transactions)
    own = currencies.own
    codes = {currency_of(row) for part in parts for row in part.rows} | ({own} if own else set())
    balances = tuple(_balance(code, own, record, invoices, transactions, since) for code in sorted(codes))
    if today is not None:
        balances = tuple(
            balance._replace(
                ages=ages_of(_of(balance.currency, invoices), balance.currency, today, whole=invoices.whole)
            )
            for balance in balances
        )
    unclear = sum(balance.unclear for balance in balances)
    said = [f"of {unclear:,} entries the amount, or what became of it, did not come"] if unclear else []
    if any(balance.unsure for balance in balances):
        said.append("some entries may not be what they are taken for: the account does not say it of all")
    return Statement(
        customer,
        str((record or {}).get("company") or ""),
        since,
        balances,
        all(part.whole for part in parts),
        None if any(part.left is None for part in parts) else sum(part.left or 0 for part in parts),
        (*troubles, *(part.trouble for part in parts if part.trouble), *said),
        as_of,
    )


def _balance(
    code: str, own: str, record: Row | None, invoices: Part, transactions: Part, since: date | None
) -> Balance:
    parts = (invoices, transactions)
    whole, reaches = all(part.whole for part in parts), all(part.reaches for part in parts)
    entries = _in_order(_entries(code, invoices, transactions))
    if not whole and reaches:
        # on the last day that was read there may be more, and who knows how it went on before
        last = max(part.back_to for part in parts if part.back_to is not None and not part.whole)
        entries = [entry for entry in entries if not _held_back(entry, last)]
    unclear = sum(not entry.clear for entry in entries)
    unused = _unused(code, transactions)
    stated, by_invoices = _stated(code, own, record, invoices)
    end = stated.less(unused) if stated is not None and unused is not None else None
    exact = end is not None and transactions.whole and stated is not None and not stated.at_least
    moved = total(entry.effect for entry in entries)
    difference = None
    if exact and end is not None and whole and not unclear:
        difference = Amount(code, total((end.amount, -moved)))
    # what is taken for something and is something else shows in the end
    unsure = any(not entry.sure for entry in entries) and (difference is None or bool(difference.amount))
    if unsure:
        difference = None
    assumed = False
    first: Decimal | None = None
    if unclear or unsure:
        pass
    elif whole:
        first = _NOTHING
    elif reaches and end is not None:
        first, assumed = total((end.amount, -moved)), True
    running = _running(entries, code, first)
    lines = [Line(entry, amount) for entry, amount in zip(entries, running, strict=True)]
    opening = None if first is None else Amount(code, first)
    if since is not None:
        before = [line for line in lines if _before(line.entry, since)]
        lines = lines[len(before) :]
        opening = before[-1].running if before else opening
    gaps = not reaches or bool(unclear) or unsure
    return Balance(
        code,
        tuple(lines),
        opening,
        _sum([line.entry.charged for line in lines], code, gaps),
        _sum([line.entry.paid for line in lines], code, gaps),
        stated,
        by_invoices,
        unused,
        Amount(code, end.amount) if exact and end is not None else None,
        difference,
        difference is not None and not difference.amount,
        assumed,
        None if first is None else Amount(code, total((first, moved))),
        unclear,
        unsure,
    )


def _of(code: str, part: Part) -> list[Row]:
    """The rows of a currency."""
    return [row for row in part.rows if currency_of(row) == code]


def _entries(code: str, invoices: Part, transactions: Part) -> list[Entry]:
    numbers = {
        ref: number_of(row) for row in invoices.rows if (ref := key_of(row.get("invoice_id"))) is not None
    }
    charged, paid = _of(code, invoices), _of(code, transactions)
    return [
        *(entry for row in charged for entry in of_invoice(row)),
        *(entry for row in paid for entry in of_transaction(row, numbers)),
        *write_offs(charged, paid),
    ]


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    """The oldest first; what has no place by date at the end that makes no balance larger than it was."""

    def place(entry: Entry) -> tuple[int, date, tuple[int, str, int]]:
        if entry.near is not None:
            return 1, entry.near, entry.turn
        return (0 if entry.effect <= 0 else 2), date.min, entry.turn

    return sorted(entries, key=place)


def _held_back(entry: Entry, last: date) -> bool:
    return entry.near <= last if entry.near is not None else entry.effect <= 0


def _before(entry: Entry, since: date) -> bool:
    return entry.near < since if entry.near is not None else entry.effect <= 0


def _running(entries: Sequence[Entry], code: str, first: Decimal | None) -> list[Amount | None]:
    """What was owed after each; "at least" where something without a date may have been at another time."""
    if first is None:
        return [None] * len(entries)
    later = sum(entry.day is None and entry.effect > 0 for entry in entries)
    lowered = False
    owed, found = first, list[Amount | None]()
    for entry in entries:
        owed = total((owed, entry.effect))
        if entry.day is None:
            later -= entry.effect > 0
            lowered = lowered or entry.effect < 0
        timeless = entry.day is None and not entry.effect  # what was owed then depends on when that was
        found.append(None if timeless else Amount(code, owed, at_least=lowered or later > 0))
    if found and (end := found[-1]) is not None:
        found[-1] = end.but(at_least=False)  # whenever it was, by now it was
    return found


def _unused(code: str, transactions: Part) -> Amount | None:
    """Money that pays for nothing yet; None where it can't be known, "at least" where there may be more."""
    if transactions.state in ("refused", "failed") and not transactions.rows:
        return None
    found = [unused_of(row) for row in _of(code, transactions)]
    if None in found:
        return None
    return _sum(found, code, not transactions.whole)


def _stated(code: str, own: str, record: Row | None, invoices: Part) -> tuple[Amount | None, bool]:
    """What the account states is owed, and whether it is its invoices that do."""
    number = number_in((record or {}).get("balance")) if code == own else None
    if number is not None:
        return Amount(code, number), False
    if invoices.state in ("refused", "failed") and not invoices.rows:
        return None, True
    balances = [number_in(row.get("balance")) for row in _of(code, invoices)]
    return _sum(balances, code, None in balances or not invoices.whole), True


def _sum(amounts: Sequence[Decimal | None], code: str, gaps: bool) -> Amount:
    return Amount(code, total(one for one in amounts if one is not None), at_least=gaps)

"""Which transaction's money lies on which invoice: applying it, taking it off, giving it back.

What holds at all times, to the minor unit:

* a transaction's `applied` is the sum of its rows in `transaction_applied`, and never more than its amount;
* of a payment no more is refunded than it was, and what refunds took from an invoice the payment had laid
  there: a payment's row on an invoice is never less than its refunds' rows together;
* no invoice gets more than its total; a void one has nothing on it but what cancels out.

Only transactions in force have rows: voiding one removes them. Every function leaves the amounts of the
invoices it touches right; the sums of customers follow with `settle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from cotui.sandbox.billing.totals import refresh_invoice, refresh_totals
from cotui.sandbox.database.write_context import WriteContext

PAYMENT, REFUND, CREDIT, WRITE_OFF = "pay", "ref", "cre", "wri"
_VOID_STAGE = 1


class Share(NamedTuple):
    """A part of a transaction on an invoice, in minor units."""

    invoice_id: int
    amount: int


class _Row(NamedTuple):
    """What a transaction has on an invoice, after its refunds."""

    transaction_id: int
    kind: str
    invoice_id: int
    net: int


def in_force(transaction: Mapping[str, Any]) -> bool:
    """Whether a transaction (a row of its table) succeeded and is not void."""
    return transaction["gateway_status"] == 1 and transaction["void_datetime"] is None


def balance_of(context: WriteContext, invoice_id: int) -> int:
    """What is due of an invoice, in minor units; 0 when void."""
    row = context.connection.execute(
        "SELECT balance FROM invoices WHERE invoice_id = ?", (invoice_id,)
    ).fetchone()
    return 0 if row is None else int(row[0])


def put(context: WriteContext, transaction_id: int, shares: Iterable[Share]) -> None:
    """Lays money of a transaction on invoices; negative amounts (of refunds) take it off."""
    touched = []
    for share in shares:
        if share.amount:
            context.connection.execute(
                "INSERT INTO transaction_applied (transaction_id, invoice_id, applied) VALUES (?, ?, ?)"
                " ON CONFLICT (transaction_id, invoice_id) DO UPDATE SET applied = applied + excluded.applied",
                (transaction_id, share.invoice_id, share.amount),
            )
            touched.append(share.invoice_id)
    context.connection.execute(
        "DELETE FROM transaction_applied WHERE transaction_id = ? AND applied = 0", (transaction_id,)
    )
    _refresh_transaction(context, transaction_id)
    _refresh_invoices(context, touched)


def spare(context: WriteContext, transaction_id: int) -> int:
    """What of a payment or credit lies on no invoice and was not refunded either."""
    return _sum(context, transaction_id, "amount - applied")


def refundable(context: WriteContext, transaction_id: int) -> int:
    """What of a payment was not refunded yet."""
    return _sum(context, transaction_id, "amount")


def _sum(context: WriteContext, transaction_id: int, what: str) -> int:
    """Over a payment or credit and its refunds, as far as they are in force."""
    row = context.connection.execute(
        f"SELECT coalesce(sum({what}), 0) FROM transactions"  # noqa: S608 - our own names
        " WHERE (transaction_id = :it OR (parent_transaction_id = :it AND transaction_type = 'ref'))"
        " AND gateway_status = 1 AND void_datetime IS NULL",
        {"it": transaction_id},
    ).fetchone()
    return int(row[0])


def open_balance(context: WriteContext, customer_id: int) -> list[tuple[int, int]]:
    """A customer's money that pays for nothing yet: (transaction, amount), oldest first."""
    found = context.connection.execute(
        "SELECT transaction_id, transaction_type, parent_transaction_id, amount - applied FROM transactions"
        " WHERE customer_id = ? AND gateway_status = 1 AND void_datetime IS NULL AND amount <> applied"
        " AND transaction_type IN ('pay', 'cre', 'ref') ORDER BY transaction_date, transaction_id",
        (customer_id,),
    ).fetchall()
    left = {row[0]: row[3] for row in found if row[1] != REFUND}
    loose = 0
    for _, kind, parent, amount in found:
        if kind == REFUND:
            if parent in left:
                left[parent] += amount
            else:
                loose += amount
    # money paid back without saying which payment it was: from the oldest there is
    for transaction_id, amount in left.items():
        taken = min(max(amount, 0), -loose)
        left[transaction_id] = amount - taken
        loose += taken
    return [(transaction_id, amount) for transaction_id, amount in left.items() if amount > 0]


def refund_shares(context: WriteContext, transaction_id: int, amount: int) -> list[Share]:
    """Where a refund of a payment comes from: first from what lies on no invoice, then from the latest invoices.

    Args:
        amount: how much is paid back, positive and at most `refundable`.

    Returns:
        what the refund takes off invoices, as negative amounts.
    """
    rest = amount - max(0, spare(context, transaction_id))
    shares = []
    for row in sorted(_rows(context, transaction=transaction_id), key=lambda row: -row.invoice_id):
        taken = min(row.net, rest)
        if taken > 0:
            shares.append(Share(row.invoice_id, -taken))
            rest -= taken
    return shares


def refunded(context: WriteContext, transaction_id: int) -> dict[int, int]:
    """What refunds of a payment have taken off invoices, as positive amounts by invoice."""
    return {
        invoice_id: int(amount)
        for invoice_id, amount in context.connection.execute(
            "SELECT a.invoice_id, -sum(a.applied) FROM transactions t JOIN transaction_applied a"
            " USING (transaction_id) WHERE t.parent_transaction_id = ? AND t.transaction_type = 'ref'"
            " GROUP BY a.invoice_id",
            (transaction_id,),
        )
    }


def payer_of(context: WriteContext, shares: Iterable[Share], total: int) -> int | None:
    """The latest payment from which all these parts can be paid back; None when there is none.

    Args:
        shares: positive amounts by invoice.
        total: the whole refund; what is not among the parts comes from what lies on no invoice.
    """
    able: set[int] | None = None
    applied = 0
    for share in shares:
        applied += share.amount
        rows = _rows(context, invoice=share.invoice_id)
        found = {row.transaction_id for row in rows if row.kind == PAYMENT and row.net >= share.amount}
        able = found if able is None else able & found
    return max((it for it in able or () if spare(context, it) >= total - applied), default=None)


def release(context: WriteContext, invoice_id: int, amount: int | None = None) -> None:
    """Takes money off an invoice, so that it is the customer's to spend again; the latest money goes first.

    Args:
        amount: how much; all that lies on it when left out. What refunds took back before stays noted.
    """
    rest = amount
    for row in sorted(_rows(context, invoice=invoice_id), key=lambda row: -row.transaction_id):
        taken = row.net if rest is None else min(row.net, rest)
        if taken > 0:
            put(context, row.transaction_id, [Share(invoice_id, -taken)])
            rest = None if rest is None else rest - taken
            if row.kind == WRITE_OFF and taken == row.net:
                _void_when_empty(context, row.transaction_id)


def void(context: WriteContext, transaction: Mapping[str, Any]) -> None:
    """Takes a transaction (a row of its table) out of force; its money leaves the invoices.

    Where a refund is taken back after its invoice was paid otherwise, the refunded payment's money does not
    return to the invoice but becomes the customer's to spend.
    """
    number = transaction["transaction_id"]
    rows = context.connection.execute(
        "SELECT invoice_id, applied FROM transaction_applied WHERE transaction_id = ?", (number,)
    ).fetchall()
    context.connection.execute("DELETE FROM transaction_applied WHERE transaction_id = ?", (number,))
    context.update(
        "transactions",
        "transaction_id",
        number,
        {"void_datetime": context.now, "mod_datetime": context.now, "is_pending": 0},
    )
    _refresh_transaction(context, number)
    _refresh_invoices(context, [invoice_id for invoice_id, _ in rows])
    parent = transaction["parent_transaction_id"]
    for invoice_id, applied in rows:
        if applied < 0:
            surplus = _surplus(context, invoice_id)
            if surplus > 0 and parent is not None:
                put(context, parent, [Share(invoice_id, -min(surplus, -applied))])
            elif surplus > 0:
                release(context, invoice_id, surplus)


def count_decline(context: WriteContext, invoice_ids: Iterable[int]) -> None:
    """Notes with invoices that a payment for them failed."""
    for invoice_id in invoice_ids:
        context.connection.execute(
            "UPDATE invoices SET declines = declines + 1, mod_datetime = ? WHERE invoice_id = ?",
            (context.now, invoice_id),
        )


def settle(context: WriteContext, customer_id: int) -> None:
    """Computes the sums of a customer and its packages, after everything else."""
    refresh_totals(context.connection, customer_id)


def _rows(context: WriteContext, *, transaction: int | None = None, invoice: int | None = None) -> list[_Row]:
    """What lies where, less what refunds took back; of one transaction or on one invoice."""
    column, number = ("transaction_id", transaction) if invoice is None else ("invoice_id", invoice)
    return [
        _Row(*row)
        for row in context.connection.execute(
            "SELECT a.transaction_id, t.transaction_type, a.invoice_id, a.applied + coalesce(("  # noqa: S608 - our own names
            " SELECT sum(b.applied) FROM transactions r JOIN transaction_applied b"
            " ON b.transaction_id = r.transaction_id AND b.invoice_id = a.invoice_id"
            " WHERE r.parent_transaction_id = a.transaction_id AND r.transaction_type = 'ref'), 0)"
            " FROM transaction_applied a JOIN transactions t ON t.transaction_id = a.transaction_id"
            f" WHERE a.{column} = ? AND t.transaction_type <> 'ref'",
            (number,),
        )
    ]


def _surplus(context: WriteContext, invoice_id: int) -> int:
    """By how much an invoice has more on it than it may: than its total, or than nothing when it is void."""
    row = context.connection.execute(
        "SELECT credits + payments + writeoffs - CASE stage WHEN ? THEN 0 ELSE total END FROM invoices"
        " WHERE invoice_id = ?",
        (_VOID_STAGE, invoice_id),
    ).fetchone()
    return int(row[0])


def _void_when_empty(context: WriteContext, transaction_id: int) -> None:
    # a write-off is no money: without an invoice there is nothing left of it
    context.connection.execute(
        "UPDATE transactions SET void_datetime = ?, mod_datetime = ? WHERE transaction_id = ? AND applied = 0",
        (context.now, context.now, transaction_id),
    )


def _refresh_transaction(context: WriteContext, transaction_id: int) -> None:
    context.connection.execute(
        "UPDATE transactions SET mod_datetime = :now, applied = (SELECT coalesce(sum(a.applied), 0)"
        " FROM transaction_applied a WHERE a.transaction_id = transactions.transaction_id)"
        " WHERE transaction_id = :it",
        {"now": context.now, "it": transaction_id},
    )


def _refresh_invoices(context: WriteContext, invoice_ids: Iterable[int]) -> None:
    for invoice_id in invoice_ids:
        refresh_invoice(context.connection, invoice_id, context.today)
        context.connection.execute(
            "UPDATE invoices SET mod_datetime = ? WHERE invoice_id = ?", (context.now, invoice_id)
        )
        _refresh_schedule(context, invoice_id)


def _refresh_schedule(context: WriteContext, invoice_id: int) -> None:
    """What is still due of an invoice's scheduled payments: the earliest are paid first."""
    left = balance_of(context, invoice_id)
    for number, amount in context.connection.execute(
        "SELECT invoice_schedule_id, amount FROM invoice_schedule WHERE invoice_id = ?"
        " ORDER BY date DESC, invoice_schedule_id DESC",
        (invoice_id,),
    ).fetchall():
        due = max(0, min(amount, left))
        left -= due
        context.update("invoice_schedule", "invoice_schedule_id", number, {"balance": due})

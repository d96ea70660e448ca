"""When a bank payment is done: it is pending for some days, and then settled.

No source says how long. Reading: `DAYS` days after its date, weekends or not. That it is settled is not stored:
it follows from the account's day, so that statuses change with the clock, also when it is moved back. Invoices
count a pending payment as paid from the beginning, as its `applied_to` says; settling changes nothing there.
"""

from __future__ import annotations

from datetime import date, timedelta

DAYS = 4

#: Condition for a bank payment that is still under way; `t` is the table of transactions.
PENDING = f"(t.is_pending = 1 AND t.transaction_date > date(:today, '-{DAYS} days'))"


def is_pending(bank_payment: int, transaction_date: str, today: date) -> bool:
    """The same for a row.

    Args:
        bank_payment: its stored `is_pending`.
    """
    return bool(bank_payment) and transaction_date > (today - timedelta(days=DAYS)).isoformat()

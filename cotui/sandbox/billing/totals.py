"""Sums that are kept in columns, computed from what they sum up.

Used after a bulk load and after every write, so that there is one definition of each sum. The columns
are in minor units of the customer's currency, which all of a customer's invoices share.
"""

from __future__ import annotations

import sqlite3
from datetime import date

_CUSTOMER = """
UPDATE customers SET
    total = (SELECT coalesce(sum(total), 0) FROM invoices
             WHERE invoices.customer_id = customers.customer_id AND stage <> 1),
    balance = (SELECT coalesce(sum(balance), 0) FROM invoices
               WHERE invoices.customer_id = customers.customer_id),
    paid = (SELECT coalesce(sum(amount), 0) FROM transactions
            WHERE transactions.customer_id = customers.customer_id AND transaction_type IN ('pay', 'ref')
              AND gateway_status = 1 AND void_datetime IS NULL),
    oldest_due_date = (SELECT min(due_date) FROM invoices
                       WHERE invoices.customer_id = customers.customer_id AND is_open = 1)
"""

_PACKAGE = """
UPDATE packages SET
    amount_invoiced = (SELECT coalesce(sum(total), 0) FROM invoices
                       WHERE invoices.package_id = packages.package_id AND stage <> 1),
    amount_collected = (SELECT coalesce(sum(payments), 0) FROM invoices
                        WHERE invoices.package_id = packages.package_id AND stage <> 1),
    amount_due = (SELECT coalesce(sum(balance), 0) FROM invoices
                  WHERE invoices.package_id = packages.package_id),
    oldest_due_date = (SELECT min(due_date) FROM invoices
                       WHERE invoices.package_id = packages.package_id AND is_open = 1)
"""


def refresh_totals(connection: sqlite3.Connection, customer_id: int | None = None) -> None:
    """Computes the sums of one customer and its packages again, or of all when no id is given.

    With all customers the indexes on invoices.customer_id, invoices.package_id and
    transactions.customer_id must exist, or it takes time proportional to customers x invoices.
    """
    if customer_id is None:
        connection.execute(_CUSTOMER)
        connection.execute(_PACKAGE)
    else:
        connection.execute(f"{_CUSTOMER} WHERE customer_id = ?", (customer_id,))
        connection.execute(f"{_PACKAGE} WHERE customer_id = ?", (customer_id,))


# Beside the lines, an invoice's amounts follow from what was applied to it. Void invoices stay void; others
# are closed when nothing is due, since the day of the last transaction that paid for them.
_INVOICE_AMOUNTS = """
WITH lines AS (
    SELECT coalesce(sum(line_total), 0) AS subtotal, coalesce(sum(tax_total), 0) AS taxes,
           coalesce(sum(line_total * is_base), 0) AS base,
           coalesce(sum(line_total * (is_usage AND NOT is_base)), 0) AS metered
    FROM invoice_lines WHERE invoice_id = :invoice
), applied AS (
    SELECT coalesce(sum(CASE transaction_type WHEN 'cre' THEN a.applied END), 0) AS credits,
           coalesce(sum(CASE WHEN transaction_type NOT IN ('cre', 'wri') THEN a.applied END), 0) AS payments,
           coalesce(sum(CASE transaction_type WHEN 'wri' THEN a.applied END), 0) AS writeoffs,
           coalesce(sum(CASE transaction_type WHEN 'ref' THEN -a.applied END), 0) AS refunds
    FROM transaction_applied a JOIN transactions t USING (transaction_id) WHERE a.invoice_id = :invoice
)
UPDATE invoices SET
    (subtotal, taxes, total, sum_base, sum_usage, sum_onetime)
        = (SELECT subtotal, taxes, subtotal + taxes, base, metered, subtotal - base - metered FROM lines),
    (credits, payments, writeoffs, refunds) = (SELECT credits, payments, writeoffs, refunds FROM applied),
    balance = CASE stage WHEN 1 THEN 0 ELSE
        (SELECT subtotal + taxes FROM lines) - (SELECT credits + payments + writeoffs FROM applied) END
WHERE invoice_id = :invoice
"""

_INVOICE_STAGE = """
UPDATE invoices SET
    stage = CASE WHEN stage = 1 THEN 1 WHEN balance = 0 THEN 0 WHEN stage = 2 THEN 2 ELSE 3 END,
    is_open = stage <> 1 AND balance <> 0,
    paid_date = CASE WHEN stage = 1 OR balance <> 0 THEN NULL ELSE coalesce(
        (SELECT max(transaction_date) FROM transaction_applied a JOIN transactions t USING (transaction_id)
         WHERE a.invoice_id = invoices.invoice_id), paid_date, :today) END
WHERE invoice_id = :invoice
"""


def refresh_invoice(connection: sqlite3.Connection, invoice_id: int, today: date) -> None:
    """Computes an invoice's amounts, stage and paid_date again, from its lines and what is applied to it.

    `stage` has to be 1 before for an invoice that is void. Afterwards the sums of the customer are due
    (`refresh_totals`).

    Args:
        today: the account's day, paid_date of an invoice over nothing.
    """
    connection.execute(_INVOICE_AMOUNTS, {"invoice": invoice_id})
    connection.execute(_INVOICE_STAGE, {"invoice": invoice_id, "today": today.isoformat()})

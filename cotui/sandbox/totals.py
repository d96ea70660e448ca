"""Sums that are kept in columns, computed from what they sum up.

Used after a bulk load and after every write, so that there is one definition of each sum. The columns
are in minor units of the customer's currency, which all of a customer's invoices share.
"""

from __future__ import annotations

import sqlite3

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

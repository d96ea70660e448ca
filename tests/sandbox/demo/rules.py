"""Demo accounts as tests make them, and the rules that what is derived in an account obeys."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date

from cotui.sandbox.database import schema
from cotui.sandbox.demo.generate import generate

TODAY = date(2026, 3, 31)


def generated(customers: int, seed: int = 1, today: date = TODAY) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    schema.create_tables(connection)
    generate(connection, customers, seed, today)
    connection.commit()
    return connection


def fingerprint(connection: sqlite3.Connection) -> str:
    """A hash of all values that are set, whatever else the tables could hold, and whatever objects bring along."""
    digest = hashlib.sha256()
    brought = {schema.made_by(statement) for statement in schema.of_objects("tables.sql")}
    tables = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
    ]
    for table in tables:
        if table.startswith("sqlite_") or table in brought:
            continue
        cursor = connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
        names = sorted((column[0], index) for index, column in enumerate(cursor.description))
        for row in cursor:
            values = [(name, row[index]) for name, index in names if row[index] not in (None, 0)]
            if values[0] != ("key", "schema_version"):
                digest.update(repr((table, values)).encode())
    return digest.hexdigest()


def one(connection: sqlite3.Connection, sql: str, *values: object) -> object:
    return connection.execute(sql, values).fetchone()[0]


# What must be empty for the derivation rules of the API's description to hold. {today} is a date.
VIOLATIONS = {
    "subtotal is the sum of the lines": """
        SELECT i.invoice_id FROM invoices i WHERE subtotal <>
        (SELECT coalesce(sum(line_total), 0) FROM invoice_lines l WHERE l.invoice_id = i.invoice_id)""",
    "taxes are the sum of the lines' taxes": """
        SELECT i.invoice_id FROM invoices i WHERE taxes <>
        (SELECT coalesce(sum(tax_total), 0) FROM invoice_lines l WHERE l.invoice_id = i.invoice_id)""",
    "total": "SELECT invoice_id FROM invoices WHERE total <> subtotal + taxes",
    "a line is rate times quantity, rounded": """
        SELECT line_item_id FROM invoice_lines JOIN invoices USING (invoice_id) JOIN currencies USING (currency_id)
        WHERE abs(line_total - line_rate * line_quantity / 100000000.0
                  * CASE decimals WHEN 0 THEN 1 WHEN 2 THEN 100 ELSE 1000 END) > 0.500001""",
    "rates are whole minor units unless metered": """
        SELECT line_item_id FROM invoice_lines JOIN invoices USING (invoice_id) JOIN currencies USING (currency_id)
        WHERE NOT is_usage
          AND line_rate % (100000000 / CASE decimals WHEN 0 THEN 1 WHEN 2 THEN 100 ELSE 1000 END) <> 0""",
    "untaxed lines bear no tax, taxed ones are taxed in full": """
        SELECT line_item_id FROM invoice_lines
        WHERE is_taxed = 0 AND (tax_total <> 0 OR tax_taxed <> 0) OR is_taxed = 1 AND tax_taxed <> line_total""",
    "kinds of lines add up": """
        SELECT i.invoice_id FROM invoices i JOIN
        (SELECT invoice_id, sum(line_total * is_base) b, sum(line_total * is_usage) u FROM invoice_lines GROUP BY 1) l
        USING (invoice_id) WHERE sum_base <> b OR sum_usage <> u OR sum_onetime <> subtotal - b - u""",
    "one to twelve lines": """
        SELECT i.invoice_id FROM invoices i
        WHERE (SELECT count(*) FROM invoice_lines l WHERE l.invoice_id = i.invoice_id) NOT BETWEEN 1 AND 12""",
    "balance": """
        SELECT invoice_id FROM invoices
        WHERE balance <> CASE stage WHEN 1 THEN 0 ELSE total - credits - payments - writeoffs END OR balance < 0""",
    "credits, payments, write-offs and refunds are what was applied": """
        SELECT i.invoice_id FROM invoices i LEFT JOIN (
            SELECT invoice_id,
                   sum(CASE WHEN transaction_type = 'cre' THEN a.applied ELSE 0 END) cre,
                   sum(CASE WHEN transaction_type IN ('pay', 'ref') THEN a.applied ELSE 0 END) pay,
                   sum(CASE WHEN transaction_type = 'wri' THEN a.applied ELSE 0 END) wri,
                   sum(CASE WHEN transaction_type = 'ref' THEN -a.applied ELSE 0 END) ref
            FROM transaction_applied a JOIN transactions USING (transaction_id) GROUP BY 1) s USING (invoice_id)
        WHERE credits <> coalesce(cre, 0) OR payments <> coalesce(pay, 0)
           OR writeoffs <> coalesce(wri, 0) OR refunds <> coalesce(ref, 0)""",
    "the stage follows from balance": """
        SELECT invoice_id FROM invoices
        WHERE is_open <> (stage >= 2) OR stage = 0 AND balance <> 0 OR stage >= 2 AND balance <= 0
           OR (stage = 1) <> (void_datetime IS NOT NULL)""",
    "paid_date is the day of the last thing that closed it": """
        SELECT i.invoice_id FROM invoices i
        WHERE (stage = 0) <> (paid_date IS NOT NULL)
           OR stage = 0 AND total > 0 AND NOT EXISTS (
              SELECT 1 FROM transaction_applied a JOIN transactions t USING (transaction_id)
              WHERE a.invoice_id = i.invoice_id AND t.transaction_date = i.paid_date)""",
    "due date is date plus terms": """
        SELECT invoice_id FROM invoices JOIN terms USING (terms_id)
        WHERE due_date <> date(date, '+' || days || ' days')""",
    "nothing lies in the future": """
        SELECT invoice_id FROM invoices WHERE date > '{today}' OR paid_date > '{today}'
        UNION ALL SELECT transaction_id FROM transactions WHERE transaction_date > '{today}'
        UNION ALL SELECT customer_id FROM customers WHERE mod_datetime < write_datetime
        UNION ALL SELECT user_id FROM users WHERE mod_datetime < write_datetime
        UNION ALL SELECT invoice_id FROM invoices WHERE mod_datetime < write_datetime""",
    "ids rise with dates": """
        SELECT i.invoice_id FROM invoices i JOIN invoices n ON n.invoice_id = i.invoice_id + 1 WHERE n.date < i.date
        UNION ALL SELECT t.transaction_id FROM transactions t
        JOIN transactions n ON n.transaction_id = t.transaction_id + 1 WHERE n.transaction_date < t.transaction_date""",
    "an invoice is in its customer's currency and not older than the customer": """
        SELECT invoice_id FROM invoices i JOIN customers c USING (customer_id)
        WHERE i.currency_id <> c.currency_id OR i.write_datetime < c.write_datetime - 86400
           OR i.customer_id <> c.customer_id""",
    "transactions are in their customer's currency": """
        SELECT transaction_id FROM transactions t JOIN customers c USING (customer_id)
        WHERE t.currency_id <> c.currency_id""",
    "a transaction's applied is the sum of its parts and no more than its amount": """
        SELECT t.transaction_id FROM transactions t WHERE applied <>
        (SELECT coalesce(sum(a.applied), 0) FROM transaction_applied a WHERE a.transaction_id = t.transaction_id)
        OR abs(applied) > abs(amount) OR applied * amount < 0""",
    "only refunds are negative": "SELECT transaction_id FROM transactions WHERE (transaction_type = 'ref') <> (amount < 0)",
    "money goes to invoices of the same customer": """
        SELECT a.transaction_id FROM transaction_applied a JOIN transactions t USING (transaction_id)
        JOIN invoices i USING (invoice_id) WHERE t.customer_id <> i.customer_id OR t.transaction_date < i.date""",
    "failed and void transactions pay nothing": """
        SELECT transaction_id FROM transactions WHERE (gateway_status = 0 OR void_datetime IS NOT NULL) AND applied <> 0
        UNION ALL SELECT transaction_id FROM transactions WHERE gateway_status = 0 AND coalesce(gateway_msg, '') = ''""",
    "a refund names the payment it refunds": """
        SELECT r.transaction_id FROM transactions r LEFT JOIN transactions p
        ON p.transaction_id = r.parent_transaction_id AND p.transaction_type = 'pay' AND p.customer_id = r.customer_id
        WHERE r.transaction_type = 'ref' AND p.transaction_id IS NULL""",
    "declines are counted": """
        SELECT customer_id FROM customers c WHERE
        (SELECT coalesce(sum(declines), 0) FROM invoices i WHERE i.customer_id = c.customer_id) <>
        (SELECT count(*) FROM transactions t WHERE t.customer_id = c.customer_id AND gateway_status = 0)""",
    "a schedule adds up to the balance and lies ahead": """
        SELECT i.invoice_id FROM invoices i JOIN
        (SELECT invoice_id, sum(amount) amount, min(date) first FROM invoice_schedule GROUP BY 1) s USING (invoice_id)
        WHERE s.amount <> i.balance OR s.first <= '{today}'""",
    "invoices of a subscription are numbered, belong to its customer and carry its lines": """
        SELECT i.invoice_id FROM invoices i JOIN packages p USING (package_id)
        WHERE i.customer_id <> p.customer_id OR i.paycycle <> p.paycycle OR i.invoice_index <>
            (SELECT count(*) FROM invoices o WHERE o.package_id = i.package_id AND o.invoice_id <= i.invoice_id)
        UNION ALL SELECT l.line_item_id FROM invoice_lines l JOIN invoices i USING (invoice_id)
        JOIN package_lines pl ON pl.line_item_id = l.package_line_id
        WHERE pl.package_id <> i.package_id OR pl.item_id <> l.item_id OR pl.line_quantity <> l.line_quantity""",
    "recurring revenue": """
        SELECT customer_id FROM customers c WHERE (mrr > 0) <> EXISTS (
            SELECT 1 FROM packages p WHERE p.customer_id = c.customer_id AND package_status_str = 'active-current')
        AND mrr <> 0""",
    "what is paid with is on file, and its owner's": """
        SELECT creditcard_id FROM transactions t WHERE creditcard_id IS NOT NULL AND NOT EXISTS (SELECT 1
            FROM creditcards c WHERE c.creditcard_id = t.creditcard_id AND c.customer_id = t.customer_id
            AND substr(c.mask_number, -4) = substr(t.transaction_detail, 2))
        UNION ALL SELECT ach_id FROM transactions t WHERE ach_id IS NOT NULL AND NOT EXISTS (SELECT 1
            FROM ach_accounts c WHERE c.ach_id = t.ach_id AND c.customer_id = t.customer_id
            AND c.mask_number = t.transaction_detail)
        UNION ALL SELECT tokenized_id FROM transactions t WHERE tokenized_id IS NOT NULL AND NOT EXISTS (SELECT 1
            FROM tokenized c WHERE c.tokenized_id = t.tokenized_id AND c.customer_id = t.customer_id)
        UNION ALL SELECT package_id FROM packages p WHERE
            coalesce(creditcard_id, ach_id, tokenized_id) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers c
            WHERE c.customer_id = p.customer_id AND p.paymethod = c.default_paymethod
            AND (p.creditcard_id IS c.default_creditcard_id AND p.ach_id IS c.default_ach_id
                 AND p.tokenized_id IS c.default_tokenized_id))
        UNION ALL SELECT creditcard_id FROM creditcards WHERE expdate <= '{today}' OR expdate NOT LIKE '____-__-01'""",
    "the main contact is a contact of the customer": """
        SELECT customer_id FROM customers c WHERE superuser_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM customer_users cu WHERE cu.customer_id = c.customer_id AND cu.user_id = c.superuser_id)
        UNION ALL SELECT user_id FROM users u WHERE NOT EXISTS
        (SELECT 1 FROM customer_users cu WHERE cu.customer_id = u.customer_id AND cu.user_id = u.user_id)""",
    "a parent was there before": """
        SELECT customer_id FROM customers WHERE parent_customer_id >= customer_id""",
    "a user's name is its parts": """
        SELECT user_id FROM users WHERE name <> trim(first_name || ' ' || coalesce(middle_name_glob || ' ', '')
            || last_name || coalesce(' ' || name_suffix, ''), ' ') AND user_id > 100""",
}

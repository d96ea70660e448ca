"""The reports of the sandbox's account, by id.

3, 4, 6, 7, 37, 44 and 58 have the ids and names of ChargeOver's samples; the others are the sandbox's own.
"""

from __future__ import annotations

from cotui.sandbox.reports.model import ColumnKind, Report, ReportColumn

_TEXT, _DETAIL, _NUMBER = ColumnKind.TEXT, ColumnKind.DETAIL, ColumnKind.NUMBER
_DATE, _MONEY = ColumnKind.DATE, ColumnKind.MONEY
_C = ReportColumn

# The customer of an invoice or transaction, and the main contact of a customer.
_OF_INVOICE = {"c": "LEFT JOIN customers c ON c.customer_id = i.customer_id"}
_OF_TRANSACTION = {"c": "LEFT JOIN customers c ON c.customer_id = t.customer_id"}
_CURRENCY_OF = "LEFT JOIN currencies m ON m.currency_id = {}.currency_id"
_CONTACT = {
    "u": "LEFT JOIN users u ON u.user_id = c.superuser_id",
    "m": _CURRENCY_OF.format("c"),
    "terms": "LEFT JOIN terms ON terms.terms_id = c.terms_id",
}

_CURRENCY = _C("currency_iso4217", _TEXT, "m.iso4217", "m")
_CUSTOMER = (
    _C("tenant_tenant_id", _NUMBER, "c.customer_id"),
    _C("tenant_company", _TEXT, "c.company"),
)
_OVERDUE_CUSTOMER = "max(0, CAST(julianday(:today) - julianday(c.oldest_due_date) AS INTEGER))"
_BALANCES = (
    *_CUSTOMER,
    _C("tenant_balance", _MONEY, "c.balance"),
    _CURRENCY,
    _C("tenant_total", _MONEY, "c.total"),
    _C("tenant_paid", _MONEY, "c.paid"),
    _C("tenant_oldest_due_date", _DATE, "c.oldest_due_date"),
    _C(
        "tenant_days_overdue",
        _NUMBER,
        f"CASE WHEN c.oldest_due_date IS NULL THEN 0 ELSE {_OVERDUE_CUSTOMER} END",
    ),
    _C("user_email", _TEXT, "u.email", "u"),
)
_STANDING = "CASE WHEN c.standing > 0 THEN 'Inactive' WHEN c.oldest_due_date < :today THEN 'Over Due' ELSE 'Current' END"

_INVOICE = (
    _C("invoice_invoice_id", _NUMBER, "i.invoice_id"),
    _C("invoice_refnumber", _TEXT, "i.refnumber"),
    _C("invoice_invoice_date", _DATE, "i.date"),
    _C("invoice_due_date", _DATE, "i.due_date"),
    _C("tenant_tenant_id", _NUMBER, "i.customer_id"),
    _C("tenant_company", _TEXT, "c.company", "c"),
)
_INVOICE_STATUS = (
    "CASE WHEN i.stage = 0 THEN 'Paid' WHEN i.stage = 1 THEN 'Void' WHEN i.stage = 2 THEN 'Collections' "
    "WHEN i.due_date < :today THEN 'Overdue' ELSE 'Unpaid' END"
)
_TRANSACTION_TYPE = (
    "CASE t.transaction_type WHEN 'pay' THEN 'Payment' WHEN 'ref' THEN 'Refund' WHEN 'cre' THEN 'Credit' "
    "WHEN 'wri' THEN 'Write-off' ELSE 'Split' END"
)

_DATE_OF = _C("transaction_transaction_date", _DATE, "t.transaction_date")
_METHOD = _C("transaction_transaction_method", _TEXT, "t.transaction_method")
_DETAIL_OF = _C("transaction_transaction_detail", _DETAIL, "t.transaction_detail")
_AMOUNT = _C("transaction_amount", _MONEY, "t.amount")
_APPLIED = _C("transaction_applied", _MONEY, "t.applied")
_UNAPPLIED = _C("transaction_unapplied", _MONEY, "t.amount - t.applied")
_TYPE = _C("transaction_transaction_type", _TEXT, _TRANSACTION_TYPE)
_PAYER = (
    _C("tenant_tenant_id", _NUMBER, "t.customer_id"),
    _C("tenant_company", _TEXT, "c.company", "c"),
)
_TRANSACTION_ID = _C("transaction_transaction_id", _NUMBER, "t.transaction_id")
_CONTACT_OF_TRANSACTION = (
    "LEFT JOIN users u "
    "ON u.user_id = (SELECT superuser_id FROM customers s WHERE s.customer_id = t.customer_id)"
)
_TRANSACTION_CURRENCY = {"m": _CURRENCY_OF.format("t")}
# A voided transaction counts nowhere, a failed one only among the failed.
_GOOD = "t.gateway_status = 1 AND t.void_datetime IS NULL"


def _transactions(name: str, where: str, *columns: ReportColumn) -> Report:
    return Report(
        name,
        "transactions t",
        "t.transaction_id",
        "t.currency_id",
        columns,
        order=("transaction_transaction_date",),
        where=where,
        joins=_OF_TRANSACTION | _TRANSACTION_CURRENCY | {"u": _CONTACT_OF_TRANSACTION},
    )


def _customers(name: str, order: str, where: str, *columns: ReportColumn) -> Report:
    return Report(name, "customers c", "c.customer_id", "c.currency_id", columns, (order,), where, _CONTACT)


def _invoices(name: str, order: str, where: str, *columns: ReportColumn) -> Report:
    joins = _OF_INVOICE | {"m": _CURRENCY_OF.format("i")}
    return Report(name, "invoices i", "i.invoice_id", "i.currency_id", columns, (order,), where, joins)


_AGED = """(
    SELECT customer_id, currency_id,
           sum(CASE WHEN due_date >= :today THEN balance ELSE 0 END) AS not_due,
           sum(CASE WHEN due_date < :today AND due_date >= :day30 THEN balance ELSE 0 END) AS to30,
           sum(CASE WHEN due_date < :day30 AND due_date >= :day60 THEN balance ELSE 0 END) AS to60,
           sum(CASE WHEN due_date < :day60 AND due_date >= :day90 THEN balance ELSE 0 END) AS to90,
           sum(CASE WHEN due_date < :day90 THEN balance ELSE 0 END) AS older,
           sum(balance) AS balance, count(*) AS invoices
    FROM invoices WHERE is_open = 1 GROUP BY customer_id
) a"""

REPORTS: dict[int, Report] = {
    3: _customers("Open Customer Balances", "tenant_company", "c.balance <> 0", *_BALANCES),
    4: _customers("All Customer Balances", "tenant_company", "", *_BALANCES),
    5: Report(
        "Aging by Customer",
        _AGED,
        "a.customer_id",
        "a.currency_id",
        (
            _C("tenant_tenant_id", _NUMBER, "a.customer_id"),
            _C("tenant_company", _TEXT, "c.company", "c"),
            _C("currency_iso4217", _TEXT, "m.iso4217", "m"),
            _C("aging_current", _MONEY, "a.not_due"),
            _C("aging_1_to_30", _MONEY, "a.to30"),
            _C("aging_31_to_60", _MONEY, "a.to60"),
            _C("aging_61_to_90", _MONEY, "a.to90"),
            _C("aging_over_90", _MONEY, "a.older"),
            _C("aging_balance", _MONEY, "a.balance"),
            _C("aging_invoices", _NUMBER, "a.invoices"),
        ),
        order=("tenant_company",),
        joins={
            "c": "LEFT JOIN customers c ON c.customer_id = a.customer_id",
            "m": _CURRENCY_OF.format("a"),
        },
        grouped=True,
    ),
    6: _transactions(
        "Credits",
        f"t.transaction_type = 'cre' AND {_GOOD}",
        _DATE_OF,
        *_PAYER,
        _DETAIL_OF,
        _AMOUNT,
        _APPLIED,
        _UNAPPLIED,
        _CURRENCY,
        _TRANSACTION_ID,
    ),
    7: _transactions(
        "Failed Payments",
        "t.transaction_type = 'pay' AND t.gateway_status = 0",
        _DATE_OF,
        *_PAYER,
        _AMOUNT,
        _C("transaction_gateway_msg", _TEXT, "t.gateway_msg"),
        _METHOD,
        _DETAIL_OF,
        _C("transaction_gateway_err_code", _TEXT, "t.gateway_err_code"),
        _C("user_email", _TEXT, "u.email", "u"),
        _C("user_phone", _TEXT, "u.phone", "u"),
        _C("tenant_balance", _MONEY, "c.balance", "c"),
        _CURRENCY,
        _TRANSACTION_ID,
    ),
    8: _invoices(
        "Overdue Invoices",
        "invoice_due_date",
        "i.stage IN (2, 3) AND i.due_date < :today",
        *_INVOICE,
        _C("invoice_days_overdue", _NUMBER, "CAST(julianday(:today) - julianday(i.due_date) AS INTEGER)"),
        _C("invoice_invoice_status_name", _TEXT, _INVOICE_STATUS),
        _C("invoice_total", _MONEY, "i.total"),
        _C("invoice_balance", _MONEY, "i.balance"),
        _CURRENCY,
        _C("invoice_declines", _NUMBER, "i.declines"),
    ),
    9: _transactions(
        "Unapplied Payments and Credits",
        f"t.transaction_type IN ('pay', 'cre') AND t.amount <> t.applied AND {_GOOD}",
        _DATE_OF,
        *_PAYER,
        _TYPE,
        _METHOD,
        _DETAIL_OF,
        _AMOUNT,
        _UNAPPLIED,
        _CURRENCY,
        _TRANSACTION_ID,
    ),
    10: _transactions(
        "Refunds",
        f"t.transaction_type = 'ref' AND {_GOOD}",
        _DATE_OF,
        *_PAYER,
        _METHOD,
        _DETAIL_OF,
        _AMOUNT,
        _C("transaction_parent_transaction_id", _NUMBER, "t.parent_transaction_id"),
        _CURRENCY,
        _TRANSACTION_ID,
    ),
    12: _customers(
        "Recurring Revenue by Customer",
        "tenant_company",
        "c.mrr > 0",
        *_CUSTOMER,
        _C("tenant_mrr", _MONEY, "c.mrr"),
        _C("tenant_arr", _MONEY, "c.mrr * 12"),
        _CURRENCY,
        _C("tenant_customer_status_name", _TEXT, _STANDING),
    ),
    37: _customers(
        "All Customers",
        "tenant_tenant_id",
        "",
        *_CUSTOMER,
        _C("tenant_external_key", _TEXT, "c.external_key"),
        _C("tenant_customer_status_name", _TEXT, _STANDING),
        _C("user_name", _TEXT, "u.name", "u"),
        _C("user_email", _TEXT, "u.email", "u"),
        _C("user_phone", _TEXT, "u.phone", "u"),
        _C("tenant_bill_city", _TEXT, "c.bill_city"),
        _C("tenant_bill_state", _TEXT, "c.bill_state"),
        _C("tenant_bill_country", _TEXT, "c.bill_country"),
        _C("terms_name", _TEXT, "terms.name", "terms"),
        _CURRENCY,
        _C("tenant_total", _MONEY, "c.total"),
        _C("tenant_paid", _MONEY, "c.paid"),
        _C("tenant_balance", _MONEY, "c.balance"),
    ),
    44: _invoices(
        "Invoices by Date",
        "invoice_invoice_date",
        "",
        *_INVOICE,
        _C("invoice_invoice_status_name", _TEXT, _INVOICE_STATUS),
        _C("invoice_subtotal", _MONEY, "i.subtotal"),
        _C("invoice_taxes", _MONEY, "i.taxes"),
        _C("invoice_total", _MONEY, "i.total"),
        _C("invoice_credits", _MONEY, "i.credits"),
        _C("invoice_payments", _MONEY, "i.payments"),
        _C("invoice_balance", _MONEY, "i.balance"),
        _CURRENCY,
    ),
    58: _transactions(
        "Payments by Date",
        f"t.transaction_type = 'pay' AND {_GOOD}",
        _DATE_OF,
        _METHOD,
        _DETAIL_OF,
        _AMOUNT,
        _C("transaction_gateway_transid", _DETAIL, "t.gateway_transid"),
        _TYPE,
        *_PAYER,
        _CURRENCY,
        _TRANSACTION_ID,
    ),
}

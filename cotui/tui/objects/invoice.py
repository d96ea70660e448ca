"""Invoices on screen."""

from __future__ import annotations

from cotui.catalog.spelling import finite
from cotui.tui.base.object_register import Evidence, ObjectHooks, Row


def _paid(now: Row, _sent: Row) -> bool:
    return finite(now.get("balance")) == 0


def _void(now: Row, _sent: Row) -> bool:
    return bool(now.get("void_datetime")) or "void" in str(now.get("invoice_status_str"))


def _approved(now: Row, _sent: Row) -> bool:
    status = now.get("invoice_status_str")
    return bool(status) and "pending" not in str(status)


def _scheduled(now: Row, sent: Row) -> bool:
    payments = now.get("schedule")
    return len(payments if isinstance(payments, list) else ()) == len(sent.get("schedule") or ())


_PAID = Evidence(("balance", "invoice_status_str"), _paid)

HOOKS = ObjectHooks(
    form="actions.invoices:edit_invoice",
    flows={
        "email": "actions.messages:email_invoice",
        "payByCard": "access.pay_link:pay_link",
        "payByBankAccount": "access.pay_link:pay_link",
        "pdf": "access.pay_link:pdf_link",
        "pay": "payments.payments:pay_with_stored_method",
        "payFromBalance": "payments.payments:pay_from_balance",
        "void": "payments.payments:void",
        "schedule": "payments.schedule_form:schedule_payments",
    },
    evidence={
        "pay": _PAID,
        "payFromBalance": _PAID,
        "void": Evidence(("invoice_status_str", "void_datetime"), _void),
        "approve": Evidence(("invoice_status_str",), _approved),
        "schedule": Evidence(("schedule",), _scheduled),
    },
    relations={"statement": "statement.opening:show"},
    sums={"pay": "bulk.bulk_words:due_of"},
)

"""Invoices on screen."""

from __future__ import annotations

from cotui.tui.base.object_register import Evidence, ObjectHooks, Row


def _paid(now: Row, _sent: Row) -> bool:
    try:
        return float(str(now.get("balance"))) == 0
    except ValueError:
        return False


def _void(now: Row, _sent: Row) -> bool:
    return bool(now.get("void_datetime")) or "void" in str(now.get("invoice_status_str"))


def _approved(now: Row, _sent: Row) -> bool:
    return "pending" not in str(now.get("invoice_status_str"))


def _scheduled(now: Row, sent: Row) -> bool:
    return len(now.get("schedule") or ()) == len(sent.get("schedule") or ())


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
    sums={"pay": "bulk.bulk_words:due_of"},
)

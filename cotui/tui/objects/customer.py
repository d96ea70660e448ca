"""Customers on screen."""

from __future__ import annotations

from cotui.tui.base.object_register import Evidence, ObjectHooks, Row


def _active(now: Row, _sent: Row) -> bool:
    return str(now.get("customer_status_str")).startswith("active")


def _inactive(now: Row, _sent: Row) -> bool:
    return str(now.get("customer_status_str")).startswith("inactive")


def _pay_method_set(now: Row, sent: Row) -> bool:
    return now.get("default_paymethod") == sent.get("paymethod")


HOOKS = ObjectHooks(
    form="actions.records:edit_record",
    flows={
        "setMainContact": "actions.contacts:set_main_contact",
        "setPayMethod": "payments.pay_method:set_pay_method",
        "email": "actions.messages:email_customer",
    },
    makes=("user", "invoice"),
    relations={"pay_methods": "payments.ways_to_pay:show", "statement": "statement.opening:show"},
    also=("contact",),  # who is the one that calls
    evidence={
        "setActive": Evidence(("customer_status_str",), _active),
        "setInactive": Evidence(("customer_status_str",), _inactive),
        "setPayMethod": Evidence(("default_paymethod",), _pay_method_set),
    },
)

"""What tells of a customer whether an action whose answer was lost was carried out."""

from __future__ import annotations

from typing import Any

from cotui.tui.objects.customer import HOOKS


def done(action: str, now: dict[str, Any], **sent: Any) -> bool:
    return HOOKS.evidence[action].done(now, sent)


def test_inactive_is_not_taken_for_active() -> None:
    for status, active in (
        ("active-current", True),
        ("inactive", False),
        ("", None),
        (None, None),
        (5, None),
    ):
        now = {"customer_status_str": status}
        assert done("setActive", now) is bool(active)
        assert done("setInactive", now) is (active is False)
    assert not done("setActive", {})


def test_the_pay_method_is_told_by_its_kind() -> None:
    assert done("setPayMethod", {"default_paymethod": "crd"}, paymethod="crd", creditcard_id=3)
    assert not done("setPayMethod", {"default_paymethod": "inv"}, paymethod="crd")
    assert not done("setPayMethod", {}, paymethod="crd")

"""All stored ways to pay belong to a customer and can be forgotten."""

from __future__ import annotations

import pytest

from cotui.catalog import RESOURCES, Effect


@pytest.mark.parametrize("name", ["creditcard", "ach", "tokenized"])
def test_it_leads_to_its_customer_and_is_forgotten_for_good(name: str) -> None:
    resource = RESOURCES[name]
    relation = resource.relation("customer")
    assert relation is not None
    assert (relation.target, relation.source({"customer_id": "44"}), relation.to_one) == (
        "customer",
        44,
        True,
    )
    assert (resource.action("delete").method, resource.action("delete").effect) == ("DELETE", Effect.DESTROYS)
    assert not any(field.updatable for field in resource.fields)

"""JSON Schemas of records and payloads."""

from __future__ import annotations

from cotui.catalog.objects.creditcard import CREDITCARD
from cotui.catalog.objects.invoice import INVOICE
from cotui.sandbox.http.openapi import schemas


def test_records_hold_what_is_served_and_nothing_else() -> None:
    listed, single = schemas.record(INVOICE, listed=True), schemas.record(INVOICE, listed=False)

    assert listed["additionalProperties"] is False
    assert "line_items" not in listed["properties"]
    assert "line_items" in single["properties"]
    assert not [name for name in single["properties"] if "." in name]


def test_payloads_hold_what_can_be_written() -> None:
    sent = schemas.payload(CREDITCARD, creating=True)

    assert sent["properties"]["number"]["writeOnly"] is True
    assert {"customer_id", "customer_external_key", "customer_token"} <= sent["properties"].keys()
    assert "mask_number" not in sent["properties"]
    assert "additionalProperties" not in sent

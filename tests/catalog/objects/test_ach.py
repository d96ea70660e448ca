"""Bank accounts: pages `querying-for-ach-accounts` and `store-an-ach-account`."""

from __future__ import annotations

from cotui.catalog.objects.ach import ACH
from tests.catalog.objects.facts import otherwise, requests, values, where


def test_where_it_is() -> None:
    assert where(ACH) == ("/api/v3/ach", "ach_id", "ach_id:ASC")


def test_what_is_stored_and_what_comes_back() -> None:
    assert otherwise(ACH.fields, {"LGC": "type name", "LG": "mask_number write_datetime"}) == {}
    assert ACH.field("customer_id").filterable
    assert ACH.field("bank").creatable


def test_number_and_routing_are_sent_and_never_read() -> None:
    for name in ("number", "routing"):
        field = ACH.field(name)
        assert (field.creatable, field.secret) == (True, True)
        assert not any((field.listed, field.readable, field.filterable))


def test_kinds_and_forgetting() -> None:
    assert values(ACH, "type") == "chec busi savi"
    assert requests(ACH) == {"delete": "DELETE /ach/7"}

"""Pay method tokens: pages `querying-for-pay-method-tokens` and `store-a-pay-method-token`."""

from __future__ import annotations

from cotui.catalog.objects.tokenized import TOKENIZED
from tests.catalog.objects.facts import otherwise, requests


def test_where_it_is() -> None:
    assert (TOKENIZED.path, TOKENIZED.primary_key) == ("tokenized", "tokenized_id")


def test_what_is_stored_comes_back() -> None:
    fields = {"LGC": "type name paymethod_hint type_hint expdate gateway", "LG": "write_datetime"}
    assert otherwise(TOKENIZED.fields, fields) == {}
    assert TOKENIZED.field("customer_id").filterable


def test_the_vault_s_key_is_required_and_not_shown_although_the_server_tells_it() -> None:
    token = TOKENIZED.field("token")
    assert (token.creatable, token.required, token.secret) == (True, True, True)


def test_it_can_be_forgotten() -> None:
    assert requests(TOKENIZED) == {"delete": "DELETE /tokenized/7"}

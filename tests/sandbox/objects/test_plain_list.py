"""Lists that are served as they are stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cotui.catalog import FieldType
from cotui.catalog.build import Section
from cotui.catalog.objects.note import NOTE
from cotui.sandbox.database.clock import Clock
from cotui.sandbox.database.object_model import ReadContext
from cotui.sandbox.database.store import Store
from cotui.sandbox.objects.plain_list import ID, NUMBER, TEXT, plain_list, plain_object
from tests.sandbox import account
from tests.sandbox.client import Client


@pytest.mark.parametrize(
    "subject", ["coupon", "terms", "currency", "_log_system", "item_category", "admin", "brand"]
)
async def test_lists_that_nobody_writes(live: Client, subject: str) -> None:
    answer = await live.post(subject, {"name": "x"})
    assert answer.message == f"The command requested is not supported: create({subject}, )"
    assert (await live.put(f"{subject}/1", {"name": "x"})).status == 400
    assert (await live.delete(f"{subject}/1")).status == 400


def test_numbers_that_are_unset_are_null(store: Store) -> None:
    listed = plain_list("thing", "things", {"thing_id": ID, "hours": NUMBER})
    with store.read() as reader:
        context = ReadContext(reader.connection, reader.lookups, Clock("UTC"), account.TODAY, "")
        assert listed.single((1, None), context) == {"thing_id": 1, "hours": None}
        assert listed.single((2, 3.0), context) == {"thing_id": 2, "hours": 3}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"worth": FieldType.MONEY}, "thing: worth is an amount, so a field currency_id or customer_id"),
        ({"lines": FieldType.OBJECTS}, "thing: lines is more than a column holds"),
        ({"lines.rate": NUMBER}, r"thing: lines\.rate is more than a column holds"),
    ],
)
def test_what_no_plain_list_can_serve_is_refused_when_it_is_defined(
    fields: dict[str, FieldType], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        plain_list("thing", "things", {"thing_id": ID, **fields})


def test_what_is_filtered_by_has_to_be_shown() -> None:
    hidden = Section("")("secret", TEXT, "Secret", "Not shown.", "F")
    with pytest.raises(ValueError, match="note: secret is to be filtered or ordered by, but is in no record"):
        plain_object(replace(NOTE, fields=(*NOTE.fields, hidden)), "notes")

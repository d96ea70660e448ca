"""The account's small lists in memory."""

from __future__ import annotations

from cotui.sandbox.database.lookups import Lookups
from cotui.sandbox.database.store import Store


def test_lists_are_read_by_id(store: Store) -> None:
    with store.read() as reader:
        lookups = Lookups.load(reader.connection)

    assert lookups.terms[2] == ("Net 30", 30)
    assert lookups.admins[1] == ("Sam Support", "support@example.com")
    assert lookups.brands == {1: "Example"}
    assert lookups.decimals == 3


def test_amounts_are_printed_in_their_currency(store: Store) -> None:
    with store.read() as reader:
        currency = reader.lookups.currency

    assert currency(1).printed(123_450) == "$ 1,234.50"
    assert currency(2).printed(1234) == "¥ 1,234"
    assert currency(0).printed(5) == " 0.05"

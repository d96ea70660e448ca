"""The lines of an invoice under edit: what is sent makes the server hold what was shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cotui.api import Api, Connection, Outcome, Record, Write
from cotui.catalog.editing import creation, editing
from cotui.catalog.money import decimal_of
from cotui.catalog.objects.invoice import INVOICE
from cotui.sandbox.database.store import Store
from cotui.sandbox.http.app import create_app
from cotui.tui.invoice_lines.lines import InvoiceLines, LineState, LineValues
from tests.depth import examples
from tests.sandbox import account

STORED = [
    {
        "line_item_id": 7,
        "item_id": 1,
        "item_name": "Plan",
        "descrip": "June",
        "line_rate": 10.95,
        "line_quantity": 2,
    },
    {
        "line_item_id": "8",
        "item_id": "2",
        "item_name": "Gas",
        "descrip": None,
        "line_rate": 0.1,
        "line_quantity": 3,
    },
]


def values(lines: InvoiceLines, index: int, **changes: Any) -> LineValues:
    from dataclasses import replace

    return replace(lines.lines[index].values, **changes)


def test_untouched_lines_are_not_sent() -> None:
    lines = InvoiceLines(STORED, "USD")
    assert [line.state for line in lines.lines] == [LineState.KEPT, LineState.KEPT]
    assert not lines.changed
    assert lines.payload() == {}
    assert lines.total == Decimal("22.20")


def test_only_what_changed_of_a_line_is_sent_and_others_are_kept_by_their_number() -> None:
    lines = InvoiceLines(STORED, "USD")
    lines.change(0, values(lines, 0, rate=Decimal("11.05")))
    assert lines.payload() == {"line_items": [{"line_item_id": 7, "line_rate": 11.05}, {"line_item_id": 8}]}
    assert lines.total == Decimal("22.40")


def test_a_removed_line_is_left_out_and_can_be_restored_as_it_was_edited() -> None:
    lines = InvoiceLines(STORED, "USD")
    lines.change(0, values(lines, 0, descrip="July"))
    lines.remove(0)
    assert lines.lines[0].state is LineState.REMOVED
    assert lines.payload() == {"line_items": [{"line_item_id": 8}]}
    lines.restore(0)
    assert lines.payload() == {"line_items": [{"line_item_id": 7, "descrip": "July"}, {"line_item_id": 8}]}
    lines.undo(0)
    assert lines.payload() == {}


def test_a_new_line_that_is_removed_again_leaves_nothing_to_send() -> None:
    lines = InvoiceLines(STORED, "USD")
    at = lines.add(LineValues(2, "Gas", "extra", Decimal("1.10"), Decimal(3)))
    assert lines.payload()["line_items"][-1] == {
        "item_id": 2,
        "descrip": "extra",
        "line_rate": 1.1,
        "line_quantity": 3,
    }
    lines.remove(at)
    assert lines.payload() == {}
    assert not lines.changed
    assert lines.counts() == {LineState.KEPT: 2, LineState.REMOVED: 1}


def test_a_value_set_back_to_what_it_was_is_no_change() -> None:
    lines = InvoiceLines(STORED, "USD")
    lines.change(0, values(lines, 0, rate=Decimal("10.950")))
    assert lines.lines[0].state is LineState.KEPT
    assert lines.payload() == {}


@pytest.mark.parametrize(
    ("iso", "subtotal"), [("USD", "1.01"), ("JPY", "1"), ("KWD", "1.005")], ids=["two", "none", "three"]
)
def test_subtotals_are_rounded_as_invoices_round(iso: str, subtotal: str) -> None:
    line = LineValues(1, "", "", Decimal("0.335"), Decimal(3))
    assert line.subtotal(iso) == Decimal(subtotal)


def test_numbers_that_are_none_count_as_nothing() -> None:
    odd: list[object] = [None, True, "", "abc", float("nan"), 1e300, "1e999999", [1]]
    assert [decimal_of(value) for value in odd] == [0] * len(odd)
    assert decimal_of("10.90") == Decimal("10.9")


# -- somebody else ----------------------------------------------------------------------------------


def test_what_others_did_is_taken_over_and_own_edits_stay() -> None:
    lines = InvoiceLines(STORED, "USD")
    lines.change(0, values(lines, 0, descrip="July"))
    theirs = [
        {**STORED[0], "line_quantity": 5},
        STORED[1],
        {
            "line_item_id": 9,
            "item_id": 1,
            "item_name": "Plan",
            "descrip": "",
            "line_rate": 1,
            "line_quantity": 1,
        },
    ]
    assert lines.rebase(theirs)
    assert lines.payload() == {
        "line_items": [{"line_item_id": 7, "descrip": "July"}, {"line_item_id": 8}, {"line_item_id": 9}]
    }
    assert lines.lines[0].values.quantity == 5
    assert not lines.rebase(theirs)


def test_a_line_that_others_removed_comes_back_as_new_only_where_it_was_edited_here() -> None:
    lines = InvoiceLines(STORED, "USD")
    lines.change(0, values(lines, 0, quantity=Decimal(4)))
    assert lines.rebase([])
    assert lines.payload() == {
        "line_items": [{"item_id": 1, "descrip": "June", "line_rate": 10.95, "line_quantity": 4}]
    }


# -- the sandbox holds what was shown ---------------------------------------------------------------


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = account.build(3)
    yield store
    store.close()


amounts = st.decimals(min_value=0, max_value=9_999, places=6, allow_nan=False)
line_values = st.builds(
    LineValues,
    item_id=st.sampled_from([1, 2]),
    item_name=st.just(""),
    descrip=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    rate=st.one_of(amounts, st.integers(0, 10**6).map(lambda cents: Decimal(cents).scaleb(-2))),
    quantity=st.decimals(min_value=Decimal("0.001"), max_value=999, places=3, allow_nan=False),
)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 9), line_values),
        st.tuples(st.just("change"), st.integers(0, 9), line_values),
        *(st.tuples(st.just(name), st.integers(0, 9), st.none()) for name in ("remove", "restore", "undo")),
    ),
    max_size=12,
)


@settings(max_examples=examples(60))
@given(customer=st.integers(1, 3), begin=st.lists(line_values, min_size=1, max_size=4), steps=edits)
def test_the_record_read_back_is_what_the_editor_showed(
    store: Store, customer: int, begin: list[LineValues], steps: list[tuple[str, int, LineValues | None]]
) -> None:
    asyncio.run(_edit_and_compare(store, customer, begin, steps))


async def _edit_and_compare(
    store: Store, customer: int, begin: list[LineValues], steps: list[tuple[str, int, LineValues | None]]
) -> None:
    transport = httpx.ASGITransport(app=create_app(store, credentials={"a": "b"}, clock=account.now))
    api = Api(Connection("test", "localhost", "a", "b"), transport=transport)
    try:
        new = InvoiceLines((), "")
        for line in begin:
            new.add(line)
        made = await _write(api, None, {"customer_id": customer, **new.payload()})
        assert made.made is not None, made.message
        record = await api.get(INVOICE, made.made)
        lines = InvoiceLines(record.raw["line_items"], record.raw["currency_iso4217"])
        _same(lines, record)
        _edit(lines, steps)
        payload = lines.payload()
        _well_formed(lines, payload)
        if payload:
            outcome = await _write(api, made.made, payload)
            assert outcome.done is bool(lines.left), outcome.message
        if lines.left:
            _same(lines, await api.get(INVOICE, made.made))
    finally:
        await api.aclose()


async def _write(api: Api, ref: int | str | None, payload: dict[str, Any]) -> Outcome:
    action = creation(INVOICE) if ref is None else editing(INVOICE)
    assert action is not None
    return await api.write(Write(INVOICE, action, ref, payload))


def _edit(lines: InvoiceLines, steps: list[tuple[str, int, LineValues | None]]) -> None:
    for what, index, new in steps:
        if what == "add":
            assert new is not None
            lines.add(new)
            continue
        at = index % len(lines.lines)
        if what == "change":
            assert new is not None
            lines.change(at, new)
        else:
            getattr(lines, what)(at)


def _well_formed(lines: InvoiceLines, payload: dict[str, Any]) -> None:
    """The rules of section 11.1: kept lines by number only, new ones without, removed ones not at all."""
    assert bool(payload) is lines.changed
    if not payload:
        assert set(lines.counts()) <= {LineState.KEPT, LineState.REMOVED}
        assert all(line.stored is None for line in lines.lines if line.removed)
        return
    for line, entry in zip(lines.left, payload["line_items"], strict=True):
        if line.state is LineState.KEPT:
            assert entry == {"line_item_id": line.line_item_id}
        elif line.state is LineState.CHANGED:
            assert entry["line_item_id"] == line.line_item_id
            assert len(entry) > 1
        else:
            assert set(entry) == {"item_id", "descrip", "line_rate", "line_quantity"}


def _same(lines: InvoiceLines, record: Record) -> None:
    read = record.raw["line_items"]
    shown = lines.left
    assert [(line["item_id"], line["descrip"] or "") for line in read] == [
        (line.values.item_id, line.values.descrip) for line in shown
    ]
    for name, wanted in (
        ("line_rate", [line.values.rate for line in shown]),
        ("line_quantity", [line.values.quantity for line in shown]),
        ("line_subtotal", [line.values.subtotal(lines.iso) for line in shown]),
    ):
        assert [decimal_of(line[name]) for line in read] == wanted
    assert decimal_of(record.raw["subtotal"]) == lines.total

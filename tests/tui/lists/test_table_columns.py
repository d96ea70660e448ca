"""How columns share the room there is; and no more work than a screen can show, whatever a report or a text holds."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest

from cotui.catalog import Field, FieldType, Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.package import PACKAGE
from cotui.catalog.objects.transaction import TRANSACTION
from cotui.catalog.objects.user import USER
from cotui.tui.base.cells import cell_len, widest
from cotui.tui.lists import table_columns
from cotui.tui.lists.column_layout import HIDDEN_MARK
from cotui.tui.lists.table_columns import (
    GAP,
    MARGIN,
    NAME,
    Need,
    TableColumn,
    default_columns,
    fitted,
    place,
    room_beside,
)


def column(name: str, width: int, drop: int, *, grows: bool = False) -> TableColumn:
    return TableColumn(Field(name, FieldType.INTEGER, name, "", ""), name, width, drop, grows)


def dropped_one_by_one(columns: Sequence[TableColumn], width: int, keep: int | None) -> list[int]:
    """What stays, by the rule as it is written down: the highest `drop` goes, the rightmost of equals."""
    kept = list(range(len(columns)))
    while len(kept) > 1 and MARGIN - GAP + sum(columns[i].width + GAP for i in kept) > width:
        kept.remove(max((i for i in kept if i != keep), key=lambda i: (columns[i].drop, i)))
    return kept


@pytest.mark.parametrize("seed", range(20))
def test_the_columns_that_stay_are_those_of_the_rule(seed: int) -> None:
    chance = random.Random(seed)
    columns = [
        column(f"c{n}", chance.randint(5, 20), chance.randint(0, 5)) for n in range(chance.randint(1, 25))
    ]
    for width in (1, 10, 40, 80, 300):
        for keep in (None, 0, len(columns) - 1):
            placed = [one.index for one in place(columns, width, keep=keep)]
            assert placed == dropped_one_by_one(columns, width, keep)


def test_placing_looks_at_each_column_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[TableColumn] = []
    real = table_columns._narrowest

    def narrowest(one: TableColumn) -> int:
        looked_at.append(one)
        return real(one)

    monkeypatch.setattr(table_columns, "_narrowest", narrowest)
    columns = [column(f"c{n}", 10, n) for n in range(2000)]
    assert len(place(columns, 100)) == 8
    assert len(looked_at) == 2000


@pytest.mark.parametrize(
    "line", ["", "abc", "ab…", "日本語", "e\u0301" * 5, "👩‍👩‍👧", "x" * 400, "日" * 400, "e\u0301" * 300]
)
@pytest.mark.parametrize("most", [4, 20, 200])
def test_the_widest_line_is_told_from_one_that_fits(line: str, most: int) -> None:
    found = widest([line], most)
    assert found == cell_len(line) or (found > most and len(line) > 16 * most)


def names_of(resource: Resource, width: int, needs: Mapping[str, Need] = MappingProxyType({})) -> list[str]:
    columns = fitted(default_columns(resource), needs, {})
    return [one.column.heading for one in place(columns, width)]


#: what a page of ordinary invoices needs
INVOICES = {
    name: Need(*need)
    for name, need in {
        "refnumber": (5,), "date": (10,), "due_date": (10,), "invoice_status_str": (11,), "total": (9, 3),
        "balance": (9, 3), "currency_iso4217": (3,), "days_overdue": (3,), "terms_name": (14,),
    }.items()
}  # fmt: skip


def test_a_number_takes_the_cells_of_its_heading_and_its_digits() -> None:
    columns = place(fitted(default_columns(INVOICE), INVOICES, {}), 120)
    assert [one.width for one in columns][:1] == [len("Number")]
    columns = place(fitted(default_columns(INVOICE), {**INVOICES, "refnumber": Need(15)}, {}), 80)
    assert columns[0].width == 15, "and is never cut"


@pytest.mark.parametrize("needs", [INVOICES, {}])
def test_at_80_cells_invoices_have_who_due_status_and_balance_with_its_currency(
    needs: dict[str, Need],
) -> None:
    shown = names_of(INVOICE, 80 - 1 - HIDDEN_MARK, needs)
    assert shown == [
        "Number",
        "Company",
        "Due",
        "Status",
        "Balance",
        "Cur",
    ]


def test_at_80_cells_payments_and_subscriptions_have_what_a_caller_asks_for() -> None:
    needs = {"transaction_status_name": Need(50, 0, 9), "amount": Need(10, 3), "transaction_method": Need(22)}
    shown = names_of(TRANSACTION, 80 - 1 - HIDDEN_MARK, needs)
    assert shown == ["Date", "Company", "Method", "Amount", "Cur", "Status"]
    needs = {"mrr": Need(9, 3), "next_invoice_datetime": Need(10), "package_status_str": Need(22, 0, 10)}
    shown = names_of(PACKAGE, 80 - 1 - HIDDEN_MARK, needs)
    assert shown == ["Company", "Name", "Status", "Next invoice", "MRR", "Cur"]


#: what a page of payments needs, of which some were declined
DECLINES = {
    "transaction_date": Need(10), "transaction_type": Need(7), "transaction_method": Need(22), "amount": Need(10, 3),
    "currency_iso4217": Need(3), "transaction_status_name": Need(45, 0, 9), "applied": Need(9, 3),
    "unapplied": Need(8, 3),
}  # fmt: skip


@pytest.mark.parametrize("width", [119, 120])
def test_at_120_cells_one_reads_why_a_payment_was_declined(width: int) -> None:
    columns = fitted(default_columns(TRANSACTION), DECLINES, {})
    placed = {one.column.heading: one.width for one in place(columns, width - HIDDEN_MARK)}
    assert placed["Status"] >= len("Declined: insufficient…")
    assert placed["Company"] >= 20
    assert [*placed] == ["Date", "Company", "Type", "Method", "Amount", "Cur", "Status", "Not used"]
    assert room_beside(columns, amounts=True) >= 100 + table_columns.REASON - 9, "nor does a preview cut it"


def test_no_column_goes_for_reasons_where_there_are_none() -> None:
    needs = {**DECLINES, "transaction_status_name": Need(9, 0, 9)}
    assert len(names_of(TRANSACTION, 119, needs)) == len(TRANSACTION.columns)


@pytest.mark.parametrize("width", range(50, 240))
def test_a_reason_takes_little_of_names(width: int) -> None:
    """Less than others take, and nothing where it would find no room all the same."""
    for resource, needs in ((TRANSACTION, DECLINES), (PACKAGE, {"package_status_str": Need(23, 0, 10)})):
        columns = fitted(default_columns(resource), needs, {})
        without = fitted(default_columns(resource), {**needs, **_short(needs)}, {})
        told, plain = ({one.column.heading: one.width for one in place(a, width)} for a in (columns, without))
        assert told["Company"] >= min(plain["Company"], table_columns.SHORT_NAME)


def _short(needs: Mapping[str, Need]) -> dict[str, Need]:
    """The needs of rows whose statuses have no reasons."""
    return {name: need._replace(cells=need.short) for name, need in needs.items() if need.short}


@pytest.mark.parametrize("width", range(60, 240, 3))
def test_a_reason_costs_no_other_column_than_those_that_go_before_it(width: int) -> None:
    columns = fitted(default_columns(TRANSACTION), DECLINES, {})
    plain = [one._replace(more=None) if one.heading == "Status" else one for one in columns]
    told = {one.column.heading for one in place(columns, width)}
    assert {one.column.heading for one in place(plain, width)} - told <= {"Applied"}
    kept = next(at for at, one in enumerate(columns) if one.heading == "Applied")
    assert "Applied" in {one.column.heading for one in place(columns, width, keep=kept)}


def test_on_the_narrowest_screens_a_status_stays_with_its_amount() -> None:
    shown = names_of(TRANSACTION, 40 - 1 - HIDDEN_MARK, DECLINES)
    assert shown == ["Company", "Amount", "Cur", "Status"]


@pytest.mark.parametrize("width", range(36, 130, 7))
def test_company_and_amount_with_its_currency_are_never_dropped(width: int) -> None:
    assert {"Number", "Company", "Balance", "Cur"} <= set(names_of(INVOICE, width, INVOICES))
    assert {"Company", "Balance", "Cur"} <= set(names_of(CUSTOMER, width))
    assert {"Company", "Amount", "Cur"} <= set(names_of(TRANSACTION, width))


def test_one_long_name_does_not_starve_its_neighbours() -> None:
    needs = {"company": Need(60), "superuser_name": Need(16), "superuser_email": Need(24)}
    placed = {
        one.column.heading: one.width for one in place(fitted(default_columns(CUSTOMER), needs, {}), 120)
    }
    assert placed["Contact"] == 16
    assert placed["E-mail"] == 24
    assert placed["Company"] > 22


def test_names_keep_their_room_whatever_stands_there_meanwhile() -> None:
    column = next(one for one in default_columns(INVOICE) if one.named)
    assert (column.heading, column.align, column.cuttable) == ("Company", "left", True)
    assert fitted([column], {"customer_id": Need(3)}, {})[0].width == NAME
    assert not any(one.named for one in default_columns(CUSTOMER)), "its own number is no name"
    assert [one.heading for one in default_columns(USER) if one.named] == ["Company"]


def test_what_was_set_by_hand_holds_but_cuts_no_number() -> None:
    hand = {"balance": 4, "customer_id": 9, "terms_name": 30}
    columns = {one.field.name: one for one in fitted(default_columns(INVOICE), INVOICES, hand)}
    assert [columns[name].width for name in hand] == [9, 9, 30]
    assert not columns["customer_id"].grows


def test_the_ordered_heading_has_room_for_its_arrow() -> None:
    columns = {one.field.name: one for one in fitted(default_columns(INVOICE), INVOICES, {}, ["refnumber"])}
    assert columns["refnumber"].width == len("Number ↑")
    assert columns["balance"].width == 9


@pytest.mark.parametrize("seed", range(10))
def test_columns_are_placed_side_by_side_whatever_they_need(seed: int) -> None:
    chance = random.Random(seed)
    columns = default_columns(chance.choice([INVOICE, CUSTOMER, USER]))
    needs = {one.field.name: Need(chance.randint(0, 60)) for one in columns if chance.random() < 0.8}
    hand = {one.field.name: chance.randint(3, 90) for one in columns if chance.random() < 0.2}
    for width in (1, 20, 40, 60, 80, 120, 200):
        end = 0
        for one in place(fitted(columns, needs, hand), width):
            assert one.left >= end
            assert one.width >= 1
            end = one.left + one.width + GAP
        assert end - GAP <= max(width, 2)

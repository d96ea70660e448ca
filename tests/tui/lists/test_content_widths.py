"""What columns need for the rows that were looked at: as much as for all of them, found with few values made."""

from __future__ import annotations

import random
from typing import Any

import pytest

from cotui.api import Record
from cotui.catalog import RESOURCES, Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.tui.base.cells import cell_len
from cotui.tui.base.format import cell
from cotui.tui.lists import content_widths
from cotui.tui.lists.content_widths import MOST, ContentWidths, decimals_of
from cotui.tui.lists.table_columns import Need, column_for, default_columns
from tests.tui.support import FixedRows


def looked_at(resource: Resource, raws: list[dict[str, Any]], *fields: str) -> dict[str, Need]:
    columns = [column_for(resource, resource.field(name)) for name in fields]
    rows = FixedRows(len(raws), lambda index: raws[index], resource.primary_key)
    content = ContentWidths()
    content.look(rows, columns, 0, len(raws))
    return content.needs


def invoice(chance: random.Random, number: int) -> dict[str, Any]:
    places = {"JPY": 0, "USD": 2, "KWD": 3}
    code = chance.choice(list(places))
    amount = round(chance.uniform(-1, 1) * 10 ** chance.randint(0, 7), places[code])
    return {
        "invoice_id": number,
        "refnumber": str(number) if chance.random() < 0.9 else f"INV-{number}",
        "balance": int(amount) if code == "JPY" else amount,
        "total": str(amount) if chance.random() < 0.1 else amount,
        "currency_iso4217": code,
        "is_overdue": chance.random() < 0.5,
        "days_overdue": chance.randint(0, 2000),
        "invoice_status_str": chance.choice(["open-unpaid", "open-collections", "unheard-of-until-now"]),
        "date": "2026-03-16",
        "terms_name": chance.choice(["Net 30", "請求書払い", "", None]),
    }


@pytest.mark.parametrize("seed", range(10))
def test_they_are_as_wide_as_the_widest_value(seed: int) -> None:
    chance = random.Random(seed)
    raws = [invoice(chance, number * 10 ** chance.randint(0, 4)) for number in range(1, 60)]
    names = [name for name in raws[0] if name != "is_overdue"]
    needs = looked_at(INVOICE, raws, *names)
    for name in names:
        field = INVOICE.field(name)
        shown = [cell(Record(raw), field) for raw in raws]
        if field.type.pointed:
            decimals = max(map(decimals_of, shown))
            whole = max(len(text) - decimals_of(text) for text in shown)
            assert needs[name] == Need(whole + decimals, decimals), name
        else:
            assert needs[name].cells == max(map(cell_len, shown)), name


def test_few_values_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(record: Record, field: Any) -> str:
        made.append(field.name)
        return cell(record, field)

    monkeypatch.setattr(content_widths, "cell", counted)
    raws = [
        {"customer_id": n, "company": f"Company {n:03}", "balance": n / 4, "currency_iso4217": "USD"}
        for n in range(1, 501)
    ]
    looked_at(CUSTOMER, raws, "customer_id", "company", "balance", "currency_iso4217")
    looked_at(CUSTOMER, raws[::-1], "customer_id", "company", "balance", "currency_iso4217")
    assert len(made) < 50


@pytest.mark.parametrize(
    ("amount", "decimals"),
    [
        ("1,913.56", 3),
        ("40,920", 0),
        ("-146.445", 4),
        ("0.0035", 5),
        ("", 0),
        ("n/a (v. 2)", 0),
        ("$ 5.00", 3),
    ],
)
def test_decimals_begin_at_the_point(amount: str, decimals: int) -> None:
    assert decimals_of(amount) == decimals


HOSTILE = (
    "x" * 10_000,
    "日" * 10_000,
    "\x1b[31m" * 100,
    10**300,
    1e300,
    -1e300,
    float("nan"),
    [1] * 50,
    {"a": 1},
    True,
)


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:6])
@pytest.mark.parametrize(
    "name", ["refnumber", "balance", "date", "invoice_id", "invoice_status_str", "is_void"]
)
def test_no_value_asks_for_more_than_a_line(name: str, value: Any) -> None:
    need = looked_at(INVOICE, [{name: 1}, {name: value}, {name: 2}], name)[name]
    assert 0 < need.cells <= MOST


def test_words_in_brackets_can_be_cut() -> None:
    raws = [{"customer_status_str": "inactive-activity"}, {"customer_status_str": "active-overdue"}]
    need = looked_at(CUSTOMER, raws, "customer_status_str")["customer_status_str"]
    assert need == Need(len("Inactive (no recent activity)"), 0, len("Inactive…"))
    assert need.least == 9


def test_all_that_is_loaded_is_looked_at_once_and_what_changes_again() -> None:
    looked: list[int] = []
    rows = FixedRows(1000, lambda index: looked.append(index) or {"customer_id": index + 1}, "customer_id")
    loaded = [0, 100]
    rows.loaded_around = lambda first, stop: (loaded[0], loaded[1])  # type: ignore[method-assign]
    content, columns = ContentWidths(), default_columns(CUSTOMER)
    assert content.look(rows, columns, 0, 20)
    for first in (0, 1, 50, 80):
        assert not content.look(rows, columns, first, first + 20), "they were loaded when it looked"
    assert content.needs["customer_id"].cells == 3
    loaded[1] = 200
    assert not content.look(rows, columns, 81, 101)
    assert sorted(set(looked)) == list(range(200))
    content.changed(150, 400)
    rows._records.clear()
    looked.clear()
    assert not content.look(rows, columns, 149, 169)
    assert sorted(set(looked)) == list(range(150, 200))
    loaded[:] = [980, 1000]
    assert content.look(rows, columns, 980, 1000)
    assert content.needs["customer_id"].cells == 4
    content.start_over()
    assert content.needs["customer_id"].cells == 4, "what was known holds until rows are here"
    rows.missing = set(range(100))
    loaded[:] = [0, 100]
    assert not content.look(rows, columns, 0, 20)
    rows.missing = set()
    assert content.look(rows, columns, 0, 20)
    assert content.needs["customer_id"].cells == 3


def test_a_column_of_two_values_needs_room_for_both_and_cuts_the_second() -> None:
    package = RESOURCES["package"]
    columns = [one for one in default_columns(package) if one.field.name.startswith(("package_s", "next"))]
    raws: list[dict[str, Any]] = [
        {"package_status_str": "active-current", "next_invoice_datetime": "2026-12-01 00:00:00"},
        {"package_status_str": "suspended-suspended", "suspendto_datetime": "2027-01-15 00:00:00"},
    ]
    content = ContentWidths()
    content.look(FixedRows(2, lambda index: raws[index], "package_id"), columns, 0, 2)
    needs = content.needs
    assert needs["package_status_str"] == Need(len("Suspended to 2027-01-15"), 0, len("Suspended…"))
    payment = [one for one in default_columns(RESOURCES["transaction"]) if one.heading == "Status"]
    declined = {
        "transaction_status_str": "error-declined",
        "transaction_status_name": "Declined",
        "gateway_msg": "no",
    }
    content.start_over()
    content.look(FixedRows(1, lambda _index: declined, "transaction_id"), payment, 0, 1)
    assert content.needs["transaction_status_name"] == Need(len("Declined: no"), 0, len("Declined…"))
    assert needs["next_invoice_datetime"] == Need(10), "a column for days shows no time"

"""All fields below an answer: folded, and nothing twice."""

from __future__ import annotations

from typing import Any

from cotui.api import Record
from cotui.catalog.objects.customer import CUSTOMER
from cotui.tui.pages.answer_entry import ALL_FIELDS
from cotui.tui.pages.field_lines import FoldedFields, group_of, groups_of
from cotui.tui.records.record_page import PageOptions, RecordPage
from tests.tui.pages.answers import customer


def made(record: Record | None = None, **options: Any) -> RecordPage:
    page = RecordPage(79)
    record = record or customer()
    FoldedFields(CUSTOMER, record, PageOptions(79, meanings=False, empty_key="E", **options), page).add()
    return page


def texts(page: RecordPage) -> list[str]:
    return [line.text.rstrip() for line in page.lines]


def test_a_line_a_group_with_what_is_in_it() -> None:
    assert texts(made()) == [
        "  ▸ All fields 8   E: empty ones too",
        "    ▸ Account       Customer ID, Company, Parent customer",
        "    ▸ Status        Status name",
        "    ▸ Money         Balance, Currency",
        "    ▸ Main contact  E-mail",
        "    ▸ Settings      Terms ID",
    ]


def test_an_open_group_shows_its_values() -> None:
    lines = texts(made(opened={"fields:Money"}))
    at = lines.index("    ▾ Money")
    assert lines[at + 1].split() == ["Balance", "$1,913.56", "USD"]


def test_a_status_a_currency_and_a_name_are_said_once() -> None:
    everything = groups_of(CUSTOMER, customer())
    names = [entry.name for entry in made(opened=everything).entries]
    assert [name for name in names if "status" in name] == ["customer_status_name"]
    assert [name for name in names if "currency" in name] == ["currency_iso4217"]
    assert "terms_id" in names
    assert "terms_name" not in names
    bare = customer(customer_status_name=None, terms_id=0, currency_iso4217="")
    names = [entry.name for entry in made(bare, opened=everything).entries]
    assert {"customer_status_str", "customer_status_state", "terms_name", "currency_symbol"} <= set(names)


def test_who_asks_for_the_empty_ones_gets_all_there_is() -> None:
    everything = groups_of(CUSTOMER, customer())
    names = [entry.name for entry in made(opened=everything, show_empty=True).entries]
    assert {"customer_status_id", "customer_status_str", "currency_symbol", "terms_name", "token"} <= set(
        names
    )
    assert "E hides" in texts(made(opened=everything, show_empty=True))[-1]


def test_fields_that_nobody_knows_have_a_group_too() -> None:
    record = customer(surprise="x")
    assert group_of(CUSTOMER, "surprise") in groups_of(CUSTOMER, record)
    assert group_of(CUSTOMER, "surprise") not in groups_of(CUSTOMER, customer())
    assert group_of(CUSTOMER, "balance") == "fields:Money"
    names = [entry.name for entry in made(record, opened={group_of(CUSTOMER, "surprise")}).entries]
    assert "surprise" in names


def test_a_record_without_values_has_no_fields() -> None:
    assert made(Record({}, "customer_id")).lines == []
    assert made().entries[0].name == ALL_FIELDS

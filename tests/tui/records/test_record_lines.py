"""A record laid out as a page: groups, values in words, keys that lead on, what is hidden, and unknown keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cotui.api import Record, clean
from cotui.catalog.field import Field, FieldType
from cotui.catalog.model import Resource
from cotui.catalog.objects.customer import CUSTOMER
from cotui.catalog.objects.invoice import INVOICE
from cotui.catalog.objects.user import USER
from cotui.tui.records.record_json import build_json_page
from cotui.tui.records.record_lines import build_page
from cotui.tui.records.record_page import PageOptions
from tests.tui.record_pages import (
    entry,
    invoice,
    page,
    row,
    texts,
)

FIXTURES = Path(__file__).resolve().parents[4] / "shared" / "fixtures"


def test_fields_stand_in_groups_with_their_values_formatted() -> None:
    made = page(invoice())
    lines = texts(made)
    assert lines[0].strip() == "R-7 · Invoice 10116"
    assert row(made, "Total").endswith("$3,302.97 USD")
    assert row(made, "Due date").endswith("2026-03-01 · Sunday · 12 days overdue")
    assert row(made, "Created").endswith("2026-02-01 14:05:00 -05:00 · Sunday")
    assert row(made, "Country").endswith("null")
    start = next(at for at, text in enumerate(lines) if "1 Road" in text)
    assert lines[start + 1].strip() == "Town"
    headings = [line.runs[0][0].strip() for line in made.lines if line.runs[0][1] == "group"]
    assert headings.index("Money") < headings.index("Billing address") < headings.index("Other fields")


def test_keys_that_the_catalogue_does_not_know_are_shown() -> None:
    made = page(invoice())
    assert row(made, "surprise").endswith('{"a":[1]}')
    assert row(made, "[/red]").endswith("[bold]x[/]")
    assert entry(made, "[/red]").field.label == "[/red]"


def test_hidden_fields_are_counted_and_can_be_shown() -> None:
    record = invoice()
    hidden = texts(page(record))[-1]
    # memo, token, class_id and schedule are empty
    assert hidden.strip().startswith("4 fields without a value · ")
    absent = int(hidden.split(" · ")[1].split()[0])
    full = page(record, show_empty=True)
    assert row(full, "Memo").endswith("—")
    assert sum("not in this answer" in text for text in texts(full)[:-1]) == absent
    assert texts(full)[-1].strip().startswith("4 fields without a value · ")
    readable = {field.name for field in INVOICE.fields if field.readable and "." not in field.name}
    assert {item.name.removesuffix("[0]").removesuffix("[1]") for item in full.entries} == {
        *readable,
        "surprise",
        "[/red]",
    }


def test_nothing_hidden_nothing_said() -> None:
    resource = Resource("x", "X", "Xs", "x", "a", (Field("a", FieldType.ID, "A", ""),), (), "", "a")
    assert texts(page(Record({"a": 1}, "a"), resource=resource))[-1].split() == ["A", "1"]


def test_keys_lead_to_other_records() -> None:
    made = page(invoice())
    assert entry(made, "customer_id").reference == ("customer", 35)
    assert row(made, "Customer").endswith("35 →")
    assert entry(made, "invoice_id").reference is None
    assert all(item.reference is None for item in page(invoice(customer_id=0), show_empty=True).entries)
    user = Record({"user_id": 1, "customers": [{"customer_id": "44", "company": "Acme"}]}, "user_id")
    assert entry(page(user, resource=USER), "customers[0]").reference == ("customer", 44)
    nowhere = page(invoice(), follows=lambda resource_id: False)
    assert all(item.reference is None for item in nowhere.entries)


def test_meanings_stand_beside_values_where_there_is_room() -> None:
    meaning = INVOICE.field("balance").meaning
    assert meaning in row(page(invoice(), 140), "Balance")
    assert meaning not in row(page(invoice(), 90), "Balance")


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="no recorded answers beside the project")
def test_recorded_answers_become_pages() -> None:
    resources = {"customer": CUSTOMER, "user": USER, "invoice": INVOICE}
    for path in FIXTURES.glob("*_get*.json"):
        resource = resources.get(path.name.split("_")[0])
        response = json.loads(path.read_text())["response"]
        if resource is not None and isinstance(response, dict):
            made = page(Record(response, resource.primary_key), resource=resource)
            names = {item.name.split("[")[0] for item in made.entries}
            unset = {name for name, value in response.items() if value in (None, "", 0, [])}
            assert response.keys() - names <= unset


def test_what_a_page_has_no_room_for_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    real = clean.is_plain

    def is_plain(text: str) -> bool:
        nonlocal looked_at
        looked_at += len(text)
        return real(text)

    monkeypatch.setattr(clean, "is_plain", is_plain)
    raw = {"customer_id": 1, **{f"field_{n}": "word " * 2000 for n in range(500)}}
    page = build_page(CUSTOMER, Record(raw, "customer_id"), PageOptions(100))
    assert looked_at < 2 * clean.MAX_TEXTS
    assert any("10,000 more characters" in "".join(text for text, _ in line.runs) for line in page.lines)
    looked_at = 0
    build_json_page(CUSTOMER, Record(raw, "customer_id"), 100)
    assert looked_at < 2 * clean.MAX_TEXTS


def test_keys_have_the_words_that_are_known_of_them() -> None:
    made = page(
        invoice(currency_id="2", brand_id=3, currency_iso4217="EUR"),
        words=lambda key, value: f"{key}={value}",
    )
    assert row(made, "Currency ID").endswith("2 · EUR")
    assert row(made, "Brand ID").endswith("3 · brand_id=3")
    assert row(page(invoice(brand_id=3)), "Brand ID").endswith("3")

"""Values as text: every type, every shape that servers really send, and cutting by cells."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cotui.api.records import Record
from cotui.catalog.field import Choice, FieldType
from cotui.safety.text import clean
from cotui.tui.base.format import HIDDEN, cell, clock_time, full
from tests.catalog.types.support import made, shown

FIXTURES = Path(__file__).resolve().parents[4] / "shared" / "fixtures"


def test_moments_are_told_by_the_clock_of_this_machine() -> None:
    moment = datetime(2026, 3, 16, 23, 30, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=-5)))
    assert clock_time(elsewhere) == clock_time(moment) == f"{moment.astimezone().time():%H:%M:%S}"


def test_an_absent_key_is_empty() -> None:
    assert cell(Record({}), made(FieldType.MONEY)) == ""
    assert full(Record({}), made(FieldType.MONEY)) == []


def test_secrets_are_never_shown() -> None:
    field = made(FieldType.TEXT, "password", secret=True)
    record = Record({"password": "hunter2"})
    assert cell(record, field) == HIDDEN
    assert full(record, field) == [f"{HIDDEN} (never shown)"]


def test_text_is_the_cleaned_one() -> None:
    text = shown(FieldType.TEXT, "a\x1b]52;c;eA==\x07\u202eb\n[/red]")
    assert text.endswith("[/red]")
    assert clean(text) == text
    assert "\n" not in text


def test_numbers_stand_right() -> None:
    right = {FieldType.ID, FieldType.INTEGER, FieldType.NUMBER, FieldType.MONEY}
    assert {kind for kind in FieldType if kind.align == "right"} == right


DUE = made(FieldType.DATE, "due_date")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from(list(FieldType)), json_values)
def test_no_value_of_any_shape_fails_or_carries_controls(value: Any, type_: FieldType, other: Any) -> None:
    raw = {
        "x": value,
        "currency_iso4217": other,
        "currency_symbol": other,
        "days_overdue": other,
        "is_overdue": other,
    }
    field = made(type_, choices=(Choice("a", "A"),), parts=(made(FieldType.TEXT, "a"),))
    texts = [cell(Record(raw), field), *full(Record(raw), field, today=date(2026, 3, 1))]
    texts += full(Record({**raw, "due_date": value}), DUE, today=date(2026, 3, 1))
    for text in texts:
        assert clean(text) == text


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="no recorded answers beside the project")
def test_recorded_answers_are_shown_without_failing() -> None:
    from cotui.catalog.objects.customer import CUSTOMER
    from cotui.catalog.objects.invoice import INVOICE
    from cotui.catalog.objects.user import USER

    seen = 0
    for path in FIXTURES.glob("*.json"):
        resource = {"customer": CUSTOMER, "user": USER, "invoice": INVOICE}.get(path.name.split("_")[0])
        answer = json.loads(path.read_text())
        if resource is None or not isinstance(answer, dict):
            continue
        response = answer.get("response")
        for row in response if isinstance(response, list) else [response]:
            if isinstance(row, dict):
                record = Record(row, resource.primary_key)
                assert any(cell(record, field) for field in resource.fields) or row.keys() <= {"id"}
                for field in resource.fields:
                    full(record, field)
                seen += 1
    assert seen > 30

"""Metered usage: pages `query-for-usage-metered-data` and `bulk-usage-metered-data-upload`."""

from __future__ import annotations

from cotui.catalog import FieldType
from cotui.catalog.objects.usage import USAGE
from tests.catalog.objects.facts import required, values


def test_a_new_record_needs_its_value_and_a_line_by_one_of_its_names() -> None:
    assert USAGE.path == "usage"
    assert required(USAGE.fields) == "usage_value"


def test_how_records_are_put_together() -> None:
    assert values(USAGE, "type") == "add max lat pia pas dlt"


def test_its_period_can_be_filtered_from_its_beginning() -> None:
    assert (USAGE.field("from").type, USAGE.field("to").type) == (FieldType.DATETIME, FieldType.DATETIME)
    assert USAGE.field("from").filterable


def test_what_was_sent_is_never_changed() -> None:
    assert not any(field.updatable for field in USAGE.fields)
    assert {"external_key", "custom_1", "custom_20"} <= {
        field.name for field in USAGE.fields if field.creatable
    }

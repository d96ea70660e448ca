"""The account's log: rows are as official clients read them, in one piece."""

from __future__ import annotations

from cotui.catalog import FieldType
from cotui.catalog.objects.log_system import LOG_SYSTEM
from tests.catalog.objects.facts import otherwise, undocumented, where

FIELDS = {"LG": "log_id log_datetime msg"}


def test_where_it_is() -> None:
    assert where(LOG_SYSTEM) == ("/api/v3/_log_system", "log_id", "log_id:ASC")
    assert not LOG_SYSTEM.paged


def test_rows_say_what_happened_and_when_and_can_only_be_read() -> None:
    assert otherwise(LOG_SYSTEM.fields, FIELDS) == {}
    assert undocumented(LOG_SYSTEM.fields, FIELDS) == set()
    assert LOG_SYSTEM.field("log_datetime").type is FieldType.DATETIME
    assert not LOG_SYSTEM.actions

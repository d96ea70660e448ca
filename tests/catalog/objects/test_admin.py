"""Workers. No newer page is known of them: rows are as official clients read them."""

from __future__ import annotations

from cotui.catalog.objects.admin import ADMIN
from tests.catalog.objects.facts import otherwise, required, where

FIELDS = {
    "LG": "admin_id username external_key timezone name first_name "
    "last_name initials email login_count login_datetime write_datetime mod_datetime"
}


def test_where_it_is() -> None:
    assert where(ADMIN) == ("/api/v3/admin", "admin_id", "admin_id:ASC")


def test_rows_have_these_and_are_read_only() -> None:
    assert otherwise(ADMIN.fields, FIELDS) == {}
    assert required(ADMIN.fields) == ""

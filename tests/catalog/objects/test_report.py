"""Reports: page `apidocs/rest`."""

from __future__ import annotations

from cotui.catalog import Effect, FieldType
from cotui.catalog.objects.report import REPORT
from tests.catalog.objects.facts import otherwise, requests, undocumented, where

FIELDS = {"LG": "report_id name"}


def test_the_list_takes_neither_order_nor_filter_nor_page() -> None:
    assert where(REPORT) == ("/api/v3/_report", "report_id", "")
    assert not REPORT.paged
    assert not list(REPORT.orderable)


def test_rows_have_a_number_and_a_name() -> None:
    assert otherwise(REPORT.fields, FIELDS) == {}
    assert undocumented(REPORT.fields, FIELDS) == set()


def test_its_data_is_posted_for_and_changes_nothing() -> None:
    assert requests(REPORT) == {"reportData": "POST /_report/7/_action/reportData"}
    action = REPORT.action("reportData")
    assert (action.effect, action.answer) == (Effect.READS, "rows")
    assert [field.type for field in action.payload] == [FieldType.TAGS]

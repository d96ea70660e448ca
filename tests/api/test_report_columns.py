"""A report's columns are those that its first rows have."""

from __future__ import annotations

import httpx

from cotui.api import Record
from cotui.api.report_columns import MOST, SAMPLE, columns_in, report_columns
from cotui.catalog import FieldType
from tests.api.support import api_with, ok


def test_columns_of_all_rows_are_there_once_in_their_order() -> None:
    columns = columns_in([Record({"a": "x", "b": 1}), Record({"b": 2, "c": 3})])
    assert [field.name for field in columns.fields] == ["a", "b", "c"]
    assert columns.total == 0


def test_only_the_first_rows_are_looked_at() -> None:
    rows = [*(Record({"a": 1}) for _ in range(SAMPLE)), Record({"late": 1})]
    assert [field.name for field in columns_in(rows).fields] == ["a"]
    assert columns_in([]).fields == ()


def test_of_very_many_columns_the_first_are_offered_and_the_rest_counted() -> None:
    columns = columns_in([Record({f"c{number}": 1 for number in range(MOST + 7)})])
    assert len(columns.fields) == MOST
    assert columns.total == MOST + 7


async def test_a_report_is_asked_for_its_first_rows_without_a_filter() -> None:
    asked: list[tuple[bytes, bytes]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.query, request.content))
        return ok({"_report": [{"invoice_date": "Sep 14, 2017", "invoice_date_unformatted": "2017-09-14"}]})

    api = api_with(answer)
    field, raw = await report_columns(api, 7)
    await api.aclose()
    assert (field.name, field.type, field.raw) == ("invoice_date", FieldType.DATE, raw.name)
    assert asked == [(f"action=reportData&limit={SAMPLE}".encode(), b"[]")]
